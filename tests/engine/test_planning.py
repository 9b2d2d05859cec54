"""评价方案: where rows stand, which rule scores them, and what is said where that cannot be told."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

import perfeval as pe
from perfeval.engine.planning.planner import plan
from perfeval.engine.planning.strategy_choice import prepared_rule
from perfeval.model.names import declared_names


def planned(parts: list[pe.Dimension | pe.Indicator], rows: list[pe.Row], **more: object) -> pe.Plan:
    """The plan of an invented case."""
    return plan(pe.Case("示例街道办事处", 2021, pe.Framework("示例", parts, **more), rows=rows))  # type: ignore[arg-type]


def codes(made: pe.Plan) -> list[str]:
    """The codes of its problems."""
    return [each.code for each in made.problems]


def test_a_bare_name_will_do() -> None:
    """A third-level name that is unique finds its place without a path."""
    made = planned([pe.Dimension("产出", 10, [pe.Indicator("巡查", 10, "≥1次")])], [pe.Row("巡查", actual="1次")])
    assert made.root.parts[0].parts[0].row is not None
    assert made.problems == ()


def test_an_ambiguous_name_is_named() -> None:
    """A name that two parts bear is a problem that lists both paths, and no row is guessed."""
    parts = [pe.Dimension(group, 10, [pe.Indicator("数量", 10, "≥1次")]) for group in ("产出", "效益")]
    made = planned(parts, [pe.Row("数量", actual="1次")])
    assert codes(made) == ["row-ambiguous"]
    assert "产出/数量、效益/数量" in str(made.problems[0])


def test_a_second_row_is_named() -> None:
    """Two rows of one indicator are a problem; the first counts."""
    made = planned([pe.Indicator("巡查", 10, "≥1次")], [pe.Row("巡查", actual="1次"), pe.Row("巡查", actual="2次")])
    assert codes(made) == ["row-twice"]


def test_an_unknown_row_has_near_names() -> None:
    """A row that nothing bears names what is near, or where own indicators may stand."""
    closed = planned([pe.Indicator("清查行动", 10, "≥1次")], [pe.Row("清查次数", actual="1次")])
    assert codes(closed) == ["row-unknown"]
    assert "清查行动" in str(closed.problems[0])
    opened = planned(
        [pe.Dimension("产出指标", 10, open=True)], [pe.Row("清查次数", points=10, target="≥1次", actual="1次")]
    )
    assert codes(opened) == ["row-unplaced"]
    assert "产出指标/清查次数" in str(opened.problems[0])


def test_a_level_left_out_is_put_before_the_name() -> None:
    """效益指标/… under a dimension of another name: the path to write is the one that leads there, not the first open one."""
    parts = [
        pe.Dimension("产出指标", 40, open=True),
        pe.Dimension("效益和满意度指标", 60, [pe.Dimension("效益指标", open=True)]),
    ]
    made = planned(parts, [pe.Row("效益指标/社会效益指标/整改", points=60, target="≥1次", actual="1次")])
    assert "请写成“效益和满意度指标/效益指标/社会效益指标/整改”" in str(made.problems[0])


def test_open_dimensions_take_rows() -> None:
    """Rows add indicators, and levels between, under an open dimension; empty levels vanish."""
    parts = [
        pe.Dimension(
            "产出指标", 50, [pe.Dimension("数量指标", open=True), pe.Dimension("质量指标", open=True)], open=True
        )
    ]
    made = planned(parts, [pe.Row("产出指标/数量指标/巡查", points=50, target="≥1次", actual="1次")])
    (output,) = made.root.parts
    assert [node.path for node in output.walk()] == ["产出指标", "产出指标/数量指标", "产出指标/数量指标/巡查"]
    assert output.unnamed is not None
    assert output.unnamed.base == 0


def test_a_category_lends_its_indicator() -> None:
    """A row can place a category's ready-made indicator by name; it brings target, formula and strategy."""
    category = pe.Category(
        "market",
        "农贸市场监管",
        data=[pe.Datum("合格", "批次"), pe.Datum("快检", "批次")],
        indicators=[pe.Indicator("快检合格率", None, "≥98 %", actual="合格 ÷ 快检")],
    )
    framework = pe.Framework("示例", [pe.Dimension("产出指标", 10, open=True)])
    items = [pe.Item("农贸市场监管", items=[pe.Item("合格", ["49批次"]), pe.Item("快检", ["50批次"])])]
    rows = [pe.Row("产出指标/快检合格率", points=10)]
    case = pe.Case("示例街道办事处", 2021, framework, categories=[category], data=items, rows=rows)
    assert str(pe.evaluate(case)["快检合格率"].earned) == "10分"


