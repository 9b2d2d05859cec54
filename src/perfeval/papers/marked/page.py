"""原表的一页: a sheet of the office's workbook — what its cells hold, which of them can be written, what is to be done."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from attrs import define, field

from perfeval.documents.grid import letters
from perfeval.formulas.spreadsheet import Held
from perfeval.quantities.quantity import Quantity
from perfeval.reading.forms import tables
from perfeval.reading.forms.headings import MONEY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from perfeval.documents.grid import Grid, GridCell
    from perfeval.documents.xlsx.content import Content
    from perfeval.documents.xlsx.patching import SheetXml

_VALUES = (
    "level1",
    "level2",
    "level3",
    "level4",
    "target",
    "adjusted",
    "actual",
    "points",
    "earned",
    "reviewed",
    "reason",
    *MONEY,
    "rate",
)


class Fill(NamedTuple):
    """填入: what one cell gets; ``corrects`` says that it held another value."""

    row: int
    column: int
    content: Content
    corrects: bool


@define
class MarkedSheet:
    """一张表: a sheet as read, its bytes, and what is to be done to it."""

    grid: Grid
    xml: SheetXml
    fills: list[Fill] = field(factory=list)
    notes: dict[tuple[int, int], list[str]] = field(factory=dict)
    _heads: dict[int, tuple[str, dict[str, int], int]] | None = None

    def columns(self, row: int) -> tuple[str, Mapping[str, int]]:
        """The kind of the block that *row* is in, and what its columns hold."""
        if self._heads is None:
            self._heads = dict(tables.heads(self.grid))
        above = [at for at in self._heads if at < row]
        kind, columns, _ = self._heads[max(above)] if above else ("", {}, 0)
        return kind, columns

    def note(self, row: int, column: int, text: str) -> None:
        """Keep words for a cell, each once."""
        area = self.grid.area(row, column)
        words = self.notes.setdefault((area.top, area.left), [])
        if text and text not in words:
            words.append(text)

    def grid_cell(self, row: int, column: int | None) -> GridCell | None:
        """What stands in a cell of *row*'s own."""
        found = self.grid.at(row, column) if column is not None else None
        return found if found is not None and found.row == row else None

    def held(self, row: int, column: int | None, value: Any) -> Held | None:
        """The cell as a formula reads it; None where its number or word is not *value* for sure."""
        grid_cell = self.grid_cell(row, column)
        if grid_cell is None or grid_cell.fault:
            return None
        where = f"{letters(grid_cell.column)}{grid_cell.row}"
        if isinstance(value, str):
            return Held(where, None) if str(grid_cell.cell) == value and not grid_cell.typed else None
        stored = self.number(grid_cell)
        if stored is None or not isinstance(value, Quantity):
            return None
        own = Fraction(value.unit.up, value.unit.down)
        for worth in (Fraction(1), own) if "%" in grid_cell.text else (own,):
            if stored * worth == value.base:
                return Held(where, worth, stored)
        return None

    def number(self, grid_cell: GridCell) -> Fraction | None:
        """The number that a cell stores."""
        place = self.xml.cells.get((grid_cell.row, grid_cell.column))
        found = place.number if place is not None and grid_cell.typed else None
        return None if found is None else Fraction(found)

    def free(self, row: int, column: int, columns: Mapping[str, int]) -> bool:
        """Whether the cell at a heading of *columns* is the row's own and can be written."""
        area = self.grid.area(row, column)
        others = (at for kind, at in columns.items() if kind in _VALUES and at != column)
        if area.top != row or any(area.left <= at <= area.right for at in others):
            return False
        if area.bottom > row and any(self.grid.area(row, at).bottom < area.bottom for at in columns.values()):
            return False
        return self.xml.can_hold(row, area.left)

    def fill(self, row: int, column: int, content: Content, *, corrects: bool) -> None:
        """Write *content*, a number, and its note."""
        area = self.grid.area(row, column)
        if isinstance(content.value, Fraction):
            self.fills.append(Fill(area.top, area.left, content, corrects))


def split(cell: str) -> tuple[str, int, int] | None:
    """Sheet, row and column of an address like 附件1!H6; None for what is none."""
    name, mark, address = cell.rpartition("!")
    digits = address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    if not mark or not digits.isdecimal():
        return None
    column = 0
    for letter in address[: -len(digits)]:
        column = column * 26 + ord(letter) - 64
    return name, int(digits), column
