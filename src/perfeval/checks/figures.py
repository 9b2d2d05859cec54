"""审核规则·数据: agreements that do not hold, one thing stated with two values, growth without a base."""

from __future__ import annotations

from collections.abc import Iterator

from perfeval.checks.registry import Found, check, found
from perfeval.formulas.grammar import parse
from perfeval.formulas.interval import whole_numbers
from perfeval.model.case import Item
from perfeval.model.evaluation import Evaluation, Judgement, Severity
from perfeval.model.scope import bounds_of
from perfeval.quantities.figure import Figure
from perfeval.quantities.quantity import Quantity

GROWTH = parse("本期 = 基期 × （100 % + 增幅）")
CHANGES = ("同比", "环比")


def all_judgements(evaluation: Evaluation) -> Iterator[Judgement]:
    """The judgements of the office and of its projects."""
    yield from evaluation.judgements
    for project in evaluation.projects:
        yield from project.judgements


@check(
    "agreement-broken",
    title="勾稽关系不符",
    severity=Severity.ERROR,
    sentence={
        "": "应有“{relation}”，左边 {given}，右边 {computed}",
        "gap": "应有“{relation}”，左边 {given}，右边 {computed}，差 {gap}",
        "noted": "应有“{relation}”，左边 {given}，右边 {computed}，差 {gap}（{note}）",
        "condition": "应有“{relation}”，写出的数不符合",
        "whole": "应有“{relation}”，但没有整数的“{whole}”能使它成立",
        "printed": "应有“{relation}”，左边 {given}，右边 {computed}，差 {gap}，在各数取位的误差之内",
    },
    basis="任务类别或指标体系规定的勾稽关系",
    advice="核对式中各数，改正写错的，或在说明中写明口径",
)
def agreement_broken(evaluation: Evaluation) -> Iterator[Found]:
    """Stated numbers that exclude an agreement which the category or framework demands.

    查什么
    ------
    任务类别和指标体系写明的每条勾稽关系（分项与合计、部分与整体、比率与人数、增幅与基数），按各数写出的位数以区间判断。

    为什么
    ------
    前后两个数对不上，是复核最容易发现、也最伤可信度的问题。

    反例
    ----
    第一针 190959 剂次 + 第二针 201536 剂次，与接种剂数 396889 剂不等。

    正例
    ----
    快检 100 批次 = 合格 98 批次 + 不合格 2 批次。

    何时可豁免
    ----------
    列出的只是“其中”，或口径不同，且在报告中写明。

    起始版本
    --------
    0.1
    """
    for each in all_judgements(evaluation):
        if each.holds == "yes" and not each.printed_gap or each.holds == "unknown":
            continue
        given, computed = each.left, each.right
        numbers = isinstance(given, Quantity) and isinstance(computed, Quantity)
        gap = abs(given - computed) if numbers else None
        if each.printed_gap:
            variant = "printed"
        elif each.whole:
            variant = "whole"
        elif not numbers:
            variant = "condition"
        else:
            variant = "noted" if each.note else "gap"
        yield Found(
            each.names[0] if each.names else each.category,
            given,
            computed,
            each.places,
            (
                ("relation", each.name),
                ("gap", gap),
                ("note", each.note),
                ("whole", each.whole.rpartition(".")[2]),
            ),
            variant,
            Severity.NOTE if each.printed_gap else each.severity,
            str(each.basis) if each.basis is not None else "",
        )


@check(
    "agreement-undecided",
    title="勾稽关系无法判断",
    severity=Severity.UNDECIDED,
    sentence={"": "“{relation}”无法判断", "why": "“{relation}”无法判断：{why}"},
    basis="任务类别或指标体系规定的勾稽关系",
    advice="补写缺少的数，或改正单位",
)
def agreement_undecided(evaluation: Evaluation) -> Iterator[Found]:
    """An agreement whose numbers are there but do not decide it.

    查什么
    ------
    勾稽关系的数都写了，但单位不合、基数为 0 或写法不明，无从判断。

    为什么
    ------
    不猜测：材料不足以判断时，如实说明。

    反例
    ----
    登记 270 例，走访写成 228 户。

    正例
    ----
    登记 270 例，走访 228 例。

    何时可豁免
    ----------
    口径确实不同，且写明。

    起始版本
    --------
    0.1
    """
    for each in all_judgements(evaluation):
        if each.holds == "unknown":
            yield Found(
                each.names[0] if each.names else each.category,
                places=each.places,
                values=(("relation", each.name), ("why", each.why_not)),
                variant="why" if each.why_not is not None else "",
            )


def items(evaluation: Evaluation) -> Iterator[tuple[str, Item]]:
    """Every data item with its dotted name."""
    for item in evaluation.case.data:
        yield from item.walk()


