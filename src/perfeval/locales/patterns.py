"""地区格式: what Babel knows of a locale, fetched once: number symbols, date and list patterns.

Only Locale objects are handed to Babel, never a name. zh_Hans, the default, is written out here,
so that a Chinese paper never imports Babel; tests compare the two.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from perfeval.locales.messages import DEFAULT, babel_locale

if TYPE_CHECKING:
    from collections.abc import Sequence

Symbols: TypeAlias = tuple[str, str, str]
"""Decimal point, group separator and minus sign."""

PLAIN: Symbols = (".", ",", "-")
"""The symbols of zh_Hans."""


@lru_cache(maxsize=8)
def symbols(locale: str) -> Symbols:
    """数字符号 of *locale*: decimal point, group separator, minus sign."""
    if locale == DEFAULT:
        return PLAIN
    from babel.numbers import get_decimal_symbol, get_group_symbol, get_minus_sign_symbol

    known = babel_locale(locale)
    return get_decimal_symbol(known), get_group_symbol(known), get_minus_sign_symbol(known)


def full_date(day: date, locale: str) -> str:
    """年月日: the day in full, 2021年10月31日, months and days without leading zeros."""
    if locale == DEFAULT:
        return f"{day.year}年{day.month}月{day.day}日"
    from babel.dates import format_date

    return format_date(day, "long", locale=babel_locale(locale))


def full_month(year: int, month: int, locale: str) -> str:
    """年月: a month of a year, 2021年10月."""
    if locale == DEFAULT:
        return f"{year}年{month}月"
    from babel.dates import format_skeleton

    return format_skeleton("yMMMM", date(year, month, 1), locale=babel_locale(locale))


def month_name(month: int, locale: str) -> str:
    """月: the month alone, 10月 (Babel has 十月 for it, which stands beside no Arabic year)."""
    if locale.startswith("zh"):
        return f"{month}月"
    return str(babel_locale(locale).months["stand-alone"]["wide"][month])


def month_and_day(month: int, day: int, locale: str) -> str:
    """月日: a day of a year already named, 10月31日."""
    if locale == DEFAULT:
        return f"{month}月{day}日"
    from babel.dates import format_skeleton

    return format_skeleton("MMMMd", date(2000, month, day), locale=babel_locale(locale))


def joined(parts: Sequence[str], locale: str) -> str:
    """顿号列举: 甲、乙和丙; one part stands alone, none is empty text."""
    if locale == DEFAULT:
        return "和".join(filter(None, ("、".join(parts[:-1]), *parts[-1:]))) if parts else ""
    from babel.lists import format_list

    return format_list(list(parts), locale=babel_locale(locale))
