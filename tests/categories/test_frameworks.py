"""内置指标体系: every framework that comes with the library loads, adds up, and says where its rules come from."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import perfeval.categories
from perfeval.engine.validation.framework import problems
from perfeval.formulas.exact import value
from perfeval.model.framework import Dimension, Framework, Indicator
from perfeval.model.names import units_of
from perfeval.plugins import loading
from perfeval.quantities.quantity import Quantity
from perfeval.strategies.built_in import BUILT_IN
from perfeval.strategies.strategy import PRACTICE, Strategy

HOME = Path(perfeval.categories.__path__[0])

# The points of each published form, level by level, as the forms print them; None: the user supplies them.
PROJECT_2020 = {
    "预算执行率": 10, "产出指标": 50, "产出指标/数量指标": None, "产出指标/质量指标": None, "产出指标/时效指标": None,
    "产出指标/成本指标": None, "效益指标": 30, "效益指标/经济效益指标": None, "效益指标/社会效益指标": None,
    "效益指标/生态效益指标": None, "效益指标/可持续影响指标": None, "满意度指标": 10, "满意度指标/服务对象满意度指标": None,
}  # fmt: skip
PROJECT_2021 = {
    "预算执行率": 10, "成本指标": 20, "成本指标/经济成本指标": None, "成本指标/社会成本指标": None,
    "成本指标/生态环境成本指标": None, "产出指标": 40, "产出指标/数量指标": None, "产出指标/质量指标": None,
    "产出指标/时效指标": None, "效益指标": 20, "效益指标/经济效益指标": None, "效益指标/社会效益指标": None,
    "效益指标/生态效益指标": None, "效益指标/可持续影响指标": None, "满意度指标": 10, "满意度指标/服务对象满意度指标": None,
}  # fmt: skip
SICHUAN_OLD = {
    "部门决策": 25, "部门决策/目标任务": 15, "部门决策/目标任务/相关性": 5, "部门决策/目标任务/明确性": 5,
    "部门决策/目标任务/合理性": 5, "部门决策/预算编制": 10, "部门决策/预算编制/测算依据": 5, "部门决策/预算编制/目标管理": 5,
    "综合管理": 30, "综合管理/专项资金分配时限": 2, "综合管理/中期评估": 2, "综合管理/绩效监控": 5, "综合管理/非税收入": 2,
    "综合管理/资产管理": 6, "综合管理/内控": 2, "综合管理/信息公开": 6, "综合管理/绩效评价": 5,
    "部门绩效": 45, "部门绩效/履职成效": 20, "部门绩效/可持续发展能力": 15, "部门绩效/满意度": 10,
}  # fmt: skip
PIDU = {
    "基本运行": 40, "基本运行/预算执行规范性": 10, "基本运行/过紧日子": 10, "基本运行/绩效管理": 10, "基本运行/财务管理": 4,
    "基本运行/政府采购": 3, "基本运行/国有资产": 3, "重点履职": 50, "满意度": 10,
}  # fmt: skip
CHONGQING_OFFICE = {
    "财政供养人员控制率": 2, "三公经费变动率": 2, "预算完成率": 2, "预算调整率": 2, "结转结余率": 2, "公用经费控制率": 2,
    "三公经费控制率": 2, "政府采购执行率": 2, "管理制度健全性": 3, "资金使用合规性": 5, "预决算信息公开性": 1,
    "基础信息完善性": 1, "资产管理安全性": 2, "固定资产利用率": 2, "预算执行率": 10,
}  # fmt: skip
WHOLE = {
    "national/project-2020": PROJECT_2020,
    "national/project-2021": PROJECT_2021,
    "sichuan/office-old": SICHUAN_OLD,
    "sichuan/pidu-2025": PIDU,
    "sichuan/project-2025": {"预算执行率": 10, "绩效指标": 90},
    "hubei/project": {
        "预算执行率": 20, "产出指标": 40, "效益和满意度指标": 40, "效益和满意度指标/效益指标": None,
        "效益和满意度指标/满意度指标": None,
    },
    "chongqing/project": {"预算执行率": 10, "绩效指标": 90},
    "yunnan/project": {"预算执行率": 10, "产出指标": 40, "效益指标": 30, "满意度指标": 20},
    "baiyun/office-2021": {"管理效能": 45, "履职效能": 50},
}  # fmt: skip
NAMES = sorted([*WHOLE, "national/evaluation", "national/office-2013", "chongqing/office-2021"])

# 53号 as its users print it: each rate, what it is computed from, and the rate by hand.
OFFICE_RATES = {
    "在职人员控制率": ({"在职人员数": "95 人", "编制数": "100 人"}, Fraction(95, 100)),
    "三公经费变动率": ({"本年三公经费总额": "18 万元", "上年三公经费总额": "20 万元"}, Fraction(-1, 10)),
    "重点支出安排率": ({"重点项目支出": "600 万元", "项目总支出": "800 万元"}, Fraction(3, 4)),
    "预算完成率": ({"全年执行数": "950 万元", "全年预算数": "1000 万元"}, Fraction(95, 100)),
    "预算调整率": ({"预算调整数": "50 万元", "年初预算数": "1000 万元"}, Fraction(5, 100)),
    "支付进度率": ({"实际支付进度": "45 %", "既定支付进度": "50 %"}, Fraction(9, 10)),
    "结转结余率": ({"结转结余总额": "30 万元", "全年预算数": "1000 万元"}, Fraction(3, 100)),
    "结转结余变动率": ({"本年累计结转结余": "30 万元", "上年累计结转结余": "40 万元"}, Fraction(-1, 4)),
    "公用经费控制率": ({"公用经费实际支出": "190 万元", "公用经费预算数": "200 万元"}, Fraction(95, 100)),
    "三公经费控制率": ({"三公经费实际支出": "18 万元", "三公经费预算数": "20 万元"}, Fraction(9, 10)),
    "政府采购执行率": ({"政府采购实际金额": "250 万元", "政府采购预算数": "300 万元"}, Fraction(5, 6)),
    "固定资产利用率": ({"在用固定资产总额": "475 万元", "固定资产总额": "500 万元"}, Fraction(95, 100)),
    "实际完成率": ({"实际完成工作数": "48 项", "计划工作数": "50 项"}, Fraction(96, 100)),
    "完成及时率": ({"及时完成工作数": "45 项", "计划工作数": "50 项"}, Fraction(9, 10)),
    "质量达标率": ({"质量达标工作数": "47 项", "计划工作数": "50 项"}, Fraction(94, 100)),
    "重点工作办结率": ({"重点工作完成数": "9 项", "重点工作交办数": "10 项"}, Fraction(9, 10)),
}


def load(name: str) -> Framework:
    """The framework, through the door that every plugin uses."""
    return loading.framework(name)


def quantity(text: str) -> Quantity:
    """``95 人`` as a quantity."""
    number, _, unit = text.partition(" ")
    return Quantity(number, unit)


def points(framework: Framework) -> dict[str, Any]:
    """Points by path, None where the user supplies them."""
    return {path: None if part.points is None else part.points.number for path, part in framework.walk()}


def part(framework: Framework, path: str) -> Any:
    """The part at *path*."""
    return dict(framework.walk())[path]


def indicators(framework: Framework) -> list[Indicator]:
    """Every third-level indicator."""
    return [each for _, each in framework.walk() if isinstance(each, Indicator)]


def test_listed_by_name_without_reading() -> None:
    """Each category lists the files it has; together they are the frameworks named here."""
    keys = sorted({name.partition("/")[0] for name in NAMES})
    assert sorted(f"{key}/{each}" for key in keys for each in loading.frameworks(key)) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_loads_without_a_problem(name: str) -> None:
    """A framework that is shipped is sound: points, names, units, strategies, references."""
    framework = load(name)
    found = problems(framework, units_of(framework, ()), BUILT_IN)
    assert [str(each) for each in found] == []


@pytest.mark.parametrize("name", WHOLE)
def test_points_are_those_of_the_form(name: str) -> None:
    """Every level bears the points that the form prints, in its order."""
    assert list(points(load(name)).items()) == list(WHOLE[name].items())


@pytest.mark.parametrize("name", WHOLE)
def test_first_levels_add_up(name: str) -> None:
    """First levels make 100, except where the source itself leaves 5 unnamed."""
    framework = load(name)
    assert framework.points == Quantity(100, "分")
    total = sum(each.points.number for each in framework.parts if each.points is not None)
    assert total == (95 if framework.partial else 100)
    assert framework.partial is (name == "baiyun/office-2021")


@pytest.mark.parametrize("name", NAMES)
def test_every_rule_has_a_basis(name: str) -> None:
    """Framework, indicators, own strategies, agreements and what rows fill up all say where they come from."""
    framework = load(name)
    assert framework.basis is not None
    bare = [path for path, each in framework.walk() if isinstance(each, Indicator) and each.basis is None]
    bare += [
        path
        for path, each in framework.walk()
        if isinstance(each, Dimension) and each.open and each.points is not None and each.basis is None
    ]
    bare += [each.name for each in framework.strategies if each.basis == PRACTICE]
    bare += [str(each.holds) for each in framework.agreements if each.basis is None]
    assert bare == []


@pytest.mark.parametrize("name", NAMES)
def test_every_strategy_resolves(name: str) -> None:
    """A strategy that an indicator or a default names is built in or the framework's own."""
    framework = load(name)
    known = {*BUILT_IN, *(each.name for each in framework.strategies)}
    named = [each.strategy for each in indicators(framework)] + [each for _, each in framework.defaults]
    named = [each[0] if isinstance(each, tuple) else each for each in named if each and not isinstance(each, Strategy)]
    assert [each for each in named if each not in known] == []


