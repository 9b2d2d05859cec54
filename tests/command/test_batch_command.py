"""成批评价 on the command line: one line each, the rest goes on, papers into folders, Ctrl-C and killed processes."""

from __future__ import annotations

import gc
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import making
import openpyxl
import pytest

from perfeval.command import batch

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
"""How an .xls of Excel 97 begins."""
RIGHT, WRONG, UNKNOWN = "四川.xlsx", "全国.xlsx", "湖北.xlsx"
"""Workbooks whose points agree, whose points do not, and one in which little can be computed."""


def wrong_total(sheet: Worksheet) -> None:
    """The stated total is one point more than its rows."""
    total = next(cell for column in sheet.iter_cols() for cell in column if cell.value == 97.5)
    total.value = 98.5


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as a bureau has it: workbooks, one below, an old one, and what is none."""
    home = tmp_path / "各单位"
    (home / "乡镇").mkdir(parents=True)
    (home / RIGHT).write_bytes(making.sichuan())
    (home / WRONG).write_bytes(making.national(wrong_total))
    (home / "乡镇" / UNKNOWN).write_bytes(making.hubei())
    (home / "旧.xls").write_bytes(OLD)
    (home / "~$全国.xlsx").write_bytes(b"x")
    (home / ".隐.xlsx").write_bytes(b"x")
    (home / "说明.txt").write_text("说明", encoding="utf-8")
    return home


def lines(out: str) -> dict[str, str]:
    """Each line by the name of its file."""
    return {Path(name).name: rest for name, rest in re.findall(r"(?m)^(.*?\.xlsx?)：(.*)$", out)}


@pytest.mark.parametrize("processes", ["1", "2"])
def test_a_folder_gives_a_line_for_each_workbook(run: Any, folder: Path, processes: str) -> None:
    """Points, grade and number of errors; the old file is named with what to do; locks and others are passed over."""
    status, out, err = run("evaluate", folder, "-j", processes)
    assert status == 2
    found = lines(out)
    assert list(found) == [UNKNOWN, WRONG, RIGHT, "旧.xls"]
    assert found[RIGHT] == "自报91.8，核算91.80，优，错误0条"
    assert found[WRONG] == "自报98.5，核算97.50，优，错误1条"
    assert found["旧.xls"] == "没有评价"
    assert "共4个文件" in out
    assert "旧.xls：这是旧版表格" in err
    assert "另存为" in err
    assert "没有评价或没有写出的" in err


def test_the_status_is_the_worst(run: Any, folder: Path) -> None:
    """0 where nothing is wrong, 1 with a 错误, 2 with a file that cannot be read."""
    assert run("evaluate", "--each", folder / RIGHT)[0] == 0
    assert run("evaluate", folder / RIGHT, folder / WRONG)[0] == 1
    assert run("evaluate", folder / RIGHT, folder / "旧.xls")[0] == 2


def test_a_run_leaves_the_caller_as_it_was(run: Any, folder: Path) -> None:
    """How often garbage is looked for is the caller's affair again once the batch is done."""
    before = gc.get_threshold()
    run("evaluate", folder)
    assert gc.get_threshold() == before


def test_several_workbooks_are_several_cases(run: Any, folder: Path) -> None:
    """Workbooks named one by one have a line each; asked for, they are one case, as a case and its sources are."""
    _, out, _ = run("evaluate", folder / RIGHT, folder / WRONG)
    assert list(lines(out)) == [RIGHT, WRONG]
    _, out, err = run("evaluate", "--together", folder / RIGHT, folder / WRONG)
    assert lines(out) == {}
    assert "不是同一个案例" in err or "总分" in out


def test_a_pattern_that_the_shell_has_left(run: Any, folder: Path) -> None:
    """As on Windows; one that fits nothing is said."""
    _, out, _ = run("evaluate", folder / "*.xlsx")
    assert list(lines(out)) == [WRONG, RIGHT]
    status, _, err = run("evaluate", folder / "无*.xlsx")
    assert status == 2
    assert "没有自评表" in err


def test_json_lines(run: Any, folder: Path) -> None:
    """One object a line, with the code of what stands in the way."""
    _, out, _ = run("evaluate", folder, "--format", "json")
    found = {Path(each["source"]).name: each for each in map(json.loads, out.splitlines())}
    assert found[RIGHT]["computed"] == "91.80"
    assert found[RIGHT]["status"] == 0
    assert found[WRONG]["findings"]["错误"] == 1
    assert [each["code"] for each in found["旧.xls"]["problems"]] == ["file-old-workbook"]
    assert found["旧.xls"]["computed"] is None


