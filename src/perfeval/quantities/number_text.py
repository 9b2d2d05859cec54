"""数的写法: exact numbers as digits, as Chinese numerals, in 大写, as ordinals of headings, and with a unit.

Every number comes as two whole numbers (numerator, denominator > 0), so nothing is rounded before
the one place that rounds, and the thread's decimal context has no say in it. A unit comes as its
symbol and its factor to base units.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from math import gcd
from typing import TYPE_CHECKING

from perfeval.errors import InputError, NotFoundError, problem
from perfeval.locales.messages import DEFAULT
from perfeval.locales.patterns import PLAIN, Symbols, symbols
from perfeval.quantities.unit_text import unit_format

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_DIGITS = 30
"""The most decimals that can be asked for."""
DEFAULT_PLACES = 2
"""Decimals of a number that never ends (1/3) where no number of decimals is asked for."""

_NUMERALS = "零一二三四五六七八九"
_TENS = ("", "十", "百", "千")
_CAPITALS = "零壹贰叁肆伍陆柒捌玖"
_CAPITAL_TENS = ("", "拾", "佰", "仟")
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS_EN = "- - twenty thirty forty fifty sixty seventy eighty ninety".split()
_SCALES_EN = ((10**15, "quadrillion"), (10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand"))


def half_up(n: int, d: int) -> int:
    """四舍五入: n/d (d > 0) to a whole number; a half goes away from zero, -2.5 becomes -3."""
    return (2 * n + d) // (2 * d) if n >= 0 else -((d - 2 * n) // (2 * d))


@lru_cache(maxsize=4096)
def _ending(d: int) -> int | None:
    """Decimals that a reduced fraction over *d* needs to end, or None if it never does."""
    twos = (d & -d).bit_length() - 1
    d >>= twos
    fives = 0
    while d % 5 == 0:
        d //= 5
        fives += 1
    return max(twos, fives) if d == 1 else None


def places(n: int, d: int) -> int:
    """小数位数: the decimals that n/d (reduced) needs; where it never ends, two, or as many as show two digits."""
    ending = _ending(d)
    if ending is not None:
        return ending
    digits = DEFAULT_PLACES
    while n and abs(n) * 10**digits < 10 * d:  # 1/3000 is 0.00033, not 0.00
        digits += 1
    return digits


def _digits(k: int) -> str:
    """The digits of a whole number, however many."""
    try:
        return str(k)
    except ValueError:  # Python's limit on int -> str is for untrusted input; these digits were already admitted
        return str(Decimal(k))


def plain(n: int, d: int, digits: int | None = None, *, grouping: bool = False, symbols: Symbols = PLAIN) -> str:
    """数字写法: n/d with *digits* decimals, rounded half up; None is as many as it needs.

    A rounded zero has no minus sign.
    """
    if digits is None:
        digits = places(n, d)
    k = half_up(n * 10**digits, d)
    point, group, minus = symbols
    text = _digits(abs(k)).rjust(digits + 1, "0")
    whole, part = (text[:-digits], text[-digits:]) if digits else (text, "")
    if grouping and len(whole) > 3:
        head = len(whole) % 3
        groups = [whole[:head]] if head else []
        groups += [whole[i : i + 3] for i in range(head, len(whole), 3)]
        whole = group.join(groups)
    sign = minus if k < 0 else ""
    return f"{sign}{whole}{point}{part}" if part else sign + whole


def _chinese(n: int, digits: str, tens: tuple[str, ...]) -> str:
    """Chinese digits of n ≥ 0: one 零 for any run of zeros inside, none at the end of a section."""
    for size, name in ((10**8, "亿"), (10**4, "万")):
        if n >= size:
            high, low = divmod(n, size)
            gap = digits[0] if 0 < low < size // 10 else ""
            return _chinese(high, digits, tens) + name + gap + (_chinese(low, digits, tens) if low else "")
    if n < 10:
        return digits[n]
    place = 3 if n >= 1000 else 2 if n >= 100 else 1
    high, low = divmod(n, 10**place)
    gap = digits[0] if 0 < low < 10 ** (place - 1) else ""
    return digits[high] + tens[place] + gap + (_chinese(low, digits, tens) if low else "")


def numeral(n: int) -> str:
    """汉字数字: 12 is 十二, 105 is 一百零五, 20000 is 二万; negative numbers begin with 负."""
    if n < 0:
        return "负" + numeral(-n)
    text = _chinese(n, _NUMERALS, _TENS)
    return text[1:] if text.startswith("一十") else text


def capital(n: int, d: int) -> str:
    """大写金额: n/d 元, rounded half up to 分, as bills and vouchers have it.

    Basis: 中国人民银行《支付结算办法》附一《正确填写票据和结算凭证的基本规定》 (未核对): 人民币 stands directly
    before the amount; 整 ends an amount without 角 and 分 only; zeros inside are one 零; where 万 or 元 is
    zero and the next digit is not, the form printed first there is taken (壹拾万柒仟元零伍角叁分).
    """
    fen = half_up(n * 100, d)
    sign = "负" if fen < 0 else ""
    yuan, rest = divmod(abs(fen), 100)
    jiao, fen = divmod(rest, 10)
    text = _chinese(yuan, _CAPITALS, _CAPITAL_TENS) + "元" if yuan or not rest else ""
    if not rest:
        text += "整"
    elif yuan and (not jiao or yuan % 10 == 0):
        text += "零"
    if jiao:
        text += _CAPITALS[jiao] + "角"
    if fen:
        text += _CAPITALS[fen] + "分"
    return f"人民币{sign}{text}"


def _english(n: int) -> str:
    """A whole number in English words."""
    for size, name in _SCALES_EN:
        if n >= size:
            high, low = divmod(n, size)
            return f"{_english(high)} {name}" + (f" {_english(low)}" if low else "")
    if n >= 100:
        return f"{_ONES[n // 100]} hundred" + (f" {_english(n % 100)}" if n % 100 else "")
    if n >= 20:
        return _TENS_EN[n // 10] + (f"-{_ONES[n % 10]}" if n % 10 else "")
    return _ONES[n]


def capital_english(n: int, d: int) -> str:
    """大写金额 for English readers: n/d 元 in words, hundredths as 53/100."""
    fen = half_up(n * 100, d)
    yuan, rest = divmod(abs(fen), 100)
    words = f"{_english(yuan)} and {rest:02d}/100" if rest else f"{_english(yuan)} only"
    return f"CNY {'minus ' if fen < 0 else ''}{words}"


@lru_cache(maxsize=4096)
def number_format(
    symbol: str, up: int, down: int, digits: int | None, locale: str, grouping: bool | None
) -> Callable[[int, int], str]:
    """数量写法: the function that writes n/d base units in the unit *symbol*, whose factor to them is up/down.

    *digits* decimals, or as many as each number needs; made once for a whole column, since what
    follows the point is looked up in a table. Raises NotFoundError for decimals that cannot be had.
    """
    if digits is not None and digits not in range(MOST_DIGITS + 1):
        raise NotFoundError(
            problem("digits", "小数位数应为0至{most}的整数，不是{digits}", most=MOST_DIGITS, digits=str(digits))
        )
    form, signs = unit_format(symbol, locale), symbols(locale)
    group = not locale.startswith("zh") if grouping is None else grouping
    more, less = 10 ** max(0, form.shift), 10 ** max(0, -form.shift)
    shown = None if digits is None else max(0, digits - form.shift)

    def whole_way(n: int, d: int) -> str:
        n, d = n * down, d * up
        if digits is not None:  # rounded as the unit has it, then said in the other scale
            n, d = half_up(n * 10**digits, d), 10**digits
        n, d = n * more, d * less
        common = gcd(n, d)
        written = plain(n // common, d // common, shown, grouping=group, symbols=signs)
        return form.prefix + written + (form.singular if written == "1" else form.plural)

    if form.shift or form.singular != form.plural or (digits or 0) > _TABLED or (group and signs[1] != ","):
        return whole_way
    prefix, negative, spec = form.prefix, form.prefix + signs[2], "," if group else ""
    tens = 10 ** (DEFAULT_PLACES if digits is None else digits)
    endings = _endings(tens, signs[0], form.plural, trimmed=digits is None)
    common = gcd(down * tens, up)
    times, over = down * tens // common, up // common
    twice = 2 * times

    def rounded(n: int, d: int) -> str:
        half = d * over
        k = (twice * abs(n) + half) // (half + half)
        if k >= _MANY:
            return whole_way(n, d)
        return f"{negative if n < 0 < k else prefix}{k // tens:{spec}}{endings[k % tens]}"

    def exact(n: int, d: int) -> str:
        k, rest = divmod(n * times, d * over)
        if rest or not 0 <= k < _MANY:
            return whole_way(n, d)
        return f"{prefix}{k // tens:{spec}}{endings[k % tens]}"

    return exact if digits is None else rounded


_TABLED = 3  # decimals that a table of endings is kept for
_MANY = 10**600  # Python may refuse to write ints of more than 640 digits, for fear of untrusted input


def _endings(tens: int, point: str, suffix: str, *, trimmed: bool) -> tuple[str, ...]:
    """What follows the whole number for each value of its decimals: .00万元, .01万元, …"""
    parts = [str(k).rjust(len(str(tens)) - 1, "0") if tens > 1 else "" for k in range(tens)]
    if trimmed:
        parts = [part.rstrip("0") for part in parts]
    return tuple((point + part if part else "") + suffix for part in parts)


_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
MOST_HEADING = 3999
"""The highest heading number that is written."""


def heading(level: int, number: int, title: str = "", locale: str = DEFAULT) -> str:
    """层次序数: 一、 （一） 1. （1） for levels 1 to 4, with *title* behind it where one is given.

    Basis: GB/T 9704-2012 7.3.3 (未核对): no stop after a bracket, a full stop and no 、 after an Arabic number.
    Raises InputError for another level and for numbers below 1 or above 3999.
    """
    if level not in (1, 2, 3, 4):
        raise InputError(problem("heading-level", "标题层次只有1至4级，没有第{level}级", level=level))
    if not 1 <= number <= MOST_HEADING:
        raise InputError(
            problem("heading-number", "标题序号应为1至{most}的整数，不是{number}", most=MOST_HEADING, number=number)
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
