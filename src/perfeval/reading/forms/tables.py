"""自评表: the tables on a sheet — labels, funds, goals and indicators, each block found by its headings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from attrs import define, field

from perfeval.documents.cells import Cell, Cells
from perfeval.documents.grid import SheetRow, text_cell
from perfeval.errors import Place, problem
from perfeval.model.fields import in_points
from perfeval.model.note import HEADER
from perfeval.reading.forms.funds import FundsBlock
from perfeval.reading.forms.funds_layouts import kind_of_funds
from perfeval.reading.forms.headings import (
    ALL_FUNDS,
    END,
    LEVELS,
    MANAGED,
    MONEY,
    SUMS,
    bare,
    indicator_columns,
    role,
    roles,
    tables,
)
from perfeval.reading.forms.indicators import Indicators, clean
from perfeval.reading.forms.notes import blank, is_bare, tried
from perfeval.reading.forms.project_rows import by_project, column_headed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from perfeval.documents.grid import Grid, GridCell
    from perfeval.errors import Problem
    from perfeval.reading.forms.notes import Notes

_TITLE = re.compile(r"自评|绩效.{0,12}表|评价表|绩效目标完成")
_OF_GOALS = re.compile(r"申报表|目标表")
_YEAR = re.compile(r"(?<!\d)(20\d{2})\s*年")
_IN_YEAR = re.compile(r"\s*[(（]?\s*20\d{2}\s*年\s*度?\s*[)）]?\s*")
_CODE = re.compile(r"^\s*\d{3,}\s*[-—－]\s*")
"""The code of an office in front of its name: 620001-…"""
_POINTS_BEHIND = re.compile(r"\s*分\s*$")
_PARTS = re.compile(r"[ \t　]{2,}|\n")
"""What stands between several labels of one cell: 2024年度          单位：元."""
_STAMP = re.compile(r"[(（]\s*(?:盖章|公章|签章|单位盖章)\s*[)）]")
_MONEY_UNIT = re.compile(r"(?:人民币)?\s*(?:亿|万|千|百)?元|%")
_OFFICE = re.compile(
    r"^(?:20\d{2}\s*年\s*度?)?\s*([一-鿿]{2,24}?(?:人民政府|办事处|委员会|管委会|联合会|政府|局|厅|院|馆|所|站|校|中心|学校|总队|支队|大队|处|室|部|委|办|法院|检察院))"
    r"\s*(?:20\d{2}\s*年\s*度?)?\s*(?=项目|部门|整体|单位|财政|绩效|预算|专项|本级)"
)
_LABEL = re.compile(r"^\s*([^:：]{2,20})[:：]\s*(\S.*)$", re.DOTALL)
_INDICATORS, _FUNDS, _GOALS, _MANAGED = "indicators", "funds", "goals", "managed"
OF, EARNED = Cell("of"), Cell("earned")
MANAGEMENT = "资金管理情况"


@define
class FormTable:
    """一张自评表: what its blocks say, as fields with their cells."""

    grid: Grid
    row: int
    title: GridCell | None = None
    labels: dict[str, Cell] = field(factory=dict)
    funds: FundsBlock | None = None
    columns: dict[str, int] = field(factory=dict)
    """Headings of its indicator table."""
    rows: Cells = field(factory=Cells)
    blocks: list[tuple[str, Cells]] = field(factory=list)
    """Its indicator tables one by one, each with the name that stands beside it: 长期绩效指标, 年度绩效指标."""
    total: SheetRow | None = None
    goals: Cell | None = None
    achieved: Cell | None = None
    whole: bool = False
    """Whether it is the office's own line among those of its projects."""
    management: list[tuple[Cell, Cell | None, Cell | None]] = field(factory=list)
    """资金管理情况 of a transfer: what each line is about, what is said of it, which problem there is."""

    @property
    def filled(self) -> bool:
        """Whether it has a block that a case is made of."""
        return self.funds is not None or bool(self.rows) or (self.total is not None and "project" in self.labels)

    @property
    def of_office(self) -> bool:
        """Whether it is of a whole office (部门整体) and not of one project."""
        title = self.title.text if self.title is not None else ""
        return self.whole or "整体" in title or (bool(title) and "项目" not in title and "project" not in self.labels)

    @property
    def place(self) -> Place:
        """位置: where it begins."""
        if self.title is not None:
            return self.title.cell.place
        at = self.grid.line(self.row)[0].column
        return Place(source=self.grid.source, cell=self.grid.address(self.row, at))

    @property
    def year(self) -> Cell | None:
        """The year that a label or the title names."""
        for cell in (self.labels.get("year"), self.title.cell if self.title is not None else None):
            found = _YEAR.search(cell) or re.fullmatch(r"\s*(20\d{2})\s*", cell) if cell is not None else None
            if found is not None and cell is not None:
                return text_cell(found[1], self.grid.source, cell._cell)
        return None

    @property
    def office(self) -> Cell | None:
        """The office that a label or the title names; else the department in charge."""
        own = self.labels.get("office")
        named = _OFFICE.match(self.title.text) if self.title is not None else None
        if own is None and named is not None and self.title is not None:
            own = text_cell(named[1], self.grid.source, self.title.cell._cell)
        return own or self.labels.get("department")

    def all_rows(self) -> Iterator[SheetRow]:
        """Its rows, the points of the funds and the total among them."""
        if self.total is not None:
            yield self.total
        if self.funds is not None and self.funds.execution is not None:
            yield self.funds.execution
        yield from self.rows


