"""PDF of a paper: the very docx, printed by LibreOffice where it is installed, so that there is one layout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from perfeval.documents.xml import escape
from perfeval.errors import OutputError, problem
from perfeval.papers.docx.gongwen import FONTS

SECONDS = 180
"""How long LibreOffice may take; a report takes it a few seconds."""
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)


def program() -> str | None:
    """Where LibreOffice is, None where it is not installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _PLACES if Path(place).exists()), None)


def to_pdf(docx: bytes) -> bytes:
    """The docx as a PDF; raises OutputError where LibreOffice is missing, fails or takes too long."""
    office = program()
    if office is None:
        raise OutputError(
            problem(
                "pdf-no-office",
                "写 PDF 要用 LibreOffice，这台电脑上没有找到；请先写出 .docx，在 WPS 里打开，点“文件→输出为PDF”",
            )
        )
    with TemporaryDirectory(prefix="perfeval-") as folder:
        place = Path(folder)
        source, made = place / "paper.docx", place / "paper.pdf"
        source.write_bytes(docx)
        command = [
            office, f"-env:UserInstallation={(place / 'profile').as_uri()}", "--headless", "--norestore",
            "--convert-to", "pdf:writer_pdf_Export", "--outdir", folder, str(source),
        ]  # fmt: skip
        try:
            subprocess.run(  # noqa: S603 - the office program found above, with names of our own
                command,
                env=environment(place),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise _failed() from error
        try:
            return made.read_bytes()
        except OSError as error:
            raise _failed() from error


def _failed() -> OutputError:
    return OutputError(
        problem(
            "pdf-failed",
            "LibreOffice 没有写出 PDF；请关闭已打开的 LibreOffice 再试，或先写出 .docx，在 WPS 里点“文件→输出为PDF”",
        )
    )


def environment(place: Path) -> dict[str, str]:
    """Where fonts are chosen by fontconfig, ours say which may stand for those that are not installed."""
    found = {**os.environ, "SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH", "0")}
    if sys.platform.startswith("linux"):
        system = os.environ.get("FONTCONFIG_FILE", "/etc/fonts/fonts.conf")
        aliases = "".join(
            f'<alias binding="same"><family>{font.name}</family><prefer>'
            + "".join(f"<family>{name}</family>" for name in (font.name, *font.instead))
            + "</prefer></alias>"
            for font in FONTS
        )
        own = place / "fonts.conf"
        own.write_text(
            f'<?xml version="1.0"?><fontconfig><include ignore_missing="yes">{escape(system)}</include>{aliases}</fontconfig>',
            encoding="utf-8",
        )
        found["FONTCONFIG_FILE"] = str(own)
    return found
