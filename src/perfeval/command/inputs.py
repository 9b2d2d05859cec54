"""案例的来源: what ``evaluate`` is given — files, standard input, JSON lines — and the shipped examples."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from perfeval.errors import InputError, PerfevalError, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval.model.case import Case

STDIN = "-"
EXAMPLES = ("yongping-2021", "chuzuwu-2021")
"""The examples that ``demo`` evaluates."""


def cases(sources: tuple[str, ...], framework: str | None) -> Iterator[Case | PerfevalError]:
    """The one case of *sources*, or one a line where standard input holds JSON lines.

    A line that cannot be read is given as its error, so that the others are evaluated all the same.
    """
    from perfeval.reading import read

    if STDIN not in sources:
        yield read(*sources, framework=framework)
        return
    data = sys.stdin.buffer.read()
    lines = _json_lines(data) if sources == (STDIN,) else []
    if not lines:
        yield read(*(data if each == STDIN else each for each in sources), framework=framework)
    for number, line in lines:
        try:
            yield read(line, framework=framework)
        except PerfevalError as error:
            yield InputError(*(each.at(_of_line(each.place, number)) for each in error.problems))


def _of_line(place: Place | None, number: int) -> Place:
    """A place inside one line of standard input."""
    return Place(line=number, column=place.column, path=place.path) if place is not None else Place(line=number)


def _json_lines(data: bytes) -> list[tuple[int, bytes]]:
    """The lines of *data* with their numbers, if each is a JSON object of its own and there are several."""
    found = [(number, line.strip()) for number, line in enumerate(data.splitlines(), 1) if line.strip()]
    several = len(found) > 1 and all(line[:1] == b"{" and line[-1:] == b"}" for _, line in found)
    return found if several else []


def example(name: str) -> Path:
    """The case of a shipped example: inside an installed package, in ``examples/`` of a checkout."""
    package = Path(__file__).parents[1]
    inside = package / "examples" / name / "case.yaml"
    return inside if inside.exists() else package.parents[1] / "examples" / name / "case.yaml"
