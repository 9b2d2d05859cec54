"""字段 → 记录: one rule for every record, read from its fields' metadata.

A key is the English name, the official term or another accepted term; one field under two of them is
refused. What is wrong is collected: each function raises one InputError that names all of it, with places.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from attrs import evolve

from perfeval.conversion.collecting import Problems, each_of
from perfeval.conversion.field_specs import KINDS, FieldSpec, keys, specs_of
from perfeval.conversion.notes import remarks
from perfeval.conversion.scalars import LEAVES, expect_fields
from perfeval.documents import common_mistakes
from perfeval.documents.cells import Cell, Cells, Fields, place_of
from perfeval.documents.limits import ENTRIES, too_many_entries
from perfeval.errors import InputError, Place, Problem, problem
from perfeval.locales.suggestions import suggest
from perfeval.model.case import (
    BudgetLine,
    Issue,
    Office,
    Project,
    Row,
    Waiver,
    to_issue,
    to_office,
)
from perfeval.model.category import Category
from perfeval.model.framework import Agreement, Dimension, Framework, Grade, Indicator

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_LEAVES: Mapping[str, Callable[[FieldSpec, Any], Any]] = {**LEAVES, "remarks": lambda _slot, value: remarks(value)}

Structure = Callable[[Any, Any], Any]
"""cattrs' ``structure``: a value and the class to make of it."""

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

_LISTS: Mapping[type, str] = {Row: "rows", Project: "projects", Indicator: "parts", BudgetLine: "lines"}
"""What limits call a list of these records."""

_SHORT: Mapping[type, Callable[[Any], Any]] = {Office: to_office, Issue: to_issue}
"""Records that a single text stands for."""


def by_slot(
    record: type, value: Fields, problems: Problems, more: Mapping[str, FieldSpec] | None = None
) -> dict[str, Any]:
    """The written values of *record* by field name; unknown keys and doubles become problems."""
    known = keys(record)
    result: dict[str, Any] = {}
    used: dict[str, Cell] = {}
    for key, written in value.items():
        slot = known.get(key) or (more or {}).get(key)
        if slot is None:
            problems.keep(unknown_key(key, [*known, *(more or ())], written))
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


def unknown_key(key: Cell, known: Iterable[str], written: Any) -> Problem:
    """The problem of a key that no field bears, with the nearest names."""
    place = place_of(key, written)
    if written is None:  # “分值：10” is read as one long name
        slip = common_mistakes.line_slip(str(key), place or Place())
        if slip is not None:
            return slip.at(place)
    names = [name for name in known if not name.isascii()] if not key.isascii() else list(known)
    return problem(
        "key-unknown",
        "没有“{key}”这一栏{near}",
        place=place,
        key=str(key),
        near=suggest(str(key), names or known),
    )


def record(cls: type, value: Any, structure: Structure) -> Any:
    """One record of class *cls* from Fields (or the text that stands for it)."""
    if isinstance(value, cls):
        return value
    if isinstance(value, str) and cls in _SHORT:
        return _SHORT[cls](value)
    problems = Problems()
    written = by_slot(cls, expect_fields(value), problems)
    made = filled(cls, written, value.place, structure, problems)
    problems.done()
    blanks = getattr(value, "blanks", None)  # what a row's table leaves open: the cells to be filled
    if blanks is None or cls is not Row:
        return made
    return evolve(made, blanks=tuple((name, cell.place) for name, cell in blanks.items()))


def filled(cls: type, written: Mapping[str, Any], place: Place | None, structure: Structure, problems: Problems) -> Any:
    """The record of *cls* with each field made from what is *written*; None where something is wrong."""
    values: dict[str, Any] = {}
    before = len(problems.found)
    for slot in specs_of(cls):
        given = written.get(slot.name)
        if given is not None:
            made = problems.trying(given if hasattr(given, "place") else place, field, slot, given, structure)
            if made is not None:
                values[slot.name] = made
    for name in REQUIRED.get(cls, ()):
        if written.get(name) is None or written.get(name) == "":
            slot = next(slot for slot in specs_of(cls) if slot.name == name)
            problems.add("field-missing", "缺少“{term}”（{name}）", place=place, term=slot.term, name=name)
    if len(problems.found) > before:
        return None
    return problems.trying(place, lambda: cls(**values, place=place))


def field(slot: FieldSpec, value: Any, structure: Structure) -> Any:
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


def many(cls: type, value: Any, structure: Structure) -> tuple[Any, ...]:
    """Several records: a list, a single one, or a mapping whose keys are the first field."""
    return each_of(listed(cls, value), lambda written: structure(written, cls))


def listed(cls: type, value: Any) -> list[Any]:
    """The entries of a list of *cls*, each as Fields or text; InputError where it is longer than a list can be."""
    what = _LISTS.get(cls, "")
    if what and isinstance(value, (Cells, Fields)) and len(value) > ENTRIES[what]:
        raise too_many_entries(what, len(value), place_of(value))
    if isinstance(value, Cells):
        return [each for each in value if each is not None]
    if not isinstance(value, Fields) or not keys(cls).keys().isdisjoint(value):
        return [value]
    first, *rest = specs_of(cls)
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
