"""终端: summary, score table, what agrees and what does not, as rich tables that fit the console's width.

Lines are broken by our own rules (see wrapping), so that rich only sets columns and colours. Every
character fits a console in GBK.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from perfeval.locales import say
from perfeval.model.evaluation import Severity
from perfeval.model.listing import about, earned_text, headings, line, lines, title, where, width
from perfeval.papers.agreed import agreed, calculation
from perfeval.papers.wrapping import wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console
    from rich.table import Table

    from perfeval.model.evaluation import Evaluation, Finding
    from perfeval.model.listing import Line

STYLES = {Severity.ERROR: "bold red", Severity.DOUBT: "yellow", Severity.NOTE: "cyan", Severity.UNDECIDED: "magenta"}
REASON = 34
"""Columns that a reason needs beside the numbers; with less it stands in a table of its own."""


class Column(NamedTuple):
    """表格的一列: heading, the most columns that it may take, and whether it holds numbers."""

    heading: str
    most: int = 200
    right: bool = False


def show(evaluation: Evaluation, console: Console, locale: str = "zh_Hans", *, brief: bool = False) -> None:
    """Print what a finance clerk wants to see first: the total, the points, what agrees, what contradicts what.

    *brief* leaves out indicators with full points and agreements of the categories.
    """
    for each in (evaluation, *evaluation.projects):
        _heading(console, summary(each, locale))
        for table in score_tables(each, console.width, locale, brief=brief):
            console.print(table)
            console.print()
    found = [each for each in agreed(evaluation, locale) if each.points or not brief]
    if found:
        _heading(console, say("核对相符：{n} 处", locale, n=len(found)))
        columns = [Column(say("核对", locale), 34), Column(say("算式", locale))]
        console.print(grid(columns, [[each.of, each.sum] for each in found], console.width))
        console.print()
    if evaluation.findings:
        _heading(console, say("审核意见：{counts}", locale, counts=closing(evaluation, locale)))
        console.print(finding_table(evaluation, console.width, locale))
    else:
        _heading(console, say("审核意见：没有发现矛盾", locale))


def _heading(console: Console, words: str) -> None:
    from rich.text import Text

    for each in wrap(words, console.width):
        console.print(Text(each, style="bold"), soft_wrap=True)


def summary(evaluation: Evaluation, locale: str = "zh_Hans") -> str:
    """One line: what it is about, stated and computed total, grade."""
    score = evaluation.score
    parts = [title(evaluation, locale)]
    if score.stated is not None:
        parts.append(say("自评 {stated} 分", locale, stated=score.stated.text.removesuffix("分")))
    computed = earned_text(score, locale)
    if score.steps is None and computed in ("—", say("未定", locale)):
        parts.append(say("核算 未定", locale))
    else:
        parts.append(say("核算 {earned} 分", locale, earned=computed))
    if evaluation.grade:
        parts.append(say("等级 {grade}", locale, grade=evaluation.grade))
    return "  ".join(parts)


def closing(evaluation: Evaluation, locale: str = "zh_Hans") -> str:
    """How many findings of each severity there are: 错误 3 条，疑点 6 条."""
    open_ = [finding for finding in evaluation.findings if not finding.waived]
    counts = [
        say("{severity} {n} 条", locale, severity=severity, n=n)
        for severity in Severity
        if (n := sum(finding.severity is severity for finding in open_))
    ]
    waived = len(evaluation.findings) - len(open_)
    if waived:
        counts.append(say("已豁免 {n} 条", locale, n=waived))
    return say("，", locale).join(counts)


def score_tables(evaluation: Evaluation, wide: int, locale: str, *, brief: bool = False) -> Iterable[Table]:
    """名称 分值 指标值 完成值 得分 自评 说明; on a narrow console the reasons stand in a second table."""
    rows = _rows(evaluation, locale, brief=brief)
    full = sum(_is_full(each) for each in evaluation.score.walk()) if brief else 0
    note = say("其余 {n} 项指标得满分", locale, n=full) if full else ""
    heads = headings(locale)
    most = (30, 6, 18, 18, 14, 8, 200)
    kept = [i for i in range(7) if i in (0, 1, 4, 5) or any(row[i] for row in rows)]
    columns = [Column(heads[i], most[i], i in (1, 4, 5)) for i in kept]
    cells = [[row[i] for i in kept] for row in rows]
    if 6 in kept and wide - _needed(columns[:-1], [row[:-1] for row in cells]) < min(
        REASON, max(width(row[-1]) for row in cells)
    ):
        yield grid(columns[:-1], [row[:-1] for row in cells], wide, note=note)
        reasons = [[row[0].strip(), row[6]] for row in rows if row[6]]
        yield grid([Column(heads[0], 26), Column(heads[6])], reasons, wide)
    else:
        yield grid(columns, cells, wide, note=note)


def _rows(evaluation: Evaluation, locale: str, *, brief: bool) -> list[list[str]]:
    if not brief:
        return [_indented(each) for each in lines(evaluation, locale)]
    return [
        _indented(line(score, depth, locale))
        for depth, score in _deep(evaluation.score, 0)
        if depth < 2 or (not score.parts and not _is_full(score))
    ]


def _deep(score: Any, depth: int) -> Iterable[tuple[int, Any]]:
    yield depth, score
    for part in score.parts:
        yield from _deep(part, depth + 1)


def _is_full(score: Any) -> bool:
    return not score.parts and score.lost is not None and score.lost.base == 0 and score.path.count("/") > 0


def _indented(each: Line) -> list[str]:
    return ["  " * each.depth + each.name, *each.cells[1:]]


def finding_table(evaluation: Evaluation, wide: int, locale: str = "zh_Hans") -> Table:
    """等级 位置 说明（编号）, in the order of severity."""
    columns = [Column(say("等级", locale), 12), Column(say("位置", locale), 26), Column(say("说明", locale))]
    rows, styles = [], []
    for finding in evaluation.findings:
        place = where(finding.places, locale)
        of = about(finding, evaluation, locale)
        said = "\n".join(filter(None, (_sentence(finding, locale), calculation(finding, evaluation, locale))))
        rows.append([finding.severity.in_locale(locale), f"{of}\n{place}" if place else of, said])
        styles.append("dim" if finding.waived else STYLES[finding.severity])
    return grid(columns, rows, wide, styles)


def _sentence(finding: Finding, locale: str) -> str:
    sentence = say("{sentence}（{code}）", locale, sentence=finding.sentence(locale), code=finding.code)
    if finding.waived:
        sentence += say("（已豁免：{why}）", locale, why=finding.waived)
    return sentence


GAP = 2
"""Columns between two columns of a table."""
LEAST, LAST = 6, 30
"""A column is not made narrower than this; the last one gives way first, down to the second number."""
RULED = "    \n    \n -- \n" + "    \n" * 5
"""One line below the headings, in ASCII: a console in GBK draws box characters two columns wide."""


def _needed(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> int:
    """Columns of the console that *columns* take, each with the gap behind it."""
    return sum(each + GAP for each in _widths(columns, rows))


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> list[int]:
    return [
        min(column.most, max(width(part) for cell in (column.heading, *cells) for part in cell.split("\n")))
        for column, *cells in zip(columns, *rows, strict=True)
    ]


def grid(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], wide: int, styles: Sequence[str] = (), note: str = ""
) -> Table:
    """A table of *rows* at most *wide* columns wide; the last column takes what the others leave."""
    from rich.box import Box
    from rich.table import Table
    from rich.text import Text

    made = Table(box=Box(RULED, ascii=True), show_edge=False, pad_edge=False, padding=(0, GAP - 1, 0, 0))
    if note:
        made.caption, made.caption_justify, made.caption_style = Text(note), "left", ""
    sizes = _widths(columns, rows)
    while sum(each + GAP for each in sizes) - GAP > wide and max(sizes) > LEAST:
        last = sizes[-1] > LAST or sizes[-1] == max(sizes)
        widest = len(sizes) - 1 if last else sizes.index(max(sizes))
        sizes[widest] -= 1
    for column, size in zip(columns, sizes, strict=True):
        made.add_column(
            Text("\n".join(wrap(column.heading, size))),
            justify="right" if column.right else "left",
            width=size,
            no_wrap=True,
        )
    for index, row in enumerate(rows):
        cells = [Text("\n".join(_wrapped(cell, size))) for cell, size in zip(row, sizes, strict=True)]
        if styles:
            cells[0].stylize(styles[index])
        made.add_row(*cells)
    return made


def _wrapped(cell: str, size: int) -> list[str]:
    """A cell's lines; what is indented stays so."""
    body = cell.lstrip(" ")
    indent = cell[: len(cell) - len(body)]
    return [indent + each for each in wrap(body, size - len(indent))]
