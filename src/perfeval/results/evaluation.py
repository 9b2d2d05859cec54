"""评价结果: the score tree, the judgements and the findings — what evaluate returns."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from attrs import frozen

from perfeval.errors import NotFoundError, problem, record_repr
from perfeval.locales.suggestions import suggest
from perfeval.results import because
from perfeval.results.finding import Finding
from perfeval.results.judgement import Judgement
from perfeval.results.names import named
from perfeval.results.reviewed import reviewed
from perfeval.results.score import Score
from perfeval.results.score_table import html, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from perfeval.model.case import Project
    from perfeval.model.plan import Plan
    from perfeval.quantities.figure import Figure


@frozen(repr=False, eq=False, slots=False)
class Evaluation:
    """评价结果: case, plan, score, judgements and findings, with the versions that made it.

    ``evaluation[name]`` is the Score at a path, or of a bare name that is unique.
    """

    __repr__ = record_repr

    case: Any
    plan: Plan
    score: Score
    judgements: tuple[Judgement, ...] = ()
    findings: tuple[Finding, ...] = ()
    projects: tuple[Evaluation, ...] = ()
    made_by: tuple[tuple[str, str], ...] = ()

    @cached_property
    def named(self) -> tuple[tuple[str, Score], ...]:
        """Every score, the projects' too, top down, with the name by which a finding calls it: put together once."""
        return tuple(named(self))

    @cached_property
    def reviewed(self) -> Mapping[str, Figure]:
        """复核分: the reviewer's points as written, by the path of the node; empty where nobody has reviewed."""
        return reviewed(self)

    def of_project(self, project: Project | None) -> Evaluation | None:
        """The evaluation of one of the case's projects, this one for None; None where it has no rows and no framework."""
        if project is None:
            return self
        return next((each for each in self.projects if each.plan.project is project), None)

    def __getitem__(self, name: str) -> Score:
        scores = [score for part in (self, *self.projects) for score in part.score.walk()]
        exact = [score for score in scores if score.path == name]
        hits = exact or [score for score in scores if score.name == name]
        if len(hits) == 1:
            return hits[0]
        if hits:
            raise NotFoundError(
                problem(
                    "name-ambiguous",
                    "“{name}”不止一个，请写全路径：{paths}",
                    name=name,
                    paths=tuple(score.path for score in hits),
                )
            )
        raise NotFoundError(
            problem(
                "name-unknown",
                "没有名为“{name}”的指标{near}",
                name=name,
                near=suggest(name, [score.path for score in scores]),
            )
        )

    def stated(self, name: str) -> Figure | None:
        """写出的数: the data item *name* (疫情防控.接种剂数, or bare where it is unique) as written; None without it.

        A group goes by its category's title or key. NotFoundError with the nearest names for an item that the
        named category does not declare and the case does not state: it is misspelt, not missing.
        """
        scope = self.plan.scope
        group, dot, item = name.partition(".")
        group = scope.names.titles.get(group, group)
        whole = f"{group}.{item}" if dot else name
        full = scope.find(whole)
        if full is not None:
            return scope.values.get(full)
        if dot and group not in scope.names.titles:
            return None  # of a category that the case does not name
        raise NotFoundError(
            problem(
                "item-unknown",
                "没有声明过数据项“{name}”{near}",
                name=name,
                near=suggest(whole, [*scope.names.full, *scope.extra]),
            )
        )

    @property
    def grade(self) -> str:
        """评价等级: the band that holds the total, or 无法判断; empty where the framework has no bands."""
        return because.grade(self.score, self.case.framework)

    def in_locale(self, locale: str) -> str:
        """The score table as plain text of *locale*."""
        return plain(self, locale)

    def __str__(self) -> str:
        return self.in_locale("zh_Hans")

    def _repr_html_(self) -> str:
        return html(self, "zh_Hans")
