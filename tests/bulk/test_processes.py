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

from perfeval.bulk.processes import AHEAD, EndedError, mapped

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
    assert [done.item for done in found if isinstance(done.error, EndedError)] == [3]
    assert [done.result for done in found if done.error is None] == [0, 1, 2, 4, 5, 6, 7, 8, 9]


def unsendable(n: int) -> object:
    """One result cannot be sent, one item is an error."""
    if n == 2:
        raise ZeroDivisionError
    return (lambda: n) if n == 1 else n


def test_what_a_job_raises_is_its_item_s() -> None:
    """An error, or a result that cannot be sent, stands beside its item, and the rest goes on."""
    for processes in (1, 2):
        found = list(mapped(unsendable, range(5), processes))
        assert [done.item for done in found] == list(range(5))
        assert isinstance(found[2].error, ZeroDivisionError)
        assert (found[1].error is None) == (processes == 1)
        assert [done.result for done in found if done.item in (0, 3, 4)] == [0, 3, 4]


ORPHANS = """
import os, signal
from perfeval.bulk.processes import mapped
if __name__ == "__main__":
    for done in mapped(abs, range(10_000), 2):
        if done.item == 5:
            import multiprocessing
            print(*(each.pid for each in multiprocessing.active_children()), flush=True)
            os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="another way of ending a process")
def test_processes_do_not_outlive_their_caller(tmp_path: Path) -> None:
    """Where the caller itself is killed, its processes end by themselves."""
    script = tmp_path / "script.py"
    script.write_text(ORPHANS, encoding="utf-8")
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False, timeout=60)
    pids = [int(each) for each in done.stdout.split()]
    assert pids
    for _ in range(100):
        if not any(alive(each) for each in pids):
            return
        time.sleep(0.1)
    pytest.fail("a process is left")


def alive(pid: int) -> bool:
    """Whether there is such a process, and not merely its remains."""
    try:
        os.kill(pid, 0)
        stat = f"/proc/{pid}/stat"
        with open(stat, encoding="utf-8") as file:  # noqa: PTH123
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return True
    except ProcessLookupError:
        return False


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
