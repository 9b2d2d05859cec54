"""附表: the sheets beside an official table — the methods behind its points, and on a hidden one, as YAML, what its grid has
no room for and its points hang on: frameworks, categories with units or rules.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from attrs import evolve

from perfeval.conversion.dumping import dump, rule_text
from perfeval.documents.xlsx.embedded import HEAD
from perfeval.errors import InputError
from perfeval.locales.messages import say
from perfeval.model.case import Case, Project
from perfeval.papers.table.form import Form
from perfeval.papers.table.grid import Sheet
from perfeval.plugins.entry_points import entries
from perfeval.reading.forms.method_sheet import BETWEEN, HEADINGS, METHOD, TITLE
from perfeval.strategies.strategy import Strategy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval.model.case import Row
    from perfeval.model.category import Category
    from perfeval.model.framework import Framework
    from perfeval.results.evaluation import Evaluation


def embedded_rules(case: Case) -> str:
    """The documents that the table of *case* brings along; nothing where it has none.

    The first is a case that names the framework of the table itself and of each project's; after it come
    the categories with units or rules of their own, where they are not installed. A framework whose rules are
    programs, which no file holds, is left to be named by whoever reads the table.
    """
    own = case.framework if _writable(case.framework) else None
    projects = [Project(each.name, framework=each.framework) for each in case.projects if _writable(each.framework)]
    needed = [each for each in case.categories if each.units or each.strategies]
    if own is None and not projects:
        return ""
    found = [dump(Case("", framework=own, projects=projects), terms=True).decode()]
    if needed:
        found[0] += f"任务类别: {json.dumps([each.key for each in needed], ensure_ascii=False)}\n"
        installed = {each.key for each in entries()}
        found += [_document(each) for each in needed if each.key not in installed]
    return HEAD + "---\n".join(found)


def _writable(framework: Framework | None) -> bool:
    if framework is None:
        return False
    try:
        dump(framework)
    except InputError:
        return False
    return True


def _document(category: Category) -> str:
    """A category as a file has it; checks in Python, which no file holds, have no say in points."""
    return dump(evolve(category, checks=()), terms=True).decode()


METHODS = Form(name=METHOD, widths=("16", "46", "50", "20"), landscape=True)


def methods(evaluation: Evaluation, locale: str) -> Sheet | None:
    """The sheet of the rules that rows of *evaluation* and of its projects name; None where none does.

    Its headings stay Chinese in every locale: by them it is read back.
    """
    lines = [*_lines("", evaluation)]
    for each in evaluation.projects:
        lines += _lines(each.score.name, each)
    if not lines:
        return None
    sheet = Sheet(say("评分方法", locale), METHODS)
    sheet.line([(TITLE, "title", sheet.wide)])
    sheet.line([(each, "head", 1) for each in HEADINGS])
    sheet.repeat = (1, 1)
    for line in lines:
        sheet.line([(each, "text", 1) for each in line])
    return sheet


def _lines(owner: str, evaluation: Evaluation) -> Iterator[tuple[str, str, str, str]]:
    for score in evaluation.score.walk():
        row = score.of.row
        if row is not None and (row.strategy is not None or row.judged):
            yield owner, score.path, _rule(row), BETWEEN.join(each.text for each in row.judged)


def _rule(row: Row) -> str:
    """The rule as a case's file writes it; of one that is a program, its name."""
    if row.strategy is None:
        return ""
    try:
        return rule_text(row.strategy)
    except InputError:
        return row.strategy.name if isinstance(row.strategy, Strategy) else str(row.strategy[0])
