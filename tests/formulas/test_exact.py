"""The exact reading: against an independent reference in plain Fractions, with ties made on purpose."""

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings, strategies as st

from perfeval.errors import Problem
from perfeval.formulas.exact import NoAnswer, compile_, round_pair, trace, value
from perfeval.formulas.parser import parse
from perfeval.quantities.quantity import Quantity

ORDER = ("甲", "乙", "丙")
SMALL = st.builds(Fraction, st.integers(-40, 40), st.sampled_from((1, 2, 3, 4, 5, 10)))
FORWARD = parse("若 完成值 ≥ 指标值 则 分值；否则 分值 × 完成值 ÷ 指标值")
FALLING = parse("若 完成值 ≤ 指标值 则 分值；若 完成值 < 2 × 指标值 则 分值 × （200% - 完成值 ÷ 指标值）；否则 0分")
INVERSE = parse("若 完成值 ≤ 指标值 则 分值；否则 分值 × 指标值 ÷ 完成值")
NAMES = ("分值", "指标值", "完成值")


def _points(number: str | int) -> Quantity:
    return Quantity(number, "分")


@given(st.data(), st.tuples(SMALL, SMALL, SMALL), st.integers(1, 6))
@settings(max_examples=300)
def test_against_the_reference(number_formula, reference, data, numbers, stretch):
    """The compiled reading gives what plain Fractions give, from pairs in any shape, or no answer where they have none."""
    formula = data.draw(number_formula)
    expected = reference(formula, dict(zip(ORDER, numbers)))
    pairs = [(number.numerator * stretch, number.denominator * stretch) for number in numbers]
    run = compile_(formula, ORDER)
    if expected is None:
        with pytest.raises(NoAnswer) as stop:
            run(pairs)
        assert stop.value.problem.code == "divisor-not-positive"
    else:
        n, d = run(pairs)
        assert d > 0
        assert Fraction(n, d) == expected


@given(st.data(), st.tuples(SMALL, SMALL, SMALL))
def test_both_folds_agree(number_formula, data, numbers):
    """The fold that keeps every step comes to the same value, or the same reason, as the compiled one."""
    formula = data.draw(number_formula)
    given_ = {name: Quantity(number) for name, number in zip(ORDER, numbers)}
    found = value(formula, given_)
    run, pairs = compile_(formula, ORDER), [quantity.pair for quantity in given_.values()]
    if isinstance(found, Problem):
        with pytest.raises(NoAnswer) as stop:
            run(pairs)
        assert stop.value.problem == found
    else:
        assert isinstance(found, Quantity)
        assert found.base == Fraction(*run(pairs))


@given(st.data(), st.tuples(SMALL, SMALL, SMALL))
def test_conditions(condition_formula, reference, data, numbers):
    """A condition gives a bool, the one that the reference gives."""
    formula = data.draw(condition_formula)
    expected = reference(formula, dict(zip(ORDER, numbers)))
    assume(expected is not None)
    assert compile_(formula, ORDER)([(x.numerator, x.denominator) for x in numbers]) is expected


@given(
    st.integers(-(10**12), 10**12),
    st.integers(1, 10**6),
    st.sampled_from((1, 10, 100, 1000)),
    st.sampled_from(("四舍五入", "舍去", "进位")),
)
def test_rounding(rounding, n, d, inverse, how):
    """Rounding by whole-number division is the schoolbook's rounding of the magnitude."""
    assert round_pair(n, d, inverse, how) == rounding(Fraction(n * inverse, d), how)


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**6), st.sampled_from((1, 10, 100)))
def test_rounding_ties(k, stretch, inverse):
    """A tie goes away from nought: k + ½ steps become k + 1, and the negative the same below."""
    n, d = (2 * k + 1) * stretch, 2 * inverse * stretch
    assert round_pair(n, d, inverse, "四舍五入") == (k + 1 if k >= 0 else k)


@given(
    st.sampled_from((FORWARD, FALLING, INVERSE)),
    st.integers(1, 100),
    st.builds(Fraction, st.integers(1, 10**6), st.sampled_from((1, 10, 100, 1000))),
    st.data(),
)
@settings(max_examples=300)
def test_points_at_ties(rule, points, target, data):
    """Points that end exactly on half a hundredth, solved for the actual on purpose, go up."""
    k = data.draw(st.integers(0, points * 100 - 1))
    earned = Fraction(2 * k + 1, 200)
    share = earned / points
    actual = {FORWARD: share * target, FALLING: (2 - share) * target, INVERSE: target / share}[rule]
    given_ = [(points, 1), (target.numerator, target.denominator), (actual.numerator, actual.denominator)]
    n, d = compile_(rule, NAMES)(given_)
    assert Fraction(n, d) == earned
    assert round_pair(n, d, 100) == k + 1


