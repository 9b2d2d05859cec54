"""评价方案: the completed tree — framework plus the case's rows, units settled, rules chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from perfeval.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from perfeval.formulas.formula import Formula
    from perfeval.formulas.strategies import Strategy
    from perfeval.model.case import Case, Row
    from perfeval.model.framework import Framework, Part, Rounding
    from perfeval.model.target import Target
    from perfeval.quantities.figure import Figure
    from perfeval.quantities.quantity import Quantity
    from perfeval.model.scope import Scope


@frozen(eq=False)
class Adjusting:
    """调整步骤: an adjustment with its arguments put in; 得分 and other nodes' points come at run time."""

    strategy: Strategy
    formula: Formula
    names: tuple[str, ...]
    given: tuple[Any, ...]
    run: Callable[[Sequence[Any]], tuple[int, int]] = field(repr=False)
    pairs: tuple[Any, ...] = field(repr=False)


@frozen(eq=False)
class Node:
    """节点: one node of the tree, with everything that its points depend on.

    ``rule`` is the strategy's formula with its parameters and a computed 完成值 put in; ``given`` are the
    values of its names, in the order of ``names``; ``run`` is its exact reading, made once per rule.
    """

    path: str
    name: str
    points: Quantity | None = None
    parts: tuple[Node, ...] = ()
    target: Target | None = None
    actual: Figure | None = None
    strategy: Strategy | None = None
    chosen_by: str = ""
    """Where the strategy came from: 指标行, 指标体系 or 默认."""
    arguments: tuple[tuple[str, Any], ...] = ()
    """The strategy's arguments as written."""
    rule: Formula | None = field(default=None, repr=False)
    bound: Formula | None = field(default=None, repr=False)
    """The strategy's formula with its parameters, still over 完成值."""
    names: tuple[str, ...] = ()
    given: tuple[Any, ...] = field(default=(), repr=False)
    run: Callable[[Sequence[Any]], tuple[int, int]] | None = field(default=None, repr=False)
    pairs: tuple[Any, ...] = field(default=(), repr=False)
    computed: Formula | None = field(default=None, repr=False)
    """The formula that gives the 完成值, with its names in full, where one does."""
    by: str = "核算"
    """核算 where a rule computes, 评定 where people judge."""
    judge: tuple[int, int] | None = None
    """The band in steps within which a judge decides (words and experts' scores)."""
    then: tuple[Adjusting, ...] = ()
    why_not: Problem | None = None
    not_applicable: bool = False
    part: Part | Framework | None = field(default=None, repr=False)
    row: Row | None = field(default=None, repr=False)
    rounding: Rounding | None = field(default=None, repr=False)
    scale: int = 100
    """Steps in one 分: 100 for points to hundredths."""
    unnamed: Quantity | None = None
    """分值 that the parts leave unnamed (负 where they hold too much), for nodes with parts."""

    @property
    def stated(self) -> Figure | None:
        """得分 as the office states it, or None."""
        return self.row.earned if self.row is not None else None

    def walk(self) -> Iterator[Node]:
        """This node and all below it, top down."""
        yield self
        for part in self.parts:
            yield from part.walk()


@frozen(eq=False)
class Plan:
    """评价方案: the tree of a case, the names that formulas can use, and every problem of it."""

    case: Case
    root: Node
    scope: Scope = field(repr=False)
    """Every name that formulas of this case can use, with its unit and its value."""
    projects: tuple[Plan, ...] = ()
    of_project: bool = False
    """Whether this is the tree of one project and not of the office."""
    problems: tuple[Problem, ...] = ()
