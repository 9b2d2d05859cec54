"""A filled workbook read back, as Excel, WPS and clerks leave it: what is stated, and all that is wrong, by sheet and cell."""

from __future__ import annotations

import datetime as dt
import io
import re
import time
from typing import TYPE_CHECKING, Any

import making
import openpyxl
import pytest

import perfeval as pe
from perfeval.errors import InputError
from perfeval.model.case import Budget, BudgetLine, Case, Issue, Item, Project, Row
from perfeval.model.framework import Dimension, Framework, Indicator
from perfeval.model.note import NOTE
from perfeval.quantities.units import base_units
from perfeval.reading.case import read
from perfeval.reading.fill_in import template
from perfeval.reading.fill_in.data_rows import joined, split
from perfeval.reading.fill_in.layout import entries, in_one_cell

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

FRAMEWORK = Framework(
    "示例数据",
    [
        Dimension(
            "产出指标",
            70,
            [Indicator("巡查", 40, "≥100 次"), Indicator("办结时间", 30, "2021年底", strategy="限内满分")],
            open=True,
        ),
        Indicator("按期公开", 30, "是"),
    ],
    data=[("财政收入", "万元"), ("核查", "条")],
)
BLANK = template.to_xlsx(Case("", framework=FRAMEWORK))
EXPECTED = Case(
    "某街道办事处（示例数据）",
    2021,
    FRAMEWORK,
    goals=["第一条", "第二条"],
    budget=Budget(whole_year="908.18", spent="900", rate="99.10%", lines=[BudgetLine("当年财政拨款", spent="900")]),
    projects=[Project("绿化", Budget("300"), department="某区财政局", rows=[Row("成活率", actual="95.5%")])],
    rows=[
        Row("产出指标/巡查", actual="165次", earned="40", evidence=["台账", "照片"]),
        Row("产出指标/办结时间", actual="2021年12月20日", earned="9.5"),
        Row("按期公开", actual="是"),
    ],
    data=[
        Item("财政收入", ["24076万元"], [Item("同比", ["增长6.2%"])], period="2021年前三季度"),
        Item("核查", ["10340条", "10340条"], note="两处"),
    ],
    problems=[Issue("办结慢", ["办结时间"], measure="约定时限")],
)
"""What the workbook filled below states."""


def fill(data: bytes, cells: Mapping[str, Mapping[tuple[str, str], Any]]) -> bytes:
    """*data* with cells filled: by sheet, the words that begin the row (or its number) and the heading of the column."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for name, values in cells.items():
        sheet = book[name]
        heads = {str(cell.value).partition("（")[0]: cell.column for cell in sheet[4] if cell.value}
        for (row, heading), value in values.items():
            number = int(row) if row.isdigit() else line(sheet, row)
            cell = sheet.cell(number, heads[heading])
            if isinstance(value, (making.Percent, making.Shown)):
                cell.value, cell.number_format = value.number, value.form
            else:
                cell.value = value
                if isinstance(value, dt.date):
                    cell.number_format = "yyyy/m/d"
    return making.saved(book)


def line(sheet: Any, words: str) -> int:
    """The first row in which a cell holds exactly *words*, the n-th one for words#n."""
    wanted, _, number = words.partition("#")
    found = [row[0].row for row in sheet.iter_rows(min_row=5) if wanted in {cell.value for cell in row[:3]}]
    return found[int(number or 1) - 1]


