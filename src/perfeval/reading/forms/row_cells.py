"""指标行的格子: target, actual, points and words of one row, each with its cell; doubtful ones are named."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from perfeval.documents.cells import Cell
from perfeval.documents.grid import text_cell
from perfeval.errors import problem
from perfeval.model.fields import as_written, in_points
from perfeval.model.note import UNREAD
from perfeval.model.ratio import may_be_ratio
from perfeval.model.target import to_target
from perfeval.quantities.units import base_units
from perfeval.quantities.vocabulary import SIGNS
from perfeval.reading.forms.funds import scale_unknown
from perfeval.reading.forms.headings import CAUSES, CHANCES, OF_CAUSE, OF_CHANCE, TICK
from perfeval.reading.forms.notes import blank, is_bare, tried, with_unit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from perfeval.documents.grid import Grid, GridCell, SheetRow
    from perfeval.model.note import Note
    from perfeval.quantities.figure import Figure
    from perfeval.reading.forms.notes import Notes

_NATURES = {
    "正向": "≥",
    "正向指标": "≥",
    "反向": "≤",
    "反向指标": "≤",
    "逆向": "≤",
    "逆向指标": "≤",
    "大于等于": "≥",
    "小于等于": "≤",
}
_UNIT_BEHIND = re.compile(r"[(（]\s*(?:单位[:：])?([^()（）\d\s]{1,8})\s*[)）]\s*$")
_SPACES = str.maketrans("", "", " \t\r\n　")
_TO_FILL = ("target", "actual", "points", "earned", "reason")
_TICKS = frozenset((TICK, "✓", "✔", "是", "有", "V", "v"))


class RowReading:
    """一行的读入: what the steps have found of one row so far; ``line`` holds its fields."""

    def __init__(self, line: SheetRow, path: str, row: int, grid_cells: Mapping[str, GridCell], notes: Notes) -> None:
        self.line, self.path, self.row, self.grid_cells = line, path, row, grid_cells
        self.sign = self.unit = ""
        self.target: Figure | None = None
        """The target as a figure, where it is one: it decides how 完成值 is read."""
        self._notes, self._before = notes, len(notes.found)

    def is_doubtful(self, but: tuple[str, ...] = ()) -> bool:
        """Whether a cell of the row could not be read for sure, by other reasons than those of the codes *but*."""
        return any(each.kind == UNREAD and each.problem.code not in but for each in self.new_notes)

    @property
    def new_notes(self) -> list[Note]:
        """What has been noted of this row."""
        return self._notes.found[self._before :]


class RowCells:
    """格子: reads the cells of a row by the columns' headings; ``leaf`` is the column of the indicator's name."""

    def __init__(self, grid: Grid, columns: Mapping[str, int], leaf: int, notes: Notes) -> None:
        self.grid, self.columns, self.leaf, self.notes = grid, columns, leaf, notes

    def fill(self, line: SheetRow, path: str, row: int, grid_cells: Mapping[str, GridCell]) -> None:
        """Put what the cells of *row* say into *line*, step by step: see :data:`STEPS`."""
        reading = RowReading(line, path, row, grid_cells, self.notes)
        for step in STEPS:
            step(self, reading)

    # -- the steps ----------------------------------------------------------------------------------

    def keep_blanks(self, reading: RowReading) -> None:
        """Where what is missing is to be written."""
        reading.line.blanks = self._blanks(reading.row, reading.grid_cells)

    def note_joined(self, reading: RowReading) -> None:
        """One cell under two headings holds two values or none: nothing is known of either."""
        self._merged_pairs(reading.path, reading.grid_cells)

    def read_sign_and_unit(self, reading: RowReading) -> None:
        """The sign and the unit of the target, where they have columns of their own."""
        reading.sign = self._sign(reading.row)
        reading.unit = self._unit(reading.row) or self._unit_of_name(reading.row)

    def read_target(self, reading: RowReading) -> None:
        """The target, the adjusted one before the first: it comes before 完成值, whose unit and scale it decides."""
        cell = self._value(reading, "adjusted")
        if cell is None or blank(cell):
            cell = self._value(reading, "target")
        if cell is None or blank(cell):
            return
        own = tried(cell)
        signed = own is not None and (own.sign or own.quantity is None)
        whole = self._composed(cell, own, "" if signed else reading.sign, reading.unit)
        target = self.notes.read(reading.path, whole, to_target)
        if target is not None:
            reading.line.put("target", target)
            reading.target = own if whole is cell else tried(whole)

    def read_actual(self, reading: RowReading) -> None:
        """完成值 in the unit of its column; a bare number beside a rate is left open where it may be either."""
        cell = self._value(reading, "actual")
        if cell is None:
            return
        own = tried(cell)
        whole = self._counted(self._composed(cell, own, "", reading.unit), cell, own, reading)
        stated = own if whole is cell else tried(whole)
        if _scale_unknown(stated, reading.target) or (whole != cell and _scale_doubtful(own, reading.target)):
            self.notes.add(reading.path, scale_unknown(cell))
        else:
            reading.line.put("actual", self.notes.read(reading.path, whole, as_written))

    def read_forecast(self, reading: RowReading) -> None:
        """The value that the office expects for the whole year, in the same unit."""
        cell = self._value(reading, "forecast")
        if cell is not None and not blank(cell):
            own = tried(cell)
            whole = self._counted(self._composed(cell, own, "", reading.unit), cell, own, reading)
            reading.line.put("forecast", self.notes.read(reading.path, whole, as_written))

    def withhold_values(self, reading: RowReading) -> None:
        """Nothing is calculated from a row of which a value is doubtful."""
        if reading.is_doubtful():
            reading.line.pop(Cell("actual"), None)

    def read_points(self, reading: RowReading) -> None:
        """分值, 自评得分 and 复核得分."""
        for role in ("points", "earned", "reviewed"):
            reading.line.put(role, self.points(reading.path, reading.grid_cells.get(role), reading.row))

    def read_rates(self, reading: RowReading) -> None:
        """系数 and 进度, where they are numbers."""
        for role in ("coefficient", "progress"):
            cell = self._value(reading, role)
            if cell is not None and tried(cell) is not None:
                reading.line.put(role, cell)

    def withhold_points(self, reading: RowReading) -> None:
        """Columns that slipped leave no number of the row; of points that only wait for F9 no value hangs."""
        if reading.is_doubtful(but=("formula-uncalculated",)):
            reading.line.pop(Cell("actual"), None)
        if any(each.problem.code == "columns-shifted" for each in reading.new_notes):
            for role in ("actual", "points", "earned"):
                reading.line.pop(Cell(role), None)

    def read_words(self, reading: RowReading) -> None:
        """Note, reason and evidence; 说明 is where a form without a column for it has the reason."""
        by_cause = any(role.startswith(OF_CAUSE) for role in self.columns)
        explained = "reason" if "reason" in self.columns or by_cause else "note"
        for role, name in (("note", "note"), (explained, "reason"), ("evidence", "evidence")):
            text = self._words(reading.row, role)
            if text is not None:
                reading.line.put(name, text)
        reading.line.put("reason", self._causes(reading.row))
        reading.line.put("likely", self._words(reading.row, "likely") or self._chance(reading.row))

    # -- what they need -----------------------------------------------------------------------------

    def _blanks(self, row: int, grid_cells: Mapping[str, GridCell]) -> dict[str, Cell]:
        """The cells of *row* that hold nothing, by their field: where what is missing is to be written."""
        return {
            role: self.grid.blank(row, self.columns[role])
            for role in _TO_FILL
            if role in self.columns
            and ((grid_cell := grid_cells.get(role)) is None or (not grid_cell.fault and blank(grid_cell.text)))
        }

    def _causes(self, row: int) -> Cell | None:
        """The reasons that stand in a column for each kind: 经费保障：…；其他：…"""
        found = [(cause, text) for cause in CAUSES if (text := self._words(row, OF_CAUSE + cause)) is not None]
        said = [cause if text.strip() in _TICKS else f"{cause}：{text.strip()}" for cause, text in found]
        return text_cell("；".join(said), self.grid.source, found[0][1]._cell) if said else None

    def _chance(self, row: int) -> Cell | None:
        """How likely the goal is: the heading of the one column that is ticked."""
        found = [(chance, cell) for chance in CHANCES if (cell := self._words(row, OF_CHANCE + chance)) is not None]
        return text_cell(found[0][0], self.grid.source, found[0][1]._cell) if len(found) == 1 else None

    def _merged_pairs(self, path: str, grid_cells: Mapping[str, GridCell]) -> None:
        """One cell under two headings holds two values or none: nothing is known of either."""
        seen: dict[tuple[int, int], str] = {}
        for grid_cell in (grid_cells[role] for role in ("target", "actual", "points", "earned") if role in grid_cells):
            where = grid_cell.row, grid_cell.column
            if where in seen and not blank(grid_cell.text):
                self.notes.add(
                    path,
                    problem(
                        "columns-joined",
                        "“{text}”的单元格跨了几栏，分不清各栏是多少；请拆开合并的单元格，各栏分别填写",
                        place=grid_cell.cell.place,
                        text=grid_cell.text,
                    ),
                )
                break
            seen[where] = path

    def _value(self, reading: RowReading, role: str) -> Cell | None:
        """The text of the row's cell under the heading *role*."""
        return self._single(reading.path, reading.grid_cells.get(role), reading.row)

    def _single(self, path: str, grid_cell: GridCell | None, row: int) -> Cell | None:
        """A value cell's text; one that is merged over several indicators belongs to none of them."""
        if grid_cell is None:
            return None
        area = self.grid.area(grid_cell.row, grid_cell.column)
        if area.bottom > area.top and self._several(area.top, area.bottom):
            self.notes.add(
                path,
                problem(
                    "cell-shared",
                    "“{text}”的单元格跨了几个指标，分不清各是多少；请拆开合并的单元格，逐个指标填写",
                    place=grid_cell.cell.place,
                    text=grid_cell.text,
                ),
            )
            return None
        if grid_cell.row != row:
            return None
        return self.notes.known(path, grid_cell)

    def _several(self, top: int, bottom: int) -> bool:
        """Whether rows *top* to *bottom* name more than one indicator."""
        leaves = {
            (grid_cell.row, grid_cell.column)
            for row in range(top, min(bottom, top + 200) + 1)
            if (grid_cell := self.grid.at(row, self.leaf)) is not None and grid_cell.text
        }
        return len(leaves) > 1

    def points(self, path: str, grid_cell: GridCell | None, row: int) -> Figure | None:
        """Points as written in the cell; nothing where it only holds a place."""
        cell = self._single(path, grid_cell, row)
        if cell is None or blank(cell):
            return None
        read = tried(cell)
        if read is not None and read.quantity is not None:
            unit = read.quantity.unit
            if (unit.bare or unit.symbol == "分") and not read.approximate and not read.sign:
                return self.notes.read(path, cell, in_points)
        self.notes.add(
            path,
            problem(
                "columns-shifted",
                "“{text}”不是分，这一行可能串了栏；请把各栏的内容移回原位，分值和得分只写数字",
                place=cell.place,
                text=str(cell),
            ),
        )
        return None

    def _composed(self, cell: Cell, own: Figure | None, sign: str, unit: str) -> Cell:
        """*cell*, read as *own*, with the sign and the unit of their own columns, where it has none itself."""
        if not unit or not is_bare(own):
            return with_unit(cell, sign, "", self.grid)
        whole = with_unit(cell, sign, unit, self.grid)
        return whole if tried(whole) is not None else with_unit(cell, sign, "", self.grid)

    def _counted(self, whole: Cell, cell: Cell, own: Figure | None, reading: RowReading) -> Cell:
        """*whole*, or *cell* in months counted where the target is a number of them: 11 and 月 are November together."""
        target = reading.target
        if reading.unit != "月" or not is_bare(own) or target is None or target.quantity is None:
            return whole
        return with_unit(cell, "", "个月", self.grid) if target.quantity.unit.symbol == "月" else whole

    def _words(self, row: int, role: str) -> Any:
        grid_cell = self.grid.at(row, self.columns[role]) if role in self.columns else None
        return None if grid_cell is None or grid_cell.fault or blank(grid_cell.text) else grid_cell.cell

    def _sign(self, row: int) -> str:
        text = str(self._words(row, "sign") or "").translate(_SPACES)
        return SIGNS.get(text) or _NATURES.get(text, "")

    def _unit(self, row: int) -> str:
        return str(self._words(row, "unit") or "").translate(_SPACES)

    def _unit_of_name(self, row: int) -> str:
        """The unit that stands in brackets behind the indicator's name: 改造数（个）."""
        name = self.grid.at(row, self.leaf)
        match = _UNIT_BEHIND.search(name.text) if name is not None else None
        return match[1] if match is not None and base_units().find(match[1]) is not None else ""

    def is_core(self, row: int, name: str) -> bool:
        """Whether the indicator is marked ★ or 是否核心 says so."""
        return "★" in name or str(self._words(row, "core") or "").strip() == "是"


