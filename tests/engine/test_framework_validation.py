"""指标体系核查: one broken framework for each rule, and what sound ones have in common."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given, settings, strategies as st

import perfeval as pe
from perfeval.engine.validation.framework import problems
from perfeval.errors import Place, Problem
from perfeval.model.framework import Adjustment, Agreement, Datum, Dimension, Framework, Grade, Indicator, Rounding
from perfeval.quantities.quantity import Quantity
from perfeval.quantities.units import base_units
from perfeval.strategies.built_in import BUILT_IN
from perfeval.strategies.strategy import Basis, Strategy


def found(framework: Framework) -> tuple[Problem, ...]:
    """The problems of *framework* under the built-in units and strategies."""
    return problems(framework, base_units(), BUILT_IN)


def codes(framework: Framework) -> list[str]:
    """Their codes."""
    return [each.code for each in found(framework)]


def of(*parts: Indicator | Dimension, **settings_: object) -> Framework:
    """A framework of 示例数据 with *parts*."""
    return Framework("示例", parts, **settings_)  # type: ignore[arg-type]


def patrol(points: object = 10, target: object = "≥12 次", **more: object) -> Indicator:
    """An indicator that is sound by itself."""
    return Indicator("巡查次数", points, target, **more)  # type: ignore[arg-type]


SOUND = Framework(
    "示例",
    [
        Indicator(
            "预算执行率",
            10,
            "100 %",
            actual="全年执行数 ÷ 全年预算数",
            strategy="预算执行",
            reason_when="完成值 < 90 %",
        ),
        Dimension(
            "产出指标",
            60,
            [
                Indicator("清查次数", 30, "≥160 次"),
                Indicator("办结时间", 30, "≤5 天", strategy="反向递减"),
            ],
        ),
        Dimension("满意度指标", 30, [Indicator("租户满意度", 30, "≥90 %", actual="满意户数 ÷ 受访户数")], open=True),
    ],
    100,
    data=[("满意户数", "户"), ("受访户数", "户")],
    grades=[("优", 90), ("良", 80), ("差", 0)],
    then=[{"封顶": {"条件": "预算执行率 < 80 %", "至多": "89 分"}}],
    agreements=["满意户数 ≤ 受访户数"],
)


def test_sound_framework_has_no_problem() -> None:
    """A framework in which everything fits is reported without a problem."""
    assert found(SOUND) == ()


# -- the whole ---------------------------------------------------------------------------------------


def test_framework_without_parts() -> None:
    """A framework needs at least one indicator."""
    assert codes(Framework("示例")) == ["framework-empty"]


def test_rounding_is_one_of_three() -> None:
    """Half to even is no way of rounding here, and a score has no thirty places."""
    assert codes(of(patrol(), rounding=Rounding(2, "四舍六入"))) == ["rounding-unknown"]
    assert codes(of(patrol(), rounding=Rounding(30))) == ["rounding-digits"]


def test_not_applicable_is_known() -> None:
    """不适用 is handled in one of the ways that are in use."""
    assert codes(of(patrol(), not_applicable="跳过")) == ["not-applicable-unknown"]
    assert codes(of(patrol(), not_applicable="折算")) == []


def test_severity_of_an_agreement_is_known() -> None:
    """An agreement can become 错误, 疑点 or 提示, nothing else."""
    wrong = Agreement("甲 ≤ 乙", severity="严重")
    assert codes(of(patrol(), data=[("甲", "户"), ("乙", "户")], agreements=[wrong])) == ["severity-unknown"]


def test_unit_lines_do_not_redefine() -> None:
    """A framework's own unit line may not give a known unit another meaning."""
    assert codes(of(patrol(), units={"亩": "= 600 平方米"})) == ["unit-redefined"]


# -- grades ------------------------------------------------------------------------------------------


def test_grades_descend() -> None:
    """Bands stand from high to low."""
    broken = of(patrol(), grades=[Grade("良", 80), Grade("优", 90), Grade("差", 0)])
    assert codes(broken) == ["grades-order"]


