"""评价方案: the completed tree — framework plus the case's rows, units checked, rules chosen.

What the framework fixes stands once in a Slot, shared by every plan of it; a Node adds what the case
says. So planning another case of one framework only places its figures.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from perfeval.errors import Problem, record_repr
from perfeval.formulas.exact import compile_, reader
from perfeval.model.target import Compared
from perfeval.quantities.quantity import Quantity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from fractions import Fraction

    from perfeval.formulas.nodes import Formula
    from perfeval.model.case import Case, Project, Row
    from perfeval.model.framework import Framework, Part, Rounding
    from perfeval.model.names import Scope
    from perfeval.model.target import Target
    from perfeval.quantities.figure import Figure
    from perfeval.strategies.strategy import Strategy


@frozen(repr=False, eq=False)
class PreparedAdjustment:
    """调整步骤: an adjustment with its arguments put in; 得分 and other nodes' points come at run time."""

    __repr__ = record_repr

    strategy: Strategy
    formula: Formula
    names: tuple[str, ...]
    given: tuple[Any, ...]
    pairs: tuple[Any, ...] = field(repr=False)

    @property
    def run(self) -> Callable[[Sequence[Any]], tuple[int, int]]:
        """The exact reading of the formula, made once per formula."""
        return compile_(self.formula, self.names)


@frozen(repr=False, eq=False)
class PreparedRule:
    """备好的规则: a strategy's formula bound, units checked, compiled, for one pair of units.

    ``rule`` has a computed 完成值 put in; ``short`` is it without the guards that the figures' signs
    decide, and what ``run`` reads. ``problem`` says why there is none.
    """

    __repr__ = record_repr

    rule: Formula | None = None
    bound: Formula | None = None
    names: tuple[str, ...] = ()
    short: Formula | None = None
    short_names: tuple[str, ...] = ()
    problem: Problem | None = None

    @cached_property
    def run(self) -> Callable[[Sequence[Any]], tuple[int, int]] | None:
        """The exact reading of the short rule, made when first asked for; None where there is no rule."""
        return None if self.short is None else reader(self.short, self.short_names)


@frozen(repr=False, eq=False)
class Slot:
    """位置: one part of the tree with what is fixed before a case: path, points, target, strategy."""

    __repr__ = record_repr

    path: str
    name: str
    part: Part | Framework
    rounding: Rounding
    points: Quantity | None = None
    target: Target | None = None
    target_value: Quantity | str | None = None
    """What a formula sees of the target."""
    strategy: Strategy | None = None
    arguments: tuple[tuple[str, Any], ...] = ()
    chosen_by: str = ""
    """Where the strategy came from: 指标行, 指标体系, 任务类别 or 默认."""
    computed: Formula | None = field(default=None, repr=False)
    """The formula that gives the 完成值, with its names in full, where one does."""
    problem: Problem | None = None
    """Why no strategy can be applied here."""
    group: str = ""
    """The title of the category that the indicator is from, whose names it means first."""
    needs: tuple[str, ...] = ()
    """The names of its own node that the strategy uses."""
    of_data: tuple[str, ...] = ()
    """The names of declared data that the strategy uses."""
    scale: int = 100
    """Steps in one 分: 100 for points to hundredths."""
    half_up: bool = True
    """Whether points are rounded half up, as nearly everywhere."""


