"""Markdown 自评报告: blocks → text; what the case says is escaped, so that no text becomes markup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from perfeval.locales import say
from perfeval.papers.blocks import Block, Gap, Heading, Paragraph, Table, Title
from perfeval.quantities.outline import heading

if TYPE_CHECKING:
    from collections.abc import Iterable

_MARKUP = re.compile(r"([\\`*_\[\]<>|#~])")


def markdown(blocks: Iterable[Block], locale: str = "zh_Hans") -> str:
    """The report as Markdown, one blank line between blocks."""
    return "\n\n".join(_block(block, locale) for block in blocks) + "\n"


def _escape(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)


def _block(block: Block, locale: str) -> str:
    match block:
        case Title(text=text):
            return f"# {_escape(text)}"
        case Heading(level=level, number=number, text=text):
            return f"{'#' * (level + 1)} {heading(level, number, _escape(text), locale)}"
        case Paragraph(text=text):
            return _escape(text)
        case Gap(what=what):
            return say("【待填写：{what}】", locale, what=_escape(what))
        case Table(caption=caption, headings=headings, rows=rows):
            head = f"| {' | '.join(map(_cell, headings))} |\n|{' --- |' * len(headings)}"
            body = "\n".join(f"| {' | '.join(map(_cell, row))} |" for row in rows)
            return f"**{_escape(caption)}**\n\n{head}\n{body}"


def _cell(text: str) -> str:
    return _escape(text).replace("\n", "<br>")
