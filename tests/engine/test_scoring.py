"""核算得分: exact points against plain Fractions, ties on purpose; adjustments, judges, what is not applicable."""

from __future__ import annotations

import pickle
from fractions import Fraction

import pytest
from hypothesis import given, settings, strategies as st

import perfeval as pe
from perfeval.engine.planning.planner import plan
from perfeval.engine.scoring.points import score

STRATEGIES = ("正向", "反向递减", "反向比例")


def reference(kind: str, w: Fraction, aim: Fraction, actual: Fraction) -> Fraction:
    """The three rules as their notices state them, in plain Fractions; nothing of the library is used."""
    if kind == "正向":
        return w if actual >= aim else w * max(actual, Fraction(0)) / aim
    if actual <= aim:
        return w
    if kind == "反向递减":
        return Fraction(0) if actual >= 2 * aim else w * (2 - actual / aim)
    return w * aim / actual


def half_up(value: Fraction, digits: int) -> Fraction:
    """Half goes up, by magnitude (these points are never negative)."""
    scaled = value * 10**digits
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    return Fraction(whole + (2 * rest >= scaled.denominator), 10**digits)


@st.composite
def tables(draw: st.DrawFn) -> list[tuple[str, Fraction, Fraction, Fraction]]:
    """Rows of one table: arbitrary ones, and ones whose points are exactly half a hundredth (solved for 完成值)."""
    rows = []
    for _ in range(draw(st.integers(1, 12))):
        kind = draw(st.sampled_from(STRATEGIES))
        w = Fraction(draw(st.integers(1, 400)), 10)
        aim = Fraction(draw(st.integers(1, 10**6)), draw(st.sampled_from((1, 10, 100))))
        actual = Fraction(draw(st.integers(0, 2 * 10**6)), draw(st.sampled_from((1, 10, 100))))
        if draw(st.booleans()):  # an exact half hundredth, solved for 完成值 in whole numbers
            whole, m = draw(st.integers(1, 40)), draw(st.integers(1, 9))
            odd = 2 * draw(st.integers(0, 100 * whole - 1)) + 1
            w, aim, actual = Fraction(whole), Fraction(200 * whole * m), Fraction(odd * m)
            if kind == "反向递减":
                actual = 2 * aim - actual
            if kind == "反向比例":
                aim, actual = actual, aim
        rows.append((kind, w, aim, actual))
    return rows


def written(number: Fraction) -> str:
    """A finite decimal as text, digit by digit."""
    scaled, places = number, 0
    while scaled.denominator != 1:
        scaled, places = scaled * 10, places + 1
    digits = str(scaled.numerator).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits


@settings(max_examples=150)
@given(tables(), st.sampled_from((0, 1, 2, 3)))
def test_points_are_exact(rows: list[tuple[str, Fraction, Fraction, Fraction]], digits: int) -> None:
    """No score and no total differs in the last digit from plain Fractions rounded once per indicator."""
    framework = pe.Framework(
        "示例",
        [
            pe.Indicator(f"指标{i}", written(w), f"{'≥' if kind == '正向' else '≤'}{written(aim)}亩", strategy=kind)
            for i, (kind, w, aim, _) in enumerate(rows)
        ],
        rounding=pe.Rounding(digits),
    )
    cells = [pe.Row(f"指标{i}", actual=f"{written(row[3])}亩") for i, row in enumerate(rows)]
    expected = [half_up(reference(kind, w, aim, actual), digits) for kind, w, aim, actual in rows]
    result = score(plan(pe.Case("示例街道办事处", 2021, framework, rows=cells)))
    assert [part.earned.number for part in result.parts if part.earned is not None] == expected
    assert result.earned is not None
    assert result.earned.number == sum(expected)


def one(indicator: pe.Indicator, row: pe.Row | None, **more: object) -> pe.Evaluation:
    """The evaluation of a framework with one indicator."""
    framework = pe.Framework("示例", [indicator], **more)  # type: ignore[arg-type]
    return pe.evaluate(pe.Case("示例街道办事处", 2021, framework, rows=[row] if row else []))


