"""得分的名称: the scores of a case with the name by which a finding calls each of them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval.results.evaluation import Evaluation
    from perfeval.results.score import Score

ROOT = "总分"


def named(evaluation: Evaluation) -> Iterator[tuple[str, Score]]:
    """Every score of the office's tree and of its projects', top down, with its name.

    That is the bare name where only one bears it, else the path, else the path behind the project's
    name; the office's whole is 总分, a project's whole its name.
    """
    scores = [(tree, score) for tree in (evaluation, *evaluation.projects) for score in tree.score.walk()]
    bare = Counter([score.name for _, score in scores])
    paths = Counter([score.path for _, score in scores])
    for tree, score in scores:
        if score is tree.score:
            yield score.name if tree.plan.of_project else ROOT, score
        elif bare[score.name] == 1:
            yield score.name, score
        elif paths[score.path] == 1 or not tree.plan.of_project:
            yield score.path, score
        else:
            yield f"{tree.score.name}/{score.path}", score


def things(evaluation: Evaluation) -> dict[str, Score]:
    """What each name means, the name of the whole too: for those who know only a name."""
    return {**dict(evaluation.named), evaluation.score.name: evaluation.score}
