"""字段: what a program may put into a record, and what is refused in words before anything is evaluated."""

from __future__ import annotations

import pytest

import perfeval as pe
from perfeval.errors import InputError


@pytest.mark.parametrize("year", ["2021", 2021.0, 21, 20211, True, 1948, 2100])
@pytest.mark.parametrize("make", [lambda year: pe.Case("示例", year), lambda year: pe.Framework("示例", year=year)])
def test_a_year_is_a_whole_number_of_four_digits(make: object, year: object) -> None:
    """Anything else is refused where it is given, saying the range, not when a date is worked out from it."""
    with pytest.raises(InputError, match="1949到2099") as caught:
        make(year)  # type: ignore[operator]
    assert caught.value.code == "not-a-year"


def test_a_year_of_a_file_is_refused_at_its_place() -> None:
    """In YAML and JSON alike the year's own line and column are named."""
    for text in (
        "perfeval: case/1\noffice: 示例\nyear: 21\n",
        '{"perfeval": "case/1",\n"office": "示例",\n"year": 21}',
    ):
        with pytest.raises(InputError) as caught:
            pe.read(text.encode())
        assert [each.code for each in caught.value.problems] == ["not-a-year"]
        assert caught.value.problems[0].place is not None
        assert caught.value.problems[0].place.line == 3


def test_years_that_are_years() -> None:
    """Both ends of the range, and none at all, are taken."""
    assert [pe.Case("示例", year).year for year in (1949, 2099, None)] == [1949, 2099, None]


def test_a_lone_value_is_one_value() -> None:
    """An item of one number needs no list; a float is refused as everywhere, saying what to write."""
    (figure,) = pe.Item("检查", 3).figures
    assert figure.quantity == pe.Quantity(3)
    assert pe.Item("检查", pe.Quantity(3, "次")).figures[0].text == "3次"
    with pytest.raises(InputError, match="请写成文字") as caught:
        pe.Item("检查", 2.5)
    assert caught.value.code == "float-refused"


@pytest.mark.parametrize("char", ["\x00", "\x01", "\x0b", "\x7f", "\x9f", "\ud800", "\ufdd0", "\ufffe", "\U0001ffff"])
def test_a_text_that_no_paper_can_hold_is_refused_at_every_door(char: str) -> None:
    """Controls, halves of a pair and what is no character are named; nothing of them reaches a paper."""
    text = f"甲{char}乙"
    for make in (
        lambda: pe.Case(text),
        lambda: pe.Case(goals=[text]),
        lambda: pe.Row(f"产出/{text}"),
        lambda: pe.Row("产出", note=text),
        lambda: pe.Row("产出", actual=text),
        lambda: pe.Framework(text),
        lambda: pe.figure(text),
    ):
        with pytest.raises(pe.PerfevalError) as caught:
            make()
        assert f"U+{ord(char):04X}" in str(caught.value)


@pytest.mark.parametrize("text", ["甲\ue000乙", "一\n二\t三", "𠮷\U000f0000", "👍"])
def test_characters_of_private_use_come_back(text: str) -> None:
    """Offices make characters of their own for rare names: they are read back as they were written."""
    case = pe.Case(text, rows=(pe.Row("产出", note=text),))
    assert pe.read(pe.dump(case, "yaml")) == case
    assert pe.read(pe.dump(case, "json")) == case


@pytest.mark.parametrize(
    ("head", "line", "count"),
    [
        ("rows:\n", "- {of: 产出/甲}\n", 10_001),
        ("projects:\n", "- {name: 甲}\n", 2_001),
        ("framework:\n  name: 示例\n  parts:\n", "  - {name: 甲}\n", 3_001),
        ("budget:\n  资金来源:\n", "  - {name: 甲}\n", 1_001),
        ("", "---\nperfeval: case/1\n", 2_001),
    ],
)
def test_lists_that_no_office_writes_are_refused(head: str, line: str, count: int) -> None:
    """More rows, projects, parts, sources or documents than a year can have are refused with their number."""
    with pytest.raises(pe.InputError) as caught:
        pe.read(f"perfeval: case/1\n{head}{line * count}".encode())
    assert caught.value.code == "list-too-long"
    assert str(count)[:3] in str(caught.value)
