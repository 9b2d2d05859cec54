"""填报工作簿写成 xlsx: pages → bytes — protected headings, open cells that keep what is typed, drop-downs, notes.

Every open cell is a text: 94.96% stays 94.96% and no number becomes a date. The protection has no password.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from perfeval.documents.grid import ShownAmount, letters
from perfeval.documents.xlsx.embedded import RULES
from perfeval.documents.xlsx.writing import AIR, FONT, HEADING, LINE, TALLEST, annotate, fits_cell, started
from perfeval.locales.width import lines
from perfeval.reading.fill_in import words
from perfeval.reading.fill_in.layout import GUIDE, MARK, OPTIONS, OWNER

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from perfeval.reading.fill_in.choices import Lists
    from perfeval.reading.fill_in.pages import FillInColumn, FillInPage

FIRST, HEAD = 4, 3
"""The first row to fill and that of the headings (from 0): above are the title, the sheet's note, the columns' notes."""
RARELY = "有的才填。"
LAST = 2000
"""The last row with drop-downs."""
WIDE = 230.0
"""Columns of which more do not print legibly on one page across."""
_BASE = {"font_name": FONT, "font_size": 10.5, "valign": "vcenter", "text_wrap": True}
_GREY = {**_BASE, "bg_color": "#EDEDED", "border": 1, "border_color": "#A6A6A6"}
STYLES: Mapping[str, Mapping[str, Any]] = {
    "title": {"font_name": HEADING, "font_size": 16, "valign": "vcenter"},
    "note": {**_BASE, "font_color": "#595959"},
    "line": {"font_name": FONT, "font_size": 10.5, "font_color": "#595959", "valign": "vcenter"},
    "mark": {"font_name": FONT, "font_size": 8, "font_color": "#A6A6A6"},
    "say": {**_GREY, "font_size": 9, "font_color": "#595959", "valign": "top"},
    "head": {**_GREY, "bold": True, "align": "center", "bg_color": "#D9E1F2"},
    "given": {**_GREY, "font_size": 9, "font_color": "#595959"},
    "label": {**_GREY, "bold": True},
    "open": {**_BASE, "num_format": "@", "border": 1, "border_color": "#A6A6A6", "locked": False, "align": "left"},
    "below": {**_BASE, "num_format": "@", "locked": False, "align": "left"},
    "code": {"font_name": "Consolas", "font_size": 9, "num_format": "@"},
}
_NUMBER = re.compile(r'(?P<number>-?[0-9]+(?:\.(?P<digits>[0-9]+))?)\s*(?P<unit>[^0-9.,"\s]*)')
_ALLOWED = {"format_cells": True, "format_columns": True, "format_rows": True, "insert_rows": True, "sort": True}


def to_bytes(
    pages: Sequence[FillInPage], lists: Lists, rules: str, *, title: str, author: str, year: int | None
) -> bytes:
    """The workbook of *pages*; raises OutputError where xlsxwriter is not installed or a text is too long for a cell."""
    book, out = started(title, author, year)
    maker = _BookWriter(book, lists)
    maker.guide(title, [page.name for page in pages], rules)
    for page in pages:
        maker.page(page)
    if rules:
        maker.rules(rules)
    maker.options()
    book.close()
    return out.getvalue()


class _BookWriter:
    """Writes one workbook. Not shared, not kept."""

    def __init__(self, book: Any, lists: Lists) -> None:
        self.book, self.lists = book, lists
        self.styles = {name: book.add_format(dict(style)) for name, style in STYLES.items()}
        self.columns: dict[str, str] = {}

    def guide(self, title: str, names: Sequence[str], rules: str) -> None:
        """The first sheet: what to do, and which sheet holds what."""
        sheet = self.sheet(GUIDE)
        sheet.set_column(0, 0, 18)
        sheet.set_column(1, 1, 88)
        self.put(sheet, 0, 0, title, "title")
        sheet.set_row(0, 30)
        self.put(sheet, 1, 0, MARK, "mark")
        row = 2
        for each in words.GUIDE:
            sheet.merge_range(row, 0, row, 1, "", self.styles["note"])
            self.put(sheet, row, 0, each, "note")
            sheet.set_row(row, lines(each, 104) * LINE + AIR)
            row += 1
        row += 1
        self.put(sheet, row, 0, "工作表", "head")
        self.put(sheet, row, 1, "填什么", "head")
        said = [(name, words.SHEETS.get(name, RARELY)) for name in names]
        said += [(RULES, "随工作簿带来的指标体系、任务类别，由程序写入，不要改。")] if rules else []
        for name, what in said:
            row += 1
            sheet.write_url(row, 0, f"internal:'{name}'!A1", self.styles["label"], string=name)
            self.put(sheet, row, 1, what, "given")
        self.finish(sheet, row + 1, 2)

    def page(self, page: FillInPage) -> None:
        """One topic."""
        sheet = self.sheet(page.name)
        wide = len(page.columns)
        self.put(sheet, 0, 0, page.name, "title")
        sheet.set_row(0, 26)
        self.put(sheet, 1, 0, page.note or RARELY, "line")
        for at, column in enumerate(page.columns):
            unlocked = None if column.given else self.styles["below"]
            sheet.set_column(at, at, column.width, unlocked)
            self.put(sheet, HEAD, at, column.heading, "head")
            if column.note or column.how:
                self.put(sheet, HEAD - 1, at, column.note, "say")
                said = "\n".join(filter(None, (column.note, column.how, _offered(column))))
                annotate(sheet, HEAD, at, said)
            else:
                sheet.write_blank(HEAD - 1, at, None, self.styles["line"])
            for row in (0, 1) if at else ():
                sheet.write_blank(row, at, None, self.styles["line"])
        sheet.set_row(HEAD - 1, max((_height(c.note, c.width, 9) for c in page.columns), default=0) or 4)
        sheet.set_row(HEAD, max(_height(c.heading, c.width, 10.5) for c in page.columns) + 4)
        blank = [""] * wide
        for number, cells in enumerate([*page.rows, *([blank] * page.spare)]):
            self.line(sheet, page, number, cells)
        self.offers(sheet, page)
        end = FIRST + len(page.rows) + page.spare
        sheet.ignore_errors({"number_stored_as_text": f"A1:{letters(wide)}{LAST}"})
        sheet.freeze_panes(FIRST, 1)
        sheet.repeat_rows(HEAD)
        self.finish(sheet, end, wide, 1 if sum(each.width for each in page.columns) < WIDE else 2)

    def line(self, sheet: Any, page: FillInPage, number: int, cells: Sequence[str]) -> None:
        """One row: what is known stands in it, what is to be filled is open."""
        fixed = page.labelled and number < len(page.rows)
        for at, (text, column) in enumerate(zip(cells, page.columns, strict=True)):
            style = "label" if fixed and at == 0 else "given" if column.given else "open"
            self.put(sheet, FIRST + number, at, text, style)
        tall = max(_height(text, column.width, 10.5) for text, column in zip(cells, page.columns, strict=True))
        sheet.set_row(FIRST + number, max(tall, LINE + AIR))

    def offers(self, sheet: Any, page: FillInPage) -> None:
        """The drop-downs: of whole columns, then of single cells."""
        for at, column in enumerate(page.columns):
            if not column.list_name:
                continue
            first = FIRST + len(page.rows) if page.labelled else FIRST
            last = FIRST + len(page.rows) + page.spare - 1 if page.labelled else LAST
            if last >= first:
                self.offer(sheet, (first, at, last, at), column.list_name, column.heading)
        for (row, at), name in page.choices.items():
            self.offer(sheet, (FIRST + row, at, FIRST + row, at), name, page.columns[at].heading)

    def offer(self, sheet: Any, area: tuple[int, int, int, int], name: str, heading: str) -> None:
        """One drop-down; what is not in the list is asked about and may stay."""
        source = f"='{OWNER}'!$A${FIRST + 1}:$A${LAST}" if name == OWNER else self.listed(name)
        if not source:
            return
        sheet.data_validation(
            *area,
            {
                "validate": "list",
                "source": source,
                "error_type": "warning",
                "error_title": heading,
                "error_message": "不在列表里；确实要这样写的，请点“是”",
            },
        )

    def listed(self, name: str) -> str:
        """The range that holds the list *name*."""
        values = self.lists.get(name)
        if not values:
            return ""
        self.columns.setdefault(name, letters(len(self.columns) + 1))
        letter = self.columns[name]
        return f"='{OPTIONS}'!${letter}$1:${letter}${len(values)}"

    def rules(self, text: str) -> None:
        """What the workbook brings along, line by line."""
        sheet = self.sheet(RULES)
        sheet.set_column(0, 0, 140)
        rows = text.split("\n")
        for row, line in enumerate(rows):
            self.put(sheet, row, 0, line, "code")
        self.finish(sheet, len(rows), 1)

    def options(self) -> None:
        """The lists behind the drop-downs, out of sight."""
        sheet = self.sheet(OPTIONS)
        for at, name in enumerate(self.columns):
            for row, value in enumerate(self.lists.get(name)):
                sheet.write_string(row, at, value)
        sheet.protect()
        sheet.hide()

    def sheet(self, name: str) -> Any:
        """A new sheet."""
        return self.book.add_worksheet(name)

    def put(self, sheet: Any, row: int, column: int, text: str, style: str) -> None:
        """A text in a cell, never a formula or a link."""
        fits_cell(text)
        if isinstance(text, ShownAmount) and (hidden := _hidden(text)):
            number, code = hidden
            sheet.write_number(row, column, number, self.book.add_format({**STYLES[style], "num_format": code}))
        elif text:
            sheet.write_string(row, column, text, self.styles[style])
        else:
            sheet.write_blank(row, column, None, self.styles[style])

    def finish(self, sheet: Any, rows: int, wide: int, across: int = 1) -> None:
        """Protection without a password, and how it prints."""
        sheet.protect("", _ALLOWED)
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(across, 0)
        if across > 1:
            sheet.repeat_columns(0, 1)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        sheet.set_footer("&C&9&A 第 &P 页 共 &N 页")
        sheet.print_area(0, 0, rows - 1, wide - 1)


def _offered(column: FillInColumn) -> str:
    return "可以从下拉列表选" if column.list_name else ""


def _height(text: str, columns: float, size: float) -> float:
    """The height that *text* takes in a cell so many columns wide."""
    return min(lines(text, columns * 10.5 / size - 1) * LINE * size / 10.5 + AIR, TALLEST) if text else 0.0


def _hidden(text: ShownAmount) -> tuple[float, str] | None:
    """The number of a cell that shows fewer digits than it stores, and its format; None where no format does that."""
    shown, stored = _NUMBER.fullmatch(text), _NUMBER.fullmatch(text.stored)
    if shown is None or stored is None or shown["unit"] != stored["unit"]:
        return None
    digits = "0" + (f".{'0' * len(shown['digits'])}" if shown["digits"] else "")
    value = Decimal(stored["number"])
    if shown["unit"] == "%":
        return float(value / 100), digits + "%"
    return float(value), digits + (f'"{shown["unit"]}"' if shown["unit"] else "")