def test_the_columns_unit() -> None:
    """A bare target and a bare 完成值 are in the unit of the row's column."""
    row = pe.Row("产出/巡查", points=10, target="≥160", actual="80", unit="次")
    made = planned([pe.Dimension("产出", 10, open=True)], [row])
    assert pe.evaluate(made)["巡查"].because == "10分 × 80次 ÷ 160次 = 5分"


def test_units_that_do_not_meet() -> None:
    """A 完成值 in another kind of unit is never computed with: 无法计分 names both units and the place to mend."""
    made = planned([pe.Indicator("巡查", 10, "≥160次")], [pe.Row("巡查", actual="165人次")])
    assert pe.evaluate(made)["巡查"].earned is None
    assert "人次" in pe.evaluate(made)["巡查"].because


def test_lower_is_better_needs_a_choice() -> None:
    """≤ without a named method is a problem that names both, since they disagree (5.00 and 6.67)."""
    row = [pe.Row("投诉", actual="15件")]
    with pytest.raises(pe.FrameworkError, match=r"反向递减.*反向比例"):
        planned([pe.Indicator("投诉", 10, "≤10件")], row)
    open_row = pe.Row("投诉", 10, "≤10件", "15件")
    assert "反向递减" in pe.evaluate(pe.Case("示例", 2021, rows=[open_row]))["投诉"].because
    for strategy, earned in (("反向递减", "5分"), ("反向比例", "6.67分")):
        made = planned([pe.Indicator("投诉", 10, "≤10件", strategy=strategy)], row)
        assert str(pe.evaluate(made)["投诉"].earned) == earned


def test_who_chooses_the_strategy() -> None:
    """The row's own strategy goes before the framework's, and that before the default for the sign."""
    row = pe.Row("投诉", actual="15件", strategy="反向比例")
    made = planned([pe.Indicator("投诉", 10, "≤10件", strategy="反向递减")], [row])
    assert (made.root.parts[0].chosen_by, str(pe.evaluate(made)["投诉"].earned)) == ("指标行", "6.67分")
    made = planned([pe.Indicator("投诉", 10, "≤10件")], [pe.Row("投诉", actual="15件")], defaults={"≤": "反向递减"})
    assert made.root.parts[0].chosen_by == "指标体系"


@pytest.mark.parametrize(
    ("allot", "points"), [("equal", ["3.33分", "3.33分", "3.34分"]), ("percent", ["2分", "3分", "5分"])]
)
def test_allotted_points(allot: str, points: list[str]) -> None:
    """等分 leaves the remainder on the last; 权重折算 takes the parts' points as percents of the whole."""
    shares = [20, 30, 50]
    parts = [pe.Indicator(f"第{n}项", share, "≥1次") for n, share in zip("甲乙丙", shares, strict=True)]
    made = planned([pe.Dimension("产出", 10, parts, allot=allot)], [])
    assert [str(node.points) for node in made.root.parts[0].parts] == points


def test_a_range_needs_a_rule_outside() -> None:
    """Inside a range full points under every rule in use; outside only where a rule is named."""
    inside = pe.Case("示例", 2021, rows=[pe.Row("控制率", 10, "90%～110%", "105%")])
    outside = pe.Case("示例", 2021, rows=[pe.Row("控制率", 10, "90%～110%", "115%")])
    named = pe.Indicator("控制率", 10, "90%～110%", strategy={"区间递减按比例": {"每": "1 百分点", "扣": "0.5 分"}})
    assert str(pe.evaluate(inside)["控制率"].earned) == "10分"
    assert pe.evaluate(outside)["控制率"].earned is None
    assert str(pe.evaluate(planned([named], [pe.Row("控制率", actual="115%")]))["控制率"].earned) == "7.5分"


def test_days_without_a_year_are_in_the_cases() -> None:
    """9月底前 and 8月20日 are compared in the case's year."""
    made = pe.Case("示例", 2021, rows=[pe.Row("完工", 10, "9月底前", "8月20日")])
    assert pe.evaluate(made)["完工"].because == "8月20日 ≤ 9月底前，得满分"


def test_a_sign_in_the_actual_is_no_number() -> None:
    """≥266米 as 完成值 hides the real figure: reported, not computed."""
    made = planned([pe.Indicator("管网", 10, "≥260米")], [pe.Row("管网", actual="≥266米")])
    assert pe.evaluate(made)["管网"].earned is None
    assert "≥266米" in pe.evaluate(made)["管网"].because


