"""数据表: the sheet of data beside an official table — one line an item, with its unit and period → data of the case.

The writer of tables adds it where rules read data that no form shows; read back, the same rules find them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfeval.documents.cells import Cell, Fields
from perfeval.reading.forms.headings import bare
from perfeval.reading.forms.notes import blank, is_bare, tried, with_unit

if TYPE_CHECKING:
    from perfeval.documents.grid import Grid
    from perfeval.reading.forms.notes import Notes

NAME, VALUE, UNIT, PERIOD = HEADINGS = ("数据项", "数值", "单位", "期间")


def read(grid: Grid, notes: Notes, into: Fields) -> bool:
    """Put the items that *grid* states *into* the data of a case; False where it is no such sheet."""
    for row in grid.order:
        columns = {bare(grid_cell.text): grid_cell.column for grid_cell in grid.line(row)}
        if set(HEADINGS) <= columns.keys():
            for below in grid.below(row):
                _line(grid, below, columns, notes, into)
            return True
    return False


def _line(grid: Grid, row: int, columns: dict[str, int], notes: Notes, into: Fields) -> None:
    name = grid.text(row, columns[NAME]).strip()
    value = notes.known(name, grid.at(row, columns[VALUE]))
    if not name or value is None or blank(value):
        return
    unit = grid.text(row, columns[UNIT]).strip()
    if unit and is_bare(tried(value)):
        value = with_unit(value, "", unit, grid)
    *groups, own = name.split(".")
    for group in groups:
        below = into.get(Cell(group))
        if not isinstance(below, Fields):
            below = into[Cell(group)] = Fields(grid.source)
        into = below
    period = grid.at(row, columns[PERIOD])
    if period is None or blank(period.text):
        into[Cell(own)] = value
        return
    item = Fields(grid.source)
    item[Cell("is")], item[Cell("period")] = value, period.cell
    into[Cell(own)] = item
