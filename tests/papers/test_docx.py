"""自评报告 as docx: the official layout, read back by python-docx, and the same bytes every time."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import zipfile
from typing import Any
from xml.etree import ElementTree as ET

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from hypothesis import given, settings, strategies as st

import perfeval as pe
from perfeval.command.inputs import example
from perfeval.papers.blocks import Paragraph, Point, Signature, SpanCell, Table, Title, full, gaps
from perfeval.papers.docx import gongwen
from perfeval.papers.docx.paper import to_docx
from perfeval.papers.report.compose import compose
from perfeval.papers.report.titles import title

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl autoSpaceDE autoSpaceDN snapToGrid spacing ind jc "
    "outlineLvl sectPr",
    "rPr": "rFonts b bCs snapToGrid spacing sz szCs highlight lang",
    "sectPr": "footerReference pgSz pgMar pgNumType docGrid",
    "tcPr": "tcW gridSpan vMerge vAlign",
    "tblPr": "tblStyle tblW jc tblBorders tblLayout tblCellMar",
    "style": "name basedOn next qFormat pPr rPr tblPr",
    "tbl": "tblPr tblGrid tr",
}
"""The order in which ISO/IEC 29500 wants children; Word calls a file with another damaged."""


def opened(data: bytes) -> Any:
    """The docx as python-docx reads it."""
    return docx.Document(io.BytesIO(data))


def parts(data: bytes) -> dict[str, bytes]:
    """Every part by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def styled(document: Any, name: str) -> list[str]:
    """The texts of all paragraphs in a style."""
    return [p.text for p in document.paragraphs if p.style.name == name]


@pytest.fixture(scope="module")
def report(yongping: Any) -> Any:
    """The office's report."""
    return opened(pe.dump(yongping, "docx"))


@pytest.mark.parametrize("which", ["yongping", "project", "hostile"])
@pytest.mark.parametrize("layout", [(), ("bold", "times")])
def test_every_part_is_well_formed_and_in_order(which: str, layout: tuple[str, ...], request: Any) -> None:
    """Every part parses, and where the format fixes an order the children stand in it."""
    for name, part in parts(pe.dump(request.getfixturevalue(which), "docx", layout=layout)).items():
        for element in ET.fromstring(part).iter():
            order = ORDER.get(element.tag.removeprefix(W), "").split()
            if order and name.startswith("word/"):
                found = [order.index(child.tag.removeprefix(W)) for child in element]
                assert found == sorted(found), (name, element.tag)


def test_page_and_margins(report: Any) -> None:
    """A4, 37, 35, 28 and 26 mm; the text block is 156 by 225 mm."""
    (section,) = report.sections
    sides = (section.page_width, section.page_height, section.top_margin, section.bottom_margin)
    sides += (section.left_margin, section.right_margin)
    for side, mm in zip(sides, (210, 297, 37, 35, 28, 26), strict=True):
        assert abs(side - Mm(mm)) < Mm(0.05)


def test_the_grid_holds_22_lines_of_28_characters(report: Any) -> None:
    """22 lines and 28 characters fit into the block and not one twip more of pitch would."""
    grid = report.sections[0]._sectPr.find(qn("w:docGrid"))
    pitch, space = int(grid.get(qn("w:linePitch"))), int(grid.get(qn("w:charSpace")))
    assert grid.get(qn("w:type")) == "linesAndChars"
    assert 22 * pitch <= 12756 < 22 * (pitch + 1)
    assert 28 * (16 * 4096 + space) <= 8845 * 4096 / 20 < 28 * (16 * 4096 + space + 1)
    normal = report.styles["Normal"]
    assert normal.paragraph_format.line_spacing == Pt(pitch / 20)
    closer = int(normal.element.rPr.find(qn("w:spacing")).get(qn("w:val")))
    assert 28 * (320 + closer) <= 8845 < 29 * (320 + closer)


