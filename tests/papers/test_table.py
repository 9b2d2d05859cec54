"""The workbook of an evaluation: live cells that LibreOffice calculates alike, grids that read back, hostile words."""

from __future__ import annotations

import builtins
import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from attrs import evolve
from recalculating import converted, formulas, recalculated

import perfeval as pe
from perfeval.command.main import main
from perfeval.documents.xlsx.content import shown
from perfeval.documents.xlsx.writing import lines
from perfeval.errors import InputError, NotFoundError, OutputError
from perfeval.papers.table import form

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("xlsxwriter")

REASON = "部分隐患须房东出资，年底前未完成；已列入下一年度计划，逐户督促（示例数据）"
PLACES = {
    "national/project-2020": (50, 30, 10, ""),
    "sichuan/project-2025": (50, 30, 10, "绩效指标/"),
    "hubei/project": (40, 30, 10, ""),
    "chongqing/project": (50, 30, 10, "绩效指标/"),
    "yunnan/project": (40, 30, 20, ""),
}
"""Points of 产出, 效益 and 满意度 in these frameworks, and what stands before their rows."""


def case_of(framework: str, **changes: Any) -> pe.Case:
    """示例数据 for a framework: rules that divide, fall, compare words and days; money in the form's unit."""
    output, effect, satisfied, above = PLACES[framework]
    unit, times = ("元", 10000) if framework.startswith("yunnan") else ("万元", 1)
    below = f"{above}效益和满意度指标/" if framework.startswith("hubei") else above
    budget = {"年初预算数": f"{900 * times}{unit}", "全年执行数": f"{850 * times}{unit}"}
    budget["调整后预算数" if framework.startswith("sichuan") else "全年预算数"] = f"{908 * times}{unit}"
    rows = [
        {"of": f"{above}产出指标/数量指标/清查", "points": str(output - 25), "target": "≥1600次", "actual": "1590次"},
        {"of": f"{above}产出指标/质量指标/整改率", "points": "10", "target": "≥95%", "actual": "88.37%", "reason": REASON},
        {"of": f"{above}产出指标/时效指标/办结时间", "points": "10", "target": "≤5天", "actual": "6天", "strategy": "反向比例"},
        {"of": f"{above}产出指标/时效指标/完成日期", "points": "5", "target": "2025年12月31日前", "actual": "2025年12月20日", "strategy": "限内满分"},
        {"of": f"{below}效益指标/社会效益指标/安全感", "points": str(effect - 5), "target": "显著提升", "actual": "达成年度指标",
         "strategy": "定性三档80/60", "earned": str(effect - 6)},
        {"of": f"{below}效益指标/社会效益指标/发生火灾", "points": "5", "target": "否", "actual": "否", "strategy": "是否"},
        {"of": f"{below}满意度指标/服务对象满意度指标/满意度", "points": str(satisfied), "target": "≥90%", "actual": "89.55%"},
    ]  # fmt: skip
    document = {
        "perfeval": "case/1", "office": "某街道办事处（示例数据）", "year": "2025", "title": "出租屋管理专项（示例数据）",
        "framework": framework, "budget": budget, "goals": ["全年清查不少于1600次（示例数据）"],
        "achievements": ["清查1590次（示例数据）"], "rows": rows,
    } | changes  # fmt: skip
    return pe.read(json.dumps(document, ensure_ascii=False).encode())


def book_of(data: bytes, *, data_only: bool = False) -> openpyxl.Workbook:
    """The workbook as another program reads it."""
    return openpyxl.load_workbook(io.BytesIO(data), data_only=data_only)


def find(book: openpyxl.Workbook, text: str, sheet: int = 0) -> Any:
    """The cell that holds *text*."""
    return next(cell for row in book.worksheets[sheet].iter_rows() for cell in row if cell.value == text)


def beside(book: openpyxl.Workbook, name: str, heading: str) -> Any:
    """The cell of an indicator's row in the column headed so."""
    row, sheet = find(book, name).row, book.worksheets[0]
    above = [cell for cells in sheet.iter_rows(max_row=row) for cell in cells if cell.value == heading]
    return sheet.cell(row, above[-1].column)


