"""附件: what stands behind the report — score tables, numbers that agree, findings — as tables.

The findings are for the office itself, to be dealt with before the report is handed in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfeval.locales import say
from perfeval.model.listing import about, headings, lines, title, where
from perfeval.papers.agreed import agreed, calculation
from perfeval.papers.blocks import Block, Heading, Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval.model.evaluation import Evaluation, Finding


def appendix(evaluation: Evaluation, locale: str = "zh_Hans") -> Iterator[Block]:
    """The tables behind the report, each with a heading of its own."""
    yield Heading(1, 0, say("附件", locale))
    number = 0
    for each in (evaluation, *evaluation.projects):
        number += 1
        name = title(each, locale) if each.plan.of_project else say("部门整体支出", locale)
        if each is evaluation and not evaluation.projects and not evaluation.case.projects:
            name = ""
        yield Heading(2, 0, say("附件{n}：{name}得分表", locale, n=number, name=name))
        yield _scores(each, locale)
    found = agreed(evaluation, locale)
    if found:
        number += 1
        yield Heading(2, 0, say("附件{n}：数字核对表", locale, n=number))
        yield Table(
            say("写出的数与重算的结果相符的有{n}处", locale, n=len(found)),
            (say("核对", locale), say("算式", locale)),
            tuple((each.of, each.sum) for each in found),
        )
    if evaluation.findings:
        yield Heading(2, 0, say("附件{n}：审核意见", locale, n=number + 1))
        yield Paragraph(say("供本单位修改时使用，报送前请逐条处理并删去本附件。", locale))
        yield _findings(evaluation, locale)


def _scores(evaluation: Evaluation, locale: str) -> Table:
    """The score table without the columns that nothing fills."""
    rows = [("\u3000" * line.depth + line.name, *line.cells[1:]) for line in lines(evaluation, locale)]
    heads = headings(locale)
    kept = [i for i in range(len(heads)) if i in (0, 1, 4, 5) or any(row[i] for row in rows)]
    caption = say("得分为核算，自评为自报", locale)
    return Table(caption, tuple(heads[i] for i in kept), tuple(tuple(row[i] for i in kept) for row in rows))


def _findings(evaluation: Evaluation, locale: str) -> Table:
    columns = (
        say("编号", locale),
        say("等级", locale),
        say("位置", locale),
        say("说明", locale),
        say("依据", locale),
        say("建议", locale),
    )
    rows = tuple(
        (
            str(index),
            finding.severity.in_locale(locale),
            "\n".join(filter(None, (about(finding, evaluation, locale), where(finding.places, locale)))),
            "\n".join(filter(None, (_sentence(finding, locale), calculation(finding, evaluation, locale)))),
            finding.basis,
            finding.advice_in(locale),
        )
        for index, finding in enumerate(evaluation.findings, 1)
    )
    return Table(say("审核意见", locale), columns, rows)


def _sentence(finding: Finding, locale: str) -> str:
    sentence = say("{sentence}（{code}）", locale, sentence=finding.sentence(locale), code=finding.code)
    return sentence + say("（已豁免：{why}）", locale, why=finding.waived) if finding.waived else sentence
