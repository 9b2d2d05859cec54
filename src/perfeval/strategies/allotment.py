"""分值分配: how points go to parts and come back — exact helpers, no formula, no rounding hidden in them.

等分 (22), 权重折算 (21), 不适用折算 (16) and the mean of several experts' scores. All take ints and
Fractions and give Fractions; what is then rounded is rounded once, by the node.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from perfeval.errors import FrameworkError, Problem, problem
from perfeval.formulas.parser import digits

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

CENT = Fraction(1, 100)


def allot_equal(points: int | Fraction, n: int, step: int | Fraction = CENT) -> tuple[Fraction, ...]:
    """等分: *points* divided over *n* indicators in whole *step*s, the remainder on the last.

    10 over 3 is 3.33, 3.33, 3.34. Raises FrameworkError where there is nothing to divide over.
    """
    if n < 1 or step <= 0:
        raise FrameworkError(problem("allot-none", "等分：没有指标可分（{n} 个）", n=n))
    each = Fraction(points) / n // step * Fraction(step)
    return (*(each,) * (n - 1), points - each * (n - 1))


def allot_percent(points: int | Fraction, shares: Iterable[int | Fraction]) -> tuple[Fraction, ...]:
    """权重折算: parts given as percents of *points* (30 for 30 %), exactly; the shares must make 100.

    Raises FrameworkError naming the sum where they do not.
    """
    those = tuple(Fraction(share) for share in shares)
    if sum(those) != 100:
        raise FrameworkError(
            problem("allot-percent", "权重之和是 {total} %，应为 100 %", total=digits(sum(those, Fraction(0))))
        )
    return tuple(points * share / 100 for share in those)


def rescale_not_applicable(
    earned: int | Fraction, points: int | Fraction, not_applicable: int | Fraction
) -> Fraction | Problem:
    """不适用折算: *earned* ÷ (*points* - *not_applicable*) × *points*, unrounded.

    A Problem (无法计分) where everything is not applicable.
    """
    if not_applicable >= points:
        return problem("all-not-applicable", "各项指标都不适用，无法折算")
    return Fraction(earned) * points / (points - not_applicable)


def mean(scores: Sequence[int | Fraction]) -> Fraction | Problem:
    """专家平均: the mean, unrounded; a Problem where there are no scores."""
    if not scores:
        return problem("experts-none", "没有专家评分，无法平均")
    return Fraction(sum(scores)) / len(scores)


def mean_without_extremes(scores: Sequence[int | Fraction]) -> Fraction | Problem:
    """去掉一个最高分和一个最低分后的平均: unrounded; a Problem where fewer than three scores are given."""
    if len(scores) < 3:
        return problem(
            "experts-few-trimmed", "去掉最高分和最低分至少要有 3 位专家的评分，只有 {given} 位", given=len(scores)
        )
    return Fraction(sum(scores) - max(scores) - min(scores)) / (len(scores) - 2)
