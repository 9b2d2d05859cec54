"""别的格式: what a file really is, known by its content, and how to make a workbook of it in WPS or Excel.

A name proves nothing: web pages are named .xls, old binary workbooks .xlsx. One sentence says what was
given and the steps that turn it into something readable.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfeval.errors import Place, problem

if TYPE_CHECKING:
    from collections.abc import Container

    from perfeval.errors import Problem

ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BARE_BIFF = (b"\x09\x08\x08\x00", b"\x09\x08\x10\x00", b"\x09\x04\x06\x00", b"\x09\x02\x06\x00", b"\x09\x00\x04\x00")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
_DIRECTORY = 1_000_000
"""How far into an old container its directory of streams is looked for."""


def is_package(data: bytes) -> bool:
    """Whether *data* begins like a zip, as every xlsx does."""
    return data[:4] in (ZIP, _EMPTY_ZIP)


def refusal(data: bytes, label: str) -> Problem | None:
    """Why *data* is neither text nor a workbook, with the steps to take; None where it may be text."""
    place = Place(source=label)
    if data.startswith(_OLE):
        return _old_container(data, place)
    if data.startswith(_BARE_BIFF):
        return _old_workbook(place)
    if data.startswith(b"%PDF"):
        return problem("file-pdf", "这是 PDF，读不出表格的格子；请改用原来的表格文件（.xlsx）", place=place)
    if data.startswith(_ARCHIVES):
        return problem("file-archive", "这是压缩包；请先解压，再读其中的 .xlsx", place=place)
    head = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<meta")):
        return problem(
            "file-html",
            "这是网页（HTML），只是文件名像表格；请用 WPS 打开，点“文件→另存为”，类型选“Excel 文件（*.xlsx）”，再读新文件",
            place=place,
        )
    if b"urn:schemas-microsoft-com:office:spreadsheet" in data[:2000]:
        return problem(
            "file-xml-2003",
            "这是 2003 版的 XML 表格；请用 WPS 打开，点“文件→另存为”，类型选“Excel 文件（*.xlsx）”，再读新文件",
            place=place,
        )
    return None


def _old_container(data: bytes, place: Place) -> Problem:
    """An old compound file: encrypted, a text document, or an old workbook (.xls, .et)."""
    inside = data[:_DIRECTORY] + data[-_DIRECTORY:]
    if _stream("EncryptedPackage") in inside or _stream("EncryptionInfo") in inside:
        return problem(
            "file-encrypted",
            "文件加了密码；请用 WPS 打开并输入密码，点“文件→文档加密→密码加密”把密码清空，保存为 .xlsx 再读",
            place=place,
        )
    if _stream("WordDocument") in inside or _stream("WpsCustomData") in inside:
        return problem(
            "file-old-document",
            "这是旧版文字文档（.doc 或 .wps），不是表格；请用 WPS 打开，把其中的表复制到新建的表格里，另存为 .xlsx 再读",
            place=place,
        )
    return _old_workbook(place)


def _old_workbook(place: Place) -> Problem:
    return problem(
        "file-old-workbook",
        "这是旧版表格（.xls 或 .et）；请用 WPS 打开，点“文件→另存为”，类型选“Excel 文件（*.xlsx）”，再读新文件",
        place=place,
    )


def _stream(name: str) -> bytes:
    """A stream's name as a compound file's directory holds it."""
    return name.encode("utf-16-le")


def not_a_workbook(names: Container[str], place: Place) -> Problem:
    """What a package without ``xl/workbook.xml`` is, by its parts."""
    if "xl/workbook.bin" in names:
        return problem(
            "file-binary-workbook",
            "这是二进制表格（.xlsb）；请用 WPS 或 Excel 打开，点“文件→另存为”，类型选“Excel 文件（*.xlsx）”，再读新文件",
            place=place,
        )
    if "word/document.xml" in names:
        return problem(
            "file-document",
            "这是文字文档（.docx），不是表格；请把其中的表复制到新建的表格里，另存为 .xlsx 再读",
            place=place,
        )
    if "content.xml" in names:
        return problem(
            "file-open-document",
            "这是 OpenDocument 文件（.ods、.odt）；请用 WPS 或 LibreOffice 打开，另存为 .xlsx 再读",
            place=place,
        )
    return problem("file-no-workbook", "这个压缩包里没有表格；请先解压，再读其中的 .xlsx", place=place)
