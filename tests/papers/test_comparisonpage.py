"""比较网页: one offline file; hostile labels stay words; the picture says what the table says."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from browser import Chromium

import perfeval as pe
from perfeval.analysis.comparison import compare
from perfeval.papers.analysis import comparison
from perfeval.papers.analysis.comparison import to_html

if TYPE_CHECKING:
    from pathlib import Path

    from perfeval.analysis.comparison import Comparison

HOSTILE = "<script>alert(1)</script>\"'&<b>街"


def judged(office: str, year: int, actual: str, target: str = "≥100次") -> pe.Evaluation:
    """One evaluation of an invented office."""
    framework = pe.Framework("示例", [pe.Indicator("巡查", 100, target)], grades=[("优", 90), ("差", 0)])
    return pe.evaluate(pe.Case(office, year, framework, rows=[pe.Row("巡查", actual=actual)]))


@pytest.fixture(name="three")
def _three() -> Comparison:
    """Two that share the first place and a hostile third."""
    return compare(
        [judged("甲街", 2021, "95次"), judged("乙街", 2021, "95次"), judged(HOSTILE, 2021, "60次", "≥120次")]
    )


def test_ranks_changes_and_pictures(three: Comparison) -> None:
    """95, 95 and 50 of 100: bars of 95 and 50 per cent of the width, ranks 1, 1, 3, a loss of 45."""
    page = to_html(three).decode()
    assert [int(n) for n in re.findall(r'class="full" x="0" y="\d+" width="(\d+)"', page)][1:4] == [
        779,
        779,
        410,
    ]  # of 820, after the legend
    assert page.count("第1名") >= 2
    assert "第3名" in page
    assert ">-45分<" in page
    assert "示例（同名，内容不同）" in page


def test_names_stay_words(three: Comparison) -> None:
    """No label becomes markup, and nothing comes from outside."""
    page = to_html(three).decode()
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert not re.search(r"(?:src|href)=\"(?!#)", page)
    assert "default-src 'none'" in page


def test_the_same_bytes(three: Comparison) -> None:
    """The same comparison is the same page."""
    assert to_html(three) == to_html(three)


def test_nothing_decided_has_no_picture() -> None:
    """Where no total is known there is nothing to draw, and the table says 未定."""
    page = to_html(compare([judged("甲街", 2021, ""), judged("乙街", 2021, "")])).decode()
    assert "<svg" not in page
    assert "未定" in page


def test_another_ending_is_refused(three: Comparison, tmp_path: Path) -> None:
    """.html and .json are written, .xlsx is refused, and an existing file is left alone."""
    assert json.loads(comparison.write(three, tmp_path / "a.json").read_bytes())["perfeval"] == "comparison/1"
    with pytest.raises(pe.OutputError, match=r"\.xlsx"):
        comparison.write(three, tmp_path / "a.xlsx")
    with pytest.raises(pe.OutputError, match="已存在"):
        comparison.write(three, tmp_path / "a.json")


def test_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """compare -o writes the page beside what it prints."""
    from perfeval.command.main import main

    paths = [
        str(pe.write(judged("甲街", year, f"{year - 1930}次").case, tmp_path / f"{year}.yaml")) for year in (2021, 2022)
    ]
    with pytest.raises(SystemExit) as ended:
        main(["compare", *paths, "-o", str(tmp_path / "out.html")])
    assert ended.value.code == 0
    assert "已写出" in capsys.readouterr().out
    assert "2021 → 2022" in (tmp_path / "out.html").read_text("utf-8")


@pytest.mark.needs("chromium")
def test_chromium_opens_it_quietly(three: Comparison, tmp_path: Path) -> None:
    """No message, no request but the file, dark when wished, no sideways scrolling on a telephone, links by keyboard."""
    path = comparison.write(three, tmp_path / "page.html")
    with Chromium(tmp_path / "profile") as browser:
        browser.open(path, wide=390)
        assert browser.ask("document.scripts.length") == 0
        assert browser.ask("document.documentElement.scrollWidth") <= 390
        browser.press("Tab")
        assert browser.ask("document.activeElement.getAttribute('href')") == "#ranking"
        light = browser.ask("getComputedStyle(document.body).backgroundColor")
        browser.media(scheme="dark")
        assert browser.ask("getComputedStyle(document.body).backgroundColor") != light
        assert browser.messages == []
        assert browser.requests == [path.as_uri()]
