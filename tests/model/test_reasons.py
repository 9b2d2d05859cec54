"""说明与等级: the one-line reason of a node, and the band of a score."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings, strategies as st

import perfeval as pe
from perfeval.results.because import band

if TYPE_CHECKING:
    from pathlib import Path


def scored(indicator: pe.Indicator, row: pe.Row, **framework: Any) -> pe.Score:
    """The score of one indicator with one row."""
    made = pe.Framework("示例", [indicator], **framework)
    return pe.evaluate(pe.Case(framework=made, rows=[row]))[indicator.name]


@pytest.mark.parametrize(
    ("target", "actual", "strategy", "said"),
    [
        ("≥10次", "5次", "正向", "100分 × 5次 ÷ 10次 = 50分"),
        ("≥30次", "10次", "正向", "100分 × 10次 ÷ 30次 ≈ 33.33分"),
        ("≥10次", "12次", "正向", "12次 ≥ 10次，得满分"),
        ("≤10天", "15天", "反向递减", "100分 × （2 × 10天 - 15天） ÷ 10天 = 50分"),
        ("≤10天", "15天", "反向比例", "100分 × 10天 ÷ 15天 ≈ 66.67分"),
        ("是", "否", "是否", "“否” ≠ “是”，得0分"),
    ],
)
def test_because(target: str, actual: str, strategy: str, said: str) -> None:
    """One line: the calculation with its numbers, = where exact, else ≈; the condition where none was made."""
    assert scored(pe.Indicator("甲", 100, target, strategy=strategy), pe.Row("甲", actual=actual)).because == said


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_equal_only_where_exact(target: int, actual: int) -> None:
    """= stands exactly where the points are the quotient itself, ≈ where they were rounded."""
    score = scored(pe.Indicator("甲", 100, f"≥{target}次", strategy="正向"), pe.Row("甲", actual=f"{actual}次"))
    exact = Fraction(100 * actual, target)
    if actual >= target:
        assert score.because.endswith("得满分")
    else:
        assert ("≈" in score.because) is (score.earned is not None and score.earned.number != exact)


def test_judged_points_name_their_band() -> None:
    """Points that a judge gave say in which band they had to lie."""
    score = scored(
        pe.Indicator("制度", 10, "健全", strategy="定性三档80/60"), pe.Row("制度", actual="达成年度指标", earned="9")
    )
    assert score.earned == pe.Quantity(9, "分")
    assert score.because == "由评定人在8分～10分之间评分"


def test_a_total_says_how_much_was_judged() -> None:
    """A total that holds judged points says how many."""
    framework = pe.Framework(
        "示例",
        [pe.Indicator("制度", 10, "健全", strategy="定性三档80/60"), pe.Indicator("甲", 90, "≥1次", strategy="正向")],
    )
    rows = [pe.Row("制度", actual="达成年度指标", earned="9"), pe.Row("甲", actual="1次")]
    assert "含评定10分" in pe.evaluate(pe.Case(framework=framework, rows=rows)).score.because


GRADES = [pe.Grade("优", 90), pe.Grade("良", 80), pe.Grade("中", 60), pe.Grade("差", 0)]


@pytest.mark.parametrize(
    ("total", "points", "grade"),
    [
        ("90", 100, "优"),
        ("89.5", 100, "良"),
        ("89.99", 100, "良"),
        ("0", 100, "差"),
        ("45", 50, "优"),
        ("44.9", 50, "良"),
    ],
)
def test_the_lower_limit_belongs_to_its_band(total: str, points: int, grade: str) -> None:
    """89.5 is 良 and 90 优; out of other points than 100 the share counts."""
    framework = pe.Framework("示例", [pe.Indicator("甲", points, "≥1次")], grades=GRADES)
    assert band(pe.Quantity(total, "分"), pe.Quantity(points, "分"), framework) == grade


def test_a_grade_only_where_both_ends_share_it() -> None:
    """A total in a range has a grade only if the range lies in one band."""
    framework = pe.Framework(
        "示例",
        [pe.Indicator("制度", 20, "健全", strategy="定性三档80/60"), pe.Indicator("甲", 80, "≥100次", strategy="正向")],
        grades=GRADES,
    )

    def grade(actual: str) -> str:
        rows = [pe.Row("制度", actual="达成年度指标"), pe.Row("甲", actual=actual)]
        return pe.evaluate(pe.Case(framework=framework, rows=rows)).grade

    assert grade("100次") == "优"  # 96 to 100
    assert grade("90次") == "无法判断"  # 88 to 92
    assert grade("85次") == "良"  # 84 to 88


def test_several_adjustments_are_said_once() -> None:
    """Adjustments that follow each other are named together: 90 + 2, then at most 80, is 80 after both."""
    of = pe.Indicator(
        "甲",
        100,
        "≥100次",
        then=[
            pe.Adjustment("加分", {"加": "2 分", "至多": "2 分", "结果至多": "150 分"}),
            pe.Adjustment("封顶", {"条件": "完成值 < 95 次", "至多": "80 分"}),
        ],
    )
    said = scored(of, pe.Row("甲", actual="90次")).because
    assert said == "100分 × 90次 ÷ 100次 = 90分；加分、封顶后为80分"


def test_what_is_missing_is_said_without_the_computer_it_was_read_on(tmp_path: Path) -> None:
    """The reason of 无法计分 stands in papers: the folder that the case was read from does not."""
    path = tmp_path / "case.yaml"
    path.write_text(
        "perfeval: case/1\noffice: 示例办\nyear: 2021\nframework:\n  name: 示例\n"
        "  parts: [{name: 巡查, points: 100, target: ≥10次}]\nrows: [{of: 巡查}]\n",
        encoding="utf-8",
    )
    evaluation = pe.evaluate(pe.read(path))
    assert evaluation["巡查"].because == "“巡查”没有完成值；请填写实际完成值"
    for ending in ("md", "html"):
        assert str(tmp_path).encode() not in pe.dump(evaluation, ending)
