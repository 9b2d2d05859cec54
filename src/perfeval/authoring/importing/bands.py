"""分档的评分标准: ≥90%得满分，60%-90%按比例得分，低于60%不得分 → the rules that it may mean.

Every border must belong to exactly one of its two bands, by words (含, 以上, 低于) or because the other
band says that it does not; where both or neither claim it, the prose fits no rule.
"""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

NUMBER = r"\d{1,9}(?:\.\d{1,4})?"
_UNIT = r"(?:%|个百分点|[^\d,;%()\-~≥≤<>=得满扣不计按及以含之至的]{0,3}?)"
_HELD = r"(?:\((?P<{0}>不?含)(?:本数|{1}%?)?\))?"
_AT_LEAST = "≥|不低于|不少于|大于等于|大于或等于|达到|达|高于或等于"
_ABOVE = ">|大于|高于|超过"
_AT_MOST = "≤|不超过|不高于|小于等于|小于或等于|低于或等于"
_BELOW = "<|小于|低于|不足|未达到|不到|少于"
_SUBJECT = r"(?P<subject>[^\d,;%≥≤<>=]{0,14}?)"
_SIGNED = re.compile(
    rf"{_SUBJECT}(?P<sign>{_AT_LEAST}|{_ABOVE}|{_AT_MOST}|{_BELOW})(?P<value>{NUMBER})(?P<unit>{_UNIT})"
    r"(?:\((?P<held>不?含)\))?(?P<up>及?以上)?(?:\((?P<held2>不?含)\))?的?"
)
_OPEN = re.compile(
    rf"{_SUBJECT}在?(?P<value>{NUMBER})(?P<unit>{_UNIT})(?:\((?P<held>不?含)\))?(?P<side>及以上|以上|及以下|以下|以内)"
    r"(?:\((?P<held2>不?含)\))?的?"
)
_BETWEEN = re.compile(
    rf"{_SUBJECT}在?(?P<left>[\[(]?)(?P<low>{NUMBER})(?P<unit>{_UNIT})(?:\((?P<held>不?含)\))?(?:以上)?[-~至到,]"
    rf"(?P<high>{NUMBER})(?P<unit2>{_UNIT})(?:\((?P<held2>不?含)\))?(?P<right>[\])]?)(?:之间)?的?"
)
_REST = re.compile(r"(?:否则|其[他余它](?:情况)?|以下)的?")
_EXACT = re.compile(rf"{_SUBJECT}(?:为|=)?(?P<value>{NUMBER})(?P<unit>{_UNIT})的?")
_SHARE = re.compile(r"(?:得|计|按)(?:该项|本项)?(?:分值的(?P<a>\d{1,3})%|(?P<b>\d{1,3})%(?:的分值|分值)?)(?:计|得)?分?")
_GIVEN = re.compile(rf"(?:得|计|扣)?(?P<points>{NUMBER})分")
_AWARD = re.compile(
    rf"(?P<when>.*?),?(?P<award>(?:得|计|记)?满分|不得分|不计分|按[^,;]*|得分=[^,;]*|(?:得|计)?(?:该项|本项)?分值的\d{{1,3}}%|得\d{{1,3}}%(?:的?分值)|(?:得|计|扣){NUMBER}分|{NUMBER}分)"
)
_BY_LINE = re.compile(
    r"按照?占(?P<line>\d[\d.]*%)的?比例(?:得|计)分|按照?实际[^*×/÷]{0,6}[/÷](?P<line2>\d[\d.]*%)[*×](?:分值|权重)(?:得分|计分)?"
)
_BY_HUNDRED = re.compile(r"按照?(?:实际)?[^*×/÷]{1,6}(?:[*×]|乘以)(?:分值|权重)(?:得分|计分)?")
_BY_SHARE = re.compile(r"按照?(?:实际)?(?:完成)?比例(?:得分|计分|计算得分|给分|赋分)")

Written = tuple[str, tuple[tuple[str, str], ...]]


class Band(NamedTuple):
    """一档: its ends (None: open, or not said whether the end belongs to it), its unit and what it gives."""

    low: Fraction | None
    high: Fraction | None
    low_in: bool | None
    high_in: bool | None
    unit: str
    award: str


