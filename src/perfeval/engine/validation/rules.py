"""规则核查: the rules of a framework before any number is known — strategies, units, references.

Every formula is checked with the declared units. Where the unit of a 完成值 or 指标值 is not known
before a case exists (the user supplies the target), what hangs on it is judged when the plan is made.
"""

from __future__ import annotations

from collections import ChainMap
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

from attrs import evolve

from perfeval.engine.rule_units import own_units
from perfeval.engine.validation.cycles import circles, too_long
from perfeval.engine.validation.framework_names import FrameworkNames
from perfeval.errors import PerfevalError, Place, Problem, problem
from perfeval.formulas.build import is_condition, names
from perfeval.formulas.units import CONDITION, Settled
from perfeval.locales.suggestions import suggest
from perfeval.model.framework import Adjustment, Framework, Indicator
from perfeval.model.target import Between, Compared, Target, sign_of
from perfeval.quantities.unit import POINT, Unit
from perfeval.strategies.strategy import OWN_NAMES, Strategy
from perfeval.strategies.unit_mismatches import misfit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, MutableMapping

    from perfeval.formulas.nodes import Formula
    from perfeval.quantities.units import Units

SIGNS = ("≥", ">", "=", "≤", "<", "无号", "", "定性", "区间", "时限", "名次", "是否", "要素")
"""What ``defaults`` may be keyed by: a target's sign, 无号 for a number without one, or its kind."""

OF_A_SUM: Mapping[str, Settled | None] = MappingProxyType({"分值": POINT})
"""What a node with parts has of its own: no 指标值 and no 完成值."""


def rules(
    framework: Framework, units: Units, strategies: Mapping[str, Strategy], names: Mapping[str, str]
) -> tuple[Problem, ...]:
    """Every problem of the rules of *framework*, in the order of its tree."""
    return tuple(_Rules(framework, FrameworkNames(framework, units, names), strategies).all())


