"""计数方法: elements that are there, and what is missing or late — each row is one of them.

Rows are written ``{"制度健全": "2 分"}`` (a yes, or any condition) or ``{"缺项": "0.5 分/项"}`` (a count).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from perfeval.errors import problem
from perfeval.formulas.build import is_condition
from perfeval.formulas.nodes import Binary, Choice, Compare, Extreme, Formula, Number, Text, number
from perfeval.strategies.banded import POINTS, zero_points
from perfeval.strategies.strategy import Strategy

if TYPE_CHECKING:
    from perfeval.strategies.parameters import Reading, Rows


def _each(key: Any, value: Any, reading: Reading) -> Formula | None:
    """What one element or one kind of fault is worth: a yes (or a condition) for 分, a count for 分/项."""
    what, worth = reading.formula(key), reading.formula(value)
    if what is None or worth is None:
        return None
    if isinstance(worth, Number) and worth.value.base < 0:
        reading.wrong(
            problem("row-negative", "“{key}”一行的分数不写负号：“{value}”", key=str(key), value=str(value)), value
        )
    if is_condition(what):
        return Choice(what, worth, zero_points())
    if isinstance(worth, Number) and worth.value.unit.symbol != "分":
        return Binary("×", Extreme("取大", (what, number(0))), worth)
    return Choice(Compare("=", what, Text("是")), worth, zero_points())


def _elements(_: Strategy, rows: Rows, __: dict[str, Formula], reading: Reading) -> Formula | None:
    """要素计数: what is there is added up, to full points at most."""
    found = [_each(key, value, reading) for key, value in rows]
    return None if reading.problems else Extreme("取小", (POINTS, total([each for each in found if each is not None])))


def _missing(_: Strategy, rows: Rows, __: dict[str, Formula], reading: Reading) -> Formula | None:
    """缺项扣分: what is missing or late is taken off, to 0 at least."""
    found = [_each(key, value, reading) for key, value in rows]
    if reading.problems:
        return None
    left: Formula = POINTS
    for each in found:
        if each is not None:
            left = Binary("-", left, each)
    return Extreme("取大", (zero_points(), left))


def total(of: list[Formula]) -> Formula:
    """The sum of one or more formulas."""
    made = of[0]
    for each in of[1:]:
        made = Binary("+", made, each)
    return made


DEFINED: tuple[partial[Strategy], ...] = (
    partial(
        Strategy,
        name="要素计数",
        kind="评分",
        rows="要素 → 有则得几分（或每项几分）",
        make=_elements,
        note="具备的要素各得几分，加到满分为止",
    ),
    partial(
        Strategy,
        name="缺项扣分",
        kind="评分",
        rows="缺什么 → 扣几分（或每项几分）",
        make=_missing,
        note="每缺一项、每逾期一次扣几分，扣完为止",
    ),
)
