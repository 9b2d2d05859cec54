"""算式所见: what a formula sees of a written figure and of a target."""

from __future__ import annotations

from typing import Any

from perfeval.model.target import By, Compared, Elements, Judged, Target, TopRank, YesNo
from perfeval.quantities.dates import Day
from perfeval.quantities.figure import Figure, Interval, Rank, Word
from perfeval.quantities.quantity import Quantity
from perfeval.quantities.unit import Unit


def operand(value: Any) -> Quantity | str | None:
    """What a formula sees of a written value: a quantity, a word, or nothing."""
    if isinstance(value, Figure):
        if value.change is not None and value.quantity is not None:
            return value.quantity * value.change.sign  # 下降6.8% is -6.8% to a formula
        value = value.value
    match value:
        case Quantity() | str():
            return value
        case Rank(number=number):
            return Quantity(number, "名次")
        case Day(last=last) if last is not None:
            return Quantity(last.toordinal(), "天")
        case Word(text=text):
            return text
        case _:
            return None


def unit_of(value: Any) -> Unit | None:
    """The unit of a quantity; None of a word and of nothing."""
    return value.unit if type(value) is Quantity else None


def bounds_of(figure: Figure, how: str = "四舍五入") -> Interval:
    """The interval that *figure*, rounded *how*, states, of a change with its sign: 下降6.8% lies below 0."""
    bounds = figure.stated(how)
    if figure.change is None or figure.change.sign > 0:
        return bounds
    low, high = (None if end is None else -end for end in (bounds.high, bounds.low))
    return Interval(low, high, bounds.high_closed, bounds.low_closed)


def target_operand(target: Target | None) -> Quantity | str | None:
    """What a formula sees as 指标值: the threshold exactly as written."""
    match target:
        case Compared(figure=figure):
            return figure.quantity
        case By(day=day) if day is not None:
            return Quantity(day.toordinal(), "天")
        case TopRank(rank=rank):
            return Quantity(rank, "名次")
        case YesNo(text=text) | Judged(text=text):
            return text
        case Elements(names=elements):
            return Quantity(len(elements), "项")
        case _:
            return None
