"""指标的准备: one indicator's node — cells in one unit, strategy fitted to the case, rule prepared.

What cannot be made ready keeps its reason in ``why_not``.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

from perfeval.engine.planning.adjustments import adjustings
from perfeval.engine.planning.slots import Skeleton, fit
from perfeval.engine.planning.strategy_choice import ChosenStrategy, fitted, prepared
from perfeval.errors import PerfevalError, Problem, problem, record_repr
from perfeval.formulas.formula import names
from perfeval.formulas.judging import band_of, outside_of
from perfeval.model.framework import Framework, Indicator, Part
from perfeval.model.names import Scope, operand, target_operand
from perfeval.model.plan import Node, Ready, Slot
from perfeval.model.ratio import may_be_ratio, scale_unknown
from perfeval.model.target import By, Compared, Judged
from perfeval.quantities.dates import Day
from perfeval.quantities.figure import Figure, Interval, Word, known_as
from perfeval.quantities.quantity import Quantity

if TYPE_CHECKING:
    from perfeval.errors import Place
    from perfeval.model.case import Row
    from perfeval.model.plan import Adjusting
    from perfeval.quantities.unit import Unit

NOT_APPLICABLE = "不适用"
NOT_BELOW, BELOW = frozenset({0, 1}), frozenset({-1})
SIGNS = {1: frozenset({1}), 0: frozenset({0}), -1: BELOW}


@frozen(repr=False, eq=False)
class Leaves:
    """准备指标所需: the skeleton, the names with their values, and where problems go."""

    __repr__ = record_repr

    skeleton: Skeleton
    scope: Scope
    year: int | None
    actuals: dict[str, Figure | None]
    """Other indicators' 完成值 as written, by bare name."""
    problems: list[Problem]

    def node(self, slot: Slot, row: Row | None, group: str = "") -> Node:
        """The node of an indicator: cells in one unit, rule prepared."""
        if row is None:
            return self._node(slot, slot.points, None, None)
        points = slot.points
        actual = row.actual
        if slot.quick and actual is not None and points is not None and not row.unit and not row.judged:
            value = actual.value
            if row.strategy is None and type(value) is Quantity and not (actual.sign or actual.mark or actual.change):
                pair = value.pair
                ready = slot.quick.get((value.unit, pair[0] >= 0))
                if ready is not None:  # a figure like one that this slot has seen before
                    pairs = _placed(ready.short_names, points.pair, slot.aim.pair, pair)  # type: ignore[union-attr]
                    return Node(slot, points, (), actual, row, ready, pairs, self.scope)
        try:
            if row.strategy is not None or row.unit or row.judged or (slot.target is None and row.target is not None):
                slot = self._own(slot, row, group)
            points = points if points is not None else points_of(row)
            if isinstance(slot.target, By):
                slot, actual = self._dated(slot, actual)
            if isinstance(slot.target, Compared) and actual is not None:
                actual = _facing(slot.target.figure, actual)
            if actual is not None:
                if actual.text == NOT_APPLICABLE:
                    return Node(slot, points, (), actual, row, scope=self.scope, not_applicable=True)
                unit = _unit(slot.aim) or (self.scope.units.get(row.unit) if row.unit else None)
                why = _uncertain(slot, actual)
                if why is not None:
                    return Node(
                        slot, points, (), actual, row, scope=self.scope, why_not=why.at(actual.place or row.place)
                    )
                self._known(row, actual)
                if unit is not None and type(actual.value) is Quantity and actual.value.unit is not unit:
                    actual = known_as(actual, self.scope.units)
                    actual = actual.under(unit)
        except PerfevalError as error:
            return Node(slot, points, (), row.actual, row, scope=self.scope, why_not=error.problems[0].at(row.place))
        return self._node(slot, points, actual, row)

    def _node(self, slot: Slot, points: Quantity | None, actual: Figure | None, row: Row | None) -> Node:
        slot, ready, pairs, why, judge = self._ready(slot, points, actual, row)
        part = slot.part
        then = self.then(part, slot, points, actual) if part.then else ()
        if why is not None and why.place is None:
            why = why.at(row.place if row is not None else part.place)
        elif ready is not None and why is None and _repeats(slot, actual, then):
            value = actual.value  # type: ignore[union-attr]  # _repeats looked
            slot.quick[(value.unit, value.pair[0] >= 0)] = ready  # type: ignore[union-attr]
        return Node(slot, points, (), actual, row, ready, pairs, self.scope, why, then, judge)

    def _known(self, row: Row, actual: Figure) -> None:
        """A problem for a measure word that no table of the case declares: the row is scored all the same."""
        aim = getattr(row.target, "figure", None)
        for figure in (actual, aim):
            quantity, place = getattr(figure, "quantity", None), getattr(figure, "place", None)
            if quantity is not None and self.scope.units.find(quantity.unit.symbol) is None:
                try:
                    self.scope.units.get(quantity.unit.symbol)
                except PerfevalError as error:
                    said = {(each.code, each.get("symbol")) for each in self.problems}  # of one word, once
                    new = (each for each in error.problems if (each.code, each.get("symbol")) not in said)
                    self.problems.extend(_of_row(each, row, place) for each in new)
                return

    def _dated(self, slot: Slot, actual: Figure | None) -> tuple[Slot, Figure | None]:
        """Target and 完成值 in the case's year, where they are days that name none."""
        year, target = self.year, slot.target
        if isinstance(target, By) and target.day is None:
            target = target.in_year(year)
            slot = evolve(slot, target=target, aim=target_operand(target), quick={}, said={})
        if actual is not None and isinstance(actual.value, Day) and year is not None:
            actual = evolve(actual, value=actual.value.in_year(year))
        return slot, actual

    def _own(self, slot: Slot, row: Row, group: str) -> Slot:
        """The slot of a row that writes its own strategy, target or unit, or experts' scores."""
        part = slot.part
        assert isinstance(part, Indicator)  # noqa: S101 - leaves are indicators
        if part.target is None and row.target is not None:
            part = evolve(part, target=row.target)
        if row.unit and not part.unit:
            part = evolve(part, unit=row.unit)
        made = self.skeleton.slot(part, slot.path, slot.points, strategy=row.strategy, group=group)
        if not row.judged:
            return made
        strategy = made.strategy
        if strategy is None or not strategy.judged:
            strategy = self.skeleton.table["专家平均"]
        marks = tuple(("", figure.quantity) for figure in row.judged)
        return fit(made, ChosenStrategy(strategy, marks, made.chosen_by), self.scope.units)

    def _ready(
        self, slot: Slot, points: Quantity | None, actual: Figure | None, row: Row | None
    ) -> tuple[Slot, Ready | None, tuple[Any, ...], Problem | None, tuple[int, int] | None]:
        """The slot (with a strategy fitted to the case), its rule, the rule's inputs, or why there is none."""
        reached = operand(actual)
        if slot.target is not None and isinstance(slot.target, Compared) == (slot.problem is not None):
            choice = fitted(
                ChosenStrategy(slot.strategy, slot.arguments, slot.chosen_by, slot.problem),
                slot.target,
                reached,
                self.skeleton.table,
            )
            if (choice.strategy, choice.arguments) != (slot.strategy, slot.arguments):
                slot = fit(slot, choice, self.scope.units)
        strategy = slot.strategy
        if row is not None and row.judged and (outside := outside_of(row.judged, points)) is not None:
            return slot, None, (), outside, None
        if slot.problem is not None or strategy is None:
            return slot, None, (), slot.problem, None
        judged = strategy.kind == "评定" or (isinstance(slot.target, Judged) and slot.chosen_by == "默认")
        if judged and points is not None and (row is None or not row.judged):
            return slot, None, (), None, self._band(slot, actual, points)
        why = _missing(slot, points, actual)
        if why is not None:
            return slot, None, (), why, None
        aim = slot.aim
        others: tuple[tuple[str, Unit | None], ...] = ()
        if slot.computed is not None:
            others = tuple((name, self.scope.unit(name)) for name in names(slot.computed))
        is_number = type(reached) is Quantity and slot.computed is None
        ready = prepared(
            strategy,
            slot.arguments,
            slot.computed,
            (_unit(aim), _unit(reached)),
            others,
            (
                SIGNS[_sign(aim)] if type(aim) is Quantity else None,
                (NOT_BELOW if reached.pair[0] >= 0 else BELOW) if is_number else None,  # type: ignore[union-attr]
            ),
            self.skeleton.names,
        )
        if ready.run is None:
            return slot, ready, (), ready.problem, None
        own = {"分值": points, "指标值": aim, "完成值": reached}
        values = self.scope.values
        pairs = tuple(_pair(own[name] if name in own else values.get(name)) for name in ready.short_names)
        return slot, ready, pairs, None, None

    def _band(self, slot: Slot, actual: Figure | None, points: Quantity) -> tuple[int, int]:
        """The band within which a judge decides, in steps."""
        full = math.floor(points.base * slot.scale)
        if slot.strategy is None or slot.strategy.kind != "评定":
            return 0, full
        bound = slot.strategy.bind(slot.arguments, units=self.scope.units)
        band = band_of(bound, actual.text if actual is not None else "", points)
        return (0, full) if band is None else _steps_within(band, slot.scale, full)

    def then(
        self, part: Part | Framework, slot: Slot, points: Quantity | None, actual: Figure | None = None
    ) -> tuple[Adjusting, ...]:
        """The adjustments of *part*, made ready with what its own node says."""
        if not part.then:
            return ()
        own = {"分值": points, "指标值": slot.aim, "完成值": operand(actual)}
        return adjustings(part.then, slot, own, self.skeleton, self.scope, self.actuals, self.problems)


