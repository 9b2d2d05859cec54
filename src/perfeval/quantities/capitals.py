"""大写金额的识别: 人民币玖佰零捌万壹仟捌佰元整 → 元, the inverse of :func:`perfeval.quantities.digits.capital`.

Read strictly: every form that the rules for bills and vouchers allow, and nothing else.
"""

from __future__ import annotations

import re
from fractions import Fraction

_DIGITS = {c: n for n, c in enumerate("零壹贰叁肆伍陆柒捌玖")}
_OTHERS = str.maketrans("貳貮叄參叁参陸萬億圆圓整正負幣", "贰贰叁叁叁叁陆万亿元元整整负币")
_SIZES = {"拾": 10, "佰": 100, "仟": 1000}
_AMOUNT = re.compile(
    r"(?P<rmb>人民币)?[:：]?(?P<minus>负)?(?:(?P<yuan>[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]++)元)?"
    r"(?:零?(?P<jiao>[壹贰叁肆伍陆柒捌玖])角)?(?:零?(?P<fen>[壹贰叁肆伍陆柒捌玖])分)?整?"
)


def capital_amount(text: str) -> Fraction | None:
    """The amount in 元 that *text* is in 大写, or None where it is none."""
    match = _AMOUNT.fullmatch(text.strip().translate(_OTHERS))
    if match is None or not (match["yuan"] or (match["rmb"] and (match["jiao"] or match["fen"]))):
        return None
    yuan = _whole(match["yuan"]) if match["yuan"] else 0
    if yuan is None:
        return None
    fen = yuan * 100 + 10 * _DIGITS.get(match["jiao"] or "", 0) + _DIGITS.get(match["fen"] or "", 0)
    return Fraction(-fen if match["minus"] else fen, 100)


def _whole(text: str) -> int | None:
    """Sections of 亿 and 万, each below the one before it; None where they are out of order."""
    for name, worth in (("亿", 10**8), ("万", 10**4)):
        head, found, tail = text.rpartition(name)
        if found:
            high, low = _whole(head) if head else None, _whole(tail) if tail else 0
            skipped = low is not None and 0 < low < worth // 10 and not tail.startswith("零")
            return None if not high or low is None or low >= worth or skipped else high * worth + low
    return _section(text)


def _section(text: str) -> int | None:
    """A number below ten thousand: 仟, 佰, 拾 in falling order, one 零 where a place is skipped."""
    total, last, rest = 0, 10000, text
    while rest:
        zero = rest[0] == "零" and len(text) > 1
        if zero:
            rest = rest[1:]
            if not rest or rest[0] == "零":
                return None
        digit = _DIGITS.get(rest[0])
        size = _SIZES.get(rest[1:2], 1)
        if digit is None or size >= last or (size * 10 < last < 10000 and not zero):
            return None
        total, last, rest = total + digit * size, size, rest[2 if size > 1 else 1 :]
    return total
