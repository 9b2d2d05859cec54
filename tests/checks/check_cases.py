"""样例: the kit's runner of pass and fail cases, and cases that are a sheet of a workbook.

A case of kind ``table`` is a sheet, row by row: texts, or a number as stored with the format that shows
it. Everything else is as every category's own tests have it (``perfeval.testing.cases``).
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import openpyxl
from attrs import frozen

import perfeval as pe
from perfeval import testing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


@frozen
class Example(testing.Example):
    """样例: one case of one check, perhaps a table, and the findings that it must give."""

    @property
    def findings(self) -> tuple[pe.Finding, ...]:
        """What the check, and only the check, finds."""
        table = self.case.get("table")
        if not table:
            return super().findings
        return pe.evaluate(pe.read(workbook(table)), select=[self.code]).findings


def workbook(rows: Sequence[Sequence[Any]]) -> bytes:
    """The sheet *rows* as a workbook: ``{number: 0.949, format: 0.00%}`` and ``{formula: A1/B1}`` are cells too."""
    out = io.BytesIO()
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for at, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(at, column)
            if isinstance(value, str):
                cell.value = value or None
            elif "formula" in value:
                cell.value = f"={value['formula']}"
            else:
                cell.value, cell.number_format = float(value["number"]), value["format"]
    book.save(out)
    return out.getvalue()


def examples(path: Path) -> Iterator[Example]:
    """The examples of one file, those that pass first."""
    for each in testing.examples(path):
        yield Example(each.code, each.name, each.case, each.expect)
