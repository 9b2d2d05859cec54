"""公文版式: page, document grid, fonts, styles and page number of an official paper, as parts of a docx.

Basis: GB/T 9704-2012 (未核对): A4; margins 37, 35, 28 and 26 mm; 22 lines of 28 characters; title 2号 小标宋,
text 3号 仿宋, headings 黑体, 楷体, 仿宋; page number 4号 宋体, its rules 7 mm below the text, one character from
the outer edge. Fonts are named, with what may stand for them, and never shipped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from attrs import frozen

from perfeval.errors import OutputError, problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PAGE, TOP, BOTTOM, LEFT, RIGHT = (11906, 16838), 2098, 1984, 1587, 1474
"""A4 and the margins, in twentieths of a point (twips): 210 x 297, 37, 35, 28 and 26 mm."""
WIDTH, HEIGHT = PAGE[0] - LEFT - RIGHT, PAGE[1] - TOP - BOTTOM
"""The text block, 156 x 225 mm."""
LINES, CHARACTERS = 22, 28
SIZE, TITLE, TABLE, NUMBER = 32, 44, 21, 28
"""3号, 2号, 五号 and 4号, in half points."""
PITCH = HEIGHT // LINES
"""A line of the grid: 28.95 points; one twip more and the 22nd line goes to the next page."""
SPACE = WIDTH * 4096 // (CHARACTERS * 20) - SIZE * 2048
"""What the grid adds to a character of 3号, in 4096ths of a point: negative, since 28 of 16 points are too wide."""
CHARACTER = WIDTH // CHARACTERS
"""A character of the grid: 15.75 points."""
CLOSER = 10 * SIZE - CHARACTER + 1
"""How much closer than 16 points characters stand, in twips; the last twip is for programs that cut the block to
whole cells. Lines are set to both edges, so that 28 characters fill the block."""
FOOTER, FOOTER_LINE = 1407, 360
"""The footer's line of 18 points ends 24.8 mm above the page's edge: its middle, the rules, 7 mm below the text."""


class Font(NamedTuple):
    """字体: the name in the standard's usual edition, and the names of what may stand for it."""

    name: str
    instead: tuple[str, ...]
    family: str = "modern"


XIAOBIAO = Font("方正小标宋简体", ("方正小标宋_GBK", "小标宋", "华文中宋", "宋体", "Noto Serif CJK SC"), "script")
FANGSONG = Font("仿宋_GB2312", ("仿宋", "FangSong", "华文仿宋", "Noto Serif CJK SC"))
KAITI = Font("楷体_GB2312", ("楷体", "KaiTi", "华文楷体", "Noto Serif CJK SC"))
HEITI = Font("黑体", ("SimHei", "华文黑体", "思源黑体", "Noto Sans CJK SC"))
SONGTI = Font("宋体", ("SimSun", "华文宋体", "Noto Serif CJK SC"), "auto")
TIMES = "Times New Roman"
FONTS = (XIAOBIAO, FANGSONG, KAITI, HEITI, SONGTI)

CHOICES = ("bold", "times")
"""What an office may choose: 二、三级标题加粗; digits and Latin letters in Times New Roman."""


@frozen
class LayoutChoices:
    """版式选择: what the standard leaves to an office's habit."""

    bold: bool = False
    times: bool = False


def layout(chosen: Iterable[str]) -> LayoutChoices:
    """The choices by name; raises OutputError for a name that is none."""
    names = set(chosen)
    for name in sorted(names - set(CHOICES)):
        raise OutputError(
            problem(
                "layout-unknown",
                "没有版式选项“{name}”；可用：bold（二、三级标题加粗）、times（数字和西文用 Times New Roman）",
                name=name,
            )
        )
    return LayoutChoices(**dict.fromkeys(names, True))


class Style(NamedTuple):
    """样式: identifier and name, what it is based on, paragraph and character properties as WordprocessingML.

    Names of Word's own styles are kept, so that its outline and an office's template know them.
    """

    id: str
    name: str
    paragraph: str = ""
    run: str = ""
    based: str = "Normal"
    next: str = ""
    font: Font | None = None


INDENT = f'<w:ind w:firstLineChars="200" w:firstLine="{2 * CHARACTER}"/>'
_KEEP = "<w:keepNext/>"


def _size(half_points: int, closer: int = 0) -> str:
    """A size and by how many twips its characters stand closer."""
    return f'<w:spacing w:val="{-closer}"/><w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


_LINE = f'<w:spacing w:before="0" w:after="0" w:line="{PITCH}" w:lineRule="exact"/>'