def test_units_meet():
    """元 and 万元, % and quotients meet without conversion: 900万元 of 9081800元 at 10分."""
    rule = parse("分值 × 取小（100%，全年执行数 ÷ 全年预算数）")
    given_ = {"分值": _points(10), "全年执行数": Quantity(900, "万元"), "全年预算数": Quantity(9081800, "元")}
    found = value(rule, given_)
    assert found == Quantity(Fraction(10 * 900 * 10000, 9081800), "分")
    assert found.unit.symbol == "分"


def test_percentage_points():
    """计作 of a difference of rates: 90% less 87.5% are 2.5 points of a hundred, at 0.5分 each."""
    rule = parse("分值 - 计作（90% - 完成值，百分点，“率之差”） × 0.5分/百分点")
    given_ = {"分值": _points(5), "完成值": Quantity("87.5", "%")}
    assert value(rule, given_) == _points("3.75")
    pairs = [given_[name].pair for name in ("分值", "完成值")]
    assert Fraction(*compile_(rule, ("分值", "完成值"))(pairs)) == Fraction("3.75")


def test_counted():
    """计作 keeps the number: 190959剂次 are counted as 190959剂, 5万剂次 as 50000剂."""
    rule = parse("计作（甲，剂，“一剂次即一剂”）")
    assert value(rule, {"甲": Quantity(190959, "剂次")}) == Quantity(190959, "剂")
    assert value(rule, {"甲": Quantity(5, "万剂次")}) == Quantity(50000, "剂")


@pytest.mark.parametrize(
    "text", ["甲", "甲 + 1", "甲 ≥ 1", "取小（1，甲）", "若 甲 ≥ 1 则 1；否则 2", "乙 × 甲 ÷ 丙", "甲 = “达成”"]
)
def test_missing(text):
    """A missing input is 无法计分 and its name is in the reason; never an exception and never 0."""
    formula = parse(text)
    order = ("甲", "乙", "丙")
    for found in (
        value(formula, {"乙": Quantity(1), "丙": Quantity(1)}),
        value(formula, {"甲": None, "乙": Quantity(1), "丙": Quantity(1)}),
    ):
        assert isinstance(found, Problem)
        assert found.code == "missing-input"
        assert found.get("name") == "甲"
        assert str(found) == "缺少“甲”，无法计分"
    with pytest.raises(NoAnswer) as stop:
        compile_(formula, order)([None, (1, 1), (1, 1)])
    assert stop.value.problem.get("name") == "甲"


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("1 ÷ 甲", "0"),
        ("1 ÷ （甲 - 1）", "负数"),
        ("1 ÷ 甲 ≥ 0", "0"),
        ("取大（1，1 ÷ 甲）", "0"),
        ("乙 × 乙 ÷ 甲", "0"),
        ("乙 × （乙 ÷ 甲）", "0"),
    ],
)
def test_divisor_not_positive(text, sort):
    """A divisor that is 0 or negative is 无法计分, comparisons included."""
    formula = parse(text)
    found = value(formula, {"甲": Quantity(0), "乙": Quantity(3)})
    assert isinstance(found, Problem)
    assert found.code == "divisor-not-positive"
    assert sort in str(found)
    with pytest.raises(NoAnswer) as stop:
        compile_(formula, ("甲", "乙"))([(0, 1), (3, 1)])
    assert stop.value.problem == found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("若 乙 ≥ 1 则 2；否则 甲", 2),
        ("若 乙 < 1 则 1 ÷ 0；否则 3", 3),
        ("若 乙 ≥ 1 或 甲 ≥ 1 则 4；否则 5", 4),
        ("若 乙 < 1 且 甲 ≥ 1 则 4；否则 5", 5),
    ],
)
def test_only_what_is_needed(text, expected):
    """若 reads only the branch it takes, 且 and 或 no further than needed: 甲 may be missing there."""
    formula = parse(text)
    assert value(formula, {"乙": Quantity(1)}) == Quantity(expected)
    assert Fraction(*compile_(formula, ("甲", "乙"))([None, (1, 1)])) == expected


