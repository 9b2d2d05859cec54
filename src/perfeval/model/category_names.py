"""类别名称核查: the names that a category's relations and formulas use, before any case is read with it.

A name that nobody declares can never be judged; said when the file is read, it is a misspelling with a
place, and not an agreement that stays silent for ever.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfeval.errors import PerfevalError, Problem, problem
from perfeval.formulas.formula import names
from perfeval.formulas.settle import CONDITION, settle
from perfeval.model.scope import NOT_QUANTITIES, names_of
from perfeval.model.soundness import severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from perfeval.errors import Place
    from perfeval.formulas.formula import Formula
    from perfeval.model.category import Category


def units_in(category: Category) -> Callable[[str], object]:
    """What a name is inside *category*: its unit, 词 for words, None for what nobody declares."""
    known = names_of(None, (category,))

    def unit(name: str) -> object:
        full = f"{category.title}.{name}"
        full = full if full in known.declared else known.full.get(name, "")
        datum = known.declared.get(full)
        if datum is not None and datum.unit == "文字":
            return "词"
        return known.unit(full) if full else None

    return unit


def problems(category: Category) -> tuple[Problem, ...]:
    """数据项、勾稽关系、指标 of *category* that cannot be read: each with its place in the file."""
    known = names_of(None, (category,))
    found: list[Problem] = []
    for datum in category.data:
        if datum.unit and datum.unit not in NOT_QUANTITIES:
            try:
                known.units.get(datum.unit)
            except PerfevalError as error:
                found += [each.at(datum.place) for each in error.problems]
    if found:
        return tuple(found)
    for agreement in category.agreements:
        found += severity(agreement, agreement.place)
        found += _unread(category, agreement.holds, agreement.place, condition=True)
    for indicator in category.indicators:
        found += _unread(category, indicator.actual, indicator.place, condition=False)
    return tuple(found)


def _unread(category: Category, of: Formula | None, place: Place | None, *, condition: bool) -> Iterator[Problem]:
    if of is None or any("." in name for name in names(of)):  # another category's: judged with the case
        return
    try:
        came_to = settle(of, units_in(category))  # type: ignore[arg-type]
    except PerfevalError as error:
        yield from (each.at(place) for each in error.problems)
        return
    if condition and came_to is not CONDITION:
        yield problem(
            "agreement-no-condition", "“{holds}”要写成能成立或不成立的关系，如“甲 = 乙 ÷ 丙”", place=place, holds=of
        )
