"""How well official tables are read and judged: ``python tests/reading/measure_tables.py [LAYOUT …] [--show] [--write DIR]``.

For each layout: rows, amounts, totals and headers read right, findings on honest tables (there should be none of
错误 and hardly one of 疑点), planted faults found. ``--show`` prints each miss with file, cell, what is right and what
was read; ``--write`` keeps the workbooks in a folder. Everything is asked of the public face alone.
"""

from __future__ import annotations

import argparse
import re
import sys
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parent))

from published.faults import faulty
from published.layouts import LAYOUTS
from published.records import plain

import perfeval as pe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from published.layouts import Layout
    from published.records import Amount, Fault, Line, Total, Value, Workbook

READ = ("行", "金额", "总分", "表头")
GRAVE = (pe.Severity.ERROR, pe.Severity.DOUBT)


@dataclass
class Miss:
    """Something read otherwise than it stands: what, in which file and cell, what is right, what was read."""

    what: str
    file: str
    cell: str
    right: str
    got: str

    def __str__(self) -> str:
        return f"{self.what}  {self.file}  {self.cell}  应为 {self.right}  读作 {self.got}"


@dataclass
class Tally:
    """What was counted of one layout."""

    right: Counter[str] = field(default_factory=Counter)
    whole: Counter[str] = field(default_factory=Counter)
    misses: list[Miss] = field(default_factory=list)
    alarms: list[tuple[str, str, str]] = field(default_factory=list)
    """(severity, file, message) on honest tables."""
    honest: int = 0
    silent: int = 0
    undecided: int = 0
    unfound: list[str] = field(default_factory=list)

    def count(self, what: str, misses: Sequence[Miss]) -> None:
        """One thing looked at: right where nothing of it is missed."""
        self.whole[what] += 1
        self.right[what] += not misses
        self.misses += misses

    def add(self, other: Tally) -> None:
        """Add the figures of another layout."""
        self.right += other.right
        self.whole += other.whole
        self.misses += other.misses
        self.alarms += other.alarms
        self.unfound += other.unfound
        self.honest += other.honest
        self.silent += other.silent
        self.undecided += other.undecided


# -- what was read --------------------------------------------------------------------------------------------------


def plain_text(text: str) -> str:
    """*text* without differences of width, spaces and separators."""
    return re.sub(r"[\s,，“”\"]", "", unicodedata.normalize("NFKC", text))


def position(cell: str) -> tuple[str, int]:
    """Sheet and row of a cell."""
    sheet, _, address = cell.rpartition("!")
    return sheet, int(re.sub(r"\D", "", address) or 0)


def rows_of(case: pe.Case) -> list[pe.Row]:
    """Every row of the case and its projects."""
    return [*case.rows, *(row for project in case.projects for row in project.rows)]


def budgets_of(case: pe.Case, project: str) -> list[pe.Budget]:
    """The budget of the project of this name, where the case has it; else every budget."""
    named = [each for each in case.projects if project and plain_text(each.name) == plain_text(project)]
    budgets = [each.budget for each in named or case.projects]
    if not named:
        budgets.append(case.budget)
    return [each for each in budgets if each is not None]


def same_number(figure: pe.Figure | None, number: Decimal | None) -> bool:
    """Whether *figure* is this number of points (None: no figure at all)."""
    if figure is None or number is None:
        return figure is None and number is None
    return figure.quantity is not None and figure.quantity.number == Fraction(number)


def quantity(number: str, unit: str) -> pe.Quantity | None:
    """The quantity that was put into the cell, where its unit is known."""
    try:
        return pe.Quantity(number, unit)
    except pe.PerfevalError:
        return None


def same_figure(figure: pe.Figure | None, value: Value) -> bool:
    """Whether *figure* says what was put into the cell."""
    if figure is None:
        return False
    if value.day is not None:
        return same_day(figure.value, value.day) or same_day(getattr(figure.period, "until", None), value.day)
    if value.number and (right := quantity(value.number, value.unit)) is not None:
        got = figure.quantity
        if got is None:
            return False
        return got == right or (not value.unit and got.number == right.number) or (
            value.text == value.number and got.number == right.number
        )  # fmt: skip
    if value.text == "7×24小时" and figure.quantity == pe.Quantity(168, "小时"):
        return True
    return figure.quantity is None and plain_text(figure.text) == plain_text(value.text)