@pytest.mark.parametrize("name", NAMES)
def test_what_is_not_sure_says_so(name: str) -> None:
    """Whoever takes a framework that is partly unchecked finds it said in its note."""
    framework = load(name)
    assert framework.note
    assert framework.basis is not None
    if not framework.basis.checked:
        assert "未见" in framework.note or "未核对" in framework.note


@pytest.mark.parametrize("path", sorted(HOME.glob("*/frameworks/*.yaml")), ids=lambda path: path.stem)
def test_files_print_on_every_console(path: Path) -> None:
    """Names, notes and formulas can be shown on a console in GBK."""
    assert path.read_text(encoding="utf-8").encode("gbk")


# -- national ----------------------------------------------------------------------------------------


def test_national_points_are_not_claimed_as_checked() -> None:
    """The notice of 2020 was seen in digests only; of the one of 2021 only that 成本 is a first level."""
    first, second = load("national/project-2020"), load("national/project-2021")
    assert first.basis is not None
    assert second.basis is not None
    assert (first.basis.checked, second.basis.checked) == (False, True)
    for framework in (first, second):
        assert [each.name for each in framework.parts if each.basis is None or each.basis.checked] == []


@pytest.mark.parametrize(
    ("score", "grade"), [("90", "优"), ("89.5", "良"), ("80", "良"), ("60", "中"), ("59.99", "差")]
)
def test_national_grades_include_their_lower_limit(score: str, grade: str) -> None:
    """Published for whole numbers, the limits are read as inclusive: 89.5 is 良."""
    bands = load("national/project-2020").grades
    assert next(each.name for each in bands if Quantity(score, "分") >= each.at_least) == grade


