"""审核规则·合计: points that do not add up, at any level."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from perfeval.engine.checks.places import ROOT, added, placed, stated
from perfeval.engine.checks.stated import misprinted_points
from perfeval.model.funds import funds_of
from perfeval.quantities.figure import Figure
from perfeval.quantities.quantity import Quantity
from perfeval.results.check import Found, check, found
from perfeval.results.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval.results.evaluation import Evaluation
    from perfeval.results.score import Score

HUNDRED = Quantity(100, "分")
EXECUTION_POINTS = (Quantity(10, "分"), Quantity(20, "分"))
"""What forms leave for the execution of the budget, which a form of goals does not list."""


@check(
    "points-sum",
    title="分值合计不符",
    severity=Severity.ERROR,
    sentence={
        "": "下级分值合计{computed}，本级分值{given}，多出{gap}",
        "misprinted": "下级分值合计{computed}，本级分值{given}，差{gap}；“{row}”分值{points}，达标而自评{stated}，像是这一格的分值写错",
        "short": "下级分值合计{computed}，本级分值{given}，有{gap}未列明；分值应当全部分配到指标",
        "partial": "列出的分值合计{computed}，总分{given}，{gap}未列明；"
        "总得分正好是列出各项之和，所以未列明的或者得0分，或者在基本分之外（加减分项），材料没有说明",
        "unsaid": "列出的分值合计{computed}，总分{given}，{gap}未列明，材料没有说明是哪些指标",
        "hundred": "各项分值合计{computed}，没有写总分；按百分制应为{given}，差{gap}",
        "whole": "总分{computed}，按百分制应为{given}，差{gap}",
    },
    basis="分值应当全部分配到指标，逐级合计等于上级",
    advice="核对本级与下级的分值，补列缺少的指标或改正分值",
)
def points_sum(evaluation: Evaluation) -> Iterator[Found]:
    """Points of the parts that do not make the points of the whole.

    查什么
    ------
    每一级的分值是否等于下一级分值之和；总分（没有写总分的，各项合计）是否为100分。写明部分列明（partial）的指标体系只报未列明的分值。

    为什么
    ------
    分值没有分完，总分就不是百分制；分多了，得分会超过满分。

    反例
    ----
    总分100分，列出的只有45分和50分。

    正例
    ----
    总分100分 = 产出50分 + 效益30分 + 满意度10分 + 预算执行率10分。

    何时可豁免
    ----------
    办法规定有加减分项在基本分之外，且在报告中写明。

    起始版本
    --------
    0.1
    """
    misprinted = misprinted_points(evaluation)
    for of, score in placed(evaluation):
        parts = [part.points for part in score.parts]
        total = sum((points for points in parts if points is not None), Quantity(0, "分"))
        if not parts or None in parts:
            continue
        own = score.of.row
        whole = score.of.slot.points or (own.points.quantity if own is not None and own.points is not None else None)
        against = whole if whole is not None else total
        usual = whole is None and (_of_goals(score, against) or _by_level(score))
        if against != HUNDRED and _by_hundred(score, of) and not usual:
            yield found(
                of,
                *_where(score),
                about=score,
                given=HUNDRED,
                computed=against,
                variant="hundred" if whole is None else "whole",
                severity=Severity.DOUBT,
                gap=abs(against - HUNDRED),
            )
        if whole is None or whole == total:
            continue
        if score in misprinted:
            row = misprinted[score]
            yield found(
                of,
                row.of.row.points if row.of.row is not None else None,
                *_where(score),
                about=score,
                given=whole,
                computed=total,
                variant="misprinted",
                gap=abs(whole - total),
                row=row.name,
                points=row.points,
                stated=stated(row),
            )
            continue
        variant = ""
        if total < whole:
            partial = of == ROOT and getattr(score.of.part, "partial", False)
            agrees = stated(score) is not None and stated(score) == added(score)
            variant = ("partial" if agrees else "unsaid") if partial else "short"
        yield found(
            of, *_where(score), about=score, given=whole, computed=total, variant=variant, gap=abs(whole - total)
        )


def _by_hundred(score: Score, of: str) -> bool:
    """Whether this is a whole that should be 100: the office's, a project's by a framework or in a table; no partial one."""
    if score.path != ROOT or getattr(score.of.part, "partial", False):
        return False
    return of == ROOT or bool(getattr(score.of.part, "name", "")) or _of_table(score)


def _of_table(score: Score) -> bool:
    """Whether every row below stands in a table."""
    rows = [each.of.row for each in score.walk() if not each.parts]
    return all(row is not None and row.blanks is not None for row in rows)


def _by_level(score: Score) -> bool:
    """Whether each of several levels makes 100 of its own: they are weighted, and add up to no 100."""
    return _of_table(score) and len(score.parts) > 1 and all(part.points == HUNDRED for part in score.parts)


def _of_goals(score: Score, total: Quantity) -> bool:
    """Whether nothing is claimed yet and what is left of 100 are the usual points of the budget's execution."""
    return (
        _of_table(score) and HUNDRED - total in EXECUTION_POINTS and all(stated(each) is None for each in score.walk())
    )


def _where(score: Score) -> Iterator[Any]:
    """Where the points of a level stand: in its own row, in the rows below that give them, else in the framework."""
    own = score.of.row
    given = [row for part in score.parts if part.of.slot.points is None and (row := part.of.row) is not None]
    figures: Iterator[Any] = chain(
        (own and own.points, own and own.earned),
        (row.points for row in given),
        (score.of.part,),
        (row.points or row for each in score.walk() if each is not score and (row := each.of.row) is not None),
    )
    yield from islice((each for each in figures if getattr(each, "place", None) is not None), 1)


