"""指标行的格子: target, actual, points and words of one row, each with its cell; doubtful ones are named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from perfeval.documents.cells import Cell
from perfeval.documents.grid import text_cell
from perfeval.errors import problem
from perfeval.model.fields import as_written, in_points
from perfeval.model.note import UNREAD
from perfeval.model.ratio import may_be_ratio
from perfeval.model.target import to_target
from perfeval.quantities.vocabulary import SIGNS
from perfeval.reading.forms.funds import scale_unknown
from perfeval.reading.forms.headings import CAUSES, CHANCES, OF_CAUSE, OF_CHANCE, TICK
from perfeval.reading.forms.notes import blank, is_bare, tried, with_unit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from perfeval.documents.grid import Grid, GridCell, SheetRow
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
_SPACES = str.maketrans("", "", " \t\r\n　")
_TO_FILL = ("target", "actual", "points", "earned")
_TICKS = frozenset((TICK, "✓", "✔", "是", "有", "V", "v"))


class RowCells:
    """格子: reads the cells of a row by the columns' headings; ``leaf`` is the column of the indicator's name."""

    def __init__(self, grid: Grid, columns: Mapping[str, int], leaf: int, notes: Notes) -> None:
        self.grid, self.columns, self.leaf, self.notes = grid, columns, leaf, notes

    @property
    def _by_cause(self) -> bool:
        return any(role.startswith(OF_CAUSE) for role in self.columns)

    def fill(self, line: SheetRow, path: str, row: int, grid_cells: Mapping[str, GridCell]) -> None:
        """Put what the cells of *row* say into *line*; nothing is calculated from a row that is doubtful."""
        before = len(self.notes.found)
        line.blanks = self._blanks(row, grid_cells)
        self._merged_pairs(path, grid_cells)
        sign, unit = self._sign(row), self._unit(row)
        target = self._value(path, grid_cells.get("adjusted"), row)
        if target is None or blank(target):
            target = self._value(path, grid_cells.get("target"), row)
        if target is not None and not blank(target):
            read = tried(target)
            signed = read is not None and (read.sign or read.quantity is None)
            target = self._composed(target, "" if signed else sign, unit)
            line.put("target", self.notes.read(path, target, to_target))
        actual = self._value(path, grid_cells.get("actual"), row)
        if actual is not None:
            whole = self._counted(self._composed(actual, "", unit), actual, unit, line)
            if self._scale_unknown(whole, line) or (whole != actual and self._scale_doubtful(actual, line)):
                self.notes.add(path, scale_unknown(actual))
            else:
                line.put("actual", self.notes.read(path, whole, as_written))
        forecast = self._value(path, grid_cells.get("forecast"), row)
        if forecast is not None and not blank(forecast):
            whole = self._counted(self._composed(forecast, "", unit), forecast, unit, line)
            line.put("forecast", self.notes.read(path, whole, as_written))
        doubtful = self._doubtful(before)
        for role in ("points", "earned", "reviewed"):
            line.put(role, self.points(path, grid_cells.get(role), row))
        for role in ("coefficient", "progress"):
            cell = self._value(path, grid_cells.get(role), row)
            if cell is not None and tried(cell) is not None:
                line.put(role, cell)
        if doubtful or self._doubtful(
            before, but=("formula-uncalculated",)
        ):  # of points that wait for F9 no value hangs
            line.pop(Cell("actual"), None)
            if any(each.problem.code == "columns-shifted" for each in self.notes.found[before:]):
                line.pop(Cell("points"), None)
                line.pop(Cell("earned"), None)
        explained = (
            "reason" if "reason" in self.columns or self._by_cause else "note"
        )  # 说明 is where a form without it has the reason
        for role, name in (("note", "note"), (explained, "reason"), ("evidence", "evidence")):
            text = self._words(row, role)
            if text is not None:
                line.put(name, text)
        line.put("reason", self._causes(row))
        line.put("likely", self._words(row, "likely") or self._chance(row))

    def _blanks(self, row: int, grid_cells: Mapping[str, GridCell]) -> dict[str, Cell]:
        """The cells of *row* that hold nothing, by their field: where what is missing is to be written."""
        return {
            role: self.grid.blank(row, self.columns[role])
            for role in _TO_FILL
            if role in self.columns
            and ((grid_cell := grid_cells.get(role)) is None or (not grid_cell.fault and blank(grid_cell.text)))
        }

    def _doubtful(self, before: int, but: tuple[str, ...] = ()) -> bool:
        """Whether a cell of the row could not be read for sure."""
        return any(each.kind == UNREAD and each.problem.code not in but for each in self.notes.found[before:])

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

    def _value(self, path: str, grid_cell: GridCell | None, row: int) -> Cell | None:
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

    def points(self, path: str, grid_cell: GridCell | None, row: int) -> Cell | None:
        """Points as written in the cell; nothing where it only holds a place."""
        cell = self._value(path, grid_cell, row)
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

    def _composed(self, text: Cell, sign: str, unit: str) -> Cell:
        """*text* with the sign and the unit of their own columns, where it has none itself."""
        bare_number = bool(unit) and is_bare(text)
        whole = with_unit(text, sign, unit if bare_number else "", self.grid)
        if bare_number and tried(whole) is None:
            whole = with_unit(text, sign, "", self.grid)
        return whole

    def _counted(self, whole: Cell, text: Cell, unit: str, line: SheetRow) -> Cell:
        """*whole*, or *text* in months counted where the target is a number of them: 11 and 月 are November together."""
        if unit != "月" or not is_bare(text):
            return whole
        aim = tried(line.get(Cell("target"), ""))
        if aim is None or aim.quantity is None or aim.quantity.unit.symbol != "月":
            return whole
        return with_unit(text, "", "个月", self.grid)

    def _scale_unknown(self, actual: Cell, line: SheetRow) -> bool:
        """Whether *actual* is a bare number of at most 1 where the target is a rate."""
        aim = line.get(Cell("target"))
        read = tried(actual)
        if aim is None or read is None or read.quantity is None or not read.quantity.unit.bare:
            return False
        goal = tried(aim)
        return (
            goal is not None
            and goal.quantity is not None
            and goal.quantity.unit.rate
            and goal.quantity.base * 10 >= 1
            and 0 < abs(read.quantity.base) <= 1
        )

    def _scale_doubtful(self, actual: Cell, line: SheetRow) -> bool:
        """Whether *actual*, a bare number beside a % of its own column, can hardly be that: 0.96 where 90% is to be reached."""
        aim, read = line.get(Cell("target")), tried(actual)
        goal = tried(aim) if aim is not None else None
        if (
            read is None
            or goal is None
            or goal.quantity is None
            or not goal.quantity.unit.rate
            or goal.sign in ("≤", "<")
        ):
            return False
        return goal.quantity.base * 2 >= 1 and may_be_ratio(read.quantity, goal.quantity)

    def _words(self, row: int, role: str) -> Any:
        grid_cell = self.grid.at(row, self.columns[role]) if role in self.columns else None
        return None if grid_cell is None or grid_cell.fault or blank(grid_cell.text) else grid_cell.cell

    def _sign(self, row: int) -> str:
        text = str(self._words(row, "sign") or "").translate(_SPACES)
        return SIGNS.get(text) or _NATURES.get(text, "")

    def _unit(self, row: int) -> str:
        return str(self._words(row, "unit") or "").translate(_SPACES)

    def is_core(self, row: int, name: str) -> bool:
        """Whether the indicator is marked ★ or 是否核心 says so."""
        return "★" in name or str(self._words(row, "core") or "").strip() == "是"
