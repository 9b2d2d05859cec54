"""比较的写法: a comparison as tables for the terminal, as one offline page, and as plain data for JSON."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from perfeval.analysis.comparison import ACTUAL, EARNED, FRAMEWORK, GONE, NEW, POINTS, RULE, TARGET
from perfeval.documents.writing import write_whole
from perfeval.errors import OutputError, problem
from perfeval.locales.messages import say, translate
from perfeval.locales.words import word
from perfeval.papers.blocks import Table
from perfeval.papers.data.serializer import to_json
from perfeval.papers.page.charts import FULL, HATCHED, Bar, BarGroup, Chart, chart
from perfeval.papers.page.html import rendered
from perfeval.papers.screen.grid import Column, grid, put
from perfeval.results.score_table import ROOT, number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from os import PathLike
    from pathlib import Path

    from perfeval.analysis.comparison import Change, Comparison, Ranked
    from perfeval.papers.screen.grid import Screen
    from perfeval.quantities.quantity import Quantity


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
    match PurePath(path).suffix.lower():
        case ".html" | ".htm":
            data = to_html(comparison, locale)
        case ".json":
            data = to_json("comparison", comparison).encode()
        case other:
            raise OutputError(problem("comparison-format", "比较只写成 .html 或 .json，不会写“{format}”", format=other))
    return write_whole(path, data, overwrite=overwrite)


CAUSES = (FRAMEWORK, NEW, GONE, POINTS, TARGET, RULE, ACTUAL)
"""What can change points, in the order in which a reader asks for it."""


class ComparisonSection(NamedTuple):
    """一节: its key on the page, its title, a picture and a table."""

    key: str
    title: str
    lines: tuple[str, ...]
    chart: Chart | None
    table: Table | None


def to_html(comparison: Comparison, locale: str = "zh_Hans") -> bytes:
    """The comparison as one offline page in UTF-8, in the style of the page of one evaluation. Raises OutputError where jinja2 is not installed."""
    return rendered(
        "comparison.html",
        locale,
        title=say("自评结果比较", locale),
        below=say("、", locale).join(comparison.labels),
        contents=say("本页目录", locale),
        sections=tuple(_sections(comparison, locale)),
    )


def _sections(comparison: Comparison, locale: str) -> Iterator[ComparisonSection]:
    heads, rows = ranked(comparison, locale)
    yield ComparisonSection(
        "ranking",
        say("得分排名", locale),
        (),
        _ranking_chart(comparison.ranking, locale),
        Table(say("得分排名", locale), heads, tuple(rows), left=(1, 3)),
    )
    for at, ((before, after), changes) in enumerate(
        zip(pairwise(comparison.labels), comparison.changes, strict=True), 1
    ):
        title = say("{before} → {after}", locale, before=before, after=after)
        table = Table(
            title, headings(before, after, locale), tuple(changed(each, locale) for each in changes), left=(0, 1, 2, 3)
        )
        found = _changes_chart(changes, f"change-{at}", locale)
        lines = tuple(_counted(changes, locale))
        yield ComparisonSection(f"pair-{at}", title, lines, found, table if changes else None)


def _counted(changes: Sequence[Change], locale: str) -> Iterator[str]:
    """How many things changed, by what changed."""
    if not changes:
        yield say("没有变化。", locale)
        return
    counts = [(what, sum(each.what == what for each in changes)) for what in (*CAUSES, EARNED)]
    listed = [say("{what}{n}处", locale, what=translate(what, locale), n=n) for what, n in counts if n]
    yield say("共{n}处变化：{list}。", locale, n=len(changes), list=say("、", locale).join(listed))


def _ranking_chart(ranking: Sequence[Ranked], locale: str) -> Chart | None:
    """The totals that are decided, as shares of the points there are."""
    known = [(each, each.total) for each in ranking if each.total is not None]
    most = max((each.points or total for each, total in known), key=lambda one: one.base, default=None)
    if most is None or most.base <= 0:
        return None
    groups = []
    for each, total in known:
        whole = each.points or most
        label = say("第{rank}名  {total}分", locale, rank=each.rank, total=number(total))
        if each.grade:
            label = say("{label}  {grade}", locale, label=label, grade=word("grade", each.grade, locale))
        groups.append(BarGroup(each.label, label, (Bar(max(total.base / whole.base, Fraction(0)), FULL),)))
    said = say("横条全长为满分：{list}", locale, list=_listed(groups, locale))
    legend = ((FULL, say("核算得分", locale)),)
    return chart("chart-ranking", say("核算得分", locale), said, groups, legend, track=True)


def _changes_chart(changes: Sequence[Change], key: str, locale: str) -> Chart | None:
    """What each change of points came to: filled for more, hatched for fewer."""
    gains = [(each, each.gained) for each in changes if each.gained is not None and each.gained.base != 0]
    if not gains:
        return None
    most = max(abs(gained.base) for _, gained in gains)
    groups = []
    for each, gained in gains:
        bar = Bar(abs(gained.base) / most, FULL if gained.base > 0 else HATCHED)
        groups.append(BarGroup(changed(each, locale)[0], signed(gained, locale), (bar,)))
    legend = ((FULL, say("得分增加（实心）", locale)), (HATCHED, say("得分减少（斜纹）", locale)))
    said = say("横条长短表示得分增减：{list}", locale, list=_listed(groups, locale))
    return chart(key, say("得分增减", locale), said, groups, legend)


def _listed(groups: Sequence[BarGroup], locale: str) -> str:
    return say("；", locale).join(f"{group.name} {group.label}" for group in groups)
