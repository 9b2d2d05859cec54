"""审核: every chosen check run on a subject — an evaluation, or whatever else its checks are written for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from perfeval.engine.checks.workings import check_failed
from perfeval.errors import PerfevalError
from perfeval.results.check import found

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from perfeval.results.check import Check, Found, Subject
    from perfeval.results.finding import Finding


def findings_of(subject: Subject, checks: Iterable[Check[Subject]], things: Mapping[str, object]) -> Iterator[Finding]:
    """What *checks* find in *subject*, in their order; one that raises is named, and the rest goes on.

    *things* are what the names of the subject mean: a check of somebody's own may give a name alone.
    """
    for each in checks:
        try:
            made = [each.finding(_known(one, things)) for one in each.run(subject)]
        except Exception as error:  # noqa: BLE001 - a check that raises must not cost the others: it is named instead
            why = error.problems[0] if isinstance(error, PerfevalError) else type(error).__name__
            made = [check_failed.finding(found(each.code, about=each, code=each.code, kind=why))]
        yield from made


def _known(given: Found, things: Mapping[str, object]) -> Found:
    """*given* with the thing that it is about, where it only says its name."""
    about = things.get(given.of) if given.about is None else None
    return given if about is None else evolve(given, about=about)
