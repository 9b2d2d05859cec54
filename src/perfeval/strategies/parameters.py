"""参数: what a strategy must be told, read from what was written, with every problem kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from perfeval.errors import PerfevalError, problem, record_repr
from perfeval.formulas.build import is_condition
from perfeval.formulas.nodes import Formula, Number, operand
from perfeval.formulas.parser import parse
from perfeval.locales.messages import message
from perfeval.quantities.quantity import Quantity

if TYPE_CHECKING:
    from perfeval.errors import Place, Problem
    from perfeval.quantities.unit import Unit
    from perfeval.quantities.units import Units

RATE_GAP = message("两个比率之差以百分点计")
"""Why a difference of rates is counted in 百分点 (计作 carries it)."""

Rows = tuple[tuple[Any, Any], ...]
"""What was written: (name or row, value), in order."""


@frozen(repr=False)
class Parameter:
    """参数: one thing that a strategy must be told; ``kind`` says what may stand for it.

    Kinds: 分 (points, not negative), 率 (a rate), 条件 (a condition), 步 (the size of one step, above 0:
    百分点, a share of 指标值, or so many of its unit), 每项分 (points for one piece, 2 分/项) and empty
    (anything: the units are settled with the formula). ``default`` is formula text over earlier parameters; None
    means that the choice must be made.
    """

    __repr__ = record_repr

    name: str
    kind: str = ""
    default: str | None = field(default=None, kw_only=True)
    note: str = field(default="", kw_only=True)


class Reading:
    """读取参数: turns what was written for the parameters into formulas and collects what is wrong."""

    __slots__ = ("place", "problems", "strategy", "unit", "units")

    def __init__(self, strategy: str, unit: Unit | None, units: Units | None, place: Place | None) -> None:
        self.strategy, self.unit, self.units, self.place = strategy, unit, units, place
        self.problems: list[Problem] = []

    def wrong(self, found: Problem, written: Any = None) -> None:
        """Keep a problem, at the place of what was *written* (a cell knows its own) or of the rule."""
        self.problems.append(found.at(getattr(written, "place", None) or self.place))

    def formula(self, written: Any) -> Formula | None:
        """The formula of *written*: text, whole number, exact number, quantity or formula; None if it is wrong."""
        try:
            return to_formula(written, self.units)
        except PerfevalError as error:
            for found in error.problems:
                self.wrong(found, written)
            return None


def to_formula(written: Any, units: Units | None = None) -> Formula:
    """The formula of an argument as written. Raises FormulaError, for a float too."""
    if isinstance(written, str):
        return parse(written, units=units)
    quantity = getattr(written, "quantity", None)  # a figure as written
    return operand(quantity if isinstance(quantity, Quantity) else written)


def fits(parameter: Parameter, value: Formula, reading: Reading, written: Any) -> None:
    """What can be seen before units are settled: a constant of the wrong kind, a condition where none belongs."""
    told: dict[str, Any] = {"strategy": reading.strategy, "name": parameter.name, "written": str(written)}
    if is_condition(value) is not (parameter.kind == "条件"):
        if parameter.kind == "条件":
            wrong = problem(
                "parameter-not-condition",
                "评分方法“{strategy}”的参数“{name}”要写条件，如“预算执行率 < 80 %”；写的是“{written}”",
                **told,
            )
        else:
            wrong = problem(
                "parameter-not-value", "评分方法“{strategy}”的参数“{name}”要写数值，不能写条件“{written}”", **told
            )
        reading.wrong(wrong, written)
    elif isinstance(value, Number):
        unit, number = value.value.unit, value.value.base
        if parameter.kind == "分" and unit.symbol != "分" and number != 0:
            wrong = problem(
                "parameter-points",
                "评分方法“{strategy}”的参数“{name}”以分计，写的是“{written}”；请写成如“0.5 分”",
                **told,
            )
        elif parameter.kind == "率" and not unit.rate:
            wrong = problem(
                "parameter-rate",
                "评分方法“{strategy}”的参数“{name}”是比率，写的是“{written}”；请写成如“60 %”",
                **told,
            )
        elif parameter.kind == "步" and number <= 0:
            wrong = problem(
                "parameter-step", "评分方法“{strategy}”的参数“{name}”是一步的大小，应大于 0；写的是“{written}”", **told
            )
        elif parameter.kind and number < 0:
            wrong = problem(
                "parameter-negative", "评分方法“{strategy}”的参数“{name}”不写负数；写的是“{written}”", **told
            )
        else:
            return
        reading.wrong(wrong, written)
