"""JSON 数据: every record that is printed as JSON → plain data, by one cattrs converter a locale.

The kinds are published and versioned; exact numbers are strings beside their unit, keys stand in a fixed order,
nothing of the clock or the machine is in it. The schema of an evaluation stands in ``schema/evaluation-1.json``.
"""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from cattrs import Converter

from perfeval.analysis.comparison import Change, Comparison, Ranked
from perfeval.analysis.monitoring import Monitored
from perfeval.analysis.what_it_takes import Gap, Gaps
from perfeval.errors import Place, Problem
from perfeval.formulas.nodes import digits
from perfeval.locales.messages import DEFAULT, translate
from perfeval.papers.analysis.monitoring import why
from perfeval.papers.screen.agreements import numbers
from perfeval.plugins.loading import Listing
from perfeval.quantities.dates import Day, Period
from perfeval.quantities.figure import Figure, Range, Rank, Word
from perfeval.quantities.quantity import Quantity
from perfeval.results.check import Check
from perfeval.results.evaluation import Evaluation
from perfeval.results.finding import Finding
from perfeval.results.judgement import Judgement
from perfeval.results.reproduction import Reproduction
from perfeval.strategies.strategy import basis_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from perfeval.analysis.monitoring_rules import MonitoringRules
    from perfeval.results.score import Score

EVALUATION = "evaluation"
EDITION = "1"


def to_json(kind: str, content: Any, locale: str = DEFAULT, *, compact: bool = False) -> str:
    """*content* as JSON text that begins with its *kind* and edition; *compact* is one line, for JSON lines."""
    whole = {"perfeval": f"{kind}/{EDITION}", **plain(content, locale)}
    return json.dumps(whole, ensure_ascii=False, indent=None if compact else 1) + "\n"


def plain(value: Any, locale: str = DEFAULT) -> Any:
    """*value* (a record, or lists and mappings of records) as strings, whole numbers, lists and mappings."""
    return _converter(locale).unstructure(value)


