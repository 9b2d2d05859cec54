"""JSON 评价结果: a published, versioned form; exact numbers are strings beside their unit.

The schema stands in ``schema/evaluation-1.json``. UTF-8, keys in a fixed order, nothing of the clock.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from perfeval.formulas.show import digits
from perfeval.formulas.strategies import basis_in
from perfeval.papers.screen.agreements import numbers
from perfeval.quantities.figure import Figure
from perfeval.quantities.quantity import Quantity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from perfeval.errors import Place
    from perfeval.results.evaluation import Evaluation
    from perfeval.results.finding import Finding
    from perfeval.results.judgement import Judgement
    from perfeval.results.reproduction import Reproduction
    from perfeval.results.score import Score

EDITION = "evaluation/1"


def schema() -> dict[str, Any]:
    """The published JSON schema (2020-12) of this edition."""
    from importlib.resources import files

    text = files("perfeval.papers.data").joinpath("schema", "evaluation-1.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def to_json(evaluation: Evaluation, locale: str = "zh_Hans", *, compact: bool = False) -> str:
    """*evaluation* as JSON text that the schema describes; *compact* is one line, for JSON lines."""
    return json.dumps(document(evaluation, locale), ensure_ascii=False, indent=None if compact else 1) + "\n"


def document(evaluation: Evaluation, locale: str = "zh_Hans") -> dict[str, Any]:
    """*evaluation* as plain data: strings, whole numbers, lists and mappings."""
    case = evaluation.case
    return {
        "perfeval": EDITION,
        "office": case.office,
        "year": case.year,
        "title": case.title,
        **_tree(evaluation, locale),
        "stated_grade": case.grade or None,
        "reviewed_grade": case.reviewed.grade or None if case.reviewed is not None else None,
        "projects": [_tree(each, locale) for each in evaluation.projects],
        "findings": [finding(each, locale) for each in evaluation.findings],
        "made_by": dict(evaluation.made_by),
    }


def _tree(evaluation: Evaluation, locale: str) -> dict[str, Any]:
    """Framework, grade, points and judgements of the office or of one project."""
    return {
        "framework": evaluation.score.name,
        "grade": evaluation.grade or None,
        "score": _score(evaluation.score, locale, evaluation.reviewed),
        "judgements": [_judgement(each, locale) for each in evaluation.judgements],
    }


def _score(score: Score, locale: str, reviewed: Mapping[str, Figure]) -> dict[str, Any]:
    node = score.of
    return {
        "path": score.path,
        "name": score.name,
        "points": value_of(score.points),
        "target": getattr(node.target, "text", None) or None,
        "actual": value_of(score.actual if score.actual is not None else score.computed_actual),
        "earned": value_of(score.earned),
        "low": value_of(score.low),
        "high": value_of(score.high),
        "lost": value_of(score.lost),
        "stated": value_of(score.stated),
        "reviewed": value_of(reviewed.get(score.path)),
        "by": score.by,
        "strategy": node.strategy.name if node.strategy is not None else None,
        "chosen_by": node.chosen_by or None,
        "because": score.in_locale(locale),
        "trace": list(score.trace_in(locale)),
        "why_not": score.why_not.code if score.why_not is not None else None,
        "reproduced_by": [_reproduction(each, locale) for each in score.reproduced_by],
        "parts": [_score(part, locale, reviewed) for part in score.parts],
    }


def _reproduction(each: Reproduction, locale: str) -> dict[str, Any]:
    return {
        "sentence": each.in_locale(locale),
        "strategy": each.strategy or None,
        "base": each.base or None,
        "rounding": each.how or None,
        "digits": each.digits,
        "rate_rounding": each.rate_how or None,
        "rate_digits": each.rate_digits,
    }


def _judgement(judgement: Judgement, locale: str) -> dict[str, Any]:
    return {
        "name": judgement.name,
        "of": judgement.of or None,
        "category": judgement.category or None,
        "relation": str(judgement.relation) if judgement.relation is not None else None,
        "holds": judgement.holds,
        "by_digits": judgement.by_digits,
        "left": value_of(judgement.left),
        "right": value_of(judgement.right),
        "numbers": numbers(judgement, locale) or None,
        "places": [_place(place) for place in judgement.places],
        "basis": judgement.basis.in_locale(locale) if judgement.basis is not None else None,
    }


def finding(each: Finding, locale: str = "zh_Hans") -> dict[str, Any]:
    """One finding as plain data, its sentence in *locale*."""
    return {
        "code": each.code,
        "severity": each.severity.value,
        "of": each.of,
        "sentence": each.sentence(locale),
        "given": value_of(each.given),
        "computed": value_of(each.computed),
        "places": [_place(place) for place in each.places],
        "basis": basis_in(each.basis, locale),
        "advice": each.advice_in(locale),
        "waived": each.waived or None,
    }


def _place(place: Place) -> dict[str, Any]:
    """A place without the folders of the machine: the file's name, line and column or cell, path, page, characters."""
    source = place.source.replace("\\", "/").rpartition("/")[2]
    named = {"source": source, "line": place.line, "column": place.column, "cell": place.cell, "path": place.path}
    if place.page is not None or place.end is not None:  # a passage of a document
        named |= {"page": place.page, "char": place.char, "end": place.end}
    return {name: value for name, value in named.items() if value}


def value_of(value: Any) -> Any:
    """A number as a string beside its unit; words as they are."""
    match value:
        case None | bool():
            return value
        case int():
            return {"number": str(value), "unit": ""}
        case str():
            return {"text": value}
        case Quantity():
            return {"number": digits(value.number), "unit": value.unit.symbol}
        case Figure():
            quantity = value.quantity
            if quantity is None:
                return {"text": value.text}
            return {"text": value.text, "number": digits(quantity.number), "unit": quantity.unit.symbol}
        case _:
            return {"text": str(value)}
