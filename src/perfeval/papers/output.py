"""写出与文字: write and dump (an evaluation as a paper), text (any value in any locale)."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from perfeval.errors import OutputError, Place, problem

if TYPE_CHECKING:
    from os import PathLike
    from pathlib import Path

    from perfeval.model.evaluation import Evaluation

FORMATS = (".md", ".json")
"""Endings of the papers that can be written."""


def dump(evaluation: Evaluation, format: str, *, points: str = "stated", locale: str = "zh_Hans") -> bytes:
    """The paper as bytes; the same evaluation gives the same bytes. *format* is an ending (.md, .json)."""
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
    evaluation: Evaluation,
    path: str | PathLike[str],
    *,
    overwrite: bool = False,
    points: str = "stated",
    locale: str = "zh_Hans",
) -> Path:
    """Write the paper that the ending of *path* names, whole or not at all.

    An existing file is left alone without *overwrite*. Raises OutputError with the reason.
    """
    from perfeval.files.writing import write_whole

    name = PurePath(path)
    try:
        data = dump(evaluation, name.suffix, points=points, locale=locale)
    except OutputError as error:
        raise OutputError(*(each.at(Place(source=str(path))) for each in error.problems)) from None
    return write_whole(path, data, overwrite=overwrite)
