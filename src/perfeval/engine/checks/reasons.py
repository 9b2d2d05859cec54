"""审核规则·原因: points lost, departures and low rates of execution for which no reason stands anywhere.

Where the framework says when a reason is due and how severe its absence is, it decides. Where it says nothing,
points lost beside a blank cell for the reason are doubtful, and only a note where the form has no such cell;
a rate of execution asks for a reason below 90 %.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from perfeval.engine.checks.budget import LINE, like
from perfeval.engine.checks.figures import completion
from perfeval.engine.checks.places import EXECUTION, ROOT, part_of_year, stated, trees, with_reason
from perfeval.engine.checks.stated import misprinted_points, shown_actual, situation
from perfeval.formulas.build import names
from perfeval.formulas.exact import value
from perfeval.formulas.nodes import Binary, Compare, Name
from perfeval.formulas.wording import wording
from perfeval.locales.messages import say
from perfeval.model.funds import SPENT, funds_of
from perfeval.model.operands import operand
from perfeval.quantities.quantity import Quantity
from perfeval.results.check import Found, check, found
from perfeval.results.finding import Severity
from perfeval.results.verdict import verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from perfeval.formulas.nodes import Formula
    from perfeval.model.case import Row
    from perfeval.model.framework import Framework
    from perfeval.model.funds import Funds
    from perfeval.results.evaluation import Evaluation
    from perfeval.results.score import Score

LEAST, MOST = Fraction(7, 10), Fraction(13, 10)
ENOUGH = Compare("≥", Binary("÷", Name(SPENT), Name("预算")), Name("线"))
SHOWN = 3
"""How many rows a finding about many of them names."""


@frozen(eq=False)
class Explained:
    """说明的情况: one score, what a finding calls it, the tree it stands in, and whether a reason stands for it."""

    of: str
    score: Score
    tree: Evaluation
    told: bool
    """A reason stands in its row, in that of a level above it, beside the funds, or in a problem about it."""

    @property
    def of_execution(self) -> bool:
        """Whether it is the rate of execution, whose reason may stand beside the funds."""
        return EXECUTION in self.score.name

    @property
    def rule(self) -> Formula | None:
        """须说明条件: when a reason is due, as the indicator or its framework says."""
        own: Formula | None = getattr(self.score.of.part, "reason_when", None)
        framework = self.tree.case.framework
        return own if own is not None or framework is None else framework.reason_when

    @property
    def due(self) -> bool:
        """Whether points lost here ask for a reason: by the framework's rule, else always; execution below 90 %."""
        if self.rule is not None:
            return _holds(self.score, self.rule)
        if not self.of_execution:
            return True
        rate = self.score.computed_actual or operand(self.score.actual)
        return isinstance(rate, Quantity) and rate.unit.rate and rate < LINE

    @property
    def severity(self) -> Severity:
        """How severe it is that no reason stands here: as the framework says, else by whether there is a cell for it."""
        row, framework = self.score.of.row, self.tree.case.framework
        if framework is not None and framework.reason_severity:
            return Severity(framework.reason_severity)
        return Severity.DOUBT if row is None or _has_cell(row) else Severity.NOTE


def has_lost(score: Score) -> bool:
    """Whether the row of *score* states fewer points than it can have, and nothing below it states any."""
    given, points = stated(score), score.points
    if given is None or points is None or score.of.row is None or given >= points:
        return False
    return not any(stated(below) is not None for part in score.parts for below in part.walk())


def explained(evaluation: Evaluation, wanted: Callable[[Score], bool]) -> Iterator[Explained]:
    """The *wanted* scores of the office's tree and of its projects', with whether a reason stands for them."""
    reasoned = with_reason(evaluation)
    of: dict[int, str] = {}
    for tree in trees(evaluation):
        for score in tree.score.walk():
            if wanted(score):
                of = of or {id(each): name for name, each in evaluation.named}
                yield Explained(of[id(score)], score, tree, score in reasoned)


def unexplained(evaluation: Evaluation) -> tuple[Explained, ...]:
    """The rows that state fewer points than they can have, owe a reason for it and give none.

    Of the office's total the check of problems speaks, of what is misprinted or met and deducted checks of their own.
    """
    misprinted = set(misprinted_points(evaluation).values())
    of_funds = {id(funds.project or evaluation.case) for funds in low_funds(evaluation)}
    return tuple(
        each
        for each in explained(evaluation, has_lost)
        if each.score is not evaluation.score
        and not each.told
        and each.score not in misprinted
        and situation(each.score) != "deducted"
        and each.due
        and not (each.of_execution and each.rule is None and id(each.tree.plan.project or evaluation.case) in of_funds)
    )