@pytest.mark.parametrize(
    ("target", "actual", "earned"),
    [
        ("下降5%", "下降6.8%", 10),
        ("下降5%", "下降4%", 8),
        ("降低10%以上", "下降12%", 10),
        ("下降5%", "增长2%", 0),
        ("下降5%", "持平", 0),
        ("增长6%", "下降1%", 0),
        ("增长6%", "增长3%", 5),
    ],
)
def test_a_fall_wanted_is_met_by_a_fall(target: str, actual: str, earned: int) -> None:
    """Where a fall is the target, falling further is better; what rises instead earns nothing."""
    framework = pe.Framework("示例", [pe.Indicator("警情", 10, target)])
    score = pe.evaluate(pe.Case(framework=framework, rows=[pe.Row("警情", actual=actual)]))["警情"]
    assert score.earned == pe.Quantity(earned, "分")


def test_a_word_where_a_number_is_asked() -> None:
    """A target that is a number and a 完成值 in words: both are named, and what to write."""
    framework = pe.Framework("示例", [pe.Indicator("巡查", 10, "≥20次")])
    score = pe.evaluate(pe.Case(framework=framework, rows=[pe.Row("巡查", actual="全部完成")]))["巡查"]
    assert score.earned is None
    assert score.because == "“巡查”的指标值是数，完成值“全部完成”是文字；请填写实际数"


def test_two_parts_of_one_name() -> None:
    """A framework made in Python with two indicators of one name says so: a row would stand for one only."""
    framework = pe.Framework(name="示例", parts=[pe.Indicator("清查", points=5), pe.Indicator("清查", points=5)])
    with pytest.raises(pe.FrameworkError, match="两个“清查”"):
        pe.evaluate(pe.Case("示例", 2021, framework=framework))


def test_a_framework_from_python_is_checked_like_one_from_a_file() -> None:
    """Points, names, bands, strategies, units and choices: every problem at once, of projects' frameworks too."""
    wrong = pe.Framework(
        "示例",
        [
            pe.Indicator("清查", 50, "≥10次", actual="全年执行数"),
            pe.Indicator("清查", 60, "≤10件"),
            pe.Indicator("宣传", 5, "≥1场", strategy="正象"),
        ],
        100,
        grades=[("优", 90), ("良", 95)],
    )
    for case in (
        pe.Case("示例", 2021, wrong),
        pe.Case("示例", 2021, projects=[pe.Project("示例项目", framework=wrong)]),
    ):
        with pytest.raises(pe.FrameworkError) as caught:
            plan(case)
        found = {each.code for each in caught.value.problems}
        assert found == {
            "grades-order", "grades-gap", "part-twice", "points-over", "target-unit", "strategy-needed", "strategy-unknown"
        }  # fmt: skip


def test_names_are_not_looked_up_while_evaluating() -> None:
    """A framework or a category given by name is refused in words, for the office and for a project, all at once."""
    case = pe.Case(
        "示例", 2021, "national/project-2020",  # type: ignore[arg-type]
        categories=["epidemic"],  # type: ignore[list-item]
        projects=[pe.Project("示例项目", framework="national/project-2020")],  # type: ignore[arg-type]
    )  # fmt: skip
    with pytest.raises(pe.InputError, match=r"national/project-2020.*Framework") as caught:
        pe.evaluate(case)
    assert [each.code for each in caught.value.problems] == ["name-not-looked-up"] * 3


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("budget", "100万元", "“资金”应是 Budget，这里是 str"),
        ("rows", [("清查", 10)], "“指标行”应是 Row，这里是 tuple"),
        ("data", ["接种剂数"], "“数据”应是 Item，这里是 str"),
        ("projects", ["出租屋管理专项"], "“项目”应是 Project，这里是 str"),
        ("waivers", ["reason-missing"], "“豁免”应是 Waiver，这里是 str"),
        ("categories", [3], "“任务类别”应是 Category，这里是 int"),
    ],
)
def test_something_else_in_the_place_of_a_record(field: str, value: object, said: str) -> None:
    """Python may put anything anywhere: evaluating says what is wanted, in our own error."""
    with pytest.raises(pe.InputError) as caught:
        pe.evaluate(pe.Case("示例", 2021, **{field: value}))  # type: ignore[arg-type]
    assert str(caught.value) == said


