"""终端: summary, score table, what agrees and what does not, as tables that fit the console's width.

Every character fits a console in GBK.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from perfeval.locales.messages import say
from perfeval.locales.width import width
from perfeval.locales.words import word
from perfeval.papers.screen.agreements import calculation, confirmed
from perfeval.papers.screen.grid import GAP, Column, Screen, TextGrid, grid, put, widths
from perfeval.results.finding import Severity
from perfeval.results.score_table import about, earned_text, headings, line, lines, title, where

if TYPE_CHECKING:
    from collections.abc import Iterable

    from perfeval.results.evaluation import Evaluation
    from perfeval.results.finding import Finding
    from perfeval.results.score_table import ScoreLine

STYLES = {Severity.ERROR: "bold red", Severity.DOUBT: "yellow", Severity.NOTE: "cyan", Severity.UNDECIDED: "magenta"}
_WHY = 7
"""The column of the reasons."""
REASON = 34
"""Columns that a reason needs beside the numbers; with less it stands in a table of its own."""


def show(evaluation: Evaluation, screen: Screen, locale: str = "zh_Hans", *, brief: bool = False) -> None:
    """Print what a finance clerk wants to see first: the total, the points, what agrees, what contradicts what.

    *brief* leaves out indicators with full points and agreements of the categories.
    """
    for each in (evaluation, *evaluation.projects):
        put(screen, summary(each, locale))
        for table in score_tables(each, screen.width, locale, brief=brief):
            put(screen, table)
            put(screen, "")
    found = [each for each in confirmed(evaluation, locale) if each.points or not brief]
    if found:
        put(screen, say("核对相符：{n} 处", locale, n=len(found)))
        columns = [Column(say("核对", locale), 34), Column(say("算式", locale))]
        put(screen, grid(columns, [[each.of, each.sum] for each in found], screen.width))
        put(screen, "")
    if evaluation.findings:
        put(screen, say("审核意见：{counts}", locale, counts=closing(evaluation, locale)))
        put(screen, finding_table(evaluation, screen.width, locale))
    else:
        put(screen, say("审核意见：没有发现矛盾", locale))


def summary(evaluation: Evaluation, locale: str = "zh_Hans") -> str:
    """One line: what it is about, stated and computed total, grade; the office's own beside its reviewer's."""
    score = evaluation.score
    parts = [title(evaluation, locale)]
    if score.stated is not None:
        parts.append(say("自评 {stated} 分", locale, stated=score.stated.text.removesuffix("分")))
    computed = earned_text(score, locale)
    if score.steps is None and computed in ("—", say("未定", locale)):
        parts.append(say("核算 未定", locale))
    else:
        parts.append(say("核算 {earned} 分", locale, earned=computed))
    if evaluation.grade:
        parts.append(say("等级 {grade}", locale, grade=word("grade", evaluation.grade, locale)))
    case = evaluation.case
    if case.reviewed is not None and case.reviewed.grade and not evaluation.plan.of_project:
        if case.grade:
            parts.append(say("自评等级 {grade}", locale, grade=word("grade", case.grade, locale)))
        parts.append(say("复核等级 {grade}", locale, grade=word("grade", case.reviewed.grade, locale)))
    return "  ".join(parts)


def closing(evaluation: Evaluation, locale: str = "zh_Hans") -> str:
    """How many findings of each severity there are: 错误 3 条，疑点 6 条."""
    open_ = [finding for finding in evaluation.findings if not finding.waived]
    counts = [
        say("{severity} {n} 条", locale, severity=severity, n=n)
        for severity in Severity
        if (n := sum(finding.severity is severity for finding in open_))
    ]
    waived = len(evaluation.findings) - len(open_)
    if waived:
        counts.append(say("已豁免 {n} 条", locale, n=waived))
    return say("，", locale).join(counts)


def score_tables(evaluation: Evaluation, wide: int, locale: str, *, brief: bool = False) -> Iterable[TextGrid]:
    """名称 分值 指标值 完成值 得分 自评 复核 说明, 复核 where there is any; on a narrow console the reasons stand in a second table."""
    rows = _rows(evaluation, locale, brief=brief)
    full = sum(_is_full(each) for each in evaluation.score.walk()) if brief else 0
    note = say("其余 {n} 项指标得满分", locale, n=full) if full else ""
    heads = headings(locale)
    most = (30, 6, 18, 18, 14, 8, 8, 200)
    kept = [i for i in range(8) if i in (0, 1, 4, 5) or any(row[i] for row in rows)]
    columns = [Column(heads[i], most[i], i in (1, 4, 5, 6)) for i in kept]
    cells = [[row[i] for i in kept] for row in rows]
    if _WHY in kept and wide - sum(widths(columns[:-1], [row[:-1] for row in cells])) - GAP * (len(columns) - 1) < min(
        REASON, max(width(row[-1]) for row in cells)
    ):
        yield grid(columns[:-1], [row[:-1] for row in cells], wide, note=note)
        reasons = [[row[0].strip(), row[_WHY]] for row in rows if row[_WHY]]
        yield grid([Column(heads[0], 26), Column(heads[_WHY])], reasons, wide)
    else:
        yield grid(columns, cells, wide, note=note)


def _rows(evaluation: Evaluation, locale: str, *, brief: bool) -> list[list[str]]:
    if not brief:
        return [_indented(each) for each in lines(evaluation, locale)]
    return [
        _indented(line(score, depth, locale, evaluation.reviewed))
        for depth, score in _deep(evaluation.score, 0)
        if depth < 2 or (not score.parts and not _is_full(score))
    ]


def _deep(score: Any, depth: int) -> Iterable[tuple[int, Any]]:
    yield depth, score
    for part in score.parts:
        yield from _deep(part, depth + 1)


def _is_full(score: Any) -> bool:
    return not score.parts and score.lost is not None and score.lost.base == 0 and score.path.count("/") > 0


def _indented(each: ScoreLine) -> list[str]:
    return ["  " * each.depth + each.name, *each.cells[1:]]


def finding_table(evaluation: Evaluation, wide: int, locale: str = "zh_Hans") -> TextGrid:
    """等级 位置 说明（编号）, in the order of severity."""
    columns = [Column(say("等级", locale), 12), Column(say("位置", locale), 26), Column(say("说明", locale))]
    rows, styles = [], []
    for finding in evaluation.findings:
        place = where(finding.places, locale)
        of = about(finding, evaluation, locale)
        said = "\n".join(filter(None, (_sentence(finding, locale), calculation(finding, locale))))
        rows.append([finding.severity.in_locale(locale), f"{of}\n{place}" if place else of, said])
        styles.append("dim" if finding.waived else STYLES[finding.severity])
    return grid(columns, rows, wide, styles)


def _sentence(finding: Finding, locale: str) -> str:
    sentence = say("{sentence}（{code}）", locale, sentence=finding.sentence(locale), code=finding.code)
    if finding.waived:
        sentence += say("（已豁免：{why}）", locale, why=finding.waived)
    return sentence
