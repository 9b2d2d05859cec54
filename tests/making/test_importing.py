"""A client's table becomes a framework: columns by their heads, rules by their prose, doubts by their cells."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from making_tables import HEAD, workbook

import perfeval as pe
from perfeval.authoring.importing import framework
from perfeval.authoring.importing.framework import OPEN
from perfeval.documents.limits import Limits

MARKET = [
    ["农贸市场监管指标体系（示例数据）"],
    [],
    ["填报单位：某街道办事处（示例数据）"],
    HEAD,
    ["产出指标（50分）", "数量指标", "巡查家次", "２0", "≥120家次", "达到指标值得满分，未达到的按比例得分"],
    ["", "", "检查场次", 10, "≥12场次", "每少1场次扣1分，扣完为止"],
    ["", "质量指标", "快检合格率", "15分", "≥98%", "达到得满分，每低1个百分点扣0.5分，扣完为止"],
    ["", "", "台账", 5, "", "完成得满分，否则不得分"],
    ["效益指标", "", "安全事故", "20", "", "每发现一起扣2分，扣完为止"],
    ["", "", "长效机制", 10.0, "", "制度健全得5分；执行到位得5分"],
    ["满意度指标", "", "满意度", 20, "≥90%", ""],
    ["合计", "", "", 100],
    ["注：本表由示例数据编成"],
]
MERGES = ("A1:F1", "A5:A8", "B5:B6", "B7:B8", "A9:A10")


def test_a_table_is_read_whole() -> None:
    """Levels merged or blank, points as text, full-width digits and notes below: each indicator finds its place."""
    made = framework.framework(workbook(MARKET, *MERGES), "表.xlsx").framework
    points = {path: str(part.points) for path, part in made.walk()}
    assert points == {
        "产出指标": "50分",
        "产出指标/数量指标": "30分",
        "产出指标/数量指标/巡查家次": "20分",
        "产出指标/数量指标/检查场次": "10分",
        "产出指标/质量指标": "20分",
        "产出指标/质量指标/快检合格率": "15分",
        "产出指标/质量指标/台账": "5分",
        "效益指标": "30分",
        "效益指标/安全事故": "20分",
        "效益指标/长效机制": "10分",
        "满意度指标": "20分",
        "满意度指标/满意度": "20分",
    }
    assert made.name == "农贸市场监管指标体系（示例数据）"


def test_what_fits_one_rule_is_that_rule_and_the_rest_is_listed_by_cell() -> None:
    """Each line says its cell and what it was read as; several rules, none and no prose are 待定, with why."""
    lines = framework.framework(workbook(MARKET, *MERGES), "表.xlsx").lines
    assert [(each.cell, each.rule) for each in lines] == [
        ("Sheet!F5", "正向"),
        ("Sheet!F6", "{递减满一步: {每: 1 场次, 扣: 1 分}}"),
        ("Sheet!F7", OPEN),
        ("Sheet!F8", "是否"),
        ("Sheet!F9", "{缺项扣分: {完成值: 2 分/起}}"),
        ("Sheet!F10", OPEN),
        ("Sheet!C11", OPEN),
    ]
    choice, none, blank = (each for each in lines if not each.settled)
    assert [each.partition(":")[0] for each in choice.choices] == ["{递减按比例", "{递减满一步", "{递减不足一步按一步"]
    assert none.choices == blank.choices == ()
    assert "没有写评分标准" in blank.in_locale("zh_Hans")


def test_an_open_rule_guesses_no_points() -> None:
    """待定 earns whatever the scorer states within 0 and 分值, and nothing where nothing is stated."""
    made = framework.framework(workbook(MARKET, *MERGES), "表.xlsx").framework
    case = pe.Case(
        "某街道办事处（示例数据）",
        2024,
        made,
        rows=[pe.Row("快检合格率", actual="97%"), pe.Row("长效机制", earned="8")],
    )
    evaluation = pe.evaluate(case)
    assert evaluation["快检合格率"].earned is None
    assert (str(evaluation["快检合格率"].low), str(evaluation["快检合格率"].high)) == ("0分", "15分")
    assert str(evaluation["长效机制"].earned) == "8分"


def test_points_left_to_a_judge_are_bounded() -> None:
    """酌情 is no rule to be settled, whatever the target: the points stated lie in 0～分值, and beyond them is an error."""
    rows = [HEAD, ["产出指标", "", "巡查", 60, "≥120家次", "视情况扣分"], ["", "", "台账", 40, "", "由评价人酌情评分"]]
    made = framework.framework(workbook(rows), "表.xlsx")
    assert [(each.rule, each.settled) for each in made.lines] == [("评分人评定", True)] * 2
    for earned, codes in (("55", []), ("61", ["earned-range", "judge-outside"])):
        case = pe.Case("示例", 2024, made.framework, rows=[pe.Row("巡查", actual="110家次", earned=earned)])
        found = {each.code for each in pe.evaluate(case).findings if each.severity is pe.Severity.ERROR}
        assert bool(found & set(codes)) == bool(codes)


def test_the_rule_read_is_the_rule_applied() -> None:
    """10 次 of 12 at one point each short: 10 分 − 2 分; two accidents at 2 分: 20 分 − 4 分; 90 of 120: 15 of 20."""
    made = framework.framework(workbook(MARKET, *MERGES), "表.xlsx").framework
    rows = [pe.Row("检查场次", actual="10场次"), pe.Row("安全事故", actual="2起"), pe.Row("巡查家次", actual="90家次")]
    evaluation = pe.evaluate(pe.Case("某街道办事处（示例数据）", 2024, made, rows=rows))
    earned = {name: str(evaluation[name].earned) for name in ("检查场次", "安全事故", "巡查家次")}
    assert earned == {"检查场次": "8分", "安全事故": "16分", "巡查家次": "15分"}


@pytest.mark.parametrize(
    ("rows", "merges", "code", "cell"),
    [
        ([HEAD, ["产出", "", "巡查", "", "", "按完成率计分"]], (), "points-missing", "Sheet!C2"),
        ([HEAD, ["产出", "", "巡查", "十几", "", "按完成率计分"]], (), "points-unread", "Sheet!D2"),
        ([HEAD, ["产出", "", "巡查", -5, "", "按完成率计分"]], (), "points-unread", "Sheet!D2"),
        (
            [HEAD, ["产出", "", "巡查", 10, "", "按完成率计分"], ["", "", "检查", "", "", "按完成率计分"]],
            ("D2:D3",),
            "points-shared",
            "Sheet!C3",
        ),
        (
            [HEAD, ["产出", "", "巡查", 10, "", "按完成率计分"], ["", "", "", 5, "", "按完成率计分"]],
            ("C2:C3",),
            "indicator-split",
            "Sheet!D3",
        ),
        ([HEAD, ["产出（50分）", "", "巡查", 48, "", "按完成率计分"]], (), "points-table-sum", "Sheet!A2"),
        (
            [HEAD, ["产出", "", "巡查", 48, "", "按完成率计分"], ["合计", "", "", 50]],
            (),
            "points-table-sum",
            "Sheet!D3",
        ),
        (
            [HEAD, ["产出", "", "巡查", 5, "", ""], ["产出", "", "巡查", 5, "", ""]],
            (),
            "indicator-twice",
            "Sheet!C3",
        ),
        (
            [["一级指标", "三级指标", "评分标准"], ["产出", "巡查", "按完成率计分"]],
            (),
            "points-column-missing",
            "Sheet!A1",
        ),
        ([HEAD], (), "standards-empty", "Sheet!A1"),
        ([["名称", "数"], ["巡查", 5]], (), "standards-missing", ""),
    ],
)
def test_a_table_that_contradicts_itself_is_refused_by_cell(
    rows: list[list[object]], merges: tuple[str, ...], code: str, cell: str
) -> None:
    """Points that are missing, shared or do not add up are named with their cell; nothing is shared out."""
    with pytest.raises(pe.InputError) as caught:
        framework.framework(workbook(rows, *merges), "表.xlsx")
    assert caught.value.code == code
    assert caught.value.place is not None
    assert caught.value.place.cell == cell


def test_points_beside_each_level() -> None:
    """A table with 分值 behind every level: each column of points belongs to the level before it."""
    rows = [
        ["一级指标", "分值", "二级指标", "分值", "三级指标", "分值", "评分标准"],
        ["产出", 60, "数量", 40, "巡查", 25, "按完成率计分"],
        ["", "", "", "", "检查", 15, "按完成率计分"],
        ["", "", "质量", 20, "合格", 20, "按完成率计分"],
    ]
    made = framework.framework(workbook(rows, "A2:A4", "B2:B4", "C2:C3", "D2:D3")).framework
    assert [str(part.points) for _, part in made.walk()] == ["60分", "40分", "25分", "15分", "20分", "20分"]


def test_the_standard_is_told_from_what_stands_beside_it() -> None:
    """指标解释 and 计算公式 are no 评分标准, whichever comes first."""
    rows = [
        ["一级指标", "三级指标", "指标解释", "计算公式", "评分标准", "分值"],
        ["产出", "巡查", "完成得满分，否则不得分", "巡查÷计划", "按实际完成率计分", 10],
    ]
    (line,) = framework.framework(workbook(rows)).lines
    assert (line.cell, line.rule) == ("Sheet!E2", "正向")


def test_two_tables_are_not_one() -> None:
    """A second sheet with a table is never left out silently: each framework is a file."""
    book = openpyxl.load_workbook(io.BytesIO(workbook([HEAD, ["产出", "", "巡查", 10, "", "按完成率计分"]])))
    book.copy_worksheet(book.worksheets[0])
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(pe.InputError) as caught:
        framework.framework(out.getvalue())
    assert caught.value.code == "standards-several"


def test_one_indicator_over_two_lines_has_one_text() -> None:
    """Lines of 评分标准 beside one merged indicator are read together: here as bands."""
    rows = [
        HEAD,
        ["产出", "", "巡查", 10, "", "≥90%得满分"],
        ["", "", "", "", "", "80%（含）-90%得5分"],
        ["", "", "", "", "", "低于80%不得分"],
    ]
    (line,) = framework.framework(workbook(rows, "C2:C4", "D2:D4", "E2:E4")).lines
    assert line.rule == "{分档: {≥90 %: 满分, ≥80 %: 5 分, 其余: 0 分}}"


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"not a table", "一级指标".encode("gbk"), b"\xd0\xcf\x11\xe0" * 200]
)
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    """Damaged, old and other files are an InputError, never a traceback."""
    with pytest.raises(pe.InputError):
        framework.framework(data, "表.xlsx")


def test_hostile_workbooks_are_refused() -> None:
    """A bomb, entities and too many cells cost nothing and are said."""
    good = workbook(MARKET, *MERGES)
    with pytest.raises(pe.InputError) as caught:
        framework.framework(good, limits=Limits(unpacked=2_000))
    assert caught.value.code == "file-unpacks-too-large"
    with pytest.raises(pe.InputError) as caught:
        framework.framework(good, limits=Limits(size=100))
    assert caught.value.code == "input-too-large"
    with pytest.raises(pe.InputError) as caught:
        framework.framework(good, limits=Limits(cells=10))
    assert caught.value.code == "input-too-many"
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.endswith("sheet1.xml"):
                head = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>'
                part = head + part.partition(b"?>")[2] if part.startswith(b"<?xml") else head + part
            new.writestr(name, part)
    with pytest.raises(pe.InputError) as caught:
        framework.framework(out.getvalue())
    assert caught.value.code == "file-entities"


def test_a_table_of_thousands_is_no_framework() -> None:
    """More indicators than any framework has: refused before anything is made of them."""
    rows = [HEAD, *(["产出", "", f"指标甲{number}", 1, "", ""] for number in range(502))]
    with pytest.raises(pe.InputError) as caught:
        framework.framework(workbook(rows))
    assert caught.value.code == "standards-many"


@pytest.mark.parametrize(
    "name", ["是", "yes", "# 巡查", "巡查: 甲", "[巡查]", "“巡查”", "'巡查", "- 巡查", "{a}", "*巡查", "123"]
)
def test_names_from_cells_are_texts(name: str) -> None:
    """Whatever a cell is called, the file that is written says the same."""
    made = framework.framework(workbook([HEAD, ["产出", "", name, 10, "", "按完成率计分"]])).framework
    *_, (_, indicator) = made.walk()
    assert indicator.name == name.replace(" ", "")


def test_a_target_that_cannot_be_read_leaves_the_rule_open() -> None:
    """A 指标值 nobody can read makes no rule: 待定, with the reason."""
    (line,) = framework.framework(workbook([HEAD, ["产出", "", "巡查", 10, "8000亩8535.5亩", "按完成率计分"]])).lines
    assert not line.settled
    assert "指标值读不出来" in line.in_locale("zh_Hans")