def bands(text: str, points: Fraction | None) -> list[Written]:
    """The strategies, each with its arguments, that *text* may mean."""
    clauses = [part for part in re.split(r"[;]|,(?![\d.]+%?\s*[\])])", text) if part]
    found: list[Band] = []
    rest = ""
    subjects: set[str] = set()
    for index, clause in enumerate(_joined(clauses)):
        cut = _AWARD.fullmatch(clause)
        if cut is None:
            return []
        if _REST.fullmatch(cut["when"]) and index:
            if rest:
                return []
            rest = cut["award"]
            continue
        band = _band(cut["when"], cut["award"], subjects)
        if band is None or rest:
            return []
        found.append(band)
    if len(subjects) > 1 or len({band.unit for band in found}) != 1 or len(found) + bool(rest) < 2:
        return []
    return _rules(sorted(found, key=_where, reverse=True), rest, points)


def _joined(clauses: list[str]) -> list[str]:
    """Clauses whole again where a comma stands between condition and award (90%以上的，得满分)."""
    made: list[str] = []
    waiting = ""
    for clause in clauses:
        if _AWARD.fullmatch(waiting + clause):
            made.append(waiting + clause)
            waiting = ""
        else:
            waiting += clause
    return [*made, waiting] if waiting else made


def _where(band: Band) -> tuple[Fraction, int]:
    """Sorts from high to low: an exact value stands above a band that ends at it."""
    at = band.low if band.low is not None else Fraction(-1)
    return at, int(band.low == band.high)


def _held(*marks: str | None) -> bool | None:
    said = {mark for mark in marks if mark}
    return None if len(said) != 1 else said == {"含"}


def _band(when: str, award: str, subjects: set[str]) -> Band | None:
    if (cut := _SIGNED.fullmatch(when)) is not None:
        value, held = Fraction(cut["value"]), _held(cut["held"], cut["held2"])
        band = _signed(cut["sign"], value, held, cut["unit"], award)
        if cut["up"] and cut["sign"] not in ("达到", "达"):
            return None
    elif (cut := _OPEN.fullmatch(when)) is not None:
        value, held = Fraction(cut["value"]), _held(cut["held"], cut["held2"])
        inside = True if held is None else held  # 以上 and 以下 include the number itself
        up = cut["side"].endswith("以上")
        said: bool | None = None if held is None and not cut["side"].startswith("及") else inside
        band = (
            Band(value, None, said, None, cut["unit"], award)
            if up
            else Band(None, value, None, said, cut["unit"], award)
        )
    elif (cut := _BETWEEN.fullmatch(when)) is not None:
        low, high = Fraction(cut["low"]), Fraction(cut["high"])
        if low >= high or cut["unit"] not in ("", cut["unit2"]):
            return None
        low_in = {"[": True, "(": False}.get(cut["left"], _held(cut["held"]))
        high_in = {"]": True, ")": False}.get(cut["right"], _held(cut["held2"]))
        band = Band(low, high, low_in, high_in, cut["unit2"], award)
    elif (cut := _EXACT.fullmatch(when)) is not None:
        value = Fraction(cut["value"])
        band = Band(value, value, True, True, cut["unit"], award)
    else:
        return None
    if cut["subject"]:
        subjects.add(cut["subject"])
    return band


def _signed(sign: str, value: Fraction, held: bool | None, unit: str, award: str) -> Band | None:
    for words, low, inside in (
        (_AT_LEAST, True, True),
        (_ABOVE, True, False),
        (_AT_MOST, False, True),
        (_BELOW, False, False),
    ):
        if sign in words.split("|"):
            if held is not None and held is not inside and sign not in ("高于", "低于", "大于", "小于"):
                return None
            said = inside if held is None else held
            return Band(value, None, said, None, unit, award) if low else Band(None, value, None, said, unit, award)
    return None


