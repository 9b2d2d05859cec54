"""Run every benchmark: two things timed in one run, and their ratio held against its limit.

Each module ``bench_*.py`` beside this file has ``ratios()``, which yields (name, ratio, limit).
Nothing is kept between runs; the exit status is 1 where a ratio is over its limit.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

HERE = Path(__file__).parent


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


def main(names: Sequence[str]) -> int:
    """Print a line for each ratio, then how many are over."""
    over = total = 0
    for path in modules(names):
        print(path.stem, flush=True)
        for name, ratio, limit in ratios(path):
            total += 1
            over += ratio > limit
            print(f"  {verdict(ratio, limit):<4} {ratio:8.3f} (limit {limit:g})  {name}", flush=True)
    print(f"{total} ratios, {over} over their limit")
    return 1 if over else 0


if __name__ == "__main__":
    sys.path.insert(0, str(HERE))  # benchmarks share small helpers
    sys.exit(main(sys.argv[1:]))
