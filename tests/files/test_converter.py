"""Fields → records: official terms and English names alike, every problem at once, each with its place."""

from __future__ import annotations

from typing import Any

import pytest

from perfeval.conversion import converter
from perfeval.documents import yaml
from perfeval.errors import InputError, PerfevalError, Place
from perfeval.model.case import Budget, BudgetLine, Case, Issue, Item, Office, Project, Row, Section, Waiver
from perfeval.model.framework import (
    Adjustment,
    Agreement,
    Basis,
    Datum,
    Dimension,
    Framework,
    Grade,
    Indicator,
    Rounding,
)


def case(text: str) -> Case:
    """The case that *text* holds."""
    return converter.case(yaml.read(text, "案例.yaml")[0])


def framework(text: str) -> Framework:
    """The framework that *text* holds."""
    return converter.framework(yaml.read(text, "体系.yaml")[0])


def problems(text: str, read: Any = case) -> list[tuple[str, int | None, int | None]]:
    """Code, line and column of everything that is wrong with *text*."""
    with pytest.raises(PerfevalError) as caught:
        read(text)
    return [
        (each.code, each.place and each.place.line, each.place and each.place.column) for each in caught.value.problems
    ]


def test_official_terms_and_english_names() -> None:
    """A clerk's file and a developer's file give equal records, equal to what Python builds."""
    clerk = case("单位名称: 某街道\n年度: 2021年\n指标行:\n- {指标: 总分, 分值: 100, 自评得分: 91.3, 偏差原因: 略}\n")
    developer = case("office: 某街道\nyear: 2021\nrows: [{of: 总分, points: 100, earned: 91.3, reason: 略}]\n")
    assert clerk == developer == Case("某街道", 2021, rows=[Row("总分", "100", earned="91.3", reason="略")])


def test_one_field_under_two_names() -> None:
    """分值 and points in one row are refused at the second."""
    assert problems("rows: [{of: 甲, points: 1, 分值: 2}]\n") == [("key-twice", 1, 27)]


def test_unknown_keys_name_the_nearest() -> None:
    """A mistyped term is answered with the terms that look like it."""
    with pytest.raises(InputError, match=r"没有“得份”这一栏；相近的有：.*得分"):
        case("rows: [{of: 甲, 得份: 1}]\n")
    with pytest.raises(InputError, match=r"没有“earnd”这一栏；相近的有：earned"):
        case("rows: [{of: 甲, earnd: 1}]\n")


def test_all_problems_at_once() -> None:
    """Every problem of a file comes in one error, in order, with line and column."""
    text = (
        "office: [某街道]\n"
        "year: 二〇二一\n"
        "rows:\n"
        "- {of: 甲, pointz: 1}\n"
        "- {points: 2}\n"
        "- {of: 乙, points: 1..2 分}\n"
        "- 丙：1\n"
        "waivers: [{code: a}]\n"
    )
    found = problems(text)
    assert [each[0] for each in found if each[1] != 6] == [
        "not-text", "not-whole", "key-unknown", "field-missing", "yaml-wide-colon", "field-missing",
    ]  # fmt: skip
    assert [each[1] for each in found] == [1, 2, 4, 5, 6, 7, 8]


def test_a_long_value_is_quoted_in_part() -> None:
    """A year of many thousand digits does not fill the screen."""
    with pytest.raises(InputError) as caught:
        case(f"year: {'9' * 5000}\n")
    assert len(str(caught.value)) < 100


def test_records_and_figures_know_their_places() -> None:
    """A row knows where it begins, a figure where it was written."""
    (row,) = case("rows:\n- {of: 总分, points: 100}\n").rows
    assert row.place == Place(source="案例.yaml", line=2, column=3)
    assert row.points is not None
    assert row.points.place == Place(source="案例.yaml", line=2, column=20)


def test_data_items() -> None:
    """is, period, as_of and note are reserved; all else is an item; a list states one thing several times."""
    read = case(
        "data:\n"
        "  疫情防控: {as_of: 2021年10月31日, 接种剂数: 396889 剂}\n"
        "  经济发展: {财政收入: {is: 24076 万元, 同比: 增长 6.2%, period: 2021年前三季度}, 实事: [490 件, 490 件], 备用: }\n"
    )
    assert read.data == (
        Item("疫情防控", (), (Item("接种剂数", "396889 剂"),), as_of="2021年10月31日"),
        Item(
            "经济发展",
            (),
            (
                Item("财政收入", "24076 万元", (Item("同比", "增长 6.2%"),), "2021年前三季度"),
                Item("实事", ["490 件", "490 件"]),
                Item("备用"),
            ),
        ),
    )
    assert (
        read.data
        == case(
            "数据:\n"
            "  疫情防控: {截至: 2021年10月31日, 接种剂数: 396889 剂}\n"
            "  经济发展: {财政收入: {数值: 24076 万元, 同比: 增长 6.2%, 期间: 2021年前三季度}, 实事: [490 件, 490 件], 备用: }\n"
        ).data
    )


def test_a_project_with_its_budget_flat_or_apart() -> None:
    """The fields of a project's budget may stand in the project itself, but not in both places."""
    flat = case("projects: [{name: 环卫保洁专项, 年初预算数: 300 万元, 全年执行数: 299.97 万元, 执行率: 99.99%}]\n")
    apart = case("projects: [{name: 环卫保洁专项, budget: {initial: 300 万元, spent: 299.97 万元, rate: 99.99%}}]\n")
    expected = Project("环卫保洁专项", Budget("300 万元", spent="299.97 万元", rate="99.99%"))
    assert flat.projects == apart.projects == (expected,)
    assert problems("projects: [{name: 甲, 年初预算数: 3 万元, budget: {initial: 3 万元}}]\n") == [
        ("budget-twice", 1, 12)
    ]


