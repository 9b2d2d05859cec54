"""审核规则·位置: the scores of a case with the name by which a finding calls each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from perfeval.locales.messages import say
from perfeval.quantities.quantity import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval.results.evaluation import Evaluation
    from perfeval.results.reproduction import Reproduction
    from perfeval.results.score import Score

ROOT = "总分"


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
