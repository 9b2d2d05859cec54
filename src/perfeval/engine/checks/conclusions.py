"""审核规则·结论: totals against what was computed, the grade against the score."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from perfeval.engine.checks.places import ROOT, added, placed, stated, trees
from perfeval.quantities.quantity import Quantity
from perfeval.results.because import band
from perfeval.results.check import Found, check, found
from perfeval.results.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval.model.framework import Framework
    from perfeval.results.evaluation import Evaluation
    from perfeval.results.score import Score


@check(
    "total-outside",
    title="合计不可能",
    severity=Severity.ERROR,
    sentence="自评{given}，按材料只可能在{low}～{high}之间",
    basis="未定的分也有上下限",
    advice="核对合计与各项得分",
)
def total_outside(evaluation: Evaluation) -> Iterator[Found]:
    """A stated total or subtotal that no decision on the open points can give.

    查什么
    ------
    有的指标无法计分或待评定时，各级自评合计是否仍在可能的范围内。

    为什么
    ------
    范围之外的合计一定有错，不必等其余指标定下来。

    反例
    ----
    已定60分，未定的最多20分，自评总分85分。

    正例
    ----
    自评总分78分。

    何时可豁免
    ----------
    另有加分且写明。

    起始版本
    --------
    0.1
    """
    for of, score in placed(evaluation):
        given = stated(score)
        if given is None or not score.parts or score.steps is not None or score.low is None or score.high is None:
            continue
        if score.points is not None and not 0 <= given.base <= score.points.base:
            continue  # out of range whatever is open: that check says so
        if not score.low <= given <= score.high and not _named_below(score):
            yield found(of, score.stated, about=score, given=given, low=score.low, high=score.high)


@check(
    "total-differs",
    title="合计与核算不符",
    severity=Severity.ERROR,
    sentence={
        "": "自评合计{given}，核算{computed}，差{gap}",
        "adjusted": "自评合计{given}，核算{computed}，差{gap}；下级合计{before}，按“{rule}”调整",
    },
    basis="合计等于各项得分之和，并按规定调整",
    advice="按核算改正合计",
)
def total_differs(evaluation: Evaluation) -> Iterator[Found]:
    """A stated total (or subtotal) that the computed parts do not give.

    查什么
    ------
    各级自评合计是否等于核算的合计，封顶、扣分等调整计算在内。差在某一项得分或相加的，由那一项的意见说明，不重复。

    为什么
    ------
    等级由总分决定。

    反例
    ----
    执行率低于80%，总分应封顶为89分，自评93分。

    正例
    ----
    自评89分。

    何时可豁免
    ----------
    不可豁免。

    起始版本
    --------
    0.1
    """
    for of, score in placed(evaluation):
        given, earned = stated(score), score.earned
        if not score.parts or given is None or earned is None or given == earned or _named_below(score):
            continue
        total = added(score)
        adjusted = score.before_steps is not None and score.before_steps != score.steps
        if not adjusted and total is not None and total != given:
            continue  # a plain wrong sum has its own check
        yield found(
            of,
            score.stated,
            about=score,
            given=given,
            computed=earned,
            variant="adjusted" if adjusted else "",
            gap=abs(given - earned),
            before=None if score.before_steps is None else Quantity(Fraction(score.before_steps, score.of.scale), "分"),
            rule=tuple(step.strategy.name for step in score.of.then),
        )


def _named_below(score: Score) -> bool:
    """Whether a part below states points other than computed, so that the difference is named there."""
    for below in score.walk():
        given = stated(below)
        if below is score or below.parts or given is None:
            continue
        differs = given != below.earned if below.earned is not None else not _within(below)
        if differs:
            return True
    return False


def _within(score: Score) -> bool:
    given = stated(score)
    return given is not None and score.low is not None and score.high is not None and score.low <= given <= score.high


_TICKED = re.compile(r"[☑√✓✔■☒●]\s*([^\s□☐○◯]+)")
_SPELT = frozenset(("秀", "等", "级", "好", "格"))
"""What may stand behind the name of a band: 优秀, 优等, 良好."""


def _named_grade(written: str, framework: Framework | None) -> str:
    """The band that a grade names in other words: 优秀, 优等, 优（90—100分）, ☑优 □良; *written* itself where none."""
    names = [grade.name for grade in framework.grades] if framework is not None else []
    ticked = _TICKED.search(written)
    alone = re.sub(r"[(（\[【].*$", "", ticked[1] if ticked is not None else written).strip()
    for name in names:
        if alone == name or (alone.startswith(name) and alone[len(name) :] in _SPELT):
            return name
    return written


@check(
    "grade-differs",
    title="等级与得分不符",
    severity=Severity.ERROR,
    sentence="自评等级“{given}”，{total}应为“{computed}”",
    basis="指标体系的等级分档，下限属于本档",
    advice="按得分改正等级",
)
def grade_differs(evaluation: Evaluation) -> Iterator[Found]:
    """A stated grade that is not that of the score.

    查什么
    ------
    写出的等级与总分（自评；没有时用核算）所在的档是否一致。

    为什么
    ------
    等级影响下一年的预算安排。

    反例
    ----
    84.47分，等级写“优”（90分以上）。

    正例
    ----
    84.47分，等级写“良”。

    何时可豁免
    ----------
    当地分档不同，且写明（请改用当地的指标体系）。

    起始版本
    --------
    0.1
    """
    for tree in trees(evaluation):
        owner = tree.plan.project or evaluation.case
        if not owner.grade:
            continue
        total = stated(tree.score) or tree.score.earned
        computed = band(total, tree.score.points, owner.framework)
        if computed and _named_grade(owner.grade, owner.framework) != computed:
            of = tree.score.name if tree.plan.of_project else ROOT
            yield found(
                of, tree.score.stated or owner, about=tree.score, given=owner.grade, computed=computed, total=total
            )
