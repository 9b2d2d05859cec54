"""名称核查: the names that a framework's formulas can use, their units, and one formula checked with them.

A name may be known while its unit is not: an indicator whose target the user supplies. A formula that
uses such a name is checked when the plan is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfeval.engine.rule_units import EARNED, rule_units
from perfeval.errors import PerfevalError, Problem, problem
from perfeval.formulas.build import is_condition, names
from perfeval.formulas.source_map import located, name_place, text_place
from perfeval.formulas.units import WORD, Settled, check_units
from perfeval.locales.suggestions import closest
from perfeval.model.framework import Framework, Indicator
from perfeval.model.names import BUDGET_NAMES, REVIEWED_BELOW
from perfeval.model.target import Between, By, Compared, Elements, Target, TopRank
from perfeval.quantities.unit import BARE, POINT, RANK, Unit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from perfeval.errors import Place
    from perfeval.formulas.nodes import Formula
    from perfeval.quantities.units import Units


class FrameworkNames:
    """名称表: what names mean in one framework; notes the problems of what it checks in ``found``."""

    def __init__(self, framework: Framework, units: Units, names: Mapping[str, str]) -> None:
        self.framework, self.units, self.outside = framework, units, names
        self.indicators = [(path, part) for path, part in framework.walk() if isinstance(part, Indicator)]
        self.found: list[Problem] = []
        self.known: dict[str, Settled] = {}
        self.open: set[str] = set()
        """Names that are known while their units are not."""
        self.bearers: dict[str, list[str]] = {}
        """The paths of the parts that a name, or a path, stands for where points are meant."""
        self.actuals: dict[str, list[str]] = {}
        """The same of indicators only, where their 完成值 is meant."""
        self.computed: dict[str, Formula] = {}
        """The formulas of 完成值 by path, where the indicator's name means its 完成值."""
        self._names()

    def wrong(self, what: Problem, place: Place | None) -> None:
        """Note *what* at *place*."""
        self.found.append(what.at(place))

    def unit(self, symbol: str, place: Place | None) -> Settled | None:
        """What *symbol* of a table or column means; an unknown one is noted, and gives None."""
        if symbol == "文字":
            return WORD
        if symbol == "名次":
            return RANK
        try:
            return self.units.get("天" if symbol == "日期" else symbol)
        except PerfevalError as error:
            self.found += [each.at(place) for each in error.problems]
            return None

    def _names(self) -> None:
        """Budget names, data, then indicators' bare names (their 完成值) where no data item bears them."""
        reserved = {name: self.units.get("万元") for name in BUDGET_NAMES} | {"执行率": self.units.get("%")}
        self.known = {**reserved, REVIEWED_BELOW: BARE}
        for name, symbol in self.outside.items():
            unit = self.unit(symbol, self.framework.place) if symbol else None
            if unit is None:
                self.open.add(name)
            else:
                self.known.setdefault(name, unit)
        declared: set[str] = set()
        for datum in self.framework.data:
            place = datum.place or self.framework.place
            if datum.name in declared:
                self.wrong(problem("datum-twice", "数据项“{name}”声明了两次", name=datum.name), place)
            declared.add(datum.name)
            unit = self.unit(datum.unit, place) if datum.unit else None
            if not datum.unit:
                self.wrong(
                    problem("datum-unit-missing", "数据项“{name}”没有写计量单位，如 {name}: 万元", name=datum.name),
                    place,
                )
            fixed = reserved.get(datum.name)
            if fixed is not None and not (isinstance(unit, Unit) and unit.same_kind(fixed)):
                self.wrong(
                    problem("datum-reserved", "“{name}”是资金的固定名称，单位只能是金额或比率", name=datum.name), place
                )
            elif unit is None:
                self.open.add(datum.name)
            else:
                self.known[datum.name] = unit
        for path, part in self.framework.walk():
            for name in dict.fromkeys((part.name, path)):
                self.bearers.setdefault(name, []).append(path)
                if isinstance(part, Indicator):
                    self.actuals.setdefault(name, []).append(path)
        taken = set(self.known) | self.open
        self.open |= {part.name for _, part in self.indicators if part.name not in taken}
        self.computed = {
            path: part.actual for path, part in self.indicators if part.actual is not None and part.name not in taken
        }
        self.known |= {name + EARNED: POINT for name in self.bearers}
        self._actual_units(taken)

    def _actual_units(self, taken: set[str]) -> None:
        """The units of indicators' 完成值, as far as targets, columns and formulas tell them."""
        waiting = [(path, part) for path, part in self.indicators if part.name not in taken]
        while True:
            left = []
            for path, part in waiting:
                unit: Settled | None
                if part.actual is not None:
                    unit = self._unit_so_far(part.actual)
                else:
                    unit = self._column(part) or self.target(part.target)
                if unit is None:
                    left.append((path, part))
                elif len(self.actuals[part.name]) == 1:
                    self.known[part.name] = unit
                    self.open.discard(part.name)
            if len(left) == len(waiting):
                return
            waiting = left

    def _column(self, part: Indicator) -> Unit | None:
        return self.units.find(part.unit) if part.unit else None

    def _unit_so_far(self, formula: Formula) -> Settled | None:
        """The unit of *formula*, or None where it is wrong (said elsewhere) or not known yet."""
        if any(name not in self.known for name in names(formula)):
            return None
        try:
            return check_units(formula, self.known)
        except PerfevalError:
            return None

    def target(self, target: Target | None) -> Settled | None:
        """The unit that a formula sees of 指标值; None where there is none."""
        match target:
            case None:
                return None
            case Compared(figure=figure):
                return figure.quantity.unit if figure.quantity is not None else None
            case Between(low=low):
                return low.unit
            case TopRank():
                return RANK
            case By():
                return self.units.get("天")
            case Elements():
                return self.units.get("项")
            case _:
                return WORD

    def checked_unit(self, formula: Formula, own: Mapping[str, Settled | None], place: Place | None) -> Settled | None:
        """The unit of *formula*; None where something is wrong or a unit is not known before a case."""
        mine = {name: unit for name, unit in own.items() if unit is not None}
        used = names(formula)
        several = [name for name in used if name not in own and self._several(name)]
        for name in several:
            bare = name.removesuffix(EARNED)
            self.wrong(
                problem(
                    "name-ambiguous",
                    "名称“{name}”不止一个，请写全路径：{paths}",
                    name=bare,
                    paths=tuple(f"「{path}」" for path in self.bearers[bare]),
                ),
                name_place(formula, name, place),
            )
        later = [
            name for name in used if name not in mine and name not in self.known and (name in self.open or name in own)
        ]
        missing = [name for name in used if name not in mine and name not in self.known and name not in later]
        for name in missing:
            alike = closest(name, [*self.known, *sorted(self.open)])
            self.wrong(
                problem(
                    "name-undeclared",
                    "名称“{name}”没有声明；请在 data 下写明它和计量单位，或改为：{near}",
                    name=name,
                    near=tuple(alike),
                )
                if alike
                else problem("name-undeclared", "名称“{name}”没有声明；请在 data 下写明它和计量单位", name=name),
                name_place(formula, name, place),
            )
        if several or later or missing:
            return None
        try:
            return check_units(formula, rule_units(used, mine, self.known.get))
        except PerfevalError as error:
            self.found += [located(each, formula, place) for each in error.problems]
            return None

    def _several(self, name: str) -> bool:
        bare = name.removesuffix(EARNED)
        if bare != name:
            return len(self.bearers.get(bare, ())) > 1
        return name not in self.known and len(self.actuals.get(name, ())) > 1

    def condition(self, formula: Formula, own: Mapping[str, Settled | None], place: Place | None) -> None:
        """Note what is wrong with *formula* as a condition."""
        if not is_condition(formula):
            self.wrong(
                problem("not-a-condition", "“{formula}”不是条件；请写成比较，如 完成值 < 90 %", formula=formula),
                text_place(formula, place),
            )
            return
        self.checked_unit(formula, own, place)
