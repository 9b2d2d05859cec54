"""模板: an office's own docx keeps its styles, headers and words; a hostile one is refused."""

from __future__ import annotations

import io
import time
import zipfile
from typing import Any

import docx
import pytest
from docx.shared import Mm, Pt, RGBColor

import perfeval as pe

BODY = "word/document.xml"


def saved(document: Any) -> bytes:
    """A docx made with python-docx, as bytes."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def opened(data: bytes) -> Any:
    """The docx as python-docx reads it."""
    return docx.Document(io.BytesIO(data))


def parts(data: bytes) -> dict[str, bytes]:
    """Every part by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(found: dict[str, bytes]) -> bytes:
    """Parts as a zip."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in found.items():
            package.writestr(name, part)
    return stream.getvalue()


@pytest.fixture
def template() -> bytes:
    """An office's template: header, preface, marker in 4号, closing words, a red heading style."""
    document = docx.Document()
    document.sections[0].left_margin = document.sections[0].right_margin = Mm(40)
    document.sections[0].header.paragraphs[0].text = "【单位】文件 【年度】"
    document.styles["Heading 1"].font.color.rgb = RGBColor(255, 0, 0)
    document.add_paragraph("固定前言")
    marker = document.add_paragraph()
    marker.paragraph_format.first_line_indent = Pt(28)
    run = marker.add_run("【正文】")
    run.font.size = Pt(14)
    document.add_paragraph("固定结尾")
    return saved(document)


def test_the_paper_stands_at_the_marker(yongping: Any, template: bytes) -> None:
    """Fixed words stay before the text and after it, before its annexes; the marker is gone; the header is filled in."""
    found = opened(pe.dump(yongping, "docx", template=template))
    texts = [p.text for p in found.paragraphs]
    assert texts[0] == "固定前言"
    assert texts.index("四、下一步改进措施") < texts.index("固定结尾") < texts.index("附件") < len(texts) - 1
    assert "【正文】" not in texts
    assert "一、基本情况" in texts
    assert found.sections[0].header.paragraphs[0].text == "广州市白云区人民政府永平街道办事处文件 2021"


def test_text_looks_like_the_marker_and_headings_like_the_template(yongping: Any, template: bytes) -> None:
    """Paragraphs have the marker's format, headings the template's style, tables the width of its block."""
    found = opened(pe.dump(yongping, "docx", template=template))
    body = next(p for p in found.paragraphs if p.text.startswith("下属单位"))
    assert body.paragraph_format.first_line_indent == Pt(28)
    assert body.runs[0].font.size == Pt(14)
    heading = next(p for p in found.paragraphs if p.text == "一、基本情况")
    assert heading.style.name == "Heading 1"
    assert heading.style.font.color.rgb == RGBColor(255, 0, 0)
    block = found.sections[0].page_width - found.sections[0].left_margin - found.sections[0].right_margin
    for table in found.tables:
        assert 0.96 * block < sum(column.width for column in table.columns) <= block


def test_every_other_part_stays_as_it_is(yongping: Any, template: bytes) -> None:
    """Only the document, its styles and the filled header differ; the old styles stand in the new part whole."""
    before, after = parts(template), parts(pe.dump(yongping, "docx", template=template))
    assert list(before) == list(after)
    differing = {name for name in before if before[name] != after[name]}
    assert differing == {BODY, "word/styles.xml", *(name for name in before if name.startswith("word/header"))}
    old, new = before["word/styles.xml"], after["word/styles.xml"]
    common = old.removesuffix(b"</w:styles>").rstrip()
    assert new.startswith(common)


def test_without_a_marker_it_stands_at_the_end(yongping: Any) -> None:
    """The paper follows what the template says, before the last section's properties."""
    document = docx.Document()
    document.add_paragraph("封面")
    found = opened(pe.dump(yongping, "docx", template=saved(document)))
    assert found.paragraphs[0].text == "封面"
    assert found.element.body[-1].tag.endswith("sectPr")
    assert len(found.paragraphs) > 30


def test_a_section_that_ends_at_the_marker_stays(yongping: Any) -> None:
    """A section break in the marker's paragraph is kept behind the paper."""
    document = docx.Document()
    document.add_paragraph("【正文】")
    document.add_section()
    document.element.body[0].append(document.element.body[0].makeelement(document.element.body[0].tag[:-1] + "r", {}))
    found = opened(pe.dump(yongping, "docx", template=saved(document)))
    assert len(found.sections) == 2


def test_title_and_date_of_the_template_are_not_repeated(yongping: Any) -> None:
    """Where the template has places for title and date, the paper leaves them to it."""
    document = docx.Document()
    document.add_paragraph("【标题】")
    document.add_paragraph("【正文】")
    document.add_paragraph("【单位】 【成文日期】")
    case = pe.evaluate(_dated(yongping.case))
    texts = [p.text for p in opened(pe.dump(case, "docx", template=saved(document))).paragraphs]
    assert texts.count("永平街道办事处2021年部门整体支出绩效自评报告") == 1
    assert texts[texts.index("附件") - 1].endswith("办事处 2022年3月5日")
    assert not any("盖章" in text for text in texts)


