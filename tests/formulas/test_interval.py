"""The interval reading: what written digits allow, and what they exclude."""

from fractions import Fraction

import pytest
from hypothesis import given, settings, strategies as st

from perfeval.errors import Problem
from perfeval.formulas.interval import bounds, certain, holds, whole_numbers
from perfeval.formulas.parser import parse
from perfeval.formulas.spans import ALL, Span, either, point, span
from perfeval.quantities.figure import Interval
from perfeval.quantities.quantity import Quantity

ORDER = ("甲", "乙", "丙")
ENDS = st.builds(Fraction, st.integers(-20, 20), st.sampled_from((1, 2, 4)))


@st.composite
def _intervals(draw):
    low, high = sorted((draw(ENDS), draw(ENDS)))
    if low == high:
        return Interval(low, high, True, True)
    return Interval(low, high, draw(st.booleans()), draw(st.booleans()))


@st.composite
def _inside(draw, interval):
    if interval.low == interval.high:
        return interval.low
    share = draw(
        st.sampled_from(
            (Fraction(0), Fraction(1, 1000), Fraction(1, 3), Fraction(1, 2), Fraction(999, 1000), Fraction(1))
        )
    )
    if share == 0 and not interval.low_closed:
        share = Fraction(1, 10**6)
    if share == 1 and not interval.high_closed:
        share = 1 - Fraction(1, 10**6)
    return interval.low + share * (interval.high - interval.low)


def _stated(text: str, unit: str = "") -> Interval:
    """Half a unit of the last digit around *text*, half-open: what rounding half up prints as it."""
    places = len(text.partition(".")[2])
    factor = Quantity(1, unit).base
    half = Fraction(1, 2 * 10**places) * factor
    return Interval(Fraction(text) * factor - half, Fraction(text) * factor + half, True, False)


@given(st.data())
@settings(max_examples=400)
def test_holds_every_point(number_formula, reference, data):
    """Whatever point of the inputs is taken, the exact value lies in the interval reading."""
    formula = data.draw(number_formula)
    given_ = {name: data.draw(_intervals()) for name in ORDER}
    numbers = {name: data.draw(_inside(interval)) for name, interval in given_.items()}
    exact = reference(formula, numbers)
    found = bounds(formula, given_)
    if isinstance(found, Problem):
        assert found.code == "divisor-not-positive"
    elif exact is not None:
        assert exact in found


@given(st.data())
@settings(max_examples=200)
def test_verdicts_never_lie(condition_formula, reference, data):
    """Certain yes and no are right at every point, and what the digits exclude is false at every point."""
    formula = data.draw(condition_formula)
    given_ = {name: data.draw(_intervals()) for name in ORDER}
    numbers = {name: data.draw(_inside(interval)) for name, interval in given_.items()}
    exact = reference(formula, numbers)
    if exact is not None:
        assert certain(formula, given_) in ("unknown", "yes" if exact else "no")
        if exact:
            assert holds(formula, given_) != "no"


@given(st.data())
@settings(max_examples=200)
def test_points_are_exact(number_formula, reference, data):
    """With every input known exactly the reading is the exact value and nothing else."""
    formula = data.draw(number_formula)
    numbers = {name: data.draw(ENDS) for name in ORDER}
    exact = reference(formula, numbers)
    found = bounds(formula, {name: Quantity(number) for name, number in numbers.items()})
    if exact is None:
        assert isinstance(found, Problem)
    else:
        assert found == point(exact)


def test_steps_stay_steps():
    """A step rule at 85% written as 85% gives 5 or 7 points, not 5 to 7."""
    found = bounds(parse("若 甲 ≥ 85% 则 7分；否则 5分"), {"甲": _stated("85", "%")})
    assert found == either(point(5), point(7))
    assert 6 not in found


def test_branches_know_their_condition():
    """Full points where met, less than full where not: no value above the points in between."""
    rule = parse("若 甲 ≥ 90% 则 10分；否则 10分 × 甲 ÷ 90%")
    found = bounds(rule, {"甲": _stated("90", "%")})
    assert found == span(Interval(Fraction("89.5") / 9, Fraction(10), True, True))
    sums = parse("若 甲 - 乙 > 0 则 甲 - 乙；否则 0")
    assert bounds(sums, {"甲": Interval(Fraction(0), Fraction(3), True, True), "乙": Quantity(1)}) == span(
        Interval(Fraction(0), Fraction(2), True, True)
    )


def test_open_ends_survive():
    """94.955 to just below 94.965: the ends are what rounding half up makes them."""
    found = bounds(parse("甲 × 2"), {"甲": _stated("94.96", "%")})
    (part,) = found.parts
    assert (part.low, part.high) == (Fraction("1.8991"), Fraction("1.8993"))
    assert (part.low_closed, part.high_closed) == (True, False)


