"""计量单位: a unit as a value, and the frozen tables that units are looked up in.

A unit is its symbol, the exponents of its base units, an exact factor to them, and whether it
counts things (次, 户: exact as written) or measures them (元, 平方米, %: a stated value is
rounded). Every measure word is a dimension of its own: 人次 is not addable to 人.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from perfeval.errors import UnitError, problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Dims = tuple[tuple[str, int], ...]
SCALES = {"万": 10_000, "亿": 100_000_000}
"""Scales that may stand, once, before a unit."""

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
        return _combine(self, other, 1)

    def __truediv__(self, other: Unit) -> Unit:
        return _combine(self, other, -1)

    def __pow__(self, power: int) -> Unit:
        return _power(self, power)

    def __str__(self) -> str:
        return self.symbol

    def __repr__(self) -> str:
        return f"Unit({self.symbol!r})"

    def in_locale(self, locale: str) -> str:
        """The unit as it is written in *locale*; measure words that no table knows stay Chinese."""
        from perfeval.quantities.layout import unit_text

        return unit_text(self, locale)


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


@lru_cache(maxsize=2048)
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

    def find(self, symbol: str) -> Unit | None:
        """The unit written *symbol*, or None."""
        try:
            return self._found[symbol]
        except KeyError:
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

    def unknown(self, symbol: str) -> Any:
        """The Problem that says that no line defines *symbol*."""
        near = self.near(symbol)
        if near:
            return problem(
                "unknown-unit",
                "不认识计量单位“{symbol}”；相近的有：{near}。若确是新的单位，请在 units 下加一行“{symbol}: 每计一个代表什么”",
                symbol=symbol[:40],
                near="、".join(near),
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
            return _scaled(self._found.get(text[1:]), text)
        return self._split(text)

    def _split(self, text: str) -> Unit | None:
        """A compound: everything behind the first / is below it (元/人·月, 元/人/月, 元/人*月)."""
        above, *below = text.split("/")
        signed = [(a, 1) for a in _SEPARATORS.split(above)] if above != "1" or not below else []
        signed += [(b, -1) for part in below for b in _SEPARATORS.split(part.strip("()"))]
        parts: list[tuple[Unit, int]] = []
        for name, sign in signed:
            unit, power = self._atom(name, alone=len(signed) == 1)
            if unit is None or (unit.bare and unit.symbol == ""):
                return None
            parts.append((unit, power * sign))
        result = BARE
        for unit, power in parts:
            factor = unit**abs(power)
            result = result * factor if power > 0 else result / factor
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