def styles(chosen: LayoutChoices) -> tuple[Style, ...]:
    """The styles of the paper; the properties stand in the order that the format prescribes."""
    bold = "<w:b/><w:bCs/>" if chosen.bold else ""
    plain = '<w:b w:val="0"/><w:bCs w:val="0"/>'
    small = '<w:spacing w:before="40" w:after="40" w:line="260" w:lineRule="exact"/>'
    return (
        Style("GwBody", "公文正文", INDENT),
        Style(
            "Title", "Title", f'{_KEEP}<w:keepLines/><w:jc w:val="center"/>', plain + _size(TITLE),
            next="GwBody", font=XIAOBIAO,
        ),
        Style("Subtitle", "Subtitle", f'{_KEEP}<w:jc w:val="center"/>', next="GwBody", font=KAITI),
        Style("Heading1", "heading 1", f'{_KEEP}{INDENT}<w:outlineLvl w:val="0"/>', plain, "Normal", "GwBody", HEITI),
        Style(
            "Heading2", "heading 2", f'{_KEEP}{INDENT}<w:outlineLvl w:val="1"/>', bold or plain, "Normal", "GwBody",
            KAITI,
        ),
        Style(
            "Heading3", "heading 3", f'{_KEEP}{INDENT}<w:outlineLvl w:val="2"/>', bold or plain, "Normal", "GwBody",
            FANGSONG,
        ),
        Style(
            "Heading4", "heading 4", f'{_KEEP}{INDENT}<w:outlineLvl w:val="3"/>', plain, "Normal", "GwBody", FANGSONG
        ),
        Style(
            "Caption", "caption", f'{_KEEP}<w:spacing w:before="120" w:after="60" w:line="360" w:lineRule="exact"/><w:jc w:val="center"/>',
            plain + _size(24), next="GwBody", font=HEITI,
        ),
        Style("GwAnnex", "附件序号", f"{_KEEP}<w:pageBreakBefore/>", font=HEITI),
        Style("GwAnnexes", "附件说明", f'{_KEEP}<w:ind w:left="{5 * CHARACTER}" w:hanging="{3 * CHARACTER}"/>'),
        Style("GwSignature", "落款", f'{_KEEP}<w:keepLines/><w:jc w:val="right"/>'),
        Style("GwHead", "表头", f'{small}<w:jc w:val="center"/>', plain + _size(TABLE), font=HEITI),
        Style("GwShort", "表中居中", f'{small}<w:jc w:val="center"/>', _size(TABLE)),
        Style("GwLong", "表中文字", f'{small}<w:jc w:val="left"/>', _size(TABLE)),
        Style(
            "Footer", "footer", f'<w:spacing w:before="0" w:after="0" w:line="{FOOTER_LINE}" w:lineRule="exact"/>',
            _size(NUMBER), font=SONGTI,
        ),
    )  # fmt: skip


def fonts(font: Font, chosen: LayoutChoices) -> str:
    """``w:rFonts``: the East Asian font is named as well, or a program takes its own for Chinese."""
    latin = TIMES if chosen.times else font.name
    return f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{font.name}" w:cs="{TIMES}"/>'


def normal(chosen: LayoutChoices) -> Style:
    """Normal: 3号 仿宋, 22 exact lines of 28 characters.

    Pitch and spacing are those of the grid, said once more in plain terms and not left to it: with a grid whose
    cells are smaller than the character, LibreOffice gives every character two cells.
    """
    return Style(
        "Normal", "Normal",
        '<w:widowControl w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="0"/>'
        f'{_LINE}<w:jc w:val="both"/>',
        fonts(FANGSONG, chosen) + '<w:snapToGrid w:val="0"/>' + _size(SIZE, CLOSER),
        based="",
    )  # fmt: skip


def style_xml(style: Style, chosen: LayoutChoices) -> str:
    """One style as the part ``styles.xml`` has it."""
    run = (fonts(style.font, chosen) if style.font else "") + style.run
    return (
        f'<w:style w:type="paragraph" w:styleId="{style.id}"'
        + (' w:customStyle="1"' if style.id.startswith("Gw") else "")
        + f'><w:name w:val="{style.name}"/>'
        + (f'<w:basedOn w:val="{style.based}"/>' if style.based else "")
        + (f'<w:next w:val="{style.next}"/>' if style.next else "")
        + "<w:qFormat/>"
        + (f"<w:pPr>{style.paragraph}</w:pPr>" if style.paragraph else "")
        + (f"<w:rPr>{run}</w:rPr>" if run else "")
        + "</w:style>"
    )


def table_style_xml() -> str:
    """The table's style: thin lines all around, a millimetre beside the text."""
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        '<w:style w:type="table" w:styleId="GwTable" w:customStyle="1"><w:name w:val="公文表格"/><w:qFormat/><w:tblPr>'
        f"<w:tblBorders>{sides}</w:tblBorders>"
        '<w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar>'
        "</w:tblPr></w:style>"
    )


def section_xml(relations: Mapping[str, str]) -> str:
    """``w:sectPr``: page, margins, grid, and the footers by kind (default is the odd pages') and relation."""
    footers = "".join(f'<w:footerReference w:type="{kind}" r:id="{to}"/>' for kind, to in relations.items())
    return (
        f"<w:sectPr>{footers}"
        f'<w:pgSz w:w="{PAGE[0]}" w:h="{PAGE[1]}"/>'
        f'<w:pgMar w:top="{TOP}" w:right="{RIGHT}" w:bottom="{BOTTOM}" w:left="{LEFT}" '
        f'w:header="851" w:footer="{FOOTER}" w:gutter="0"/>'
        '<w:pgNumType w:fmt="decimal"/>'
        f'<w:docGrid w:type="linesAndChars" w:linePitch="{PITCH}" w:charSpace="{SPACE}"/></w:sectPr>'
    )


def footer_xml(side: str) -> str:
    """— 1 — at the outer edge, one character in: *side* is right on odd pages, left on even ones."""
    field = "".join(
        f"<w:r>{part}</w:r>"
        for part in (
            '<w:t xml:space="preserve">— </w:t>',
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
            '<w:t xml:space="preserve"> —</w:t>',
        )
    )
    indent = f'<w:ind w:{side}Chars="100" w:{side}="{NUMBER * 10}"/>'
    return f'<w:p><w:pPr><w:pStyle w:val="Footer"/>{indent}<w:jc w:val="{side}"/></w:pPr>{field}</w:p>'