# -- live cells -------------------------------------------------------------------------------------


@pytest.mark.needs("soffice")
@pytest.mark.parametrize("framework", PLACES)
def test_libreoffice_calculates_what_is_stored(framework):
    """Every live cell of every project form comes to the stored value when LibreOffice calculates it anew."""
    evaluation = pe.evaluate(case_of(framework))
    data = pe.dump(evaluation, ".xlsx")
    stored, anew = book_of(data, data_only=True), recalculated(data)
    live = formulas(data)
    assert len(live) == 9  # the rate, the execution's points, six rows, the total
    assert {at: stored[at[0]][at[1]].value for at in live} == {at: anew[at[0]][at[1]].value for at in live}
    assert evaluation.score.earned is not None
    assert float(evaluation.score.earned.number) in [anew[sheet][cell].value for sheet, cell in live]


@pytest.mark.needs("soffice")
def test_the_examples_calculate_alike(yongping, project):
    """So do the shipped cases: the whole office with its projects, and the project with a rule of nearly every kind."""
    for evaluation, least in ((yongping, 4), (project, 19)):
        data = pe.dump(evaluation, ".xlsx")
        stored, anew = book_of(data, data_only=True), recalculated(data)
        live = formulas(data)
        assert len(live) >= least
        assert {at: stored[at[0]][at[1]].value for at in live} == {at: anew[at[0]][at[1]].value for at in live}


@pytest.mark.needs("soffice")
@pytest.mark.parametrize("framework", PLACES)
def test_points_follow_a_changed_actual(framework):
    """Another 完成值, date, word and amount typed into the file give the points of that other case, ties included."""
    case = case_of(framework)
    book = book_of(pe.dump(pe.evaluate(case), ".xlsx"))
    percent = 1 if "%" in beside(book, "整改率", _actual(book)).number_format else 100
    beside(book, "清查", _actual(book)).value = 1024
    beside(book, "整改率", _actual(book)).value = 0.9 * percent
    beside(book, "办结时间", _actual(book)).value = 16
    beside(book, "发生火灾", _actual(book)).value = "是"
    beside(book, "完成日期", _actual(book)).value = 46025
    out = io.BytesIO()
    book.save(out)
    changes = {"清查": "1024次", "整改率": "90%", "办结时间": "16天", "发生火灾": "是", "完成日期": "2026年1月3日"}
    wanted = pe.evaluate(case.change(changes))
    anew = recalculated(out.getvalue())
    for name in changes:
        assert beside(anew, name, "得分").value == float(wanted[name].earned.number), name
    assert beside(anew, "总分", "得分").value == float(wanted.score.earned.number)


def _actual(book: openpyxl.Workbook) -> str:
    words = {cell.value for row in book.worksheets[0].iter_rows() for cell in row}
    return next(each for each in ("实际完成值", "完成值") if each in words)


@pytest.mark.needs("soffice")
def test_what_a_clerk_may_do_wrong_is_said_in_the_cell():
    """An empty 完成值 leaves the points empty, and a changed target says that the points are not its own."""
    book = book_of(pe.dump(pe.evaluate(case_of("national/project-2020")), ".xlsx"))
    beside(book, "清查", "实际完成值").value = None
    beside(book, "整改率", "年度指标值").value = "≥90%"
    beside(book, "满意度", "实际完成值").value = 0.123456789
    out = io.BytesIO()
    book.save(out)
    anew = recalculated(out.getvalue())
    assert beside(anew, "清查", "得分").value in (None, "")
    assert beside(anew, "整改率", "得分").value == "指标值已改"
    assert beside(anew, "满意度", "得分").value == "位数过多"
    assert beside(anew, "总分", "得分").value in (None, "")


