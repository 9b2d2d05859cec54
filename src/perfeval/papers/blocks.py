"""版块: what a paper is made of before any format is chosen."""

from __future__ import annotations

from attrs import frozen


@frozen
class Title:
    """标题: the paper's own title."""

    text: str


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
class Gap:
    """待填写: one visible mark where the case has no words of its own."""

    what: str


@frozen
class Table:
    """表格: a caption, headings and rows of text."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Title | Heading | Paragraph | Gap | Table
