"""写法: what somebody wrote — text, value, worth of the last digit, mark, sign — and what it can mean.

The number as written is evidence. A count is exact as written; a stated amount, measure or rate is
a half-open interval of half a unit of its last digit on either side; a mark (近, 余) widens it.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from attrs import evolve, field, frozen

from perfeval.errors import NotationError, Place, problem, record_repr
from perfeval.quantities.numerals import SCALES
from perfeval.quantities.phrases import range_text
from perfeval.quantities.quantity import Quantity
from perfeval.quantities.unit import Unit

if TYPE_CHECKING:
    from perfeval.quantities.dates import Day, Period
    from perfeval.quantities.units import Units


@frozen(repr=False)
class Interval:
    """区间: from *low* to *high* in base units, each end open or closed; None is no end at all."""

    __repr__ = record_repr

    low: Fraction | None
    high: Fraction | None
    low_closed: bool = True
    high_closed: bool = True

    def __contains__(self, number: Fraction | int) -> bool:
        return (self.low is None or self.low < number or (self.low_closed and self.low == number)) and (
            self.high is None or number < self.high or (self.high_closed and self.high == number)
        )


ANY = Interval(None, None, False, False)
"""Every number: what a text without a number says."""


@frozen(repr=False)
class Range:
    """区间值: 12-17岁, 13%～15%; both ends belong to it."""

    __repr__ = record_repr

    low: Quantity
    high: Quantity

    def in_locale(self, locale: str) -> str:
        """As text of *locale*."""
        return range_text(self.low, self.high, locale)


@frozen(repr=False)
class Rank:
    """名次: 全区第6; *of* is what it is a place in."""

    __repr__ = record_repr

    number: int
    of: str = ""


@frozen(repr=False)
class Word:
    """文字: a qualitative value (有效, 显著提升, 是); no number stands in it."""

    __repr__ = record_repr

    text: str


@frozen(repr=False)
class Growth:
    """增减: *kind* 同比, 环比 or nothing, *direction* 增长, 下降 or 持平."""

    __repr__ = record_repr

    kind: str
    direction: str

    @property
    def sign(self) -> int:
        """1, -1 or 0: what the stated size is to be multiplied by."""
        return {"增长": 1, "下降": -1}.get(self.direction, 0)


Value: TypeAlias = "Quantity | Range | Rank | Day | Period | Word | None"


@frozen(repr=False)
class MarkReach:
    """约数范围: how far a mark reaches: *below* and *above*, as a share of the value or in last digits.

    The last digit is the last one that is not zero: 3000余 is below 4000, 2200余 below 2300. None is
    no end. What hangs on these is never an error, only doubtful: nothing official fixes them.
    """

    __repr__ = record_repr

    below: Fraction | None
    above: Fraction | None
    of: str = "值"
    basis: str = "汉语习惯"
    checked: bool = False


_TENTH = Fraction(1, 10)
_ONE, _NONE = Fraction(1), Fraction(0)
REACH = {
    "近": MarkReach(_TENTH, _NONE),
    "约": MarkReach(_TENTH, _TENTH),
    "左右": MarkReach(_TENTH, _TENTH),
    "余": MarkReach(_NONE, _ONE, "末位"),
    "多": MarkReach(_NONE, _ONE, "末位"),
    "几": MarkReach(_NONE, _ONE, "末位"),
    "超": MarkReach(_NONE, None),
}
"""How far each mark reaches; all of it 未核对."""


@frozen(repr=False, slots=False)  # a third of the time to make, and thousands are made
class Figure:
    """写法: one cell as written: *text*, its *value*, and all that tells how exact it is.

    *step* is the worth of the last written digit in base units (4.58万人次: 100). *mark* is an
    approximation as found (近 约 余 多 左右 超 达), *sign* a comparator in its usual form. *period*
    is set where the text is one. A *value* of None is a placeholder (— / 暂无). For a change the
    value is the size as written and *change* says which way (下降6.8%: 6.8%, 下降).
    """

    __repr__ = record_repr

    text: str
    value: Value = None
    step: Fraction | None = field(default=None, kw_only=True)
    mark: str = field(default="", kw_only=True)
    sign: str = field(default="", kw_only=True)
    change: Growth | None = field(default=None, kw_only=True)
    period: Period | None = field(default=None, kw_only=True)
    place: Place | None = field(default=None, kw_only=True, eq=False)
    shown: Quantity | None = field(default=None, kw_only=True)
    """What a workbook's cell shows, where it stores more digits: the shown digits are the interval stated."""

    @property
    def quantity(self) -> Quantity | None:
        """The quantity, or None where the text is a range, rank, day, word or placeholder."""
        return self.value if type(self.value) is Quantity else None

    @property
    def approximate(self) -> bool:
        """Whether the mark makes it an approximation (近 约 余): 达 and 以内 do not."""
        return self.mark in REACH

    @property
    def low(self) -> Quantity | None:
        """The lower end as written: of a range, of ≥95%; the quantity itself where it has no sign."""
        if isinstance(self.value, Range):
            return self.value.low
        return None if self.sign in ("<", "≤") else self.quantity

    @property
    def high(self) -> Quantity | None:
        """The upper end as written; the quantity itself where it has no sign."""
        if isinstance(self.value, Range):
            return self.value.high
        return None if self.sign in (">", "≥") else self.quantity

    @property
    def bounds(self) -> Interval:
        """The interval that the digits, the mark and the sign state, in base units."""
        return self.stated()

    def stated(self, how: str = "四舍五入") -> Interval:
        """The interval stated, where the writer rounds *how*: 四舍五入, or 舍去 (cuts: all above)."""
        value = self.value
        if isinstance(value, Rank):
            return Interval(Fraction(value.number), Fraction(value.number))
        if isinstance(value, Range):
            return Interval(value.low.base, value.high.base)
        if type(value) is not Quantity:
            return ANY
        number = value.base if self.shown is None else self.shown.base
        if self.sign in ("≥", ">"):
            return Interval(number, None, self.sign == "≥", False)
        if self.sign in ("≤", "<"):
            return Interval(None, number, False, self.sign == "≤")
        if self.mark in REACH:
            return self._marked(number, REACH[self.mark])
        if value.unit.counted or not self.step:
            return Interval(number, number)
        if how == "舍去":
            return _mirrored(number, Fraction(0), self.step)
        return _mirrored(number, self.step / 2, self.step / 2)

    def _marked(self, number: Fraction, reach: MarkReach) -> Interval:
        worth = abs(number) if reach.of == "值" else _last_digit(number, self.step or Fraction(1))
        low = None if reach.below is None else number - reach.below * worth
        high = None if reach.above is None else number + reach.above * worth
        return Interval(low, high, True, reach.above == 0)

    def under(self, unit: Unit) -> Figure:
        """The same read in a column of *unit*: a bare number is in it, 5.8万 under 万元 is 5.8万元.

        Raises NotationError where the figure has a unit of another kind.
        """
        return _in_column(self, unit)

    def at(self, place: Place | None) -> Figure:
        """The same, standing at *place*."""
        return evolve(self, place=place)

    def __str__(self) -> str:
        return self.text

    def in_locale(self, locale: str) -> str:  # noqa: ARG002
        """As written: a quotation is not translated."""
        return self.text


