"""How authors of categories write against perfeval, for the type checkers: nothing here is run."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_type

import perfeval as pe
from perfeval.results.check import Check
from perfeval.testing import Fault, cases, contract, examples, faults, installed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pe.check(
    "market-unsafe-left",
    title="不合格的未处置",
    severity="疑点",
    sentence="{name}不合格{given}，没有写处置",
    basis="示例数据",
    advice="写明处置情况",
)
def unsafe_left(evaluation: pe.Evaluation) -> Iterator[pe.Found]:
    """A check yields places and values."""
    assert_type(evaluation.stated("市场"), pe.Figure | None)
    for score in evaluation.score.walk():
        if score.earned is not None:
            yield pe.found(score.name, about=score, given=score.actual)


OWN: tuple[Check, ...] = (unsafe_left,)
assert_type(unsafe_left, Check[pe.Evaluation])


@pe.check("page-blank", title="空白页", severity="提示", sentence="第{given}页空白", basis="示例数据")
def page_blank(pages: tuple[str, ...]) -> Iterator[pe.Found]:
    """A check is for what its function takes, an evaluation or anything else."""
    for number, text in enumerate(pages, 1):
        if not text:
            yield pe.found("页", about=pe.Place(page=number), given=number)


assert_type(page_blank, Check[tuple[str, ...]])


PER_CASE = pe.Strategy(
    "逐宗扣", "取小（分值，取大（0分，分值 - （完成值 - 指标值） × 2分/宗））", basis=pe.Basis("示例数据")
)
CATEGORY = pe.Category(
    "market",
    "农贸市场监管",
    units={"间次": "检查一间场所一次"},
    data={"快检": "批次", "合格": "批次", "违规": "宗"},
    indicators=[
        pe.Indicator("快检合格率", None, "≥98 %", actual="合格 ÷ 快检"),
        pe.Indicator("违规处置", None, "≤0 宗", actual="违规", strategy=PER_CASE),
    ],
    strategies=[PER_CASE],
    agreements=[pe.Agreement("快检 ≥ 合格", name="快检", basis="示例数据")],
    checks=[unsafe_left],
    wording={"快检": "快检{快检}"},
    requires="0.1",
)


MORE = pe.Strategy("场次递增", "取小（分值，每场 × 完成值）", ["每场"], basis="示例数据")


def kit(folder: Path) -> None:
    """What a category's own tests call."""
    assert_type(pe.read_category(folder / "market.yaml"), pe.Category)
    contract(CATEGORY)
    assert_type(faults(CATEGORY), tuple[Fault, ...])
    assert_type(cases(CATEGORY, folder), int)
    assert_type(installed("market"), pe.Category)
    for example in examples(folder / "a.yaml", CATEGORY):
        assert_type(example.findings, tuple[pe.Finding, ...])


def generated() -> None:
    """Strategies of Hypothesis keep the type of what they generate."""
    from hypothesis.strategies import SearchStrategy

    from perfeval.testing import evaluations, figures, formulas, frameworks, quantities, whole_cases

    assert_type(quantities(), SearchStrategy[pe.Quantity])
    assert_type(figures(), SearchStrategy[pe.Figure])
    assert_type(formulas(), SearchStrategy[pe.Formula])
    assert_type(frameworks(), SearchStrategy[pe.Framework])
    assert_type(whole_cases(), SearchStrategy[pe.Case])
    assert_type(evaluations(), SearchStrategy[pe.Evaluation])


def tables(frame: object, evaluation: pe.Evaluation) -> None:
    """Whatever speaks Arrow goes in; rows come out typed."""
    assert_type(pe.rows_from(frame), tuple[pe.Row, ...])
    pe.scores_to(evaluation)
