"""审核规则·问题: the problems that a case names against the points it loses, both ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfeval.engine.checks.budget import LINE, rates
from perfeval.engine.checks.places import ROOT, placed, stated
from perfeval.model.operands import operand
from perfeval.quantities.quantity import Quantity
from perfeval.results.check import Found, check, found
from perfeval.results.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval.quantities.figure import Figure
    from perfeval.results.evaluation import Evaluation


@check(
    "problem-without-loss",
    title="有问题却没有扣分",
    severity=Severity.DOUBT,
    sentence={
        "": "写明存在问题，而自评满分{given}",
        "about": "写明“{what}”存在问题，而该项自评满分{given}",
        "rates": "写明预算执行率存在问题，而写出的执行率都不低于{computed}",
    },
    basis="存在的问题应当与扣分相互印证",
    advice="在相关指标扣分并说明，或改写问题",
)
def problem_without_loss(evaluation: Evaluation) -> Iterator[Found]:
    """A problem named in the report for which no points are lost.

    查什么
    ------
    “存在的问题”涉及的指标是否扣了分；说执行率有问题时，写出的执行率是否真的低于90%。

    为什么
    ------
    问题与得分各说各的，结论就不可信。

    反例
    ----
    问题写“预算执行率不高”，执行率却是94.96%、100%和99.99%。

    正例
    ----
    问题写“满意度偏低”，满意度扣2分。

    何时可豁免
    ----------
    问题属管理改进，不涉及任何指标。

    起始版本
    --------
    0.1
    """
    scores = list(placed(evaluation))
    named = False
    for issue in evaluation.case.problems:
        for about in issue.about:
            if "执行率" in about:
                lowest = _lowest(evaluation)
                if lowest is not None:
                    named = True
                    yield found("存在的问题", issue, about=issue, computed=lowest, variant="rates")
                    continue
            for of, score in scores:
                given = stated(score)
                if about in (of, score.path, score.name) and given is not None and given == score.points:
                    named = True
                    yield found(of, score.stated, issue, about=score, given=given, variant="about", what=about)
    whole = evaluation.score
    if evaluation.case.problems and not named and stated(whole) is not None and stated(whole) == whole.points:
        yield found(ROOT, whole.stated, about=whole, given=stated(whole))


def _lowest(evaluation: Evaluation) -> Figure | None:
    """The lowest of the stated rates of execution, where none of them is below 90 %."""
    written = [dict(each.given)["执行率"] for each in rates(evaluation)]
    by_rate: list[tuple[Quantity, Figure]] = []
    for figure in written:
        rate = operand(figure)
        if isinstance(rate, Quantity):
            if rate < LINE:
                return None
            by_rate.append((rate, figure))
    return min(by_rate, key=lambda each: each[0].base)[1] if by_rate else None


@check(
    "loss-without-problem",
    title="扣了分却没有写问题",
    severity=Severity.NOTE,
    sentence="自评{given}，扣{gap}，既没有写存在的问题，也没有写偏差原因",
    basis="扣分应当与存在的问题相互印证",
    advice="在“存在的问题”中写明，或在偏差原因中说明",
)
def loss_without_problem(evaluation: Evaluation) -> Iterator[Found]:
    """Points lost while no problem and no reason is named anywhere.

    查什么
    ------
    总分有扣分，而案例一条问题、一条偏差原因都没有写。

    为什么
    ------
    扣分与问题应当相互印证。

    反例
    ----
    总分91分，没有写任何问题。

    正例
    ----
    写明问题一条并注明涉及的指标。

    何时可豁免
    ----------
    尚在起草，问题部分待写。

    起始版本
    --------
    0.1
    """
    case, score = evaluation.case, evaluation.score
    given, points = stated(score), score.points
    rows = (*case.rows, *(row for project in case.projects for row in project.rows))
    told = case.problems or any(row.reason.strip() for row in rows)
    row_by_row = any(
        stated(below) is not None for below in score.walk() if below is not score
    )  # of these reasons speak
    if given is not None and points is not None and given < points and not told and not row_by_row:
        yield found(ROOT, score.stated, about=score, given=given, gap=points - given)
