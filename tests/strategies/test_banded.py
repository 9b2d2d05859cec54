"""Strategies made from rows: steps, anchors, distances, elements, faults."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from perfeval.errors import FrameworkError
from perfeval.formulas.exact import round_pair, value
from perfeval.formulas.parser import parse, show
from perfeval.formulas.units import check_units
from perfeval.quantities.quantity import Quantity
from perfeval.quantities.units import base_units
from perfeval.strategies.built_in import strategy

F = Fraction

STEPS = {"≥100 %": "20 分", "≥90 %": "10 分", "其余": "0 分"}


def earned(formula: Any, points: int, actual: Any, **more: Any) -> F:
    """What *formula* gives, in 分."""
    got = value(formula, {"分值": Quantity(points, "分"), "完成值": actual, **more})
    assert isinstance(got, Quantity), str(got)
    return got.base


def percent(text: Any) -> Quantity:
    """A rate."""
    return Quantity(text, "%")


@pytest.mark.parametrize(
    ("rate", "points"), [("100", 20), ("120", 20), ("99.99", 10), ("90", 10), ("89.99", 0), ("-3", 0)]
)
def test_steps_in_order(rate: str, points: int) -> None:
    """The first row that holds counts, and a limit belongs to its row."""
    assert earned(strategy("分档").bind(STEPS), 20, percent(rate)) == points


def test_a_table_is_the_formula_that_one_would_write() -> None:
    """The rows become nested choices, no more."""
    assert show(strategy("分档").bind(STEPS)) == "若 完成值 ≥ 100% 则 20分；若 完成值 ≥ 90% 则 10分；否则 0分"


@pytest.mark.parametrize(("rank", "points"), [(1, "10"), (5, "10"), (6, "9.5"), (10, "9.5"), (11, "9"), (24, "9")])
def test_ranks(rank: int, points: str) -> None:
    """Rank 1 to 5 full, 6 to 10 half a point less, from 11 on one less."""
    rows = {"第1—5名": "满分", "第6-10名": "-0.5 分", "其余": "扣1分"}
    assert earned(strategy("分档").bind(rows), 10, Quantity(rank, "名次")) == F(points)


@pytest.mark.parametrize(("word", "points"), [("优", 10), ("良", 8), ("好", 8), ("差", 0)])
def test_words(word: str, points: int) -> None:
    """Words are keys as they are; a rate is a share of 分值."""
    formula = strategy("分档").bind({"优": "满分", "良、好": "80 %", "其余": "不得分"})
    assert earned(formula, 10, word) == points


def test_two_limits_and_whole_conditions() -> None:
    """A row may name both its limits or be a condition in full."""
    formula = strategy("分档").bind({"≥60 % 且 <80 %": "5 分", "完成值 ≥ 90 % × 指标值": "满分", "其余": 0})
    assert [earned(formula, 10, percent(n), 指标值=percent(100)) for n in (60, 79, 80, 90)] == [5, 5, 0, 10]


def test_a_table_may_look_at_another_number() -> None:
    """依据 says which number the rows are about."""
    formula = strategy("分档").bind({"依据": "排名", "第1名": "满分", "其余": "0 分"})
    assert earned(formula, 10, None, 排名=Quantity(1, "名次")) == 10


@settings(max_examples=100, deadline=None)
@given(
    rows=st.lists(
        st.tuples(st.integers(-50, 150), st.integers(0, 40)), min_size=2, max_size=6, unique_by=lambda r: r[0]
    ),
    rate=st.fractions(-60, 160, max_denominator=1000),
)
def test_lines_between_anchors(rows: list[tuple[int, int]], rate: F) -> None:
    """插值 is the straight line between neighbours and level beyond the ends, in whatever order rows stand."""
    formula = strategy("插值").bind({f"{at} %": f"{points} 分" for at, points in rows})
    anchors = sorted(rows)
    if rate <= anchors[0][0]:
        expected = F(anchors[0][1])
    elif rate >= anchors[-1][0]:
        expected = F(anchors[-1][1])
    else:
        (x, y), (xx, yy) = next((a, b) for a, b in pairwise(anchors) if a[0] <= rate < b[0])
        expected = y + (yy - y) * (rate - x) / (xx - x)
    assert earned(formula, 40, percent(rate)) == expected


@settings(max_examples=100, deadline=None)
@given(k=st.integers(0, 1999), low=st.integers(0, 80), width=st.integers(1, 60))
def test_ties_on_a_line_round_up(k: int, low: int, width: int) -> None:
    """A rate solved to earn half a last digit between two anchors rounds up."""
    formula = strategy("插值").bind({f"{low} %": "0 分", f"{low + width} %": "20 分"})
    points = F(2 * k + 1, 200)
    got = earned(formula, 20, percent(low + points * width / 20))
    assert got == points
    assert round_pair(got.numerator, got.denominator, 100) == k + 1


@pytest.mark.parametrize(
    ("rate", "points"), [("100", 5), ("110", 5), ("90", 5), ("89", 3), ("115", 3), ("80", 1), ("120.1", 0), ("79.9", 0)]
)
def test_distance_from_the_centre(rate: str, points: int) -> None:
    """成本控制率 within ±10 % 5, ±15 % 3, ±20 % 1, beyond 0, on both sides alike."""
    rows = {"中心": "100 %", "±10 %": "5 分", "±15 %": "3 分", "±20 %": "1 分", "其余": "0 分"}
    assert earned(strategy("区间分档").bind(rows), 5, percent(rate)) == points
    rows = {key.replace(" %", " 百分点") if "±" in key else key: points for key, points in rows.items()}
    formula = strategy("区间分档").bind(rows)
    assert earned(formula, 5, percent(rate)) == points
    assert check_units(formula, {"完成值": base_units().get("%")}).symbol == "分"


def test_distance_as_a_share_of_a_count() -> None:
    """Of a target of 200 次, ±10 % are 20 次."""
    rows = {"±10 %": "满分", "其余": "0 分"}
    formula = strategy("区间分档").bind(rows, unit=base_units().get("次"))
    given_ = {"指标值": Quantity(200, "次")}
    assert [earned(formula, 5, Quantity(n, "次"), **given_) for n in (179, 180, 220, 221)] == [0, 5, 5, 0]


def test_elements_add_up() -> None:
    """Each element that is there earns its points, to full points at most."""
    formula = strategy("要素计数").bind({"制度": "2 分", "流程": "2 分", "会议次数 ≥ 3 次": "2 分", "台账": "1 分/本"})
    there = {"制度": "是", "流程": "否", "会议次数": Quantity(3, "次"), "台账": Quantity(1, "本")}
    assert earned(formula, 6, None, **there) == 5
    assert earned(formula, 4, None, **there) == 4


def test_faults_are_taken_off() -> None:
    """Each missing item half a point, late one point, to 0 at least."""
    formula = strategy("缺项扣分").bind({"缺项": "0.5 分/项", "逾期": "1 分"})
    assert earned(formula, 5, None, 缺项=Quantity(3, "项"), 逾期="是") == F("2.5")
    assert earned(formula, 5, None, 缺项=Quantity(30, "项"), 逾期="否") == 0
    assert earned(formula, 5, None, 缺项=Quantity(-1, "项"), 逾期="否") == 5


@pytest.mark.parametrize(
    ("name", "rows", "codes"),
    [
        ("分档", {"≥90 %": "10 分"}, ["row-else-missing"]),
        ("分档", {"其余": "0 分", "≥90 %": "10 分"}, ["row-else-last"]),
        ("分档", {"≥90 %": "10 分", "≥100 %": "20 分", "其余": "0 分"}, ["row-unreached"]),
        ("分档", {"<60 %": "0 分", "<60 %且≥50 %": "1 分", "<50 %": "1 分", "其余": "满分"}, []),
        ("分档", {"≤80 %": "0 分", "≤60 %": "1 分", "其余": "满分"}, ["row-unreached"]),
        ("分档", {"80 %—90 %": "5 分", "≥95": "8", "其余": "0 分"}, ["row-range", "row-points"]),
        ("插值", {"60 %": "0 分"}, ["anchor-order"]),
        ("插值", {"60 %": "0 分", "60 次": "5 分"}, ["anchor-order"]),
        ("插值", {"满意": "0 分", "60 %": "3 分", "80 %": "5 分"}, ["anchor-number"]),
        ("区间分档", {"±10 %": "5 分"}, ["row-else-missing"]),
        ("区间分档", {"±甲": "5 分", "其余": 0}, ["row-width"]),
        ("要素计数", {}, ["rows-missing"]),
        ("缺项扣分", {"缺项": "-0.5 分/项"}, ["row-negative"]),
    ],
)
def test_faults_of_tables(name: str, rows: dict[str, Any], codes: list[str]) -> None:
    """Every fault of a table is named, all at once, each with its code."""
    if not codes:
        strategy(name).bind(rows)
        return
    with pytest.raises(FrameworkError) as caught:
        strategy(name).bind(rows)
    assert [found.code for found in caught.value.problems] == codes


def test_a_bound_table_is_read_back() -> None:
    """What rows make is a formula like any other: its text gives it back."""
    for name, rows in (
        ("分档", STEPS),
        ("插值", {"60 %": "0 分", "100 %": "20 分"}),
        ("区间分档", {"±1 次": "满分", "其余": 0}),
    ):
        formula = strategy(name).bind(rows)
        assert parse(show(formula)) == formula
