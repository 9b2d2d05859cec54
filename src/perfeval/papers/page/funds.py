"""网页的资金图: how much of each budget was spent, computed from the amounts; the stated rate stands beside it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from perfeval.locales.messages import say
from perfeval.model.funds import SPENT, Funds, funds_of
from perfeval.papers.page.charts import FULL, HATCHED, TRACK, Bar, BarGroup, Chart, chart
from perfeval.papers.report import funding
from perfeval.papers.report.tasks import written
from perfeval.results.score_table import two_decimals

if TYPE_CHECKING:
    from perfeval.papers.blocks import Table
    from perfeval.results.evaluation import Evaluation


def funds_chart(evaluation: Evaluation, locale: str) -> Chart | None:
    """The office's whole, then each project; None where no funds are given."""
    blocks = [each for each in funds_of(evaluation.case) if not each.is_line]
    groups = [_group(each, locale) for each in blocks]
    if not groups:
        return None
    listed = say("；", locale).join(f"{each.name} {each.label}" for each in groups)
    legend = [(FULL, say("全年执行数", locale)), (TRACK, say("未执行的预算", locale))]
    if any(bar.fill == HATCHED for group in groups for bar in group.bars):
        legend.append((HATCHED, say("执行超过预算（斜纹）", locale)))
    return chart(
        "chart-funds",
        say("预算执行率（按金额核算）", locale),
        say("横条全长表示预算数，填实部分表示全年执行数：{list}", locale, list=listed),
        groups,
        legend,
        track=True,
    )


def _group(funds: Funds, locale: str) -> BarGroup:
    name = say("整体资金", locale) if funds.project is None and not funds.is_line else funds.name
    spent, base = funds.amounts.get(SPENT), funds.amounts.get(funds.base)
    rate = funds.block.rate
    said = say("自报{rate}", locale, rate=written(rate, locale)) if rate is not None else ""
    top, bottom = (each.quantity if each is not None else None for each in (spent, base))
    share = Fraction(0)
    if spent is None or base is None or top is None or bottom is None:
        missing = say("没有填全年执行数", locale) if spent is None else say("没有填预算数", locale)
        label = " ".join(filter(None, (written(spent or base, locale), missing)))
    elif bottom.base <= 0 or not top.unit.same_kind(bottom.unit):
        label = say("执行率算不出", locale)
    else:
        share = top.base / bottom.base
        rounded = spent.mark or base.mark or (share * 10000).denominator != 1
        label = say(
            "{spent} ÷ {base} {sign} 核算{rate}",
            locale,
            spent=written(spent, locale),
            base=written(base, locale),
            sign="≈" if rounded else "=",
            rate=two_decimals((top / bottom).to("%"), locale),
        )
    return BarGroup(name, "　".join(filter(None, (label, said))), (Bar(share, FULL if share <= 1 else HATCHED),))


def funds_tables(evaluation: Evaluation, locale: str) -> tuple[Table, ...]:
    """The stated figures by source and by project, as the report tables them."""
    case = evaluation.case
    source = funding.by_source(case.budget, 1, locale)
    projects = funding.by_project(case.projects, 1 if source is None else 2, locale)
    return tuple(each for each in (source, projects) if each is not None)
