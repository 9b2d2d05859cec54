"""写出的位数: whether stated figures allow a relation, by their own digits and by the finer ones beside them.

A stated amount, measure or rate is an interval of its last written digit; a figure beside finer ones of
the same unit has their digits too (300 beside 299.97 万元 is 300.00). Numbers contradict each other only
where their intervals do not meet: by the own digits as severe as may be, by the finer ones 疑点. What
hangs on a mark (近, 约, 余) is never 错误. No epsilon decides anything.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from attrs import evolve

from perfeval.formulas.interval import holds
from perfeval.model.operands import bounds_of, operand
from perfeval.quantities.figure import Figure, Interval
from perfeval.quantities.quantity import Quantity
from perfeval.results.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from perfeval.formulas.nodes import Formula
    from perfeval.quantities.unit import Unit


class Verdict(NamedTuple):
    """判定: yes, no or unknown; whether only the finer digits say no; whether an approximation is among them."""

    holds: str
    finer: bool = False
    marked: bool = False

    def severity(self, most: Severity = Severity.ERROR) -> Severity:
        """*most*, or 疑点 where the own digits alone do not decide or a mark is among the figures."""
        doubtful = self.finer or self.marked
        return max(most, Severity.DOUBT, key=lambda each: each.rank) if doubtful else most


def verdict(
    relation: Formula, figures: Mapping[str, Any], beside: Iterable[Figure | None] = (), how: str = "四舍五入"
) -> Verdict:
    """Whether *figures* (figures, quantities, intervals or words by name) allow *relation*.

    *beside* are further figures of the same block, whose digits count too; *how* the block's numbers
    were rounded (四舍五入, or 舍去).
    """
    written = {name: each for name, each in figures.items() if isinstance(each, Figure)}
    marked = any(figure.approximate for figure in written.values())
    own = {name: span_of(each, how) for name, each in figures.items()}
    held = holds(relation, own)
    if held != "yes":
        return Verdict(held, marked=marked)
    finest = _finest((*written.values(), *beside))
    finer = {name: each for name, figure in written.items() if (each := _finer(figure, finest)) is not figure}
    if finer and holds(relation, own | {name: span_of(each, how) for name, each in finer.items()}) == "no":
        return Verdict("no", finer=True, marked=marked)
    return Verdict("yes", marked=marked)


def span_of(given: Any, how: str = "四舍五入") -> Interval | str | None:
    """What *given* can be, in base units: a figure by its digits, a quantity exactly; a word stays a word."""
    if isinstance(given, Interval):
        return given
    value = operand(given)
    if not isinstance(value, Quantity):
        return value
    if isinstance(given, Figure) and given.quantity is not None:
        return bounds_of(given, how)
    return Interval(value.base, value.base, True, True)


def _finest(figures: Iterable[Figure | None]) -> dict[Unit, Fraction]:
    """The worth of the last digit of the finest figure in each unit (亿元 beside 万元 is another column)."""
    finest: dict[Unit, Fraction] = {}
    for figure in figures:
        if figure is not None and figure.quantity is not None and figure.step and not figure.approximate:
            unit = figure.quantity.unit
            finest[unit] = min(finest.get(unit, figure.step), figure.step)
    return finest


def _finer(figure: Figure, finest: Mapping[Unit, Fraction]) -> Figure:
    """*figure* with the digits of the finest beside it; itself where it has them already or is a count."""
    quantity = figure.quantity
    if quantity is None or figure.approximate or not figure.step or quantity.unit.counted:
        return figure
    step = finest.get(quantity.unit)
    return evolve(figure, step=step) if step is not None and step < figure.step else figure
