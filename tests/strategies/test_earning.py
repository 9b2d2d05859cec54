"""Every scoring rule against a reference in plain Fractions, with half-way ties made on purpose."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import example, given, settings, strategies as st

from perfeval.errors import Problem
from perfeval.formulas.build import names
from perfeval.formulas.exact import round_pair, value
from perfeval.formulas.units import check_units
from perfeval.quantities.quantity import Quantity
from perfeval.quantities.units import base_units
from perfeval.strategies.built_in import BUILT_IN, strategy

if TYPE_CHECKING:
    from collections.abc import Callable

F = Fraction


# The rules again, from their wording alone: w 分值, a 指标值, b 完成值. None is 无法计分.
def positive(w: F, a: F, b: F) -> F | None:
    """≥: met is full, else in proportion."""
    if a < 0:
        return w if b >= a else None
    b = max(b, F(0))
    return w if b >= a else w * b / a


def equal(w: F, a: F, b: F) -> F | None:
    """=: like ≥; of a target of 0 nothing may happen."""
    if a == 0:
        return w if b <= 0 else F(0)
    if a < 0:
        return w if b == a else None
    return positive(w, a, b)


def reverse_linear(w: F, a: F, b: F) -> F | None:
    """≤ 3a: falls in a line to 0 at twice the target."""
    if b <= a:
        return w
    if a < 0:
        return None
    return F(0) if b >= 2 * a else w * (2 - b / a)


def reverse_ratio(w: F, a: F, b: F) -> F | None:
    """≤ 3b: target over actual."""
    if b <= a:
        return w
    return None if a < 0 else w * a / b


def line_share(line: F) -> Callable[[F, F, F], F | None]:
    """Below the line nothing, above it in proportion."""

    def rule(w: F, a: F, b: F) -> F | None:
        met = positive(w, a, b)
        return F(0) if a > 0 and b < a and b < line else met

    return rule


def from_line(line: F) -> Callable[[F, F, F], F | None]:
    """Points from the line on."""

    def rule(w: F, a: F, b: F) -> F | None:
        if b >= a:
            return w
        return F(0) if b < line else w * (b - line) / (a - line)

    return rule


def steps(each: F, lost: F, how: str, side: str) -> Callable[[F, F, F], F | None]:
    """So much lost for each step."""

    def rule(w: F, a: F, b: F) -> F | None:
        gap = a - max(b, F(0)) if side == "short" else b - a
        if a < 0:
            return w if (b >= a if side == "short" else b <= a) else None
        if gap <= 0:
            return w
        number = gap / each
        whole = F(number.numerator // number.denominator)
        if how == "满一步":
            number = whole
        elif how == "不足一步按一步":
            number = whole if whole == number else whole + 1
        return max(F(0), w - lost * number)

    return rule


def satisfaction(of: str) -> Callable[[F, F, F], F | None]:
    """Full from the target, nothing below 60 %, a share between."""

    def rule(w: F, a: F, b: F) -> F | None:
        if b >= a:
            return w
        if b < F(60, 100):
            return F(0)
        return w * b / a if of == "line" else w * min(F(1), b)

    return rule


def budget(w: F, a: F, b: F) -> F | None:
    """分值 × rate, at most 1."""
    return w * min(F(1), max(F(0), b))


def budget_steps(w: F, a: F, b: F) -> F | None:
    """100 % all, 80 % seven tenths, 60 % half."""
    share = F(1) if b >= 1 else F(7, 10) if b >= F(8, 10) else F(5, 10) if b >= F(6, 10) else F(0)
    return w * share


class Rule(NamedTuple):
    name: str
    arguments: dict[str, Any]
    unit: str
    reference: Callable[[F, F, F], F | None]
    solve: Callable[[F, F, F], F] | None = None
    """The 完成值 that earns p of w at target a, on the rule's slope."""


