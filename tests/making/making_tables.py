"""Workbooks that the tests of the making room read."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl

if TYPE_CHECKING:
    from collections.abc import Sequence

HEAD = ["一级指标", "二级指标", "三级指标", "分值", "指标值", "评分标准"]


def workbook(rows: Sequence[Sequence[object]], *merges: str) -> bytes:
    """A workbook of one sheet with *rows*, some cells merged."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    for each in merges:
        sheet.merge_cells(each)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