FILLED = fill(
    BLANK,
    {
        "基本情况": {("单位名称", "填写内容"): "某街道办事处（示例数据）", ("年度", "填写内容"): 2021},
        "目标成效措施": {("年度总体目标", "填写内容"): "第一条", ("年度总体目标#2", "填写内容"): "第二条"},
        "资金": {
            ("全年预算数", "填写内容"): 908.18,
            ("全年执行数", "填写内容"): 900,
            ("执行率", "填写内容"): making.Percent(0.991),
        },
        "资金来源": {("5", "资金来源"): "当年财政拨款", ("5", "全年执行数"): 900},
        "项目": {("5", "项目名称"): "绿化", ("5", "主管部门"): "某区财政局", ("5", "年初预算数"): "300"},
        "指标行": {
            ("产出指标/巡查", "完成值"): "165次",
            ("产出指标/巡查", "得分"): 40,
            ("产出指标/巡查", "佐证材料"): "台账\n照片",
            ("产出指标/办结时间", "完成值"): dt.date(2021, 12, 20),
            ("产出指标/办结时间", "得分"): 9.5,
            ("按期公开", "完成值"): "是",
            ("15", "项目"): "绿化",
            ("15", "指标"): "成活率",
            ("15", "完成值"): making.Percent(0.955, 1),
        },
        "数据": {
            ("财政收入", "数值"): 24076,
            ("财政收入", "期间"): "2021年前三季度",
            ("8", "一级名称"): "财政收入",
            ("8", "二级名称"): "同比",
            ("8", "增减"): "增长",
            ("8", "数值"): 6.2,
            ("8", "计量单位"): "%",
            ("核查", "数值"): "10340",
            ("核查", "说明"): "两处",
            ("9", "一级名称"): "核查",
            ("9", "数值"): "10340条",
        },
        "存在的问题": {("5", "问题"): "办结慢", ("5", "涉及"): "办结时间", ("5", "改进措施"): "约定时限"},
    },
)
"""Numbers, percent formats and a date as a serial among texts."""


def shared(data: bytes) -> bytes:
    """Every text in a table of its own, once, as Excel and WPS keep them."""
    texts: dict[bytes, int] = {}

    def change(part: bytes) -> bytes:
        return re.sub(
            rb't="inlineStr"([^>]*)><is>(.*?)</is>',
            lambda found: b't="s"%s><v>%d</v>' % (found[1], texts.setdefault(found[2], len(texts))),
            part,
            flags=re.DOTALL,
        )

    moved = making.edit(data, {r"worksheets/sheet\d+\.xml$": change})
    assert b"inlineStr" not in moved
    assert len(texts) > 100
    table = b"".join(b"<si>%s</si>" % text for text in texts)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    relation = f'<Relationship Id="rIdTexts" Type="{kind}" Target="sharedStrings.xml"/></Relationships>'.encode()
    return making.edit(
        moved,
        {r"workbook\.xml\.rels$": lambda part: part.replace(b"</Relationships>", relation)},
        {
            "xl/sharedStrings.xml": b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            + table
            + b"</sst>"
        },
    )


def trailing(data: bytes) -> bytes:
    """Thousands of rows with nothing but borders below what is filled."""
    rows = b"".join(b'<row r="%d"><c r="A%d" s="1"/><c r="B%d" s="1"/></row>' % (n, n, n) for n in range(3000, 9000))
    return making.edit(data, {r"sheet\d+\.xml$": lambda part: part.replace(b"</sheetData>", rows + b"</sheetData>")})


WAYS: tuple[Callable[[bytes], bytes], ...] = (
    lambda data: data,
    making.wrong_dimension,
    making.wps,
    making.prefixed,
    shared,
    trailing,
    making.as_text,
)


@pytest.mark.parametrize("way", WAYS, ids=["inline", "dimension", "wps", "prefixed", "shared", "trailing", "text"])
def test_filled_by_another_program(way: Callable[[bytes], bytes]) -> None:
    """Numbers, percentages, dates and texts in the ways of other programs state the same case."""
    case = read(way(FILLED))
    assert case == EXPECTED
    assert case.remarks == ()


