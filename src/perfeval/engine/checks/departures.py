"""审核规则·偏差: actual values far from their targets without a reason, and 完成率 that are misstated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfeval.engine.checks.budget import like
from perfeval.engine.checks.places import placed
from perfeval.formulas.nodes import Binary, Compare, Name
from perfeval.model.operands import operand
from perfeval.model.target import Compared
from perfeval.quantities.quantity import Quantity
from perfeval.results.check import Found, check, found
from perfeval.results.finding import Severity
from perfeval.results.verdict import verdict

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from perfeval.results.evaluation import Evaluation
    from perfeval.results.score import Score

COMPLETED = Compare("=", Name("完成率"), Binary("÷", Name("完成值"), Name("指标值")))


def completion(score: Score) -> Fraction | None:
    """完成率 = 完成值 ÷ 指标值 for a counted or measured target that more of is better; None elsewhere."""
    target = score.of.target
    if not isinstance(target, Compared) or target.sign in ("≤", "<"):
        return None
    aim, actual = score.of.slot.target_value, operand(score.actual)
    if not isinstance(aim, Quantity) or not isinstance(actual, Quantity) or aim.base <= 0 or aim.unit.rate:
        return None
    return actual.base / aim.base if actual.unit.same_kind(aim.unit) else None


@check(
    "completion-misstated",
    title="完成率写错",
    severity=Severity.ERROR,
    sentence="写明完成率{given}，{actual} ÷ {target}是{computed}",
    basis="完成率 = 完成值 ÷ 指标值",
    advice="按完成值与指标值重算",
)
def completion_misstated(evaluation: Evaluation) -> Iterator[Found]:
    """A stated 完成率 (进度) that target and actual do not give.

    查什么
    ------
    指标行写出的完成率（进度）是否等于完成值 ÷ 指标值。

    为什么
    ------
    超额幅度写小，就躲过了偏差说明。

    反例
    ----
    指标值115件，完成值264件，写成超额43%（即143%）。

    正例
    ----
    264 ÷ 115 = 229.57%。

    何时可豁免
    ----------
    完成率按加权口径计算，且写明。

    起始版本
    --------
    0.1
    """
    for of, score in placed(evaluation):
        row = score.of.row
        progress = row.progress if row is not None else None
        rate = completion(score)
        if progress is None or progress.quantity is None or rate is None or not progress.quantity.unit.rate:
            continue
        aim = score.of.slot.target_value
        came_to = verdict(COMPLETED, {"完成率": progress, "完成值": score.actual, "指标值": aim})
        if came_to.holds == "no":
            yield found(
                of,
                progress,
                about=score,
                given=progress,
                computed=like(Quantity(rate * 100, "%"), progress.step),
                severity=came_to.severity(),
                actual=score.actual,
                target=aim,
            )
