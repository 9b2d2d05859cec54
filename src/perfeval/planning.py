"""评价方案: framework + the case's rows → the completed tree, with every problem of it.

Read top down: ``plan`` collects names (scope), places the rows on the framework's slots, and makes each
node ready: 完成值 in the target's unit, rule prepared. What cannot be made ready keeps its reason in
``why_not``; nothing raises.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from attrs import evolve

from perfeval.adjusting import adjustings
from perfeval.errors import PerfevalError, Problem, problem
from perfeval.formulas.formula import names
from perfeval.formulas.judging import band_of
from perfeval.model.case import Case, Row, nearest
from perfeval.model.framework import Dimension, Framework, Indicator, Part
from perfeval.model.plan import Node, Plan, Ready, Slot
from perfeval.model.scope import Scope, operand, scope_of
from perfeval.model.target import Compared, Judged
from perfeval.quantities.figure import Figure, Interval
from perfeval.quantities.quantity import Quantity
from perfeval.rules import Choice, fitted, prepared
from perfeval.skeleton import ROOT, fit, shares, skeleton_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval.model.case import Budget
    from perfeval.model.plan import Adjusting
    from perfeval.quantities.unit import Unit

NOT_APPLICABLE = "不适用"
NOT_BELOW, BELOW = frozenset({0, 1}), frozenset({-1})
SIGNS = {1: frozenset({1}), 0: frozenset({0}), -1: BELOW}


def plan(case: Case) -> Plan:
    """The plan of *case* and of each of its projects that has rows or a framework of its own."""
    own = _Planner(case, case.framework, case.budget, case.rows).plan("")
    projects = tuple(
        _Planner(case, project.framework, project.budget, project.rows).plan(project.name)
        for project in case.projects
        if project.framework is not None or project.rows
    )
    return evolve(own, projects=projects) if projects else own


class _Planner:
    """One tree in the making. Not shared, not kept: ``plan`` makes and drops it."""

    def __init__(
        self, case: Case, framework: Framework | None, budget: Budget | None, rows: tuple[Row, ...]
    ) -> None:
        self.case = case
        self.skeleton = skeleton_of(framework, case.categories)
        self.framework = self.skeleton.framework
        self.open_root = framework is None
        self.scope: Scope = scope_of(case, framework, budget)
        self.problems: list[Problem] = list(self.scope.problems)
        self.rows = self._by_path(rows)
        self.actuals = {path.rpartition("/")[2]: row.actual for path, row in self.rows.items()}

    def _by_path(self, rows: tuple[Row, ...]) -> dict[str, Row]:
        """Rows by the full path of their node; a bare name that is unique in the framework will do."""
        placed: dict[str, Row] = {}
        known = self.skeleton.paths
        for row in rows:
            of = row.of
            meant = known.get(of)
            if meant is None:
                of = of.strip("/ ")
                path = ROOT if of in ("", ROOT, self.framework.name) else of
            elif len(meant) == 1:
                path = meant[0]
            else:
                self._problem(
                    "row-ambiguous", "指标“{name}”不止一个，请写全路径：{paths}", row, name=of, paths="、".join(meant)
                )
                continue
            if path in placed:
                self._problem("row-twice", "指标“{name}”有两行；请只留一行", row, name=row.of)
                continue
            placed[path] = row
        return placed

    def _problem(self, code: str, template: str, row: Row, **values: Any) -> None:
        self.problems.append(problem(code, template, place=row.place, **values))

    # -- the tree -----------------------------------------------------------------------------

    def plan(self, project: str) -> Plan:
        rows = dict(self.rows)
        own = rows.pop(ROOT, None)
        points = self.framework.points
        if points is None and own is not None and not self.framework.parts:
            points = _points(own)
        parts = self._parts(self.framework.parts, "", self.open_root, "given", points, rows)
        for path, row in rows.items():
            self._unplaced(path, row)
        total = _sum(parts)
        name = project or self.framework.name or ROOT
        rounding = self.framework.rounding
        slot = Slot(ROOT, name, self.framework, rounding, self.framework.points, scale=10**rounding.digits)
        points = points if points is not None else total
        root = Node(
            slot,
            points,
            parts,
            row=own,
            scope=self.scope,
            then=self._then(self.framework, slot, points, None),
            unnamed=None if self.framework.points is None or total is None else self.framework.points - total,
        )
        named = any(
            name.endswith(".得分") for node in root.walk() for step in node.then for name in step.names
        )
        return Plan(
            self.case,
            root,
            self.scope,
            of_project=bool(project),
            names_points=named,
            problems=tuple(self.problems),
        )

    def _parts(
        self,
        parts: tuple[Part, ...],
        above: str,
        is_open: bool,
        allot: str,
        points: Quantity | None,
        rows: dict[str, Row],
    ) -> tuple[Node, ...]:
        """The nodes of *parts*, then, where the place is open, those that the rows add."""
        nodes: list[Node] = []
        slots = self.skeleton.slots
        given = None if allot == "given" else shares(parts, allot, points, self.framework.rounding.digits)
        for index, part in enumerate(parts):
            path = f"{above}/{part.name}" if above else part.name
            slot = slots[path]
            if given is not None and slot.points != given[index]:
                slot = evolve(slot, points=given[index])
            row = rows.pop(path, None)
            if isinstance(part, Dimension):
                nodes.append(self._dimension(slot, row, rows, is_open))
            else:
                nodes.append(self._leaf(slot, row))
        if is_open:
            nodes += self._added(above, {part.name for part in parts}, rows)
        return tuple(nodes)

    def _dimension(self, slot: Slot, row: Row | None, rows: dict[str, Row], is_open: bool) -> Node:
        part = slot.part
        assert isinstance(part, Dimension)  # noqa: S101 - only dimensions are sent here
        points = slot.points if slot.points is not None else _points(row)
        parts = self._parts(part.parts, slot.path, part.open or is_open, part.allot, points, rows)
        if part.open or is_open:  # what nobody filled in below an open place is not there
            parts = tuple(node for node in parts if node.parts or node.points is not None or node.row is not None)
        total = _sum(parts)
        why = None
        if not parts:
            why = (
                problem("dimension-empty", "“{name}”下没有填报指标", name=part.name)
                if part.open
                else problem("rule-unnamed", "指标体系没有列出“{name}”的评分方法", name=part.name)
            )
        return Node(
            slot,
            points if points is not None else total,
            parts,
            row=row,
            scope=self.scope,
            why_not=why,
            then=self._then(part, slot, points, row) if part.then else (),
            unnamed=None if total is None or points is None else points - total,
        )

    def _added(self, above: str, fixed: set[str], rows: dict[str, Row]) -> Iterator[Node]:
        """Nodes that rows add under an open place, in the order of the rows."""
        prefix = f"{above}/" if above else ""
        heads: dict[str, None] = {}
        for path in rows:
            if path.startswith(prefix):
                heads.setdefault(path[len(prefix) :].partition("/")[0])
        for head in heads:
            if head in fixed:
                continue
            path = prefix + head
            row = rows.pop(path, None)
            if any(other.startswith(path + "/") for other in rows):
                group = Dimension(head, _points(row), open=True)
                yield self._dimension(self.skeleton.slot(group, path, group.points), row, rows, True)
            elif row is not None:
                title, ready = self.skeleton.ready_made.get(head, ("", None))
                part = ready if ready is not None else Indicator(head)
                yield self._leaf(self.skeleton.slot(part, path, part.points, group=title), row, title)

    def _unplaced(self, path: str, row: Row) -> None:
        opens = [each for each, part in self.framework.walk() if isinstance(part, Dimension) and part.open]
        if opens:
            self._problem(
                "row-unplaced",
                "指标“{name}”不在指标体系里；自设指标请写成“{example}/{name}”，可放在：{opens}",
                row,
                name=path,
                example=opens[0],
                opens="、".join(opens),
            )
        else:
            self._problem(
                "row-unknown",
                "指标体系里没有“{name}”；相近的有：{near}",
                row,
                name=path,
                near=nearest(path, list(self.skeleton.slots)),
            )

    # -- one indicator --------------------------------------------------------------------------

    def _leaf(self, slot: Slot, row: Row | None, group: str = "") -> Node:
        """The node of an indicator: cells in one unit, rule prepared."""
        if row is None:
            return self._node(slot, slot.points, None, None, group)
        points = slot.points
        actual = row.actual
        if slot.quick and actual is not None and points is not None and not row.unit and not row.judged:
            value = actual.value
            if row.strategy is None and type(value) is Quantity and not actual.sign and actual.change is None:
                pair = value.pair
                ready = slot.quick.get((value.unit, pair[0] >= 0))
                if ready is not None:  # a figure like one that this slot has seen before
                    pairs = _placed(ready.short_names, points.pair, slot.aim.pair, pair)  # type: ignore[union-attr]
                    return Node(slot, points, (), actual, row, ready, pairs, self.scope)
        try:
            if row.strategy is not None or row.unit or row.judged or (slot.target is None and row.target is not None):
                slot = self._own(slot, row, group)
            points = points if points is not None else _points(row)
            if actual is not None:
                if actual.text == NOT_APPLICABLE:
                    return Node(slot, points, (), actual, row, scope=self.scope, not_applicable=True)
                unit = _unit(slot.aim) or (self.scope.units.get(row.unit) if row.unit else None)
                if unit is not None and type(actual.value) is Quantity and actual.value.unit is not unit:
                    actual = actual.under(unit)
        except PerfevalError as error:
            return Node(slot, points, (), row.actual, row, scope=self.scope, why_not=error.problems[0].at(row.place))
        return self._node(slot, points, actual, row, group)

    def _node(self, slot: Slot, points: Quantity | None, actual: Figure | None, row: Row | None, group: str) -> Node:
        slot, ready, pairs, why, judge = self._ready(slot, points, actual, row, group)
        part = slot.part
        then = self._then(part, slot, points, row, actual) if part.then else ()
        if why is not None and why.place is None:
            why = why.at(row.place if row is not None else part.place)
        elif ready is not None and why is None and _repeats(slot, actual, then):
            value = actual.value  # type: ignore[union-attr]  # _repeats looked
            slot.quick[(value.unit, value.pair[0] >= 0)] = ready  # type: ignore[union-attr]
        return Node(slot, points, (), actual, row, ready, pairs, self.scope, why, then, judge)

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
        if strategy is None or not strategy.rows or strategy.kind != "评分":
            strategy = self.skeleton.table["专家平均"]
        marks = tuple(("", figure.quantity) for figure in row.judged)
        return fit(made, Choice(strategy, marks, made.chosen_by))

    def _ready(
        self, slot: Slot, points: Quantity | None, actual: Figure | None, row: Row | None, group: str
    ) -> tuple[Slot, Ready | None, tuple[Any, ...], Problem | None, tuple[int, int] | None]:
        """The slot (with a strategy fitted to the case), its rule, the rule's inputs, or why there is none."""
        reached = operand(actual)
        if slot.problem is None and not isinstance(slot.target, Compared) and slot.target is not None:
            choice = fitted(
                Choice(slot.strategy, slot.arguments, slot.chosen_by), slot.target, reached, self.skeleton.table
            )
            if (choice.strategy, choice.arguments) != (slot.strategy, slot.arguments):
                slot = fit(slot, choice)
        strategy = slot.strategy
        if slot.problem is not None or strategy is None:
            return slot, None, (), slot.problem, None
        if strategy.kind == "评定" or (isinstance(slot.target, Judged) and slot.chosen_by == "默认"):
            if points is not None and (row is None or not row.judged):
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

    def _then(
        self,
        part: Part | Framework,
        slot: Slot,
        points: Quantity | None,
        row: Row | None,
        actual: Figure | None = None,
    ) -> tuple[Adjusting, ...]:
        if not part.then:
            return ()
        own = {"分值": points, "指标值": slot.aim, "完成值": operand(actual)}
        return adjustings(part.then, slot, own, self.skeleton, self.scope, self.actuals, self.problems)


