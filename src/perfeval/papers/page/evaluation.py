"""网页: an evaluation as one offline HTML file — score tree, points lost, findings, funds, tasks.

No script and nothing from outside; every text is escaped by the template; the same evaluation gives the same bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from perfeval.locales.messages import say
from perfeval.papers.blocks import Table, mark
from perfeval.papers.page.funds import funds_chart, funds_tables
from perfeval.papers.page.html import rendered
from perfeval.papers.page.last_year import last_chart, last_table
from perfeval.papers.page.tree import Links, whole
from perfeval.papers.report import tasks
from perfeval.papers.screen.agreements import calculation, confirmed
from perfeval.papers.screen.terminal import closing
from perfeval.results.finding import Severity
from perfeval.results.judgement import Judgement
from perfeval.results.score import Score
from perfeval.results.score_table import about, title, where
from perfeval.strategies.strategy import basis_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval.results.evaluation import Evaluation
    from perfeval.results.finding import Finding

KINDS = {Severity.ERROR: "error", Severity.DOUBT: "doubt", Severity.NOTE: "note", Severity.UNDECIDED: "undecided"}
SECTIONS = ("summary", "scores", "lost", "findings", "funds", "tasks", "last", "agreed")
"""What the page can hold, in its order."""


class Noted(NamedTuple):
    """一条审核意见: as the page shows it."""

    key: str
    of: str
    sentence: str
    sum: str
    facts: tuple[tuple[str, str], ...]


class Noteds(NamedTuple):
    """同一等级的审核意见: with the shape and the word of the severity."""

    kind: str
    word: str
    title: str
    findings: tuple[Noted, ...]


class TaskSection(NamedTuple):
    """任务类别: its sentences, or the mark where the case says nothing."""

    title: str
    lines: tuple[str, ...]
    gap: str


def to_html(evaluation: Evaluation, *, points: str = "stated", locale: str = "zh_Hans") -> bytes:
    """The page in UTF-8; *points* says which value stands first. Raises OutputError where jinja2 is not installed."""
    keys = {id(finding): f"finding-{i}" for i, finding in enumerate(evaluation.findings, 1)}
    links = _links(evaluation, keys, locale)
    wholes = [whole(each, at, links, points, locale) for at, each in enumerate((evaluation, *evaluation.projects), 1)]
    words = _words(locale)
    funds, own, same = funds_chart(evaluation, locale), _tasks(evaluation, locale), _agreed(evaluation, locale)
    last = last_table(evaluation, locale)
    shown = {"funds": funds, "tasks": own, "last": last, "agreed": same}
    return rendered(
        "page.html",
        locale,
        title=title(evaluation, locale),
        below=_below(evaluation, locale),
        w=words,
        contents=[(key, words[key]) for key in SECTIONS if shown.get(key, True)],
        wholes=wholes,
        counts=_counts(evaluation, locale),
        groups=list(_groups(evaluation, keys, locale)),
        funds=funds,
        tables=funds_tables(evaluation, locale),
        tasks=own,
        last=last,
        last_chart=last_chart(evaluation, locale),
        agreed=same,
        made_by=_made_by(evaluation, locale),
    )


def _words(locale: str) -> dict[str, str]:
    """What the page itself says."""
    return {
        "contents": say("本页目录", locale),
        "summary": say("结论", locale),
        "scores": say("得分与理由", locale),
        "lost": say("失分", locale),
        "findings": say("审核意见", locale),
        "funds": say("资金执行", locale),
        "tasks": say("各项工作任务", locale),
        "last": say("与上年比较", locale),
        "agreed": say("核对相符", locale),
        "which": say("“自报”是单位填写的得分，“核算”是按评分方法从填报的数重新算出的得分。", locale),
        "unfold": say("点开一行（或用 Tab 键选中后按回车）看这一分的理由；打印时全部展开。", locale),
        "reason": say("理由：", locale),
        "colon": say("：", locale),
    }


def _below(evaluation: Evaluation, locale: str) -> str:
    case = evaluation.case
    year = say("{year}年度", locale, year=case.year) if case.year is not None else ""
    return "　".join(filter(None, (case.office, year, evaluation.score.name)))


def _made_by(evaluation: Evaluation, locale: str) -> str:
    versions = say("、", locale).join(f"{name} {version}" for name, version in evaluation.made_by)
    return say("由 {versions} 生成；本页不含脚本，不联网。", locale, versions=versions)


# -- 审核意见 ---------------------------------------------------------------------------------------


def _links(evaluation: Evaluation, keys: dict[int, str], locale: str) -> dict[int, Links]:
    """The findings by the score (its identity) that they are about; what is about a project is about its whole."""
    wholes = {id(each.plan.project): each.score for each in evaluation.projects}
    links: dict[int, Links] = {}
    for each in evaluation.findings:
        about = each.about.about if isinstance(each.about, Judgement) else each.about
        score = about if isinstance(about, Score) else wholes.get(id(about))
        if score is not None:
            text = say("{severity}：{sentence}", locale, severity=each.severity, sentence=each.sentence(locale))
            links[id(score)] = (*links.get(id(score), ()), (keys[id(each)], text))
    return links


def _counts(evaluation: Evaluation, locale: str) -> str:
    if not evaluation.findings:
        return say("没有发现矛盾。", locale)
    return say("{words}。", locale, words=closing(evaluation, locale))


def _groups(evaluation: Evaluation, keys: dict[int, str], locale: str) -> Iterator[Noteds]:
    for severity, kind in KINDS.items():
        found = [each for each in evaluation.findings if each.severity is severity]
        if found:
            name = severity.in_locale(locale)
            heading = say("{severity}（{n}条）", locale, severity=severity, n=len(found))
            yield Noteds(kind, name, heading, tuple(_noted(each, evaluation, keys, locale) for each in found))


def _noted(finding: Finding, evaluation: Evaluation, keys: dict[int, str], locale: str) -> Noted:
    facts = (
        (say("已豁免", locale), finding.waived),
        (say("位置", locale), where(finding.places, locale)),
        (say("建议", locale), finding.advice_in(locale)),
        (say("依据", locale), basis_in(finding.basis, locale)),
        (say("编号", locale), finding.code),
    )
    return Noted(
        keys[id(finding)],
        about(finding, evaluation, locale),
        finding.sentence(locale),
        calculation(finding, locale),
        tuple((term, text) for term, text in facts if text),
    )


# -- 任务与核对 -------------------------------------------------------------------------------------


def _tasks(evaluation: Evaluation, locale: str) -> tuple[TaskSection, ...]:
    """Each category of the case: the office's own words, else its sentences filled with the case's figures."""
    case = evaluation.case
    groups = {item.name: item for item in case.data}
    own = {section.title: section.text for section in case.sections}
    made = []
    for category in case.categories:
        group = groups.get(category.title) or groups.get(category.key)
        lines = [part.strip() for part in own.get(category.title, "").split("\n") if part.strip()]
        if not lines and group is not None:
            lines = [text] if (text := tasks.paragraph(category, group, case.year, locale)) else []
        made.append(TaskSection(category.title, tuple(lines), "" if lines else mark(category.title, locale)))
    return tuple(made)


def _agreed(evaluation: Evaluation, locale: str) -> Table | None:
    """What was recomputed and agrees."""
    rows = tuple((each.of, each.sum) for each in confirmed(evaluation, locale))
    if not rows:
        return None
    caption = say("重新算过、相符的数：{n}处", locale, n=len(rows))
    return Table(caption, (say("核对", locale), say("算式", locale)), rows, left=(0, 1))
