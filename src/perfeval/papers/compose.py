"""编排自评报告: Evaluation → blocks, from the case's own words and figures; no prose is invented.

The sections are those of a street office's report on its whole expenditure. A section without words
gets one visible mark. Which value stands — stated (自报) or computed (核算) — is always said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from perfeval.locales import say
from perfeval.model.listing import earned_text, headings, lines, number
from perfeval.papers.blocks import Block, Gap, Heading, Paragraph, Table, Title
from perfeval.quantities.figure import Figure
from perfeval.quantities.formatters import text
from perfeval.quantities.outline import join

if TYPE_CHECKING:
    from perfeval.model.case import Budget, Case
    from perfeval.model.category import Category
    from perfeval.model.evaluation import Evaluation, Score

STATED, COMPUTED = "stated", "computed"
ORDINALS = ("一是", "二是", "三是", "四是", "五是", "六是", "七是", "八是", "九是", "十是")
_ITEM = re.compile(r"\{([^{}]+)\}")


def compose(evaluation: Evaluation, *, points: str = STATED, locale: str = "zh_Hans") -> tuple[Block, ...]:
    """The blocks of the 自评报告; *points* says which value the score statement shows first."""
    return tuple(_Composer(evaluation, points, locale).report())


class _Composer:
    """One report in the making."""

    def __init__(self, evaluation: Evaluation, points: str, locale: str) -> None:
        self.evaluation, self.points, self.locale = evaluation, points, locale
        self.case: Case = evaluation.case
        self.words = {section.title: section.text for section in self.case.sections}

    def report(self) -> Iterator[Block]:
        case, locale = self.case, self.locale
        year = say("{year}年度", locale, year=case.year) if case.year is not None else ""
        title = case.title or say("{office}{year}部门整体支出绩效自评报告", locale, office=case.office, year=year)
        yield Title(title)
        yield Heading(1, 1, say("基本情况", locale))
        yield from self._basics()
        yield Heading(1, 2, say("综合评价分析", locale))
        yield from self._analysis()
        yield Heading(1, 3, say("存在的主要问题", locale))
        yield from self._numbered(tuple(issue.text for issue in case.problems), say("存在的主要问题", locale))
        yield Heading(1, 4, say("下一步改进措施", locale))
        measures = case.measures or tuple(issue.measure for issue in case.problems if issue.measure)
        yield from self._numbered(measures, say("下一步改进措施", locale))
        yield Heading(1, 5, say("附件", locale))
        yield self._score_table()
        yield from self._finding_table()

    # -- 一、基本情况 ---------------------------------------------------------------------------

    def _basics(self) -> Iterator[Block]:
        locale, case = self.locale, self.case
        yield Heading(2, 1, say("部门概况", locale))
        yield from self._own("部门概况", self._profile())
        yield Heading(2, 2, say("年度总体工作和重点工作任务", locale))
        yield from self._own("年度总体工作和重点工作任务", case.goals)
        yield Heading(2, 3, say("部门整体收支情况", locale))
        yield from self._own("部门整体收支情况", self._budget(case.budget))
        yield Heading(2, 4, say("部门整体绩效管理情况", locale))
        yield from self._own("部门整体绩效管理情况", self._mechanism())

    def _own(self, title: str, made: tuple[str, ...]) -> Iterator[Block]:
        """The office's own words for a section, then what its records say, or one mark."""
        own = self.words.get(title, "")
        texts = (*(part for part in own.split("\n") if part.strip()), *made)
        if not texts:
            yield Gap(title)
        for each in texts:
            yield Paragraph(each)

    def _profile(self) -> tuple[str, ...]:
        profile, locale, texts = self.case.profile, self.locale, []
        if profile is None:
            return ()
        if profile.subordinate:
            texts.append(
                say(
                    "下属单位{count}：{names}。",
                    locale,
                    count=self._figure(profile.subordinate_count) or say("{n}个", locale, n=len(profile.subordinate)),
                    names=join(profile.subordinate, locale),
                )
            )
        if profile.offices:
            names = [
                say("{name}（{also}）", locale, name=office.name, also=office.also) if office.also else office.name
                for office in profile.offices
            ]
            texts.append(
                say(
                    "内设机构{count}：{names}。",
                    locale,
                    count=self._figure(profile.office_count) or say("{n}个", locale, n=len(names)),
                    names=join(names, locale),
                )
            )
        return tuple(texts)

    def _budget(self, budget: Budget | None) -> tuple[str, ...]:
        if budget is None:
            return ()
        parts = [
            say("{what}{amount}", self.locale, what=what, amount=self._figure(figure))
            for what, figure in (
                (say("年初预算数", self.locale), budget.initial),
                (say("调整后预算数", self.locale), budget.adjusted),
                (say("全年预算数", self.locale), budget.whole_year),
                (say("全年执行数", self.locale), budget.spent),
                (say("执行率", self.locale), budget.rate),
            )
            if figure is not None
        ]
        line = say("，", self.locale).join(parts)
        return (say("{line}。", self.locale, line=line),) if parts else ()

    def _mechanism(self) -> tuple[str, ...]:
        mechanism, locale = self.case.mechanism, self.locale
        if mechanism is None:
            return ()
        stages = [
            say("预算编制有目标：{words}", locale, words=mechanism.goals) if mechanism.goals else "",
            say("预算执行有监控：{words}", locale, words=mechanism.monitoring) if mechanism.monitoring else "",
            say("预算完成有评价：{words}", locale, words=mechanism.evaluation) if mechanism.evaluation else "",
            say("评价结果有应用：{words}", locale, words=mechanism.application) if mechanism.application else "",
        ]
        texts = [say("{line}。", locale, line=say("；", locale).join(each for each in stages if each))]
        if mechanism.documents:
            named = join([say("《{name}》", locale, name=name.strip("《》")) for name in mechanism.documents], locale)
            texts.insert(0, say("依据：{documents}。", locale, documents=named))
        return tuple(texts)

    # -- 二、综合评价分析 -------------------------------------------------------------------------

    def _analysis(self) -> Iterator[Block]:
        locale = self.locale
        yield Heading(2, 1, say("自评结论综述", locale))
        yield from (Paragraph(each) for each in self._conclusion())
        yield Heading(2, 2, say("各项工作任务绩效目标完成情况分析", locale))
        yield from self._tasks()
        yield Heading(2, 3, say("各重点任务项目支出完成情况分析", locale))
        yield from self._projects()
        yield Heading(2, 4, say("主要工作成效", locale))
        yield from self._own("主要工作成效", self.case.achievements)

    def _conclusion(self) -> Iterator[str]:
        """The score statement: which value is which is always said."""
        locale, score = self.locale, self.evaluation.score
        stated = score.stated is not None
        first = self._statement(score, COMPUTED if self.points == COMPUTED or not stated else STATED)
        yield say("{line}。", locale, line=first)
        if stated and self.points == STATED and score.steps is not None:
            yield say("{line}。", locale, line=self._statement(score, COMPUTED))
        if self.evaluation.grade:
            yield say("评价等级（核算）：{grade}。", locale, grade=self.evaluation.grade)

    def _statement(self, score: Score, which: str) -> str:
        locale = self.locale
        parts = [self._scored(part, which) for part in score.parts]
        whole = self._scored(score, which)
        head = say("自报得分：{whole}", locale, whole=whole)
        if which == COMPUTED:
            head = say("核算得分：{whole}", locale, whole=whole)
        if not parts:
            return head
        return say("{head}，其中：{parts}", locale, head=head, parts=say("；", locale).join(parts))

    def _scored(self, score: Score, which: str) -> str:
        earned = score.stated.text if which == STATED and score.stated is not None else earned_text(score)
        name = say("总分", self.locale) if score.path == "总分" else score.name
        if earned == "—":
            return say("{name}{points}分，未定", self.locale, name=name, points=number(score.points))
        return say("{name}{points}分，得{earned}分", self.locale, name=name, points=number(score.points), earned=earned)

    def _tasks(self) -> Iterator[Block]:
        groups = {item.name: item for item in self.case.data}
        if not self.case.categories:
            yield from self._own("各项工作任务绩效目标完成情况分析", ())
        for index, category in enumerate(self.case.categories, 1):
            yield Heading(3, index, category.title)
            group = groups.get(category.title) or groups.get(category.key)
            own = self.words.get(category.title, "")
            line = own or self._sentences(category, group)
            yield Paragraph(line) if line else Gap(category.title)

    def _sentences(self, category: Category, group: Any) -> str:
        """一是 二是 三是: the category's sentences whose figures the case has, clause by clause."""
        if group is None:
            return ""
        figures = {path.partition(".")[2]: item for path, item in group.walk() if item.figures}
        made = []
        for topic, sentence in category.wording:
            clauses = [clause for each in sentence.split("；") if (clause := self._clause(each, figures))]
            if clauses:
                made.append((topic, say("；", self.locale).join(clauses)))
        return "".join(
            say("{ordinal}{topic}：{words}。", self.locale, ordinal=ORDINALS[i] if i < 10 else "", topic=topic, words=words)
            for i, (topic, words) in enumerate(made)
        )

    def _clause(self, clause: str, figures: dict[str, Any]) -> str:
        """One clause with its figures, or nothing where the case lacks one of them."""
        wanted = _ITEM.findall(clause)
        if any(name not in figures for name in wanted):
            return ""
        return _ITEM.sub(lambda match: self._item(figures[match[1]]), clause)

    def _item(self, item: Any) -> str:
        figure = self._figure(item.figures[0])
        changes = [
            self._figure(each.figures[0], kind=each.name)
            for each in item.items
            if each.name in ("同比", "环比") and each.figures
        ]
        return say("，", self.locale).join([figure, *changes])

    def _figure(self, figure: Figure | None, kind: str = "") -> str:
        if figure is None:
            return ""
        written = text(figure, self.locale)
        return written if not kind or written.startswith(kind) else kind + written

    def _projects(self) -> Iterator[Block]:
        locale, rows = self.locale, []
        for project in self.case.projects:
            budget = project.budget
            cells = [budget.initial, budget.whole_year, budget.spent, budget.rate] if budget is not None else [None] * 4
            rows.append((project.name, *(self._figure(cell) or "—" for cell in cells)))
        if not rows:
            yield from self._own("各重点任务项目支出完成情况分析", ())
            return
        columns = (
            say("项目名称", locale),
            say("年初预算数", locale),
            say("全年预算数", locale),
            say("全年执行数", locale),
            say("执行率", locale),
        )
        yield Table(say("重点项目支出情况", locale), columns, tuple(rows))
        for evaluation in self.evaluation.projects:
            yield self._score_table(evaluation)

    # -- 三、四、附件 ---------------------------------------------------------------------------

    def _numbered(self, texts: tuple[str, ...], what: str) -> Iterator[Block]:
        if not texts:
            yield Gap(what)
        for index, each in enumerate(texts, 1):
            yield Paragraph(say("（{n}）{words}", self.locale, n=_chinese(index), words=each))

    def _score_table(self, evaluation: Evaluation | None = None) -> Table:
        each = evaluation if evaluation is not None else self.evaluation
        rows = tuple(("　" * line.depth + line.name, *line.cells[1:]) for line in lines(each, self.locale))
        caption = say("{name}得分表（得分为核算，自评为自报）", self.locale, name=each.score.name)
        return Table(caption, headings(self.locale), rows)

    def _finding_table(self) -> Iterator[Block]:
        locale = self.locale
        if not self.evaluation.findings:
            return
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
                finding.of,
                finding.sentence(locale) + (say("（已豁免：{why}）", locale, why=finding.waived) if finding.waived else ""),
                finding.basis,
                finding.advice_in(locale),
            )
            for index, finding in enumerate(self.evaluation.findings, 1)
        )
        yield Table(say("审核意见", locale), columns, rows)


def _chinese(n: int) -> str:
    from perfeval.quantities.digits import numeral

    return numeral(n)
