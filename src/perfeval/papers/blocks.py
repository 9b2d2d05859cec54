"""版块: what a paper is made of before any format is chosen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from attrs import frozen

from perfeval.locales.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@frozen
class Title:
    """标题: the paper's own title, the lines that it is set in, and below it the unit or year that it does not name."""

    text: str
    lines: tuple[str, ...] = ()
    below: str = ""


@frozen
class Heading:
    """各级标题: its level (1 is 一、, 2 is （一）, 3 is 1.), its number among its siblings (0 for none), its words."""

    level: int
    number: int
    text: str


@frozen
class Paragraph:
    """段落: one paragraph of text."""

    text: str


@frozen
class Point:
    """条目: one numbered paragraph among others, level and number as of a heading; what follows is in the same line."""

    level: int
    number: int
    text: str


@frozen
class ToFill:
    """待填写: one visible mark where the case has no words of its own."""

    what: str


@frozen
class SpanCell:
    """单元格: text that spans several columns or rows."""

    text: str
    across: int = 1
    down: int = 1


@frozen
class Table:
    """表格: a caption, headings and rows of text; a row leaves out the columns that a Cell above it reaches into."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str | SpanCell, ...], ...]
    left: tuple[int, ...] = ()
    """Columns whose text stands at the left; the others are short and centred."""


@frozen
class Annexes:
    """附件说明: the names of the annexes, below the text."""

    names: tuple[str, ...]


@frozen
class Signature:
    """落款: the office, with room for its seal, and the date; None is a date that is still to be written."""

    office: str
    day: str | None = None


@frozen
class Annex:
    """附件: begins on a page of its own; its number is 0 where it is the only one."""

    number: int
    title: str


Block = Title | Heading | Paragraph | Point | ToFill | Table | Annexes | Signature | Annex


def full(table: Table) -> tuple[tuple[str, ...], ...]:
    """The rows with a text in every column, for papers that know no merged cells; what is covered is empty."""
    reach: dict[int, int] = {}
    rows = []
    for row in table.rows:
        cells: list[str] = []
        for cell in row:
            while reach.get(len(cells), 0):
                reach[len(cells)] -= 1
                cells.append("")
            one = SpanCell(cell) if isinstance(cell, str) else cell
            start = len(cells)
            cells += [one.text, *[""] * (one.across - 1)]
            for column in range(start, len(cells)):
                reach[column] = one.down - 1
        while reach.get(len(cells), 0):
            reach[len(cells)] -= 1
            cells.append("")
        rows.append(tuple(cells))
    return tuple(rows)


MARK = re.compile(r"【待填写[：:][^】\n]{0,200}】")
"""A mark in any text: the office may write some of its own."""


def mark(what: str, locale: str) -> str:
    """The mark itself."""
    return say("【待填写：{what}】", locale, what=what)


def gaps(blocks: Iterable[Block], locale: str = "zh_Hans") -> tuple[str, ...]:
    """What is still to be written, in the order of the paper."""
    return tuple(_gaps(blocks, locale))


def _gaps(blocks: Iterable[Block], locale: str) -> Iterator[str]:
    for block in blocks:
        match block:
            case ToFill(what=what):
                yield what
            case Signature(day=None):
                yield say("成文日期", locale)
            case Title(below=below):
                yield from _written(below)
            case Table(rows=rows):
                for row in rows:
                    for cell in row:
                        yield from _written(cell.text if isinstance(cell, SpanCell) else cell)
            case Point(text=text):
                yield from _written(text)
            case _:
                yield from _written(getattr(block, "text", ""))


def _written(text: str) -> Iterator[str]:
    for found in MARK.finditer(text):
        yield found[0][len("【待填写：") : -1].strip()