def test_yongping_rate_agrees():
    """16045.66 ÷ 16898.11 = 94.95535% is printed as 94.96%, only just; cut off it would be 94.95%."""
    relation = parse("执行率 = 执行数 ÷ 预算数")
    amounts = {"执行数": _stated("16045.66", "万元"), "预算数": _stated("16898.11", "万元")}
    assert holds(relation, {**amounts, "执行率": _stated("94.96", "%")}) == "yes"
    assert holds(relation, {**amounts, "执行率": _stated("94.95", "%")}) == "no"


def test_counts_contradict():
    """190959 + 201536 do not make 396889, and exact counts have no play."""
    given_ = {"总": Quantity(396889, "剂"), "一": Quantity(190959, "剂"), "二": Quantity(201536, "剂")}
    assert holds(parse("总 = 一 + 二"), given_) == "no"
    assert holds(parse("总 ≥ 一 + 二"), given_) == "yes"
    assert certain(parse("总 ≥ 一 + 二"), given_) == "yes"


def test_equal_amounts_may_be_equal():
    """908.18 spent of 908.18 is allowed by its digits, though no digits could make it certain."""
    given_ = {"执行": _stated("908.18", "万元"), "预算": _stated("908.18", "万元")}
    assert holds(parse("执行 ≤ 预算"), given_) == "yes"
    assert certain(parse("执行 ≤ 预算"), given_) == "unknown"
    assert certain(parse("执行 ≤ 预算 + 1万元"), given_) == "yes"
    assert certain(parse("执行 > 预算 + 1万元"), given_) == "no"


def test_unknown_where_something_is_missing():
    """A missing side, or a divisor that may be 0, is 无法判断."""
    assert holds(parse("甲 = 乙"), {"甲": Quantity(1)}) == "unknown"
    assert certain(parse("甲 = 乙"), {"甲": Quantity(1)}) == "unknown"
    assert holds(parse("甲 ÷ 乙 ≥ 0"), {"甲": Quantity(1), "乙": Quantity(0)}) == "unknown"
    assert holds(parse("甲 ÷ 乙 ≥ 0"), {"甲": Quantity(1), "乙": _stated("0.00")}) == "unknown"
    missing = bounds(parse("甲 + 乙"), {"甲": Quantity(1)})
    assert isinstance(missing, Problem)
    assert missing.get("name") == "乙"


def test_conditions_of_several():
    """且, 或 and 若 in an agreement: no only where the digits exclude every way."""
    given_ = {"甲": _stated("5"), "乙": Quantity(7), "档": "达成"}
    assert holds(parse("甲 ≤ 乙 且 档 = “达成”"), given_) == "yes"
    assert holds(parse("甲 > 乙 或 档 ≠ “达成”"), given_) == "no"
    assert holds(parse("若 甲 ≥ 5 则 乙 = 7；否则 乙 = 8"), given_) == "yes"
    assert holds(parse("若 甲 ≥ 6 则 乙 = 7；否则 乙 = 8"), given_) == "no"
    assert certain(parse("若 甲 ≥ 5 则 乙 = 7；否则 乙 = 8"), given_) == "unknown"
    assert certain(parse("甲 > 4 且 甲 < 6 或 乙 = 0"), given_) == "yes"


def test_short_circuit():
    """What is not reached may be missing."""
    assert holds(parse("甲 > 1 且 乙 > 1"), {"甲": Quantity(0)}) == "no"
    assert holds(parse("甲 > 1 或 乙 > 1"), {"甲": Quantity(2)}) == "yes"
    assert bounds(parse("若 甲 > 1 则 甲；否则 乙"), {"甲": Quantity(2)}) == point(2)


@pytest.mark.parametrize("total", [24, 43, 67])
def test_no_whole_number(total):
    """35.23% fits no count out of 24, 43 or 67."""
    relation = parse(f"创建率 = 达标 ÷ {total}个")
    assert whole_numbers(relation, "达标", {"创建率": _stated("35.23", "%")}) == ()


@pytest.mark.parametrize(("now", "rate"), [(1712, "-6.8"), (568, "-10"), (27, "-34.1"), (79, "-40.2")])
def test_falls_have_bases(now, rate):
    """Every fall of the cases reported has a whole-number base, the ones that a plain search finds."""
    stated = _stated(rate, "%")
    relation = parse(f"同比 = （{now}宗 - 上期） ÷ 上期")
    expected = tuple(base for base in range(1, 5000) if stated.low <= Fraction(now - base, base) < stated.high)
    assert expected
    assert whole_numbers(relation, "上期", {"同比": stated}) == expected


@given(st.integers(1, 60), st.integers(0, 60), st.integers(0, 2))
@settings(max_examples=60)
def test_whole_numbers_by_search(whole, part, places):
    """The solver finds exactly the counts that a search through all of them finds."""
    text = f"{Fraction(part * 100, whole).__float__():.{places}f}"  # any printed rate will do
    stated = _stated(text, "%")
    found = whole_numbers(parse(f"率 = 数 ÷ {whole}个"), "数", {"率": stated}, highest=100)
    assert found == tuple(n for n in range(101) if stated.low <= Fraction(n, whole) < stated.high)


