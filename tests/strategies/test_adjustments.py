"""Adjustments of 得分: caps, vetoes, over-fulfilment, bonuses, the reviewer's discount."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from perfeval.errors import FrameworkError, Problem
from perfeval.formulas.exact import value
from perfeval.formulas.units import check_units
from perfeval.quantities.quantity import Quantity
from perfeval.quantities.units import base_units
from perfeval.strategies.built_in import BUILT_IN, strategy

F = Fraction

POINTS = base_units().get("分")


def adjusted(name: str, arguments: dict[str, Any], earned: Any, **more: Any) -> F:
    """得分 after the adjustment, of 100 分 unless said otherwise."""
    got = value(strategy(name).bind(arguments), {"分值": Quantity(100, "分"), "得分": Quantity(earned, "分"), **more})
    assert isinstance(got, Quantity), str(got)
    return got.base


def rate(text: Any) -> Quantity:
    """A rate."""
    return Quantity(text, "%")


@pytest.mark.parametrize(("executed", "earned"), [("80", "96"), ("79.99", "89"), ("0", "89")])
def test_cap(executed: str, earned: str) -> None:
    """The cap binds where its condition holds, and only there."""
    arguments = {"条件": "预算执行率 < 80 %", "至多": "89 分"}
    assert adjusted("封顶", arguments, "96", 预算执行率=rate(executed)) == F(earned)
    assert adjusted("封顶", arguments, "50", 预算执行率=rate(executed)) == 50


@pytest.mark.parametrize(
    ("executed", "most"),
    [("80", 96), ("79.99", 89), ("70", 89), ("69.99", 79), ("60", 79), ("59.99", 69), ("50", 69), ("49.99", 59)],
)
def test_caps_by_execution(executed: str, most: int) -> None:
    """70–80 % at most 89, 60–70 79, below 60 69, below 50 59; the lower limit belongs to its band."""
    assert adjusted("执行率分段封顶", {}, 96, 预算执行率=rate(executed)) == most
    rows = {"依据": "预算执行率", "<50 %": "59 分", "<60 %": "69 分", "<70 %": "79 分", "<80 %": "89 分"}
    assert adjusted("分段封顶", rows, 96, 预算执行率=rate(executed)) == most


@pytest.mark.parametrize(("fraud", "earned"), [("是", 0), ("否", 88)])
def test_veto(fraud: str, earned: int) -> None:
    """一票否决 sets the whole to 0."""
    assert adjusted("一票否决", {"条件": "弄虚作假 = “是”"}, 88, 弄虚作假=fraud) == earned


def test_threshold() -> None:
    """达线门槛 lets points stand only where its condition holds."""
    assert adjusted("达线门槛", {"条件": "得分 ≥ 60 分"}, 60) == 60
    assert adjusted("达线门槛", {"条件": "得分 ≥ 60 分"}, "59.99") == 0


@pytest.mark.parametrize(("actual", "less", "nought"), [(129, 10, 10), (130, 8, 0), (200, 8, 0)])
def test_over_fulfilment(actual: int, less: int, nought: int) -> None:
    """From 130 % of the target on: two points less, or none; a target of 0 has no 130 %."""
    given_ = {"指标值": Quantity(100, "次"), "完成值": Quantity(actual, "次")}
    assert adjusted("超额扣分", {}, 10, **given_) == less
    assert adjusted("超额零分", {}, 10, **given_) == nought
    assert adjusted("超额零分", {}, 10, **(given_ | {"指标值": Quantity(0, "次")})) == 10
    assert adjusted("超额扣分", {}, 1, **(given_ | {"完成值": Quantity(130, "次")})) == 0


@pytest.mark.parametrize(("actual", "earned"), [(69, 0), (70, 10), (130, 10), (131, 0)])
def test_far_from_the_target(actual: int, earned: int) -> None:
    """Below 70 % or above 130 % earns 0; the limits themselves do not."""
    assert adjusted("偏离零分", {}, 10, 指标值=Quantity(100, "次"), 完成值=Quantity(actual, "次")) == earned


def test_bonus_and_malus() -> None:
    """A bonus has its cap and does not lift 得分 over 分值 unless the rule says so; a malus stops at 0."""
    assert adjusted("加分", {"加": "3 分", "至多": "2 分"}, 90) == 92
    assert adjusted("加分", {"加": "3 分", "至多": "5 分"}, 99) == 100
    assert adjusted("加分", {"加": "3 分", "至多": "5 分", "结果至多": "105 分"}, 99) == 102
    assert adjusted("加分", {"加": "表彰 × 1 分/次", "至多": "5 分"}, 90, 表彰=Quantity(2, "次")) == 92
    assert adjusted("扣分", {"扣": "通报 × 2 分/次", "至多": "5 分"}, 90, 通报=Quantity(4, "次")) == 85
    assert adjusted("扣分", {"扣": "7 分"}, 5) == 0


@pytest.mark.parametrize(("lower", "earned"), [(-1, 90), (0, 90), (1, 81), (2, 72), (3, 63)])
def test_the_reviewers_discount(lower: int, earned: int) -> None:
    """One grade lower ×0.9, two ×0.8, three ×0.7; a better grade changes nothing."""
    assert adjusted("复核折扣", {"低几档": lower}, 90) == earned


@settings(max_examples=60, deadline=None)
@given(out=st.integers(0, 99), earned=st.integers(0, 9900))
def test_not_applicable(out: int, earned: int) -> None:
    """得分 ÷ (100 − 不适用分值) × 100, exactly."""
    points = F(earned, 100)
    assert adjusted("不适用折算", {"不适用分值": Quantity(out, "分")}, points) == points * 100 / (100 - out)
    assert adjusted("不适用满分", {"不适用分值": Quantity(out, "分")}, points) == min(F(100), points + out)


def test_nothing_applicable() -> None:
    """Where all is 不适用 the result is 无法计分, not 0."""
    formula = strategy("不适用折算").bind(不适用分值="100 分")
    assert isinstance(value(formula, {"分值": Quantity(100, "分"), "得分": Quantity(0, "分")}), Problem)


ARGUMENTS: dict[str, dict[str, Any]] = {
    "封顶": {"条件": "得分 > 1 分", "至多": "89 分"},
    "一票否决": {"条件": "得分 > 1 分"},
    "达线门槛": {"条件": "得分 > 1 分"},
    "加分": {"加": "3 分", "至多": "2 分"},
    "扣分": {"扣": "3 分"},
    "复核折扣": {"低几档": 1},
    "不适用折算": {"不适用分值": "5 分"},
    "不适用满分": {"不适用分值": "5 分"},
    "分段封顶": {"依据": "预算执行率", "<50 %": "59 分"},
}


@pytest.mark.parametrize("name", [name for name in BUILT_IN if BUILT_IN[name].kind == "调整"])
def test_units_settle(name: str) -> None:
    """Every adjustment gives 分 from 分."""
    units = {"分值": POINTS, "得分": POINTS, "预算执行率": base_units().get("%")}
    units |= {"指标值": base_units().get("次"), "完成值": base_units().get("次")}
    assert check_units(strategy(name).bind(ARGUMENTS.get(name)), units) == POINTS


def test_a_condition_is_asked_for() -> None:
    """A number where a condition belongs, and the other way round, are both named."""
    with pytest.raises(FrameworkError) as caught:
        strategy("封顶").bind(条件="80 %", 至多="得分 > 3 分")
    assert [found.code for found in caught.value.problems] == ["parameter-not-condition", "parameter-not-value"]
