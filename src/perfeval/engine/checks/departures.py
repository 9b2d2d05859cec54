"""审核规则·偏差: actual values far from their targets without a reason, and 完成率 that are misstated."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from perfeval.engine.checks.budget import like
from perfeval.engine.checks.completeness import unexplained_loss
from perfeval.engine.checks.places import part_of_year, placed, trees
from perfeval.engine.checks.stated import shown_actual
from perfeval.formulas.build import names
from perfeval.formulas.exact import value
from perfeval.formulas.nodes import Binary, Compare, Name
from perfeval.formulas.wording import wording
from perfeval.model.operands import operand
from perfeval.model.target import Compared
from perfeval.quantities.quantity import Quantity
from perfeval.results.check import Found, check, found
from perfeval.results.finding import Severity
from perfeval.results.verdict import verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval.formulas.nodes import Formula
    from perfeval.results.evaluation import Evaluation
    from perfeval.results.score import Score

COMPLETED = Compare("=", Name("完成率"), Binary("÷", Name("完成值"), Name("指标值")))
LEAST, MOST = Fraction(7, 10), Fraction(13, 10)


@check(
    "reason-due",
    title="偏差未说明",
    severity=Severity.DOUBT,
    sentence={
        "": "完成值{actual}，{rule}的应说明原因，没有说明",
        "rate": "完成值{actual}，是指标值{target}的{computed}，没有说明原因",
    },
    basis="完成率低于70%或达到130%的应当说明（实务做法，未核对）",
    advice="写明偏差原因：目标定低、政策变化或数据口径",
)
def reason_due(evaluation: Evaluation) -> Iterator[Found]:
    """A large departure from the target without a reason.

    查什么
    ------
    完成率低于70%或达到130%及以上的指标，以及指标体系规定须说明的情形，是否写了原因。

    为什么
    ------
    超额太多说明目标定低了，差得太多说明任务没有完成，都要说明。

    反例
    ----
    指标值115次，完成值264次，没有说明。

    正例
    ----
    偏差原因写“年中新增专项行动”。

    何时可豁免
    ----------
    原因在报告正文写明。

    起始版本
    --------
    0.1
    """
    told = {id(score) for tree in trees(evaluation) for score in tree.score.walk() if _told(tree, score)}
    early = {id(score) for tree in trees(evaluation) if part_of_year(tree) for score in tree.score.walk()}
    for of, score in placed(evaluation):
        part = score.of.part
        if score.parts or id(score) in told or unexplained_loss(score):
            continue
        rule = getattr(part, "reason_when", None)
        if rule is None:
            rule = getattr(evaluation.case.framework, "reason_when", None)
        if rule is not None:
            if _due(score, rule):
                basis = getattr(part, "basis", None)
                yield found(
                    of,
                    score.actual,
                    about=score,
                    given=shown_actual(score),
                    basis="" if basis is None else str(basis),
                    actual=shown_actual(score),
                    rule=wording(rule),
                )
            continue
        rate = completion(score)
        least = 0 if id(score) in early else LEAST  # part of a year on, less than the year's target is no departure
        if rate is not None and not least <= rate < MOST:
            yield found(
                of,
                score.actual,
                about=score,
                given=shown_actual(score),
                computed=like(Quantity(rate * 100, "%")),
                variant="rate",
                actual=shown_actual(score),
                target=getattr(score.of.target, "text", ""),
            )


def _told(tree: Evaluation, score: Score) -> bool:
    """Whether a reason stands in the row, or, for the execution of the budget, beside the funds."""
    row, budget = score.of.row, (tree.plan.project or tree.case).budget
    beside_funds = "执行率" in score.name and budget is not None and bool(budget.reason.strip())
    return beside_funds or (row is not None and bool(row.reason.strip()))


def _due(score: Score, rule: Formula) -> bool:
    node = score.of
    given = {
        "完成值": score.computed_actual or operand(node.actual),
        "指标值": node.slot.target_value,
        "分值": score.points,
    }
    given["得分"] = score.earned
    wanted = {name: given[name] if name in given else operand(node.value(name)) for name in names(rule)}
    return value(rule, wanted) is True


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
