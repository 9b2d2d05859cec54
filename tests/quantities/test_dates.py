"""Days and periods in words."""

from __future__ import annotations

from datetime import date

import pytest
from babel.dates import format_date, format_skeleton
from hypothesis import given, strategies as st

from perfeval.locales.messages import LOCALES, babel_locale
from perfeval.locales.patterns import full_date, full_month, month_and_day
from perfeval.quantities.dates import span_text


@given(st.dates(), st.sampled_from(LOCALES))
def test_dates_are_what_babel_prints(day: date, locale: str) -> None:
    """Days, months and month-and-day are byte for byte Babel's in each locale, the default among them."""
    known = babel_locale(locale)
    assert full_date(day, locale) == format_date(day, "long", locale=known)
    assert full_month(day.year, day.month, locale) == format_skeleton("yMMMM", day, locale=known)
    assert month_and_day(day.month, day.day, locale) == format_skeleton("MMMMd", day, locale=known)


@pytest.mark.parametrize(
    ("start", "end", "chinese", "english"),
    [
        ("2021-01-01", "2021-12-31", "2021年", "2021"),
        ("2019-01-01", "2021-12-31", "2019—2021年", "2019–2021"),
        ("2021-01-01", "2021-10-31", "2021年1—10月", "January–October 2021"),
        ("2021-02-01", "2021-02-28", "2021年2月", "February 2021"),
        ("2020-08-01", "2021-03-31", "2020年8月—2021年3月", "August 2020 – March 2021"),
        ("2021-05-26", "2021-10-31", "2021年5月26日—10月31日", "May 26 – October 31, 2021"),
        ("2021-05-03", "2021-05-09", "2021年5月3日—9日", "May 3 – May 9, 2021"),
        ("2020-12-26", "2021-01-05", "2020年12月26日—2021年1月5日", "December 26, 2020 – January 5, 2021"),
        ("2021-05-26", "2021-05-26", "2021年5月26日", "May 26, 2021"),
        ("", "2021-10-31", "截至2021年10月31日", "as of October 31, 2021"),
        ("2021-05-26", "", "2021年5月26日起", "since May 26, 2021"),
        ("", "", "", ""),
        ("9999-01-01", "9999-12-31", "9999年", "9999"),
    ],
)
def test_span(start: str, end: str, chinese: str, english: str) -> None:
    """Periods in their shortest unambiguous form."""
    days = (date.fromisoformat(start) if start else None, date.fromisoformat(end) if end else None)
    assert span_text(*days) == chinese
    assert span_text(*days, "en") == english


@pytest.mark.parametrize(
    ("months", "text"),
    [((1, 9), "2021年前三季度"), ((1, 6), "2021年上半年"), ((7, 9), "2021年第三季度"), ((2, 9), "2021年2—9月")],
)
def test_quarters(months: tuple[int, int], text: str) -> None:
    """Asked for quarters, a period that is one is called so, another one is not."""
    last = {9: 30, 6: 30}[months[1]]
    assert span_text(date(2021, months[0], 1), date(2021, months[1], last), quarters=True) == text
