"""审核规则·得分: points that do not add up, and stated points that the rule does not give."""

from __future__ import annotations

from collections.abc import Iterator

from perfeval.checks.registry import Found, check, found
from perfeval.locales import message
from perfeval.model.evaluation import Evaluation, Score, Severity
from perfeval.model.plan import Node
from perfeval.model.target import Compared
from perfeval.quantities.quantity import Quantity
from perfeval.model.scope import operand


def scores(evaluation: Evaluation) -> Iterator[Score]:
    """Every score of the office's tree and of its projects' trees."""
    yield from evaluation.score.walk()
    for project in evaluation.projects:
        yield from project.score.walk()


def stated(score: Score) -> Quantity | None:
    """The stated points as a quantity in 分, or None."""
    return score.stated.quantity if score.stated is not None else None


def where(score: Score) -> str:
    """How a finding names the node: its own name at the root, else its path."""
    return score.name if score.path == "总分" else score.path


@check(
    "points-sum",
    title="分值合计不符",
    severity=Severity.ERROR,
    sentence={
        "": "下级分值合计 {computed}，本级分值 {given}，多出 {gap}",
        "short": "下级分值合计 {computed}，本级分值 {given}，有 {gap}未列明；分值应当全部分配到指标",
        "partial": "列出的分值合计 {computed}，总分 {given}，{gap}未列明：它或者得 0 分，或者在基本分之外（加减分项），材料没有说明",
    },
    basis="分值应当全部分配到指标，逐级合计等于上级",
    advice="核对本级与下级的分值，补列缺少的指标或改正分值",
)
def points_sum(evaluation: Evaluation) -> Iterator[Found]:
    """Points of the parts that do not make the points of the whole.

    查什么
    ------
    每一级的分值是否等于下一级分值之和。

    为什么
    ------
    分值没有分完，总分就不是百分制；分多了，得分会超过满分。

    反例
    ----
    总分 100 分，列出的只有 45 分和 50 分。

    正例
    ----
    总分 100 分 = 产出 50 分 + 效益 30 分 + 满意度 10 分 + 预算执行率 10 分。

    何时可豁免
    ----------
    办法规定有加减分项在基本分之外，且在报告中写明。

    起始版本
    --------
    0.1
    """
    for score in scores(evaluation):
        gap = score.of.unnamed
        if gap is None or gap.base == 0 or score.of.points is None:
            continue
        given = score.of.points
        framework = evaluation.case.framework
        variant = "" if gap.base < 0 else "partial" if getattr(framework, "partial", False) else "short"
        yield found(
            where(score), score.of.row, given=given, computed=given - gap, variant=variant, gap=abs(gap)
        )


@check(
    "earned-sum",
    title="得分合计不符",
    severity=Severity.ERROR,
    sentence="下级自评得分合计 {computed}，本级自评 {given}，差 {gap}",
    basis="各级得分等于下级得分之和",
    advice="改正本级得分，或核对下级各项得分",
)
def earned_sum(evaluation: Evaluation) -> Iterator[Found]:
    """Stated points of the parts that do not make the stated points of the whole.

    查什么
    ------
    自评得分逐级相加，是否等于写出的合计。

    为什么
    ------
    合计写错是退回最多的原因；分值与得分按写出的数计，不容许误差。

    反例
    ----
    各项得分合计 93 分，总分写成 94 分。

    正例
    ----
    管理效能 42.3 分 + 履职效能 49 分 = 91.3 分。

    何时可豁免
    ----------
    本级另有加减分或封顶，且报告写明。

    起始版本
    --------
    0.1
    """
    for score in scores(evaluation):
        given = stated(score)
        parts = [stated(part) for part in score.parts]
        if given is None or not parts or any(part is None for part in parts) or score.of.then:
            continue
        total = Quantity(sum(part.base for part in parts if part is not None), "分")
        if total != given:
            yield found(where(score), score.stated, given=given, computed=total, gap=abs(total - given))


@check(
    "earned-range",
    title="得分超出分值",
    severity=Severity.ERROR,
    sentence="自评得分 {given}，分值只有 {computed}",
    basis="0 ≤ 得分 ≤ 分值",
    advice="核对得分与分值两格",
)
def earned_range(evaluation: Evaluation) -> Iterator[Found]:
    """Stated points below 0 or above the node's points.

    查什么
    ------
    自评得分是否在 0 与分值之间。

    为什么
    ------
    超出分值的得分多为错格或把权重乘了两次。

    反例
    ----
    分值 10 分，得分 12 分。

    正例
    ----
    分值 10 分，得分 10 分。

    何时可豁免
    ----------
    办法规定的加分项。

    起始版本
    --------
    0.1
    """
    for score in scores(evaluation):
        given, points = stated(score), score.points
        if given is not None and points is not None and not 0 <= given.base <= points.base:
            yield found(where(score), score.stated, given=given, computed=points)


@check(
    "points-differ",
    title="分值与指标体系不符",
    severity=Severity.ERROR,
    sentence="表中分值 {given}，指标体系规定 {computed}",
    basis="分值由指标体系规定",
    advice="按指标体系改正分值，或写明所用的指标体系",
)
def points_differ(evaluation: Evaluation) -> Iterator[Found]:
    """Points in the table that are not those of the framework.

    查什么
    ------
    表中写出的分值是否与指标体系规定的相同。

    为什么
    ------
    改动分值会改变每一项的得分。

    反例
    ----
    办法规定预算执行率 10 分，表中写成 20 分。

    正例
    ----
    表中与办法都是 10 分。

    何时可豁免
    ----------
    财政部门书面同意调整分值。

    起始版本
    --------
    0.1
    """
    for score in scores(evaluation):
        row = score.of.row
        written = row.points.quantity if row is not None and row.points is not None else None
        fixed = score.of.points
        if written is not None and fixed is not None and written != fixed:
            yield found(where(score), row.points if row is not None else None, given=written, computed=fixed)


