"""重算: what LibreOffice itself makes of a workbook's formulas, whatever values the file carries.

A file's own values are kept unless the profile says otherwise, so the profile here always calculates anew.
"""

from __future__ import annotations

import io
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl

_ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>{mode}</value></prop></item></oor:items>
"""


def recalculated(data: bytes, *, always: bool = True) -> openpyxl.Workbook:
    """The workbook *data* as LibreOffice saves it, with the values that it has calculated."""
    return openpyxl.load_workbook(io.BytesIO(converted(data, "xlsx", always=always)), data_only=True)


def converted(data: bytes, ending: str, *, always: bool = True) -> bytes:
    """The workbook *data* in another format, calculated anew."""
    with TemporaryDirectory() as folder:
        place = Path(folder)
        profile = place / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(
            _ALWAYS.format(mode=0 if always else 1), encoding="utf-8"
        )
        source = place / "in" / "table.xlsx"
        source.parent.mkdir()
        source.write_bytes(data)
        subprocess.run(
            ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore",
             "--convert-to", ending, "--outdir", str(place / "out"), str(source)],
            check=True, capture_output=True, timeout=300,
        )  # fmt: skip
        return (place / "out" / f"table.{ending}").read_bytes()


def formulas(data: bytes) -> dict[tuple[str, str], str]:
    """Every formula of a workbook by sheet and cell."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.data_type == "f"
    }


def value(book: openpyxl.Workbook, sheet: str, cell: str) -> Any:
    """What a cell holds; '' where nothing."""
    found = book[sheet][cell].value
    return "" if found is None else found
