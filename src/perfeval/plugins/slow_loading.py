"""载入的话: what is said while categories load — one that takes long is named, to whoever listens or else in the log."""

from __future__ import annotations

from contextvars import ContextVar
from time import perf_counter
from typing import TYPE_CHECKING, TypeVar

from perfeval.errors import problem

if TYPE_CHECKING:
    from collections.abc import Callable
    from logging import Logger

    from perfeval.errors import Problem

T = TypeVar("T")

SLOW = 1.0
"""Seconds after which the load of one category is worth a line."""

LISTENER: ContextVar[Callable[[Problem], None] | None] = ContextVar("perfeval_listener", default=None)
"""Who hears that line: the command line while a command runs; nobody else, and then it is logged."""


def timed(key: str, owner: str, load: Callable[[], T]) -> T:
    """What *load* gives; a category that takes long is named, to the listener or else in the log."""
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
    logger().warning("%s", line)


def logger() -> Logger:
    """The one logger; whoever uses the library decides what of it is shown."""
    import logging  # only when there is something to say

    made = logging.getLogger("perfeval")
    if not any(isinstance(each, logging.NullHandler) for each in made.handlers):
        made.addHandler(logging.NullHandler())
    return made
