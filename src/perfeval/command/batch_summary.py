"""成批评价的汇总表: what became of every file of a batch, as a workbook that a bureau can pass on."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from perfeval.documents.xlsx.writing import fits_cell, started
from perfeval.locales.messages import message, say
from perfeval.locales.words import word
from perfeval.results.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from perfeval.command.batch import FileStatus

WIDTHS = (26, 24, 7, 22, 9, 9, 7, 6, 6, 6, 9, 9, 11, 44)


def to_xlsx(lines: Sequence[FileStatus], passed_over: Sequence[str], locale: str) -> bytes:
    """The summary of *lines* and of the files that were *passed_over*; OutputError where xlsxwriter is missing."""
    book, out = started(say("成批评价汇总", locale), "", None)
    sheet = book.add_worksheet(say("汇总", locale))
    head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter"})
    plain = book.add_format({"border": 1, "text_wrap": True, "valign": "vcenter"})
    points = book.add_format({"border": 1, "valign": "vcenter", "num_format": "0.00"})
    heads = [
        say("文件", locale),
        say("名称", locale),
        say("年度", locale),
        say("指标体系", locale),
        say("自评总分", locale),
        say("核算总分", locale),
        say("等级", locale),
        *(severity.in_locale(locale) for severity in Severity),
        say("没有读准的格", locale),
        say("结果", locale),
        say("说明", locale),
    ]
    for column, (text, width) in enumerate(zip(heads, WIDTHS, strict=True)):
        sheet.write_string(0, column, text, head)
        sheet.set_column(column, column, width)
    rows = [_row(line, locale) for line in lines]
    rows += [[name, *[""] * 11, say("没有读", locale), kind_of(name, locale)] for name in passed_over]
    for index, row in enumerate(rows, 1):
        for column, text in enumerate(row):
            number = _number(text) if column in (4, 5, 7, 8, 9, 10, 11) else None
            if number is not None:
                sheet.write_number(index, column, number, points if column in (4, 5) else plain)
            else:
                fits_cell(text)
                sheet.write_string(index, column, text, plain)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(rows), len(heads) - 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    book.close()
    return out.getvalue()


def _row(line: FileStatus, locale: str) -> list[str]:
    counts = dict(line.counts)
    return [
        line.source,
        line.title,
        str(line.year or ""),
        line.framework,
        line.stated,
        line.computed,
        word("grade", line.grade, locale) if line.grade else "",
        *(str(counts.get(severity.value, "")) for severity in Severity),
        str(line.unread) if line.counts else "",
        result_of(line, locale),
        "；".join(each.in_locale(locale) for each in line.problems),
    ]


def result_of(line: FileStatus, locale: str) -> str:
    """结果: unread, read in part, with or without 错误."""
    if not line.counts:
        return say("没有读", locale)
    if line.unread:
        return say("读了一部分", locale)
    return say("有错误", locale) if dict(line.counts)[Severity.ERROR.value] else say("没有错误", locale)


KINDS = {
    (".doc", ".docx", ".wps", ".rtf"): message("文字文档，不是表格"),
    (".pdf", ".ofd"): message("版式文件（PDF、OFD），读不出表格的格子"),
    (".zip", ".rar", ".7z"): message("压缩包，请先解压"),
    (".ppt", ".pptx", ".dps"): message("演示文稿，不是表格"),
    (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp"): message("图片，读不出表格的格子"),
}
"""What lies beside the tables of an office, by the endings of its names."""


def kind_of(name: str, locale: str) -> str:
    """What the file *name* is, in words; nothing for what is no paper of an office."""
    lower = name.lower()
    return next((say(kind, locale) for endings, kind in KINDS.items() if lower.endswith(endings)), "")


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
