"""线程与进程: many at once, from the first moment on, and every one gets its own result."""

from __future__ import annotations

import asyncio
import os
import pickle
import subprocess
import sys
import threading
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from hypothesis import given, settings

import perfeval as pe
from perfeval.testing import evaluations

CASE = Path(__file__).parents[1] / "examples" / "yongping-2021" / "case.yaml"


def test_threads_do_not_meet() -> None:
    """Sixteen threads judge different cases of one framework and each gets its own points."""
    framework = pe.Framework(
        "示例", [pe.Indicator("巡查", 100, "≥1000次"), pe.Indicator("投诉", 10, "≤10件", strategy="反向比例")]
    )
    results: dict[int, str] = {}

    def run(n: int) -> None:
        for _ in range(20):
            rows = [pe.Row("巡查", actual=f"{n}次"), pe.Row("投诉", actual="10件")]
            results[n] = str(pe.evaluate(pe.Case("示例", 2021, framework, rows=rows))["巡查"].earned)

    threads = [threading.Thread(target=run, args=(n,)) for n in range(100, 900, 50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == {n: f"{pe.text(pe.Quantity(n) / 10)}分" for n in range(100, 900, 50)}


COLD = """
import sys, threading, hashlib
from concurrent.futures import ThreadPoolExecutor
together = threading.Barrier(8)
def work(_):
    together.wait()
    import perfeval as pe
    evaluation = pe.evaluate(pe.read(sys.argv[1]))
    parts = [pe.dump(evaluation, ".md"), pe.dump(evaluation, ".json"), pe.text(evaluation.findings[0], "en").encode()]
    return hashlib.sha256(b"".join(parts)).hexdigest()
with ThreadPoolExecutor(8) as pool:
    print(*set(pool.map(work, range(8))))
"""


def test_eight_threads_start_together() -> None:
    """Eight threads that load, read, judge and write as the first thing in a process get the bytes of one alone."""
    done = subprocess.run(
        [sys.executable, "-c", COLD, str(CASE)],
        capture_output=True,
        check=False,
        text=True,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.split()) == 1


def test_async() -> None:
    """Evaluations handed to threads by an event loop come out as those made in turn."""
    case = pe.read(CASE)
    budgets = [pe.Budget(whole_year="100万元", spent=f"{spent}万元") for spent in range(90, 98)]
    cases = [case.change({"全年执行数": str(each.spent)}) for each in budgets]

    async def every() -> list[pe.Evaluation]:
        return await asyncio.gather(*(asyncio.to_thread(pe.evaluate, each) for each in cases))

    together = [pe.dump(each, ".json") for each in asyncio.run(every())]
    assert together == [pe.dump(pe.evaluate(each), ".json") for each in cases]
    assert len(set(together)) == len(cases)


@settings(max_examples=25)
@given(evaluations())
def test_evaluations_are_pickled(evaluation: pe.Evaluation) -> None:
    """What comes out of a pickle is equal, says the same and is judged again to the same."""
    again = pickle.loads(pickle.dumps(evaluation))
    assert again.case == evaluation.case
    assert pe.dump(again, ".json") == pe.dump(evaluation, ".json")
    assert pe.evaluate(again).findings == evaluation.findings


def test_other_processes() -> None:
    """A case goes to another process and its evaluation comes back."""
    case = pe.read(CASE)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        away = pool.submit(pe.evaluate, case).result()
    assert pe.dump(away, ".json") == pe.dump(pe.evaluate(case), ".json")
