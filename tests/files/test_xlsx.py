"""xlsx → grid: each number as stored and as shown, whatever program wrote the file; hostile files are refused."""

from __future__ import annotations

import io
import re
import time
import zipfile
from contextlib import suppress
from decimal import Decimal
from typing import TYPE_CHECKING

import making
import openpyxl
import pytest
from hypothesis import given, settings, strategies as st

from perfeval.documents import file_types
from perfeval.documents.grid import Area, Grid, letters
from perfeval.documents.limits import Limits
from perfeval.documents.xlsx import reading
from perfeval.documents.xlsx.number_formats import number, plain, shown
from perfeval.errors import InputError, PerfevalError
from perfeval.reading.case import read

if TYPE_CHECKING:
    from pathlib import Path

HUBEI, SICHUAN = making.hubei(), making.sichuan()
LAYOUTS = ("national", "sichuan", "hubei", "chongqing", "yunnan", "transfer", "whole_office", "several")


def refused(data: bytes, **limits: int) -> str:
    """The code with which *data* is refused, in bounded time."""
    start = time.perf_counter()
    with pytest.raises(InputError) as caught:
        read(data, limits=Limits(**limits) if limits else None)
    assert time.perf_counter() - start < 10
    str(caught.value).encode("gbk")
    return caught.value.code


# -- values -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", LAYOUTS)
def test_same_values_as_openpyxl(layout: str) -> None:
    """Every text and number is the one that openpyxl reads, in every sheet that can be seen."""
    data = getattr(making, layout)()
    theirs = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    visible = [sheet for sheet in theirs.worksheets if sheet.sheet_state == "visible"]
    ours = reading.read(data).sheets
    assert [grid.name for grid in ours] == [sheet.title for sheet in visible]
    for grid, sheet in zip(ours, visible, strict=True):
        expected = {
            (cell.row, cell.column): cell for row in sheet.iter_rows() for cell in row if cell.value is not None
        }
        found = {(spot.row, spot.column): spot for row in grid.order for spot in grid.line(row)}
        assert found.keys() == expected.keys()
        for at, spot in found.items():
            value = expected[at].value
            if isinstance(value, str):
                assert spot.cell == value
            else:
                stored = getattr(spot.cell, "stored", "") or str(spot.cell)
                scale = 100 if stored.endswith("%") else 1
                assert Decimal(stored.rstrip("%").replace(",", "")) == Decimal(repr(value)) * scale


@pytest.mark.parametrize(
    ("raw", "form", "text", "stored"),
    [
        ("0.94959999999999998", "0.00%", "94.96%", ""),  # 17 digits of a double: 15 of them count
        ("0.94955355", "0.00%", "94.96%", "94.955355%"),
        ("0.94955", "General", "0.94955", ""),
        ("16898.110000000001", "#,##0.00", "16,898.11", ""),
        ("29.456", "0.00_ ", "29.46", "29.456"),
        ("0.125", "0.00", "0.13", "0.125"),  # a tie: half up, as spreadsheets show it
        ("2.5", "0", "3", "2.5"),
        ("-2.5", "0", "-3", "-2.5"),
        ("165", '0"次"', "165次", ""),
        ("1000", "0.##", "1000", ""),
        ("908.18", "¥#,##0.00", "908.18", ""),
        ("0.9", "0%", "90%", ""),
        ("1E+2", "General", "100", ""),
        ("44561", 'yyyy"年"m"月"d"日"', "2021年12月31日", ""),
        ("44561", "yyyy/m/d", "2021年12月31日", ""),
        ("44561", "yyyy-mm", "2021年12月", ""),
        ("5", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "5.00", ""),
        ("0", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "0.00", ""),
        ("123456", '0!.0,"万"', "123456", ""),  # scaled by its format: taken as stored
        ("12", "G/通用格式", "12", ""),
        ("0.5", "# ?/?", "0.5", ""),
    ],
)
def test_what_a_cell_shows(raw: str, form: str, text: str, stored: str) -> None:
    """The shown digits follow the number format; the stored number stands beside them where it has more."""
    value = number(raw)
    assert value is not None
    assert shown(value, form)[:2] == (text, stored)


@pytest.mark.parametrize(
    ("form", "text"), [("#,##0,", "180"), ("#,##0.00,", "180.00"), ("0.0,,", "0.2"), ("#,##0,;-#,##0,", "180")]
)
def test_a_format_that_scales_tells_both(form: str, text: str) -> None:
    """180,000 shown as 180: which of the two is meant, the cell does not say."""
    found = shown(Decimal(180000), form)
    assert (found.text, found.stored, found.scaled) == (text, "180000", True)


