"""表格: a table of any document as a grid of texts that know their cell; merged cells answer with what stands in them."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any, NamedTuple

from perfeval.documents.cells import Cell, Fields
from perfeval.errors import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

SMALL = 512
"""Merges of more cells than this are looked up one by one."""


class ShownAmount(Cell):
    """数字格: the text that a cell shows, and the number that it stores where that has more digits."""

    __slots__ = ("stored",)

    stored: str

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return amount, (str(self), self.stored, self._source, self._cell)


def amount(text: str, stored: str, source: str, address: str) -> ShownAmount:
    """Make an Amount."""
    made = ShownAmount(text)
    made._source, made._line, made._column, made._cell = source, None, None, address
    made.stored = stored
    return made


def text_cell(text: str, source: str, address: str) -> Cell:
    """A Cell of a workbook."""
    made = Cell(text)
    made._source, made._line, made._column, made._cell = source, None, None, address
    return made


class SheetRow(Fields):
    """表格行: fields that stand in one row of a sheet, with the cell where they begin."""

    __slots__ = ("_cell", "blanks")

    def __init__(self, source: str, address: str) -> None:
        super().__init__(source)
        self._cell = address
        self.blanks: dict[str, Cell] | None = None
        """Its blank cells by the field that they would fill; None where nobody looked."""

    def like(self) -> SheetRow:
        """An empty row at the same cell."""
        made = SheetRow(self._source, self._cell)
        made.blanks = self.blanks
        return made

    @property
    def place(self) -> Place:
        """位置: the cell where the row begins."""
        return Place(source=self._source, cell=self._cell)

    def put(self, name: str, value: Any) -> None:
        """Fill the field *name* with what a cell says, unless nothing does."""
        if value is not None and value != "":
            self[Cell(name)] = value


class GridCell(NamedTuple):
    """格子: what one cell holds; ``fault`` says why its number is not known (空值、错误值、按千缩小的格式)."""

    row: int
    column: int
    cell: Cell
    formula: bool = False
    fault: str = ""
    typed: bool = False
    """Whether the file stores it as a number."""

    @property
    def text(self) -> str:
        """The text as shown, without the spaces at its ends."""
        return self.cell.strip()


class Area(NamedTuple):
    """合并区域: first and last row and column."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def size(self) -> int:
        """How many cells it covers."""
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)


class Grid:
    """工作表: cells by row and column (both from 1), merged areas, hidden rows and columns."""

    def __init__(
        self,
        name: str,
        source: str,
        grid_cells: Iterable[GridCell],
        merges: Iterable[Area] = (),
        hidden_rows: Iterable[int] = (),
        hidden_columns: Iterable[tuple[int, int]] = (),
    ) -> None:
        self.name, self.source = name, source
        self.rows: dict[int, list[GridCell]] = {}
        self._at: dict[tuple[int, int], GridCell] = {}
        for grid_cell in grid_cells:
            self._at[grid_cell.row, grid_cell.column] = grid_cell
            self.rows.setdefault(grid_cell.row, []).append(grid_cell)
        for row in self.rows.values():
            row.sort(key=_column)
        self.order = sorted(self.rows)
        self.hidden_rows, self.hidden_columns = frozenset(hidden_rows), tuple(hidden_columns)
        self._small: dict[tuple[int, int], Area] = {}
        self._large: list[Area] = []
        for area in merges:
            self._add(area)

    def _add(self, area: Area) -> None:
        if area.size > SMALL:
            self._large.append(area)
            return
        for row in range(area.top, area.bottom + 1):
            for column in range(area.left, area.right + 1):
                self._small[row, column] = area

    def area(self, row: int, column: int) -> Area:
        """The merged area that holds the cell, or the cell alone."""
        found = self._small.get((row, column))
        if found is None:
            found = next(
                (each for each in self._large if each.top <= row <= each.bottom and each.left <= column <= each.right),
                None,
            )
        return found or Area(row, column, row, column)

    def at(self, row: int, column: int) -> GridCell | None:
        """What stands in the cell: its own content, or that of the area it is merged into."""
        grid_cell = self._at.get((row, column))
        if grid_cell is not None:
            return grid_cell
        area = self.area(row, column)
        return self._at.get((area.top, area.left))

    def text(self, row: int, column: int) -> str:
        """The text shown in the cell; nothing where it is blank."""
        grid_cell = self.at(row, column)
        return grid_cell.text if grid_cell is not None else ""

    def line(self, row: int) -> list[GridCell]:
        """The cells that begin in *row*, blanks left out, from left to right."""
        return self.rows.get(row, [])

    def below(self, row: int) -> Iterator[int]:
        """The rows with content after *row*."""
        return iter(self.order[bisect_right(self.order, row) :])

    def right_of(self, row: int, column: int) -> Iterator[GridCell]:
        """The cells of *row* right of *column*'s area, merged ones too, each once."""
        last = max((grid_cell.column for grid_cell in self.line(row)), default=column)
        at = self.area(row, column).right + 1
        while at <= last:
            grid_cell = self.at(row, at)
            if grid_cell is not None:
                yield grid_cell
            at = self.area(row, at).right + 1

    def address(self, row: int, column: int) -> str:
        """The cell's address as a clerk finds it: 附件1!C5."""
        return f"{self.name}!{letters(column)}{row}"

    def blank(self, row: int, column: int) -> Cell:
        """An empty text that knows the cell it stands for."""
        area = self.area(row, column)
        return text_cell("", self.source, self.address(area.top, area.left))

    def is_hidden(self, grid_cell: GridCell) -> bool:
        """Whether the cell stands in a hidden row or column."""
        return grid_cell.row in self.hidden_rows or any(
            low <= grid_cell.column <= high for low, high in self.hidden_columns
        )


def _column(grid_cell: GridCell) -> int:
    return grid_cell.column


def letters(column: int) -> str:
    """A column's letters: 1 is A, 27 AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_of(name: str) -> int:
    """The number of the column that is called *name*: A is 1, AA 27."""
    column = 0
    for letter in name.upper():
        column = column * 26 + ord(letter) - 64
    return column


def whole_number(text: object) -> int:
    """A whole number of a file's own bookkeeping; 0 where it is none."""
    return int(text) if isinstance(text, str) and text.isascii() and text.isdigit() and len(text) < 10 else 0
