"""写文: blocks → WordprocessingML in the styles of one document, and the parts of a docx of our own.

The same blocks give the same bytes: no date, no machine's name, a fixed order of parts.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from perfeval.documents.xml import attribute, escape
from perfeval.locales.messages import say
from perfeval.locales.width import width
from perfeval.papers.blocks import (
    Annex,
    Annexes,
    Block,
    Heading,
    Paragraph,
    Point,
    Signature,
    Table,
    Title,
    ToFill,
    mark,
)
from perfeval.papers.docx import gongwen, wordml
from perfeval.papers.docx.wordml import paragraph, runs
from perfeval.quantities.number_text import heading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

PLAIN = gongwen.LayoutChoices()
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_LANGUAGES = {"zh_Hans": "zh-CN", "zh_Hant": "zh-TW", "en": "en-GB"}
OWN_STYLES = {style.id: style.id for style in gongwen.styles(PLAIN)} | {"GwTable": "GwTable"}
"""Our name of a style → its identifier in the document; a template has others."""


_STYLED = re.compile(r"<w:pStyle [^>]*/>")


def paragraphs(
    blocks: Iterable[Block],
    styles: Mapping[str, str],
    layout: gongwen.LayoutChoices,
    locale: str,
    wide: int = gongwen.WIDTH,
) -> Iterator[str]:
    """Every block as WordprocessingML, in styles named by *styles*, tables *wide* twips wide."""
    writer = Writer(styles, layout, locale, wide)
    yield from writer.blocks(blocks)


class Writer:
    """写文: blocks in the styles of one document."""

    def __init__(self, styles: Mapping[str, str], layout: gongwen.LayoutChoices, locale: str, wide: int) -> None:
        self.styles, self.layout, self.locale, self.wide = styles, layout, locale, wide
        self.body, self.body_run = f'<w:pStyle w:val="{styles["GwBody"]}"/>', ""
        self.keep = ""

    def blocks(self, blocks: Iterable[Block]) -> Iterator[str]:
        """Every block; the last paragraph of the text stays with what is signed, so that no page is without text."""
        waiting: Block | None = None
        for block in blocks:
            if waiting is not None:
                self.keep = "<w:keepNext/>" if isinstance(block, Annexes | Signature) else ""
                yield from self.block(waiting)
            waiting = block
        if waiting is not None:
            yield from self.block(waiting)

    def text(self, content: str) -> str:
        """A paragraph of the text."""
        return self._text(runs(content, self.body_run))

    def _text(self, content: str) -> str:
        named = _STYLED.match(self.body)
        at = named.end() if named else 0
        return f"<w:p><w:pPr>{self.body[:at]}{self.keep}{self.body[at:]}</w:pPr>{content}</w:p>"

    def block(self, block: Block) -> Iterator[str]:
        """One block's paragraphs or table."""
        styles, locale = self.styles, self.locale
        match block:
            case Title(text=text, lines=lines, below=below):
                yield paragraph(styles["Title"], runs("\n".join(lines or (text,))))
                if below:
                    yield paragraph(styles["Subtitle"], runs(below))
                yield wordml.EMPTY
            case Heading(level=level, number=number, text=text):
                written = heading(level, number, text, locale) if number else text
                yield paragraph(styles[f"Heading{level}"], runs(written))
            case Paragraph(text=text):
                yield from (self.text(part.strip()) for part in text.splitlines() if part.strip())
            case Point(level=level, number=number, text=text):
                yield self._point(level, heading(level, number, text, locale))
            case ToFill(what=what):
                yield self.text(mark(what, locale))
            case Table(caption=caption):
                yield paragraph(styles["Caption"], runs(caption))
                names = (styles["GwTable"], styles["GwHead"], styles["GwShort"], styles["GwLong"])
                yield wordml.table(block, self.wide, names)
                yield paragraph(styles["GwLong"], "")
            case Annexes(names=names):
                yield from self._annexes(names)
            case Signature(office=office, day=day):
                yield from self._signature(office, day or mark(say("成文日期", locale), locale))
            case Annex(number=number, title=title):
                yield paragraph(styles["GwAnnex"], runs(say("附件{n}", locale, n=number or "")))
                yield wordml.EMPTY
                yield paragraph(styles["Title"], runs(title))

    def _point(self, level: int, text: str) -> str:
        """A numbered paragraph; of several sentences the first is set like a heading of its level."""
        end = text.find("。") + 1
        if not end or end == len(text) or level == 3:
            return self.text(text)
        font = gongwen.fonts(gongwen.KAITI if level == 2 else gongwen.HEITI, self.layout)
        bold = "<w:b/><w:bCs/>" if self.layout.bold else ""
        return self._text(runs(text[:end], font + bold) + runs(text[end:], self.body_run))

    def _annexes(self, names: Sequence[str]) -> Iterator[str]:
        """附件：1. … below the text, one line free above."""
        yield paragraph(self.styles["GwAnnexes"], "")
        for at, name in enumerate(names):
            number = f"{at + 1}." if len(names) > 1 else ""
            lead = say("附件：", self.locale) if at == 0 else "　　　"
            yield paragraph(self.styles["GwAnnexes"], runs(f"{lead}{number}{name}", self.body_run))

    def _signature(self, office: str, day: str) -> Iterator[str]:
        """The office above the date, in the middle of each other, with two lines free for the seal.

        The date ends four characters from the edge, farther where the office's name is too long for that.
        """
        name = say("{office}（盖章）", self.locale, office=office)
        longer = (width(name) - width(day)) / 4  # characters by which the name reaches out on either side
        edge = max(4.0, longer)
        for _ in range(2):
            yield paragraph(self.styles["GwSignature"], "")
        for text, characters, more in ((name, edge - longer, "<w:keepNext/>"), (day, edge, '<w:keepNext w:val="0"/>')):
            twips = max(0, round(characters * gongwen.CHARACTER))
            yield paragraph(self.styles["GwSignature"], runs(text, self.body_run), f'{more}<w:ind w:right="{twips}"/>')


