"""核对相符: what was recomputed and agrees — stated totals with their parts, stated rates, agreements that hold.

Shown beside the findings, so that a reader sees what has been checked and not only what is wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from perfeval.errors import PerfevalError
from perfeval.formulas.build import names, substitute, walk
from perfeval.formulas.exact import value
from perfeval.formulas.nodes import Binary, Compare, Formula, Name, Number, Text
from perfeval.formulas.wording import plainly, wording
from perfeval.locales.messages import say, translate
from perfeval.model.operands import operand
from perfeval.quantities.formatters import text
from perfeval.quantities.quantity import Quantity
from perfeval.results.judgement import Judgement
from perfeval.results.score_table import ROOT, called, name, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval.results.evaluation import Evaluation
    from perfeval.results.finding import Finding
    from perfeval.results.score import Score


class Confirmed(NamedTuple):
    """相符的一处: what it is about, and the sum or quotient with its numbers put in."""

    of: str
    sum: str
    points: bool = False
    """Whether it is about points and budget, which a reader looks for first."""


def confirmed(evaluation: Evaluation, locale: str = "zh_Hans") -> tuple[Confirmed, ...]:
    """Every stated number that was recomputed and holds, of the office and of its projects."""
    return tuple(_confirmed(evaluation, locale))


def _confirmed(evaluation: Evaluation, locale: str) -> Iterator[Confirmed]:
    for score in evaluation.score.walk():
        yield from _total(score, locale)
    for judgement in evaluation.judgements:
        holds = judgement.holds == "yes" and not judgement.whole
        if judgement.base and judgement.printed_gap:
            holds = False  # 90 ÷ 120 is not 76%: a finding says so
        line = numbers(judgement, locale) if holds else ""
        if line:
            of = judgement.category or called(judgement.of, locale)
            what = judgement.name if judgement.category else translate(judgement.name, locale)
            yield Confirmed(f"{of} {what}".strip(), line, not judgement.category)
    for project in evaluation.projects:
        yield from (each._replace(of=f"{project.score.name} {each.of}") for each in _confirmed(project, locale))


def _total(score: Score, locale: str) -> Iterator[Confirmed]:
    """The stated points of a node, where they are the sum of its parts' stated points."""
    stated = [each.stated.quantity if each.stated is not None else None for each in (score, *score.parts)]
    if len(stated) < 2 or any(each is None for each in stated) or score.of.then:
        return
    whole, *parts = (each for each in stated if each is not None)
    if sum(part.base for part in parts) == whole.base:
        of = say("{name}自评", locale, name=name(score, locale) if score.path == ROOT else score.name)
        yield Confirmed(of, f"{' + '.join(map(number, parts))} = {number(whole)}", True)


_FAILED = {"=": "≠", "≠": "=", "≥": "<", "≤": ">", ">": "≤", "<": "≥"}
"""What is true where a comparison does not hold."""


def numbers(judgement: Judgement, locale: str = "zh_Hans") -> str:
    """A comparison with its numbers put in, as it truly is: 16045.66万元 ÷ 16898.11万元 ≈ 94.96%; '' without such a form."""
    relation = judgement.relation
    if not isinstance(relation, Compare):
        return ""
    given = dict(judgement.given)
    if any(each not in given for each in names(relation)):
        return _ends(judgement, relation, locale)
    left, right = _side(relation.left, given, locale), _side(relation.right, given, locale)
    sign: str = relation.op
    if sign in "=≠" and isinstance(relation.left, Name | Number):
        left, right = right, left  # what is calculated first, then what it should be
    if judgement.holds == "no":
        sign = _FAILED[sign]
    elif sign == "=" and not _exact(relation, given):
        sign = "≈"
    return f"{left} {sign} {right}"


def calculation(finding: Finding, locale: str = "zh_Hans") -> str:
    """The sum or quotient behind a broken agreement, numbers put in; '' where two plain numbers say it already."""
    about = finding.about
    if not isinstance(about, Judgement) or about.holds != "no" or about.base or about.whole or about.relation is None:
        return ""
    return numbers(about, locale) if any(isinstance(node, Binary) for node in walk(about.relation)) else ""


def _ends(judgement: Judgement, relation: Compare, locale: str) -> str:
    if not isinstance(judgement.left, Quantity) or not isinstance(judgement.right, Quantity):
        return ""
    left, right = (text(side, locale, digits=2) for side in (judgement.left, judgement.right))
    return f"{left} {relation.op} {right}"


def _side(side: Formula, given: Any, locale: str) -> str:
    put_in = substitute(plainly(side), {each: _number(given[each]) for each in names(side)})
    return str(put_in) if locale.startswith("zh") else wording(put_in, locale)


def _number(given: Any) -> Formula:
    found = operand(given)
    if isinstance(found, Quantity) and getattr(given, "quantity", given) is not None:
        return Number(found)
    return Text(str(getattr(given, "text", given)))


def _exact(relation: Compare, given: Any) -> bool:
    """Whether both sides are the same number and not only within each other's digits."""
    inputs = {each: operand(given[each]) for each in names(relation)}
    try:
        left, right = value(relation.left, inputs), value(relation.right, inputs)
    except PerfevalError:
        return True
    return left == right
