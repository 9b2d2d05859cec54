"""A cell is a plain text to whoever wants the words, and knows its place to whoever asks."""

from __future__ import annotations

import pickle

from perfeval.documents.cells import Cell, Fields, cell, place_of
from perfeval.errors import Place


def test_a_cell_is_its_text() -> None:
    """Equality and hash are those of the text; the place is beside it."""
    made = cell("总分", "案例.yaml", 3, 5)
    assert made == "总分"
    assert hash(made) == hash("总分")
    assert made.place == Place(source="案例.yaml", line=3, column=5)
    assert isinstance(made, Cell)


def test_a_cell_pickles_with_its_place() -> None:
    """A case may be sent to another process, places and all."""
    made = pickle.loads(pickle.dumps(cell("总分", "表.xlsx", address="附件1!C5")))
    assert made == "总分"
    assert made.place == Place(source="表.xlsx", cell="附件1!C5")


def test_place_of_takes_the_first_that_knows() -> None:
    """Plain texts have none."""
    assert place_of("a", None, Fields("x", 1, 2)) == Place(source="x", line=1, column=2)
    assert place_of("a") is None