@pytest.mark.parametrize(("strategy", "earned"), [("专家平均", "85.13分"), ("去最高最低", "85分")])
def test_experts_scores_come_with_the_case(strategy: str, earned: str) -> None:
    """(90 + 80 + 70.5 + 100) ÷ 4 = 85.125, without the ends (90 + 80) ÷ 2 = 85; a framework names the way, no scores."""
    part = pe.Indicator("现场评价", 100, "有效", strategy=strategy)
    judged = planned([part], [pe.Row("现场评价", judged=["90", "80", "70.5", "100"])])
    assert str(pe.evaluate(judged)["现场评价"].earned) == earned
    without = pe.evaluate(planned([part], [pe.Row("现场评价", actual="有效")]))["现场评价"]
    assert (without.earned, without.because) == (None, "“现场评价”没有专家评分；请填写各位专家的评分")


def test_rules_made_of_rows_say_what_is_missing() -> None:
    """A table over 完成值 without a 完成值 lacks just that; a threshold of its own needs no 指标值."""
    steps = {"分档": {"≥90 %": "10 分", "其余": "0 分"}}
    made = pe.evaluate(planned([pe.Indicator("覆盖率", 10, strategy=steps)], [pe.Row("覆盖率", actual="")]))
    assert made["覆盖率"].because == "“覆盖率”没有完成值；请填写实际完成值"
    assert [each.code for each in made.findings if each.of == "覆盖率"] == ["actual-missing"]
    missing = {"缺项扣分": {"完成值": "2 分/项"}}
    made = pe.evaluate(planned([pe.Indicator("制度", 10, strategy=missing)], [pe.Row("制度", actual="")]))
    assert made["制度"].because == "“制度”没有完成值；请填写实际完成值"
    line = pe.Indicator("满意度", 10, strategy={"达线满分": {"线": "90 %"}})
    assert str(pe.evaluate(planned([line], [pe.Row("满意度", actual="92%")]))["满意度"].earned) == "10分"


def test_an_adjustment_waits_for_an_actual_that_is_missing() -> None:
    """A year not filled in yet: the actual is missing, and no rule is called wrong for that."""
    adjusted = pe.Indicator("楼栋", 100, "≥300栋", strategy="正向", then=[{"超额扣分": {"线": "130 %", "扣": "1 分"}}])
    evaluation = pe.evaluate(pe.Case(framework=pe.Framework("示例", [adjusted]), rows=[pe.Row("楼栋")]))
    assert [found.code for found in evaluation.findings] == ["actual-missing"]


def test_points_of_a_level_and_the_rows_below_it() -> None:
    """One row has its level's points; of several none is known, unless each states its own; a blank cell is named itself."""
    level = pe.Dimension("产出", 30, open=True)

    def points(*rows: pe.Row) -> list[tuple[str, str]]:
        made = planned([level], list(rows))
        lowest = [node for node in made.root.walk() if not node.parts]
        return [(str(node.points), node.why_not.code if node.why_not is not None else "") for node in lowest]

    first, second = (pe.Row(f"产出/数量/{name}", target="≥3次", actual="3次") for name in ("巡查", "宣传"))
    assert points(first) == [("30分", "")]
    assert points(pe.Row("产出/数量", 20), first) == [("20分", "")]  # the nearest level's
    assert points(first, second) == [("None", "points-undivided")] * 2
    assert points(first, evolve(second, points="10")) == [("None", "points-missing"), ("10分", "")]
    assert points(evolve(first, points="10")) == [("10分", "")]
    blank = [evolve(each, blanks=(("points", pe.Place(source="表.xlsx", cell="表!E4")),)) for each in (first, second)]
    assert points(*blank) == [("None", "points-missing")] * 2


def test_points_of_a_row_count_although_its_target_does_not_fit() -> None:
    """A target of another kind than the row's column leaves the row's own 分值 open: from 0 to all of it."""
    made = planned(
        [pe.Dimension("产出指标", 10, open=True)],
        [pe.Row("产出指标/走访", points=6, target="≥3次", actual="3次", unit="户")],
    )
    node = made.root.parts[0].parts[0]
    assert node.points == pe.Quantity(6, "分")
    assert node.why_not is not None
    assert "单位" in str(node.why_not)


def test_a_measure_word_nobody_knows_is_told_once() -> None:
    """Two rows with one unknown measure word: one problem, with the place of the first; both rows are scored."""
    made = planned(
        [pe.Indicator(name, 10, "≥3蒲式耳") for name in ("甲", "乙")],
        [pe.Row(name, actual="3蒲式耳") for name in ("甲", "乙")],
    )
    assert [(each.code, each.get("symbol"), each.get("name")) for each in made.problems] == [
        ("unknown-unit", "蒲式耳", "甲")
    ]
    assert [node.why_not for node in made.root.parts] == [None, None]


