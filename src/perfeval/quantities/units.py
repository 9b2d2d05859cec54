"""计量单位表: the frozen tables that units are looked up in, and the lines that define their units.

The built-in table is units.txt; a category's own units make another table (:meth:`Units.with_`),
seen only by the cases that name the category. In a line, ``间次  # 检查一间场所一次`` is a counted
unit with a dimension of its own; ``元 = [金额]`` a measured one; ``箱 = 12 瓶`` a multiple, counted
or measured like its base (``[~]`` before it says measured all the same); further ``= 名称`` are other
spellings. A definition that is more than a number and a unit is answered by pint.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from fractions import Fraction
from functools import lru_cache
from pkgutil import get_data  # a tenth of what importlib.resources costs to import
from typing import TYPE_CHECKING, Any

from attrs import frozen

from perfeval.errors import UnitError, problem
from perfeval.quantities.numerals import INVISIBLE, SCALES
from perfeval.quantities.pint_bridge import expression
from perfeval.quantities.unit import BARE, NOT_UNITS, RATIO, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval.errors import Problem


@frozen(slots=True)
class UnitDefinition:
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

    def __init__(self, entries: Mapping[str, UnitDefinition] | Iterable[tuple[str, UnitDefinition]] = ()) -> None:
        self._entries: dict[str, UnitDefinition] = dict(entries)
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
        return Units(_extended(self._entries, lines, origin))

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
        if above in SCALES:
            return None  # 万/月: of what, nobody says
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
    start = {unit.symbol: UnitDefinition(unit) for unit in (BARE, RATIO)}
    start |= {scale: UnitDefinition(Unit(scale, (), Fraction(n))) for scale, n in SCALES.items()}
    lines = get_data("perfeval.quantities", "units.txt") or b""
    return Units(start).with_(lines.decode("utf-8"))


Lines = str | Iterable[str] | Mapping[str, str]

_FACTOR = re.compile(r"(\d{1,18}(?:\.\d{1,18})?)(?:/(\d{1,18}))?\s*[*×]?\s*([^\d\s*/].*)")
_NAME = re.compile(r"[^\s\d=#（）「」+\-≥≤>][^\s=#「」+≥≤]{0,19}")


def _extended(entries: Mapping[str, UnitDefinition], lines: Lines, origin: str) -> dict[str, UnitDefinition]:
    """The table *entries* with *lines*; every line that is wrong is named, all at once.

    Raises UnitError: a line that cannot be read, an unknown unit in a definition, another meaning.
    """
    table = dict(entries)
    problems: list[Problem] = []
    bodies = [(body.strip(), note.strip()) for body, _, note in (line.partition("#") for line in _as_lines(lines))]
    for body, note in sorted((b for b in bodies if b[0]), key=_is_multiple):  # bases first: order is free
        try:
            for name, entry in _read(table, body, note, origin):
                _put(table, name, entry)
        except UnitError as error:
            problems += error.problems
    if problems:
        raise UnitError(*problems)
    return table


def _as_lines(lines: Lines) -> list[str]:
    if isinstance(lines, str):
        return lines.splitlines()
    if isinstance(lines, Mapping):
        return [f"{k} {v}" if str(v).lstrip().startswith("=") else f"{k}  # {v or ''}" for k, v in lines.items()]
    return [str(line) for line in lines]


def _is_multiple(line: tuple[str, str]) -> bool:
    definition = line[0].partition("=")[2].strip()
    return bool(definition) and not re.match(r"\[[^~]", definition)


def _read(table: dict[str, UnitDefinition], body: str, note: str, origin: str) -> list[tuple[str, UnitDefinition]]:
    name, *rest = (part.strip() for part in body.split("="))
    for spelling in (name, *rest[1:]):
        if spelling in NOT_UNITS or not _NAME.fullmatch(spelling):
            raise UnitError(
                problem(
                    "bad-unit-name", "“{line}”：“{name}”不能作单位名称；请写量词，如“间次”", line=body, name=spelling
                )
            )
    if not rest and (worth := _FACTOR.fullmatch(note)) and worth[3].strip() in table:
        raise UnitError(
            problem(
                "unit-worth-as-note",
                "单位“{name}”后面写的是“{note}”，没有等号，读作含义；折算请写成“{name}: = {note}”，只是说明请改写成一句话",
                name=name,
                note=note,
            )
        )
    unit = _defined(table, name, rest[0], body) if rest else Unit(name, ((name, 1),))
    entry = UnitDefinition(unit, note, origin)
    return [(spelling, entry) for spelling in (name, *rest[1:])]


def _defined(table: dict[str, UnitDefinition], name: str, definition: str, line: str) -> Unit:
    kind = re.fullmatch(r"\[([^\]]*)\]\s*(.*)", definition)
    if kind and not kind[2]:
        return Unit(name, ((name, 1),), counted=False)
    text = kind[2] if kind else definition
    simple = _FACTOR.fullmatch(text)
    entry = table.get(simple[3]) if simple else None
    units = Units(table) if entry is None else None  # looking up compounds needs a whole table: only when asked
    unit = entry.unit if entry else units.find(simple[3]) if simple and units else None
    if simple and unit is not None:
        factor = Fraction(simple[1]) / (int(simple[2] or 1) or 1) * unit.factor
    else:
        unit, factor = _asked(units or Units(table), text, line)
    if factor <= 0:
        raise UnitError(problem("bad-unit-line", "“{line}”：单位的倍数须大于 0", line=line))
    return Unit(name, unit.dims, factor, unit.counted and not kind)


def _asked(units: Units, text: str, line: str) -> tuple[Unit, Fraction]:
    """Any other expression over known units, through pint."""
    for word in re.findall(r"[^\W\d]+", text):
        units.get(word)
    try:
        return expression(text, units.get)
    except (ValueError, ArithmeticError):
        raise UnitError(
            problem(
                "bad-unit-line",
                "“{line}”无法识别为单位定义；请写成“箱 = 12 瓶”或“间次  # 每计一个代表什么”",
                line=line,
            )
        ) from None


def _put(table: dict[str, UnitDefinition], name: str, entry: UnitDefinition) -> None:
    """Add the entry; a name keeps one meaning (a plug-in may say more closely what a built-in counts)."""
    old = table.get(name)
    if old is None:
        known = Units(table).find(name) if name[0] in SCALES or "/" in name else None
        old = UnitDefinition(known) if known is not None else None
    if old is not None and (
        (old.unit.dims, old.unit.factor, old.unit.counted) != (entry.unit.dims, entry.unit.factor, entry.unit.counted)
        or (old.origin and old.note and entry.note and old.note != entry.note)
    ):
        raise UnitError(
            problem(
                "unit-redefined",
                "计量单位“{name}”有两种定义：{first}；{second}。请给其中一个另起名称",
                name=name,
                first=_meaning(old),
                second=_meaning(entry),
            )
        )
    if old is not None and not entry.note:
        return
    table[name] = entry


def _meaning(entry: UnitDefinition) -> str:
    base = "·".join(n if e == 1 else f"{n}^{e}" for n, e in entry.unit.dims)
    own = entry.note or f"{entry.unit.factor} {base}".strip()
    return f"“{own}”（{entry.origin or '内置'}）"