def same_day(got: Any, right: tuple[int | None, int | None, int | None]) -> bool:
    """Whether a date has year, month and day as written; a year that the table supplies is right too."""
    year, month, of_month = (getattr(got, name, None) for name in ("year", "month", "day"))
    return got is not None and (month, of_month) == right[1:] and right[0] in (None, year)


def same_target(target: pe.Target | None, value: Value) -> bool:
    """Whether *target* says what was put into the cell, its sign included where one was written."""
    if target is None:
        return False
    if isinstance(target, pe.Compared):
        return same_figure(target.figure, value) and (not value.sign or target.sign == value.sign)
    if isinstance(target, pe.By):
        return value.day is not None and same_day(target.until, value.day)
    if value.day is not None or quantity(value.number or "x", value.unit) is not None:
        return False
    return plain_text(target.text) == plain_text(value.text)


def same_path(of: str, line: Line) -> bool:
    """Whether a row's path ends in the indicator's name and passes through its levels in order."""
    got = [plain_text(part) for part in of.split("/")]
    *levels, name = (plain_text(part) for part in line.path)
    if not (got[-1] == name or re.fullmatch(rf"(指标)?\d*[:：.、]?{re.escape(name)}(\(.*\))?", got[-1])):
        return False
    rest = iter(got[:-1])
    return all(level in rest for level in levels)


def told(value: Any) -> str:
    """What was read, for the eye."""
    if value is None:
        return "没有"
    return f"“{getattr(value, 'text', None) or value}”" + (
        f"（{type(value).__name__}）" if not isinstance(value, (pe.Figure, str)) else ""
    )


def line_misses(line: Line, row: pe.Row | None, file: str) -> Iterator[Miss]:
    """What of one indicator row is read otherwise."""
    name = line.path[-1]
    if row is None:
        yield Miss("行", file, line.cell, name, "没有")
        return
    if not same_path(row.of, line):
        yield Miss("指标名称", file, line.cell, "/".join(line.path), row.of)
    for what, figure, number in (("分值", row.points, line.points), ("得分", row.earned, line.earned)):
        if not same_number(figure, number):
            yield Miss(what, file, line.cell, f"{name} {number}", told(figure))
    if line.target is not None and not same_target(row.target, line.target):
        yield Miss("指标值", file, line.cell, f"{name} {line.target.text}", told(row.target))
    if line.actual is not None and not same_figure(row.actual, line.actual):
        yield Miss("完成值", file, line.cell, f"{name} {line.actual.text}", told(row.actual))


def amount_misses(amount: Amount, case: pe.Case, file: str) -> Iterator[Miss]:
    """Where an amount was not read into its field."""
    right = pe.Quantity(str(plain(amount.number)), amount.unit)
    candidates: list[pe.Figure | None] = []
    for budget in budgets_of(case, amount.project):
        if amount.of:
            records: list[Any] = [line for line in budget.lines if plain_text(amount.of) in plain_text(line.name)]
        else:
            records = [budget]
        candidates += [getattr(record, kind) for record in records for kind in amount.kind.split()]
    if not any(each is not None and each.quantity == right for each in candidates):
        got = "、".join(each.text for each in candidates if each is not None) or "没有"
        yield Miss("金额", file, amount.cell, f"{amount.of or '总额'} {amount.kind} {right}", got)


def total_misses(total: Total, case: pe.Case, file: str) -> Iterator[Miss]:
    """Where 总分 or the points of 执行率 were not read."""
    rows = [
        row for row in rows_of(case)
        if (row.place and position(row.place.cell) == position(total.cell)) or row.of.rpartition("/")[2] == total.of
    ]  # fmt: skip
    if not any(
        same_number(row.earned, total.earned) and (total.points is None or same_number(row.points, total.points))
        for row in rows
    ):
        got = "；".join(f"{row.of} {told(row.points)} {told(row.earned)}" for row in rows) or "没有"
        yield Miss("总分", file, total.cell, f"{total.of} {total.points} {total.earned}", got)


