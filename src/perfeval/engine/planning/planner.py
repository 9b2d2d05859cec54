"""评价方案: framework + the case's rows → the completed tree, with every problem of it.

Read top down: ``plan`` collects names (scope), places the rows on the framework's slots, and makes each
node ready: 完成值 in the target's unit, rule prepared. What cannot be made ready keeps its reason in
``why_not``; nothing raises.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from attrs import evolve

from perfeval.engine.planning.adjustments import prepared_adjustments
from perfeval.engine.planning.context import PlanningContext
from perfeval.engine.planning.execution import execution_by_default
from perfeval.engine.planning.indicator import points_of, prepared_indicator
from perfeval.engine.planning.slots import ROOT, compile_framework, shares
from perfeval.engine.rule_units import EARNED
from perfeval.engine.validation.case import misplaced_records
from perfeval.engine.validation.together import require_valid_frameworks
from perfeval.errors import InputError, Problem, problem
from perfeval.locales.suggestions import suggest
from perfeval.model.framework import Dimension, Framework, Indicator, Part
from perfeval.model.names import Scope, scope_of
from perfeval.model.plan import Node, Plan, Slot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval.model.case import Budget, Case, Project, Row
    from perfeval.model.plan import PreparedAdjustment
    from perfeval.quantities.quantity import Quantity

DEEPEST = 50
"""How many levels the path of a row may have; a tree of hundreds is no table that somebody filled in."""


def plan(case: Case) -> Plan:
    """评价方案: the plan of *case* and of each of its projects that has rows or a framework of its own.

    Raises InputError where something else stands in the place of a record (the name of a framework), and
    FrameworkError with every problem of a framework that does not hold together.
    """
    wrong = misplaced_records(case)
    if wrong:
        raise InputError(*wrong)
    require_valid_frameworks(case)  # what reading a framework from a file checks holds for one that Python built, too
    own = _Planner(case, case.framework, case.budget, case.rows).plan()
    projects = tuple(
        _Planner(case, project.framework, project.budget, project.rows).plan(project)
        for project in case.projects
        if project.framework is not None or project.rows
    )
    return evolve(own, projects=projects) if projects else own


class _Planner:
    """One tree in the making. Not shared, not kept: ``plan`` makes and drops it."""

    def __init__(self, case: Case, framework: Framework | None, budget: Budget | None, rows: tuple[Row, ...]) -> None:
        self.case, self.budget = case, budget
        self.compiled = compile_framework(framework, case.categories)
        self.framework = self.compiled.framework
        self.open_root = framework is None
        self.scope: Scope = scope_of(case, framework, budget)
        self.problems: list[Problem] = list(self.scope.problems)
        self.rows = self._by_path(rows)
        self.context = PlanningContext(self.compiled, self.scope, case.year, self.rows)
        self.names_points = False
        """Whether an adjustment somewhere names another node's 得分."""
        self.sole: dict[str, Quantity] = {}
        """Points of a level for the one row below it."""
        self.undivided: dict[str, Problem] = {}
        """Why rows have none where their level's are not divided among them."""

    @cached_property
    def below(self) -> dict[str, dict[str, None]]:
        """Of each path the names that the rows have below it, in their order: asked for where a place is open."""
        below: dict[str, dict[str, None]] = {}
        for path in self.rows:
            names = path.split("/")
            for depth, name in enumerate(names):
                below.setdefault("/".join(names[:depth]), {}).setdefault(name)
        return below

    def _by_path(self, rows: tuple[Row, ...]) -> dict[str, Row]:
        """Rows by the full path of their node; a bare name that is unique in the framework will do."""
        placed: dict[str, Row] = {}
        known = self.compiled.paths
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
                    "row-ambiguous", "指标“{name}”不止一个，请写全路径：{paths}", row, name=of, paths=tuple(meant)
                )
                continue
            if path.count("/") >= DEEPEST:
                name = path.rpartition("/")[2]
                self._problem(
                    "row-too-deep", "指标“{name}”的路径超过{most}层；请减少层级", row, name=name, most=DEEPEST
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

    def plan(self, project: Project | None = None) -> Plan:
        rows = dict(self.rows)
        own = rows.pop(ROOT, None)
        points = self.framework.points
        if points is None and own is not None and not self.framework.parts:
            points = points_of(own)
        parts = self._parts(self.framework.parts, "", self.open_root, "given", points, rows)
        for path, row in rows.items():
            self._unplaced(path, row)
        total = _sum(parts)
        declared = points  # by the framework, or by the 总分 row of a case that has none
        name = (project.name if project is not None else "") or self.framework.name or ROOT
        rounding = self.framework.rounding
        slot = Slot(ROOT, name, self.framework, rounding, self.framework.points, scale=10**rounding.digits)
        points = points if points is not None else total
        root = Node(
            slot,
            points,
            parts,
            row=own,
            scope=self.scope,
            then=self._adjustments(slot, points),
            unnamed=None if declared is None or total is None else declared - total,
        )
        return Plan(
            self.case,
            root,
            self.scope,
            project=project,
            names_points=self.names_points,
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
        slots = self.compiled.slots
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
                nodes.append(self._indicator(slot, row))
        if is_open:
            nodes += self._added(above, {part.name for part in parts}, rows)
        return tuple(nodes)

    def _indicator(self, slot: Slot, row: Row | None) -> Node:
        node, problems = prepared_indicator(slot, row, self.context)
        if problems:
            self.problems += [each for each in problems if not self._told(each)]
        if node.then:
            self._look_for_points(node.then)
        return node

    def _told(self, what: Problem) -> bool:
        """Whether the measure word that *what* is about was told of another row already: once is enough."""
        word = what.get("symbol")
        return word is not None and any(each.code == what.code and each.get("symbol") == word for each in self.problems)

    def _adjustments(self, slot: Slot, points: Quantity | None) -> tuple[PreparedAdjustment, ...]:
        if not slot.part.then:
            return ()
        steps, problems = prepared_adjustments(slot, points, None, self.context)
        self.problems += problems
        self._look_for_points(steps)
        return steps

    def _look_for_points(self, steps: tuple[PreparedAdjustment, ...]) -> None:
        if any(name.endswith(EARNED) for step in steps for name in step.names):
            self.names_points = True

    def _dimension(self, slot: Slot, row: Row | None, rows: dict[str, Row], is_open: bool) -> Node:
        part = slot.part
        assert isinstance(part, Dimension)  # noqa: S101 - only dimensions are sent here
        points = slot.points if slot.points is not None else points_of(row)
        if points is not None and (part.open or is_open):
            self._divide(slot, points, row, rows)
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
            then=self._adjustments(slot, points),
            unnamed=None if total is None or points is None else points - total,
        )

    def _divide(self, slot: Slot, points: Quantity, row: Row | None, rows: dict[str, Row]) -> None:
        """What a level's *points* say of rows below it that have none: one row has them all, of several none is known."""
        own = slot.path + "/"
        below = [path for path in self._all_below(slot.path) if path in rows]
        if not below or any(
            path.startswith(own) and isinstance(each.part, Indicator) for path, each in self.compiled.slots.items()
        ):
            return
        longest = max(below, key=len)
        if all(longest.startswith(path + "/") for path in below if path != longest):
            self.sole[longest] = points
        elif all(rows[path].points is None and rows[path].gap("points") is None for path in below):
            self.undivided.update(dict.fromkeys(below, _undivided(slot, points, row)))

    def _all_below(self, above: str) -> Iterator[str]:
        """The paths of all rows below the path *above*."""
        for head in self.below.get(above, ()):
            path = f"{above}/{head}" if above else head
            yield path
            yield from self._all_below(path)

    def _added(self, above: str, fixed: set[str], rows: dict[str, Row]) -> Iterator[Node]:
        """Nodes that rows add under an open place, in the order of the rows."""
        prefix = f"{above}/" if above else ""
        for head in self.below.get(above, ()):
            if head in fixed:
                continue
            path = prefix + head
            row = rows.pop(path, None)
            if path in self.below:
                group = Dimension(head, points_of(row), open=True)
                yield self._dimension(self.compiled.slot(group, path, group.points), row, rows, True)
            elif row is not None:
                node = self._indicator(self._added_slot(head, path, row), row)
                why = self.undivided.get(path)
                if why is not None and node.why_not is not None and node.why_not.code == "points-missing":
                    node = evolve(node, why_not=why if why.place is not None else why.at(row.place))
                yield node

    def _added_slot(self, name: str, path: str, row: Row) -> Slot:
        """The slot of an indicator that a row adds: a category's, the rate of execution, or one that the row makes."""
        title, part = self.compiled.ready_made.get(name, ("", None))
        by_default = execution_by_default(name, row, self.budget) if part is None else None
        part = part or by_default or Indicator(name)
        sole = self.sole.get(path) if row.points is None else None
        slot = self.compiled.slot(part, path, part.points if part.points is not None else sole, group=title)
        return slot if by_default is None else evolve(slot, chosen_by="默认")

    def _unplaced(self, path: str, row: Row) -> None:
        opens = [each for each, part in self.framework.walk() if isinstance(part, Dimension) and part.open]
        if opens:
            self._problem(
                "row-unplaced",
                "指标“{name}”不在指标体系里；自设指标请写成“{example}/{name}”，可放在：{opens}",
                row,
                name=path,
                example=_above(path, opens),
                opens=tuple(opens),
            )
        else:
            self._problem(
                "row-unknown",
                "指标体系里没有“{name}”{near}",
                row,
                name=path,
                near=suggest(
                    path, self.compiled.slots if "/" in path else (part.name for _, part in self.framework.walk())
                ),
            )


def _undivided(slot: Slot, points: Quantity, row: Row | None) -> Problem:
    return problem(
        "points-undivided",
        "“{level}”的{points}没有分到各指标；请加一栏“分值”，逐个写明",
        place=row.place if row is not None else None,
        level=slot.name,
        points=points,
    )


def _above(path: str, opens: list[str]) -> str:
    """What was left out before *path*, where its first levels end an open dimension; else the first of these."""
    levels = path.split("/")
    for n in range(len(levels) - 1, 0, -1):
        written = "/" + "/".join(levels[:n])
        for each in opens:
            if each.endswith(written):
                return each.removesuffix(written)
    return opens[0]


def _sum(nodes: tuple[Node, ...]) -> Quantity | None:
    total: Quantity | None = None
    for node in nodes:
        if node.points is None:
            return None
        total = node.points if total is None else total + node.points
    return total
