"""评分方法表: a sheet that says by which rule each indicator is scored, where its row names one of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfeval.conversion.dumping import rule_text
from perfeval.errors import InputError
from perfeval.locales.messages import say
from perfeval.papers.table.form import Form
from perfeval.papers.table.grid import Sheet
from perfeval.reading.forms.method_sheet import BETWEEN, HEADINGS, METHOD, TITLE
from perfeval.strategies.strategy import Strategy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval.model.case import Row
    from perfeval.results.evaluation import Evaluation

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