def test_grades_reach_nought() -> None:
    """A score below the last lower limit would have no grade."""
    (only,) = found(of(patrol(), grades=[("优", 90), ("良", 60)]))
    assert (only.code, str(only.get("low"))) == ("grades-gap", "60分")


def test_grades_begin_within_a_hundred() -> None:
    """Nobody can reach a band that begins above 100."""
    assert codes(of(patrol(), grades=[("优", 110), ("差", 0)])) == ["grades-above"]


def test_grades_bear_different_names() -> None:
    """Two bands of one name cannot be told apart."""
    assert codes(of(patrol(), grades=[("优", 90), ("良", 60), ("良", 0)])) == ["grades-twice"]


# -- names -------------------------------------------------------------------------------------------


def test_siblings_have_different_names() -> None:
    """Two siblings of one name cannot be told apart; cousins can."""
    assert codes(of(patrol(), patrol())) == ["part-twice"]
    assert codes(of(Dimension("甲类", None, [patrol()]), Dimension("乙类", None, [patrol()]))) == []


def test_names_are_usable_in_a_path() -> None:
    """A name with the path's mark, an empty one and 总分 cannot be pointed at."""
    for name in ("巡查/暗访", "", " 巡查", "总分"):
        assert codes(of(Indicator(name, 10, "≥12 次"))) == ["part-name"]


# -- points ------------------------------------------------------------------------------------------


def test_points_too_few() -> None:
    """45 + 50 of 100 leaves 5 unnamed, unless the framework says that it is partial."""
    parts = [Indicator("管理", 45, "≥1 次"), Indicator("履职", 50, "≥1 次")]
    (only,) = found(Framework("示例", parts, 100))
    assert (only.code, str(only.get("total")), str(only.get("gap"))) == ("points-short", "95分", "5分")
    assert found(Framework("示例", parts, 100, partial=True)) == ()


def test_points_too_many() -> None:
    """110 in a table of 100 is too many, partial or open or not."""
    parts = [Indicator("管理", 60, "≥1 次"), Indicator("履职", 50, "≥1 次")]
    for part in (Framework("示例", parts, 100), Framework("示例", parts, 100, partial=True)):
        (only,) = found(part)
        assert (only.code, str(only.get("gap"))) == ("points-over", "10分")
    assert codes(of(Dimension("产出", 100, parts, open=True))) == ["points-over"]


def test_points_at_every_level() -> None:
    """The level that does not add up is named by its path, at its place."""
    place = Place(source="示例.yaml", line=7)
    inner = Dimension("数量", 30, [Indicator("巡查", 20, "≥1 次")], place=place)
    (only,) = found(of(Dimension("产出", 30, [inner]), points=30))
    assert (only.code, only.get("path"), only.place) == ("points-short", "产出/数量", place)


def test_points_of_a_group_without_its_own_are_its_parts() -> None:
    """A dimension without points counts as the sum of its parts."""
    group = Dimension("产出", None, [Indicator("巡查", 20, "≥1 次"), Indicator("清查", 20, "≥1 次")])
    assert codes(Framework("示例", [group], 40)) == []
    assert codes(Framework("示例", [group], 50)) == ["points-short"]


def test_points_left_to_the_user() -> None:
    """Where one part's points are the user's to supply, only too many is wrong."""
    parts = [Indicator("管理", 45, "≥1 次"), Indicator("履职")]
    assert codes(Framework("示例", parts, 100)) == []
    assert codes(Framework("示例", parts, 40)) == ["points-over"]


def test_points_left_to_rows_of_an_open_group() -> None:
    """Rows will fill up an open group."""
    assert codes(of(Dimension("产出", 50, [Indicator("巡查", 20, "≥1 次")], open=True))) == []


def test_points_are_not_negative() -> None:
    """Negative points would hide too many elsewhere."""
    assert "points-negative" in codes(of(patrol(-5)))


