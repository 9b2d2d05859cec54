"""判断: what an agreement or a stated rate came to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from perfeval.errors import Place, Problem, record_repr
from perfeval.results.finding import Severity
from perfeval.results.reproduction import Reproduction

if TYPE_CHECKING:
    from perfeval.formulas.nodes import Formula
    from perfeval.strategies.strategy import Basis


@frozen(repr=False, eq=False)
class Judgement:
    """判断: what an agreement or a stated rate came to; ``holds`` is yes, no or unknown (无法判断).

    ``by_digits`` is own where the written digits of the numbers decide, finer where only the digits of
    finer figures beside them do. ``of`` is where the numbers stand: a data item, or a funds block (资金,
    a project's name).
    """

    __repr__ = record_repr

    name: str
    holds: str
    relation: Formula | None = None
    left: Any = None
    right: Any = None
    severity: Severity = Severity.ERROR
    by_digits: str = "own"
    places: tuple[Place, ...] = ()
    names: tuple[str, ...] = ()
    note: str = ""
    why_not: Problem | None = None
    printed_gap: bool = False
    """The printed numbers differ although their intervals meet."""
    category: str = ""
    basis: Basis | None = None
    whole: str = ""
    """The counted name that was solved for: no whole number of it fits where ``holds`` is no."""
    of: str = ""
    base: str = ""
    """For a stated 执行率: the budget that it is divided by; empty for an agreement."""
    reproduced_by: tuple[Reproduction, ...] = ()
    """For a stated 执行率 that does not hold: the other base or rounding that gives it."""
    given: tuple[tuple[str, Any], ...] = ()
    """What stands for ``names``, as written."""
    about: object = field(default=None, repr=False)
    """For a stated 执行率: the line, the project or the budget whose rate it is; None for an agreement."""
