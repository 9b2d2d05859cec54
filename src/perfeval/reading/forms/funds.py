"""资金块: 年初、调整后、全年预算数, 执行数 and 执行率, one line for all funds and one for each source."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from perfeval.documents.cells import Cell, Cells
from perfeval.documents.grid import SheetRow, text_cell
from perfeval.errors import Place, problem
from perfeval.model.fields import in_money, in_percent, in_points
from perfeval.reading.forms.headings import END, MONEY, WHOLE, bare, months_in, points_in
from perfeval.reading.forms.notes import blank, is_bare, tried, with_unit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from perfeval.documents.grid import Grid, GridCell
    from perfeval.errors import Problem
    from perfeval.quantities.figure import Figure
    from perfeval.reading.forms.notes import Notes

BUDGET, EXECUTION = "资金", "预算执行率"
_UNIT = re.compile(
    r"[(（](?:单位[:：]?)?(?:人民币)?(亿元|万元|元)[)）]|(?:单位|金额)[:：]\s*(?:人民币)?(亿元|万元|元)(?![/·/人亩月])"
)
_OF_WHICH = re.compile(r"^\s*(?:其\s*中\s*[:：]?|[（(]?\d[)）.、]?)\s*")
_NAMED_AMOUNT = re.compile(r"^\s*(?:其\s*中[:：]\s*)?([^:：\d]{2,24})[:：]\s*([\d,，.]*)\s*(?:亿元|万元|元)?\s*$")
_BASES = {"initial": "年初预算数", "adjusted": "调整后预算数", "whole_year": "全年预算数"}
_LINE = re.compile(
    r"其中|拨款|资金|结转|补助|其他|合计|总额|收入|支出|经费|预算|地方|中央|省级|市级|区级|县级|财政|配套|自筹"
)


class FundsBlock:
    """资金块: the budget that it states, the row of the points that it carries, the unit that it names."""

    def __init__(self, grid: Grid, row: int, columns: Mapping[str, int], notes: Notes) -> None:
        self.grid, self.row, self.columns, self.notes = grid, row, columns, notes
        self.budget = SheetRow(grid.source, grid.address(row, min(columns.values())))
        self.execution: SheetRow | None = None
        self.unit = self._unit()
        self.last = row
        self.sources = Cells(grid.source)
        self._cut: dict[int, str] = {}
        """按收入性质分, 按支出性质分: which cut of the whole the cells of a column belong to."""
        self._cut_of: dict[str, str] = {}

    def _unit(self) -> str:
        """The unit of the amounts: in the block's own headings, else the nearest 单位：万元 above it."""
        line = self.grid.line(self.row)
        first = min(self.columns.values())
        heads = [self.grid.text(self.row, column) for column in range(1, first)]
        nearest = [*heads, *(grid_cell.text for grid_cell in line)]
        nearest += [self.grid.text(row, 1) for row in range(self.row + 1, self.row + 3)]
        above = [row for row in self.grid.order if row < self.row]
        nearest += [grid_cell.text for row in reversed(above) for grid_cell in reversed(self.grid.line(row))]
        for text in nearest:
            found = _UNIT.search(text.replace(" ", ""))
            if found is not None:
                return found[1] or found[2]
        return ""

    def read(self, stops: frozenset[int]) -> None:
        """Take the lines below the heading until the next block."""
        taken = False
        for row in self.grid.below(self.row):
            if row in stops or END.match(next((grid_cell.text for grid_cell in self.grid.line(row)), "")):
                break
            if taken and self._cuts(row):
                self.last = row
                continue
            grid_cells = {
                role: grid_cell for role, at in self.columns.items() if (grid_cell := self.grid.at(row, at)) is not None
            }
            own = {role: grid_cell for role, grid_cell in grid_cells.items() if grid_cell.row == row}
            label = self._label(row)
            if (MONEY.isdisjoint(own) and not (label and _LINE.search(label))) or _NO_LINE.search(label):
                break
            if len({(grid_cell.row, grid_cell.column) for grid_cell in own.values()}) < min(len(own), 2):
                break  # one merged cell across the columns: no line of amounts
            self.last = row
            name = self.name_of(label)
            named = "name" in self.columns  # a line a task: the first is not the whole
            whole = not taken and (bare(label) in WHOLE or (not named and (not label or not _OF_WHICH.match(label))))
            if whole:
                taken = True
                self.whole(row, own)
            elif own:
                self.source(name, row, own)
        self.finish()

    @staticmethod
    def name_of(label: str) -> str:
        """The name of a source without 其中 in front of it."""
        return _OF_WHICH.sub("", label).strip(" :：") if label else ""

    def source(self, name: str, row: int, own: Mapping[str, GridCell]) -> None:
        """One source of the funds with its amounts."""
        line = SheetRow(self.grid.source, self.grid.address(row, min(grid_cell.column for grid_cell in own.values())))
        line.put("name", Cell(name or "其他资金"))
        self._amounts(line, own, f"{BUDGET}/{name}")
        for role in ("points", "earned"):
            cell = self.notes.known(BUDGET, own.get(role))
            if cell is not None and not blank(cell):
                line.put(role, self.notes.read(f"{BUDGET}/{name}", cell, in_points))
        self.sources.append(line)

    def _cuts(self, row: int) -> bool:
        """A line in which each cell has name and amount, 按支出性质分：2456.18: parts of the budget it adds up to."""
        cells = [grid_cell for grid_cell in self.grid.line(row) if _NAMED_AMOUNT.match(grid_cell.text)]
        if not cells or any(each.typed for each in self.grid.line(row)):
            return False
        for grid_cell in cells:
            match = _NAMED_AMOUNT.match(grid_cell.text)
            assert match is not None  # noqa: S101 - just matched
            name = _OF_WHICH.sub("", match[1]).strip()
            if match[1].startswith("按"):
                self._cut[grid_cell.column] = name
            above = self._cut.get(grid_cell.column, "")
            if not match[2]:
                continue  # nothing is written behind the name
            value = grid_cell._replace(cell=text_cell(match[2], self.grid.source, grid_cell.cell._cell))
            own = dict.fromkeys(self._adding_up(above or name, match[2]), value)
            if own:
                self.source(f"{above}/{name}" if above and above != name else name, row, own)
        return True

    def _adding_up(self, cut: str, amount: str) -> tuple[str, ...]:
        """The budget that a whole cut adds up to: the latest with that amount; its parts are of the same."""
        if cut not in self._cut_of:
            read = tried(amount)
            number = read.quantity.number if read is not None and read.quantity is not None else None
            self._cut_of[cut] = next(
                (
                    role
                    for role in ("whole_year", "adjusted", "initial", "spent")
                    if (whole := self.budget.get(Cell(role))) is not None
                    and whole.quantity is not None
                    and whole.quantity.number == number
                ),
                "whole_year",
            )
        return (self._cut_of[cut],)

    def finish(self) -> None:
        """Put the sources into the budget, and say which unit was taken."""
        base = self._named_base()
        if base and len(self.budget):
            self.budget.put("base", Cell(base))
        if any(len(each) > 1 for each in self.sources) or len(self.budget):  # else a block that nobody has filled in
            self.budget.put("lines", self.sources or None)
        if not self.unit and not MONEY.isdisjoint(name for name in self.budget):
            self.notes.note(
                BUDGET,
                problem(
                    "money-unit-missing",
                    "资金栏没有写明单位，按万元读；请在表头写“（万元）”或“（元）”",
                    place=Place(source=self.grid.source, cell=self.grid.address(self.row, min(self.columns.values()))),
                ),
            )

    def _named_base(self) -> str:
        """The budget that the heading of the rate names, by its letter or its name: 执行率（B/A） beside 年初预算数（A）."""
        if "rate" not in self.columns or type(self) is not FundsBlock:
            return ""
        heading = self.grid.text(self.row, self.columns["rate"])
        named = [name for role, name in _BASES.items() if role in self.columns and name[:2] in heading]
        if len(named) == 1:
            return named[0]
        by_letter = [
            name
            for role, name in _BASES.items()
            if role in self.columns and re.search(r"[(（]\s*A\s*[)）]", self.grid.text(self.row, self.columns[role]))
        ]
        return by_letter[0] if len(by_letter) == 1 and re.search(r"B\s*[/÷]\s*A", heading) else ""

    def _label(self, row: int) -> str:
        """The name of a line: in its own column, else the nearest text to its left that does not name the block."""
        if "name" in self.columns and (own := self.grid.at(row, self.columns["name"])) is not None and own.row == row:
            return own.text
        for column in range(min(self.columns[role] for role in self.columns if role in MONEY) - 1, 0, -1):
            grid_cell = self.grid.at(row, column)
            if grid_cell is not None and grid_cell.row == row and grid_cell.text:
                return grid_cell.text if self.grid.area(grid_cell.row, grid_cell.column).top > self.row else ""
        return ""

    def whole(self, row: int, own: Mapping[str, GridCell]) -> None:
        """All funds together, with the points that their execution carries."""
        address = self.grid.address(row, min((grid_cell.column for grid_cell in own.values()), default=1))
        self.budget = SheetRow(self.grid.source, address)
        self._amounts(self.budget, own, BUDGET)
        months = months_in(self.grid.text(self.row, self.columns["spent"])) if "spent" in self.columns else 0
        if months and "spent" in self.budget:
            self.budget.put("until", Cell(str(months)))
        points = {
            role: self.notes.read(EXECUTION, cell, in_points)
            for role in ("points", "earned")
            if (cell := self.notes.known(EXECUTION, own.get(role))) is not None and not blank(cell)
        }
        if "points" not in points and (given := self._points_above()) is not None:
            points["points"] = given
        reason = own.get("reason")
        if reason is not None and not blank(reason.text):
            self.budget.put("reason", reason.cell)
        if points:
            self.execution = self.execution_row(row, address, points)
            if reason is not None and not blank(reason.text):
                self.execution.put("reason", reason.cell)

    def execution_row(self, row: int, address: str, points: Mapping[str, Figure | None]) -> SheetRow:
        """预算执行率: the row of the points that the execution of the budget carries."""
        execution = SheetRow(self.grid.source, address)
        execution.put("of", Cell(EXECUTION))
        execution.blanks = {
            role: self.grid.blank(row, column)
            for role, column in self.columns.items()
            if (role in MONEY or role == "reason") and role not in self.budget
        }
        for role, value in points.items():
            execution.put(role, value)
        return execution

    def _points_above(self) -> Figure | None:
        """The points that stand in the block's name: 预算执行情况（20分）."""
        for column in range(1, min(self.columns.values())):
            grid_cell = self.grid.at(self.row, column)
            if grid_cell is not None and points_in(grid_cell.text):
                return in_points(text_cell(points_in(grid_cell.text), self.grid.source, grid_cell.cell._cell))
        return None

    def _amounts(self, line: SheetRow, own: Mapping[str, GridCell], of: str) -> None:
        for role in ("initial", "adjusted", "whole_year", "spent", "forecast"):
            cell = self.notes.known(of, own.get(role))
            if cell is None or blank(cell):
                continue
            if cell.lstrip()[:1] in ("¥", "￥"):
                cell = text_cell(cell.strip()[1:], self.grid.source, cell._cell)
            if self.unit and self.unit != "万元" and is_bare(tried(cell)):
                cell = with_unit(cell, "", self.unit, self.grid)
            line.put(role, self.notes.read(of, cell, in_money))
        rate = self.notes.known(of, own.get("rate"))
        if rate is not None and not blank(rate):
            line.put("rate", self._rate(line, rate, of))

    def _rate(self, line: SheetRow, cell: Cell, of: str) -> Figure | None:
        """The stated rate; a bare 0.9496 is 94.96% only where the amounts say so."""
        read = tried(cell)
        if read is None or read.quantity is None or not read.quantity.unit.bare or not read.step:
            return self.notes.read(of, cell, in_percent)
        number = read.quantity.base
        bases = [line.get(Cell(role)) for role in ("whole_year", "adjusted", "initial")]
        spent = line.get(Cell("spent"))
        for base in bases:
            if (
                base is None
                or spent is None
                or base.quantity is None
                or spent.quantity is None
                or not base.quantity.base
            ):
                continue
            real = spent.quantity.base / base.quantity.base
            if abs(real - number) <= read.step and abs(real * 100 - number) > read.step:
                percent = f"{Decimal(str(cell).strip()) * 100:f}"
                percent = percent.rstrip("0").rstrip(".") if "." in percent else percent
                self.notes.note(
                    of,
                    problem(
                        "rate-as-fraction",
                        "执行率写成小数{text}，按{percent}%读；请把单元格设成百分比格式",
                        place=cell.place,
                        text=str(cell),
                        percent=percent,
                    ),
                )
                return in_percent(text_cell(f"{percent}%", self.grid.source, cell._cell))
        if 0 < abs(number) <= 1:
            self.notes.add(of, scale_unknown(cell))
            return None
        return self.notes.read(of, cell, in_percent)


_NO_LINE = re.compile(r"实施期|期限|起止|时间|负责人|联系")
"""Labels that stand below the funds in some forms and are none."""


def is_source(text: str) -> bool:
    """Whether *text* may be the name of a source of funds."""
    return bool(_LINE.search(text) or (_OF_WHICH.match(text) and "其中" in text))


def scale_unknown(cell: Cell) -> Problem:
    """Why a bare number of at most 1 is no rate for sure."""
    return problem(
        "rate-scale-unknown",
        "“{text}”没有写%，分不清是比例还是百分数；请写成百分数，如“95%”，或把单元格设成百分比格式",
        place=cell.place,
        text=str(cell),
    )
