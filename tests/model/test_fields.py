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
