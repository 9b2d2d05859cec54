"""审核规则: the built-in checks, in the visible list in which they run."""

from perfeval.checks.agreements import agreement_broken, agreement_undecided
from perfeval.checks.budget import (
    execution_unexplained,
    rate_not_reproduced,
    rate_of_nothing,
    spent_over_budget,
)
from perfeval.checks.completeness import actual_missing, case_unfit, reason_missing, unscored, waiver_unfit
from perfeval.checks.conclusions import grade_differs, total_differs, total_outside
from perfeval.checks.departures import completion_misstated, reason_due
from perfeval.checks.figures import actual_differs, growth_without_base, stated_twice
from perfeval.checks.judged import judge_open, judge_outside
from perfeval.checks.naming import about_unknown, item_undeclared
from perfeval.checks.parts import count_differs, parts_differ, projects_over_office
from perfeval.checks.problems import loss_without_problem, problem_without_loss
from perfeval.checks.reading import cell_unread, digits_hidden, table_taken, template_left
from perfeval.checks.registry import Check, Found, check, found
from perfeval.checks.stated import earned_differs, met_but_deducted, short_but_full
from perfeval.checks.sums import earned_range, earned_sum, points_counted_twice, points_differ, points_sum
from perfeval.checks.worded import number_worded
from perfeval.checks.workings import check_failed, made_by_other_versions

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

__all__ = ["BUILT_IN", "OF_THE_PIPELINE", "Check", "Found", "check", "found"]
