"""评价: the whole pipeline on one screen — plan, scores, agreements, checks, waivers.

``evaluate`` is pure: no file, plugin, clock or locale is touched, and nothing is kept. Problems are
values: what is wrong in a case becomes a finding, what is wrong in a check becomes a finding that names
it, and the rest goes on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from perfeval.compat import installed_now, usable_together
from perfeval.engine.checks.built_in import BUILT_IN
from perfeval.engine.checks.workings import check_failed, made_by_other_versions
from perfeval.engine.planning.planner import plan as plan_of
from perfeval.engine.scoring.agreements import judgements
from perfeval.engine.scoring.points import explained, score
from perfeval.errors import NotFoundError, PerfevalError, problem
from perfeval.locales.suggestions import near
from perfeval.model.plan import Plan
from perfeval.results.check import found
from perfeval.results.evaluation import Evaluation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from perfeval.model.case import Case, Waiver
    from perfeval.model.category import Category
    from perfeval.results.check import Check
    from perfeval.results.finding import Finding


def evaluate(
    case: Case | Plan | Evaluation, *, select: Iterable[str] | None = None, ignore: Iterable[str] = ()
) -> Evaluation:
    """评价: recompute every number and point of *case*, say why, and name every contradiction.

    *select* and *ignore* choose checks by code. A Plan is taken too: what-if needs it only once. An earlier
    Evaluation is judged again, and says so where other versions of perfeval or a category made it.
    Raises nothing for what stands in the case: it becomes a finding. NotFoundError names a code that no
    check of this case bears; PluginError, FrameworkError and UnitError categories that cannot be used.
    """
    earlier, given = (case, case.case) if isinstance(case, Evaluation) else (None, case)
    plan = given if isinstance(given, Plan) else plan_of(given)  # framework + rows → the completed tree
    usable_together(plan.case.categories)
    scored = _scored(plan)  # points upward, and every agreement judged by its intervals
    findings = _heard(plan.case, _findings(scored, _chosen(scored, select, ignore)))  # what is neither: the checks
    findings = (*_other_versions(earlier, scored), *_since_installed(scored), *findings)
    return evolve(scored, findings=_waived(plan.case, findings))  # a waiver keeps its reason beside it


def _scored(plan: Plan) -> Evaluation:
    return Evaluation(
        plan.case,
        plan,
        explained(score(plan), plan.scope.values),
        judgements(plan),
        projects=tuple(_scored(project) for project in plan.projects),
        made_by=_versions(plan),
    )


def _versions(plan: Plan) -> tuple[tuple[str, str], ...]:
    from perfeval import __version__

    return (("perfeval", __version__), *((each.key, _edition(each)) for each in plan.case.categories))


def _edition(category: Category) -> str:
    """What the category says of itself, and the distribution that brought it, unless that is perfeval."""
    own = category.origin.partition(" ")[0] in ("", "perfeval")
    return category.edition if own else f"{category.edition}（{category.origin}）"


def _other_versions(earlier: Evaluation | None, now: Evaluation) -> Iterator[Finding]:
    """What an evaluation judged again was made by, where that differs."""
    if earlier is None or earlier.made_by == now.made_by:
        return
    before, after = dict(earlier.made_by), dict(now.made_by)
    for name in dict.fromkeys((*before, *after)):
        if before.get(name) != after.get(name):
            was, now_is = before.get(name), after.get(name)
            said = found(name, given=was, computed=now_is, name=name, before=was or "—", after=now_is or "—")
            yield made_by_other_versions.finding(said)


def _since_installed(evaluation: Evaluation) -> Iterator[Finding]:
    """Categories that came with a kept case while another version of their package is installed now."""
    for category in evaluation.case.categories:
        before, now = category.origin, installed_now(category)
        if now and now != before:
            said = found(category.key, given=before, computed=now, variant="installed", before=before, after=now)
            yield made_by_other_versions.finding(said)


def _chosen(evaluation: Evaluation, select: Iterable[str] | None, ignore: Iterable[str]) -> tuple[Check, ...]:
    every = (*BUILT_IN, *(each for category in evaluation.case.categories for each in category.checks))
    wanted, unwanted = None if select is None else _codes(select, every), _codes(ignore, every)
    return tuple(each for each in every if (wanted is None or each.code in wanted) and each.code not in unwanted)


def _codes(named: Iterable[str], every: tuple[Check, ...]) -> set[str]:
    """The codes *named*, one or several; a code that nobody bears would silently choose nothing."""
    codes = {named} if isinstance(named, str) else set(named)
    known = [each.code for each in every]
    for code in sorted(codes.difference(known)):
        raise NotFoundError(
            problem("check-unknown", "没有编号为“{code}”的审核规则{near}", code=code, near=near(code, known))
        )
    return codes


def _findings(evaluation: Evaluation, checks: tuple[Check, ...]) -> Iterator[Finding]:
    for each in checks:
        try:
            made = [each.finding(one) for one in each.run(evaluation)]
        except Exception as error:  # noqa: BLE001 - a check that raises must not cost the others: it is named instead
            why = error.problems[0] if isinstance(error, PerfevalError) else type(error).__name__
            made = [check_failed.finding(found(each.code, code=each.code, kind=why))]
        yield from made


def _heard(case: Case, findings: Iterable[Finding]) -> Iterable[Finding]:
    """*findings* without those of rows that could not be read for sure: of such a row only that is said."""
    unread = [each for each in case.remarks if each.kind == "unread"]
    if not unread:
        return findings
    return (
        each
        for each in findings
        if each.code in ("cell-unread", "table-taken") or not any(what.silences(each.of) for what in unread)
    )


def _waived(case: Case, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings in the order they are read: by severity; a waived one keeps the waiver's reason."""
    result = []
    for each in findings:
        reasons = (waiver.reason.strip() for waiver in case.waivers if _meant(waiver, each))
        reason = next((reason for reason in reasons if reason), "")
        result.append(evolve(each, waived=reason) if reason else each)
    return tuple(sorted(result, key=lambda each: each.severity.rank))


def _meant(waiver: Waiver, finding: Finding) -> bool:
    """Whether *waiver* is about *finding*: its code, and its place where it names one (a path will do)."""
    where = waiver.of.strip("/ ")
    return waiver.code == finding.code and (where in ("", finding.of) or where.endswith("/" + finding.of))
