"""体系核查: whether a framework holds together with the categories of a case, found once for all its cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfeval.engine.planning.strategy_choice import strategies_of
from perfeval.engine.validation.cache import once_sound
from perfeval.errors import FrameworkError
from perfeval.model.names import units_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from perfeval.errors import Problem
    from perfeval.model.case import Case
    from perfeval.model.category import Category
    from perfeval.model.framework import Framework


@once_sound(64)
def unsound(framework: Framework, categories: tuple[Category, ...]) -> tuple[Problem, ...]:
    """Every problem of *framework* beside *categories*, with its place."""
    from perfeval.engine.validation.framework import problems

    names = {f"{category.title}.{datum.name}": datum.unit for category in categories for datum in category.data}
    names |= {datum.name: datum.unit for category in reversed(categories) for datum in category.data}
    return tuple(problems(framework, units_of(framework, categories), strategies_of(framework, categories), names))


def refuse(found: Iterable[Problem]) -> None:
    """FrameworkError with everything *found*, where that is anything."""
    wrong = tuple(found)
    if wrong:
        raise FrameworkError(*wrong)


def refuse_unsound(case: Case) -> None:
    """FrameworkError with every problem of the case's own framework and those of its projects."""
    frameworks = dict.fromkeys((case.framework, *(project.framework for project in case.projects)))
    refuse(wrong for each in frameworks if each is not None for wrong in unsound(each, case.categories))