@pytest.mark.parametrize("processes", ["1", "2"])
def test_papers_go_into_a_folder_as_their_sources_lie(run: Any, folder: Path, processes: str) -> None:
    """A marked copy and a report each, below the same folders; what is there stays without --force."""
    out_ = folder / "核过"
    status, out, _ = run("evaluate", folder, "-o", f"{out_}/", "-o", f"{out_}/.md", "-j", processes)
    written = sorted(str(path.relative_to(out_)) for path in out_.rglob("*") if path.is_file())
    names = ["乡镇/湖北", "全国", "四川"]
    assert written == sorted(name + ending for name in names for ending in (".md", ".xlsx"))
    assert "写出6个文件" in out
    before = {path: path.read_bytes() for path in out_.rglob("*.md")}
    status, out, err = run("evaluate", folder, "-o", f"{out_}/.md")  # what was written is no source
    assert status == 2
    assert list(lines(out)) == [UNKNOWN, WRONG, RIGHT, "旧.xls"]
    assert err.count("文件已存在") == 3
    assert {path: path.read_bytes() for path in out_.rglob("*.md")} == before


def test_sources_of_one_name_do_not_meet(tmp_path: Path) -> None:
    """附件1.xlsx and 附件1.xlsm of one folder, and of two folders, have papers of their own."""
    paths = [tmp_path / "甲" / "附件1.xlsx", tmp_path / "甲" / "附件1.xlsm", tmp_path / "乙" / "附件1.xlsx"]
    names = [each.name.replace("\\", "/") for each in batch.tasks(paths)]
    assert names == ["甲/附件1.xlsx", "甲/附件1.xlsm", "乙/附件1"]


def test_one_file_is_no_folder(run: Any, folder: Path) -> None:
    """The name of one file for the papers of several says what to write instead; nothing is read before."""
    status, out, err = run("evaluate", folder, "-o", "报告.docx")
    assert (status, out) == (2, "")
    assert "核过/.docx" in err


def test_why_is_for_one(run: Any, folder: Path) -> None:
    """A trace of many files would be no line each."""
    status, _, err = run("evaluate", folder, "--why", "总分")
    assert status == 2
    assert "只看一个案例" in err


def test_the_office_s_own_files_are_never_written(run: Any, folder: Path) -> None:
    """Papers sent to where the sources lie leave these alone, even with --force."""
    before = (folder / WRONG).read_bytes()
    status, _, err = run("evaluate", folder / WRONG, folder / RIGHT, "-o", f"{folder}/", "--force")
    assert status == 2
    assert "不改动原表" in err
    assert (folder / WRONG).read_bytes() == before


@pytest.mark.parametrize("processes", ["1", "2"])
def test_hostile_workbooks_cost_themselves_only(run: Any, folder: Path, processes: str) -> None:
    """Entities, a bomb, half a file and one of nothing: each named, the others evaluated."""
    sheet = "xl/worksheets/sheet1.xml"
    (folder / "实体.xlsx").write_bytes(
        making.edit(making.sichuan(), {sheet: lambda xml: b'<!DOCTYPE x [<!ENTITY a "b">]>' + xml})
    )
    (folder / "炸弹.xlsx").write_bytes(making.edit(making.sichuan(), {sheet: lambda xml: xml + b" " * 60_000_000}))
    (folder / "半个.xlsx").write_bytes(making.sichuan()[:2000])
    (folder / "空.xlsx").write_bytes(b"")
    status, out, err = run("evaluate", folder, "-j", processes)
    assert status == 2
    found = lines(out)
    for name in ("实体.xlsx", "炸弹.xlsx", "半个.xlsx", "空.xlsx"):
        assert found[name] == "没有评价"
        assert f"{name}：" in err
    assert "程序出错" not in err
    assert "意外结束" not in err
    assert found[RIGHT].startswith("自报91.8")