def test_fonts_by_level_with_the_east_asian_one_named(report: Any) -> None:
    """小标宋 2号, 黑体, 楷体 and 仿宋 3号: each style names its East Asian font."""
    wanted = {"Title": ("方正小标宋简体", 22), "Heading 1": ("黑体", 16), "Heading 2": ("楷体_GB2312", 16)}
    wanted |= {"Heading 3": ("仿宋_GB2312", 16), "Normal": ("仿宋_GB2312", 16), "footer": ("宋体", 14)}
    for name, (font, size) in wanted.items():
        style = next(each for each in report.styles if each.name.lower() == name.lower())
        assert style.element.rPr.rFonts.get(qn("w:eastAsia")) == font
        assert (style.font.size or report.styles["Normal"].font.size) == Pt(size)
    assert report.styles["公文正文"].element.pPr.find(qn("w:ind")).get(qn("w:firstLineChars")) == "200"


def test_fonts_have_named_substitutes_and_are_not_shipped(yongping: Any) -> None:
    """Each font of the table has names that may stand for it; the docx holds no font."""
    found = parts(pe.dump(yongping, "docx"))
    fonts = ET.fromstring(found["word/fontTable.xml"])
    named = {font.get(f"{W}name"): font.find(f"{W}altName").get(f"{W}val") for font in fonts}  # type: ignore[union-attr]
    assert named.keys() == {"方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"}
    assert all(named.values())
    assert all(name.endswith((".xml", ".rels")) for name in found)


@pytest.mark.parametrize("layout", [(), ("bold",), ("times",), ("bold", "times")])
def test_bold_and_latin_digits_are_choices(yongping: Any, layout: tuple[str, ...]) -> None:
    """Levels two and three are bold, and digits in Times New Roman, only where that is chosen."""
    document = opened(pe.dump(yongping, "docx", layout=layout))
    bold = [document.styles[f"Heading {level}"].font.bold for level in (1, 2, 3)]
    assert bold == [False, "bold" in layout, "bold" in layout]
    assert (document.styles["Normal"].font.name == "Times New Roman") is ("times" in layout)


def test_an_unknown_choice_is_named(yongping: Any) -> None:
    """The message lists the choices that there are."""
    with pytest.raises(pe.OutputError, match=r"没有版式选项“斜体”；可用：bold.*times"):
        pe.dump(yongping, "docx", layout=["斜体"])


def test_page_numbers_at_the_outer_edge(yongping: Any) -> None:
    """— 1 — at the right on odd pages, at the left on even ones, one character in, its rules 7 mm below the text."""
    report = opened(pe.dump(yongping, "docx"))
    section = report.sections[0]
    assert report.settings.odd_and_even_pages_header_footer
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        (paragraph,) = footer.paragraphs
        assert paragraph.text == "— 1 —"
        indent = paragraph._p.pPr.find(qn("w:ind"))
        assert indent.get(qn(f"w:{side}Chars")) == "100"
        assert paragraph._p.pPr.find(qn("w:jc")).get(qn("w:val")) == side
    middle = section.footer_distance + Pt(gongwen.FOOTER_LINE / 40)
    assert abs(section.bottom_margin - middle - Mm(7)) < Mm(0.1)


def test_sections_are_numbered_as_in_official_papers(report: Any) -> None:
    """一、 （一） 1. in the outline; no stop after a bracket, a full stop after an Arabic number."""
    assert styled(report, "Heading 1") == [
        "一、基本情况",
        "二、综合评价分析",
        "三、存在的主要问题",
        "四、下一步改进措施",
    ]
    assert styled(report, "Heading 2")[:4] == [
        "（一）部门概况",
        "（二）年度总体工作和重点工作任务",
        "（三）部门整体收支情况",
        "（四）部门整体绩效管理情况",
    ]
    assert styled(report, "Heading 3")[0] == "1.疫情防控"


