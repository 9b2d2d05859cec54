"""表的内容: what one line of a 指标体系 table holds, and the sums that its levels must keep."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from perfeval.documents.grid import text_cell
from perfeval.errors import problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval.documents.cells import Cell
    from perfeval.errors import Place, Problem


class IndicatorEntry(NamedTuple):
    """一行指标: the names from 一级 to the indicator's own, and what its cells say."""

    names: tuple[str, ...]
    points: Fraction
    target: str
    unit: str
    standard: Cell | None
    """评分标准 as written; None where its cell is blank."""
    place: Place


class IndicatorTable(NamedTuple):
    """读出的表: its title, its indicators, the points stated for whole levels, by path."""

    title: str
    entries: tuple[IndicatorEntry, ...]
    levels: tuple[tuple[tuple[str, ...], Fraction, Place], ...]


def joined(one: Cell, two: Cell) -> Cell:
    """Two lines of one 评分标准 as one text, at the place of the first."""
    return text_cell(f"{one.strip()}；{two.strip()}", one._source, one._cell or "")


def without_points(text: str) -> str:
    """A level's name without the points in brackets behind it."""
    return re.sub(r"[(（]\s*\d{1,3}(?:\.\d{1,2})?\s*分?\s*[)）]\s*$", "", text)


def sums(entries: list[IndicatorEntry], stated: dict[tuple[str, ...], tuple[Fraction, Place]]) -> Iterator[Problem]:
    """Levels whose own points are not what stands below them."""
    for path, (points, place) in stated.items():
        below = sum((entry.points for entry in entries if entry.names[: len(path)] == path), Fraction(0))
        if below != points:
            yield problem(
                "points-table-sum",
                "“{name}”写了{points}分，下面各项合计{below}分；请核对",
                place=place,
                name="/".join(path) or "总分",
                points=decimal(points),
                below=decimal(below),
            )


def decimal(value: Fraction) -> str:
    """A number as it is written: 2.5."""
    return f"{Decimal(value.numerator) / Decimal(value.denominator):f}"
