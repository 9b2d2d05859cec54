"""生成的值: Hypothesis strategies for quantities, figures, formulas, frameworks, whole cases and evaluations.

Ties come on purpose: one figure in three is solved so that its points end in half a hundredth.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from perfeval.engine.pipeline import evaluate
from perfeval.errors import PluginError, problem
from perfeval.formulas.build import choose, larger, name, rounded, smaller
from perfeval.formulas.nodes import number
from perfeval.model.case import Budget, Case, Row
from perfeval.model.framework import Dimension, Framework, Indicator
from perfeval.quantities.formatters import text
from perfeval.quantities.notation import figure
from perfeval.quantities.quantity import Quantity
from perfeval.quantities.units import base_units

try:
    from hypothesis import strategies as st
except ModuleNotFoundError as missing:
    raise PluginError(
        problem("hypothesis-missing", "生成测试数据要用 hypothesis；请安装：pip install perfeval[testing]")
    ) from missing

if TYPE_CHECKING:
    from perfeval.formulas.nodes import Formula
    from perfeval.formulas.trace import How
    from perfeval.quantities.figure import Figure
    from perfeval.results.evaluation import Evaluation

UNITS = ("万元", "元", "亿元", "%", "人", "人次", "次", "件", "户", "平方米", "亩", "吨", "天", "分")
RULES = (("≥", "正向"), ("≤", "反向递减"), ("≤", "反向比例"), ("=", "等于"))
HOW: tuple[How, ...] = ("四舍五入", "舍去", "进位")
WHOLE = 10**7


@st.composite
def quantities(draw: st.DrawFn, units: tuple[str, ...] = UNITS) -> Quantity:
    """量: a number as a table holds it (whole for counts, up to four decimals else) in one of *units*."""
    unit = base_units().get(draw(st.sampled_from(units)))
    number = Fraction(draw(st.integers(0, WHOLE)))
    if not unit.counted:
        number /= draw(st.sampled_from((1, 10, 100, 10000)))
    return Quantity(number, unit)


@st.composite
def figures(draw: st.DrawFn, units: tuple[str, ...] = UNITS) -> Figure:
    """写法: a quantity as somebody writes it, perhaps with 近 or 约 before it."""
    mark = draw(st.sampled_from(("", "", "近", "约")))
    return figure(mark + text(draw(quantities(units))))


def formulas(unit: str = "次") -> st.SearchStrategy[Formula]:
    """算式: a rule that gives points from 分值, 指标值 and 完成值, the last two in *unit*.

    Its units settle; it may leave 0 to 分值, and dividing by a figure of nothing has no answer.
    """
    counts = st.one_of(
        st.sampled_from((name("完成值"), name("指标值"))),
        st.integers(1, 1000).map(lambda n: number(f"{n} {unit}")),
    )
    rates = st.one_of(
        st.integers(0, 200).map(lambda n: number(f"{n} %")),
        st.tuples(counts, counts).map(lambda two: two[0] / two[1]),
    )
    conditions = st.one_of(
        st.tuples(counts, counts).map(lambda two: two[0] >= two[1]),
        st.tuples(rates, rates).map(lambda two: two[0] < two[1]),
    )
    leaves = st.one_of(
        st.just(name("分值")),
        st.integers(0, 100).map(lambda n: number(f"{n} 分")),
        rates.map(lambda rate: name("分值") * rate),
    )

    def larger_ones(points: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
        two = st.tuples(points, points)
        return st.one_of(
            two.map(lambda each: each[0] + each[1]),
            two.map(lambda each: each[0] - each[1]),
            two.map(lambda each: smaller(*each)),
            two.map(lambda each: larger(*each)),
            st.tuples(points, rates).map(lambda each: each[0] * each[1]),
            st.tuples(conditions, points, points).map(lambda each: choose(*each)),
            st.tuples(points, st.sampled_from(HOW)).map(lambda each: rounded(each[0], "0.01 分", each[1])),
        )

    return st.recursive(leaves, larger_ones, max_leaves=8)


@st.composite
def frameworks(draw: st.DrawFn) -> Framework:
    """指标体系: two dimensions of some indicators each, with rules that need no further choice."""
    parts = []
    for group in ("产出指标", "效益指标"):
        indicators = []
        for index in range(draw(st.integers(1, 4))):
            sign, rule = draw(st.sampled_from(RULES))
            points = draw(st.integers(1, 40))
            aim = 200 * points * draw(st.integers(1, 9))  # every odd figure is then half a hundredth of a point
            indicators.append(Indicator(f"{group}{index + 1}", points, f"{sign}{aim}次", strategy=rule))
        parts.append(Dimension(group, None, indicators))
    return Framework("示例数据", parts)


@st.composite
def whole_cases(draw: st.DrawFn) -> Case:
    """自评案例: a framework with its rows, a budget, and stated points right, wrong or missing."""
    framework = draw(frameworks())
    rows = []
    for _, part in framework.walk():
        if isinstance(part, Indicator) and part.target is not None and part.points is not None:
            aim = int(200 * part.points.base)
            actual = draw(st.one_of(st.integers(0, 4 * aim), st.integers(0, aim).map(lambda k: 2 * k + 1)))
            earned = draw(st.one_of(st.none(), st.integers(0, int(part.points.base)).map(str)))
            rows.append(Row(part.name, actual=f"{actual}次", earned=earned))
    whole = draw(st.integers(1, WHOLE))
    budget = Budget(whole_year=f"{whole}万元", spent=f"{draw(st.integers(0, whole))}万元")
    return Case("某街道办事处（示例数据）", 2021, framework, budget=budget, rows=rows)


def evaluations() -> st.SearchStrategy[Evaluation]:
    """评价结果: the evaluation of a generated case."""
    return whole_cases().map(evaluate)