def test_title_breaks_where_its_sense_allows() -> None:
    """A long title is two lines, broken behind the year or behind the office, never inside a name."""
    long = pe.Case("广州市白云区人民政府永平街道办事处", 2021)
    assert title(long, "zh_Hans").lines == ("广州市白云区人民政府永平街道办事处", "2021年度部门整体支出绩效自评报告")
    short = pe.Case("某街道办事处", 2021, title="某街道办事处2021年自评报告")
    assert title(short, "zh_Hans").lines == ("某街道办事处2021年自评报告",)


def test_unit_and_year_stand_under_a_title_that_lacks_them() -> None:
    """What the title does not name stands below it; what nobody says is a mark."""
    case = pe.Case("某街道办事处", 2021, title="出租屋专项自评报告")
    assert title(case, "zh_Hans").below == "某街道办事处　2021年度"
    assert title(pe.Case("某街道办事处", title="自评报告"), "zh_Hans", official=True).below.endswith("【待填写：年度】")


def test_text_and_tables_cannot_disagree(yongping: Any, report: Any) -> None:
    """Every text of the composed report stands in the docx, tables cell by cell."""
    texts = "\n".join(p.text for p in report.paragraphs)
    blocks = compose(yongping, official=True)
    for block in blocks:
        if isinstance(block, Paragraph | Point):
            assert block.text in texts
    tables = [block for block in blocks if isinstance(block, Table)]
    assert len(report.tables) == len(tables) == 2
    for found, table in zip(report.tables, tables, strict=True):
        rows = [[cell.text.replace("\n", "") for cell in row.cells] for row in found.rows]
        assert rows[0] == list(table.headings)
        assert len(rows) == len(table.rows) + 1
    assert [cell.text for cell in report.tables[0].rows[2].cells] == ["环卫保洁专项", "300.00", "299.97", "99.99%"]


def test_head_rows_repeat_and_rows_stay_whole(project: Any) -> None:
    """The first row of each table repeats on every page; no row breaks across pages; the width is the block's."""
    for table in opened(pe.dump(project, "docx")).tables:
        for index, row in enumerate(table._tbl.tr_lst):
            assert (row.trPr.find(qn("w:tblHeader")) is not None) == (index == 0)
            assert row.trPr.find(qn("w:cantSplit")) is not None
            spans = [cell.grid_span for cell in row.tc_lst]
            assert sum(spans) == len(table.columns)
        sizes = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
        assert 0.97 * gongwen.WIDTH < sum(sizes) <= gongwen.WIDTH
        assert min(sizes) > 2 * 210


def test_every_point_has_its_reason_in_the_official_grid(project: Any) -> None:
    """Each indicator's row has points, computed and stated value, reason; levels are merged cells."""
    table = opened(pe.dump(project, "docx")).tables[-1]
    rows = [[cell.text.replace("\n", "") for cell in row.cells] for row in table.rows]
    assert rows[0][:3] == ["一级指标", "二级指标", "三级指标"]
    leaves = {score.name: score for score in project.score.walk() if not score.parts}
    seen = {row[2]: row for row in rows if row[2] in leaves}
    assert seen.keys() == leaves.keys()
    for name, score in leaves.items():
        assert score.because in seen[name][-1]
    assert "偏差原因：" in seen["租户满意度"][-1]
    assert len({id(cell._tc) for cell in table.column_cells(0)}) < len(table.rows)


def test_stated_points_of_a_node_with_parts_stay(project: Any) -> None:
    """A dimension's points, computed and stated, stand in its merged cell."""
    (table,) = [block for block in compose(project, official=True) if isinstance(block, Table)][-1:]
    cells = [cell.text for row in table.rows for cell in row if isinstance(cell, SpanCell) and cell.down > 1]
    assert "产出指标\n50分\n核算48.44\n自报48.44" in cells
    assert {len(row) for row in full(table)} == {len(table.headings)}


def test_findings_are_not_handed_in(yongping: Any, report: Any) -> None:
    """What serves the office alone stays in the other papers."""
    assert yongping.findings
    assert "审核意见" not in "\n".join(p.text for p in report.paragraphs)
    assert "审核意见" in pe.dump(yongping, "md").decode()