def test_a_number_counts_as_it_is_stored() -> None:
    """A percentage is calculated with as stored and states what its cell shows."""
    cells: Any = {
        "资金": {("执行率", "填写内容"): making.Percent(0.949555)},
        "指标行": {("按期公开", "完成值"): making.Shown(165.25, '0.0"次"')},
        "数据": {("财政收入", "数值"): making.Shown(24076.25, "#,##0.0")},
    }
    case = read(fill(BLANK, cells))
    assert case.budget is not None
    for found, text, counted in (
        (case.budget.rate, "94.96%", "94.9555%"),
        (case.rows[0].actual, "165.3次", "165.25次"),
        (case.data[0].figures[0], "24,076.3万元", "24076.25万元"),
    ):
        assert found is not None
        assert (found.text, str(found.quantity)) == (text, counted)


def test_a_truth_value_is_yes_or_no() -> None:
    """Some programs store 是 as TRUE."""
    row = read(fill(BLANK, {"指标行": {("按期公开", "完成值"): True}})).rows[0]
    assert row == Row("按期公开", actual="是")


def said(data: bytes) -> dict[str, str]:
    """Every problem of *data*: its cell, and what is said."""
    with pytest.raises(InputError) as caught:
        read(data)
    assert len({each.place.cell for each in caught.value.problems if each.place}) == len(caught.value.problems)
    for each in caught.value.problems:
        str(each).encode("gbk")
    return {each.place.cell: str(each) for each in caught.value.problems if each.place}


def test_all_problems_at_once_by_cell() -> None:
    """What is wrong on five sheets is told in one go, each at its cell with what to write there."""
    data = fill(
        FILLED,
        {
            "基本情况": {
                ("年度", "填写内容"): "去年",
                ("14", "填写内容"): "孤零零",
                ("15", "栏目"): "单位名",
                ("15", "填写内容"): "甲",
            },
            "资金": {("各月执行数#3", "填写内容"): 30},
            "资金来源": {("6", "项目"): "绿地", ("6", "资金来源"): "其他资金"},
            "指标行": {("16", "完成值"): "5次", ("17", "指标"): "丙", ("17", "评分方法"): "{分档: "},
            "数据": {("11", "数值"): 5, ("12", "一级名称"): "甲", ("12", "三级名称"): "丙", ("12", "数值"): 1},
        },
    )
    found = said(data)
    assert "“去年”应是整数，如 2021" in found["基本情况!B6"]
    assert "没有写栏目" in found["基本情况!B14"]
    assert "单位名称" in found["基本情况!A15"]  # the nearest name
    assert "没有的请填 0" in found["资金!B11"]
    assert "有：绿化" in found["资金来源!A6"]
    assert "缺少“指标”" in found["指标行!G16"]
    assert "括号没有成对" in found["指标行!K17"]
    assert "请在“一级名称”写明" in found["数据!E11"]
    assert "没有写“二级名称”" in found["数据!C12"]
    assert len(found) == 9


def test_headings_that_were_changed() -> None:
    """A heading that nothing bears is named once, with the nearest; two of one name; a sheet without headings."""
    book = openpyxl.load_workbook(io.BytesIO(FILLED))
    book["指标行"]["H4"] = "得芬"
    book["存在的问题"]["B4"] = "问题"
    book["章节"].delete_rows(1, 4)
    book["章节"]["A1"] = "某节"
    found = said(making.saved(book))
    assert "得分" in found["指标行!H4"]
    assert "两栏" in found["存在的问题!B4"]
    assert "找不到表头（标题）" in found["章节"]
    assert len(found) == 3


def test_formulas_without_a_value() -> None:
    """A formula that was never calculated, and one that failed, are named with what to do."""
    data = fill(FILLED, {"指标行": {("产出指标/巡查", "得分"): "=20*2"}})
    assert "F9" in said(data)["指标行!H6"]


def test_said_twice_and_reserved() -> None:
    """A field filled twice, a period said in two ways, an item called like a column."""
    data = fill(
        FILLED,
        {
            "基本情况": {("14", "栏目"): "年度", ("14", "填写内容"): "2022"},
            "数据": {
                ("11", "一级名称"): "财政收入", ("11", "期间"): "2021年",
                ("12", "一级名称"): "财政收入", ("12", "二级名称"): "说明", ("12", "数值"): "1",
            },
        },
    )  # fmt: skip
    found = said(data)
    assert "填了两次" in found["基本情况!B14"]
    assert "2021年前三季度" in found["数据!G11"]
    assert "专用" in found["数据!B12"]


