"""审核规则·名称: data items and 涉及 that name nothing, most often a slip of the pen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import fields

from perfeval.engine.checks.places import placed, trees
from perfeval.locales.suggestions import closest, suggest_all
from perfeval.model.case import CHANGES, Budget, Case, Mechanism, Profile
from perfeval.model.fields import OTHER, TERM
from perfeval.results.check import Found, check, found
from perfeval.results.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval.model.case import Item
    from perfeval.results.evaluation import Evaluation

SLIP = 0.7
"""From here on a name outside a category's own group is taken for a misspelling: one character of four."""


@check(
    "item-undeclared",
    title="数据项没有声明",
    severity=Severity.NOTE,
    sentence={
        "": "任务类别“{category}”没有声明数据项“{item}”{near}",
        "group": "案例选用的任务类别里没有“{item}”{near}",
        "data": "指标体系没有声明数据项“{item}”{near}",
    },
    basis="任务类别和指标体系声明的数据项才有勾稽关系可核对",
    advice="名称写错的请改正；确属另记的，写在任务类别以外的一组下",
)
def item_undeclared(evaluation: Evaluation) -> Iterator[Found]:
    """A data item that nobody declares, where it looks as if it should be declared.

    查什么
    ------
    任务类别自己的一组下，有没有它没有声明的数据项；别的组名、数据项名，是否与声明过而没有填的只差一两个字。

    为什么
    ------
    名称写错一个字，数就不参加任何核对，也不进报告，又没有别的迹象。

    反例
    ----
    疫情防控下写“第一真: 190959剂次”。

    正例
    ----
    写“第一针: 190959剂次”；与任务类别无关的数另起一组，如“其他: {走访: 3户}”。

    何时可豁免
    ----------
    类别暂无这个数据项，又要与类别写在一起。

    起始版本
    --------
    0.1
    """
    names = evaluation.plan.scope.names
    own = {name for tree in trees(evaluation) for name in tree.plan.scope.names.declared if "." not in name}
    given = set(evaluation.plan.scope.values)
    missing = [name for name in own if name not in given]
    for group in evaluation.case.data:
        title = names.titles.get(group.name, "")
        if title:
            declared = [name.partition(".")[2] for name in names.declared if name.startswith(f"{title}.")]
            for inside, item in _items(group):
                if inside in declared or inside in own or inside.rpartition(".")[2] in CHANGES:
                    continue
                left = [name for name in declared if f"{title}.{name}" not in given]
                alike = closest(inside, left) or closest(inside, declared)
                yield found(f"{title}.{inside}", item, about=item, category=title, item=inside, near=suggest_all(alike))
            continue
        alike = closest(group.name, names.titles, SLIP)
        if group.items and alike:
            yield found(group.name, group, about=group, variant="group", item=group.name, near=suggest_all(alike))
            continue
        for inside, item in _items(group):
            last = (inside or group.name).rpartition(".")[2]
            if last not in own and (alike := closest(last, missing, SLIP)):
                path = f"{group.name}.{inside}" if inside else group.name
                yield found(path, item, about=item, variant="data", item=last, near=suggest_all(alike))


def _items(group: Item) -> Iterator[tuple[str, Item]]:
    """Every item of a group that states something, by its name within the group; '' for the group itself."""
    for path, item in group.walk():
        if item.figures:
            yield path.partition(".")[2], item


@check(
    "about-unknown",
    title="涉及的名称不存在",
    severity=Severity.NOTE,
    sentence="“涉及”写的“{what}”不是案例里的指标、项目、资金、任务类别或数据项{near}",
    basis="问题要与指标的扣分相互印证，先要认得是哪一项",
    advice="写成案例里的名称",
)
def about_unknown(evaluation: Evaluation) -> Iterator[Found]:
    """A problem's 涉及 that names nothing in the case.

    查什么
    ------
    每条存在的问题所“涉及”的，是不是案例里有的名称：指标、项目、资金的各栏、任务类别、数据项、内设机构，或案例的一块（如绩效管理）。

    为什么
    ------
    名称对不上，就查不出这一项是否扣了分。

    反例
    ----
    涉及写“预算执行律”。

    正例
    ----
    涉及写“预算执行率”。

    何时可豁免
    ----------
    问题不涉及任何一项，只是说明。

    起始版本
    --------
    0.1
    """
    if not any(issue.about for issue in evaluation.case.problems):
        return
    known = set(_known(evaluation))
    for issue in evaluation.case.problems:
        for about in issue.about:
            if about not in known and "执行率" not in about and evaluation.plan.scope.find(about) is None:
                yield found(about, issue, about=issue, what=about, near=suggest_all(closest(about, sorted(known))))


def _known(evaluation: Evaluation) -> Iterator[str]:
    """Everything in the case that a problem can be about."""
    case = evaluation.case
    for of, score in placed(evaluation):
        yield from (of, score.path, score.name)
    yield from (project.name for project in case.projects)
    yield from evaluation.plan.scope.names.titles
    yield from (each.name for category in case.categories for each in category.indicators)
    for group in case.data:
        for path, item in group.walk():
            yield from (path, item.name)
    for record in (Case, Profile, Mechanism, Budget):
        for each in fields(record):
            if TERM in each.metadata:
                yield from (each.metadata[TERM], *each.metadata.get(OTHER, ()))
    if case.profile is not None:
        yield from case.profile.subordinate
        for office in case.profile.offices:
            yield from (office.name, office.also)
    yield from (section.title for section in case.sections)
