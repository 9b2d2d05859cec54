"""网页的上年比较: the figures that were carried from last year's case, beside this year's of the same name."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from perfeval.locales.messages import say
from perfeval.papers.analysis.comparison import signed
from perfeval.papers.blocks import Table
from perfeval.papers.page.charts import FULL, HATCHED, Bar, BarGroup, Chart, chart
from perfeval.papers.report.tasks import written
from perfeval.quantities.formatters import EMPTY
from perfeval.quantities.quantity import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval.quantities.figure import Figure
    from perfeval.results.evaluation import Evaluation

POINTS, FUNDS = "自评得分", "资金"
"""The groups of last year's points and funds, as carrying names them."""

Pair = tuple[str, "Figure", "Figure | None"]
"""A name, last year's figure and this year's."""


def last_chart(evaluation: Evaluation, locale: str) -> Chart | None:
    """Last year's points and rates hatched above this year's; None without any."""
    groups = []
    for name, before, after in _pairs(evaluation):
        bars = [(_share(before), HATCHED), (_share(after), FULL)]
        known = [(share, fill) for share, fill in bars if share is not None]
        if len(known) == 2:
            label = say(
                "上年{before}  今年{after}", locale, before=written(before, locale), after=written(after, locale)
            )
            groups.append((name, label, known))
    drawn = [each for each in groups if each[0].startswith((POINTS, FUNDS))]
    if not drawn:
        return None
    most = max(Fraction(1), *(share for _, _, known in drawn for share, _ in known))
    made = [
        BarGroup(name.partition(".")[2] or name, label, tuple(Bar(share / most, fill) for share, fill in known))
        for name, label, known in drawn
    ]
    said = say("；", locale).join(f"{each.name} {each.label}" for each in made)
    return chart(
        "chart-last",
        say("得分和执行率与上年比较", locale),
        say("每组上面一条是上年，下面一条是今年：{list}", locale, list=said),
        made,
        ((HATCHED, say("上年（斜纹）", locale)), (FULL, say("今年（实心）", locale))),
    )


def last_table(evaluation: Evaluation, locale: str) -> Table | None:
    """Every figure of last year that this year has too, and the difference; None without any."""
    found = sorted(_pairs(evaluation), key=lambda each: not each[0].startswith((POINTS, FUNDS)))
    rows = [
        (name.replace(".", " / "), written(before, locale), written(after, locale), _change(before, after, locale))
        for name, before, after in found
        if after is not None
    ]
    if not rows:
        return None
    heads = say("数据项", locale), say("上年", locale), say("今年", locale), say("增减", locale)
    return Table(say("与上年比较（上年的数由上年案例结转）", locale), heads, tuple(rows), left=(0,))


def _pairs(evaluation: Evaluation) -> Iterator[Pair]:
    case = evaluation.case
    group = next((item for item in case.data if case.year is not None and item.name == f"{case.year - 1}年"), None)
    for path, item in group.walk() if group is not None else ():
        own = path.partition(".")[2]
        if own and item.figures:
            yield own, item.figures[0], _this_year(evaluation, own)


def _this_year(evaluation: Evaluation, path: str) -> Figure | None:
    """What this year's case says under the name that carrying gave to last year's figure."""
    case = evaluation.case
    head, _, rest = path.partition(".")
    if head == FUNDS and case.budget is not None:
        own = {"全年预算数": case.budget.whole_year, "全年执行数": case.budget.spent, "执行率": case.budget.rate}
        return own.get(rest)
    if head == POINTS:
        return next((row.earned for row in case.rows if row.of.replace("/", "-") == rest), None)
    scope = evaluation.plan.scope  # what last year stated need not be declared this year
    full = scope.find(path)
    return None if full is None else scope.values.get(full)


def _share(figure: Figure | None) -> Fraction | None:
    """A rate as it is, points as hundredths; None for what has no place on the chart."""
    quantity = figure.quantity if figure is not None else None
    if quantity is None or not (quantity.unit.rate or quantity.unit.symbol == "分"):
        return None
    return max(quantity.base if quantity.unit.rate else quantity.base / 100, Fraction(0))


def _change(before: Figure, after: Figure | None, locale: str) -> str:
    """The difference, where both are plain numbers of one kind; a rate's in 百分点."""
    was, now = (
        each.quantity if each is not None and not each.mark and not each.sign else None for each in (before, after)
    )
    if was is None or now is None or not was.unit.same_kind(now.unit):
        return EMPTY
    difference = now - was.to(now.unit)
    if now.unit.rate:
        difference = Quantity(difference.base * 100, "百分点")
    return signed(difference, locale)