@check(
    "stated-twice",
    title="一数两值",
    severity=Severity.ERROR,
    sentence="同一个数写了两个值：{given} 与 {computed}",
    basis="同一事项前后所写的数应当相同",
    advice="查明哪一个对，两处改成一致",
)
def stated_twice(evaluation: Evaluation) -> Iterator[Found]:
    """One figure stated in several places with values that exclude each other.

    查什么
    ------
    同一数据项在不同地方写出的值，按写出的位数是否可能相同。

    为什么
    ------
    正文与附表、前后段落数字不一，会被认定为数据不实。

    反例
    ----
    一处写 490 件，另一处写 409 件。

    正例
    ----
    两处都是 490 件。

    何时可豁免
    ----------
    两处统计时点不同，且写明。

    起始版本
    --------
    0.1
    """
    for name, item in items(evaluation):
        for other in item.figures[1:]:
            verdict = _meet(item.figures[0], other)
            if verdict is False:
                marked = bool(item.figures[0].approximate or other.approximate)
                severity = Severity.DOUBT if marked else None
                first = item.figures[0]
                yield found(name, first, other, given=first, computed=other, severity=severity)


def _meet(left: Figure, right: Figure) -> bool:
    """Whether two ways to state one thing can be the same; words must be the same words."""
    if left.quantity is None or right.quantity is None:
        return left.value == right.value
    if not left.quantity.unit.same_kind(right.quantity.unit):
        return False
    a, b = left.bounds, right.bounds
    for one, other in ((a, b), (b, a)):
        if one.low is not None and other.high is not None:
            if other.high < one.low or (other.high == one.low and not (other.high_closed and one.low_closed)):
                return False
    return True


@check(
    "growth-without-base",
    title="增幅没有整数基数",
    severity=Severity.DOUBT,
    sentence="{given}，{change} {rate}：没有整数的上期数能得出这个增幅",
    basis="上期数 × （100 % + 增幅）= 本期数，按件、人、宗计的上期数是整数",
    advice="核对本期数、上期数与增幅",
)
def growth_without_base(evaluation: Evaluation) -> Iterator[Found]:
    """A change of a count for which no whole number before it exists.

    查什么
    ------
    按件、人、宗等计数的数据，其同比、环比增幅是否存在整数的上期数。

    为什么
    ------
    不存在整数基数的增幅，一定有一个数写错。

    反例
    ----
    本期 3 宗，同比增长 15%（上期 2 宗为 50%，3 宗为 0）。

    正例
    ----
    27 宗，同比下降 34.1%（上期 41 宗）。

    何时可豁免
    ----------
    增幅按加权或折算后的数计算，且写明。

    起始版本
    --------
    0.1
    """
    for name, item in items(evaluation):
        now = item.figures[0] if item.figures else None
        if now is None or now.quantity is None or not now.quantity.unit.counted or now.approximate:
            continue
        for change in item.items:
            rate = change.figures[0] if change.name in CHANGES and change.figures else None
            if rate is None or rate.quantity is None or not rate.quantity.unit.rate:
                continue
            fits = whole_numbers(GROWTH, "基期", {"本期": now.bounds, "增幅": bounds_of(rate)}, limit=1)
            if fits == ():
                yield found(name, now, rate, given=now, change=change.name, rate=rate)


@check(
    "actual-differs",
    title="完成值与数据不符",
    severity=Severity.ERROR,
    sentence="完成值写 {given}，由数据算得 {computed}",
    basis="完成值按指标体系规定的算式由数据得出",
    advice="改正完成值，或核对算式中的数据",
)
def actual_differs(evaluation: Evaluation) -> Iterator[Found]:
    """A stated 完成值 that its own formula does not give.

    查什么
    ------
    完成值由算式得出的指标，表中写出的值是否与算得的相符（按写出的位数）。

    为什么
    ------
    完成值写错，得分就跟着错。

    反例
    ----
    执行 94.54 万元、预算 100 万元，完成值写 98%。

    正例
    ----
    完成值写 94.54%。

    何时可豁免
    ----------
    口径另有规定，且写明。

    起始版本
    --------
    0.1
    """
    for each in (evaluation, *evaluation.projects):
        for score in each.score.walk():
            actual, computed = score.actual, score.computed_actual
            if actual is None or actual.quantity is None or computed is None:
                continue
            if not actual.quantity.unit.same_kind(computed.unit):
                continue
            bounds = actual.bounds
            low, high = bounds.low, bounds.high
            base = computed.base
            inside = (low is None or low < base or (bounds.low_closed and low == base)) and (
                high is None or base < high or (bounds.high_closed and high == base)
            )
            if not inside:
                shown = computed.to("%") if computed.unit.rate else computed
                yield found(score.path, actual, given=actual, computed=shown)
