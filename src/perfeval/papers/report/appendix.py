"""附件: what stands behind the report — score tables, numbers that agree, findings — as tables.

The findings are for the office itself, to be dealt with before the report is handed in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfeval.locales.messages import say
from perfeval.papers.blocks import Block, Paragraph, Table
from perfeval.papers.report.score_table import score_table
from perfeval.papers.screen.agreements import calculation, confirmed
from perfeval.results.score_table import about, headings, lines, title, where
from perfeval.strategies.strategy import basis_in

if TYPE_CHECKING:
    from typing import TypeAlias

    from perfeval.results.evaluation import Evaluation
    from perfeval.results.finding import Finding

    Annexed: TypeAlias = tuple[str, tuple[Block, ...]]


def annexes(evaluation: Evaluation, locale: str = "zh_Hans", *, official: bool = False) -> list[Annexed]:
    """Title and blocks of each annex; an *official* paper has the score tables only, in the grid of the forms."""
    made: list[Annexed] = []
    for each in (evaluation, *evaluation.projects):
        name = title(each, locale) if each.plan.of_project else say("部门整体支出", locale)
        if each is evaluation and not evaluation.projects and not evaluation.case.projects:
            name = ""
        table = score_table(each, locale) if official else _scores(each, locale)
        made.append((say("{name}得分表", locale, name=name), (table,)))
    found = () if official else confirmed(evaluation, locale)
    if found:
        table = Table(
            say("写出的数与重算的结果相符的有{n}处", locale, n=len(found)),
            (say("核对", locale), say("算式", locale)),
            tuple((each.of, each.sum) for each in found),
        )
        made.append((say("数字核对表", locale), (table,)))
    if evaluation.findings and not official:
        note = Paragraph(say("供本单位修改时使用，报送前请逐条处理并删去本附件。", locale))
        made.append((say("审核意见", locale), (note, _findings(evaluation, locale))))
    return made


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
            "\n".join(filter(None, (_sentence(finding, locale), calculation(finding, locale)))),
            basis_in(finding.basis, locale),
            finding.advice_in(locale),
        )
        for index, finding in enumerate(evaluation.findings, 1)
    )
    return Table(say("审核意见", locale), columns, rows)


def _sentence(finding: Finding, locale: str) -> str:
    sentence = say("{sentence}（{code}）", locale, sentence=finding.sentence(locale), code=finding.code)
    return sentence + say("（已豁免：{why}）", locale, why=finding.waived) if finding.waived else sentence
