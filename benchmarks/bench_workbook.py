"""Workbooks: reading one beside openpyxl's own reading of it, and a thousand of them on one process and on two.

The workbooks are those of the tests, made by script in the layouts of real forms (示例数据).
"""

from __future__ import annotations

import io
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "files"))
LAYOUTS = ("national", "sichuan", "hubei", "chongqing", "yunnan", "transfer", "whole_office", "several")
MANY = 1000
ROUNDS = 9
TURNS = 3  # one and two in turn, the best of each: other work on the machine weighs on both


def quickest(*runs: Callable[[], object]) -> Iterator[float]:
    """The best of several rounds of each, timed in turn."""
    times: list[list[float]] = [[] for _ in runs]
    for _ in range(ROUNDS + 1):
        for own, run in zip(times, runs, strict=True):
            start = perf_counter()
            run()
            own.append(perf_counter() - start)
    return (min(own[1:]) for own in times)


def points(data: bytes) -> str:
    """Read and evaluate one workbook; its findings are counted, nothing of it is kept."""
    import perfeval as pe

    return str(len(pe.evaluate(pe.read(data)).findings))


def seconds(processes: int, books: list[bytes]) -> float:
    """All of MANY workbooks through so many processes, started beforehand."""
    from bench_workbook import points as job  # by the name under which the processes find it

    with ProcessPoolExecutor(processes) as pool:
        for _ in pool.map(job, books * processes * 2):  # each process has started and read one of every layout
            pass
        start = perf_counter()
        done = sum(1 for _ in pool.map(job, (books[at % len(books)] for at in range(MANY)), chunksize=10))
        taken = perf_counter() - start
    assert done == MANY
    return taken


def ratios() -> Iterable[tuple[str, float, float]]:
    """One workbook of each layout, then a thousand."""
    import making
    import openpyxl

    import perfeval as pe

    books = [getattr(making, layout)() for layout in LAYOUTS]
    ours, theirs = quickest(
        lambda: [pe.read(data) for data in books],
        lambda: [openpyxl.load_workbook(io.BytesIO(data)) for data in books],
    )
    yield "a workbook read into a case / openpyxl's own reading of it", ours / theirs, 1.2
    one, two = (min(times) for times in zip(*((seconds(1, books), seconds(2, books)) for _ in range(TURNS)), strict=True))
    yield "a thousand workbooks on two processes / on one", two / one, 0.6
