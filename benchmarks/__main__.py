"""Run every benchmark: two things timed in one run, and their ratio held against its limit.

Each module ``bench_*.py`` beside this file has ``ratios()``, which yields (name, ratio, limit).
Nothing is kept between runs. The exit status is 2 where a benchmark cannot run, else 1 where a ratio is
over its limit; with ``--tell`` such a ratio is only told: a busy machine is no defect.
"""

from __future__ import annotations

import importlib.util
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

HERE = Path(__file__).parent
TELL = "--tell"


def modules(names: Sequence[str]) -> Iterator[Path]:
    """The benchmark files, or those of them that *names* mention."""
    for path in sorted(HERE.glob("bench_*.py")):
        if not names or any(name in path.stem for name in names):
            yield path


def ratios(path: Path) -> Iterable[tuple[str, float, float]]:
    """Load one file and run it."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.ratios()


def verdict(ratio: float, limit: float) -> str:
    """Say whether *ratio* keeps to *limit*."""
    return "ok" if ratio <= limit else "OVER"


def main(arguments: Sequence[str]) -> int:
    """Print a line for each ratio, then how many are over and what could not run."""
    over = total = 0
    broken = []
    for path in modules([each for each in arguments if each != TELL]):
        print(path.stem, flush=True)
        try:
            for name, ratio, limit in ratios(path):
                total += 1
                over += ratio > limit
                print(f"  {verdict(ratio, limit):<4} {ratio:8.3f} (limit {limit:g})  {name}", flush=True)
        except Exception:  # noqa: BLE001 - whatever it is, the other benchmarks run
            traceback.print_exc()
            broken.append(path.stem)
    print(f"{total} ratios, {over} over their limit")
    if broken:
        print("cannot run:", ", ".join(broken))
        return 2
    return 1 if over and TELL not in arguments else 0


if __name__ == "__main__":
    sys.path.insert(0, str(HERE))  # benchmarks share small helpers
    sys.exit(main(sys.argv[1:]))
