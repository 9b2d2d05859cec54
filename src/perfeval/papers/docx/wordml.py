"""WordprocessingML: paragraphs, marks and tables as text; what the case says is escaped and cannot become markup.

Parts are written as text instead of through python-docx: the same bytes every time, an office's own docx kept
byte for byte around what is put in, and a tenth of the time.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from perfeval.documents.xml import escape
from perfeval.locales.width import width
from perfeval.papers.blocks import MARK, SpanCell, full

if TYPE_CHECKING:
    from collections.abc import Sequence

    from perfeval.papers.blocks import Table

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DECLARED = f'xmlns:w="{NAMESPACE}" xmlns:r="{RELATIONS}"'
HIGHLIGHT = '<w:highlight w:val="yellow"/>'


def runs(text: str, properties: str = "") -> str:
    """*text* as runs with the same properties; a mark 【待填写：…】 is highlighted, a line's end stays one."""
    if "【" not in text:
        return _run(text, properties)
    made, at = [], 0
    for found in MARK.finditer(text):
        made += [_run(text[at : found.start()], properties), _run(found[0], _highlighted(properties))]
        at = found.end()
    return "".join([*made, _run(text[at:], properties)])


_BEFORE_HIGHLIGHT = re.compile(
    r"<w:(?:u|effect|bdr|shd|fitText|vertAlign|rtl|cs|em|lang|eastAsianLayout|specVanish|oMath)\b"
)


def _highlighted(properties: str) -> str:
    """The properties with the highlight where the format's order wants it."""
    later = _BEFORE_HIGHLIGHT.search(properties)
    at = later.start() if later else len(properties)
    return properties[:at] + HIGHLIGHT + properties[at:]


def _run(text: str, properties: str) -> str:
    if not text:
        return ""
    lines = escape(text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").split("\n")
    body = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' if line else "" for line in lines)
    return f"<w:r><w:rPr>{properties}</w:rPr>{body}</w:r>" if properties else f"<w:r>{body}</w:r>"


def paragraph(style: str, content: str, properties: str = "") -> str:
    """A paragraph of a style; *content* are runs, *properties* what differs from the style."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    own = f"<w:pPr>{named}{properties}</w:pPr>" if named or properties else ""
    return f"<w:p>{own}{content}</w:p>"


EMPTY = "<w:p/>"


def table(block: Table, wide: int, styles: tuple[str, str, str, str]) -> str:
    """A table *wide* twips wide; *styles* are those of the table, its head, its short and its long cells.

    The head is repeated on every page, no row is broken across pages, columns are as wide as their texts need.
    """
    own, head, short, long = styles
    sizes = widths(block, wide)
    small = f'<w:sz w:val="{SMALL}"/><w:szCs w:val="{SMALL}"/>' if len(sizes) >= MANY else ""
    grid = "".join(f'<w:gridCol w:w="{size}"/>' for size in sizes)
    heads = "".join(_cell(sizes[i], _lines(text, sizes[i], head, small), "") for i, text in enumerate(block.headings))
    rows = [f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{heads}</w:tr>"]
    reach: list[tuple[int, int]] = [(0, 1)] * len(sizes)
    left = frozenset(block.left)
    for row in block.rows:
        cells, column = [], 0
        waiting = iter(row)
        while column < len(sizes):
            more, across = reach[column]
            if more:
                reach[column] = (more - 1, across)
                text, down, merge = "", 0, "<w:vMerge/>"
            else:
                given = next(waiting)
                text, across, down = (
                    (given.text, given.across, given.down) if isinstance(given, SpanCell) else (given, 1, 1)
                )
                merge = '<w:vMerge w:val="restart"/>' if down > 1 else ""
                reach[column] = (down - 1, across)
            name = long if column in left else short
            span = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
            size = sum(sizes[column : column + across])
            cells.append(_cell(size, _lines(text, size if name == short else 0, name, small), span + merge))
            column += across
        rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>")
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{own}"/><w:tblW w:w="{sum(sizes)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


_PLAIN = re.compile(r"[\u4e00-\u9fff]+")
"""Words without marks, which may stand in lines of any length."""


def _lines(text: str, size: int, style: str, properties: str) -> str:
    """A cell's paragraph; a short text that does not fit its *size* is broken evenly and not behind its last but one."""
    half = (SMALL if properties else TABLE) * 5
    lines = []
    for line in text.split("\n"):
        wide = width(line)
        parts = -(-wide * half // max(1, size - BESIDE)) if size else 1
        if parts > 1 and _PLAIN.fullmatch(line):
            each = -(-len(line) // parts)
            lines += [line[at : at + each] for at in range(0, len(line), each)]
        else:
            lines.append(line)
    return paragraph(style, runs("\n".join(lines), properties))


def _cell(size: int, content: str, merged: str) -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{size}" w:type="dxa"/>{merged}<w:vAlign w:val="center"/></w:tcPr>{content}</w:tc>'
    )


BESIDE = 150
"""What stands beside a cell's text, in twips."""
TABLE, SMALL = 21, 18
"""五号, and 小五 for tables of many columns, in half points."""
MANY, LEAST = 7, 4
"""From how many columns on; a column is not made narrower than two characters."""
_WORD = re.compile(r"[≥≤＝<>=]?[!-~]+")
"""What is not broken across lines: a number, a Latin word."""


def widths(block: Table, wide: int) -> list[int]:
    """How wide each column is: where their longest lines do not fit, those give way that it costs the fewest lines."""
    columns = _alone(block)
    half = 5 * (SMALL if len(columns) >= MANY else TABLE)  # half a character, in twips
    room = (wide - BESIDE * len(columns)) // half
    sizes = [max(LEAST, *(width(line) for text in texts for line in text.split("\n"))) for texts in columns]
    floors = [_floor(texts) for texts in columns]
    weights = [sum(width(text) for text in texts) for texts in columns]
    while sum(sizes) > room:
        free = [i for i, size in enumerate(sizes) if size > floors[i]] or [sizes.index(max(sizes))]
        sizes[min(free, key=lambda i: (weights[i] / (sizes[i] * sizes[i]), i))] -= 1
    made = [size * half + BESIDE for size in sizes]
    left, whole = wide - sum(made), sum(made)
    return [size + left * size // whole for size in made]


def _floor(texts: Sequence[str]) -> int:
    """No narrower than its longest number, nor than its heading if there are words below, else half of it."""
    head, *below = texts
    words = [width(word) + 1 for text in below for word in _WORD.findall(text)]
    long = max((width(text) for text in below), default=0) > width(head)
    return max(LEAST, min(8, width(head)) if long else (width(head) + 1) // 2, *words, 0)


def _alone(block: Table) -> list[list[str]]:
    """The texts of each column, without what spans several."""
    columns: list[list[str]] = [[head] for head in block.headings]
    spanning = {cell.text for row in block.rows for cell in row if isinstance(cell, SpanCell) and cell.across > 1}
    for row in full(block):
        for index, text in enumerate(row):
            if text not in spanning:
                columns[index].append(text)
    return columns