def test_the_steps_stop_at_the_first_that_says_why() -> None:
    """A row without 分值 whose 完成值 is in another unit says the unit: what comes first in the recipe is said."""
    made = planned([pe.Indicator("走访", None, "≥3次")], [pe.Row("走访", actual="3户")])
    why = made.root.parts[0].why_not
    assert why is not None
    assert why.code == "unit-against-column"


@pytest.mark.parametrize("actual", ["-3次", "0次", "80次", "120次"])
def test_a_rule_prepared_for_a_whole_column_serves_every_figure(actual: str) -> None:
    """With the signs unknown every guard stays, and the points are those of the rule made for the one figure."""
    made = planned([pe.Indicator("走访", 10, "≥100次")], [pe.Row("走访", actual=actual)])
    node = made.root.parts[0]
    assert node.strategy is not None
    assert node.ready is not None
    unit = pe.Quantity(1, "次").unit
    whole = prepared_rule(node.strategy, node.arguments, None, (unit, unit), (), (None, None), declared_names(None, ()))
    assert whole.rule == whole.short == node.rule
    given = {"分值": node.points, "指标值": node.slot.target_value, "完成值": pe.figure(actual).quantity}
    assert whole.run is not None
    assert node.ready.run is not None
    assert whole.run([given[name].pair for name in whole.short_names]) == node.ready.run(node.pairs)  # type: ignore[union-attr]


def test_a_row_hundreds_of_levels_deep_is_named() -> None:
    """A path of four hundred levels is a problem of its row, not a crash; the rest of the case is planned."""
    deep = "/".join(f"第{n}级" for n in range(400))
    rows = [pe.Row(each, points=5, target="≥1次", actual="1次") for each in (deep, "产出/走访")]
    made = plan(pe.Case("示例街道办事处", 2021, None, rows=rows))
    assert [(each.code, each.get("name")) for each in made.problems] == [("row-too-deep", "第399级")]
    assert made.root.points == pe.Quantity(5, "分")


class TestExecutionByDefault:
    """预算执行率 where no framework says how its points are earned: 分值 × 执行率, at most 分值."""

    def score(self, budget: pe.Budget | None, **row: Any) -> pe.Score:
        case = pe.Case(budget=budget, rows=(pe.Row("预算执行率", points="10", **row), pe.Row("清查", points="90")))
        return pe.evaluate(case)["预算执行率"]

    @pytest.mark.parametrize(
        ("budget", "points"),
        [
            ({"whole_year": "310.2", "spent": "154.74"}, "4.99"),  # 10 × 154.74 ÷ 310.2 = 4.988…
            ({"initial": "200", "whole_year": "310.2", "spent": "154.74"}, "4.99"),  # the latest budget is the base
            ({"initial": "200", "whole_year": "310.2", "spent": "154.74", "base": "年初预算数"}, "7.74"),
            ({"initial": "200", "adjusted": "150", "spent": "75"}, "5"),
            ({"whole_year": "100", "spent": "120"}, "10"),  # never more than 分值
            ({"rate": "95%"}, "9.5"),  # no amounts: the rate as printed
        ],
    )
    def test_points_are_proportional(self, budget: dict[str, str], points: str) -> None:
        """The base is the one that is named, else the latest that is filled in; a printed rate will do."""
        score = self.score(pe.Budget(**budget))
        assert score.earned == pe.Quantity(points, "分")
        assert score.of.chosen_by == "默认"

    def test_the_rate_in_the_row_itself(self) -> None:
        """A row that writes its rate as 完成值 needs no funds."""
        assert self.score(None, actual="98.5%").earned == pe.Quantity("9.85", "分")

    def test_what_the_row_says_goes_first(self) -> None:
        """A target or a strategy of the row is not overruled."""
        budget = pe.Budget(whole_year="100", spent="50")
        assert self.score(budget, target="≥90%", actual="45%").earned == pe.Quantity("5", "分")

    def test_nothing_is_guessed(self) -> None:
        """Without amounts or rate the points stay open, and nothing is said where only points are claimed."""
        assert self.score(pe.Budget(whole_year="100"), earned="10").earned is None
        assert self.score(None, earned="10").earned is None


