"""编排自评报告: Evaluation → blocks, from the case's own words and figures; no prose is invented.

The sections are those of a street office's report on its whole expenditure. A section without words
gets one visible mark. Which value stands — stated (自报) or computed (核算) — is always said.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from perfeval.locales import say
from perfeval.model.listing import earned_text, number, title
from perfeval.papers.appendix import appendix
from perfeval.papers.blocks import Block, Gap, Heading, Paragraph, Title
from perfeval.quantities.formatters import text
from perfeval.quantities.outline import heading, join

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from perfeval.model.case import Budget, Case
    from perfeval.model.category import Category
    from perfeval.model.evaluation import Evaluation, Score
    from perfeval.quantities.figure import Figure

STATED, COMPUTED = "stated", "computed"
_STOPS = "。；，、;,. \n"
"""Marks that a text may end with before it goes on or ends in a sentence of ours."""
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
        own = case.title or say("{office}{year}部门整体支出绩效自评报告", locale, office=case.office, year=year)
        yield Title(own)
        yield Heading(1, 1, say("基本情况", locale))
        yield from self._basics()
        yield Heading(1, 2, say("综合评价分析", locale))
        yield from self._analysis()
        problems, measures = say("存在的主要问题", locale), say("下一步改进措施", locale)
        yield Heading(1, 3, problems)
        yield from self._numbered([issue.text for issue in case.problems], problems)
        yield Heading(1, 4, measures)
        yield from self._numbered(
            case.measures or [issue.measure for issue in case.problems if issue.measure], measures
        )
        yield from appendix(self.evaluation, locale)

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
            yield Paragraph(self._sentence(each))

    def _sentence(self, words: str) -> str:
        """*words* with one full stop at the end."""
        words = words.strip()
        if words.endswith(("。", "！", "？", "：", "”", "…")):
            return words
        return say("{words}。", self.locale, words=words.rstrip(_STOPS))

    def _profile(self) -> tuple[str, ...]:
        profile, locale, texts = self.case.profile, self.locale, []
        if profile is None:
            return ()
        if profile.subordinate:
            texts.append(
                say(
                    "下属单位{count}：{names}",
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
                    "内设机构{count}：{names}",
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
        return (say("，", self.locale).join(parts),) if parts else ()

    def _mechanism(self) -> tuple[str, ...]:
        mechanism, locale = self.case.mechanism, self.locale
        if mechanism is None:
            return ()
        stages = [
            say("预算编制有目标：{words}", locale, words=_open(mechanism.goals)) if mechanism.goals else "",
            say("预算执行有监控：{words}", locale, words=_open(mechanism.monitoring)) if mechanism.monitoring else "",
            say("预算完成有评价：{words}", locale, words=_open(mechanism.evaluation)) if mechanism.evaluation else "",
            say("评价结果有应用：{words}", locale, words=_open(mechanism.application)) if mechanism.application else "",
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
        yield Heading(2, 2, say("各项工作任务绩效目标完成情况分析", locale))
        yield from self._tasks()
        yield Heading(2, 3, say("各重点任务项目支出完成情况分析", locale))
        yield from self._projects()
        yield Heading(2, 4, say("主要工作成效", locale))
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
            yield say("评价等级（按核算得分）：{grade}", locale, grade=self.evaluation.grade)

    def _computed(self, score: Score) -> str:
        locale = self.locale
        if score.steps is None and earned_text(score, locale) == say("未定", locale):
            reason = _open(score.in_locale(locale)) or say("没有可核算的指标", locale)
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
            return say("{name}{points}分，没有填报得分", self.locale, name=name, points=number(score.points))
        if earned in ("—", say("未定", self.locale)):
            return say("{name}{points}分，未定", self.locale, name=name, points=number(score.points))
        return say("{name}{points}分，得{earned}分", self.locale, name=name, points=number(score.points), earned=earned)

    def _tasks(self) -> Iterator[Block]:
        groups = {item.name: item for item in self.case.data}
        if not self.case.categories:
            yield from self._own("各项工作任务绩效目标完成情况分析", ())
        for index, category in enumerate(self.case.categories, 1):
            yield Heading(3, index, category.title)
            group = groups.get(category.title) or groups.get(category.key)
            yield from self._own(category.title, self._sentences(category, group))

    def _sentences(self, category: Category, group: Any) -> tuple[str, ...]:
        """一是 二是 三是: the category's sentences whose figures the case has, clause by clause, in one paragraph."""
        if group is None or self.words.get(category.title):
            return ()
        figures = {path.partition(".")[2]: item for path, item in group.walk() if item.figures}
        made = []
        for topic, sentence in category.wording:
            clauses = [clause for each in sentence.split("；") if (clause := self._clause(each, figures))]
            if clauses:
                made.append((topic, say("；", self.locale).join(clauses)))
        if len(made) == 1:
            return (say("{topic}：{words}。", self.locale, topic=made[0][0], words=made[0][1]),)
        return tuple(
            [
                "".join(
                    say("{ordinal}是{topic}：{words}。", self.locale, ordinal=_chinese(i), topic=topic, words=words)
                    for i, (topic, words) in enumerate(made, 1)
                )
            ]
            if made
            else []
        )

    def _clause(self, clause: str, figures: dict[str, Any]) -> str:
        """One clause with its figures, or nothing where the case lacks one of them."""
        wanted = _ITEM.findall(clause)
        if any(name not in figures for name in wanted):
            return ""
        return _open(_ITEM.sub(lambda match: _open(self._item(figures[match[1]])), clause))

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
        if figure.sign and not set(figure.text) & set("≥≤><=≧≦﹦"):
            written = figure.text.strip()  # 不少于2次 stays in words
        return written if not kind or written.startswith(kind) else kind + written

    def _projects(self) -> Iterator[Block]:
        """One sentence a project, as the office states its funds; its points, stated and computed."""
        projects = self.case.projects
        if not projects:
            yield from self._own("各重点任务项目支出完成情况分析", ())
        evaluations = {each.score.name: each for each in self.evaluation.projects}
        for index, project in enumerate(projects, 1):
            funds = self._budget(project.budget)
            words = self._sentence(say("{name}{words}", self.locale, name=project.name, words="".join(funds)))
            yield Paragraph(heading(3, index, words, self.locale) if len(projects) > 1 else words)
            evaluation = evaluations.get(project.name) or next(
                (each for each in self.evaluation.projects if title(each) == project.name), None
            )
            if evaluation is not None:
                yield Paragraph(self._sentence(self._computed(evaluation.score)))

    # -- 三、四 --------------------------------------------------------------------------------

    def _numbered(self, texts: Iterable[str], what: str) -> Iterator[Block]:
        found = [each for each in texts if each.strip()]
        if not found:
            yield Gap(what)
        for index, each in enumerate(found, 1):
            yield Paragraph(
                heading(2, index, self._sentence(each), self.locale) if len(found) > 1 else self._sentence(each)
            )


def _open(words: str) -> str:
    """*words* without the mark at their end, to go on in our own sentence."""
    return words.strip().rstrip(_STOPS)


def _chinese(n: int) -> str:
    from perfeval.quantities.digits import numeral

    return numeral(n)