def test_points_that_differ_are_said_and_not_hidden():
    """Stated points that the rule does not give stand as a number with a note; computed ones are live."""
    case = case_of("national/project-2020")
    rows = tuple(evolve(row, earned=pe.figure("10分")) if row.of.endswith("整改率") else row for row in case.rows)
    evaluation = pe.evaluate(evolve(case, rows=rows))
    stated = beside(book_of(pe.dump(evaluation, ".xlsx")), "整改率", "得分")
    assert stated.value == 10
    assert stated.comment.text.startswith("自报10分，核算为9.3分")
    computed = beside(book_of(pe.dump(evaluation, ".xlsx", points="computed")), "整改率", "得分")
    assert str(computed.value).startswith("=IF(")
    assert (
        beside(book_of(pe.dump(evaluation, ".xlsx", points="computed"), data_only=True), "整改率", "得分").value == 9.3
    )


def test_a_stated_rate_that_does_not_hold_stays_as_stated():
    """98 % for 850 of 908 万元 stands as it is, with a note of what it comes to."""
    budget = {"年初预算数": "900万元", "全年预算数": "908万元", "全年执行数": "850万元", "执行率": "98%"}
    evaluation = pe.evaluate(case_of("national/project-2020", budget=budget))
    cell = beside(book_of(pe.dump(evaluation, ".xlsx")), "年度资金总额", "执行率")
    assert cell.value == 0.98
    assert "93.61%" in cell.comment.text
    live = beside(book_of(pe.dump(evaluation, ".xlsx", points="computed")), "年度资金总额", "执行率")
    assert str(live.value).startswith("=")


def test_too_many_digits_are_a_value_with_a_note():
    """Beyond the magnitude in which a spreadsheet is exact the points are the value, and the cell says so."""
    case = case_of("national/project-2020").change({"满意度": "89.5555555555%"})
    cell = beside(book_of(pe.dump(pe.evaluate(case), ".xlsx")), "满意度", "得分")
    assert cell.value == 9.95
    assert "不随改动重算" in cell.comment.text


@pytest.mark.needs("soffice")
def test_data_that_no_form_shows_have_a_sheet():
    """A 完成值 computed from data items is live over the sheet of data, and so are its points."""
    framework = pe.Framework(
        "快检（示例数据）",
        [pe.Indicator("合格率", 100, "≥98 %", actual="合格批次 ÷ 快检批次")],
        data=[("快检批次", "批次"), ("合格批次", "批次")],
    )
    case = pe.Case(
        "某所（示例数据）", 2025, framework, data=[pe.Item("快检批次", ["2000批次"]), pe.Item("合格批次", ["1937批次"])]
    )
    evaluation = pe.evaluate(case)
    data = pe.dump(evaluation, ".xlsx")
    book = book_of(data)
    assert book.sheetnames == ["项目支出绩效自评表", "数据", "规则"]
    find(book, 1937, 1).value = 980
    out = io.BytesIO()
    book.save(out)
    anew = recalculated(out.getvalue())
    assert beside(anew, "合格率", "实际完成值").value == 0.49
    assert beside(anew, "合格率", "得分").value == 50
    assert beside(recalculated(data), "合格率", "得分").value == float(evaluation.score.earned.number)
    back = pe.read(data, framework=framework)
    assert {item.name: item.figures[0].quantity for item in back.data} == {
        item.name: item.figures[0].quantity for item in case.data
    }
    assert pe.evaluate(back).score.earned == evaluation.score.earned


def test_data_of_a_group_read_back():
    """A name with dots is an item of its group again, with its unit and the period that it is of."""
    book = openpyxl.load_workbook(io.BytesIO(pe.dump(pe.evaluate(case_of("national/project-2020")), ".xlsx")))
    sheet = book.create_sheet("数据")
    for line in (
        ["评分用到的数据项"], ["数据项", "数值", "单位", "期间"], ["疫情防控.接种剂数", 396889, "剂", None],
        ["疫情防控.第一针", "190959剂次", "剂次", "2021年10月底"], ["说明", None, None, None], [None, 5, "个", None],
    ):  # fmt: skip
        sheet.append(line)
    out = io.BytesIO()
    book.save(out)
    (group,) = pe.read(out.getvalue()).data
    assert (group.name, [(item.name, str(item.figures[0]), str(item.period)) for item in group.items]) == (
        "疫情防控", [("接种剂数", "396889剂", "None"), ("第一针", "190959剂次", "2021年10月底")],
    )  # fmt: skip