def test_lower_is_better_is_chosen_only_where_a_form_says_so() -> None:
    """Hubei's form takes 反向比例; no other form is known to choose."""
    chosen = {name: dict(load(name).defaults).get("≤") for name in NAMES}
    assert {name: rule for name, rule in chosen.items() if rule} == {"hubei/project": "反向比例"}


def test_hubei_judges_words_by_its_own_table() -> None:
    """Hubei's bands begin at 80 and 50 per cent of the points, not at 80 and 60."""
    assert dict(load("hubei/project").defaults)["定性"] == "定性三档80/50"


def test_office_rates_are_all_there() -> None:
    """The common indicators compute every rate from declared items; the others are words."""
    framework = load("national/office-2013")
    assert {each.name for each in indicators(framework) if each.actual is not None} == set(OFFICE_RATES)
    assert len(indicators(framework)) == 28
    assert all(each.points is None for _, each in framework.walk())


@pytest.mark.parametrize("name", OFFICE_RATES)
def test_office_rate_by_hand(name: str) -> None:
    """Each formula gives the rate that its words describe."""
    given, by_hand = OFFICE_RATES[name]
    (indicator,) = [each for each in indicators(load("national/office-2013")) if each.name == name]
    assert indicator.actual is not None
    assert indicator.basis is not None
    assert not indicator.basis.checked
    found = value(indicator.actual, {key: quantity(text) for key, text in given.items()})
    assert isinstance(found, Quantity)
    assert found.unit.rate
    assert found.base == by_hand


