"""数字: numbers as people write them, without units: digits of any width, separators, Chinese numerals.

Everything here takes time linear in the text: patterns are anchored and their runs possessive.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

from perfeval.errors import NotationError, Place, problem

WIDE = str.maketrans(
    "０１２３４５６７８９．，％＋－−‐‑–﹣（）＜＞＝～﹦═〜∼：／＊≧≦﹪⩾⩽\u3000\xa0\u2002\u2003\u2009\u202f\t\n\r",
    "0123456789.,%+------()<>=~==~~:/*≥≤%≥≤" + " " * 9,
)
"""Full-width and odd forms of single characters → the usual ones, one for one: places stay true."""

INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202c\u2060\ufeff"))
"""Characters without width that copying from pages and chats leaves in cells: nobody sees them, they say nothing."""

LONGEST = 60
"""Digits of one number; more is no figure of any office, and int() of thousands of digits is slow."""

_DIGITS = {"零": 0, "〇": 0, "○": 0, "一": 1, "二": 2, "两": 2, "兩": 2, "三": 3, "四": 4, "五": 5}
_DIGITS |= {"六": 6, "七": 7, "八": 8, "九": 9, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5}
_DIGITS |= {"陆": 6, "柒": 7, "捌": 8, "玖": 9}
_TENS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
SCALES = {"万": 10_000, "亿": 100_000_000}
"""Scales that may stand, once, before a unit."""
_LARGE = SCALES | {"萬": 10_000, "億": 100_000_000}
CHINESE = "".join(_DIGITS) + "".join(_TENS)
"""The characters of Chinese numerals, 万 and 亿 left out."""

DIGITS = re.compile(r"[0-9]++(?:,[0-9]++)*+(?:\.[0-9]++)?+")
THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})++")
_FRACTION = re.compile(r"([+-]?)\s*+(?:([0-9]++)/([0-9]++)|(.*))", re.DOTALL)


def refuse(code: str, template: str, char: int | None = None, **values: object) -> NotationError:
    """A NotationError at character *char* (counted from 1) of the text."""
    return NotationError(problem(code, template, place=Place(char=char) if char else None, **values))


def digits_pair(text: str, at: int = 0) -> tuple[int, int]:
    """``16,898.11`` as numerator and power of ten; *at* is where it stands (from 0), for messages.

    Raises NotationError for separators that do not part thousands, and for endless digits.
    """
    whole, _, tail = text.partition(".")
    if len(text) > LONGEST:
        raise refuse(
            "number-too-long", "数字过长（{count}位）；一个数最多{most}位", at + 1, count=len(text), most=LONGEST
        )
    if "," in whole:
        if not THOUSANDS.fullmatch(whole):
            plain = text.replace(",", "")
            raise refuse(
                "bad-separator",
                "“{given}”的千分位分隔不对；请写成“{write}”，若是两个数请分开写",
                at + 1,
                given=text,
                write=plain,
            )
        whole = whole.replace(",", "")
    return int(whole + tail), 10 ** len(tail)


def plain_number(text: str) -> tuple[int, int]:
    """Digits with sign, separators, any width, or ``1/3``, as a pair; no unit, mark or Chinese numeral.

    Raises NotationError with what to write.
    """
    given = text.translate(WIDE).strip() if len(text) <= 1000 else text
    match = _FRACTION.fullmatch(given)
    if match is not None:
        sign = -1 if match[1] == "-" else 1
        if match[2] and len(given) <= LONGEST and int(match[3]):
            return sign * int(match[2]), int(match[3])
        if match[4] and DIGITS.fullmatch(match[4]):
            n, d = digits_pair(match[4])
            return sign * n, d
    raise refuse(
        "not-a-number",
        '“{given}”不是单独的数；数和单位请分开写，如 Quantity("3", "亿元")，或用 figure 读整格文字',
        1,
        given=text[:40],
    )


def text_pair(text: str) -> tuple[int, int]:
    """``"16898.11"`` as a pair; anything but digits and one point goes to the reader of numerals."""
    head, _, tail = text.partition(".")
    if len(text) <= LONGEST and head.isdecimal() and text.isascii():
        if tail.isdecimal():
            return int(head + tail), 10 ** len(tail)
        if not tail and "." not in text:
            return int(head), 1
    return plain_number(text)


def exact_pair(number: Any) -> tuple[int, int]:
    """*number* as a pair of ints; refuses floats and what is no number, saying what to write."""
    kind = type(number)
    if kind is str:
        return text_pair(number)
    if kind is int:
        return number, 1
    if kind is Decimal and -LONGEST < number.adjusted() < LONGEST and number.is_finite():
        pair: tuple[int, int] = number.as_integer_ratio()
        return pair
    if isinstance(number, str):  # a cell that knows its place
        return text_pair(str(number))
    if isinstance(number, bool) or not isinstance(number, int | Decimal | Fraction):
        if isinstance(number, float):
            raise NotationError(
                problem(
                    "float-refused",
                    '不接受浮点数 {given}（浮点数不精确）；请加引号写成 "{write}"，或用整数、Decimal、Fraction',
                    given=repr(number),
                    write=str(number),
                )
            )
        raise NotationError(problem("not-a-number", "“{given}”不是数；请写成整数或加引号的数", given=repr(number)[:60]))
    if isinstance(number, Decimal) and (not number.is_finite() or abs(number.adjusted()) > LONGEST):
        raise NotationError(problem("not-a-number", "“{given}”不是可用的数", given=str(number)[:60]))
    return number.as_integer_ratio()


def plain_text(number: Fraction, places: int = 6) -> str:
    """All digits of *number* where they end; else *places* of them, cut, with … behind."""
    n, d = abs(number.numerator), number.denominator
    sign = "-" if number < 0 else ""
    twos = fives = 0
    rest = d
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    length = max(twos, fives) if rest == 1 else places
    whole, tail = divmod(n * 10**length // d, 10**length)
    text = f"{sign}{whole}.{tail:0{length}d}" if length else f"{sign}{whole}"
    return text if rest == 1 else f"{text}…"


def chinese_number(text: str) -> Fraction:
    """中文数字: the value of 四百九十, 两百, 三千零五万, 二〇二一, 三点五.

    Raises NotationError for what is no numeral, and for 一百二, which may be 120 or 102.
    """
    if len(text) > LONGEST:
        raise refuse("number-too-long", "数字过长（{count}位）；一个数最多{most}位", 1, count=len(text), most=LONGEST)
    whole, point, tail = text.partition("点")
    if point:
        if not tail or any(c not in _DIGITS for c in tail) or not whole:
            raise _no_numeral(text)
        n = int("".join(str(_DIGITS[c]) for c in tail))
        return chinese_number(whole) + Fraction(n, 10 ** len(tail))
    return Fraction(_whole(text))


def _no_numeral(text: str) -> NotationError:
    return refuse("bad-numeral", "“{given}”不是规范的中文数字；请写成阿拉伯数字，如“490”", 1, given=text)


def _whole(text: str) -> int:
    if not text:
        raise _no_numeral(text)
    if len(text) > 1 and all(c in _DIGITS for c in text):  # 二〇二一: digit by digit
        if len(text) == 2 and "〇" not in text and "零" not in text and "○" not in text:
            raise refuse("bad-numeral", "“{given}”读法不明；请写成阿拉伯数字，概数请写明起止，如“3～4”", 1, given=text)
        return int("".join(str(_DIGITS[c]) for c in text))
    for scale in ("亿億", "万萬"):
        where = next((i for i in range(len(text) - 1, -1, -1) if text[i] in scale), -1)
        if where >= 0:
            worth = _LARGE[text[where]]
            if not where:
                raise _no_numeral(text)
            head, tail = _whole(text[:where]), text[where + 1 :]
            if len(tail) == 1 and _DIGITS.get(tail):  # 两万五
                raise _two_readings(text, head * worth + _DIGITS[tail], head * worth + _DIGITS[tail] * worth // 10)
            return head * worth + (_behind(tail, worth, text) if tail else 0)
    return _below(text, text)


def _behind(tail: str, worth: int, whole: str) -> int:
    """What follows 万 or 亿; it must be smaller than that, 零 at its head is skipped."""
    rest = tail[1:] if tail[0] in "零〇○" else tail
    if any(char in _LARGE for char in rest):
        value = _whole(rest)
    elif len(rest) > 1 and all(char in _DIGITS for char in rest):
        raise _no_numeral(whole)
    else:
        value = _below(tail, whole)
    if not 0 < value < worth:
        raise _no_numeral(whole)
    return value


def _two_readings(text: str, low: int, high: int) -> NotationError:
    return refuse(
        "ambiguous-numeral", "“{given}”可读作{low}，也可读作{high}；请写成阿拉伯数字", 1, given=text, low=low, high=high
    )


def _below(text: str, whole: str) -> int:
    """A part without 万 and 亿: tens in falling order, 零 where a place is skipped."""
    total, digit, last, zero = 0, None, 10_000, False
    for i, char in enumerate(text):
        if char in _TENS:
            tens = _TENS[char]
            if tens >= last or (digit is None and not (tens == 10 and (i == 0 or zero))):
                raise _no_numeral(whole)
            total, digit, last, zero = total + (1 if digit is None else digit) * tens, None, tens, False
        elif char in _DIGITS:
            value = _DIGITS[char]
            if digit is not None or (zero and not value):
                raise _no_numeral(whole)
            if value:
                digit = value
            elif i + 1 == len(text) and len(whole) > 1:
                raise _no_numeral(whole)
            else:
                zero = True
        else:
            raise _no_numeral(whole)
    if digit is not None:
        if last > 10 and not zero and len(text) > 1:
            raise _two_readings(whole, total + digit, total + digit * last // 10)
        total += digit
    return total


_CAPITAL_DIGITS = {c: n for n, c in enumerate("零壹贰叁肆伍陆柒捌玖")}
_CAPITAL_FORMS = str.maketrans("貳貮叄參叁参陸萬億圆圓整正負幣", "贰贰叁叁叁叁陆万亿元元整整负币")
_CAPITAL_SIZES = {"拾": 10, "佰": 100, "仟": 1000}
_CAPITAL_AMOUNT = re.compile(
    r"(?P<rmb>人民币)?[:：]?(?P<minus>负)?(?:(?P<yuan>[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]++)元)?"
    r"(?:零?(?P<jiao>[壹贰叁肆伍陆柒捌玖])角)?(?:零?(?P<fen>[壹贰叁肆伍陆柒捌玖])分)?整?"
)


def capital_amount(text: str) -> Fraction | None:
    """The amount in 元 that *text* is in 大写, or None where it is none."""
    match = _CAPITAL_AMOUNT.fullmatch(text.strip().translate(_CAPITAL_FORMS))
    if match is None or not (match["yuan"] or (match["rmb"] and (match["jiao"] or match["fen"]))):
        return None
    yuan = _capital_whole(match["yuan"]) if match["yuan"] else 0
    if yuan is None:
        return None
    fen = yuan * 100 + 10 * _CAPITAL_DIGITS.get(match["jiao"] or "", 0) + _CAPITAL_DIGITS.get(match["fen"] or "", 0)
    return Fraction(-fen if match["minus"] else fen, 100)


def _capital_whole(text: str) -> int | None:
    """Sections of 亿 and 万, each below the one before it; None where they are out of order."""
    for name, worth in (("亿", 10**8), ("万", 10**4)):
        head, found, tail = text.rpartition(name)
        if found:
            high, low = _capital_whole(head) if head else None, _capital_whole(tail) if tail else 0
            skipped = low is not None and 0 < low < worth // 10 and not tail.startswith("零")
            return None if not high or low is None or low >= worth or skipped else high * worth + low
    return _capital_section(text)


def _capital_section(text: str) -> int | None:
    """A number below ten thousand: 仟, 佰, 拾 in falling order, one 零 where a place is skipped."""
    total, last, rest = 0, 10000, text
    while rest:
        zero = rest[0] == "零" and len(text) > 1
        if zero:
            rest = rest[1:]
            if not rest or rest[0] == "零":
                return None
        digit = _CAPITAL_DIGITS.get(rest[0])
        size = _CAPITAL_SIZES.get(rest[1:2], 1)
        if digit is None or size >= last or (size * 10 < last < 10000 and not zero):
            return None
        total, last, rest = total + digit * size, size, rest[2 if size > 1 else 1 :]
    return total
