"""自评表 as offices make them → cases: every layout is read, scored and checked, each finding with its cell."""

from __future__ import annotations

import io
import pickle
import subprocess
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import making
import openpyxl
import pytest
from hypothesis import given, settings, strategies as st
from making import Percent, Shown, national

import perfeval as pe
from perfeval.reading.forms.headings import bare, points_in, role, tables

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

DEFAULT = {"table-taken:总分:附件1!A1"}
"""What the plain national form gives: a point lost on 执行率 without a reason, and whose form it is taken for."""


def found(data: bytes, **options: Any) -> set[str]:
    """The findings on a workbook as code:name:cell of its first place."""
    evaluation = pe.evaluate(pe.read(data, **options))
    for each in evaluation.findings:
        str(each).encode("gbk")
        pe.text(each, locale="en")
    return {f"{each.code}:{each.of}:{each.places[0].cell if each.places else ''}" for each in evaluation.findings}


def changed(change: Callable[[Worksheet], None]) -> set[str]:
    """What a change to the national form adds to its findings, and (with a minus) what it takes away."""
    now = found(national(change))
    return (now - DEFAULT) | {f"-{each}" for each in DEFAULT - now}


def stated(case: pe.Case) -> dict[str, tuple[str, str, str]]:
    """Points, 完成值 and 得分 of each row, as written."""
    return {
        row.of: tuple("" if cell is None else cell.text for cell in (row.points, row.actual, row.earned))  # type: ignore[misc]
        for row in case.rows
    }


# -- layouts ----------------------------------------------------------------------------------------


def test_national_form() -> None:
    """The national form: header, funds with their sources, rows with merged levels, total, points to the last digit."""
    case = pe.read(national())
    assert (case.office, case.year, case.title) == (making.OFFICE, 2021, making.NAME)
    assert case.framework is not None
    assert case.framework.name.startswith("项目支出绩效自评（财预〔2020〕10号")
    assert case.goals == ("每月清查（示例数据）",)
    assert case.achievements == ("已按月清查（示例数据）",)
    budget = case.budget
    assert budget is not None
    assert [str(each) for each in (budget.initial, budget.whole_year, budget.spent, budget.rate)] == [
        "100",
        "100",
        "90",
        "90.00%",
    ]
    assert budget.spent is not None
    assert budget.spent.quantity == pe.Quantity(90, "万元")
    assert [(line.name, str(line.spent)) for line in budget.lines] == [
        ("当年财政拨款", "72"),
        ("上年结转资金", "18"),
        ("其他资金", "None"),
    ]
    assert stated(case) == {
        "总分": ("100", "", "97.5"),
        "预算执行率": ("10", "", "9"),
        "产出指标/数量指标/清查行动": ("20", "165次", "20"),
        "产出指标/数量指标/巡查出租屋": ("10", "19000栋次", "9.5"),
        "产出指标/质量指标/隐患整改率": ("10", "100%", "10"),
        "产出指标/时效指标/投诉按时办结率": ("10", "96%", "10"),
        "效益指标/社会效益指标/盗窃类警情降幅": ("30", "10%", "30"),
        "满意度指标/服务对象满意度指标/租户满意度": ("10", "81%", "9"),
    }
    evaluation = pe.evaluate(case)
    assert evaluation.score.earned == pe.Quantity("97.5", "分")
    assert evaluation["巡查出租屋"].earned == pe.Quantity("9.5", "分")
    assert found(national()) == DEFAULT


