"""Encodings: UTF-8 is read, everything else is named with what to do."""

from __future__ import annotations

import pytest

from perfeval.documents.limits import Limits
from perfeval.documents.text import decode
from perfeval.errors import InputError


def test_utf8_with_and_without_mark() -> None:
    """The mark that Windows' Notepad writes is passed over, and its line ends too."""
    assert decode(b"\xef\xbb\xbfa: 1\r\nb: 2\r", "x", Limits()) == "a: 1\nb: 2\n"


@pytest.mark.parametrize(
    ("data", "code", "line", "column"),
    [
        ("office: 白云\nyear: 2021".encode("gbk"), "encoding-gbk", 1, 9),
        (b"a: 1\n" + "甲".encode("gbk"), "encoding-gbk", 2, 1),
        ("a: 甲".encode("utf-16"), "encoding-wide", 1, 1),
        (b"a: \xff\xff\xff", "encoding-unknown", 1, 4),
    ],
)
def test_other_encodings(data: bytes, code: str, line: int, column: int) -> None:
    """GBK, UTF-16 and broken bytes are told apart, at the first byte that is not UTF-8."""
    with pytest.raises(InputError) as caught:
        decode(data, "案例.yaml", Limits())
    place = caught.value.place
    assert place is not None
    assert (caught.value.code, place.line, place.column) == (code, line, column)
    assert "UTF-8" in str(caught.value)


def test_size_is_bounded() -> None:
    """A source larger than the limit is refused before it is decoded."""
    with pytest.raises(InputError, match="超过上限3字节"):
        decode(b"abcd", "x", Limits(size=3))
