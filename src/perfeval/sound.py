"""核查一次: whether a framework holds together with the categories of a case, found once for all its cases."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from perfeval.model.scope import units_of
from perfeval.rules import strategies_of

if TYPE_CHECKING:
    from perfeval.errors import Problem
    from perfeval.model.category import Category
    from perfeval.model.framework import Framework


@lru_cache(maxsize=64)
def unsound(framework: Framework, categories: tuple[Category, ...]) -> tuple[Problem, ...]:
    """Every problem of *framework* beside *categories*; both are frozen, so the answer never changes."""
    from perfeval.model.soundness import problems

    names = {f"{category.title}.{datum.name}": datum.unit for category in categories for datum in category.data}
    names |= {datum.name: datum.unit for category in reversed(categories) for datum in category.data}
    return problems(framework, units_of(framework, categories), strategies_of(framework, categories), names)
