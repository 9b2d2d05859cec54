"""数字格式: what a cell shows of the number that it stores — digits, percent, unit, date.

The number stored counts in calculations; the digits shown are what somebody has stated. A format that is
not read here for sure shows the number as it is stored.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
    18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss", 32: "h:mm", 33: "h:mm:ss", 46: "[h]:mm:ss",
    14: "yyyy/m/d", 15: "yyyy/m/d", 17: "yyyy/m", 22: "yyyy/m/d",
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 31: 'yyyy"年"m"月"d"日"', 36: 'yyyy"年"m"月"',
    37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 41: "#,##0", 42: "#,##0", 43: "#,##0.00", 44: "#,##0.00",
    49: "@", 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"',
    57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
"""Formats that workbooks name by number alone (27 to 58 as Chinese editions have them)."""
_SIGNIFICANT = Context(prec=15, rounding=ROUND_HALF_UP)
_WIDE = Context(prec=400, rounding=ROUND_HALF_UP)
_TOKEN = re.compile(r'"([^"]*)"|\\(.)|(!.)|\[([^\]]*)\]|_.|\*.|([#0?][#0?,]*(?:\.[#0?]+)?)|(.)', re.DOTALL)
_SCALED = re.compile(r"[0#](?=(,+)(?:[^0#,.?]|$)),+")
_DATE = re.compile(r"[ymdhs]", re.IGNORECASE)
_LARGEST = 30
"""Exponents beyond this are no figure of an office's table."""


class Shown(NamedTuple):
    """显示: the text shown, and the text of the stored number where that has more digits.

    ``scaled`` says that the format shows a thousandth or millionth of what is stored: which of the two is
    meant, the cell does not say.
    """

    text: str
    stored: str = ""
    scaled: bool = False


class _Form(NamedTuple):
    decimals: int
    least: int
    grouped: bool
    percent: bool
    before: str
    behind: str


def number(raw: str) -> Decimal | None:
    """The decimal that a cell stores: at most 15 significant digits count, the rest is binary remainder."""
    try:
        value = Decimal(raw.strip())
    except InvalidOperation:
        return None
    if not value.is_finite() or abs(value.adjusted()) > _LARGEST:
        return Decimal(0) if value == 0 else None
    return _SIGNIFICANT.plus(value)


def plain(value: Decimal) -> str:
    """*value* in digits, without an exponent and without zeros at its end."""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def shown(value: Decimal, code: str, *, from_1904: bool = False) -> Shown:
    """What a cell with the number format *code* shows of *value*."""
    if code in ("", "General", "@"):
        return Shown(plain(value))
    sections = _sections(code)
    section = sections[1] if value < 0 and len(sections) > 1 else sections[0]
    if value == 0 and len(sections) > 2:
        section = sections[2]
        if section.strip() and not re.search(r"[0#]", re.sub(r'"[^"]*"|\\.|_.', "", section)):
            section = sections[0]  # a dash for zero is still zero
    scale = _SCALED.search(re.sub(r'"[^"]*"|\\.', "", section))
    if scale is not None and value and "!" not in section:
        least = shown(value.scaleb(-3 * len(scale[1])), section.replace(f"{scale[0]}", scale[0].rstrip(","), 1))
        return Shown(least.text, plain(value), scaled=True)
    form = _form(section)
    if form is None:
        return Shown(_date(value, section, from_1904) or plain(value))
    scaled = _WIDE.multiply(value, Decimal(100)) if form.percent else value
    digits = _WIDE.quantize(scaled, Decimal(1).scaleb(-form.decimals))
    text = f"{digits:,f}" if form.grouped else f"{digits:f}"
    for _ in range(form.decimals - form.least):
        text = text.removesuffix("0")
    text = text.rstrip(".")
    if digits == 0:
        text = text.lstrip("-")
    whole = f"{form.before}{text}{form.behind}"
    return Shown(whole) if digits == scaled else Shown(whole, f"{form.before}{plain(scaled)}{form.behind}")


def _sections(code: str) -> list[str]:
    return re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', code) if ";" in code else [code]


@lru_cache(maxsize=256)
def _form(section: str) -> _Form | None:
    """The parts of a section for numbers; None where it is a date, a fraction, scaled or unknown."""
    digits, percent, before, behind = "", False, "", ""
    for match in _TOKEN.finditer(section):
        quoted, escaped, broken, bracket, pattern, other = match.groups()
        if broken is not None or (
            bracket is not None and not re.match(r"(?i)\$|red|black|blue|green|white|colou?r|[<>=]", bracket)
        ):
            return None
        word = quoted if quoted is not None else escaped or ""
        if pattern is not None:
            if digits:
                return None
            digits = pattern
        elif other == "%":
            percent = True
        elif other is not None and other not in " -+()¥$￥":
            if other in ",/EeyYmMdDhHsSgG@?." or other.isascii():
                return None
            word = other
        if digits:
            behind += word
        else:
            before += word
    if not digits or digits.endswith(","):
        return None
    _, _, fraction = digits.partition(".")
    before = "" if before.strip() in ("¥", "￥", "$", "-", "(") else before.strip()
    behind = behind.strip().strip("()")
    return _Form(len(fraction), fraction.count("0"), "," in digits, percent, before, ("%" if percent else "") + behind)


def _date(value: Decimal, section: str, from_1904: bool) -> str:
    """A day or month in Chinese, where the format is one of dates."""
    bare = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", section)
    letters = {letter.lower() for letter in _DATE.findall(bare)}
    letters |= {"h"} if "[h]" in section.lower() else set()
    if "h" in letters and not letters & {"y", "d"} and 0 <= value < 1000:
        minutes = int((value * 1440).to_integral_value(ROUND_HALF_UP))
        return f"{minutes // 60}小时{minutes % 60}分钟" if minutes % 60 else f"{minutes // 60}小时"
    if not letters & {"y", "d"} or value < 1 or value > 2_900_000:
        return ""
    days = int(value) + (1462 if from_1904 else 0)
    day = dt.date(1899, 12, 30 if days > 59 else 31) + dt.timedelta(days=days)
    text = f"{day.year}年" if "y" in letters else ""
    text += f"{day.month}月" if "m" in letters else ""
    return text + (f"{day.day}日" if "d" in letters else "")
