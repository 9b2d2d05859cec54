"""得分: the points of one node, computed beside stated, with their reason."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import frozen

from perfeval.errors import Problem, record_repr
from perfeval.quantities.quantity import Quantity
from perfeval.results import because
from perfeval.results.reproduction import Reproduction
from perfeval.results.trace import trace as trace_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval.formulas.trace import Step
    from perfeval.model.plan import Node
    from perfeval.quantities.figure import Figure


@frozen(repr=False, eq=False, slots=False)
class Score:
    """得分: the points of one node, computed beside stated; the reason is built when asked for.

    ``steps`` are whole steps (hundredths of a 分 unless the framework says otherwise), None where the
    material does not decide; ``between`` then bounds them.
    """

    __repr__ = record_repr

    of: Node
    steps: int | None
    parts: tuple[Score, ...] = ()
    between: tuple[int, int] | None = None
    why_not: Problem | None = None
    before_steps: int | None = None
    """Points before this node's adjustments, where it has any."""
    reproduced_by: tuple[Reproduction, ...] = ()
    """Which rule, base and rounding give the stated value, where it differs from the computed."""

    @property
    def low_steps(self) -> int:
        """The least that it can be, in steps."""
        return self.steps if self.steps is not None else self.between[0] if self.between is not None else 0

    @property
    def high_steps(self) -> int:
        """The most that it can be, in steps."""
        return self.steps if self.steps is not None else self.between[1] if self.between is not None else 0

    @property
    def by(self) -> str:
        """核算 where rules gave it, 评定 where people judged it or a part of it."""
        if self.parts:
            return "评定" if any(part.by == "评定" for part in self.parts) else "核算"
        return "评定" if self.of.judge is not None else self.of.by

    @property
    def path(self) -> str:
        """The node's path."""
        return self.of.path

    @property
    def name(self) -> str:
        """The node's name."""
        return self.of.name

    @property
    def points(self) -> Quantity | None:
        """分值 of the node."""
        return self.of.points

    @property
    def actual(self) -> Figure | None:
        """完成值 as written."""
        return self.of.actual

    @property
    def stated(self) -> Figure | None:
        """自评得分 as the office states it."""
        return self.of.stated

    def _points(self, steps: int | None) -> Quantity | None:
        return None if steps is None else Quantity(Fraction(steps, self.of.scale), "分")

    @property
    def earned(self) -> Quantity | None:
        """得分 as computed, or None where it cannot be."""
        return self._points(self.steps)

    @property
    def low(self) -> Quantity | None:
        """The least that it can be."""
        return self._points(self.low_steps)

    @property
    def high(self) -> Quantity | None:
        """The most that it can be."""
        return self._points(self.high_steps)

    @property
    def lost(self) -> Quantity | None:
        """Points lost: 分值 − 得分, where both are known."""
        earned, points = self.earned, self.points
        return None if earned is None or points is None else points - earned

    @property
    def because(self) -> str:
        """说明: why the points are what they are, in one line of Chinese."""
        return because.because(self)

    def in_locale(self, locale: str) -> str:
        """The reason in *locale*."""
        return because.because(self, locale)

    @property
    def computed_actual(self) -> Quantity | None:
        """完成值 that a formula gives, exactly; None where the office writes it or data are missing."""
        return because.computed_actual(self.of)

    @property
    def trace(self) -> tuple[str, ...]:
        """依据与步骤: formula, inputs with their place, rounding and basis, as indented lines."""
        return self.trace_in("zh_Hans")

    @property
    def calculation(self) -> tuple[Step, ...]:
        """每一步: every step of the rule that was read, the whole first; empty where no rule was."""
        return because.calculation(self.of)

    def trace_in(self, locale: str, *, steps: bool = False) -> tuple[str, ...]:
        """The trace in *locale*; with *steps* every single step of the calculation too."""
        return trace_of(self, locale, steps=steps)

    def walk(self) -> Iterator[Score]:
        """This score and all below it, top down."""
        waiting = [self]
        while waiting:
            score = waiting.pop()
            yield score
            if score.parts:
                waiting += score.parts[::-1]