def header_misses(workbook: Workbook, case: pe.Case, file: str) -> Iterator[Miss]:
    """Where year, office or the name of a project were not read."""
    if workbook.year is not None and case.year != workbook.year:
        yield Miss("年度", file, "", str(workbook.year), told(case.year))
    if workbook.office and plain_text(case.office) != plain_text(workbook.office):
        yield Miss("单位", file, "", workbook.office, told(case.office))
    names = plain_text("/".join([case.title, *(project.name for project in case.projects)]))
    for name in workbook.names:
        if plain_text(name) not in names and "整体" not in name:
            yield Miss("项目名称", file, "", name, names or "没有")


def levels_above(path: str) -> Iterator[str]:
    """The paths of the levels above an indicator."""
    names = path.split("/")
    for depth in range(1, len(names)):
        yield "/".join(names[:depth])


def read_counts(workbook: Workbook, case: pe.Case, tally: Tally) -> None:
    """Hold everything that was read against what was put in."""
    file = workbook.name
    by_place: dict[tuple[str, int], pe.Row] = {}
    every = tuple(rows_of(case))
    levels = {above for row in every for above in levels_above(row.of)}  # their rows are no indicators
    for row in every:
        if row.place is not None and (row.target or row.actual or row.earned) and row.of not in levels:
            by_place.setdefault(position(row.place.cell), row)
    for line in workbook.lines:
        row = by_place.pop(position(line.cell), None)
        tally.count("行", list(line_misses(line, row, file)))
    known = {position(each.cell) for each in (*workbook.totals, *workbook.amounts)}
    for at, row in by_place.items():
        if at not in known:
            tally.misses.append(Miss("多出的行", file, f"{at[0]}!{at[1]}", "没有", row.of))
            tally.whole["多"] += 1
    for amount in workbook.amounts:
        tally.count("金额", list(amount_misses(amount, case, file)))
    for total in workbook.totals:
        tally.count("总分", list(total_misses(total, case, file)))
    tally.count("表头", list(header_misses(workbook, case, file)))


# -- what was judged ------------------------------------------------------------------------------------------------


def finding_key(finding: pe.Finding) -> tuple[str, str, tuple[str, ...]]:
    """What tells findings of two workbooks apart: an alarm that both have finds no fault, whatever its numbers."""
    return finding.code, finding.of, tuple(place.cell for place in finding.places)


def names_fault(finding: pe.Finding, workbook: Workbook, fault: Fault) -> bool:
    """Whether a finding is about the place of the fault, or names what it is about."""
    if any(place.cell == workbook.fault_cell for place in finding.places):
        return True
    about = f"{finding.of} {finding.sentence()}"
    return any(name in about for name in fault.names)


def evaluated(data: bytes) -> tuple[pe.Case | None, tuple[pe.Finding, ...], str]:
    """The case and its findings; the error where the workbook is not read at all."""
    try:
        case = pe.read(data)
        return case, tuple(pe.evaluate(case).findings), ""
    except pe.PerfevalError as error:
        return None, (), "；".join(str(each) for each in error.problems)
    except Exception as error:  # noqa: BLE001 - counted, so that the measure goes on
        return None, (), f"程序出错 {type(error).__name__}: {error}"


