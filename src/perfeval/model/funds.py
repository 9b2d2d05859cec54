"""资金各栏: every funds block of a case — the office's, each project's, each line by source — and its base.

Which budget a rate of execution is divided by differs by place: the block may say so, else the
framework's own formula of 预算执行率 does; else it is the latest of the budgets that are filled in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from perfeval.formulas.nodes import Binary, Name
from perfeval.model.framework import Indicator
from perfeval.model.names import BUDGET_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from perfeval.model.case import Budget, BudgetLine, Case, Project
    from perfeval.model.framework import Framework
    from perfeval.quantities.figure import Figure

SPENT = "全年执行数"
BASES = tuple(name for name in BUDGET_NAMES if name != SPENT)
"""年初预算数, 调整后预算数, 全年预算数: the later, the better as a base."""


class Funds(NamedTuple):
    """资金栏: one block or line, how it is named, the whole block it stands in and its framework."""

    name: str
    block: Budget | BudgetLine
    whole: Budget
    framework: Framework | None = None
    project: Project | None = None
    """The project whose funds they are; None for the office's."""

    @property
    def owner(self) -> BudgetLine | Project | Budget:
        """What a word on these funds is about: the line, else the project, else the budget of the office."""
        return self.block if self.is_line or self.project is None else self.project

    @property
    def is_line(self) -> bool:
        """Whether this is one source of the block and not the block's total."""
        return self.block is not self.whole

    @property
    def amounts(self) -> Mapping[str, Figure]:
        """The amounts that hold a quantity, by their official names."""
        found = {name: getattr(self.block, own) for name, own in BUDGET_NAMES.items()}
        return {name: figure for name, figure in found.items() if figure is not None and figure.quantity is not None}

    @property
    def beside(self) -> tuple[Figure | None, ...]:
        """Every amount of the whole block: figures of one table, whose finest digits hold for all."""
        return tuple(getattr(part, own) for part in (self.whole, *self.whole.lines) for own in BUDGET_NAMES.values())

    @property
    def fixed_base(self) -> str:
        """The base that the block or the framework names, or nothing."""
        return self.whole.base or base_of(self.framework)

    @property
    def base(self) -> str:
        """The base of its rate: the named one if it is filled in, else the latest that is; '' without any."""
        filled = [name for name in BASES if name in self.amounts]
        return self.fixed_base if self.fixed_base in filled else filled[-1] if filled else ""


def funds_of(case: Case) -> Iterator[Funds]:
    """Every funds block of *case* with its lines."""
    for project in (None, *case.projects):
        name, owner = ("资金", case) if project is None else (project.name, project)
        budget, framework = owner.budget, owner.framework
        if budget is not None:
            yield Funds(name, budget, budget, framework, project)
            for line in budget.lines:
                yield Funds(f"{name}/{line.name}", line, budget, framework, project)


def base_of(framework: Framework | None) -> str:
    """The amount that the framework's rate of execution is divided by: 全年执行数 ÷ 全年预算数; '' if none is."""
    for _, part in framework.walk() if framework is not None else ():
        if isinstance(part, Indicator) and isinstance(part.actual, Binary) and part.actual.op == "÷":
            left, right = part.actual.left, part.actual.right
            if left == Name(SPENT) and isinstance(right, Name) and right.name in BASES:
                return right.name
    return ""
