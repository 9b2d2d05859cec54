"""审核规则·完整: what is missing — actual values, reasons, a place in the framework — and what is extreme."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from perfeval.checks.points import scores, stated, where
from perfeval.checks.registry import Found, check, found
from perfeval.formulas.exact import value
from perfeval.formulas.formula import names
from perfeval.model.evaluation import Evaluation, Score, Severity
from perfeval.model.scope import operand
from perfeval.model.target import Compared
from perfeval.quantities.quantity import Quantity


@check(
    "unscored",
    title="无法计分",
    severity=Severity.UNDECIDED,
    sentence="无法计分：{why}",
    basis="缺少的数不当作 0，也不猜测",
    advice="按说明补写或改正",
)
def unscored(evaluation: Evaluation) -> Iterator[Found]:
    """An indicator whose points cannot be computed, with the reason.

    查什么
    ------
    有评分方法而缺完成值、指标值、分值，或基数为 0、单位不合、方法需要选择的指标。

    为什么
    ------
    空着的完成值是退回的首要原因；分母为 0 不能算作满分。

    反例
    ----
    指标值 ≥160 次，完成值空白。

    正例
    ----
    完成值写 165 次。

    何时可豁免
    ----------
    指标确不适用，完成值写“不适用”。

    起始版本
    --------
    0.1
    """
    for score in scores(evaluation):
        why = score.why_not
        if why is None or score.parts or score.of.judge or why.code in QUIET:
            continue
        row = score.of.row
        yield found(where(score), row if row is not None else score.of.part, why=why)


QUIET = {"rule-unnamed", "dimension-empty", "not-applicable", "points-unnamed"}
"""Reasons that are no gap of the case: the framework names no rule, or nothing was to be filled in."""


@check(
    "judge-open",
    title="定性指标未评定",
    severity=Severity.UNDECIDED,
    sentence={
        "": "定性指标要由评定人在 {low}～{high} 之间评分，尚未写出得分",
        "outside": "自评 {given}，不在完成情况对应的 {low}～{high} 之内",
    },
    basis="定性指标按完成情况分档，由评定人在档内评分",
    advice="写出得分，或核对完成情况的档次",
)
def judge_open(evaluation: Evaluation) -> Iterator[Found]:
    """A judged indicator without points, or with points outside its band.

    查什么
    ------
    定性指标的得分是否写出，并在完成情况对应的档内。

    为什么
    ------
    档外的得分没有依据。

    反例
    ----
    部分达成并具有一定效果（60%～80%），10 分的指标自评 9 分。

    正例
    ----
    同一指标自评 7 分。

    何时可豁免
    ----------
    办法另有分档。

    起始版本
    --------
    0.1
    """
    for score in scores(evaluation):
        if score.of.judge is None or score.steps is not None:
            continue
        given = stated(score)
        yield found(
            where(score),
            score.stated or score.of.row,
            given=given,
            variant="outside" if given is not None else "",
            low=score.low,
            high=score.high,
        )


@check(
    "reason-missing",
    title="扣分没有原因",
    severity=Severity.ERROR,
    sentence="自评 {given}，比分值 {computed} 少 {gap}，没有写偏差原因",
    basis="未完成的指标应当逐条说明偏差原因和改进措施",
    advice="在“偏差原因分析及改进措施”一栏写明原因",
)
def reason_missing(evaluation: Evaluation) -> Iterator[Found]:
    """Points lost without a reason.

    查什么
    ------
    自评得分低于分值的每一行是否写了偏差原因（下级已逐项写明的，上级不再要求）。

    为什么
    ------
    扣了分而不说原因，改进无从谈起。

    反例
    ----
    分值 45 分，自评 42.3 分，偏差原因空白。

    正例
    ----
    偏差原因写“老旧小区维修滞后，已列入下年计划”。

    何时可豁免
    ----------
    原因已在报告正文写明。

    起始版本
    --------
    0.1
    """
    for score in scores(evaluation):
        given, points, row = stated(score), score.points, score.of.row
        if given is None or points is None or row is None or given >= points or row.reason.strip():
            continue
        if any(stated(below) is not None for part in score.parts for below in part.walk()):
            continue  # the parts say which of them lost the points
        yield found(where(score), score.stated, given=given, computed=points, gap=points - given)


@check(
    "reason-due",
    title="偏差未说明",
    severity=Severity.DOUBT,
    sentence={
        "": "完成值 {given}，按规定应说明原因（{rule}）",
        "rate": "完成指标值的 {rate}（完成值 {given}，指标值 {target}），没有说明原因",
        "unspent": "预算执行率 {rate}，没有说明原因",
    },
    basis="完成率低于 70% 或达到 130% 的、执行率低于 90% 的应当说明（实务做法）",
    advice="写明偏差原因：目标定低、政策变化或数据口径",
)
def reason_due(evaluation: Evaluation) -> Iterator[Found]:
    """A large departure from the target, or a low rate of execution, without a reason.

    查什么
    ------
    完成率低于 70% 或达到 130% 及以上的指标、执行率低于 90% 的资金，以及指标体系规定须说明的情形，是否写了原因。

    为什么
    ------
    超额太多说明目标定低了，差得太多说明任务没有完成，都要说明。

    反例
    ----
    指标值 115 次，完成值 264 次，没有说明。

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
    for score in scores(evaluation):
        row = score.of.row
        if score.parts or (row is not None and row.reason.strip()):
            continue
        rule = getattr(score.of.part, "reason_when", None)
        if rule is not None:
            if _due(score, rule):
                yield found(where(score), score.actual, given=_actual(score), rule=rule, basis=_basis(score))
            continue
        rate = completion(score)
        if rate is not None and not Fraction(7, 10) <= rate < Fraction(13, 10) and score.of.target is not None:
            yield found(
                where(score),
                score.actual,
                given=_actual(score),
                variant="rate",
                rate=_percent(rate),
                target=getattr(score.of.target, "text", ""),
            )


