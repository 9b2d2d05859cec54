"""命令行补全: what Tab offers, as the shells ask for it."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from perfeval.command import completing
from perfeval.plugins.entry_points import Entry

if TYPE_CHECKING:
    from pathlib import Path


def offered(line: str) -> list[str]:
    """What bash is given for *line*, whose last word is being typed."""
    asked = {"COMP_WORDS": line, "COMP_CWORD": str(line.count(" ")), "_PERFEVAL_COMPLETE": "bash_complete"}
    made = subprocess.run(
        [sys.executable, "-m", "perfeval"],
        env=os.environ | asked | {"PYTHONUTF8": "1"},
        capture_output=True,
        check=True,
    )
    return made.stdout.decode().split()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("perfeval explain points-s", ["plain,points-sum"]),
        ("perfeval explain 正", ["plain,正向"]),
        ("perfeval evaluate --select points-sum,actual-m", ["plain,points-sum,actual-missing"]),
        ("perfeval evaluate 表.xlsx --framework hub", ["plain,hubei/project"]),
        ("perfeval template hub", ["plain,hubei/project"]),
        ("perfeval template hubei/project 表.xlsx --category ep", ["plain,epidemic"]),
        ("perfeval evaluate 表", ["file,表"]),
        ("perfeval template 本单位的", ["file,本单位的"]),
    ],
)
def test_what_is_offered(line: str, expected: list[str]) -> None:
    """Codes, rules, frameworks and categories by name; the shell's own files where a file is wanted."""
    assert offered(line) == expected


def test_every_check_once() -> None:
    """What checks lists is offered to explain and to --select, and no code that is written already."""
    from perfeval.engine.checks.built_in import BUILT_IN, OF_THE_PIPELINE

    codes = {each.code for each in (*BUILT_IN, *OF_THE_PIPELINE)}
    both = (completing.explainable, completing.codes)
    first, second = ([item.value for item in offer(None, None, "")] for offer in both)  # type: ignore[arg-type]
    assert codes <= set(first)
    assert sorted(second) == sorted(codes)
    assert "points-sum,points-sum" not in {
        item.value
        for item in completing.codes(None, None, "points-sum,")  # type: ignore[arg-type]
    }


def test_tab_runs_no_plugin(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A category that is code is offered by its key; to list its frameworks it would have to run, so they are not."""
    (tmp_path / "loud").mkdir()
    (tmp_path / "loud" / "__init__.py").write_text("raise SystemExit('ran')", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    found = (Entry("loud", "loud.deep", "loud", "1"), Entry("coded", "loud:category", "loud", "1"))
    monkeypatch.setattr("perfeval.plugins.entry_points.entries", lambda: found)
    assert [item.value for item in completing.keys(None, None, "")] == ["loud", "coded"]  # type: ignore[arg-type]
    assert [item.type for item in completing.frameworks(None, None, "")] == ["file"]  # type: ignore[arg-type]
    assert "loud" not in sys.modules
