"""审核规则·完整: what is missing — actual values, a reason for lost points, a place in the framework."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from perfeval.engine.checks.places import placed, stated, trees
from perfeval.errors import Problem
from perfeval.model.target import Judged
from perfeval.results.because import GIVEN_FULL, RESCALED
from perfeval.results.check import Found, check, found
from perfeval.results.finding import Severity
from perfeval.results.reviewed import unplaced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval.errors import Place
    from perfeval.results.evaluation import Evaluation
    from perfeval.results.score import Score


class NamedCell(NamedTuple):
    """格子: a cell that a finding names."""

    place: Place


QUIET = {"rule-unnamed", "dimension-empty", "points-unnamed", "judge-open", RESCALED, GIVEN_FULL}
"""Reasons that are no gap of the case: the framework names no rule, nothing was to be filled in, a judge decides."""


UNPOINTED = {"points-missing", "strategy-needed"}
"""Reasons that say nothing about the actual value, and are no gap where a form has no points at all."""
MISSING = {"points-missing": "points", "target-missing": "target"}
"""Reasons that a cell is blank, by the field that it would fill."""
AMOUNTS = {"年初预算数": "initial", "调整后预算数": "adjusted", "全年预算数": "whole_year", "全年执行数": "spent"}
OF_ACTUAL = {"rate-without-sign", "change-direction", "actual-approximate", "actual-signed", "actual-worded"}
"""Reasons that lie in the 完成值 as it is written."""


@check(
    "actual-missing",
    title="没有填写完成值",
    severity=Severity.ERROR,
    sentence={"": "没有填写完成值", "stated": "没有填写完成值，却自评{given}", "blank": "完成值写“{text}”，没有实际数"},
    basis="每个指标值都要有完成值；缺少的数不当作0",
    advice="填写实际完成值；指标确不适用的写“不适用”",
)
def actual_missing(evaluation: Evaluation) -> Iterator[Found]:
    """An indicator without an actual value.

    查什么
    ------
    有指标值的指标是否填写了完成值（空白、—、无等占位都算没有填写）。只报上级合计、整块没有逐项填写的不在此列。

    为什么
    ------
    空着的完成值是退回的首要原因。

    反例
    ----
    指标值≥160次，完成值空白。

    正例
    ----
    完成值写165次。

    何时可豁免
    ----------
    数据确未产生，且写明何时补报。

    起始版本
    --------
    0.1
    """
    scores = tuple(filled_in(evaluation))
    if not any(_has_points(score) or _has_actual(score) or _cell(score, "actual") for _, score in scores):
        return  # a form of goals: nothing is to be reported yet
    for of, score in scores:
        row, node = score.of.row, score.of
        if score.parts or node.not_applicable or (row is not None and row.judged):
            continue
        if not _lacks_actual(score) or _without_column(score):
            continue
        given = stated(score)
        blank = score.actual.text.strip() if score.actual is not None else ""
        yield found(
            of,
            score.actual or _cell(score, "actual") or score.stated or row,
            about=score,
            given=given,
            variant="blank" if blank else "stated" if given is not None else "",
            text=blank,
        )


def _lacks_actual(score: Score) -> bool:
    """Whether the node needs a written 完成值 and has none; a blank cell is none."""
    code = score.why_not.code if score.why_not is not None else ""
    if code == "actual-missing":
        return True
    asked = isinstance(score.of.target, Judged) or (code in UNPOINTED and score.of.target is not None)
    return not _has_actual(score) and asked and score.of.computed is None and score.of.row is not None


def _cell(score: Score, name: str) -> NamedCell | None:
    """The blank cell of the row's table that is to be filled."""
    place = score.of.row.gap(name) if score.of.row is not None else None
    return NamedCell(place) if place is not None else None


def _without_column(score: Score) -> bool:
    """Whether the row stands in a form of goals, that has no column for 完成值."""
    row = score.of.row
    return row is not None and row.blanks is not None and row.actual is None and row.gap("actual") is None


def _has_actual(score: Score) -> bool:
    return score.actual is not None and score.actual.value is not None


def filled_in(evaluation: Evaluation) -> Iterator[tuple[str, Score]]:
    """The scores, without those below a level that the case states only as a whole."""
    whole_only = {
        below.of
        for tree in trees(evaluation)
        for score in tree.score.walk()
        if score.parts and stated(score) is not None and not _has_row(score)
        for below in score.walk()
        if below is not score
    }
    return ((of, score) for of, score in placed(evaluation) if score.of not in whole_only)


def _has_row(score: Score) -> bool:
    return any(below.of.row is not None for below in score.walk() if below is not score)


