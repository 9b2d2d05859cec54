"""资金的其他写法: funds as label and value pairs, turned on their side, or told in a sentence.

Each is found by what its cells say and read into the same block as a table with headings.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from perfeval.documents.cells import Cell
from perfeval.documents.grid import text_cell
from perfeval.errors import problem
from perfeval.model.fields import in_percent, in_points
from perfeval.reading.forms.funds import BUDGET, EXECUTION, FundsBlock, is_source
from perfeval.reading.forms.headings import MONEY, SUMS, WHOLE, bare, role, tables
from perfeval.reading.forms.notes import blank, tried

if TYPE_CHECKING:
    from perfeval.documents.grid import Grid, GridCell

_TOLD = frozenset(("资金总额及构成", "资金来源及构成", "项目资金情况", "资金安排情况", "资金总额", "资金构成"))
_AMOUNT = re.compile(r"([^\d，,。；;：:（()）]*)[：:]?\s*(\d[\d,，]*(?:\.\d+)?\s*(?:亿元|万元|元))")
_SPENT = re.compile(r"支出|执行|使用|支付")
_PLANNED = re.compile(r"总额|预算|安排|合计|下达")
_LEADING = re.compile(r"^(?:其中|分别为|包括|含|为|是|共|计|和|及|，|、)+")


class FundsPairs(FundsBlock):
    """标签与数相间的资金: each label with its amount to the right, sources in the rows below in the same columns."""

    def read(self, stops: frozenset[int]) -> None:
        """Take the pairs of this row, then the rows of sources and of the rate below it."""
        labels = {kind: label.column for kind, label, _ in pairs(self.grid, self.row)}
        self.whole(self.row, {kind: value for kind, _, value in pairs(self.grid, self.row)})
        self._left_out(self.row)
        for row in self.grid.below(self.row):
            if row in stops:
                break
            if _rate_of(self, row):
                self.last = row
                continue
            by_name: dict[str, dict[str, GridCell]] = {}
            for kind, column in labels.items():
                name = self.grid.at(row, column)
                if name is None or name.row != row or not is_source(name.text):
                    continue
                value = next(self.grid.right_of(row, column), None)
                own = by_name.setdefault(self.name_of(name.text), {})
                if value is not None and value.row == row and not is_source(value.text):
                    own[kind] = value
            if not by_name:
                break
            self.last = row
            for name_, own in by_name.items():
                if own:
                    self.source(name_, row, own)
        self.finish()

    def _left_out(self, row: int) -> None:
        """Amounts under names that no field holds, 实际到位资金 and 结余, are named."""
        taken = {label.column for _, label, _ in pairs(self.grid, row)}
        names = [
            grid_cell
            for grid_cell in self.grid.line(row)
            if grid_cell.column not in taken
            and not grid_cell.typed
            and tried(grid_cell.text) is None
            and (value := next(self.grid.right_of(row, grid_cell.column), None)) is not None
            and tried(value.text) is not None
        ]
        if names:
            self.notes.note(
                BUDGET,
                problem(
                    "funds-left-out",
                    "{names}没有读：资金只用预算数和执行数",
                    place=names[0].cell.place,
                    names=tuple(f"“{bare(each.text)}”" for each in names),
                ),
            )


class FundsAcross(FundsBlock):
    """横排的资金: sources beside each other in the heading, 预算数 and 执行数 below each other."""

    def read(self, stops: frozenset[int]) -> None:
        """Take the rows whose first words name an amount, column by column."""
        names = [grid_cell for grid_cell in self.grid.line(self.row) if grid_cell.column >= min(self.columns.values())]
        amounts: dict[int, dict[str, GridCell]] = {}
        for row in self.grid.below(self.row):
            if row in stops:
                break
            kind = amount_in(self.grid, row)
            if kind:
                for name in names:
                    value = self.grid.at(row, name.column)
                    if value is not None and value.row == row:
                        amounts.setdefault(name.column, {})[kind] = value
            elif not _rate_of(self, row):
                break
            self.last = row
        for name in names:
            own = amounts.get(name.column)
            if own and (name.column == self.columns["whole"]):
                rate = self.budget.get(RATE)
                self.whole(self.row, own)
                self.budget.put("rate", rate)
            elif own:
                self.source(self.name_of(name.text), self.row, own)
        self.finish()


class FundsTold(FundsBlock):
    """一句话写的资金: 总额200万元：当年财政拨款180万元，上年结转20万元。实际支出195万元."""

    def read(self, stops: frozenset[int]) -> None:
        """Take the amounts of the sentence: the first is the whole, 支出 what was spent, the others its sources."""
        sentence = self.grid.at(self.row, self.columns["initial"])
        if sentence is None or self.row in stops:
            return
        own: dict[str, GridCell] = {}
        parts: list[tuple[str, GridCell]] = []
        for match in _AMOUNT.finditer(sentence.text.replace("　", "").replace(" ", "")):
            name = _LEADING.sub("", match[1])
            value = sentence._replace(cell=text_cell(match[2], self.grid.source, sentence.cell._cell))
            if _SPENT.search(name) and not _PLANNED.search(name):
                own.setdefault("spent", value)
            elif "whole_year" not in own:
                own["whole_year"] = value
            else:
                parts.append((name, value))
        self.whole(self.row, own)
        for name, value in parts:
            self.source(name, self.row, {"whole_year": value})
        self.finish()


def pairs(grid: Grid, row: int) -> list[tuple[str, GridCell, GridCell]]:
    """What is labelled in *row*, with label and value: 全年预算数（万元）| 128.4 | 全年执行数（万元）| 124.55."""
    words = tables()[1]
    found: dict[str, tuple[str, GridCell, GridCell]] = {}
    for label in grid.line(row):
        kind = "" if label.typed else role(label.text, words)
        value = next(grid.right_of(row, label.column), None) if kind else None
        if value is not None and value.row == row and not role(value.text, words) and tried(value.text) is not None:
            found.setdefault(kind, (kind, label, value))
    return list(found.values())


def kind_of_funds(grid: Grid, row: int) -> tuple[type[FundsBlock], dict[str, int]] | None:
    """How the funds that begin in *row* are laid out, and the columns that tell; None where none begin there."""
    labelled = pairs(grid, row)
    if len(MONEY & {kind for kind, _, _ in labelled}) >= 2:
        return FundsPairs, {kind: value.column for kind, _, value in labelled}
    line = grid.line(row)
    whole = next((each for each in line[1:] if bare(each.text) in SUMS or bare(each.text) in WHOLE), None)
    below = next(grid.below(row), None)
    if whole is not None and below is not None and len(line) > 1 and amount_in(grid, below):
        value = grid.at(below, whole.column)
        if value is not None and tried(value.text) is not None:
            return FundsAcross, {"whole": whole.column}
    for label in line:
        if bare(label.text) in _TOLD:
            value = next(grid.right_of(row, label.column), None)
            if value is not None and value.row == row and not value.typed and _AMOUNT.search(value.text):
                return FundsTold, {"initial": value.column}
    return None


def amount_in(grid: Grid, row: int) -> str:
    """The amount that the first words of *row* name, 全年预算数; nothing where they name none."""
    words = tables()[1]
    for grid_cell in grid.line(row)[:2]:
        kind = role(grid_cell.text, words)
        if kind in MONEY or kind == "forecast":
            return kind
    return ""


RATE = Cell("rate")


def _rate_of(block: FundsBlock, row: int) -> bool:
    """Whether *row* is 预算执行率 | 96.38% | 分值 | 10 | 得分 | 9.64, which is taken then."""
    labelled = {kind: value for kind, _, value in pairs(block.grid, row)}
    if "rate" not in labelled or MONEY & labelled.keys():
        return False
    rate = block.notes.known(BUDGET, labelled["rate"])
    if rate is not None and not blank(rate):
        block.budget.put("rate", block.notes.read(BUDGET, rate, in_percent))
    points = {
        kind: block.notes.read(EXECUTION, cell, in_points)
        for kind in ("points", "earned")
        if (cell := block.notes.known(EXECUTION, labelled.get(kind))) is not None and not blank(cell)
    }
    if points:
        block.execution = block.execution_row(row, block.grid.address(row, labelled["rate"].column), points)
    return True
