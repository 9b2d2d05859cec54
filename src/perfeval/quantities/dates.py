"""日期与时期: days and periods — as records, read from text, and written as official papers have them.

Reading: 2021年10月31日, 2021年1-10月, 前三季度, 截至10月底, 2021.1.1-2019.12.30. A year that the text leaves
out stays out (:attr:`Period.year_missing`); nothing is guessed, and a period that ends before it
starts is read as it stands: saying so is a check's business.

Writing, basis GB/T 15835-2011 (未核对): Arabic digits without leading zeros, years in full, — between
the ends of a period, never a short hyphen; what both ends share is written once (2021年1—10月).
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from attrs import evolve, field, frozen

from perfeval.errors import record_repr
from perfeval.locales.messages import DEFAULT, message, say
from perfeval.locales.patterns import full_date, full_month, month_and_day, month_name
from perfeval.quantities.numerals import chinese_number, refuse

_STARTS, _ENDS = {"底": -1, "末": -1, "中旬": 11, "下旬": 21}, {"上旬": 10, "中旬": 20}
_ONE_DAY = timedelta(1)


@frozen(repr=False, kw_only=True)
class Day:
    """日期: a day, month or year as written; *year* is None where the text names none (截至10月底).

    *edge* is what stood behind it: 底, 末, 初, 上旬, 中旬, 下旬.
    """

    __repr__ = record_repr

    year: int | None
    month: int | None = None
    day: int | None = None
    edge: str = ""
    text: str = field(default="", eq=False)

    def in_year(self, year: int) -> Day:
        """The same in *year*, where the text names no year of its own."""
        return self if self.year is not None else evolve(self, year=year)

    @property
    def first(self) -> date | None:
        """The first day that it can mean; None without a year."""
        if self.year is None:
            return None
        if self.edge in _STARTS and self.day is None:
            last = self.last
            return last if _STARTS[self.edge] < 0 or last is None else last.replace(day=_STARTS[self.edge])
        return date(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)

    @property
    def last(self) -> date | None:
        """The last day that it can mean (2021年底 is 2021-12-31); None without a year."""
        if self.year is None:
            return None
        month = (1 if self.edge == "初" else 12) if self.month is None else self.month
        if self.day is not None:
            return date(self.year, month, self.day)
        if self.edge in _ENDS:
            return date(self.year, month, _ENDS[self.edge])
        return date(self.year, 12, 31) if month == 12 else date(self.year, month, 1).replace(month=month + 1) - _ONE_DAY


@frozen(repr=False)
class Period:
    """时期: from *start* to *end*, both days included; None where it is open or its year is missing.

    *since* and *until* keep what was written; :meth:`in_year` supplies a year that was left out.
    """

    __repr__ = record_repr

    start: date | None
    end: date | None
    text: str = field(default="", eq=False)
    since: Day | None = None
    until: Day | None = None

    @classmethod
    def of(cls, since: Day | None, until: Day | None, text: str = "") -> Period:
        """The period from the first day of *since* to the last of *until*."""
        return cls(since.first if since else None, until.last if until else None, text, since, until)

    @property
    def year_missing(self) -> bool:
        """True where a day of it was written without a year (截至10月底)."""
        return any(day is not None and day.year is None for day in (self.since, self.until))

    def in_year(self, year: int) -> Period:
        """The same with *year* where none was written."""
        since, until = (day.in_year(year) if day else None for day in (self.since, self.until))
        return Period.of(since, until, self.text)


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


def _part_number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    return int(chinese_number(text))


def read_day(text: str, char: int = 1) -> Day | None:
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
            year=_part_number(match["y"]) if match["y"] else None,
            month=_part_number(match["m"]) if match["m"] else None,
            day=_part_number(match["d"]) if match["d"] else None,
            edge=_EDGES.get(edge, edge),
            text=text,
        )
    try:
        (evolve(found, year=2000) if found.year is None else found).last  # noqa: B018 - asks the calendar
    except ValueError:
        raise refuse("bad-date", "“{given}”不是日历上的日期；请改正，如“2021年10月31日”", char, given=text) from None
    return found


def read_period(text: str, char: int = 1) -> Period | None:
    """The period that *text* is, or None where it is none."""
    whole = text.strip()
    for open_end in ("至今", "以来", "起"):
        if whole.endswith(open_end):
            since = read_day(whole.removesuffix(open_end).removeprefix("自").removeprefix("从"), char)
            return Period.of(since, None, text) if since else None
    for open_start in ("截至", "截止到", "截止至", "截止", "截至到", "到", "至"):
        if whole.startswith(open_start):
            until = read_day(whole.removeprefix(open_start).removesuffix("止"), char + len(open_start))
            if until:
                return Period.of(None, until, text)
    if (part := _PART.fullmatch(whole)) is not None:
        return _part(part, text)
    return _start_and_end(
        whole.removeprefix("从").removeprefix("自").removesuffix("止").removesuffix("期间"), text, char
    )


def _part(part: re.Match[str], text: str) -> Period:
    """半年, 季度, 前三季度, 前10个月, 全年."""
    year = int(part["y"]) if part["y"] else None
    if part["half"]:
        first, last = (1, 6) if part["half"] == "上" else (7, 12)
    elif part["all"]:
        first, last = 1, 12
    elif part["first"]:
        n = _part_number(part["n"].replace("两", "二"))
        first, last = 1, n if "月" in part["of"] else 3 * n
    else:
        quarter = _part_number(part["q"])
        first, last = 3 * quarter - 2, 3 * quarter
    if last > 12:
        raise refuse("bad-date", "“{given}”不是日历上的日期；请改正，如“2021年10月31日”", 1, given=text)
    return Period.of(Day(year=year, month=first), Day(year=year, month=last), text)


def _start_and_end(whole: str, text: str, char: int) -> Period | None:
    """A start and an end; what one of them leaves out the other supplies (2021年1-10月)."""
    for joint in _BETWEEN.finditer(whole):
        left, right = whole[: joint.start()].strip(), whole[joint.end() :].strip()
        until = read_day(right, char + joint.end())
        if until is None:
            within = _within_year(left, right, joint[0].strip(), char) or _within_month(left, right, char)
            if within is not None:
                return Period.of(*within, text)
            continue
        named = next((unit for unit in ("日", "号", "月", "年") if unit in right), "")
        since = read_day(left, char)
        if since is None and left[-1:].isdecimal() and named:
            since = read_day(left + named, char)
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
    since, until = read_day(left, char), read_day(f"{first[1]}{first[2]}{right}", char)
    return None if since is None or until is None else (since, until)


def _within_month(left: str, right: str, char: int) -> tuple[Day, Day] | None:
    """5月3日—9日 and 5月3—9日: two days of the month that the first one names."""
    last = _ONLY_DAY.fullmatch(right)
    if last is None:
        return None
    since = read_day(left if left.endswith(("日", "号")) else f"{left}日", char)
    if since is None or since.month is None or since.day is None:
        return None
    named = f"{'' if since.year is None else f'{since.year}年'}{since.month}月{last[1]}日"
    until = read_day(named, char)
    return None if until is None else (since, until)


_SPANS = {
    (1, 3): message("{year}年第一季度"),
    (4, 6): message("{year}年第二季度"),
    (7, 9): message("{year}年第三季度"),
    (10, 12): message("{year}年第四季度"),
    (1, 6): message("{year}年上半年"),
    (7, 12): message("{year}年下半年"),
    (1, 9): message("{year}年前三季度"),
}
_EDGE_TEXTS = {
    "底": message("{day}底"),
    "末": message("{day}末"),
    "初": message("{day}初"),
    "上旬": message("{day}上旬"),
    "中旬": message("{day}中旬"),
    "下旬": message("{day}下旬"),
}
_YEAR_ENDS = {"底": message("年底"), "初": message("年初")}


def day_text(day: Day, locale: str = DEFAULT) -> str:
    """日期: the day, month or year in the official form, 2021年10月31日, 10月下旬."""
    if day.year is None:
        if day.month is None:  # 年底 of a year that nobody wrote
            return say(_YEAR_ENDS[day.edge], locale) if day.edge in _YEAR_ENDS else day.text
        written = month_name(day.month, locale) if day.day is None else month_and_day(day.month, day.day, locale)
    elif day.month is None:
        written = _year(day.year, locale)
    elif day.day is None:
        written = full_month(day.year, day.month, locale)
    else:
        return full_date(day.first, locale) if day.first else day.text
    if day.edge in _EDGE_TEXTS:
        return say(_EDGE_TEXTS[day.edge], locale, day=written)
    return written


def period_text(period: Period, locale: str = DEFAULT, *, quarters: bool = False) -> str:
    """时期 in the official form; *quarters*, or a text that names them, writes 2021年前三季度 or 2021年上半年."""
    if period.start is not None or period.end is not None:
        quarters = quarters or "季度" in period.text or "半年" in period.text
        return span_text(period.start, period.end, locale, quarters=quarters)
    since, until = (day and day_text(day, locale) for day in (period.since, period.until))
    if since and until:
        return since if since == until else f"{since}—{until}" if locale.startswith("zh") else f"{since} – {until}"
    if until:
        return say("截至{day}", locale, day=until)
    return say("{day}起", locale, day=since) if since else period.text


def _year(number: int, locale: str = DEFAULT) -> str:
    """年份: the year in full, 2021年."""
    return say("{year}年", locale, year=number)


def span_text(start: date | None, end: date | None, locale: str = DEFAULT, *, quarters: bool = False) -> str:
    """时段: from *start* to *end*, both days included; without a start 截至…, without an end …起.

    Whole years, months and days are written as such: 2021年, 2021年1—10月, 2021年5月26日—10月31日.
    *quarters* writes 2021年前三季度 or 2021年上半年 where the months are just these.
    """
    if start is None:
        return say("截至{day}", locale, day=full_date(end, locale)) if end is not None else ""
    if end is None:
        return say("{day}起", locale, day=full_date(start, locale))
    if start == end:
        return full_date(start, locale)
    if start.day == 1 and end.day == monthrange(end.year, end.month)[1]:
        return _months(start, end, locale, quarters=quarters)
    if not locale.startswith("zh"):
        first = month_and_day(start.month, start.day, locale) if start.year == end.year else full_date(start, locale)
        return f"{first} – {full_date(end, locale)}"
    if start.year != end.year:
        return f"{full_date(start, locale)}—{full_date(end, locale)}"
    if start.month != end.month:
        return f"{full_date(start, locale)}—{month_and_day(end.month, end.day, locale)}"
    return f"{full_date(start, locale)}—{end.day}日"


def _months(start: date, end: date, locale: str, *, quarters: bool) -> str:
    chinese = locale.startswith("zh")
    if start.month == 1 and end.month == 12:
        if start.year == end.year:
            return _year(start.year, locale)
        return f"{start.year}{'—' if chinese else '–'}{_year(end.year, locale)}"
    if start.year != end.year:
        between = "—" if chinese else " – "
        return full_month(start.year, start.month, locale) + between + full_month(end.year, end.month, locale)
    if start.month == end.month:
        return full_month(start.year, start.month, locale)
    if quarters and (start.month, end.month) in _SPANS:
        return say(_SPANS[start.month, end.month], locale, year=start.year)
    if chinese:
        return f"{start.year}年{start.month}—{end.month}月"
    return f"{month_name(start.month, locale)}–{full_month(end.year, end.month, locale)}"
