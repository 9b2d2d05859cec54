"""写工作簿: laid-out sheets → the bytes of an xlsx: merged cells, formats, heights, notes, print set-up.

The same sheets give the same bytes: no clock is read, and nothing is written that a caller did not give.
"""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING, Any

from perfeval.documents.xlsx.content import Content, shown
from perfeval.documents.xlsx.embedded import RULES
from perfeval.errors import OutputError, problem
from perfeval.locales.width import lines, widest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

    from perfeval.papers.table.grid import Box, Sheet

FONT, HEADING = "宋体", "黑体"
POINT, LINE, AIR = 10.5, 14.5, 5.0
"""Size of the words, height of a line and what is left above and below, in points."""
INDENT = 1.3
"""Columns that an indent takes."""
_RIGHT = "_ _ "
"""Room of two spaces behind an amount: LibreOffice gives an indent on the right to some columns only."""
LONGEST = 32_767
"""Characters that a cell can hold."""
TALLEST = 400.0
"""A row that a spreadsheet can still show (Excel's bound is 409 points)."""
_BASE: Mapping[str, Any] = {"font_name": FONT, "font_size": POINT, "valign": "vcenter", "text_wrap": True}
_CELL: Mapping[str, Any] = {**_BASE, "border": 1}
STYLES: Mapping[str, Mapping[str, Any]] = {
    "title": {"font_name": HEADING, "font_size": 18, "align": "center", "valign": "vcenter", "text_wrap": True},
    "under": {**_BASE, "align": "center"},
    "label": {**_CELL, "align": "center"},
    "head": {**_CELL, "align": "center", "bold": True},
    "side": {**_CELL, "align": "center", "bold": True},
    "level": {**_CELL, "align": "center"},
    "name": {**_CELL, "align": "left", "indent": 1},
    "text": {**_CELL, "align": "left", "indent": 1},
    "words": {**_CELL, "align": "left", "indent": 1},
    "centre": {**_CELL, "align": "center"},
    "number": {**_CELL, "align": "right", "text_wrap": False},
    "foot": {**_BASE, "align": "left"},
    "note": {**_BASE, "align": "left", "font_size": 9},
}
_LEAST = {"title": 32.0, "under": 18.0, "head": 22.0, "foot": 26.0}


def to_bytes(sheets: Sequence[Sheet], *, title: str, author: str, year: int | None, rules: str = "") -> bytes:
    """The workbook of *sheets*, with the lines of *rules* on a hidden one.

    Raises OutputError where xlsxwriter is not installed, or for a line of the rules that no cell holds.
    """
    book, out = started(title, author, year)
    formats = _Formats(book)
    for sheet in sheets:
        _write(book.add_worksheet(sheet.name), sheet, formats)
    if rules:
        _embed(book.add_worksheet(RULES), rules)
    book.close()
    return out.getvalue()


def started(title: str, author: str, year: int | None) -> tuple[Any, io.BytesIO]:
    """A new workbook and where its bytes come when it is closed; OutputError where xlsxwriter is not installed."""
    try:
        import xlsxwriter  # type: ignore[import-untyped]
    except ImportError as error:
        raise OutputError(
            problem(
                "xlsx-not-installed",
                "写 .xlsx 要用 xlsxwriter，这台电脑上没有安装；请运行 pip install perfeval[office]",
            )
        ) from error
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"title": title, "author": author, "created": datetime(year or 2000, 12, 31)})  # noqa: DTZ001 - a fixed day
    return book, out


def _embed(page: Any, rules: str) -> None:
    """What the workbook brings along, line by line, out of sight."""
    for row, line in enumerate(rules.split("\n")):
        fits_cell(line)
        page.write_string(row, 0, line)
    page.hide()