def test_short_forms() -> None:
    """Texts stand for offices, problems and lines; mappings for lists whose first field is a name."""
    read = case(
        "profile: {内设机构: [党政综合办公室（人大工委办公室）, 公共服务办公室]}\n"
        "problems: [执行率不高]\n"
        "sections: {主要成效: 较好}\n"
        "waivers: {budget-over: 上级追加}\n"
        "budget: {lines: {当年财政拨款: {全年预算数: 3 万元}}}\n"
        "sources: 自评报告\n"
    )
    assert read.profile is not None
    assert read.profile.offices == (Office("党政综合办公室", "人大工委办公室"), Office("公共服务办公室"))
    assert read.problems == (Issue("执行率不高"),)
    assert read.sections == (Section("主要成效", "较好"),)
    assert read.waivers == (Waiver("budget-over", "上级追加"),)
    assert read.budget is not None
    assert read.budget.lines == (BudgetLine("当年财政拨款", whole_year="3 万元"),)
    assert read.sources == ("自评报告",)


def test_a_framework_as_python_builds_it() -> None:
    """Dimensions, indicators, grades, rounding, basis, defaults, data and adjustments read as written."""
    read = framework(
        "name: 示例体系\n"
        "basis: {text: 财预〔2020〕10号, checked: 是}\n"
        "rounding: {digits: 1, how: 舍去}\n"
        "grades: {优: 90, 差: 0}\n"
        "defaults: {≥: 正向, ≤: 反向比例}\n"
        "data: {粤宝中心: {计划投资: 亿元, 已投资: {unit: 亿元, note: 累计}}, 批次: 批}\n"
        "parts:\n"
        "- {name: 预算执行率, points: 10, target: 100 %, actual: 全年执行数 ÷ 全年预算数, 核心: yes}\n"
        "- {name: 产出, points: 90, open: yes, parts: [{name: 数量, target: ≥3 次, strategy: {递减按比例: {每: 1 %, 扣: 0.5 分}}}]}\n"
        "then: [{封顶: {条件: 预算执行率 < 80 %, 至多: 89 分}}]\n"
        "agreements: [批次 = 3 批, {holds: 批次 ≤ 4 批, 等级: 疑点, basis: 习惯}]\n"
    )
    assert read == Framework(
        "示例体系",
        [
            Indicator("预算执行率", 10, "100 %", actual="全年执行数 ÷ 全年预算数", core=True),
            Dimension(
                "产出",
                90,
                [Indicator("数量", None, "≥3 次", strategy={"递减按比例": {"每": "1 %", "扣": "0.5 分"}})],
                open=True,
            ),
        ],
        basis=Basis("财预〔2020〕10号", checked=True),
        rounding=Rounding(1, "舍去"),
        grades=[Grade("优", 90), Grade("差", 0)],
        defaults={"≥": "正向", "≤": "反向比例"},
        data=[Datum("粤宝中心.计划投资", "亿元"), Datum("粤宝中心.已投资", "亿元", note="累计"), Datum("批次", "批")],
        then=[Adjustment("封顶", {"条件": "预算执行率 < 80 %", "至多": "89 分"})],
        agreements=[Agreement("批次 = 3 批"), Agreement("批次 ≤ 4 批", severity="疑点", basis="习惯")],
    )


def test_strategies_of_ones_own() -> None:
    """A formula by itself, or with parameters and basis; both are Strategy records."""
    read = framework(
        "name: 示例体系\n"
        "strategies:\n"
        "  逐宗扣: 取小（分值，取大（0分，分值 - （完成值 - 指标值） × 2分/宗））\n"
        "  折半: {formula: 分值 × 比例, parameters: {比例: {kind: 率, default: 50 %}}, basis: {text: 某办法, checked: yes}}\n"
    )
    one, half = read.strategies
    assert (one.name, one.basis.checked) == ("逐宗扣", False)
    assert (half.parameters[0].default, half.basis) == ("50 %", Basis("某办法", checked=True))


def test_own_units_are_known_to_formulas_alone() -> None:
    """A unit that the file defines may stand in its formulas; without the definition its line is asked for."""
    body = "name: 甲\nparts: [{name: 乙, points: 3, actual: 检查数 ÷ 2 间点次}]\n"
    assert framework("units: {间点次: 检查一间场所一次}\n" + body).units == (("间点次", "检查一间场所一次"),)
    assert problems(body, framework)[0][:2] == ("unknown-unit", 2)


def test_formula_problems_give_the_character() -> None:
    """A formula's problem keeps its character beside line and column."""
    with pytest.raises(InputError) as caught:
        framework("name: 甲\nparts: [{name: 乙, actual: 丙 ÷ ÷ 丁}]\n")
    place = caught.value.place
    assert place is not None
    assert (place.line, place.column, place.char) == (2, 27, 5)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("rows: 总分\n", "not-fields"),
        ("office: {a: 1}\n", "not-text"),
        ("rows: [{of: 甲, strategy: {a: , b: }}]\n", "strategy-many"),
        ("rows: [{of: 甲, strategy: {封顶: 89 分}}]\n", "arguments-not-fields"),
        ("framework: national/project-2020\n", "name-unresolved"),
    ],
)
def test_wrong_shapes(text: str, code: str) -> None:
    """A list where a text should be, and the like, each with its code."""
    assert [each[0] for each in problems(text)] == [code]


def test_flags() -> None:
    """是 否 yes no true false are flags, 对 is none."""
    assert framework("name: 甲\npartial: true\n").partial
    assert not framework("name: 甲\npartial: 否\n").partial
    assert [each[0] for each in problems("name: 甲\npartial: 对\n", framework)] == ["not-a-flag"]
