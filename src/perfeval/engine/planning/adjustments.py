"""调整的准备: the adjustments of one node made ready — bound, names in full, units checked, compiled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from perfeval.engine.planning.strategy_choice import choose
from perfeval.engine.rule_units import own_units, rule_units
from perfeval.errors import FrameworkError, PerfevalError, Problem
from perfeval.formulas.build import names, substitute
from perfeval.formulas.units import check_units
from perfeval.model.operands import operand, unit_of
from perfeval.model.plan import PreparedAdjustment

if TYPE_CHECKING:
    from perfeval.engine.planning.context import PlanningContext
    from perfeval.model.framework import Adjustment
    from perfeval.model.plan import Slot
    from perfeval.quantities.figure import Figure
    from perfeval.quantities.quantity import Quantity
    from perfeval.quantities.unit import Unit


def prepared_adjustments(
    slot: Slot, points: Quantity | None, actual: Figure | None, context: PlanningContext
) -> tuple[tuple[PreparedAdjustment, ...], tuple[Problem, ...]]:
    """The adjustments of the part at *slot*, which can name its own 分值, 指标值 and 完成值; and what is wrong with them."""
    steps: list[PreparedAdjustment] = []
    problems: list[Problem] = []
    own = {"分值": points, "指标值": slot.target_value, "完成值": operand(actual)}
    for adjustment in slot.part.then:
        try:
            steps.append(_prepared(adjustment, slot, own, context))
        except PerfevalError as error:
            problems += [each.at(adjustment.place or slot.part.place) for each in error.problems]
    return tuple(steps), tuple(problems)


def _prepared(
    adjustment: Adjustment, slot: Slot, own: dict[str, Quantity | str | None], context: PlanningContext
) -> PreparedAdjustment:
    scope = context.scope
    choice = choose((("指标体系", adjustment.strategy),), "", {}, context.compiled.strategies)
    if choice.strategy is None:
        raise FrameworkError(*([choice.problem] if choice.problem is not None else []))
    bound = choice.strategy.bind(adjustment.arguments, unit=unit_of(own["完成值"]), units=scope.units)
    formula = context.compiled.resolved(bound)
    if slot.computed is not None:
        formula = substitute(formula, {"完成值": slot.computed})
    used = names(formula)
    values = {name: own[name] if name in own else operand(_value(name, context)) for name in used}

    def elsewhere(name: str) -> Unit | None:
        return unit_of(values[name]) or scope.unit(name)

    check_units(formula, rule_units(used, _own_units(own), elsewhere))
    given = tuple(values[name] for name in used)
    pairs = tuple(value if value is None or isinstance(value, str) else value.pair for value in given)
    return PreparedAdjustment(choice.strategy, formula, used, given, pairs)


def _own_units(own: dict[str, Quantity | str | None]) -> dict[str, Any]:
    """Of an actual that is missing, the target's unit, and the other way round."""
    target, actual = own["指标值"], own["完成值"]
    return own_units(unit_of(actual if target is None else target), unit_of(target if actual is None else actual))


def _value(name: str, context: PlanningContext) -> Any:
    """A name outside the own node: another indicator's 完成值 as written, or a data item."""
    if name in context.actuals:
        return context.actuals[name]
    full = context.scope.find(name)
    return None if full is None else context.scope.values.get(full)