@pytest.mark.parametrize(
    ("layout", "framework", "year", "earned", "row", "text", "findings"),
    [
        (
            "sichuan", "四川省项目支出绩效自评（2025年）", 2025, "91.8",
            "绩效指标/产出指标/数量指标/进社区活动", ("30", "50次", "25"), {"table-taken:总分:自评表!A3"},
        ),
        (
            "chongqing", "重庆市项目支出绩效自评", 2024, "97.5",
            "绩效指标/满意度指标/居民满意度", ("20", "78.75%", "17.5"),
            {"table-taken:总分:项目自评!A1"},  # ≤10天 in 10 days earns full points by either method
        ),
        (
            "yunnan", "云南省项目支出绩效自评", None, "96.5",
            "效益指标/社会效益指标/受益群众", ("30", "450人", "27"),
            {"table-taken:总分:项目1!A1"},
        ),
        (
            "hubei", "湖北省项目支出绩效自评", 2021, None,
            "效益和满意度指标/效益指标/社会效益指标/投诉处理率", ("", "95%", ""),
            {"unscored:产出指标:Sheet1!B9",
             "table-taken:总分:Sheet1!A1"},
        ),
        (
            "transfer", None, 2023, None,
            "产出指标/数量指标/新增绿地", ("", "3.2公顷", ""), {"table-taken:总分:附件1!A1"},
        ),
        (
            "whole_office", None, 2021, "96",
            "履职指标/综合治理/居民满意度", ("40", "81%", "36"), {"table-taken:总分:部门整体!A1"},
        ),
    ],
)  # fmt: skip
def test_layouts(
    layout: str,
    framework: str | None,
    year: int | None,
    earned: str | None,
    row: str,
    text: tuple[str, ...],
    findings: set[str],
) -> None:
    """Each layout gives its framework (where its columns and points tell), its rows, its points and its findings."""
    data = getattr(making, layout)()
    case = pe.read(data)
    assert (case.framework.name if case.framework is not None else None) == framework
    assert case.year == year
    assert stated(case)[row] == text
    computed = pe.evaluate(case).score.earned
    assert computed == (None if earned is None else pe.Quantity(earned, "分"))
    assert found(data) == findings
    assert pickle.loads(pickle.dumps(case)) == case


def test_money_in_yuan() -> None:
    """Under 单位：元 a bare amount is in 元, whether number, text or with separators."""
    budget = pe.read(making.yunnan()).budget
    assert budget is not None
    assert budget.initial is not None
    assert budget.spent is not None
    assert budget.initial.quantity == pe.Quantity(100, "万元")
    assert budget.spent.quantity == pe.Quantity(95, "万元")


def test_sign_value_and_unit_of_their_own_columns() -> None:
    """≥, 60 and 次 in three cells are the target ≥60次, placed at the value's cell; 调整值 goes before 年初值."""
    rows = {row.of.rpartition("/")[2]: row for row in pe.read(making.sichuan()).rows}
    target = rows["进社区活动"].target
    assert isinstance(target, pe.Compared)
    assert (target.sign, target.figure.quantity, target.figure.place.cell) == ("≥", pe.Quantity(60, "次"), "自评表!E12")  # type: ignore[union-attr]
    rows = {row.of.rpartition("/")[2]: row for row in pe.read(making.chongqing()).rows}
    assert isinstance(rows["走访户数"].target, pe.Compared)
    assert rows["走访户数"].target.figure.quantity == pe.Quantity(320, "户")
    assert isinstance(rows["办结天数"].target, pe.Compared)
    assert rows["办结天数"].target.figure.quantity == pe.Quantity(10, "天")
    assert rows["走访户数"].note == "核心指标"
    assert rows["居民满意度"].reason.startswith("停车位不足")


def test_points_in_headings() -> None:
    """产出指标（40分） states a level's points, 预算执行情况（20分） those of the funds."""
    case = pe.read(making.hubei())
    assert stated(case)["产出指标"] == ("40", "", "")
    assert stated(case)["预算执行率"] == ("20", "", "18.91")
    evaluation = pe.evaluate(case)
    assert evaluation["预算执行率"].earned == pe.Quantity("18.91", "分")  # 20 × 472.7 ÷ 500 = 18.908
    # one row has all the 20 points of its level: 20 × 95% and 20; how the 40 are divided nobody says
    assert [str(evaluation[name].earned) for name in ("投诉处理率", "居民满意度", "清扫面积")] == [
        "19分",
        "20分",
        "None",
    ]
    assert (evaluation.score.low, evaluation.score.high) == (pe.Quantity("57.91", "分"), pe.Quantity("97.91", "分"))


