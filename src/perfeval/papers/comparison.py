"""比较的写法: a comparison as tables for the terminal, and as plain data for JSON."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from perfeval.comparing import FRAMEWORK
from perfeval.errors import OutputError, problem
from perfeval.locales import say, translate
from perfeval.locales.words import word
from perfeval.model.listing import ROOT
from perfeval.papers.grid import Column, grid, put
from perfeval.papers.jsonform import value_of

if TYPE_CHECKING:
    from os import PathLike
    from pathlib import Path

    from perfeval.comparing import Change, Comparison
    from perfeval.papers.grid import Screen
    from perfeval.quantities.quantity import Quantity

EDITION = "comparison/1"


def show(comparison: Comparison, screen: Screen, locale: str = "zh_Hans") -> None:
    """The ranking, then what changed from each to the next, points last."""
    heads, rows = ranked(comparison, locale)
    put(screen, say("得分排名", locale))
    put(screen, grid([Column(head, right=at in (0, 2)) for at, head in enumerate(heads)], rows, screen.width))
    for (before, after), changes in zip(pairwise(comparison.labels), comparison.changes, strict=True):
        put(screen, "")
        put(screen, say("{before} → {after}：{n}处变化", locale, before=before, after=after, n=len(changes)))
        if changes:
            columns = [Column(head) for head in headings(before, after, locale)]
            put(screen, grid(columns, [changed(each, locale) for each in changes], screen.width))


def ranked(comparison: Comparison, locale: str) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """名次 案例 核算得分 评价等级: headings and rows."""
    heads = say("名次", locale), say("案例", locale), say("核算得分", locale), say("评价等级", locale)
    rows: list[tuple[str, ...]] = [
        (
            "—" if each.rank is None else str(each.rank),
            each.label,
            say("未定", locale) if each.total is None else each.total.in_locale(locale),
            word("grade", each.grade, locale) if each.grade else "",
        )
        for each in comparison.ranking
    ]
    return heads, rows


def headings(before: str, after: str, locale: str) -> tuple[str, ...]:
    """指标 变化 before after 得分增减."""
    return say("指标", locale), say("变化", locale), before, after, say("得分增减", locale)


def changed(change: Change, locale: str) -> tuple[str, ...]:
    """One change as the cells below the headings."""
    gained = "" if change.gained is None else signed(change.gained, locale)
    path = say("总分", locale) if change.path == ROOT else change.path
    before, after = (say("未定", locale) if each == "未定" else each for each in (change.before, change.after))
    if change.what == FRAMEWORK and before == after:
        after = say("{name}（同名，内容不同）", locale, name=after)
    return path, translate(change.what, locale), before, after, gained


def signed(gained: Quantity, locale: str) -> str:
    """More or fewer points, always with the sign: +0.5分."""
    text = gained.in_locale(locale)
    return f"+{text}" if gained.base > 0 else text


def write(
    comparison: Comparison, path: str | PathLike[str], *, overwrite: bool = False, locale: str = "zh_Hans"
) -> Path:
    """写出比较: the page (.html) or the plain data (.json) that the ending of *path* names, or nothing.

    Raises OutputError for another ending, and for an existing file without *overwrite*.
    """
    from perfeval.files.writing import write_whole

    match PurePath(path).suffix.lower():
        case ".html" | ".htm":
            from perfeval.papers.comparisonpage import to_html

            data = to_html(comparison, locale)
        case ".json":
            data = to_json(comparison).encode()
        case other:
            raise OutputError(problem("comparison-format", "比较只写成 .html 或 .json，不会写“{format}”", format=other))
    return write_whole(path, data, overwrite=overwrite)


def to_json(comparison: Comparison) -> str:
    """The comparison as JSON text."""
    return json.dumps(document(comparison), ensure_ascii=False, indent=1) + "\n"


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
