"""An evaluation in a notebook's cell: its score tables and findings, which leave the rest of the notebook alone."""

from __future__ import annotations

from typing import Any

import pytest
from test_page import Parsed

from conftest import HOSTILE


def cell(evaluation: Any) -> Parsed:
    """The cell as a browser's parser meets it."""
    return Parsed(evaluation._repr_html_().encode())


@pytest.mark.parametrize("name", ["yongping", "project", "hostile"])
def test_it_lists_every_row_and_finding(name: str, request: pytest.FixtureRequest) -> None:
    """Every indicator of the tree and every finding's sentence stands in the cell."""
    evaluation = request.getfixturevalue(name)
    text = cell(evaluation).all_text
    tops = [part for each in (evaluation, *evaluation.projects) for part in each.score.of.parts]
    rows = [node for top in tops for node in top.walk()]
    assert all("".join(node.name.split()) in "".join(text.split()) for node in rows)
    assert all("".join(finding.sentence().split()) in "".join(text.split()) for finding in evaluation.findings)


@pytest.mark.parametrize("name", ["yongping", "project", "hostile"])
def test_it_fits_into_a_document_of_others(name: str, request: pytest.FixtureRequest) -> None:
    """Well formed; nothing that a document has once, that runs, has a key or comes from outside."""
    read = cell(request.getfixturevalue(name))
    assert read.open == []
    assert {tag for tag, _ in read.elements} <= {"table", "caption", "thead", "tbody", "tr", "th", "td"}
    names = {each for _, attributes in read.elements for each in attributes}
    assert names <= {"style"}


def test_hostile_words_stay_words(hostile: Any) -> None:
    """Names and reasons that try to be markup are read as they were written."""
    read = cell(hostile)
    assert " ".join(HOSTILE.split()) in read.all_text
    assert "script" not in {tag for tag, _ in read.elements}
