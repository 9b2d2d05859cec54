"""常见写法: the usual cells, read at once by one pattern; all others go the long way in notation."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from perfeval.errors import NotationError
from perfeval.quantities.dates import Day, Period
from perfeval.quantities.figure import Figure
from perfeval.quantities.numerals import LONGEST, THOUSANDS, chinese_number
from perfeval.quantities.quantity import Quantity
from perfeval.quantities.vocabulary import SIGNS

if TYPE_CHECKING:
    from perfeval.quantities.unit import Unit
    from perfeval.quantities.units import Units

_WORD = r"([^\s0-9,./年月一二两三四五六七八九十百千零点]*+)"
_BARE = re.compile(r"([0-9]++)(?:\.([0-9]++))?+(?![余多])" + _WORD)  # most cells: a fifth faster
_FAST = re.compile(
    r"\s*+(?:(>=|<=|[≥≤=><])|(近|约|超|达))?\s*+"
    r"(?:([0-9]++(?:,[0-9]{3})*+)(?:\.([0-9]++))?+|([一二两三四五六七八九十]++[一二两三四五六七八九十百千零]*+))\s*+"
    r"([余多])?+" + _WORD + r"\s*+"
)
_DAY = re.compile(r"(截至)?([1-9][0-9]{3})年(?:([0-9]{1,2})月(?:([0-9]{1,2})日)?)?")
_MONTHS = re.compile(r"([1-9][0-9]{3})年([0-9]{1,2})月?(?:至|到|~|—{1,2}|-)(([0-9]{1,2})月)")
_CAPITAL = re.compile("[零壹贰貳叁叄伍陆陸柒捌玖肆][元圆圓角分拾佰仟万萬亿億]")


def plain(text: str, table: Units) -> Figure | None:
    """The usual cell (≥98 %, 近30万元, 3000余人, 十二个), at once; None for everything else."""
    if match := _BARE.fullmatch(text):
        whole, tail, word = match.groups()
        symbol = mark = more = spoken = None
    elif match := _FAST.fullmatch(text):
        symbol, mark, whole, tail, spoken, more, word = match.groups()
    else:
        return None
    unit = table.known(word)
    if unit is None or (mark and more):
        return None
    sign = SIGNS[symbol] if symbol else ""
    if spoken is not None:
        number = _spoken(spoken)
        if number is None:
            return None
        value = Quantity.of(number * unit.up, unit.down, unit)
        return Figure.quick(text, value, _worth(0, unit), mark or more or "", sign)
    n, places = (whole, 0) if tail is None else (whole + tail, len(tail))
    if "," in n:
        if not THOUSANDS.fullmatch(whole):
            return None
        n = n.replace(",", "")
    if len(n) > LONGEST:
        return None
    value = Quantity.of(int(n) * unit.up, _TENS[places] * unit.down, unit)
    return Figure.quick(text, value, _worth(places, unit), mark or more or "", sign)


_TENS = tuple(10**places for places in range(LONGEST + 1))


@lru_cache(maxsize=1024)
def _worth(places: int, unit: Unit) -> Fraction:
    """What the last of *places* decimals is worth, in base units."""
    return Fraction(unit.up, unit.down * 10**places)


@lru_cache(maxsize=1024)
def _spoken(text: str) -> int | None:
    """A numeral beyond doubt; None for all that needs a second look."""
    if "零" in text[:1] or (len(text) > 1 and text[-1] not in "十百千" and not set(text) & set("十百千")):
        return None
    try:
        return chinese_number(text).numerator
    except NotationError:
        return None


def dated(text: str) -> Figure | None:
    """The usual day, month, year or period (2021年10月31日, 2021年1—10月); None for everything else."""
    if match := _DAY.fullmatch(text):
        to, year, month, day = match.groups()
        until = Day(
            year=int(year),
            month=int(month) if month else None,
            day=int(day) if day else None,
            text=text[2:] if to else text,
        )
        since = None if to else until
    elif match := _MONTHS.fullmatch(text):
        year, month, end, last = match.groups()
        since = Day(year=int(year), month=int(month), text=f"{year}年{month}月")
        until = Day(year=int(year), month=int(last), text=end)
    else:
        return None
    try:
        period = Period.of(since, until, text)
    except ValueError:  # no day of the calendar: the long way says so
        return None
    return Figure.quick(text, since if since is until else period, None, "", "", period)


def capital(text: str, table: Units) -> Figure | None:
    """An amount in 大写, to the 分; None for everything else."""
    if not _CAPITAL.search(text) or len(text) > LONGEST:
        return None
    from perfeval.quantities.numerals import capital_amount

    amount = capital_amount(text)
    if amount is None:
        return None
    return Figure(text, Quantity(amount, table.get("元")), step=Fraction(1, 100))
