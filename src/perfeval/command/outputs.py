"""写出的文件: what ``-o`` names, and what a paper leaves to be written."""

from __future__ import annotations

import sys
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

import click

from perfeval.documents.text import on_disk, readable
from perfeval.errors import OutputError, Place, problem
from perfeval.locales.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from perfeval.results.evaluation import Evaluation

REPORTS = (".md", ".docx", ".pdf")
"""Endings of papers in which a mark can stand."""


def refuse_inputs(outputs: Sequence[str], inputs: Iterable[str | None]) -> None:
    """Raise OutputError where an output is a file that is read: even --force must not destroy the case itself."""
    read = [path for each in inputs if each and (path := on_disk(each)).is_file()]
    for output in outputs:
        path = on_disk(output)
        if path.is_file() and any(path.samefile(each) for each in read):
            raise OutputError(
                problem(
                    "output-is-input",
                    "写出的文件就是读入的文件，没有写；请换一个文件名",
                    place=Place(source=readable(output)),
                )
            )


def write_all(
    evaluation: Evaluation, outputs: Sequence[str], *, overwrite: bool, locale: str, quiet: bool, **how: Any
) -> None:
    """Write each file and say so, then list the marks 【待填写：…】 that stand in the reports."""
    for output in outputs:
        if output.lower().endswith(".pdf") and sys.stderr.isatty():
            click.echo(say("正在由 LibreOffice 写出 {path}，要几秒钟", locale, path=readable(output)), err=True)
        path, done = paper(evaluation, output, overwrite=overwrite, locale=locale, **how)
        if quiet:
            continue
        click.echo(say("已写出 {path}", locale, path=readable(str(path))))
        if done:
            click.echo(done)
        else:
            _marks(evaluation, PurePath(output).suffix.lower(), locale)


def paper(evaluation: Evaluation, output: str, *, overwrite: bool, locale: str, **how: Any) -> tuple[Path, str]:
    """Write one file; where it is, and for a copy of the office's workbook what was done to it."""
    if PurePath(output).suffix.lower() == ".xlsx" and not how.get("template") and _from_workbook(evaluation):
        from perfeval.papers.marked import workbook

        wanted = how.get("points", "stated")
        return workbook.write(evaluation, output, overwrite=overwrite, locale=locale, points=wanted)
    from perfeval.papers.output import write

    return write(evaluation, output, overwrite=overwrite, locale=locale, **how), ""


def _from_workbook(evaluation: Evaluation) -> bool:
    """Whether the case was read from a workbook that is there as a file: its copy is what an .xlsx is then."""
    place = evaluation.case.place
    return place is not None and bool(place.cell) and bool(place.source) and on_disk(place.source).is_file()


def _marks(evaluation: Evaluation, ending: str, locale: str) -> None:
    if ending not in REPORTS:
        return
    from perfeval.papers.blocks import gaps
    from perfeval.papers.report.compose import compose

    found = gaps(compose(evaluation, locale=locale, official=ending != ".md"), locale)
    if found:
        click.echo(say("  待填写{n}处：{what}", locale, n=len(found), what=found))
