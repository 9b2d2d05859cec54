"""字位: where a formula's text stands in a file, kept with the formula, and the place of a problem inside it.

Only the whole formula knows its text's place; its parts know their characters in that text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from perfeval.errors import Place
from perfeval.formulas.nodes import Name, parts

if TYPE_CHECKING:
    from perfeval.errors import Problem
    from perfeval.formulas.nodes import Formula


class Position(int):
    """字位: a node's character in its text, and the place where that text begins."""

    place: Place


def standing(of: Formula, place: Place | None) -> Formula:
    """*of*, equal to it, that knows that its text begins at *place*."""
    if place is None:
        return of
    position = Position(of.at or 1)
    position.place = place
    return evolve(of, at=position)


def text_place(of: Formula, otherwise: Place | None = None) -> Place | None:
    """Where the text of *of* begins; *otherwise* where it came from no file."""
    return of.at.place if isinstance(of.at, Position) else otherwise


def located(found: Problem, of: Formula, otherwise: Place | None = None) -> Problem:
    """*found*, a problem inside *of*, at the text of *of*, its own character kept."""
    return found.at(text_place(of, otherwise))


def name_place(of: Formula, name: str, otherwise: Place | None = None) -> Place | None:
    """Where *name* first stands in the text of *of*."""
    place = text_place(of, otherwise)
    char = _first(of, name)
    if char is None or not isinstance(of.at, Position):
        return place
    return evolve(place or Place(), char=int(char))


def _first(of: Formula, name: str) -> int | None:
    waiting = [of]
    found = []
    while waiting:
        node = waiting.pop()
        if isinstance(node, Name) and node.name == name and node.at is not None:
            found.append(node.at)
        waiting += parts(node)
    return min(found, default=None)
