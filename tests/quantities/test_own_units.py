"""A category's own units in what its cases and indicators write: alone, below a stroke, and worth so many of another."""

from __future__ import annotations

from fractions import Fraction

import pytest

import perfeval as pe

CATEGORY = """\
perfeval: category/1
key: canteen
title: 助餐
units: {餐次: 供应一人一餐, 箱: = 12 瓶}
data: {补贴: 元, 助餐: 餐次, 单价: 元/餐次, 消毒液: 瓶, 瓶价: 元/瓶}
indicators:
- {name: 领用, target: ≥10 箱, actual: 消毒液, basis: 示例数据}
- {name: 存量, target: 10箱～12箱, actual: 消毒液, strategy: 区间满分, basis: 示例数据}
- {name: 每餐补贴, target: ≤6 元/餐次, actual: 补贴 ÷ 助餐, strategy: 反向比例, basis: 示例数据}
agreements:
- {name: 单价一致, holds: 单价 = 补贴 ÷ 助餐, severity: 错误, basis: 示例数据}
- {name: 备足消毒液, holds: 消毒液 ≥ 36瓶, severity: 错误, basis: 示例数据}
"""


def evaluated(data: str, rows: str = "[]") -> pe.Evaluation:
    """The evaluation of a case with *data* for the category."""
    text = (
        f"perfeval: case/1\noffice: 示例\nyear: 2023\ncategories: [canteen]\nrows: {rows}\ndata:\n  助餐: {{{data}}}\n"
    )
    return pe.evaluate(pe.read(f"{text}---\n{CATEGORY}".encode()))


def test_a_target_per_own_unit() -> None:
    """≤6 元/餐次 is read although only the category knows 餐次: 66 元 for 10 meals are 6.6, so 20 × 6 ÷ 6.6 points."""
    found = evaluated("补贴: 66元, 助餐: 10餐次", "[{of: 每餐补贴, points: 20}]")
    assert found["每餐补贴"].earned is not None
    assert found["每餐补贴"].earned.number == Fraction("18.18")


@pytest.mark.parametrize(
    ("written", "kept"), [("2箱", False), ("2 箱", False), ("3箱", True), ("36瓶", True), ("35瓶", False)]
)
def test_a_figure_in_a_unit_worth_so_many_of_another(written: str, kept: bool) -> None:
    """箱 = 12 瓶: 3 boxes are the 36 bottles that the agreement wants, 2 are not."""
    findings = evaluated(f"消毒液: {written}").findings
    assert [each.code for each in findings] == ([] if kept else ["agreement-broken"])


def test_a_target_in_a_unit_worth_so_many_of_another() -> None:
    """≥10 箱 are 120 bottles: 60 of them are half; 10 to 12 boxes hold 130 bottles, but not 145."""
    found = evaluated("消毒液: 60瓶", "[{of: 领用, points: 20}]")
    assert found["领用"].earned == pe.Quantity(10, "分")
    inside, outside = (evaluated(f"消毒液: {each}瓶", "[{of: 存量, points: 20}]")["存量"].earned for each in (130, 145))
    assert (inside, outside) == (pe.Quantity(20, "分"), pe.Quantity(0, "分"))


def test_an_actual_in_a_unit_worth_so_many_of_another() -> None:
    """A row states 5 箱 against a target of 120 瓶: half."""
    framework = pe.Framework("示例", [pe.Indicator("消毒液领用", 10, "≥120 瓶")])
    category = pe.Category("store", "仓库", units={"箱": "= 12 瓶"})
    case = pe.Case("示例", 2023, framework, categories=[category], rows=[pe.Row("消毒液领用", actual="5箱")])
    assert pe.evaluate(case)["消毒液领用"].earned == pe.Quantity(5, "分")


def test_a_price_in_a_compound_of_such_a_unit() -> None:
    """120 元/箱 are 10 元/瓶, whatever side of the stroke the unit stands on."""
    stated = evaluated("瓶价: 120元/箱").stated("助餐.瓶价")
    assert stated is not None
    assert stated.quantity == pe.Quantity(10, "元/瓶")


def test_the_unknown_part_of_a_compound_is_named() -> None:
    """The line to add defines 餐次: nobody can add one that defines 元/餐次."""
    with pytest.raises(pe.NotationError) as caught:
        pe.figure("6元/餐次")
    assert "“餐次: 每计一个代表什么”" in str(caught.value)


@pytest.mark.parametrize(
    ("note", "refused"), [("12瓶", True), ("12 瓶", True), ("一箱", False), ("装12瓶的一箱", False)]
)
def test_a_worth_without_its_equals_sign_is_not_taken_for_a_note(note: str, refused: bool) -> None:
    """箱: 12瓶 looks like a worth; as a note it would make 箱 a unit of its own without a word."""
    units = pe.Category("store", "仓库", units={"箱": note})
    case = pe.Case("示例", 2023, categories=[units])
    if not refused:
        pe.plan(case)
        return
    with pytest.raises(pe.UnitError, match=f"= {note}") as caught:
        pe.plan(case)
    assert caught.value.code == "unit-worth-as-note"
