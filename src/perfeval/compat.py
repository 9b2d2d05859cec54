"""相容: whether a category fits this perfeval, whether several can be used together, how long one takes to load."""

from __future__ import annotations

import re
from contextvars import ContextVar
from typing import TYPE_CHECKING, TypeVar

from perfeval._version import VERSION
from perfeval.errors import PluginError, problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from perfeval.errors import Place, Problem
    from perfeval.model.category import Category

T = TypeVar("T")

SLOW = 1.0
"""Seconds after which the load of one category is worth a line."""

LISTENER: ContextVar[Callable[[Problem], None] | None] = ContextVar("perfeval_listener", default=None)
"""Who hears that line: the command line while a command runs; nobody else, and then it is logged."""

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
    if _numbers(VERSION) < _numbers(wanted):
        raise PluginError(
            problem(
                "category-needs-newer",
                "任务类别“{key}”（{owner}）需要 perfeval {wanted} 或更高版本，现在是 {version}；请升级 perfeval",
                place=place,
                key=category.key,
                owner=owner or category.title,
                wanted=wanted,
                version=VERSION,
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


def clash(categories: tuple[Category, ...]) -> Problem | None:
    """Two checks of one code among the built-in and the categories' own: a problem that names both, or None."""
    from perfeval.checks import BUILT_IN

    owners = {each.code: f"perfeval {VERSION}" for each in BUILT_IN}
    for category in categories:
        for check in category.checks:
            if check.code in owners:
                return problem(
                    "check-clash",
                    "审核规则“{code}”由{first}和{second}同时提供；请只用其中一个类别，或请提供者改编号",
                    code=check.code,
                    first=owners[check.code],
                    second=category.named,
                )
            owners[check.code] = category.named
    return None


def timed(key: str, owner: str, load: Callable[[], T]) -> T:
    """What *load* gives; a category that takes long is named, to the listener or else in the log."""
    from time import perf_counter

    start = perf_counter()
    made = load()
    seconds = perf_counter() - start
    if seconds > SLOW:
        _say(
            problem(
                "category-slow",
                "任务类别“{key}”（{owner}）载入用了{seconds}秒",
                key=key,
                owner=owner,
                seconds=f"{seconds:.1f}",
            )
        )
    return made


def _say(line: Problem) -> None:
    hears = LISTENER.get()
    if hears is not None:
        hears(line)
        return
    import logging  # only when there is something to say

    logger = logging.getLogger("perfeval")
    if not any(isinstance(each, logging.NullHandler) for each in logger.handlers):
        logger.addHandler(logging.NullHandler())  # whoever uses the library decides what is shown
    logger.warning("%s", line)
