"""评价: the whole pipeline on one screen — plan, scores, agreements, checks, waivers.

``evaluate`` is pure: no file, clock or locale is touched (of what is installed only the version is asked),
and nothing is kept. Problems are values: what is wrong in a case becomes a finding, what is wrong in a
check becomes a finding that names it, and the rest goes on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from perfeval.engine.checks.built_in import BUILT_IN
from perfeval.engine.checks.reading import heard
from perfeval.engine.checks.workings import findings_of
from perfeval.engine.planning.planner import plan as plan_of
from perfeval.engine.scoring.agreements import judgements
from perfeval.engine.scoring.points import explained, score
from perfeval.engine.validation.together import usable_together
from perfeval.engine.versions import made_by, other_versions, since_installed
from perfeval.model.plan import Plan
from perfeval.results.evaluation import Evaluation
from perfeval.results.names import things
from perfeval.results.waivers import chosen, waived

if TYPE_CHECKING:
    from collections.abc import Iterable

    from perfeval.model.case import Case


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
    every = (*BUILT_IN, *(each for category in plan.case.categories for each in category.checks))
    found = findings_of(scored, chosen(every, select, ignore), things(scored))  # what is neither: the checks
    found = heard(plan.case.remarks, found)  # of a row that cannot be read for sure, only that
    versions = () if earlier is None else other_versions(earlier, scored)
    findings = (*versions, *since_installed(scored), *found)
    return evolve(scored, findings=waived(findings, plan.case.waivers))  # a waiver keeps its reason beside it


def _scored(plan: Plan) -> Evaluation:
    return Evaluation(
        plan.case,
        plan,
        explained(score(plan), plan.scope.values),
        judgements(plan),
        projects=tuple(_scored(project) for project in plan.projects),
        made_by=made_by(plan.case.categories),
    )