def test_points_that_are_not_divided_are_said_once() -> None:
    """Said of the level and of no row, and what it would take names the same reason, not the 完成值; with the points it tells."""
    evaluation = pe.evaluate(pe.read(making.hubei()))
    said = [each.sentence() for each in evaluation.findings if each.code == "unscored"]
    assert said == ["“产出指标”的40分没有分到各指标；请加一栏“分值”，逐个写明"]
    assert all(said[0] in str(pe.what_it_takes(evaluation, name)) for name in ("清扫面积", "清运垃圾"))
    assert str(pe.what_it_takes(evaluation)).count(said[0]) == 1
    assert "得满分：完成值达到100%" in str(pe.what_it_takes(evaluation, "投诉处理率"))


def test_several_tables() -> None:
    """The whole office's table is the case, the others its projects, several on one sheet too; hidden sheets are named."""
    data = making.several()
    case = pe.read(data)
    assert [project.name[:3] for project in case.projects] == ["甲项目", "乙项目", "丙项目"]
    assert all(project.framework is not None and len(project.rows) == 8 for project in case.projects)
    assert [row.of for row in case.rows][:1] == ["总分"]
    assert "table-taken:代码表:代码表" in found(data)
    evaluation = pe.evaluate(case)
    assert [each.score.earned for each in evaluation.projects] == [pe.Quantity("97.5", "分")] * 3


def test_projects_without_an_office() -> None:
    """A framework named by the caller is that of every project where no table is of the whole office."""
    book = openpyxl.Workbook()
    for name in ("甲", "乙"):
        sheet = book.create_sheet(name)
        sheet["A1"] = "项目支出绩效自评表"
        making.national_on(sheet, 1, Percent(0.9), name, making_head())
    case = pe.read(making.saved(book), framework="national/project-2021")
    assert case.framework is None
    assert not case.rows
    assert {project.framework.year for project in case.projects if project.framework is not None} == {2021}


def making_head() -> tuple[str, ...]:
    """The headings of the national form."""
    return ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施")


@pytest.mark.parametrize("top", [2, 7, 30])
def test_header_rows_anywhere(top: int) -> None:
    """The same table further down is the same case."""
    assert pe.read(national(top=top)).rows == pe.read(national()).rows


@given(st.permutations(range(8)))
@settings(max_examples=30, deadline=None)
def test_columns_in_any_order(order: list[int]) -> None:
    """Columns are found by their headings: moved about, they say the same (levels keep their order)."""
    levels = sorted(order.index(level) for level in (0, 1, 2))
    moved = list(order)
    for at, level in zip(levels, (0, 1, 2), strict=True):
        moved[at] = level
    head = ["一级指标", "二级指标", "三级指标", "指标值", "完成值", "权重", "自评得分", "偏差原因"]
    book, sheet = making.titled("项目支出绩效自评表")
    making.put(sheet, 2, ["项目资金（万元）", None, "全年预算数", "全年执行数", "分值", "得分"])
    making.put(sheet, 3, [None, "年度资金总额", 100, 90, 10, 9])
    making.put(sheet, 4, [head[at] for at in moved])
    for row, values in enumerate(making.NATIONAL_ROWS, 5):
        filled = [values[0], values[1], *values[2:]]
        making.put(sheet, row, [filled[at] for at in moved])
    case = pe.read(making.saved(book))
    expected = {of: cells for of, cells in stated(pe.read(national())).items() if of != "总分"}
    assert stated(case) == expected


