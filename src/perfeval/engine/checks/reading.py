"""审核规则·读表: what a workbook's reader found — cells not read for sure, hidden digits, rest of a template."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from perfeval.errors import Problem, problem
from perfeval.model.note import DIGITS, HEADER, NOTE, TEMPLATE, UNREAD
from perfeval.results.check import Found, check
from perfeval.results.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from perfeval.model.note import Note
    from perfeval.results.evaluation import Evaluation
    from perfeval.results.finding import Finding

SEVERAL = 3
"""From so many cells of one column on, what is the same of all of them is said once."""


def _remarked(evaluation: Evaluation, kind: str) -> Iterator[Found]:
    for remark in evaluation.case.remarks:
        if remark.kind == kind:
            yield _found(remark)


def _found(remark: Note) -> Found:
    what = remark.problem
    said = Problem(code=what.code, template=what.template, values=what.values)
    places = () if what.place is None else (what.place,)
    return Found(_of(remark), given=what.get("text"), places=places, values=(("problem", said),))


def _of(remark: Note) -> str:
    return remark.of.rpartition("/")[2] or "表"


def _column(remark: Note) -> str:
    """The column of its cell (附件1!E), the whole cell where it names none."""
    place = remark.problem.place
    return place.cell.rstrip("0123456789") if place is not None else ""


@check(
    "cell-unread",
    title="单元格无法判断",
    severity=Severity.UNDECIDED,
    sentence="{problem}",
    basis="读不准的数不猜；这一行不再作其他判断",
    advice="按说明改正这个单元格，再评一次",
)
def cell_unread(evaluation: Evaluation) -> Iterator[Found]:
    """A cell of the office's table that cannot be read for sure.

    查什么
    ------
    串栏、几个数挤在一格、合并单元格跨了几个指标、公式没有算出或出错、没有写%的小数，等等。

    为什么
    ------
    读不准的数，猜对猜错都不能作为依据；所以这一行只说读不准，不再有其他意见。

    反例
    ----
    完成值一格写“8000亩8535.5亩”。

    正例
    ----
    完成值写8535.5亩。

    何时可豁免
    ----------
    不可豁免；请改正单元格。

    起始版本
    --------
    0.1
    """
    return _remarked(evaluation, UNREAD)


@check(
    "digits-hidden",
    title="显示的数与存的数不同",
    severity=Severity.NOTE,
    sentence="{problem}",
    basis="计算用单元格里存的数，表上印出的是显示的数",
    advice="把存的数改成显示的数，或多显示几位小数",
)
def digits_hidden(evaluation: Evaluation) -> Iterator[Found]:
    """Cells that store more digits than they show; many in one column are one finding.

    查什么
    ------
    单元格存的数（至多15位有效数字）与按数字格式显示的数是否相同。

    为什么
    ------
    印出来的数相加、相除可能与表上不合，审核人员看到的是印出来的数。

    反例
    ----
    存29.456分，显示29.46分。

    正例
    ----
    存29.46分，显示29.46分。

    何时可豁免
    ----------
    执行率由公式算出，只显示两位小数。

    起始版本
    --------
    0.1
    """
    columns: dict[str, list[Note]] = {}
    for remark in evaluation.case.remarks:
        if remark.kind == DIGITS:
            columns.setdefault(_column(remark), []).append(remark)
    for those in columns.values():
        if len(those) < SEVERAL:
            yield from map(_found, those)
            continue
        first = those[0].problem
        said = problem(
            "digits-hidden-often",
            "这一栏有{n}格显示的数与存的数不同（如显示{shown}，存的是{stored}），按存的数计算；请把单元格改成显示的数，或多显示几位小数",
            n=len(those),
            shown=first.get("shown"),
            stored=first.get("stored"),
        )
        names = dict.fromkeys(map(_of, those))
        places = tuple(each.problem.place for each in those if each.problem.place is not None)
        yield Found(next(iter(names)) if len(names) == 1 else "表", places=places, values=(("problem", said),))


@check(
    "template-left",
    title="留有模板文字",
    severity=Severity.DOUBT,
    sentence="{problem}",
    basis="上报的表里不应留有模板的示例行和省略号",
    advice="填写这一行，或删去",
)
def template_left(evaluation: Evaluation) -> Iterator[Found]:
    """A row of the template that nobody filled in.

    查什么
    ------
    指标名称仍是“指标1”“……”“/”等模板文字的行。

    为什么
    ------
    留着模板文字，看不出是漏填还是没有这个指标。

    反例
    ----
    三级指标一栏写“指标2：”，其余空白。

    正例
    ----
    删去这一行。

    何时可豁免
    ----------
    系统导出的表不能删行。

    起始版本
    --------
    0.1
    """
    return _remarked(evaluation, TEMPLATE)


@check(
    "header-differs",
    title="表头与表中不符",
    severity=Severity.ERROR,
    sentence="{problem}",
    basis="同一张表里同一个数只有一个值",
    advice="核对后改正其中一处",
)
def header_differs(evaluation: Evaluation) -> Iterator[Found]:
    """A value in the header of a table that is another than in the table itself.

    查什么
    ------
    表头写的自评总分与总分一行是否相同，标题写的年度与年度一栏是否相同。

    为什么
    ------
    改了明细没有改表头，或套用上年的表，是常见的错误。

    反例
    ----
    表头自评总分98.5，总分一行98.84。

    正例
    ----
    两处都是98.84。

    何时可豁免
    ----------
    不可豁免；请改正其中一处。

    起始版本
    --------
    0.2
    """
    return _remarked(evaluation, HEADER)


@check(
    "table-taken",
    title="读表说明",
    severity=Severity.NOTE,
    sentence="{problem}",
    basis="表中没有写明的，读表时按说明处理",
    advice="核对说明；不合的请在表中写明",
)
def table_taken(evaluation: Evaluation) -> Iterator[Found]:
    """How a table was taken where it does not say so itself.

    查什么
    ------
    表中没有写明指标体系、金额单位，或有隐藏的工作表和行列时，是怎样读的。

    为什么
    ------
    读法不同，结果就不同；所以写出来，让填表的人核对。

    反例
    ----
    资金栏没有写“万元”或“元”。

    正例
    ----
    表头写“项目资金（万元）”。

    何时可豁免
    ----------
    核对过，读法正确。

    起始版本
    --------
    0.1
    """
    alike: dict[Problem, list[Found]] = {}
    for remark in evaluation.case.remarks:
        if remark.kind == NOTE:
            each = _found(remark)
            alike.setdefault(dict(each.values)["problem"], []).append(each)
    for those in alike.values():  # what is the same of several tables is said once
        names = dict.fromkeys(each.of for each in those)
        places = tuple(place for each in those for place in each.places)
        yield evolve(those[0], of=next(iter(names)) if len(names) == 1 else "表", places=places)


def heard(remarks: Iterable[Note], findings: Iterable[Finding]) -> Iterator[Finding]:
    """*findings* without those of rows that could not be read for sure: of such a row only that is said."""
    unread = [each for each in remarks if each.kind == UNREAD]
    said = (cell_unread.code, table_taken.code)
    return (each for each in findings if each.code in said or not any(row.silences(each.of) for row in unread))
