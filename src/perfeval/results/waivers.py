"""选择与豁免: which checks run, and which findings are accepted with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from perfeval.errors import NotFoundError, problem
from perfeval.locales.suggestions import suggest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from perfeval.model.case import Waiver
    from perfeval.results.check import Check, Subject
    from perfeval.results.finding import Finding


def chosen(
    every: Sequence[Check[Subject]], select: Iterable[str] | None = None, ignore: Iterable[str] = ()
) -> tuple[Check[Subject], ...]:
    """Those of *every* check that *select* names (all of them without it) and *ignore* does not, by code.

    NotFoundError for a code that none of them bears: it would silently choose nothing.
    """
    known = [each.code for each in every]
    wanted, unwanted = None if select is None else _codes(select, known), _codes(ignore, known)
    return tuple(each for each in every if (wanted is None or each.code in wanted) and each.code not in unwanted)


def _codes(named: Iterable[str], known: Sequence[str]) -> set[str]:
    """The codes *named*, one or several."""
    codes = {named} if isinstance(named, str) else set(named)
    for code in sorted(codes.difference(known)):
        raise NotFoundError(
            problem("check-unknown", "没有编号为“{code}”的审核规则{near}", code=code, near=suggest(code, known))
        )
    return codes


def waived(findings: Iterable[Finding], waivers: Sequence[Waiver]) -> tuple[Finding, ...]:
    """Findings in the order they are read: by severity; a waived one keeps the waiver's reason."""
    result = []
    for each in findings:
        reasons = (waiver.reason.strip() for waiver in waivers if _meant(waiver, each))
        reason = next((reason for reason in reasons if reason), "")
        result.append(evolve(each, waived=reason) if reason else each)
    return tuple(sorted(result, key=lambda each: each.severity.rank))


def _meant(waiver: Waiver, finding: Finding) -> bool:
    """Whether *waiver* is about *finding*: its code, and its place where it names one (a path will do).

    A waiver is written by hand, so it names what it is about; the name is that which the finding prints.
    """
    where = waiver.of.strip("/ ")
    return waiver.code == finding.code and (where in ("", finding.of) or where.endswith("/" + finding.of))