def test_truncated_points() -> None:
    """A framework that cuts gives 6.66 where half up gives 6.67 (10 × 2 ÷ 3)."""
    row = pe.Row("巡查", actual="2次")
    cut = one(pe.Indicator("巡查", 10, "≥3次"), row, rounding=pe.Rounding(2, "舍去"))
    up = one(pe.Indicator("巡查", 10, "≥3次"), row)
    assert (str(cut.score.earned), str(up.score.earned)) == ("6.66分", "6.67分")


def test_parts_are_added_after_rounding() -> None:
    """Three thirds of 10 are printed 3.33 each and add up to 9.99, as the printed table does."""
    parts = [pe.Indicator(f"第{n}项", 10, "≥3次") for n in "甲乙丙"]
    case = pe.Case(
        "示例街道办事处", 2021, pe.Framework("示例", parts), rows=[pe.Row(p.name, actual="1次") for p in parts]
    )
    assert str(pe.evaluate(case).score.earned) == "9.99分"


@pytest.mark.parametrize(
    ("rate", "cap", "earned"),
    [("79.99%", "89分", "89分"), ("80%", "89分", "90分"), ("59.9%", "59分", "59分")],
)
def test_cap_by_condition(rate: str, cap: str, earned: str) -> None:
    """The total is capped where the rate is below the line, and only there."""
    framework = pe.Framework(
        "示例",
        [pe.Indicator("预算执行率", 10, "100%", strategy="达线满分"), pe.Indicator("清查", 90, "≥1次")],
        then=[{"封顶": {"条件": "预算执行率 < 80 %", "至多": cap}}],
    )
    rows = [pe.Row("预算执行率", actual=rate), pe.Row("清查", actual="1次")]
    assert str(pe.evaluate(pe.Case("示例街道办事处", 2021, framework, rows=rows)).score.earned) == earned


def test_cap_of_another_nodes_points() -> None:
    """An adjustment can name another node's points; they are computed first, wherever it stands."""
    framework = pe.Framework(
        "示例",
        [pe.Indicator("巡查", 40, "≥10次"), pe.Indicator("整改", 60, "≥10处")],
        then=[{"封顶": {"条件": "整改.得分 < 60分", "至多": "59分"}}],
    )
    rows = [pe.Row("巡查", actual="10次"), pe.Row("整改", actual="9处")]
    evaluation = pe.evaluate(pe.Case("示例街道办事处", 2021, framework, rows=rows))
    assert (str(evaluation["整改"].earned), str(evaluation.score.earned)) == ("54分", "59分")


def test_adjusted_once() -> None:
    """A leaf's adjustment works on the exact value and its result is rounded once: 10 × 2 ÷ 3 × 90 % is 6.00, not 6.01."""
    indicator = pe.Indicator("巡查", 10, "≥3次", then=[{"复核折扣": {"低几档": "1"}}])
    assert str(one(indicator, pe.Row("巡查", actual="2次")).score.earned) == "6分"


def test_nothing_is_never_full_points() -> None:
    """A budget of 0 and a missing 完成值 are 无法计分 with the reason, never 0 and never full points."""
    rate = pe.Indicator("预算执行率", 10, "100%", actual="全年执行数 ÷ 全年预算数")
    framework = pe.Framework("示例", [rate, pe.Indicator("巡查", 90, "≥3次")])
    budget = pe.Budget(whole_year="0万元", spent="0万元")
    evaluation = pe.evaluate(pe.Case("示例街道办事处", 2021, framework, budget=budget, rows=[pe.Row("巡查")]))
    assert evaluation["预算执行率"].earned is None
    assert "全年预算数" in evaluation["预算执行率"].because
    assert "完成值" in evaluation["巡查"].because
    assert (evaluation.score.low_steps, evaluation.score.high_steps) == (0, 10000)