def low_funds(evaluation: Evaluation) -> Iterator[Funds]:
    """Whole blocks of funds with less than 90 % spent at the year's end and no reason for it."""
    for funds in funds_of(evaluation.case):
        given, base = funds.amounts, funds.base
        if funds.is_line or funds.whole.part_of_year or _ruled(funds.framework) or not base or SPENT not in given:
            continue
        spent, budget = given[SPENT], given[base]
        if budget.quantity is None or budget.quantity.base <= 0 or _told_of(funds, evaluation):
            continue
        if verdict(ENOUGH, {SPENT: spent, "预算": budget, "线": LINE}, funds.beside).holds == "no":
            yield funds


def _told_of(funds: Funds, evaluation: Evaluation) -> bool:
    """Whether a reason for what became of *funds* stands beside them, in the row of their execution or of the whole."""
    rows = (funds.project or evaluation.case).rows
    return bool(funds.whole.reason.strip()) or any(
        row.reason.strip() and (EXECUTION in row.of or row.of in (ROOT, "")) for row in rows
    )


def _ruled(framework: Framework | None) -> bool:
    """Whether the framework itself says when a low rate of execution must be explained."""
    parts = framework.walk() if framework is not None else ()
    return any(EXECUTION in part.name and getattr(part, "reason_when", None) is not None for _, part in parts)


def _has_cell(row: Row) -> bool:
    """Whether there is a place for the row's reason: no table at all, or a column for it."""
    return row.blanks is None or bool(row.reason) or row.gap("reason") is not None


def _has_cell_for_funds(row: Row) -> bool:
    """Whether there is a place for the reason of the execution: no table at all, or a column for it in its row."""
    return row.blanks is None or (EXECUTION in row.of and _has_cell(row))


def _holds(score: Score, rule: Formula) -> bool:
    node = score.of
    given = {
        "完成值": score.computed_actual or operand(node.actual),
        "指标值": node.slot.target_value,
        "分值": score.points,
        "得分": score.earned,
    }
    wanted = {name: given[name] if name in given else operand(node.value(name)) for name in names(rule)}
    return value(rule, wanted) is True


@frozen
class Rows:
    """几行: the names of rows that share one doubt, the first of them in full."""

    names: tuple[str, ...]

    def in_locale(self, locale: str) -> str:
        """更换楼道灯、改造小区等4项."""
        first = say("、", locale).join(self.names[:SHOWN])
        if len(self.names) <= SHOWN:
            return first
        return say("{first}等{n}项", locale, first=first, n=len(self.names))


