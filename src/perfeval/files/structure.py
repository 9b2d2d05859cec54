"""字段 → 记录: one rule for every record, read from its fields' metadata.

A key is the English name, the official term or another accepted term; one field under two of them is
refused. What is wrong is collected: each function raises one InputError that names all of it, with places.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from perfeval.errors import InputError, PerfevalError, Place, Problem, problem
from perfeval.files.cells import Cell, Cells, Fields, place_of
from perfeval.files.terms import Slot, keys, slots
from perfeval.model.case import (
    BudgetLine,
    Issue,
    Office,
    Project,
    Row,
    Waiver,
    nearest,
    to_issue,
    to_office,
)
from perfeval.model.category import Category
from perfeval.model.framework import Agreement, Dimension, Framework, Grade, Indicator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

Structure = "Callable[[Any, Any], Any]"

REQUIRED: Mapping[type, tuple[str, ...]] = {
    Framework: ("name",),
    Dimension: ("name",),
    Indicator: ("name",),
    Grade: ("name", "at_least"),
    Agreement: ("holds",),
    Category: ("key", "title"),
    Row: ("of",),
    BudgetLine: ("name",),
    Project: ("name",),
    Waiver: ("code", "reason"),
}
"""What a file must fill in; in Python the same is left to whoever calls."""

_SHORT: Mapping[type, Callable[[Any], Any]] = {Office: to_office, Issue: to_issue}
"""Records that a single text stands for."""

YES = frozenset(("是", "yes", "true", "Yes", "True", "YES", "TRUE"))
NO = frozenset(("否", "no", "false", "No", "False", "NO", "FALSE"))


class Problems:
    """Collects what is wrong and lets the reading go on."""

    def __init__(self) -> None:
        self.found: list[Problem] = []

    def add(self, code: str, template: str, /, *, place: Place | None = None, **values: Any) -> None:
        """Keep one problem."""
        self.found.append(problem(code, template, place=place, **values))

    def trying(self, make: Callable[[], Any], place: Place | None = None, otherwise: Any = None) -> Any:
        """What *make* gives, or *otherwise* with its problems kept, at *place* where they name none."""
        try:
            return make()
        except PerfevalError as error:
            self.found.extend(located(each, place) for each in error.problems)
            return otherwise

    def done(self) -> None:
        """Raise one InputError if there was any problem."""
        if self.found:
            raise InputError(*self.found)


def located(found: Problem, place: Place | None) -> Problem:
    """*found* at *place*, unless it already says in which line or cell it stands."""
    own = found.place
    if own is not None and (own.line is not None or own.cell):
        return found
    return found.at(place)


def by_slot(record: type, value: Fields, problems: Problems, more: Mapping[str, Slot] | None = None) -> dict[str, Any]:
    """The written values of *record* by field name; unknown keys and doubles become problems."""
    known = keys(record)
    result: dict[str, Any] = {}
    used: dict[str, Cell] = {}
    for key, written in value.items():
        slot = known.get(key) or (more or {}).get(key)
        if slot is None:
            problems.found.append(unknown_key(key, [*known, *(more or ())], written, record))
        elif slot.name in used:
            problems.add(
                "key-twice",
                "“{key}”与前面的“{other}”是同一栏；请只留一处",
                place=place_of(key),
                key=str(key),
                other=str(used[slot.name]),
            )
        else:
            used[slot.name], result[slot.name] = key, written
    return result


def unknown_key(key: Cell, known: Iterable[str], written: Any, record: type | None = None) -> Problem:
    """The problem of a key that no field bears, with the nearest names."""
    from perfeval.files import traps

    place = place_of(key, written)
    if written is None:  # “分值：10” is read as one long name
        slip = traps.line_slip(str(key), place or Place())
        if slip is not None:
            return slip.at(place)
    names = [name for name in known if not name.isascii()] if not key.isascii() else list(known)
    return problem(
        "key-unknown",
        "没有“{key}”这一栏；相近的有：{near}",
        place=place,
        key=str(key),
        near=nearest(str(key), names or list(known)),
    )


def record(cls: type, value: Any, structure: Callable[[Any, Any], Any]) -> Any:
    """One record of class *cls* from Fields (or the text that stands for it)."""
    if isinstance(value, cls):
        return value
    if isinstance(value, str) and cls in _SHORT:
        return _SHORT[cls](value)
    problems = Problems()
    written = by_slot(cls, expect_fields(value), problems)
    made = filled(cls, written, value.place, structure, problems)
    problems.done()
    return made


def filled(
    cls: type, written: Mapping[str, Any], place: Place | None, structure: Callable[[Any, Any], Any], problems: Problems
) -> Any:
    """The record of *cls* with each field made from what is *written*; None where something is wrong."""
    values: dict[str, Any] = {}
    before = len(problems.found)
    for slot in slots(cls):
        given = written.get(slot.name)
        if given is not None:
            place_here = place_of(given) or place
            made = problems.trying(lambda s=slot, g=given: field(s, g, structure), place_here, _FAILED)  # type: ignore[misc]
            if made is not _FAILED:
                values[slot.name] = made
    for name in REQUIRED.get(cls, ()):
        if written.get(name) is None or written.get(name) == "":
            slot = next(slot for slot in slots(cls) if slot.name == name)
            problems.add("field-missing", "缺少“{term}”（{name}）", place=place, term=slot.term, name=name)
    if len(problems.found) > before:
        return None
    return problems.trying(lambda: cls(**values, place=place), place)


_FAILED = object()


def field(slot: Slot, value: Any, structure: Callable[[Any, Any], Any]) -> Any:
    """The value of one field, by its kind."""
    reader = _LEAVES.get(slot.kind)
    if reader is not None:
        return reader(slot, value)
    if slot.kind in KINDS:
        return structure(value, KINDS[slot.kind])
    if slot.holds is None:
        raise InputError(problem("field-not-data", "“{term}”不能写在文件里", place=place_of(value), term=slot.term))
    if slot.kind == "record":
        return structure(value, slot.holds)
    return many(slot.holds, value, structure)


class Kind:
    """种类: a field whose reading has its own hook (数据, 体系, 方法 …)."""


class Items(Kind):
    """数据: items within items."""


class Data(Kind):
    """数据项声明: names with units, going down by dots."""


class Parts(Kind):
    """下级: dimensions and indicators."""


class Rule(Kind):
    """评分方法: a name, a name with arguments, or a formula of one's own."""


