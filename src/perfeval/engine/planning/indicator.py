"""指标的准备: one indicator of a case, step by step, from its row as written to its rule with all its inputs.

``STEPS`` is the recipe. Each step is a small function from one :class:`Draft` to the next; the first that
cannot go on says why, and there it ends.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import evolve, frozen

from perfeval.engine.planning.adjustments import prepared_adjustments
from perfeval.engine.planning.slots import fit
from perfeval.engine.planning.strategy_choice import (
    ChosenStrategy,
    fitted,
    lower_is_better,
    open_strategy,
    prepared_rule,
)
from perfeval.errors import PerfevalError, Problem, problem, record_repr
from perfeval.formulas.build import names
from perfeval.formulas.simplify import NEGATIVE, sign_of
from perfeval.model.framework import Indicator
from perfeval.model.operands import operand, target_operand
from perfeval.model.plan import Node
from perfeval.model.ratio import may_be_ratio, scale_unknown
from perfeval.model.target import By, Compared, Judged
from perfeval.quantities.dates import Day, Period
from perfeval.quantities.figure import Figure, Interval, Word, known_as
from perfeval.quantities.quantity import Quantity
from perfeval.strategies.judged import band_of, outside_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from perfeval.engine.planning.context import PlanningContext
    from perfeval.model.case import Row
    from perfeval.model.names import Scope
    from perfeval.model.plan import PreparedAdjustment, PreparedRule, Slot
    from perfeval.quantities.unit import Unit

NOT_APPLICABLE = "不适用"
NOT_NEGATIVE = frozenset({0, 1})


@frozen(repr=False, eq=False, slots=False)
class Draft:
    """待备的指标: one indicator on its way through the steps, with what they have found so far."""

    __repr__ = record_repr

    slot: Slot
    row: Row | None
    points: Quantity | None
    """分值: the framework's, or what it leaves open and the row writes."""
    actual: Figure | None
    """完成值: first as written, in the end as the rule takes it."""
    adjustments: tuple[PreparedAdjustment, ...] = ()
    judge: tuple[int, int] | None = None
    not_applicable: bool = False
    why_not: Problem | None = None
    problems: tuple[Problem, ...] = ()
    """What is wrong although the steps can go on."""

    @property
    def ended(self) -> bool:
        """Whether no further step has anything to do: not applicable, left to a judge, or impossible."""
        return self.why_not is not None or self.judge is not None or self.not_applicable


Step: TypeAlias = "Callable[[Draft, PlanningContext], Draft]"


def prepared_indicator(slot: Slot, row: Row | None, context: PlanningContext) -> tuple[Node, tuple[Problem, ...]]:
    """The node of the indicator at *slot*, filled in by *row*, and what is wrong with it besides."""
    if row is None:
        draft = Draft(slot, None, slot.points, None)
    else:
        draft = Draft(slot, row, slot.points if slot.points is not None else points_of(row), row.actual)
    for step in STEPS:
        try:
            after = step(draft, context)
        except PerfevalError as error:  # what could not be brought into shape stands as it was written
            after = _unshaped(draft, error.problems[0])
        if after is not draft:
            draft = after
            if draft.ended:
                return _node(draft, context, None, (), draft.why_not), draft.problems
    return _with_rule(draft, context), draft.problems


# -- the steps, in their order ---------------------------------------------------------------------


def own_slot(draft: Draft, context: PlanningContext) -> Draft:
    """A row that writes its own strategy, target or unit, or experts' scores, gets a slot of its own."""
    slot, row = draft.slot, draft.row
    if row is None or not (
        row.strategy is not None or row.unit or row.judged or (slot.target is None and row.target is not None)
    ):
        return draft
    part = slot.part
    assert isinstance(part, Indicator)  # noqa: S101 - only indicators are sent here
    if part.target is None and row.target is not None:
        part = evolve(part, target=row.target)
    if row.unit and not part.unit:
        part = evolve(part, unit=row.unit)
    compiled = context.compiled
    slot = compiled.slot(part, slot.path, slot.points, strategy=row.strategy, group=slot.group)
    if row.judged:
        strategy = slot.strategy
        if strategy is None or not strategy.judged:
            strategy = compiled.strategies["专家平均"]
        marks = tuple(("", figure.quantity) for figure in row.judged)
        slot = fit(slot, ChosenStrategy(strategy, marks, slot.chosen_by), context.units)
    return evolve(draft, slot=slot)


