"""Figures, days and periods written again."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from perfeval.quantities.dates import Day, Period
from perfeval.quantities.figure import Figure, Growth, Interval, Range, Rank, Word
from perfeval.quantities.formatters import text
from perfeval.quantities.phrases import interval_text
from perfeval.quantities.quantity import Quantity
from perfeval.quantities.units import base_units

Q = Quantity
PERCENT = base_units().get("%")


@pytest.mark.parametrize(
    ("written", "number", "unit", "step", "more", "chinese", "english"),
    [
        ("16898.10 万元", "16898.10", "万元", 100, {}, "16898.10万元", "CNY 168.9810 million"),
        ("4.58万人次", "4.58", "万人次", 100, {}, "4.58万人次", "45,800 person-times"),
        ("近30万元", 30, "万元", 10000, {"mark": "近"}, "近30万元", "nearly CNY 0.30 million"),
        ("3000余人", 3000, "人", 1, {"mark": "余"}, "3000余人", "over 3,000 persons"),
        ("30余万元", 30, "万元", 10000, {"mark": "余"}, "30余万元", "over CNY 0.30 million"),
        ("30万余元", 30, "万元", 10000, {"mark": "余"}, "30万余元", "over CNY 0.30 million"),
        ("10多个", 10, "个", 1, {"mark": "多"}, "10多个", "over 10 units"),
        ("2年多", 2, "年", 12, {"mark": "多"}, "2年多", "over 2 years"),
        ("300 人左右", 300, "人", 1, {"mark": "左右"}, "300人左右", "300 persons or so"),
        ("≧ 95％", 95, "%", Fraction(1, 100), {"sign": "≥"}, "≥95%", "≥95%"),
        ("同比增长 6.2%", "6.2", "%", Fraction(1, 1000), {"change": Growth("同比", "增长")}, "同比增长6.2%",
         "up 6.2% year on year"),
        ("下降10.0%", 10, "%", Fraction(1, 1000), {"change": Growth("", "下降")}, "下降10.0%", "down 10.0%"),
    ],
)  # fmt: skip
def test_quantity_as_written(
    written: str, number: str | int, unit: str, step: Any, more: dict[str, Any], chinese: str, english: str
) -> None:
    """Digits, marks and signs stay where they were; width and spaces become official."""
    figure = Figure(written, Q(number, unit), step=Fraction(step), **more)
    assert text(figure) == chinese
    assert text(figure, "en") == english


def test_restyled() -> None:
    """A figure takes digits, scale and grouping like a quantity, and keeps its mark."""
    figure = Figure("约16898.11万元", Q("16898.11", "万元"), step=Fraction(100), mark="约")
    assert text(figure, digits=1) == "约16898.1万元"
    assert text(figure, scale="亿元", digits=2) == "约1.69亿元"
    assert text(figure, grouping=True) == "约16,898.11万元"
    assert text(figure, "zh_Hant") == "約16898.11萬元"


def test_a_unit_of_the_column_is_written() -> None:
    """What the heading said stands in the text: 5.8万 under 万元 is 5.8万元."""
    figure = Figure("5.80", Q("5.8"), step=Fraction(1, 100)).under(base_units().get("万元"))
    assert text(figure) == "5.80万元"


@pytest.mark.parametrize(
    ("value", "chinese", "english"),
    [
        (Figure("全区第 6", Rank(6, "全区")), "全区第6", "No. 6 in the district"),
        (Figure("12-17岁", Range(Q(12, "岁"), Q(17, "岁"))), "12～17岁", "12 years of age to 17 years of age"),
        (Figure("有效", Word("有效")), "有效", "有效"),
        (Figure(" — "), "—", "—"),
        (Figure("暂无"), "暂无", "暂无"),
        (Figure(""), "—", "—"),
        (Rank(4, "全市"), "全市第4", "No. 4 in the city"),
        (Growth("同比", "增长"), "同比增长", "up year on year"),
        (Day(year=2021, month=10, day=31), "2021年10月31日", "October 31, 2021"),
        (Day(year=2021, month=10), "2021年10月", "October 2021"),
        (Day(year=2021), "2021年", "2021"),
        (Day(year=2021, edge="底"), "2021年底", "end of 2021"),
        (Day(year=None, edge="底"), "年底", "end of the year"),
        (Day(year=None, month=10, edge="下旬"), "10月下旬", "late October"),
        (Day(year=None, month=5, day=26), "5月26日", "May 26"),
        (Period(date(2021, 1, 1), date(2021, 10, 31)), "2021年1—10月", "January–October 2021"),
        (
            Period(date(2021, 1, 1), date(2021, 9, 30), "2021 年前三季度"),
            "2021年前三季度",
            "first three quarters of 2021",
        ),
        (Period.of(None, Day(year=None, month=10, edge="底")), "截至10月底", "as of end of October"),
        (Period.of(Day(year=None, month=5, day=26), None), "5月26日起", "since May 26"),
        (Period.of(Day(year=None, month=1), Day(year=None, month=7)), "1月—7月", "January – July"),
        (Interval(Fraction(1), Fraction(2), True, False), "1至2（不含2）", "1 to 2 (2 excluded)"),
    ],
)
def test_other_records(value: Any, chinese: str, english: str) -> None:
    """Ranks, ranges, words, placeholders, days and periods."""
    assert text(value) == chinese
    assert text(value, "en") == english


def test_period_in_quarters() -> None:
    """Quarters where they are asked for."""
    assert text(Period(date(2021, 1, 1), date(2021, 6, 30)), style="季度") == "2021年上半年"
    assert text(Period(date(2021, 1, 1), date(2021, 6, 30)), "zh_Hant") == "2021年1—6月"


@pytest.mark.parametrize(
    ("low", "high", "closed", "chinese"),
    [
        ("94.955%", "94.965%", (True, False), "94.955%至94.965%（不含94.965%）"),
        ("90%", None, (True, False), "不低于90%"),
        ("90%", None, (False, False), "高于90%"),
        (None, "90%", (False, True), "不高于90%"),
        (None, "90%", (False, False), "低于90%"),
        (None, None, (False, False), "任何数"),
        ("0%", "100%", (False, False), "0%至100%（两端均不含）"),
        ("0%", "100%", (False, True), "0%至100%（不含0%）"),
        ("0%", "100%", (True, True), "0%至100%"),
    ],
)
def test_interval(low: str | None, high: str | None, closed: tuple[bool, bool], chinese: str) -> None:
    """An interval says which of its ends belong to it."""
    assert interval_text(low, high, low_closed=closed[0], high_closed=closed[1]) == chinese


def test_interval_of_one_number() -> None:
    """Where both ends are one number, the number is said once."""
    assert text(Interval(Fraction(1), Fraction(1))) == "1"
