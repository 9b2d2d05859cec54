"""内置评分方法: every built-in strategy by name, each made when first asked for; nothing can be added."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache, partial

from perfeval.errors import NotFoundError, problem
from perfeval.locales.suggestions import suggest
from perfeval.strategies import adjustments, banded, counting, earning, judged
from perfeval.strategies.strategy import Strategy


@lru_cache(maxsize=1)
def _defined() -> dict[str, partial[Strategy]]:
    return {
        each.keywords["name"]: each
        for room in (earning, judged, banded, counting, adjustments)
        for each in room.DEFINED
    }


@lru_cache(maxsize=1)
def _aliases() -> dict[str, str]:
    return {alias: name for name, each in _defined().items() for alias in each.keywords.get("aliases", ())}


class _BuiltIn(Mapping[str, Strategy]):
    """The built-in strategies by name or alias, each made when first asked for; nothing can be added."""

    __slots__ = ()

    def __getitem__(self, name: str) -> Strategy:
        return _made(_aliases().get(name, name))

    def __contains__(self, name: object) -> bool:
        return name in _defined() or name in _aliases()

    def __iter__(self) -> Iterator[str]:
        return iter(_defined())

    def __len__(self) -> int:
        return len(_defined())

    def __repr__(self) -> str:
        return f"BUILT_IN({'、'.join(self)})"


@cache
def _made(name: str) -> Strategy:
    return _defined()[name]()  # a KeyError is kept by no cache


BUILT_IN: Mapping[str, Strategy] = _BuiltIn()
"""内置评分方法: every built-in strategy by its name; an alias finds it too, but only names are listed."""


def strategy(name: str) -> Strategy:
    """The built-in strategy of that name or alias; raises NotFoundError with the nearest names."""
    if name not in BUILT_IN:
        raise NotFoundError(
            problem(
                "strategy-unknown",
                "没有评分方法“{name}”{near}",
                place=getattr(name, "place", None),
                name=str(name),
                near=suggest(name, [*BUILT_IN, *_aliases()]),
            )
        )
    return BUILT_IN[name]
