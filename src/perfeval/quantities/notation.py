"""写法识别: text of one cell → Figure: 4.58万人次, 近30万元, 3000余人, ≥95%, １６，８９８.11, 十二个.

One cell, one value. What is a number for sure is read; what is none is words; what could be two
things is refused, with the character where it stands and what to write. Time is linear in the text.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from attrs import evolve

from perfeval.errors import NotationError, Place, hidden_in, problem
from perfeval.quantities import amounts
from perfeval.quantities.dates import Day, Period, read_day, read_period
from perfeval.quantities.figure import Figure, Growth, Rank, Word
from perfeval.quantities.numerals import (
    INVISIBLE,
    LONGEST,
    THOUSANDS,
    WIDE,
    capital_amount,
    chinese_number,
)
from perfeval.quantities.quantity import Quantity
from perfeval.quantities.unit import BARE, Unit
from perfeval.quantities.units import base_units
from perfeval.quantities.vocabulary import (
    DIRECTIONS,
    ENDINGS,
    MARKS,
    PLACEHOLDERS,
    SIGNS,
    plain_wording,
    round_the_clock,
    value_before_words,
)

if TYPE_CHECKING:
    from perfeval.errors import Problem
    from perfeval.quantities.units import Units


def _any_of(words: Any) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_HEAD = re.compile(rf"\s*+(?:({_any_of(SIGNS)})|({_any_of(MARKS)})|(共计?|合计|累计|总计|[★☆]))(?!\s*+$)\s*+")
_END = re.compile(rf"({_any_of(ENDINGS)})$|(左右|上下)$")
_CHANGE = re.compile(
    rf"(?:(同比|环比)|(?:比|较)(?:上年|去年)(?:同期)?)?\s*+({_any_of(DIRECTIONS)})(?!至|到|为?[^\d一-九十百]*$)(?:为|了|率为?)?\s*+"
)
_LEVEL = re.compile(r"(?:(同比|环比)|(?:比|较)(?:上年|去年)(?:同期)?)?\s*+持平")
_RANK = re.compile(
    r"(?P<of>[^0-9第前]{0,16}?)(?:排名|位列|位居|并列|排|居|列)?(?:(?P<no>第)|(?P<top>前))\s*+"
    r"(?P<n>[0-9]{1,6}|[一二三四五六七八九十百]{1,6})\s*+(?:名|位)?(?P<end>及以内|以内|之内)?"
)
_OF_RANK = re.compile(r"(?P<of>全[国省市区县街镇州]|[^0-9]{0,8}排名?)\s*+(?P<n>[0-9]{1,6})\s*+名")
_BEFORE = re.compile(r"(.*?)(?:之前|以前|前)(?:完成)?$", re.DOTALL)
_UNSEEN = re.compile("[" + "".join(map(chr, INVISIBLE)) + "]")
_SENTENCE_END = "。；;"
_USUAL = re.compile(
    r"([<>]=|[≥≤=><])?+([近约超达])?+([0-9,]++)(?:\.([0-9]++))?+([余多])?+"
    r"([^\s0-9,./年月一二两三四五六七八九十百千零点]*+)"
)
_CAPITAL = re.compile("[零壹贰貳叁叄伍陆陸柒捌玖肆][元圆圓角分拾佰仟万萬亿億]")
_SHORT = 40
"""No date or period is longer, and longer cells are not worth remembering."""


def figure(
    text: Any,
    *,
    unit: Unit | str | None = None,
    units: Units | None = None,
    place: Place | None = None,
    strict: bool = True,
) -> Figure:
    """写法: read the one value of a cell.

    *unit* is what the column's heading says (5.8万 under 万元 is 5.8万元); *units* the table to look
    units up in (the built-in one); *place* where the text stands. With *strict* off, a measure word
    that no table knows is its own unit. Numbers are taken too, floats never. Raises NotationError
    with a code, the character and what to write; UnitError for an unknown *unit*.
    """
    if type(text) is not str:
        if not isinstance(text, str):
            table = base_units() if units is None else units
            return _of_number(text, unit if unit is None or type(unit) is Unit else table.get(str(unit)), place)
        text = str(text)  # a cell is a str that knows its place; here only the text counts
    found = _remembered(text, unit, units, strict) if len(text) <= _SHORT else _read(text, unit, units, strict)
    if isinstance(found, tuple):
        raise NotationError(*(each.at(place) for each in found))
    return found if place is None else found.at(place)


def _read(text: str, unit: Unit | str | None, units: Units | None, strict: bool) -> Figure | tuple[Problem, ...]:
    """The figure, or why there is none; of the arguments alone, so that it can be remembered."""
    table = base_units() if units is None else units
    column = unit if unit is None or type(unit) is Unit else table.get(str(unit))
    try:
        found = _usual(text, table) or _capital(text, table)
        if found is None:
            seen = _UNSEEN.sub("", text)
            if seen != text:
                return _read(seen, unit, units, strict)
            found = _Cell(text, table, strict=strict, timed=column is not None and _is_time(column)).read()
        return found if column is None else found.under(column)
    except NotationError as error:
        return tuple(_quoted(each, text) for each in error.problems)


def _usual(text: str, table: Units) -> Figure | None:
    """Most cells, ≥98%, 近30万元 and 3000余人, by one match in a tenth of the time; None for everything else."""
    match = _USUAL.fullmatch(text)
    if match is None:
        return None
    sign, mark, whole, decimals, more, word = match.groups("")
    unit = table.known(word)
    if unit is None or (mark and more):
        return None
    if "," in whole:
        if not THOUSANDS.fullmatch(whole):
            return None
        whole = whole.replace(",", "")
    digits = whole + decimals
    if len(digits) > LONGEST:
        return None
    step = _last_digit(len(decimals), unit.up, unit.down)
    value = Quantity.of(int(digits) * unit.up, unit.down * 10 ** len(decimals), unit)
    return Figure(text, value, step=step, mark=mark or more, sign=SIGNS[sign] if sign else "")


@lru_cache(maxsize=1024)
def _last_digit(decimals: int, up: int, down: int) -> Fraction:
    """What the last of so many decimals is worth in base units, of a unit whose factor to them is up/down."""
    return Fraction(up, down * 10**decimals)


def _capital(text: str, table: Units) -> Figure | None:
    """An amount in 大写, to the 分; None for everything else."""
    if len(text) > LONGEST or not _CAPITAL.search(text):
        return None
    amount = capital_amount(text)
    return None if amount is None else Figure(text, Quantity(amount, table.get("元")), step=Fraction(1, 100))


_remembered = lru_cache(maxsize=2048)(_read)  # the same few cells (100%, 10, 是) fill most rows of most tables
forget = _remembered.cache_clear
"""Forget the cells met before: for measuring only; what is remembered never changes an answer."""


def _quoted(what: Problem, text: str) -> Problem:
    """The problem with its quotation as it was written, full-width signs and all."""
    given = what.get("given")
    at = text.translate(WIDE).find(given) if isinstance(given, str) and given else -1
    if at < 0:
        return what
    values = tuple((name, text[at : at + len(given)] if name == "given" else value) for name, value in what.values)
    return evolve(what, values=values)


def _is_time(unit: Unit) -> bool:
    return unit.dims in ((("个月", 1),), (("天", 1),))


def _of_number(number: Any, column: Unit | None, place: Place | None) -> Figure:
    if isinstance(number, Figure):
        return number if column is None else number.under(column)
    if isinstance(number, Quantity):
        step = None
        written = Figure(str(number), number, step=step, place=place)
        return written if column is None else written.under(column)
    step = Fraction(1)
    if isinstance(number, Decimal) and number.is_finite():
        step = Fraction(10) ** min(0, max(int(number.as_tuple().exponent), -LONGEST))
    quantity = Quantity(number, BARE)
    made = Figure(str(number), quantity, step=None if isinstance(number, Fraction) else step, place=place)
    return made if column is None else made.under(column)


class _Cell:
    """One text on its way to a Figure; positions count in the text as given."""

    def __init__(self, text: str, table: Units, *, strict: bool, timed: bool) -> None:
        self.text, self.table, self.strict, self.timed = text, table, strict, timed
        wide = text.translate(WIDE)
        body = wide.strip()
        self.start = len(wide) - len(wide.lstrip())
        self.body = body[:-1].rstrip() if body[-1:] in _SENTENCE_END else body

    def read(self) -> Figure:
        """The figure; raises NotationError where the text has digits that are no value for sure."""
        body = plain_wording(self.body)
        if round_the_clock(body):
            return Figure(self.text, Word(self.text.strip()))
        if body in PLACEHOLDERS or body.startswith("【待填"):
            return Figure(self.text, None)
        if len(body) <= _SHORT and _likely_date(body) and not self.timed and (dated := self._dated(body)) is not None:
            return dated
        found: Figure | None
        try:
            found = self._rank(body) or self._changed(body) or self._number(body, 0, None)
        except NotationError:
            found = self._before_words(body)
            if found is None:
                self._bracketed(body)
                raise
        if found.quantity is not None and self.table.find(found.quantity.unit.symbol) is None:
            return self._before_words(body) or found
        return found

    def _before_words(self, body: str) -> Figure | None:
        """The value in front of words that say nothing of it, 757万平方米养护全覆盖; None where that is not for sure."""
        if self.strict:
            return None
        value = value_before_words(body, lambda symbol: self.table.find(symbol) is not None)
        return self._number(value, 0, None) if value else None

    def _bracketed(self, body: str) -> None:
        """Raise what is wrong with 165次(含夜间): the bracket, where all before it is a value."""
        at = body.find("(")
        if at < 1 or body[-1] != ")":
            return
        before = _Cell(self.text[self.start : self.start + at], self.table, strict=self.strict, timed=self.timed)
        try:
            found = before.read()
        except NotationError:
            return
        if found.value is None or isinstance(found.value, Word):
            return
        raise self._refuse(
            "bracket-behind",
            "“{given}”里的括号“{bracket}”不是数值；请去掉括号，只写“{write}”，括号里的话写到“说明”里",
            at,
            given=body[:60],
            bracket=self.text[self.start + at :].strip()[:40],
            write=found.text.strip(),
        )

    def _dated(self, body: str) -> Figure | None:
        at = self.start + 1
        found: Day | Period | None = read_day(body, at)
        if found is None and (before := _BEFORE.fullmatch(body)) and (day := read_day(before[1], at)):
            period = Period.of(None, day, self.text)
            return Figure(self.text, evolve(day, text=self.text), sign="≤", mark="前", period=period)
        found = found or read_period(body, at)
        if found is None:
            return None
        if found.text != self.text:
            found = evolve(found, text=self.text)
        period = found if isinstance(found, Period) else Period.of(found, found, self.text)
        return Figure(self.text, found, period=period)

    def _rank(self, body: str) -> Figure | None:
        if "第" not in body and "前" not in body and not body.endswith("名"):
            return None
        match = _RANK.fullmatch(body)
        if match is None:
            other = _OF_RANK.fullmatch(body)
            if other is None:
                return None
            return Figure(self.text, Rank(int(other["n"]), other["of"].removesuffix("名").removesuffix("排")))
        n = int(match["n"]) if match["n"].isdecimal() else int(chinese_number(match["n"]))
        of = match["of"].strip(" ,:的")
        return Figure(self.text, Rank(n, of), sign="≤" if match["top"] or match["end"] else "")

    def _changed(self, body: str) -> Figure | None:
        if level := _LEVEL.fullmatch(body):
            kind = level[1] or ("同比" if body != "持平" else "")
            return Figure(self.text, Quantity(0, "%"), change=Growth(kind, "持平"))
        match = _CHANGE.match(body)
        if match is None:
            return None
        kind = match[1] or ("同比" if body[0] in "比较" else "")
        return self._number(body, match.end(), Growth(kind, DIRECTIONS[match[2]]))

    def _number(self, body: str, at: int, change: Growth | None) -> Figure:
        """Signs and marks, then the amount or the range, then what stands behind."""
        sign = mark = ""
        while head := _HEAD.match(body, at):
            if head[1]:
                if sign:
                    raise self._refuse("two-signs", "“{given}”有两个比较符号；请只写一个，如“≥95%”", at, given=body)
                sign = SIGNS[head[1]]
            mark = MARKS[head[2]] if head[2] else mark
            at = head.end()
        rest, ending = body[at:], _END.search(body, at)
        if ending is not None:
            rest = body[at : ending.start()].rstrip()
            own = ENDINGS.get(ending[1] or "", "")
            if own and sign and own != sign:
                raise self._refuse(
                    "two-signs", "“{given}”有两个比较符号；请只写一个，如“≥95%”", ending.start(), given=body
                )
            sign, mark = own or sign, mark or ("左右" if ending[2] else ending[1])
        amount = amounts.read(rest, self.table, at=self.start + at, strict=self.strict)
        if amount is None:
            return self._no_number(body)
        if amount.mark and mark in ("近", "约", "达", "左右"):
            mark = mark if mark != "达" else amount.mark
        return Figure(self.text, amount.value, step=amount.step, mark=mark or amount.mark, sign=sign, change=change)

    def _no_number(self, body: str) -> Figure:
        """Words; unless digits stand in them: then what they are is said, and that it is no value."""
        digit = next((i for i, char in enumerate(body) if char in "0123456789"), None)
        if digit is None:
            rest = body.lstrip("≥≤><=﹥﹤ ")
            if rest in ("", "%", "‰") or (rest != body and self.table.find(rest) is not None):
                raise self._refuse(
                    "sign-alone", "“{given}”只有符号，没有数；请把数写全，如“≥95%”；没有数请留空", 0, given=body[:60]
                )
            wrong = hidden_in(self.text)
            if wrong is not None:
                raise NotationError(wrong)
            return Figure(self.text, Word(self.text.strip()))
        raise amounts.no_value(body, digit, self.start)

    def _refuse(self, code: str, template: str, at: int, **values: object) -> NotationError:
        return NotationError(problem(code, template, place=Place(char=self.start + at + 1), **values))


def _likely_date(text: str) -> bool:
    """True where a date or period may stand in *text*."""
    return "年" in text or "月" in text or "季" in text or "-" in text or "." in text or "/" in text or "今" in text