@pytest.mark.parametrize(
    ("stored", "form", "text"),
    [("0.0625", "h:mm", "1小时30分钟"), ("0.0625", "[h]:mm:ss", "1小时30分钟"), ("0.5", "h:mm", "12小时")],
)
def test_a_time_is_shown_as_one(stored: str, form: str, text: str) -> None:
    """A part of a day in a format of times is hours and minutes, never 0.0625."""
    assert shown(Decimal(stored), form).text == text


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=6), st.integers(0, 4))
def test_shown_digits_are_the_nearest(value: Decimal, digits: int) -> None:
    """What is shown lies at most half a last digit from what is stored, and is not doubled where they agree."""
    stored = number(str(value))
    assert stored is not None
    form = "0" if digits == 0 else f"0.{'0' * digits}"
    text, more, _ = shown(stored, form)
    assert abs(Decimal(text) - stored) * 2 <= Decimal(1).scaleb(-digits)
    assert (more == "") == (Decimal(text) == stored)
    assert Decimal(more or text) == stored


def test_plain_digits() -> None:
    """No exponent and no empty decimals in a text that stands for a number."""
    assert [plain(Decimal(text)) for text in ("1E+3", "0.500", "-0.0", "100")] == ["1000", "0.5", "0", "100"]


def test_numbers_beyond_reason_are_none() -> None:
    """What is no finite number of a table is none, and costs no time."""
    assert [number(raw) for raw in ("NaN", "Infinity", "1E+999999999", "abc", "")] == [None] * 5


def test_merged_cells_answer() -> None:
    """Every cell of a merged area answers with what stands in its first; large areas too."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["B2"], sheet["A9"] = "产出指标", "全宽"
    sheet.merge_cells("B2:C4")
    large = b'<mergeCell ref="A9:XFD1048576"/></mergeCells>'
    data = making.edit(making.saved(book), {r"sheet1\.xml$": lambda part: part.replace(b"</mergeCells>", large)})
    (grid,) = reading.read(data).sheets
    assert grid.text(4, 3) == grid.text(2, 2) == "产出指标"
    assert grid.area(3, 2) == Area(2, 2, 4, 3)
    assert grid.text(1048576, 16384) == "全宽"
    assert grid.text(5, 2) == ""
    assert grid.blank(4, 3).place.cell == "Sheet!B2"


def test_letters() -> None:
    """Column letters as in spreadsheets."""
    assert [letters(n) for n in (1, 26, 27, 702, 703, 16384)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]


def test_formula_without_value_and_error() -> None:
    """A formula that was never calculated, one in error and one with its value are three things."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["A2"], sheet["A3"] = "=1+1", "=1/0", "=2+2"
    data = making.edit(
        making.saved(book),
        {
            r"sheet1\.xml$": lambda part: (
                re.sub(
                    rb'<c r="A2"([^>]*)><f>1/0</f><v ?/?>(</v>)?', rb'<c r="A2" t="e"><f>1/0</f><v>#DIV/0!</v>', part
                )
                .replace(b"<f>2+2</f><v />", b"<f>2+2</f><v>4</v>")
                .replace(b"<f>2+2</f><v></v>", b"<f>2+2</f><v>4</v>")
            )
        },
    )
    (grid,) = reading.read(data).sheets
    assert [grid.line(row)[0].fault for row in grid.order] == ["uncalculated", "error", ""]
    assert grid.text(3, 1) == "4"


def test_odd_writers() -> None:
    """A wrong dimension, prefixed elements, names in GBK and rich texts with readings change nothing."""
    base = making.national()
    expected = [spot for row in reading.read(base).sheets[0].rows.values() for spot in row]
    for other in (making.wrong_dimension(base), making.wps(base), making.prefixed(base)):
        assert [spot for row in reading.read(other).sheets[0].rows.values() for spot in row] == expected
    rich = making.edit(
        base,
        {
            "sharedStrings": lambda part: part.replace(
                "<t>清查行动</t>".encode(),
                "<r><t>清查</t></r><r><t>行动</t></r><rPh sb='0' eb='1'><t>QC</t></rPh>".encode(),
            )
        },
    )
    assert reading.read(rich).sheets[0].text(13, 4) == "清查行动"


def test_cells_without_references() -> None:
    """Cells and rows that do not say where they stand follow one another."""
    data = making.edit(making.national(), {r"sheet1\.xml$": lambda part: re.sub(rb'(<row) r="\d+"', rb"\1", part)})
    assert reading.read(data).sheets[0].text(13, 4) == "清查行动"


# -- hostile and foreign files ----------------------------------------------------------------------


def crafted(sheet: bytes, **parts: bytes) -> bytes:
    """A workbook whose first sheet is *sheet*, as XML."""
    return making.edit(making.national(), {r"sheet1\.xml$": lambda _: sheet}, parts)


def test_bomb_is_refused() -> None:
    """A sheet of gigabytes from a few kilobytes is not unpacked."""
    bomb = crafted(b"<worksheet><sheetData>" + b"<row/>" * 20_000_000 + b"</sheetData></worksheet>")
    assert len(bomb) < 4_000_000
    assert refused(bomb) == "file-unpacks-too-large"