def test_percents_add_up_to_a_hundred() -> None:
    """Under percent the parts are shares of 100, each written."""
    two = [Indicator("巡查", 60, "≥1 次"), Indicator("清查", 30, "≥1 次")]
    (only,) = found(of(Dimension("产出", 50, two, allot="percent")))
    assert (only.code, str(only.get("total"))) == ("percent-sum", "90")
    assert codes(of(Dimension("产出", 50, [*two, Indicator("暗访", 10, "≥1 次")], allot="percent"))) == []
    assert codes(of(Dimension("产出", 50, [*two, Indicator("暗访")], allot="percent"))) == ["percent-missing"]


def test_equal_shares_need_no_points() -> None:
    """Under equal the parts' points follow from the whole."""
    three = [Indicator(name, None, "≥1 次") for name in ("巡查", "清查", "暗访")]
    assert codes(Framework("示例", [Dimension("产出", 50, three, allot="equal")], 50)) == []


def test_allotment_is_known() -> None:
    """A word that nobody knows allots nothing."""
    assert codes(of(Dimension("产出", 10, [patrol()], allot="weights"))) == ["allot-unknown"]


# -- strategies --------------------------------------------------------------------------------------


def test_unknown_strategy_names_the_nearest() -> None:
    """A strategy that nobody defined is reported with what is near."""
    (only,) = found(of(patrol(strategy="反向按比例")))
    assert only.code == "strategy-unknown"
    assert "反向比例" in str(only.get("near"))


def test_strategy_of_the_framework_itself() -> None:
    """A framework's own strategies are found beside those it is given."""
    own = Strategy("逐次加", "取小（分值，完成值 × 1分/次）", basis=Basis("示例"))
    assert codes(of(patrol(strategy="逐次加"), strategies=[own])) == []


def test_missing_and_unknown_parameters() -> None:
    """Every missing and every unknown parameter is reported."""
    assert sorted(codes(of(patrol(strategy={"递减按比例": {"每次": "1 次"}})))) == [
        "parameter-missing", "parameter-missing", "parameter-unknown",
    ]  # fmt: skip


def test_lower_is_better_needs_a_choice() -> None:
    """≤ without a method is refused, and the message names both methods."""
    (only,) = found(of(patrol(target="≤5 次")))
    assert only.code == "strategy-needed"
    assert "反向递减" in str(only)
    assert "反向比例" in str(only)


def test_a_default_is_a_choice() -> None:
    """A framework that says what ≤ means has chosen; < is another sign."""
    assert codes(of(patrol(target="≤5 次"), defaults={"≤": "反向比例"})) == []
    assert codes(of(patrol(target="<5 次"), defaults={"≤": "反向比例"})) == ["strategy-needed"]


def test_range_day_and_rank_need_a_strategy() -> None:
    """A range, a day and a rank have no default rule either."""
    for target in ("10-20 次", "2021年12月31日", "前3名"):
        assert codes(of(patrol(target=target))) == ["strategy-needed-kind"]
    assert codes(of(patrol(target="2021年12月31日", strategy="限内满分"))) == []


def test_a_kind_of_target_can_have_a_default() -> None:
    """定性, 区间 and the like may be chosen for as signs are; what is chosen must fit the target."""
    assert codes(of(patrol(target="机制健全"), defaults={"定性": "定性三档80/50"})) == []
    assert codes(of(patrol(target="2021年12月31日"), defaults={"时限": "限内满分"})) == []
    assert codes(of(patrol(target="前3名"), defaults={"名次": "限内满分"})) == []
    assert codes(of(patrol(target="12 次"), defaults={"无号": "反向递减"})) == []
    assert "word-compared" in codes(of(patrol(target="机制健全"), defaults={"定性": "正向"}))


def test_defaults_are_keyed_by_signs() -> None:
    """A default stands under a sign and names a strategy that exists."""
    assert codes(of(patrol(), defaults={"越少越好": "反向比例"})) == ["default-sign"]
    assert codes(of(patrol(), defaults={"≤": "不存在的方法"})) == ["strategy-unknown"]