# -- other stages -----------------------------------------------------------------------------------

MID_YEAR = {
    "年初预算数": "900万元", "全年执行数": "430.5万元", "执行数截至月": "7", "全年预计执行数": "880万元",
    "资金来源": [
        {"name": "当年财政拨款", "年初预算数": "800万元", "全年执行数": "400.5万元", "全年预计执行数": "790万元"},
        {"name": "上年结转资金", "年初预算数": "100万元", "全年执行数": "30万元", "全年预计执行数": "90万元"},
    ],
}  # fmt: skip
WATCHED_ROWS = [
    {"of": "产出指标/数量指标/清查", "points": "50", "target": "≥1600次", "actual": "1000次", "全年预计完成情况": "1650次",
     "完成目标可能性": "确定能"},
    {"of": "效益指标/社会效益指标/整改率", "points": "30", "target": "≥95%", "actual": "80%", "全年预计完成情况": "90%", "完成目标可能性": "有可能",
     "reason": "经费保障：拨款未到位（示例数据）；人员保障：巡查员缺编（示例数据）", "note": "9月补齐（示例数据）"},
    {"of": "满意度指标/服务对象满意度指标/满意度", "points": "10", "target": "≥90%", "actual": "88%", "完成目标可能性": "完全不可能",
     "reason": "老旧小区维修滞后（示例数据）"},
]  # fmt: skip


def test_monitoring_out_and_in():
    """The months' and the year's expected figures, reasons by kind and chances read back as they were."""
    case = case_of("national/project-2020", budget=MID_YEAR, rows=WATCHED_ROWS)
    data = pe.dump(pe.evaluate(case), ".xlsx", template="项目支出绩效运行监控表")
    book = book_of(data)
    assert beside(book, "年度资金总额", "1—7月执行数").value == 430.5
    assert str(beside(book, "年度资金总额", "1—7月执行率").value).startswith("=")
    assert beside(book, "年度资金总额", "全年预计执行数").value == 880
    back = pe.read(data)
    assert back.budget is not None
    assert back.budget.until == 7
    for one, other in [(back.budget, case.budget), *zip(back.budget.lines, case.budget.lines, strict=False)]:
        assert all(_same(getattr(one, own), getattr(other, own)) for own in ("initial", "spent", "forecast"))
    rows = {row.of: row for row in back.rows}
    for row in case.rows:
        found = rows[row.of]
        assert _same(found.actual, row.actual)
        assert _same(found.forecast, row.forecast)
        assert (found.likely, found.note) == (row.likely, row.note)
        assert found.reason == (row.reason if "：" in row.reason or not row.reason else f"其他：{row.reason}")


def test_the_months_of_a_monitoring_form():
    """Figures by month are added up to the last of them; a year's 执行数 is never shown as that of some months."""
    monthly = {"年初预算数": "900万元", "各月执行数": ["50万元", "60万元", "70.5万元"]}
    data = pe.dump(
        pe.evaluate(case_of("national/project-2020", budget=monthly)), ".xlsx", template="项目支出绩效运行监控表"
    )
    assert beside(book_of(data), "年度资金总额", "1—3月执行数").value == 180.5
    year = pe.dump(pe.evaluate(case_of("national/project-2020")), ".xlsx", template="项目支出绩效运行监控表")
    assert beside(book_of(year), "年度资金总额", "1—7月执行数").value is None