def test_subtotals_and_signs_of_money() -> None:
    """小计 states its level's points and is no indicator; ￥ before an amount is no part of it."""
    book, sheet = making.titled("项目支出绩效自评表")
    rows = [
        ["资金情况（单位：元）", "预算数", "执行数"],
        ["合计", "1000000", "￥900,000.00"],
        ["一级指标", "二级指标", "三级指标", "指标值", "完成值", "分值", "得分"],
        ["产出", "数量", "走访", "100户", "100户", 50, 50],
        ["产出", "小计", None, None, None, 50, 50],
        ["效益", "社会效益", "就业", "20人", "18人", 50, 45],
        [None, None, "小计", None, None, 50, 45],
        ["总得分", None, None, None, None, 100, 95],
        ["自评等级：优"],
    ]
    for at, row in enumerate(rows, 2):
        making.put(sheet, at, row)
    case = pe.read(making.saved(book))
    assert stated(case) == {
        "总分": ("100", "", "95"),
        "产出": ("50", "", "50"),
        "产出/数量/走访": ("50", "100户", "50"),
        "效益/社会效益": ("50", "", "45"),
        "效益/社会效益/就业": ("50", "18人", "45"),
    }
    assert case.grade == "优"
    assert case.budget is not None
    assert case.budget.spent is not None
    assert case.budget.spent.quantity == pe.Quantity(90, "万元")


# -- cells ------------------------------------------------------------------------------------------


def put(**cells: Any) -> Callable[[Worksheet], None]:
    """Fill cells of a sheet; a Percent or Shown brings its format."""

    def change(sheet: Worksheet) -> None:
        for address, value in cells.items():
            if isinstance(value, (Percent, Shown)):
                sheet[address].value, sheet[address].number_format = value.number, value.form
            else:
                sheet[address].value = value

    return change


def test_numbers_as_text_and_star() -> None:
    """Numbers typed as text, full-width digits, units in the cell and ★ in the name change nothing."""
    assert changed(put(E6="100.00", F6="９０万元", H13="20分", D13="★ 清查行动")) == set()


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"F13": "8000亩8535.5亩"}, {"cell-unread:清查行动:附件1!F13"}),
        ({"F13": "全年清查165次，查处12宗"}, {"cell-unread:清查行动:附件1!F13"}),
        ({"F16": "0.96"}, {"cell-unread:投诉按时办结率:附件1!F16"}),
        ({"E13": "160次或170次"}, {"cell-unread:清查行动:附件1!E13"}),
        ({"H13": "=G13"}, {"cell-unread:清查行动:附件1!H13"}),
        ({"H13": "二十几"}, {"cell-unread:清查行动:附件1!H13"}),
        ({"F13": "≥165次"}, {"unscored:清查行动:附件1!F13"}),
        ({"F13": None}, {"actual-missing:清查行动:附件1!F13"}),
    ],
)
def test_cells_that_cannot_be_read(cells: dict[str, Any], expected: set[str]) -> None:
    """What is not read for sure is 无法判断 with its cell, and nothing else is said of that row."""
    assert changed(put(**cells)) == expected


def test_uncalculated_total() -> None:
    """A total whose formula has no value is named; its parts are still judged."""
    assert changed(put(H19="=SUM(H13:H18)")) == {"cell-unread:总分:附件1!H19"}


def test_shifted_row() -> None:
    """A row whose cells stand one column too far right is 无法判断; its numbers count nowhere."""

    def change(sheet: Worksheet) -> None:
        put(F14=None, G14="19000栋次", H14=10, I14=9.5)(sheet)

    got = found(national(change), framework="national/project-2020")
    assert got == {"cell-unread:巡查出租屋:附件1!G14"}


def test_one_score_for_two_rows() -> None:
    """A 得分 merged over two indicators belongs to neither."""

    def change(sheet: Worksheet) -> None:
        sheet.merge_cells("H13:H14")

    assert changed(change) == {"cell-unread:清查行动:附件1!H13", "cell-unread:巡查出租屋:附件1!H13"}


def test_two_columns_in_one_cell() -> None:
    """A cell merged across target and actual holds one of them or none."""

    def change(sheet: Worksheet) -> None:
        sheet.merge_cells("E13:F13")

    assert changed(change) == {"cell-unread:清查行动:附件1!E13"}


def test_hidden_rows_count() -> None:
    """Hidden rows and columns are read all the same, and that is said once."""

    def change(sheet: Worksheet) -> None:
        sheet.row_dimensions[14].hidden = True
        sheet.column_dimensions["I"].hidden = True

    assert changed(change) == {"table-taken:附件1:附件1!D14"}