RULES = [
    Rule("正向", {}, "次", positive, lambda w, a, p: p * a / w),
    Rule("正向", {}, "%", positive, lambda w, a, p: p * a / w),
    Rule("等于", {}, "件", equal, lambda w, a, p: p * a / w),
    Rule("反向递减", {}, "天", reverse_linear, lambda w, a, p: a * (2 - p / w)),
    Rule("反向比例", {}, "万元", reverse_ratio, lambda w, a, p: w * a / p),
    Rule("达线比例", {"线": "60 次"}, "次", line_share(F(60)), lambda w, a, p: p * a / w),
    Rule("达线起算", {}, "%", from_line(F(60, 100)), lambda w, a, p: F(6, 10) + p * (a - F(6, 10)) / w),
    Rule("递减按比例", {"每": "1 百分点", "扣": "0.5 分"}, "%", steps(F(1, 100), F(1, 2), "按比例", "short"),
         lambda w, a, p: a - (w - p) * 2 / 100),
    Rule("递减按比例", {"每": "1 %", "扣": "0.5 分"}, "%", steps(F(1, 100), F(1, 2), "按比例", "short"),
         lambda w, a, p: a - (w - p) * 2 / 100),
    Rule("递减满一步", {"每": "1 百分点", "扣": "0.5 分"}, "%", steps(F(1, 100), F(1, 2), "满一步", "short")),
    Rule("递减不足一步按一步", {"每": "2 次", "扣": "0.3 分"}, "次", steps(F(2), F(3, 10), "不足一步按一步", "short")),
    Rule("超出递减按比例", {"每": "3 宗", "扣": "1 分"}, "宗", steps(F(3), F(1), "按比例", "over"),
         lambda w, a, p: a + (w - p) * 3),
    Rule("超出递减满一步", {"每": "0.1 百分点", "扣": "0.3 分"}, "%", steps(F(1, 1000), F(3, 10), "满一步", "over")),
    Rule("超出递减不足一步按一步", {"每": "2 天", "扣": "1 分"}, "天", steps(F(2), F(1), "不足一步按一步", "over")),
    Rule("满意度比例按达标线", {}, "%", satisfaction("line"), lambda w, a, p: p * a / w),
    Rule("满意度比例按百分", {}, "%", satisfaction("hundred"), lambda w, a, p: p / w),
    Rule("预算执行", {}, "%", budget, lambda w, a, p: p / w),
    Rule("预算执行分档", {}, "%", budget_steps),
]  # fmt: skip

SOLVED = [rule for rule in RULES if rule.solve is not None]
MET_AT_TARGET = {"预算执行", "预算执行分档"}  # their target is 100 %, whatever is written


def bases(unit: str) -> F:
    """The factor of a unit."""
    return base_units().get(unit).factor


def computed(rule: Rule, w: F, a: F, b: F) -> Any:
    """What the library's formula gives, everything in base units."""
    unit = base_units().get(rule.unit)
    formula = strategy(rule.name).bind(rule.arguments)
    given_ = {
        "分值": Quantity(w, "分"),
        "指标值": Quantity(a / unit.factor, unit),
        "完成值": Quantity(b / unit.factor, unit),
    }
    assert check_units(formula, {"分值": base_units().get("分"), "指标值": unit, "完成值": unit}).symbol == "分"
    return value(formula, given_)


def half_up(points: F) -> F:
    """To hundredths, half up, in whole numbers: points here are not negative."""
    hundredths = points * 100
    down = hundredths.numerator // hundredths.denominator
    return F(down + 1 if hundredths - down >= F(1, 2) else down, 100)


def agree(rule: Rule, w: F, a: F, b: F) -> None:
    """The formula gives what the reference gives, exactly and rounded."""
    expected, got = rule.reference(w, a, b), computed(rule, w, a, b)
    if expected is None:
        assert isinstance(got, Problem), (rule.name, w, a, b, got)
        return
    assert isinstance(got, Quantity), (rule.name, w, a, b, str(got))
    assert got.base == expected, (rule.name, w, a, b)
    assert F(round_pair(*got.pair, 100), 100) == half_up(expected)
    assert 0 <= got.base <= w


IDS = [f"{rule.name}-{rule.unit}" for rule in RULES]
points_ = st.integers(1, 40) | st.sampled_from([F(5, 2), F(15, 2), F(25, 2)])


@pytest.mark.parametrize("rule", RULES, ids=IDS)
@settings(max_examples=80, deadline=None)
@given(w=points_, a=st.integers(-3, 300), b=st.integers(-5, 700), part=st.sampled_from([1, 10, 7]))
def test_random_values_agree(rule: Rule, w: Any, a: int, b: int, part: int) -> None:
    """Random values, zero and negative ones among them, give what the rule's wording gives."""
    factor = bases(rule.unit)
    target, actual = F(a) * factor, F(b, part) * factor
    if rule.name in ("达线起算", "满意度比例按达标线", "满意度比例按百分") and a < 60:
        target = F(9, 10)  # rates have targets above their lower line
    agree(rule, F(w), target, actual)