def fits_cell(text: str) -> None:
    """OutputError for a text that is too long for a cell."""
    if len(text) > LONGEST:
        raise OutputError(
            problem(
                "template-too-long",
                "“{text}…”有{length}个字，一个单元格最多{most}个；请分成几节",
                text=text[:20],
                length=len(text),
                most=LONGEST,
            )
        )


class _Formats:
    """Formats by style and number code, each made once."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.made: dict[tuple[str, str], Any] = {}

    def of(self, style: str, code: str) -> Any:
        if (style, code) not in self.made:
            self.made[style, code] = self.book.add_format({**STYLES[style], "num_format": code})
        return self.made[style, code]


def _write(page: Any, sheet: Sheet, formats: _Formats) -> None:
    widths = _widths(sheet)
    for column, each in enumerate(widths):
        page.set_column(column, column, each)
    for box in sorted(sheet.boxes, key=lambda each: (each.row, each.column)):
        _put(page, box, formats)
    for row, height in _heights(sheet, widths).items():
        page.set_row(row, height)
    page.hide_gridlines(2)
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    page.center_horizontally()
    page.set_footer("&C&9第 &P 页 共 &N 页")
    page.print_area(0, 0, sheet.row - 1, sheet.wide - 1)
    if sheet.form.landscape:
        page.set_landscape()
    if sheet.repeat is not None:
        page.repeat_rows(*sheet.repeat)


def _put(page: Any, box: Box, formats: _Formats) -> None:
    code = box.content.code + (_RIGHT if box.style == "number" and box.content.code[:1] in ("#", "0") else "")
    content, style = box.content, formats.of(box.style, code)
    row, column = box.row, box.column
    if box.across > 1 or box.down > 1:
        page.merge_range(row, column, row + box.down - 1, column + box.across - 1, "", style)
    if content.formula:
        page.write_formula(row, column, content.formula, style, _number(content.value))
    elif not isinstance(content.value, str):
        page.write_number(row, column, _number(content.value), style)
    elif content.value:
        page.write_string(row, column, content.value, style)
    else:
        page.write_blank(row, column, None, style)
    if content.note:
        annotate(page, row, column, content.note)


def annotate(page: Any, row: int, column: int, said: str) -> None:
    """A note beside a cell, as tall as what it says."""
    tall = lines(said, 34) * 15 + 12
    page.write_comment(row, column, said, {"width": 260, "height": tall, "font_name": FONT, "font_size": 9})


def _number(value: Fraction | str) -> Any:
    """The double nearest to an exact number of at most 15 digits: a cell shows and reads back these digits."""
    if isinstance(value, str):
        return value
    return int(value) if value.denominator == 1 else float(value)


def _widths(sheet: Sheet) -> list[float]:
    """The form's widths, widened where a number would not fit (#### helps nobody)."""
    found = [float(each) for each in sheet.form.widths]
    for box in sheet.boxes:
        if isinstance(box.content.value, str):
            continue
        own = range(box.column, box.column + box.across)
        lacking = widest(shown(box.content)) + 3 - sum(found[at] for at in own)
        if lacking > 0:
            found[box.column + box.across - 1] += lacking
    return found


def _heights(sheet: Sheet, widths: Sequence[float]) -> dict[int, float]:
    """The height of every row, so that the words of each cell have their lines."""
    found: dict[int, float] = dict.fromkeys(range(sheet.row), LINE + AIR)
    for box in sorted(sheet.boxes, key=lambda each: each.down):
        rows = range(box.row, box.row + box.down)
        columns = sum(widths[box.column : box.column + box.across]) - INDENT * ("indent" in STYLES[box.style])
        needed = max(_tall(box.content, columns), _LEAST.get(box.style, 0.0))
        lacking = needed - sum(found[row] for row in rows)
        if lacking > 0:
            for row in rows:
                found[row] = min(found[row] + lacking / box.down, TALLEST)
    return found


def _tall(content: Content, columns: float) -> float:
    text = shown(content)
    return lines(text, columns) * LINE + AIR if text else 0.0
