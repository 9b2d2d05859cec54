"""JSON 评价结果: a published, versioned form; exact numbers are strings beside their unit.

The schema stands in ``schema/evaluation-1.json``. UTF-8, keys in a fixed order, nothing of the clock.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from perfeval.quantities.figure import Figure
from perfeval.quantities.formatters import text
from perfeval.quantities.quantity import Quantity

if TYPE_CHECKING:
    from perfeval.errors import Place
    from perfeval.model.evaluation import Evaluation, Finding, Judgement, Score

EDITION = "evaluation/1"


def to_json(evaluation: Evaluation, locale: str = "zh_Hans") -> str:
    """*evaluation* as JSON text that its schema describes."""
    return json.dumps(document(evaluation, locale), ensure_ascii=False, indent=1) + "\n"


def document(evaluation: Evaluation, locale: str = "zh_Hans") -> dict[str, Any]:
    """*evaluation* as plain data: strings, whole numbers, lists and mappings."""
    case = evaluation.case
    return {
        "perfeval": EDITION,
        "office": case.office,
        "year": case.year,
        "framework": case.framework.name if case.framework is not None else None,
        "grade": evaluation.grade or None,
        "score": _score(evaluation.score, locale),
        "projects": [
            {"name": each.score.name, "grade": each.grade or None, "score": _score(each.score, locale)}
            for each in evaluation.projects
        ],
        "judgements": [_judgement(each) for each in evaluation.judgements],
        "findings": [finding(each, locale) for each in evaluation.findings],
        "made_by": dict(evaluation.made_by),
    }


def _score(score: Score, locale: str) -> dict[str, Any]:
    return {
        "path": score.path,
        "name": score.name,
        "points": _value(score.points),
        "target": getattr(score.of.target, "text", None),
        "actual": _value(score.actual),
        "earned": _value(score.earned),
        "low": _value(score.low),
        "high": _value(score.high),
        "stated": _value(score.stated),
        "by": score.by,
        "strategy": score.of.strategy.name if score.of.strategy is not None else None,
        "chosen_by": score.of.chosen_by or None,
        "because": score.because_in(locale),
        "reproduced_by": [each.in_locale(locale) for each in score.reproduced_by],
        "parts": [_score(part, locale) for part in score.parts],
    }


def _judgement(judgement: Judgement) -> dict[str, Any]:
    return {
        "name": judgement.name,
        "category": judgement.category or None,
        "relation": str(judgement.relation),
        "holds": judgement.holds,
        "left": _value(judgement.left),
        "right": _value(judgement.right),
    }


def finding(each: Finding, locale: str = "zh_Hans") -> dict[str, Any]:
    """One finding as plain data, its sentence in *locale*."""
    return {
        "code": each.code,
        "severity": each.severity.value,
        "of": each.of,
        "sentence": each.sentence(locale),
        "given": _value(each.given),
        "computed": _value(each.computed),
        "places": [_place(place) for place in each.places],
        "basis": each.basis,
        "advice": each.advice_in(locale),
        "waived": each.waived or None,
    }


def _place(place: Place) -> dict[str, Any]:
    named = {"source": place.source, "line": place.line, "column": place.column, "cell": place.cell, "path": place.path}
    return {name: value for name, value in named.items() if value}


def _value(value: Any) -> Any:
    """A number as a string beside its unit; words as they are."""
    match value:
        case None:
            return None
        case Quantity():
            return {"number": _number(value), "unit": value.unit.symbol}
        case Figure():
            quantity = value.quantity
            if quantity is None:
                return {"text": value.text}
            return {"text": value.text, "number": _number(quantity), "unit": quantity.unit.symbol}
        case _:
            return str(value)


def _number(quantity: Quantity) -> str:
    """The exact number: a decimal where it ends, else a fraction."""
    number = quantity.number
    written = text(Quantity(number))
    return written if "." in written or number.denominator == 1 else f"{number.numerator}/{number.denominator}"