def test_goals_out_and_in():
    """A form of goals has no points, no actuals and nothing spent; header, budget, goals and targets read back."""
    case = case_of("national/project-2020")
    back = pe.read(pe.dump(pe.evaluate(case), ".xlsx", template="项目支出绩效目标申报表"))
    assert (back.office, back.year, back.title, back.goals) == (case.office, case.year, case.title, case.goals)
    assert back.budget is not None
    assert _same(back.budget.initial, case.budget.initial)
    assert [(row.of, row.target.text) for row in back.rows] == [(row.of, row.target.text) for row in case.rows]
    assert not any(row.points or row.actual or row.earned for row in back.rows)


# -- reading back -----------------------------------------------------------------------------------


def _same(first: Any, second: Any) -> bool:
    """Whether two figures say the same, in whatever spelling."""
    if first is None or second is None:
        return first is second
    if first.quantity is None or second.quantity is None:
        return first.text == second.text
    return first.quantity == second.quantity


@pytest.mark.parametrize("framework", PLACES)
def test_what_is_written_reads_back(framework):
    """Header, goals, budget, framework and every row's points, target, actual, rule, points earned and reason come back."""
    case = case_of(framework)
    evaluation = pe.evaluate(case)
    back = pe.read(pe.dump(evaluation, ".xlsx"))
    assert back.framework == case.framework
    assert pe.evaluate(back).score.earned == evaluation.score.earned
    assert (back.office, back.year, back.title) == (case.office, case.year, case.title)
    assert (back.goals, back.achievements) == (case.goals, case.achievements)
    assert not [each for each in back.remarks if each.kind == "unread"]
    for own in ("initial", "adjusted", "whole_year", "spent"):
        assert _same(getattr(back.budget, own), getattr(case.budget, own)), own
    rows = {row.of.rpartition("/")[2]: row for row in back.rows}
    for row in case.rows:
        name = row.of.rpartition("/")[2]
        assert _same(rows[name].points, row.points)
        assert rows[name].target == row.target or rows[name].target.text == row.target.text
        assert _same(rows[name].actual, row.actual)
        assert (rows[name].reason, rows[name].strategy) == (row.reason, row.strategy)
        assert rows[name].earned.quantity == (row.earned.quantity if row.earned else evaluation[name].earned)
    assert rows["总分"].earned.quantity == evaluation.score.earned
    assert rows["预算执行率"].earned.quantity == evaluation["预算执行率"].earned


def test_the_office_and_its_projects_read_back(yongping):
    """The whole office's sheet and one for each project: stated points, amounts and rates as they were."""
    case = yongping.case
    back = pe.read(pe.dump(yongping, ".xlsx"))
    assert back.office == case.office
    assert [row.earned.text for row in back.rows] == ["91.30", "42.30", "49.00"]
    assert back.budget.spent.quantity == case.budget.spent.quantity
    assert [(each.name, each.budget.spent.quantity) for each in back.projects] == [
        (each.name, each.budget.spent.quantity) for each in case.projects
    ]


def test_rules_of_rows_read_back(project):
    """Rules with arguments and experts' scores stand on a sheet of their own; read back, every point is the same."""
    data = pe.dump(project, ".xlsx")
    assert book_of(data).sheetnames == ["项目支出绩效自评表", "评分方法", "规则"]
    back = pe.read(data)
    own = {row.of: row for row in back.rows}
    for row in project.case.rows:
        if row.strategy is not None:
            assert own[row.of].strategy == row.strategy
            assert [each.quantity for each in own[row.of].judged] == [each.quantity for each in row.judged]
    again = pe.evaluate(back)
    assert [each.earned for each in again.score.walk()] == [each.earned for each in project.score.walk()]
    assert {(each.code, each.of) for each in again.findings} == {(each.code, each.of) for each in project.findings}


@pytest.mark.parametrize("wrong", ["{递减满一步: {每: 1 百分点", "{a: &x 1, b: *x}", "{正向: }\n反向: 1"])
def test_a_rule_that_cannot_be_read(project, wrong):
    """A rule that somebody broke is named with its cell; the row is read without it."""
    book = book_of(pe.dump(project, ".xlsx"))
    book["评分方法"]["C3"] = wrong
    out = io.BytesIO()
    book.save(out)
    back = pe.read(out.getvalue(), framework=project.case.framework)
    found = [each for each in back.remarks if each.problem.code == "method-unread"]
    assert [each.place.cell for each in found if each.place is not None] == ["评分方法!C3"]
    str(found[0].problem).encode("gbk")


