"""核过的表: a copy of the office's own workbook — blanks filled with live formulas, findings as notes of their cells.

Only what this needs is changed in the file: the cells themselves, the notes, and what names both. Every other
part of the package stays as it is, byte for byte.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from perfeval.documents.limits import DEFAULT, Limits
from perfeval.documents.os_errors import unread
from perfeval.documents.text import on_disk
from perfeval.documents.writing import write_whole
from perfeval.documents.xlsx import reading
from perfeval.documents.xlsx.number_formats import number, plain, shown
from perfeval.documents.xlsx.package import Package, repacked
from perfeval.documents.xlsx.patching import SheetXml, Written, formulas_in, recalculating, restyled
from perfeval.errors import OutputError, Place, problem
from perfeval.locales.messages import say
from perfeval.papers.marked import notes as markingnotes
from perfeval.papers.marked.cells import STATED, Filler, budgets
from perfeval.papers.marked.notes import ChangedParts
from perfeval.papers.marked.page import MarkedSheet, split

if TYPE_CHECKING:
    from os import PathLike

    from perfeval.papers.marked.page import Fill
    from perfeval.results.evaluation import Evaluation
    from perfeval.results.finding import Finding

_GENERAL, _PERCENT = 0, 10
"""Built-in number formats: as the number is, and 0.00%."""
_WORKBOOK = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


class Marked(NamedTuple):
    """核过的表: the bytes of the copy, and how many cells were filled, corrected and given notes."""

    data: bytes
    filled: int
    corrected: int
    noted: int


def mark(
    evaluation: Evaluation,
    workbook: str | PathLike[str] | bytes,
    *,
    points: str = STATED,
    locale: str = "zh_Hans",
    limits: Limits = DEFAULT,
) -> Marked:
    """核表: a copy of *workbook*, the file or bytes that the case of *evaluation* was read from, filled and marked.

    *points* stated keeps what the office wrote and fills blanks alone; computed corrects 得分 and 执行率 that differ
    too. The same workbook and evaluation give the same bytes. Raises OutputError where the case did not come from
    this workbook or it is no plain .xlsx, InputError where it cannot be read.
    """
    data = workbook if isinstance(workbook, bytes) else _read(Path(workbook))
    case = evaluation.case
    if case.place is None or not case.place.cell:
        raise OutputError(problem("marking-without-workbook", "案例不是从工作簿读入的，没有可以填写的原表"))
    source = case.place.source
    package = Package(data, source, limits)
    found = reading.located(package)
    if _WORKBOOK not in package.read(markingnotes.TYPES):
        raise OutputError(
            problem(
                "marking-other-kind",
                "这个文件是带宏的工作簿或模板，不能照样存成 .xlsx；请先在 WPS 里另存为“Excel 文件（*.xlsx）”，再评价",
                place=Place(source=source),
            )
        )
    where = {name: part for name, _, part in found.sheets}
    used = _sheets(evaluation)
    pages: dict[str, MarkedSheet] = {}
    for grid in reading.read(data, source, limits).sheets:
        if grid.name in used:
            pages[grid.name] = MarkedSheet(grid, SheetXml(package, package.read(where[grid.name])))
    if not used <= pages.keys():
        raise _changed(source)
    filler = Filler(pages, points, locale)
    for part, budget, base in budgets(evaluation):
        filler.fill(part, budget, base)
    for page in pages.values():
        for fill in page.fills:
            page.note(fill.row, fill.column, fill.content.note)
    for each in _findings(evaluation):
        _note(each, pages, locale)
    parts = ChangedParts(package)
    styles = _CellStyles(parts, found)
    filled = corrected = noted = 0
    for name, page in pages.items():
        written = {(fill.row, fill.column): styles.written(page, fill) for fill in page.fills}
        notes = {at: "\n".join(words) for at, words in page.notes.items() if words}
        if not written and not notes:
            continue
        named = markingnotes.add(parts, where[name], page.xml.notes_id, notes) if notes else ""
        parts.made[where[name]] = page.xml.edited(written, named)
        corrected += sum(fill.corrects for fill in page.fills)
        filled += sum(not fill.corrects for fill in page.fills)
        noted += len(notes)
    styles.finish()
    if filled + corrected and _calculates(parts, pages, found):
        parts.made[found.main] = recalculating(parts.read(found.main))
    return Marked(repacked(package, parts.made), filled, corrected, noted)


def write(
    evaluation: Evaluation,
    path: str | PathLike[str],
    *,
    overwrite: bool = False,
    points: str = STATED,
    locale: str = "zh_Hans",
) -> tuple[Path, str]:
    """Write the copy to *path*; the path and a sentence that says what was done.

    Raises OutputError where there is a file already (without *overwrite*), where *path* is the office's own file,
    or where it cannot be written.
    """
    source = on_disk(evaluation.case.place.source)
    if _same(Path(path), source):
        raise OutputError(
            problem("marking-over-source", "不改动原表；请换一个文件名写出核过的表", place=Place(source=str(path)))
        )
    done = mark(evaluation, source, points=points, locale=locale)
    return write_whole(path, done.data, overwrite=overwrite), described(done, points, locale)


def _read(source: Path) -> bytes:
    try:
        return source.read_bytes()
    except OSError as error:
        raise unread(source, error) from None


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except (OSError, ValueError):
        return False


def described(done: Marked, points: str, locale: str) -> str:
    """What was done to the copy, and which value stands in 得分."""
    if points == STATED:
        return say(
            "  填写空格{filled}处，批注{noted}处；得分、执行率照自报的数，空格填核算的数",
            locale,
            filled=done.filled,
            noted=done.noted,
        )
    return say(
        "  填写空格{filled}处，改正{corrected}处，批注{noted}处；得分、执行率都是核算的数，原填的数见批注",
        locale,
        filled=done.filled,
        corrected=done.corrected,
        noted=done.noted,
    )


def _calculates(parts: ChangedParts, pages: dict[str, MarkedSheet], found: reading.Located) -> bool:
    """Whether the office has formulas of its own, whose stored values may follow from cells that were written."""
    for name, _, part in found.sheets:
        page = pages.get(name)
        if page is None:
            if formulas_in(parts.package.read(part)):
                return True
        else:
            ours = {(fill.row, fill.column) for fill in page.fills}
            if any(place.formula and at not in ours for at, place in page.xml.cells.items()):
                return True
    return False


def _changed(source: str) -> OutputError:
    return OutputError(
        problem("marking-source-changed", "原表在读入之后改过，和案例对不上；请重新评价", place=Place(source=source))
    )


def _sheets(evaluation: Evaluation) -> set[str]:
    """The sheets that the case's tables stand on."""
    case = evaluation.case
    tables = (case, *case.projects)
    placed = [
        *tables,
        *(row for table in tables for row in table.rows),
        *(each.budget for each in tables if each.budget),
    ]
    return {each.place.cell.rpartition("!")[0] for each in placed if each.place is not None and "!" in each.place.cell}


