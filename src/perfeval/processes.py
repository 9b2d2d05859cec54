"""进程: one job over many items on several processes — results in order, few at a time, whatever becomes of a process.

Every process is started afresh (spawn) and keeps nothing of the caller; an item whose process ends is
given up by itself, and another process goes on with the rest.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections import deque
from itertools import islice
from multiprocessing import current_process, get_context
from multiprocessing.connection import wait
from time import monotonic
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from multiprocessing.connection import Connection

Item = TypeVar("Item")
Result = TypeVar("Result")
AHEAD = 8
"""So many results for each process wait at most for one before them."""
MOST, SHORT = 8, 0.08
"""So many items go to a process at once, where they take no longer than so many seconds together."""
GRACE = 10.0
"""Seconds that a process has to finish the file it is at, once nobody wants more of it."""
_READY = "ready"


class NotStartedError(RuntimeError):
    """没有启动: a process ended before it could take anything, as where a script's main module is not guarded."""


class Done(NamedTuple, Generic[Item, Result]):
    """一项: the item and its result; ``ended`` where its process ended under it."""

    item: Item
    result: Result | None
    ended: bool = False


def cores() -> int:
    """How many processes can run at once."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity is not None else os.cpu_count() or 1


def mapped(job: Callable[[Item], Result], items: Iterable[Item], processes: int = 1) -> Iterator[Done[Item, Result]]:
    """*job* of each item, in their order and as they come; with one process nothing is started.

    *job*, items and results are pickled where there are several. *job* is to return what is wrong, not to raise it.
    Raises NotStartedError where processes cannot be started.
    """
    if processes <= 1:
        for item in items:
            yield Done(item, job(item))
        return
    if getattr(current_process(), "_inheriting", False):  # a script without a guard, run again in its own process
        sys.exit(1)
    crew = _Crew(job, processes, items)
    try:
        yield from crew.run()
    finally:
        crew.end()


class _Process:
    """One process and the pipe to it."""

    def __init__(self, job: Callable[[Any], Any]) -> None:
        context = get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, job), daemon=True)
        with _undisturbed():
            self.process.start()
        theirs.close()
        self.ready = False
        self.has: deque[tuple[int, Any]] = deque()
        self.at_once, self.since = 1, 0.0

    def give(self, found: Sequence[tuple[int, Any]]) -> None:
        """Let it do some items; it answers each by itself. Only while it waits: else both could be sending."""
        self.has.extend(found)
        self.at_once, self.since = len(found), monotonic()
        with contextlib.suppress(OSError):  # it has ended: the next look at its pipe finds that
            self.pipe.send([item for _, item in found])

    def answered(self) -> tuple[int, Any]:
        """The item that it has answered."""
        first = self.has.popleft()
        if not self.has:
            each = (monotonic() - self.since) / self.at_once
            self.at_once = max(min(int(SHORT / max(each, 1e-6)), MOST), 1)
        return first

    def take(self) -> Any:
        """What it has sent; EOFError where it has ended."""
        try:
            return self.pipe.recv()
        except OSError as error:
            raise EOFError from error

    def end(self) -> None:
        """Let it finish what it is at; stop it where that takes too long."""
        self.process.join(GRACE)
        for stop in (self.process.terminate, self.process.kill):
            if self.process.exitcode is None:
                stop()
                self.process.join(GRACE)
        self.process.close()


class _Crew:
    """The processes of one run, and the results that wait for those before them."""

    def __init__(self, job: Callable[[Any], Any], most: int, items: Iterable[Any]) -> None:
        self.job, self.most, self.items = job, most, enumerate(items)
        self.workers: dict[Any, _Process] = {}
        self.again: deque[tuple[int, Any]] = deque()
        self.done: dict[int, Done[Any, Any]] = {}
        self.out = 0
        self.started = False

    def run(self) -> Iterator[Done[Any, Any]]:
        """Every item's result, in order."""
        while True:
            self._give()
            busy = [pipe for pipe, worker in self.workers.items() if worker.has]
            if not busy:
                return
            for pipe in wait(busy):
                self._hear(pipe)
            while self.out in self.done:
                yield self.done.pop(self.out)
                self.out += 1

    def _give(self) -> None:
        """Items for every process that has none, unless too many results wait for one before them."""
        while self.again or len(self.done) < self.most * AHEAD:
            worker = next((each for each in self.workers.values() if not each.has), None)
            if worker is None and len(self.workers) == self.most:
                return
            wanted = worker.at_once if worker is not None else 1
            found = [self.again.popleft() for _ in range(min(wanted, len(self.again)))] or list(
                islice(self.items, wanted)
            )
            if not found:
                return
            if worker is None:
                worker = _Process(self.job)
                self.workers[worker.pipe] = worker
            worker.give(found)

    def _hear(self, pipe: Any) -> None:
        worker = self.workers[pipe]
        try:
            found = worker.take()
        except EOFError:
            del self.workers[pipe]
            pipe.close()
            worker.end()
            if not self.started:
                raise NotStartedError from None
            at, item = worker.answered()
            self.done[at] = Done(item, None, ended=True)
            self.again.extend(worker.has)
            return
        self.started = True
        if not worker.ready:  # its first word; it is at its first item now
            worker.ready = True
            return
        at, item = worker.answered()
        self.done[at] = Done(item, found)

    def end(self) -> None:
        """Close every pipe first, so that all finish at the same time."""
        for pipe in self.workers:
            pipe.close()
        for worker in self.workers.values():
            worker.end()


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Ctrl-C is the caller's: a process started meanwhile never hears it, not even while it starts."""
    mask = getattr(signal, "pthread_sigmask", None)
    if mask is None:
        yield
        return
    before = mask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        mask(signal.SIG_SETMASK, before)


def _serve(pipe: Connection, job: Callable[[Any], Any]) -> None:
    """Do what comes through *pipe* until nobody is there."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that half a file beside its place is cleared away
    with contextlib.suppress(EOFError, OSError):
        pipe.send(_READY)
        while True:
            for item in pipe.recv():
                pipe.send(job(item))
