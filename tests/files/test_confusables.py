"""形似: what only looks like a space or a bracket is named, with line, column and what to type."""

from __future__ import annotations

import pytest

import perfeval as pe
from perfeval.documents.yaml import read

HEAD = "perfeval: category/1\nkey: market\ntitle: 市场\n"


@pytest.mark.parametrize(
    ("text", "line", "column", "says"),
    [
        ("perfeval: category/1\nkey:\tmarket\ntitle: 市场\n", 2, 5, "“key: market”"),
        ("perfeval: category/1\nkey: \tmarket\ntitle: 市场\n", 2, 6, "制表符（Tab）"),
        ("perfeval: category/1\nkey:\t\ntitle: 市场\n", 2, 5, "制表符（Tab）"),
        ("perfeval: category/1\nkey:\u3000market\ntitle: 市场\n", 2, 5, "全角空格"),
        ("perfeval: category/1\nkey:\xa0market\ntitle: 市场\n", 2, 5, "不换行空格"),
        (HEAD + "data: {检查:\u3000次}\n", 4, 8, "全角空格"),
        (HEAD + "data:\n\u3000检查: 次\n", 5, 1, "全角空格"),
        (HEAD + "data:\n\xa0\xa0检查: 次\n", 5, 1, "不换行空格"),
        (HEAD + "data:\n  检查: 次\n \u3000快检: 批次\n", 6, 2, "全角空格"),
        (HEAD + "agreements:\n\u3000- 检查 ≥ 1次\n", 5, 1, "全角空格"),
        (HEAD + "data: ｛检查: 次｝\n", 4, 7, "改成半角“{”"),
        (HEAD + "agreements: ［检查 ≥ 1次］\n", 4, 13, "改成半角“[”"),
        (HEAD + "data: {检查: 次｝\n", 4, 13, "改成半角“}”"),
        (HEAD + "note: 甲\t乙\n", 4, 8, "改成空格"),
        (HEAD + "data: {检\u200b查: 次}\n", 4, 8, "U+200B"),
        (HEAD + "data:\n  检查\u200b: 次\n", 5, 3, "U+200B"),
    ],
)
def test_what_looks_like_another_is_named(text: str, line: int, column: int, says: str) -> None:
    """One message, at the very character, with what to type instead, and printable on a GBK console."""
    with pytest.raises(pe.InputError) as caught:
        pe.read_category(text.encode())
    (only,) = caught.value.problems
    assert only.place is not None
    assert (only.place.line, only.place.column) == (line, column)
    assert says in str(only)
    str(only).encode("gbk")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("说明: \u3000\u3000为了群众\n", "\u3000\u3000为了群众"),
        ("说明: |\n  \u3000\u3000为了群众\n  \u3000\u3000办事\n", "\u3000\u3000为了群众\n\u3000\u3000办事\n"),
        ("说明: ［2021］10号\n", "［2021］10号"),
        ("说明: 120\xa0家次\n", "120\xa0家次"),
        ("说明: 办理\u3000五件\n", "办理\u3000五件"),
        ("说明: “｛甲｝”和乙\n", "“｛甲｝”和乙"),
    ],
)
def test_in_a_text_they_are_what_they_are(text: str, value: str) -> None:
    """A paragraph's own indentation, a document's number, a space inside a figure stay as written."""
    (document,) = read(text)
    assert document["说明"] == value