def test_a_missing_amount_is_named() -> None:
    """An amount that the case leaves out is named as the reason."""
    rate = pe.Indicator("预算执行率", 10, "100%", actual="全年执行数 ÷ 全年预算数")
    case = pe.Case("示例街道办事处", 2021, pe.Framework("示例", [rate]), budget=pe.Budget(whole_year="10万元"))
    assert "全年执行数" in pe.evaluate(case)["预算执行率"].because


@pytest.mark.parametrize(("rule", "earned"), [("折算", "80分"), ("满分", "84分")])
def test_not_applicable(rule: str, earned: str) -> None:
    """64 of 80 with 20 points not applicable: 64 ÷ 80 × 100 = 80 by 折算, 64 + 20 = 84 by 满分."""
    framework = pe.Framework(
        "示例", [pe.Indicator("巡查", 80, "≥10次"), pe.Indicator("引资", 20, "≥1宗")], not_applicable=rule
    )
    rows = [pe.Row("巡查", actual="8次"), pe.Row("引资", actual="不适用")]
    evaluation = pe.evaluate(pe.Case("示例街道办事处", 2021, framework, rows=rows))
    assert str(evaluation.score.earned) == earned
    reasons = {
        "折算": "下级合计64分；引资不适用，从80分折算到100分：64分 × 100分 ÷ 80分 = 80分",
        "满分": "下级合计64分；引资不适用，按满分计入20分",
    }
    assert evaluation.score.because == reasons[rule]
    assert reasons[rule].partition("；")[2] in "".join(evaluation.score.trace)
    own = {"折算": "“引资”不适用，20分不计入，总分按其余分值折算", "满分": "“引资”不适用，按满分20分计"}
    assert evaluation["引资"].because == own[rule]


def test_not_applicable_where_nobody_says_what_then() -> None:
    """Without a rule the 20 points may count or not: the whole is 64 to 84, and a finding asks for the rule."""
    framework = pe.Framework("示例", [pe.Indicator("巡查", 80, "≥10次"), pe.Indicator("引资", 20, "≥1宗")])
    rows = [pe.Row("巡查", actual="8次", reason="雨季"), pe.Row("引资", actual="不适用")]
    evaluation = pe.evaluate(pe.Case("示例街道办事处", 2021, framework, rows=rows))
    score = evaluation.score
    assert (score.earned, str(score.low), str(score.high)) == (None, "64分", "84分")
    assert [(each.code, each.of) for each in evaluation.findings] == [("unscored", "引资")]


def test_nothing_applicable_is_no_score_of_nought() -> None:
    """0 ÷ 0 is no score: the whole is undecided and says why."""
    framework = pe.Framework("示例", [pe.Indicator("引资", 100, "≥1宗")], not_applicable="折算")
    score = pe.evaluate(pe.Case("示例", 2021, framework, rows=[pe.Row("引资", actual="不适用")])).score
    assert (score.earned, score.because) == (None, "各项指标都不适用，无法折算")


def test_not_applicable_below_a_dimension() -> None:
    """What is not applicable further down is set aside once, at the whole."""
    groups = [
        pe.Dimension("产出", 80, [pe.Indicator("巡查", 60, "≥10次"), pe.Indicator("引资", 20, "≥1宗")]),
        pe.Dimension("效益", 20, [pe.Indicator("宣传", 20, "≥1场")]),
    ]
    rows = [pe.Row("巡查", actual="5次"), pe.Row("引资", actual="不适用"), pe.Row("宣传", actual="1场")]
    case = pe.Case("示例街道办事处", 2021, pe.Framework("示例", groups, not_applicable="折算"), rows=rows)
    evaluation = pe.evaluate(case)
    assert str(evaluation.score.earned) == "62.5分"  # (30 + 20) ÷ 80 × 100
    assert evaluation["产出"].because == "引资不适用，20分不计入"
    assert "从80分折算到100分：50分 × 100分 ÷ 80分 = 62.5分" in evaluation.score.because


