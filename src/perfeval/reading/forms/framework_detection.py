"""认表: which framework a table belongs to, where its columns and points leave no doubt.

A form seldom names its framework. It is taken only where exactly one of these patterns fits; otherwise
the points stated are judged among themselves, and the clerk is asked to name one.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import frozen

from perfeval.documents.cells import Cell
from perfeval.reading.forms.notes import tried

if TYPE_CHECKING:
    from collections.abc import Mapping

    from perfeval.documents.grid import SheetRow
    from perfeval.reading.forms.tables import FormTable


@frozen
class Pattern:
    """表样: the framework whose form has these columns, these points and these words."""

    framework: str
    execution: int
    points: Mapping[str, int]
    """Points by first level; several first levels joined by + have them together."""
    columns: frozenset[str] = frozenset()
    base: str = "whole_year"
    """The budget that the rate is divided by: a form that has no column for it is another's."""
    unit: str = ""


PATTERNS = (
    Pattern("national/project-2020", 10, {"产出指标": 50, "效益指标": 30, "满意度指标": 10}),
    Pattern("national/project-2021", 10, {"成本指标": 20, "产出指标": 40, "效益指标": 20, "满意度指标": 10}),
    Pattern("hubei/project", 20, {"产出指标": 40, "效益指标+满意度指标": 40}),
    Pattern("yunnan/project", 10, {"产出指标": 40, "效益指标": 30, "满意度指标": 20}, unit="元"),
    Pattern("sichuan/project-2025", 10, {"": 90}, frozenset(("sign", "unit")), "adjusted"),
    Pattern("chongqing/project", 10, {"": 90}, frozenset(("coefficient", "core"))),
)


def recognised(table: FormTable) -> str:
    """The name of the framework that *table* was made for; nothing where none or several fit."""
    found = [each.framework for each in PATTERNS if _fits(each, table)]
    return found[0] if len(found) == 1 else ""


def _fits(pattern: Pattern, table: FormTable) -> bool:
    funds = table.funds
    if table.of_office or funds is None or not pattern.columns <= table.columns.keys():
        return False
    base = next((each for each in ("whole_year", "adjusted") if each in funds.columns), "")
    if base != pattern.base or (pattern.unit and funds.unit != pattern.unit):
        return False
    if funds.execution is None or _points(funds.execution) != pattern.execution:
        return False
    by_level = _by_level(table)
    expected = {level: points for level, points in pattern.points.items() if level}
    if not expected:
        return sum(by_level.values()) == pattern.points[""]
    together = {part for level in expected for part in level.split("+")}
    return by_level.keys() <= together and all(
        sum((by_level.get(part, Fraction(0)) for part in level.split("+")), Fraction(0)) == points
        for level, points in expected.items()
    )


def _by_level(table: FormTable) -> dict[str, Fraction]:
    """The points of each first level: those it states itself, else the sum of its rows."""
    own: dict[str, Fraction] = {}
    added: dict[str, Fraction] = {}
    for row in table.rows:
        head, slash, _ = row[Cell("of")].partition("/")
        name = head if head.endswith("指标") else f"{head}指标"
        points = _points(row)
        if points is not None:
            into = added if slash else own
            into[name] = into.get(name, Fraction(0)) + points
    return added | own


def _points(row: SheetRow) -> Fraction | None:
    written = row.get(Cell("points"))
    read = tried(written) if isinstance(written, str) else written
    return read.quantity.number if read is not None and read.quantity is not None else None
