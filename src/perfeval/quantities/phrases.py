"""短语: growth, ranges, ranks and intervals in words.

Basis of ranges: GB/T 15835-2011 (未核对): ～ between quantities, never a short hyphen; %, ‰, 万 and
亿 stand at both ends (13%～15%, 8亿元～16亿元), another unit once (12～17岁).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from perfeval.locales.messages import DEFAULT, message, say
from perfeval.locales.words import word
from perfeval.quantities.quantity import Quantity

if TYPE_CHECKING:
    from perfeval.quantities.figure import Change, Interval
    from perfeval.quantities.unit import Unit

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


def _text(value: Any, locale: str, **how: Any) -> str:
    from perfeval.quantities.formatters import text

    return text(value, locale, **how)


def growth(value: Quantity, kind: str = "", locale: str = DEFAULT, *, digits: int | None = None) -> str:
    """增长: 同比增长6.2%, 下降6.8% or 环比持平; *kind* is 同比, 环比 or nothing, the sign says the direction.

    *value* is a rate or a difference in 百分点, below zero for a fall. Another
    *kind* is written before the direction as it stands.
    """
    direction = "增长" if value > 0 else "下降" if value < 0 else "持平"
    return moved(kind, direction, _text(abs(value), locale, digits=digits), locale)


def moved(kind: str, direction: str, value: str, locale: str) -> str:
    """*value* with the words for its kind and direction of change."""
    template = _GROWTH.get((kind, direction))
    if template is None:
        return f"{kind}{direction}{value}"
    return say(template, locale, value=value)


def change(value: Change, locale: str = DEFAULT) -> str:
    """变动: the kind and direction alone, 同比增长."""
    return " ".join(moved(value.kind, value.direction, "", locale).split())


def range_(low: Quantity, high: Quantity, locale: str = DEFAULT, *, digits: int | None = None) -> str:
    """区间: 13%～15%, 12～17岁; both ends in their units where one alone could be misread."""
    if not locale.startswith("zh"):
        return say(
            "{low}～{high}", locale, low=_text(low, locale, digits=digits), high=_text(high, locale, digits=digits)
        )
    first, last = _text(low, locale, digits=digits), _text(high, locale, digits=digits)
    if low.unit == high.unit and low.unit.dims and _once(low.unit):
        suffix = _suffix(low.unit, locale)
        first = first.removesuffix(suffix)
    return f"{first}～{last}"


def _once(unit: Unit) -> bool:
    """True for a unit that a range may write only behind its second end."""
    return unit.symbol[:1] not in ("万", "亿")


def _suffix(unit: Unit, locale: str) -> str:
    from perfeval.quantities.unit_text import unit_format

    return unit_format(unit.symbol, locale).plural


def rank(number: int, of: str = "", locale: str = DEFAULT) -> str:
    """名次: 全区第6."""
    if locale.startswith("zh"):
        return f"{word('whole', of, locale)}第{number}"
    whole = word("whole", of, locale)
    return say("第{number}", locale, number=number) + (f" {whole if whole != of else f'({of})'}" if of else "")


def interval(value: Interval, unit: Unit | None = None, locale: str = DEFAULT, *, digits: int | None = None) -> str:
    """数值区间: 94.955%至94.965%（不含94.965%）; *unit* is what the base values are written in."""

    def end(base: Any) -> str:
        if unit is None:
            return _text(base, locale, digits=digits)
        return _text(Quantity(base / unit.factor, unit), locale, digits=digits)

    low, high = value.low, value.high
    if low is None and high is None:
        return say("任何数", locale)
    if low is None:
        return say("不高于{high}" if value.high_closed else "低于{high}", locale, high=end(high))
    if high is None:
        return say("不低于{low}" if value.low_closed else "高于{low}", locale, low=end(low))
    if low == high:
        return end(low)
    return say(_INTERVALS[value.low_closed, value.high_closed], locale, low=end(low), high=end(high))