def test_paths_and_levels_read_back(project):
    """Merged levels come back as the rows' paths, in order, with the points of the first level."""
    back = pe.read(pe.dump(project, ".xlsx"))
    own = [row.of for row in project.case.rows if "/" in row.of]
    assert [row.of for row in back.rows if "/" in row.of] == own
    assert {row.of: row.points.text for row in back.rows if row.of in ("产出指标", "效益指标", "满意度指标")} == {
        "产出指标": "50", "效益指标": "30", "满意度指标": "10",
    }  # fmt: skip


# -- the paper --------------------------------------------------------------------------------------


def test_the_same_evaluation_gives_the_same_bytes(project):
    """No clock is read: two files are byte for byte the same, and the stored date is the year's last day."""
    first = pe.dump(project, ".xlsx")
    assert first == pe.dump(pe.evaluate(project.case), ".xlsx")
    with zipfile.ZipFile(io.BytesIO(first)) as parts:
        core = parts.read("docProps/core.xml").decode()
    assert "2021-12-31T00:00:00Z" in core


def test_hostile_words_never_become_formulas(hostile):
    """Text that begins with = + - @ stays a text; so do links and markup."""
    data = pe.dump(hostile, ".xlsx")
    assert all(text.startswith("=IF(") for text in formulas(data).values())
    for start in ("=1+1", "+1", "-1", "@SUM(A1)", "http://example.com", "{=1}"):
        name = f"{start}甲".replace("/", "／")  # a slash goes down a path
        framework = pe.Framework("示例", [pe.Indicator(name, 100, "≥10次")])
        case = pe.Case(
            start, 2021, framework, title=start, goals=[start], rows=[pe.Row(name, actual="5次", reason=start)]
        )
        written = pe.dump(pe.evaluate(case), ".xlsx")
        cells = [cell for row in book_of(written).worksheets[0].iter_rows() for cell in row]
        assert sum(cell.value in (start, name) for cell in cells) == 5
        assert all(cell.data_type == "s" for cell in cells if cell.value in (start, name))
        assert not any(cell.hyperlink for cell in cells)


def test_print_set_up(project):
    """A4, as wide as the page, headings of the indicators on every page, levels merged, heights that fit."""
    sheet = book_of(pe.dump(project, ".xlsx")).worksheets[0]
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0)  # one page wide is what is meant unsaid
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    top = find(book_of(pe.dump(project, ".xlsx")), "三级指标").row
    assert sheet.print_title_rows == f"${top}:${top}"
    merged = {str(each) for each in sheet.merged_cells.ranges}
    level = next(cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("产出指标"))
    assert level.value == "产出指标\n（50分）"
    assert f"B{level.row}:B{level.row + 10}" in merged
    reason = next(cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("年中追加创建任务"))
    assert sheet.row_dimensions[reason.row].height > 4 * 14
    assert lines("年中追加创建任务，目标没有同步调整", 10) == 5


def test_numbers_carry_their_units(project):
    """A number is a number that shows its unit: 19951栋次, 96.4%, 第6名, a date."""
    book = book_of(pe.dump(project, ".xlsx"))
    cells = {
        name: beside(book, name, "实际完成值")
        for name in ("巡查出租屋", "登记准确率", "全区考核名次", "年度任务完成时间")
    }
    assert {name: cell.number_format for name, cell in cells.items()} == {
        "巡查出租屋": '0"栋次"', "登记准确率": "0.0%", "全区考核名次": '"第"0"名"', "年度任务完成时间": 'yyyy"年"m"月"d"日"',
    }  # fmt: skip
    assert [cells["巡查出租屋"].value, cells["登记准确率"].value, cells["全区考核名次"].value] == [19951, 0.964, 6]


