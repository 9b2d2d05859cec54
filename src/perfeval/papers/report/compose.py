"""编排自评报告: Evaluation → blocks, from the case's own words and figures; no prose is invented.

The sections are those of a street office's report on its whole expenditure; a project's report has a project's.
A section without words gets one visible mark. Which value stands — stated (自报) or computed (核算) — is always said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfeval.engine.checks.places import added, stated
from perfeval.locales.messages import say, translate
from perfeval.locales.words import word
from perfeval.papers.blocks import Annex, Annexes, Block, Heading, Paragraph, Point, Table, ToFill
from perfeval.papers.report import funding, indicators, tasks, titles
from perfeval.papers.report.appendix import annexes
from perfeval.papers.report.tasks import open_, written
from perfeval.papers.table.form import of_project
from perfeval.quantities.formatters import join
from perfeval.results.score_table import earned_text, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from perfeval.model.case import Budget, Case
    from perfeval.results.evaluation import Evaluation
    from perfeval.results.score import Score

STATED, COMPUTED = "stated", "computed"
_OFFICE = {"部门概况", "年度总体工作和重点工作任务", "部门整体收支情况", "部门整体绩效管理情况"}
"""Sections that only an office's report has."""


def compose(
    evaluation: Evaluation, *, points: str = STATED, locale: str = "zh_Hans", official: bool = False
) -> tuple[Block, ...]:
    """The blocks of the 自评报告; *points* says which value the score statement shows first.

    An *official* paper is the one to be handed in: it ends with the place for seal and date, its score tables
    are in the grid of the forms, and what serves only the office (findings, numbers that agree) is left out.
    """
    return tuple(_ReportComposer(evaluation, points, locale, official).report())


