"""名称与单位: what a category's formulas and rules name — units that are known and fit, strategies that exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfeval.engine.planning.slots import compile_framework, in_unit
from perfeval.engine.rule_units import own_units
from perfeval.engine.validation import framework as framework_validation
from perfeval.engine.validation.category import no_condition, require_valid, units_in
from perfeval.engine.validation.category_strategies import (
    named_strategies,
    strategy_problems,
    unknown_arguments,
    unknown_strategy,
)
from perfeval.errors import FrameworkError, PerfevalError
from perfeval.formulas.units import CONDITION, check_units
from perfeval.locales.messages import say
from perfeval.model.framework import Indicator
from perfeval.model.names import NOT_QUANTITIES, declared_names
from perfeval.model.operands import target_operand
from perfeval.model.target import Between, Compared
from perfeval.quantities.quantity import Quantity
from perfeval.quantities.unit import Unit
from perfeval.strategies.unit_mismatches import misfit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from perfeval.errors import Problem
    from perfeval.formulas.nodes import Formula
    from perfeval.model.category import Category
    from perfeval.model.framework import Framework
    from perfeval.model.plan import Slot
    from perfeval.quantities.units import Units

LOCALE = "zh_Hans"


def indicators(category: Category) -> Iterator[tuple[Framework | None, Indicator]]:
    """Every indicator that a category brings, alone or in a framework."""
    for indicator in category.indicators:
        yield None, indicator
    for framework in category.frameworks:
        yield from ((framework, part) for _, part in framework.walk() if isinstance(part, Indicator))


def usable(category: Category) -> bool:
    """Whether a case could use *category*: what cannot be used is not tried out, since its own rule says why."""
    try:
        require_valid(category, strict=True)
    except PerfevalError:
        return False
    return True


def units(category: Category) -> Iterator[tuple[str, str]]:
    """(where, what to change): units that are not known, formulas whose units do not fit, targets of another kind."""
    known = declared_names(None, (category,))
    for datum in category.data:
        if not datum.unit:
            yield datum.name, say("请写计量单位，如 {name}: 万元", LOCALE, name=datum.name)
        elif datum.unit not in NOT_QUANTITIES:
            yield from _trying(datum.name, lambda unit=datum.unit: known.units.get(unit))  # type: ignore[misc]
    inside = units_in(category)
    for agreement in category.agreements:
        called = agreement.name or str(agreement.holds)
        yield from ((called, str(each)) for each in framework_validation.severity(agreement, None))
        yield from _trying(called, lambda of=agreement.holds: _relation(of, inside))  # type: ignore[misc]
    for indicator in category.indicators:
        if indicator.actual is not None:
            wrong = tuple(_trying(indicator.name, lambda of=indicator.actual: check_units(of, inside)))  # type: ignore[misc]
            yield from wrong or _aimed(indicator, inside, category)


def _relation(holds: Formula, inside: Mapping[str, Unit | None]) -> None:
    """Raises FormulaError where units do not go together, FrameworkError for what is no relation at all."""
    if check_units(holds, inside) is not CONDITION:
        raise FrameworkError(no_condition(holds, None))


def _aimed(indicator: Indicator, inside: Mapping[str, Unit | None], category: Category) -> Iterator[tuple[str, str]]:
    """A target, or the unit of its column, that is of another kind than the 完成值 computed from the data."""
    reached = check_units(indicator.actual, inside)  # type: ignore[arg-type]
    known = declared_names(None, (category,))
    column = known.units.find(indicator.unit) if indicator.unit else None
    try:
        aim = target_operand(in_unit(indicator.target, indicator.unit, known))
    except PerfevalError as error:
        yield from ((indicator.name, str(each)) for each in error.problems)
        return
    wanted = (column, aim.unit if isinstance(aim, Quantity) and isinstance(indicator.target, Compared) else None)
    for unit in wanted:
        if isinstance(reached, Unit) and unit is not None and not (unit.bare or unit.same_kind(reached)):
            yield (
                indicator.name,
                say(
                    "“{path}”的完成值以{reached}计，指标值或计量单位却是{unit}；请写成一致的单位",
                    LOCALE,
                    path=indicator.name,
                    reached=reached.symbol or say("没有单位的数", LOCALE),
                    unit=unit.symbol,
                ),
            )
            return


def _trying(where: str, act: Callable[[], object]) -> Iterator[tuple[str, str]]:
    try:
        act()
    except PerfevalError as error:
        yield from ((where, str(each)) for each in error.problems)


def methods(category: Category) -> Iterator[tuple[str, str]]:
    """(where, what to change): strategies that nobody brings, lack a parameter, or name what is not known."""
    for name, wrong in strategy_problems(category, units_in(category)):
        yield name, str(wrong)
    for indicator in category.indicators:
        named = indicator.strategy, named_strategies(category), indicator.place
        yield from ((indicator.name, str(wrong)) for wrong in (*unknown_strategy(*named), *unknown_arguments(*named)))
    if not usable(category):
        return
    compiled, known = compile_framework(None, (category,)), declared_names(None, (category,))
    for indicator in category.indicators:
        slot = compiled.slot(indicator, indicator.name, indicator.points, group=category.title)
        if slot.problem is not None:
            yield indicator.name, str(slot.problem)
        else:
            reached = _reached(category, indicator, slot)
            yield from ((indicator.name, str(each)) for each in unbound(slot, known.units, reached))


def _reached(category: Category, indicator: Indicator, slot: Slot) -> Unit | None:
    """The unit of the 完成值: as computed, else that of the target."""
    computed = check_units(indicator.actual, units_in(category)) if indicator.actual is not None else None
    if isinstance(computed, Unit):
        return computed
    return slot.target_value.unit if isinstance(slot.target_value, Quantity) else None


def unbound(slot: Slot, known: Units, reached: Unit | None = None) -> tuple[Problem, ...]:
    """What is wrong with the parameters that a strategy was given: missing, unknown, of the wrong kind or unit."""
    if slot.strategy is None:
        return ()
    arguments = slot.arguments
    if isinstance(slot.target, Between):  # a range gives its own ends
        ends = (("下限", slot.target.low), ("上限", slot.target.high))
        taken = {each.name for each in slot.strategy.parameters} - {name for name, _ in arguments}
        arguments = (*arguments, *(each for each in ends if each[0] in taken))
    unit = slot.target_value.unit if isinstance(slot.target_value, Quantity) else None
    try:
        slot.strategy.bind(arguments, unit=unit, units=known)
    except PerfevalError as error:
        return error.problems
    found = misfit(slot.strategy, arguments, own_units(unit, reached or unit), units=known)
    return () if found is None else (found,)
