"""比较网页: ranking and changes of several evaluations as one offline HTML file, in the style of the page of one."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from perfeval.comparing import ACTUAL, EARNED, FRAMEWORK, GONE, NEW, POINTS, RULE, TARGET
from perfeval.locales import say, translate
from perfeval.locales.words import word
from perfeval.model.listing import number
from perfeval.papers.blocks import Table
from perfeval.papers.charts import FULL, HATCHED, Bar, Chart, Group, chart
from perfeval.papers.comparison import changed, headings, ranked, signed
from perfeval.papers.hypertext import rendered

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from perfeval.comparing import Change, Comparison, Ranked

CAUSES = (FRAMEWORK, NEW, GONE, POINTS, TARGET, RULE, ACTUAL)
"""What can change points, in the order in which a reader asks for it."""


class Section(NamedTuple):
    """一节: its key on the page, its title, a picture and a table."""

    key: str
    title: str
    lines: tuple[str, ...]
    chart: Chart | None
    table: Table | None


def to_html(comparison: Comparison, locale: str = "zh_Hans") -> bytes:
    """The page in UTF-8. Raises OutputError where jinja2 is not installed."""
    return rendered(
        "comparison.html",
        locale,
        title=say("自评结果比较", locale),
        below=say("、", locale).join(comparison.labels),
        contents=say("本页目录", locale),
        sections=tuple(_sections(comparison, locale)),
    )


def _sections(comparison: Comparison, locale: str) -> Iterator[Section]:
    heads, rows = ranked(comparison, locale)
    yield Section(
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
        yield Section(f"pair-{at}", title, lines, found, table if changes else None)


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
        groups.append(Group(each.label, label, (Bar(max(total.base / whole.base, Fraction(0)), FULL),)))
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
        groups.append(Group(changed(each, locale)[0], signed(gained, locale), (bar,)))
    legend = ((FULL, say("得分增加（实心）", locale)), (HATCHED, say("得分减少（斜纹）", locale)))
    said = say("横条长短表示得分增减：{list}", locale, list=_listed(groups, locale))
    return chart(key, say("得分增减", locale), said, groups, legend)


def _listed(groups: Sequence[Group], locale: str) -> str:
    return say("；", locale).join(f"{group.name} {group.label}" for group in groups)
