"""指标行: the lines of an indicator table → fields of rows, merged levels filled in, doubtful cells named."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from perfeval.documents.cells import Cell, Cells
from perfeval.documents.grid import SheetRow, text_cell
from perfeval.errors import problem
from perfeval.model.fields import in_points
from perfeval.model.note import TEMPLATE
from perfeval.reading.forms.headings import END, HEADS, LEVELS, SUBTOTALS, TOTALS, bare, points_in
from perfeval.reading.forms.notes import blank, is_bare, tried
from perfeval.reading.forms.row_cells import RowCells

if TYPE_CHECKING:
    from collections.abc import Mapping

    from perfeval.documents.grid import Grid, GridCell
    from perfeval.reading.forms.notes import Notes

ROOT = "总分"
HUNDRED = 100
VALUES = ("target", "adjusted", "actual", "points", "earned", "reviewed", "coefficient", "progress", "forecast")
_TEMPLATE = re.compile(
    r"^(?:[一二三]级)?指标\s*(?:[0-9０-９]+|[一二三四五六七八九十]|[XxNn×]+)?\s*[:：]?$|^[.…·。]{1,12}$|^[xX×*/／\\—-]+$"
)


_CHINESE_NUMBER = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)、.]?")


class Indicators:
    """指标表: the rows below one heading; ``rows`` as fields, ``last`` the last line taken."""

    def __init__(self, grid: Grid, row: int, columns: Mapping[str, int], notes: Notes) -> None:
        self.grid, self.row, self.columns, self.notes = grid, row, columns, notes
        self.levels = [columns[level] for level in LEVELS if level in columns]
        self.cells = RowCells(grid, columns, self.levels[-1], notes)
        self.rows = Cells(grid.source)
        self.last = row
        self.total: SheetRow | None = None
        self._above: list[str] = []
        self._named: dict[tuple[int, int], SheetRow] = {}
        self._points: dict[str, SheetRow] = {}
        self._weighted: list[SheetRow] = []
        """Levels whose own column is one of 权重."""
        self._paths: dict[str, int] = {}
        """How many indicators bear a path."""

    def read(self, stops: frozenset[int]) -> None:
        """Take the lines below the heading until the total, a note or the next block."""
        for row in self.grid.below(self.row):
            if row in stops or self._ends(row):
                break
            self.last = row
            if self._is_total(row):
                self._total(row)
                break
            self._line(row)
        self._own_scales()

    def _own_scales(self) -> None:
        """Levels that bear a 权重 while the rows below each make 100: 分值 there are hundredths of the level."""
        weighted = [line for line in self._weighted if Cell("points") in line]
        if not weighted or not all(self._is_hundred(str(line[Cell("of")])) for line in weighted):
            return
        for line in weighted:
            del line[Cell("points")]
        self.notes.note(
            ROOT,
            problem(
                "scale-of-level",
                "各级写权重，下级分值各自合计100分：分值按100分计再乘权重的，这里只核对各行，不把权重当分值",
                place=weighted[0].place,
            ),
        )

    def _is_hundred(self, path: str) -> bool:
        """Whether the indicators below the level *path* have 100 points together."""
        added = Fraction(0)
        for line in self.rows:
            points = line.get(Cell("points")) if line[Cell("of")].startswith(f"{path}/") else None
            if points is not None and points.quantity is not None and str(line[Cell("of")]) not in self._points:
                added += points.quantity.number
        return added == HUNDRED

    # -- what kind of line --------------------------------------------------------------------------

    def _ends(self, row: int) -> bool:
        first = next(iter(self.grid.line(row)), None)
        if first is None:
            return True
        if END.match(first.text):
            return True
        area = self.grid.area(first.row, first.column)
        across = area.left <= self.levels[0] and area.right >= max(self.columns.values())
        return across and not bare(first.text).endswith("指标")

    def _is_total(self, row: int) -> bool:
        return any(
            bare(grid_cell.text) in TOTALS
            for grid_cell in self.grid.line(row)
            if grid_cell.column <= max(self.levels[-1], 1)
        )

    def _total(self, row: int) -> None:
        line = self._new(row, ROOT)
        for role in ("points", "earned", "reviewed"):
            line.put(
                role,
                self.cells.points(ROOT, self.grid.at(row, self.columns[role]) if role in self.columns else None, row),
            )
        if "earned" not in line and "points" not in line:  # the total often stands merged across the columns
            numbers = [
                grid_cell
                for grid_cell in self.grid.line(row)
                if grid_cell.column > self.levels[0] and is_bare(tried(grid_cell.cell))
            ]
            for role, grid_cell in zip(("earned", "points"), reversed(numbers), strict=False):
                line.put(role, self.cells.points(ROOT, grid_cell, row))
        self.total = line

    # -- one line -----------------------------------------------------------------------------------

    def _line(self, row: int) -> None:
        names, leaf = self._names(row)
        grid_cells = {
            role: grid_cell
            for role, at in self.columns.items()
            if role in VALUES and (grid_cell := self.grid.at(row, at))
        }
        own = {
            role: grid_cell
            for role, grid_cell in grid_cells.items()
            if grid_cell.row == row and (grid_cell.text or grid_cell.fault)
        }
        filled = {role for role, grid_cell in own.items() if grid_cell.fault or not blank(grid_cell.text)}
        if any(_is_subtotal(name) for name in names):
            self._subtotal(row, names, own, filled)
            return
        if leaf is None:
            self._level(row, names, own, filled)
            return
        if len(self.levels) == 1:
            names = self._below_heads(row, names, filled)
            if not names:
                return
        if (leaf.row, leaf.column) in self._named:
            if filled:
                self._joined("/".join(names), next(iter(own.values())))
            return
        path = self._unique("/".join(names))
        if _TEMPLATE.match(leaf.text.strip()) or not bare(leaf.text):
            self._left_over(leaf, path, filled)
            return
        line = self._new(row, path)
        self._named[leaf.row, leaf.column] = line
        self.cells.fill(line, path, row, grid_cells)
        if self.cells.is_core(row, leaf.text):
            line.put("note", Cell("核心指标"))
        self.rows.append(line)

    def _names(self, row: int) -> tuple[list[str], GridCell | None]:
        """The names of the levels above and of the indicator, and the indicator's own cell."""
        names: list[str] = []
        leaf = before = None
        for depth, column in enumerate(self.levels):
            grid_cell = self.grid.at(row, column)
            last = column == self.levels[-1]
            if grid_cell is None or not grid_cell.text:
                if last:
                    leaf = None
                elif depth < len(self._above):
                    names.append(self._above[depth])
                    continue
                continue
            if grid_cell is before:  # one cell across two levels
                leaf = grid_cell if last else leaf
                continue
            before = grid_cell
            if last:
                leaf = grid_cell
                names.append(clean(grid_cell.text))
            else:
                level = clean(_level_name(grid_cell.text))
                if _is_subtotal(level):
                    names.append(level)
                    continue
                if self._above[depth : depth + 1] != [level]:
                    self._above = [*self._above[:depth], level]
                    self._level_points([*names, level], depth, grid_cell)
                names.append(level)
        return names, leaf

    def _level_points(self, names: list[str], depth: int, grid_cell: GridCell) -> None:
        """Points that stand in a level's own name, 产出指标（50分）, or in a column beside it."""
        path, line = "/".join(names), SheetRow(self.grid.source, grid_cell.cell._cell)
        line.blanks = {}
        line.put("of", _same_place(grid_cell, path, self.grid))
        given = points_in(grid_cell.text)
        if given:
            line.put("points", self.notes.read(path, _same_place(grid_cell, given, self.grid), in_points))
        level = next(level for level in LEVELS if self.columns.get(level) == self.levels[depth])
        beside_level = self.columns.get(f"points {level}")
        if beside_level is not None and bare(self.grid.text(self.row, beside_level)).startswith("权重"):
            self._weighted.append(line)
        for role in ("points", "earned"):
            column = self.columns.get(f"{role} {level}")
            beside = self.grid.at(grid_cell.row, column) if column is not None else None
            if role not in line and beside is not None and beside.row == grid_cell.row:
                cell = self.notes.known(path, beside)
                if cell is not None and not blank(cell):
                    line.put(role, self.notes.read(path, cell, in_points))
        if len(line) > 1:
            self._points[path] = line
            self.rows.append(line)

    def _unique(self, path: str) -> str:
        """*path*, numbered where an indicator before it bears the same: two of one name are two."""
        self._paths[path] = self._paths.get(path, 0) + 1
        return path if self._paths[path] == 1 else f"{path}（{self._paths[path]}）"

    def _subtotal(self, row: int, names: list[str], own: Mapping[str, GridCell], filled: set[str]) -> None:
        """小计 in any column: of the level whose rows add up to it, else of the one beside whose name it stands."""
        at = next(depth for depth, name in enumerate(names) if _is_subtotal(name))
        beside = [name for name in names[:at] if not _is_subtotal(name)]
        candidates = [self._above[:depth] for depth in range(len(self._above), 0, -1)]
        added = [names for names in candidates if self._adds_up(names, row, own)]
        level = beside if beside in added or not added else added[0]
        self._level(row, level, own, filled)

    def _adds_up(self, names: list[str], row: int, own: Mapping[str, GridCell]) -> bool:
        """Whether the rows below the level *names* have the points and the scores of the subtotal in *row*."""
        prefix = "/".join(names) + "/"
        for role in ("points", "earned"):
            if role not in own:
                continue
            wanted = self.cells.points(prefix, own[role], row)
            rows = [line.get(Cell(role)) for line in self.rows if line[Cell("of")].startswith(prefix)]
            known = [each.quantity.base for each in rows if each is not None and each.quantity is not None]
            if wanted is None or wanted.quantity is None or sum(known) != wanted.quantity.base:
                return False
        return True

    def _below_heads(self, row: int, names: list[str], filled: set[str]) -> list[str]:
        """*names* below the last row that is a level itself: in a table of one column of names, 产出指标 has its own."""
        name = names[-1]
        number = self.grid.text(row, self.columns["number"]) if "number" in self.columns else ""
        has_values = bool({"target", "actual"} & filled)
        if not has_values and (bare(name) in HEADS or _CHINESE_NUMBER.fullmatch(number.strip())):
            level = clean(_level_name(name))
            self._above = [level]
            leaf = self.grid.at(row, self.levels[-1])
            if leaf is not None:
                self._level_points([level], 0, leaf)
            own: dict[str, GridCell] = {
                role: grid_cell
                for role in ("points", "earned", "reviewed")
                if role in filled and (grid_cell := self.grid.at(row, self.columns[role])) is not None
            }
            self._level(row, [level], own, filled)
            return []
        if _CHINESE_NUMBER.fullmatch(number.strip()) or bare(name) in HEADS or "执行率" in name:
            self._above = []  # a level and an indicator at once
        return [*self._above, name]

    def _level(self, row: int, names: list[str], own: Mapping[str, GridCell], filled: set[str]) -> None:
        """A line that states the points of a whole level."""
        if not filled:
            return
        path = "/".join(names)
        if not names or "actual" in filled or "target" in filled:
            grid_cell = next(iter(own.values()))
            self.notes.add(
                path,
                problem(
                    "indicator-unnamed",
                    "这一行没有指标名称，无法判断是哪个指标；请在指标栏写明名称",
                    place=grid_cell.cell.place,
                ),
            )
            return
        line = self._points.get(path)
        if line is None:
            line = self._new(row, path)
            self.rows.append(line)
        for role in ("points", "earned", "reviewed"):
            if role in filled and role not in line:
                line.put(role, self.cells.points(path, own[role], row))

    def _left_over(self, leaf: GridCell, path: str, filled: set[str]) -> None:
        if filled:
            self.notes.add(
                path,
                problem(
                    "template-name-left",
                    "指标名称还是模板里的“{text}”，这一行却填了数，无法判断是哪个指标；请在{cell}写明指标名称",
                    place=leaf.cell.place,
                    text=leaf.text,
                    cell=leaf.cell._cell,
                ),
            )
            return
        self.notes.add(
            path,
            problem(
                "template-row-left",
                "模板里的“{text}”没有填写；有指标的请写明，没有的请删去这一行",
                place=leaf.cell.place,
                text=leaf.text,
            ),
            TEMPLATE,
        )

    def _joined(self, path: str, grid_cell: GridCell) -> None:
        self.notes.add(
            path,
            problem(
                "name-shared",
                "两行共用一个指标名称，分不清各是哪个指标；请拆开合并的单元格，每行写明名称",
                place=grid_cell.cell.place,
            ),
        )

    def _new(self, row: int, path: str) -> SheetRow:
        first = next(iter(self.grid.line(row)))
        leaf = self.grid.at(row, self.levels[-1]) or first
        line = SheetRow(self.grid.source, leaf.cell._cell)
        line.blanks = {}
        line.put("of", _same_place(leaf, path, self.grid))
        return line


def _is_subtotal(name: str) -> bool:
    return bare(name) in SUBTOTALS or bare(name).endswith("小计")


def clean(name: str) -> str:
    """An indicator's name as a path holds it: one line, no star, no numbering, no slash."""
    text = re.sub(r"\s+", "", name) if not name.isascii() else name.strip()
    text = re.sub(r"^(?:\d{1,2}[.、．](?!\d)|指标\d{1,2}[:：]|[（(]\d{1,2}[)）])(?=.)", "", text)
    return text.replace("★", "").replace("☆", "").replace("/", "／").strip(":：") or text


def _level_name(text: str) -> str:
    return re.sub(r"[(（]\s*\d{1,3}(?:\.\d+)?\s*分?\s*[)）]", "", text)


def _same_place(grid_cell: GridCell, text: str, grid: Grid) -> Cell:
    return text_cell(text, grid.source, grid_cell.cell._cell)
