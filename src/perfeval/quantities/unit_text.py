"""单位的写法: how a unit stands around its number in a locale: 908.18万元, CNY 9.0818 million.

Chinese papers keep the unit as written, 万 and 亿 included. English has no 万: money turns into
million and billion, counts and measures into plain numbers (4.58万人次: 45,800 person-times).
"""

from __future__ import annotations

import re
from functools import lru_cache

from attrs import frozen

from perfeval.locales.words import word
from perfeval.quantities.numerals import SCALES

_RATES = {"%": ("%", "%"), "‰": ("‰", "‰"), "倍": (" times", " times"), "成": (" tenths", " tenths")}
_SPOKEN = {"百分点": "个百分点", "月": "个月"}  # 3月 would be a date
_RATES_TRADITIONAL = {"个百分点": "個百分點", "百分点": "個百分點"}
_MONEY_SCALES = {"": (0, ""), "千": (3, ""), "万": (-2, " million"), "亿": (-1, " billion")}
_COUNT_SCALES = {"千": 3, "万": 4, "亿": 8}
_POWER = re.compile(r"(.+)\^(\d+)")


@frozen
class UnitFormat:
    """单位版式: what follows one, what follows any other number, what stands before it, and the shift.

    A number in the unit times ten to the *shift* is the number that is printed.
    """

    singular: str
    plural: str
    prefix: str = ""
    shift: int = 0


@lru_cache(maxsize=1024)
def unit_format(symbol: str, locale: str) -> UnitFormat:
    """单位版式 of the unit *symbol* in *locale*; measure words that no table knows stay Chinese."""
    if locale.startswith("zh"):
        symbol = _SPOKEN.get(symbol, symbol)
        if locale != "zh_Hans":
            symbol = _RATES_TRADITIONAL.get(symbol) or _chinese(symbol, locale)
        return UnitFormat(symbol, symbol)
    if symbol == "百分点":
        return UnitFormat(" percentage point", " percentage points")
    if symbol in _RATES:
        return UnitFormat(*_RATES[symbol])
    above, _, below = symbol.partition("/")
    under = "/" + "-".join(_atom(part, locale, many=False) for part in below.split("·")) if below else ""
    if above.endswith("元") and above[:-1] in _MONEY_SCALES:
        shift, name = _MONEY_SCALES[above[:-1]]
        return UnitFormat(name + under, name + under, "CNY ", shift)
    shift = 0
    if above[:1] in _COUNT_SCALES and not _known(above, locale):
        shift, above = _COUNT_SCALES[above[0]], above[1:]
    parts = above.split("·") if above else []
    one = "-".join(_atom(part, locale, many=False) for part in parts) + under
    many = "-".join(_atom(part, locale, many=n == len(parts)) for n, part in enumerate(parts, 1)) + under
    gap = " " if parts and above != "1" else ""
    return UnitFormat(gap + one, gap + many, "", shift)


def unit_text(symbol: str, locale: str) -> str:
    """计量单位的写法 alone, as a column heading or a message has it: 万元, 10,000 yuan, person-times."""
    if locale.startswith("zh"):
        return symbol if locale == "zh_Hans" else _chinese(symbol, locale)
    if symbol in ("百分点", *_RATES):
        return unit_format(symbol, locale).plural.strip()
    above, _, below = symbol.partition("/")
    up = ""
    if above[:1] in _COUNT_SCALES and not _known(above, locale):
        up, above = f"{10 ** _COUNT_SCALES[above[0]]:,} ", above[1:]
    under = "/" + "-".join(_atom(part, locale, many=False) for part in below.split("·")) if below else ""
    return (up + "-".join(_atom(part, locale, many=True) for part in above.split("·")) + under).strip()


def _known(symbol: str, locale: str) -> bool:
    return word("unit", symbol, locale) != symbol


def _atom(symbol: str, locale: str, *, many: bool) -> str:
    """One unit of a compound: 人·月 is person-month."""
    raised = _POWER.fullmatch(symbol)
    if raised:
        return f"{_atom(raised[1], locale, many=many)}^{raised[2]}"
    if symbol[:1] in SCALES and len(symbol) > 1 and not _known(symbol, locale):
        return f"{word('scale', symbol[0], locale)} {word('unit', symbol[1:], locale, many=True)}"
    return word("unit", symbol, locale, many=many)


def _chinese(symbol: str, locale: str) -> str:
    """A symbol in another Chinese script, unit by unit; 万 and 亿 before a unit too."""

    def own(part: str) -> str:
        if _known(part, locale):
            return word("unit", part, locale)
        scaled = part[:1] in SCALES
        return (word("scale", part[0], locale) + word("unit", part[1:], locale)) if scaled else part

    return "".join(part if part in "/·^" else own(part) for part in re.split(r"([/·^])", symbol))
