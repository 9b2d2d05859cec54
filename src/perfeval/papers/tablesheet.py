"""排表: one evaluation laid out in one form — which cell stands where, then the formulas between them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from attrs import define, evolve, field

from perfeval.files.funds import EXECUTION
from perfeval.files.headers import LEVELS, MONEY, bare, role, tables
from perfeval.locales import say
from perfeval.papers import tablelive
from perfeval.papers.form import span
from perfeval.papers.tablecells import Content, of_figure, points
from perfeval.papers.tablerows import Leaf, leaves, row_cells
from perfeval.quantities.unit import base_units

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from perfeval.formulas.spreadsheet import Held
    from perfeval.model.case import Budget, BudgetLine
    from perfeval.model.evaluation import Evaluation
    from perfeval.papers.form import Block, Form

STATED, COMPUTED = "stated", "computed"
DASH = "—"


@define
class Box:
    """一格: where it stands, how far it reaches, what it holds and how it looks."""

    row: int
    column: int
    across: int
    down: int
    content: Content
    style: str


@define
class About:
    """表所说的: the words, funds and goals of the office or of one project."""

    words: Mapping[str, str]
    budget: Budget | None
    goals: str = ""
    achieved: str = ""
    base: str = ""


@define
class Sheet:
    """一张表: its boxes, with the rows that are repeated on every page."""

    name: str
    form: Form
    boxes: list[Box] = field(factory=list)
    repeat: tuple[int, int] | None = None
    row: int = 0
    spots: tablelive.Spots = field(factory=tablelive.Spots)

    @property
    def wide(self) -> int:
        """Columns of the grid."""
        return len(self.form.widths)

    def put(self, column: int, content: Content | str, style: str, across: int = 1, down: int = 1) -> Box:
        """One cell in the current row."""
        box = Box(self.row, column, across, down, Content(content, "@") if isinstance(content, str) else content, style)
        self.boxes.append(box)
        return box

    def line(self, cells: Iterable[tuple[Content | str, str, int]], start: int = 0) -> None:
        """A whole row, then the next one."""
        column = start
        for content, style, across in cells:
            self.put(column, content, style, across)
            column += across
        self.row += 1


def address(row: int, column: int) -> str:
    """G8."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


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
    sheet.spots.items.update(items)
    sheet.line([(_filled(form.title, about.words), "title", sheet.wide)])
    if form.under:
        sheet.line([(_filled(form.under, about.words), "under", sheet.wide)])
    for head in form.head:
        cells = [span(each) for each in head.split("|")]
        sheet.line([(_filled(each, about.words), "text" if "{" in each else "label", n) for each, n in cells])
    maker = _Maker(sheet, evaluation, about, by, locale)
    if form.funds is not None and about.budget is not None:
        maker.funds(form.funds, about.budget)
    if form.goals is not None and (about.goals or about.achieved or evaluation is not None):
        maker.goals(form.goals)
    if evaluation is not None:
        maker.rows(form.rows)
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