class TestMonthsAndDirections:
    """What a bare number means where the words around it tell, and what is left open where they do not."""

    def score(self, of: str, target: str, actual: str) -> pe.Score:
        return pe.evaluate(pe.Case(rows=(pe.Row(of, points="10", target=target, actual=actual),)))[
            of.rpartition("/")[2]
        ]

    def test_a_month_where_the_indicator_is_one_of_time(self) -> None:
        """2023.10 done in 2023.9 is in time; done in 2023.12 it is late and nobody says how that loses points."""
        assert self.score("时效指标/完工", "2023.10", "2023.9").earned == pe.Quantity(10, "分")
        late = self.score("时效指标/完工", "2023.10", "2023.12")
        assert late.earned is None
        assert late.why_not is not None
        assert late.why_not.code == "strategy-open"

    def test_a_month_or_a_number(self) -> None:
        """Elsewhere nobody can tell October 2023 from the number 2023.1."""
        score = self.score("数量指标/巡查", "2023.10", "2023.12")
        assert score.why_not is not None
        assert score.why_not.code == "month-or-number"

    @pytest.mark.parametrize(
        "name", ["三公经费控制率", "预算调整率", "结转结余率", "森林火灾受害率", "涉河信访件", "安全事故", "单位成本"]
    )
    def test_less_is_better_without_a_sign_is_left_open(self, name: str) -> None:
        """Never “按正向应为”: the line that settles it is named instead."""
        score = self.score(name, "5", "2")
        assert score.why_not is not None
        assert score.why_not.code == "direction-unknown"
        assert "≤5" in score.because

    @pytest.mark.parametrize("name", ["投诉处理率", "信访办结率", "成本下降率", "事故隐患整改率", "巡查次数"])
    def test_more_is_better_of_these(self, name: str) -> None:
        """A word of harm beside one of remedy counts what was done about it."""
        assert self.score(name, "50", "60").earned == pe.Quantity(10, "分")

    def test_a_target_of_nothing(self) -> None:
        """0 wanted and 0 happened is full; 1 happened is told, whether the points are full or not."""
        assert self.score("安全事故", "0起", "0起").earned == pe.Quantity(10, "分")
        case = pe.Case(rows=(pe.Row("安全事故", points="10", target="0起", actual="1起", earned="10"),))
        assert "short-but-full" in {each.code for each in pe.evaluate(case).findings}
        assert self.score("返工", "0次", "1次").why_not is not None


class TestStrategiesOverData:
    """Rules of a framework that name declared data score by them."""

    def framework(self, strategy: Any, **more: Any) -> pe.Framework:
        return pe.Framework(
            "示例",
            [pe.Indicator("非税收入", 100, strategy=strategy)],
            data={"应缴": "万元", "已缴": "万元"},
            **more,
        )

    def test_a_formula_over_data(self) -> None:
        """90 of 100 paid in are 90 points; with an item missing, that item is named."""
        framework = self.framework(
            "按缴库率", strategies=[pe.Strategy("按缴库率", "分值 × 取小（100 %，已缴 ÷ 应缴）")]
        )
        case = pe.Case(framework=framework, data=(pe.Item("应缴", "100 万元"), pe.Item("已缴", "90 万元")))
        assert pe.evaluate(case).score.earned == pe.Quantity(90, "分")
        lacking = pe.evaluate(pe.Case(framework=framework, data=(pe.Item("应缴", "100 万元"),))).score
        assert lacking.earned is None
        assert "已缴" in lacking.because


@pytest.mark.parametrize(
    "period", ["2020年1月-2020年11月", "2020年1月至11月", "2020年全年", "2020.1.1-2020.12.31", "全年"]
)
def test_the_same_period_is_met(period: str) -> None:
    """A period as target is done when it ends: the same period as 完成值 earns full points."""
    case = pe.Case(year=2020, rows=(pe.Row("时效指标/服务期", points="10", target=period, actual=period),))
    assert pe.evaluate(case)["服务期"].earned == pe.Quantity(10, "分")


@pytest.mark.parametrize("written", ["90万元", "90", "90%"])
def test_an_item_in_another_unit_earns_nothing(written: str) -> None:
    """90万元 is not more than 100次: points are left open, with the item's name, and are never full."""
    framework = pe.Framework("示例", [pe.Indicator("巡查", 100, "≥100次", actual="巡查数")], data={"巡查数": "次"})
    score = pe.evaluate(pe.Case(framework=framework, data=(pe.Item("巡查数", written),))).score
    expected = None if written != "90" else pe.Quantity(90, "分")
    assert score.earned == expected
    if expected is None:
        assert "巡查数" in score.because
