"""核查一次: what was found valid is not looked through again; what is wrong is, since an equal one may stand elsewhere."""

from __future__ import annotations

from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

P = ParamSpec("P")
T = TypeVar("T")


class _InvalidError(Exception):
    """Carries what is wrong through the cache, which keeps no call that raised."""


def remember_valid(size: int) -> Callable[[Callable[P, Iterable[T]]], Callable[P, tuple[T, ...]]]:
    """All that the function finds wrong with hashable values; for *size* of those with nothing wrong it is kept."""

    def decorate(look: Callable[P, Iterable[T]]) -> Callable[P, tuple[T, ...]]:
        @lru_cache(maxsize=size)
        def looked_through(*given: Any, **named: Any) -> None:
            found = tuple(look(*given, **named))
            if found:
                raise _InvalidError(*found)

        @wraps(look)
        def wrong(*given: P.args, **named: P.kwargs) -> tuple[T, ...]:
            try:
                looked_through(*given, **named)  # type: ignore[arg-type]
            except _InvalidError as found:
                return found.args
            return ()

        return wrong

    return decorate
