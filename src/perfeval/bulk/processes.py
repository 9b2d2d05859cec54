"""进程: one job over many items on several processes — results in order, few at a time, whatever becomes of a process.

Every process is started afresh (spawn), keeps nothing of the caller, and is the only one of its executor: when it
dies, that executor breaks and no other, so that the item it was at is lost and the next one starts another process.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import active_children, current_process, get_context, parent_process
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Item = TypeVar("Item")
Result = TypeVar("Result")
AHEAD = 8
"""So many items for each process are taken at most before the first of them has its result."""
GRACE = 10.0
"""Seconds that a process has to finish the item it is at, once nobody wants more of it."""


class NotStartedError(RuntimeError):
    """没有启动: no process could take anything, as where a script's main module is not guarded."""


class EndedError(RuntimeError):
    """意外结束: a process ended while it was at an item."""


class Done(NamedTuple, Generic[Item, Result]):
    """一项: the item with its result, or with what its job raised; EndedError where its process ended under it."""

    item: Item
    result: Result | None = None
    error: BaseException | None = None


def cores() -> int:
    """How many processes can run at once."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity is not None else os.cpu_count() or 1


def mapped(job: Callable[[Item], Result], items: Iterable[Item], processes: int = 1) -> Iterator[Done[Item, Result]]:
    """*job* of each item, in their order and as they come; with one process nothing is started.

    *job*, items and results are pickled where there are several. Raises NotStartedError where processes cannot
    be started.
    """
    if processes <= 1:
        yield from (_done(item, job) for item in items)
        return
    if getattr(current_process(), "_inheriting", False):  # a script without a guard, run again in its own process
        sys.exit(1)
    crew = _Crew(job, processes)
    ahead: deque[Future[Done[Item, Result]]] = deque()
    try:
        for item in items:
            ahead.append(crew.submit(item))
            while ahead and (len(ahead) == processes * AHEAD or ahead[0].done()):
                yield ahead[0].result()
                ahead.popleft()
        while ahead:
            yield ahead[0].result()
            ahead.popleft()
    finally:
        crew.close(ahead)


def _done(item: Item, act: Callable[[Item], Result]) -> Done[Item, Result]:
    """What *act* makes of *item*: its error is its own, the rest goes on."""
    try:
        return Done(item, act(item))
    except NotStartedError:
        raise
    except Exception as error:  # noqa: BLE001
        return Done(item, error=error)


class _Lane:
    """One process, and another once that has ended."""

    def __init__(self, job: Callable[[Any], Any]) -> None:
        self.job, self.pid = job, 0
        self.executor: ProcessPoolExecutor | None = None

    def run(self, item: Any) -> Any:
        """What the job makes of *item*; EndedError where the process ends over it."""
        if self.executor is None:
            self.executor = self._started()
        try:
            return self.executor.submit(_do, item).result()
        except BrokenProcessPool:
            self.close()
            raise EndedError from None
        except SystemExit:  # asked to leave in the middle of the item; the process itself stays
            raise EndedError from None

    def _started(self) -> ProcessPoolExecutor:
        executor = ProcessPoolExecutor(1, get_context("spawn"), _begin, (self.job,))
        try:
            self.pid = executor.submit(os.getpid).result()
        except (BrokenProcessPool, OSError):
            executor.shutdown()
            raise NotStartedError from None
        return executor

    def close(self) -> None:
        """Let the process go, if there is one."""
        if self.executor is not None:
            self.executor.shutdown()
            self.executor = None


class _Crew:
    """The lanes of one run: a thread waits for each, so that whoever takes the results never holds one up."""

    def __init__(self, job: Callable[[Any], Any], processes: int) -> None:
        self.lanes = [_Lane(job) for _ in range(processes)]
        self.free: SimpleQueue[_Lane] = SimpleQueue()
        for lane in self.lanes:
            self.free.put(lane)
        self.threads = ThreadPoolExecutor(processes, "perfeval", _undisturbed)

    def submit(self, item: Any) -> Future[Done[Any, Any]]:
        """The coming result of *item*, from the first lane that is free."""
        return self.threads.submit(_done, item, self._run)

    def _run(self, item: Any) -> Any:
        lane = self.free.get()
        try:
            return lane.run(item)
        except NotStartedError:
            if not any(each.pid for each in self.lanes):
                raise
            raise EndedError from None
        finally:
            self.free.put(lane)

    def close(self, ahead: Iterable[Future[Any]]) -> None:
        """Start nothing more of what is *ahead*, let every process finish what it is at, stop what takes too long."""
        self.threads.shutdown(wait=False, cancel_futures=True)
        begun = [each for each in ahead if not each.cancelled()]
        for stop in (BaseProcess.terminate, BaseProcess.kill):
            if not wait(begun, GRACE).not_done:
                break
            for process in active_children():
                if process.pid in {lane.pid for lane in self.lanes}:
                    stop(process)
        for lane in self.lanes:
            lane.close()


def _undisturbed() -> None:
    """Ctrl-C is the caller's: this thread and the processes that it starts never hear it, not even while they start."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


# -- in a process of its own -----------------------------------------------------------------------

_job: Callable[[Any], Any]


def _begin(job: Callable[[Any], Any]) -> None:
    """Keep the job of this process; leave when asked to, and when whoever asks for its results is no more."""
    global _job
    _job = job
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that half a file beside its place is cleared away
    threading.Thread(target=_follow, daemon=True).start()


def _follow() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(GRACE)
        os._exit(143)


def _do(item: Any) -> Any:
    return _job(item)
