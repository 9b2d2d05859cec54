"""中文写法: quantities, figures, dates and problems as text; the locale is an argument, never state.

:func:`text` writes anything; the others say which form is meant. Numbers are rounded half up, by
magnitude, from the exact value, whatever the thread's decimal context says, and only where a
number of decimals is asked for or the number never ends. Without a request nothing is grouped in
Chinese; English papers group by thousands. Digits are those that Babel prints for the quantized
number. Reading a text of zh_Hans back gives the value, or an interval that holds it.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from perfeval.errors import NotFoundError, Problem, UnitError, known_locale, problem
from perfeval.locales.messages import DEFAULT
from perfeval.locales.words import word
from perfeval.quantities import dates
from perfeval.quantities.cells import cell, cells
from perfeval.quantities.digits import capital, capital_english, half_up, numeral
from perfeval.quantities.outline import heading, join
from perfeval.quantities.phrases import change, growth, interval, range_, rank
from perfeval.quantities.quantity import Quantity
from perfeval.quantities.unit import BARE, Unit
from perfeval.quantities.units import base_units

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "change", "count", "day", "grade", "growth", "heading", "interval", "join", "money", "period", "points",
    "range_", "rank", "rate", "text", "writer",
]  # fmt: skip

EMPTY = "—"
"""What stands where nothing is."""
FIT = "合适"
"""The scale that is chosen by size: 元, 万元 or 亿元."""
STYLES = ("", "大写", "汉字", "季度")
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
        unit = value._v[2]
        write = cells.get((id(unit), digits, locale, grouping))  # known units without another call
        return write(value) if write is not None else cell(unit, digits, locale, grouping)(value)
    if type(value) is str:
        return value
    if style and style not in STYLES:
        raise NotFoundError(
            problem("unknown-style", "没有写法“{style}”；可用：{known}", style=style, known=tuple(STYLES[1:]))
        )
    if value is None:
        return EMPTY
    if isinstance(value, int | Fraction | Decimal | float):
        return _bare(value, locale, style, digits, grouping)
    if isinstance(value, Unit):
        return value.in_locale(locale)
    if isinstance(value, date):
        return dates.day(value, locale)
    written = _record(value, locale, quarters=style == "季度", digits=digits, scale=scale, grouping=grouping)
    if written is not None:
        return written
    in_locale = getattr(value, "in_locale", None)
    return str(value) if in_locale is None else str(in_locale(locale))


def _bare(
    value: int | Fraction | Decimal | float, locale: str, style: str | None, digits: int | None, grouping: bool | None
) -> str:
    """A number without a unit; 是 and 否 for truth values."""
    if isinstance(value, bool):
        return word("grade", "是" if value else "否", locale)
    if style == "大写":
        raise UnitError(_not_money(str(value)))
    if style == "汉字" and isinstance(value, int) and locale.startswith("zh"):
        return numeral(value)
    return cell(BARE, digits, locale, grouping)(Quantity(value))  # type: ignore[arg-type]  # a float is refused there


def writer(
    unit: str | Unit, digits: int = 2, locale: str = DEFAULT, *, grouping: bool | None = None
) -> Callable[[Quantity], str]:
    """列写法: a function that writes every quantity of a table's column in *unit* with *digits* decimals.

    Raises UnitError (when called) for a quantity of another kind.
    """
    return cell(unit if isinstance(unit, Unit) else base_units().get(unit), digits, locale, grouping)


def money(
    value: Quantity,
    locale: str = DEFAULT,
    *,
    digits: int | None = 2,
    scale: str | None = None,
    grouping: bool | None = None,
) -> str:
    """金额: 16898.11万元; *scale* 元, 万元, 亿元 or 合适 (1.69亿元), two decimals unless *digits* says otherwise.

    Raises UnitError for what is not money.
    """
    _need_money(value)
    return text(value, locale, digits=digits, scale=scale, grouping=grouping)


def count(value: Quantity | int, unit: str = "", locale: str = DEFAULT, *, grouping: bool | None = None) -> str:
    """计数: a count with its measure word, 1392人; a whole number takes *unit* (any measure word)."""
    if not isinstance(value, Quantity):
        from perfeval.quantities.unit import measure

        value = Quantity(value, base_units().find(unit) or measure(unit))
    return text(value, locale, grouping=grouping)


def rate(value: Quantity, locale: str = DEFAULT, *, digits: int | None = None, unit: str = "%") -> str:
    """比率: any rate in % (or ‰, 倍), 94.96%; Raises UnitError for what is not a rate."""
    return text(value.to(unit), locale, digits=digits)


def points(
    value: Quantity | int | str | Decimal | Fraction, locale: str = DEFAULT, *, digits: int | None = None
) -> str:
    """分值: 92.3分; a bare number is taken as points; with *digits* always so many decimals."""
    return text(value.to("分") if isinstance(value, Quantity) else Quantity(value, "分"), locale, digits=digits)


def grade(name: str, locale: str = DEFAULT) -> str:
    """等级: the grade's name, 优; names of a framework's own that no table knows stay as they are."""
    return word("grade", name, locale)


def day(value: Any, locale: str = DEFAULT) -> str:
    """日期: 2021年10月31日, from a date or a Day of any precision."""
    return text(value, locale)


def period(value: Any, locale: str = DEFAULT, *, quarters: bool = False) -> str:
    """时段: 2021年1—10月, 2021年 or 截至2021年10月31日, from a Period; *quarters* writes 2021年前三季度."""
    return text(value, locale, style="季度" if quarters else None)


def _record(value: Any, locale: str, **how: Any) -> str | None:
    from perfeval.quantities.restating import record

    return record(value, locale, **how)


def _not_money(what: str) -> Problem:
    return problem("not-money", "大写和金额写法只用于金额，“{what}”不是金额；请写上单位，如“908.18万元”", what=what)


def _need_money(value: Quantity) -> None:
    if value.unit.dims != (("元", 1),):
        raise UnitError(_not_money(text(value)))


def _styled(
    value: Quantity, locale: str, style: str | None, digits: int | None, scale: str | None, grouping: bool | None
) -> str:  # fmt: skip
    if style == "大写":
        _need_money(value)
        if not locale.startswith("zh"):
            return capital_english(*value.pair)
        return _traditional(capital(*value.pair), locale)
    if style:
        raise NotFoundError(
            problem("unknown-style", "没有写法“{style}”；可用：{known}", style=style, known=tuple(STYLES[1:]))
        )
    if scale == FIT:
        return _fitting(value, locale, digits, grouping)
    return text(value.to(scale) if scale else value, locale, digits=digits, grouping=grouping)


def _traditional(capitals: str, locale: str) -> str:
    return capitals.translate(_TRADITIONAL) if locale == "zh_Hant" else capitals


_SCALES = {"万": 10**4, "亿": 10**8}
_TRADITIONAL = str.maketrans("币负贰叁陆万亿", "幣負貳叄陸萬億")


def _fitting(value: Quantity, locale: str, digits: int | None, grouping: bool | None) -> str:
    """The scale (none, 万, 亿) by size: 万 from ten thousand on, as the number is printed.

    A count is exact as written, so it keeps all its digits (4.5812万人次) unless *digits* says otherwise.
    """
    n, d = value.pair
    unit = value.unit
    if not unit.dims or unit.parts:
        return cell(unit, digits, locale, grouping)(value)
    worth = _SCALES.get(unit.symbol[:1], 1) if unit.symbol != "千元" else 1000
    root = unit.symbol if worth == 1 else unit.symbol[1:]
    decimals = 2 if digits is None else digits
    for name, many in (("", 1), *_SCALES.items()):
        scaled = Unit(name + root, unit.dims, unit.factor / worth * many, unit.counted)
        top, below = n * scaled.down * 10**decimals, d * scaled.up
        k = half_up(top, below)
        if abs(k) < 10 ** (decimals + 4) or name == "亿":
            break
    whole = digits is None and (k * below == top or not name or unit.counted)  # 3亿元 rather than 3.00亿元
    return cell(scaled, None if whole else decimals, locale, grouping)(value)
