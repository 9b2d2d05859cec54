"""指标体系表: a client's workbook → its indicators, each with levels, points, target and 评分标准, by cell.

Columns are told by the words at their head, wherever the head stands; merged cells count for every row that
they cover. Numbers may be text. What contradicts itself (points that do not add up, one cell of points for
two indicators) is refused with the cell; nothing is shared out or guessed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfeval.authoring.importing.entries import IndicatorEntry, IndicatorTable, joined, sums, without_points
from perfeval.documents import file_types
from perfeval.documents.limits import DEFAULT, Limits, too_large
from perfeval.documents.xlsx import reading
from perfeval.errors import InputError, PerfevalError, Place, problem
from perfeval.quantities.notation import figure
from perfeval.reading.forms.headings import LEVELS, SUBTOTALS, TOTALS, bare, points_in, roles, tables
from perfeval.reading.forms.indicators import clean

if TYPE_CHECKING:
    from fractions import Fraction

    from perfeval.documents.cells import Cell
    from perfeval.documents.grid import Grid, GridCell
    from perfeval.errors import Problem

MOST = 500
"""Indicators of one table; a whole province's has fewer."""


def read(data: bytes, source: str = "", limits: Limits = DEFAULT) -> IndicatorTable:
    """The table of the workbook *data*.

    Raises InputError for what is no workbook or exceeds *limits*, where no table can be told, and with
    every cell of the table that contradicts another.
    """
    place = Place(source=source)
    if len(data) > limits.size:
        raise too_large(len(data), limits, place)
    if not file_types.is_package(data):
        raise InputError(
            file_types.refusal(data, source)
            or problem("file-not-workbook-table", "这不是 .xlsx 工作簿；请另存为“Excel 文件（*.xlsx）”", place=place)
        )
    found = [made for grid in reading.read(data, source, limits).sheets if (made := _in(grid)) is not None]
    if len(found) > 1:
        raise InputError(
            problem(
                "standards-several",
                "工作簿里有几张指标体系表（{sheets}）；请每个指标体系存成一个文件",
                place=place,
                sheets=tuple(each.grid.name for each in found),
            )
        )
    if found:
        return found[0].read()
    raise InputError(
        problem(
            "standards-missing",
            "没有找到指标体系表：表头里应有“一级指标”“三级指标”“分值”“评分标准”这样的栏名",
            place=place,
        )
    )


STANDARDS = frozenset(
    "评分标准 计分标准 评分细则 评分规则 评价标准 评分方法 计分方法 评分标准及说明 评分办法 计分办法".split()
)
"""Headings of the column itself; 指标解释, 指标说明 and 计算公式 stand beside it and say something else."""


def _in(grid: Grid) -> _Table | None:
    """The table of one sheet, if it has one."""
    for row in grid.order:
        columns = roles(grid, row, tables()[0])
        own = [grid_cell.column for grid_cell in grid.line(row) if bare(grid_cell.text) in STANDARDS]
        if (own or "method" in columns) and any(level in columns for level in LEVELS):
            return _Table(grid, row, {**columns, "method": own[0] if own else columns["method"]})
    return None


