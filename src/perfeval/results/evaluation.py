"""评价结果: the score tree, the judgements and the findings — what evaluate returns."""

from __future__ import annotations

from enum import Enum
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from perfeval.errors import NotFoundError, Place, Problem, problem, record_repr
from perfeval.locales.suggestions import suggest
from perfeval.quantities.quantity import Quantity
from perfeval.results import because
from perfeval.results.reproduction import Reproduction

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from perfeval.formulas.nodes import Formula
    from perfeval.formulas.trace import Step
    from perfeval.model.plan import Node, Plan
    from perfeval.quantities.figure import Figure
    from perfeval.strategies.strategy import Basis


class Severity(Enum):
    """等级: 错误 is certain, 疑点 doubtful, 提示 a note, 无法判断 says that the material is ambiguous."""

    ERROR = "错误"
    DOUBT = "疑点"
    NOTE = "提示"
    UNDECIDED = "无法判断"

    def __str__(self) -> str:
        return self.value

    def in_locale(self, locale: str) -> str:
        """The severity's name in *locale*."""
        from perfeval.locales.messages import say

        match self:
            case Severity.ERROR:
                return say("错误", locale)
            case Severity.DOUBT:
                return say("疑点", locale)
            case Severity.NOTE:
                return say("提示", locale)
            case Severity.UNDECIDED:
                return say("无法判断", locale)

    @property
    def rank(self) -> int:
        """0 for 错误, 3 for 无法判断: the order in which findings are read."""
        return list(Severity).index(self)


@frozen(repr=False, eq=False, slots=False)
class Score:
    """得分: the points of one node, computed beside stated; the reason is built when asked for.

    ``steps`` are whole steps (hundredths of a 分 unless the framework says otherwise), None where the
    material does not decide; ``between`` then bounds them.
    """

    __repr__ = record_repr

    of: Node
    steps: int | None
    parts: tuple[Score, ...] = ()
    between: tuple[int, int] | None = None
    why_not: Problem | None = None
    before_steps: int | None = None
    """Points before this node's adjustments, where it has any."""
    reproduced_by: tuple[Reproduction, ...] = ()
    """Which rule, base and rounding give the stated value, where it differs from the computed."""

    @property
    def low_steps(self) -> int:
        """The least that it can be, in steps."""
        return self.steps if self.steps is not None else self.between[0] if self.between is not None else 0

    @property
    def high_steps(self) -> int:
        """The most that it can be, in steps."""
        return self.steps if self.steps is not None else self.between[1] if self.between is not None else 0

    @property
    def by(self) -> str:
        """核算 where rules gave it, 评定 where people judged it or a part of it."""
        if self.parts:
            return "评定" if any(part.by == "评定" for part in self.parts) else "核算"
        return "评定" if self.of.judge is not None else self.of.by

    @property
    def path(self) -> str:
        """The node's path."""
        return self.of.path

    @property
    def name(self) -> str:
        """The node's name."""
        return self.of.name

    @property
    def points(self) -> Quantity | None:
        """分值 of the node."""
        return self.of.points

    @property
    def actual(self) -> Figure | None:
        """完成值 as written."""
        return self.of.actual

    @property
    def stated(self) -> Figure | None:
        """自评得分 as the office states it."""
        return self.of.stated

    def _points(self, steps: int | None) -> Quantity | None:
        return None if steps is None else Quantity(Fraction(steps, self.of.scale), "分")

    @property
    def earned(self) -> Quantity | None:
        """得分 as computed, or None where it cannot be."""
        return self._points(self.steps)

    @property
    def low(self) -> Quantity | None:
        """The least that it can be."""
        return self._points(self.low_steps)

    @property
    def high(self) -> Quantity | None:
        """The most that it can be."""
        return self._points(self.high_steps)

    @property
    def lost(self) -> Quantity | None:
        """Points lost: 分值 − 得分, where both are known."""
        earned, points = self.earned, self.points
        return None if earned is None or points is None else points - earned

    @property
    def because(self) -> str:
        """说明: why the points are what they are, in one line of Chinese."""
        return because.because(self)

    def in_locale(self, locale: str) -> str:
        """The reason in *locale*."""
        return because.because(self, locale)

    @property
    def computed_actual(self) -> Quantity | None:
        """完成值 that a formula gives, exactly; None where the office writes it or data are missing."""
        return because.computed_actual(self.of)

    @property
    def trace(self) -> tuple[str, ...]:
        """依据与步骤: formula, inputs with their place, rounding and basis, as indented lines."""
        return self.trace_in("zh_Hans")

    @property
    def calculation(self) -> tuple[Step, ...]:
        """每一步: every step of the rule that was read, the whole first; empty where no rule was."""
        return because.calculation(self.of)

    def trace_in(self, locale: str, *, steps: bool = False) -> tuple[str, ...]:
        """The trace in *locale*; with *steps* every single step of the calculation too."""
        from perfeval.results.trace import trace

        return trace(self, locale, steps=steps)

    def walk(self) -> Iterator[Score]:
        """This score and all below it, top down."""
        waiting = [self]
        while waiting:
            score = waiting.pop()
            yield score
            if score.parts:
                waiting += score.parts[::-1]