@pytest.mark.parametrize(
    ("word", "stated", "settled"),
    [("达成年度指标", "8", True), ("达成年度指标", "7.99", False), ("部分达成", "6", True), ("部分达成", "8", False)],
)
def test_judged_in_its_band(word: str, stated: str, settled: bool) -> None:
    """Stated points in the word's band settle a judged row (80/60: the lower limit belongs to its band)."""
    indicator = pe.Indicator("机制", 10, "健全", strategy="定性三档80/60")
    evaluation = one(indicator, pe.Row("机制", actual=word, earned=stated))
    assert (evaluation["机制"].earned is not None) is settled
    if settled:
        assert evaluation["机制"].by == "评定"
        assert "含评定10分" in evaluation.score.because


def test_experts_are_averaged_once() -> None:
    """Without the highest and lowest of 7.5, 8, 7, 7.8, 6.5 the mean is 22.3 ÷ 3, rounded once."""
    indicator = pe.Indicator("机制", 8, "健全", strategy="专家平均去最高最低")
    evaluation = one(indicator, pe.Row("机制", judged=["7.5", "8", "7", "7.8", "6.5"]))
    assert str(evaluation["机制"].earned) == "7.43分"
    assert evaluation["机制"].by == "评定"


@pytest.mark.parametrize(
    ("written", "code"),
    [("9", "expert-beyond"), ("-1", "expert-unread"), ("很好", "expert-unread")],
)
def test_an_expert_gives_from_nothing_to_full_points(written: str, code: str) -> None:
    """Of 8 points nobody can give 9, fewer than none, or words: nothing is averaged, and it is said which score is wrong."""
    indicator = pe.Indicator("机制", 8, "健全", strategy="专家平均")
    score = one(indicator, pe.Row("机制", judged=["8", written]))["机制"]
    assert score.earned is None
    assert score.why_not is not None
    assert score.why_not.code == code
    assert written in score.because


def test_an_adjustment_without_parameters_is_its_name() -> None:
    """As in a file: 65 of 100 spent holds the total to 79; what is no adjustment is refused in words."""
    parts = [
        pe.Indicator("预算执行率", 10, "100 %", actual="全年执行数 ÷ 全年预算数"),
        pe.Indicator("巡查", 90, "≥1次"),
    ]
    case = pe.Case(
        framework=pe.Framework("示例", parts, then=["执行率分段封顶"]),
        budget=pe.Budget(whole_year="100万元", spent="65万元"),
        rows=[pe.Row("巡查", actual="1次")],
    )
    assert str(pe.evaluate(case).score.earned) == "79分"
    for wrong in (("封顶", {}), 3, {}):
        with pytest.raises(pe.FrameworkError) as caught:
            pe.Framework("示例", parts, then=[wrong])
        assert caught.value.code == "adjustment-form"


def test_unnamed_points_stay_open() -> None:
    """A partial framework never claims a total: 5 of 100 points are unnamed, so 95 to 100 remain."""
    framework = pe.Framework("示例", [pe.Indicator("巡查", 95, "≥1次")], 100, partial=True)
    evaluation = pe.evaluate(pe.Case("示例街道办事处", 2021, framework, rows=[pe.Row("巡查", actual="1次")]))
    assert evaluation.score.earned is None
    assert (str(evaluation.score.low), str(evaluation.score.high)) == ("95分", "100分")
    assert "5分未列明" in evaluation.score.because


def test_grade_needs_one_band() -> None:
    """A grade is given where least and most share a band, else 无法判断."""
    grades = [("优", 90), ("良", 80), ("中", 60), ("差", 0)]
    open_ = pe.Framework("示例", [pe.Indicator("巡查", 95, "≥1次")], 100, partial=True, grades=grades)
    wide = pe.Framework("示例", [pe.Indicator("巡查", 85, "≥1次")], 100, partial=True, grades=grades)
    row = [pe.Row("巡查", actual="1次")]
    assert pe.evaluate(pe.Case("示例街道办事处", 2021, open_, rows=row)).grade == "优"
    assert pe.evaluate(pe.Case("示例街道办事处", 2021, wide, rows=row)).grade == "无法判断"


