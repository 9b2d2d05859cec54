"""The fast reader reads what it reads exactly as the general parser does, places included."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

import perfeval
from perfeval.documents import plain
from perfeval.documents.cells import Cell, Cells, Fields
from perfeval.documents.events import Composer
from perfeval.documents.limits import DEFAULT, Limits
from perfeval.errors import InputError

ROOT = Path(perfeval.__file__).parent
SHIPPED = sorted((ROOT / "categories").rglob("*.yaml"))


def general(text: str) -> Any:
    """What the general parser reads, or the error's code."""
    try:
        return Composer(text, "x", DEFAULT).documents()
    except InputError as error:
        return error.code


def told(value: Any) -> Any:
    """A value with the places of everything in it."""
    match value:
        case Fields():
            return (value.place, value.place.line, [(told(k), told(v)) for k, v in value.items()])
        case Cells():
            return (value.place, [told(each) for each in value])
        case Cell():
            return (str(value), value.place)
        case list():
            return [told(each) for each in value]
        case _:
            return value


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: "/".join(path.parts[-3:]))
def test_shipped_files_are_plain(path: Path) -> None:
    """Every file of the library takes the fast way and reads as the general parser has it."""
    text = path.read_text(encoding="utf-8")
    read = plain.read(text, "x", DEFAULT)
    assert read is not None
    assert told(read) == told(general(text))


LINES = st.sampled_from(
    ["a: 1", "b: 甲", "  c: 2", "  d:", "- e", "- f: 1", "  g: 2", "- {h: 1, i: [2, 3]}", "j: [1,", "  2]", "k: {l: x,", "  m: y}",
     "n: |", "  文", "  字", "o: >-", "p:", "  - q", "", "# 注", "r: s # 注", 't: "u\\n\\"v"', "w: 'x''y'", '"z": 1', "---",
     "aa: b: c", "bb:cc", "dd: - 1", "    ee: 3", "ff: [", "gg: }", "hh: '", "a: 2", "ii: {jj: }", "kk: [1,2]", "ll: {a, b}",
     "12-17岁: -5 %", "≥: 正向", "mm: [[1], {n: [ ]}, ]", "- - 1", "-", "  ", "oo: “p”", "? q", "pp: #x", "qq: a#b", "...",
     "rr: -", "ss: -1", "tt: [-, 2]", "uu: a: ", "vv :  1  ", "ww: {x: 'y', \"z\": [1 , 2] }  # 注", "xx: =", "yy: <"],
)  # fmt: skip


@settings(max_examples=400)
@given(st.lists(LINES, min_size=1, max_size=8).map("\n".join), st.booleans())
def test_what_it_reads_the_general_parser_reads_alike(text: str, ended: bool) -> None:
    """For any text that the fast reader accepts, the general parser gives the same cells in the same places."""
    text += "\n" * ended
    read = plain.read(text, "x", DEFAULT)
    if read is not None:
        assert told(read) == told(general(text))


@settings(max_examples=300)
@given(st.text(alphabet="ab:- \n{}[],'\"#|>甲：“”1%", max_size=30))
def test_any_text_is_read_alike_or_left(text: str) -> None:
    """The same for texts of single characters."""
    read = plain.read(text, "x", DEFAULT)
    if read is not None:
        assert told(read) == told(general(text))


@pytest.mark.parametrize(
    "text", ["a: &x 1\n", "a: >=95%\n", "a: 16\n\tb: 2\n", "a: 1\na: 2\n", "a: [16,898.11]\n", "a：1\n", "a: “b”\n"]
)
def test_slips_are_left_to_the_general_parser(text: str) -> None:
    """What needs an explanation is never read the fast way."""
    assert plain.read(text, "x", DEFAULT) is None


def test_limits_are_kept() -> None:
    """What exceeds a limit is left to the general parser, which says so."""
    assert plain.read("a: {b: {c: 1}}\n", "x", Limits(depth=2)) is None
    assert plain.read("a: [1, 2, 3]\n", "x", Limits(cells=3)) is None
    assert plain.read("a: 一二三四\n", "x", Limits(text=3)) is None
