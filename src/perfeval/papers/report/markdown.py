"""Markdown 自评报告: blocks → text; what the case says is escaped, so that no text becomes markup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from perfeval.locales.messages import say
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
    full,
    mark,
)
from perfeval.quantities.number_text import heading

if TYPE_CHECKING:
    from collections.abc import Iterable

_MARKUP = re.compile(r"([\\`*_\[\]<>|#~&$])")
_LINE_START = re.compile(r"^([-+=:]|\d+(?=[.)]))", re.MULTILINE)
"""What would make a line a list, a heading's underline or a definition."""


def markdown(blocks: Iterable[Block], locale: str = "zh_Hans") -> str:
    """The report as Markdown, one blank line between blocks."""
    return "\n\n".join(_block(block, locale) for block in blocks) + "\n"


def _escape(text: str) -> str:
    """*text* on one line with every mark that could be markup escaped."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def _block(block: Block, locale: str) -> str:
    match block:
        case Title(text=text, below=below):
            return f"# {_escape(text)}" + (f"\n\n{_paragraph(below)}" if below else "")
        case Heading(level=level, number=0, text=text):
            return f"{'#' * (level + 1)} {_escape(text)}"
        case Heading(level=level, number=number, text=text):
            return f"{'#' * (level + 1)} {heading(level, number, _escape(text), locale)}"
        case Paragraph(text=text):
            return "\n\n".join(_paragraph(part) for part in text.splitlines() if part.strip())
        case ToFill(what=what):
            return mark(_escape(what), locale)
        case Point(level=level, number=number, text=text):
            return _paragraph(heading(level, number, text, locale))
        case Annexes(names=names):
            numbered = "；".join(heading(3, i, each, locale) for i, each in enumerate(names, 1))
            return _paragraph(say("附件：{names}", locale, names=numbered if len(names) > 1 else names[0]))
        case Signature(office=office, day=day):
            return f"{_paragraph(office)}\n\n{_paragraph(day) if day else mark(say('成文日期', locale), locale)}"
        case Annex(number=number, title=title):
            return f"## {_escape(annexed(number, title, locale))}"
        case Table(caption=caption, headings=headings):
            head = f"| {' | '.join(map(_cell, headings))} |\n|{' --- |' * len(headings)}"
            body = "\n".join(f"| {' | '.join(map(_cell, row))} |" for row in full(block))
            return f"{_paragraph(caption)}\n\n{head}\n{body}"


def annexed(number: int, title: str, locale: str) -> str:
    """An annex's label and title; the only one has no number."""
    return say("附件{n}：{name}", locale, n=number or "", name=title)


def _paragraph(text: str) -> str:
    escaped = _escape(text)
    return _LINE_START.sub(lambda found: f"\\{found[1]}" if not found[1][0].isdigit() else f"{found[1]}\\", escaped)


def _cell(text: str) -> str:
    lead = len(text) - len(text.lstrip("\u3000"))
    return "\u3000" * lead + "<br>".join(_escape(part) for part in text.lstrip("\u3000").splitlines())
