"""模板: a docx of the office's own — its styles, headers, footers and fixed text stay, the paper is put in.

The paper stands where a paragraph says 【正文】 (its format is that of the text), its annexes behind the fixed text;
without one it all stands at the end. 【标题】, 【单位】, 【年度】 and 【成文日期】 in the fixed text are filled in, with the
mark where the case does not say. All other bytes of the parts stay as they are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from perfeval.documents.xml import attribute
from perfeval.errors import OutputError, problem
from perfeval.locales.messages import say
from perfeval.papers.blocks import Annex, Signature, Title, mark
from perfeval.papers.docx import gongwen
from perfeval.papers.docx.parts import parts_of
from perfeval.papers.docx.reading import TemplateText, styles_of, text_of
from perfeval.papers.docx.wordml import DECLARED
from perfeval.papers.docx.writer import Writer, zipped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from perfeval.papers.blocks import Block

_FIXED = re.compile(r"word/(?:document|header\d*|footer\d*)\.xml")
_BLOCK = re.compile(r"<w:(?:p|tbl)(?=[ />])")
_NAMES = {
    "Title": ("title", "公文标题"),
    "GwBody": ("公文正文", "报告正文"),
    "GwTable": ("公文表格", "table grid"),
    **{f"Heading{level}": (f"heading {level}", f"标题 {level}") for level in range(1, 5)},
}
"""Our style → the names in a template that stand for it, besides our own."""


def filled(
    data: bytes, blocks: Sequence[Block], layout: gongwen.LayoutChoices, locale: str, year: int | None = None
) -> bytes:
    """The template with the paper in it; raises OutputError where it cannot be used."""
    parts = parts_of(data)
    values = _values(blocks, year, locale)
    named = {name for name in values if name.encode() in parts["word/document.xml"]}
    for name in parts:
        if _FIXED.fullmatch(name):
            parts[name] = _replaced(parts[name], values)
    text = text_of(parts["word/document.xml"])
    _whole_marks(text, values)
    styles, added = _styles(parts["word/styles.xml"], layout)
    rest = [block for block in blocks if not _is_fixed(block, named)]
    writer = Writer(styles, layout, locale, text.wide)
    if text.body is not None:
        writer.body, writer.body_run = text.body.properties, text.body.run
        if "<w:ind " not in writer.body and "<w:pStyle" not in writer.body:
            writer.body = f'<w:pStyle w:val="{styles["GwBody"]}"/>{writer.body}'
    ends = next((at for at, block in enumerate(rest) if isinstance(block, Annex)), len(rest))
    content, behind = ("".join(writer.blocks(each)) for each in (rest[:ends], rest[ends:]))
    parts["word/document.xml"] = _spliced(parts["word/document.xml"], text, content, behind)
    parts["word/styles.xml"] = added
    return zipped(parts)


def _values(blocks: Sequence[Block], year: int | None, locale: str) -> dict[str, str]:
    """What is filled into the fixed text; what is missing is the mark there."""
    title = next((block.text for block in blocks if isinstance(block, Title)), "")
    signature = next((block for block in blocks if isinstance(block, Signature)), None)
    office, day = (signature.office, signature.day) if signature else ("", None)
    return {
        "【标题】": title,
        "【单位】": office or mark(say("单位名称", locale), locale),
        "【年度】": mark(say("年度", locale), locale) if year is None else str(year),
        "【成文日期】": day or mark(say("成文日期", locale), locale),
    }


def _is_fixed(block: Block, named: set[str]) -> bool:
    """Whether the template says in its own place what the block says."""
    return (isinstance(block, Title) and "【标题】" in named) or (
        isinstance(block, Signature) and "【成文日期】" in named
    )


def _replaced(part: bytes, values: Mapping[str, str]) -> bytes:
    for name, value in values.items():
        part = part.replace(name.encode(), attribute(value).encode())
    return part


def _whole_marks(text: TemplateText, values: Mapping[str, str]) -> None:
    """Raise where a mark was typed in pieces, so that it could not be filled in."""
    for name in values:
        if any(name in each for each in text.paragraphs):
            raise OutputError(
                problem(
                    "template-mark-broken",
                    "模板里的“{mark}”分成了几段格式，填不进去；请把它整个删去，一次打完，再试",
                    mark=name,
                )
            )


def _styles(part: bytes, layout: gongwen.LayoutChoices) -> tuple[dict[str, str], bytes]:
    """Our name of each style → the template's identifier; and the styles part with those that it lacks."""
    known = styles_of(part)
    found, missing = {}, []
    tables = gongwen.table_style_xml()
    for style in gongwen.styles(layout):
        names = (*_NAMES.get(style.id, ()), style.name.lower())
        own = next((known.ids[name] for name in names if name in known.ids), None)
        found[style.id] = own or _free(style.id, known.all)
        if own is None:
            missing.append(_added(style, found[style.id], known.default, layout))
    own = next((known.ids[name] for name in _NAMES["GwTable"] if name in known.ids), None)
    found["GwTable"] = own or _free("GwTable", known.all)
    if own is None:
        missing.append(tables.replace('w:styleId="GwTable"', f'w:styleId="{found["GwTable"]}"'))
    more = "".join(missing)
    if not known.declared:
        more = more.replace("<w:style ", f"<w:style {DECLARED} ")
    return found, part[: known.end] + more.encode() + part[known.end :]


def _free(wanted: str, taken: frozenset[str]) -> str:
    """An identifier that the template does not use for something else."""
    number = 1
    name = wanted
    while name in taken:
        number += 1
        name = f"{wanted}Pe{number}"
    return name


def _added(style: gongwen.Style, own: str, default: str, layout: gongwen.LayoutChoices) -> str:
    """A style that the template lacks, based on its own text; headings bring their size along."""
    run = style.run
    if style.font is not None and "<w:sz " not in run:
        run += f'<w:sz w:val="{gongwen.SIZE}"/><w:szCs w:val="{gongwen.SIZE}"/>'
    return gongwen.style_xml(style._replace(id=own, run=run, based=default, next=""), layout)


def _spliced(part: bytes, text: TemplateText, content: str, behind: str) -> bytes:
    """The document with the paper in place of the marker and its annexes *behind*, before the last section's properties."""
    if not text.declared:
        content, behind = (_BLOCK.sub(rf"\g<0> {DECLARED}", each) for each in (content, behind))
    if text.body is None:
        return part[: text.end] + (content + behind).encode() + part[text.end :]
    after = f"<w:p><w:pPr>{text.body.section}</w:pPr></w:p>" if text.body.section else ""
    middle = part[text.body.end : text.end] + behind.encode() + part[text.end :]
    return part[: text.body.start] + (content + after).encode() + middle