@pytest.mark.parametrize("rule", SOLVED, ids=lambda r: f"{r.name}-{r.unit}")
@settings(max_examples=150, deadline=None)
@given(w=st.integers(1, 40), a=st.integers(61, 400), k=st.integers(0, 3999))
@example(w=10, a=90, k=333)
@example(w=30, a=160, k=2967)
def test_ties_round_up(rule: Rule, w: int, a: int, k: int) -> None:
    """A 完成值 solved to earn exactly half a last digit earns exactly that, and rounds up."""
    points = F(2 * (k % (100 * w)) + 1, 200)
    target = F(a) * bases(rule.unit)
    assert rule.solve is not None
    agree(rule, F(w), target, rule.solve(F(w), target, points))


@pytest.mark.parametrize("rule", SOLVED, ids=lambda r: f"{r.name}-{r.unit}")
def test_the_slope_of_a_tie_is_reached(rule: Rule) -> None:
    """The ties of the property test lie on the slope (else it would prove nothing)."""
    assert rule.solve is not None
    target, points = F(100) * bases(rule.unit), F(1989, 200)
    assert rule.reference(F(10), target, rule.solve(F(10), target, points)) == points


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_full_at_target(rule: Rule) -> None:
    """The target reached earns all points."""
    target = F(100) * bases(rule.unit)
    assert computed(rule, F(10), target, target).base == 10


@pytest.mark.parametrize("rule", [r for r in RULES if r.name not in MET_AT_TARGET], ids=lambda r: f"{r.name}-{r.unit}")
def test_a_negative_actual_counts_as_nought(rule: Rule) -> None:
    """A negative 完成值 earns what 0 earns where the target is not negative."""
    target = F(100) * bases(rule.unit)
    assert computed(rule, F(10), target, F(-7)).base == computed(rule, F(10), target, F(0)).base


def test_the_two_reverse_methods_disagree() -> None:
    """Target 10, actual 15, 10 points: 5.00 by 反向递减 and 6.67 by 反向比例."""
    linear, ratio = (Rule(name, {}, "天", positive) for name in ("反向递减", "反向比例"))
    assert computed(linear, F(10), F(10), F(15)).base == 5
    assert round_pair(*computed(ratio, F(10), F(10), F(15)).pair, 100) == 667


@pytest.mark.parametrize(
    ("name", "lost"), [("递减按比例", "1.8"), ("递减满一步", "1.5"), ("递减不足一步按一步", "2.0")]
)
def test_the_three_ways_of_counting_steps(name: str, lost: str) -> None:
    """3.6 百分点 short at 0.5 points each lose 1.8, 1.5 or 2.0."""
    rule = Rule(name, {"每": "1 百分点", "扣": "0.5 分"}, "%", positive)
    assert computed(rule, F(10), F(95, 100), F("0.914")).base == 10 - F(lost)


def test_one_percent_of_a_count_is_a_share_of_the_target() -> None:
    """每 1 % of a target of 200 次 is 2 次: 194 次 are three steps short."""
    count = base_units().get("次")
    formula = strategy("递减按比例").bind({"每": "1 %", "扣": "0.5 分"}, unit=count)
    given_ = {"分值": Quantity(10, "分"), "指标值": Quantity(200, "次"), "完成值": Quantity(194, "次")}
    assert value(formula, given_) == Quantity("8.5", "分")
    assert value(strategy("递减按比例").bind({"每": "1 % × 指标值", "扣": "0.5 分"}), given_) == Quantity("8.5", "分")


@pytest.mark.parametrize(
    ("name", "arguments", "actual", "points"),
    [
        ("递减按比例", {"起点": "90 %", "每": "5 百分点", "扣": "1 分"}, "80 %", "8"),
        ("递减按比例", {"起点": "90 %", "每": "0.1 百分点", "扣": "0.3 分"}, "89.5 %", "8.5"),
        ("超出递减按比例", {"起点": "100 %", "每": "1 百分点", "扣": "0.1 分"}, "107 %", "9.3"),
        ("递减按比例", {"起点": "90 %", "每": "1 百分点", "扣": "5 分"}, "50 %", "0"),
        ("递减按比例", {"起点": "90 %", "每": "1 百分点", "扣": "5 分", "至少": "4 分"}, "50 %", "4"),
    ],
)
def test_starts_and_floors(name: str, arguments: dict[str, str], actual: str, points: str) -> None:
    """A start of its own, small steps and a floor, by hand."""
    formula = strategy(name).bind(arguments)
    given_ = {"分值": Quantity(10, "分"), "完成值": Quantity(actual.rstrip(" %"), "%")}
    assert names(formula) == ("完成值", "分值")
    assert value(formula, given_) == Quantity(points, "分")