def test_adjustment_is_no_scoring_rule() -> None:
    """封顶 changes points that are there; it earns none."""
    capped = {"封顶": {"条件": "执行率 < 80 %", "至多": "8 分"}}
    assert codes(of(patrol(strategy=capped))) == ["strategy-kind"]
    assert codes(of(patrol(then=[capped]))) == []


def test_scoring_rule_is_no_adjustment() -> None:
    """正向 does not look at the points that are there."""
    assert codes(of(patrol(then=[Adjustment("正向")]))) == ["adjustment-kind"]


# -- units and names ---------------------------------------------------------------------------------


def test_unknown_unit_of_data_and_of_a_column() -> None:
    """A unit that no table knows is reported where it is declared."""
    assert codes(of(patrol(), data=[("甲", "筐筐")])) == ["unknown-unit"]
    assert "unknown-unit" in codes(of(patrol(unit="筐筐")))


def test_data_are_declared_once_and_with_a_unit() -> None:
    """Two declarations, none, or one that contradicts the budget's own unit."""
    assert codes(of(patrol(), data=[("甲", "户"), ("甲", "户")])) == ["datum-twice"]
    assert codes(of(patrol(), data=[Datum("甲")])) == ["datum-unit-missing"]
    assert codes(of(patrol(), data=[("全年预算数", "户")])) == ["datum-reserved"]
    assert codes(of(patrol(), data=[("全年预算数", "元")])) == []


def test_money_is_not_added_to_people() -> None:
    """万元 + 人次 is refused at its character, before any number is known."""
    place = Place(source="示例.yaml", line=3)
    broken = Indicator("投入", 10, "≥5 万元", actual="甲 + 乙", place=place)
    (only,) = found(of(broken, data=[("甲", "万元"), ("乙", "人次")]))
    assert only.code == "unit-mismatch"
    assert only.place is not None
    assert (only.place.line, only.place.char) == (3, 3)


def test_undeclared_name() -> None:
    """A name that nothing declares is reported with the nearest that are declared."""
    (only,) = found(
        of(
            Indicator("合格率", 10, "≥95 %", actual="合格批 ÷ 抽检批次"),
            data=[("合格批次", "批次"), ("抽检批次", "批次")],
        )
    )
    assert (only.code, only.get("name")) == ("name-undeclared", "合格批")
    assert "合格批次" in str(only.get("near"))


def test_names_that_categories_declare() -> None:
    """A formula may use what a category declares; the framework's own declaration comes first."""
    rate = of(Indicator("合格率", 10, "≥95 %", actual="合格批次 ÷ 农贸市场.抽检批次"))
    names = {"合格批次": "批次", "农贸市场.抽检批次": "批次", "结论": ""}
    assert problems(rate, base_units(), BUILT_IN, names) == ()
    (only,) = problems(rate, base_units(), BUILT_IN, names | {"合格批次": "户"})
    assert only.code == "target-unit"
    own = evolve(rate, data=[("合格批次", "批次")])
    assert problems(own, base_units(), BUILT_IN, names | {"合格批次": "户"}) == ()


def test_target_and_actual_have_one_kind_of_unit() -> None:
    """95 where the 完成值 is a rate could be 95 % or 9500 %: refused."""
    data = [("甲", "户"), ("乙", "户")]
    assert codes(of(Indicator("比率", 10, "≥95", actual="甲 ÷ 乙"), data=data)) == ["target-unit"]
    assert codes(of(Indicator("比率", 10, "≥95", unit="%", actual="甲 ÷ 乙"), data=data)) == []
    assert codes(of(Indicator("比率", 10, "≥95 户", actual="甲 ÷ 乙"), data=data)) == ["target-unit"]


def test_actual_is_a_number() -> None:
    """A condition is no 完成值."""
    assert codes(of(Indicator("达标", 10, actual="甲 > 5 户"), data=[("甲", "户")])) == ["actual-condition"]