@pytest.mark.parametrize(
    "text",
    ["甲", "甲 + 1", "甲 × 2", "甲 ≥ 2", "甲 + 甲", "若 甲 × 2 ≥ 甲 × 2 则 1；否则 2", "取小（甲，甲）", "1 ÷ 甲"],
)
@pytest.mark.parametrize("word", ["达", "达成", "达成度"])
def test_words_are_no_numbers(text, word):
    """A judged word of any length where a number belongs is 无法计分, not a number by accident."""
    formula = parse(text)
    with pytest.raises(NoAnswer) as stop:
        compile_(formula, ("甲",))([word])
    assert stop.value.problem.code == "word-not-number"
    assert word in str(stop.value.problem)


def test_words():
    """Words are the same or not, and can be chosen."""
    rule = parse("若 （若 甲 ≥ 90% 则 “优”；否则 “良”） = 档次 则 1分；否则 0分")
    run = compile_(rule, ("甲", "档次"))
    assert run([(95, 100), "优"])[0] == 1
    assert run([(85, 100), "优"])[0] == 0
    assert value(parse("若 甲 ≥ 90% 则 “优”；否则 “良”"), {"甲": Quantity(95, "%")}) == "优"
    assert compile_(parse("若 甲 ≥ 90% 则 “优”；否则 “良”"), ("甲",))([(95, 100)]) == "优"


def test_nought_has_the_unit():
    """A bare 0 that stands for points is given as points."""
    found = value(parse("若 甲 ≥ 1宗 则 0；否则 5分"), {"甲": Quantity(2, "宗")})
    assert isinstance(found, Quantity)
    assert (found.number, found.unit.symbol) == (0, "分")


def test_trace():
    """Every step of the path is kept, the whole first, and nothing of the branch not taken."""
    given_ = {"分值": _points(30), "指标值": Quantity(90, "%"), "完成值": Quantity(81, "%")}
    steps = [(step.depth, str(step.formula), str(step.value)) for step in trace(FORWARD, given_)]
    assert steps == [
        (0, "若 完成值 ≥ 指标值 则 分值；否则 分值 × 完成值 ÷ 指标值", "27分"),
        (1, "完成值 ≥ 指标值", "False"),
        (2, "完成值", "81%"),
        (2, "指标值", "90%"),
        (1, "分值 × 完成值 ÷ 指标值", "27分"),
        (2, "分值 × 完成值", "24.3分"),
        (3, "分值", "30分"),
        (3, "完成值", "81%"),
        (2, "指标值", "90%"),
    ]


def test_trace_of_no_answer():
    """The trace of 无法计分 ends where it stops, and every whole of it carries the reason."""
    steps = trace(parse("1分 + 2分 ÷ 甲"), {"甲": None})
    assert [str(step.formula) for step in steps] == ["1分 + 2分 ÷ 甲", "1分", "2分 ÷ 甲", "2分", "甲"]
    assert [isinstance(step.value, Problem) for step in steps] == [True, False, True, False, True]


def test_note():
    """The reason of 计作 is kept with its step."""
    steps = trace(parse("计作（甲，剂，“一剂次即一剂”）"), {"甲": Quantity(1, "剂次")})
    assert [step.note for step in steps] == ["一剂次即一剂", ""]


def test_compiled_once():
    """The same rule with the same names is compiled once, wherever its text came from."""
    assert compile_(parse("甲 + 乙"), ("甲", "乙")) is compile_(parse("  甲+乙"), ("甲", "乙"))


def test_word_against_number():
    """A word is not the same as a number and not different from it: there is no answer."""
    rule = parse("甲 = 乙")
    for given_ in (["达成", (1, 1)], [(1, 1), "达成"]):
        with pytest.raises(NoAnswer) as stop:
            compile_(rule, ("甲", "乙"))(given_)
        assert stop.value.problem.code == "word-not-number"
    assert compile_(rule, ("甲", "乙"))([(2, 2), (1, 1)]) is True
    assert compile_(parse("甲 ≠ 乙"), ("甲", "乙"))([(2, 2), (1, 1)]) is False


def test_nought_without_units():
    """A bare 0 whose other branch has no unit to tell stays a bare 0."""
    found = value(parse("若 甲 ≥ 1 则 0；否则 乙"), {"甲": Quantity(2)})
    assert found == Quantity(0)