def test_the_lower_limit_belongs_to_its_band() -> None:
    """89.5 is 良: bands published for whole numbers are read from their lower limits."""
    framework = pe.Framework("示例", [pe.Indicator("巡查", 100, "≥1000次")], grades=[("优", 90), ("良", 80), ("差", 0)])
    assert pe.evaluate(pe.Case("示例", 2021, framework, rows=[pe.Row("巡查", actual="895次")])).grade == "良"
    assert pe.evaluate(pe.Case("示例", 2021, framework, rows=[pe.Row("巡查", actual="900次")])).grade == "优"


def test_an_evaluation_travels() -> None:
    """An evaluation is pickled without its closures and says the same afterwards."""
    evaluation = one(pe.Indicator("巡查", 10, "≥3次"), pe.Row("巡查", actual="2次", earned="6"))
    again = pickle.loads(pickle.dumps(evaluation))
    assert str(again) == str(evaluation)
    assert again["巡查"].because == evaluation["巡查"].because
    assert pe.evaluate(again.plan).score.steps == evaluation.score.steps
    assert again.findings == evaluation.findings


def test_what_if_takes_the_plan_once() -> None:
    """evaluate takes a case or its plan and says the same."""
    framework = pe.Framework("示例", [pe.Indicator("巡查", 10, "≥3次")])
    case = pe.Case("示例街道办事处", 2021, framework, rows=[pe.Row("巡查", actual="2次")])
    assert str(pe.evaluate(plan(case))) == str(pe.evaluate(case))
    assert str(pe.evaluate(case.change({"巡查": "3次"})).score.earned) == "10分"


def test_a_reason_that_lies_in_the_actual_names_its_cell() -> None:
    """The trace of what cannot be scored leads to the 完成值 itself, not to the beginning of its row."""
    text = """perfeval: case/1
office: 示例街道办事处
rows:
- {of: 办结率, points: 50, target: ≥95%, actual: 0.96}
- {of: 管网, points: 25, target: ≥260米, actual: ≥266米}
- {of: 台账, points: 25, target: ≥3本, actual: 齐全}
"""
    evaluation = pe.evaluate(pe.read(text.encode()))
    for line, (name, actual) in enumerate([("办结率", "0.96"), ("管网", "≥266米"), ("台账", "齐全")], 4):
        column = text.splitlines()[line - 1].rindex(actual) + 1
        assert f"第{line}行第{column}列" in evaluation[name].trace[1]
        (found,) = (each for each in evaluation.findings if each.code == "unscored" and each.of == name)
        assert (found.places[0].line, found.places[0].column) == (line, column)


def test_a_computed_quotient_stands_in_the_unit_of_its_target() -> None:
    """65万元 for 10万餐次 is 6.50元/餐次, said so beside a target in 元/餐次: in the trace, in JSON and as a value."""
    import perfeval as pe

    part = pe.Indicator("单价", 100, "≤6 元/餐次", strategy="限内满分", actual="补助 ÷ 用餐")
    framework = pe.Framework("示例", [part], units={"餐次": "一人一餐"}, data={"补助": "万元", "用餐": "万餐次"})
    data = [pe.Item("补助", "65万元"), pe.Item("用餐", "10万餐次")]
    score = pe.evaluate(pe.Case("示例街道办事处", 2021, framework, data=data))["单价"]
    assert str(score.computed_actual) == "6.5元/餐次"
    assert any(line.endswith("= 6.50元/餐次") for line in score.trace)
    assert score.earned is not None
    assert score.earned.number == 0  # more than 6元/餐次
