"""The reason of a value on one line: what was calculated, what changed nothing, and what chose it."""

from fractions import Fraction

import pytest
from hypothesis import given, settings, strategies as st

from perfeval.errors import Problem
from perfeval.formulas.build import names, substitute
from perfeval.formulas.exact import NoAnswer, compile_, round_pair, value
from perfeval.formulas.explain import because, explainer
from perfeval.formulas.nodes import number
from perfeval.formulas.parser import parse
from perfeval.quantities.quantity import Quantity

FORWARD = parse("若 完成值 ≥ 指标值 则 分值；否则 分值 × 完成值 ÷ 指标值")
RATE = substitute(FORWARD, {"完成值": parse("全年执行数 ÷ 全年预算数")})
STEPS = parse("若 完成值 ≥ 95% 则 5分；若 完成值 ≥ 90% 则 3分；否则 0分")
FALL = parse("取大（0分，分值 - 计作（90% - 完成值，百分点，“率之差”） × 0.5分/百分点）")
SHARE = parse("分值 × 取小（100%，执行 ÷ 预算）")


def q(text: str) -> Quantity:
    """A quantity from its text."""
    return number(text).value


def _because(rule, points: str, **given_: str) -> str:
    return because(rule, {name: q(text) for name, text in given_.items()}, q(points))


def test_share_of_a_budget():
    """The brackets of 完成值 and the division by 100% change nothing and are not shown; 9.9099… is rounded."""
    line = _because(RATE, "9.91分", 分值="10分", 指标值="100%", 全年执行数="900万元", 全年预算数="908.18万元")
    assert line == "10分 × 900万元 ÷ 908.18万元 ≈ 9.91分"


@pytest.mark.parametrize(
    ("rule", "points", "given_", "line"),
    [
        (FORWARD, "30分", {"分值": "30分", "指标值": "160次", "完成值": "165次"}, "165次 ≥ 160次，得满分"),
        (FORWARD, "27分", {"分值": "30分", "指标值": "90%", "完成值": "81%"}, "30分 × 81% ÷ 90% = 27分"),
        (STEPS, "3分", {"完成值": "92%"}, "92% ≥ 90%，得3分"),
        (STEPS, "0分", {"完成值": "80%"}, "80% < 90%，得0分"),
        (SHARE, "10分", {"分值": "10分", "执行": "3万元", "预算": "3万元"}, "3万元 ÷ 3万元 = 100%，得满分"),
        (SHARE, "10分", {"分值": "10分", "执行": "4万元", "预算": "3万元"}, "4万元 ÷ 3万元 > 100%，得满分"),
        (SHARE, "5分", {"分值": "10分", "执行": "1万元", "预算": "2万元"}, "10分 × 1万元 ÷ 2万元 = 5分"),
        (
            FALL,
            "5分",
            {"分值": "10分", "完成值": "80%"},
            "10分 - （90% - 80%，计作10个百分点：率之差） × 0.5分/百分点 = 5分",
        ),
        (
            FALL,
            "0分",
            {"分值": "10分", "完成值": "40%"},
            "10分 - （90% - 40%，计作50个百分点：率之差） × 0.5分/百分点 < 0分，得0分",
        ),
        (parse("分值"), "10分", {"分值": "10分"}, "得满分"),
        (parse("2分"), "2分", {}, "得2分"),
        (parse("分值 + 0分 × 甲"), "10分", {"分值": "10分", "甲": "3"}, "得满分"),
        (
            parse("（甲 + 乙） × （甲 - 乙） ÷ （甲 × 2）"),
            "3",
            {"甲": "4", "乙": "1"},
            "（4 + 1） × （4 - 1） ÷ （4 × 2） ≈ 3",
        ),
        (parse("四舍五入（分值 ÷ 4，1分）"), "3分", {"分值": "10分"}, "四舍五入（10分 ÷ 4，1分） = 3分"),
        (parse("四舍五入（分值 ÷ 4，0.1分）"), "2.5分", {"分值": "10分"}, "10分 ÷ 4 = 2.5分"),
        (
            parse("若 甲 ≥ 1次 且 乙 ≥ 1次 则 1分；否则 0分"),
            "0分",
            {"甲": "3次", "乙": "0次"},
            "0次 < 1次，得0分",
        ),
        (
            parse("若 甲 ≥ 1次 且 乙 ≥ 1次 则 1分；否则 0分"),
            "1分",
            {"甲": "3次", "乙": "2次"},
            "3次 ≥ 1次 且 2次 ≥ 1次，得1分",
        ),
    ],
)
def test_lines(rule, points, given_, line):
    """What chose a number is said where it was chosen; a calculation is written out with its inputs."""
    assert _because(rule, points, **given_) == line


def test_rounding_is_not_equality():
    """= stands only where the rounded points are exactly the value; rounding up to full marks is no 得满分."""
    assert (
        _because(FORWARD, "10分", 分值="10分", 指标值="100000次", 完成值="99999次")
        == "10分 × 99999次 ÷ 100000次 ≈ 10分"
    )


