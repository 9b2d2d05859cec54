"""评价方案: framework + the case's rows → the completed tree, with every problem of it.

Read top down: ``plan`` collects names (scope), places the rows on the framework's parts, and makes each
node ready: points, target and 完成值 in one unit, strategy chosen, rule prepared. What cannot be made
ready keeps its reason in ``why_not``; nothing raises.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from attrs import evolve

from perfeval.errors import FrameworkError, PerfevalError, Problem, problem
from perfeval.formulas.allotments import allot_equal, allot_percent
from perfeval.formulas.exact import compile_
from perfeval.formulas.formula import Name, names, substitute
from perfeval.formulas.judging import band_of
from perfeval.formulas.settle import settle
from perfeval.model.case import Case, Project, Row, nearest
from perfeval.model.framework import Adjustment, Dimension, Framework, Indicator, Part, Rounding
from perfeval.model.plan import Adjusting, Node, Plan
from perfeval.model.target import Compared, Judged, Target
from perfeval.quantities.figure import Figure, Interval
from perfeval.quantities.quantity import Quantity
from perfeval.quantities.unit import POINT, Unit
from perfeval.rules import Choice, choose, cut_rate, fitted, prepared, sign_of, strategies_of, target_operand
from perfeval.model.scope import Scope, operand, scope_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from perfeval.formulas.formula import Formula
    from perfeval.formulas.strategies import Strategy
    from perfeval.model.case import Budget

ROOT = "总分"
EMPTY = Framework("")
NOT_APPLICABLE = "不适用"


def plan(case: Case) -> Plan:
    """The plan of *case* and of each of its projects that has rows or a framework of its own."""
    own = _Planner(case, case.framework, case.budget, case.rows)
    projects = tuple(
        _Planner(case, project.framework, project.budget, project.rows, project).plan()
        for project in case.projects
        if project.framework is not None or project.rows
    )
    return evolve(own.plan(), projects=projects)


class _Planner:
    """One tree in the making. Not shared, not kept: ``plan`` makes and drops it."""

    def __init__(
        self,
        case: Case,
        framework: Framework | None,
        budget: Budget | None,
        rows: tuple[Row, ...],
        project: Project | None = None,
    ) -> None:
        self.case, self.project = case, project
        self.framework = framework if framework is not None else EMPTY
        self.open_root = framework is None
        self.scope = scope_of(case, framework, budget)
        self.table = strategies_of(framework, case.categories)
        self.defaults = dict(self.framework.defaults)
        self.rounding: Rounding = self.framework.rounding
        self.scale = 10**self.rounding.digits
        self.problems: list[Problem] = list(self.scope.problems)
        self.ready = {
            indicator.name: (category.title, indicator)
            for category in case.categories
            for indicator in category.indicators
        }
        self.rows = self._by_path(rows)
        self.computed: dict[str, tuple[Formula, str]] = {}

    # -- placing the rows ---------------------------------------------------------------------

    def _by_path(self, rows: tuple[Row, ...]) -> dict[str, Row]:
        """Rows by the full path of their node; a bare name that is unique in the framework will do."""
        bare: dict[str, list[str]] = {}
        for path, part in self.framework.walk():
            bare.setdefault(part.name, []).append(path)
        placed: dict[str, Row] = {}
        for row in rows:
            of = row.of.strip("/ ")
            if of in ("", ROOT, self.framework.name):
                path = ROOT
            elif "/" not in of and of in bare:
                path = bare[of][0]
                if len(bare[of]) > 1:
                    self._problem(
                        problem(
                            "row-ambiguous",
                            "指标“{name}”不止一个，请写全路径：{paths}",
                            place=row.place,
                            name=of,
                            paths="、".join(bare[of]),
                        )
                    )
                    continue
            else:
                path = of
            if path in placed:
                self._problem(
                    problem("row-twice", "指标“{name}”有两行；请只留一行", place=row.place, name=row.of)
                )
                continue
            placed[path] = row
        return placed

    def _problem(self, found: Problem) -> None:
        self.problems.append(found)

    # -- the tree -----------------------------------------------------------------------------

    def plan(self) -> Plan:
        for path, part in self.framework.walk():
            if isinstance(part, Indicator) and part.actual is not None:
                self.computed.setdefault(part.name, (part.actual, ""))
                self.computed[path] = (part.actual, "")
        rows = dict(self.rows)
        own = rows.pop(ROOT, None)
        points = self.framework.points
        if points is None and own is not None and not self.framework.parts:
            points = _points(own)
        parts = self._parts(self.framework.parts, "", self.open_root, "given", points, rows)
        for path, row in rows.items():
            self._unplaced(path, row)
        total = _sum(parts)
        root = Node(
            ROOT,
            self.project.name if self.project is not None else self.framework.name or ROOT,
            points if points is not None else total,
            parts,
            part=self.framework,
            row=own,
            rounding=self.rounding,
            scale=self.scale,
            then=self._adjustings(self.framework.then, own, {"分值": points if points is not None else total}),
            unnamed=None if points is None or total is None else points - total,
        )
        return Plan(
            self.case,
            root,
            self.scope,
            problems=tuple(self.problems),
            of_project=self.project is not None,
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
        shares = self._shares(parts, allot, points)
        for index, part in enumerate(parts):
            path = f"{above}/{part.name}" if above else part.name
            row = rows.pop(path, None)
            share = shares[index] if shares else part.points
            if isinstance(part, Dimension):
                nodes.append(self._dimension(part, path, row, share, rows, is_open))
            else:
                nodes.append(self._leaf(part, path, row, share, ""))
        if is_open:
            nodes += self._added(above, {part.name for part in parts}, rows)
        return tuple(nodes)

    def _dimension(
        self, part: Dimension, path: str, row: Row | None, share: Quantity | None, rows: dict[str, Row], is_open: bool
    ) -> Node:
        points = share if share is not None else _points(row)
        parts = self._parts(part.parts, path, part.open or is_open, part.allot, points, rows)
        parts = tuple(node for node in parts if node.parts or node.points is not None or node.row is not None)
        total = _sum(parts)
        if points is None:
            points = total if parts else None
        why = None
        if not parts:
            why = (
                problem("dimension-empty", "“{name}”下没有填报指标", name=part.name)
                if part.open
                else problem("rule-unnamed", "指标体系没有列出“{name}”的评分方法", name=part.name)
            )
        return Node(
            path,
            part.name,
            points,
            parts,
            part=part,
            row=row,
            rounding=self.rounding,
            scale=self.scale,
            then=self._adjustings(part.then, row, {"分值": points}),
            why_not=why,
            unnamed=None if total is None or points is None or not parts else points - total,
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
                yield self._dimension(group, path, row, group.points, rows, True)
            elif row is not None:
                group_title, ready = self.ready.get(head, ("", None))
                part = ready if ready is not None else Indicator(head)
                yield self._leaf(part, path, row, part.points, group_title)

    def _shares(self, parts: tuple[Part, ...], allot: str, points: Quantity | None) -> tuple[Quantity, ...] | None:
        """Points of the parts where they are not given one by one: 等分 or 权重折算."""
        if points is None or allot == "given" or not parts:
            return None
        if allot == "equal":
            shares = allot_equal(points.base, len(parts), Fraction(1, self.scale))
        else:
            shares = allot_percent(points.base, [part.points.base if part.points else 0 for part in parts])
        return tuple(Quantity(share, "分") for share in shares)

    def _unplaced(self, path: str, row: Row) -> None:
        known = [each for each, _ in self.framework.walk()]
        opens = [each for each, part in self.framework.walk() if isinstance(part, Dimension) and part.open]
        if opens:
            found = problem(
                "row-unplaced",
                "指标“{name}”不在指标体系里；自设指标请写成“{example}/{name}”，可放在：{opens}",
                place=row.place,
                name=path,
                example=opens[0],
                opens="、".join(opens),
            )
        else:
            found = problem(
                "row-unknown",
                "指标体系里没有“{name}”；相近的有：{near}",
                place=row.place,
                name=path,
                near=nearest(path, known),
            )
        self._problem(found)

    # -- one indicator --------------------------------------------------------------------------

    def _leaf(self, part: Indicator, path: str, row: Row | None, points: Quantity | None, group: str) -> Node:
        """The node of an indicator: cells in one unit, strategy chosen, rule prepared."""
        if points is None and row is not None:
            points = _points(row)
        target = part.target if part.target is not None else row.target if row is not None else None
        actual = row.actual if row is not None else None
        why: Problem | None = None
        if actual is not None and actual.text.strip() == NOT_APPLICABLE:
            return self._node(path, part, row, points, target, actual, not_applicable=True)
        try:
            target, actual = self._in_unit(part, row, target, actual)
        except PerfevalError as error:
            why = error.problems[0].at(row.place if row is not None else part.place)
            return self._node(path, part, row, points, target, actual, why_not=why)
        choice = choose(
            (("指标行", row.strategy if row is not None else None), ("任务类别" if group else "指标体系", part.strategy)),
            sign_of(target),
            self.defaults,
            self.table,
        )
        if choice.problem is not None:
            why = choice.problem.at(row.place if row is not None else part.place)
            return self._node(path, part, row, points, target, actual, why_not=why)
        choice = fitted(choice, target, operand(actual), self.table)
        if choice.problem is not None:
            why = choice.problem.at(row.place if row is not None else part.place)
            return self._node(path, part, row, points, target, actual, choice, why_not=why)
        if row is not None and row.judged:
            choice = self._experts(choice, row)
        judge = self._judge(choice, target, actual, points)
        if judge is not None:
            return self._node(path, part, row, points, target, actual, choice, judge=judge)
        why = _missing(part, points, target, actual, choice.strategy)
        if why is not None:
            return self._node(path, part, row, points, target, actual, choice, why_not=why)
        return self._ruled(path, part, row, points, target, actual, choice, group)

    def _node(
        self,
        path: str,
        part: Indicator,
        row: Row | None,
        points: Quantity | None,
        target: Target | None,
        actual: Figure | None,
        choice: Choice | None = None,
        computed: Formula | None = None,
        **more: Any,
    ) -> Node:
        own = {"分值": points, "指标值": target_operand(target), "完成值": operand(actual)} if part.then else {}
        return Node(
            path,
            part.name,
            points,
            target=target,
            actual=actual,
            strategy=choice.strategy if choice is not None else None,
            chosen_by=choice.by if choice is not None else "",
            arguments=choice.arguments if choice is not None else (),
            then=self._adjustings(part.then, row, own, computed) if part.then else (),
            computed=computed,
            by="评定" if row is not None and row.judged else "核算",
            part=part,
            row=row,
            rounding=self.rounding,
            scale=self.scale,
            **more,
        )

    def _in_unit(
        self, part: Indicator, row: Row | None, target: Target | None, actual: Figure | None
    ) -> tuple[Target | None, Figure | None]:
        """Target and 完成值 in one unit: the cell's own, the column's, the target's."""
        symbol = (row.unit if row is not None else "") or part.unit
        unit = self.scope.units.get(symbol) if symbol else None
        if isinstance(target, Compared):
            if unit is not None and target.figure.quantity is not None and target.figure.quantity.unit.bare:
                target = evolve(target, figure=target.figure.under(unit))
            if unit is None and target.figure.quantity is not None and not target.figure.quantity.unit.bare:
                unit = target.figure.quantity.unit
        if unit is not None and actual is not None and actual.quantity is not None:
            actual = actual.under(unit)
        return target, actual

    def _ruled(
        self,
        path: str,
        part: Indicator,
        row: Row | None,
        points: Quantity | None,
        target: Target | None,
        actual: Figure | None,
        choice: Choice,
        group: str,
    ) -> Node:
        aim, reached = target_operand(target), operand(actual)
        computed: Formula | None = None
        others: tuple[tuple[str, Unit | None], ...] = ()
        if part.actual is not None:
            computed = self.resolved(cut_rate(part.actual, self.rounding.rate_digits), group)
            others = tuple((name, self.scope.unit(name)) for name in names(computed))
        own = (_unit(aim), _unit(reached))
        assert choice.strategy is not None
        ready = prepared(choice.strategy, choice.arguments, computed, own, others, self.scope.units)
        if ready.run is None:
            where = row.place if row is not None else part.place
            why = ready.problem.at(where) if ready.problem is not None else None
            return self._node(path, part, row, points, target, actual, choice, why_not=why)
        values: dict[str, Any] = {"分值": points, "指标值": aim, "完成值": reached}
        given = tuple(values[name] if name in values else self.scope.values.get(name) for name in ready.names)
        return self._node(
            path,
            part,
            row,
            points,
            target,
            actual,
            choice,
            computed,
            rule=ready.rule,
            bound=ready.bound,
            names=ready.names,
            given=given,
            run=ready.run,
            pairs=tuple(_pair(value) for value in given),
        )

    def _experts(self, choice: Choice, row: Row) -> Choice:
        """Several experts' scores are the rows of their mean, or of the mean that the row names."""
        strategy = choice.strategy
        if strategy is None or strategy.rows == "" or strategy.kind != "评分":
            strategy = self.table["专家平均"]
        return Choice(strategy, tuple(("", figure.quantity) for figure in row.judged), choice.by)

    def _judge(
        self, choice: Choice, target: Target | None, actual: Figure | None, points: Quantity | None
    ) -> tuple[int, int] | None:
        """The band within which words or experts decide, in steps; None for a rule that computes."""
        strategy = choice.strategy
        if points is None or strategy is None:
            return None
        full = int(points.base * self.scale)
        if strategy.kind == "评定":
            word = actual.text if actual is not None else ""
            band = band_of(strategy.bind(choice.arguments, units=self.scope.units), word, points)
            return (0, full) if band is None else _steps_within(band, self.scale, full)
        return (0, full) if isinstance(target, Judged) and choice.by == "默认" else None

    # -- formulas -------------------------------------------------------------------------------

    def resolved(self, formula: Formula, group: str = "") -> Formula:
        """*formula* with every name written in full and every computed 完成值 put in."""
        changes: dict[str, Formula] = {}
        for name in names(formula):
            if name in self.computed and self.scope.find(name, group) is None:
                actual, own = self.computed[name]
                if name not in names(actual):
                    changes[name] = self.resolved(actual, own)
                continue
            full = self.scope.find(name, group)
            if full is not None and full != name:
                changes[name] = Name(full)
        return substitute(formula, changes) if changes else formula

    def _adjustings(
        self, then: tuple[Adjustment, ...], row: Row | None, own: Mapping[str, Any], computed: Formula | None = None
    ) -> tuple[Adjusting, ...]:
        """The adjustments of one node, whose *own* 分值, 指标值 and 完成值 they can name."""
        steps: list[Adjusting] = []
        for each in then:
            try:
                steps.append(self._adjusting(each, own, computed))
            except PerfevalError as error:
                place = each.place or (row.place if row is not None else None)
                self.problems += [found.at(place) for found in error.problems]
        return tuple(steps)

    def _adjusting(self, adjustment: Adjustment, own: Mapping[str, Any], computed: Formula | None) -> Adjusting:
        choice = choose((("指标体系", adjustment.strategy),), "", {}, self.table)
        if choice.strategy is None:
            raise FrameworkError(*([choice.problem] if choice.problem is not None else []))
        unit = _unit(own.get("完成值"))
        bound = choice.strategy.bind(adjustment.arguments, unit=unit, units=self.scope.units)
        formula = self.resolved(bound)
        if computed is not None:
            formula = substitute(formula, {"完成值": computed})
        order = names(formula)
        values = {name: own[name] if name in own else self._value_of(name) for name in order}
        settle(formula, {name: self._unit_of(name, values[name]) for name in order})
        return Adjusting(
            choice.strategy,
            formula,
            order,
            tuple(values[name] for name in order),
            compile_(formula, order),
            tuple(_pair(values[name]) for name in order),
        )

    def _unit_of(self, name: str, value: Any) -> Unit | None:
        if name in ("分值", "得分") or name.endswith(".得分"):
            return POINT
        value = operand(value)
        return value.unit if isinstance(value, Quantity) else self.scope.unit(name)

    def _value_of(self, name: str) -> Any:
        """A name outside the own node: another indicator's 完成值 as written, or a data item."""
        for path, row in self.rows.items():
            if name in (path, path.rpartition("/")[2]) and row.actual is not None:
                return operand(row.actual)
        return self.scope.values.get(name)


