"""指标行的格子: what stands in the columns of an indicator's row, and where its formulas will look."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from perfeval.documents.xlsx.content import Content, of_figure, of_quantity, points
from perfeval.model.framework import Dimension, Indicator
from perfeval.model.target import Compared, Judged, YesNo
from perfeval.papers.table.grid import address, keep_points
from perfeval.reading.forms.headings import CAUSES, OF_CAUSE, OF_CHANCE, TICK, role, tables
from perfeval.results.score_table import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from perfeval.papers.table.live import Positions
    from perfeval.quantities.figure import Figure
    from perfeval.results.score import Score

QUALITATIVE = "定性"
_WORDS = frozenset(("reason", "note", "method", "evidence"))
_CAUSES = re.compile(rf"(?:^|[；\n])\s*({'|'.join(CAUSES)})(?:：|(?=[；\n]|$))")


class Leaf(NamedTuple):
    """末级: a node without parts, with the names of the levels above it and its own."""

    names: tuple[str, ...]
    score: Score


def leaves(score: Score, *, scored: bool = True) -> list[Leaf]:
    """The rows of the table, top down; where it is *scored* a first level carries its points behind its name."""
    return [leaf for part in score.parts for leaf in _leaves(part, (), scored)]


def _leaves(score: Score, above: tuple[str, ...], scored: bool) -> list[Leaf]:
    if not score.parts:
        if isinstance(score.of.part, Dimension) and score.points is None and score.of.row is None:
            return []  # a level that nobody filled in
        return [Leaf((*above, score.name), score)]
    name = score.name
    if scored and not above and score.points is not None:
        name = f"{name}\n（{number(score.points)}分）"
    return [leaf for part in score.parts for leaf in _leaves(part, (*above, name), scored)]


def role_of(heading: str) -> str:
    """What a column holds, as headings are read."""
    return role(heading, tables()[0])


def row_cells(
    score: Score, roles: Sequence[str], row: int, starts: Sequence[int], positions: Positions
) -> list[tuple[Content, str]]:
    """Content and style of each column of a row; what formulas read is kept in *spots*."""
    found: list[tuple[Content, str]] = []
    for kind, column in zip(roles, starts, strict=True):
        content, where = _cell(score, kind, roles), address(row, column)
        held = content.held(where)
        if kind == "target":
            if held is not None and isinstance(score.of.slot.target_value, str) is (held.worth is None):
                positions.targets[score.path] = held
            elif isinstance(content.value, str) and content.value:
                positions.said[score.path] = where, content.value
        elif kind == "actual" and held is not None and score.of.computed is None:
            positions.actuals[score.path] = held
            positions.actuals.setdefault(score.name, held)
        elif kind == "points":
            keep_points(positions, score.path, content, where)
        found.append((content, "text" if kind in _WORDS or kind.startswith(OF_CAUSE) else "centre"))
    return found


def _cell(score: Score, kind: str, roles: Sequence[str]) -> Content:
    node, written = score.of, score.of.row
    apart = "unit" in roles
    if kind == "target":
        return _target(score, apart)
    if kind == "actual":
        return of_figure(node.actual, bare=apart and _in_unit(node.actual, score))
    if kind == "points":
        return points(score.points)
    if kind == "forecast":
        expected = written.forecast if written is not None else None
        return of_figure(expected, bare=apart and _in_unit(expected, score))
    if kind in ("reviewed", "coefficient", "progress"):
        return of_figure(getattr(written, kind) if written is not None else None, bare=kind == "reviewed")
    return Content(_words(score, kind, roles), "@")


def _words(score: Score, kind: str, roles: Sequence[str]) -> str:
    """A column of words."""
    node, row = score.of, score.of.row
    if row is not None and kind.startswith(OF_CAUSE):
        return causes(row.reason).get(kind.removeprefix(OF_CAUSE), "")
    if row is not None and kind.startswith(OF_CHANCE):
        return TICK if row.likely == kind.removeprefix(OF_CHANCE) else ""
    match kind:
        case "likely" if row is not None:
            return row.likely
        case "sign":
            return _sign(score)
        case "unit":
            return _unit(score)
        case "core":
            return "是" if isinstance(node.part, Indicator) and node.part.core else "否"
        case "method":
            return node.strategy.name if node.strategy is not None else ""
        case "reason" if row is not None:
            return row.reason
        case "note" if row is not None:  # a form without a column for the reason has it here
            return row.note if any(each.startswith("reason") for each in roles) else row.reason
        case "evidence" if row is not None:
            return "、".join(row.evidence)
    return ""


def causes(reason: str) -> dict[str, str]:
    """A reason by the kinds that it names (经费保障：…；其他：…); one that names none is another."""
    if not reason:
        return {}
    _, *parts = _CAUSES.split(reason) if _CAUSES.match(reason) else ("", CAUSES[-1], reason)
    return {kind: text.strip() or TICK for kind, text in zip(parts[::2], parts[1::2], strict=True)}


def _target(score: Score, apart: bool) -> Content:
    """The target as written; a bare number where sign and unit have columns of their own."""
    target = score.of.target
    if target is None:
        return Content()
    if apart and isinstance(target, Compared):
        quantity = target.figure.quantity
        if quantity is not None and not target.figure.mark:
            return of_quantity(quantity, bare=True)
    if isinstance(target, YesNo):
        return Content(target.text, "@", is_word=True)
    return Content(target.text, "@")


def _in_unit(figure: Figure | None, score: Score) -> bool:
    """Whether a figure stands in the unit that the column of units names."""
    unit = _unit(score)
    return bool(unit) and figure is not None and figure.quantity is not None and figure.quantity.unit.symbol == unit


def _unit(score: Score) -> str:
    target = score.of.target
    if isinstance(target, Compared) and target.figure.quantity is not None:
        return target.figure.quantity.unit.symbol
    return score.of.row.unit if score.of.row is not None else ""


def _sign(score: Score) -> str:
    """≥ as written, else what the node's direction was taken to be; 定性 for words."""
    match score.of.target:
        case Compared(sign=sign):
            return sign
        case Judged():
            return QUALITATIVE
    return ""