class _Table:
    """One table in the making."""

    def __init__(self, grid: Grid, row: int, columns: dict[str, int]) -> None:
        self.grid, self.row, self.columns = grid, row, columns
        self.levels = sorted(columns[level] for level in LEVELS if level in columns)
        self.worth = self._worth()
        self.entries: list[IndicatorEntry] = []
        self.stated: dict[tuple[str, ...], tuple[Fraction, Place]] = {}
        self.above: list[str] = []
        self.seen: dict[tuple[int, int], int] = {}
        self.wrong: list[Problem] = []

    def _worth(self) -> dict[int, int]:
        """The column of points of each level: the one between it and the next level, or the table's only one."""
        words = tables()[0]
        found = [
            grid_cell.column for grid_cell in self.grid.line(self.row) if words.get(bare(grid_cell.text)) == "points"
        ]
        leaf = self.levels[-1]
        worth = {}
        for level, following in zip(self.levels, [*self.levels[1:], 0], strict=True):
            own = [column for column in found if column > level and (not following or column < following)]
            if own and level != leaf:
                worth[level] = own[0]
        rest = [column for column in found if column not in worth.values()]
        if rest:
            worth[leaf] = next((column for column in rest if column > leaf), rest[-1])
        return worth

    def read(self) -> IndicatorTable:
        """Take every line below the head, then hold the sums against each other."""
        if self.levels[-1] not in self.worth:
            self._no(
                problem("points-column-missing", "表头里没有“分值”（或“权重”）一栏；请补上"),
                self.grid.line(self.row)[0],
            )
            raise InputError(*self.wrong)
        for row in self.grid.below(self.row):
            if not self._line(row):
                break
            if len(self.entries) > MOST:
                raise InputError(
                    problem(
                        "standards-many",
                        "指标超过{most}项，不像是一个指标体系；请删去多余的行",
                        place=Place(source=self.grid.source, cell=self.grid.name),
                        most=MOST,
                    )
                )
        if not self.entries and not self.wrong:
            self._no(problem("standards-empty", "表头下面没有指标"), self.grid.line(self.row)[0])
        if not self.wrong:
            self.wrong += sums(self.entries, self.stated)
        if self.wrong:
            raise InputError(*self.wrong)
        levels = tuple((path, points, place) for path, (points, place) in self.stated.items())
        return IndicatorTable(self._title(), tuple(self.entries), levels)

    def _title(self) -> str:
        for row in self.grid.order:
            line = self.grid.line(row)
            if row >= self.row:
                break
            if len(line) == 1 and "指标" in line[0].text and len(line[0].text) <= 60:
                return clean(line[0].text)
        return ""

    def _no(self, found: Problem, grid_cell: GridCell) -> None:
        self.wrong.append(found.at(grid_cell.cell.place))

    def _line(self, row: int) -> bool:
        """Take one line; False at the end of the table."""
        line = self.grid.line(row)
        if roles(self.grid, row, tables()[0]).keys() >= {"method", "points"}:
            return True  # the head again, on the next page
        if any(bare(grid_cell.text) in TOTALS for grid_cell in line if grid_cell.column <= self.levels[-1]):
            self._total(row)
            return False
        grid_cells = [self.grid.at(row, column) for column in self.levels]
        leaf = grid_cells[-1]
        if leaf is None or not leaf.text or bare(leaf.text) in SUBTOTALS:
            return self._level(row, grid_cells)
        if self._is_note(row):
            return False
        names = self._names(grid_cells)
        if (at := (leaf.row, leaf.column)) in self.seen:
            self._again(row, leaf, self.seen[at])
            return True
        self.seen[at] = len(self.entries)
        points = self._points(row, self.levels[-1], leaf)
        if any(entry.names == names for entry in self.entries):
            self._no(
                problem("indicator-twice", "“{name}”在同一级里写了两次；请改其中一个的名称", name="/".join(names)), leaf
            )
        elif points is not None:
            self.entries.append(
                IndicatorEntry(
                    names,
                    points,
                    self._say(row, "target"),
                    self._say(row, "unit"),
                    self._standard(row),
                    leaf.cell.place,
                )
            )
        return True

    def _is_note(self, row: int) -> bool:
        """Whether one cell reaches over the levels and the points: a note, not an indicator."""
        first = self.grid.line(row)[0]
        return first.column <= self.levels[0] and self.grid.area(row, first.column).right >= max(
            *self.levels, *self.worth.values()
        )

    def _names(self, grid_cells: list[GridCell | None]) -> tuple[str, ...]:
        """The names down to the indicator's; a level left blank is the one above it."""
        names: list[str] = []
        before: GridCell | None = None
        for depth, grid_cell in enumerate(grid_cells[:-1]):
            if grid_cell is not None and grid_cell.text and grid_cell is not before and grid_cell is not grid_cells[-1]:
                name = clean(without_points(grid_cell.text))
                if self.above[depth : depth + 1] != [name]:
                    self.above = [*self.above[:depth], *[""] * (depth - len(self.above)), name]
                path = (*names, name)
                self._level_points(grid_cell, self.levels[depth], path)
            elif grid_cell is None or not grid_cell.text:
                name = self.above[depth] if depth < len(self.above) else ""
            else:
                name = ""
            if name:
                names.append(name)
            before = grid_cell
        leaf = grid_cells[-1]
        return (*names, clean(without_points(leaf.text))) if leaf is not None else tuple(names)

    def _level_points(self, grid_cell: GridCell, level: int, path: tuple[str, ...]) -> None:
        """The points of a whole level, from its own column or its name (产出指标（50分）)."""
        if path in self.stated:
            return
        written = points_in(grid_cell.text)
        place = grid_cell.cell.place
        if not written and level in self.worth:
            beside = self.grid.at(grid_cell.row, self.worth[level])
            if beside is not None and beside.text:
                written, place = beside.text, beside.cell.place
        if written and (value := self._number(written, grid_cell)) is not None:
            self.stated[path] = value, place

    def _level(self, row: int, grid_cells: list[GridCell | None]) -> bool:
        """A line without an indicator: the points of a level, or a subtotal; blank lines end nothing."""
        named = [
            grid_cell
            for grid_cell in grid_cells
            if grid_cell is not None and grid_cell.text and bare(grid_cell.text) not in SUBTOTALS
        ]
        if named:
            self._names([*grid_cells[:-1], None])
            own = self._say(row, "points")
            depth = len(named)
            path = tuple(self.above[:depth])
            if own and path not in self.stated and (value := self._number(own, named[-1])) is not None:
                self.stated[path] = value, named[-1].cell.place
        return True

    def _total(self, row: int) -> None:
        grid_cell = self.grid.at(row, self.worth[self.levels[-1]])
        if grid_cell is not None and grid_cell.text and (value := self._number(grid_cell.text, grid_cell)) is not None:
            self.stated[()] = value, grid_cell.cell.place

    def _points(self, row: int, level: int, leaf: GridCell) -> Fraction | None:
        grid_cell = self.grid.at(row, self.worth[level])
        if grid_cell is None or not grid_cell.text:
            if written := points_in(leaf.text):
                return self._number(written, leaf)
            self._no(problem("points-missing", "“{name}”没有分值；请填写", name=clean(leaf.text)), leaf)
            return None
        if grid_cell.row != row and grid_cell.row < leaf.row:
            self._no(
                problem(
                    "points-shared",
                    "“{name}”和上面的指标共用一格分值（{cell}），各是几分没有写明；请拆开合并的单元格分别填写",
                    name=clean(leaf.text),
                    cell=grid_cell.cell._cell,
                ),
                leaf,
            )
            return None
        return self._number(grid_cell.text, grid_cell)

    def _number(self, text: str, grid_cell: GridCell) -> Fraction | None:
        try:
            read = figure(text, unit="分", place=grid_cell.cell.place)
            value = None if read.mark or read.sign or read.change else read.quantity
        except PerfevalError:
            value = None
        if value is None or value.base < 0 or value.unit.symbol != "分":
            self._no(problem("points-unread", "分值“{text}”读不出来；请写成如 10", text=text), grid_cell)
            return None
        return value.base

    def _again(self, row: int, leaf: GridCell, index: int) -> None:
        """One indicator over several lines: their standards are one text."""
        more = self._standard(row)
        points = self.grid.at(row, self.worth[self.levels[-1]])
        if points is not None and points.row == row and points.text:
            self._no(
                problem(
                    "indicator-split",
                    "“{name}”占了几行，各行另有分值；请把三级指标的合并单元格拆开，每行写明名称",
                    name=clean(leaf.text),
                ),
                points,
            )
        elif more is not None and index < len(self.entries):
            entry = self.entries[index]
            whole = more if entry.standard is None else joined(entry.standard, more)
            if entry.standard is None or more._cell != entry.standard._cell:
                self.entries[index] = entry._replace(standard=whole)

    def _standard(self, row: int) -> Cell | None:
        grid_cell = self.grid.at(row, self.columns["method"])
        return grid_cell.cell if grid_cell is not None and grid_cell.text else None

    def _say(self, row: int, role: str) -> str:
        grid_cell = self.grid.at(row, self.columns[role]) if role in self.columns else None
        return grid_cell.text if grid_cell is not None else ""
