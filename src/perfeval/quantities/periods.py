"""日期与时期: reading 2021年10月31日, 2021年1-10月, 前三季度, 截至10月底, 2021.1.1-2019.12.30.

A year that the text leaves out stays out (:attr:`Period.year_missing`); nothing is guessed, and a
period that ends before it starts is read as it stands: saying so is a check's business.
"""

from __future__ import annotations

import re

from attrs import evolve

from perfeval.quantities.figure import Day, Period
from perfeval.quantities.numerals import chinese_number, refuse

_CHINESE = "[〇零○一二三四五六七八九十]"
_DAY = re.compile(
    rf"(?:(?P<y>[0-9]{{4}}|{_CHINESE}{{4}})\s*+年度?|(?P<now>今年|本年度?|当年))?\s*+"
    rf"(?:(?P<m>[0-9]{{1,2}}|{_CHINESE}{{1,2}})\s*+月份?)?\s*+"
    rf"(?:(?P<d>[0-9]{{1,2}}|{_CHINESE}{{1,3}})\s*+[日号])?\s*+"
    r"(?P<e>年?底|年?末|年终|年?初|上旬|中旬|下旬)?"
)
_NUMERIC = re.compile(r"([0-9]{4})\s*+([-/.])\s*+([0-9]{1,2})(?:\s*+\2\s*+([0-9]{1,2}))?")
_PART = re.compile(
    r"(?:(?P<y>[0-9]{4})\s*+年度?|今年|本年)?\s*+(?:(?P<half>[上下])半年|(?P<all>全年)"
    r"|(?P<first>前)\s*+(?P<n>[1-9一二三两]|1[0-2]|十[一二]?)\s*+(?P<of>个?季度|个月)"
    r"|第?\s*+(?P<q>[1-4一二三四])\s*+季度)"
)
_BETWEEN = re.compile(r"\s*+(?:~|—{1,2}|―{1,2}|-{1,2}|至|到)\s*+")
_MONTH_DAY = re.compile(r"[0-9]{1,2}\s*+([-/.])\s*+[0-9]{1,2}")
_ONLY_DAY = re.compile(r"([0-9]{1,2})\s*+[日号]")
_EDGES = {"年底": "底", "年末": "底", "末": "底", "年终": "底", "年初": "初"}


def _number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    return int(chinese_number(text))


def day(text: str, char: int = 1) -> Day | None:
    """The day, month or year that *text* is, or None; raises NotationError for a 30 February."""
    text = text.strip()
    if (numeric := _NUMERIC.fullmatch(text)) and (numeric[4] or numeric[2] != "."):
        found = Day(year=int(numeric[1]), month=int(numeric[3]), day=int(numeric[4]) if numeric[4] else None, text=text)
        if not numeric[4] and not 1 <= int(numeric[3]) <= 12:
            return None
    else:
        match = _DAY.fullmatch(text)
        if match is None or (match["d"] and not match["m"]):
            return None
        edge = match["e"] or ""
        if not (match["y"] or match["now"] or match["m"] or edge.startswith("年")):  # 年底 alone is this year's
            return None
        if edge.startswith("年") and match["m"]:
            return None
        found = Day(
            year=_number(match["y"]) if match["y"] else None,
            month=_number(match["m"]) if match["m"] else None,
            day=_number(match["d"]) if match["d"] else None,
            edge=_EDGES.get(edge, edge),
            text=text,
        )
    try:
        (evolve(found, year=2000) if found.year is None else found).last  # noqa: B018 - asks the calendar
    except ValueError:
        raise refuse("bad-date", "“{given}”不是日历上的日期；请改正，如“2021年10月31日”", char, given=text) from None
    return found


def period(text: str, char: int = 1) -> Period | None:
    """The period that *text* is, or None where it is none."""
    whole = text.strip()
    for open_end in ("至今", "以来", "起"):
        if whole.endswith(open_end):
            since = day(whole.removesuffix(open_end).removeprefix("自").removeprefix("从"), char)
            return Period.of(since, None, text) if since else None
    for open_start in ("截至", "截止到", "截止至", "截止", "截至到", "到", "至"):
        if whole.startswith(open_start):
            until = day(whole.removeprefix(open_start).removesuffix("止"), char + len(open_start))
            if until:
                return Period.of(None, until, text)
    if (part := _PART.fullmatch(whole)) is not None:
        return _part(part, text)
    return _between(whole.removeprefix("从").removeprefix("自").removesuffix("止").removesuffix("期间"), text, char)


def _part(part: re.Match[str], text: str) -> Period:
    """半年, 季度, 前三季度, 前10个月, 全年."""
    year = int(part["y"]) if part["y"] else None
    if part["half"]:
        first, last = (1, 6) if part["half"] == "上" else (7, 12)
    elif part["all"]:
        first, last = 1, 12
    elif part["first"]:
        n = _number(part["n"].replace("两", "二"))
        first, last = 1, n if "月" in part["of"] else 3 * n
    else:
        quarter = _number(part["q"])
        first, last = 3 * quarter - 2, 3 * quarter
    if last > 12:
        raise refuse("bad-date", "“{given}”不是日历上的日期；请改正，如“2021年10月31日”", 1, given=text)
    return Period.of(Day(year=year, month=first), Day(year=year, month=last), text)


def _between(whole: str, text: str, char: int) -> Period | None:
    """A start and an end; what one of them leaves out the other supplies (2021年1-10月)."""
    for joint in _BETWEEN.finditer(whole):
        left, right = whole[: joint.start()].strip(), whole[joint.end() :].strip()
        until = day(right, char + joint.end())
        if until is None:
            within = _within_year(left, right, joint[0].strip(), char) or _within_month(left, right, char)
            if within is not None:
                return Period.of(*within, text)
            continue
        named = next((unit for unit in ("日", "号", "月", "年") if unit in right), "")
        since = day(left, char)
        if since is None and left[-1:].isdecimal() and named:
            since = day(left + named, char)
        if since is None:
            continue
        if until.year is None and "今年" not in right:
            until = evolve(until, year=since.year)
        if since.year is None and "今年" not in left:
            since = evolve(since, year=until.year)
        if until.month is None and until.day is None and since.month is not None and not until.edge and named != "年":
            return None
        return Period.of(since, until, text)
    return None


def _within_year(left: str, right: str, joint: str, char: int) -> tuple[Day, Day] | None:
    """2021.1.1—12.31: two days in digits, of the year that the first one names."""
    first, last = _NUMERIC.fullmatch(left), _MONTH_DAY.fullmatch(right)
    if first is None or last is None or not first[4] or last[1] != first[2] or joint == first[2]:
        return None
    since, until = day(left, char), day(f"{first[1]}{first[2]}{right}", char)
    return None if since is None or until is None else (since, until)


def _within_month(left: str, right: str, char: int) -> tuple[Day, Day] | None:
    """5月3日—9日 and 5月3—9日: two days of the month that the first one names."""
    last = _ONLY_DAY.fullmatch(right)
    if last is None:
        return None
    since = day(left if left.endswith(("日", "号")) else f"{left}日", char)
    if since is None or since.month is None or since.day is None:
        return None
    named = f"{'' if since.year is None else f'{since.year}年'}{since.month}月{last[1]}日"
    until = day(named, char)
    return None if until is None else (since, until)