@frozen(repr=False, eq=False)
class Judgement:
    """判断: what an agreement or a stated rate came to; ``holds`` is yes, no or unknown (无法判断).

    ``by_digits`` is own where the written digits of the numbers decide, finer where only the digits of
    finer figures beside them do. ``of`` is where the numbers stand: a data item, or a funds block (资金,
    a project's name).
    """

    __repr__ = record_repr

    name: str
    holds: str
    relation: Formula | None = None
    left: Any = None
    right: Any = None
    severity: Severity = Severity.ERROR
    by_digits: str = "own"
    places: tuple[Place, ...] = ()
    names: tuple[str, ...] = ()
    note: str = ""
    why_not: Problem | None = None
    printed_gap: bool = False
    """The printed numbers differ although their intervals meet."""
    category: str = ""
    basis: Basis | None = None
    whole: str = ""
    """The counted name that was solved for: no whole number of it fits where ``holds`` is no."""
    of: str = ""
    base: str = ""
    """For a stated 执行率: the budget that it is divided by; empty for an agreement."""
    reproduced_by: tuple[Reproduction, ...] = ()
    """For a stated 执行率 that does not hold: the other base or rounding that gives it."""
    given: tuple[tuple[str, Any], ...] = ()
    """What stands for ``names``, as written."""


@frozen(repr=False)
class Finding:
    """审核意见: one contradiction or gap — code, severity, where, given and computed value, rule.

    ``of`` is the path of what it is about; the sentence is made from template and values when asked.
    """

    __repr__ = record_repr

    code: str
    severity: Severity
    of: str
    template: str
    values: tuple[tuple[str, Any], ...] = ()
    given: Any = None
    computed: Any = None
    places: tuple[Place, ...] = field(default=(), eq=False)
    basis: str = ""
    advice: str = ""
    waived: str = ""
    """The reason of the waiver, where the case accepts this finding."""

    def in_locale(self, locale: str) -> str:
        """等级 + 位置：说明, one sentence in *locale*."""
        from perfeval.locales.messages import fill, say, translate

        sentence = fill(translate(self.template, locale), dict(self.values), locale)
        return say("{severity} {of}：{sentence}", locale, severity=self.severity, of=self.of, sentence=sentence)

    def sentence(self, locale: str = "zh_Hans") -> str:
        """说明 alone, without severity and place."""
        from perfeval.locales.messages import fill, translate

        return fill(translate(self.template, locale), dict(self.values), locale)

    def advice_in(self, locale: str = "zh_Hans") -> str:
        """建议: what to do about it, in *locale*."""
        from perfeval.locales.messages import translate

        return translate(self.advice, locale)

    def __str__(self) -> str:
        return self.in_locale("zh_Hans")


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
        from perfeval.results.names import named

        return tuple(named(self))

    @cached_property
    def reviewed(self) -> Mapping[str, Figure]:
        """复核分: the reviewer's points as written, by the path of the node; empty where nobody has reviewed."""
        from perfeval.results.reviewed import reviewed

        return reviewed(self)

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
        from perfeval.results.score_table import plain

        return plain(self, locale)

    def __str__(self) -> str:
        return self.in_locale("zh_Hans")

    def _repr_html_(self) -> str:
        from perfeval.results.score_table import html

        return html(self, "zh_Hans")
