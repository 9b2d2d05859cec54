"""指标值: the target of an indicator, a union parsed from the cell's text.

One reading for YAML, workbook and Python: ``≥95 %`` is the same target everywhere. Whether the sign
was written is kept, because no sign is the commonest form and its direction is only a default.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Any

from attrs import frozen

from perfeval.errors import NotationError, problem, record_repr
from perfeval.model.fields import as_stored, exact_text, native_value, refuse_float
from perfeval.quantities.dates import Day, Period
from perfeval.quantities.figure import Figure, Range, Rank, Word
from perfeval.quantities.notation import figure
from perfeval.quantities.quantity import Quantity
from perfeval.quantities.unit import Unit


@frozen(repr=False)
class Compared:
    """数值指标: a sign and a figure; ``written`` says whether the sign stood in the cell."""

    __repr__ = record_repr

    sign: str
    figure: Figure
    written: bool = True

    @property
    def text(self) -> str:
        """The target as written."""
        return self.figure.text


@frozen(repr=False)
class Between:
    """区间指标: inside [low, high]."""

    __repr__ = record_repr

    low: Quantity
    high: Quantity
    text: str = ""


@frozen(repr=False)
class By:
    """时限指标: done on or before a day (the last day of what was written: 2021年底 is 12月31日)."""

    __repr__ = record_repr

    until: Day
    text: str = ""

    @property
    def day(self) -> dt.date | None:
        """The last day in time; None where the text names no year of its own."""
        return self.until.last

    def in_year(self, year: int | None) -> By:
        """The same in *year*, where the text names none."""
        return self if year is None or self.until.year is not None else By(self.until.in_year(year), self.text)


@frozen(repr=False)
class TopRank:
    """排名指标: a rank at least as good as the one named (前3名, 第3)."""

    __repr__ = record_repr

    rank: int
    of: str = ""
    text: str = ""


@frozen(repr=False)
class YesNo:
    """是否指标: 是 or 否; 否 occurs as a target too."""

    __repr__ = record_repr

    expected: bool
    text: str = "是"


@frozen(repr=False)
class Elements:
    """要素指标: so many elements to be present, named one by one."""

    __repr__ = record_repr

    names: tuple[str, ...]
    text: str = ""


@frozen(repr=False)
class Judged:
    """定性指标: words that a judge weighs (显著提升, 达成预期指标)."""

    __repr__ = record_repr

    text: str


Target = Compared | Between | By | TopRank | YesNo | Elements | Judged

YES = frozenset({"是", "有", "√", "达标", "已完成"})
NO = frozenset({"否", "无", "未达标", "未完成"})


def target(text: Any, *, unit: Unit | str | None = None) -> Target:
    """Parse 指标值 *text*; a bare number stands in *unit* where one is given.

    A text with digits that cannot be read for sure raises NotationError (never a guess); words
    without a quantity are a judged target.
    """
    if isinstance(text, Target):
        return text
    refuse_float(text)
    written = (str(text) if isinstance(text, (str, int, Decimal, Fraction)) else exact_text(text)).strip()
    place = getattr(text, "place", None)
    if written.startswith(("要素：", "要素:")):
        names = tuple(part.strip() for part in written[3:].replace("，", "、").split("、") if part.strip())
        return Elements(names, written)
    if written in ("是", "否"):
        return YesNo(written == "是", written)
    read = figure(written, unit=unit, strict=False, place=place)
    if stored := getattr(text, "stored", ""):
        read = as_stored(read, stored, unit)
    match read.value:
        case Quantity():
            return Compared(read.sign, read, bool(read.sign))
        case Range(low=low, high=high):
            return Between(low, high, written)
        case Rank(number=number, of=of):
            return TopRank(number, of, written)
        case Day() as day:
            return By(day, written)
        case Period(until=Day() as day):
            return By(day, written)
        case Word():
            return Judged(written)
        case _:
            raise NotationError(
                problem("target-empty", "指标值“{text}”是空位；请填写目标，如 ≥95%", place=place, text=written)
            )


def to_target(value: Any) -> Target | None:
    """The attrs converter of a target field."""
    value = native_value(value)
    return None if value is None else target(value)


def sign_of(target: Target | None) -> str:
    """The sign, or the kind, by which a target without a named strategy is scored."""
    match target:
        case Compared(sign=sign):
            return sign
        case Judged():
            return "定性"
        case Between():
            return "区间"
        case By():
            return "时限"
        case TopRank():
            return "名次"
        case YesNo():
            return "是否"
        case Elements():
            return "要素"
        case None:
            return ""
