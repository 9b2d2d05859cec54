"""审核规则·数据: one thing stated with two values, growth without a base, 完成值 and 完成率 that their data do not give."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from perfeval.engine.checks.agreements import Said
from perfeval.engine.checks.budget import like
from perfeval.engine.checks.places import placed
from perfeval.engine.planning.strategy_choice import lower_is_better
from perfeval.formulas.build import names
from perfeval.formulas.interval import whole_numbers
from perfeval.formulas.nodes import Binary, Compare, Name, Number
from perfeval.formulas.wording import plainly
from perfeval.model.case import CHANGES
from perfeval.model.operands import bounds_of, operand
from perfeval.model.target import Compared
from perfeval.quantities.figure import Figure, Interval
from perfeval.quantities.quantity import Quantity
from perfeval.results.check import Found, check, found
from perfeval.results.finding import Severity
from perfeval.results.verdict import verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval.model.case import Item
    from perfeval.results.evaluation import Evaluation
    from perfeval.results.score import Score

SAME = Compare("=", Name("甲"), Name("乙"))
COMPLETED = Compare("=", Name("完成率"), Binary("÷", Name("完成值"), Name("指标值")))
GROWTH = Compare("=", Name("本期"), Binary("×", Name("基期"), Binary("+", Number(Quantity(100, "%")), Name("增幅"))))


def items(evaluation: Evaluation) -> Iterator[tuple[str, Item]]:
    """Every data item with its dotted name."""
    for item in evaluation.case.data:
        yield from item.walk()


@check(
    "stated-twice",
    title="一数两值",
    severity=Severity.ERROR,
    sentence={
        "": "同一个数写了两个值：{given}与{computed}，差{gap}",
        "words": "同一事项写了两个说法：{given}与{computed}",
    },
    basis="同一事项前后所写的数应当相同",
    advice="查明哪一个对，各处改成一致",
)
def stated_twice(evaluation: Evaluation) -> Iterator[Found]:
    """One figure stated in several places with values that exclude each other.

    查什么
    ------
    同一数据项在不同地方写出的值，按写出的位数是否可能相同；各处两两比较。

    为什么
    ------
    正文与附表、前后段落数字不一，会被认定为数据不实。

    反例
    ----
    一处写490件，另一处写409件。

    正例
    ----
    两处都是490件；或一处16898.11万元，另一处1.69亿元。

    何时可豁免
    ----------
    两处统计时点不同，且写明。

    起始版本
    --------
    0.1
    """
    for name, item in items(evaluation):
        told = [figure for figure in item.figures if figure.value is not None]
        for position, other in enumerate(told):
            clash = next((first for first in told[:position] if _clash(first, other) is not None), None)
            severity = _clash(clash, other) if clash is not None else None
            if clash is None or severity is None:
                continue
            one, two = operand(clash), operand(other)
            fits = isinstance(one, Quantity) and isinstance(two, Quantity) and one.unit.same_kind(two.unit)
            gap = abs(one - two) if fits and isinstance(one, Quantity) and isinstance(two, Quantity) else None
            numbers = gap is not None and clash.quantity is not None
            yield found(
                name,
                clash,
                other,
                about=item,
                given=clash,
                computed=other,
                variant="" if numbers else "words",
                severity=severity,
                gap=gap,
            )


def _clash(one: Figure, two: Figure) -> Severity | None:
    """How severely two ways to state one thing exclude each other; None where they can be the same."""
    if one.quantity is None or two.quantity is None:
        return None if one.value == two.value else Severity.ERROR
    if not one.quantity.unit.same_kind(two.quantity.unit):
        return Severity.DOUBT  # the same thing counted in two measure words
    came_to = verdict(SAME, {"甲": one, "乙": two})
    return came_to.severity() if came_to.holds == "no" and not came_to.finer else None


@check(
    "growth-without-base",
    title="增幅没有整数基数",
    severity=Severity.DOUBT,
    sentence="{given}，{change}{rate}，没有整数的上期数能得出这个增幅",
    basis="上期数 × （100% + 增幅）= 本期数，按件、人、宗计的上期数是整数，上期为0没有增幅",
    advice="核对本期数、上期数与增幅",
)
def growth_without_base(evaluation: Evaluation) -> Iterator[Found]:
    """A change of a count for which no whole number before it exists.

    查什么
    ------
    按件、人、宗等计数的数据，其同比、环比增幅是否存在整数的上期数（任务类别已列为勾稽关系的，由勾稽关系判断）。

    为什么
    ------
    不存在整数基数的增幅，一定有一个数写错。

    反例
    ----
    本期3宗，同比增长15%（上期2宗为50%，3宗为0）。

    正例
    ----
    27宗，同比下降34.1%（上期41宗）。

    何时可豁免
    ----------
    增幅按加权或折算后的数计算，且写明。

    起始版本
    --------
    0.1
    """
    judged = {name for each in evaluation.judgements for name in each.names}
    titles = evaluation.plan.scope.names.titles
    for name, item in items(evaluation):
        group, dot, rest = name.partition(".")
        full = titles.get(group, group) + dot + rest
        now = item.figures[0] if item.figures else None
        if now is None or now.quantity is None or not now.quantity.unit.counted or now.approximate or now.sign:
            continue
        for change in item.items:
            rate = change.figures[0] if change.name in CHANGES and change.figures else None
            if (
                rate is None
                or rate.quantity is None
                or not rate.quantity.unit.rate
                or f"{full}.{change.name}" in judged
            ):
                continue
            least = Fraction(0 if rate.quantity.base == 0 else 1)  # from 0 nothing grows or falls
            before = Interval(least, None, True, False)
            given = {"本期": bounds_of(now), "增幅": bounds_of(rate), "基期": before}
            if whole_numbers(GROWTH, "基期", given, limit=1) == ():
                yield found(name, now, rate, about=item, given=now, change=_kind(change.name, rate), rate=rate)


def _kind(name: str, rate: Figure) -> str:
    """同比 or 环比, where the figure does not say so itself."""
    return "" if rate.text.startswith(name) else name


@check(
    "actual-differs",
    title="完成值与数据不符",
    severity=Severity.ERROR,
    sentence="完成值写{given}，由{formula}算得{computed}",
    basis="完成值按指标体系规定的算式由数据得出",
    advice="改正完成值，或核对算式中的数据",
)
def actual_differs(evaluation: Evaluation) -> Iterator[Found]:
    """A stated 完成值 that its own formula does not give.

    查什么
    ------
    完成值由算式得出的指标，表中写出的值是否与算得的相符（各数都按写出的位数，以区间判断）。

    为什么
    ------
    完成值写错，得分就跟着错。

    反例
    ----
    执行94.54万元、预算100万元，完成值写98%。

    正例
    ----
    完成值写94.54%。

    何时可豁免
    ----------
    口径另有规定，且写明。

    起始版本
    --------
    0.1
    """
    for of, score in placed(evaluation):
        node, actual = score.of, score.actual
        if node.computed is None or actual is None or actual.quantity is None:
            continue
        computed = score.computed_actual
        if computed is None or not actual.quantity.unit.same_kind(computed.unit):
            continue
        figures = {name: node.value(name) for name in names(node.computed)}
        came_to = verdict(Compare("=", Name("完成值"), node.computed), {**figures, "完成值": actual})
        if came_to.holds == "no":
            yield found(
                of,
                actual,
                about=score,
                given=actual,
                computed=like(computed, actual.step) if computed.unit.rate else computed,
                severity=came_to.severity(),
                formula=Said(plainly(node.computed)),
            )


def completion(score: Score) -> Fraction | None:
    """完成率 = 完成值 ÷ 指标值 for a counted or measured target that more of is better; None elsewhere."""
    target = score.of.target
    if (
        not isinstance(target, Compared)
        or target.sign in ("≤", "<")
        or (not target.sign and lower_is_better(score.name))
    ):
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