def months_as_numbers(draft: Draft, _: PlanningContext) -> Draft:
    """2023.10 is a month where the indicator is one of time, and nobody knows what it is elsewhere."""
    slot, target, actual = draft.slot, draft.slot.target, draft.actual
    if actual is None or type(target) is not Compared or type(value := target.figure.value) is not Quantity:
        return draft
    if not value.unit.bare:
        return draft
    wanted, reached = _month_in(target.figure), _month_in(actual)
    if wanted is None or (reached is None and not isinstance(actual.value, Day)):
        return draft
    if _OF_TIME.search(slot.path):
        by = By(wanted, target.text)
        slot = evolve(slot, target=by, target_value=target_operand(by), chosen_by="默认")
        return evolve(draft, slot=slot, actual=actual if reached is None else evolve(actual, value=reached))
    return _stopped(
        draft,
        problem(
            "month-or-number",
            "“{text}”分不清是年月还是小数；是年月请写成“{month}”，是小数请写明单位",
            place=actual.place,
            text=actual.text,
            month=f"{wanted.year}年{wanted.month}月",
        ),
    )


_MONTH = re.compile(r"((?:19|20)\d\d)\.(0?[1-9]|1[0-2])")
_OF_TIME = re.compile(r"时效|时间|时限|日期|时点|工期|进度|年月|完成时|竣工|开工")


def _month_in(figure: Figure) -> Day | None:
    """The month that a bare number of this look may be: 2023.10."""
    match = _MONTH.fullmatch(figure.text.strip()) if _is_bare(figure) else None
    return Day(year=int(match[1]), month=int(match[2]), text=figure.text) if match is not None else None


def _is_bare(figure: Figure) -> bool:
    return type(figure.value) is Quantity and figure.value.unit.bare


def in_the_year(draft: Draft, context: PlanningContext) -> Draft:
    """Target and 完成值 in the case's year, where they are days that name none; a period is done when it ends."""
    slot, actual, year = draft.slot, draft.actual, context.year
    if not isinstance(slot.target, By) or draft.row is None:
        return draft
    if actual is not None and isinstance(actual.value, Period) and actual.value.until is not None:
        actual = evolve(actual, value=actual.value.until)
    if slot.target.day is None:
        target = slot.target.in_year(year)
        slot = evolve(slot, target=target, target_value=target_operand(target))
    if actual is not None and isinstance(actual.value, Day) and year is not None:
        actual = evolve(actual, value=actual.value.in_year(year))
    return evolve(draft, slot=slot, actual=actual)


def facing_the_target(draft: Draft, _: PlanningContext) -> Draft:
    """A change as the target counts it: where a fall of 5% is wanted, 下降6.8% is 6.8% and 增长2% is -2%."""
    target, actual = draft.slot.target, draft.actual
    if actual is None or actual.change is None or actual.quantity is None or not isinstance(target, Compared):
        return draft
    wanted = target.figure.change
    if wanted is None or wanted.sign >= 0:
        return draft
    return evolve(draft, actual=evolve(actual, value=actual.quantity * -actual.change.sign, change=None))


def applicable(draft: Draft, _: PlanningContext) -> Draft:
    """What is 不适用 needs no rule."""
    if draft.actual is None or draft.actual.text != NOT_APPLICABLE:
        return draft
    return evolve(draft, not_applicable=True)


def certain(draft: Draft, _: PlanningContext) -> Draft:
    """A number that cannot be held against the target: a ratio without %, no direction, an approximation."""
    actual, target, threshold = draft.actual, draft.slot.target, draft.slot.target_value
    if actual is None or type(actual.value) is not Quantity or type(threshold) is not Quantity:
        return draft
    if not (actual.mark or actual.change or actual.value.unit.bare) or not isinstance(target, Compared):
        return draft
    why = _uncertain(actual, actual.value, target, threshold)
    return draft if why is None else _stopped(draft, why.at(actual.place))


def known_measure_words(draft: Draft, context: PlanningContext) -> Draft:
    """A measure word that no table of the case declares is told; the row is scored all the same."""
    row, known = draft.row, context.units
    if row is None:
        return draft
    for figure in (draft.actual, row.target.figure if type(row.target) is Compared else None):
        if figure is not None and type(figure.value) is Quantity and known.find(figure.value.unit.symbol) is None:
            try:
                known.get(figure.value.unit.symbol)
            except PerfevalError as error:
                place = figure.place or row.place
                told = [evolve(each, values=(*each.values, ("name", row.of)), place=place) for each in error.problems]
                return evolve(draft, problems=(*draft.problems, *told))
            break
    return draft


def in_one_unit(draft: Draft, context: PlanningContext) -> Draft:
    """完成值 in the unit of the target, or of the row's column; what is of another kind stops here."""
    actual, row = draft.actual, draft.row
    if actual is None or type(actual.value) is not Quantity:
        return draft
    threshold = draft.slot.target_value
    if type(threshold) is Quantity:
        unit = threshold.unit
    elif row is not None and row.unit:
        unit = context.units.get(row.unit)
    else:
        return draft
    if actual.value.unit is unit:
        return draft
    return evolve(draft, actual=known_as(actual, context.units).under(unit))


