"""写出与文字: write and dump (an evaluation as a paper), text (any value in any locale)."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from perfeval.errors import OutputError, Place, problem
from perfeval.model.case import Case
from perfeval.model.category import Category
from perfeval.model.framework import Framework

if TYPE_CHECKING:
    from os import PathLike
    from pathlib import Path

    from perfeval.model.evaluation import Evaluation

FORMATS = (".md", ".json")
"""Endings of the papers that can be written."""


def dump(
    what: Evaluation | Case | Framework | Category, format: str, *, points: str = "stated", locale: str = "zh_Hans"
) -> bytes:
    """写成字节: the paper of an evaluation, or a case, framework or category as the file that reads back equal.

    The same value gives the same bytes. *format* is an ending: .md or .json for an evaluation, .yaml or
    .json for the rest. Raises OutputError for another.
    """
    if isinstance(what, (Case, Framework, Category)):
        return _source(what, format)
    return _paper(what, format, points, locale)


def _source(what: Case | Framework | Category, format: str) -> bytes:
    from perfeval.files.unstructure import dump as written

    match format.lower().lstrip("."):
        case "yaml" | "yml":
            return written(what, form="yaml", terms=True)
        case "json":
            return written(what, form="json", terms=True)
        case _:
            raise OutputError(
                problem(
                    "source-unknown",
                    "案例、指标体系和任务类别只写成 .yaml 或 .json，不会写“{format}”",
                    format=format,
                )
            )


def _paper(evaluation: Evaluation, format: str, points: str, locale: str) -> bytes:
    match format.lower().lstrip("."):
        case "md":
            from perfeval.papers.compose import compose
            from perfeval.papers.markdown import markdown

            return markdown(compose(evaluation, points=points, locale=locale), locale).encode()
        case "json":
            from perfeval.papers.jsonform import to_json

            return to_json(evaluation, locale).encode()
        case _:
            raise OutputError(
                problem(
                    "format-unknown",
                    "不会写“{format}”；文件名请以 {known} 结尾",
                    format=format,
                    known="、".join(FORMATS),
                )
            )


def write(
    what: Evaluation | Case | Framework | Category,
    path: str | PathLike[str],
    *,
    overwrite: bool = False,
    points: str = "stated",
    locale: str = "zh_Hans",
) -> Path:
    """写出: the paper (or the file of a case, framework or category) that the ending of *path* names, or nothing.

    An existing file is left alone without *overwrite*. Raises OutputError with the reason.
    """
    from perfeval.files.writing import write_whole

    name = PurePath(path)
    try:
        data = dump(what, name.suffix, points=points, locale=locale)
    except OutputError as error:
        raise OutputError(*(each.at(Place(source=str(path))) for each in error.problems)) from None
    return write_whole(path, data, overwrite=overwrite)
