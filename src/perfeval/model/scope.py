"""名称与取值: every name that formulas of a case can use, with its declared unit and its value.

Budget names are there from the start (万元); data items stand under their group (疫情防控.接种剂数), and
bare where only one bears the name; a group is matched to its category by title or key. What a
framework or category declares has a unit before any case exists.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from attrs import frozen

from perfeval.errors import PerfevalError, Problem
from perfeval.model.case import Budget
from perfeval.quantities.figure import Day, Figure, Interval, Rank, Word
from perfeval.quantities.notation import figure as read_figure
from perfeval.quantities.quantity import Quantity
from perfeval.quantities.unit import Unit, Units, base_units

if TYPE_CHECKING:
    from collections.abc import Mapping

    from perfeval.model.case import Case, Item
    from perfeval.model.category import Category
    from perfeval.model.framework import Datum, Framework

BUDGET_NAMES = {
    "年初预算数": "initial",
    "调整后预算数": "adjusted",
    "全年预算数": "whole_year",
    "全年执行数": "spent",
}
"""The budget's official names and the fields that hold them."""

REVIEWED_BELOW = "复核低几档"
"""A bare number that the reviewer's discount can name."""

NOT_QUANTITIES = {"日期": "天", "名次": "名次", "文字": None}
"""Declared kinds that are no measure: what a formula sees of them (days, a rank, a word)."""


@frozen(eq=False)
class Scope:
    """取值范围: names with values and units; ``full`` maps what may be written to the full name."""

    units: Units
    values: Mapping[str, Figure]
    declared: Mapping[str, Datum]
    full: Mapping[str, str]
    problems: tuple[Problem, ...] = ()

    def find(self, name: str, group: str = "") -> str | None:
        """The full name that *name* means inside *group* (a category's title), or None."""
        if group and f"{group}.{name}" in self.full:
            return f"{group}.{name}"
        return self.full.get(name)

    def unit(self, name: str) -> Unit | None:
        """The unit that the full *name* has: declared, or else that of its value; None for words."""
        datum = self.declared.get(name)
        if datum is not None and datum.unit:
            symbol = NOT_QUANTITIES.get(datum.unit, datum.unit)
            return None if symbol is None else self.units.get(symbol)
        figure = self.values.get(name)
        if figure is not None:
            value = operand(figure)
            return value.unit if isinstance(value, Quantity) else None
        return self.units.get("万元") if name in BUDGET_NAMES else None


def operand(value: Any) -> Quantity | str | None:
    """What a formula sees of a written value: a quantity, a word, or nothing."""
    if isinstance(value, Figure):
        if value.change is not None and value.quantity is not None:
            return value.quantity * value.change.sign  # 下降6.8% is -6.8% to a formula
        value = value.value
    match value:
        case Quantity() | str():
            return value
        case Rank(number=number):
            return Quantity(number, "名次")
        case Day(last=last) if last is not None:
            return Quantity(last.toordinal(), "天")
        case Word(text=text):
            return text
        case _:
            return None


def bounds_of(figure: Figure) -> Interval:
    """The interval that *figure* states, of a change with its sign: 下降6.8% lies below 0."""
    bounds = figure.bounds
    if figure.change is None or figure.change.sign > 0:
        return bounds
    low, high = (None if end is None else -end for end in (bounds.high, bounds.low))
    return Interval(low, high, bounds.high_closed, bounds.low_closed)


@lru_cache(maxsize=64)
def table_of(lines: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]) -> Units:
    """The base table with the unit lines of each named owner added; a clash names both."""
    units = base_units()
    for _owner, pairs in lines:
        units = units.with_(dict(pairs))
    return units


def units_of(framework: Framework | None, categories: tuple[Category, ...]) -> Units:
    """The unit table that a case with this framework and these categories reads by."""
    owners = [(category.title, category.units) for category in categories if category.units]
    if framework is not None and framework.units:
        owners.append((framework.name, framework.units))
    return table_of(tuple(owners))


def scope_of(case: Case, framework: Framework | None, budget: Budget | None) -> Scope:
    """Collect every name of *case*; problems name a value whose unit is not the declared one."""
    units = units_of(framework, case.categories)
    values: dict[str, Figure] = {}
    declared: dict[str, Datum] = {}
    full: dict[str, str] = {}
    problems: list[Problem] = []
    ambiguous: set[str] = set()

    def bear(name: str, bare: str) -> None:
        full[name] = name
        if bare in full and full[bare] != name and bare != name:
            ambiguous.add(bare)
        full.setdefault(bare, name)

    for name, own in BUDGET_NAMES.items():
        full[name] = name
        figure = getattr(budget, own) if budget is not None else None
        if figure is not None:
            values[name] = figure
    below = _grades_below(case, framework)
    if below is not None:
        values[REVIEWED_BELOW], full[REVIEWED_BELOW] = below, REVIEWED_BELOW
    for datum in framework.data if framework is not None else ():
        declared[datum.name] = datum
        full[datum.name] = datum.name
    for category in case.categories:
        for datum in category.data:
            name = f"{category.title}.{datum.name}"
            declared[name] = datum
            bear(name, datum.name)
    titles = {key: category.title for category in case.categories for key in (category.key, category.title)}
    for group in case.data:
        title = titles.get(group.name, group.name)
        for path, item in group.walk():
            if not item.figures:
                continue
            inside = path.partition(".")[2]
            name = f"{title}.{inside}" if inside else title
            values[name] = _declared_figure(item, declared.get(name), units, problems)
            bear(name, inside or name)
    for bare in ambiguous:
        full.pop(bare, None)
    return Scope(units, values, declared, full, tuple(problems))


def _grades_below(case: Case, framework: Framework | None) -> Figure | None:
    """By how many grades the reviewer's grade is below the office's; None where either is missing."""
    if framework is None or case.reviewed is None:
        return None
    order = [grade.name for grade in framework.grades]
    if case.grade not in order or case.reviewed.grade not in order:
        return None
    below = max(0, order.index(case.reviewed.grade) - order.index(case.grade))
    return Figure(str(below), Quantity(below))


def _declared_figure(item: Item, datum: Datum | None, units: Units, problems: list[Problem]) -> Figure:
    """The item's first figure in its declared unit; a problem where it is not a number that it should be."""
    figure = item.figures[0]
    if datum is not None and datum.unit == "文字":
        return figure
    try:
        if isinstance(figure.value, Word) and any(char.isdigit() for char in figure.text):
            return read_figure(figure.text, strict=False, place=figure.place)  # says why it cannot be read
        if datum is None or not datum.unit or datum.unit in NOT_QUANTITIES:
            return figure
        return figure.under(units.get(datum.unit))
    except PerfevalError as error:
        problems += [each.at(figure.place or item.place) for each in error.problems]
        return figure
