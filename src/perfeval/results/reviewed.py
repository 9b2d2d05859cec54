"""复核分: the reviewer's points beside the office's own, by the path of the node they are given to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfeval.errors import problem
from perfeval.locales.suggestions import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval.errors import Problem
    from perfeval.model.case import Row
    from perfeval.quantities.figure import Figure
    from perfeval.results.evaluation import Evaluation
    from perfeval.results.score import Score

ROOT = "总分"


def reviewed(evaluation: Evaluation) -> dict[str, Figure]:
    """复核分 as written, by path: from the rows' own column, else from the rows of the office's 复核.

    A row of 复核 goes by a path, or by a bare name that is unique; its 得分 is what the reviewer gives.
    """
    scores = tuple(evaluation.score.walk())
    found = {
        each.path: row.reviewed for each in scores if (row := each.of.row) is not None and row.reviewed is not None
    }
    for path, row in _rows(evaluation, scores):
        points = row.earned if row.earned is not None else row.reviewed
        if points is not None and path:
            found[path] = points
    return found


def unplaced(evaluation: Evaluation) -> Iterator[Problem]:
    """Rows of 复核 that no node bears the name of, or several do: nobody would see their points."""
    scores = tuple(evaluation.score.walk())
    for path, row in _rows(evaluation, scores):
        if not path:
            yield problem(
                "review-unplaced",
                "复核里的“{name}”不是一个指标：没有这个名称，或者不止一处；请写成指标行里的完整路径{near}",
                place=row.place,
                name=row.of,
                near=suggest(row.of, [each.path for each in scores[1:]]),
            )


def _rows(evaluation: Evaluation, scores: tuple[Score, ...]) -> Iterator[tuple[str, Row]]:
    """Each row of the office's 复核 with the path that it means; projects have none of their own."""
    review = evaluation.case.reviewed
    if review is not None and not evaluation.plan.of_project:
        for row in review.rows:
            yield _path(row.of.strip("/ "), evaluation, scores), row


def _path(of: str, evaluation: Evaluation, scores: tuple[Score, ...]) -> str:
    """The path that a row of 复核 means; nothing where none bears its name, or several do."""
    if of in ("", ROOT, evaluation.score.name):
        return evaluation.score.path
    exact = [each.path for each in scores if each.path == of] or [each.path for each in scores if each.name == of]
    return exact[0] if len(exact) == 1 else ""
