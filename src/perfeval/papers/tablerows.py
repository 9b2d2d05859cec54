"""指标行的格子: what stands in the columns of an indicator's row, and where its formulas will look."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from attrs import evolve

from perfeval.model.framework import Dimension, Indicator
from perfeval.model.target import Compared, Judged, YesNo
from perfeval.papers.tablecells import Content, of_figure, of_quantity, points

if TYPE_CHECKING:
    from collections.abc import Sequence

    from perfeval.formulas.spreadsheet import Held
    from perfeval.model.evaluation import Score
    from perfeval.papers.tablelive import Spots
    from perfeval.quantities.quantity import Quantity

QUALITATIVE = "定性"


class Leaf(NamedTuple):
    """末级: a node without parts, with the names of the levels above it and its own."""

    names: tuple[str, ...]
    score: Score


def leaves(score: Score) -> list[Leaf]:
    """The rows of the table, top down; a first level carries its points behind its name."""
    return [leaf for part in score.parts for leaf in _leaves(part, ())]


def _leaves(score: Score, above: tuple[str, ...]) -> list[Leaf]:
    if not score.parts:
        if isinstance(score.of.part, Dimension) and score.points is None and score.of.row is None:
            return []  # a level that nobody filled in
        return [Leaf((*above, score.name), score)]
    name = score.name
    if not above and score.points is not None:
        from perfeval.model.listing import number

        name = f"{name}\n（{number(score.points)}分）"
    return [leaf for part in score.parts for leaf in _leaves(part, (*above, name))]


def row_cells(
    score: Score, roles: Sequence[str], row: int, starts: Sequence[int], spots: Spots
) -> list[tuple[Content, str]]:
    """Content and style of each column of a row; what formulas read is kept in *spots*."""
    from perfeval.papers.tablesheet import address

    node, written = score.of, score.of.row
    apart = "unit" in roles
    unit = _unit(score)
    found: list[tuple[Content, str]] = []
    for kind, column in zip(roles, starts, strict=True):
        content, style, where = Content(), "text", address(row, column)
        match kind:
            case "target":
                content, style = _target(score, apart), "centre"
                held = content.held(where)
                if held is not None and isinstance(node.slot.aim, (str,)) is (held.worth is None):
                    spots.targets[score.path] = held
                elif isinstance(content.value, str) and content.value:
                    spots.said[score.path] = where, content.value
            case "actual":
                content, style = of_figure(node.actual, bare=apart and _shares(score)), "centre"
                held = content.held(where)
                if held is not None and node.computed is None:
                    spots.actuals[score.path] = held
                    spots.actuals.setdefault(score.name, held)
            case "points":
                content, style = points(score.points), "centre"
                held = content.held(where)
                if held is not None and score.points is not None:
                    spots.own_points[score.path] = _fixed(held, score.points)
            case "sign":
                content, style = Content(_sign(score), "@"), "centre"
            case "unit":
                content, style = Content(unit, "@"), "centre"
            case "reviewed":
                content, style = of_figure(written.reviewed if written else None, bare=True), "centre"
            case "coefficient" | "progress":
                content, style = of_figure(getattr(written, kind) if written else None), "centre"
            case "core":
                content, style = Content("是" if _core(score) else "否", "@"), "centre"
            case "method":
                content = Content(node.strategy.name if node.strategy is not None else "", "@")
            case "reason":
                content = Content(written.reason if written else "", "@")
            case "note":
                content = Content(_note(score, "reason" in roles), "@")
            case "evidence":
                content = Content("、".join(written.evidence) if written else "", "@")
        found.append((content, style))
    return found


def _fixed(held: Held, quantity: Quantity) -> Held:
    digits = 2
    while (quantity.number * 10**digits).denominator != 1:
        digits += 1
    return evolve(held, digits=digits)


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


def _shares(score: Score) -> bool:
    """Whether the actual stands in the unit that the column of units names."""
    actual, unit = score.of.actual, _unit(score)
    return bool(unit) and actual is not None and actual.quantity is not None and actual.quantity.unit.symbol == unit


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


def _core(score: Score) -> bool:
    part = score.of.part
    return isinstance(part, Indicator) and part.core


def _note(score: Score, has_reason: bool) -> str:
    """说明: where the form has no column for the reason, this is the reason."""
    row = score.of.row
    if row is None:
        return ""
    return row.note if has_reason else row.reason
