"""填格: which cells of an office's own sheet are filled or corrected, and with what formula over its own cells."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from perfeval.documents.grid import letters
from perfeval.documents.xlsx.content import Content
from perfeval.locales.messages import say
from perfeval.model.funds import base_of
from perfeval.model.operands import operand
from perfeval.papers.marked.page import split
from perfeval.papers.table import live
from perfeval.papers.table.funds import NAMES, base_kind
from perfeval.papers.table.grid import keep_points
from perfeval.papers.table.rows import leaves
from perfeval.quantities.quantity import Quantity
from perfeval.quantities.units import base_units
from perfeval.reading.forms.headings import MONEY
from perfeval.reading.forms.notes import blank

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from perfeval.formulas.spreadsheet import Held
    from perfeval.model.case import Budget, BudgetLine
    from perfeval.papers.marked.page import MarkedSheet
    from perfeval.quantities.figure import Figure
    from perfeval.results.evaluation import Evaluation
    from perfeval.results.score import Score

STATED = "stated"


class Filler:
    """填表: fills the cells of one evaluation. Not shared, not kept."""

    def __init__(self, pages: Mapping[str, MarkedSheet], by: str, locale: str) -> None:
        self.pages, self.by, self.locale = pages, by, locale
        self.positions = live.Positions()
        self.standing: dict[str, Fraction] = {}
        """Points as they stand on the sheet from now on, as numbers or as text."""

    def fill(self, evaluation: Evaluation | None, budget: Budget | None, base: str) -> None:
        """The rates of *budget*, then the points of *evaluation* (None for a project without one)."""
        self.positions, self.standing = live.Positions(), {}
        how = evaluation.score.of.rounding.how if evaluation is not None else "四舍五入"
        if budget is not None:
            self._rate(budget, base, how, first=True)
            for line in budget.lines:
                self._rate(line, base, how, first=False)
        if evaluation is None:
            return
        found = [each.score for each in leaves(evaluation.score)]
        placed = [(score, *at) for score in found if (at := self._row(score)) is not None]
        for score, page, row in placed:
            self._positions(score, page, row)
        for score, page, row in placed:
            self._points(score, page, row)
        for score in sorted(evaluation.score.walk(), key=lambda each: -each.path.count("/")):
            if score.parts and (score is evaluation.score or score.stated is not None):
                self._sum(score)

    def _row(self, score: Score) -> tuple[MarkedSheet, int] | None:
        row = score.of.row
        return None if row is None or row.place is None else self._at(row.place.cell)

    def _at(self, cell: str) -> tuple[MarkedSheet, int] | None:
        found = split(cell)
        page = self.pages.get(found[0]) if found is not None else None
        return None if found is None or page is None else (page, found[1])

    # -- funds --------------------------------------------------------------------------------------

    def _rate(self, line: Budget | BudgetLine, base: str, how: str, *, first: bool) -> None:
        at = self._at(line.place.cell) if line.place is not None else None
        if at is None:
            return
        page, row = at
        _, columns = page.columns(row)
        held: dict[str, Held] = {}
        for kind in sorted(MONEY):
            figure: Figure | None = getattr(line, kind)
            if figure is not None and not figure.mark and (one := page.held(row, columns.get(kind), figure.quantity)):
                held[kind] = one
        if first:
            self.positions.funds.update({NAMES[kind]: each for kind, each in held.items()})
        column = columns.get("rate")
        if column is None or not page.free(row, column, columns):
            return
        grid_cell, stated = page.grid_cell(row, column), line.rate
        part, whole = held.get("spent"), held.get(base_kind(held, base))
        if grid_cell is None or (not grid_cell.text and not grid_cell.fault):
            page.fill(row, column, live.ratio(part, whole, None, 2, how, self.locale), corrects=False)
        elif self.by != STATED and stated is not None and stated.quantity is not None and not stated.mark:
            digits = 2
            while digits < 6 and (stated.quantity.number * 10**digits).denominator != 1:
                digits += 1
            content = live.ratio(part, whole, None, digits, how, self.locale)
            if isinstance(content.value, Fraction) and content.value != stated.quantity.base:
                note = say("原填{stated}，按本行的预算数和执行数改为核算的数", self.locale, stated=stated.quantity)
                page.fill(row, column, content._replace(note=note), corrects=True)

    # -- points -------------------------------------------------------------------------------------

    def _positions(self, score: Score, page: MarkedSheet, row: int) -> None:
        """Where the target, the actual and the 分值 of a row stand."""
        _, columns = page.columns(row)
        path, node, positions = score.path, score.of, self.positions
        points = page.held(row, columns.get("points"), node.points)
        if points is not None and points.now is not None:
            where = Content(points.now, worth=points.worth)
            keep_points(positions, path, where, points.cell)
        actual = page.held(row, columns.get("actual"), operand(node.actual)) if node.computed is None else None
        if actual is not None:
            positions.actuals[path] = actual
            positions.actuals.setdefault(score.name, actual)
        adjusted = page.grid_cell(row, columns.get("adjusted"))
        column = columns.get("adjusted" if adjusted is not None and not blank(adjusted.text) else "target")
        aim, grid_cell = page.held(row, column, node.slot.target_value), page.grid_cell(row, column)
        if aim is not None:
            positions.targets[path] = aim
        elif grid_cell is not None and grid_cell.text and not grid_cell.typed and not grid_cell.fault:
            positions.said[path] = f"{letters(grid_cell.column)}{grid_cell.row}", str(grid_cell.cell)

    def _points(self, score: Score, page: MarkedSheet, row: int) -> None:
        _, columns = page.columns(row)
        column = columns.get("earned")
        if column is None or not page.free(row, column, columns):
            return
        content = live.earned(score, self.positions, None, self.locale)
        self._put(score, page, row, column, content)

    def _put(self, score: Score, page: MarkedSheet, row: int, column: int, content: Content) -> None:
        """Fill a blank cell; correct one that states something else, where computed values are wanted."""
        grid_cell, stated = page.grid_cell(row, column), score.stated.quantity if score.stated is not None else None
        area = page.grid.area(row, column)
        where = f"{letters(area.left)}{area.top}"
        if grid_cell is None or (not grid_cell.text and not grid_cell.fault):
            if isinstance(content.value, Fraction):
                why = self._why(score, content.value)
                page.fill(row, column, content._replace(note=_joined(why, content.note)), corrects=False)
                self._stands(score, where, content.value)
            elif content.note and not score.parts:
                page.note(row, column, say("没有填得分：{why}", self.locale, why=content.note))
            return
        if self.by != STATED and stated is not None and score.earned is not None and stated != score.earned:
            why = say(
                "原填{stated}，改为核算的{computed}：{because}",
                self.locale,
                stated=stated,
                computed=score.earned,
                because=score,
            )
            page.fill(row, column, content._replace(note=_joined(why, content.note)), corrects=True)
            if isinstance(content.value, Fraction):
                self._stands(score, where, content.value)
            return
        if stated is not None:
            self._stands(score, where, stated.base, number=page.number(grid_cell) == stated.base)

    def _stands(self, score: Score, where: str, value: Fraction, *, number: bool = True) -> None:
        self.standing[score.path] = value
        self.positions.earned[score.path] = where, value if number else None

    def _why(self, score: Score, value: Fraction) -> str:
        """Where the points come from that a blank cell is filled with."""
        if score.earned is None or score.earned.base != value:
            return say("空格填入各指标得分之和", self.locale)
        if score.parts:
            return say("空格填入核算的{computed}", self.locale, computed=score.earned)
        return say("空格填入核算的{computed}：{because}", self.locale, computed=score.earned, because=score)

    def _sum(self, score: Score) -> None:
        """The total, and a level whose points are stated: a sum of the cells above where that is what it is."""
        cell = score.stated.place.cell if score.stated is not None and score.stated.place is not None else ""
        at = self._at(cell) if cell else self._row(score)
        if at is None or (not cell and score.path.count("/")):
            return
        page, row = at
        kind, columns = page.columns(row)
        own = split(cell)
        column = own[2] if own is not None else columns.get("earned")
        if kind != "indicators" or column is None or not page.xml.can_hold(row, page.grid.area(row, column).left):
            return
        if not cell and not page.free(row, column, columns):
            return
        found = [each.score for each in leaves(score)]
        content = live.total(score, found, self.positions, self._added(score, found), self.locale)
        self._put(score, page, row, column, content)

    def _added(self, score: Score, parts: list[Score]) -> Quantity | None:
        """What stands in the cells of the parts, where the office's own points are to stand and all are known."""
        known = [self.standing[each.path] for each in parts if each.path in self.standing]
        if self.by != STATED or score.of.then or not known or len(known) < len(parts):
            return None
        n, d = sum(known, Fraction(0)).as_integer_ratio()
        return Quantity.of(n, d, base_units().get("分"))


def _joined(*texts: str) -> str:
    return "\n".join(filter(None, texts))


def budgets(evaluation: Evaluation) -> Iterator[tuple[Evaluation | None, Budget | None, str]]:
    """Every table of a case: its evaluation where it has one, its funds, and what its rates are divided by."""
    case = evaluation.case
    yield evaluation, case.budget, (case.budget.base if case.budget is not None else "") or base_of(case.framework)
    for project in case.projects:
        own = project.budget
        base = (own.base if own is not None else "") or base_of(project.framework)
        yield evaluation.of_project(project), own, base
