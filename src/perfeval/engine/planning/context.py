"""方案的依据: what every node of one case is prepared with."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from attrs import frozen

from perfeval.errors import record_repr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from perfeval.engine.planning.slots import CompiledFramework
    from perfeval.model.case import Row
    from perfeval.model.names import Scope
    from perfeval.quantities.figure import Figure
    from perfeval.quantities.units import Units


@frozen(repr=False, eq=False, slots=False)
class PlanningContext:
    """方案的依据: the compiled framework and, of the case, its names with their values, its year, its rows."""

    __repr__ = record_repr

    compiled: CompiledFramework
    scope: Scope
    year: int | None
    rows: Mapping[str, Row]
    """The rows of the tree by the path of their node."""

    @cached_property
    def units(self) -> Units:
        """The unit table of the case."""
        return self.scope.units

    @cached_property
    def actuals(self) -> Mapping[str, Figure | None]:
        """Indicators' 完成值 as written, by bare name: asked for by adjustments only."""
        return {path.rpartition("/")[2]: row.actual for path, row in self.rows.items()}
