"""成批评价: many sources, each a case of its own — read, evaluated and given out one after the other."""

from __future__ import annotations

from os import PathLike, fspath
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import evolve, frozen

from perfeval.bulk.processes import EndedError, NotStartedError, mapped
from perfeval.engine.pipeline import evaluate
from perfeval.errors import InputError, PerfevalError, Place, problem, record_repr
from perfeval.reading.case import read

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from perfeval.documents.limits import Limits
    from perfeval.errors import Problem
    from perfeval.model.framework import Framework
    from perfeval.results.evaluation import Evaluation

    Given = str | PathLike[str] | bytes

T = TypeVar("T")


@frozen(repr=False, kw_only=True)
class Outcome:
    """一份的结果: the evaluation of one source, or what stood in its way; never both."""

    __repr__ = record_repr

    source: str
    """The path as it was given; '' for bytes."""
    evaluation: Evaluation | None = None
    problems: tuple[Problem, ...] = ()


@frozen
class _Judge:
    """What is the same for all sources; travels to each process once."""

    framework: Framework | str | None
    allow_categories: tuple[str, ...] | None
    limits: Limits | None
    select: tuple[str, ...] | None
    ignore: tuple[str, ...]

    def __call__(self, source: Given) -> Outcome:
        name = named(source)
        evaluation, wrong = attempted(name, lambda: self._evaluated(source))
        return Outcome(source=name, evaluation=evaluation, problems=wrong)

    def _evaluated(self, source: Given) -> Evaluation:
        case = read(source, framework=self.framework, allow_categories=self.allow_categories, limits=self.limits)
        return evaluate(case, select=self.select, ignore=self.ignore)


def evaluate_many(
    sources: Iterable[Given],
    *,
    processes: int = 1,
    framework: Framework | str | PathLike[str] | None = None,
    select: Iterable[str] | None = None,
    ignore: Iterable[str] = (),
    allow_categories: Collection[str] | None = None,
    limits: Limits | None = None,
) -> Iterator[Outcome]:
    """成批评价: the outcome of each source (a path or bytes), a case of its own, in their order and as they come.

    What cannot be read, what raises and whose process ends is an Outcome with problems; the rest goes on. Sources
    are taken as they are needed and nothing is kept, so memory does not grow with their number. With several
    *processes* each is started afresh: a script calls this below ``if __name__ == "__main__":``. The other
    arguments are those of ``read`` and ``evaluate``. Raises InputError where processes cannot be started.
    """
    chosen = fspath(framework) if isinstance(framework, PathLike) else framework
    job = _Judge(
        chosen,
        None if allow_categories is None else tuple(allow_categories),
        limits,
        None if select is None else _words(select),
        _words(ignore),
    )
    try:
        for done in mapped(job, sources, processes):
            name = named(done.item)
            yield done.result or Outcome(source=name, problems=(lost(name, done.error),))
    except NotStartedError:
        raise not_started() from None


def _words(codes: Iterable[str]) -> tuple[str, ...]:
    return (codes,) if isinstance(codes, str) else tuple(codes)


def named(source: Any) -> str:
    """What a source is called."""
    return "" if isinstance(source, bytes) else fspath(source)


def attempted(name: str, act: Callable[[], T]) -> tuple[T | None, tuple[Problem, ...]]:
    """What *act* gives, or what stood in its way: one source must not cost the others, it is named instead."""
    try:
        return act(), ()
    except PerfevalError as error:
        return None, placed(error, name)
    except Exception as error:  # noqa: BLE001 - whatever it is, the rest goes on
        return None, (lost(name, error),)


def placed(error: PerfevalError, name: str) -> tuple[Problem, ...]:
    """The problems of *error*, each naming its source."""
    found = []
    for each in error.problems:
        place = each.place
        if place is None:
            place = Place(source=name)
        elif not place.source:
            place = evolve(place, source=name)
        found.append(each.at(place))
    return tuple(found)


def lost(name: str, error: BaseException | None) -> Problem:
    """What is said of a source that has no result: its process ended, or the program itself failed on it."""
    if isinstance(error, EndedError):
        return problem(
            "process-ended",
            "评价这个文件的进程意外结束了（内存不够，或被关掉），其余照常；请单独再评价这个文件",
            place=Place(source=name),
        )
    return problem(
        "source-failed",
        "评价这个文件时程序出错（{kind}），其余照常；请把这个文件和本条交给 perfeval 的维护者",
        place=Place(source=name),
        kind=type(error).__name__,
    )


def not_started() -> InputError:
    """The error where no process can be started."""
    return InputError(
        problem(
            "processes-not-started",
            '启动不了另外的进程；脚本里请写在 if __name__ == "__main__": 之下，或只用一个进程（processes=1）',
        )
    )
