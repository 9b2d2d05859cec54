"""写出与文字: write and dump (an evaluation as a paper), text (any value in any locale)."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from perfeval.errors import NotFoundError, OutputError, Place, known_locale, problem
from perfeval.model.case import Case
from perfeval.model.category import Category
from perfeval.model.framework import Framework

if TYPE_CHECKING:
    from collections.abc import Iterable
    from os import PathLike
    from pathlib import Path

    from perfeval.results.evaluation import Evaluation

FORMATS = (".xlsx", ".md", ".docx", ".pdf", ".html", ".json")
"""Endings of the papers that can be written."""


def dump(
    what: Evaluation | Case | Framework | Category,
    format: str,
    *,
    points: str = "stated",
    locale: str = "zh_Hans",
    template: str | PathLike[str] | bytes | None = None,
    layout: Iterable[str] = (),
) -> bytes:
    """写成字节: the paper of an evaluation, or a case, framework or category as the file that reads back equal.

    The same value gives the same bytes. *format* is an ending: .xlsx, .md, .docx, .pdf, .html or .json for an
    evaluation, .yaml or .json for the rest; a case as .xlsx is the workbook in which it is filled in (填报工作簿).
    For an evaluation as .xlsx *template* is the name of a form (项目支出绩效自评表) or a file with one; as .docx or
    .pdf a docx of the office's own, as a path or bytes (a form is none of its affair), and *layout* what the office
    chooses: bold (二、三级标题加粗), times (digits in Times New Roman).
    Raises OutputError for another format, and for a template that cannot be used.
    """
    known_locale(locale)
    if isinstance(what, (Case, Framework, Category)):
        return _source(what, format)
    return _paper(what, format, points, locale, template, layout)


def _source(what: Case | Framework | Category, format: str) -> bytes:
    from perfeval.conversion.dumping import dump as written

    match format.lower().lstrip("."):
        case "yaml" | "yml":
            return written(what, form="yaml", terms=True)
        case "json":
            return written(what, form="json", terms=True)
        case "xlsx" if isinstance(what, Case):
            from perfeval.reading.fill_in.template import to_xlsx

            return to_xlsx(what)
        case _:
            raise OutputError(
                problem(
                    "source-unknown",
                    "案例写成 .yaml、.json 或 .xlsx，指标体系和任务类别写成 .yaml 或 .json，不会写“{format}”",
                    format=format,
                )
            )


def _paper(
    evaluation: Evaluation,
    format: str,
    points: str,
    locale: str,
    template: str | PathLike[str] | bytes | None,
    layout: Iterable[str],
) -> bytes:
    match format.lower().lstrip("."):
        case "xlsx":
            from perfeval.papers.table.workbook import to_xlsx

            return to_xlsx(evaluation, points=points, locale=locale, form=None if _is_docx(template) else template)
        case "md":
            from perfeval.papers.report.compose import compose
            from perfeval.papers.report.markdown import markdown

            return markdown(compose(evaluation, points=points, locale=locale), locale).encode()
        case "docx":
            return _docx(evaluation, points, locale, template, layout)
        case "pdf":
            from perfeval.papers.docx.pdf import to_pdf

            return to_pdf(_docx(evaluation, points, locale, template, layout))
        case "html" | "htm":
            from perfeval.papers.page.evaluation import to_html

            return to_html(evaluation, points=points, locale=locale)
        case "json":
            from perfeval.papers.data.serializer import EVALUATION, to_json

            return to_json(EVALUATION, evaluation, locale).encode()
        case _:
            raise OutputError(
                problem(
                    "format-unknown",
                    "不会写“{format}”；文件名请以 {known} 结尾",
                    format=format,
                    known=tuple(FORMATS),
                )
            )


def _is_docx(template: str | PathLike[str] | bytes | None) -> bool:
    """Whether a template is meant for the report beside the table, and names no form."""
    if isinstance(template, bytes):
        return template.startswith(b"PK")
    return template is not None and str(template).lower().endswith(".docx")


def _is_form(evaluation: Evaluation, template: str | PathLike[str]) -> bool:
    """Whether a template is a form, meant for the table beside the report."""
    from perfeval.papers.table.form import chosen

    if _is_docx(template):
        return False
    try:
        chosen(evaluation, template)
    except NotFoundError:
        return False
    return True


def _docx(
    evaluation: Evaluation,
    points: str,
    locale: str,
    template: str | PathLike[str] | bytes | None,
    layout: Iterable[str],
) -> bytes:
    from perfeval.papers.docx import gongwen
    from perfeval.papers.docx.paper import to_docx
    from perfeval.papers.report.compose import compose

    if template is not None and not isinstance(template, bytes):
        from perfeval.papers.docx.parts import read_template

        template = None if _is_form(evaluation, template) else read_template(template)
    case = evaluation.case
    return to_docx(
        compose(evaluation, points=points, locale=locale, official=True),
        locale=locale,
        layout=gongwen.layout(layout),
        template=template,
        author=case.office,
        year=case.year,
    )


def write(
    what: Evaluation | Case | Framework | Category,
    path: str | PathLike[str],
    *,
    overwrite: bool = False,
    points: str = "stated",
    locale: str = "zh_Hans",
    template: str | PathLike[str] | bytes | None = None,
    layout: Iterable[str] = (),
) -> Path:
    """写出: the paper (or the file of a case, framework or category) that the ending of *path* names, or nothing.

    An existing file is left alone without *overwrite*; *template* and *layout* as for :func:`dump`.
    Raises OutputError with the reason.
    """
    from perfeval.documents.writing import write_whole

    name = PurePath(path)
    try:
        data = dump(what, name.suffix, points=points, locale=locale, template=template, layout=layout)
    except OutputError as error:
        raise OutputError(*(each.at(Place(source=str(path))) for each in error.problems)) from None
    return write_whole(path, data, overwrite=overwrite)
