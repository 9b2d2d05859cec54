"""编好的体系: what a framework fixes, made once — a slot for every part, with its path, points and strategy.

Every plan of the framework shares its slots. A row that adds an indicator, or writes its own strategy,
target or unit, gets a slot of its own.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from attrs import evolve, frozen

from perfeval.engine.planning.strategy_choice import ChosenStrategy, choose, cut_rate, strategies_of
from perfeval.engine.validation.category import require_valid
from perfeval.errors import PerfevalError, record_repr
from perfeval.formulas.build import names, substitute
from perfeval.formulas.nodes import Name
from perfeval.model.framework import Dimension, Framework, Indicator, Part
from perfeval.model.names import DeclaredNames, declared_names
from perfeval.model.operands import target_operand
from perfeval.model.plan import Slot
from perfeval.model.target import Between, Compared, sign_of
from perfeval.quantities.figure import known_as
from perfeval.quantities.quantity import Quantity
from perfeval.quantities.units import base_units
from perfeval.strategies.allotment import allot_equal, allot_percent
from perfeval.strategies.strategy import OWN_NAMES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from perfeval.formulas.nodes import Formula
    from perfeval.model.category import Category
    from perfeval.model.target import Target
    from perfeval.quantities.units import Units
    from perfeval.strategies.strategy import Strategy

ROOT = "总分"
EMPTY = Framework("")


@frozen(repr=False, eq=False)
class CompiledFramework:
    """编好的体系: the slots of one framework with these categories, and what names in it mean."""

    __repr__ = record_repr

    framework: Framework
    names: DeclaredNames
    strategies: Mapping[str, Strategy]
    """Every strategy that a row or a part can name."""
    slots: Mapping[str, Slot]
    """Every part's slot by its path."""
    paths: Mapping[str, tuple[str, ...]]
    """What a row may be called → the paths that it can mean."""
    ready_made: Mapping[str, tuple[str, Indicator]]
    """The categories' indicators by name, with the category's title."""
    computed: Mapping[str, tuple[Formula, str]]
    """Indicators whose 完成值 is a formula: by name and by path, with the group that its names are in."""

    def slot(self, part: Part, path: str, points: Quantity | None, *, strategy: Any = None, group: str = "") -> Slot:
        """A slot for *part* at *path*; a row's own *strategy* goes before the part's."""
        rounding = self.framework.rounding
        plain = Slot(
            path,
            part.name,
            part,
            rounding,
            points,
            group=group,
            scale=10**rounding.digits,
            half_up=rounding.how == "四舍五入",
        )
        if isinstance(part, Dimension):
            return plain
        choice = choose(
            (("指标行", strategy), ("任务类别" if group else "指标体系", part.strategy)),
            sign_of(part.target),
            dict(self.framework.defaults),
            self.strategies,
        )
        needs = needs_of(choice, self.names.units)
        computed = None
        if part.actual is not None:
            computed = self.resolved(cut_rate(part.actual, rounding.rate_digits), group)
        target = in_unit(part.target, part.unit, self.names)
        return evolve(
            plain,
            target=target,
            target_value=target_operand(target),
            strategy=choice.strategy,
            arguments=choice.arguments,
            chosen_by=choice.by,
            computed=computed,
            problem=choice.problem,
            needs=needs.own,
            of_data=needs.of_data,
        )

    def resolved(self, formula: Formula, group: str = "") -> Formula:
        """*formula* with declared names written in full and every computed 完成值 put in."""
        changes: dict[str, Formula] = {}
        full = self.names.full
        for name in names(formula):
            inside = f"{group}.{name}"
            meant = inside if group and inside in full else full.get(name)
            if meant is not None:
                if meant != name:
                    changes[name] = Name(meant)
            elif name in self.computed:
                actual, own = self.computed[name]
                if name not in names(actual):
                    changes[name] = self.resolved(actual, own)
        return substitute(formula, changes) if changes else formula


class Needs(NamedTuple):
    """所用的名称: what a strategy uses of its own node, and of declared data."""

    own: tuple[str, ...] = ()
    of_data: tuple[str, ...] = ()


