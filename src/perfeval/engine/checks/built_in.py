"""审核规则: the built-in checks, in the visible list in which they run, and the one check that is about the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfeval.engine.checks.agreements import agreement_broken, agreement_undecided
from perfeval.engine.checks.budget import rate_not_reproduced, rate_of_nothing, spent_over_budget
from perfeval.engine.checks.completeness import actual_missing, case_unfit, unscored
from perfeval.engine.checks.conclusions import grade_differs, total_differs, total_outside
from perfeval.engine.checks.figures import actual_differs, completion_misstated, growth_without_base, stated_twice
from perfeval.engine.checks.judged import judge_open, judge_outside
from perfeval.engine.checks.naming import about_unknown, item_undeclared
from perfeval.engine.checks.parts import count_differs, parts_differ, projects_over_office
from perfeval.engine.checks.problems import loss_without_problem, problem_without_loss
from perfeval.engine.checks.reading import cell_unread, digits_hidden, header_differs, table_taken, template_left
from perfeval.engine.checks.reasons import execution_unexplained, reason_due, reason_missing
from perfeval.engine.checks.stated import earned_differs, met_but_deducted, short_but_full
from perfeval.engine.checks.sums import earned_range, earned_sum, points_counted_twice, points_differ, points_sum
from perfeval.engine.checks.texts import text_differs, year_differs
from perfeval.engine.checks.worded import number_worded
from perfeval.engine.checks.workings import check_failed, made_by_other_versions
from perfeval.results.check import Check, Found, check, found
from perfeval.results.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval.results.evaluation import Evaluation


@check(
    "waiver-unfit",
    title="豁免不生效",
    severity=Severity.NOTE,
    sentence={"": "豁免没有写理由，不生效", "unknown": "没有编号为“{code}”的审核规则，豁免不生效"},
    basis="豁免须写明审核规则的编号和理由",
    advice="写明理由，或改正编号",
)
def waiver_unfit(evaluation: Evaluation) -> Iterator[Found]:
    """A waiver that waives nothing: without a reason, or for a check that does not exist.

    查什么
    ------
    案例里的每条豁免是否写了理由，编号是否存在。

    为什么
    ------
    没有理由的豁免等于把意见藏起来。

    反例
    ----
    豁免 reason-missing，理由空白。

    正例
    ----
    豁免 reason-missing，理由“原因写在报告第四部分”。

    何时可豁免
    ----------
    不可豁免。

    起始版本
    --------
    0.1
    """
    known = {each.code for each in (*BUILT_IN, *OF_THE_PIPELINE)}
    known |= {each.code for category in evaluation.case.categories for each in category.checks}
    for waiver in evaluation.case.waivers:
        if waiver.code not in known:
            yield found(waiver.code, waiver, about=waiver, variant="unknown", code=waiver.code)
        elif not waiver.reason.strip():
            yield found(waiver.code, waiver, about=waiver)


BUILT_IN: tuple[Check, ...] = (
    cell_unread,
    template_left,
    digits_hidden,
    table_taken,
    case_unfit,
    points_sum,
    points_differ,
    points_counted_twice,
    earned_sum,
    earned_range,
    earned_differs,
    met_but_deducted,
    short_but_full,
    judge_outside,
    total_differs,
    total_outside,
    grade_differs,
    header_differs,
    rate_not_reproduced,
    rate_of_nothing,
    spent_over_budget,
    parts_differ,
    projects_over_office,
    count_differs,
    actual_differs,
    completion_misstated,
    agreement_broken,
    stated_twice,
    text_differs,
    year_differs,
    growth_without_base,
    actual_missing,
    number_worded,
    reason_missing,
    reason_due,
    execution_unexplained,
    problem_without_loss,
    loss_without_problem,
    agreement_undecided,
    unscored,
    judge_open,
    item_undeclared,
    about_unknown,
    waiver_unfit,
)
"""Every built-in check; a category brings its own."""

OF_THE_PIPELINE: tuple[Check, ...] = (check_failed, made_by_other_versions)
"""What an evaluation says of its own making: documented like a check, never looked for."""


def own_checks() -> tuple[Check, ...]:
    """Every code of a finding that perfeval itself can make."""
    return (*BUILT_IN, *OF_THE_PIPELINE)