def test_whole_numbers_within():
    """The search keeps to what is known of the unknown, stops at the limit, and names what is missing."""
    relation = parse("甲 ≥ 乙")
    assert whole_numbers(relation, "乙", {"甲": Quantity(100)}, limit=3) == (0, 1, 2)
    near = Interval(Fraction("2.5"), Fraction(5), True, False)
    assert whole_numbers(relation, "乙", {"甲": Quantity(100), "乙": near}) == (3, 4)
    missing = whole_numbers(parse("甲 = 乙 + 丙"), "乙", {"甲": Quantity(1)})
    assert isinstance(missing, Problem)
    assert missing.get("name") == "丙"


@given(st.lists(_intervals(), min_size=1, max_size=4), st.lists(_intervals(), min_size=1, max_size=4), ENDS)
def test_unions(left, right, number):
    """A union holds what one of its intervals holds, whatever their order; its parts neither meet nor touch."""
    whole = span([*left, *right])
    assert (number in whole) == any(number in span(part) for part in (*left, *right))
    assert whole == span([*right, *left])
    for a, b in zip(whole.parts, whole.parts[1:]):
        assert a.high < b.low or (a.high == b.low and not a.high_closed and not b.low_closed)


def test_everything():
    """No ends at all: every number is in it, and nothing is outside."""
    assert Fraction(-(10**9)) in ALL
    assert (ALL.low, ALL.high, ALL.point) == (None, None, None)
    assert bounds(parse("取小（甲，3）"), {"甲": ALL}) == Span((Interval(None, Fraction(3), False, True),))
    assert bounds(parse("甲 × 0"), {"甲": ALL}) == point(0)
    assert bounds(parse("1 ÷ 甲"), {"甲": ALL}) == span(Interval(Fraction(0), None, False, False))


def test_rounded_and_counted():
    """Rounding and 计作 are read over intervals too: whole steps, and per cent as points of a hundred."""
    found = bounds(parse("舍去（甲，1）"), {"甲": Interval(Fraction(1), Fraction(3), True, False)})
    assert found == either(point(1), point(2))
    wide = bounds(parse("舍去（甲，1）"), {"甲": Interval(Fraction(0), Fraction(1000), True, True)})
    assert (wide.low, wide.high) == (0, 1000)
    gap = bounds(parse("计作（90% - 甲，百分点，“率之差”）"), {"甲": _stated("85", "%")})
    assert (gap.low, gap.high) == (Fraction("4.5"), Fraction("5.5"))


def test_words_decide_or_stop():
    """A word where a number belongs, a word in no comparison, and a word that the digits leave open."""
    assert bounds(parse("甲 + 1"), {"甲": "达成"}).code == "word-not-number"
    assert bounds(parse("甲"), {"甲": "达成"}).code == "formula-not-number"
    assert bounds(parse("若 甲 ≥ 1 则 1；否则 2"), {"甲": "达成"}).code == "word-not-number"
    assert bounds(parse("（甲 ≥ 1） + 1"), {"甲": point(1)}).code == "formula-not-number"
    assert bounds(parse("若 甲 则 1；否则 2"), {"甲": point(1)}).code == "formula-not-condition"
    grade = parse("若 （若 甲 ≥ 85% 则 “优”；否则 “良”） = “优” 则 5分；否则 3分")
    assert bounds(grade, {"甲": _stated("85", "%")}).code == "word-undecided"
    assert bounds(grade, {"甲": _stated("90", "%")}) == point(5)
    assert bounds(parse("若 评 = “优” 则 5分；否则 3分"), {"评": "良"}) == point(3)


def test_whole_numbers_need_numbers():
    """A word among the numbers is named; divisors that are nowhere positive leave no answer."""
    assert whole_numbers(parse("甲 = 乙 + 1"), "乙", {"甲": "达成"}).code == "word-not-number"
    assert whole_numbers(parse("1 ÷ （乙 - 2） = 1"), "乙", {}, highest=100) == (3,)


def test_contradiction_inside_a_condition():
    """What an earlier part of 且 says is known to the later: nothing is above 5 and below 3."""
    assert certain(parse("甲 > 5 且 甲 < 3"), {"甲": Interval(Fraction(0), Fraction(9), True, True)}) == "no"
    assert certain(parse("甲 ≤ 5 或 甲 ≥ 3"), {"甲": Interval(Fraction(0), Fraction(9), True, True)}) == "yes"


def test_open_ends_exclude():
    """Below 5 is not 5: an open end takes part in no comparison that only the end could meet."""
    below = Interval(Fraction(0), Fraction(5), True, False)
    above = Interval(Fraction(5), Fraction(9), False, True)
    assert holds(parse("甲 ≤ 乙"), {"甲": Quantity(5), "乙": below}) == "no"
    assert holds(parse("甲 ≥ 乙"), {"甲": Quantity(5), "乙": above}) == "no"
    assert holds(parse("甲 = 乙"), {"甲": below, "乙": above}) == "no"
    assert certain(parse("甲 < 乙"), {"甲": below, "乙": Quantity(5)}) == "yes"
    assert bounds(parse("取大（甲，5）"), {"甲": below}) == point(5)
