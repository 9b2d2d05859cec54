"""相容: whether a category fits this perfeval, and what it may not be: one of perfeval's own, or broken in itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from perfeval import __version__
from perfeval.engine.validation.category import require_valid
from perfeval.engine.validation.together import framework_problems, raise_all
from perfeval.errors import PluginError, problem
from perfeval.plugins.entry_points import entries

if TYPE_CHECKING:
    from collections.abc import Iterable

    from perfeval.errors import Place
    from perfeval.model.category import Category
    from perfeval.model.framework import Framework

_VERSION = re.compile(r"\d{1,9}(\.\d{1,9})*")


def fitting(category: Category, owner: str, place: Place | None = None) -> Category:
    """*category* itself, if this perfeval is new enough for it; PluginError naming both versions otherwise."""
    wanted = category.requires.strip()
    if not wanted:
        return category
    if not _VERSION.fullmatch(wanted):
        raise PluginError(
            problem(
                "requires-unread",
                "任务类别“{key}”（{owner}）的“需要”写作“{wanted}”；请只写最低的 perfeval 版本号，如 0.2",
                place=place,
                key=category.key,
                owner=owner or category.title,
                wanted=wanted,
            )
        )
    if _numbers(__version__) < _numbers(wanted):
        raise PluginError(
            problem(
                "category-needs-newer",
                "任务类别“{key}”（{owner}）需要 perfeval {wanted} 或更高版本，现在是 {version}；请升级 perfeval",
                place=place,
                key=category.key,
                owner=owner or category.title,
                wanted=wanted,
                version=__version__,
            )
        )
    return category


def _numbers(version: str) -> list[int]:
    """1.2.0 as [1, 2]: zeros at the end say nothing, nor does what follows the numbers (1.2rc1)."""
    found = _VERSION.match(version)
    numbers = [int(part) for part in found[0].split(".")] if found else []
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return numbers


def not_built_in(made: Category) -> Category:
    """*made*, a category of a file, itself; PluginError where perfeval brings one of its key.

    Another package that brings the key changes nothing for a case that names the file: what is installed
    never changes a report. A category written out in a case itself may be a copy of perfeval's own.
    """
    own = next((each for each in entries() if each.key == made.key and each.distribution == "perfeval"), None)
    if own is None:
        return made
    raise PluginError(
        problem(
            "category-key-built-in",
            "“{file}”的键“{key}”与自带的任务类别（{owner}）相同；请给文件里的另起一个键",
            place=getattr(made.key, "place", None) or made.place,
            file=(made.place.source if made.place is not None else "") or made.title,
            key=str(made.key),
            owner=own.owner,
        )
    )


def whole(category: Category, frameworks: Iterable[Framework]) -> None:
    """Nothing, if *category* and the frameworks it brings hold together in all; FrameworkError for the first that does not."""
    require_valid(category, strict=True)
    for framework in frameworks:
        raise_all(framework_problems(framework, (category,)))