def test_words():
    """A judged word is quoted where it decided."""
    rule = parse("若 评价 = “达成” 则 分值；否则 0分")
    assert because(rule, {"评价": "达成", "分值": q("3分")}, q("3分")) == "“达成” = “达成”，得满分"
    assert because(rule, {"评价": "未达", "分值": q("3分")}, q("0分")) == "“未达” ≠ “达成”，得0分"


def test_no_answer():
    """Where there are no points the line is the reason why there are none."""
    given_ = {"分值": q("10分"), "指标值": q("100%"), "全年执行数": q("900万元"), "全年预算数": None}
    assert because(RATE, given_, None) == "缺少“全年预算数”，无法计分"
    assert because(RATE, given_, q("0分")) == "缺少“全年预算数”，无法计分"
    given_["全年预算数"] = q("0万元")
    assert because(RATE, given_, value(RATE, given_)) == "除数“全年预算数”是0，无法计分"


def test_phrase():
    """A strategy's own words for its step stand behind the calculation."""
    line = because(parse("分值 - 1分"), {"分值": q("5分")}, q("4分"), phrase="每低5个百分点扣1分")
    assert line == "5分 - 1分 = 4分（每低5个百分点扣1分）"


@given(st.data(), st.tuples(*[st.builds(Fraction, st.integers(-40, 40), st.sampled_from((1, 2, 5, 10)))] * 3))
@settings(max_examples=200)
def test_the_line_is_true(number_formula, data, numbers):
    """A written-out calculation, read as a formula again, has the value that the rule has."""
    formula = data.draw(number_formula)
    order = names(formula)
    given_ = {name: Quantity(number) for name, number in zip("甲乙丙", numbers)}
    pairs = [given_[name].pair for name in order]
    texts = [f"（{given_[name]}）" if given_[name] < 0 else str(given_[name]) for name in order]
    explain = explainer(formula, order)
    known = value(formula, given_)
    if isinstance(known, Problem):
        with pytest.raises(NoAnswer) as stop:
            explain(pairs, texts, (0, 1), "0")
        assert stop.value.problem == known
        return
    n, d = compile_(formula, order)(pairs)
    line = explain(pairs, texts, (round_pair(n, d, 100), 100), "…")
    if " ≈ " in line or " = …" in line:
        said = value(parse(line.rpartition(" ")[0].rpartition(" ")[0]), {})
        assert said == Quantity(Fraction(n, d))


@pytest.mark.parametrize(
    ("text", "given_", "points", "line"),
    [
        ("100% × 分值 - 1分", {"分值": "3分"}, "2分", "3分 - 1分 = 2分"),
        ("分值 ÷ 100% + 1分", {"分值": "3分"}, "4分", "3分 + 1分 = 4分"),
        ("0分 + 甲 + （分值 - 1分）", {"甲": "1分", "分值": "3分"}, "3分", "1分 + 3分 - 1分 = 3分，得满分"),
        ("分值 - 0分 × 甲", {"甲": "2", "分值": "3分"}, "3分", "得满分"),
        ("（分值 + 1分） ÷ 2", {"分值": "3分"}, "2分", "（3分 + 1分） ÷ 2 = 2分"),
        ("取大（0分，分值 - 5分，1分）", {"分值": "3分"}, "1分", "3分 - 5分 < 1分，得1分"),
        ("若 （若 甲 ≥ 1次 则 甲 ≥ 2次；否则 甲 ≥ 0次） 则 1分；否则 0分", {"甲": "1次"}, "0分", "1次 < 2次，得0分"),
        ("若 甲 ≥ 3次 或 甲 + 1次 ≥ 5次 则 1分；否则 0分", {"甲": "1次"}, "0分", "1次 < 3次 且 1次 + 1次 < 5次，得0分"),
    ],
)
def test_what_changes_nothing(text, given_, points, line):
    """× 100%, + 0 and − 0 are not shown, and only what decided a condition is."""
    assert _because(parse(text), points, **given_) == line


def test_figures_and_locales():
    """A figure stands for its quantity; in another locale the marks stay and the numbers are written as there."""
    from perfeval.quantities.notation import figure

    given_ = {"分值": figure("10分"), "执行": figure("900万元"), "预算": figure("908.18万元")}
    rule = parse("分值 × 执行 ÷ 预算")
    assert because(rule, given_, q("9.91分")) == "10分 × 900万元 ÷ 908.18万元 ≈ 9.91分"
    english = because(rule, given_, q("9.91分"), "en")
    assert english == "10 points × CNY 9 million ÷ CNY 9.0818 million ≈ 9.91 points"
    assert because(rule, given_, None) == ""


def test_no_points_in_a_condition():
    """A condition or a word earns nothing: asking for its reason is a mistake of the caller."""
    with pytest.raises(TypeError):
        explainer(parse("甲 ≥ 1"), ("甲",))
    with pytest.raises(TypeError):
        explainer(parse("若 甲 则 1分；否则 2分"), ("甲",))
