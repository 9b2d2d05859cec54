"""预算执行率的默认算法: how the points of the budget's execution are earned where no framework says it.

分值 × 执行率, at most 分值, with the budget that the table names as its base, else the latest that is filled in
(全年预算数, 调整后预算数, 年初预算数); where the amounts are missing, by the rate that is printed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from perfeval.formulas.nodes import Binary, Name, Number
from perfeval.model.framework import Indicator
from perfeval.model.funds import SPENT, Funds
from perfeval.model.target import to_target
from perfeval.quantities.quantity import Quantity
from perfeval.strategies.strategy import Basis

if TYPE_CHECKING:
    from perfeval.formulas.nodes import Formula
    from perfeval.model.case import Budget, Row

_NAMES = re.compile(r"(?:项目|部门)?(?:年度)?(?:预算|资金|预算资金|项目资金)?执行率|预算执行(?:情况)?")
STRATEGY = "预算执行"
BASIS = Basis("预算执行得分 = 分值 × 执行率（财预〔2020〕10号；表中没有另写评分方法）", checked=False)


def execution_by_default(name: str, row: Row, budget: Budget | None) -> Indicator | None:
    """The indicator that *row* is, where it is the rate of execution and writes neither target nor strategy.

    None where it is something else, or where nothing says how much was spent.
    """
    if not _NAMES.fullmatch(name) or row.target is not None or row.strategy is not None:
        return None
    written = row.actual is not None and row.actual.value is not None
    actual = None if written or budget is None else _rate(budget)
    if actual is None and not written:
        return None
    return Indicator(name, target=to_target("100%"), actual=actual, strategy=STRATEGY, basis=BASIS)


def _rate(budget: Budget) -> Formula | None:
    """执行数 ÷ 预算数 of *budget*, else the rate that it prints; None where it has neither."""
    funds = Funds("", budget, budget)
    if SPENT in funds.amounts and funds.base:
        return Binary("÷", Name(SPENT), Name(funds.base))
    printed = budget.rate.quantity if budget.rate is not None else None
    return Number(printed) if isinstance(printed, Quantity) and printed.unit.rate else None
