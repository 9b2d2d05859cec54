"""转换: the one cattrs converter — from the fields that every reader yields to the model's records."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from attrs import evolve, has
from cattrs import Converter

from perfeval.conversion import field_specs, items, parts, record, rules
from perfeval.conversion.collecting import Problems
from perfeval.conversion.doubtful import set_aside
from perfeval.documents.cells import Cell, Fields, place_of
from perfeval.engine.validation.category import problems as problems_of
from perfeval.errors import InputError, UnitError, problem
from perfeval.model.case import Case, Project
from perfeval.model.category import Category
from perfeval.model.framework import Agreement, Framework
from perfeval.quantities.units import base_units
from perfeval.strategies.strategy import Basis

if TYPE_CHECKING:
    from perfeval.quantities.units import Units


@lru_cache(maxsize=1)
def converter() -> Converter:
    """The converter for files that define no units of their own."""
    return build(None)


def build(units: Units | None) -> Converter:
    """A converter whose formulas know *units* (those of the library where None)."""
    made = Converter()
    to = made.structure
    made.register_structure_hook_factory(has, lambda cls: lambda value, _: record.record(cls, value, to))
    for cls, hook in {
        Basis: rules.basis,
        Project: lambda value: parts.project(value, to),
        Agreement: lambda value: record.record(Agreement, _holding(value), to),
        field_specs.Items: items.items,
        field_specs.Data: lambda value: items.data(value, to),
        field_specs.Parts: lambda value: parts.parts(value, to),
        field_specs.Rule: lambda value: rules.rule(value, units, to),
        field_specs.Rules: lambda value: rules.strategies(value, units, to),
        field_specs.Adjustments: rules.adjustments,
        field_specs.Pairs: lambda value: rules.pairs(value, units, to),
        field_specs.Expression: lambda value: rules.formula(value, units),
        field_specs.Source: rules.basis,
        field_specs.Named: _resolved,
        field_specs.Anything: rules.frozen_arguments,
    }.items():
        made.register_structure_hook(cls, lambda value, _, hook=hook: hook(value))  # type: ignore[misc]
    return made


def case(fields: Fields) -> Case:
    """A Case from its fields, framework and categories already put in as objects.

    A value of a row or of the funds that cannot be read for sure becomes a remark of the case. Raises
    InputError with every problem of the file where anything else is wrong.
    """
    try:
        return converter().structure(fields, Case)
    except InputError:
        kept, remarks = set_aside(fields)
        if not remarks:
            raise
        try:
            made = converter().structure(kept, Case)
        except InputError:
            made = None
        if made is None:
            raise  # with the doubtful values among its problems: all of them at once
        return evolve(made, remarks=(*made.remarks, *remarks))


def framework(fields: Fields, units: Units | None = None) -> Framework:
    """A Framework from its fields, ``extends`` already worked out; raises InputError with every problem."""
    return _with_units(fields, Framework, units)  # type: ignore[no-any-return]


def category(fields: Fields) -> Category:
    """A Category from its fields; raises InputError with every problem."""
    made = _with_units(fields, Category, None)
    if found := problems_of(made):
        raise InputError(*found)
    return made  # type: ignore[no-any-return]


def _with_units(fields: Fields, cls: type, units: Units | None) -> Any:
    problems = Problems()
    own = next((value for key, value in fields.items() if key in ("units", "计量单位")), None)
    if isinstance(own, Fields):
        units = problems.trying(own, _table, own, units or base_units(), fields) or units
    made = problems.trying(None, (converter() if units is None else build(units)).structure, fields, cls)
    problems.done()
    return made


def _table(own: Fields, units: Units, owner: Fields) -> Units:
    """The unit table with the lines of *own*; a clash names the file, or what its owner is called, and the line."""
    lines = {str(key): str(value or "") for key, value in own.items()}
    title = next((str(value) for key, value in owner.items() if key in ("title", "name", "名称", "标题") and value), "")
    try:
        return units.with_(lines, own.place.source or title)
    except UnitError as error:
        places = {str(key): key.place for key in own}
        raise UnitError(*(each.at(places.get(each.get("name"), own.place)) for each in error.problems)) from None


def _holding(value: Any) -> Any:
    """A relation written as text stands for an agreement with nothing else said."""
    if not isinstance(value, str):
        return value
    place = place_of(value)
    fields = Fields(place.source, place.line, place.column) if place else Fields()
    fields[Cell("holds")] = value
    return fields


def _resolved(value: Any) -> Any:
    """Frameworks and categories have been looked up by name before; what is left is a name still."""
    if isinstance(value, str):
        raise InputError(
            problem("name-unresolved", "“{name}”要由 perfeval.read 查找", place=place_of(value), name=str(value))
        )
    return value
