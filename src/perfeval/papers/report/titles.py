"""标题与落款: the title in the lines that it is set in, with unit and year; the place for seal and date."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from perfeval.locales.messages import say
from perfeval.locales.width import width
from perfeval.papers.blocks import Paragraph, Signature, Title, ToFill, mark
from perfeval.quantities.dates import read_day
from perfeval.quantities.formatters import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval.model.case import Case

LINE = 40
"""How wide a line of the title is, in half characters: twenty characters of 2号 in a block of 156 mm."""
DATE = "成文日期"
"""The section of a case that holds the date of the report."""
_NAMED = re.compile(r"(自评|自評)表?(?=(?:（[^（）]*）)?$)")
"""Where a title of the evaluation lacks the word that says which paper this is, or names the form that was read."""
_PAPER = re.compile("[绩績]效|自[评評]|[评評][价價]|[报報]告|[总總][结結]")
"""What a title has that is more than the name of a project."""
_YEAR = re.compile(r"[12][0-9]{3}年(?:度)?")


def title(case: Case, locale: str, *, official: bool = False, project: bool = False) -> Title:
    """The case's own title or one made of office and year; what it leaves out of these stands below it."""
    year = say("{year}年度", locale, year=case.year) if case.year is not None else ""
    named = _NAMED.sub(r"\1报告", case.title, count=1)
    if project and not _PAPER.search(named):  # a form's 项目名称, or nothing
        when = "" if _YEAR.search(named) else year
        named = say("{office}{year}项目支出绩效自评报告", locale, office=named or case.office, year=when)
    own = named or say("{office}{year}部门整体支出绩效自评报告", locale, office=case.office, year=year)
    below = []
    if not _names(own, case.office):
        below.append(case.office or (mark(say("单位名称", locale), locale) if official else ""))
    if not _YEAR.search(own):
        below.append(year if year not in own else "")
        if official and not year:
            below.append(mark(say("年度", locale), locale))
    return Title(own, _lines(own, case.office), "　".join(filter(None, below)))


def _names(title: str, office: str) -> bool:
    """Whether the title names the office, perhaps without what stands before its own name (区, 市)."""
    return any(office[i:] in title for i in range(max(1, len(office) - 3))) if office else False


def _lines(own: str, office: str) -> tuple[str, ...]:
    """The title broken where its sense allows: behind the year, else behind the office; one line where it fits."""
    if width(own) <= LINE:
        return (own,)
    ends = [found.end() for found in _YEAR.finditer(own)]
    if office and own.startswith(office):
        ends.append(len(office))
    two = [(own[:end], own[end:]) for end in ends if 0 < end < len(own)]
    fitting = [pair for pair in two if max(map(width, pair)) <= LINE]
    return min(fitting, key=lambda pair: abs(width(pair[0]) - width(pair[1])), default=(own,))


def signature(case: Case, locale: str) -> Signature:
    """The office and the date that the case states in its section 成文日期, without leading zeros."""
    own = next((section.text.strip() for section in case.sections if section.title == DATE), "")
    found = read_day(own) if own else None
    return Signature(case.office, text(found, locale) if found is not None else own or None)


def others(case: Case, used: set[str]) -> Iterator[tuple[str, tuple[Paragraph | ToFill, ...]]]:
    """Sections of the office's own that have no place of their own in the report."""
    for section in case.sections:
        if section.title not in used and section.title != DATE:
            parts = tuple(Paragraph(part.strip()) for part in section.text.split("\n") if part.strip())
            yield section.title, parts or (ToFill(section.title),)
