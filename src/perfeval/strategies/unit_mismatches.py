"""参数的单位: which argument of a strategy it is whose unit does not go with 完成值, and what to write instead.

Units settle in the bound formula, whose text the writer never sees; what was written is one argument.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from perfeval.errors import FormulaError, PerfevalError, problem
from perfeval.formulas.nodes import Number
from perfeval.formulas.units import check_units
from perfeval.quantities.quantity import Quantity
from perfeval.quantities.unit import POINT, Unit
from perfeval.quantities.units import base_units
from perfeval.strategies.parameters import to_formula

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from perfeval.errors import Problem
    from perfeval.formulas.units import Lookup, Settled
    from perfeval.quantities.units import Units
    from perfeval.strategies.strategy import Strategy


def misfit(
    strategy: Strategy,
    arguments: Any,
    own: Mapping[str, Settled | None],
    *,
    units: Units | None = None,
    others: Callable[[str], Settled | None] | None = None,
) -> Problem | None:
    """The argument whose unit is the only reason why *strategy* does not settle; None where it does, or another is.

    *own* are the units of 分值 指标值 完成值, *others* gives those of every further name.
    """
    reached = own.get("完成值")
    if not isinstance(reached, Unit) or strategy.rows:
        return None
    given = tuple(arguments.items() if hasattr(arguments, "items") else arguments or ())
    known: Lookup = lambda name: own[name] if name in own else others(name) if others else None  # noqa: E731

    def fits(written: Any) -> bool:
        try:
            earned = check_units(strategy.bind(written, unit=reached, units=units), known)
        except PerfevalError:
            return False
        return isinstance(earned, Unit) and earned.same_kind(POINT)

    try:
        check_units(strategy.bind(given, unit=reached, units=units), known)
    except FormulaError:
        pass  # its units, as opposed to its parameters
    except PerfevalError:
        return None
    else:
        return None
    names = {each.name for each in strategy.parameters}
    for at, (name, written) in enumerate(given):
        if name not in names:
            continue
        number = _number(written, units)
        for unit in dict.fromkeys((reached, POINT, POINT / reached, base_units().get("%"))):
            if number is None or number.unit == unit:
                continue
            instead = Quantity(number.number, unit)
            if fits((*given[:at], (name, instead), *given[at + 1 :])):
                return problem(
                    "parameter-unit",
                    "评分方法“{strategy}”的参数“{name}”写的是“{written}”，与完成值的单位（{unit}）不合；请写成如“{instead}”",
                    place=getattr(written, "place", None),
                    strategy=strategy.name,
                    name=str(name),
                    written=str(written),
                    unit=reached,
                    instead=instead,
                )
    return None


def _number(written: Any, units: Units | None) -> Quantity | None:
    try:
        found = to_formula(written, units)
    except PerfevalError:
        return None
    return found.value if isinstance(found, Number) else None