def command(*words: str | Path) -> list[str]:
    """A command line as a process of its own."""
    return [sys.executable, "-m", "perfeval", *map(str, words)]


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Two hundred workbooks."""
    home = tmp_path / "许多"
    home.mkdir()
    data = making.sichuan()
    for n in range(200):
        (home / f"{n:03}.xlsx").write_bytes(data)
    return home


def children(parent: int) -> list[int]:
    """The processes that *parent* has started and that work for it."""
    found = []
    for each in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = each.read_text().rpartition(")")[2].split()
            words = (each.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if int(fields[1]) == parent and b"spawn_main" in words:
            found.append(int(each.parent.name))
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes as Linux lists them")
def test_a_killed_process_costs_one_file(many: Path, tmp_path: Path) -> None:
    """One file is named, every other has its line."""
    told = tmp_path / "told"
    with told.open("wb") as stream, subprocess.Popen(
        command("evaluate", many, "-j", "2"), stdout=subprocess.PIPE, stderr=stream, encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
    ) as started:  # fmt: skip
        assert started.stdout is not None
        out = started.stdout.readline()
        os.kill(children(started.pid)[0], signal.SIGKILL)
        out += started.stdout.read()
    err = told.read_text("utf-8")
    assert started.returncode == 2
    assert out.count("核算91.80") == 199
    assert out.count("没有评价\n") == 1
    assert "意外结束" in err
    assert "Traceback" not in err


@pytest.mark.skipif(os.name == "nt", reason="another way of interrupting")
@pytest.mark.parametrize("processes", ["1", "2"])
def test_an_interruption_leaves_no_half_file(many: Path, tmp_path: Path, processes: str) -> None:
    """Ctrl-C, sent to all as a terminal does: what was written is whole, nothing lies beside it, and it is said."""
    import openpyxl

    out = tmp_path / "核过"
    with subprocess.Popen(
        command("evaluate", many, "-j", processes, "-o", f"{out}/"), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, encoding="utf-8", start_new_session=True, env={**os.environ, "PYTHONUTF8": "1"},
    ) as started:  # fmt: skip
        assert started.stdout is not None
        for _ in range(5):
            started.stdout.readline()
        os.killpg(started.pid, signal.SIGINT)
        _, err = started.communicate(timeout=60)
    assert started.returncode == 130
    assert "已中止" in err
    assert re.search(r"还有\d+个没有评价", err)
    assert "Traceback" not in err
    written = list(out.iterdir())
    assert 4 <= len(written) < 200
    assert {path.suffix for path in written} == {".xlsx"}
    for path in written:
        openpyxl.load_workbook(path)


@pytest.mark.skipif(os.name == "nt", reason="needs a terminal to watch")
def test_a_bar_only_where_somebody_watches(folder: Path) -> None:
    """On a terminal standard error shows how far it is; the lines on standard output are the same as without."""
    import pty

    ours, theirs = pty.openpty()
    with subprocess.Popen(command("evaluate", folder), stdout=subprocess.PIPE, stderr=theirs) as started:
        os.close(theirs)
        shown = b""
        while True:
            try:
                block = os.read(ours, 4096)
            except OSError:  # nobody writes any more
                break
            if not block:
                break
            shown += block
        assert started.stdout is not None
        out = started.stdout.read().decode("utf-8", "replace")
    os.close(ours)
    assert "4/4" in shown.decode("utf-8", "replace")
    assert "\x1b" not in out
    piped = subprocess.run(command("evaluate", folder), capture_output=True, check=False)
    assert piped.stdout.decode("utf-8", "replace") == out
    assert b"4/4" not in piped.stderr
    one = subprocess.run(command("evaluate", folder / RIGHT), capture_output=True, check=False)
    assert one.stderr == b""


@pytest.mark.skipif(os.name == "nt", reason="needs a terminal to watch")
def test_what_takes_long_is_said_first(run: Any, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A PDF takes LibreOffice seconds: whoever watches is told; a pipe is not."""
    from perfeval.papers.docx import pdf

    monkeypatch.setattr(pdf, "to_pdf", lambda _docx: b"%PDF")
    _, _, err = run("evaluate", folder / RIGHT, "-o", folder / "甲.pdf")
    assert err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    _, _, err = run("evaluate", folder / RIGHT, "-o", folder / "乙.pdf")
    assert "乙.pdf，要几秒钟" in err


def test_a_link_that_leads_in_a_circle(run: Any, folder: Path) -> None:
    """A link to itself beside the workbooks is named as a file that cannot be read; the others are evaluated."""
    (folder / "环.xlsx").symlink_to("环.xlsx")
    status, out, err = run("evaluate", folder / "*.xlsx")
    assert status == 2
    assert {RIGHT, WRONG} <= set(lines(out))
    assert "环.xlsx" in err
    assert "Traceback" not in err


def test_every_file_of_a_folder_is_told(run: Any, folder: Path) -> None:
    """Reports and scans beside the tables are named for what they are; a table read in part says so."""
    (folder / "报告.docx").write_bytes(b"x")
    (folder / "乡镇" / "盖章.pdf").write_bytes(b"x")
    (folder / "部分.xlsx").write_bytes(making.national(shared_score))
    _, out, err = run("evaluate", folder)
    assert "报告.docx（文字文档，不是表格）" in err
    assert "盖章.pdf（版式文件" in err
    assert lines(out)["部分.xlsx"].endswith("格没有读准")
    assert "没有读准" not in lines(out)[RIGHT]


def shared_score(sheet: Worksheet) -> None:
    """The actual value of the first indicator is two numbers in one cell."""
    at = next(cell for column in sheet.iter_cols() for cell in column if cell.value == "≥160次")
    sheet.cell(at.row, at.column + 1).value = "8000亩8535.5亩"


def test_the_summary_is_a_workbook(run: Any, folder: Path) -> None:
    """汇总.xlsx has a row for every file: points as numbers, findings by severity, what was unread and why."""
    (folder / "报告.docx").write_bytes(b"x")
    out = folder / "汇总.xlsx"
    assert run("evaluate", folder, "-o", out)[0] == 2
    sheet = openpyxl.load_workbook(out).worksheets[0]
    head, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    by_name = {Path(row[0]).name: dict(zip(head, row, strict=True)) for row in rows}
    assert (by_name[RIGHT]["核算总分"], by_name[RIGHT]["错误"], by_name[RIGHT]["结果"]) == (91.8, 0, "没有错误")
    assert (by_name[WRONG]["自评总分"], by_name[WRONG]["错误"], by_name[WRONG]["结果"]) == (98.5, 1, "有错误")
    assert by_name["旧.xls"]["结果"] == "没有读"
    assert "另存为" in by_name["旧.xls"]["说明"]
    assert by_name["报告.docx"]["说明"] == "文字文档，不是表格"
    again = out.read_bytes()
    assert run("evaluate", folder, "-o", out, "--force")[0] == 2
    assert out.read_bytes() == again
