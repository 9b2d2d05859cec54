"""排表: one evaluation laid out in one form — which cell stands where, then the formulas between them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import evolve

from perfeval.documents.xlsx.content import Content, points
from perfeval.locales.messages import say
from perfeval.model.case import Budget
from perfeval.papers.table import live
from perfeval.papers.table.form import span
from perfeval.papers.table.funds import FundsContent, has_points
from perfeval.papers.table.grid import About, Sheet, address, keep_earned, keep_points
from perfeval.papers.table.rows import Leaf, leaves, role_of, row_cells
from perfeval.reading.forms.funds import EXECUTION
from perfeval.reading.forms.headings import LEVELS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from perfeval.formulas.spreadsheet import Held
    from perfeval.papers.table.form import Block, Form
    from perfeval.quantities.quantity import Quantity
    from perfeval.results.evaluation import Evaluation
    from perfeval.results.score import Score

STATED, COMPUTED = "stated", "computed"


def laid_out(
    evaluation: Evaluation | None,
    form: Form,
    about: About,
    items: Mapping[str, Held],
    *,
    name: str,
    by: str = STATED,
    locale: str = "zh_Hans",
) -> Sheet:
    """The sheet of *evaluation* (None for a project of which only the funds are known)."""
    sheet = Sheet(name, form)
    sheet.positions.items.update(items)
    sheet.line([(_filled(form.title, about.words), "title", sheet.wide)])
    if form.under:
        sheet.line([(_filled(form.under, about.words), "under", sheet.wide)])
    for head in form.head:
        cells = [span(each) for each in head.split("|")]
        sheet.line([(_filled(each, about.words), "text" if "{" in each else "label", n) for each, n in cells])
    maker = _SheetWriter(sheet, evaluation, about, by, locale)
    if form.funds is not None and (about.budget is not None or evaluation is not None):
        maker.funds(form.funds, about.budget or Budget())
    if form.goals is not None and (about.goals or about.achieved or evaluation is not None):
        maker.goals(form.goals)
    if evaluation is not None:
        maker.rows(_filled_in(form.rows, about.words))
    for foot in form.foot:
        sheet.line([(each, "foot", n) for each, n in map(span, foot.split("|"))])
    notes = [form.note, maker.note() if evaluation is not None else ""]
    if any(notes):
        sheet.line([(say("注：", locale) + say("；", locale).join(filter(None, notes)), "note", sheet.wide)])
    return sheet


def _filled(text: str, words: Mapping[str, str]) -> str:
    for name, word in words.items():
        text = text.replace("{" + name + "}", word)
    return text


def _filled_in(block: Block, words: Mapping[str, str]) -> Block:
    """*block* with what its headings leave open: 1—{月}月执行数."""
    return evolve(block, columns=tuple(_filled(each, words) for each in block.columns))


class _SheetWriter:
    """Fills one sheet. Not shared, not kept."""

    def __init__(self, sheet: Sheet, evaluation: Evaluation | None, about: About, by: str, locale: str) -> None:
        self.sheet, self.evaluation, self.about = sheet, evaluation, about
        self.by, self.locale = by, locale
        scored = _has(sheet.form.rows, "points")
        self.leaves: list[Leaf] = [] if evaluation is None else leaves(evaluation.score, scored=scored)
        self.execution: Score | None = None

    def stated(self, score: Score) -> Quantity | None:
        """The points that the office states, where they are to stand in the table."""
        figure = score.stated
        return figure.quantity if self.by == STATED and figure is not None else None

    def funds(self, block: Block, budget: Budget) -> None:
        """The block of funds, with the points of the execution where the form has them there."""
        found = next((each for each in self.leaves if each.score.path == EXECUTION), None)
        if found is not None and (has_points(block) or not _scores(self.sheet.form.rows)):
            self.execution = found.score
        score = self.execution if has_points(block) else None
        how = self.evaluation.score.of.rounding.how if self.evaluation is not None else "四舍五入"
        stated = self.stated(score) if score is not None else None
        made = FundsContent(
            self.sheet, self.about.base, score, stated, self.by == STATED, how, self.locale, budget.until
        )
        made.put(_filled_in(block, self.about.words), budget)

    # -- goals and indicators -----------------------------------------------------------------------

    def goals(self, block: Block) -> None:
        """The goals in words, and what became of them."""
        columns = [span(each) for each in block.columns]
        start = self.sheet.side(block.label, 2)
        self.sheet.line([(text, "head", across) for text, across in columns], start)
        words = (self.about.goals, self.about.achieved)
        self.sheet.line(
            [(words[at], "words", across) for at, (_, across) in enumerate(columns)],
            start,
        )

    def rows(self, block: Block) -> None:
        """The indicator table: headings, one row a leaf, the total."""
        sheet, evaluation = self.sheet, self.evaluation
        assert evaluation is not None  # noqa: S101 - laid_out asks
        rest = [each for each in self.leaves if each.score is not self.execution]
        columns = [span(each) for each in block.columns]
        last = [text.split(">")[-1].strip() for text, _ in columns]
        roles = [role_of(text) for text in last]
        deep = 2 if any(">" in text for text, _ in columns) else 1
        sheet.repeat = (sheet.row, sheet.row + deep - 1)
        start = sheet.side(block.label, deep + len(rest))
        self._headings(columns, start, deep)
        at, starts = start, []
        for _, across in columns:
            starts.append(at)
            at += across
        levels = [i for i, kind in enumerate(roles) if kind in LEVELS]
        first = sheet.row
        for number, leaf in enumerate(rest, 1):
            cells = row_cells(leaf.score, roles, sheet.row, starts, sheet.positions)
            for i, kind in enumerate(roles):
                if kind in LEVELS:
                    continue
                content, style = cells[i]
                if kind == "earned":
                    style = "centre"
                    content = live.earned(leaf.score, sheet.positions, self.stated(leaf.score), self.locale)
                    keep_earned(sheet.positions, leaf.score.path, content, address(sheet.row, starts[i]))
                elif kind == "actual" and leaf.score.of.computed is not None and leaf.score.actual is None:
                    content = live.computed_actual(leaf.score, sheet.positions, self.locale)
                elif kind == "number":
                    content = Content(Fraction(number), "0")
                sheet.put(starts[i], content, style, columns[i][1])
            sheet.row += 1
        self._levels([leaf.names for leaf in rest], [(starts[i], columns[i][1]) for i in levels], first)
        if sheet.form.total:
            self._total(roles, starts, [across for _, across in columns])

    def _headings(self, columns: list[tuple[str, int]], start: int, deep: int) -> None:
        sheet, column = self.sheet, start
        upper = ""
        for text, across in columns:
            over, mark, own = (part.strip() for part in text.partition(">"))
            if not mark:
                sheet.put(column, text, "head", across, deep)
            else:
                if over != upper:
                    wide = sum(n for each, n in columns if each.partition(">")[0].strip() == over)
                    sheet.put(column, over, "head", wide)
                sheet.row += 1
                sheet.put(column, own, "head", across)
                sheet.row -= 1
            upper = over if mark else ""
            column += across
        sheet.row += deep

    def _levels(self, names: list[tuple[str, ...]], at: list[tuple[int, int]], first: int) -> None:
        """Merged cells of the levels: a name goes down as far as it holds, a short path to the right."""
        for depth in range(len(at)):
            row = 0
            while row < len(names):
                own = names[row][-len(at) :]
                if depth >= len(own):
                    row += 1
                    continue
                leaf = depth == len(own) - 1
                down = 1
                while not leaf and row + down < len(names):
                    below = names[row + down][-len(at) :]
                    if len(below) - 1 <= depth or below[: depth + 1] != own[: depth + 1]:
                        break
                    down += 1
                column = at[depth][0]
                right = at[-1] if leaf else at[depth]
                self.sheet.row = first + row
                self.sheet.put(column, own[depth], "name" if leaf else "level", right[0] + right[1] - column, down)
                row += down
        self.sheet.row = first + len(names)

    def _total(self, roles: list[str], starts: list[int], across: list[int]) -> None:
        sheet, evaluation = self.sheet, self.evaluation
        assert evaluation is not None  # noqa: S101 - rows asks
        score, filled = evaluation.score, [i for i, kind in enumerate(roles) if kind in ("points", "earned")]
        until = starts[filled[0]] if filled else sheet.wide
        sheet.put(0, sheet.form.total, "label", until)
        for i in range(roles.index(roles[filled[0]]) if filled else len(roles), len(roles)):
            content = Content()
            if roles[i] == "points":
                content = points(score.points)
                keep_points(sheet.positions, score.path, content, address(sheet.row, starts[i]))
            elif roles[i] == "earned":
                found = [each.score for each in self.leaves]
                content = live.total(score, found, sheet.positions, self.stated(score), self.locale)
            sheet.put(starts[i], content, "centre", across[i])
        sheet.row += 1

    def note(self) -> str:
        """What stands in the column of points, as its reader must know."""
        if not _scores(self.sheet.form.rows):
            return ""
        if self.by == COMPUTED or not any(each.score.stated is not None for each in self.leaves):
            return say("得分为按评分方法核算的数，改动完成值后自动重算", self.locale)
        return say("得分为自报数；与核算相同的自动重算，不同的见该格批注", self.locale)


def _scores(block: Block) -> bool:
    """Whether a form's indicator table has a column of points."""
    return _has(block, "earned")


def _has(block: Block, kind: str) -> bool:
    """Whether a form's indicator table has a column of that kind."""
    return any(role_of(span(each)[0].split(">")[-1].strip()) == kind for each in block.columns)
