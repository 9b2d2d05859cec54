"""表头单位: a figure read in a column whose heading names the unit."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import evolve

from perfeval.errors import NotationError, problem
from perfeval.quantities.figure import Range
from perfeval.quantities.numerals import SCALES
from perfeval.quantities.quantity import Quantity
from perfeval.quantities.unit import Unit

if TYPE_CHECKING:
    from perfeval.quantities.figure import Figure
    from perfeval.quantities.units import Units


def under(figure: Figure, unit: Unit) -> Figure:
    """See :meth:`perfeval.quantities.figure.Figure.under`."""
    value = figure.value
    if type(value) is Quantity:
        if not value.unit.bare or unit.bare:
            _check(figure, value.unit, unit)
            return figure
        own = _own(figure, value.unit, unit)
        step = None if figure.step is None else figure.step / value.unit.factor * own.factor
        shown = None if figure.shown is None else _restated(figure.shown, own)
        return evolve(figure, value=_restated(value, own), step=step, shown=shown)
    if isinstance(value, Range):
        low = under(evolve(figure, value=value.low), unit)
        high = under(evolve(figure, value=value.high), unit)
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
        shown = None if figure.shown is None else _restated(figure.shown, own)
        return evolve(figure, value=_restated(value, own), step=step, shown=shown)
    if isinstance(value, Range):
        low, high = (known_as(evolve(figure, value=each), units) for each in (value.low, value.high))
        if isinstance(low.value, Quantity) and isinstance(high.value, Quantity) and low.value != value.low:
            return evolve(figure, value=Range(low.value, high.value), step=low.step)
    return figure


def _restated(value: Quantity, unit: Unit) -> Quantity:
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
