"""A place says where something stands: file, page, line or cell, characters; a problem keeps its own characters."""

from __future__ import annotations

import pytest

import perfeval as pe
from perfeval.results.score_table import where

PASSAGE = pe.Place(source="报告.pdf", page=3, char=5, end=9)


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("zh_Hans", "报告.pdf 第3页 第5～9个字"),
        ("zh_Hant", "报告.pdf 第3頁 第5～9個字"),
        ("en", "报告.pdf page 3 characters 5–9"),
    ],
)
def test_a_passage_is_said_by_page_and_characters(locale: str, said: str) -> None:
    """As a reader finds it, in each language; a table of findings says the same without the folder."""
    assert PASSAGE.in_locale(locale) == said
    assert where([pe.Place(source="目录/报告.pdf", page=3, char=5, end=9)], locale) == said


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (pe.Place(source="案例.yaml", line=4, column=7, char=2), "案例.yaml 第4行第7列 第2个字"),
        (pe.Place(source="报告.docx", path="二、主要成效", char=2, end=2), "报告.docx 二、主要成效 第2个字"),
        (pe.Place(page=12), "第12页"),
    ],
)
def test_what_is_not_known_is_not_said(place: pe.Place, said: str) -> None:
    """One character, no page or nothing but a page."""
    assert str(place) == said


def test_a_problem_keeps_its_own_characters() -> None:
    """Where the text stands is said later than which of its characters are meant."""
    found = pe.Problem(code="a", template="甲", place=pe.Place(char=5, end=9))
    assert found.at(pe.Place(source="报告.pdf", page=3)).place == PASSAGE
