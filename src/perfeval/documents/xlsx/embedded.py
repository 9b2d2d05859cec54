"""随带的规则: the sheet by which a workbook brings frameworks and categories along, as YAML, a line a row.

The workbook for staff has it, and the table of an evaluation, hidden: what the grid has no room for is read
back from there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from perfeval.documents import yaml
from perfeval.documents.cells import Cells, Fields
from perfeval.documents.grid import SheetRow, text_cell
from perfeval.errors import InputError, PerfevalError, Place

if TYPE_CHECKING:
    from collections.abc import Callable

    from perfeval.documents.grid import Grid
    from perfeval.documents.limits import Limits


RULES = "规则"
"""The name of the sheet."""


HEAD = "# 以下由程序写入，请不要改动\n"
"""The line that it begins with."""


def is_embedded(grid: Grid) -> bool:
    """Whether *grid* is that sheet and not another of its name."""
    return grid.name == RULES and grid.text(1, 1) == HEAD.strip()


def documents(grid: Grid, source: str, limits: Limits) -> list[Any]:
    """The YAML documents that *grid* holds, every part at its cell: line n stands in row n.

    Raises InputError where it is no longer YAML.
    """
    grid_cells = {row: grid.at(row, 1) for row in grid.order}
    last = max(grid_cells, default=0)
    text = "\n".join(
        str(grid_cell.cell) if (grid_cell := grid_cells.get(row)) is not None else "" for row in range(1, last + 1)
    )
    try:
        read = yaml.read(text, source, limits)
    except PerfevalError as error:
        raise InputError(
            *(
                each.at(Place(source=source, cell=f"{RULES}!A{each.place.line if each.place else 1}"))
                for each in error.problems
            )
        ) from None
    return [moved(each, lambda part: (source, f"{RULES}!A{part._line or 1}")) for each in read]


def moved(value: Any, where: Callable[[Any], tuple[str, str]]) -> Any:
    """Fields and texts that were read from the words of cells, each at the source and cell that *where* gives."""
    if isinstance(value, Fields):
        line = SheetRow(*where(value))
        for key, below in value.items():
            line[text_cell(key, *where(key))] = moved(below, where)
        return line
    if isinstance(value, Cells):
        cells = Cells(where(value)[0])
        cells.extend(moved(each, where) for each in value)
        return cells
    return text_cell(value, *where(value)) if isinstance(value, str) else value
