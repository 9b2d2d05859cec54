"""得分表（附表）: the score tree in the official grid — 一级, 二级, 三级指标 as merged cells, the reason of every point.

The points of a 一级 or 二级 node stand in its own merged cell, so that nothing stated is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfeval.locales.messages import say
from perfeval.papers.blocks import SpanCell, Table
from perfeval.results.score_table import ScoreLine, line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from perfeval.quantities.figure import Figure
    from perfeval.results.evaluation import Evaluation
    from perfeval.results.score import Score


def score_table(evaluation: Evaluation, locale: str = "zh_Hans") -> Table:
    """The table of one evaluation; columns that nothing fills are left out."""
    root = evaluation.score
    deep = max(_depth(part) for part in root.parts) if root.parts else 1
    rows = [row for part in root.parts for row in _rows(part, deep, locale, evaluation.reviewed)]
    total = line(root, locale=locale, reviewed=evaluation.reviewed)
    totals = (total.points, "", "", total.earned, total.stated, total.reviewed, total.because)
    rows.append(((_cell(total.name, deep),), totals))
    heads = (
        say("分值", locale), say("指标值", locale), say("完成值", locale),
        say("核算得分", locale), say("自报得分", locale), say("复核分", locale), say("得分理由", locale),
    )  # fmt: skip
    kept = [i for i in range(len(heads)) if i in (0, 3, 4, 6) or any(cells[i] for _, cells in rows)]
    return Table(
        say("得分按评分方法核算，与自报得分并列", locale),
        (*_levels(deep, locale), *(heads[i] for i in kept)),
        tuple((*names, *(cells[i] for i in kept)) for names, cells in rows),
        left=(deep + len(kept) - 1,),
    )


def _depth(score: Score) -> int:
    return 1 + max(map(_depth, score.parts)) if score.parts else 1


def _levels(deep: int, locale: str) -> tuple[str, ...]:
    if deep == 1:
        return (say("指标", locale),)
    names = (say("一级指标", locale), say("二级指标", locale), say("三级指标", locale))
    return tuple(names[i] if i < len(names) else say("下级指标", locale) for i in range(deep))


def _rows(
    score: Score, deep: int, locale: str, reviewed: Mapping[str, Figure]
) -> Iterator[tuple[tuple[str | SpanCell, ...], tuple[str, ...]]]:
    """The rows below *score*: level cells, then the others; *deep* level columns are left from here on."""
    own = line(score, locale=locale, reviewed=reviewed)
    if not score.parts:
        because = "\n".join(filter(None, (own.because, _reason(score, locale))))
        cells = (own.points, own.target, own.actual, own.earned, own.stated, own.reviewed, because)
        yield (_cell(own.name, deep),), cells
        return
    rows = [row for part in score.parts for row in _rows(part, deep - 1, locale, reviewed)]
    adjusted = bool(score.of.then)
    if adjusted or _reason(score, locale):
        because = "\n".join(filter(None, (own.because, _reason(score, locale))))
        sums = (own.points, "", "", own.earned, own.stated, own.reviewed, because)
        rows.append(((_cell(say("小计", locale), deep - 1),), sums))
    for at, (names, rest) in enumerate(rows):
        yield ((SpanCell(_titled(own, locale), down=len(rows)), *names) if at == 0 else names), rest


def _titled(own: ScoreLine, locale: str) -> str:
    """A node's name with its points below, computed and stated."""
    parts = [own.name, say("{points}分", locale, points=own.points) if own.points != "—" else ""]
    if own.earned not in ("—", say("未定", locale)):
        parts.append(say("核算{earned}", locale, earned=own.earned))
    if own.stated:
        parts.append(say("自报{earned}", locale, earned=own.stated))
    if own.reviewed:
        parts.append(say("复核{earned}", locale, earned=own.reviewed))
    return "\n".join(filter(None, parts))


def _reason(score: Score, locale: str) -> str:
    """The office's own 偏差原因 for the row."""
    row = score.of.row
    return say("偏差原因：{reason}", locale, reason=row.reason.strip()) if row is not None and row.reason else ""


def _cell(text: str, across: int) -> str | SpanCell:
    return SpanCell(text, across=across) if across > 1 else text
