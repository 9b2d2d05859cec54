"""YAML as clerks write it: texts with places, and each slip explained where it stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from yaml import Loader

import perfeval
from perfeval.documents import yaml
from perfeval.documents.cells import Cell, Cells, Fields
from perfeval.documents.limits import Limits
from perfeval.errors import InputError, PerfevalError, Place

SHIPPED = sorted((Path(perfeval.__file__).parent / "categories").rglob("*.yaml"))


def refused(text: str, limits: Limits | None = None) -> InputError:
    """The error for *text*."""
    with pytest.raises(InputError) as caught:
        yaml.read(text, "案例.yaml", limits or Limits())
    return caught.value


def test_scalars_stay_text() -> None:
    """Nothing is resolved: numbers, dates, yes and null are the words that were written."""
    (document,) = yaml.read("a: 1.50\nb: 2021-01-01\nc: yes\nd: null\ne: 0x10\nf:\ng: ''\n")
    assert document == {"a": "1.50", "b": "2021-01-01", "c": "yes", "d": "null", "e": "0x10", "f": None, "g": ""}


def test_every_cell_knows_its_place() -> None:
    """Keys and values give file, line and column, mappings and lists where they begin."""
    (document,) = yaml.read("# 说明\nrows:\n- {of: 总分, points: 100}\n", "案例.yaml")
    assert isinstance(document, Fields)
    rows = document["rows"]
    assert isinstance(rows, Cells)
    assert isinstance(rows[0]["points"], Cell)
    assert rows[0]["points"].place == Place(source="案例.yaml", line=3, column=20)
    assert next(iter(document)).place == Place(source="案例.yaml", line=2, column=1)
    assert rows.place == Place(source="案例.yaml", line=3, column=1)
    assert rows[0].place == Place(source="案例.yaml", line=3, column=3)


def test_several_documents() -> None:
    """One file may hold a framework, a category and a case."""
    assert yaml.read("a: 1\n---\nb: 2\n---\nc: 3\n") == [{"a": "1"}, {"b": "2"}, {"c": "3"}]


@pytest.mark.parametrize(
    ("text", "code", "line", "column", "write"),
    [
        ("office: 某街道\nyear：2021\n", "yaml-wide-colon", 2, 5, "year: ……"),
        ("rows:\n- {of: 总分, 分值：10}\n", "yaml-wide-colon", 2, 12, "分值: ……"),
        ("year：2021\noffice: 某街道\n", "yaml-wide-colon", 1, 5, "year: ……"),
        ("office: 某街道\n  year：2021\n", "yaml-wide-colon", 2, 7, "year: ……"),
        ("holds: {成立:是}\n", "yaml-colon-space", 1, 9, "成立: 是"),
        ("a: 1\n成立:是\nb: 2\n", "yaml-colon-space", 2, 3, "成立: 是"),
        ("rows:\n\t- of: 总分\n", "yaml-tab", 2, 1, "空格"),
        ("budget: {全年预算数: 16,898.11 万元}\n", "yaml-thousands", 1, 20, "16898.11 万元"),
        ("各月执行数: [16,898.11, 3]\n", "yaml-thousands", 1, 12, "16898.11"),
        ("target: >=95%\n", "yaml-greater", 1, 9, "'>=95%'"),
        ("target: > 95 %\nname: 甲\n", "yaml-greater", 1, 9, "'> 95 %'"),
        ("target: >5\nname: 甲\n", "yaml-greater", 1, 9, "'>5'"),
        ("rows: [{target: >=95%}]\n", "yaml-greater", 1, 17, "'>=95%'"),
        ("actual: *\n", "yaml-alias", 1, 9, "引号"),
        ("a: &x 1\nb: *x\n", "yaml-alias", 1, 4, "引号"),
        ("a: !!python/object 1\n", "yaml-tag", 1, 4, "引号"),
        ("a: 1\nb: 2\na: 3\n", "key-repeated", 3, 1, "第1行第1列"),
        ("office: “某街道”\n", "yaml-curly-quotes", 1, 9, '"某街道"'),
        ("name: '甲\nb: 2\n", "yaml-quote", 1, 7, "引号"),
        ("rows: [1, 2\nb: 3\n", "yaml-bracket", 1, 7, "括号"),
        ("rows: [{of: 甲，points: 3}]\n", "yaml-wide-comma", 1, 14, "半角逗号"),
        ("rows:\n－ of: 总分\n", "yaml-list-dash", 2, 1, "半角“-”"),
        ("rows:\n- {of: 总分}\n— {of: 甲, points: 3}\n", "yaml-list-dash", 3, 1, "半角“-”"),
        ("rows:\n-of: 总分\n", "yaml-list-dash", 2, 1, "加一个空格"),
        ("rows:\n-{of: 总分}\n", "yaml-list-dash", 2, 1, "加一个空格"),
        ("problems:\n- 甲\n－ 乙\n", "yaml-list-dash", 3, 1, "半角“-”"),
        ("actual: -\n", "yaml-dash", 1, 9, "'-'"),
        ("note: 一: 二\n", "yaml-colon-inside", 1, 8, "引号"),
        ("rate: %5\n", "yaml-start", 1, 7, "引号"),
        ("rows:\n  - 1\n a: 2\n", "yaml-indent", 3, 2, "左对齐"),
        ('a: "x\\q"\n', "yaml-escape", 1, 6, "单引号"),
        ("{a: 1, b}\n", "yaml-no-value", 1, 8, "引号"),
        ("rows: [{of: 甲, actual:}]\n", "yaml-colon-space", 1, 16, "actual: "),
        ("{a: 1, 实际完成值: , b:}\n", "yaml-colon-space", 1, 17, "b: "),
        ("[1, 2]: 3\n", "key-not-text", 1, 1, "名称"),
        ("a: \x01\n", "yaml-character", 1, 4, "U+0001"),
        ("a: 1\ufeff\nb: \x07", "yaml-character", 1, 5, "U+FEFF"),
        ('a: "\\0"\n', "text-hidden", 1, 4, "U+0000"),
    ],
)  # fmt: skip
def test_slips_are_explained(text: str, code: str, line: int, column: int, write: str) -> None:
    """Each usual slip has its own code, the line and column where it stands, and what to write instead."""
    error = refused(text)
    assert (error.code, error.place) == (code, error.place)
    assert error.place is not None
    assert (error.place.source, error.place.line, error.place.column) == ("案例.yaml", line, column)
    assert write in str(error)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: "/".join(path.parts[-3:]))
def test_without_libyaml_the_same_is_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where PyYAML came without libyaml, every file of the library reads the same, places included."""
    text = path.read_text(encoding="utf-8")
    with_it = yaml.read(text, "x")
    monkeypatch.setattr(yaml, "_LOADER", Loader)
    assert told(yaml.read(text, "x")) == told(with_it)