def test_evaluation_levels() -> None:
    """Project evaluation goes from 决策 to 效益; its points are the evaluator's."""
    framework = load("national/evaluation")
    assert [each.name for each in framework.parts] == ["决策", "过程", "产出", "效益"]
    assert all(each.points is None for _, each in framework.walk())


# -- places ------------------------------------------------------------------------------------------


def test_chongqing_office_points() -> None:
    """Fourteen common indicators of 30, own duties of 60, execution of 10."""
    framework = load("chongqing/office-2021")
    own = {each.name: each.points.number for each in indicators(framework) if each.points is not None}
    assert own == CHONGQING_OFFICE
    assert sum(CHONGQING_OFFICE.values()) == 30 + 10
    assert part(framework, "履职指标").points == Quantity(60, "分")
    assert part(framework, "履职指标").open


def test_chongqing_office_keeps_the_common_formulas() -> None:
    """What is taken over from the common indicators keeps formula and basis."""
    common = {each.name: each for each in indicators(load("national/office-2013")) if each.actual is not None}
    taken = [each for each in indicators(load("chongqing/office-2021")) if each.name in common]
    assert len(taken) == 8
    assert all((each.actual, each.basis) == (common[each.name].actual, common[each.name].basis) for each in taken)


@pytest.mark.parametrize("name", [name for name in WHOLE if "预算执行率" in WHOLE[name]])
def test_denominator_is_data(name: str) -> None:
    """Sichuan divides by 调整后预算数, the others by 全年预算数; points follow the rate and stop at full."""
    framework = load(name)
    budget = {
        "全年执行数": Quantity(90, "万元"),
        "全年预算数": Quantity(120, "万元"),
        "调整后预算数": Quantity(100, "万元"),
    }
    rate = value(part(framework, "预算执行率").actual, budget)
    assert isinstance(rate, Quantity)
    assert rate.base == (Fraction(9, 10) if name == "sichuan/project-2025" else Fraction(3, 4))
    full = part(framework, "预算执行率").points
    rule = BUILT_IN[part(framework, "预算执行率").strategy].bind()
    assert value(rule, {"分值": full, "完成值": rate}) == Quantity(full.number * rate.base, "分")
    assert value(rule, {"分值": full, "完成值": Quantity(104, "%")}) == full


@pytest.mark.parametrize(("rate", "due"), [("89.99", True), ("90", False), ("100", False)])
def test_sichuan_needs_a_reason_below_ninety(rate: str, due: bool) -> None:
    """A rate below 90 % needs its reason; 90 % itself does not."""
    when = part(load("sichuan/project-2025"), "预算执行率").reason_when
    assert value(when, {"完成值": Quantity(rate, "%")}) is due


def test_sichuan_grade_below_seventy() -> None:
    """In Sichuan's form of 2025 差 begins below 70, not below 60."""
    bands = load("sichuan/project-2025").grades
    assert [each.name for each in bands if Quantity("69.99", "分") >= each.at_least] == ["差"]
    assert next(each.name for each in bands if Quantity(70, "分") >= each.at_least) == "中"


@pytest.mark.parametrize(
    ("actual", "earned"),
    [("69.99", 0), ("70", 7), ("85", Fraction(17, 2)), ("100", 10), ("130", 10), ("130.01", 0)],
)
def test_pidu_key_duties(actual: str, earned: int | Fraction) -> None:
    """Of 10 points at a target of 100 次: below 70 % and above 130 % nothing, proportional up to the target."""
    framework = load("sichuan/pidu-2025")
    (own,) = [each for each in framework.strategies if each.name == "履职"]
    assert dict(framework.defaults) == {"≥": "履职", "无号": "履职", "=": "履职"}
    given = {"分值": Quantity(10, "分"), "指标值": Quantity(100, "次"), "完成值": Quantity(actual, "次")}
    assert value(own.bind(), given) == Quantity(earned, "分")


def test_yunnan_counts_in_yuan() -> None:
    """Yunnan's form states money in 元."""
    assert {each.unit for each in load("yunnan/project").data} == {"元"}


def test_baiyun_invents_nothing() -> None:
    """What the report does not name is not there: no indicator, no grade, and the note says what is unknown."""
    framework = load("baiyun/office-2021")
    assert indicators(framework) == []
    assert framework.grades == ()
    assert "5分未列明" in framework.note
    assert "加减分项" in framework.note
