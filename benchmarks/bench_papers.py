"""Papers: an evaluation composed and written, beside the bare calls that write the same paragraphs and cells."""

from __future__ import annotations

import io
from time import perf_counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LIMIT = 1.15
ROUNDS = 9
EXAMPLES = ("yongping-2021", "chuzuwu-2021")


def quickest(*runs: Callable[[], object]) -> list[float]:
    """The best of several rounds of each, timed in turn."""
    times: list[list[float]] = [[] for _ in runs]
    for _ in range(ROUNDS + 1):
        for own, run in zip(times, runs, strict=True):
            start = perf_counter()
            run()
            own.append(perf_counter() - start)
    return [min(own[1:]) for own in times]


def bare_docx(data: bytes) -> Callable[[], bytes]:
    """What writes the paragraphs and cells of a docx with python-docx and nothing else."""
    import docx

    body = docx.Document(io.BytesIO(data)).element.body
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

    def write() -> bytes:
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

    return write


def ratios() -> Iterator[tuple[str, float, float]]:
    """The report of each example as docx."""
    import perfeval as pe
    from perfeval.command.inputs import example

    for name in EXAMPLES:
        evaluation = pe.evaluate(pe.read(example(name)))

        def ours(evaluation: Any = evaluation) -> bytes:
            return pe.dump(evaluation, "docx")

        own, bare = quickest(ours, bare_docx(ours()))
        yield f"{name} as docx, over python-docx", own / bare, LIMIT