def test_marks_are_highlighted_and_listed(yongping: Any, report: Any) -> None:
    """What is missing is one mark, in yellow; nothing else is."""
    marked = [run.text for p in report.paragraphs for run in p.runs if run.font.highlight_color is not None]
    assert marked == ["【待填写：成文日期】"]
    assert gaps(compose(yongping, official=True)) == ("成文日期",)


def test_a_mark_of_the_office_is_one_too() -> None:
    """A mark inside own words is highlighted and listed, the words around it are not."""
    blocks = [Paragraph("经费【待填写：金额】万元。")]
    runs = opened(to_docx(blocks)).paragraphs[0].runs
    assert [(run.text, run.font.highlight_color is not None) for run in runs] == [
        ("经费", False),
        ("【待填写：金额】", True),
        ("万元。", False),
    ]
    assert gaps(blocks) == ("金额",)


def test_date_without_leading_zeros_and_the_office_above_it() -> None:
    """The date of the section 成文日期 stands in Arabic digits, centred below the office's name."""
    case = pe.Case("某街道办事处", 2021, sections=[pe.Section("成文日期", "2022年03月05日")])
    blocks = compose(pe.evaluate(case), official=True)
    assert [block for block in blocks if isinstance(block, Signature)] == [Signature("某街道办事处", "2022年3月5日")]
    office, day = [p for p in opened(to_docx(blocks)).paragraphs if p.style.name == "落款" and p.text]
    assert (office.text, day.text) == ("某街道办事处（盖章）", "2022年3月5日")
    half = [gongwen.CHARACTER * wide / 2 for wide in (10, 6)]  # 10 characters; 6 digits and 3 characters
    middles = [p.paragraph_format.right_indent.twips + own for p, own in zip((office, day), half, strict=True)]
    assert abs(middles[0] - middles[1]) <= 2


def test_own_sections_are_not_lost() -> None:
    """A section of the office's own that has no place in the report follows as a section of its own."""
    case = pe.Case("某街道办事处", 2021, sections=[pe.Section("其他事项", "甲。\n乙。")])
    found = opened(to_docx(compose(pe.evaluate(case), official=True)))
    assert styled(found, "Heading 1")[-1] == "五、其他事项"
    assert {"甲。", "乙。"} <= set(styled(found, "公文正文"))


@settings(max_examples=60)
@given(st.text(min_size=1))
def test_any_text_is_kept_and_never_markup(words: str) -> None:
    """Whatever a case says comes back as it was, but for characters that XML cannot hold."""
    found = opened(to_docx([Title(words), Paragraph("甲" + words)])).paragraphs
    kept = re.sub("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", words)
    assert found[0].text == kept.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")


def test_same_bytes_whatever_clock_place_and_hash() -> None:
    """Another time zone, console, day and hash seed give the same docx."""
    code = (
        "import sys, time, perfeval as pe; from perfeval.command.inputs import example; time.time = lambda: {now}; "
        "sys.stdout.buffer.write(pe.dump(pe.evaluate(pe.read(example('yongping-2021'))), 'docx'))"
    )
    places = (
        {"TZ": "Asia/Shanghai", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "America/Lima", "PYTHONHASHSEED": "2"},
    )
    made = [
        subprocess.run(
            [sys.executable, "-c", code.format(now=now)], env={**os.environ, **place}, capture_output=True, check=True
        ).stdout
        for now, place in zip((1e9, 2e9), places, strict=True)
    ]
    assert made[0] == made[1] == pe.dump(pe.evaluate(pe.read(example("yongping-2021"))), "docx")


def test_nothing_is_overwritten_unasked(yongping: Any, tmp_path: Any) -> None:
    """An existing docx is left alone."""
    path = tmp_path / "自评报告.docx"
    pe.write(yongping, path)
    before = path.read_bytes()
    with pytest.raises(pe.OutputError):
        pe.write(yongping, path)
    assert path.read_bytes() == before
