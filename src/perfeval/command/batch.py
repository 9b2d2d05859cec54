"""成批评价的命令: many workbooks, one line each — what they are, what became of each, and how far it is."""

from __future__ import annotations

import gc
import json
import sys
from collections import Counter
from contextlib import contextmanager
from os.path import commonpath
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click
from attrs import frozen

from perfeval.bulk.batch import attempted, lost, not_started, placed
from perfeval.bulk.processes import NotStartedError, cores, mapped
from perfeval.command.batch_summary import kind_of, to_xlsx
from perfeval.command.console import write_json
from perfeval.command.inputs import is_folder, resolved
from perfeval.command.outputs import paper
from perfeval.documents.text import readable
from perfeval.documents.writing import write_whole
from perfeval.engine.pipeline import evaluate
from perfeval.errors import OutputError, PerfevalError, Place, problem
from perfeval.locales.messages import say
from perfeval.locales.words import word
from perfeval.reading.case import read
from perfeval.results.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from perfeval.errors import Problem
    from perfeval.results.evaluation import Evaluation

EDITION = "outcome/1"
EACH = 25
"""So many files are worth a further process, where nobody says how many there are to be."""
SLOW = 2
"""From so many files on a bar shows how far it is."""


class FileTask(NamedTuple):
    """一份: the file, and the path of what is written from it, without its ending, inside the folder for that."""

    source: str
    name: str


class FileStatus(NamedTuple):
    """一行: what is said of one file; its status as that of a command."""

    source: str
    status: int
    title: str = ""
    year: int | None = None
    framework: str = ""
    stated: str = ""
    computed: str = ""
    grade: str = ""
    counts: tuple[tuple[str, int], ...] = ()
    written: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    unread: int = 0
    """How many of its cells could not be read for sure."""


@frozen
class Job:
    """What is done with every file; travels to each process once."""

    framework: str | None
    select: tuple[str, ...] | None
    ignore: tuple[str, ...]
    folders: tuple[tuple[str, str], ...]
    """Where papers go, with their ending."""
    force: bool
    how: dict[str, Any]
    locale: str

    def __call__(self, task: FileTask) -> FileStatus:
        """What became of one file; nothing is raised."""
        name = readable(task.source)
        line, wrong = attempted(name, lambda: self._done(name, task))
        return line or FileStatus(name, 2, problems=wrong)

    def _done(self, name: str, task: FileTask) -> FileStatus:
        evaluation = evaluate(read(task.source, framework=self.framework), select=self.select, ignore=self.ignore)
        return _line(name, evaluation, *self._written(task, evaluation), self.locale)

    def _written(self, task: FileTask, evaluation: Evaluation) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
        """The papers that were written, and what stood in the way of the others."""
        written: list[str] = []
        wrong: list[Problem] = []
        for folder, ending in self.folders:
            path = Path(folder, task.name + ending)
            try:
                _made(path.parent)
                paper(evaluation, str(path), overwrite=self.force, locale=self.locale, **self.how)
                written.append(readable(str(path)))
            except PerfevalError as error:
                wrong += placed(error, readable(str(path)))
        return tuple(written), tuple(wrong)


def _made(folder: Path) -> None:
    from perfeval.documents.os_errors import unwritten

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise unwritten(folder, error) from None


def _line(
    source: str, evaluation: Evaluation, written: tuple[str, ...], wrong: tuple[Problem, ...], locale: str
) -> FileStatus:
    from perfeval.results.score_table import earned_text, title

    case, score = evaluation.case, evaluation.score
    counts = Counter(each.severity for each in evaluation.findings if not each.waived)
    return FileStatus(
        source,
        2 if wrong else int(Severity.ERROR in counts),
        title(evaluation, locale),
        case.year,
        score.name,
        score.stated.text.removesuffix("分").strip() if score.stated is not None else "",
        earned_text(score, locale) if score.earned is not None else "",
        evaluation.grade if score.earned is not None else "",
        tuple((severity.value, counts[severity]) for severity in Severity),
        written,
        wrong,
        sum(each.code == "cell-unread" and not each.waived for each in evaluation.findings),
    )


# -- where papers go -------------------------------------------------------------------------------


def is_summary(output: str) -> bool:
    """Whether an output is one workbook for the whole batch, 汇总.xlsx, and no folder for a paper of each file."""
    name = _split(output)[1]
    return name.lower().endswith(".xlsx") and not name.startswith(".")


