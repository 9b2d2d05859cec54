"""Papers: an evaluation written, beside the bare calls of the libraries that write the same cells and paragraphs.

Each bare side writes what ours had written: the same xlsxwriter calls replayed, the same paragraphs and cells
through python-docx, the same texts through jinja2 into a page of the same size, bytes for bytes.
"""

from __future__ import annotations

import io
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LIMIT = 1.15
ROUNDS = 9
EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
NAMES = ("yongping-2021", "chuzuwu-2021")
FORMATS = ("xlsx", "docx", "html")


def quickest(*runs: Callable[[], object]) -> list[float]:
    """The best of several rounds of each, timed in turn."""
    times: list[list[float]] = [[] for _ in runs]
    for _ in range(ROUNDS + 1):
        for own, run in zip(times, runs, strict=True):
            start = perf_counter()
            run()
            own.append(perf_counter() - start)
    return [min(own[1:]) for own in times]


# -- xlsx ----------------------------------------------------------------------------------------


class Recorded:
    """A workbook, worksheet or format of xlsxwriter that keeps what it is asked for."""

    def __init__(self, calls: list[Any], real: Any) -> None:
        self.calls, self.real = calls, real

    def __getattr__(self, name: str) -> Any:
        method = getattr(self.real, name)

        def call(*words: Any, **more: Any) -> Any:
            bare = [each.real if isinstance(each, Recorded) else each for each in words]
            result = method(*bare, **more)
            made = Recorded(self.calls, result) if name in ("add_worksheet", "add_format") else result
            self.calls.append((self, name, words, more, made))
            return made

        return call


def bare_xlsx(write: Callable[[], bytes]) -> Callable[[], bytes]:
    """What makes the same calls of xlsxwriter as *write*, and does nothing else."""
    import xlsxwriter

    calls: list[Any] = []
    real = xlsxwriter.Workbook
    begun: list[Any] = []

    def recording(out: Any, options: Any = None) -> Recorded:
        begun.append((options, Recorded(calls, real(out, options))))
        return begun[-1][1]

    xlsxwriter.Workbook = recording
    try:
        data = write()
    finally:
        xlsxwriter.Workbook = real
    ((options, root),) = begun

    def again() -> bytes:
        out = io.BytesIO()
        known: dict[int, Any] = {id(root): real(out, options)}
        for target, name, words, more, made in calls:
            bare = [known[id(each)] if isinstance(each, Recorded) else each for each in words]
            result = getattr(known[id(target)], name)(*bare, **more)
            if isinstance(made, Recorded):
                known[id(made)] = result
        return out.getvalue()

    assert again() == data
    return again


# -- docx ----------------------------------------------------------------------------------------


def bare_docx(write: Callable[[], bytes]) -> Callable[[], bytes]:
    """What writes the paragraphs and cells of a docx with python-docx and nothing else."""
    import docx

    body = docx.Document(io.BytesIO(write())).element.body
    content: list[Any] = []
    for element in body:
        if element.tag.endswith("}p"):
            content.append("".join(node.text or "" for node in element.iter() if node.tag.endswith("}t")))
        elif element.tag.endswith("}tbl"):
            rows = [
                ["".join(node.text or "" for node in cell.iter() if node.tag.endswith("}t")) for cell in row.tc_lst]
                for row in element.tr_lst
            ]
            content.append(rows)

    def again() -> bytes:
        document = docx.Document()
        for each in content:
            if isinstance(each, str):
                document.add_paragraph(each)
                continue
            table = document.add_table(rows=0, cols=max(map(len, each)))
            for texts in each:
                for cell, text in zip(table.add_row().cells, texts):
                    cell.text = text
        stream = io.BytesIO()
        document.save(stream)
        return stream.getvalue()

    return again


# -- html ----------------------------------------------------------------------------------------


def bare_html(write: Callable[[], bytes]) -> Callable[[], bytes]:
    """The same template and values through an environment of jinja2 with its own defaults, and nothing else."""
    import jinja2

    from perfeval.papers.page import evaluation as page, html

    given: list[Any] = []

    def recording(template: str, locale: str, **values: Any) -> bytes:
        given.append((template, values))
        return real(template, locale, **values)

    real = page.rendered
    page.rendered = recording
    try:
        data = write()
    finally:
        page.rendered = real
    ((name, values),) = given
    bare = jinja2.Environment(
        loader=jinja2.FunctionLoader(html.file), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    values = {**values, "lang": "zh-Hans", "css": html.file("page.css"), "digest": html.digest()}

    def again() -> bytes:
        return bare.get_template(name).render(values).encode()

    assert again() == data
    return again


BARE = {"xlsx": bare_xlsx, "docx": bare_docx, "html": bare_html}


def ratios() -> Iterator[tuple[str, float, float]]:
    """The papers of each example together, then each kind by itself as far as it has a limit of its own."""
    import perfeval as pe

    for name in NAMES:
        evaluation = pe.evaluate(pe.read(EXAMPLES / name / "case.yaml"))
        ours, theirs = 0.0, 0.0
        for form in FORMATS:

            def write(evaluation: Any = evaluation, form: str = form) -> bytes:
                return pe.dump(evaluation, form)

            own, bare = quickest(write, BARE[form](write))
            print(f"       {own / bare:8.3f} {form}: {own * 1000:.1f} ms, bare {bare * 1000:.1f} ms", flush=True)
            ours, theirs = ours + own, theirs + bare
        yield f"{name} as xlsx, docx and html, over xlsxwriter, python-docx and jinja2", ours / theirs, LIMIT