@pytest.mark.parametrize("left", ["指标2", "指标2：", "……", "...", "/", "三级指标2"])
def test_rest_of_a_template(left: str) -> None:
    """A row of the template that nobody filled in is named; with a number in it, it is 无法判断."""

    def change(sheet: Worksheet) -> None:
        sheet.unmerge_cells("A19:F19")
        sheet.unmerge_cells("A20:I20")
        sheet["A20"] = None
        sheet.move_range("A19:I19", rows=1)
        sheet["D19"] = left

    def filled(sheet: Worksheet) -> None:
        change(sheet)
        sheet["H19"] = 1

    name = {"/": "／", "指标2：": "指标2"}.get(left, left)
    assert changed(change) == {f"template-left:{name}:附件1!D19"}
    assert changed(filled) == {f"cell-unread:{name}:附件1!D19"}


# -- digits -----------------------------------------------------------------------------------------


def test_stored_digits_are_calculated_with() -> None:
    """28.4949 shown as 28.49 is calculated with as stored, states what it shows, and the gap is 提示."""
    data = national(put(F18=Percent(0.81449), H18=Shown(9.0499, "0.00")))
    evaluation = pe.evaluate(pe.read(data))
    row = evaluation["租户满意度"]
    assert row.actual is not None
    assert row.actual.quantity is not None
    assert row.actual.quantity.number == Fraction("81.449")
    assert row.actual.text == "81.45%"
    assert row.earned == pe.Quantity("9.05", "分")  # 10 × 81.449 ÷ 90 = 9.0499
    low, high = row.actual.bounds.low, row.actual.bounds.high
    assert (low, high) == (Fraction("0.81445"), Fraction("0.81455"))  # half a last digit of 81.45 %
    gaps = {str(each.places[0].cell) for each in evaluation.findings if each.code == "digits-hidden"}
    assert gaps == {"附件1!F18", "附件1!H18"}


@pytest.mark.parametrize("n", [1, 2, 3, 6])
def test_many_hidden_digits_of_a_column_are_one_finding(n: int) -> None:
    """Rates that formulas gave fill a column with hidden digits: from three on one finding lists the cells."""
    rows = [17, 16, 15, 14, 13, 18][:n]
    data = national(put(**{f"H{row}": Shown(9.0499, "0.00") for row in rows}))
    gaps = [each for each in pe.evaluate(pe.read(data)).findings if each.code == "digits-hidden"]
    assert {str(place.cell) for each in gaps for place in each.places} == {f"附件1!H{row}" for row in rows}
    assert len(gaps) == (n if n < 3 else 1)
    assert n < 3 or gaps[0].sentence().startswith(f"这一栏有{n}格显示的数与存的数不同（如显示9.05，存的是9.0499）")


def test_binary_remainder_is_no_gap() -> None:
    """94.96 % typed into a percent cell is stored as a double: no gap, no finding."""
    assert changed(put(F18=Percent(0.81), F16=Percent(0.9496))) == set()


@pytest.mark.parametrize(("rate", "expected"), [(0.9, "90%"), ("0.90", "90%"), ("90", "90"), ("90%", "90%")])
def test_rate_cells(rate: Any, expected: str) -> None:
    """0.9 under 执行率 is 90 % where the two amounts say so; 90 is 90 %."""
    budget = pe.read(national(rate=rate)).budget
    assert budget is not None
    assert budget.rate is not None
    assert budget.rate.text == expected
    assert budget.rate.quantity == pe.Quantity(90, "%")


def test_rate_of_unknown_scale() -> None:
    """0.5 beside 90 of 100 is neither 50 % nor 0.5 % for sure."""
    assert "cell-unread:资金:附件1!H6" in found(national(rate=0.5))


def test_contradictions_are_found_by_cell() -> None:
    """A wrong rate, a wrong score and a wrong sum, each at the cell where it stands."""
    got = changed(put(H6=Percent(0.98), H14=10, H19=98))
    assert {
        "rate-not-reproduced:资金:附件1!H6",
        "short-but-full:巡查出租屋:附件1!H14",
    } <= got


# -- goals and the middle of the year -----------------------------------------------------------------


