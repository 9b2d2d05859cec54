"""审核规则: the built-in checks, in the visible list in which they run."""

from perfeval.checks.budget import (
    parts_differ,
    points_counted_twice,
    rate_not_reproduced,
    rate_of_nothing,
    spent_over_budget,
)
from perfeval.checks.completeness import (
    case_unfit,
    completion_misstated,
    judge_open,
    reason_due,
    reason_missing,
    unscored,
)
from perfeval.checks.conclusions import (
    grade_differs,
    loss_without_problem,
    problem_without_loss,
    total_differs,
    total_outside,
)
from perfeval.checks.figures import (
    actual_differs,
    agreement_broken,
    agreement_undecided,
    growth_without_base,
    stated_twice,
)
from perfeval.checks.points import (
    earned_differs,
    earned_range,
    earned_sum,
    met_but_deducted,
    points_differ,
    points_sum,
    short_but_full,
)
from perfeval.checks.registry import Check, Found, check, found

BUILT_IN: tuple[Check, ...] = (
    case_unfit,
    points_sum,
    points_differ,
    points_counted_twice,
    earned_sum,
    earned_range,
    earned_differs,
    met_but_deducted,
    short_but_full,
    total_differs,
    total_outside,
    grade_differs,
    rate_not_reproduced,
    rate_of_nothing,
    spent_over_budget,
    parts_differ,
    actual_differs,
    completion_misstated,
    agreement_broken,
    agreement_undecided,
    stated_twice,
    growth_without_base,
    unscored,
    judge_open,
    reason_missing,
    reason_due,
    problem_without_loss,
    loss_without_problem,
)
"""Every built-in check; a category brings its own."""

__all__ = ["BUILT_IN", "Check", "Found", "check", "found"]