@pytest.mark.timed
def test_a_million_rows_are_refused() -> None:
    """More rows or cells than an office's table ever has are refused before they fill the memory."""
    rows = b"".join(b"<row><c><v>1</v></c></row>" for _ in range(1_000_000))
    assert refused(crafted(b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>")) == "input-too-many"


def test_entities_are_refused() -> None:
    """No document type and no entity is ever expanded."""
    laughs = b'<!DOCTYPE x [<!ENTITY a "1"><!ENTITY b "&a;&a;&a;">]><worksheet><sheetData/></worksheet>'
    outside = b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><worksheet><sheetData/></worksheet>'
    assert refused(crafted(laughs)) == refused(crafted(outside)) == "file-entities"


def test_merges_without_end_are_refused() -> None:
    """Merged areas cost what they cover, and many large ones are refused."""
    merges = b"".join(b'<mergeCell ref="A%d:XFD1048576"/>' % n for n in range(1, 2000))
    sheet = b"<worksheet><sheetData/><mergeCells>" + merges + b"</mergeCells></worksheet>"
    assert refused(crafted(sheet)) == "input-too-many"


def test_long_text_is_refused() -> None:
    """One cell of more characters than the limit."""
    text = b"<worksheet><sheetData><row><c t='str'><v>" + b"1" * 200_000 + b"</v></c></row></sheetData></worksheet>"
    assert refused(crafted(text)) == "text-too-long"


def test_sizes_can_be_set() -> None:
    """The bounds are the caller's: bytes of the file, bytes unpacked, cells."""
    data = making.national()
    assert refused(data, size=1000) == "input-too-large"
    assert refused(data, unpacked=1000) == "file-unpacks-too-large"
    assert refused(data, cells=5) == "input-too-many"


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (OLE + "Workbook".encode("utf-16-le"), "file-old-workbook"),
        (OLE + "WordDocument".encode("utf-16-le"), "file-old-document"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "file-encrypted"),
        (b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(50), "file-old-workbook"),
        (b"<html><body><table><tr><td>1</td></tr></table></body></html>", "file-html"),
        (b"\xef\xbb\xbf\r\n<!DOCTYPE html><html></html>", "file-html"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "file-xml-2003"),
        (b"%PDF-1.7\n", "file-pdf"),
        (b"Rar!\x1a\x07\x00", "file-archive"),
        (b"PK\x03\x04 no zip at all", "file-broken"),
    ],
)
def test_foreign_files_are_known_by_content(data: bytes, code: str) -> None:
    """One Chinese sentence says what the file is and the steps to take, whatever it is called."""
    with pytest.raises(InputError) as caught:
        read(data)
    assert [each.code for each in caught.value.problems] == [code]
    assert any(word in str(caught.value) for word in ("WPS", ".xlsx"))


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ("word/document.xml", "file-document"),
        ("xl/workbook.bin", "file-binary-workbook"),
        ("content.xml", "file-open-document"),
        ("readme.txt", "file-no-workbook"),
    ],
)
def test_other_packages(part: str, code: str) -> None:
    """A zip that holds no workbook is named for what it is."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr(part, "x")
    assert refused(out.getvalue()) == code


def test_text_named_as_workbook(tmp_path: Path) -> None:
    """A table of commas under the name of a workbook is refused, not read as YAML."""
    path = tmp_path / "附件1.xls"
    path.write_text("一级指标,二级指标\n", "gbk")
    with pytest.raises(InputError) as caught:
        read(path)
    assert caught.value.code == "file-not-workbook"


def test_lock_files_are_passed_over(tmp_path: Path) -> None:
    """~$附件1.xlsx beside the workbook is what WPS keeps while it is open."""
    path, lock = tmp_path / "附件1.xlsx", tmp_path / "~$附件1.xlsx"
    path.write_bytes(making.national())
    lock.write_bytes(b"\x05someone" + bytes(50))
    assert read(path, lock) == read(path)
    with pytest.raises(InputError) as caught:
        read(lock)
    assert caught.value.code == "input-lock"


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_damaged_files_raise_only_our_errors(data: st.DataObject) -> None:
    """Bytes changed, cut or repeated anywhere: a case or an InputError, never anything else."""
    whole = bytearray(HUBEI)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(len(whole) // 2, len(whole)))
    with suppress(PerfevalError):
        read(bytes(whole[:cut]))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_changed_sheets_raise_only_our_errors(data: st.DataObject) -> None:
    """The sheet's own XML with pieces swapped and cut: it reads, or an InputError says why not."""

    def change(part: bytes) -> bytes:
        pieces = re.split(rb"(?=<)", part)
        for _ in range(data.draw(st.integers(1, 5))):
            one, two = (data.draw(st.integers(0, len(pieces) - 1)) for _ in range(2))
            pieces[one], pieces[two] = pieces[two], data.draw(st.sampled_from([pieces[one], b"", pieces[two]]))
        return b"".join(pieces)

    with suppress(PerfevalError):
        read(making.edit(SICHUAN, {r"sheet1\.xml$": change}))


def test_empty_workbook_has_no_table() -> None:
    """A workbook without a table says which headings make one."""
    assert refused(making.saved(openpyxl.Workbook())) == "table-missing"


def test_nothing_refuses_text() -> None:
    """Plain text is for the other readers."""
    assert file_types.refusal(b"perfeval: case/1", "") is None
    assert not Grid("空", "", ()).order
