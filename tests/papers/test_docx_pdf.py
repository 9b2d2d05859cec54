"""PDF: printed from the docx by LibreOffice; a page has 22 lines of 28 characters."""

from __future__ import annotations

import re
import subprocess
from typing import Any

import pytest

import perfeval as pe
from perfeval.papers.blocks import Paragraph
from perfeval.papers.docx import pdf
from perfeval.papers.docx.paper import to_docx


def test_without_libreoffice_the_message_says_what_to_do(yongping: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """No program, no PDF: one sentence with the way through WPS."""
    monkeypatch.setattr(pdf, "program", lambda: None)
    with pytest.raises(pe.OutputError, match=r"没有找到；请先写出 \.docx") as caught:
        pe.dump(yongping, "pdf")
    assert caught.value.code == "pdf-no-office"


def test_a_program_that_fails_is_said(yongping: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that writes nothing is no success."""
    monkeypatch.setattr(pdf, "program", lambda: "true")
    with pytest.raises(pe.OutputError) as caught:
        pe.dump(yongping, "pdf")
    assert caught.value.code == "pdf-failed"


@pytest.mark.needs("soffice", "pdftotext")
def test_a_page_has_22_lines_of_28_characters() -> None:
    """A long text fills its first page with 22 lines; every full line has 28 characters."""
    data = pdf.to_pdf(to_docx([Paragraph("字" * 1300)]))
    shown = subprocess.run(
        ["pdftotext", "-layout", "-f", "1", "-l", "1", "-", "-"], input=data, capture_output=True, check=True
    ).stdout.decode()
    lines = [line.strip() for line in shown.splitlines() if "字" in line]
    assert len(lines) == 22
    assert {len(line) for line in lines[1:]} == {28}
    assert len(lines[0]) == 26  # two characters in
    assert re.search(r"—\s*1\s*—", shown)


@pytest.mark.needs("soffice", "pdftotext")
def test_the_report_is_printed_whole(yongping: Any) -> None:
    """The PDF says what the docx says, heading by heading, and ends with the annex."""
    shown = subprocess.run(
        ["pdftotext", "-", "-"], input=pe.dump(yongping, "pdf"), capture_output=True, check=True
    ).stdout.decode()
    for heading in (
        "一、基本情况",
        "（二）各项工作任务绩效目标完成情况分析",
        "四、下一步改进措施",
        "部门整体支出得分表",
    ):
        assert heading in re.sub(r"\s", "", shown)


def test_the_command_line_lists_the_marks(tmp_path: Any, capsys: Any) -> None:
    """After a report is written, what is still to be written in it is listed."""
    from perfeval.command.inputs import example
    from perfeval.command.main import main

    with pytest.raises(SystemExit) as ended:
        main(["evaluate", str(example("chuzuwu-2021")), "-o", str(tmp_path / "报告.docx"), "--layout", "bold"])
    assert ended.value.code == 0
    assert (tmp_path / "报告.docx").exists()
    shown = capsys.readouterr().out
    assert shown.rstrip().splitlines()[-1] == "  待填写1处：成文日期"
