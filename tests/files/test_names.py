"""Names of files that the system could not decode are read all the same, and their files are found."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import making
import pytest
from hypothesis import given, strategies as st

from perfeval.documents.text import on_disk, readable

if TYPE_CHECKING:
    from pathlib import Path


def kept(name: str, encoding: str) -> str:
    """*name* in bytes of *encoding*, as a system in UTF-8 (or in ASCII) hands it out."""
    data = name.encode(encoding)
    return data.decode("ascii" if encoding == "utf-8" else "utf-8", "surrogateescape")


def test_gbk_and_utf_8() -> None:
    """As unpacked from an archive of Windows, and as met where the locale is C."""
    for encoding in ("gb18030", "utf-8"):
        assert readable(kept("各单位/附件1.xlsx", encoding)) == "各单位/附件1.xlsx"
    assert readable("附件1.xlsx") == "附件1.xlsx"
    assert readable("a\udcffb") == "a?b"


@given(st.text())
def test_any_name_can_be_written(name: str) -> None:
    """What comes out has no byte left undecoded, whatever bytes there were."""
    readable(name.encode("utf-8", "ignore").decode("ascii", "surrogateescape")).encode("utf-8")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems decode all names")
def test_such_a_file_is_evaluated_marked_and_named(tmp_path: Path) -> None:
    """On the command line, alone and in a folder: the copy is of that file, and the name is Chinese everywhere."""
    home = tmp_path / os.fsdecode("单位".encode("gb18030"))
    home.mkdir()
    path = home / os.fsdecode("附件1.xlsx".encode("gb18030"))
    path.write_bytes(making.national())
    assert on_disk(readable(str(path))) == path
    command = [sys.executable, "-m", "perfeval", "evaluate"]
    out = tmp_path / "核过.xlsx"
    done = subprocess.run(
        [*command, str(path), "-o", str(out), "-o", str(tmp_path / "报告.md")],
        capture_output=True, check=False, env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "附件1.xlsx" in done.stdout.decode()
    assert "批注" in done.stdout.decode()
    assert "附件1.xlsx" in (tmp_path / "报告.md").read_text("utf-8")
    for form in ("text", "json"):
        done = subprocess.run(
            [*command, str(home), "--format", form],
            capture_output=True,
            check=False,
            env={**os.environ, "PYTHONUTF8": "1"},
        )
        assert "单位/附件1.xlsx" in done.stdout.decode()
    lost = subprocess.run(
        [*command, str(home / os.fsdecode("无.xlsx".encode("gb18030")))],
        capture_output=True, check=False, env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert "无.xlsx：没有这个文件" in lost.stderr.decode()