@frozen(repr=False, eq=False, slots=False)
class Node:
    """节点: one node of the tree, with everything that its points depend on."""

    __repr__ = record_repr

    slot: Slot
    points: Quantity | None = None
    parts: tuple[Node, ...] = ()
    actual: Figure | None = None
    row: Row | None = None
    ready: PreparedRule | None = None
    pairs: tuple[Any, ...] = ()
    """What stands for the short names of ``ready``, for its exact reading."""
    scope: Scope | None = None
    why_not: Problem | None = None
    then: tuple[PreparedAdjustment, ...] = ()
    judge: tuple[int, int] | None = None
    """The band in steps within which a judge decides (words and experts' scores)."""
    not_applicable: bool = False
    unnamed: Quantity | None = None
    """分值 that the parts leave unnamed (负 where they hold too much), for nodes with parts."""

    @property
    def path(self) -> str:
        """The path of names from the root: 产出指标/巡查; the root itself is 总分."""
        return self.slot.path

    @property
    def name(self) -> str:
        """The name of the part."""
        return self.slot.name

    @property
    def part(self) -> Part | Framework:
        """The framework's part that this node completes."""
        return self.slot.part

    @property
    def target(self) -> Target | None:
        """指标值."""
        return self.slot.target

    @property
    def strategy(self) -> Strategy | None:
        """评分方法."""
        return self.slot.strategy

    @property
    def arguments(self) -> tuple[tuple[str, Any], ...]:
        """The strategy's arguments as written."""
        return self.slot.arguments

    @property
    def chosen_by(self) -> str:
        """Who chose the strategy: 指标行, 指标体系, 任务类别 or 默认."""
        return self.slot.chosen_by

    @property
    def met_only(self) -> bool:
        """Whether only that the limit (≤) is kept is decided: full points by every method; beyond it nobody chose one."""
        named = self.strategy.name if self.strategy is not None else ""
        return isinstance(self.slot.target, Compared) and (self.chosen_by, named) == ("默认", "限内满分")

    @property
    def computed(self) -> Formula | None:
        """The formula that gives the 完成值, where one does."""
        return self.slot.computed

    @property
    def rounding(self) -> Rounding:
        """取位 of the framework."""
        return self.slot.rounding

    @property
    def scale(self) -> int:
        """Steps in one 分."""
        return self.slot.scale

    @property
    def rule(self) -> Formula | None:
        """The rule with parameters and a computed 完成值 put in."""
        return self.ready.rule if self.ready is not None else None

    @property
    def bound(self) -> Formula | None:
        """The strategy's formula with its parameters, still over 完成值."""
        return self.ready.bound if self.ready is not None else None

    @property
    def names(self) -> tuple[str, ...]:
        """The names in the rule, in order of first use."""
        return self.ready.names if self.ready is not None else ()

    @property
    def given(self) -> tuple[Any, ...]:
        """What stands for ``names``: figures as written, quantities, words; None where it is missing."""
        return tuple(self.value(name) for name in self.names)

    @property
    def run(self) -> Callable[[Sequence[Any]], tuple[int, int]] | None:
        """The exact reading of the rule, on ``pairs``."""
        return self.ready.run if self.ready is not None else None

    @property
    def by(self) -> str:
        """核算 where a rule computes, 评定 where people judge."""
        return "评定" if self.row is not None and self.row.judged else "核算"

    @cached_property
    def by_people(self) -> Fraction | int:
        """分值 of everything below that people judge: looked for once, for the tree of a plan never changes."""
        total: Fraction | int = 0
        for part in self.parts:
            if part.parts:
                total += part.by_people
            elif (part.judge is not None or part.by == "评定") and part.points is not None:
                total += part.points.base
        return total

    @property
    def stated(self) -> Figure | None:
        """得分 as the office states it, or None."""
        return self.row.earned if self.row is not None else None

    def value(self, name: str) -> Any:
        """What *name* means at this node, as written."""
        match name:
            case "分值":
                return self.points
            case "指标值":
                return self.slot.target_value
            case "完成值":
                return self.actual
            case _:
                return self.scope.values.get(name) if self.scope is not None else None

    def walk(self) -> Iterator[Node]:
        """This node and all below it, top down."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            if node.parts:
                waiting += node.parts[::-1]


@frozen(repr=False, eq=False)
class Plan:
    """评价方案: the tree of a case, the names that formulas can use, and every problem of it."""

    __repr__ = record_repr

    case: Case
    root: Node
    scope: Scope = field(repr=False)
    """Every name that formulas of this case can use, with its unit and its value."""
    projects: tuple[Plan, ...] = ()
    project: Project | None = None
    """The project that this is the tree of; None for the office's."""
    names_points: bool = False
    """Whether an adjustment somewhere names another node's 得分."""
    problems: tuple[Problem, ...] = ()

    @property
    def of_project(self) -> bool:
        """Whether this is the tree of one project and not of the office."""
        return self.project is not None