def test_rule_earns_points() -> None:
    """A rule that comes to money earns no points."""
    wrong = Strategy("按金额", "完成值 × 1元/次", basis=Basis("示例"))
    assert codes(of(patrol(strategy="按金额"), strategies=[wrong])) == ["rule-not-points"]


def test_rule_with_a_bare_threshold() -> None:
    """完成值 ≥ 0.9 of a rate is refused: a bare number never meets a rate."""
    wrong = Strategy("九成", "若 完成值 ≥ 0.9 则 分值；否则 0分", basis=Basis("示例"))
    rate = Indicator("合格率", 10, "≥95 %", strategy="九成")
    assert codes(of(rate, strategies=[wrong])) == ["bare-number"]


def test_words_elements_days_and_ranks_are_operands() -> None:
    """Each kind of target has its own unit: a word, 项, days, a rank; a rule for numbers refuses words."""
    assert codes(of(patrol(target="是", strategy="是否"))) == []
    assert codes(of(patrol(target="机制健全"))) == []
    assert set(codes(of(patrol(target="机制健全", strategy="正向")))) == {"word-compared", "formula-not-number"}
    per_item = {"按数累加": {"每项": "1 分/项"}}
    assert codes(of(patrol(target="要素：制度、台账、照片", strategy=per_item))) == []
    assert codes(of(patrol(target="要素：制度、台账、照片", strategy={"按数累加": {"每项": "1 分/次"}}))) != []
    assert codes(of(patrol(target="前3名", strategy="限内满分"))) == []
    data = [("名次", "名次"), ("办结日", "日期"), ("结论", "文字")]
    assert codes(of(patrol(), data=data, agreements=["名次 ≤ 3 名次", "结论 = “合格”"])) == []
    assert codes(of(patrol(), data=data, agreements=["名次 ≤ 3 天"])) == ["unit-mismatch"]


def test_range_is_in_the_unit_of_the_actual() -> None:
    """A range of 次 does not fit a rule that is settled in 户."""
    inside = {"区间满分": {"下限": "10 次", "上限": "20 次"}}
    assert codes(of(patrol(target="10-20 次", strategy=inside))) == []
    assert codes(of(patrol(target="10-20 户", strategy=inside))) != []


def test_adjustment_is_checked_like_a_rule() -> None:
    """Its strategy exists, its parameters are there, its result is points, and it may be given as an object."""
    assert codes(of(patrol(then=[{"没有的调整": {}}]))) == ["strategy-unknown"]
    assert codes(of(patrol(then=[{"封顶": {"条件": "执行率 < 80 %"}}]))) == ["parameter-missing"]
    money = Strategy("折成钱", "得分 × 1元/分", basis=Basis("示例"))
    assert codes(of(patrol(then=[Adjustment(money)]))) == ["rule-not-points"]
    half = Strategy("减半", "得分 × 50 %", basis=Basis("示例"))
    assert codes(of(patrol(then=[Adjustment(half)]))) == []
    assert codes(of(patrol(strategy=Strategy("一半", "分值 × 50 %", basis=Basis("示例"))))) == []


def test_reason_and_agreement_are_conditions() -> None:
    """What says when, or what must hold, is a comparison."""
    assert codes(of(patrol(reason_when="完成值 - 指标值"))) == ["not-a-condition"]
    assert codes(of(patrol(), reason_when="完成值")) == ["not-a-condition"]
    assert codes(of(patrol(), agreements=["甲 + 甲"], data=[("甲", "户")])) == ["not-a-condition"]


def test_names_of_indicators_and_points() -> None:
    """A bare name is the 完成值 in its unit, 名称.得分 its points; 执行率 is there from the start."""
    cap = {"封顶": {"条件": "巡查次数 < 10 次 且 巡查次数.得分 < 6 分 且 执行率 < 80 %", "至多": "8 分"}}
    assert codes(of(patrol(), then=[cap])) == []
    wrong = {"封顶": {"条件": "巡查次数 < 10 户", "至多": "8 分"}}
    assert codes(of(patrol(), then=[wrong])) == ["unit-mismatch"]


