"""短语: growth, ranges, ranks and intervals in words.

Basis of ranges: GB/T 15835-2011 (未核对): ～ between quantities, never a short hyphen; %, ‰, 万 and
亿 stand at both ends (13%～15%, 8亿元～16亿元), another unit once (12～17岁).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfeval.locales.messages import DEFAULT, message, say
from perfeval.locales.words import word
from perfeval.quantities.numerals import SCALES
from perfeval.quantities.quantity import quantity_text
from perfeval.quantities.unit_text import unit_format

if TYPE_CHECKING:
    from perfeval.quantities.quantity import Quantity

_GROWTH = {
    ("", "增长"): message("增长{value}"),
    ("", "下降"): message("下降{value}"),
    ("", "持平"): message("持平"),
    ("同比", "增长"): message("同比增长{value}"),
    ("同比", "下降"): message("同比下降{value}"),
    ("同比", "持平"): message("同比持平"),
    ("环比", "增长"): message("环比增长{value}"),
    ("环比", "下降"): message("环比下降{value}"),
    ("环比", "持平"): message("环比持平"),
}
_INTERVALS = {
    (True, True): message("{low}至{high}"),
    (True, False): message("{low}至{high}（不含{high}）"),
    (False, True): message("{low}至{high}（不含{low}）"),
    (False, False): message("{low}至{high}（两端均不含）"),
}


def growth_text(kind: str, direction: str, value: str = "", locale: str = DEFAULT) -> str:
    """增减: 同比增长6.2%, 下降6.8%, 环比持平; without *value* the words alone.

    Another *kind* than 同比, 环比 or nothing is written before the direction as it stands.
    """
    template = _GROWTH.get((kind, direction))
    if template is None:
        return f"{kind}{direction}{value}"
    growth = say(template, locale, value=value)
    return growth if value else " ".join(growth.split())


def range_text(low: Quantity, high: Quantity, locale: str = DEFAULT, digits: int | None = None) -> str:
    """区间: 13%～15%, 12～17岁; both ends in their units where one alone could be misread."""
    first, last = quantity_text(low, locale, digits), quantity_text(high, locale, digits)
    if not locale.startswith("zh"):
        return say("{low}～{high}", locale, low=first, high=last)
    unit = low.unit
    if unit == high.unit and unit.dims and unit.symbol[:1] not in SCALES:
        first = first.removesuffix(unit_format(unit.symbol, locale).plural)
    return f"{first}～{last}"


def rank_text(number: int, of: str = "", locale: str = DEFAULT) -> str:
    """名次: 全区第6."""
    whole = word("whole", of, locale)
    if locale.startswith("zh"):
        return f"{whole}第{number}"
    return say("第{number}", locale, number=number) + (f" {whole if whole != of else f'({of})'}" if of else "")


def interval_text(
    low: str | None, high: str | None, locale: str = DEFAULT, *, low_closed: bool = True, high_closed: bool = True
) -> str:
    """数值区间: 94.955%至94.965%（不含94.965%）, of its ends as text; None is no end."""
    if low is None and high is None:
        return say("任何数", locale)
    if low is None:
        return say("不高于{high}" if high_closed else "低于{high}", locale, high=high)
    if high is None:
        return say("不低于{low}" if low_closed else "高于{low}", locale, low=low)
    return say(_INTERVALS[low_closed, high_closed], locale, low=low, high=high)
