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


class _UnsoundError(Exception):
    """Carries what is wrong through the cache, which keeps only what was found sound: an equal one may stand elsewhere."""


@lru_cache(maxsize=64)
def _looked_through(framework: Framework, categories: tuple[Category, ...]) -> None:
    from perfeval.model.soundness import problems

    names = {f"{category.title}.{datum.name}": datum.unit for category in categories for datum in category.data}
    names |= {datum.name: datum.unit for category in reversed(categories) for datum in category.data}
    found = problems(framework, units_of(framework, categories), strategies_of(framework, categories), names)
    if found:
        raise _UnsoundError(*found)


def unsound(framework: Framework, categories: tuple[Category, ...]) -> tuple[Problem, ...]:
    """Every problem of *framework* beside *categories*, with its place; one that was found sound is not looked through again."""
    try:
        _looked_through(framework, categories)
    except _UnsoundError as found:
        return tuple(found.args)
    return ()