class Rules(Kind):
    """评分方法表: strategies by name."""


class Adjustments(Kind):
    """调整: strategies with arguments, in order."""


class Pairs(Kind):
    """对照: texts by name."""


class Expression(Kind):
    """算式: formula text."""


class Source(Kind):
    """依据: text, and whether it was checked."""


class Named(Kind):
    """指标体系或任务类别: resolved by name before the record is made."""


class Anything(Kind):
    """表式: kept as written."""


KINDS: Mapping[str, type] = {
    "items": Items,
    "data": Data,
    "parts": Parts,
    "strategy": Rule,
    "strategies": Rules,
    "adjustments": Adjustments,
    "pairs": Pairs,
    "formula": Expression,
    "basis": Source,
    "framework": Named,
    "categories": Named,
    "forms": Anything,
}


def many(cls: type, value: Any, structure: Callable[[Any, Any], Any]) -> tuple[Any, ...]:
    """Several records: a list, a single one, or a mapping whose keys are the first field."""
    problems = Problems()
    made = tuple(
        problems.trying(lambda e=each: structure(e, cls), place_of(each))  # type: ignore[misc]
        for each in listed(cls, value)
    )
    problems.done()
    return made


def listed(cls: type, value: Any) -> list[Any]:
    """The entries of a list of *cls*, each as Fields or text."""
    if isinstance(value, Cells):
        return [each for each in value if each is not None]
    if not isinstance(value, Fields) or not keys(cls).keys().isdisjoint(value):
        return [value]
    first, *rest = slots(cls)
    result = []
    for key, below in value.items():
        entry = Fields(key._source, key._line, key._column)
        entry[Cell(first.name)] = key
        if isinstance(below, Fields):
            entry.update(below)
        elif below is not None and rest:
            entry[Cell(rest[0].name)] = below
        result.append(entry)
    return result


def expect_fields(value: Any) -> Fields:
    """*value* as Fields; otherwise an error that says what a mapping looks like."""
    if isinstance(value, Fields):
        return value
    if isinstance(value, str):
        from perfeval.files import traps

        slip = traps.line_slip(value, place_of(value) or Place())
        if slip is not None:
            raise InputError(slip.at(place_of(value)))
    raise InputError(
        problem("not-fields", "这里应是“名称: 值”的各栏，如“{example}”", place=place_of(value), example="分值: 10")
    )


def expect_text(value: Any) -> str:
    """*value* as text; otherwise an error."""
    if isinstance(value, str):
        return value
    raise InputError(
        problem("not-text", "这里应是一段文字或一个数，不能是列表或括号里的各栏", place=place_of(value))
    )


def _leaf(slot: Slot, value: Any) -> Any:
    text = expect_text(value)
    return slot.convert(text) if slot.convert is not None else text


def _figures(slot: Slot, value: Any) -> tuple[Any, ...]:
    problems = Problems()
    made: list[Any] = []
    for each in value if isinstance(value, Cells) else [value]:
        if each is not None:
            made += problems.trying(lambda e=each: slot.convert([expect_text(e)]), place_of(each), ())  # type: ignore[misc]
    problems.done()
    return tuple(made)


def _texts(_slot: Slot, value: Any) -> tuple[str, ...]:
    each = value if isinstance(value, Cells) else [value]
    return tuple(expect_text(text) for text in each if text is not None)


def flag_of(value: Any) -> bool:
    """是 or 否, as a clerk, YAML and JSON write them."""
    text = expect_text(value).strip()
    if text in YES:
        return True
    if text in NO:
        return False
    raise InputError(problem("not-a-flag", "“{text}”应写是或否", place=place_of(value), text=text))


def _whole(_slot: Slot, value: Any) -> int:
    text = expect_text(value).strip().removesuffix("年")
    if text.isascii() and text.isdigit() and len(text) <= 6:
        return int(text)
    raise InputError(problem("not-whole", "“{text}”应是整数，如 2021", place=place_of(value), text=text))


_LEAVES: Mapping[str, Callable[[Slot, Any], Any]] = {
    "text": _leaf,
    "figure": _leaf,
    "points": _leaf,
    "target": _leaf,
    "figures": _figures,
    "texts": _texts,
    "flag": lambda _slot, value: flag_of(value),
    "whole": _whole,
}
