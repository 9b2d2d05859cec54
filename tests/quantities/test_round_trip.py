"""What a formatter writes, the reader reads back: the value itself, or an interval that holds it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given, settings, strategies as st

from perfeval.quantities.dates import Day, Period
from perfeval.quantities.figure import Figure, Growth, Range, Rank
from perfeval.quantities.formatters import text
from perfeval.quantities.notation import figure
from perfeval.quantities.number_text import numeral
from perfeval.quantities.quantity import Quantity
from perfeval.quantities.unit import Unit
from perfeval.quantities.units import base_units

Q = Quantity
UNITS = base_units()
NAMES = [name for name in UNITS if UNITS.get(name).symbol == name]
COMPOUND = ["元/人", "元/人·月", "万元/亩", "分/宗", "微克/立方米", "元/平方米", "万人次", "亿元", "万平方米", "亿"]
SYMBOLS = st.sampled_from([*NAMES, *COMPOUND])
ENDING = st.builds(Fraction, st.integers(-(10**12), 10**12), st.sampled_from([10**k for k in range(7)]))
ANY = st.one_of(ENDING, st.fractions(-(10**9), 10**9, max_denominator=10**6))
STYLES: list[dict[str, Any]] = [{}, {"grouping": True}]


@settings(max_examples=200)
@given(ENDING, SYMBOLS, st.sampled_from(STYLES))
def test_nothing_rounded(number: Fraction, unit: str, how: dict[str, Any]) -> None:
    """A quantity written with all its decimals is read as the same quantity, in the same unit."""
    quantity = Q(number, unit)
    read = figure(text(quantity, **how)).quantity
    assert read == quantity
    assert read is not None
    assert read.unit.same_kind(quantity.unit)


@settings(max_examples=200)
@given(ANY, SYMBOLS, st.integers(0, 4), st.booleans())
def test_rounded(number: Fraction, unit: str, digits: int, grouping: bool) -> None:
    """A measure, amount or rate written with so many decimals is read as an interval that holds it.

    A count is exact as written, so a count is never written rounded.
    """
    quantity = Q(number, unit)
    assume(not quantity.unit.counted and not quantity.unit.bare)
    assert quantity.base in figure(text(quantity, digits=digits, grouping=grouping)).bounds


@settings(max_examples=200)
@given(ANY, st.sampled_from(["元", "万元", "亿元", "千元", "平方米", "吨", "人次", "万人次", "户", "亩"]))
def test_fitting_scale(number: Fraction, unit: str) -> None:
    """The scale that is chosen by size loses nothing but what rounding takes; counts are never rounded by it."""
    quantity = Q(number if not UNITS.get(unit).counted else Fraction(int(number)), unit)
    read = figure(text(quantity, scale="合适"))
    assert quantity.base in read.bounds


@settings(max_examples=100)
@given(ANY)
def test_money(number: Fraction) -> None:
    """Money in each scale and in 大写, which states the 分."""
    quantity = Q(number, "万元")
    for scale in ("元", "万元", "亿元", "合适"):
        assert quantity.base in figure(text(quantity, digits=2, scale=scale)).bounds
    assert quantity.base in figure(text(quantity, style="大写")).bounds


@settings(max_examples=100)
@given(ANY, st.sampled_from(["%", "百分点"]), st.sampled_from(["", "同比", "环比"]))
def test_growth(number: Fraction, unit: str, kind: str) -> None:
    """Growth keeps its kind and direction; the size is read without a sign."""
    quantity = Q(number, unit)
    direction = "增长" if number > 0 else "下降" if number < 0 else "持平"
    read = figure(text(Figure("", abs(quantity), change=Growth(kind, direction)), digits=2))
    assert read.change is not None
    assert read.change.kind == kind
    assert read.change.sign == (number > 0) - (number < 0)
    assert abs(quantity).base in read.bounds or read.change == Growth(kind, "持平")


@settings(max_examples=100)
@given(ENDING, ENDING, SYMBOLS)
def test_range(one: Fraction, other: Fraction, unit: str) -> None:
    """Both ends of a range are read in its unit."""
    low, high = sorted((Q(one, unit), Q(other, unit)))
    assume(low != high)
    assume(unit != "年" or high.base < 1000)  # 1000～1001年 are two years of the calendar
    assert figure(text(Range(low, high))).value == Range(low, high)


@given(st.integers(1, 999), st.sampled_from(["", "全区", "全市", "全省", "全国"]))
def test_rank(number: int, of: str) -> None:
    """A rank and what it is a place in."""
    assert figure(text(Rank(number, of))).value == Rank(number, of)


@given(st.integers(0, 10**9))
def test_counts_points_rates_and_numerals(number: int) -> None:
    """Counts, points, rates and numerals."""
    assert figure(text(Q(number, "批次"))).quantity == Q(number, "批次")
    assert figure(text(Q(Fraction(number, 100), "分"))).quantity == Q(Fraction(number, 100), "分")
    assert figure(text(Q(Fraction(number, 100), "%"))).quantity == Q(Fraction(number, 100), "%")
    assert figure(numeral(number) + "个").quantity == Q(number, "个")


DATES = st.dates(date(1000, 1, 1), date(9999, 12, 31))


@settings(max_examples=200)
@given(DATES, DATES, st.booleans())
def test_period(one: date, other: date, quarters: bool) -> None:
    """Days and periods, open ones too, are read as the same days."""
    start, end = min(one, other), max(one, other)
    assert figure(text(one)).value == Day(year=one.year, month=one.month, day=one.day)
    for given_ in (Period(start, end), Period(None, end), Period(start, None)):
        read = figure(text(given_, style="季度" if quarters else None)).period
        assert read is not None
        assert (read.start, read.end) == (given_.start, given_.end)


@settings(max_examples=200)
@given(st.integers(1000, 9999), st.integers(1, 12), st.integers(1, 12), st.integers(0, 2), st.booleans())
def test_months(year: int, first: int, last: int, years: int, quarters: bool) -> None:
    """Whole months, quarters and years are read as the same days."""
    first, last = min(first, last), max(first, last)
    assume(year + years <= 9999)
    whole = Period.of(Day(year=year, month=first), Day(year=year + years, month=last))
    read = figure(text(whole, style="季度" if quarters else None)).period
    assert read is not None
    assert (read.start, read.end) == (whole.start, whole.end)


@pytest.mark.parametrize(
    "written",
    [
        "近30万元", "约300人", "3000余人", "30余万元", "30万余元", "10多个", "2年多", "3个多月", "300人左右", "≥95%", "≤5天",
        "超20亿元", "达1.5亿元", "同比增长6.2%", "下降10.0%", "持平", "16898.10万元", "4.58万人次", "全区第6", "12～17岁",
        "13%～15%", "2021年底", "10月下旬", "2021年前三季度", "截至10月底", "暂无", "有效", "-5.20%",
    ],
)  # fmt: skip
def test_as_written(written: str) -> None:
    """A figure in official form is written again as it stands."""
    assert text(figure(written)) == written


@pytest.mark.parametrize(
    ("written", "official"),
    [
        ("１６，８９８.１１ 万元", "16898.11万元"), ("12-17岁", "12～17岁"), ("2021.1.1-2021.12.30", "2021年1月1日—12月30日"),
        ("2021 年 1-10 月", "2021年1—10月"), ("25万m<sup>2</sup>", "25万平方米"), ("不低于 95％", "≥95%"), ("5月3-9日", "5月3日—5月9日"),
    ],
)  # fmt: skip
def test_made_official(written: str, official: str) -> None:
    """Width, spaces, hyphens and other spellings become the official ones."""
    assert text(figure(written)) == official


def test_reading_is_the_inverse_for_figures() -> None:
    """Read, written and read again, a figure says the same."""
    for written in ("约 4.50 万人次", "超过20亿元", "近 30 万元", "1,205.00元", "≤ 5 天"):
        first = figure(written)
        again = figure(text(first))
        assert isinstance(first, Figure)
        assert (again.value, again.step, again.mark, again.sign) == (first.value, first.step, first.mark, first.sign)


def test_units_are_all_covered() -> None:
    """The units that the properties draw from are all lines of the table."""
    assert len(NAMES) > 100
    assert all(isinstance(UNITS.get(name), Unit) for name in COMPOUND)
