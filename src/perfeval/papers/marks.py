"""待填写: the one mark for what the case does not say, and where it stands in a paper."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from perfeval.locales.messages import say
from perfeval.papers.blocks import Point, Signature, SpanCell, Table, Title, ToFill

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from perfeval.papers.blocks import Block

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
