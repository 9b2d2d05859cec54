"""资金栏: the block of funds — amounts as written, live rates of execution, its points on the first line alone."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from attrs import frozen

from perfeval.documents.xlsx.content import Content, of_figure, of_quantity, points
from perfeval.papers.table import live
from perfeval.papers.table.form import span
from perfeval.papers.table.grid import address, keep_earned, keep_points
from perfeval.quantities.quantity import Quantity
from perfeval.quantities.units import base_units
from perfeval.reading.forms.headings import MONEY, bare, months_in, role, tables

if TYPE_CHECKING:
    from collections.abc import Mapping

    from perfeval.formulas.spreadsheet import Held
    from perfeval.model.case import Budget, BudgetLine
    from perfeval.papers.table.form import Block
    from perfeval.papers.table.grid import Sheet
    from perfeval.quantities.unit import Unit
    from perfeval.results.score import Score

DASH = "—"
UNTIL = " until"
"""What the kind of a column ends with that holds the first months alone: 1—7月执行数."""
NAMES = {"initial": "年初预算数", "adjusted": "调整后预算数", "whole_year": "全年预算数", "spent": "全年执行数"}


@frozen
class FundsContent:
    """资金栏: what the block is filled with; ``score`` is the execution's own node where the block has its points."""

    sheet: Sheet
    base: str
    """The official name of the budget that rates are divided by; '' takes the latest that is filled in."""
    score: Score | None
    stated: Quantity | None
    """The execution's points as the table is to state them; None for the computed."""
    states_rates: bool
    how: str
    locale: str
    until: int | None = None
    """The month that the case's 执行数 is counted to, where it is not the whole year's."""

    def put(self, block: Block, budget: Budget) -> None:
        """The heading and the lines, from the sheet's current row on."""
        columns = [span(each) for each in block.columns]
        lines = _lines(block, budget)
        start = self.sheet.side(block.label, 1 + len(lines))
        self.sheet.line([(text, "head", across) for text, across in columns], start)
        for at, (name, line) in enumerate(lines):
            self._line(name, line, columns, start, at == 0)

    def _line(self, name: str, line: Any, columns: list[tuple[str, int]], start: int, first: bool) -> None:
        sheet, column = self.sheet, start
        unit = base_units().get(sheet.form.unit)
        held: dict[str, Held] = {}
        made: list[tuple[int, int, str, Content]] = []
        for text, across in columns:
            kind, content, months = _kind(text, column == start), Content(), months_in(text)
            if months:
                if kind == "spent":
                    content = self._until(line, months, unit)
                kind = f"{kind}{UNTIL}"
            elif kind in (*MONEY, "forecast"):
                content = _money(getattr(line, kind, None), unit)
            found = content.held(address(sheet.row, column))
            if found is not None:
                held[kind] = found
            made.append((column, across, kind, content))
            column += across
        base = base_kind(held, self.base)
        if first:
            sheet.positions.funds.update({NAMES[kind]: each for kind, each in held.items() if kind in NAMES})
        for at, across, kind, content in made:
            style = "number"
            if kind.removesuffix(UNTIL) == "rate" and line is not None:
                content = self._rate(line, held, base, until=kind != "rate")
            elif kind in ("points", "earned"):
                content, style = self._points(kind, address(sheet.row, at), line, first), "centre"
            elif kind == "reason":
                content, style = Content(getattr(line, "reason", "") if first else "", "@"), "text"
            elif kind == "name":
                content, style = Content(name, "@"), "text"
            sheet.put(at, content, style, across)
        sheet.row += 1

    def _rate(self, line: Any, held: Mapping[str, Held], base: str, *, until: bool) -> Content:
        same = not until or self.until is not None
        stated, digits = line.rate.quantity if line.rate is not None and not line.rate.mark and same else None, 2
        while stated is not None and digits < 6 and (stated.number * 10**digits).denominator != 1:
            digits += 1
        part = held.get(f"spent{UNTIL}" if until else "spent")
        wanted = stated if self.states_rates else None
        return live.ratio(part, held.get(base), wanted, digits, self.how, self.locale)

    def _until(self, line: Any, months: int, unit: Unit) -> Content:
        """What was spent in the first so many months: their sum, or 执行数 where it is counted to that month."""
        monthly = getattr(line, "monthly", ())[:months]
        known = [each.quantity for each in monthly if each.quantity is not None and not each.mark]
        if len(known) < months:
            return _money(getattr(line, "spent", None), unit) if self.until == months else Content()
        n, d = sum((each.base for each in known), Fraction(0)).as_integer_ratio()
        whole = Quantity.of(n, d, unit)
        content = of_quantity(whole, unit=unit, bare=True)
        return content if content.worth is None else content._replace(code=_code(content, unit))

    def _points(self, kind: str, where: str, line: Any, first: bool) -> Content:
        """分值 and 得分 of the execution: on the first line alone; the others print a dash."""
        score, positions = self.score, self.sheet.positions
        if not first or score is None:
            own = getattr(line, kind, None)
            return of_figure(own, bare=True) if own is not None else Content(DASH, "@")
        if kind == "points":
            content = points(score.points)
            keep_points(positions, score.path, content, where)
            return content
        content = live.earned(score, positions, self.stated, self.locale)
        keep_earned(positions, score.path, content, where)
        return content


def has_points(block: Block | None) -> bool:
    """Whether a form's block of funds has a column for the points of the execution."""
    return block is not None and any(_kind(span(each)[0], False) == "earned" for each in block.columns)


def _kind(heading: str, first: bool) -> str:
    """What a column holds, as headings are read; '' for a free one."""
    return role(heading, tables()[1]) or ("name" if first else "")


def _lines(block: Block, budget: Budget) -> list[tuple[str, Budget | BudgetLine | None]]:
    """The form's lines with the case's own in them, then those that the form does not have; a blank one stays."""
    own = {bare(each.name): each for each in budget.lines}
    made: list[tuple[str, Budget | BudgetLine | None]] = []
    for at, name in enumerate(block.lines):
        found: Budget | BudgetLine | None = budget if at == 0 else own.pop(bare(name.removeprefix("其中：")), None)
        made.append((name, found))
    return [*made, *((each.name, each) for each in own.values())]


def _money(figure: Any, unit: Unit) -> Content:
    content = of_figure(figure, unit=unit)
    return content if content.worth is None else content._replace(code=_code(content, unit))


def _code(content: Content, unit: Unit) -> str:
    """Separators and at least two decimals for 万元, as many as are written for 元."""
    digits = max(len(content.code.partition(".")[2]), 2 if unit.symbol == "万元" else 0)
    return "#,##0" + (f".{'0' * digits}" if digits else "")


def base_kind(held: Mapping[str, Held], named: str) -> str:
    """Which of the amounts that are filled in a rate is divided by: the one *named*, else the latest."""
    kinds = {name: kind for kind, name in NAMES.items() if kind != "spent"}
    if kinds.get(named) in held:
        return kinds[named]
    return next((kind for kind in ("whole_year", "adjusted", "initial") if kind in held), "")
