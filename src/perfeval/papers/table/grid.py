"""表格纸: the sheet that blocks are put on — boxes in rows, what the table says, where formulas will look."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import define, evolve, field

from perfeval.documents.grid import letters
from perfeval.documents.xlsx.content import Content
from perfeval.papers.table.live import Positions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from perfeval.model.case import Budget
    from perfeval.papers.table.form import Form


@define
class Box:
    """一格: where it stands, how far it reaches, what it holds and how it looks."""

    row: int
    column: int
    across: int
    down: int
    content: Content
    style: str


@define
class About:
    """表所说的: the words, funds and goals of the office or of one project."""

    words: Mapping[str, str]
    budget: Budget | None
    goals: str = ""
    achieved: str = ""
    base: str = ""


@define
class Sheet:
    """一张表: its boxes, with the rows that are repeated on every page."""

    name: str
    form: Form
    boxes: list[Box] = field(factory=list)
    repeat: tuple[int, int] | None = None
    row: int = 0
    positions: Positions = field(factory=Positions)

    @property
    def wide(self) -> int:
        """Columns of the grid."""
        return len(self.form.widths)

    def put(self, column: int, content: Content | str, style: str, across: int = 1, down: int = 1) -> Box:
        """One cell in the current row."""
        box = Box(self.row, column, across, down, Content(content, "@") if isinstance(content, str) else content, style)
        self.boxes.append(box)
        return box

    def side(self, label: str, down: int) -> int:
        """The words beside a block, *down* rows; the column that the block itself begins in."""
        if label:
            self.put(0, label, "side", 1, down)
        return int(bool(label))

    def line(self, cells: Iterable[tuple[Content | str, str, int]], start: int = 0) -> None:
        """A whole row, then the next one."""
        column = start
        for content, style, across in cells:
            self.put(column, content, style, across)
            column += across
        self.row += 1


def address(row: int, column: int) -> str:
    """The address of a cell by row and column from 0: G8."""
    return f"{letters(column + 1)}{row + 1}"


def keep_points(positions: Positions, path: str, content: Content, where: str) -> None:
    """Keep where the 分值 of a node stands, with the decimals that it may have."""
    held = content.held(where)
    if held is not None and isinstance(held.now, Fraction):
        digits = 2
        while (held.now * 10**digits).denominator != 1:
            digits += 1
        positions.own_points[path] = evolve(held, digits=digits)


def keep_earned(positions: Positions, path: str, content: Content, where: str) -> None:
    """Keep where the points of a node stand, and what they are."""
    positions.earned[path] = where, content.value if isinstance(content.value, Fraction) else None