def test_ambiguous_name_lists_the_paths() -> None:
    """A bare name that two indicators bear is refused where a formula uses it; the path is not."""
    parts = [Dimension("甲类", 10, [patrol()]), Dimension("乙类", 10, [patrol()])]
    (only,) = found(of(*parts, then=[{"封顶": {"条件": "巡查次数.得分 < 6 分", "至多": "8 分"}}]))
    assert only.code == "name-ambiguous"
    assert "甲类/巡查次数" in str(only)
    assert codes(of(*parts, then=[{"封顶": {"条件": "「甲类/巡查次数」.得分 < 6 分", "至多": "8 分"}}])) == []


def test_unit_that_only_the_user_knows() -> None:
    """A formula over a 完成值 whose unit the user supplies is left to the plan."""
    assert codes(of(Indicator("自设"), then=[{"封顶": {"条件": "自设 < 10 户", "至多": "8 分"}}])) == []


# -- references --------------------------------------------------------------------------------------


def test_actuals_form_no_circle() -> None:
    """Two 完成值 that use each other have no value; one that uses itself has none either."""
    parts = [Indicator("甲", 10, actual="乙 × 2"), Indicator("乙", 10, actual="甲 ÷ 2")]
    assert codes(of(*parts)) == ["reference-circle"]
    assert codes(of(Indicator("甲", 10, actual="甲 ÷ 2"))) == ["reference-circle"]


def test_points_form_no_circle() -> None:
    """A part's adjustment cannot wait for the points of the whole that it belongs to."""
    late = {"封顶": {"条件": "产出.得分 < 6 分", "至多": "8 分"}}
    assert codes(of(Dimension("产出", 10, [patrol(then=[late])]))) == ["reference-circle"]
    assert codes(of(patrol(then=[late]), Dimension("产出", 10, [Indicator("清查", 10, "≥1 次")]))) == []


def test_actual_uses_no_points() -> None:
    """All 完成值 come before any points."""
    assert codes(of(patrol(), Indicator("甲", 10, actual="巡查次数.得分 ÷ 2"))) == ["actual-uses-points"]


# -- everything at once, and properties --------------------------------------------------------------


def test_all_problems_at_once() -> None:
    """Three faults in one framework are three problems."""
    broken = Framework(
        "示例",
        [patrol(target="≤5 次"), Indicator("甲", 20, "≥1 次", strategy="没有的方法")],
        100,
    )
    assert sorted(codes(broken)) == ["points-short", "strategy-needed", "strategy-unknown"]


@st.composite
def trees(draw: st.DrawFn) -> Framework:
    """A framework whose points add up at every level: leaves first, each group the sum of its parts."""
    groups = []
    for g in range(draw(st.integers(1, 4))):
        steps = draw(st.lists(st.integers(1, 400), min_size=1, max_size=4))
        leaves = [Indicator(f"指标{g}{i}", f"{step // 10}.{step % 10}", "≥1 次") for i, step in enumerate(steps)]
        total = sum(steps)
        groups.append(Dimension(f"类{g}", f"{total // 10}.{total % 10}", leaves))
    whole = sum(group.points.number for group in groups if group.points is not None)
    return Framework("示例", groups, whole)