@pytest.mark.parametrize("beside", [False, True])
def test_goals(beside: bool) -> None:
    """A form of goals: one budget with its sources, the goal in words, the targets of three columns; no points."""
    case = pe.read(making.goals(beside=beside))
    assert (case.office, case.year, case.title) == (making.OFFICE, 2025, making.NAME)
    assert case.goals == ("全年清查不少于1600次（示例数据）",)
    assert case.budget is not None
    assert [(each.name, str(each.initial)) for each in case.budget.lines] == [("财政拨款", "800"), ("其他资金", "100")]
    assert case.budget.initial is not None
    assert case.budget.initial.quantity == pe.Quantity(900, "万元")
    targets = [(row.of, getattr(row.target, "text", "")) for row in case.rows]
    assert targets == [
        ("产出指标/数量指标/清查行动", "≥1600次"),
        ("产出指标/质量指标/隐患整改率", "≥95%"),
        ("效益指标/社会效益指标/安全感", "显著提升"),
    ]
    assert [each.problem.code for each in case.remarks] == ["table-without-points"]


def test_monitoring() -> None:
    """The months until now, the year as the office expects it, kinds of reasons and how likely each goal is."""
    case = pe.read(making.monitoring())
    budget = case.budget
    assert budget is not None
    assert (budget.until, str(budget.spent), str(budget.forecast), str(budget.rate)) == (7, "430.50", "880", "47.83%")
    assert [(each.name, str(each.spent), str(each.forecast)) for each in budget.lines] == [
        ("本年财政拨款", "400.5", "790"),
        ("其他资金", "30", "90"),
    ]
    assert case.goals == ("全年清查不少于1600次（示例数据）",)
    assert [
        (row.of.rpartition("/")[2], str(row.actual), str(row.forecast), row.reason, row.likely, row.note)
        for row in case.rows
    ] == [
        ("清查行动", "1000次", "1650次", "", "确定能", ""),
        (
            "隐患整改率", "80%", "90%", "经费保障：拨款未到位（示例数据）；人员保障：巡查员缺编（示例数据）", "有可能",
            "9月补齐（示例数据）",
        ),
        ("租户满意度", "/", "90%", "其他", "", ""),
    ]  # fmt: skip
    assert not [each for each in case.remarks if each.kind == "unread"]


def test_management_of_funds() -> None:
    """The seven lines of a transfer's 资金管理情况 are words of the case, a problem that one names is a problem of it."""
    case = pe.read(making.transfer())
    (section,) = case.sections
    lines = section.text.splitlines()
    assert (section.title, len(lines)) == ("资金管理情况", 7)
    assert lines[0] == "分配科学性：符合要求（示例数据）"
    assert lines[6].startswith("支出责任履行情况：")
    assert [(each.text, each.place.cell) for each in case.problems if each.place is not None] == [
        ("下达及时性：下达晚了5天（示例数据）", "附件1!F11")
    ]
    assert (case.goals, case.achievements) == (("改善环境（示例数据）",), ("已改善（示例数据）",))


def test_funds_by_task() -> None:
    """A line a task, the whole at its end, amounts in the columns of 总额; the reviewer's points beside the office's."""
    case = pe.read(making.tasks())
    assert case.budget is not None
    assert (str(case.budget.whole_year), str(case.budget.spent)) == ("300", "298")
    assert [(each.name, str(each.whole_year), str(each.spent)) for each in case.budget.lines] == [
        ("社区服务（示例数据）", "100", "98"),
        ("环境整治（示例数据）", "200", "200"),
    ]
    assert {row.of.rpartition("/")[2]: str(row.reviewed) for row in case.rows} == {
        "总分": "97", "走访户数": "48", "办结率": "39", "居民满意度": "10",
    }  # fmt: skip
    assert not [each for each in case.remarks if each.kind == "unread"]


def test_a_form_that_waits_to_be_filled() -> None:
    """Blank goals and blank funds say nothing, and take nothing of the blocks below them away."""
    blank = {f"{column}{row}": None for row in range(6, 10) for column in "DEFGHI"} | {"B11": None, "F11": None}
    case = pe.read(national(put(**blank)))
    assert (case.budget, case.goals, case.achievements) == (None, (), ())
    assert [row for row in case.rows if "/" in row.of] == [row for row in pe.read(national()).rows if "/" in row.of]


