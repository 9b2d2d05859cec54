"""勾稽关系: every agreement of the framework and the named categories, judged by what the digits allow.

Two numbers contradict each other only if their intervals do not meet. By their own digits that is as
severe as the agreement says; where only the finer digits of a figure beside them decide, 疑点; where the
intervals meet and only the printed sums differ, 提示. One counted name that the case leaves out is solved
for: if no whole number fits, the agreement does not hold. No epsilon decides anything.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from perfeval.errors import PerfevalError, Problem
from perfeval.formulas.exact import value
from perfeval.formulas.formula import Binary, Compare, Formula, Name, names, substitute, walk
from perfeval.formulas.interval import holds, whole_numbers
from perfeval.formulas.settle import settle
from perfeval.model.evaluation import Judgement, Severity
from perfeval.quantities.figure import Figure, Interval
from perfeval.quantities.quantity import Quantity
from perfeval.model.scope import NOT_QUANTITIES, Scope, bounds_of, operand

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from perfeval.model.framework import Agreement
    from perfeval.model.plan import Plan


def judgements(plan: Plan) -> tuple[Judgement, ...]:
    """Every agreement that the case's figures reach; one of which a measured figure is absent says nothing."""
    return tuple(_judgements(plan))


def _judgements(plan: Plan) -> Iterator[Judgement]:
    scope = plan.scope
    for category in plan.case.categories:
        for agreement in category.agreements:
            yield from _judged(agreement, scope, category.title)
    framework = plan.root.part
    for agreement in getattr(framework, "agreements", ()):
        yield from _judged(agreement, scope, "")


def _judged(agreement: Agreement, scope: Scope, group: str) -> Iterator[Judgement]:
    full = {name: scope.find(name, group) for name in names(agreement.holds)}
    known = {name: path for name, path in full.items() if path is not None and path in scope.values}
    missing = [name for name in full if name not in known]
    if len(missing) > 1 or not known or (missing and not _counted(full[missing[0]], scope)):
        return
    relation = substitute(agreement.holds, {name: Name(path) for name, path in full.items() if path is not None})
    figures = {path: scope.values[path] for path in known.values()}
    try:
        units = {path: scope.unit(path) for path in full.values() if path is not None}
        settle(relation, units)
    except PerfevalError as error:
        yield _judgement(agreement, relation, figures, "unknown", group, why_not=error.problems[0])
        return
    own = {path: _span(figure, None) for path, figure in figures.items()}
    if missing:
        unknown = full[missing[0]]
        assert unknown is not None  # noqa: S101 - counted, so declared
        found = whole_numbers(relation, unknown, own, limit=1)
        if isinstance(found, Problem):
            yield _judgement(agreement, relation, figures, "unknown", group, why_not=found)
        else:
            yield _judgement(agreement, relation, figures, "yes" if found else "no", group, whole=unknown)
        return
    verdict = holds(relation, own)
    if verdict == "yes":
        steps = _finest(figures)
        finer = {path: _span(figure, steps.get(_kind(figure))) for path, figure in figures.items()}
        if holds(relation, finer) == "no":
            yield _judgement(agreement, relation, figures, "no", group, by_digits="finer")
            return
    yield _judgement(agreement, relation, figures, verdict, group)


def _counted(name: str | None, scope: Scope) -> bool:
    """Whether an absent name is declared to be a count, so that it must be a whole number."""
    datum = scope.declared.get(name) if name is not None else None
    return datum is not None and datum.unit not in NOT_QUANTITIES and scope.units.get(datum.unit).counted


def _judgement(
    agreement: Agreement,
    relation: Formula,
    figures: Mapping[str, Figure],
    verdict: str,
    group: str,
    *,
    by_digits: str = "own",
    whole: str = "",
    why_not: Problem | None = None,
) -> Judgement:
    left, right = _sides(relation, figures)
    severity = Severity(agreement.severity)
    if any(figure.mark for figure in figures.values()) or by_digits == "finer":
        severity = max(severity, Severity.DOUBT, key=lambda each: each.rank)
    return Judgement(
        agreement.name or str(agreement.holds),
        verdict,
        relation,
        left,
        right,
        severity,
        by_digits,
        tuple(figure.place for figure in figures.values() if figure.place is not None),
        tuple(figures),
        agreement.note,
        why_not,
        verdict == "yes" and not whole and _printed_gap(relation, left, right, figures),
        group,
        agreement.basis,
        whole,
    )


def _sides(relation: Formula, figures: Mapping[str, Figure]) -> tuple[Any, Any]:
    """Both sides of a comparison on the printed numbers; None where they have none."""
    if not isinstance(relation, Compare):
        return None, None
    given = {path: operand(figure) for path, figure in figures.items()}
    sides = [value(side, given) for side in (relation.left, relation.right)]
    return tuple(None if isinstance(side, Problem) else side for side in sides)  # type: ignore[return-value]


def _printed_gap(relation: Formula, left: Any, right: Any, figures: Mapping[str, Figure]) -> bool:
    """Sums of rounded amounts whose printed digits differ although what they stand for can agree."""
    if not (isinstance(relation, Compare) and relation.op == "=" and isinstance(left, Quantity)):
        return False
    sums = all(node.op in "+-" for node in walk(relation) if isinstance(node, Binary))
    steps = [figure.step for figure in figures.values() if figure.step is not None]
    return sums and bool(steps) and isinstance(right, Quantity) and abs(left.base - right.base) >= min(steps)


def _kind(figure: Figure) -> Any:
    quantity = figure.quantity
    return None if quantity is None else quantity.unit.kind


def _finest(figures: Mapping[str, Figure]) -> dict[Any, Fraction]:
    """The worth of the last digit of the finest figure of each kind of unit."""
    finest: dict[Any, Fraction] = {}
    for figure in figures.values():
        if figure.step is not None and not figure.mark:
            kind = _kind(figure)
            finest[kind] = min(finest.get(kind, figure.step), figure.step)
    return finest


def _span(figure: Figure, step: Fraction | None) -> Interval | str | None:
    """What *figure* can be by its own digits, or by digits worth *step*."""
    quantity = operand(figure)
    if not isinstance(quantity, Quantity):
        return quantity
    if step is None or figure.mark or figure.step is None or quantity.unit.counted or step >= figure.step:
        return bounds_of(figure) if figure.quantity is not None else Interval(quantity.base, quantity.base, True, True)
    half = step / 2
    return Interval(quantity.base - half, quantity.base + half, True, False)
