"""计量单位表: the frozen tables that units are looked up in; a unit itself is a value of its own.

The built-in table is units.txt; a category's own units make another table (:meth:`Units.with_`),
seen only by the cases that name the category.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from attrs import frozen

from perfeval.errors import UnitError, problem
from perfeval.quantities.dimensions import (
    BARE,
    NOT_UNITS,
    PERCENT,
    POINT,
    RANK,
    RATIO,
    SCALES,
    Dims,
    Unit,
    measure,
    mixed,
)
from perfeval.quantities.numerals import INVISIBLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from perfeval.errors import Problem

__all__ = [
    "BARE", "NOT_UNITS", "PERCENT", "POINT", "RANK", "RATIO", "SCALES", "Dims", "Entry", "Unit", "Units",
    "base_units", "measure", "mixed",
]  # fmt: skip


@frozen(slots=True)
class Entry:
    """单位定义: one line of a table: the unit, what it counts, who defined it ("" for the built-in)."""

    unit: Unit
    note: str = ""
    origin: str = ""


_WIDE = str.maketrans("％／（）＊＾＜＞．", "%/()*^<>.")
_SEPARATORS = re.compile(r"[·*×・⋅•、]")
_EXPONENT = re.compile(r"(.+?)(?:\^|\*\*)?([2-4²³])")
_SUPER = {"²": 2, "³": 3}


class Units:
    """计量单位表: a frozen table of units; :meth:`with_` makes another one.

    Looks up simple units, the same with 万 or 亿 before them, and compounds (元/人·月).
    """

    __slots__ = ("_entries", "_found", "_hash")

    def __init__(self, entries: Mapping[str, Entry] | Iterable[tuple[str, Entry]] = ()) -> None:
        self._entries: dict[str, Entry] = dict(entries)
        self._found: dict[str, Unit | None] = {name: entry.unit for name, entry in self._entries.items()}
        self._hash: int | None = None

    def __getitem__(self, symbol: str) -> Unit:
        return self.get(symbol)

    def __contains__(self, symbol: object) -> bool:
        return isinstance(symbol, str) and self.find(symbol) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __eq__(self, other: object) -> bool:
        return self._entries == other._entries if isinstance(other, Units) else NotImplemented

    def __hash__(self) -> int:
        if self._hash is None:
            self._hash = hash(frozenset((name, entry.unit) for name, entry in self._entries.items()))
        return self._hash

    def __reduce__(self) -> tuple[Any, ...]:
        return Units, (tuple(self._entries.items()),)

    def __repr__(self) -> str:
        return f"Units({len(self._entries)} names)"

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that has a line, other spellings included."""
        return tuple(self._entries)

    def known(self, symbol: str) -> Unit | None:
        """The unit *symbol* where it has a line or was found before; None says nothing about others."""
        return self._found.get(symbol)

    def find(self, symbol: str) -> Unit | None:
        """The unit written *symbol*, or None."""
        try:
            return self._found[symbol]
        except KeyError:
            seen = symbol.translate(INVISIBLE)
            if seen != symbol:  # never kept under its unseen name
                return self.find(seen) if seen else None
            unit = self._resolve(symbol) if len(symbol) <= 40 else None
            if len(self._found) < len(self._entries) + 1000:  # a cache only; bounded against odd input
                self._found[symbol] = unit
            return unit

    def get(self, symbol: str) -> Unit:
        """The unit written *symbol*; raises UnitError with the nearest names and the line to add."""
        unit = self.find(symbol)
        if unit is None:
            raise UnitError(self.unknown(symbol))
        return unit

    def unknown(self, symbol: str) -> Problem:
        """The Problem that says that no line defines *symbol*; of a compound, its first part without one."""
        parts = [part.strip("()") for piece in symbol.split("/") for part in _SEPARATORS.split(piece)]
        if len(parts) > 1 and all(parts):
            symbol = next((part for part in parts if part != "1" and self.find(part) is None), symbol)
        near = self.near(symbol)
        if near:
            return problem(
                "unknown-unit",
                "不认识计量单位“{symbol}”；相近的有：{near}。若确是新的单位，请在 units 下加一行“{symbol}: 每计一个代表什么”",
                symbol=symbol[:40],
                near=tuple(near),
            )
        return problem(
            "unknown-unit",
            "不认识计量单位“{symbol}”；若确是新的单位，请在 units 下加一行“{symbol}: 每计一个代表什么”",
            symbol=symbol[:40],
        )

    def near(self, symbol: str) -> tuple[str, ...]:
        """The (at most four) names most like *symbol*."""
        from difflib import get_close_matches

        symbol = symbol.strip()[:40]
        names = [name for name in self._entries if name]
        like = get_close_matches(symbol, names, n=4, cutoff=0.5)
        like += [n for n in names if n not in like and symbol and (n in symbol or symbol in n)]
        return tuple(like[:4])

    def describe(self, symbol: str) -> str:
        """What one of *symbol* counts, as its line says ("" where it does not)."""
        entry = self._entries.get(symbol) or self._entries.get(self.get(symbol).symbol)
        if entry is None and symbol[:1] in SCALES:
            entry = self._entries.get(symbol[1:])
        return entry.note if entry else ""

    def with_(self, lines: str | Iterable[str] | Mapping[str, str], origin: str = "") -> Units:
        """Another table with *lines* added; *origin* (a package, a file) is named where two clash.

        A line is ``间次  # 检查一间场所一次`` or ``箱 = 12 瓶  # 注``; a mapping gives name → what
        it counts, or name → ``= 12 瓶``. Raises UnitError where a name gets another meaning.
        """
        from perfeval.quantities.unit_lines import extended

        return Units(extended(self._entries, lines, origin))

    def _resolve(self, symbol: str) -> Unit | None:
        text = symbol.translate(_WIDE).replace(" ", "").replace("\u3000", "").replace("\xa0", "")
        if not text and symbol:
            return None
        if text != symbol and text in self._found:
            return self._found[text]
        if text[:1] in SCALES:
            scaled = _scaled(self._found.get(text[1:]), text)
            return self._split(text) if scaled is None and "/" in text else scaled  # 万元/亩
        return self._split(text)

    def _split(self, text: str) -> Unit | None:
        """A compound: everything behind the first / is below it (元/人·月, 元/人/月, 元/人*月)."""
        above, *below = text.split("/")
        signed = [(a, 1) for a in _SEPARATORS.split(above)] if above != "1" or not below else []
        signed += [(b, -1) for part in below for b in _SEPARATORS.split(part.strip("()"))]
        parts: list[tuple[Unit, int]] = []
        for name, sign in signed:
            unit, power = self._atom(name, alone=len(signed) == 1)
            if unit is None or unit.bare:
                return None
            parts.append((unit, power * sign))
        result, worth = BARE, Fraction(1)
        for unit, power in parts:
            factor = unit ** abs(power)
            result = result * factor if power > 0 else result / factor
            worth *= unit.factor**power
        if parts and result.factor != worth:  # 小时/天, 元/万元: like over like of another size keeps what it is worth
            return Unit(text, result.dims, worth, counted=False)
        return result if parts else None

    def _atom(self, name: str, *, alone: bool) -> tuple[Unit | None, int]:
        unit = self._found.get(name)
        if unit is None and name[:1] in SCALES and not alone:
            unit = _scaled(self._found.get(name[1:]), name)
        if unit is None and (raised := _EXPONENT.fullmatch(name)):
            base = self._found.get(raised[1])
            if base is not None and base.dims:
                power = raised[2]
                return base, _SUPER.get(power) or int(power)
        return unit, 1


def _scaled(unit: Unit | None, symbol: str) -> Unit | None:
    """万 or 亿 before an unscaled unit with a dimension; rates and 万万元 have none."""
    if unit is None or not unit.dims or unit.symbol[:1] in SCALES:
        return None
    own = unit.symbol if not unit.parts else symbol[1:]
    return Unit(symbol[0] + own, unit.dims, unit.factor * SCALES[symbol[0]], unit.counted)


@lru_cache(maxsize=1)
def base_units() -> Units:
    """内置计量单位表: the units of units.txt."""
    from pkgutil import get_data  # a tenth of what importlib.resources costs to import

    start = {unit.symbol: Entry(unit) for unit in (BARE, RATIO)}
    start |= {scale: Entry(Unit(scale, (), Fraction(n))) for scale, n in SCALES.items()}
    lines = get_data("perfeval.quantities", "units.txt") or b""
    return Units(start).with_(lines.decode("utf-8"))