def folders(outputs: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Folder and ending of each output: 核过/ is the marked workbook, 核过/.docx the reports, and so on.

    Raises OutputError for the name of one file.
    """
    from perfeval.papers.output import FORMATS

    found = []
    for output in outputs:
        head, tail = _split(output)
        if not tail:
            found.append((head, ".xlsx"))
        elif tail.lower() in FORMATS:
            found.append((head, tail.lower()))
        else:
            raise OutputError(
                problem(
                    "output-not-folder",
                    "有几个文件，-o 请写文件夹，如 核过/（批注的原表）、核过/.docx（每份一个报告）",
                    place=Place(source=output),
                )
            )
    return tuple(found)


def _split(output: str) -> tuple[str, str]:
    """Folder and name; a folder that is there needs no stroke at its end."""
    if is_folder(output):
        return output, ""
    at = max(output.rfind("/"), output.rfind("\\")) + 1
    return output[:at] or ".", output[at:]


def others(sources: Sequence[str], passed_over: Sequence[str] = ()) -> list[str]:
    """The papers of other kinds in the folders of *sources*, which are not read: reports, scans, archives."""
    kept_out = {resolved(Path(each)) for each in passed_over}
    found: list[str] = []
    for name in sources:
        if is_folder(name):
            for below in sorted(Path(name).rglob("*")):
                hidden = any(part.startswith((".", "~$")) for part in below.relative_to(name).parts)
                inside = any(resolved(above) in kept_out for above in below.parents)
                if not hidden and not inside and kind_of(below.name, "zh_Hans") and below.is_file():
                    found.append(readable(str(below)))
    return found


def tasks(found: Sequence[Path]) -> list[FileTask]:
    """Each file with the path of its papers: as it lies below what all have in common, no two alike."""
    whole = [resolved(each) for each in found]
    common = Path(commonpath([each.parent for each in whole]))
    names = [each.relative_to(common) for each in whole]
    stems = Counter(str(each.with_suffix("")).lower() for each in names)
    alike = [stems[str(each.with_suffix("")).lower()] > 1 for each in names]
    return [
        FileTask(str(each), str(name if same else name.with_suffix("")))
        for each, name, same in zip(found, names, alike, strict=True)
    ]


# -- doing it --------------------------------------------------------------------------------------


def run(
    job: Job,
    todo: Sequence[FileTask],
    processes: int | None,
    form: str,
    passed_over: Sequence[str] = (),
    summaries: Sequence[str] = (),
) -> int:
    """Evaluate all of *todo*, a line each, then name what was *passed_over* and write *summaries*; the worst status."""
    most = max(min(cores(), len(todo) // EACH), 1) if processes is None else min(processes, len(todo))
    totals: Counter[str] = Counter()
    failed: list[str] = []
    status = done = 0
    lines: list[FileStatus] = []
    try:
        with _tidy(), _progress(len(todo), form, job.locale) as advance:
            for each in mapped(job, todo, most):
                line = each.result or _lost(readable(each.item.source), each.error)
                _say(line, form, job.locale)
                if summaries:
                    lines.append(line)
                status = max(status, line.status)
                totals[("right", "wrong", "not")[line.status if line.counts or line.status < 2 else 2]] += 1
                totals["written"] += len(line.written)
                if line.status == 2:
                    failed.append(line.source)
                done += 1
                advance()
    except NotStartedError:
        raise not_started() from None
    except KeyboardInterrupt:
        said = say(
            "评价了{done}个，还有{left}个没有评价；已写出的文件都是完整的", job.locale, done=done, left=len(todo) - done
        )
        click.echo(said, err=True)
        raise
    if form != "json":
        _close(len(todo), totals, failed, job.locale)
        if passed_over:
            names = tuple(f"{name}（{kind_of(name, job.locale)}）" for name in passed_over)
            click.echo(say("不是表格、没有读的：{names}", job.locale, names=names), err=True)
    for output in summaries:
        path = write_whole(output, to_xlsx(lines, passed_over, job.locale), overwrite=job.force)
        if form != "json":
            click.echo(say("已写出 {path}", job.locale, path=readable(str(path))))
    return status


@contextmanager
def _tidy() -> Iterator[None]:
    """Many files are no short command: garbage has to go, meanwhile; whoever called goes on as before."""
    before = gc.get_threshold()
    gc.set_threshold(10_000, 10, 10)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _lost(name: str, error: BaseException | None) -> FileStatus:
    return FileStatus(name, 2, problems=(lost(name, error),))


def _say(line: FileStatus, form: str, locale: str) -> None:
    for each in line.problems:
        click.echo(each.in_locale(locale), err=True)
    if form == "json":
        write_json(json.dumps(document(line, locale), ensure_ascii=False) + "\n")
    else:
        click.echo(_text(line, locale))


def _text(line: FileStatus, locale: str) -> str:
    if not line.counts:
        return say("{name}：没有评价", locale, name=line.source)
    none = say("未定", locale)
    said = say(
        "{name}：自报{stated}，核算{computed}，{grade}，错误{n}条",
        locale,
        name=line.source,
        stated=line.stated or say("没有填", locale),
        computed=line.computed or none,
        grade=word("grade", line.grade, locale) if line.grade else say("等级未定", locale),
        n=dict(line.counts)[Severity.ERROR.value],
    )
    if line.unread:
        said += say("，{n}格没有读准", locale, n=line.unread)
    return said + (say("，没有写出", locale) if line.problems else "")


def _close(n: int, totals: Counter[str], failed: Sequence[str], locale: str) -> None:
    click.echo(
        say(
            "共{n}个文件：没有错误的{right}个，有错误的{wrong}个，没有评价的{none}个",
            locale,
            n=n,
            right=totals["right"],
            wrong=totals["wrong"],
            none=totals["not"],
        )
    )
    if totals["written"]:
        click.echo(say("写出{n}个文件", locale, n=totals["written"]))
    if failed:
        click.echo(say("没有评价或没有写出的：{names}", locale, names=tuple(failed)), err=True)


def document(line: FileStatus, locale: str) -> dict[str, Any]:
    """A line as plain data."""
    return {
        "perfeval": EDITION,
        "source": line.source,
        "status": line.status,
        "title": line.title,
        "year": line.year,
        "framework": line.framework,
        "stated": line.stated or None,
        "computed": line.computed or None,
        "grade": line.grade or None,
        "findings": dict(line.counts),
        "written": list(line.written),
        "problems": [{"code": each.code, "sentence": each.in_locale(locale)} for each in line.problems],
    }


@contextmanager
def _progress(n: int, form: str, locale: str) -> Iterator[Callable[[], None]]:
    """A bar on standard error where somebody watches; nothing for a pipe, or for a file or two."""
    here = sys.stdout.isatty()
    if n < SLOW or not sys.stderr.isatty() or (form == "json" and here):
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(say("评价", locale)), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    screen = Console(file=sys.stderr, emoji=False, highlight=False, markup=False)
    with Progress(*columns, console=screen, transient=True, redirect_stdout=here) as bar:
        task = bar.add_task("", total=n)
        yield lambda: bar.advance(task)