@settings(max_examples=60, deadline=None)
@given(trees(), st.data())
def test_points_that_add_up_are_sound_and_no_others(framework: Framework, data: st.DataObject) -> None:
    """A tree built from its leaves is sound; one leaf changed by 0.1 breaks its own level and no other."""
    assert found(framework) == ()
    group = data.draw(st.sampled_from(framework.parts))
    assert isinstance(group, Dimension)
    leaf = data.draw(st.sampled_from(group.parts))
    assert leaf.points is not None
    wrong = framework.change({f"{group.name}/{leaf.name}": evolve(leaf, points=leaf.points + Quantity("0.1", "分"))})
    (only,) = found(wrong)
    assert (only.code, only.get("path"), str(only.get("gap"))) == ("points-over", group.name, "0.1分")


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 6), st.data())
def test_references_backwards_never_form_a_circle(size: int, data: st.DataObject) -> None:
    """Formulas that use only earlier indicators are sound; one that closes the ring is not."""
    parts = [Indicator("指标0", 10, "≥1 次")]
    for i in range(1, size):
        before = data.draw(st.lists(st.integers(0, i - 1), min_size=1, max_size=3, unique=True))
        parts.append(Indicator(f"指标{i}", 10, "≥1 次", actual=" + ".join(f"指标{k}" for k in [i - 1, *before])))
    assert "reference-circle" not in codes(of(*parts))
    ring = [Indicator("指标0", 10, "≥1 次", actual=f"指标{size - 1} × 2"), *parts[1:]]
    assert "reference-circle" in codes(of(*ring))


BROKEN = """\
perfeval: framework/1
name: 示例
points: 100
grades: {优: 90, 良: 95, 差: 0}
data: {甲: 万元, 乙: 人次}
parts:
- {name: 人均, points: 10, target: ≥5 万元, actual: 甲 + 乙}
- {name: 办结时间, points: 20, target: ≤5 天}
- name: 产出
  points: 60
  parts:
  - {name: 巡查, points: 50, target: ≥1 次, strategy: 没有的方法}
"""


def test_problems_of_a_file_stand_at_their_lines() -> None:
    """All problems of a written framework come at once, each at the line of the part that has it."""
    from perfeval.errors import PerfevalError
    from perfeval.reading.case import read_framework

    try:
        wrong = found(read_framework(BROKEN.encode()))
    except PerfevalError as error:
        wrong = error.problems
    lines = {(each.code, each.place.line if each.place is not None else None) for each in wrong}
    assert lines == {
        ("points-short", 1),
        ("grades-order", 4),
        ("unit-mismatch", 7),
        ("strategy-needed", 8),
        ("points-short", 9),
        ("strategy-unknown", 12),
    }


def test_what_python_built_is_named_by_its_path() -> None:
    """Without a file there is no line: a problem names the indicator by its path instead."""
    wrong = of(Dimension("产出", 10, [patrol(strategy=Strategy("自定", "分值 × 完成只 ÷ 指标值"))]))
    (only,) = found(wrong)
    assert (only.code, only.place) == ("name-undeclared", Place(path="产出/巡查次数"))
    assert str(only).startswith("产出/巡查次数：名称“完成只”没有声明")


def test_actuals_that_double_are_refused() -> None:
    """Twenty 完成值 that each use the one before twice: named where they grow too long, not computed for a minute."""
    parts = [pe.Indicator("层0", 5, "≥1次", actual="甲 + 甲")]
    parts += [pe.Indicator(f"层{n}", 5, "≥1次", actual=f"层{n - 1} + 层{n - 1}") for n in range(1, 20)]
    with pytest.raises(pe.FrameworkError) as raised:
        pe.plan(pe.Case("示例街道办事处", 2021, pe.Framework("示例", parts, data=[pe.Datum("甲", "次")])))
    assert {each.code for each in raised.value.problems} == {"actual-too-long"}
    assert raised.value.problems[0].get("path") == "层9"


def test_a_chain_of_actuals_is_no_doubling() -> None:
    """Twenty 完成值 that each use the one before once, and one that uses them all, hold together."""
    parts = [pe.Indicator("层0", 5, "≥1次", actual="甲 + 1次")]
    parts += [pe.Indicator(f"层{n}", 5, "≥1次", actual=f"层{n - 1} + 1次") for n in range(1, 20)]
    parts.append(pe.Indicator("合计", 5, "≥1次", actual=" + ".join(f"层{n}" for n in range(20))))
    made = pe.plan(pe.Case("示例街道办事处", 2021, pe.Framework("示例", parts, data=[pe.Datum("甲", "次")])))
    assert made.problems == ()
