"""还差多少: at which 完成值 one indicator earns full points, lifts the grade, or loses it.

Found by trying figures with the exact reading, halving the distance, on whole counts or on the digits that
the cell writes. Only where more (or, for ≤, less) never costs points can halving be trusted; that is tried
first, and said where it is not so.
"""

from __future__ import annotations

import itertools
from datetime import date
from math import ceil, floor
from typing import TYPE_CHECKING, NamedTuple, overload

from attrs import frozen

from perfeval.engine.planning.planner import plan
from perfeval.engine.scoring.points import score
from perfeval.errors import NotFoundError, Problem, problem, record_repr
from perfeval.formulas.build import names
from perfeval.locales.messages import say, translate
from perfeval.locales.words import word
from perfeval.model.funds import SPENT
from perfeval.model.target import By, Compared, TopRank
from perfeval.quantities.dates import Day
from perfeval.quantities.figure import Rank
from perfeval.quantities.notation import figure as figure_of
from perfeval.quantities.quantity import Quantity
from perfeval.results.because import band

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction

    from perfeval.quantities.figure import Figure
    from perfeval.results.evaluation import Evaluation
    from perfeval.results.score import Score

YEAR = 366
TRIES = 24
"""Figures tried between the worst and the best to see that points never turn."""


@frozen(repr=False)
class Gap:
    """还差多少: the figures of one indicator, all others as they are; None where this one alone cannot do it."""

    path: str
    now: Quantity | Figure
    full: Quantity | Figure | None
    """The figure from which it earns full points."""
    next_grade: str = ""
    lifts: Quantity | Figure | None = None
    """The figure from which the whole has the next grade."""
    grade: str = ""
    keeps: Quantity | Figure | None = None
    """The figure up to which the whole keeps its grade; None where no figure of this one loses it."""
    fewer: bool = False
    """Whether less is better (≤), a better rank or an earlier day."""
    what: str = "完成值"
    """What was tried: 完成值, or the amount that it comes from."""

    __repr__ = record_repr

    def in_locale(self, locale: str) -> str:
        """The figures as lines of *locale*."""
        what = translate(self.what, locale)
        lines = [say("{path}：现在{now}", locale, path=self.path, now=self.now)]
        if self.what != "完成值":
            lines = [say("{path}：{what}现在{now}", locale, path=self.path, what=what, now=self.now)]
        bound = say("不超过", locale) if self.fewer else say("达到", locale)
        if self.full is None:
            lines.append(say("  得满分：这一项不能单独做到", locale))
        else:
            lines.append(say("  得满分：{what}{bound}{value}", locale, what=what, bound=bound, value=self.full))
        above, own = (word("grade", each, locale) for each in (self.next_grade, self.grade))
        if self.next_grade and self.lifts is None:
            lines.append(say("  升为“{grade}”：只改这一项做不到", locale, grade=above))
        elif self.next_grade:
            found = say(
                "  升为“{grade}”：{what}{bound}{value}", locale, grade=above, what=what, bound=bound, value=self.lifts
            )
            lines.append(found)
        if self.grade and self.keeps is None:
            lines.append(say("  保住“{grade}”：这一项怎样都不影响", locale, grade=own))
        elif self.grade:
            found = say(
                "  保住“{grade}”：{what}{bound}{value}", locale, grade=own, what=what, bound=bound, value=self.keeps
            )
            lines.append(found)
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.in_locale("zh_Hans")


@frozen(repr=False)
class Gaps:
    """还差多少·总分: the points from the total to the next grade and down to the one below, and each indicator's figures."""

    now: Quantity | None
    grade: str = ""
    next_grade: str = ""
    lacks: Quantity | None = None
    """Points that the whole lacks to the next grade."""
    spare: Quantity | None = None
    """Points that the whole can lose and keep its grade."""
    parts: tuple[Gap | Problem, ...] = ()
    """Every indicator that has a 完成值."""

    __repr__ = record_repr

    def in_locale(self, locale: str) -> str:
        """The figures as lines of *locale*, the whole first."""
        now = say("未定", locale) if self.now is None else self.now
        lines = [say("总分：现在{now}", locale, now=now)]
        above, own = (word("grade", each, locale) for each in (self.next_grade, self.grade))
        if self.lacks is not None:
            lines.append(say("  升为“{grade}”：还差{points}", locale, grade=above, points=self.lacks))
        if self.spare is not None:
            lines.append(say("  保住“{grade}”：最多再失{points}", locale, grade=own, points=self.spare))
        return "\n".join([*lines, *dict.fromkeys(each.in_locale(locale) for each in self.parts)])

    def __str__(self) -> str:
        return self.in_locale("zh_Hans")


