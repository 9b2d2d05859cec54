"""依据与步骤: the trace of a point, as an outsider reads it."""

from __future__ import annotations

import re
from typing import Any

import pytest

import perfeval as pe
from perfeval.command.inputs import example
from perfeval.results.trace import deep, trace


@pytest.fixture(scope="module")
def project() -> Any:
    """The project's evaluation."""
    return pe.evaluate(pe.read(example("chuzuwu-2021")))


def test_a_rule_that_was_calculated(project: Any) -> None:
    """Rule, basis, inputs with place, the branch taken, calculation, rounding and what was stated."""
    assert project["租户满意度"].trace == (
        "满意度指标/服务对象满意度指标/租户满意度：9.83分",
        "  评分方法：满意度比例按达标线（指标行所定）",
        "  算式：若 完成值 ≥ 指标值 则 分值；若 完成值 < 60% 则 0分；否则 分值 × 完成值 ÷ 指标值",
        "  方法的依据：实务做法，未核对",
        "  完成值 = 88.5%（case.yaml 第48行）",
        "  指标值 = 90%",
        "  分值 = 10分",
        "  完成值 ≥ 指标值：88.5% ≥ 90%，不成立",
        "  完成值 < 60%：88.5% < 60%，不成立",
        "  计算：10分 × 88.5% ÷ 90% ≈ 9.83分",
        "  取位：四舍五入到2位小数，本级只取一次",
        "  自评：9.83分（case.yaml 第48行）",
    )


def test_an_actual_that_is_calculated(project: Any) -> None:
    """A 完成值 that comes from amounts stands with its formula, and the amounts with their places."""
    lines = project["预算执行率"].trace
    assert "  全年执行数 = 908.18万元（case.yaml 第22行）" in lines
    assert "  完成值 = 全年执行数 ÷ 全年预算数 = 100.00%" in lines


def test_days_are_days(project: Any) -> None:
    """A date is written as a date, in the inputs and in the branch taken."""
    lines = project["年度任务完成时间"].trace
    assert "  完成值 ≤ 指标值：2021年12月20日 ≤ 2021年12月31日前，成立" in lines


def test_adjustments_are_shown(project: Any) -> None:
    """What an adjustment did is said, and that it did nothing too."""
    assert "  调整前4分，调整后3分" in project["垃圾分类达标楼栋"].trace
    assert "  调整没有改变得分" in project.score.trace


def test_a_sum_names_its_parts(project: Any) -> None:
    """A dimension's trace adds its parts up; nothing is rounded there."""
    lines = project["产出指标"].trace
    assert "  下级得分：数量指标 19.99 + 质量指标 13.30 + 时效指标 7.20 + 成本指标 7.95" in lines
    assert not any("取位" in line for line in lines)


def test_no_answer_says_why() -> None:
    """Where there are no points the reason stands in their place, and no calculation."""
    framework = pe.Framework("示例", [pe.Indicator("甲", 100, "≥10次", strategy="正向")])
    lines = pe.evaluate(pe.Case(framework=framework))["甲"].trace
    assert lines[0] == "甲：—"
    assert any("缺少" in line or "没有" in line for line in lines[1:])
    assert not any("计算" in line for line in lines)


def test_every_step_on_request(project: Any) -> None:
    """With steps, each node of the formula that was read stands with its result, deeper ones indented."""
    score = project["投诉办结时间"]
    lines = trace(score, steps=True)
    assert set(score.trace) < set(lines)
    assert "            2 × 指标值 - 完成值 → 4天" in lines
    steps = [line for line in lines if " → " in line]
    assert len(steps) == sum(1 for step in score.calculation if type(step.formula).__name__ != "Number")


def test_a_tree_goes_deeper(project: Any) -> None:
    """The trace of a node with parts holds that of each part, indented by its level."""
    lines = list(deep(project.score))
    assert "  预算执行率：10分" in lines
    assert "    产出指标/数量指标：19.99分" in lines
    assert "      产出指标/数量指标/清查行动：6分" in lines
    nodes = [score.path for score in project.score.walk()]
    assert [
        line.strip().rpartition("：")[0] for line in lines if line.strip().startswith(tuple(f"{n}：" for n in nodes))
    ] == nodes
    below = list(deep(project["产出指标"]))
    assert below[0] == "产出指标：48.44分"
    assert "    产出指标/数量指标/清查行动：6分" in below


@pytest.mark.parametrize("name", ["投诉办结时间", "清查行动"])
def test_every_step_in_english(name: str, project: Any) -> None:
    """In English no step of a built-in rule has Chinese in it: numbers, units, operators and fixed names have words."""
    lines = trace(project[name], "en", steps=True)
    steps = lines[lines.index("  Every step:") + 1 :]
    ours = [line for line in steps if " → " in line]
    assert len(ours) > 3
    assert not [line for line in ours if re.search("[\u4e00-\u9fff（）]", line)]