def test_a_marked_figure_stays_a_text():
    """近300人 is no number that a cell could calculate with."""
    from perfeval.documents.xlsx.content import of_figure

    assert of_figure(pe.figure("近300人")).value == "近300人"
    assert shown(of_figure(pe.figure("16,898.11万元"))) == "16,898.11万元"
    assert of_figure(pe.figure("1234567890123.4567元")).value == "1234567890123.4567元"


# -- forms ------------------------------------------------------------------------------------------


def test_every_form_fills_its_grid():
    """Each built-in form is whole, has a basis, and there is one for every framework with a form of its own."""
    assert len(form.built_in()) == 8
    for each in form.built_in():
        assert form._whole(each) is each
        assert each.basis is not None
    for framework in PLACES:
        own = form.chosen(pe.evaluate(case_of(framework)))
        assert own.fits or framework.startswith("national")


def test_another_stage_is_asked_for_by_name():
    """目标申报表 and 运行监控表 take the same case; months spent so far are added up, with a live rate."""
    budget = {"年初预算数": "840万元", "各月执行数": [f"{n * 10}万元" for n in range(1, 8)]}
    evaluation = pe.evaluate(case_of("national/project-2020", budget=budget))
    goals = book_of(pe.dump(evaluation, ".xlsx", template="项目支出绩效目标申报表"))
    assert beside(goals, "清查", "指标值").value == 1600
    assert beside(goals, "清查", "计量单位").value == "次"
    watched = pe.dump(evaluation, ".xlsx", template="项目支出绩效运行监控表")
    assert beside(book_of(watched), "年度资金总额", "1—7月执行数").value == 280
    assert beside(book_of(watched, data_only=True), "年度资金总额", "1—7月执行率").value == 0.3333
    assert str(beside(book_of(watched), "年度资金总额", "1—7月执行率").value).startswith("=")
    assert beside(book_of(watched), "整改率", "其他").value == REASON


def test_a_template_of_the_report_is_no_form(project):
    """One command writes table and report: the docx that serves the report leaves the table's form alone."""
    assert pe.dump(project, ".xlsx", template="模板.docx") == pe.dump(project, ".xlsx")
    assert pe.dump(project, ".xlsx", template=b"PK\x03\x04") == pe.dump(project, ".xlsx")


OWN = """perfeval: form/1
名称: 本街道自评表
适用: 项目
标题: "{实施单位}自评表"
列宽: [30, 12, 12, 10, 10, 20]
指标:
  栏: [指标名称, 指标值, 完成值, 分值, 得分, 经办科室]
合计: 总分
"""


def test_an_office_brings_its_own_form(tmp_path: Path):
    """A form in a file, or in a category of the case, is laid out like a built-in one; unknown columns stay blank."""
    (tmp_path / "表式.yaml").write_text(OWN, encoding="utf-8")
    evaluation = pe.evaluate(case_of("national/project-2020"))
    book = book_of(pe.dump(evaluation, ".xlsx", template=str(tmp_path / "表式.yaml")))
    assert book.sheetnames == ["本街道自评表", "评分方法", "规则"]
    assert book.worksheets[0]["A1"].value == "某街道办事处（示例数据）自评表"
    assert beside(book, "清查", "经办科室").value is None
    assert str(beside(book, "清查", "得分").value).startswith("=")
    fields = (
        ("名称", "类别自带的表"), ("适用", "项目"), ("标题", "表"), ("列宽", ("30", "12")),
        ("指标", (("栏", ("指标名称", "完成值")),)),
    )  # fmt: skip
    category = pe.Category("own", "自带表式（示例数据）", forms=[fields])
    own = pe.evaluate(evolve(evaluation.case, categories=(category,)))
    assert book_of(pe.dump(own, ".xlsx")).sheetnames == ["类别自带的表", "评分方法", "规则"]