def read(grid: Grid, notes: Notes) -> list[FormTable]:
    """The tables of one sheet, top down."""
    if not grid.order:
        return []
    headed = dict(heads(grid))
    starts = frozenset(headed) | {row for row in grid.order if _is_title(grid, row) or _begins(grid, row)}
    found = [FormTable(grid, grid.order[0])]
    done = 0
    for row in grid.order:
        if row <= done:
            continue
        table = found[-1]
        kind, columns, last = headed.get(row, ("", {}, row))
        if _is_title(grid, row) or _begins(grid, row) or (kind == _FUNDS and table.rows):
            if table.filled:
                table = FormTable(grid, row)
                found.append(table)
            if _is_title(grid, row) and not kind:
                table.title = grid.line(row)[0]
                continue
        column = column_headed(grid, row, "project") if kind in (_FUNDS, _INDICATORS) else 0
        if column:
            made, done = _projects(table, last, columns, column, starts, notes)
            found += [*made, FormTable(grid, row)]
            continue
        match kind:
            case "funds" if table.funds is None:
                done = _funds(table, last, columns, starts - {row}, notes)
            case "indicators":
                done = _indicators(table, last, columns, starts, notes)
            case "goals":
                done = _goals(table, last, columns, starts)
            case "managed":
                done = _managed(table, last, columns, starts)
            case _:
                _labels(table, row)
    made = [table for table in found if table.filled]
    for table in made:
        _compare_header(table, notes)
    return made