@overload
def what_it_takes(evaluation: Evaluation) -> Gaps: ...


@overload
def what_it_takes(evaluation: Evaluation, name: str) -> Gap | Problem: ...


def what_it_takes(evaluation: Evaluation, name: str | None = None) -> Gaps | Gap | Problem:
    """还差多少: what full points, the next grade and the present one take — of the indicator *name*, else of the whole.

    A number, a rank or a day that a row states is tried, all else as it is; of a 完成值 computed from
    全年执行数, that amount. Of one indicator a Gap; a Problem (无法判断) where it has none of these, or where
    points turn. Of the whole Gaps, each indicator's among them. Raises NotFoundError for a name that nothing
    bears.
    """
    return _whole(evaluation) if name is None else _one(evaluation, name)


def _whole(evaluation: Evaluation) -> Gaps:
    """还差多少 for the whole, and for each indicator with a 完成值 of its own."""
    score = evaluation.score
    lowest = [
        each for each in score.walk() if not each.parts and (each.actual is not None or each.of.computed is not None)
    ]
    parts = tuple(_one(evaluation, each.path) for each in lowest)
    total, points, framework = score.earned, score.points, evaluation.case.framework
    now = band(total, points, framework)
    if framework is None or total is None or points is None or not now:
        return Gaps(total, now, parts=parts)
    limits = {each.name: points * each.at_least.base / 100 for each in framework.grades}
    above = sorted((limit.base, name) for name, limit in limits.items() if limit.base > total.base)
    found = above[0][1] if above else ""
    lacks = limits[found] - total if found else None
    lowest_grade = min(limits.values(), key=lambda limit: limit.base)
    spare = total - limits[now] if limits[now].base > lowest_grade.base else None
    return Gaps(total, now, found, lacks, spare, parts)


def _one(evaluation: Evaluation, name: str) -> Gap | Problem:
    """还差多少 for the indicator *name* of the office's own tree."""
    found = evaluation[name]
    if found not in tuple(evaluation.score.walk()):
        raise NotFoundError(problem("reach-project", "“{name}”是项目的指标，请单独评价这个项目", name=name))
    scale = _scale(evaluation, found) if found.of.run is not None else None
    if scale is None and found.why_not is not None and not found.parts:
        return found.why_not  # no points, no method: the 完成值 is not what is amiss
    if scale is None:
        return problem("reach-no-number", "“{name}”的完成值不是指标行里写的一个数，无法试算", name=found.name)
    return _Trial(evaluation, found, scale).result()


class _Scale(NamedTuple):
    """What is tried, as whole numbers: where it stands, what it aims at, the ends, and how a number is written."""

    name: str
    what: str
    here: int
    aim: int
    worst: int
    best: int
    write: Callable[[int], str]
    made: Callable[[int], Quantity | Figure]


def _scale(evaluation: Evaluation, found: Score) -> _Scale | None:
    """The scale of one indicator; None where nothing on it is a single number, rank or day."""
    row, target, actual = found.of.row, found.of.target, found.of.actual
    if found.of.computed is not None:
        return _of_spent(evaluation, found)
    value = actual.value if actual is not None else None
    if row is None or actual is None:
        return None
    match target, value:
        case Compared(sign=sign, figure=figure), Quantity():
            aim = figure.quantity.base if figure.quantity is not None else value.base
            return _digits(row.of, "完成值", value, actual.step, aim, fewer=sign in ("≤", "<"))
        case TopRank(rank=rank), Rank(number=number, of=of):
            worst = max(4 * rank, 2 * number, 10)
            return _Scale(row.of, "完成值", number, rank, worst, 1, lambda k: f"{of}第{k}名", _figured(of))
        case By(day=date() as until), Day(last=date() as done):
            ends = max(until, done).toordinal() + YEAR, min(until, done).toordinal() - YEAR
            here, last = done.toordinal(), until.toordinal()
            return _Scale(row.of, "完成值", here, last, *ends, _day, lambda k: figure_of(_day(k)))
    return None