@check(
    "unscored",
    title="无法计分",
    severity=Severity.UNDECIDED,
    sentence="{why}",
    basis="缺少的数不当作0，也不猜测",
    advice="按说明补写或改正",
)
def unscored(evaluation: Evaluation) -> Iterator[Found]:
    """An indicator whose points cannot be computed, with the reason.

    查什么
    ------
    有评分方法而缺指标值、分值、算式所需的数，或基数为0、单位不合、方法需要选择的指标。

    为什么
    ------
    分母为0不能算作满分，方法不止一种的不能代为选择。

    反例
    ----
    指标值≤5天，没有写明按反向递减还是反向比例。

    正例
    ----
    写明评分方法“反向递减”。

    何时可豁免
    ----------
    指标确不适用，完成值写“不适用”。

    起始版本
    --------
    0.1
    """
    pointed = any(_has_points(score) for _, score in placed(evaluation))
    levels = _undivided(evaluation)
    for of, score in filled_in(evaluation):
        why = score.why_not
        if score in levels:
            yield found(of, score.of.row or score.of.part, about=score, why=_bare(levels[score]))
        if why is None or score.parts or score.of.judge or why.code in (*QUIET, "actual-missing", "points-undivided"):
            continue
        row = score.of.row
        if _only_stated(score, why.code) or (why.code in UNPOINTED and not pointed):
            continue
        written = score.actual if why.code in OF_ACTUAL and score.actual is not None and score.actual.place else row
        blank = _cell(score, MISSING.get(why.code) or AMOUNTS.get(str(why.get("name")), ""))
        own = score.of.part if why.place is None else why
        yield found(
            of,
            blank or (written if written is not None else own),
            about=score,
            why=why.at(None) if why.place is None else _bare(why),
        )


def _undivided(evaluation: Evaluation) -> dict[Score, Problem]:
    """The levels whose points are not divided among the rows below them: said of the level, once."""
    levels: dict[Score, Problem] = {}
    for tree in trees(evaluation):
        above: list[Score] = []
        for score in tree.score.walk():
            why = score.why_not
            above = [each for each in above if each is tree.score or score.path.startswith(f"{each.path}/")]
            if score.parts:
                above.append(score)
            elif why is not None and why.code == "points-undivided":
                levels.update(
                    (each, why) for each in above if each.name == why.get("level") and each.points is not None
                )
    return levels


def _only_stated(score: Score, code: str) -> bool:
    """Whether the row claims points alone, and no framework names a rule for it: nothing is missing then."""
    row = score.of.row
    return (
        code == "target-missing"
        and row is not None
        and row.target is None
        and row.actual is None
        and row.strategy is None
        and score.of.slot.chosen_by == "默认"
    )


def _has_points(score: Score) -> bool:
    """Whether anybody gives the node points: some forms have no points at all."""
    return score.points is not None or stated(score) is not None


def _bare(why: Problem) -> Problem:
    """*why* without its place, which the finding names already."""
    return Problem(code=why.code, template=why.template, values=why.values)


@check(
    "case-unfit",
    title="案例与指标体系不合",
    severity=Severity.ERROR,
    sentence="{problem}",
    basis="每一行都要在指标体系里有位置，每个数都要有声明的单位",
    advice="按说明改正案例",
)
def case_unfit(evaluation: Evaluation) -> Iterator[Found]:
    """Rows and figures that the framework and the categories have no place for.

    查什么
    ------
    指标行和复核各行的名称、数据项的单位是否与指标体系、任务类别的声明相合。

    为什么
    ------
    放错位置的行不会被计分，单位不合的数不能比较。

    反例
    ----
    指标行写“清查次数”，指标体系里只有“清查行动”。

    正例
    ----
    按指标体系的名称写“清查行动”。

    何时可豁免
    ----------
    不可豁免；请改正案例。

    起始版本
    --------
    0.1
    """
    seen = set()
    for tree in trees(evaluation):
        unread = tree.plan.scope.unread
        for problem in (*tree.plan.problems, *unread):
            key = (problem, problem.place)
            if key in seen:  # data are the office's: each project's plan says the same of them
                continue
            seen.add(key)
            place = () if problem.place is None else (problem.place,)
            name = problem.get("name") or tree.score.name
            mild = Severity.NOTE if problem.code == "unknown-unit" else None  # the row is scored all the same
            if problem in unread:
                mild = Severity.UNDECIDED
            about = tree.score if problem.get("name") in (None, "") else None
            yield Found(str(name), places=place, values=(("problem", _bare(problem)),), severity=mild, about=about)
    if evaluation.case.reviewed is not None:
        for problem in unplaced(evaluation):
            place = () if problem.place is None else (problem.place,)
            yield Found(str(problem.get("name")), places=place, values=(("problem", _bare(problem)),))