def reached(node: Node) -> bool | None:
    """Whether a numeric target was met, by its sign; None where that cannot be said."""
    if not isinstance(node.target, Compared):
        return None
    aim, actual = node.target.figure.quantity, operand(node.actual)
    if aim is None or not isinstance(actual, Quantity) or not actual.unit.same_kind(aim.unit):
        return None
    match node.target.sign:
        case "≤":
            return actual <= aim
        case "<":
            return actual < aim
        case ">":
            return actual > aim
        case _:
            return actual >= aim


def situation(score: Score) -> str:
    """How stated and computed points differ: '' not at all, deducted, full, or other."""
    given, earned, points = stated(score), score.earned, score.points
    if given is None or earned is None or given == earned or points is None or score.parts:
        return ""
    met = reached(score.of)
    if met is True and given < points and earned == points:
        return "deducted"
    if met is False and given == points and score.of.by == "核算":
        return "full"
    return "other"


SENTENCES = {
    "more": message("自评 {given}，按“{rule}”应为 {computed}，多 {gap}"),
    "less": message("自评 {given}，按“{rule}”应为 {computed}，少 {gap}"),
    "more-explained": message("自评 {given}，按“{rule}”应为 {computed}，多 {gap}（{how}）"),
    "less-explained": message("自评 {given}，按“{rule}”应为 {computed}，少 {gap}（{how}）"),
}
BY_DEFAULT = message("指标值没有写明评分方法，这里按默认方法计")


def differing(evaluation: Evaluation, which: str) -> Iterator[Found]:
    """Scores whose stated points differ in the way *which*; severity by who fixed the rule."""
    for score in scores(evaluation):
        if situation(score) != which:
            continue
        given, computed = stated(score), score.earned
        assert given is not None and computed is not None  # noqa: S101 - situation looked
        by_default = score.of.chosen_by == "默认"
        severity = Severity.ERROR
        if by_default:
            severity = Severity.NOTE if score.reproduced_by and which == "other" else Severity.DOUBT
        yield found(
            where(score),
            score.stated,
            given=given,
            computed=computed,
            variant=("more" if given > computed else "less") + ("-explained" if score.reproduced_by else ""),
            severity=severity,
            basis=BY_DEFAULT if by_default else "",
            rule=score.of.strategy.name if score.of.strategy is not None else "",
            gap=abs(given - computed),
            how=score.reproduced_by[:2],
        )


@check(
    "earned-differs",
    title="自评得分与核算不符",
    severity=Severity.ERROR,
    sentence=SENTENCES,
    basis="指标的评分方法",
    advice="按算出的分数改正，或写明另有依据的评分方法",
)
def earned_differs(evaluation: Evaluation) -> Iterator[Found]:
    """Stated points that the rule does not give.

    查什么
    ------
    按写明的评分方法重算每一项得分，与自评得分比较；并找出自评像是按哪种算法得出的。

    为什么
    ------
    财政部门会逐项复算；算法、分母、取位不同都会使得分不同。

    反例
    ----
    指标值 ≤5 天，完成值 6 天，分值 30 分，按反向递减应为 24.00 分，自评 30 分。

    正例
    ----
    同一指标自评 24 分。

    何时可豁免
    ----------
    办法另有规定的评分方法，且在案例中写明。

    起始版本
    --------
    0.1
    """
    yield from differing(evaluation, "other")


@check(
    "met-but-deducted",
    title="达标却扣分",
    severity=Severity.ERROR,
    sentence=SENTENCES,
    basis="达到指标值的得满分",
    advice="写明扣分的理由，或改为满分",
)
def met_but_deducted(evaluation: Evaluation) -> Iterator[Found]:
    """Points taken off although the target is met.

    查什么
    ------
    完成值达到指标值，自评却没有得满分。

    为什么
    ------
    没有理由的扣分说明得分不是按规则算的。

    反例
    ----
    指标值 100 次，完成值 120 次，分值 10 分，自评 9 分，没有说明。

    正例
    ----
    自评 10 分；或写明因超额 20 % 按规定扣 1 分。

    何时可豁免
    ----------
    另有扣分规定（如超额偏离）而案例没有写成规则。

    起始版本
    --------
    0.1
    """
    yield from differing(evaluation, "deducted")


@check(
    "short-but-full",
    title="未达标却满分",
    severity=Severity.ERROR,
    sentence=SENTENCES,
    basis="未达到指标值的按规则扣分",
    advice="按规则扣分，或核对指标值的方向（≥ 还是 ≤）",
)
def short_but_full(evaluation: Evaluation) -> Iterator[Found]:
    """Full points although the target is not met.

    查什么
    ------
    完成值没有达到指标值，自评却得满分。

    为什么
    ------
    这是复核最先看的一项；也可能是指标的方向写反了。

    反例
    ----
    指标值 ≥95 %，完成值 90 %，分值 10 分，自评 10 分。

    正例
    ----
    按正向计得 9.47 分。

    何时可豁免
    ----------
    指标值经批准调整，完成值达到调整后的指标值。

    起始版本
    --------
    0.1
    """
    yield from differing(evaluation, "full")
