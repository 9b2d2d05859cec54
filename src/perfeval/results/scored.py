"""得分的样子: what an explanation asks of a score, so that a score can be explained before there is a record of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval.errors import Problem
    from perfeval.model.plan import Node
    from perfeval.quantities.figure import Figure
    from perfeval.quantities.quantity import Quantity


class Scored(Protocol):
    """得分的样子: a node with its points; :class:`perfeval.Score` is one."""

    @property
    def of(self) -> Node:
        """The node."""

    @property
    def steps(self) -> int | None:
        """The points in whole steps; None where the material does not decide."""

    @property
    def low_steps(self) -> int:
        """The least that it can be, in steps."""

    @property
    def high_steps(self) -> int:
        """The most that it can be, in steps."""

    @property
    def before_steps(self) -> int | None:
        """The points before the node's adjustments."""

    @property
    def parts(self) -> tuple[Scored, ...]:
        """What stands below."""

    @property
    def why_not(self) -> Problem | None:
        """Why there are no points."""

    @property
    def path(self) -> str:
        """The node's path."""

    @property
    def name(self) -> str:
        """The node's name."""

    @property
    def points(self) -> Quantity | None:
        """分值."""

    @property
    def earned(self) -> Quantity | None:
        """得分."""

    @property
    def low(self) -> Quantity | None:
        """The least that it can be."""

    @property
    def high(self) -> Quantity | None:
        """The most that it can be."""

    @property
    def stated(self) -> Figure | None:
        """自评得分."""

    def in_locale(self, locale: str) -> str:
        """The reason in *locale*."""

    def walk(self) -> Iterator[Scored]:
        """This score and all below it, top down."""