def measured(layout: Layout, faults: bool = True) -> Tally:
    """Everything about one layout; its planted faults only where they are asked for."""
    tally = Tally()
    for variant in range(len(layout.contents)):
        workbook = layout.workbook(variant)
        case, findings, error = evaluated(workbook.data)
        tally.honest += 1
        if case is None:
            tally.alarms.append(("读不了", workbook.name, f"{error} [unread]"))
            case = pe.Case()
        grave = [each for each in findings if each.severity in GRAVE]
        tally.alarms += [
            (str(each.severity), workbook.name, f"{' '.join(place.cell for place in each.places)} {each} [{each.code}]")
            for each in grave
        ]
        tally.undecided += sum(each.severity is pe.Severity.UNDECIDED for each in findings)
        tally.silent += not grave and not error
        read_counts(workbook, case, tally)
    for workbook, twin in faulty(layout) if faults else ():
        fault = workbook.fault
        assert fault is not None
        before = {finding_key(each) for each in evaluated(twin.data)[1]}
        new = [each for each in evaluated(workbook.data)[1] if finding_key(each) not in before]
        found = any(each.severity in GRAVE and names_fault(each, workbook, fault) for each in new)
        tally.whole["错"] += 1
        tally.right["错"] += found
        tally.whole[fault.kind] += 1
        tally.right[fault.kind] += found
        if not found:
            other = "；".join(f"{each} [{each.code}]" for each in new) or "没有新的意见"
            tally.unfound.append(f"{fault.kind}  {workbook.name}  {workbook.fault_cell}  {other}")
    return tally


# -- printing -------------------------------------------------------------------------------------------------------


def wide(text: str, width: int) -> str:
    """*text* filled up to a width in which a Chinese character counts twice."""
    return text + " " * (width - sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text))


def summary(name: str, tally: Tally) -> str:
    """One line of figures."""
    graves = Counter(severity for severity, _, _ in tally.alarms)
    alarms = "  ".join(f"{what} {graves[what]}" for what in ("错误", "疑点", "读不了"))
    parts = [
        *(f"{what} {tally.right[what]}/{tally.whole[what]}" for what in READ),
        f"多行 {tally.whole['多']}",
        f"如实表无误报 {tally.silent}/{tally.honest}（{alarms}  无法判断 {tally.undecided}）",
        f"埋错 {tally.right['错']}/{tally.whole['错']}",
    ]
    return wide(name, 26) + "  ".join(wide(part, 13) for part in parts)


def by_kind(tally: Tally) -> Iterator[str]:
    """What is missed most, by kind."""
    faults = sorted(kind for kind in tally.whole if kind.isascii())
    yield "埋错按种类：" + "  ".join(f"{kind} {tally.right[kind]}/{tally.whole[kind]}" for kind in faults)
    misses = Counter(miss.what for miss in tally.misses)
    yield "读错按种类：" + "  ".join(f"{what} {count}" for what, count in misses.most_common())
    alarms = Counter(f"{severity} {message.rpartition('[')[2].rstrip(']')}" for severity, _, message in tally.alarms)
    yield "误报按编号：" + "  ".join(f"{what} {count}" for what, count in alarms.most_common())


def shown(tally: Tally) -> Iterator[str]:
    """Each miss, false alarm and unfound fault."""
    for miss in tally.misses:
        yield f"  读错 {miss}"
    for severity, file, message in tally.alarms:
        yield f"  误报 {severity}  {file}  {message}"
    for each in tally.unfound:
        yield f"  未发现 {each}"


def main(arguments: Sequence[str]) -> None:
    """Print the figures of the layouts named, else of all, and the sum."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("layouts", nargs="*", metavar="LAYOUT", help=" ".join(LAYOUTS))
    parser.add_argument("--show", action="store_true", help="print each miss")
    parser.add_argument("--write", type=Path, metavar="DIR", help="keep the workbooks in this folder")
    chosen = parser.parse_args(arguments)
    whole = Tally()
    for name in chosen.layouts or LAYOUTS:
        layout = LAYOUTS[name]
        if chosen.write:
            chosen.write.mkdir(parents=True, exist_ok=True)
            honest = [layout.workbook(variant) for variant in range(len(layout.contents))]
            for workbook in (*honest, *(each for each, _ in faulty(layout))):
                (chosen.write / workbook.name).write_bytes(workbook.data)
        tally = measured(layout)
        whole.add(tally)
        print(summary(name, tally), flush=True)
        if chosen.show:
            print(*shown(tally), sep="\n", flush=True)
    print(summary("合计", whole))
    print(*by_kind(whole), sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