def _scale_unknown(actual: Figure | None, target: Figure | None) -> bool:
    """Whether *actual* is a bare number of at most 1 where the target is a rate."""
    if actual is None or actual.quantity is None or not actual.quantity.unit.bare:
        return False
    return (
        target is not None
        and target.quantity is not None
        and target.quantity.unit.rate
        and target.quantity.base * 10 >= 1
        and 0 < abs(actual.quantity.base) <= 1
    )


def _scale_doubtful(actual: Figure | None, target: Figure | None) -> bool:
    """Whether *actual*, a bare number beside a % of its own column, can hardly be that: 0.96 where 90% is to be reached."""
    if actual is None or target is None or target.quantity is None or not target.quantity.unit.rate:
        return False
    if target.sign in ("≤", "<"):
        return False
    return target.quantity.base * 2 >= 1 and may_be_ratio(actual.quantity, target.quantity)


STEPS: Sequence[Callable[[RowCells, RowReading], None]] = (
    RowCells.keep_blanks,
    RowCells.note_joined,
    RowCells.read_sign_and_unit,
    RowCells.read_target,
    RowCells.read_actual,
    RowCells.read_forecast,
    RowCells.withhold_values,
    RowCells.read_points,
    RowCells.read_rates,
    RowCells.withhold_points,
    RowCells.read_words,
)
"""How a row is read, in this order: the target before what is held against it, values before the points that hang on
them, and what is doubtful taken back before the words."""