def with_adjustments(draft: Draft, context: PlanningContext) -> Draft:
    """Adjustments take the figures as they are by now; they are told even where the rule lacks something."""
    if not draft.slot.part.then:
        return draft
    steps, problems = prepared_adjustments(draft.slot, draft.points, draft.actual, context)
    return evolve(draft, adjustments=steps, problems=(*draft.problems, *problems))


def experts_within_points(draft: Draft, _: PlanningContext) -> Draft:
    """Experts' scores lie between 0 and 分值."""
    row = draft.row
    why = outside_of(row.judged, draft.points) if row is not None and row.judged else None
    return draft if why is None else _stopped(draft, why)


def fitting_strategy(draft: Draft, context: PlanningContext) -> Draft:
    """Where nobody chose, the strategy of what is met: whether it is, only the 完成值 in its unit can tell."""
    slot = draft.slot
    if slot.target is not None and isinstance(slot.target, Compared) == (slot.problem is not None):
        choice = fitted(
            ChosenStrategy(slot.strategy, slot.arguments, slot.chosen_by, slot.problem),
            slot.target,
            operand(draft.actual),
            context.compiled.strategies,
        )
        if (choice.strategy, choice.arguments) != (slot.strategy, slot.arguments):
            slot = fit(slot, choice, context.units)
            draft = evolve(draft, slot=slot)
    return draft if slot.problem is None else _stopped(draft, slot.problem)


def known_direction(draft: Draft, _: PlanningContext) -> Draft:
    """Without a sign, what is seldom better when there is more of it is left open; a target of 0 is not exceeded well."""
    slot, target, reached = draft.slot, draft.slot.target, operand(draft.actual)
    if slot.chosen_by != "默认" or not isinstance(target, Compared) or target.sign or target.figure.change is not None:
        return draft
    threshold = slot.target_value
    if not isinstance(threshold, Quantity) or not isinstance(reached, Quantity) or reached == threshold:
        return draft
    if not reached.unit.same_kind(threshold.unit):
        return draft
    if not threshold.base:
        return draft if reached.base < 0 else _stopped(draft, open_strategy(target))
    if not lower_is_better(slot.name):
        return draft
    return _stopped(
        draft,
        problem(
            "direction-unknown",
            "“{name}”的指标值“{target}”没有写明方向，这类指标多为越低越好；请写成“≤{target}”（越低越好）或“≥{target}”（越高越好）",
            place=target.figure.place,
            name=slot.name,
            target=target.text,
        ),
    )


def left_to_a_judge(draft: Draft, context: PlanningContext) -> Draft:
    """What people judge has a band instead of a rule, unless experts have scored it."""
    slot, points, row = draft.slot, draft.points, draft.row
    strategy = slot.strategy
    if strategy is None or points is None or (row is not None and row.judged):
        return draft
    if strategy.kind == "评定":
        bound = strategy.bind(slot.arguments, units=context.units)
        band = band_of(bound, draft.actual.text if draft.actual is not None else "", points)
    elif isinstance(slot.target, Judged) and slot.chosen_by == "默认":
        band = None
    else:
        return draft
    full = math.floor(points.base * slot.scale)
    return evolve(draft, judge=(0, full) if band is None else _steps_within(band, slot.scale, full))


def complete(draft: Draft, _: PlanningContext) -> Draft:
    """An ordinary rule has everything that it needs: only now is it known which one it is."""
    why = _missing(draft.slot, draft.points, draft.actual)
    return draft if why is None else _stopped(draft, why)


STEPS: tuple[Step, ...] = (
    own_slot,  # first: every other step asks the slot
    months_as_numbers,  # before a month is held against the target as a number
    in_the_year,  # before anything compares days
    facing_the_target,  # before the sign of the number says anything
    applicable,  # before what is written there is taken for a figure
    certain,  # on the number as written: a bare one is still bare
    known_measure_words,  # before the unit is changed to one that is known
    in_one_unit,  # before any rule or adjustment takes the figure
    with_adjustments,  # from here on figures stay as they are
    experts_within_points,  # scores beyond 分值 are wrong by any strategy
    fitting_strategy,  # needs the 完成值 in the unit of the target
    known_direction,  # before any points are computed in a direction that nobody wrote
    left_to_a_judge,  # before anything is missed that only a rule needs
    complete,  # last: only now is it known which rule it is, and what it needs
)
"""The recipe: every step before the rule itself, in the order in which they build on each other."""


# -- what comes of it --------------------------------------------------------------------------------