def _mirrored(number: Fraction, below: Fraction, above: Fraction) -> Interval:
    """Half-open, seen from zero: what rounds or is cut to -5 lies mirrored to what does to 5."""
    if number > 0 or (number == 0 and below == above == 0):
        return Interval(number - below, number + above, True, False)
    if number < 0:
        return Interval(number - above, number + below, False, True)
    return Interval(-above, above, False, False)


def _last_digit(number: Fraction, step: Fraction) -> Fraction:
    """The worth of the last digit that is not zero."""
    digits = abs(number) / step
    while digits and digits.denominator == 1 and digits.numerator % 10 == 0:
        digits, step = digits / 10, step * 10
    return step


def _in_column(figure: Figure, unit: Unit) -> Figure:
    """The figure read in a column whose heading names *unit*."""
    value = figure.value
    if type(value) is Quantity:
        if not value.unit.bare or unit.bare:
            _check(figure, value.unit, unit)
            return figure
        own = _own(figure, value.unit, unit)
        step = None if figure.step is None else figure.step / value.unit.factor * own.factor
        shown = None if figure.shown is None else _in_unit(figure.shown, own)
        return evolve(figure, value=_in_unit(value, own), step=step, shown=shown)
    if isinstance(value, Range):
        low = _in_column(evolve(figure, value=value.low), unit)
        high = _in_column(evolve(figure, value=value.high), unit)
        if low.quantity is None or high.quantity is None:
            return figure
        return evolve(figure, value=Range(low.quantity, high.quantity), step=low.step)
    return figure


def known_as(figure: Figure, units: Units) -> Figure:
    """A figure whose measure word was read before *units* were known, in the unit that they define (箱 = 12 瓶)."""
    value = figure.value
    if type(value) is Quantity:
        own = units.find(value.unit.symbol)
        if own is None or own == value.unit:
            return figure
        step = None if figure.step is None else figure.step / value.unit.factor * own.factor
        shown = None if figure.shown is None else _in_unit(figure.shown, own)
        return evolve(figure, value=_in_unit(value, own), step=step, shown=shown)
    if isinstance(value, Range):
        low, high = (known_as(evolve(figure, value=each), units) for each in (value.low, value.high))
        if isinstance(low.value, Quantity) and isinstance(high.value, Quantity) and low.value != value.low:
            return evolve(figure, value=Range(low.value, high.value), step=low.step)
    return figure


def _in_unit(value: Quantity, unit: Unit) -> Quantity:
    return Quantity(value.number, unit)


def _check(figure: Figure, own: Unit, unit: Unit) -> None:
    if own.same_kind(unit):
        return
    raise NotationError(
        problem(
            "unit-against-column",
            "“{text}”的单位是{own}，此处应为{unit}；请改用{unit}，或改正表头的单位",
            place=figure.place,
            text=figure.text,
            own=own.symbol or "没有单位",
            unit=unit.symbol or "没有单位的数",
        )
    )


def _own(figure: Figure, scale: Unit, unit: Unit) -> Unit:
    """The unit of a bare number (*scale* says whether 万 or 亿 stands behind it) in the column *unit*."""
    if not scale.symbol or scale.symbol == unit.symbol[:1]:
        return unit
    if unit.dims and unit.symbol[:1] not in SCALES:
        return Unit(scale.symbol + unit.symbol, unit.dims, unit.factor * Fraction(scale.factor), unit.counted)
    raise NotationError(
        problem(
            "scale-against-column",
            "“{text}”写了“{scale}”，表头的单位又是{unit}，无法判断；请写出完整的单位",
            place=figure.place,
            text=figure.text,
            scale=scale.symbol,
            unit=unit.symbol,
        )
    )