def _findings(evaluation: Evaluation) -> list[Finding]:
    """The findings of the case and of its projects, each once, the gravest first."""
    every = [each for part in (evaluation, *evaluation.projects) for each in part.findings if not each.waived]
    once = [each for at, each in enumerate(every) if each not in every[:at]]
    return sorted(once, key=lambda each: each.severity.rank)


def _note(finding: Finding, pages: dict[str, MarkedSheet], locale: str) -> None:
    """Put a finding on each of its cells."""
    words = say(
        "{severity}：{sentence}",
        locale,
        severity=finding.severity,
        sentence=say("{where}：{sentence}", locale, where=finding.of, sentence=finding.sentence(locale)),
    )
    advice = finding.advice_in(locale)
    for place in finding.places:
        found = split(place.cell)
        if found is None or (page := pages.get(found[0])) is None:
            continue
        page.note(*found[1:], words + (f"\n{advice}" if advice else ""))


class _CellStyles:
    """格式: the style of each written cell — its own where that shows the number, else a copy with another format."""

    def __init__(self, parts: ChangedParts, found: reading.Located) -> None:
        self.parts, self.part = parts, found.kinds.get("styles", "")
        self.codes = reading.formats(parts.package, self.part) if self.part in parts.package else []
        self.wanted: dict[tuple[int, int], None] = {}
        self.calculated = found.kinds.get("calcChain", "")
        self.found = found

    def written(self, page: MarkedSheet, fill: Fill) -> Written:
        """What stands in the cell from now on."""
        value = Fraction(fill.content.value)
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        old = page.xml.cells.get((fill.row, fill.column))
        style = old.attributes.get("s", "0") if old is not None else "0"
        style = self._style(int(style) if style.isdecimal() else 0, exact, percent=fill.content.code.endswith("%"))
        if old is not None and old.formula and not fill.content.formula:
            self._forget_order()
        return Written(plain(exact), fill.content.formula.removeprefix("="), style)

    def _style(self, style: int, value: Decimal, *, percent: bool) -> str:
        if not 0 <= style < len(self.codes):
            return ""
        code = self.codes[style]
        seen = shown(value, code)
        fits = code != "@" and not seen.stored and ("%" in code) is percent
        if fits and (percent or number(seen.text.replace(",", "")) == value):
            return str(style)
        key = style, _PERCENT if percent else _GENERAL
        self.wanted.setdefault(key)
        return str(len(self.codes) + list(self.wanted).index(key))

    def _forget_order(self) -> None:
        """Without one of its formulas the stored order of calculation is wrong: programs make it anew."""
        if self.calculated not in self.parts.package or self.calculated in self.parts.made:
            return
        folder, _, name = self.found.main.rpartition("/")
        for part in (f"{folder}/_rels/{name}.rels", markingnotes.TYPES):
            self.parts.made[part] = markingnotes.without(self.parts.read(part), self.calculated.rpartition("/")[2])
        self.parts.made[self.calculated] = None

    def finish(self) -> None:
        """Write the copies of styles that cells were given."""
        if self.wanted:
            self.parts.made[self.part] = restyled(self.parts.read(self.part), self.parts.package, self.wanted)