def _steps_within(band: Interval, scale: int, full: int) -> tuple[int, int]:
    """The whole steps that lie in *band*."""
    low = 0 if band.low is None else math.ceil(band.low * scale)
    high = full if band.high is None else math.floor(band.high * scale)
    if band.low is not None and not band.low_closed and low == band.low * scale:
        low += 1
    if band.high is not None and not band.high_closed and high == band.high * scale:
        high -= 1
    return low, high


def _missing(
    part: Indicator, points: Quantity | None, target: Target | None, actual: Figure | None, strategy: Strategy | None
) -> Problem | None:
    """What an ordinary rule lacks, named one by one; None where it has everything."""
    if points is None:
        return problem("points-missing", "“{name}”没有分值；请填写分值", name=part.name)
    needs = strategy.needs if strategy is not None else ()
    if target is None and "指标值" in needs:
        return problem("target-missing", "“{name}”没有指标值；请填写指标值", name=part.name)
    if part.actual is None and "完成值" in needs:
        if actual is None or actual.value is None:
            return problem("actual-missing", "“{name}”没有完成值；请填写实际完成值", name=part.name)
        if actual.sign:
            return problem(
                "actual-signed",
                "“{name}”的完成值“{text}”带比较符号，真实数不明；请填写实际数",
                name=part.name,
                text=actual.text,
            )
    return None


def _points(row: Row | None) -> Quantity | None:
    return row.points.quantity if row is not None and row.points is not None else None


def _sum(nodes: tuple[Node, ...]) -> Quantity | None:
    total = Fraction(0)
    for node in nodes:
        if node.points is None:
            return None
        total += node.points.number
    return Quantity(total, "分") if nodes else None


def _unit(value: Any) -> Unit | None:
    return value.unit if isinstance(value, Quantity) else None


def _pair(value: Any) -> Any:
    value = operand(value) if isinstance(value, Figure) else value
    return value.pair if isinstance(value, Quantity) else value

