"""简明说明 and 已知正负: the quick ways say and compute exactly what the long ways do."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings, strategies as st

import perfeval as pe
from perfeval.formulas.exact import round_pair, value
from perfeval.formulas.explain import because
from perfeval.formulas.parser import parse
from perfeval.formulas.simplify import simplified
from perfeval.quantities.quantity import Quantity
from perfeval.strategies.strategy import BUILT_IN

RULES = ("正向", "等于", "反向递减", "反向比例", "达线满分", "限内满分")


def sign(number: int) -> frozenset[int]:
    """The one sign that a known number has."""
    return frozenset({(number > 0) - (number < 0)})


@settings(max_examples=300)
@given(
    st.sampled_from(RULES),
    st.integers(1, 30),
    st.one_of(st.integers(-3, 3), st.integers(0, 5000)),
    st.one_of(st.integers(-3, 3), st.integers(0, 9000)),
)
def test_shorter_by_signs_is_the_same(rule: str, points: int, aim: int, actual: int) -> None:
    """Leaving out what the signs decide changes no value and no 无法计分."""
    formula = BUILT_IN[rule].bind()
    given_ = {"分值": Quantity(points, "分"), "指标值": Quantity(aim, "次"), "完成值": Quantity(actual, "次")}
    known = {"指标值": sign(aim), "完成值": frozenset({0, 1}) if actual >= 0 else frozenset({-1})}
    full, short = value(formula, given_), value(simplified(formula, known), given_)
    if isinstance(full, Quantity):
        assert isinstance(short, Quantity)
        assert short.base == full.base
    else:
        assert not isinstance(short, Quantity)


@settings(max_examples=200)
@given(st.sampled_from(RULES), st.integers(1, 30), st.integers(0, 200), st.integers(0, 400))
def test_the_quick_reason_is_the_long_one(rule: str, points: int, aim: int, actual: int) -> None:
    """The reason of a common rule is, to the letter, what the step-by-step reading says."""
    framework = pe.Framework("示例", [pe.Indicator("巡查", points, f"≥{aim}次", strategy=rule)])
    case = pe.Case("示例街道办事处", 2021, framework, rows=[pe.Row("巡查", actual=f"{actual}次")])
    score = pe.evaluate(case)["巡查"]
    if score.earned is None:
        return
    given_ = {"分值": Quantity(points, "分"), "指标值": Quantity(aim, "次"), "完成值": Quantity(actual, "次")}
    known = {"指标值": sign(aim), "完成值": frozenset({0, 1})}
    short = simplified(BUILT_IN[rule].bind(), known)
    exact = value(short, given_)
    assert isinstance(exact, Quantity)
    steps = round_pair(exact.base.numerator, exact.base.denominator, 100)
    assert score.because == because(short, given_, Quantity(Fraction(steps, 100), "分"))


def test_an_earlier_missing_input_is_still_missed() -> None:
    """A decided second condition does not hide that the first cannot be read."""
    formula = simplified(parse("若 甲 > 1次 或 乙 ≥ 0 则 5分；否则 0分"), {"乙": frozenset({0, 1})})
    assert not isinstance(value(formula, {"乙": Quantity(1, "次")}), Quantity)
    decided = simplified(parse("若 乙 ≥ 0 或 甲 > 1次 则 5分；否则 0分"), {"乙": frozenset({0, 1})})
    assert value(decided, {"乙": Quantity(1, "次")}) == Quantity(5, "分")