def schema() -> dict[str, Any]:
    """The published JSON schema (2020-12) of an evaluation."""
    text = files("perfeval.papers.data").joinpath("schema", "evaluation-1.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


@lru_cache(maxsize=8)
def _converter(locale: str) -> Converter:
    made = Converter()
    made.register_unstructure_hook_func(
        _WRITERS.__contains__, lambda record: _WRITERS[type(record)](record, locale=locale)
    )
    return made


# -- numbers and places ---------------------------------------------------------------------------------


def stated(value: Any) -> Any:
    """What stands in a field for a value: a number as a string beside its unit; words as they are."""
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


def _quantity(each: Quantity, *, locale: str) -> Any:  # noqa: ARG001 - every writer takes a locale
    return stated(each)


def _figure(each: Figure, *, locale: str) -> dict[str, Any]:  # noqa: ARG001
    """What was read from one text, with the interval that its digits state (in its own unit)."""
    quantity = each.quantity
    read: dict[str, Any] = {**stated(each)} if each.value is not None else {"text": each.text}
    read |= _kind(each)
    read |= {
        "sign": each.sign or None,
        "mark": each.mark or None,
        "change": each.change.kind + each.change.direction if each.change is not None else None,
    }
    if quantity is None:
        return read
    bounds, unit = each.bounds, quantity.unit
    low, high = (None if end is None else digits(end / unit.factor) for end in (bounds.low, bounds.high))
    interval = {"low": low, "low_closed": bounds.low_closed, "high": high, "high_closed": bounds.high_closed}
    return {**read, "counted": unit.counted, "interval": {**interval, "unit": unit.symbol}}


def _kind(each: Figure) -> dict[str, Any]:
    """What was read: quantity, range, rank, day, period, word or placeholder, and what such a thing states."""
    match each.value:
        case Rank(number=number, of=of):
            return {"kind": "rank", "rank": number, "of": of or None}
        case Range(low=low, high=high):
            return {"kind": "range", "low": stated(low), "high": stated(high)}
        case Day() | Period():
            ends = (each.period.start, each.period.end) if each.period is not None else (None, None)
            start, end = (None if day is None else day.isoformat() for day in ends)
            return {"kind": "day" if isinstance(each.value, Day) else "period", "start": start, "end": end}
        case Word():
            return {"kind": "word"}
        case None:
            return {"kind": "placeholder"}
        case _:
            return {"kind": "quantity"}


def _place(place: Place, *, locale: str) -> dict[str, Any]:  # noqa: ARG001
    """A place without the folders of the machine: the file's name, line and column or cell, path, page, characters."""
    source = place.source.replace("\\", "/").rpartition("/")[2]
    named = {"source": source, "line": place.line, "column": place.column, "cell": place.cell, "path": place.path}
    if place.page is not None or place.end is not None:  # a passage of a document
        named |= {"page": place.page, "char": place.char, "end": place.end}
    return {name: value for name, value in named.items() if value}


def _problem(each: Problem, *, locale: str) -> dict[str, str]:
    return {"code": each.code, "sentence": each.in_locale(locale)}


# -- an evaluation --------------------------------------------------------------------------------------


def _evaluation(evaluation: Evaluation, *, locale: str) -> dict[str, Any]:
    case = evaluation.case
    return {
        "office": case.office,
        "year": case.year,
        "title": case.title,
        **_tree(evaluation, locale),
        "stated_grade": case.grade or None,
        "reviewed_grade": case.reviewed.grade or None if case.reviewed is not None else None,
        "projects": [_tree(each, locale) for each in evaluation.projects],
        "findings": plain(list(evaluation.findings), locale),
        "made_by": dict(evaluation.made_by),
    }


def _tree(evaluation: Evaluation, locale: str) -> dict[str, Any]:
    """Framework, grade, points and judgements of the office or of one project."""
    return {
        "framework": evaluation.score.name,
        "grade": evaluation.grade or None,
        "score": _score(evaluation.score, locale, evaluation.reviewed),
        "judgements": plain(list(evaluation.judgements), locale),
    }


def _score(score: Score, locale: str, reviewed: Mapping[str, Figure]) -> dict[str, Any]:
    node = score.of
    return {
        "path": score.path,
        "name": score.name,
        "points": stated(score.points),
        "target": getattr(node.target, "text", None) or None,
        "actual": stated(score.actual if score.actual is not None else score.computed_actual),
        "earned": stated(score.earned),
        "low": stated(score.low),
        "high": stated(score.high),
        "lost": stated(score.lost),
        "stated": stated(score.stated),
        "reviewed": stated(reviewed.get(score.path)),
        "by": score.by,
        "strategy": node.strategy.name if node.strategy is not None else None,
        "chosen_by": node.chosen_by or None,
        "because": score.in_locale(locale),
        "trace": list(score.trace_in(locale)),
        "why_not": score.why_not.code if score.why_not is not None else None,
        "reproduced_by": plain(list(score.reproduced_by), locale),
        "parts": [_score(part, locale, reviewed) for part in score.parts],
    }


def _reproduction(each: Reproduction, *, locale: str) -> dict[str, Any]:
    return {
        "sentence": each.in_locale(locale),
        "strategy": each.strategy or None,
        "base": each.base or None,
        "rounding": each.how or None,
        "digits": each.digits,
        "rate_rounding": each.rate_how or None,
        "rate_digits": each.rate_digits,
    }


def _judgement(judgement: Judgement, *, locale: str) -> dict[str, Any]:
    return {
        "name": judgement.name,
        "of": judgement.of or None,
        "category": judgement.category or None,
        "relation": str(judgement.relation) if judgement.relation is not None else None,
        "holds": judgement.holds,
        "by_digits": judgement.by_digits,
        "left": stated(judgement.left),
        "right": stated(judgement.right),
        "numbers": numbers(judgement, locale) or None,
        "places": plain(list(judgement.places), locale),
        "basis": judgement.basis.in_locale(locale) if judgement.basis is not None else None,
    }


def _finding(each: Finding, *, locale: str) -> dict[str, Any]:
    return {
        "code": each.code,
        "severity": each.severity.value,
        "of": each.of,
        "sentence": each.sentence(locale),
        "given": stated(each.given),
        "computed": stated(each.computed),
        "places": plain(list(each.places), locale),
        "basis": basis_in(each.basis, locale),
        "advice": each.advice_in(locale),
        "waived": each.waived or None,
    }


# -- what is done with evaluations ----------------------------------------------------------------------


def _comparison(comparison: Comparison, *, locale: str) -> dict[str, Any]:
    return {
        "labels": list(comparison.labels),
        "ranking": plain(list(comparison.ranking), locale),
        "changes": [plain(list(changes), locale) for changes in comparison.changes],
    }


def _ranked(each: Ranked, *, locale: str) -> dict[str, Any]:  # noqa: ARG001
    return {"label": each.label, "rank": each.rank, "total": stated(each.total), "grade": each.grade or None}


def _change(each: Change, *, locale: str) -> dict[str, Any]:  # noqa: ARG001
    return {
        "path": each.path,
        "what": each.what,
        "before": each.before,
        "after": each.after,
        "gained": stated(each.gained),
    }


def watched(found: Iterable[Monitored], by: MonitoringRules, locale: str) -> dict[str, Any]:
    """What is watched, under the rules that it is watched by."""
    return {
        "rules": by.name,
        "basis": by.basis.in_locale(locale) if by.basis is not None else None,
        "watched": list(found),
    }


def _watched(each: Monitored, *, locale: str) -> dict[str, Any]:
    return {
        "of": each.of,
        "light": each.light or None,
        "why": why(each, locale) or None,
        "undecided": each.graver.code if each.graver is not None else None,
        "given": {name: stated(value) for name, value in each.given},
        "expected": stated(each.expected),
        "projected": stated(each.projected),
    }


def _whole(each: Gaps, *, locale: str) -> dict[str, Any]:
    """What the whole lacks and can spare, and each indicator's figures."""
    return {
        "now": stated(each.now),
        "grade": each.grade or None,
        "next_grade": each.next_grade or None,
        "lacks": stated(each.lacks),
        "spare": stated(each.spare),
        "parts": [_or_problem(part, locale) for part in each.parts],
    }


def _or_problem(each: Gap | Problem, locale: str) -> Any:
    return {"problem": plain(each, locale)} if isinstance(each, Problem) else plain(each, locale)


def _reach(each: Gap, *, locale: str) -> dict[str, Any]:  # noqa: ARG001
    """The figures of one indicator."""
    return {
        "path": each.path,
        "what": each.what,
        "now": stated(each.now),
        "bound": "至多" if each.fewer else "至少",
        "full": stated(each.full),
        "next_grade": each.next_grade or None,
        "lifts": stated(each.lifts),
        "grade": each.grade or None,
        "keeps": stated(each.keeps),
    }


def gaps(each: Gaps | Gap | Problem, locale: str) -> Any:
    """What the whole or one indicator lacks, or why that cannot be said."""
    return plain(each, locale) if isinstance(each, Gaps) else _or_problem(each, locale)


# -- what is installed ----------------------------------------------------------------------------------


def _listing(each: Listing, *, locale: str) -> dict[str, Any]:
    """A category: who brings it, whether it loads and why not."""
    return {
        "key": each.key,
        "title": each.title or None,
        "distribution": each.distribution,
        "version": each.version,
        "edition": each.category.edition if each.category is not None else None,
        "loads": each.problem is None,
        "problem": plain(each.problem, locale),
        "frameworks": [f"{each.key}/{name}" for name in each.frameworks],
    }


def _check(each: Check, *, locale: str) -> dict[str, Any]:
    return {"code": each.code, "severity": each.severity.value, "title": translate(each.title, locale)}


_WRITERS: Mapping[type, Callable[..., Any]] = {
    Change: _change,
    Check: _check,
    Comparison: _comparison,
    Evaluation: _evaluation,
    Figure: _figure,
    Finding: _finding,
    Judgement: _judgement,
    Listing: _listing,
    Place: _place,
    Problem: _problem,
    Quantity: _quantity,
    Ranked: _ranked,
    Gap: _reach,
    Reproduction: _reproduction,
    Monitored: _watched,
    Gaps: _whole,
}
"""Record → how it is written; what is not here (texts, numbers, lists, mappings) is plain already."""
