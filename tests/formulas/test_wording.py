"""A rule in the words of a notice."""

import re

import pytest
from hypothesis import given, strategies as st

from perfeval.formulas.parser import parse
from perfeval.formulas.wording import wording
from perfeval.strategies.built_in import BUILT_IN


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "若 完成值 ≥ 指标值 则 分值；否则 分值 × 完成值 ÷ 指标值",
            "完成值不低于指标值的，为分值；其他为分值 × 完成值 ÷ 指标值",
        ),
        (
            "若 甲 > 95% 则 5分；若 甲 < 60% 则 0分；否则 3分",
            "甲高于95%的，为5分；甲低于60%的，为0分；其他为3分",
        ),
        ("分值 × （执行 ÷ 预算）", "分值 × 执行 ÷ 预算"),
        ("分值 - （甲 - 乙）", "分值 - （甲 - 乙）"),
        ("取小（100%，执行 ÷ 预算）", "（100%、执行 ÷ 预算）中最小的"),
        ("取大（0分，甲）", "（0分、甲）中最大的"),
        ("四舍五入（甲，0.01分）", "（甲，按0.01分四舍五入）"),
        ("舍去（甲，1分）", "（甲，不足1分的舍去）"),
        ("进位（甲，1分）", "（甲，不足1分的按1分计）"),
        ("计作（第一针，剂，“一剂次即一剂”）", "（第一针，计作剂：一剂次即一剂）"),
        ("甲 ≤ 乙 且 丙 = “达成”", "甲不超过乙，且丙等于“达成”"),
        ("甲 ≠ 1宗 或 乙 < 丙", "甲不等于1宗，或者乙低于丙"),
        ("粤宝中心.已投资 ≤ 粤宝中心.计划投资", "粤宝中心的已投资不超过粤宝中心的计划投资"),
        ("满意度.得分 × 2", "满意度的得分 × 2"),
        ("（若 甲 > 1 则 1；否则 2） + 1", "（甲高于1的，为1；其他为2） + 1"),
    ],
)
def test_words(text, words):
    """Conditions become words, arithmetic keeps its marks, brackets that change nothing go."""
    assert wording(parse(text)) == words


@given(st.data())
def test_every_formula_has_words(any_formula, data):
    """Whatever the tree, there are words for it, on one line."""
    words = wording(data.draw(any_formula))
    assert words
    assert "\n" not in words


CHINESE = re.compile("[\u4e00-\u9fff（）、；，]")


@pytest.mark.parametrize("name", [name for name, each in BUILT_IN.items() if each.formula is not None])
def test_a_built_in_rule_is_english_in_english(name):
    """Every operator, function and fixed name of our rules has its word: nothing Chinese is left of a built-in formula."""
    assert not CHINESE.search(
        re.sub("“.*?”", "", wording(BUILT_IN[name].formula, "en"))
    )  # quoted: words as judges write them


def test_words_in_english():
    """Fixed names become English, everybody's own stay; brackets are those of the language."""
    assert wording(parse("分值 × （2 × 指标值 - 完成值） ÷ 指标值"), "en") == "points × (2 × target - actual) ÷ target"
    assert wording(parse("四舍五入（全年执行数 ÷ 全年预算数，1 %）"), "en").count("whole-year") == 2
    assert wording(parse("巡查.完成值 ≥ 巡查队.人数"), "en").startswith("巡查")
    assert wording(parse("预算执行率.得分 × 2"), "en") == "预算执行率: points earned × 2"