class _Rules:
    """One pass over one framework: names first, then every formula with them."""

    def __init__(self, framework: Framework, scope: FrameworkNames, strategies: Mapping[str, Strategy]) -> None:
        self.framework, self.scope = framework, scope
        self.units, self.found, self.wrong = scope.units, scope.found, scope.wrong
        mine = {name: own for own in framework.strategies for name in (own.name, *own.aliases)}
        self.strategies = ChainMap(mine, cast("MutableMapping[str, Strategy]", strategies))  # made only when asked for
        self.defaults = dict(framework.defaults)

    def all(self) -> list[Problem]:
        """The problems found."""
        self._circles()
        for sign, strategy in self.framework.defaults:
            self._default(sign, strategy)
        for path, found in self.framework.walk():
            part = found if found.place is not None else evolve(found, place=Place(path=path))  # built in Python
            if isinstance(part, Indicator):
                self._indicator(path, part)
            else:
                self._adjustments(path, part.then, OF_A_SUM, part.place)
        self._adjustments(self.framework.name, self.framework.then, OF_A_SUM)
        for agreement in self.framework.agreements:
            self.scope.condition(agreement.holds, {}, agreement.place or self.framework.place)
        if self.framework.reason_when is not None:
            self.scope.condition(self.framework.reason_when, dict.fromkeys(OWN_NAMES), self.framework.place)
        return self.found

    # -- indicators ---------------------------------------------------------------------------------

    def _indicator(self, path: str, part: Indicator) -> None:
        column = self.scope.unit(part.unit, part.place) if part.unit else None
        target = self.scope.target(part.target)
        if isinstance(target, Unit) and target.bare and isinstance(column, Unit):
            target = column
        reached: Settled | None = column or target
        if part.actual is not None:
            reached = self.scope.checked_unit(part.actual, {}, part.place)
            if reached == CONDITION:
                self.wrong(
                    problem("actual-condition", "“{path}”的完成值写的是条件；请写算式，如 甲 ÷ 乙", path=path),
                    part.place,
                )
                reached = None
        for unit in (column, target):
            if isinstance(unit, Unit) and isinstance(reached, Unit) and not unit.same_kind(reached):
                self.wrong(
                    problem(
                        "target-unit",
                        "“{path}”的完成值以{reached}计，指标值或计量单位却是{unit}；请写成一致的单位",
                        path=path,
                        reached=reached.symbol or "没有单位的数",
                        unit=unit.symbol or "没有单位的数",
                    ),
                    part.place,
                )
                return
        own = own_units(target, reached)
        if part.strategy not in (None, ""):
            self._strategy(path, part, part.strategy, own)
        elif part.target is not None:
            self._choice(path, part, part.target, own)
        if part.reason_when is not None:
            self.scope.condition(part.reason_when, {**own, "得分": POINT}, part.place)
        self._adjustments(path, part.then, own, part.place)

    def _choice(self, path: str, part: Indicator, target: Target, own: Mapping[str, Settled | None]) -> None:
        """A target without a named strategy: the default of its sign, or a choice that must be made."""
        kind = sign_of(target)
        chosen = self.defaults.get(kind)
        if chosen is None and isinstance(target, Compared):
            chosen = self.defaults.get("无号") if not kind else {">": "正向", "≥": "正向", "=": "等于"}.get(kind)
            chosen = chosen or ("正向" if not kind else None)
        if chosen is not None:
            self._strategy(path, part, chosen, own)
        elif kind in ("≤", "<"):
            self.wrong(
                problem(
                    "strategy-needed",
                    "“{path}”的指标值带“{sign}”，有两种算法：请写明评分方法“反向递减”（超过目标的按超出比例递减，"
                    "超出一倍得 0 分）或“反向比例”（分值 × 指标值 ÷ 完成值）",
                    path=path,
                    sign=kind,
                ),
                part.place,
            )
        elif kind in ("区间", "时限", "名次"):
            self.wrong(
                problem(
                    "strategy-needed-kind",
                    "“{path}”的指标值“{target}”是区间、时限或名次，没有默认的算法；请写明评分方法，"
                    "如 区间满分、限内满分、分档",
                    path=path,
                    target=target.text,
                ),
                part.place,
            )

    def _strategy(self, path: str, part: Indicator, written: Any, own: Mapping[str, Settled | None]) -> None:
        strategy, arguments = self._named(written, part.place)
        if strategy is None:
            return
        if strategy.kind not in ("评分", "评定"):
            self.wrong(
                problem(
                    "strategy-kind",
                    "“{path}”的评分方法“{name}”是“{kind}”，不能用来评分；调整请写在 then 下",
                    path=path,
                    name=strategy.name,
                    kind=strategy.kind,
                ),
                part.place,
            )
            return
        if strategy.judged and not arguments:
            return  # the experts' scores come with the case
        if isinstance(part.target, Between):  # a range gives its own ends
            given = {str(name) for name, _ in arguments or ()}
            unset = {each.name for each in strategy.parameters} - given
            ends = (("下限", part.target.low), ("上限", part.target.high))
            arguments = (*(arguments or ()), *(end for end in ends if end[0] in unset))
        reached = own["完成值"]
        formula = self._bound(strategy, arguments, reached if isinstance(reached, Unit) else None, part.place)
        if formula is None:
            return
        found = len(self.scope.found)
        earned = self.scope.checked_unit(formula, {**own, "得分": POINT}, part.place)
        if len(self.scope.found) > found:  # in a formula that the writer never saw, if it is one argument's fault
            other = misfit(strategy, arguments, {**own, "得分": POINT}, units=self.units, others=self.scope.known.get)
            if other is not None:
                del self.scope.found[found:]
                self.wrong(other, other.place or part.place)
                return
        wanted = (
            earned == CONDITION if strategy.kind == "评定" else isinstance(earned, Unit) and earned.same_kind(POINT)
        )
        if earned is not None and not wanted:
            self.wrong(
                problem("rule-not-points", "“{path}”的评分方法“{name}”算出的不是分", path=path, name=strategy.name),
                part.place,
            )

    def _named(self, written: Any, place: Place | None) -> tuple[Strategy | None, Any]:
        """The strategy that was *written*, with its arguments; an unknown name is noted."""
        name, arguments = written if isinstance(written, tuple) else (written, ())
        if isinstance(name, Strategy):
            return name, arguments
        strategy = self._find(name)
        if strategy is None:
            self.wrong(
                problem(
                    "strategy-unknown",
                    "没有名为“{name}”的评分方法{near}",
                    name=str(name),
                    near=suggest(str(name), self.strategies),
                ),
                getattr(name, "place", None) or place,
            )
        return strategy, arguments

    def _find(self, name: Any) -> Strategy | None:
        if isinstance(name, Strategy):
            return name
        if name in self.strategies:
            return self.strategies[name]
        return next((each for each in self.strategies.values() if name in each.aliases), None)

    def _bound(self, strategy: Strategy, arguments: Any, unit: Unit | None, place: Place | None) -> Formula | None:
        try:
            return strategy.bind(arguments, unit=unit, units=self.units, place=place)
        except PerfevalError as error:
            self.found += [each.at(place) for each in error.problems]
            return None

    def _default(self, sign: str, written: Any) -> None:
        place = self.framework.place
        if sign not in SIGNS:
            self.wrong(
                problem(
                    "default-sign",
                    "默认方法按指标值的符号写，“{sign}”不是符号；可写：≥ > = ≤ < 无号，或 定性 区间 时限 名次 是否 要素",
                    sign=str(sign),
                ),
                place,
            )
        strategy, arguments = self._named(written, place)
        if strategy is not None and (arguments or not strategy.judged):
            self._bound(strategy, arguments, None, place)

    # -- adjustments and references -----------------------------------------------------------------

    def _adjustments(
        self,
        path: str,
        then: tuple[Adjustment, ...],
        own: Mapping[str, Settled | None],
        fallback: Place | None = None,
    ) -> None:
        for each in then:
            place = each.place or fallback or self.framework.place
            strategy, _ = self._named(each.strategy, place)
            if strategy is None:
                continue
            formula = self._bound(strategy, each.arguments, None, place)
            if formula is None:
                continue
            if "得分" not in names(formula) or is_condition(formula):
                self.wrong(
                    problem(
                        "adjustment-kind",
                        "“{path}”的调整“{name}”没有用到得分，不是调整；评分方法请写在 strategy 下",
                        path=path,
                        name=strategy.name,
                    ),
                    place,
                )
                continue
            earned = self.scope.checked_unit(formula, {**own, "得分": POINT}, place)
            if earned is not None and not (isinstance(earned, Unit) and earned.same_kind(POINT)):
                self.wrong(
                    problem("rule-not-points", "“{path}”的评分方法“{name}”算出的不是分", path=path, name=strategy.name),
                    place,
                )

    def _circles(self) -> None:
        """References form no circle: actuals among themselves, then points upward."""
        places = dict(self.framework.walk())
        found = list(circles(self.framework, self.scope.computed, self.scope.bearers, self._formulas))
        for each, path in found or too_long(self.scope.computed, self.scope.bearers):
            part = places.get(path)
            self.wrong(each, part.place if part is not None else self.framework.place)

    def _formulas(self, then: Iterable[Adjustment]) -> Iterator[Formula]:
        """The formulas of adjustments that can be bound."""
        for each in then:
            strategy = self._find(each.strategy)
            if strategy is not None:
                try:
                    yield strategy.bind(each.arguments, units=self.units)
                except PerfevalError:
                    continue  # said where the adjustments are judged