def _projects(
    table: FormTable, row: int, columns: Mapping[str, int], column: int, stops: frozenset[int], notes: Notes
) -> tuple[list[FormTable], int]:
    """A table for each project below a heading with 项目名称, with the labels of the table that they stand in."""
    grid, made, done = table.grid, [], row
    heading = next(each for each in reversed([*grid.order]) if each <= row and column_headed(grid, each, "project"))
    money = {kind: at for kind, at in roles(grid, heading, tables()[1]).items() if kind in MONEY or kind == "rate"}
    if (
        table.title is not None
        and _OF_GOALS.search(table.title.text)
        and "initial" not in money
        and "whole_year" in money
    ):
        money["initial"] = money.pop("whole_year")  # nothing of the year has happened yet
    words = {kind: at for kind in ("goals", "achieved") if (at := roles(grid, heading, tables()[2]).get(kind, 0))}
    unit, grade = column_headed(grid, heading, "office"), column_headed(grid, heading, "grade")
    shared = {kind: cell for kind, cell in (("office", table.office), ("year", table.year)) if cell is not None}
    for name, first, last in by_project(grid, row, column, stops):
        each = FormTable(grid, first, labels=dict(shared), whole=name is None)
        office = grid.at(first, unit) if unit else None
        if office is not None and name is not None:
            each.labels["office"] = _same_place(_CODE.sub("", office.text), office, each)
        if name is not None:
            each.labels["project"] = name.cell
        own = {kind: cell for kind, at in money.items() if (cell := grid.at(first, at)) is not None and cell.text}
        if not MONEY.isdisjoint(own):
            each.funds = FundsBlock(grid, heading, money, notes)
            each.funds.whole(first, own)
            each.funds.finish()
        for kind, at in words.items():
            said = grid.at(first, at)
            if said is not None and not blank(said.text):
                setattr(each, kind, said.cell)
        if any(level in columns for level in LEVELS) and name is not None:
            _indicators(each, first - 1, columns, stops | {below for below in grid.order if below > last}, notes)
        elif "earned" in columns and (score := grid.at(first, columns["earned"])) is not None and name is not None:
            each.total = SheetRow(grid.source, score.cell._cell)
            each.total.blanks = {}
            each.total.put("of", _same_place("总分", score, each))
            each.total.put("earned", notes.read(name.text, notes.known(name.text, score), in_points))
            graded = grid.at(first, grade) if grade else None
            if graded is not None and not blank(graded.text):
                each.labels["grade"] = graded.cell
        made.append(each)
        done = last
    return made, done


def _compare_header(table: FormTable, notes: Notes) -> None:
    """The total and the year that the header states, against the table's own; a total that only it states is taken."""
    stated = table.labels.get("total")
    points = tried(_POINTS_BEHIND.sub("", stated)) if stated is not None else None
    if stated is not None and points is not None and is_bare(points):
        cell = text_cell(points.text, table.grid.source, stated._cell)
        total = table.total.get(EARNED) if table.total is not None else None
        if total is None:
            line = table.total or SheetRow(table.grid.source, stated._cell)
            line.blanks = {}
            line.put("of", text_cell("总分", table.grid.source, stated._cell))
            line.put("earned", in_points(cell))
            table.total = line
        elif (
            total.quantity is not None
            and points.quantity is not None
            and total.quantity.number != points.quantity.number
        ):
            notes.add(
                "总分",
                problem(
                    "header-total-differs",
                    "表头的总分写{given}，表中的总分是{total}",
                    place=stated.place,
                    given=points.text,
                    total=total.text,
                ),
                HEADER,
            )
    label, title = table.labels.get("year"), table.title.cell if table.title is not None else None
    years = [(_YEAR.search(each) or re.search(r"(20\d{2})", each), each) for each in (title, label) if each is not None]
    named = [(match[1], each) for match, each in years if match is not None]
    if len({year for year, _ in named}) > 1:
        notes.add(
            "总分",
            problem(
                "header-year-differs",
                "标题写{given}年，年度写{year}年",
                place=named[0][1].place,
                given=named[0][0],
                year=named[1][0],
            ),
            HEADER,
        )


def _funds(table: FormTable, row: int, columns: Mapping[str, int], stops: frozenset[int], notes: Notes) -> int:
    told = kind_of_funds(table.grid, row)
    layout = FundsBlock if told is None or told[1] != columns else told[0]
    table.funds = layout(table.grid, row, columns, notes)
    table.funds.read(stops)
    return table.funds.last


def _indicators(table: FormTable, row: int, columns: Mapping[str, int], stops: frozenset[int], notes: Notes) -> int:
    made = Indicators(table.grid, row, columns, notes)
    made.read(stops)
    if table.title is not None and _OF_GOALS.search(table.title.text):  # a 完成值 left open is not due yet
        for line in made.rows:
            (line.blanks or {}).pop("actual", None)
    beside = table.grid.at(row, min(made.levels) - 1)
    name = clean(beside.text) if beside is not None and not role(beside.text, tables()[3]) else ""
    _told_apart(table, name, made.rows)
    table.blocks.append((name, made.rows))
    table.rows.extend(made.rows)
    table.total = made.total or table.total
    table.columns = {**columns, **table.columns}
    return made.last


