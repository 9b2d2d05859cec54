"""逐格写法: one function per unit, locale and number of decimals, made once and called for every cell.

A cell costs one division of whole numbers and two look-ups: rounding half up is
``(2 n + d) // 2 d`` with the unit's scale cancelled beforehand, and what follows the point comes
from a table. What the quick way does not cover goes to :func:`perfeval.quantities.digits.plain`.
"""

from __future__ import annotations

from math import gcd
from typing import TYPE_CHECKING

from perfeval.errors import NotFoundError, problem
from perfeval.locales.patterns import symbols
from perfeval.quantities.digits import half_up, plain
from perfeval.quantities.unit_text import unit_format

if TYPE_CHECKING:
    from collections.abc import Callable

    from perfeval.quantities.quantity import Quantity
    from perfeval.quantities.unit import Unit

    Cell = Callable[[Quantity], str]

MOST_DIGITS = 30
"""The most decimals that can be asked for."""
_QUICK = 3  # decimals that a table of endings is kept for
_KEPT = 4096

cells: dict[tuple[int, int | None, str, bool | None], Cell] = {}
"""Cells made so far, by unit (each cell keeps its own alive, so an id stays true), digits, locale, grouping."""


def cell(unit: Unit, digits: int | None, locale: str, grouping: bool | None) -> Cell:
    """写法 of quantities in *unit*: so many *digits*, or as many as each needs; kept for the next call.

    The function takes any quantity of the unit's kind and raises UnitError for another.
    """
    made = cells.get((id(unit), digits, locale, grouping))
    if made is None:
        made = _make(unit, digits, locale, grouping)
        if len(cells) >= _KEPT:
            cells.clear()
        cells[id(unit), digits, locale, grouping] = made
    return made


def _make(unit: Unit, digits: int | None, locale: str, grouping: bool | None) -> Cell:
    if digits is not None and digits not in range(MOST_DIGITS + 1):
        raise NotFoundError(
            problem("digits", "小数位数应为0至{most}的整数，不是{digits}", most=MOST_DIGITS, digits=str(digits))
        )
    form, signs = unit_format(unit.symbol, locale), symbols(locale)
    group = not locale.startswith("zh") if grouping is None else grouping
    more, less = 10 ** max(0, form.shift), 10 ** max(0, -form.shift)
    shown = None if digits is None else max(0, digits - form.shift)

    def general(value: Quantity) -> str:
        n, d = value.to(unit).pair
        n, d = n * unit.down, d * unit.up
        if digits is not None:  # rounded as the unit has it, then said in the other scale
            n, d = half_up(n * 10**digits, d), 10**digits
        n, d = n * more, d * less
        common = gcd(n, d)
        written = plain(n // common, d // common, shown, grouping=group, symbols=signs)
        return form.prefix + written + (form.singular if written == "1" else form.plural)

    if form.shift or form.singular != form.plural or (digits or 0) > _QUICK or (group and signs[1] != ","):
        return general
    endings = _endings(2 if digits is None else digits, signs[0], form.plural, trimmed=digits is None)
    before = form.prefix, form.prefix + signs[2]
    return (_exact if digits is None else _rounded)(unit, before, endings, general, group=group)


def _endings(digits: int, point: str, suffix: str, *, trimmed: bool) -> tuple[str, ...]:
    """What follows the whole number for each value of its decimals: .00万元, .01万元, …"""
    parts = [str(k).rjust(digits, "0") if digits else "" for k in range(10**digits)]
    if trimmed:
        parts = [part.rstrip("0") for part in parts]
    return tuple((point + part if part else "") + suffix for part in parts)


def _scale(unit: Unit, many: int) -> tuple[int, int]:
    """Base value × these, first over second, is the number in *unit* times *many*, in lowest terms."""
    up, down = unit.down * many, unit.up
    common = gcd(up, down)
    return up // common, down // common


def _rounded(unit: Unit, before: tuple[str, str], endings: tuple[str, ...], general: Cell, *, group: bool) -> Cell:
    """So many decimals; spelt out twice, since one call or branch more is a tenth of the whole."""
    kind, tens = unit.kind, len(endings)
    prefix, below_zero = before
    many, few = _scale(unit, 2 * tens)

    def cell(value: Quantity) -> str:
        n, d, own = value._v
        if own is not unit and own.kind != kind:
            return general(value)
        half = d * few
        try:
            if n >= 0:
                k = (n * many + half) // (half + half)
                return f"{prefix}{k // tens}{endings[k % tens]}"
            k = (half - n * many) // (half + half)
            return f"{below_zero if k else prefix}{k // tens}{endings[k % tens]}"
        except ValueError:  # too many digits for int -> str
            return general(value)

    def grouped(value: Quantity) -> str:
        n, d, own = value._v
        if own is not unit and own.kind != kind:
            return general(value)
        half = d * few
        try:
            if n >= 0:
                k = (n * many + half) // (half + half)
                return f"{prefix}{k // tens:,}{endings[k % tens]}"
            k = (half - n * many) // (half + half)
            return f"{below_zero if k else prefix}{k // tens:,}{endings[k % tens]}"
        except ValueError:
            return general(value)

    return grouped if group else cell


def _exact(unit: Unit, before: tuple[str, str], endings: tuple[str, ...], general: Cell, *, group: bool) -> Cell:
    """As many decimals as the number has: two at most, else six at most, else the general way."""
    kind, tens = unit.kind, len(endings)
    prefix, below_zero = before
    point, suffix = endings[-1][0], endings[0]
    many, few = _scale(unit, tens)

    def cell(value: Quantity) -> str:
        n, d, own = value._v
        k, rest = divmod(n * many, d * few)
        if own is not unit and own.kind != kind:
            return general(value)
        try:
            if rest:
                more, rest = divmod(rest * 10000, d * few)
                if rest or k < 0:
                    return general(value)
                part = str(k % tens * 10000 + more).rjust(6, "0").rstrip("0")
                return f"{prefix}{k // tens}{point}{part}{suffix}"
            if k >= 0:
                return f"{prefix}{k // tens}{endings[k % tens]}"
            return f"{below_zero}{-k // tens}{endings[-k % tens]}"
        except ValueError:
            return general(value)

    def grouped(value: Quantity) -> str:
        n, d, own = value._v
        k, rest = divmod(n * many, d * few)
        if rest or k < 0 or (own is not unit and own.kind != kind):
            return general(value)
        try:
            return f"{prefix}{k // tens:,}{endings[k % tens]}"
        except ValueError:
            return general(value)

    return grouped if group else cell