def _uncertain(slot: Slot, actual: Figure) -> Problem | None:
    """Why a figure with a number cannot be held against the target: an approximation, a ratio without %, no direction."""
    target, aim, value = slot.target, slot.aim, actual.quantity
    if not isinstance(target, Compared) or not isinstance(aim, Quantity) or value is None:
        return None
    if aim.unit.rate and aim.base * 100 > 1 and may_be_ratio(value, aim):
        return scale_unknown(actual.text)
    if actual.change is not None and target.figure.change is None and actual.change.sign < 0:
        return problem(
            "change-direction",
            "完成值“{text}”写了增减方向，指标值“{target}”没有写；请在指标值里写明增长还是下降",
            text=actual.text,
            target=target.text,
        )
    if actual.approximate and actual.change is None and not _meets(target.sign, actual, aim):
        return problem(
            "actual-approximate",
            "完成值“{text}”是约数，不能确定达到指标值“{target}”；请填写实际数",
            text=actual.text,
            target=target.text,
        )
    return None


def _meets(sign: str, actual: Figure, aim: Quantity) -> bool:
    """Whether every number that an approximation can stand for meets the target; a bare number is in its unit."""
    quantity = actual.quantity
    if quantity is None:
        return False
    factor = aim.unit.factor if quantity.unit.bare else 1
    low, high = actual.bounds.low, actual.bounds.high
    if sign in ("≤", "<"):
        return high is not None and high * factor <= aim.base
    return sign != "=" and low is not None and low * factor >= aim.base