@check(
    "reason-missing",
    title="扣分没有原因",
    severity=Severity.ERROR,
    sentence={
        "": "自评{given}，比分值{computed}少{gap}，没有写偏差原因",
        "no-cell": "自评{given}，比分值{computed}少{gap}，没有写偏差原因（表中没有写原因的一栏）",
        "rows": "{rows}的自评少于分值，没有写偏差原因（表中没有写原因的一栏）",
    },
    basis="未完成的指标应当逐条说明偏差原因和改进措施",
    advice="在“偏差原因分析及改进措施”一栏写明原因；表中没有这一栏的，写在表下或报告里",
)
def reason_missing(evaluation: Evaluation) -> Iterator[Found]:
    """Points lost without a reason.

    查什么
    ------
    自评得分低于分值的每一行是否写了偏差原因（下级已写出得分的，看下级；写在上级、表下或“存在的问题”里的也算）。
    何时须写、缺了算哪一级，由指标体系写明（须说明条件、缺原因的等级）；没有写明的，有写原因的格子而空着的作疑点，表中没有这一栏的作提示，
    预算执行率低于90%的才须写。

    为什么
    ------
    扣了分而不说原因，改进无从谈起。

    反例
    ----
    分值45分，自评42.3分，偏差原因空白。

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
    without_cell: dict[int, list[Explained]] = {}
    for each in unexplained(evaluation):
        if each.severity is Severity.NOTE:
            without_cell.setdefault(id(each.tree), []).append(each)
            continue
        yield _missing(each, "")
    for rows in without_cell.values():
        if len(rows) == 1:
            yield _missing(rows[0], "no-cell")
            continue
        first = rows[0]
        yield found(
            ROOT if first.tree is evaluation else first.tree.score.name,
            *(each.score.stated for each in rows),
            about=first.tree.score,
            variant="rows",
            severity=Severity.NOTE,
            rows=Rows(tuple(each.of for each in rows)),
        )


def _missing(each: Explained, variant: str) -> Found:
    given, points, row = stated(each.score), each.score.points, each.score.of.row
    assert given is not None and points is not None and row is not None  # noqa: S101, PT018 - a loss has them
    blank = row.gap("reason")
    missing = found(
        each.of,
        each.score.stated,
        about=each.score,
        given=given,
        computed=points,
        variant=variant,
        severity=each.severity,
        gap=points - given,
    )
    return missing if blank is None else evolve(missing, places=(blank,))


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
    missing = {id(each.score) for each in unexplained(evaluation)}
    ruled = any(_has_rule(tree) for tree in trees(evaluation))
    rates: dict[int, Fraction | None] = {}

    def wanted(score: Score) -> bool:
        """Whether the row's actual value lies below 70 % of its target, or at 130 % and more, or a rule may ask."""
        if score.parts:
            return False
        rate = rates[id(score)] = completion(score)
        return ruled or (rate is not None and not LEAST <= rate < MOST)

    for each in explained(evaluation, wanted):
        score = each.score
        if each.told or id(score) in missing:
            continue
        if each.rule is not None:
            if _holds(score, each.rule):
                basis = getattr(score.of.part, "basis", None)
                yield found(
                    each.of,
                    score.actual,
                    about=score,
                    given=shown_actual(score),
                    basis="" if basis is None else str(basis),
                    actual=shown_actual(score),
                    rule=wording(each.rule),
                )
            continue
        rate = rates[id(score)]
        least = 0 if part_of_year(each.tree) else LEAST  # then less than the year's target is no departure
        if rate is not None and not least <= rate < MOST:
            yield found(
                each.of,
                score.actual,
                about=score,
                given=shown_actual(score),
                computed=like(Quantity(rate * 100, "%")),
                variant="rate",
                severity=each.severity,
                actual=shown_actual(score),
                target=getattr(score.of.target, "text", ""),
            )


def _has_rule(tree: Evaluation) -> bool:
    """Whether the framework of *tree* says somewhere when a reason is due."""
    framework = tree.case.framework
    if framework is not None and framework.reason_when is not None:
        return True
    return any(getattr(score.of.part, "reason_when", None) is not None for score in tree.score.walk())


@check(
    "execution-unexplained",
    title="执行或调整没有说明",
    severity=Severity.DOUBT,
    sentence={
        "": "按{base}执行率为{computed}，低于90%，没有说明原因",
        "adjusted": "年初预算数{given}，调整后预算数{computed}，没有说明调整原因",
    },
    basis="执行率低于90%的、预算有调整的应当说明原因（四川省2025年项目支出绩效自评表；其他地方为实务做法）",
    advice="在资金的“偏差原因”中写明",
)
def execution_unexplained(evaluation: Evaluation) -> Iterator[Found]:
    """A low rate of execution, or an adjusted budget, without a reason.

    查什么
    ------
    执行率低于90%的、年初预算数与调整后预算数不同的，是否写了原因（写在资金或预算执行率一行均可）。

    为什么
    ------
    钱没有花完或中途改了预算，是复核必问的。

    反例
    ----
    预算100万元，执行78万元，没有说明。

    正例
    ----
    偏差原因写“末期合同款次年支付”。

    何时可豁免
    ----------
    原因已在报告正文写明。

    起始版本
    --------
    0.1
    """
    for funds in low_funds(evaluation):
        spent, budget = funds.amounts[SPENT], funds.amounts[funds.base]
        assert spent.quantity is not None and budget.quantity is not None  # noqa: S101, PT018 - amounts
        rows = (funds.project or evaluation.case).rows
        yield found(
            funds.name,
            spent,
            about=funds.owner,
            computed=like(spent.quantity / budget.quantity),
            severity=None if not rows or any(_has_cell_for_funds(row) for row in rows) else Severity.NOTE,
            base=funds.base,
        )
    for funds in funds_of(evaluation.case):
        initial, adjusted = funds.amounts.get("年初预算数"), funds.amounts.get("调整后预算数")
        if initial is None or adjusted is None or initial.quantity == adjusted.quantity:
            continue
        if not funds.is_line and not _told_of(funds, evaluation):
            yield found(
                funds.name,
                adjusted,
                about=funds.owner,
                given=initial,
                computed=adjusted,
                variant="adjusted",
                severity=Severity.NOTE,
            )