def _actual(score: Score) -> object:
    if score.actual is not None:
        return score.actual
    computed = score.computed_actual
    return computed.to("%") if computed is not None and computed.unit.rate else computed


def _basis(score: Score) -> str:
    basis = getattr(score.of.part, "basis", None)
    return "" if basis is None else str(basis)


def _due(score: Score, rule: object) -> bool:
    given = {name: operand(given) for name, given in zip(score.of.names, score.of.given, strict=True)}
    given |= {"完成值": score.computed_actual or operand(score.actual), "分值": score.points, "得分": score.earned}
    wanted = {name: given.get(name) for name in names(rule)}  # type: ignore[arg-type]
    return value(rule, wanted) is True  # type: ignore[arg-type]


def completion(score: Score) -> Fraction | None:
    """完成率 = 完成值 ÷ 指标值 for a counted or measured target that more of is better; None elsewhere."""
    target = score.of.target
    if not isinstance(target, Compared) or target.sign in ("≤", "<"):
        return None
    aim, actual = target.figure.quantity, operand(score.actual)
    if aim is None or not isinstance(actual, Quantity) or aim.base <= 0 or aim.unit.rate:
        return None
    return actual.base / aim.base if actual.unit.same_kind(aim.unit) else None


def _percent(rate: Fraction) -> Quantity:
    return Quantity(Fraction(round(rate * 10000), 100), "%")


@check(
    "completion-misstated",
    title="完成率写错",
    severity=Severity.ERROR,
    sentence="写明完成率 {given}，{actual} ÷ {target} = {computed}",
    basis="完成率 = 完成值 ÷ 指标值",
    advice="按完成值与指标值重算",
)
def completion_misstated(evaluation: Evaluation) -> Iterator[Found]:
    """A stated 完成率 (进度) that target and actual do not give.

    查什么
    ------
    指标行写出的完成率（进度、得分系数）是否等于完成值 ÷ 指标值。

    为什么
    ------
    超额幅度写小，就躲过了偏差说明。

    反例
    ----
    指标值 115，完成值 264，写成超额 43%（即 143%）。

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
    for score in scores(evaluation):
        row = score.of.row
        progress = row.progress if row is not None else None
        rate = completion(score)
        if progress is None or progress.quantity is None or rate is None or not progress.quantity.unit.rate:
            continue
        bounds = progress.bounds
        if bounds.low is None or bounds.high is None or bounds.low <= rate < bounds.high:
            continue
        yield found(
            where(score),
            progress,
            given=progress,
            computed=_percent(rate),
            actual=score.actual,
            target=getattr(score.of.target, "text", ""),
        )


@check(
    "case-unfit",
    title="案例与指标体系不合",
    severity=Severity.ERROR,
    sentence="{problem}",
    basis="每一行都要在指标体系里有位置，每个数都要有声明的单位",
    advice="按说明改正案例",
)
def case_unfit(evaluation: Evaluation) -> Iterator[Found]:
    """Rows and figures that the framework and the categories have no place for.

    查什么
    ------
    指标行的名称、数据项的单位是否与指标体系、任务类别的声明相合。

    为什么
    ------
    放错位置的行不会被计分，单位不合的数不能比较。

    反例
    ----
    指标行写“清查次数”，指标体系里只有“清查行动”。

    正例
    ----
    按指标体系的名称写“清查行动”。

    何时可豁免
    ----------
    不可豁免；请改正案例。

    起始版本
    --------
    0.1
    """
    for each in (evaluation, *evaluation.projects):
        for problem in each.plan.problems:
            place = () if problem.place is None else (problem.place,)
            name = problem.get("name") or each.score.name
            yield Found(str(name), places=place, values=(("problem", problem.at(None)),))
