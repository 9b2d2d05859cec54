"""登记: what installed distributions register in the entry-point group ``perfeval.categories``.

Nothing of them is imported: a listing, or a clash of two keys, needs no code of anybody's.
"""

from __future__ import annotations

import re
import sys
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from importlib.metadata import Distribution

GROUP = "perfeval.categories"


class Entry(NamedTuple):
    """登记项: one entry point, with the distribution that brings it."""

    key: str
    value: str
    distribution: str
    version: str

    @property
    def owner(self) -> str:
        """Distribution and version, for messages."""
        return f"{self.distribution} {self.version}".strip()


def entries() -> tuple[Entry, ...]:
    """Every category that is installed, by key; two of one key are both in it. Nothing is imported."""
    return _entries(tuple(map(_place, sys.path)))


def _place(folder: str) -> tuple[str, int]:
    """A place on the path and when something was last installed there."""
    try:
        return folder, Path(folder or ".").stat().st_mtime_ns
    except OSError:
        return folder, 0


@lru_cache(maxsize=16)
def _entries(_places: tuple[tuple[str, int], ...]) -> tuple[Entry, ...]:
    from importlib.metadata import distributions  # takes long to load, and much needs no category

    found: dict[str, list[Entry]] = {}
    for each in distributions():
        here = _of(each)
        if here:  # the first on the path is the one that Python would import
            found.setdefault(here[0].distribution, here)
    return tuple(
        sorted((each for here in found.values() for each in here), key=lambda each: (each.key, each.distribution))
    )


def _of(distribution: Distribution) -> list[Entry]:
    """What one distribution registers; nothing where its files cannot be read: that is not our affair."""
    try:
        points = distribution.entry_points.select(group=GROUP)
        owner = (re.sub(r"[-_.]+", "-", distribution.name).lower(), distribution.version) if points else ("", "")
        return [Entry(each.name, each.value.partition("[")[0].strip(), *owner) for each in points]
    except Exception:  # noqa: BLE001 - whatever is wrong with somebody's metadata, the rest goes on
        return []
