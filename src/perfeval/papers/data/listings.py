"""JSON 说明: a figure, the lists of what is installed, an explanation and what it would take — as plain data.

Beside each text form of the command line one with fixed keys; exact numbers are strings beside their unit.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from perfeval.formulas.show import digits
from perfeval.locales.messages import translate
from perfeval.papers.data.evaluation import value_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from perfeval.analysis.what_it_takes import Reach, Whole
    from perfeval.errors import Problem
    from perfeval.plugins import Listing
    from perfeval.quantities.figure import Figure
    from perfeval.results.check import Check


def to_text(kind: str, content: dict[str, Any]) -> str:
    """*content* as JSON text that names its kind and edition."""
    return json.dumps({"perfeval": f"{kind}/1", **content}, ensure_ascii=False, indent=1) + "\n"


def figure(each: Figure) -> dict[str, Any]:
    """What was read from one text, with the interval that its digits state (in its own unit)."""
    quantity = each.quantity
    found: dict[str, Any] = {**value_of(each)} if each.value is not None else {"text": each.text}
    found |= _kind(each)
    found |= {
        "sign": each.sign or None,
        "mark": each.mark or None,
        "change": each.change.kind + each.change.direction if each.change is not None else None,
    }
    if quantity is None:
        return found
    bounds, unit = each.bounds, quantity.unit
    low, high = (None if end is None else digits(end / unit.factor) for end in (bounds.low, bounds.high))
    interval = {"low": low, "low_closed": bounds.low_closed, "high": high, "high_closed": bounds.high_closed}
    return {**found, "counted": unit.counted, "interval": {**interval, "unit": unit.symbol}}


def _kind(each: Figure) -> dict[str, Any]:
    """What was read: quantity, range, rank, day, period, word or placeholder, and what such a thing states."""
    from perfeval.quantities.figure import Day, Period, Range, Rank, Word

    match each.value:
        case Rank(number=number, of=of):
            return {"kind": "rank", "rank": number, "of": of or None}
        case Range(low=low, high=high):
            return {"kind": "range", "low": value_of(low), "high": value_of(high)}
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


def categories(found: Iterable[Listing], locale: str) -> list[dict[str, Any]]:
    """What is installed: who brings it, whether it loads and why not."""
    return [
        {
            "key": each.key,
            "title": each.title or None,
            "distribution": each.distribution,
            "version": each.version,
            "edition": each.category.edition if each.category is not None else None,
            "loads": each.problem is None,
            "problem": _problem(each.problem, locale),
            "frameworks": [f"{each.key}/{name}" for name in each.frameworks],
        }
        for each in found
    ]


def checks(found: Iterable[Check], locale: str) -> list[dict[str, Any]]:
    """Code, severity and title of each check."""
    return [
        {"code": each.code, "severity": each.severity.value, "title": translate(each.title, locale)} for each in found
    ]


def whole(each: Whole, locale: str) -> dict[str, Any]:
    """What the whole lacks and can spare, and each indicator's figures."""
    return {
        "now": value_of(each.now),
        "grade": each.grade or None,
        "next_grade": each.next_grade or None,
        "lacks": value_of(each.lacks),
        "spare": value_of(each.spare),
        "parts": [reach(part, locale) for part in each.parts],
    }


def reach(each: Reach | Problem, locale: str) -> dict[str, Any]:
    """The figures of one indicator, or why there are none."""
    from perfeval.errors import Problem

    if isinstance(each, Problem):
        return {"problem": _problem(each, locale)}
    return {
        "path": each.path,
        "what": each.what,
        "now": value_of(each.now),
        "bound": "至多" if each.fewer else "至少",
        "full": value_of(each.full),
        "next_grade": each.next_grade or None,
        "lifts": value_of(each.lifts),
        "grade": each.grade or None,
        "keeps": value_of(each.keeps),
    }


def _problem(each: Problem | None, locale: str) -> dict[str, str] | None:
    return None if each is None else {"code": each.code, "sentence": each.in_locale(locale)}
