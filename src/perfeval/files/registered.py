"""登记: what installed distributions register in the entry-point group ``perfeval.categories``, read from their files.

Nothing is imported: a listing, or a clash of two keys, needs no code of anybody's.
"""

from __future__ import annotations

import contextlib
import os
import sys
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

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
    """Every category that is installed, by key; two of one key are both in it. Nothing is imported.

    The folders of the path are read here rather than by ``importlib.metadata``, whose import alone costs
    a tenth of a whole evaluation; what is no folder (a zip) is left to it.
    """
    found: list[Entry] = []
    seen: set[str] = set()
    for place in dict.fromkeys(sys.path):
        folder = Path(place or ".")
        try:
            changed = folder.stat().st_mtime_ns
        except OSError:
            continue
        here = _in_folder(str(folder), changed) if folder.is_dir() else _in_archive(str(folder), changed)
        found += [each for each in here if each.distribution not in seen]
        seen |= {each.distribution for each in here}  # the first on the path is the one that Python would import
    return tuple(sorted(found, key=lambda each: (each.key, each.distribution)))


@lru_cache(maxsize=64)
def _in_folder(folder: str, _changed: int) -> tuple[Entry, ...]:
    """The entries of the distributions installed in *folder*, which was last changed at the time given."""
    found: list[Entry] = []
    with contextlib.suppress(OSError):
        for name in sorted(os.listdir(folder)):  # noqa: PTH208 - the fastest listing
            if name.endswith((".dist-info", ".egg-info")):
                with contextlib.suppress(OSError, UnicodeDecodeError):
                    text = (Path(folder) / name / "entry_points.txt").read_text(encoding="utf-8")
                    found += _points(text, *_distribution(name))
    return tuple(found)


def _distribution(folder: str) -> tuple[str, str]:
    """Name and version from perfeval_market-1.2.dist-info."""
    name, _, version = folder.rpartition(".")[0].partition("-")
    return name.replace("_", "-").lower(), version.partition("-")[0]


def _points(text: str, distribution: str, version: str) -> list[Entry]:
    """The entries that one entry_points.txt declares for the group."""
    section, found = "", []
    for line in text.splitlines() if GROUP in text else ():
        line = line.strip()
        if line.startswith("["):
            section = line.strip("[]").strip()
        elif section == GROUP and "=" in line and line[0] not in "#;":
            key, _, value = line.partition("=")
            found.append(Entry(key.strip(), value.partition("[")[0].strip(), distribution, version))
    return found


@lru_cache(maxsize=16)
def _in_archive(path: str, _changed: int) -> tuple[Entry, ...]:
    """The entries of what is installed in something that is no folder, by the standard library's finders."""
    from importlib.metadata import distributions

    return tuple(
        Entry(point.name, point.value, each.name.replace("_", "-").lower(), each.version)
        for each in distributions(path=[path])
        for point in each.entry_points
        if point.group == GROUP
    )
