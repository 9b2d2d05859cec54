"""案例的来源: what ``evaluate`` is given — files, folders, standard input, JSON lines — and the shipped examples."""

from __future__ import annotations

import glob
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from perfeval.errors import InputError, PerfevalError, Place, problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from perfeval.model.case import Case

STDIN = "-"
EXAMPLES = ("yongping-2021", "chuzuwu-2021")
"""The examples that ``demo`` evaluates."""


def cases(sources: tuple[str, ...], framework: str | None) -> Iterator[Case | PerfevalError]:
    """The one case of *sources*, or one a line where standard input holds JSON lines.

    A line that cannot be read is given as its error, so that the others are evaluated all the same.
    """
    from perfeval.reading.case import read

    if STDIN not in sources:
        yield read(*sources, framework=framework)
        return
    data = sys.stdin.buffer.read()
    lines = _json_lines(data) if sources == (STDIN,) else []
    if not lines:
        yield read(*(data if each == STDIN else each for each in sources), framework=framework)
    for number, line in lines:
        try:
            yield read(line, framework=framework)
        except PerfevalError as error:
            yield InputError(*(each.at(_of_line(each.place, number)) for each in error.problems))


def _of_line(place: Place | None, number: int) -> Place:
    """A place inside one line of standard input."""
    return Place(line=number, column=place.column, path=place.path) if place is not None else Place(line=number)


def _json_lines(data: bytes) -> list[tuple[int, bytes]]:
    """The lines of *data* with their numbers, if each is a JSON object of its own and there are several."""
    found = [(number, line.strip()) for number, line in enumerate(data.splitlines(), 1) if line.strip()]
    several = len(found) > 1 and all(line[:1] == b"{" and line[-1:] == b"}" for _, line in found)
    return found if several else []


def example(name: str) -> Path:
    """The case of a shipped example: inside an installed package, in ``examples/`` of a checkout."""
    package = Path(__file__).parents[1]
    inside = package / "examples" / name / "case.yaml"
    return inside if inside.exists() else package.parents[1] / "examples" / name / "case.yaml"


# -- many files --------------------------------------------------------------------------------------


def is_batch(sources: Sequence[str], each: bool | None) -> bool:
    """Whether each source is a case of its own: asked for, a folder or a pattern, or several workbooks."""
    if each is not None or "-" in sources:
        return bool(each)
    if any(is_folder(name) or _is_pattern(name) for name in sources):
        return True
    from perfeval.reading.sources import WORKBOOKS

    return len(sources) > 1 and all(name.lower().endswith(WORKBOOKS) for name in sources)


def files(sources: Sequence[str], passed_over: Sequence[str] = ()) -> list[Path]:
    """The files of *sources*, each once: those named, those of patterns, and the workbooks of folders.

    Folders in *passed_over*, where papers go, are not looked into. Raises InputError where there is none at all.
    """
    from perfeval.documents.source import LOCK
    from perfeval.reading.sources import WORKBOOKS

    kept_out = {resolved(Path(each)) for each in passed_over}
    found: dict[Path, Path] = {}
    for name in sources:
        path = Path(name)
        several = is_folder(name) or _is_pattern(name)
        for each in _workbooks(path, kept_out) if is_folder(name) else _matching(name):
            if not each.name.startswith((LOCK, ".")) or not (several or each.name.startswith(LOCK)):
                found.setdefault(resolved(each), each)
    if not found:
        raise InputError(
            problem(
                "batch-empty",
                "这里没有自评表（{endings}）；案例文件请逐个写出，加 --each",
                place=Place(source=str(sources[0])),
                endings=tuple(WORKBOOKS),
            )
        )
    return list(found.values())


def is_folder(name: str) -> bool:
    """Whether there is a folder called *name*."""
    try:
        return Path(name).is_dir()
    except (OSError, ValueError):
        return False


def _is_pattern(name: str) -> bool:
    """Whether *name* is a pattern that the shell has left to us, as that of Windows does."""
    try:
        return glob.has_magic(name) and not Path(name).exists()
    except (OSError, ValueError):
        return False


def _matching(name: str) -> list[Path]:
    if not _is_pattern(name):
        return [Path(name)]
    return [Path(each) for each in sorted(glob.glob(name))]  # noqa: PTH207 - absolute patterns too


def _workbooks(folder: Path, kept_out: set[Path]) -> Iterator[Path]:
    """The workbooks of a folder and of those below it, by name."""
    from perfeval.documents.os_errors import unread
    from perfeval.reading.sources import WORKBOOKS

    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        raise unread(folder, error) from None
    for each in entries:
        if each.is_dir():
            if not each.name.startswith(".") and not each.is_symlink() and resolved(each) not in kept_out:
                yield from _workbooks(each, kept_out)
        elif each.name.lower().endswith(WORKBOOKS):
            yield each


def resolved(path: Path) -> Path:
    """*path* from the root, without links; itself where that cannot be said, as of links that lead in a circle."""
    try:
        return path.resolve()
    except (OSError, ValueError, RuntimeError):
        return path.absolute()
