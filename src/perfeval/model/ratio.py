"""比例与百分数: a rate written as a plain number, which may be either (0.75 is 75% or 0.75%)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from perfeval.errors import PerfevalError, Problem, problem
from perfeval.quantities.notation import figure as read_figure

if TYPE_CHECKING:
    from perfeval.quantities.figure import Figure
    from perfeval.quantities.quantity import Quantity


def may_be_ratio(quantity: Quantity | None, aim: Quantity | None = None) -> bool:
    """Whether a plain number may be a ratio where a percentage is meant: 1 at most, or up to 2 under an *aim* of 20%."""
    if quantity is None or not quantity.unit.bare:
        return False
    return 0 < quantity.base <= (2 if aim is not None and aim.base * 5 >= 1 else 1)


def as_ratio(rate: Figure) -> Figure | None:
    """A figure of a column in %, written as a plain number, read as a ratio (0.75 as 75%); None of any other."""
    try:
        written = read_figure(rate.text, strict=False).quantity
    except PerfevalError:
        return None
    if rate.quantity is None or written is None or not written.unit.bare:
        return None
    return evolve(rate, value=rate.quantity * 100, step=None if rate.step is None else rate.step * 100)


def scale_unknown(text: str) -> Problem:
    """无法判断: whether *text* is a ratio or a percentage is not said."""
    return problem(
        "rate-without-sign",
        "“{text}”没有写%，分不清是比例还是百分数；请写成百分数，如“95%”，或把单元格设成百分比格式",
        text=text,
    )