def _missing(slot: Slot, points: Quantity | None, actual: Figure | None) -> Problem | None:
    """What an ordinary rule lacks, named one by one; None where it has everything."""
    if points is None:
        return problem("points-missing", "“{name}”没有分值；请填写分值", name=slot.name)
    needs = slot.needs
    if slot.target is None and "指标值" in needs:
        return problem("target-missing", "“{name}”没有指标值；请填写指标值", name=slot.name)
    if slot.computed is None and "完成值" in needs:
        if actual is None or actual.value is None:
            return problem("actual-missing", "“{name}”没有完成值；请填写实际完成值", name=slot.name)
        if actual.sign:
            return problem(
                "actual-signed",
                "“{name}”的完成值“{text}”带比较符号，真实数不明；请填写实际数",
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


def _placed(names: tuple[str, ...], points: Any, aim: Any, actual: Any) -> tuple[Any, ...]:
    """The inputs of a rule over 分值, 指标值 and 完成值, in the order of its *names*."""
    return tuple([actual if name == "完成值" else points if name == "分值" else aim for name in names])


def _points(row: Row | None) -> Quantity | None:
    return row.points.quantity if row is not None and row.points is not None else None


def _sum(nodes: tuple[Node, ...]) -> Quantity | None:
    total: Quantity | None = None
    for node in nodes:
        if node.points is None:
            return None
        total = node.points if total is None else total + node.points
    return total


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