@check(
    "points-differ",
    title="分值与指标体系不符",
    severity=Severity.ERROR,
    sentence="表中分值{given}，指标体系规定{computed}",
    basis="分值由指标体系规定",
    advice="按指标体系改正分值，或写明所用的指标体系",
)
def points_differ(evaluation: Evaluation) -> Iterator[Found]:
    """Points in the table that are not those of the framework.

    查什么
    ------
    表中写出的分值是否与指标体系规定的相同。

    为什么
    ------
    改动分值会改变每一项的得分。

    反例
    ----
    办法规定预算执行率10分，表中写成20分。

    正例
    ----
    表中与办法都是10分。

    何时可豁免
    ----------
    财政部门书面同意调整分值。

    起始版本
    --------
    0.1
    """
    for of, score in placed(evaluation):
        row, fixed = score.of.row, score.of.slot.points
        written = row.points if row is not None else None
        if written is not None and written.quantity is not None and fixed is not None and written.quantity != fixed:
            yield found(of, written, about=score, given=written.quantity, computed=fixed)


@check(
    "points-counted-twice",
    title="预算执行分值重复计列",
    severity=Severity.ERROR,
    sentence="{where}记{given}，{parts}又记分值；只有年度资金总额一行计分",
    basis="财预〔2020〕10号：项目资金中只有年度资金总额计分，其他行写“—”",
    advice="删去其中各行的分值和得分",
)
def points_counted_twice(evaluation: Evaluation) -> Iterator[Found]:
    """Budget points on the total and on a part as well.

    查什么
    ------
    预算执行的分值是否既写在总额，又写在其中某一资金来源。

    为什么
    ------
    重复计列会使分值合计超过100分。

    反例
    ----
    年度资金总额10分，其中当年财政拨款又写10分。

    正例
    ----
    只在年度资金总额写10分，其余写“—”。

    何时可豁免
    ----------
    不可豁免。

    起始版本
    --------
    0.1
    """
    for funds in funds_of(evaluation.case):
        if funds.is_line:
            continue
        lines = [line for line in funds.whole.lines if _points(line.points)]
        total = next((line for line in lines if is_total(line.name)), None)
        tree = evaluation.of_project(funds.project)
        execution = _execution(tree) if tree is not None else None
        if total is None and execution is None and len(lines) > 1:
            total = lines[0]
        rest = [line for line in lines if line is not total]
        if not rest or (total is None and execution is None):
            continue
        where = total.name if total is not None else execution.name if execution is not None else ""
        given = total.points if total is not None else execution.points if execution is not None else None
        yield found(
            funds.name,
            *(line.points for line in rest),
            about=funds.owner,
            given=given.quantity if isinstance(given, Figure) else given,
            where=where,
            parts=tuple(line.name for line in rest),
        )


def is_total(name: str) -> bool:
    """Whether a line of the funds block is its total: 年度资金总额, 合计."""
    return "总额" in name or "合计" in name


def _points(figure: Figure | None) -> bool:
    return figure is not None and figure.quantity is not None and figure.quantity.base > 0


def _execution(tree: Evaluation) -> Score | None:
    """The score of the execution of the budget in the tree, if it has one with points."""
    return next((score for score in tree.score.walk() if "执行率" in score.name and score.points is not None), None)


@check(
    "earned-sum",
    title="得分合计不符",
    severity=Severity.ERROR,
    sentence="下级自评得分合计{computed}，本级自评{given}，差{gap}",
    basis="各级得分等于下级得分之和",
    advice="改正本级得分，或核对下级各项得分",
)
def earned_sum(evaluation: Evaluation) -> Iterator[Found]:
    """Stated points of the parts that do not make the stated points of the whole.

    查什么
    ------
    自评得分逐级相加，是否等于写出的合计；没有写得分的一级，看它的下级。

    为什么
    ------
    合计写错是退回最多的原因；分值与得分按写出的数计，不容许误差。

    反例
    ----
    各项得分合计93分，总分写成94分。

    正例
    ----
    管理效能42.3分 + 履职效能49分 = 91.3分。

    何时可豁免
    ----------
    本级另有加减分或封顶，且报告写明。

    起始版本
    --------
    0.1
    """
    for of, score in placed(evaluation):
        given, total = stated(score), added(score)
        adjusted = bool(score.of.then) and (score.before_steps is None or score.before_steps != score.steps)
        if given is not None and total is not None and total != given and not adjusted:
            yield found(of, score.stated, about=score, given=given, computed=total, gap=abs(total - given))


@check(
    "earned-range",
    title="得分超出分值",
    severity=Severity.ERROR,
    sentence={"": "自评得分{given}，分值只有{computed}，多{gap}", "negative": "自评得分{given}，低于0分"},
    basis="0 ≤ 得分 ≤ 分值",
    advice="核对得分与分值两格",
)
def earned_range(evaluation: Evaluation) -> Iterator[Found]:
    """Stated points below 0 or above the node's points.

    查什么
    ------
    自评得分是否在0与分值之间（规定可以加分的一级，不限上界）。

    为什么
    ------
    超出分值的得分多为错格或把权重乘了两次。

    反例
    ----
    分值10分，得分12分。

    正例
    ----
    分值10分，得分10分。

    何时可豁免
    ----------
    办法规定的加分项。

    起始版本
    --------
    0.1
    """
    misprinted = set(misprinted_points(evaluation).values())  # of these the sum of the points speaks
    for of, score in placed(evaluation):
        given, points = stated(score), score.points
        if given is None or points is None or score in misprinted:
            continue
        if given.base < 0:
            yield found(of, score.stated, about=score, given=given, computed=points, variant="negative")
        elif given > points and not any(
            step.strategy.name == "加分" for below in score.walk() for step in below.of.then
        ):
            yield found(of, score.stated, about=score, given=given, computed=points, gap=given - points)
