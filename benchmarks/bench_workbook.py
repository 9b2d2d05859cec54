"""Workbooks: a folder of a thousand read, evaluated and written as JSON, beside openpyxl's own reading of them.

The workbooks are those of the tests, made by script in the layouts of real forms (示例数据). PERFEVAL_WORKBOOKS
says how many there are, where a thousand take too long.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "files"))
LAYOUTS = ("national", "sichuan", "hubei", "chongqing", "yunnan", "transfer", "whole_office", "several")
MANY = int(os.environ.get("PERFEVAL_WORKBOOKS", "1000"))
TURNS = 3  # ours and theirs in turn, the best of each: other work on the machine weighs on both
TODAY = 1.36
"""The ratio before the modules were put in their present order: the median of six runs on a busy machine of two
cores (Python 3.11; 96 or 200 workbooks), which lay between 0.97 and 1.94. To be measured again on a quiet one."""
SLOWER = 1.15


def folder_of(books: list[bytes], folder: Path) -> list[Path]:
    """MANY workbooks in one folder, one layout after the other."""
    paths = [folder / f"{at:04}.xlsx" for at in range(MANY)]
    for at, path in enumerate(paths):
        path.write_bytes(books[at % len(books)])
    return paths


def seconds(run: Callable[[], object]) -> float:
    """How long *run* takes."""
    start = perf_counter()
    run()
    return perf_counter() - start


def ratios() -> Iterable[tuple[str, float, float]]:
    """The whole folder, on one process."""
    import making
    import openpyxl

    import perfeval as pe

    with TemporaryDirectory() as name:
        folder, out = Path(name, "in"), Path(name, "out")
        folder.mkdir()
        out.mkdir()
        paths = folder_of([getattr(making, layout)() for layout in LAYOUTS], folder)

        def ours() -> None:
            for path, outcome in zip(paths, pe.evaluate_many(paths), strict=True):
                assert outcome.evaluation is not None, outcome.problems
                pe.write(outcome.evaluation, out / f"{path.stem}.json", overwrite=True)

        def theirs() -> None:
            for path in paths:
                openpyxl.load_workbook(path)

        times = [(seconds(ours), seconds(theirs)) for _ in range(TURNS)]
    print("       seconds, ours and theirs:", *(f"{a:.2f} {b:.2f}," for a, b in times), flush=True)
    own, other = (min(each) for each in zip(*times, strict=True))
    what = f"{MANY} workbooks read, evaluated and written as JSON / openpyxl's own reading of them"
    yield what, own / other, TODAY * SLOWER
