"""一表多项目: a table in which each project has a row or a block of rows, with its name in a column."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from perfeval.reading.forms.headings import END, TOTALS, bare, role, tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval.documents.grid import Grid, GridCell


class ProjectRows(NamedTuple):
    """一个项目的行: the cell with its name, None for the rows of the office; its first and last row."""

    name: GridCell | None
    first: int
    last: int


def column_headed(grid: Grid, row: int, kind: str) -> int:
    """The column that row *row* heads as 项目名称 or 单位名称; 0 where it is a label with its value, or not there."""
    words = tables()[3]
    line = grid.line(row)
    at = next((each for each in line if role(each.text, words) == kind), None)
    if at is None or len(line) < 4:
        return 0
    beside = next(grid.right_of(row, at.column), None)
    known = tables()
    return at.column if beside is not None and any(role(beside.text, each) for each in known) else 0


def by_project(grid: Grid, row: int, column: int, stops: frozenset[int]) -> Iterator[ProjectRows]:
    """The projects below the heading that ends in *row*, by the names in *column*; rows without a name go on."""
    name: GridCell | None = None
    first = last = 0
    for below in grid.below(row):
        line = grid.line(below)
        if below in stops or END.match(line[0].text):
            break
        own = grid.at(below, column)
        total = any(bare(each.text) in TOTALS for each in line if each.column <= column)
        if total or own is None or not own.text:
            if total or name is None:  # the office's own line
                if first:
                    yield ProjectRows(name, first, last)
                yield ProjectRows(None, below, below)
                name, first = None, 0
                continue
        elif name is None or own.text != name.text:
            if first:
                yield ProjectRows(name, first, last)
            name, first = own, below
        last = below
    if first:
        yield ProjectRows(name, first, last)
