"""审核规则·评定: judged indicators without points, or with points outside the band of their result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfeval.engine.checks.places import placed, stated
from perfeval.engine.checks.stated import shown_actual
from perfeval.results.check import Found, check, found
from perfeval.results.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval.results.evaluation import Evaluation


@check(
    "judge-open",
    title="定性指标未评定",
    severity=Severity.UNDECIDED,
    sentence="定性指标要由评定人在{low}～{high}之间评分，尚未写出得分",
    basis="定性指标按完成情况分档，由评定人在档内评分",
    advice="由评定人写出得分",
)
def judge_open(evaluation: Evaluation) -> Iterator[Found]:
    """A judged indicator without points.

    查什么
    ------
    定性指标是否写出了得分。

    为什么
    ------
    定性指标没有算式，不评定就不能计入总分。

    反例
    ----
    完成值写“达成年度指标”，得分空白。

    正例
    ----
    同一指标自评9分。

    何时可豁免
    ----------
    评定尚未进行，报告是中间稿。

    起始版本
    --------
    0.1
    """
    for of, score in placed(evaluation):
        if score.of.judge is not None and score.steps is None and stated(score) is None:
            yield found(of, score.of.row, about=score, low=score.low, high=score.high)


@check(
    "judge-outside",
    title="定性得分不在档内",
    severity=Severity.ERROR,
    sentence="完成情况为“{actual}”，应在{low}～{high}之间评分，自评{given}",
    basis="定性指标按完成情况分档，由评定人在档内评分",
    advice="改正得分，或核对完成情况的档次",
)
def judge_outside(evaluation: Evaluation) -> Iterator[Found]:
    """Points of a judged indicator outside the band of its result.

    查什么
    ------
    定性指标的得分是否在完成情况对应的档内，下限属于本档。

    为什么
    ------
    档外的得分没有依据。

    反例
    ----
    部分达成年度指标并具有一定效果（60%～80%），10分的指标自评9分。

    正例
    ----
    同一指标自评7分。

    何时可豁免
    ----------
    办法另有分档。

    起始版本
    --------
    0.1
    """
    for of, score in placed(evaluation):
        given, points = stated(score), score.points
        if score.of.judge is None or score.steps is not None or given is None or points is None:
            continue
        outside = score.low is not None and score.high is not None and not score.low <= given <= score.high
        if outside and 0 <= given.base <= points.base:  # beyond these it is out of range, whatever the band
            severity = Severity.DOUBT if score.of.chosen_by == "默认" else None
            actual = shown_actual(score)
            yield found(
                of,
                score.stated,
                about=score,
                given=given,
                severity=severity,
                low=score.low,
                high=score.high,
                actual=actual,
            )
