"""相容: whether a category fits this perfeval, and whether several can be used together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfeval._version import VERSION
from perfeval.errors import PluginError, problem

if TYPE_CHECKING:
    from perfeval.errors import Place, Problem
    from perfeval.model.category import Category


def fitting(category: Category, owner: str, place: Place | None = None) -> Category:
    """*category* itself, if this perfeval is new enough for it; PluginError naming both versions otherwise."""
    if category.requires and _numbers(VERSION) < _numbers(category.requires):
        raise PluginError(
            problem(
                "category-needs-newer",
                "任务类别“{key}”（{owner}）需要 perfeval {wanted} 或更高版本，现在是 {version}；请升级 perfeval",
                place=place,
                key=category.key,
                owner=owner,
                wanted=category.requires,
                version=VERSION,
            )
        )
    return category


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdecimal())


def clash(categories: tuple[Category, ...]) -> Problem | None:
    """Two checks of one code among the built-in and the categories' own: a problem that names both, or None."""
    from perfeval.checks import BUILT_IN

    owners = {each.code: "perfeval" for each in BUILT_IN}
    for category in categories:
        for check in category.checks:
            if check.code in owners:
                return problem(
                    "check-clash",
                    "审核规则“{code}”由{first}和{second}同时提供；请只用其中一个类别，或请提供者改编号",
                    code=check.code,
                    first=owners[check.code],
                    second=category.title,
                )
            owners[check.code] = category.title
    return None
