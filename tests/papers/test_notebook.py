"""The page in a notebook's cell: the same content, its style and its keys kept to itself."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any

import pytest
from browser import Chromium
from test_page import Parsed, parsed

from conftest import HOSTILE
from perfeval.papers import hypertext, notebook

if TYPE_CHECKING:
    from pathlib import Path


def cell(evaluation: Any) -> Parsed:
    """The cell as a browser's parser meets it."""
    return Parsed(evaluation._repr_html_().encode())


@pytest.mark.parametrize("name", ["yongping", "project", "hostile"])
def test_it_says_what_the_page_says(name: str, request: pytest.FixtureRequest) -> None:
    """Every word of the page's body stands in the cell, in the same order, and nothing else."""
    evaluation = request.getfixturevalue(name)
    page = parsed(evaluation).all_text
    assert page.endswith(cell(evaluation).all_text)
    assert len(cell(evaluation).all_text) > 0.9 * len(page)


@pytest.mark.parametrize("name", ["yongping", "project", "hostile"])
def test_it_fits_into_a_document_of_others(name: str, request: pytest.FixtureRequest) -> None:
    """Well formed; no element that a document has once; headings from the third level; nothing from outside."""
    read = cell(request.getfixturevalue(name))
    assert read.open == []
    tags = {tag for tag, _ in read.elements}
    assert not tags & {"html", "head", "body", "main", "header", "footer", "meta", "script", "h1", "h2"}
    assert read.headings[0] == 3
    names = {each for _, attributes in read.elements for each in attributes}
    assert not names & {"src", "srcset", "action", "style"}
    assert not any(each.startswith("on") for each in names)


def test_every_rule_of_its_style_is_its_own() -> None:
    """No rule reaches anything outside the cell: each selector begins with the cell's class, under a theme or not."""
    css = re.sub(r"@(?:media|container)[^{]*", "", notebook.style())
    selectors = [each.strip() for found in re.findall(r"([^{};]+)\{", css) for each in re.split(r",(?![^(]*\))", found)]
    assert len(selectors) > 50
    assert all(re.fullmatch(r"(?:\S+ )?\.perfeval\.perfeval\.perfeval(?:$| .*)", each) for each in selectors if each)


def test_two_cells_do_not_share_keys(yongping: Any, project: Any) -> None:
    """Links and labels of a cell point into that cell, though the notebook holds others."""
    first, second = cell(yongping), cell(project)
    assert not set(first.all("id")) & set(second.all("id"))
    for read in (first, second):
        ids = read.all("id")
        assert len(ids) == len(set(ids))
        assert all(each[1:] in ids for each in read.all("href"))
        assert all(each in ids for labels in read.all("aria-labelledby") for each in labels.split())
        assert all(each[5:-1] in ids for each in read.all("fill") if each.startswith("url"))


def test_a_cell_is_small(yongping: Any, project: Any) -> None:
    """A notebook keeps every cell in its file: the examples take under a hundred kilobytes."""
    assert all(len(each._repr_html_().encode()) < 100_000 for each in (yongping, project))


def test_too_big_a_cell_becomes_plain_tables(project: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the limit the tables stand alone, and it is said how to have the rest."""
    monkeypatch.setattr(notebook, "LIMIT", 10_000)
    text = project._repr_html_()
    assert "pe.write" in text
    assert "<details" not in text
    assert "巡查出租屋" in text


def test_without_jinja2_the_tables_are_shown(project: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A notebook is never left with an error: the tables, and what to install."""
    monkeypatch.setitem(sys.modules, "jinja2", None)
    hypertext.environment.cache_clear()
    text = project._repr_html_()
    hypertext.environment.cache_clear()
    assert "pip install perfeval[html]" in text
    assert "巡查出租屋" in text


def test_hostile_words_stay_words(hostile: Any) -> None:
    """Names and reasons that try to be markup are read as they were written."""
    read = cell(hostile)
    assert read.all_text.count(" ".join(HOSTILE.split())) >= 5
    assert "script" not in {tag for tag, _ in read.elements}


@pytest.mark.needs("chromium")
def test_a_notebook_stays_as_it_was(yongping: Any, project: Any, tmp_path: Path) -> None:
    """In a browser: the notebook's own heading and table keep their looks beside two cells, the theme is followed."""
    own = "<style>.jp td { text-align: right } .jp tbody tr:nth-child(odd) { background: #eee }</style>"
    mine = "<div class=jp><h1 id=mine>甲</h1><table><tr><td id=cell>乙</table>"
    path = tmp_path / "notebook.html"
    ask = "getComputedStyle(document.getElementById('{}')).{}"
    seen = []
    for cells in ("", yongping._repr_html_() + project._repr_html_()):
        path.write_text(f"<!DOCTYPE html><meta charset=utf-8>{own}<body data-jp-theme-light=false>{mine}{cells}</div>")
        with Chromium(tmp_path / f"profile{len(seen)}") as browser:
            browser.open(path)
            wanted = (("mine", "fontSize"), ("mine", "color"), ("cell", "textAlign"), ("cell", "borderTopWidth"))
            seen.append([browser.ask(ask.format(*each)) for each in wanted])
            if cells:
                first = "getComputedStyle(document.querySelector('.perfeval td')).textAlign"
                assert browser.ask(first) in ("left", "start", "right")
                ground = browser.ask("getComputedStyle(document.querySelector('.perfeval')).backgroundColor")
                assert max(map(int, re.findall(r"\d+", ground)[:3])) < 60  # dark, as the notebook is
                assert browser.messages == []
    assert seen[0] == seen[1]
