"""名称与取值: every name that formulas of a case can use, with its declared unit and its value.

Budget names are there from the start (万元); data items stand under their group (疫情防控.接种剂数), and
bare where only one bears the name; a group is matched to its category by title or key. What a
framework or category declares has a unit before any case exists.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from attrs import frozen

from perfeval.errors import PerfevalError, Problem, record_repr
from perfeval.model.operands import operand
from perfeval.model.ratio import may_be_ratio, scale_unknown
from perfeval.quantities.figure import Figure, Word, known_as
from perfeval.quantities.notation import figure as read_figure
from perfeval.quantities.quantity import Quantity
from perfeval.quantities.unit import Unit
from perfeval.quantities.units import Units, base_units

if TYPE_CHECKING:
    from collections.abc import Mapping

    from perfeval.model.case import Budget, Case, Item
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


@frozen(repr=False, eq=False)
class DeclaredNames:
    """名称: what can be named before a case exists — declared by a framework and categories, with units.

    ``full`` maps what may be written to the full name (疫情防控.接种剂数; 接种剂数 where it is unique).
    """

    __repr__ = record_repr

    units: Units
    declared: Mapping[str, Datum]
    full: Mapping[str, str]
    titles: Mapping[str, str]
    """Category key or title → title: by which a group of a case is matched."""

    def unit(self, name: str) -> Unit | None:
        """The declared unit of the full *name*; None for words and for what is not declared."""
        datum = self.declared.get(name)
        if datum is not None and datum.unit:
            symbol = NOT_QUANTITIES.get(datum.unit, datum.unit)
            return None if symbol is None else self.units.get(symbol)
        return self.units.get("万元") if name in BUDGET_NAMES else None


@frozen(repr=False, eq=False)
class Scope:
    """取值范围: the names of a case with their values; problems say which value does not fit its unit."""

    __repr__ = record_repr

    names: DeclaredNames
    values: Mapping[str, Figure]
    extra: Mapping[str, str]
    """Names that only the case bears, as they may be written → in full."""
    problems: tuple[Problem, ...] = ()
    unread: tuple[Problem, ...] = ()
    """Why figures of the data cannot be read for sure: undecided, not wrong."""

    @property
    def units(self) -> Units:
        """The unit table of the case."""
        return self.names.units

    @property
    def declared(self) -> Mapping[str, Datum]:
        """What the framework and the categories declare, by full name."""
        return self.names.declared

    def find(self, name: str, group: str = "") -> str | None:
        """The full name that *name* means inside *group* (a category's title), or None."""
        inside = f"{group}.{name}"
        if group and (inside in self.names.full or inside in self.extra):
            return inside
        return self.names.full.get(name) or self.extra.get(name)

    def misfit(self, name: str) -> Figure | None:
        """The value of the full *name*, where it is of another kind than is declared: nothing is computed from it."""
        figure, unit = self.values.get(name), self.names.unit(name)
        quantity = operand(figure)
        fits = unit is None or not isinstance(quantity, Quantity) or quantity.unit.same_kind(unit)
        return None if fits else figure

    def unit(self, name: str) -> Unit | None:
        """The unit that the full *name* has: declared, or else that of its value; None for words."""
        unit = self.names.unit(name)
        if unit is None and name in self.values and name not in self.names.declared:
            value = operand(self.values[name])
            return value.unit if isinstance(value, Quantity) else None
        return unit


@lru_cache(maxsize=256)
def declared_names(framework: Framework | None, categories: tuple[Category, ...]) -> DeclaredNames:
    """The names that this framework and these categories declare; UnitError where their units clash."""
    units = base_units()
    full = {name: name for name in (*BUDGET_NAMES, REVIEWED_BELOW)}
    declared: dict[str, Datum] = {}
    ambiguous: set[str] = set()
    for owner in (*categories, framework):
        if owner is not None and owner.units:
            units = units.with_(dict(owner.units), getattr(owner, "named", "") or str(getattr(owner, "name", "")))
    for datum in framework.data if framework is not None else ():
        declared[datum.name] = datum
        full[datum.name] = datum.name
    for category in categories:
        for datum in category.data:
            name = f"{category.title}.{datum.name}"
            declared[name] = datum
            full[name] = name
            if full.setdefault(datum.name, name) != name:
                ambiguous.add(datum.name)
    for bare in ambiguous:
        if full[bare] != bare:
            del full[bare]
    titles = {key: category.title for category in categories for key in (category.key, category.title)}
    return DeclaredNames(units, declared, full, titles)


def units_of(framework: Framework | None, categories: tuple[Category, ...]) -> Units:
    """The unit table that a case with this framework and these categories reads by."""
    return declared_names(framework, categories).units


def scope_of(case: Case, framework: Framework | None, budget: Budget | None) -> Scope:
    """Collect every name of *case*; problems name a value whose unit is not the declared one."""
    names = declared_names(framework, case.categories)
    values: dict[str, Figure] = {}
    extra: dict[str, str] = {}
    problems: list[Problem] = []
    unread: list[Problem] = []
    ambiguous: set[str] = set()
    if budget is not None:
        for name, own in BUDGET_NAMES.items():
            figure = getattr(budget, own)
            if figure is not None:
                values[name] = figure
    below = _grades_below(case, framework)
    if below is not None:
        values[REVIEWED_BELOW] = below
    for group in case.data:
        title = names.titles.get(group.name, group.name)
        for path, item in group.walk():
            if not item.figures:
                continue
            inside = path.partition(".")[2]
            name = f"{title}.{inside}" if inside else title
            values[name] = _declared_figure(item, names.declared.get(name), names.units, problems, unread)
            bare = inside or name
            if name not in names.full:
                extra[name] = name
            if bare not in names.full and extra.setdefault(bare, name) != name:
                ambiguous.add(bare)
    for bare in ambiguous:
        del extra[bare]
    return Scope(names, values, extra, tuple(problems), tuple(unread))


def _grades_below(case: Case, framework: Framework | None) -> Figure | None:
    """By how many grades the reviewer's grade is below the office's: 0 before a review; None where a grade is unknown."""
    if framework is None:
        return None
    if case.reviewed is None or not case.reviewed.grade:
        return Figure("0", Quantity(0))
    order = [grade.name for grade in framework.grades]
    if case.grade not in order or case.reviewed.grade not in order:
        return None
    below = max(0, order.index(case.reviewed.grade) - order.index(case.grade))
    return Figure(str(below), Quantity(below))


def _declared_figure(
    item: Item, datum: Datum | None, units: Units, problems: list[Problem], unread: list[Problem]
) -> Figure:
    """The item's first figure in its declared unit; a problem where it is not a number that it should be."""
    figure = item.figures[0]
    if datum is not None and datum.unit == "文字":
        return figure
    place = figure.place or item.place
    if isinstance(figure.value, Word) and any(char.isdigit() for char in figure.text):
        try:
            return read_figure(figure.text, strict=False, place=figure.place)
        except PerfevalError as error:  # says why it cannot be read for sure
            unread += [each.at(place) for each in error.problems]
            return figure
    if datum is None or not datum.unit or datum.unit in NOT_QUANTITIES:
        return figure
    try:
        unit = units.get(datum.unit)
        if units is not base_units():
            figure = known_as(figure, units)
        if unit.rate and may_be_ratio(figure.quantity):
            unread.append(scale_unknown(figure.text).at(place))
            return figure
        return figure.under(unit)
    except PerfevalError as error:
        problems += [each.at(place) for each in error.problems]
        return figure
