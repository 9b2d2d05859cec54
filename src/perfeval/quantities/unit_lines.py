"""单位定义行: reading the lines that define units, and pint behind the uncommon ones.

``间次  # 检查一间场所一次`` is a counted unit with a dimension of its own; ``元 = [金额]`` a
measured one; ``箱 = 12 瓶`` a multiple, counted or measured like its base (``[~]`` before it says
measured all the same); further ``= 名称`` are other spellings. A definition that is more than a
number and a unit is answered by a small private pint registry.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from perfeval.errors import UnitError, problem
from perfeval.quantities.unit import NOT_UNITS, SCALES, Entry, Unit, Units

if TYPE_CHECKING:
    from perfeval.errors import Problem

Lines = str | Iterable[str] | Mapping[str, str]

_FACTOR = re.compile(r"(\d{1,18}(?:\.\d{1,18})?)(?:/(\d{1,18}))?\s*[*×]?\s*([^\d\s*/].*)")
_NAME = re.compile(r"[^\s\d=#（）「」+\-≥≤>][^\s=#「」+≥≤]{0,19}")


def extended(entries: Mapping[str, Entry], lines: Lines, origin: str) -> dict[str, Entry]:
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


def _read(table: dict[str, Entry], body: str, note: str, origin: str) -> list[tuple[str, Entry]]:
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
    entry = Entry(unit, note, origin)
    return [(spelling, entry) for spelling in (name, *rest[1:])]


def _defined(table: dict[str, Entry], name: str, definition: str, line: str) -> Unit:
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
    from perfeval.quantities.pint_bridge import expression

    for word in re.findall(r"[^\W\d]+", text):
        units.get(word)
    try:
        return expression(units, text)
    except (ValueError, ArithmeticError):
        raise UnitError(
            problem(
                "bad-unit-line",
                "“{line}”无法识别为单位定义；请写成“箱 = 12 瓶”或“间次  # 每计一个代表什么”",
                line=line,
            )
        ) from None


def _put(table: dict[str, Entry], name: str, entry: Entry) -> None:
    """Add the entry; a name keeps one meaning (a plug-in may say more closely what a built-in counts)."""
    old = table.get(name)
    if old is None:
        known = Units(table).find(name) if name[0] in SCALES or "/" in name else None
        old = Entry(known) if known is not None else None
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


def _meaning(entry: Entry) -> str:
    base = "·".join(n if e == 1 else f"{n}^{e}" for n, e in entry.unit.dims)
    own = entry.note or f"{entry.unit.factor} {base}".strip()
    return f"“{own}”（{entry.origin or '内置'}）"