def needs_of(choice: ChosenStrategy, units: Units) -> Needs:
    """The names that the chosen strategy uses, with its arguments put in."""
    strategy = choice.strategy
    if strategy is None:
        return Needs()
    if not choice.arguments:
        return _needs_alone(strategy)
    try:
        used = names(strategy.bind(choice.arguments, units=units))
    except PerfevalError:  # said when the rule is made ready
        return Needs(strategy.needs)
    return Needs(
        tuple(name for name in OWN_NAMES if name in used), tuple(name for name in used if name not in OWN_NAMES)
    )


@lru_cache(maxsize=512)
def _needs_alone(strategy: Strategy) -> Needs:
    """The names that a strategy without arguments uses."""
    used = names(strategy.formula) if strategy.formula is not None else ()
    parameters = {parameter.name for parameter in strategy.parameters}
    return Needs(strategy.needs, tuple(name for name in used if name not in OWN_NAMES and name not in parameters))


def fit(slot: Slot, choice: ChosenStrategy, units: Units) -> Slot:
    """*slot* with another choice of strategy."""
    needs = needs_of(choice, units)
    return evolve(
        slot,
        strategy=choice.strategy,
        arguments=choice.arguments,
        chosen_by=choice.by,
        problem=choice.problem,
        needs=needs.own,
        of_data=needs.of_data,
    )


def in_unit(target: Target | None, symbol: str, known: DeclaredNames) -> Target | None:
    """*target* in the units of the case, with a bare number read in the unit *symbol* of its column."""
    if known.units is not base_units():
        if isinstance(target, Compared):
            target = evolve(target, figure=known_as(target.figure, known.units))
        elif isinstance(target, Between):
            low, high = (
                Quantity(end.number, known.units.find(end.unit.symbol) or end.unit) for end in (target.low, target.high)
            )
            target = evolve(target, low=low, high=high)
    if symbol and isinstance(target, Compared) and target.figure.quantity is not None:
        return evolve(target, figure=target.figure.under(known.units.get(symbol)))
    return target


@lru_cache(maxsize=256)
def compile_framework(framework: Framework | None, categories: tuple[Category, ...]) -> CompiledFramework:
    """*framework* compiled; of an empty one where there is none.

    UnitError where units clash, FrameworkError for a category that uses names which nobody declares.
    """
    for category in categories:
        require_valid(category)
    own = framework if framework is not None else EMPTY
    computed: dict[str, tuple[Formula, str]] = {}
    paths: dict[str, tuple[str, ...]] = {}
    for path, part in own.walk():
        paths[part.name] = (*paths.get(part.name, ()), path)
        if isinstance(part, Indicator) and part.actual is not None:
            computed.setdefault(part.name, (part.actual, ""))
            computed[path] = (part.actual, "")
    paths |= {path: (path,) for path, _ in own.walk()}
    ready_made = {each.name: (category.title, each) for category in categories for each in category.indicators}
    slots: dict[str, Slot] = {}
    names, strategies = declared_names(framework, categories), strategies_of(framework, categories)
    result = CompiledFramework(own, names, strategies, slots, paths, ready_made, computed)
    _fill(result, slots, own.parts, "", "given", own.points)
    return result


def _fill(
    compiled: CompiledFramework,
    slots: dict[str, Slot],
    parts: tuple[Part, ...],
    above: str,
    allot: str,
    points: Quantity | None,
) -> None:
    """Slots of *parts*, top down, so that shares of a share are known."""
    given = shares(parts, allot, points, compiled.framework.rounding.digits)
    for part, own in zip(parts, given, strict=True):
        path = f"{above}/{part.name}" if above else part.name
        slots[path] = compiled.slot(part, path, own)
        if isinstance(part, Dimension):
            _fill(compiled, slots, part.parts, path, part.allot, own)


def shares(parts: tuple[Part, ...], allot: str, points: Quantity | None, digits: int) -> tuple[Quantity | None, ...]:
    """The points of *parts*: as given, or 等分 or 权重折算 of *points*."""
    if points is None or allot == "given" or not parts:
        return tuple(part.points for part in parts)
    if allot == "equal":
        divided = allot_equal(points.base, len(parts), Fraction(1, 10**digits))
    else:
        divided = allot_percent(points.base, [part.points.base if part.points else 0 for part in parts])
    return tuple(Quantity(share, "分") for share in divided)
