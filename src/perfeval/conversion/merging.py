"""合并: several sources of one case — lists are added, gaps filled, a value stated twice is kept twice.

The first source counts. A figure that two sources state differently becomes a data item with both
figures, so that it is judged like every other figure that the case states in several places.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import evolve

from perfeval.conversion.field_specs import specs_of
from perfeval.errors import InputError, problem
from perfeval.model.case import Case, Item, Project, Row
from perfeval.quantities.figure import Figure

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_ADDED = frozenset(("goals", "achievements", "sections", "problems", "measures", "waivers", "sources", "remarks"))


def merged(cases: Sequence[Case]) -> Case:
    """One Case of several; raises InputError where they are of different offices or years."""
    result = cases[0]
    for other in cases[1:]:
        result = _two(result, other)
    return result


def _two(first: Case, second: Case) -> Case:
    for name, term in (("office", "单位名称"), ("year", "年度"), ("framework", "指标体系")):
        one, other = getattr(first, name), getattr(second, name)
        if one not in (None, "") and other not in (None, "") and one != other:
            raise InputError(
                problem(
                    "cases-differ",
                    "几份来源不是同一个案例：“{term}”分别是“{one}”和“{other}”",
                    place=second.place,
                    term=term,
                    one=str(getattr(one, "name", one)),
                    other=str(getattr(other, "name", other)),
                )
            )
    changes: dict[str, Any] = {}
    differing: list[Item] = []
    for slot in specs_of(Case):
        one, other = getattr(first, slot.name), getattr(second, slot.name)
        match slot.name:
            case "rows":
                changes["rows"], below = _rows(one, other)
                differing += below
            case "projects":
                changes["projects"], below = _projects(one, other)
                differing += below
            case "budget":
                changes["budget"], below = _record(one, other)
                differing += below
            case "data":
                changes["data"] = items(one, other)
            case "categories":
                changes["categories"] = (*one, *(each for each in other if each not in one))
            case name if name in _ADDED:
                changes[name] = (*one, *(each for each in other if each not in one))
            case name:
                changes[name] = one if one not in (None, "", ()) else other
    changes["data"] = items(changes["data"], differing)
    return evolve(first, **changes)


def items(first: Iterable[Item], second: Iterable[Item]) -> tuple[Item, ...]:
    """Data items of both by name; the figures of *second* stand behind those of *first*."""
    result = {item.name: item for item in first}
    for item in second:
        own = result.get(item.name)
        result[item.name] = (
            item
            if own is None
            else evolve(
                own,
                figures=own.figures + item.figures,
                items=items(own.items, item.items),
                period=own.period or item.period,
                as_of=own.as_of or item.as_of,
                note=own.note or item.note,
            )
        )
    return tuple(result.values())


def _record(one: Any, other: Any) -> tuple[Any, list[Item]]:
    """Two records of one kind: gaps of the first filled from the second, and the figures that differ."""
    if one is None or other is None:
        return one if one is not None else other, []
    changes: dict[str, Any] = {}
    differing: list[Item] = []
    cls: type = type(one)
    for slot in specs_of(cls):
        own, more = getattr(one, slot.name), getattr(other, slot.name)
        if own in (None, "", ()):
            changes[slot.name] = more
        elif isinstance(own, Figure) and isinstance(more, Figure) and more != own:
            differing.append(Item(slot.term, (own, more), place=own.place))
    return evolve(one, **changes), differing


def _rows(first: tuple[Row, ...], second: tuple[Row, ...]) -> tuple[tuple[Row, ...], list[Item]]:
    """Rows of both by the node they are of."""
    result = {row.of: row for row in first}
    if len(result) < len(first):  # a source that repeats a row keeps it, for the plan to say so
        return (*first, *second), []
    differing: list[Item] = []
    for row in second:
        result[row.of], found = _record(result.get(row.of), row)
        if found:
            differing.append(Item(row.of, (), tuple(found)))
    return tuple(result.values()), differing


def _projects(first: tuple[Project, ...], second: tuple[Project, ...]) -> tuple[tuple[Project, ...], list[Item]]:
    result = {project.name: project for project in first}
    differing: list[Item] = []
    for project in second:
        own = result.get(project.name)
        if own is None:
            result[project.name] = project
            continue
        budget, found = _record(own.budget, project.budget)
        rows, below = _rows(own.rows, project.rows)
        whole, _ = _record(own, project)
        result[project.name] = evolve(whole, budget=budget, rows=rows)
        if found or below:
            differing.append(Item(project.name, (), (*found, *below)))
    return tuple(result.values()), differing
