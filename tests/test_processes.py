"""One job over many items on several processes: order, bounds, and what becomes of a process that ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest

from perfeval.processes import AHEAD, mapped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def square(n: int) -> int:
    """A job."""
    return n * n


def slow_first(n: int) -> int:
    """The first is the slowest."""
    time.sleep(0.5 if n == 0 else 0)
    return n


def killed(n: int) -> int:
    """One item ends its process as the system's own killer does."""
    if n == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return n


def who(_n: int) -> int:
    """The process that did it."""
    return os.getpid()


@pytest.mark.parametrize("processes", [1, 2])
def test_results_come_in_order(processes: int) -> None:
    """Whatever the number of processes, the results stand in the order of the items."""
    assert [(done.item, done.result) for done in mapped(square, range(50), processes)] == [
        (n, n * n) for n in range(50)
    ]


def test_two_processes_share_the_work() -> None:
    """Both take part, and neither is this one."""
    found = {done.result for done in mapped(who, range(200), 2)}
    assert len(found) == 2
    assert os.getpid() not in found


def test_items_are_taken_as_they_are_needed() -> None:
    """While the first takes its time, only so many others are taken: memory does not grow with their number."""
    taken = []

    def items() -> Iterator[int]:
        for n in range(10_000):
            taken.append(n)
            yield n

    run = mapped(slow_first, items(), 2)
    first = next(run)
    assert first.result == 0
    assert len(taken) <= 2 * AHEAD + 2 * 8
    run.close()  # type: ignore[attr-defined]


def test_an_item_whose_process_is_killed_is_given_up_alone() -> None:
    """The item is marked, and every other has its result."""
    found = list(mapped(killed, range(10), 2))
    assert [done.item for done in found if done.ended] == [3]
    assert [done.result for done in found if not done.ended] == [0, 1, 2, 4, 5, 6, 7, 8, 9]


def test_nothing_stays_behind() -> None:
    """Once the results are had, or nobody wants more of them, no process is left."""
    import multiprocessing

    list(mapped(square, range(4), 2))
    run = mapped(square, range(1000), 2)
    next(run)
    run.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []


def test_from_a_thread() -> None:
    """Called outside the main thread it does the same."""
    found: list[int | None] = []
    thread = threading.Thread(target=lambda: found.extend(done.result for done in mapped(square, range(5), 2)))
    thread.start()
    thread.join(30)
    assert found == [0, 1, 4, 9, 16]


def test_a_script_without_a_guard_is_told(tmp_path: Path) -> None:
    """Such a script would start itself again and again; it gets one Chinese sentence."""
    script = tmp_path / "script.py"
    script.write_text(
        "import perfeval as pe\n"
        "try:\n"
        "    list(pe.evaluate_many([b'x', b'y'], processes=2))\n"
        "except pe.InputError as error:\n"
        "    print(error)\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, str(script)],
        capture_output=True,
        env={**os.environ, "PYTHONUTF8": "1"},
        check=False,
        timeout=60,
    )
    assert "__main__" in done.stdout.decode()
    assert "启动不了" in done.stdout.decode()
    assert done.stderr == b""
