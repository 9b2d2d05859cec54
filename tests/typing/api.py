"""How users write against perfeval, for the type checkers: nothing here is run."""

from __future__ import annotations

from fractions import Fraction
from typing import assert_type

import perfeval as pe


def quantities() -> None:
    """A number with its unit keeps its type through arithmetic and conversion."""
    money = pe.Quantity("16898.11", "万元")
    assert_type(money, pe.Quantity)
    assert_type(money.to("亿元"), pe.Quantity)
    assert_type(money + money, pe.Quantity)
    assert_type(money / money, pe.Quantity)
    assert_type(money < money, bool)
    assert_type(money.number, Fraction)
    assert_type(money.unit, pe.Unit)


def figures() -> None:
    """A figure may hold no quantity: a checker makes its user ask."""
    written = pe.figure("近30万元")
    assert_type(written, pe.Figure)
    assert_type(written.quantity, pe.Quantity | None)
    assert_type(written.text, str)


def evaluating(case: pe.Case) -> None:
    """What comes out of an evaluation is typed, and so is what may be missing."""
    evaluation = pe.evaluate(case)
    assert_type(evaluation, pe.Evaluation)
    score = evaluation["预算执行率"]
    assert_type(score, pe.Score)
    assert_type(score.earned, pe.Quantity | None)
    assert_type(score.because, str)
    for finding in evaluation.findings:
        assert_type(finding, pe.Finding)
        assert_type(finding.severity, pe.Severity)
        assert_type(pe.text(finding, "en"), str)
    assert_type(pe.plan(case), pe.Plan)
    assert_type(case.change({"租户满意度": "90 %"}), pe.Case)


def many(paths: list[str]) -> None:
    """Each outcome holds an evaluation or what stood in its way: a checker makes its user ask."""
    for outcome in pe.evaluate_many(paths, processes=2):
        assert_type(outcome, pe.Outcome)
        assert_type(outcome.evaluation, pe.Evaluation | None)
        assert_type(outcome.problems, tuple[pe.Problem, ...])


def within_the_year(evaluation: pe.Evaluation) -> None:
    """Of one indicator there may be no answer: a checker makes its user ask; of the whole there is one."""
    assert_type(pe.what_it_takes(evaluation), pe.Gaps)
    assert_type(pe.what_it_takes(evaluation, "清查"), pe.Gap | pe.Problem)
    assert_type(pe.monitor(evaluation, pe.monitoring_rules("sichuan/2025"), 7), tuple[pe.Monitored, ...])
    assert_type(pe.mark(evaluation, "附件1.xlsx"), pe.Marked)
    assert_type(pe.mark(evaluation, "附件1.xlsx").data, bytes)


def building() -> pe.Case:
    """Lists, texts, whole numbers and quantities stand for what they mean; what is kept is a record."""
    framework = pe.Framework(
        "示例数据",
        [
            pe.Dimension("预算执行", 10, [pe.Indicator("预算执行率", 10, "100 %", actual="全年执行数 ÷ 全年预算数")]),
            pe.Dimension("产出指标", "90 分", [pe.Indicator("巡查", 90, "≤5 天", strategy="反向递减")]),
        ],
        basis="示例数据",
    )
    row = pe.Row("巡查", actual="165 次", earned=30, judged=["8.5", 9])
    assert_type(row.actual, pe.Figure | None)
    assert_type(framework.points, pe.Quantity | None)
    budget = pe.Budget(whole_year="908.18 万元", spent=pe.Quantity("900", "万元"))
    return pe.Case("某街道办事处", 2021, framework, budget=budget, rows=[row], problems=["示例数据"])


def targets(target: pe.Target) -> str:
    """A union is read by match, and a checker knows when a kind was forgotten."""
    match target:
        case pe.Compared() | pe.Between() | pe.By() | pe.TopRank():
            return "measured"
        case pe.YesNo() | pe.Elements() | pe.Judged():
            return "judged"


def errors() -> None:
    """Every error carries its problems as values."""
    try:
        pe.figure("？")
    except pe.NotationError as error:
        assert_type(error.code, str)
        assert_type(error.problems, tuple[pe.Problem, ...])
        assert_type(error.place, pe.Place | None)


def misspelt() -> None:
    """A name that is not public is an error for the checker, not Any: an unused ignore would fail as well."""
    _ = pe.Catgory  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]
