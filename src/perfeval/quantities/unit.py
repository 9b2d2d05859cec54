"""计量单位: a unit as a value: its dimensions, and the units of products and quotients.

A unit is its symbol, the exponents of its base units, an exact factor to them, and whether it
counts things (次, 户: exact as written) or measures them (元, 平方米, %: a stated value is
rounded). Every measure word is a dimension of its own: 人次 is not addable to 人.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import Any

from attrs import field, frozen

from perfeval.errors import UnitError, problem
from perfeval.quantities.numerals import SCALES
from perfeval.quantities.unit_text import unit_text

Dims = tuple[tuple[str, int], ...]

NOT_UNITS = frozenset(
    "余 多 近 约 超 达 左右 上下 以上 以下 以内 及以上 及以下 且 或 若 则 否则 无 暂无 同比 环比 增长 下降 万 亿 千 百 十".split()
)
"""Marks, scales and keywords, which are never measure words."""

_BARE = frozenset(("", "万", "亿"))


@frozen(slots=True, cache_hash=True, repr=False)
class Unit:
    """计量单位: symbol, exponents of base units (sorted), factor to them, counted or measured.

    万元 is ``Unit("万元", (("元", 1),), Fraction(10000), False)``. ``a * b``, ``a / b`` and
    ``a ** n`` give the unit in which a product or quotient is *stated*: a bare number or a rate
    leaves the other unit as it is, like over like is :data:`RATIO`, 元/人 × 万人 is 元.
    """

    symbol: str
    dims: Dims
    factor: Fraction = Fraction(1)
    counted: bool = True
    parts: tuple[tuple[Unit, int], ...] = field(default=(), eq=False)
    kind: tuple[Any, ...] = field(init=False, eq=False)
    """What must be equal for two units to be added or compared."""
    up: int = field(init=False, eq=False)
    down: int = field(init=False, eq=False)

    @kind.default
    def _kind(self) -> tuple[Any, ...]:
        return self.dims or ("bare" if self.symbol in _BARE else "rate",)

    @up.default
    def _up(self) -> int:
        return self.factor.numerator

    @down.default
    def _down(self) -> int:
        return self.factor.denominator

    @property
    def bare(self) -> bool:
        """True for the number without a unit (also with 万 or 亿 alone behind it)."""
        return self.kind == ("bare",)

    @property
    def rate(self) -> bool:
        """True for a ratio of like to like: %, ‰, 倍, 成."""
        return self.kind == ("rate",)

    def same_kind(self, other: Unit) -> bool:
        """True where quantities in the two units can be added and compared."""
        return self.kind == other.kind

    def __mul__(self, other: Unit) -> Unit:
        return product(self, other)

    def __truediv__(self, other: Unit) -> Unit:
        return quotient(self, other)

    def __pow__(self, power: int) -> Unit:
        return _power(self, power)

    def __str__(self) -> str:
        return self.symbol

    def __repr__(self) -> str:
        return f"Unit({self.symbol!r})"

    def in_locale(self, locale: str) -> str:
        """The unit as it is written in *locale*; measure words that no table knows stay Chinese."""
        return unit_text(self.symbol, locale)


BARE = Unit("", ())
"""无单位: the bare number."""
RATIO = Unit("倍", (), counted=False)
"""倍: the unit of like over like."""
PERCENT = Unit("%", (), Fraction(1, 100), False)
"""百分比."""
POINT = Unit("分", (("分", 1),))
"""分: points."""
RANK = Unit("名次", (("名次", 1),))
"""名次: the unit of ranks."""


_Known = dict[tuple[int, int], tuple[Unit, Unit, Unit]]
_products: _Known = {}
_quotients: _Known = {}
_MOST = 4096


def product(left: Unit, right: Unit) -> Unit:
    """The unit of a product; asked again for the same two objects it is found by their ids."""
    found = _products.get((id(left), id(right)))
    return found[2] if found is not None else _remembered(_products, left, right, 1)


def quotient(left: Unit, right: Unit) -> Unit:
    """The unit of a quotient."""
    found = _quotients.get((id(left), id(right)))
    return found[2] if found is not None else _remembered(_quotients, left, right, -1)


def _remembered(known: _Known, left: Unit, right: Unit, sign: int) -> Unit:
    result = _combine(left, right, sign)
    if len(known) >= _MOST:
        known.clear()
    known[id(left), id(right)] = left, right, result  # the entry keeps both alive, so the ids stay theirs
    return result


def _combine(left: Unit, right: Unit, sign: int) -> Unit:
    if not right.dims:
        if left.dims:
            return left  # 30% of 元 is 元; twice as many 人 are 人
        if left.rate and right.rate and sign < 0:
            return RATIO
        return left if left.rate else right if right.rate and sign > 0 else BARE
    if not left.dims and sign > 0:
        return right
    merged: dict[Dims, tuple[Unit, int]] = {}
    own = left.parts or (() if left.bare else ((left, 1),))
    for atom, power in (*own, *((u, p * sign) for u, p in right.parts or ((right, 1),))):
        first, before = merged.get(atom.dims, (atom, 0))
        merged[atom.dims] = first, before + power
    return _compound(tuple((u, p) for u, p in merged.values() if p))


@lru_cache(maxsize=256)
def _power(unit: Unit, power: int) -> Unit:
    if not unit.dims or power == 1:
        return unit
    if power == 0:
        return RATIO
    return _compound(tuple((u, p * power) for u, p in unit.parts or ((unit, 1),)))


def _compound(parts: tuple[tuple[Unit, int], ...]) -> Unit:
    """The unit made of *parts*; exponents are added, factors multiplied, all exactly."""
    dims: dict[str, int] = {}
    factor = Fraction(1)
    for unit, power in parts:
        factor *= unit.factor**power
        for name, exponent in unit.dims:
            dims[name] = dims.get(name, 0) + exponent * power
    left = tuple(sorted((name, exponent) for name, exponent in dims.items() if exponent))
    if not left:
        return RATIO
    if len(parts) == 1 and parts[0][1] == 1:
        return parts[0][0]
    above = "·".join(_raised(u, p) for u, p in parts if p > 0)
    below = "·".join(_raised(u, -p) for u, p in parts if p < 0)
    counted = all(u.counted and p > 0 for u, p in parts)
    return Unit(f"{above or '1'}/{below}" if below else above, left, factor, counted, parts)


def _raised(unit: Unit, power: int) -> str:
    if power == 1:
        return unit.symbol
    if power in (2, 3) and unit.symbol in ("米", "公里"):
        return ("平方" if power == 2 else "立方") + unit.symbol
    return f"{unit.symbol}^{power}"


_MEASURE = re.compile(r"[^\W\d_]{1,8}")


def measure(symbol: str) -> Unit:
    """量词: the unit of a measure word that no table knows: counted, a dimension of its own.

    Raises UnitError for what cannot be a measure word (marks such as 余, digits, signs).
    """
    scale, name = (SCALES[symbol[0]], symbol[1:]) if symbol[:1] in SCALES else (1, symbol)
    if name in NOT_UNITS or not _MEASURE.fullmatch(name):
        raise UnitError(problem("not-a-unit", "“{symbol}”不能作计量单位；请写量词，如“次”“户”", symbol=symbol))
    return Unit(symbol, ((name, 1),), Fraction(scale))


def mixed(left: Unit, right: Unit, what: str) -> UnitError:
    """The error that names two units which do not belong together; *what* was to be done with them."""
    if {left.kind[0], right.kind[0]} == {"bare", "rate"}:
        return UnitError(
            problem(
                "bare-against-rate",
                "不能把{left}与{right}{what}：一个是比率，一个没有单位；请给没有单位的数写明单位，如“95%”",
                left=left.symbol or "没有单位的数",
                right=right.symbol or "没有单位的数",
                what=what,
            )
        )
    return UnitError(
        problem(
            "mixed-units",
            "不能把{left}与{right}{what}：计量单位不同类；确需合计时请用“计作”并写明理由",
            left=left.symbol or "没有单位的数",
            right=right.symbol or "没有单位的数",
            what=what,
        )
    )