def _rules(found: list[Band], rest: str, points: Fraction | None) -> list[Written]:
    """The bands, from high to low, as rows that are tried in order — if every border has one owner."""
    found = [found[0], *(_below(upper, lower) for upper, lower in pairwise(found))]
    top = found[0]
    if top.low is None or (top.high is not None and top.high != top.low and not _whole(top)):
        return []
    if any(band.low is None for band in found[:-1]) or any(band.high is None for band in found[1:]):
        return []
    lows: list[bool] = []
    for upper, lower in pairwise(found):
        if upper.low != lower.high:
            return []
        owner = _owner(upper.low_in, lower.high_in)
        if owner is None:
            return []
        lows.append(owner)
    last = found[-1]
    if rest and last.low is not None:
        inside = True if last.low_in is None else last.low_in
        if last.low_in is None and len(found) > 1:
            return []
        lows.append(inside)
    elif rest or (last.low not in (None, Fraction(0))):
        return []
    awards = [band.award for band in found] + ([rest] if rest else [])
    borders = [band.low for band in found[: len(lows)] if band.low is not None]
    unit = top.unit.removeprefix("个")
    if any(award.startswith(("按", "得分=")) and not _SHARE.fullmatch(award) for award in awards):
        return _sloping(awards, borders, lows, unit, points)
    given = [_award(award, points) for award in awards]
    if None in given:
        return []
    rows = [
        (f"{'≥' if inside else '>'}{_text(border)}{f' {unit}' if unit else ''}", each)
        for border, inside, each in zip(borders, lows, given, strict=False)
    ]
    return [("分档", (*((key, str(each)) for key, each in rows), ("其余", str(given[-1]))))]


def _below(upper: Band, lower: Band) -> Band:
    """达到100%得满分，达到90%得8分: a second line without an upper end goes up to the first."""
    if lower.low is None or lower.high is not None or upper.low is None:
        return lower
    return lower._replace(high=upper.low, high_in=upper.low_in is False)


def _whole(band: Band) -> bool:
    """Whether a first band that is closed above ends at all there is (90%-100%)."""
    return band.unit == "%" and band.high == 100


def _owner(upper: bool | None, lower: bool | None) -> bool | None:
    """Whether the border belongs to the upper band; None where both or neither claim it."""
    if upper is None and lower is None:
        return None
    if upper is None:
        return not lower
    return None if lower is not None and upper is lower else upper


def _sloping(
    awards: list[str], borders: list[Fraction], lows: list[bool], unit: str, points: Fraction | None
) -> list[Written]:
    """Full above one line, nothing below another, in proportion between: what the proportion is of."""
    if len(awards) not in (2, 3) or not all(lows) or _award(awards[0], points) != "满分":
        return []
    if len(awards) == 3 and _award(awards[2], points) != "0 分":
        return []
    full = f"{_text(borders[0])}{f' {unit}' if unit else ''}"
    least = f"{_text(borders[1])}{f' {unit}' if unit else ''}" if len(borders) > 1 else f"0 {unit}"
    if unit != "%":
        return []
    told = (("达标线", full), ("及格线", least))
    by_line, by_hundred = ("满意度比例按达标线", told), ("满意度比例按百分", told)
    between = ("达线起算", (("线", least), ("满分线", full)))
    slope = awards[1]
    if (found := _BY_LINE.fullmatch(slope)) is not None:
        line = found["line"] or found["line2"]
        return [by_line] if line == full.replace(" ", "") else []
    if _BY_SHARE.fullmatch(slope):
        return [by_line, by_hundred, between] if len(awards) == 3 else [by_line, by_hundred]
    if _BY_HUNDRED.fullmatch(slope):
        return [by_hundred]
    return []


def _award(text: str, points: Fraction | None) -> str | None:
    """The points of one band as a row writes them."""
    if text.endswith("满分"):
        return "满分"
    if text in ("不得分", "不计分"):
        return "0 分"
    if (share := _SHARE.fullmatch(text)) is not None:
        return f"{share['a'] or share['b']} %"
    found = _GIVEN.fullmatch(text)
    if found is None:
        return None
    value = Fraction(found["points"])
    if text.startswith("扣"):
        return f"-{found['points']} 分"
    if points is not None and value > points:
        return None  # more than all: the table contradicts itself
    return "满分" if value == points else f"{found['points']} 分"


def _text(value: Fraction) -> str:
    from decimal import Decimal

    return f"{Decimal(value.numerator) / Decimal(value.denominator):f}"
