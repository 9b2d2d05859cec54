"""终端: the score table, the findings and a summary as rich tables; every character fits a GBK console."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfeval.locales import say
from perfeval.model.evaluation import Severity
from perfeval.model.listing import earned_text, headings, lines

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from perfeval.model.evaluation import Evaluation

STYLES = {Severity.ERROR: "bold red", Severity.DOUBT: "yellow", Severity.NOTE: "cyan", Severity.UNDECIDED: "magenta"}


def show(evaluation: Evaluation, console: Console, locale: str = "zh_Hans") -> None:
    """Print what a finance clerk wants to see first: the total, the points, what contradicts what."""
    from rich.text import Text

    console.print(Text(summary(evaluation, locale), style="bold"))
    console.print(score_table(evaluation, locale))
    for project in evaluation.projects:
        console.print(Text(summary(project, locale), style="bold"))
        console.print(score_table(project, locale))
    if evaluation.findings:
        console.print(finding_table(evaluation, locale))
    console.print(Text(closing(evaluation, locale)))


def summary(evaluation: Evaluation, locale: str = "zh_Hans") -> str:
    """One line: office or project, year, computed and stated total, grade."""
    score = evaluation.score
    parts = [score.name if evaluation.plan.of_project else evaluation.case.office]
    if evaluation.case.year is not None:
        parts.append(say("{year}年度", locale, year=evaluation.case.year))
    computed = earned_text(score)
    parts.append(say("核算 {earned} 分", locale, earned=computed if computed != "—" else say("未定", locale)))
    if score.stated is not None:
        parts.append(say("自评 {stated} 分", locale, stated=score.stated.text))
    if evaluation.grade:
        parts.append(say("等级 {grade}", locale, grade=evaluation.grade))
    return "  ".join(parts)


def closing(evaluation: Evaluation, locale: str = "zh_Hans") -> str:
    """How many findings of each severity."""
    open_ = [finding for finding in evaluation.findings if not finding.waived]
    counts = [
        say("{severity} {n} 条", locale, severity=severity, n=sum(f.severity is severity for f in open_))
        for severity in Severity
    ]
    waived = len(evaluation.findings) - len(open_)
    line = say("，", locale).join(counts)
    return say("{line}；已豁免 {n} 条", locale, line=line, n=waived) if waived else line


def _table(title: str, columns: tuple[str, ...], right: tuple[int, ...] = ()) -> Table:
    from rich import box
    from rich.table import Table as Grid

    grid = Grid(title=title or None, box=box.SQUARE, title_justify="left", expand=False)
    for index, column in enumerate(columns):
        last = index == len(columns) - 1
        grid.add_column(column, justify="right" if index in right else "left", overflow="fold", ratio=1 if last else None)
    return grid


def score_table(evaluation: Evaluation, locale: str = "zh_Hans") -> Table:
    """名称 分值 指标值 完成值 得分 自评 说明."""
    from rich.text import Text

    grid = _table("", headings(locale), right=(1, 4, 5))
    for line in lines(evaluation, locale):
        cells = ("  " * line.depth + line.name, *line.cells[1:])
        grid.add_row(*(Text(cell) for cell in cells))
    return grid


def finding_table(evaluation: Evaluation, locale: str = "zh_Hans") -> Table:
    """等级 编号 位置 说明, in the order of severity."""
    from rich.text import Text

    columns = (say("等级", locale), say("编号", locale), say("位置", locale), say("说明", locale))
    grid = _table(say("审核意见", locale), columns)
    for finding in evaluation.findings:
        where = "\n".join([finding.of, *(str(place) for place in finding.places[:2])])
        sentence = finding.sentence(locale)
        if finding.waived:
            sentence += say("（已豁免：{why}）", locale, why=finding.waived)
        style = "dim" if finding.waived else STYLES[finding.severity]
        grid.add_row(
            Text(finding.severity.in_locale(locale), style=style), Text(finding.code), Text(where), Text(sentence)
        )
    return grid
