"""What starting costs: whole processes, timed in turn so that both meet the same machine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

CASE = Path(__file__).parents[1] / "examples" / "yongping-2021" / "case.yaml"
ROUNDS = 15

LIBRARIES = f"""
import cattrs, click, rich.console, rich.table, rich.text, yaml
yaml.load(open({str(CASE)!r}, encoding="utf-8"), Loader=yaml.CSafeLoader)
"""
"""What any command of this kind would load, and the same file read by the quickest YAML of C."""


def environment() -> dict[str, str]:
    """Our own, but modules may keep their bytecode, as everywhere where they are installed."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONUTF8": "1"}


def seconds(command: Sequence[str]) -> float:
    """One whole process, from start to end."""
    start = perf_counter()
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL, env=environment())
    return perf_counter() - start


def quickest(*commands: Sequence[str]) -> Iterator[float]:
    """The best of several rounds for each command; the first round warms the file cache."""
    rounds = [[seconds(command) for command in commands] for _ in range(ROUNDS + 1)][1:]
    return (min(times) for times in zip(*rounds, strict=True))


def ratios() -> Iterable[tuple[str, float, float]]:
    """The import, then a whole evaluation."""
    python = sys.executable
    ours, attrs = quickest((python, "-c", "import perfeval"), (python, "-c", "import attrs"))
    yield "import perfeval / import attrs", ours / attrs, 1.25
    evaluate = (python, "-m", "perfeval", "evaluate", str(CASE))
    done = subprocess.run(evaluate, check=False, capture_output=True, env=environment())
    assert "91.3" in done.stdout.decode(), done.stderr  # it did the work
    done = subprocess.run((python, "-c", LIBRARIES), check=False, capture_output=True, env=environment())
    assert done.returncode == 0, done.stderr
    ours, libraries = quickest(evaluate, (python, "-c", LIBRARIES))
    yield "perfeval evaluate / importing click, rich, cattrs, yaml and loading the file", ours / libraries, 1.75