def told(value: Any) -> Any:
    """A value with the places of everything in it."""
    match value:
        case Fields():
            return value.place, [(told(key), told(each)) for key, each in value.items()]
        case Cells():
            return value.place, [told(each) for each in value]
        case Cell():
            return str(value), value.place
        case list():
            return [told(each) for each in value]
        case _:
            return value


def test_breaks_that_no_editor_shows_are_spaces() -> None:
    """What Word puts for a soft line end stays in its line, and the lines below keep their numbers."""
    (document,) = yaml.read("a: 甲\u2028乙\x85丙\nb: 1\n", "x")
    assert document == {"a": "甲 乙 丙", "b": "1"}
    assert document["b"].place == Place(source="x", line=2, column=4)


def test_tabs_inside_a_running_text_are_told() -> None:
    """A Tab at the head of a continued line is no indentation to anybody else's program."""
    error = refused("note: 甲\n\t乙\n")
    assert (error.code, error.place and error.place.line) == ("yaml-tab", 2)


def test_curly_quotes_inside_a_text_are_text() -> None:
    """Only a text that stands wholly in curly quotes is taken for a slip."""
    assert yaml.read("text: 落实“1110”措施\n") == [{"text": "落实“1110”措施"}]


def test_thousands_in_a_block_are_one_number() -> None:
    """Outside brackets a separator cuts nothing; within them digits that a space parts are two numbers."""
    assert yaml.read("a: 16,898.11 万元\nb: [16, 898]\n") == [{"a": "16,898.11 万元", "b": ["16", "898"]}]


def test_bombs_are_refused_at_once() -> None:
    """A file whose aliases would expand to millions is refused at its first anchor."""
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)}, *{chr(97 + i)}]\n" for i in range(20)
    )
    assert refused(bomb).code == "yaml-alias"


@pytest.mark.parametrize(
    "text",
    ["[" * 20_000, "{a: " * 5000, "".join(" " * n + "a:\n" for n in range(500)), "- " * 3000 + "x", "? " * 3000],
)
def test_deep_nesting_is_refused(text: str) -> None:
    """Nesting without end is refused by the limit, or by the slip that comes first, never by recursion."""
    assert refused(text).code in {"input-too-deep", "key-not-text", "yaml-bracket", "yaml-indent", "yaml-no-value"}


def test_limits_can_be_set() -> None:
    """Depth, cells and characters of one text are bounded by what the caller says."""
    assert refused("a: {b: {c: 1}}\n", Limits(depth=2)).code == "input-too-deep"
    assert refused("a: [1, 2, 3]\n", Limits(cells=3)).code == "input-too-many"
    assert refused("a: 一二三四\n", Limits(text=3)).code == "text-too-long"
    assert yaml.read("a: {b: {c: 1}}\n", "", Limits(depth=3, cells=4, text=3)) == [{"a": {"b": {"c": "1"}}}]


PIECES = st.sampled_from(
    ["a", "甲", "：", ":", ": ", " ", "\n", "\n  ", "- ", "-", "{", "}", "[", "]", ",", "，", '"', "'", "“", "”", ">", ">=",
     "|", "|\n", "#", " #", "&", "*", "!", "%", "@", "`", "?", "? ", "\t", "16,898.11", "95%", "---\n", "...\n", "\\", "~",
     "<<", "=", "\ufeff", "\x85", "\u2028", "\x00", "%YAML 1.9\n", "\\u12", '"\\U00999999"'],
)  # fmt: skip


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=25).map("".join))
def test_any_text_reads_or_raises_our_own_error(text: str) -> None:
    """Whatever is thrown at the reader, it returns documents or raises an error with a code and a place."""
    try:
        yaml.read(text, "x")
    except PerfevalError as error:
        complete = bool(error.code) and error.place is not None
    else:
        complete = True
    assert complete