def _of_spent(evaluation: Evaluation, found: Score) -> _Scale | None:
    """全年执行数, where the 完成值 comes from it and from one budget."""
    spent = evaluation.case.budget.spent if evaluation.case.budget is not None else None
    rate = found.computed_actual
    formula = found.of.computed
    if formula is None or spent is None or spent.quantity is None or rate is None or SPENT not in names(formula):
        return None
    target = found.of.target
    if not isinstance(target, Compared) or target.figure.quantity is None or rate.base <= 0 or not rate.unit.rate:
        return None
    aim = target.figure.quantity.base * spent.quantity.base / rate.base
    return _digits(SPENT, SPENT, spent.quantity, spent.step, aim, fewer=target.sign in ("≤", "<"))


def _digits(name: str, what: str, now: Quantity, step: Fraction | None, aim: Fraction, *, fewer: bool) -> _Scale:
    """A number in steps of its last written digit, between 0 and well beyond its aim."""
    each = step or now.unit.factor
    here, wanted = floor(now.base / each), ceil(aim / each)
    far = max(4 * abs(wanted), 2 * abs(here), 10)

    def made(k: int) -> Quantity:
        return Quantity(k * each / now.unit.factor, now.unit)

    return _Scale(name, what, here, wanted, *((far, 0) if fewer else (0, far)), lambda k: str(made(k)), made)


def _day(k: int) -> str:
    day = date.fromordinal(k)
    return f"{day.year}年{day.month}月{day.day}日"


def _figured(of: str) -> Callable[[int], Figure]:
    return lambda k: figure_of(f"{of}第{k}名")


class _Trial:
    """One indicator tried out, all else as it is."""

    def __init__(self, evaluation: Evaluation, found: Score, scale: _Scale) -> None:
        self.evaluation, self.found, self.scale = evaluation, found, scale
        self.fewer = scale.best < scale.worst
        self.tried: dict[int, tuple[int, Quantity | None]] = {}

    def at(self, k: int) -> tuple[int, Quantity | None]:
        """Steps of the indicator and the total where *k* stands for what is tried."""
        if k not in self.tried:
            case = self.evaluation.case.change({self.scale.name: self.scale.write(k)})
            root = score(plan(case))
            node = next(each for each in root.walk() if each.path == self.found.path)
            self.tried[k] = node.low_steps, root.earned
        return self.tried[k]

    def result(self) -> Gap | Problem:
        worst, best, now_at = self.scale.worst, self.scale.best, self.scale.made(self.scale.here)
        ladder = [worst + (best - worst) * i // TRIES for i in range(TRIES + 1)]
        ladder = sorted({*ladder, self.scale.here, self.scale.aim}, reverse=self.fewer)
        points = [self.at(k)[0] for k in ladder]
        if any(b < a for a, b in itertools.pairwise(points)):
            return problem("reach-turns", "“{name}”的得分不是一直随完成值变好，无法用试算求出", name=self.found.name)
        most = int((self.found.points.base if self.found.points is not None else 0) * self.found.of.scale)
        full = self.first(worst, best, lambda k: self.at(k)[0] >= most)
        framework, total = self.evaluation.case.framework, self.evaluation.score.earned
        grades = [each.name for each in sorted(framework.grades, key=lambda g: g.at_least.base)] if framework else []
        now = band(total, self.evaluation.score.points, framework)
        if now not in grades or self.found.of.met_only:  # what it earns beyond the limit is nobody's guess
            return Gap(self.found.path, now_at, self._made(full), fewer=self.fewer, what=self.scale.what)
        above = grades[grades.index(now) + 1 :]
        keeps = self.first(worst, best, lambda k: self.grade(k) in (now, *above))
        lifts = self.first(worst, best, lambda k: self.grade(k) in above) if above else None
        return Gap(
            self.found.path,
            now_at,
            self._made(full),
            above[0] if above else "",
            self._made(lifts),
            now,
            None if keeps == worst else self._made(keeps),
            self.fewer,
            self.scale.what,
        )

    def grade(self, k: int) -> str:
        """The grade of the whole with *k* last digits."""
        return band(self.at(k)[1], self.evaluation.score.points, self.evaluation.case.framework)

    def _made(self, k: int | None) -> Quantity | Figure | None:
        return None if k is None else self.scale.made(k)

    def first(self, worst: int, best: int, holds: Callable[[int], bool]) -> int | None:
        """The figure nearest to *worst* at which *holds*; None where not even *best* does."""
        if not holds(best):
            return None
        if holds(worst):
            return worst
        while abs(best - worst) > 1:
            middle = (best + worst) // 2
            worst, best = (worst, middle) if holds(middle) else (middle, best)
        return best
