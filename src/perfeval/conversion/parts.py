"""下级与项目: a dimension or an indicator by what it says of itself; a project whose budget may stand flat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import evolve

from perfeval.conversion.collecting import Problems, each_of
from perfeval.conversion.field_specs import keys, specs_of
from perfeval.conversion.record import by_slot, filled, listed
from perfeval.conversion.scalars import expect_fields
from perfeval.model.case import Budget, Project
from perfeval.model.framework import Dimension, Indicator

if TYPE_CHECKING:
    from perfeval.conversion.record import Structure

_ONLY_DIMENSIONS = frozenset(("parts", "open", "allot"))


def part(value: Any, structure: Structure) -> Dimension | Indicator:
    """A dimension where it has parts, is open or allots points, otherwise an indicator."""
    if isinstance(value, (Dimension, Indicator)):
        return value
    known = keys(Dimension)
    named = {known[key].name for key in expect_fields(value) if key in known}
    cls: type = Indicator if named.isdisjoint(_ONLY_DIMENSIONS) else Dimension
    return structure(value, cls)  # type: ignore[no-any-return]


def parts(value: Any, structure: Structure) -> tuple[Dimension | Indicator, ...]:
    """The parts of a framework or dimension."""
    return each_of(listed(Indicator, value), lambda written: part(written, structure))


def project(value: Any, structure: Structure) -> Project:
    """A project; the fields of its budget may stand flat in it."""
    if isinstance(value, Project):
        return value
    fields = expect_fields(value)
    flat = {key: slot for key, slot in keys(Budget).items() if key not in keys(Project)}
    problems = Problems()
    names = {slot.name for slot in specs_of(Project)}
    own = by_slot(Project, fields, problems, flat)
    money = {name: written for name, written in own.items() if name not in names}
    own = {name: written for name, written in own.items() if name in names}
    if money and own.get("budget") is not None:
        problems.add("budget-twice", "资金既写在“资金”里又单独写出；请只留一处", place=fields.place)
    made = filled(Project, own, fields.place, structure, problems)
    budget = filled(Budget, money, fields.place, structure, problems) if money else None
    problems.done()
    if budget is not None:
        made = evolve(made, budget=budget)
    return made  # type: ignore[no-any-return]