class _Maker:
    """Fills one sheet. Not shared, not kept."""

    def __init__(self, sheet: Sheet, evaluation: Evaluation | None, about: About, by: str, locale: str) -> None:
        self.sheet, self.evaluation, self.about = sheet, evaluation, about
        self.by, self.locale = by, locale
        self.leaves: list[Leaf] = [] if evaluation is None else leaves(evaluation.score)
        self.execution: Leaf | None = None

    def stated(self, leaf: Any) -> Any:
        """The points that the office states, where they are to stand in the table."""
        figure = leaf.stated
        return figure.quantity if self.by == STATED and figure is not None else None

    # -- funds --------------------------------------------------------------------------------------

    def funds(self, block: Block, budget: Budget) -> None:
        """The block of funds: all of them, then each source."""
        columns = [span(each) for each in block.columns]
        roles = [role(text, tables()[1]) for text, _ in columns]
        if "earned" in roles:
            self.execution = next((each for each in self.leaves if each.score.path == EXECUTION), None)
        lines = _lines(block, budget)
        self._side(block, 1 + len(lines))
        start = int(bool(block.label))
        self.sheet.line([(text, "head", across) for text, across in columns], start)
        for at, (name, line) in enumerate(lines):
            self._fund(name, line, columns, roles, start, at == 0)

    def _fund(
        self, name: str, line: Any, columns: list[tuple[str, int]], roles: list[str], start: int, first: bool
    ) -> None:
        sheet, column = self.sheet, start
        unit = base_units().get(sheet.form.unit)
        held: dict[str, Held] = {}
        made: list[tuple[int, int, str, Content]] = []
        for (_, across), kind in zip(columns, roles, strict=True):
            where = address(sheet.row, column)
            content = Content()
            if kind in MONEY:
                content = _money(getattr(line, kind, None), unit)
                found = content.held(where)
                if found is not None:
                    held[kind] = found
            made.append((column, across, kind, content))
            column += across
        base = _base(held, self.about.base)
        if first:
            self._name_funds(held)
        for at, across, kind, content in made:
            style = "number"
            if kind == "rate" and line is not None:
                content = self._rate(line, held, base)
            elif kind in ("points", "earned"):
                content, style = self._execution(kind, address(sheet.row, at), line, first), "centre"
            elif kind == "reason" and first:
                content, style = Content(getattr(line, "reason", ""), "@"), "text"
            elif not kind:
                content, style = Content(name, "@"), "text"
            sheet.put(at, content, style, across)
        sheet.row += 1

    def _name_funds(self, held: Mapping[str, Held]) -> None:
        named = {"initial": "年初预算数", "adjusted": "调整后预算数", "whole_year": "全年预算数", "spent": "全年执行数"}
        self.sheet.spots.funds.update({named[kind]: each for kind, each in held.items()})

    def _rate(self, line: Any, held: Mapping[str, Held], base: str) -> Content:
        stated = line.rate.quantity if line.rate is not None and not line.rate.mark else None
        digits = 2
        if stated is not None:
            while digits < 6 and (stated.number * 10**digits).denominator != 1:
                digits += 1
        how = "四舍五入"
        if self.evaluation is not None:
            how = self.evaluation.score.of.rounding.how
        wanted = stated if self.by == STATED else None
        return tablelive.ratio(held.get("spent"), held.get(base), wanted, digits, how, self.locale)

    def _execution(self, kind: str, where: str, line: Any, first: bool) -> Content:
        """分值 and 得分 of the execution: on the first line alone; the others print a dash."""
        if not first or self.execution is None:
            own = getattr(line, kind, None)
            return of_figure(own, bare=True) if own is not None else Content(DASH, "@")
        score, spots = self.execution.score, self.sheet.spots
        if kind == "points":
            content = points(score.points)
            _keep_points(spots, score.path, content, where)
            return content
        content = tablelive.earned(score, spots, self.stated(score), self.locale)
        _keep_earned(spots, score.path, content, where)
        return content

    # -- goals and indicators -----------------------------------------------------------------------

    def goals(self, block: Block) -> None:
        """The goals in words, and what became of them."""
        columns = [span(each) for each in block.columns]
        self._side(block, 2)
        start = int(bool(block.label))
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
        rest = [each for each in self.leaves if each is not self.execution]
        columns = [span(each) for each in block.columns]
        last = [text.split(">")[-1].strip() for text, _ in columns]
        roles = [role(text, tables()[0]) for text in last]
        deep = 2 if any(">" in text for text, _ in columns) else 1
        start = int(bool(block.label))
        sheet.repeat = (sheet.row, sheet.row + deep - 1)
        self._side(block, deep + len(rest))
        self._headings(columns, start, deep)
        at, starts = start, []
        for _, across in columns:
            starts.append(at)
            at += across
        levels = [i for i, kind in enumerate(roles) if kind in LEVELS]
        first = sheet.row
        for number, leaf in enumerate(rest, 1):
            cells = row_cells(leaf.score, roles, sheet.row, starts, sheet.spots)
            for i, kind in enumerate(roles):
                if kind in LEVELS:
                    continue
                content, style = cells[i]
                if kind == "earned":
                    style = "centre"
                    content = tablelive.earned(leaf.score, sheet.spots, self.stated(leaf.score), self.locale)
                    _keep_earned(sheet.spots, leaf.score.path, content, address(sheet.row, starts[i]))
                elif kind == "actual" and leaf.score.of.computed is not None and leaf.score.actual is None:
                    content = tablelive.computed_actual(leaf.score, sheet.spots, self.locale)
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
                _keep_points(sheet.spots, score.path, content, address(sheet.row, starts[i]))
            elif roles[i] == "earned":
                found = [each.score for each in self.leaves]
                content = tablelive.total(score, found, sheet.spots, self.stated(score), self.locale)
            sheet.put(starts[i], content, "centre", across[i])
        sheet.row += 1

    def _side(self, block: Block, down: int) -> None:
        if block.label:
            self.sheet.put(0, block.label, "side", 1, down)

    def note(self) -> str:
        """What stands in the column of points, as its reader must know."""
        if self.by == COMPUTED or not any(each.score.stated is not None for each in self.leaves):
            return say("得分为按评分方法核算的数，改动完成值后自动重算", self.locale)
        return say("得分为自报数；与核算相同的自动重算，不同的见该格批注", self.locale)


def _lines(block: Block, budget: Budget) -> list[tuple[str, Budget | BudgetLine | None]]:
    """The form's lines with the case's own in them, then those that the form does not have; a blank one stays."""
    own = {bare(each.name): each for each in budget.lines}
    made: list[tuple[str, Budget | BudgetLine | None]] = []
    for at, name in enumerate(block.lines):
        found: Budget | BudgetLine | None = budget if at == 0 else own.pop(bare(name.removeprefix("其中：")), None)
        made.append((name, found))
    return [*made, *((each.name, each) for each in own.values())]


def _money(figure: Any, unit: Any) -> Content:
    content = of_figure(figure, unit=unit)
    if content.worth is None:
        return content
    digits = max(len(content.code.partition(".")[2]), 2 if unit.symbol == "万元" else 0)
    return content._replace(code="#,##0" + (f".{'0' * digits}" if digits else ""))


def _base(held: Mapping[str, Held], named: str) -> str:
    kinds = {"年初预算数": "initial", "调整后预算数": "adjusted", "全年预算数": "whole_year"}
    if kinds.get(named) in held:
        return kinds[named]
    return next((kind for kind in ("whole_year", "adjusted", "initial") if kind in held), "")


def _keep_points(spots: tablelive.Spots, path: str, content: Content, where: str) -> None:
    held = content.held(where)
    if held is not None and isinstance(held.now, Fraction):
        digits = 2
        while (held.now * 10**digits).denominator != 1:
            digits += 1
        spots.own_points[path] = evolve(held, digits=digits)


def _keep_earned(spots: tablelive.Spots, path: str, content: Content, where: str) -> None:
    spots.earned[path] = where, content.value if isinstance(content.value, Fraction) else None
