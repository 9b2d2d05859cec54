"""层次序数与列举: heading numbers and lists, as 公文 number them.

Basis: GB/T 9704-2012 7.3.3 (未核对): 一、 （一） 1. （1）; no stop after a bracket, a full stop and no 、
after an Arabic number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from perfeval.errors import InputError, problem
from perfeval.quantities.digits import numeral

if TYPE_CHECKING:
    from collections.abc import Iterable

_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
MOST = 399
"""The highest heading number that is written."""


def heading(level: int, number: int, title: str = "", locale: str = "zh_Hans") -> str:
    """层次序数: 一、 （一） 1. （1） for levels 1 to 4, with *title* behind it where one is given.

    Raises InputError for another level and for numbers below 1 or above 399.
    """
    if level not in (1, 2, 3, 4):
        raise InputError(problem("heading-level", "标题层次只有1至4级，没有第{level}级", level=level))
    if not 1 <= number <= MOST:
        raise InputError(
            problem("heading-number", "标题序号应为1至{most}的整数，不是{number}", most=MOST, number=number)
        )
    if locale.startswith("zh"):
        mark = (f"{numeral(number)}、", f"（{numeral(number)}）", f"{number}.", f"（{number}）")[level - 1]
        return mark + title
    mark = (f"{_roman(number)}.", f"({_roman(number)})", f"{number}.", f"({number})")[level - 1]
    return f"{mark} {title}" if title else mark


def _roman(number: int) -> str:
    text = ""
    for worth, letters in _ROMAN:
        times, number = divmod(number, worth)
        text += letters * times
    return text


def join(parts: Iterable[Any], locale: str = "zh_Hans") -> str:
    """列举: 甲、乙和丙; parts that are not text are written by ``text`` in *locale*."""
    from perfeval.locales.patterns import joined
    from perfeval.quantities.formatters import text

    return joined([text(part, locale) for part in parts], locale)