def parts(body: str, title: str, author: str, layout: gongwen.LayoutChoices, locale: str) -> dict[str, str]:
    """The parts of a docx of our own, in the order in which they stand in it."""
    w = wordml.DECLARED
    footers = {"default": "rId4", "even": "rId5"}
    return {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            ("officeDocument", "word/document.xml"),
            ("metadata/core-properties", "docProps/core.xml"),
            ("extended-properties", "docProps/app.xml"),
        ),
        "word/document.xml": f"{_HEAD}<w:document {w}><w:body>{body}{gongwen.section_xml(footers)}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relations(
            ("styles", "styles.xml"),
            ("settings", "settings.xml"),
            ("fontTable", "fontTable.xml"),
            ("footer", "footer1.xml"),
            ("footer", "footer2.xml"),
        ),
        "word/styles.xml": _styles(layout, locale),
        "word/settings.xml": _settings(locale),
        "word/fontTable.xml": _fonts(),
        "word/footer1.xml": f"{_HEAD}<w:ftr {w}>{gongwen.footer_xml('right')}</w:ftr>",
        "word/footer2.xml": f"{_HEAD}<w:ftr {w}>{gongwen.footer_xml('left')}</w:ftr>",
        "docProps/core.xml": _core(title, author, locale),
        "docProps/app.xml": f'{_HEAD}<Properties xmlns="{_OFFICE}/extended-properties"><Application>perfeval</Application>'
        "</Properties>",
    }


_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def _content_types() -> str:
    kinds = {
        "/word/document.xml": f"{_WORD}.document.main+xml",
        "/word/styles.xml": f"{_WORD}.styles+xml",
        "/word/settings.xml": f"{_WORD}.settings+xml",
        "/word/fontTable.xml": f"{_WORD}.fontTable+xml",
        "/word/footer1.xml": f"{_WORD}.footer+xml",
        "/word/footer2.xml": f"{_WORD}.footer+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    }
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in kinds.items())
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relations(*targets: tuple[str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{i}" Type="{_PACKAGE if "/" in kind else _OFFICE}/relationships/{kind}" Target="{to}"/>'
        for i, (kind, to) in enumerate(targets, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _styles(layout: gongwen.LayoutChoices, locale: str) -> str:
    """All styles and what holds where none says otherwise."""
    language = _LANGUAGES.get(locale, "zh-CN")
    eastern = language if language.startswith("zh") else "zh-CN"
    first = gongwen.style_xml(gongwen.normal(layout), layout).replace("<w:style ", '<w:style w:default="1" ', 1)
    rest = "".join(gongwen.style_xml(style, layout) for style in gongwen.styles(layout))
    latin = language if language.startswith("en") else "en-US"
    return (
        f"{_HEAD}<w:styles {wordml.DECLARED}><w:docDefaults><w:rPrDefault><w:rPr>"
        + gongwen.fonts(gongwen.FANGSONG, layout)
        + f'<w:lang w:val="{latin}" w:eastAsia="{eastern}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/>'
        + f"</w:docDefaults>{first}{rest}{gongwen.table_style_xml()}</w:styles>"
    )


def _settings(locale: str) -> str:
    """Odd and even pages differ; punctuation keeps its full width, so that 28 characters stand in a line."""
    eastern = _LANGUAGES.get(locale, "zh-CN")
    return (
        f"{_HEAD}<w:settings {wordml.DECLARED}><w:evenAndOddHeaders/>"
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        "<w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/>"
        "<w:useFELayout/>"
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        f'</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="{eastern if eastern[:2] == "zh" else "zh-CN"}"/>'
        "</w:settings>"
    )


def _fonts() -> str:
    """The fonts by name, each with the names of what may stand for it."""
    listed = "".join(
        f'<w:font w:name="{font.name}"><w:altName w:val="{",".join(font.instead)}"/><w:charset w:val="86"/>'
        f'<w:family w:val="{font.family}"/><w:pitch w:val="default"/></w:font>'
        for font in gongwen.FONTS
    )
    return f"{_HEAD}<w:fonts {wordml.DECLARED}>{listed}</w:fonts>"


def _core(title: str, author: str, locale: str) -> str:
    """Title and author; no dates, since they would tell when and not what."""
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(author)}</dc:creator>"
        f"<dc:language>{attribute(_LANGUAGES.get(locale, 'zh-CN'))}</dc:language></cp:coreProperties>"
    )


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """The parts as a zip whose bytes depend on nothing but them."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            entry.external_attr = 0o600 << 16
            package.writestr(entry, content)
    return out.getvalue()
