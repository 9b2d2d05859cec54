"""试算: another case in which one 完成值, amount or data item has another value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import evolve, fields

from perfeval.errors import InputError, NotFoundError, problem
from perfeval.formulas.build import names
from perfeval.locales.suggestions import suggest
from perfeval.model.budget import Budget

if TYPE_CHECKING:
    from perfeval.model.case import Case, Item


def changed(case: Case, name: str, value: Any) -> Case:
    """The case in which *name*, a row, a field of the budget or a data item, has *value*."""
    if case.framework is not None:
        for path, part in case.framework.walk():
            actual = getattr(part, "actual", None)
            if actual is not None and name in (path, part.name):
                raise InputError(
                    problem(
                        "actual-computed",
                        "“{name}”的完成值由算式得出，不能直接改；请改它的数据项：{items}",
                        name=name,
                        items=tuple(names(actual)),
                    )
                )
    if any(row.of == name or row.of.endswith("/" + name) for row in case.rows):
        rows = tuple(
            evolve(row, actual=value) if row.of == name or row.of.endswith("/" + name) else row for row in case.rows
        )
        return evolve(case, rows=rows)
    budget = case.budget
    if budget is not None:
        for own in ("initial", "adjusted", "whole_year", "spent", "rate"):
            term = next(f.metadata["perfeval_term"] for f in fields(Budget) if f.name == own)
            if name in (term, own):
                return evolve(case, budget=evolve(budget, **{own: value}))
    changed, found = _changed_items(case.data, name.split("."), value)
    if not found:  # a group's name may be left out where the item is unique
        hits = [path for item in case.data for path, _ in item.walk() if path.endswith("." + name)]
        if len(hits) == 1:
            changed, found = _changed_items(case.data, hits[0].split("."), value)
    if found:
        return evolve(case, data=changed)
    known = [row.of for row in case.rows if row.actual is not None]
    known += [path for item in case.data for path, each in item.walk() if each.figures]
    raise NotFoundError(problem("name-unknown", "案例里没有“{name}”{near}", name=name, near=suggest(name, known)))


def _changed_items(items: tuple[Item, ...], path: list[str], value: Any) -> tuple[tuple[Item, ...], bool]:
    found, result = False, []
    for item in items:
        if item.name == path[0]:
            if len(path) == 1:
                item, found = evolve(item, figures=(value,)), True
            else:
                below, found = _changed_items(item.items, path[1:], value)
                item = evolve(item, items=below)
        result.append(item)
    return tuple(result), found
