"""审核规则·位置: the scores of a case with the name by which a finding calls each of them."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, TypeVar
from weakref import WeakKeyDictionary

from attrs import frozen

from perfeval.locales.messages import say
from perfeval.quantities.quantity import Quantity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from perfeval.results.evaluation import Evaluation
    from perfeval.results.reproduction import Reproduction
    from perfeval.results.score import Score

ROOT = "总分"
EXECUTION = "执行率"
"""What names the execution of the budget, whose reason may stand beside the funds."""


def trees(evaluation: Evaluation) -> tuple[Evaluation, ...]:
    """The office's evaluation, then each project's."""
    return (evaluation, *evaluation.projects)


def part_of_year(tree: Evaluation) -> bool:
    """Whether the funds of the office, or of the project that *tree* is of, are counted to a month of the year."""
    budget = (tree.plan.project or tree.case).budget
    return budget is not None and budget.part_of_year


def placed(evaluation: Evaluation) -> Iterator[tuple[str, Score]]:
    """Every score of the office's tree and of its projects', top down, with its name."""
    return iter(evaluation.named)


def stated(score: Score) -> Quantity | None:
    """The stated points as a quantity in 分, or None."""
    return score.stated.quantity if score.stated is not None else None


Result = TypeVar("Result")


def once(function: Callable[[Evaluation], Result]) -> Callable[[Evaluation], Result]:
    """What several checks ask of one evaluation, found out once; forgotten with the evaluation."""
    known: WeakKeyDictionary[Evaluation, Result] = WeakKeyDictionary()

    @wraps(function)
    def asked(evaluation: Evaluation) -> Result:
        try:
            return known[evaluation]
        except KeyError:
            result = known[evaluation] = function(evaluation)
            return result

    return asked


@once
def with_reason(evaluation: Evaluation) -> frozenset[Score]:
    """The scores for which a reason stands: in their row, in that of a level above, beside the funds, in a problem."""
    about = {name for issue in evaluation.case.problems for name in issue.about}
    of = {id(score): name for name, score in evaluation.named} if about else {}
    told: set[Score] = set()
    for tree in trees(evaluation):
        budget = (tree.plan.project or tree.case).budget
        beside_funds = budget is not None and bool(budget.reason.strip())
        above: set[str] = set()
        for score in tree.score.walk():
            row = score.of.row
            if (
                (row is not None and row.reason.strip())
                or (above and ("" in above or score.path.rpartition("/")[0] in above))
                or (beside_funds and EXECUTION in score.name)
                or (about and not about.isdisjoint((of[id(score)], score.path, score.name)))
            ):
                told.add(score)
                above.add("" if score is tree.score else score.path)
    return frozenset(told)


def added(score: Score) -> Quantity | None:
    """What the stated points below *score* add up to; None where one is not stated or counted apart.

    A level that states nothing itself is what stands below it.
    """
    total = Quantity(0, "分")
    for part in score.parts:
        given = stated(part)
        if given is None and part.parts and not part.of.then:
            given = added(part)
        if given is None or part.of.not_applicable:
            return None
        total = total + given
    return total if score.parts else None


@frozen
class Ways:
    """算法: the ways in which a stated value may have come about: 按“正向”计或舍去到整分."""

    those: tuple[Reproduction, ...]

    def in_locale(self, locale: str) -> str:
        """The ways in words of *locale*, the first two of them."""
        said = [way.phrase(locale) for way in self.those[:2]]
        return say("{way}或{other}", locale, way=said[0], other=said[1]) if len(said) == 2 else "".join(said)