def _told_apart(table: FormTable, name: str, rows: Cells) -> None:
    """Rows of a second block that the first has too, 长期 and 年度绩效指标: each below the name of its block."""
    paths = {str(row[OF]) for row in table.rows}
    if paths.isdisjoint(str(row[OF]) for row in rows):
        return
    named = [(block, each) for block, each in (*table.blocks, (name, rows)) if block]
    if len({block for block, _ in named}) > 1:
        for block, each in named:
            for row in each:
                if not row[OF].startswith(f"{block}/"):
                    row[OF] = text_cell(f"{block}/{row[OF]}", table.grid.source, row[OF]._cell)
        return
    for row in rows:
        if str(row[OF]) in paths:
            row[OF] = text_cell(f"{row[OF]}（{len(table.blocks) + 1}）", table.grid.source, row[OF]._cell)


def _goals(table: FormTable, row: int, columns: Mapping[str, int], stops: frozenset[int]) -> int:
    if len(columns) == 1:  # a form of goals alone: the words stand beside their name or below it
        name, column = next(iter(columns.items()))
        beside = next(table.grid.right_of(row, column), None)
        if beside is not None:
            if beside.row == row and not blank(beside.text):
                setattr(table, name, beside.cell)
            return row
    below = next(table.grid.below(row), None)
    if below is None or below in stops:  # nothing is written there yet
        return row
    for name, column in columns.items():
        grid_cell = table.grid.at(below, column)
        if grid_cell is not None and grid_cell.row == below and not blank(grid_cell.text):
            setattr(table, name, grid_cell.cell)
    return below


def _managed(table: FormTable, row: int, columns: Mapping[str, int], stops: frozenset[int]) -> int:
    """The lines below 情况说明: their names stand left of it."""
    grid = table.grid
    for below in grid.below(row):
        name = next((grid_cell for grid_cell in reversed(grid.line(below)) if grid_cell.column < columns["text"]), None)
        if below in stops or name is None or END.match(name.text):
            break
        found = {role: grid.at(below, at) for role, at in columns.items()}
        said = {
            role: grid_cell.cell
            for role, grid_cell in found.items()
            if grid_cell is not None and grid_cell.row == below and not blank(grid_cell.text)
        }
        table.management.append((name.cell, said.get("text"), said.get("problem")))
        row = below
    return row


def _labels(table: FormTable, row: int) -> None:
    """Words before values: beside them, or behind a colon in the same cell; a cell may hold several."""
    words = tables()[3]
    for grid_cell in table.grid.line(row):
        told = False
        for part in _PARTS.split(grid_cell.text):
            if _IN_YEAR.fullmatch(part):
                told = True
                table.labels.setdefault("year", _same_place(part, grid_cell, table))
            inside = _LABEL.match(part)
            kind = _label_of(inside[1], inside[2], words) if inside is not None else ""
            if kind and inside is not None:
                told = True
                said = _STAMP.sub("", inside[2]).strip()
                table.labels.setdefault(kind, _same_place(said, grid_cell, table))
        if told:
            continue
        kind = role(grid_cell.text, words)
        if not kind:
            continue
        value = next(table.grid.right_of(row, grid_cell.column), None)
        if value is not None and not role(value.text, words) and not blank(value.text):
            table.labels.setdefault(kind, value.cell)


def _label_of(label: str, value: str, words: Mapping[str, str]) -> str:
    """What *label* says its *value* is; 单位 is an office unless a unit stands behind it."""
    if bare(label) == "单位":
        return "" if _MONEY_UNIT.fullmatch(value.strip()) else "office"
    return role(label, words)


def _same_place(text: str, grid_cell: GridCell, table: FormTable) -> Cell:
    return text_cell(text.strip(), table.grid.source, grid_cell.cell._cell)


