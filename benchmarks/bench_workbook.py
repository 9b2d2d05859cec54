"""Workbooks: reading one beside openpyxl's own reading of it, and a thousand of them on one process and on two.

The workbooks are those of the tests, made by script in the layouts of real forms (示例数据).
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
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


def folder_of(books: list[bytes], folder: Path) -> None:
    """MANY workbooks in one folder, one layout after the other."""
    for at in range(MANY):
        folder.joinpath(f"{at:04}.xlsx").write_bytes(books[at % len(books)])


def seconds(processes: int, folder: Path) -> float:
    """The whole command over the folder, from start to end, on so many processes."""
    command = (sys.executable, "-m", "perfeval", "evaluate", str(folder), "--processes", str(processes))
    start = perf_counter()
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, env={**os.environ, "PYTHONUTF8": "1"})
    taken = perf_counter() - start
    assert done.stdout.decode().count("核算") == MANY  # it did the work
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
    with TemporaryDirectory() as name:
        folder_of(books, Path(name))
        times = [[seconds(processes, Path(name)) for processes in (1, 2)] for _ in range(TURNS)]
    one, two = (min(each) for each in zip(*times, strict=True))
    yield "perfeval evaluate, a folder of a thousand workbooks: on two processes / on one", two / one, 0.6
