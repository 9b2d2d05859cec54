"""自评报告 as a docx: blocks → an official paper by GB/T 9704, or into the office's own docx as template."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfeval.papers.blocks import Title
from perfeval.papers.docx.template import filled
from perfeval.papers.docx.writer import OWN_STYLES, PLAIN, paragraphs, parts, zipped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from perfeval.papers.blocks import Block
    from perfeval.papers.docx import gongwen


def to_docx(
    blocks: Sequence[Block],
    *,
    locale: str = "zh_Hans",
    layout: gongwen.LayoutChoices = PLAIN,
    template: bytes | None = None,
    author: str = "",
    year: int | None = None,
) -> bytes:
    """The paper as a docx; *template* is an office's own docx, whose styles and fixed text are kept.

    *author* is who hands the paper in, *year* what a template's 【年度】 becomes. Raises OutputError for a template that cannot be used.
    """
    if template is not None:
        return filled(template, blocks, layout, locale, year)
    body = "".join(paragraphs(blocks, OWN_STYLES, layout, locale))
    title = next((block.text for block in blocks if isinstance(block, Title)), "")
    return zipped(parts(body, title, author, layout, locale))
