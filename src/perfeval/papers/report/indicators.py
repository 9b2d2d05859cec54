"""指标完成情况: a project's indicators as sentences, one paragraph a first-level indicator, with the table's own figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfeval.locales.messages import say
from perfeval.papers.report.tasks import open_, ordinal, sentences
from perfeval.results.score_table import line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval.results.evaluation import Evaluation
    from perfeval.results.score import Score


def paragraphs(evaluation: Evaluation, locale: str) -> Iterator[tuple[str, str]]:
    """Each first-level indicator that says anything: its name and its paragraph, 一是 二是 三是 where there are several."""
    for part in evaluation.score.parts or (evaluation.score,):
        found = [text for score in part.walk() if not score.parts and (text := _sentence(score, part, locale))]
        if len(found) > 1:
            found = [
                say("{ordinal}是{words}。", locale, ordinal=ordinal(i, locale), words=words)
                for i, words in enumerate(found, 1)
            ]
        elif found:
            found = [say("{words}。", locale, words=found[0])]
        if found:
            yield part.name, sentences(found, locale)


def _sentence(score: Score, below: Score, locale: str) -> str:
    """清查行动：指标值≥160次，完成值165次; with the reason of a deviation; '' where no actual is known.

    The name is left out where it is that of the heading *below* which the sentence stands.
    """
    row, office = line(score, locale=locale), score.of.row
    facts = [
        say("{what}{value}", locale, what=what, value=_quoted(value, locale))
        for what, value in ((say("指标值", locale), row.target), (say("完成值", locale), row.actual))
        if value
    ]
    if not row.actual:
        return ""
    if office is not None and office.reason.strip():
        facts.append(say("偏差原因：{reason}", locale, reason=open_(office.reason)))
    words = say("，", locale).join(facts)
    return words if score is below else say("{name}：{words}", locale, name=score.name, words=words)


def _quoted(value: str, locale: str) -> str:
    """Words in quotation marks, so that a sentence does not run into them; figures as they are."""
    return value if any(char.isdigit() for char in value) else say("“{words}”", locale, words=value)
