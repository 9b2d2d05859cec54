"""审核规则·结论: the grade against the score, the problems named against the points lost."""

from __future__ import annotations

from collections.abc import Iterator

from perfeval.checks.points import stated
from perfeval.checks.registry import Found, check, found
from perfeval.model.evaluation import Evaluation, Severity
from perfeval.model.reasons import band


@check(
    "total-outside",
    title="总分不可能",
    severity=Severity.ERROR,
    sentence="自评 {given}，按材料只可能在 {low}～{high} 之间",
    basis="未定的分也有上下限",
    advice="核对总分与各项得分",
)
def total_outside(evaluation: Evaluation) -> Iterator[Found]:
    """A stated total that no decision on the open points can give.

    查什么
    ------
    有的指标无法计分或待评定时，自评总分是否仍在可能的范围内。

    为什么
    ------
    范围之外的总分一定有错，不必等其余指标定下来。

    反例
    ----
    已定 60 分，未定的最多 20 分，自评总分 85 分。

    正例
    ----
    自评总分 78 分。

    何时可豁免
    ----------
    另有加分且写明。

    起始版本
    --------
    0.1
    """
    for each in (evaluation, *evaluation.projects):
        score, given = each.score, stated(each.score)
        if given is None or score.steps is not None or score.low is None or score.high is None:
            continue
        if not score.low <= given <= score.high:
            yield found(score.name, score.stated, given=given, low=score.low, high=score.high)


@check(
    "total-differs",
    title="总分与核算不符",
    severity=Severity.ERROR,
    sentence={
        "": "自评总分 {given}，核算 {computed}",
        "explained": "自评总分 {given}，核算 {computed}；差额来自各项得分的差异",
    },
    basis="总分等于各项得分之和，并按规定调整",
    advice="先改正各项得分，再重新合计",
)
def total_differs(evaluation: Evaluation) -> Iterator[Found]:
    """A stated total (or subtotal) that the computed parts do not give.

    查什么
    ------
    各级自评合计是否等于核算的合计。

    为什么
    ------
    等级由总分决定。

    反例
    ----
    封顶后应为 89 分，自评 93 分。

    正例
    ----
    自评 89 分。

    何时可豁免
    ----------
    不可豁免；差额来自某一项的，改正该项即可。

    起始版本
    --------
    0.1
    """
    for each in (evaluation, *evaluation.projects):
        for score in each.score.walk():
            given, earned = stated(score), score.earned
            if not score.parts or given is None or earned is None or given == earned:
                continue
            below = any(
                stated(part) is not None and part.earned is not None and stated(part) != part.earned
                for part in score.walk()
                if part is not score
            )
            parts = [stated(part) for part in score.parts]
            if below and all(part is not None for part in parts):
                continue  # the part that differs is named itself, and the printed sum has its own check
            yield found(score.name if score.path == "总分" else score.path, score.stated, given=given, computed=earned)


@check(
    "grade-differs",
    title="等级与得分不符",
    severity=Severity.ERROR,
    sentence="自评等级“{given}”，{total} 应为“{computed}”",
    basis="指标体系的等级分档，下限属于本档",
    advice="按得分改正等级",
)
def grade_differs(evaluation: Evaluation) -> Iterator[Found]:
    """A stated grade that is not that of the score.

    查什么
    ------
    写出的等级与总分（自评；没有时用核算）所在的档是否一致。

    为什么
    ------
    等级影响下一年的预算安排。

    反例
    ----
    84.47 分，等级写“优”（90 分以上）。

    正例
    ----
    84.47 分，等级写“良”。

    何时可豁免
    ----------
    当地分档不同，且写明（请改用当地的指标体系）。

    起始版本
    --------
    0.1
    """
    stated_grades = [(evaluation, evaluation.case.grade, evaluation.case.framework)]
    projects = [each for each in evaluation.case.projects if each.framework is not None or each.rows]
    stated_grades += [
        (each, project.grade, project.framework) for each, project in zip(evaluation.projects, projects, strict=True)
    ]
    for each, grade, framework in stated_grades:
        total = stated(each.score) or each.score.earned
        computed = band(total, each.score.points, framework) if total is not None else ""
        if grade and computed and grade != computed:
            yield found(each.score.name, each.score.stated or each.case, given=grade, computed=computed, total=total)


@check(
    "problem-without-loss",
    title="有问题却没有扣分",
    severity=Severity.DOUBT,
    sentence={
        "": "写明存在问题，而自评全部满分",
        "about": "写明“{about}”存在问题，而该项自评满分 {given}",
        "rates": "写明预算执行率不高，而写出的执行率都在 {computed} 以上",
    },
    basis="存在的问题应当与扣分相互印证",
    advice="在相关指标扣分并说明，或改写问题",
)
def problem_without_loss(evaluation: Evaluation) -> Iterator[Found]:
    """A problem named in the report for which no points are lost.

    查什么
    ------
    “存在的问题”涉及的指标是否扣了分；说执行率不高时，写出的执行率是否真的不高。

    为什么
    ------
    问题与得分各说各的，结论就不可信。

    反例
    ----
    问题写“预算执行率不高”，执行率却是 94.96%、100% 和 99.99%。

    正例
    ----
    问题写“满意度偏低”，满意度扣 2 分。

    何时可豁免
    ----------
    问题属管理改进，不涉及任何指标。

    起始版本
    --------
    0.1
    """
    trees = [score for each in (evaluation, *evaluation.projects) for score in each.score.walk()]
    for issue in evaluation.case.problems:
        for about in issue.about:
            if about in ("预算执行率", "执行率"):
                rates = _rates(evaluation)
                low = [rate for rate in rates if rate.quantity is not None and rate.quantity.base * 100 < 90]
                if rates and not low:
                    lowest = min((rate for rate in rates), key=lambda rate: rate.quantity.base)  # type: ignore[union-attr]
                    yield found("存在的问题", issue, computed=lowest, variant="rates")
                continue
            for score in trees:
                given = stated(score)
                if about in (score.path, score.name) and given is not None and given == score.points:
                    yield found(score.path, score.stated, given=given, variant="about", about=about)
    total = stated(evaluation.score)
    if evaluation.case.problems and total is not None and total == evaluation.score.points:
        yield found(evaluation.score.name, evaluation.score.stated)


def _rates(evaluation: Evaluation) -> list:  # type: ignore[type-arg]
    from perfeval.checks.budget import budgets

    return [block.rate for _, block in budgets(evaluation) if block.rate is not None and block.rate.quantity is not None]


@check(
    "loss-without-problem",
    title="扣了分却没有写问题",
    severity=Severity.NOTE,
    sentence="自评扣 {gap}，“存在的问题”没有提到",
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
    总分 91 分，没有写任何问题。

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
    given, points = stated(evaluation.score), evaluation.score.points
    reasons = any(row.reason.strip() for row in evaluation.case.rows)
    if given is None or points is None or given >= points or evaluation.case.problems or reasons:
        return
    yield found(evaluation.score.name, evaluation.score.stated, given=given, gap=points - given)