def test_what_is_missing_is_one_mark_in_the_fixed_text(yongping: Any) -> None:
    """A date, office or year that the case lacks is the mark where the template names it, there alone."""
    document = docx.Document()
    document.add_paragraph("【正文】")
    document.add_paragraph("【单位】 【年度】 【成文日期】")
    texts = [p.text for p in opened(pe.dump(yongping, "docx", template=saved(document))).paragraphs]
    assert "广州市白云区人民政府永平街道办事处 2021 【待填写：成文日期】" in texts
    assert sum("成文日期" in text for text in texts) == 1
    empty = pe.evaluate(pe.Case())
    texts = [p.text for p in opened(pe.dump(empty, "docx", template=saved(document))).paragraphs]
    assert "【待填写：单位名称】 【待填写：年度】 【待填写：成文日期】" in texts


def _dated(case: Any) -> Any:
    from attrs import evolve

    return evolve(case, sections=(pe.Section("成文日期", "2022年3月5日"),))


def test_our_own_paper_is_a_template_too(yongping: Any) -> None:
    """A report written before serves as template; no style is added twice."""
    first = pe.dump(yongping, "docx")
    again = pe.dump(yongping, "docx", template=first)
    assert parts(again)["word/styles.xml"] == parts(first)["word/styles.xml"]


def test_a_mark_in_pieces_is_said(yongping: Any) -> None:
    """【标题】 typed in two formats cannot be filled in: the message says what to do."""
    document = docx.Document()
    paragraph = document.add_paragraph("【标")
    paragraph.add_run("题】").bold = True
    with pytest.raises(pe.OutputError, match="“【标题】”分成了几段格式"):
        pe.dump(yongping, "docx", template=saved(document))


def test_other_prefixes_are_understood(yongping: Any, template: bytes) -> None:
    """A template whose elements have another prefix gets content that declares its own."""
    found = parts(template)
    for name in (BODY, "word/styles.xml"):
        found[name] = found[name].replace(b"<w:", b"<x:").replace(b"</w:", b"</x:").replace(b" w:", b" x:")
        found[name] = found[name].replace(b"xmlns:w=", b"xmlns:x=")
    texts = [p.text for p in opened(pe.dump(yongping, "docx", template=packed(found))).paragraphs]
    assert texts[0] == "固定前言"
    assert "一、基本情况" in texts


def test_a_missing_template_is_named(yongping: Any, tmp_path: Any) -> None:
    """The message names the file."""
    with pytest.raises(pe.OutputError, match=r"没有找到模板 .*样式\.docx"):
        pe.dump(yongping, "docx", template=tmp_path / "样式.docx")


def _with(template: bytes, name: str, old: bytes, new: bytes) -> bytes:
    found = parts(template)
    assert old in found[name]
    return packed({**found, name: found[name].replace(old, new, 1)})


HOSTILE = {
    "template-old": lambda _: b"\xd0\xcf\x11\xe0" + bytes(2000),
    "template-broken": lambda _: b"PK\x03\x04 no zip",
    "template-entities": lambda t: _with(t, BODY, b"<w:document", b'<!DOCTYPE d [<!ENTITY e "x">]><w:document'),
    "template-macros": lambda t: packed({**parts(t), "word/vbaProject.bin": b"x"}),
    "template-too-large": lambda t: packed({**parts(t), "word/media/a.bmp": bytes(81_000_000)}),
    "template-external": lambda t: _with(
        t,
        "word/_rels/document.xml.rels",
        b"</Relationships>",
        b'<Relationship Id="x" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
        b'Target="http://example.com/a.png" TargetMode="External"/></Relationships>',
    ),
}


@pytest.mark.parametrize("code", HOSTILE)
def test_hostile_templates_are_refused(code: str, yongping: Any, template: bytes) -> None:
    """Each is refused with its code and one Chinese sentence, within two seconds."""
    data = HOSTILE[code](template)
    start = time.perf_counter()
    with pytest.raises(pe.OutputError) as caught:
        pe.dump(yongping, "docx", template=data)
    assert caught.value.code == code
    assert time.perf_counter() - start < 2


def test_fields_that_fetch_and_depth_are_refused(yongping: Any, template: bytes) -> None:
    """INCLUDEPICTURE brings in what lies elsewhere; a million elements within each other are no document."""
    fetching = b'<w:p><w:r><w:instrText>INCLUDEPICTURE "http://example.com/a"</w:instrText></w:r></w:p><w:p>'
    deep = b"<w:p>" + b"<w:r>" * 300_000 + b"</w:r>" * 300_000 + b"</w:p><w:p>"
    for content, code in ((fetching, "template-external"), (deep, "template-broken")):
        start = time.perf_counter()
        with pytest.raises(pe.OutputError) as caught:
            pe.dump(yongping, "docx", template=_with(template, BODY, b"<w:p>", content))
        assert caught.value.code == code
        assert time.perf_counter() - start < 2


def test_a_file_name_of_a_local_template_is_harmless(yongping: Any, template: bytes) -> None:
    """Word notes the template's name on the own disk: that, and hyperlinks, are fetched from nowhere."""
    for kind, target in (("attachedTemplate", b"file:///C:/office/a.dotx"), ("hyperlink", b"http://example.com/")):
        link = b'<Relationship Id="x" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        link += kind.encode() + b'" Target="' + target + b'" TargetMode="External"/></Relationships>'
        data = _with(template, "word/_rels/document.xml.rels", b"</Relationships>", link)
        assert pe.dump(yongping, "docx", template=data)
    remote = link.replace(b"hyperlink", b"attachedTemplate")
    with pytest.raises(pe.OutputError):
        pe.dump(yongping, "docx", template=_with(template, "word/_rels/document.xml.rels", b"</Relationships>", remote))