def test_sichuan_by_its_columns_alone() -> None:
    """Three columns of funds without 全年预算数, symbol, value and unit, 10 + 90: no place need be named."""

    def other(sheet: Worksheet) -> None:
        sheet["A3"] = "部门预算项目支出绩效自评表（2025年度）"

    book = openpyxl.load_workbook(io.BytesIO(making.sichuan()))
    other(book.worksheets[0])
    case = pe.read(making.saved(book))
    assert case.framework is not None
    assert case.framework.name == "四川省项目支出绩效自评（2025年）"
    book.worksheets[0]["C6"] = "全年预算数"  # with it, columns and points fit no place for sure
    assert pe.read(making.saved(book)).framework is None


# -- frameworks and headings ------------------------------------------------------------------------


def test_framework_named_in_the_form() -> None:
    """A label 指标体系 names it, and nothing is recognised then."""

    def change(sheet: Worksheet) -> None:
        sheet.unmerge_cells("A2:I2")
        making.put(sheet, 2, ["指标体系", "national/project-2020"])

    case = pe.read(national(change), categories=())
    assert case.framework is not None
    assert case.framework.year == 2020
    assert not case.remarks


def test_caller_names_the_framework() -> None:
    """Named by the caller, the framework is asked for no more."""
    assert found(national(), framework="national/project-2020") == DEFAULT - {"table-taken:总分:附件1!A1"}


def test_framework_in_doubt_is_none() -> None:
    """Points that fit no form: the rows stand with their stated points and nothing is invented."""
    case = pe.read(national(put(G17=25, G18=15)))
    assert case.framework is None
    assert "table-taken:总分:附件1!A1" in found(national(put(G17=25, G18=15)))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("实际完成值（B）", "actual"), ("全年\n实际值", "actual"), ("分 值", "points"), ("分值（10）", "points"),
        ("指标值（A）", "target"), ("偏差原因分析\n及改进措施", "reason"), ("★三级指标", "level3"), ("权重：", "points"),
        ("自评得分", "earned"), ("1—7月执行情况", "actual"), ("1～9月实际完成值", "actual"), ("全年预计完成情况", "forecast"),
        ("经费保障", "reason 经费保障"), ("有可能", "likely 有可能"), ("截至7月底完成情况", "actual"),
        ("计量单位", "unit"), ("1.指标名称", "level3"), ("清查行动", ""), ("", ""),
    ],
)  # fmt: skip
def test_heading_words(text: str, meant: str) -> None:
    """A heading is known by its words, whatever brackets, spaces and breaks it carries."""
    assert role(text, tables()[0]) == meant


def test_letters_as_headings() -> None:
    """A, B and B/A head the funds of the transfers' form."""
    assert [role(text, tables()[1]) for text in ("（A）", "B", "（B/A×100%）", "B/A")] == [
        "whole_year",
        "spent",
        "rate",
        "rate",
    ]


def test_bare_words_and_points() -> None:
    """What is left of a heading, and the points that stand in it."""
    assert bare("一、产出 指标（50分）：") == "产出指标"
    assert (points_in("产出指标（50分）"), points_in("效益指标(30)"), points_in("指标（2021年）")) == ("50", "30", "")


@pytest.mark.needs("soffice")
def test_saved_by_libreoffice(tmp_path: Path) -> None:
    """Every layout saved again by LibreOffice is the same case."""
    given, out = tmp_path / "given", tmp_path / "out"
    given.mkdir()
    layouts = ("national", "sichuan", "hubei", "chongqing", "yunnan", "transfer", "whole_office", "several")
    for layout in layouts:
        (given / f"{layout}.xlsx").write_bytes(getattr(making, layout)())
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out)]
    files = [str(path) for path in sorted(given.iterdir())]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=180)
    for layout in layouts:
        assert pe.read(out / f"{layout}.xlsx") == pe.read(given / f"{layout}.xlsx")