def test_sheets_beside() -> None:
    """A sheet of the clerk's own is not read, a hidden one neither, and both are said; the guide may be gone."""
    book = openpyxl.load_workbook(io.BytesIO(FILLED))
    book.create_sheet("草稿")["A1"] = "随便"
    book["存在的问题"].sheet_state = "hidden"
    del book["填写说明"]
    case = read(making.saved(book))
    assert case.problems == ()
    assert [(each.of, each.kind) for each in case.remarks] == [("草稿", NOTE), ("存在的问题", NOTE)]
    assert [each.code for each in pe.evaluate(case).findings if each.of in ("草稿", "存在的问题")]


def test_rules_that_were_changed() -> None:
    """Rules that are no YAML any more are named by the cell; without them the framework is not found."""
    book = openpyxl.load_workbook(io.BytesIO(FILLED))
    book["规则"]["A3"] = "{名称"
    assert any(cell.startswith("规则!A") for cell in said(making.saved(book)))
    del book["规则"]
    found = said(making.saved(book))
    assert "示例数据" in found["基本情况!B7"]


@pytest.mark.timed
def test_hostile_and_foreign_files(tmp_path: Path) -> None:
    """Bounds, entities and old formats are met by the same reader; ~$ files are passed over."""
    bomb = making.edit(
        FILLED,
        {r"sheet3\.xml$": lambda _: b"<worksheet><sheetData>" + b"<row/>" * 20_000_000 + b"</sheetData></worksheet>"},
    )
    rows = b"".join(b'<row><c t="str"><v>1</v></c></row>' for _ in range(1_000_000))
    many = making.edit(
        FILLED, {r"sheet3\.xml$": lambda _: b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>"}
    )
    laughs = making.edit(FILLED, {r"sheet3\.xml$": lambda part: b'<!DOCTYPE x [<!ENTITY a "1">]>' + part})
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "Workbook".encode("utf-16-le")
    for data, code in (
        (bomb, "file-unpacks-too-large"),
        (many, "input-too-many"),
        (laughs, "file-entities"),
        (old, "file-old-workbook"),
    ):
        start = time.perf_counter()
        with pytest.raises(InputError) as caught:
            read(data)
        assert caught.value.code == code
        assert time.perf_counter() - start < 20
    (tmp_path / "填报.xlsx").write_bytes(FILLED)
    (tmp_path / "~$填报.xlsx").write_bytes(b"\x00" * 165)
    assert read(tmp_path / "填报.xlsx", tmp_path / "~$填报.xlsx") == EXPECTED


@pytest.mark.parametrize(
    ("direction", "value", "unit", "text"),
    [
        ("增长", "6.2", "%", "增长6.2%"),
        ("", "10340", "条", "10340条"),
        ("", "10340条", "条", "10340条"),
        ("", "5.8万", "人次", "5.8万人次"),
        ("", "3000余", "人", "3000余人"),
        ("", "全区第6", "名次", "全区第6"),
        ("", "近30万元", "万元", "近30万元"),
        ("持平", "", "%", "持平"),
        ("", "2021年10月底", "日期", "2021年10月底"),
    ],
)
def test_direction_number_and_unit(direction: str, value: str, unit: str, text: str) -> None:
    """They make one figure as written; a value that has its unit keeps it, what is no quantity takes none."""
    assert joined(direction, value, unit) == text
    assert "".join(split(text, base_units())) == text


def test_entries_of_a_cell() -> None:
    """One a line; blank lines are none; a line that ends in a backslash goes on."""
    assert entries("台账\n\n照片") == ["台账", "照片"]
    assert entries(in_one_cell(["一\n二", "三"])) == ["一\n二", "三"]
