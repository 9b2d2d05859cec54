"""评价方案: the completed tree — framework plus the case's rows, units settled, rules chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen

from perfeval.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from perfeval.formulas.formula import Formula
    from perfeval.formulas.strategies import Strategy
    from perfeval.model.case import Case, Row
    from perfeval.model.framework import Part, Rounding
    from perfeval.model.target import Target
    from perfeval.quantities.figure import Figure
    from perfeval.quantities.quantity import Quantity
    from perfeval.quantities.unit import Units


@frozen(eq=False)
class Node:
    """节点: one node of the tree, with everything that its points depend on.

    ``rule`` is the strategy's formula with parameters and a computed actual put in; ``given`` are the
    values of its names; ``judge`` says that words or experts decide within a band; ``why_not`` is the
    reason why no rule can be applied.
    """

    path: str
    name: str
    points: Quantity | None
    parts: tuple[Node, ...] = ()
    target: Target | None = None
    actual: Figure | None = None
    actual_rule: Formula | None = None
    strategy: Strategy | None = None
    chosen_by: str = ""
    """Where the strategy came from: row, framework, category or default."""
    rule: Formula | None = None
    given: tuple[tuple[str, Figure | Quantity | str | None], ...] = ()
    exact: Callable[[], tuple[int, int]] | None = field(default=None, repr=False)
    """The exact reading of the rule on ``given``, made once."""
    judge: tuple[int, int] | None = None
    """The band in steps within which a judge decides (qualitative and expert scores)."""
    then: tuple[Formula, ...] = ()
    then_names: tuple[str, ...] = ()
    why_not: Problem | None = None
    not_applicable: bool = False
    part: Part | None = None
    row: Row | None = None
    rounding: Rounding | None = None
    scale: int = 100
    """Steps in one 分: 100 for points to hundredths."""

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
    units: Units = field(repr=False)
    given: dict[str, Figure | Quantity | str | None] = field(repr=False, factory=dict)
    projects: tuple[Plan, ...] = ()
    problems: tuple[Problem, ...] = ()
