"""还差多少: at which 完成值 one indicator earns full points, lifts the grade, or loses it.

Found by trying figures with the exact reading, halving the distance, on whole counts or on the digits that
the cell writes. Only where more (or, for ≤, less) never costs points can halving be trusted; that is tried
first, and said where it is not so.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from attrs import frozen

from perfeval.errors import NotFoundError, Problem, problem
from perfeval.locales import say
from perfeval.model.reasons import band
from perfeval.model.target import Compared
from perfeval.planning import plan
from perfeval.quantities.quantity import Quantity
from perfeval.records import shown
from perfeval.scoring import score

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction

    from perfeval.model.evaluation import Evaluation, Score

TRIES = 24
"""Figures tried between the worst and the best to see that points never turn."""


@frozen(repr=False)
class Reach:
    """还差多少: the figures of one indicator, all others as they are; None where this one alone cannot do it."""

    path: str
    now: Quantity
    full: Quantity | None
    """The figure from which it earns full points."""
    next_grade: str = ""
    lifts: Quantity | None = None
    """The figure from which the whole has the next grade."""
    grade: str = ""
    keeps: Quantity | None = None
    """The figure up to which the whole keeps its grade; None where no figure of this one loses it."""
    fewer: bool = False
    """Whether less is better (≤)."""

    __repr__ = shown

    def in_locale(self, locale: str) -> str:
        """The figures as lines of *locale*."""
        lines = [say("{path}：现在{now}", locale, path=self.path, now=self.now)]
        bound = say("不超过", locale) if self.fewer else say("达到", locale)
        if self.full is None:
            lines.append(say("  得满分：这一项的完成值不能单独做到", locale))
        else:
            lines.append(say("  得满分：完成值{bound}{value}", locale, bound=bound, value=self.full))
        if self.next_grade and self.lifts is None:
            lines.append(say("  升为“{grade}”：只改这一项做不到", locale, grade=self.next_grade))
        elif self.next_grade:
            lines.append(say("  升为“{grade}”：完成值{bound}{value}", locale, grade=self.next_grade, bound=bound, value=self.lifts))
        if self.grade and self.keeps is None:
            lines.append(say("  保住“{grade}”：这一项怎样都不影响", locale, grade=self.grade))
        elif self.grade:
            lines.append(say("  保住“{grade}”：完成值{bound}{value}", locale, grade=self.grade, bound=bound, value=self.keeps))
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.in_locale("zh_Hans")


def reach(evaluation: Evaluation, name: str) -> Reach | Problem:
    """还差多少 for the indicator *name* of the office's own tree.

    A Problem (无法判断) where its 完成值 is no single number that a row states, or where points turn.
    NotFoundError for a name that nothing bears.
    """
    found = evaluation[name]
    if found not in tuple(evaluation.score.walk()):
        raise NotFoundError(problem("reach-project", "“{name}”是项目的指标，请单独评价这个项目", name=name))
    actual, target = found.of.actual, found.of.target
    quantity = actual.quantity if actual is not None else None
    if quantity is None or actual is None or found.of.run is None or not isinstance(target, Compared) or found.of.computed:
        return problem("reach-no-number", "“{name}”的完成值不是指标行里写的一个数，无法试算", name=found.name)
    fewer = target.sign in ("≤", "<")
    return _Trial(evaluation, found, quantity, actual.step or quantity.unit.factor, fewer=fewer).result()


class _Trial:
    """One indicator tried out, all else as it is; figures are whole numbers of the last written digit."""

    def __init__(self, evaluation: Evaluation, found: Score, now: Quantity, step: Fraction, *, fewer: bool) -> None:
        self.evaluation, self.found, self.now, self.step, self.fewer = evaluation, found, now, step, fewer
        aim = found.of.target.figure.quantity  # type: ignore[union-attr]  # reach looked
        self.here = int(now.base / step)
        self.aim = -int(-(aim.base / step) // 1) if aim is not None else self.here
        self.far = max(4 * abs(self.aim), 2 * abs(self.here), 10)
        self.tried: dict[int, tuple[int, Quantity | None]] = {}

    def quantity(self, k: int) -> Quantity:
        """The figure of *k* last digits."""
        return Quantity(k * self.step / self.now.unit.factor, self.now.unit)

    def at(self, k: int) -> tuple[int, Quantity | None]:
        """Steps of the indicator and the total with *k* last digits as its 完成值."""
        if k not in self.tried:
            case = self.evaluation.case.change({self.found.path: str(self.quantity(k))})
            root = score(plan(case))
            node = next(each for each in root.walk() if each.path == self.found.path)
            self.tried[k] = node.low_steps, root.earned
        return self.tried[k]

    def result(self) -> Reach | Problem:
        worst, best = (self.far, 0) if self.fewer else (0, self.far)
        ladder = [worst + (best - worst) * i // TRIES for i in range(TRIES + 1)]
        ladder = sorted({*ladder, self.here, self.aim}, reverse=self.fewer)
        points = [self.at(k)[0] for k in ladder]
        if any(b < a for a, b in itertools.pairwise(points)):
            return problem("reach-turns", "“{name}”的得分不是一直随完成值变好，无法用试算求出", name=self.found.name)
        most = int((self.found.points.base if self.found.points is not None else 0) * self.found.of.scale)
        full = self.first(worst, best, lambda k: self.at(k)[0] >= most)
        framework, total = self.evaluation.case.framework, self.evaluation.score.earned
        grades = [each.name for each in sorted(framework.grades, key=lambda g: g.at_least.base)] if framework else []
        now = band(total, self.evaluation.score.points, framework)
        if now not in grades:
            return Reach(self.found.path, self.now, self._made(full), fewer=self.fewer)
        above = grades[grades.index(now) + 1 :]
        keeps = self.first(worst, best, lambda k: self.grade(k) in (now, *above))
        lifts = self.first(worst, best, lambda k: self.grade(k) in above) if above else None
        return Reach(
            self.found.path,
            self.now,
            self._made(full),
            above[0] if above else "",
            self._made(lifts),
            now,
            None if keeps == worst else self._made(keeps),
            self.fewer,
        )

    def grade(self, k: int) -> str:
        """The grade of the whole with *k* last digits."""
        return band(self.at(k)[1], self.evaluation.score.points, self.evaluation.case.framework)

    def _made(self, k: int | None) -> Quantity | None:
        return None if k is None else self.quantity(k)

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