@pytest.mark.parametrize(
    ("actual", "points"), [("90 %", "10"), ("110 %", "10"), ("85 %", "9"), ("114 %", "9.2"), ("20 %", "0")]
)
def test_inside_a_range(actual: str, points: str) -> None:
    """Both ends of the range earn all points; outside it falls on either side."""
    formula = strategy("区间递减按比例").bind(下限="90 %", 上限="110 %", 每="5 百分点", 扣="1 分")
    given_ = {"分值": Quantity(10, "分"), "完成值": Quantity(actual.rstrip(" %"), "%")}
    assert value(formula, given_) == Quantity(points, "分")


@pytest.mark.parametrize(
    ("target", "actual", "points"), [("是", "是", 4), ("是", "否", 0), ("否", "否", 4), ("否", "是", 0)]
)
def test_yes_or_no(target: str, actual: str, points: int) -> None:
    """是 and 否 both occur as targets."""
    given_ = {"分值": Quantity(4, "分"), "指标值": target, "完成值": actual}
    assert value(strategy("是否").bind(), given_) == Quantity(points, "分")


@pytest.mark.parametrize(
    ("name", "rank", "points"), [("限内满分", 3, 5), ("限内满分", 4, 0), ("达线满分", 2, 0), ("达线满分", 3, 5)]
)
def test_full_or_nothing(name: str, rank: int, points: int) -> None:
    """A limit or a line: all points or none."""
    given_ = {"分值": Quantity(5, "分"), "指标值": Quantity(3, "名次"), "完成值": Quantity(rank, "名次")}
    assert value(strategy(name).bind(), given_) == Quantity(points, "分")


def test_pieces_add_up_to_full_points() -> None:
    """Two points a piece: three are 6, six are 10 of 10."""
    formula = strategy("按数累加").bind(每项="2 分/项")
    for pieces, points in ((0, 0), (3, 6), (5, 10), (6, 10)):
        assert value(formula, {"分值": Quantity(10, "分"), "完成值": Quantity(pieces, "项")}) == Quantity(points, "分")


def test_actuals_as_formulas() -> None:
    """执行率 and 满意率 are formulas of the actual; a base of 0 is 无法计分, never 0."""
    rate = strategy("执行率").bind(执行数="全年执行数", 预算数="全年预算数")
    spent = {"全年执行数": Quantity("16045.66", "万元")}
    got = value(rate, spent | {"全年预算数": Quantity("16898.11", "万元")})
    assert isinstance(got, Quantity)
    assert got.base == F("16045.66") / F("16898.11")
    assert isinstance(value(rate, spent | {"全年预算数": Quantity(0, "万元")}), Problem)
    five = strategy("满意率五级").bind(很满意="甲", 满意="乙", 一般="丙", 不满意="丁", 很不满意="戊")
    sheets = {name: Quantity(count, "份") for name, count in zip("甲乙丙丁戊", (50, 30, 10, 5, 5))}
    got = value(five, sheets)
    assert isinstance(got, Quantity)
    assert got.base == F(50 * 100 + 30 * 80 + 10 * 60 + 5 * 30, 100 * 100)


@pytest.mark.parametrize(("actual", "holds"), [(129, False), (130, True), (131, True)])
def test_when_a_reason_is_due(actual: int, holds: bool) -> None:
    """A reason is due from 130 % of the target on; of a target of 0 there is no such share."""
    formula = strategy("超额需说明").bind()
    assert value(formula, {"指标值": Quantity(100, "次"), "完成值": Quantity(actual, "次")}) is holds
    assert value(formula, {"指标值": Quantity(0, "次"), "完成值": Quantity(actual, "次")}) is False


def test_every_rule_that_scores_is_tested() -> None:
    """No scoring strategy without a test here or beside its table."""
    here = {rule.name for rule in RULES}
    one_by_one = {"区间满分", "按数累加", "是否", "达线满分", "限内满分", "区间递减按比例"}
    same_as = {"区间递减满一步", "区间递减不足一步按一步"}
    tables = {"分档", "插值", "区间分档", "要素计数", "缺项扣分", "专家平均", "专家平均去最高最低"}
    assert {n for n in BUILT_IN if BUILT_IN[n].kind == "评分"} == here | one_by_one | same_as | tables
