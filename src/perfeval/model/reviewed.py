"""复核分: the reviewer's points beside the office's own, by the path of the node they are given to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from perfeval.model.evaluation import Evaluation, Score
    from perfeval.quantities.figure import Figure

ROOT = "总分"


def reviewed(evaluation: Evaluation) -> dict[str, Figure]:
    """复核分 as written, by path: from the rows' own column, else from the rows of the office's 复核.

    A row of 复核 goes by a path, or by a bare name that is unique; its 得分 is what the reviewer gives.
    """
    scores = tuple(evaluation.score.walk())
    found = {each.path: row.reviewed for each in scores if (row := each.of.row) is not None and row.reviewed is not None}
    review = evaluation.case.reviewed
    if review is None or not review.rows or evaluation.plan.of_project:
        return found
    for row in review.rows:
        points = row.earned if row.earned is not None else row.reviewed
        path = _path(row.of.strip("/ "), evaluation, scores)
        if points is not None and path:
            found[path] = points
    return found


def _path(of: str, evaluation: Evaluation, scores: tuple[Score, ...]) -> str:
    """The path that a row of 复核 means; nothing where none bears its name, or several do."""
    if of in ("", ROOT, evaluation.score.name):
        return evaluation.score.path
    exact = [each.path for each in scores if each.path == of] or [each.path for each in scores if each.name == of]
    return exact[0] if len(exact) == 1 else ""