def _with_rule(draft: Draft, context: PlanningContext) -> Node:
    """The node with its rule, made for figures of these units and signs, and what stands for each name in it."""
    slot, scope, target = draft.slot, context.scope, draft.slot.target_value
    assert slot.strategy is not None  # noqa: S101 - without one, the steps have ended
    reached = operand(draft.actual)
    target_unit = actual_unit = target_sign = actual_sign = None
    others: tuple[tuple[str, Unit | None], ...] = ()
    if type(target) is Quantity:
        target_unit, target_sign = target.unit, sign_of(target)
    if type(reached) is Quantity:
        actual_unit = reached.unit
        actual_sign = NOT_NEGATIVE if reached.pair[0] >= 0 else NEGATIVE
    if slot.computed is not None:
        others, actual_sign = tuple((name, scope.unit(name)) for name in names(slot.computed)), None
    values, full = scope.values, {}
    if slot.of_data:
        full = {name: scope.find(name, slot.group) or name for name in slot.of_data}
        others += tuple((name, scope.unit(meant)) for name, meant in full.items())
        values = {**values, **{name: values[meant] for name, meant in full.items() if meant in values}}
    rule = prepared_rule(
        slot.strategy,
        slot.arguments,
        slot.computed,
        (target_unit, actual_unit),
        others,
        (target_sign, actual_sign),
        context.compiled.names,
    )
    if rule.problem is not None:
        return _node(draft, context, rule, (), rule.problem)
    own = {"分值": draft.points, "指标值": target, "完成值": reached}
    if others:
        why = _misfit(scope, [full.get(name, name) for name, _ in others])
        if why is not None:
            return _node(draft, context, rule, (), why)
    given = [own[name] if name in own else values.get(name) for name in rule.short_names]
    inputs = tuple([each.pair if type(each) is Quantity else _input(each) for each in given])
    return _node(draft, context, rule, inputs, None)


def _misfit(scope: Scope, data: list[str]) -> Problem | None:
    """Why nothing is computed from *data*: one of them has a unit of another kind than is declared."""
    for name in data:
        figure = scope.misfit(name)
        if figure is not None:
            return problem(
                "item-misfit",
                "“{name}”写{text}，应以{unit}计，无法计分；请改正数据项的单位",
                place=figure.place,
                name=name,
                text=figure.text,
                unit=scope.unit(name),
            )
    return None


def _node(
    draft: Draft, context: PlanningContext, rule: PreparedRule | None, inputs: tuple[Any, ...], why: Problem | None
) -> Node:
    if why is not None and why.place is None:
        why = why.at(draft.row.place if draft.row is not None else draft.slot.part.place)
    return Node(
        draft.slot, draft.points, (), draft.actual, draft.row, rule, inputs, context.scope, why,
        draft.adjustments, draft.judge, draft.not_applicable,
    )  # fmt: skip


def _unshaped(draft: Draft, why: Problem) -> Draft:
    row = draft.row
    if row is None:
        return _stopped(draft, why)
    return evolve(draft, actual=row.actual, why_not=why.at(row.place))


# -- what the steps ask ------------------------------------------------------------------------------


def _stopped(draft: Draft, why: Problem) -> Draft:
    return evolve(draft, why_not=why)


def _uncertain(actual: Figure, value: Quantity, target: Compared, threshold: Quantity) -> Problem | None:
    if threshold.unit.rate and threshold.base * 100 > 1 and may_be_ratio(value, threshold):
        return scale_unknown(actual.text)
    if actual.change is not None and target.figure.change is None and actual.change.sign < 0:
        return problem(
            "change-direction",
            "完成值“{text}”写了增减方向，指标值“{target}”没有写；请在指标值里写明增长还是下降",
            text=actual.text,
            target=target.text,
        )
    if actual.approximate and actual.change is None and not _meets(target.sign, actual, value, threshold):
        return problem(
            "actual-approximate",
            "完成值“{text}”是约数，不能确定达到指标值“{target}”；请填写实际数",
            text=actual.text,
            target=target.text,
        )
    return None


def _meets(sign: str, actual: Figure, value: Quantity, threshold: Quantity) -> bool:
    """Whether every number that an approximation can stand for meets the target; a bare number is in its unit."""
    factor = threshold.unit.factor if value.unit.bare else 1
    low, high = actual.bounds.low, actual.bounds.high
    if sign in ("≤", "<"):
        return high is not None and high * factor <= threshold.base
    return sign != "=" and low is not None and low * factor >= threshold.base


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


def _steps_within(band: Interval, scale: int, full: int) -> tuple[int, int]:
    """The whole steps that lie in *band*."""
    low = 0 if band.low is None else math.ceil(band.low * scale)
    high = full if band.high is None else math.floor(band.high * scale)
    if band.low is not None and not band.low_closed and low == band.low * scale:
        low += 1
    if band.high is not None and not band.high_closed and high == band.high * scale:
        high -= 1
    return low, high


def _input(value: Any) -> Any:
    """What the exact reading takes for *value*: a pair of whole numbers, a word, or nothing."""
    value = operand(value)
    return value.pair if type(value) is Quantity else value
