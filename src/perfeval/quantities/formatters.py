"""中文写法: any value as text; the locale is an argument, never state.

:func:`text` only asks what a value is: each kind has a small function of its own. Numbers are
rounded half up, by magnitude, from the exact value, whatever the thread's decimal context says, and
only where a number of decimals is asked for or the number never ends. Without a request nothing is
grouped in Chinese; English papers group by thousands. Digits are those that Babel prints for the
quantized number. Reading a text of zh_Hans back gives the value, or an interval that holds it.

Figures are written again in the official form: digits (4.50 keeps its zero), marks and signs stay
as they were; width, spaces and hyphens become those of GB/T 15835, and other locales get their own
words.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from perfeval.errors import NotFoundError, Problem, UnitError, known_locale, problem
from perfeval.locales.messages import DEFAULT, message, say
from perfeval.locales.patterns import full_date, joined
from perfeval.locales.words import word
from perfeval.quantities.dates import Day, Period, day_text, period_text
from perfeval.quantities.figure import Figure, Growth, Interval, Range, Rank, Word
from perfeval.quantities.number_text import MOST_DIGITS, capital, capital_english, half_up, number_format, numeral
from perfeval.quantities.numerals import SCALES
from perfeval.quantities.phrases import growth_text, interval_text, range_text, rank_text
from perfeval.quantities.quantity import Quantity, quantity_text
from perfeval.quantities.unit_text import unit_format

if TYPE_CHECKING:
    from collections.abc import Iterable

EMPTY = "—"
"""What stands where nothing is."""
FIT = "合适"
"""The scale that is chosen by size: 元, 万元 or 亿元."""
STYLES = ("大写", "汉字", "季度")
"""大写 for money, 汉字 for whole numbers (十二), 季度 for periods (2021年前三季度)."""


def text(
    value: Any,
    locale: str = DEFAULT,
    *,
    style: str | None = None,
    digits: int | None = None,
    scale: str | None = None,
    grouping: bool | None = None,
) -> str:
    """写成文字: any value as text of *locale*.

    *digits* decimals, rounded half up (None: as many as the number has; two where it never ends).
    *scale* converts first: a unit (亿元) or 合适, by size. *grouping* by thousands: never in Chinese
    and always in English unless said. *style*: 大写 (money), 汉字 (whole numbers), 季度 (periods).
    Raises UnitError for what a style or scale does not fit and for a float, NotFoundError for an
    unknown style or locale.
    """
    if locale != DEFAULT:
        known_locale(locale)
    if type(value) is Quantity:
        if style or scale:
            return _styled(value, locale, style, digits, scale, grouping)
        return quantity_text(value, locale, digits, grouping)
    if type(value) is str:
        return value
    if style and style not in STYLES:
        raise _unknown_style(style)
    match value:
        case None:
            return EMPTY
        case int() | Fraction() | Decimal() | float():
            return _number(value, locale, style, digits, grouping)
        case date():
            return full_date(value, locale)
        case Figure():
            return _figure(value, locale, style, digits, scale, grouping)
        case Range() | Rank() | Day() | Period() | Word() | Growth() | Interval():
            return _part(value, locale, style, digits)
    in_locale = getattr(value, "in_locale", None)
    return str(value) if in_locale is None else str(in_locale(locale))


def _part(
    value: Range | Rank | Day | Period | Word | Growth | Interval, locale: str, style: str | None, digits: int | None
) -> str:
    """What a figure can be instead of a quantity, and what can be asked of one."""
    match value:
        case Range():
            return range_text(value.low, value.high, locale, digits)
        case Rank():
            return rank_text(value.number, value.of, locale)
        case Day():
            return day_text(value, locale)
        case Period():
            return period_text(value, locale, quarters=style == "季度")
        case Word():
            return value.text
        case Growth():
            return growth_text(value.kind, value.direction, locale=locale)
        case Interval():
            return _interval(value, locale, digits)


def join(parts: Iterable[Any], locale: str = DEFAULT) -> str:
    """列举: 甲、乙和丙; parts that are not text are written by ``text`` in *locale*."""
    return joined([text(part, locale) for part in parts], locale)


def _unknown_style(style: str) -> NotFoundError:
    return NotFoundError(problem("unknown-style", "没有写法“{style}”；可用：{known}", style=style, known=STYLES))


def _not_money(what: str) -> Problem:
    return problem("not-money", "大写和金额写法只用于金额，“{what}”不是金额；请写上单位，如“908.18万元”", what=what)


def _number(
    value: int | Fraction | Decimal | float, locale: str, style: str | None, digits: int | None, grouping: bool | None
) -> str:
    """A number without a unit; 是 and 否 for truth values."""
    if isinstance(value, bool):
        return word("grade", "是" if value else "否", locale)
    if style == "大写":
        raise UnitError(_not_money(str(value)))
    if style == "汉字" and isinstance(value, int) and locale.startswith("zh"):
        return numeral(value)
    return quantity_text(Quantity(value), locale, digits, grouping)  # type: ignore[arg-type]  # a float is refused there


def _styled(
    value: Quantity, locale: str, style: str | None, digits: int | None, scale: str | None, grouping: bool | None
) -> str:  # fmt: skip
    if style == "大写":
        if value.unit.dims != (("元", 1),):
            raise UnitError(_not_money(quantity_text(value)))
        if not locale.startswith("zh"):
            return capital_english(*value.pair)
        capitals = capital(*value.pair)
        return capitals.translate(_TRADITIONAL) if locale == "zh_Hant" else capitals
    if style:
        raise _unknown_style(style)
    if scale == FIT:
        return _fitting(value, locale, digits, grouping)
    return quantity_text(value.to(scale) if scale else value, locale, digits, grouping)


_TRADITIONAL = str.maketrans("币负贰叁陆万亿", "幣負貳叄陸萬億")


def _fitting(value: Quantity, locale: str, digits: int | None, grouping: bool | None) -> str:
    """The scale (none, 万, 亿) by size: 万 from ten thousand on, as the number is printed.

    A count is exact as written, so it keeps all its digits (4.5812万人次) unless *digits* says otherwise.
    """
    n, d = value.pair
    unit = value.unit
    if not unit.dims or unit.parts:
        return quantity_text(value, locale, digits, grouping)
    worth = SCALES.get(unit.symbol[:1], 1) if unit.symbol != "千元" else 1000
    root = unit.symbol if worth == 1 else unit.symbol[1:]
    decimals = 2 if digits is None else digits
    for name, many in (("", 1), *SCALES.items()):
        factor = unit.factor / worth * many
        top, below = n * factor.denominator * 10**decimals, d * factor.numerator
        k = half_up(top, below)
        if abs(k) < 10 ** (decimals + 4) or name == "亿":
            break
    whole = digits is None and (k * below == top or not name or unit.counted)  # 3亿元 rather than 3.00亿元
    shown = None if whole else decimals
    return number_format(name + root, factor.numerator, factor.denominator, shown, locale, grouping)(n, d)


def _interval(interval: Interval, locale: str, digits: int | None) -> str:
    low, high = (None if end is None else text(end, locale, digits=digits) for end in (interval.low, interval.high))
    if low is not None and interval.low == interval.high:
        return low
    return interval_text(low, high, locale, low_closed=interval.low_closed, high_closed=interval.high_closed)


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
_INSIDE = ("余", "多", "几")
_SPACE = re.compile(r"\s+")


def _figure(
    figure: Figure, locale: str, style: str | None, digits: int | None, scale: str | None, grouping: bool | None
) -> str:
    value = figure.value
    if value is None:
        return _SPACE.sub("", figure.text) or EMPTY
    if isinstance(value, Quantity):
        written = _marked(figure, value, locale, digits, scale, grouping)
    else:
        written = _part(value, locale, style, digits)
    if figure.change is not None:
        return growth_text(figure.change.kind, figure.change.direction, written, locale)
    return figure.sign + written


def _marked(
    figure: Figure, value: Quantity, locale: str, digits: int | None, scale: str | None, grouping: bool | None
) -> str:
    """The quantity with the digits that were written, its mark where it stood."""
    if digits is None and not scale:
        digits = _digits_written(figure, value)
    number = text(value, locale, digits=digits, scale=scale, grouping=grouping)
    template = _MARKS.get(figure.mark)
    if template is None:
        return number
    if figure.mark not in _INSIDE or not locale.startswith("zh"):
        return say(template, locale, value=number)
    mark, unit = say(template, locale, value=""), unit_format(value.unit.symbol, locale).plural
    if scale or not number.endswith(unit):
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
        return 0 if value.number.denominator == 1 else None
    digits = len(str(tens.numerator)) - 1
    return digits if tens == 10**digits and digits <= MOST_DIGITS else None
