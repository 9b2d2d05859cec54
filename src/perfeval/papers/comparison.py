"""比较的写法: a comparison as tables for the terminal, and as plain data for JSON."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from perfeval.locales import say, translate
from perfeval.locales.words import word
from perfeval.model.listing import ROOT
from perfeval.papers.grid import Column, grid, put
from perfeval.papers.jsonform import value_of

if TYPE_CHECKING:
    from perfeval.comparing import Change, Comparison
    from perfeval.papers.grid import Screen

EDITION = "comparison/1"


def show(comparison: Comparison, screen: Screen, locale: str = "zh_Hans") -> None:
    """The ranking, then what changed from each to the next, points last."""
    columns = [
        Column(say("名次", locale), right=True),
        Column(say("案例", locale)),
        Column(say("核算得分", locale), right=True),
        Column(say("评价等级", locale)),
    ]
    rows = [
        (
            "—" if each.rank is None else str(each.rank),
            each.label,
            say("未定", locale) if each.total is None else each.total.in_locale(locale),
            word("grade", each.grade, locale) if each.grade else "",
        )
        for each in comparison.ranking
    ]
    put(screen, say("得分排名", locale))
    put(screen, grid(columns, rows, screen.width))
    for (before, after), changes in zip(pairwise(comparison.labels), comparison.changes, strict=True):
        put(screen, "")
        put(screen, say("{before} → {after}：{n}处变化", locale, before=before, after=after, n=len(changes)))
        if changes:
            heads = (say("指标", locale), say("变化", locale), before, after, say("得分增减", locale))
            put(screen, grid([Column(head) for head in heads], [_row(each, locale) for each in changes], screen.width))


def _row(change: Change, locale: str) -> tuple[str, ...]:
    gained = "" if change.gained is None else change.gained.in_locale(locale)
    path = say("总分", locale) if change.path == ROOT else change.path
    before, after = (say("未定", locale) if each == "未定" else each for each in (change.before, change.after))
    return path, translate(change.what, locale), before, after, gained


def document(comparison: Comparison) -> dict[str, Any]:
    """The comparison as plain data; exact numbers are strings beside their unit."""
    return {
        "perfeval": EDITION,
        "labels": list(comparison.labels),
        "ranking": [
            {"label": each.label, "rank": each.rank, "total": value_of(each.total), "grade": each.grade or None}
            for each in comparison.ranking
        ],
        "changes": [
            [
                {
                    "path": each.path,
                    "what": each.what,
                    "before": each.before,
                    "after": each.after,
                    "gained": value_of(each.gained),
                }
                for each in changes
            ]
            for changes in comparison.changes
        ],
    }
