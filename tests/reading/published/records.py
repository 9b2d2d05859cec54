"""What is drawn (values, indicators, funds, contents) and what is right about it (lines, amounts, totals)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

_SPLIT = re.compile(r"(≥|≤|=|＝|>|<|>=|<=)?\s*(-?[\d.]+)\s*(.*)")


def rounded(number: Fraction, places: int = 2) -> Decimal:
    """*number* with so many decimals, half up, without zeros behind."""
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    return plain(exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def plain(number: Decimal) -> Decimal:
    """*number* without zeros behind its decimals."""
    return number.quantize(Decimal(1)) if number == number.to_integral() else number.normalize()


@dataclass(frozen=True)
class Value:
    """What one cell says: a quantity with its sign, a day (what is not told is None) or words alone."""

    text: str
    sign: str = ""
    number: str = ""
    unit: str = ""
    day: tuple[int | None, int | None, int | None] | None = None
    stored: dt.time | None = None
    """What the cell stores, where it is no text or number."""

    @property
    def bare(self) -> Value:
        """The same without its sign, as 完成值 is written."""
        return replace(self, sign="", text=f"{self.number}{self.unit}") if self.number else self


def v(text: str, number: str = "", unit: str = "", sign: str = "") -> Value:
    """A quantity as written; *number*, *unit* and *sign* where words stand around it."""
    if number:
        return Value(text, sign, number, unit)
    split = _SPLIT.fullmatch(text)
    assert split is not None, text
    return Value(text, (split[1] or "").replace("＝", "="), split[2], split[3])


def day(text: str, year: int | None, month: int | None = None, of_month: int | None = None) -> Value:
    """A date as written."""
    return Value(text, day=(year, month, of_month))


def words(text: str) -> Value:
    """Words without a quantity."""
    return Value(text)


@dataclass(frozen=True)
class Indicator:
    """One indicator of a content: where it belongs, what was wanted and done, its points and what it earned."""

    first: str
    second: str
    name: str
    target: Value
    actual: Value
    points: Decimal
    short: bool = False
    """Whether less was done than wanted: it earns in proportion."""
    reason: str = ""
    stated: Decimal | None = None
    """得分 as stated, where a fault (or the office's own deduction) makes it another than computed."""
    standard: str = "完成值达到指标值得满分，未达到的按比例得分"

    @property
    def earned(self) -> Decimal:
        """What stands in 得分."""
        if self.stated is not None:
            return self.stated
        if not self.short:
            return self.points
        ratio = Fraction(self.actual.number) / Fraction(self.target.number)
        return rounded(Fraction(self.points) * ratio)


@dataclass(frozen=True)
class Source:
    """One row of the funds block, in 万元."""

    name: str
    initial: Decimal
    whole: Decimal
    spent: Decimal


@dataclass(frozen=True)
class Content:
    """One project or office with all that its table tells, apart from the layout. Money is in 万元."""

    key: str
    office: str
    department: str
    name: str
    year: int
    sources: tuple[Source, ...]
    indicators: tuple[Indicator, ...]
    goal: str
    """Text in which {0} stands for the number and unit wanted of the first indicator."""
    done: str
    execution: Decimal = Decimal(10)
    reason: str = ""
    """Why less than 90 % was spent."""
    stated: dict[str, str] = field(default_factory=dict)
    """Statements other than computed, by key (rate, total.earned, …): the faults."""
    fault: Fault | None = None

    @property
    def funds(self) -> Source:
        """年度资金总额: the sum of the sources."""
        return Source(
            "年度资金总额",
            sum((each.initial for each in self.sources), Decimal(0)),
            sum((each.whole for each in self.sources), Decimal(0)),
            sum((each.spent for each in self.sources), Decimal(0)),
        )

    @property
    def ratio(self) -> Fraction:
        """执行 ÷ 全年预算."""
        return Fraction(self.funds.spent) / Fraction(self.funds.whole)

    def said(self, key: str, computed: str | Decimal) -> str:
        """What is stated under *key*."""
        return self.stated.get(key, str(computed))

    def rate(self, places: int = 2) -> str:
        """执行率 in percent, as stated."""
        number = rounded(self.ratio * 100, places)
        return self.said("rate", f"{number:.{places}f}%")

    @property
    def execution_earned(self) -> Decimal:
        """得分 of 执行率."""
        return Decimal(self.said("execution.earned", rounded(Fraction(self.execution) * min(Fraction(1), self.ratio))))

    def total(self, execution: bool = True) -> Decimal:
        """总分 earned, as stated."""
        parts = sum((each.earned for each in self.indicators), Decimal(0))
        return Decimal(self.said("total.earned", plain(parts + (self.execution_earned if execution else 0))))

    def points(self, execution: bool = True) -> Decimal:
        """总分 of 分值, as stated: a form of 100 says 100 whatever its rows add up to."""
        parts = sum((each.points for each in self.indicators), Decimal(0))
        return Decimal(self.said("total.points", plain(parts + (self.execution if execution else 0))))

    def prose(self, side: str) -> str:
        """The text of *side* (goal or done) with the figures wanted or done put in."""
        wanted = side == "goal"
        figures = [(each.target if wanted else each.actual) for each in self.indicators]
        told = [(f"{each.number}{each.unit}" if each.number else each.text) for each in figures]
        for key, wrong in self.stated.items():
            if key.startswith(f"{side}."):
                told[int(key.partition(".")[2])] = wrong
        return (self.goal if wanted else self.done).format(*told)

    def weighed(self, weights: dict[str, str], execution: str = "10") -> Content:
        """The same with the points of each first level divided evenly over its indicators, the rest on the last."""
        result = []
        for first, weight in weights.items():
            rows = [each for each in self.indicators if each.first == first]
            share = (Decimal(weight) / len(rows)).quantize(Decimal(1), "ROUND_DOWN") if rows else Decimal(0)
            shares = [share] * (len(rows) - 1) + [Decimal(weight) - share * (len(rows) - 1)]
            for row, points in zip(rows, shares):
                if row.stated is None or not row.target.number:
                    stated = None if row.stated is None else points - (row.points - row.stated)
                    result.append(replace(row, points=points, stated=stated))
                else:  # what was taken off by a rule of its own is taken off in proportion
                    result.append(replace(row, points=points, stated=None, short=True))
        return replace(self, indicators=tuple(result), execution=Decimal(execution))


@dataclass(frozen=True)
class Fault:
    """A planted fault: its kind, the key of its cell, and what a finding about it may name."""

    kind: str
    key: str
    names: tuple[str, ...] = ()


@dataclass
class Line:
    """An indicator row as it must be read; None is what the form does not say."""

    cell: str
    path: tuple[str, ...]
    points: Decimal | None = None
    target: Value | None = None
    actual: Value | None = None
    earned: Decimal | None = None
    project: str = ""


@dataclass
class Amount:
    """An amount as it must be read: ``kind`` is one of the fields initial, adjusted, whole_year, spent, or several."""

    cell: str
    of: str
    kind: str
    number: Decimal
    unit: str
    project: str = ""


@dataclass
class Total:
    """总分 or 执行率得分 as it must be read."""

    cell: str
    of: str
    points: Decimal | None
    earned: Decimal | None
    project: str


@dataclass
class Workbook:
    """One workbook and what is right about it."""

    layout: str
    variant: str
    data: bytes
    year: int | None
    office: str
    names: tuple[str, ...]
    lines: list[Line]
    amounts: list[Amount]
    totals: list[Total]
    cells: dict[str, str]
    """Key of a statement → its cell."""
    fault: Fault | None = None

    @property
    def name(self) -> str:
        """What it is called in the output of the measure."""
        kind = f"-{self.fault.kind}" if self.fault else ""
        return f"{self.layout}-{self.variant}{kind}.xlsx"

    @property
    def fault_cell(self) -> str:
        """Where the fault stands."""
        return self.cells[self.fault.key] if self.fault else ""
