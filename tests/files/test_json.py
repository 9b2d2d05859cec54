"""JSON: the same cells as YAML, numbers as written, each slip at its line and column."""

from __future__ import annotations

import json as standard

import pytest
from hypothesis import given, settings, strategies as st

from perfeval.documents import json, yaml
from perfeval.documents.limits import Limits
from perfeval.errors import InputError, PerfevalError, Place


def test_numbers_as_written() -> None:
    """The digits survive, also those that a float would lose; null is nothing, true is a word."""
    text = '{"a": 1.50, "b": 12345678901234567890.10, "c": null, "d": true, "e": "甲\\n乙"}'
    assert json.read(text) == [{"a": "1.50", "b": "12345678901234567890.10", "c": None, "d": "true", "e": "甲\n乙"}]


def test_places() -> None:
    """Every value knows its line and column."""
    (document,) = json.read('{\n  "rows": [{"of": "总分"}]\n}', "案例.json")
    assert document["rows"][0]["of"].place == Place(source="案例.json", line=2, column=19)
    assert document["rows"].place == Place(source="案例.json", line=2, column=11)


def test_json_lines() -> None:
    """Several values may follow one another."""
    assert json.read('{"a": 1}\n{"a": 2}\n') == [{"a": "1"}, {"a": "2"}]


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ('{"a": 1,\n "a": 2}', "key-repeated", 2, 2),
        ('{"a": NaN}', "json-nan", 1, 7),
        ('{"a": -Infinity}', "json-nan", 1, 7),
        ('{"a": 16,898.11}', "json-key", 1, 10),
        ('{"a": 16898.11 万元}', "json-comma", 1, 16),
        ('{"a": 12万元}', "json-number", 1, 7),
        ('{"a": 012}', "json-number", 1, 7),
        ("{'a': 1}", "json-key", 1, 2),
        ('{"a": 1,}', "json-key", 1, 9),
        ('{"a": 是}', "json-bare", 1, 7),
        ('{"a"： 1}', "json-colon", 1, 5),
        ('{"a": [1, 2', "json-end", 1, 12),
        ('{"a": "b}', "json-quote", 1, 7),
        ('{"a": "b\nc"}', "json-string", 1, 9),
        ('{"a": "\\ud800"}', "text-hidden", 1, 7),
        ('{"a": ' + "9" * 101 + "}", "number-too-long", 1, 7),
        ("[" * 100_000, "input-too-deep", 1, 33),
    ],
)
def test_slips(text: str, code: str, line: int, column: int) -> None:
    """Each slip has its code and stands where it is."""
    with pytest.raises(InputError) as caught:
        json.read(text, "x")
    place = caught.value.place
    assert place is not None
    assert (caught.value.code, place.line, place.column) == (code, line, column)


def test_limits() -> None:
    """Cells and text are bounded."""
    with pytest.raises(InputError, match=r"超过2个单元"):
        json.read("[1, 2, 3]", "x", Limits(cells=2))
    with pytest.raises(InputError, match=r"超过3个字"):
        json.read('["一二三四"]', "x", Limits(text=3))


VALUES = st.recursive(
    st.none() | st.text(alphabet='甲a\n"\\ /:{}“', max_size=5) | st.integers(-(10**12), 10**12),
    lambda below: (
        st.lists(below, max_size=3) | st.dictionaries(st.text(alphabet="abc甲", max_size=2), below, max_size=3)
    ),
    max_leaves=8,
)


def as_text(value: object) -> object:
    """Numbers as the texts that the reader gives."""
    match value:
        case dict():
            return {key: as_text(each) for key, each in value.items()}
        case list():
            return [as_text(each) for each in value]
        case int():
            return str(value)
        case _:
            return value


@given(VALUES, st.sampled_from([None, 1, 2]))
def test_reads_what_the_standard_library_writes(value: object, indent: int | None) -> None:
    """Whatever json.dumps writes is read back, numbers as text."""
    assert json.read(standard.dumps(value, ensure_ascii=indent == 1, indent=indent)) == [as_text(value)]


@given(
    st.dictionaries(
        st.text(alphabet="abc甲", min_size=1, max_size=3), st.text(alphabet="ab甲1 ", max_size=4), max_size=4
    )
)
def test_json_is_read_alike_as_yaml(value: dict[str, str]) -> None:
    """JSON with quoted texts is YAML too: both readers give equal cells."""
    text = standard.dumps(value, ensure_ascii=False)
    assert json.read(text) == yaml.read(text)


@settings(max_examples=200)
@given(st.text(alphabet='{}[]",:0129.eE-+truefalsnN \n\\u甲', max_size=20))
def test_any_text_reads_or_raises_our_own_error(text: str) -> None:
    """Whatever is thrown at it, the reader returns or raises an error with code and place."""
    try:
        json.read(text, "x")
    except PerfevalError as error:
        complete = bool(error.code) and error.place is not None
    else:
        complete = True
    assert complete
