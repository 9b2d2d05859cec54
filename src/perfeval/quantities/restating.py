"""照写: figures, days and periods that somebody wrote, written again in the official form.

Digits (4.50 keeps its zero), marks and signs stay as they were; width, spaces and hyphens become
those of GB/T 15835, and other locales get their own words.
"""

from __future__ import annotations

import re
from typing import Any

from perfeval.locales.messages import message, say
from perfeval.locales.patterns import full_date, full_month, month_and_day, month_name
from perfeval.quantities import dates, phrases
from perfeval.quantities.cells import MOST_DIGITS
from perfeval.quantities.figure import Change, Day, Figure, Interval, Period, Range, Rank, Word
from perfeval.quantities.quantity import Quantity
from perfeval.quantities.unit_text import unit_format

_MARKS = {
    "近": message("近{value}"),
    "约": message("约{value}"),
    "余": message("{value}余"),
    "多": message("{value}多"),
    "几": message("{value}几"),
    "超": message("超{value}"),
    "达": message("达{value}"),
    "左右": message("{value}左右"),
}
_EDGES = {
    "底": message("{day}底"),
    "末": message("{day}末"),
    "初": message("{day}初"),
    "上旬": message("{day}上旬"),
    "中旬": message("{day}中旬"),
    "下旬": message("{day}下旬"),
}
_YEAR_ENDS = {"底": message("年底"), "初": message("年初")}
_INSIDE = ("余", "多", "几")
_SPACE = re.compile(r"\s+")


def record(value: Any, locale: str, *, quarters: bool, digits: int | None, **how: Any) -> str | None:
    """A figure, or a part of one, as text of *locale*; None for what is neither."""
    match value:
        case Figure():
            return _figure(value, locale, quarters=quarters, digits=digits, **how)
        case Range():
            return phrases.range_(value.low, value.high, locale, digits=digits)
        case Rank():
            return phrases.rank(value.number, value.of, locale)
        case Day():
            return _day(value, locale)
        case Period():
            return _period(value, locale, quarters=quarters)
        case Word():
            return value.text
        case Change():
            return phrases.change(value, locale)
        case Interval():
            return phrases.interval(value, locale=locale, digits=digits)
    return None


def _figure(figure: Figure, locale: str, *, quarters: bool, digits: int | None, **how: Any) -> str:
    value = figure.value
    if value is None:
        return _SPACE.sub("", figure.text) or "—"
    if isinstance(value, Quantity):
        written = _marked(figure, value, locale, digits, **how)
    else:
        said = record(value, locale, quarters=quarters, digits=digits, **how)
        written = figure.text if said is None else said
    if figure.change is not None:
        return phrases.moved(figure.change.kind, figure.change.direction, written, locale)
    return figure.sign + written


def _marked(figure: Figure, value: Quantity, locale: str, digits: int | None, **how: Any) -> str:
    """The quantity with the digits that were written, its mark where it stood."""
    from perfeval.quantities.formatters import text

    if digits is None and not how.get("scale"):
        digits = _digits_written(figure, value)
    number = text(value, locale, digits=digits, **how)
    template = _MARKS.get(figure.mark)
    if template is None:
        return number
    if figure.mark not in _INSIDE or not locale.startswith("zh"):
        return say(template, locale, value=number)
    mark, unit = say(template, locale, value=""), unit_format(value.unit.symbol, locale).plural
    if how.get("scale") or not number.endswith(unit):
        return number + mark
    original = _SPACE.sub("", figure.text)
    if original.endswith(figure.mark):  # 2年多
        return number + mark
    if unit[:1] in "个個" and f"个{figure.mark}" in original:  # 3个多月
        return number.removesuffix(unit) + unit[:1] + mark + unit[1:]
    inside = 1 if re.search(f"[万亿]{figure.mark}", original) and unit[:1] in "万亿萬億" else 0
    return number.removesuffix(unit) + unit[:inside] + mark + unit[inside:]


def _digits_written(figure: Figure, value: Quantity) -> int | None:
    """How many decimals the text had, from the worth of its last digit; None where that says nothing."""
    if not figure.step:
        return None
    tens = value.unit.factor / figure.step
    if tens < 1:
        return 0 if (value.number).denominator == 1 else None
    digits = len(str(tens.numerator)) - 1
    return digits if tens == 10**digits and digits <= MOST_DIGITS else None


def _day(day: Day, locale: str) -> str:
    if day.year is None:
        if day.month is None:  # 年底 of a year that nobody wrote
            return say(_YEAR_ENDS[day.edge], locale) if day.edge in _YEAR_ENDS else day.text
        written = month_name(day.month, locale) if day.day is None else month_and_day(day.month, day.day, locale)
    elif day.month is None:
        written = dates.year(day.year, locale)
    elif day.day is None:
        written = full_month(day.year, day.month, locale)
    else:
        return full_date(day.first, locale) if day.first else day.text
    if day.edge in _EDGES:
        return say(_EDGES[day.edge], locale, day=written)
    return written


def _period(period: Period, locale: str, *, quarters: bool) -> str:
    if period.start is not None or period.end is not None:
        quarters = quarters or "季度" in period.text or "半年" in period.text
        return dates.span(period.start, period.end, locale, quarters=quarters)
    since, until = (day and _day(day, locale) for day in (period.since, period.until))
    if since and until:
        return since if since == until else f"{since}—{until}" if locale.startswith("zh") else f"{since} – {until}"
    if until:
        return say("截至{day}", locale, day=until)
    return say("{day}起", locale, day=since) if since else period.text
