"""日期与时段: days and periods in words, as official papers write them.

Basis: GB/T 15835-2011 (未核对): Arabic digits without leading zeros, years in full, — between the
ends of a period, never a short hyphen; what both ends share is written once (2021年1—10月).
"""

from __future__ import annotations

from calendar import monthrange
from typing import TYPE_CHECKING

from perfeval.locales.messages import message, say
from perfeval.locales.patterns import full_date, full_month, month_and_day, month_name

if TYPE_CHECKING:
    from datetime import date

_SPANS = {
    (1, 3): message("{year}年第一季度"),
    (4, 6): message("{year}年第二季度"),
    (7, 9): message("{year}年第三季度"),
    (10, 12): message("{year}年第四季度"),
    (1, 6): message("{year}年上半年"),
    (7, 12): message("{year}年下半年"),
    (1, 9): message("{year}年前三季度"),
}


def day(value: date, locale: str = "zh_Hans") -> str:
    """日期: a day in full, 2021年10月31日."""
    return full_date(value, locale)


def month(year: int, number: int, locale: str = "zh_Hans") -> str:
    """年月: 2021年10月."""
    return full_month(year, number, locale)


def year(number: int, locale: str = "zh_Hans") -> str:
    """年份: the year in full, 2021年."""
    return say("{year}年", locale, year=number)


def span(start: date | None, end: date | None, locale: str = "zh_Hans", *, quarters: bool = False) -> str:
    """时段: from *start* to *end*, both days included; without a start 截至…, without an end …起.

    Whole years, months and days are written as such: 2021年, 2021年1—10月, 2021年5月26日—10月31日.
    *quarters* writes 2021年前三季度 or 2021年上半年 where the months are just these.
    """
    if start is None:
        return say("截至{day}", locale, day=full_date(end, locale)) if end is not None else ""
    if end is None:
        return say("{day}起", locale, day=full_date(start, locale))
    if start == end:
        return full_date(start, locale)
    if start.day == 1 and end.day == monthrange(end.year, end.month)[1]:
        return _months(start, end, locale, quarters=quarters)
    if not locale.startswith("zh"):
        first = month_and_day(start.month, start.day, locale) if start.year == end.year else full_date(start, locale)
        return f"{first} – {full_date(end, locale)}"
    if start.year != end.year:
        return f"{full_date(start, locale)}—{full_date(end, locale)}"
    if start.month != end.month:
        return f"{full_date(start, locale)}—{month_and_day(end.month, end.day, locale)}"
    return f"{full_date(start, locale)}—{end.day}日"


def _months(start: date, end: date, locale: str, *, quarters: bool) -> str:
    chinese = locale.startswith("zh")
    if start.month == 1 and end.month == 12:
        if start.year == end.year:
            return year(start.year, locale)
        return f"{start.year}{'—' if chinese else '–'}{year(end.year, locale)}"
    if start.year != end.year:
        between = "—" if chinese else " – "
        return full_month(start.year, start.month, locale) + between + full_month(end.year, end.month, locale)
    if start.month == end.month:
        return full_month(start.year, start.month, locale)
    if quarters and (start.month, end.month) in _SPANS:
        return say(_SPANS[start.month, end.month], locale, year=start.year)
    if chinese:
        return f"{start.year}年{start.month}—{end.month}月"
    return f"{month_name(start.month, locale)}–{full_month(end.year, end.month, locale)}"
