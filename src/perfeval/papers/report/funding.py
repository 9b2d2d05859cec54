"""资金表: funds by source and by project as a table, 万元 with two decimals or as many as the finest has.

A figure beside finer ones has their digits too (300 beside 299.97 is 300.00), so that text and table agree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfeval.locales.messages import say
from perfeval.papers.blocks import Table
from perfeval.quantities.formatters import EMPTY, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from fractions import Fraction

    from perfeval.model.case import Budget, BudgetLine, Project
    from perfeval.quantities.figure import Figure

MOST = 6
"""The most decimals of an amount in 万元 that a paper shows: hundredths of a 元."""
UNIT = "万元"


def by_project(projects: Sequence[Project], number: int, locale: str) -> Table | None:
    """The projects and their funds; None for fewer than two with funds of their own."""
    rows = [(each.name, each.budget) for each in projects if each.budget is not None]
    if len(rows) < 2:
        return None
    caption = say("表{n}　重点任务项目支出情况表（单位：万元）", locale, n=number)
    return _table(caption, say("项目名称", locale), rows, locale)


def by_source(budget: Budget | None, number: int, locale: str, *, project: bool = False) -> Table | None:
    """The whole and each source of funds; None where the case names no sources."""
    if budget is None or not budget.lines:
        return None
    caption = (
        say("表{n}　项目资金情况表（单位：万元）", locale, n=number)
        if project
        else say("表{n}　部门整体收支情况表（单位：万元）", locale, n=number)
    )
    rows: list[tuple[str, Budget | BudgetLine]] = [(say("合计", locale), budget)]
    rows += [(each.name, each) for each in budget.lines]
    return _table(caption, say("资金来源", locale), rows, locale)


def _table(caption: str, head: str, rows: Sequence[tuple[str, Budget | BudgetLine]], locale: str) -> Table:
    columns = [
        (say("年初预算数", locale), [each.initial for _, each in rows]),
        (say("调整后预算数", locale), [each.adjusted for _, each in rows]),
        (say("全年预算数", locale), [each.whole_year for _, each in rows]),
        (say("全年执行数", locale), [each.spent for _, each in rows]),
        (say("执行率", locale), [each.rate for _, each in rows]),
    ]
    kept = [(name, figures) for name, figures in columns if any(figure is not None for figure in figures)]
    digits = _digits(figure for _, figures in columns[:4] for figure in figures)
    cells = [[_cell(figure, digits, locale) for figure in figures] for _, figures in kept]
    return Table(
        caption,
        (head, *(name for name, _ in kept)),
        tuple((name, *(column[at] for column in cells)) for at, (name, _) in enumerate(rows)),
        left=(0,),
    )


def _amount(figure: Figure | None) -> Fraction | None:
    """The plain amount in 万元; None where it is no amount or only about one."""
    quantity = figure.quantity if figure is not None and not figure.mark and not figure.sign else None
    if quantity is None or quantity.unit.dims != (("元", 1),):
        return None
    return quantity.to(UNIT).number


def _digits(figures: Iterable[Figure | None]) -> int:
    """Decimals of a column: two, or as many as its finest amount has."""
    most = 2
    for figure in figures:
        amount = _amount(figure)
        while amount is not None and most < MOST and (amount * 10**most).denominator != 1:
            most += 1
    return most


def _cell(figure: Figure | None, digits: int, locale: str) -> str:
    if figure is None:
        return EMPTY
    amount = _amount(figure)
    return text(figure, locale) if amount is None else text(amount, "zh_Hans", digits=digits)
