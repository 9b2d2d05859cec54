"""调整的准备: the adjustments of one node made ready — bound, names in full, units settled, compiled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from perfeval.engine.planning.strategy_choice import choose
from perfeval.errors import FrameworkError, PerfevalError, Problem
from perfeval.formulas.build import names, substitute
from perfeval.formulas.units import check_units
from perfeval.model.names import Scope, operand
from perfeval.model.plan import Adjusting
from perfeval.quantities.quantity import Quantity
from perfeval.quantities.unit import POINT, Unit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from perfeval.engine.planning.slots import Skeleton
    from perfeval.model.framework import Adjustment
    from perfeval.model.plan import Slot
    from perfeval.quantities.figure import Figure


_PAIR = {"完成值": "指标值", "指标值": "完成值"}


def adjustings(
    then: tuple[Adjustment, ...],
    slot: Slot,
    own: Mapping[str, Any],
    skeleton: Skeleton,
    scope: Scope,
    actuals: Mapping[str, Figure | None],
    problems: list[Problem],
) -> tuple[Adjusting, ...]:
    """The adjustments of one node, whose *own* 分值, 指标值 and 完成值 they can name.

    *actuals* are other indicators' 完成值 as written; what is wrong goes to *problems*, with its place.
    """
    steps: list[Adjusting] = []
    for each in then:
        try:
            steps.append(_adjusting(each, slot, own, skeleton, scope, actuals))
        except PerfevalError as error:
            problems += [found.at(each.place or slot.part.place) for found in error.problems]
    return tuple(steps)


def _adjusting(
    adjustment: Adjustment,
    slot: Slot,
    own: Mapping[str, Any],
    skeleton: Skeleton,
    scope: Scope,
    actuals: Mapping[str, Figure | None],
) -> Adjusting:
    choice = choose((("指标体系", adjustment.strategy),), "", {}, skeleton.table)
    if choice.strategy is None:
        raise FrameworkError(*([choice.problem] if choice.problem is not None else []))
    reached = own.get("完成值")
    unit = reached.unit if isinstance(reached, Quantity) else None
    formula = skeleton.resolved(choice.strategy.bind(adjustment.arguments, unit=unit, units=scope.units))
    if slot.computed is not None:
        formula = substitute(formula, {"完成值": slot.computed})
    order = names(formula)
    values = {name: operand(own[name] if name in own else _value(name, scope, actuals)) for name in order}
    check_units(formula, {name: _unit(name, values[name], scope, own) for name in order})
    given = tuple(values[name] for name in order)
    pairs = tuple(value.pair if isinstance(value, Quantity) else value for value in given)
    return Adjusting(choice.strategy, formula, order, given, pairs)


def _unit(name: str, value: Any, scope: Scope, own: Mapping[str, Any]) -> Unit | None:
    """The unit of what a name stands for; of an actual that is missing, the target's, and the other way round."""
    if name in ("分值", "得分") or name.endswith(".得分"):
        return POINT
    if value is None and name in _PAIR:
        value = operand(own.get(_PAIR[name]))
    return value.unit if isinstance(value, Quantity) else scope.unit(name)


def _value(name: str, scope: Scope, actuals: Mapping[str, Figure | None]) -> Any:
    """A name outside the own node: another indicator's 完成值 as written, or a data item."""
    if name in actuals:
        return actuals[name]
    full = scope.find(name)
    return None if full is None else scope.values.get(full)