def test_a_category_brings_a_form_in_its_file(tmp_path: Path):
    """Written out under ``forms`` of a category's file, a form is taken for the frameworks that it fits, and reads back."""
    own = "\n".join(f"  {line}" for line in OWN.splitlines()[1:] if line).replace("  名称", "- 名称", 1)
    fits = own.replace("本街道自评表", "市场监管自评表").replace("  适用: 项目", "  适用: 项目\n  指标体系: [市场监管]")
    (tmp_path / "category.yaml").write_text(
        f"perfeval: category/1\nkey: stalls\ntitle: 市场监管（示例数据）\nforms:\n{fits}\n", encoding="utf-8"
    )
    (tmp_path / "case.yaml").write_text(
        """perfeval: case/1
office: 某所（示例数据）
year: 2025
categories: [category.yaml]
framework:
  name: 市场监管专项（示例数据）
  parts: [{name: 快检批次, points: 100, target: ≥100批次}]
rows: [{of: 快检批次, actual: 90批次}]
""",
        encoding="utf-8",
    )
    evaluation = pe.evaluate(pe.read(tmp_path / "case.yaml"))
    data = pe.dump(evaluation, ".xlsx")
    assert book_of(data).sheetnames == ["市场监管自评表", "规则"]
    assert beside(book_of(data, data_only=True), "快检批次", "得分").value == 90
    row = pe.read(data).rows[-1]
    assert (row.of, str(row.target.text), str(row.actual), row.earned.quantity) == (  # type: ignore[union-attr]
        "快检批次", "≥100批次", "90批次", pe.Quantity(90, "分"),
    )  # fmt: skip
    named = pe.dump(pe.evaluate(evolve(evaluation.case, framework=None)), ".xlsx", template="市场监管自评表")
    assert book_of(named).sheetnames == ["市场监管自评表"]


def test_a_form_that_does_not_fit_says_which_line(tmp_path: Path):
    """A line that takes more columns than the grid has is named; so are the forms there are, for an unknown name."""
    evaluation = pe.evaluate(case_of("national/project-2020"))
    (tmp_path / "a.yaml").write_text(OWN.replace("经办科室]", "经办科室 ×2]"), encoding="utf-8")
    with pytest.raises(OutputError, match="占了7列"):
        pe.dump(evaluation, ".xlsx", template=str(tmp_path / "a.yaml"))
    with pytest.raises(NotFoundError, match="湖北省项目自评表"):
        pe.dump(evaluation, ".xlsx", template="没有的表")
    (tmp_path / "b.yaml").write_text(OWN.replace("标题", "标頭"), encoding="utf-8")
    with pytest.raises(InputError):
        pe.dump(evaluation, ".xlsx", template=str(tmp_path / "b.yaml"))


def test_without_xlsxwriter_the_message_says_what_to_install(project, monkeypatch):
    """The one line to run, and nothing written."""
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name == "xlsxwriter":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(OutputError, match=r"pip install perfeval\[office\]"):
        pe.dump(project, ".xlsx")


def test_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """``perfeval evaluate CASE -o 自评表.xlsx`` writes it once, and leaves an existing file alone."""
    case = tmp_path / "case.yaml"
    case.write_bytes(pe.dump(case_of("national/project-2020"), ".yaml"))
    out = tmp_path / "自评表.xlsx"
    with pytest.raises(SystemExit) as first:
        main(["evaluate", str(case), "-o", str(out)])
    assert first.value.code in (0, 1)
    assert "已写出" in capsys.readouterr().out
    written = out.read_bytes()
    assert book_of(written).sheetnames == ["项目支出绩效自评表", "评分方法", "规则"]
    with pytest.raises(SystemExit) as second:
        main(["evaluate", str(case), "-o", str(out)])
    assert second.value.code == 2
    assert out.read_bytes() == written


@pytest.mark.needs("soffice")
def test_it_prints_on_one_page(project):
    """LibreOffice prints the project's table on a single A4 page, and the rules that its rows name on another."""
    pdf = converted(pe.dump(project, ".xlsx"), "pdf")
    assert pdf.count(b"/Type/Page\n") + pdf.count(b"/Type/Page/") + pdf.count(b"/Type /Page\n") == 2