# -- headings ---------------------------------------------------------------------------------------


def heads(grid: Grid) -> Iterator[tuple[int, tuple[str, dict[str, int], int]]]:
    """Each row that heads a block: its kind, what its columns hold, the last row of the heading."""
    _, for_funds, for_goals, _, _ = tables()
    done, in_funds = 0, False
    for row in grid.order:
        line = grid.line(row)
        if row <= done or not line:
            continue
        columns, last = indicator_columns(grid, row) if len(line) > 1 else ({}, row)
        if _heads_indicators(columns):
            done = last
            in_funds = False
            yield row, (_INDICATORS, columns, done)
            continue
        if (told := kind_of_funds(grid, row)) is not None:
            in_funds = True
            yield row, (_FUNDS, told[1], row)
            continue
        money = roles(grid, row, for_funds)
        if len(MONEY & money.keys()) >= 2 or (MONEY & money.keys() and ("rate" in money or _for_funds(line))):
            in_funds = True
            done = _sums(grid, row, money)
            yield row, (_FUNDS, money, done)
            continue
        goals = roles(grid, row, for_goals)
        if len(goals) == 2 or (
            list(goals) == ["goals"] and sum(not role(grid_cell.text, for_goals) for grid_cell in line) <= 1
        ):
            in_funds = False
            yield row, (_GOALS, goals, row)
        elif roles(grid, row, tables()[4]).keys() == MANAGED.keys():
            in_funds = False
            yield row, (_MANAGED, roles(grid, row, tables()[4]), row)
        elif not in_funds and (amount := _amount_beside(grid, row)) is not None:
            in_funds = True
            yield row, (_FUNDS, {"initial": amount.column}, row - 1)


def _sums(grid: Grid, row: int, money: Mapping[str, int]) -> int:
    """The last row of a heading of funds: 预算数 and 执行数 may stand above 总额, 财政拨款, 其他资金."""
    below = next(grid.below(row), row)
    under = [grid.text(below, money[kind]) for kind in MONEY & money.keys()]
    return below if below != row and all(bare(text) in SUMS for text in under) else row


def _for_funds(line: list[GridCell]) -> bool:
    """Whether a line with one budget alone heads a block of funds: 项目资金 stands before it."""
    return any("资金" in grid_cell.text and not grid_cell.typed for grid_cell in line[:1])


def _amount_beside(grid: Grid, row: int) -> GridCell | None:
    """The amount beside 年度资金总额, in a form of goals that has no headings for its funds."""
    for grid_cell in grid.line(row):
        if bare(grid_cell.text) in ALL_FUNDS or role(grid_cell.text, tables()[1]) == "whole_year":
            value = next(grid.right_of(row, grid_cell.column), None)
            return value if value is not None and value.row == row and tried(value.text) is not None else None
    return None


def _heads_indicators(columns: Mapping[str, int]) -> bool:
    levels = [level for level in LEVELS if level in columns]
    values = columns.keys() & {"target", "adjusted", "actual", "points", "earned"}
    return bool(levels) and len(values) >= 1 and len(levels) + len(values) >= 3


def _is_title(grid: Grid, row: int) -> bool:
    line = grid.line(row)
    if len(line) != 1 or len(line[0].text) > 60 or "：" in line[0].text or "续表" in line[0].text:
        return False
    return bool(_TITLE.search(line[0].text))


def _begins(grid: Grid, row: int) -> bool:
    """Whether a row names a project: where one table has ended, another begins."""
    words = tables()[3]
    for grid_cell in grid.line(row):
        inside = _LABEL.match(grid_cell.text)
        if role(inside[1] if inside is not None else grid_cell.text, words) == "project":
            return True
    return False


def nothing_found(source: str) -> Problem:
    """The problem of a workbook in which no table could be recognised."""
    return problem(
        "table-missing",
        "没有找到自评表：表头里应有“三级指标”“指标值”“完成值”“分值”“得分”这样的栏名，或“全年预算数”“全年执行数”；请核对表头的写法",
        place=Place(source=source),
    )
