"""任务完成情况: 一是 二是 三是 — a category's sentences, filled with the figures that the case has.

A clause whose figures the case lacks is left out. The date or period that all figures of a clause share
(截至2021年10月31日, 2021年前三季度) stands before it, once for the clauses that follow with the same one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from perfeval.locales.messages import say
from perfeval.model.case import CHANGES
from perfeval.quantities.dates import Day
from perfeval.quantities.figure import Word
from perfeval.quantities.formatters import text
from perfeval.quantities.number_text import numeral

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from perfeval.model.case import Item
    from perfeval.model.category import Category
    from perfeval.quantities.figure import Figure

STOPS = "。；，、;,. \n"
"""Marks that a text may end with before it goes on or ends in a sentence of ours."""
_ITEM = re.compile(r"\{([^{}]+)\}")
_SIGNS = frozenset("≥≤><=≧≦﹦")


class Dated(NamedTuple):
    """数据项与其时间: an item and the date or period that it or the group around it states; '' for none."""

    item: Item
    when: str


class Clause(NamedTuple):
    """分句: its words and the time that all its numbers share; None where it has no number."""

    words: str
    when: str | None


def paragraph(category: Category, group: Item, year: int | None, locale: str) -> str:
    """The category's paragraph, '' where the case has none of its figures."""
    figures = dict(_dated(group, "", year, locale))
    made = []
    for topic, sentence in category.wording:
        clauses = [found for each in sentence.split("；") if (found := _clause(each, figures, locale))]
        if clauses:
            made.append((topic, joined(clauses, locale)))
    if len(made) == 1:
        return say("{topic}：{words}。", locale, topic=made[0][0], words=made[0][1])
    return sentences(
        (
            say("{ordinal}是{topic}：{words}。", locale, ordinal=ordinal(i, locale), topic=topic, words=words)
            for i, (topic, words) in enumerate(made, 1)
        ),
        locale,
    )


def ordinal(number: int, locale: str) -> str:
    """The number before 是: 一 二 三; a figure where the language has no Chinese ones."""
    return numeral(number) if locale.startswith("zh") else str(number)


def sentences(texts: Iterable[str], locale: str) -> str:
    """Whole sentences in a row, with a blank between them where the language has one."""
    return ("" if locale.startswith("zh") else " ").join(texts)


def joined(clauses: Iterable[Clause], locale: str) -> str:
    """The clauses in a row; a new time begins a new sentence, and so does a clause that the last time is not for."""
    written, current = "", ""
    for words, when in clauses:
        changes = when is not None and when != current
        if written:
            written += say("。", locale) if changes else say("；", locale)
        if changes:
            current = when or ""
        written += say("{when}，{words}", locale, when=when, words=words) if changes and when else words
    return written


def _dated(item: Item, above: str, year: int | None, locale: str, path: str = "") -> Iterator[tuple[str, Dated]]:
    """Every item below *item* that has figures, by its dotted name inside the group."""
    when = _when(item, year, locale)
    when = above if when is None else when
    if path and item.figures:
        yield path, Dated(item, when)
    for each in item.items:
        yield from _dated(each, when, year, locale, f"{path}.{each.name}" if path else each.name)


def _when(item: Item, year: int | None, locale: str) -> str | None:
    """What time the item states; '' for the whole year of the report, None where it states none."""
    if item.period is not None:
        value = item.period.value
        if isinstance(value, Day) and value.month is None and not value.edge and value.year == year:
            return ""
        return text(item.period, locale)
    if item.as_of is not None:
        day = text(item.as_of, locale)
        return day if day.startswith("截") else say("截至{day}", locale, day=day)
    return None


def _clause(sentence: str, figures: dict[str, Dated], locale: str) -> Clause | None:
    """One clause with its figures, or None where the case lacks one of them."""
    wanted = _ITEM.findall(sentence)
    if any(name not in figures for name in wanted):
        return None
    words = open_(_ITEM.sub(lambda found: open_(_item(figures[found[1]].item, locale)), sentence))
    times = {figures[name].when for name in wanted if not isinstance(figures[name].item.figures[0].value, Word)}
    if not times:
        return Clause(words, None) if words else None
    return Clause(words, times.pop() if len(times) == 1 else "") if words else None


def _item(item: Item, locale: str) -> str:
    """An item's first figure and its changes: 24076万元，同比增长6.2%."""
    changes = [
        written(each.figures[0], locale, kind=each.name) for each in item.items if each.name in CHANGES and each.figures
    ]
    return say("，", locale).join([written(item.figures[0], locale), *changes])


def written(figure: Figure | None, locale: str, kind: str = "") -> str:
    """A figure with the digits that the office wrote; '' for none, *kind* (同比) before it where it does not say so."""
    if figure is None:
        return ""
    found = text(figure, locale)
    if figure.sign and not set(figure.text) & _SIGNS:
        found = figure.text.strip()  # 不少于2次 stays in words
    return found if not kind or found.startswith(kind) else kind + found


def open_(words: str) -> str:
    """*words* without the mark at their end, to go on in our own sentence."""
    return words.strip().rstrip(STOPS)