class _ReportComposer:
    """One report in the making."""

    def __init__(self, evaluation: Evaluation, points: str, locale: str, official: bool) -> None:
        self.evaluation, self.points, self.locale, self.official = evaluation, points, locale, official
        self.case: Case = evaluation.case
        self.words: dict[str, str] = {section.title: section.text for section in self.case.sections}
        self.used: set[str] = set()
        self.tables = 0
        of_office = not self.case.framework or self.case.categories or self.words.keys() & _OFFICE
        self.project = not of_office and of_project(evaluation)

    def report(self) -> Iterator[Block]:
        case, locale = self.case, self.locale
        yield titles.title(case, locale, official=self.official, project=self.project)
        yield Heading(1, 1, say("基本情况", locale))
        yield from self._basics()
        yield Heading(1, 2, say("综合评价分析", locale))
        yield from self._analysis()
        yield Heading(1, 3, say("存在的主要问题", locale))
        yield from self._numbered([issue.text for issue in case.problems], "存在的主要问题")
        yield Heading(1, 4, say("下一步改进措施", locale))
        yield from self._numbered(
            case.measures or [issue.measure for issue in case.problems if issue.measure], "下一步改进措施"
        )
        for index, (own, blocks) in enumerate(titles.others(case, self.used), 5):
            yield Heading(1, index, own)
            yield from blocks
        yield from self._end()

    def _end(self) -> Iterator[Block]:
        made = annexes(self.evaluation, self.locale, official=self.official)
        if self.official:
            yield Annexes(tuple(name for name, _ in made))
            yield titles.signature(self.case, self.locale)
        for index, (name, blocks) in enumerate(made, 1):
            yield Annex(index if len(made) > 1 else 0, name)
            yield from blocks

    # -- 一、基本情况 ---------------------------------------------------------------------------

    def _basics(self) -> Iterator[Block]:
        locale, case = self.locale, self.case
        made = (self._profile(), case.goals, self._budget(case.budget), self._mechanism())
        for index, ((name, heading), texts) in enumerate(zip(self._headings(locale), made, strict=True), 1):
            yield Heading(2, index, heading)
            yield from self._own(name, texts)
            if index == 3:
                yield from self._table(funding.by_source(case.budget, self.tables + 1, locale, project=self.project))

    def _headings(self, locale: str) -> tuple[tuple[str, str], ...]:
        """The sections of the first part: as a case names them and as the paper does."""
        if self.project:
            return (
                ("项目概况", say("项目概况", locale)),
                ("项目绩效目标", say("项目绩效目标", locale)),
                ("项目资金情况", say("项目资金情况", locale)),
                ("项目管理情况", say("项目管理情况", locale)),
            )
        return (
            ("部门概况", say("部门概况", locale)),
            ("年度总体工作和重点工作任务", say("年度总体工作和重点工作任务", locale)),
            ("部门整体收支情况", say("部门整体收支情况", locale)),
            ("部门整体绩效管理情况", say("部门整体绩效管理情况", locale)),
        )

    def _own(self, title: str, made: tuple[str, ...]) -> Iterator[Block]:
        """The office's own words for a section, then what its records say, or one mark."""
        own = self._words(title)
        texts = (*(part for part in own.split("\n") if part.strip()), *made)
        if not texts:
            yield ToFill(translate(title, self.locale))
        for each in texts:
            yield Paragraph(self._sentence(each))

    def _words(self, title: str) -> str:
        """What the office wrote for a section, '' for nothing."""
        self.used.add(title)
        return self.words.get(title, "")

    def _sentence(self, words: str) -> str:
        """*words* with one full stop at the end."""
        words = words.strip()
        if words.endswith(("。", "！", "？", "：", "”", "…")):
            return words
        return say("{words}。", self.locale, words=words.rstrip(tasks.STOPS))

    def _profile(self) -> tuple[str, ...]:
        profile, locale, texts = self.case.profile, self.locale, []
        if profile is None:
            return ()
        if profile.subordinate:
            texts.append(
                say(
                    "下属单位{count}：{names}",
                    locale,
                    count=written(profile.subordinate_count, locale)
                    or say("{n}个", locale, n=len(profile.subordinate)),
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
                    "内设机构{count}：{names}",
                    locale,
                    count=written(profile.office_count, locale) or say("{n}个", locale, n=len(names)),
                    names=join(names, locale),
                )
            )
        return tuple(texts)

    def _budget(self, budget: Budget | None) -> tuple[str, ...]:
        if budget is None:
            return ()
        parts = [
            say("{what}{amount}", self.locale, what=what, amount=written(figure, self.locale))
            for what, figure in (
                (say("年初预算数", self.locale), budget.initial),
                (say("调整后预算数", self.locale), budget.adjusted),
                (say("全年预算数", self.locale), budget.whole_year),
                (say("全年执行数", self.locale), budget.spent),
                (say("执行率", self.locale), budget.rate),
            )
            if figure is not None
        ]
        return (say("，", self.locale).join(parts),) if parts else ()

    def _mechanism(self) -> tuple[str, ...]:
        mechanism, locale = self.case.mechanism, self.locale
        if mechanism is None:
            return ()
        stages = [
            say("预算编制有目标：{words}", locale, words=open_(mechanism.goals)) if mechanism.goals else "",
            say("预算执行有监控：{words}", locale, words=open_(mechanism.monitoring)) if mechanism.monitoring else "",
            say("预算完成有评价：{words}", locale, words=open_(mechanism.evaluation)) if mechanism.evaluation else "",
            say("评价结果有应用：{words}", locale, words=open_(mechanism.application)) if mechanism.application else "",
        ]
        line = say("；", locale).join(filter(None, stages))
        texts = [line] if line else []
        if mechanism.documents:
            named = join([say("《{name}》", locale, name=name.strip("《》")) for name in mechanism.documents], locale)
            texts.insert(0, say("依据：{documents}", locale, documents=named))
        return tuple(texts)

    # -- 二、综合评价分析 -------------------------------------------------------------------------

    def _analysis(self) -> Iterator[Block]:
        locale = self.locale
        yield Heading(2, 1, say("自评结论综述", locale))
        yield from (Paragraph(self._sentence(each)) for each in self._conclusion())
        yield from self._achieved() if self.project else self._done()

    def _done(self) -> Iterator[Block]:
        """An office's tasks, projects and results."""
        locale = self.locale
        yield Heading(2, 2, say("各项工作任务绩效目标完成情况分析", locale))
        yield from self._tasks()
        yield Heading(2, 3, say("各重点任务项目支出完成情况分析", locale))
        yield from self._projects()
        yield Heading(2, 4, say("主要工作成效", locale))
        yield from self._own("主要工作成效", self.case.achievements)

    def _achieved(self) -> Iterator[Block]:
        """A project's indicators, one paragraph a first-level one, and results."""
        locale = self.locale
        yield Heading(2, 2, say("绩效指标完成情况分析", locale))
        found = list(indicators.paragraphs(self.evaluation, locale))
        yield from self._own("绩效指标完成情况分析", ()) if not found or self._words("绩效指标完成情况分析") else ()
        for index, (name, text) in enumerate(found, 1):
            yield Heading(3, index, name)
            yield Paragraph(text)
        yield Heading(2, 3, say("主要工作成效", locale))
        yield from self._own("主要工作成效", self.case.achievements)

    def _conclusion(self) -> Iterator[str]:
        """The score statement: which value is which is always said."""
        locale, score = self.locale, self.evaluation.score
        order = (COMPUTED, STATED) if self.points == COMPUTED else (STATED, COMPUTED)
        for which in order:
            if which == COMPUTED:
                yield self._computed(score)
            elif score.stated is not None or any(part.stated is not None for part in score.parts):
                yield say("自报得分：{scores}", locale, scores=self._scores(score, STATED))
        if self.evaluation.grade:
            yield say("评价等级（按核算得分）：{grade}", locale, grade=word("grade", self.evaluation.grade, locale))
        yield from self._grades()

    def _grades(self) -> Iterator[str]:
        """The grades that the office and its reviewer give."""
        case, locale = self.case, self.locale
        if case.reviewed is None or not case.reviewed.grade:
            return
        if case.grade:
            yield say("自评等级：{grade}", locale, grade=word("grade", case.grade, locale))
        yield say("复核等级：{grade}", locale, grade=word("grade", case.reviewed.grade, locale))

    def _computed(self, score: Score) -> str:
        locale = self.locale
        if score.steps is None and earned_text(score, locale) == say("未定", locale):
            reason = open_(score.in_locale(locale)) or say("没有可核算的指标", locale)
            return say("核算得分：未定（{reason}）", locale, reason=reason)
        return say("核算得分：{scores}", locale, scores=self._scores(score, COMPUTED))

    def _scores(self, score: Score, which: str) -> str:
        whole = self._scored(score, say("总分", self.locale), which)
        parts = [self._scored(part, part.name, which) for part in score.parts]
        if not parts:
            return whole
        return say("{whole}，其中：{parts}", self.locale, whole=whole, parts=say("；", self.locale).join(parts))

    def _scored(self, score: Score, name: str, which: str) -> str:
        earned = earned_text(score, self.locale)
        if which == STATED:
            earned = score.stated.text.removesuffix("分") if score.stated is not None else ""
        if not earned:
            return self._unstated(score, name)
        if earned in ("—", say("未定", self.locale)):
            return say("{name}{points}分，未定", self.locale, name=name, points=number(score.points))
        return say("{name}{points}分，得{earned}分", self.locale, name=name, points=number(score.points), earned=earned)

    def _unstated(self, score: Score, name: str) -> str:
        """A level that states nothing itself: what stands below it adds up, or lacks some points, or states none."""
        locale, points, below = self.locale, number(score.points), [each for each in score.walk() if not each.parts]
        total, missing = added(score), sum(stated(each) is None for each in below)
        if total is not None:
            earned = number(total)
            return say("{name}{points}分，各项自报合计{earned}分", locale, name=name, points=points, earned=earned)
        if missing < len(below):
            return say("{name}{points}分，有{n}项指标没有填报得分", locale, name=name, points=points, n=missing)
        return say("{name}{points}分，没有填报得分", locale, name=name, points=points)

    def _tasks(self) -> Iterator[Block]:
        groups = {item.name: item for item in self.case.data}
        if not self.case.categories:
            yield from self._own("各项工作任务绩效目标完成情况分析", ())
        for index, category in enumerate(self.case.categories, 1):
            yield Heading(3, index, category.title)
            group = groups.get(category.title) or groups.get(category.key)
            own = self._words(category.title)
            made = "" if group is None or own else tasks.paragraph(category, group, self.case.year, self.locale)
            yield from self._own(category.title, (made,) if made else ())

    def _projects(self) -> Iterator[Block]:
        """One sentence a project, as the office states its funds; its points, stated and computed."""
        projects = self.case.projects
        if not projects:
            yield from self._own("各重点任务项目支出完成情况分析", ())
        for index, project in enumerate(projects, 1):
            funds = self._budget(project.budget)
            words = self._sentence(say("{name}{words}", self.locale, name=project.name, words="".join(funds)))
            yield Point(3, index, words) if len(projects) > 1 else Paragraph(words)
            evaluation = self.evaluation.of_project(project)
            if evaluation is not None:
                yield Paragraph(self._sentence(self._computed(evaluation.score)))
        yield from self._table(funding.by_project(projects, self.tables + 1, self.locale))

    def _table(self, table: Table | None) -> Iterator[Table]:
        """A table of the text, counted."""
        if table is not None:
            self.tables += 1
            yield table

    # -- 三、四 --------------------------------------------------------------------------------

    def _numbered(self, texts: Iterable[str], title: str) -> Iterator[Block]:
        own = [Paragraph(self._sentence(each)) for each in self._words(title).split("\n") if each.strip()]
        yield from own
        found = [self._sentence(each) for each in texts if each.strip()]
        if not found and not own:
            yield ToFill(translate(title, self.locale))
        for index, each in enumerate(found, 1):
            yield Point(2, index, each) if len(found) > 1 else Paragraph(each)