def _of_row(wrong: Problem, row: Row, place: Place | None) -> Problem:
    """A problem of a row's cell: it says of which row, and stands where the cell does."""
    return evolve(wrong, values=(*wrong.values, ("name", row.of)), place=place or row.place)


def points_of(row: Row | None) -> Quantity | None:
    """分值 that a row writes, or None."""
    return row.points.quantity if row is not None and row.points is not None else None


def _missing(slot: Slot, points: Quantity | None, actual: Figure | None) -> Problem | None:
    """What an ordinary rule lacks, named one by one; None where it has everything."""
    if points is None:
        return problem("points-missing", "“{name}”没有分值；请填写分值", name=slot.name)
    needs = slot.needs
    if slot.strategy is not None and slot.strategy.judged and not slot.arguments:
        return problem("experts-missing", "“{name}”没有专家评分；请填写各位专家的评分", name=slot.name)
    if slot.target is None and "指标值" in needs:
        return problem("target-missing", "“{name}”没有指标值；请填写指标值", name=slot.name)
    if slot.computed is None and "完成值" in needs:
        if actual is None or actual.value is None:
            return problem("actual-missing", "“{name}”没有完成值；请填写实际完成值", name=slot.name)
        if actual.sign:
            return problem(
                "actual-signed",
                "“{name}”的完成值“{text}”带比较符号，真实数不明；请填写实际数",
                place=actual.place,
                name=slot.name,
                text=actual.text,
            )
        if isinstance(actual.value, Word) and isinstance(slot.target, Compared):
            return problem(
                "actual-worded",
                "“{name}”的指标值是数，完成值“{text}”是文字；请填写实际数",
                place=actual.place,
                name=slot.name,
                text=actual.text,
            )
    return None


def _repeats(slot: Slot, actual: Figure | None, then: tuple[Adjusting, ...]) -> bool:
    """Whether the rule made for this figure serves every figure of its unit and sign in this slot."""
    return (
        not then
        and slot.computed is None
        and isinstance(slot.target, Compared)
        and type(slot.aim) is Quantity
        and actual is not None
        and type(actual.value) is Quantity
        and actual.change is None
        and actual.value.unit == slot.aim.unit
    )


def _facing(target: Figure, actual: Figure) -> Figure:
    """A change as the target counts it: where a fall of 5% is wanted, 下降6.8% is 6.8% and 增长2% is -2%."""
    change, quantity = actual.change, actual.quantity
    if target.change is None or target.change.sign >= 0 or change is None or quantity is None:
        return actual
    return evolve(actual, value=quantity * -change.sign, change=None)


def _placed(names: tuple[str, ...], points: Any, aim: Any, actual: Any) -> tuple[Any, ...]:
    """The inputs of a rule over 分值, 指标值 and 完成值, in the order of its *names*."""
    return tuple([actual if name == "完成值" else points if name == "分值" else aim for name in names])


def _steps_within(band: Interval, scale: int, full: int) -> tuple[int, int]:
    """The whole steps that lie in *band*."""
    low = 0 if band.low is None else math.ceil(band.low * scale)
    high = full if band.high is None else math.floor(band.high * scale)
    if band.low is not None and not band.low_closed and low == band.low * scale:
        low += 1
    if band.high is not None and not band.high_closed and high == band.high * scale:
        high -= 1
    return low, high


def _sign(value: Quantity | str | None) -> int:
    n = value.pair[0] if isinstance(value, Quantity) else 0
    return (n > 0) - (n < 0)


def _unit(value: Any) -> Unit | None:
    return value.unit if type(value) is Quantity else None


def _pair(value: Any) -> Any:
    if type(value) is Quantity:
        return value.pair
    value = operand(value)
    return value.pair if type(value) is Quantity else value
