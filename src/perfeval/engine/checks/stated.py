"""审核规则·得分: stated points that the rule does not give, and points against the plain fact of the target."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfeval.engine.checks.places import Ways, once, placed, stated, with_reason
from perfeval.locales.messages import message
from perfeval.model.operands import operand
from perfeval.model.target import Between, By, Compared, TopRank, YesNo
from perfeval.quantities.quantity import Quantity
from perfeval.results.check import Found, check, found
from perfeval.results.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval.results.evaluation import Evaluation
    from perfeval.results.score import Score

SENTENCES = {
    "more": message("自评{given}，按“{rule}”应为{computed}，多{gap}"),
    "less": message("自评{given}，按“{rule}”应为{computed}，少{gap}"),
    "more-explained": message("自评{given}，按“{rule}”应为{computed}，多{gap}（自评像{how}）"),
    "less-explained": message("自评{given}，按“{rule}”应为{computed}，少{gap}（自评像{how}）"),
    "met": message("完成值{actual}达到指标值{target}，自评只得{given}，比分值{computed}少{gap}"),
    "short": message("完成值{actual}没有达到指标值{target}，自评却得满分{given}"),
}
BY_DEFAULT = message("指标值没有写明评分方法，这里按默认方法计")
NO_RULE = ("strategy-needed", "strategy-open")
"""Why a node is unscored although it has all figures: nobody says how what is short loses points."""


def reached(score: Score) -> bool | None:
    """Whether the target was met, whatever the rule; None where that cannot be said."""
    aim, actual = score.of.slot.target_value, operand(score.actual)
    if actual is None:
        actual = score.computed_actual
    match score.of.target:
        case YesNo(text=text):
            return actual == text if actual in ("是", "否") else None
        case Between(low=low, high=high):
            fits = isinstance(actual, Quantity) and actual.unit.same_kind(low.unit) and high.unit.same_kind(low.unit)
            return low <= actual <= high if fits and isinstance(actual, Quantity) else None
        case Compared() | By() | TopRank() as target:
            if not isinstance(aim, Quantity) or not isinstance(actual, Quantity):
                return None
            if not actual.unit.same_kind(aim.unit) or (score.actual is not None and score.actual.sign):
                return None
            sign = (target.sign or ("" if aim.base else "≤")) if isinstance(target, Compared) else "≤"
            return {"≤": actual <= aim, "<": actual < aim, ">": actual > aim}.get(sign, actual >= aim)
        case _:
            return None


@once
def misprinted_points(evaluation: Evaluation) -> dict[Score, Score]:
    """Levels whose points are off by just what one row below states more or less than it can have → that row.

    Where the row has met its target, its 分值 is misprinted: one wrong cell, and nothing is wrong with the score.
    """
    misprinted: dict[Score, Score] = {}
    for _, level in placed(evaluation):
        row = level.of.row
        whole = level.of.slot.points or (row.points.quantity if row is not None and row.points is not None else None)
        points = [part.points for part in level.parts]
        if whole is None or not points or None in points:
            continue
        off = sum((each for each in points if each is not None), Quantity(0, "分")) - whole
        rows = [each for each in level.walk() if off.base and not each.parts and _off_by(each, off)]
        if len(rows) == 1:
            misprinted[level] = rows[0]
    return misprinted


def _off_by(score: Score, off: Quantity) -> bool:
    """Whether the row can have just *off* more than it states, which is full for what it has done."""
    given, points = stated(score), score.points
    fixed = score.of.slot.points is not None  # then the points stand in no cell of the table
    return given is not None and points is not None and not fixed and points - given == off and reached(score) is True


def situation(score: Score) -> str:
    """How stated and computed points differ: '' not at all, deducted, full, or other."""
    given, points = stated(score), score.points
    if given is None or points is None or score.parts or given == score.earned:
        return ""
    met = reached(score)
    if score.earned is None:
        open_rule = score.why_not is not None and score.why_not.code in NO_RULE
        if not open_rule or met is None or met is (given == points):
            return ""
        return "deducted" if met and given < points else "full" if given == points else ""
    if met is True and given < points and score.earned == points:
        return "deducted"
    if met is False and given == points:
        return "full"
    return "other"


def differing(evaluation: Evaluation, which: str) -> Iterator[Found]:
    """Scores whose stated points differ in the way *which*; severity by who fixed the rule."""
    misprinted, reasoned = set(misprinted_points(evaluation).values()), with_reason(evaluation)
    for of, score in placed(evaluation):
        if situation(score) != which or score in misprinted or (which == "deducted" and score in reasoned):
            continue
        given = stated(score)
        assert given is not None  # noqa: S101 - situation looked
        marked = score.actual is not None and score.actual.approximate
        if score.earned is None or score.of.met_only:
            points = score.points
            assert points is not None  # noqa: S101 - situation looked
            yield found(
                of,
                score.stated,
                score.actual,
                about=score,
                given=given,
                computed=points,
                variant="met" if which == "deducted" else "short",
                severity=Severity.DOUBT,
                actual=shown_actual(score),
                target=getattr(score.of.target, "text", ""),
                gap=points - given,
            )
            continue
        computed = score.earned
        by_default = score.of.chosen_by == "默认"
        severity = Severity.DOUBT if marked else Severity.ERROR
        if by_default:
            explained = which == "other" and (score.reproduced_by or (given < computed and score in reasoned))
            severity = Severity.NOTE if explained else Severity.DOUBT
        yield found(
            of,
            score.stated,
            about=score,
            given=given,
            computed=computed,
            variant=("more" if given > computed else "less") + ("-explained" if score.reproduced_by else ""),
            severity=severity,
            basis=BY_DEFAULT if by_default else "",
            rule=score.of.strategy.name if score.of.strategy is not None else "",
            gap=abs(given - computed),
            how=Ways(score.reproduced_by),
        )


def shown_actual(score: Score) -> object:
    """完成值 as written, or as computed: a rate in percent."""
    if score.actual is not None:
        return score.actual
    computed = score.computed_actual
    return computed.to("%") if computed is not None and computed.unit.rate else computed


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
    指标值≤5天，完成值6天，分值30分，按反向递减应为24分，自评27分。

    正例
    ----
    同一指标自评24分。

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
    指标值100次，完成值120次，分值10分，自评9分，没有说明。

    正例
    ----
    自评10分；或把超额扣分写成规则。

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
    指标值≥95%，完成值90%，分值10分，自评10分。

    正例
    ----
    按正向计得9.47分。

    何时可豁免
    ----------
    指标值经批准调整，完成值达到调整后的指标值。

    起始版本
    --------
    0.1
    """
    yield from differing(evaluation, "full")
