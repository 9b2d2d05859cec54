"""审核规则·部分与整体: parts that do not make their whole, and lists that are not as long as is said."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from perfeval.engine.checks.sums import is_total
from perfeval.formulas.nodes import Binary, Compare, Formula, Name
from perfeval.model.funds import funds_of
from perfeval.model.names import BUDGET_NAMES
from perfeval.quantities.quantity import Quantity
from perfeval.results.check import Found, check, found
from perfeval.results.finding import Severity
from perfeval.results.verdict import verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval.model.case import Budget, BudgetLine
    from perfeval.model.funds import Funds
    from perfeval.quantities.figure import Figure
    from perfeval.results.evaluation import Evaluation

WHOLE = "总额"
MOST_LINES = 12
"""So many lines may be parts of each other; a longer list is taken as it stands."""


def relation(op: str, parts: int) -> Compare:
    """总额 = 1 + 2 + …: the whole against so many parts, named by their numbers."""
    total: Formula = Name("1")
    for number in range(2, parts + 1):
        total = Binary("+", total, Name(str(number)))
    return Compare(op, Name(WHOLE), total)  # type: ignore[arg-type]  # one of = and ≥


def numbered(whole: Figure, parts: list[Figure]) -> dict[str, Figure]:
    """The whole and its parts under the names of ``relation``."""
    return {WHOLE: whole, **{str(number): part for number, part in enumerate(parts, 1)}}


def total_of(parts: list[Figure], whole: Figure) -> Quantity:
    """What the parts add up to, in the unit of the whole."""
    assert whole.quantity is not None  # noqa: S101 - asked of amounts only
    total = Quantity(0, whole.quantity.unit)
    for part in parts:
        if part.quantity is not None:
            total = total + part.quantity
    return total.to(whole.quantity.unit)


@check(
    "parts-differ",
    title="分项合计与总额不符",
    severity=Severity.ERROR,
    sentence={
        "": "{amount}：各资金来源合计{computed}，总额{given}，差{gap}",
        "printed": "{amount}：各资金来源合计{computed}，总额{given}，差{gap}，在各数取位的误差之内",
    },
    basis="年度资金总额等于各资金来源之和",
    advice="核对总额与各来源",
)
def parts_differ(evaluation: Evaluation) -> Iterator[Found]:
    """Sources of money that do not make the total.

    查什么
    ------
    年初、调整后、全年预算数与执行数，各资金来源之和是否等于总额。

    为什么
    ------
    总额写0而分项有数，或合计抄错，是常见的错误。

    反例
    ----
    总额0/0/0，其中财政拨款执行45.20万元。

    正例
    ----
    总额120.00万元 = 财政拨款100.00万元 + 其他资金20.00万元。

    何时可豁免
    ----------
    列出的只是“其中”，另有未列的来源，且写明。

    起始版本
    --------
    0.1
    """
    for funds in funds_of(evaluation.case):
        lines = [] if funds.is_line else [line for line in funds.whole.lines if not is_total(line.name)]
        for cut in lines:
            if _is_cut(cut.name) and "/" not in cut.name:
                below = [line for line in lines if line.name.startswith(f"{cut.name}/")]
                yield from _differing(funds, f"{funds.name}/{cut.name}", cut, below)
        yield from _differing(
            funds, funds.name, funds.whole, uppermost([line for line in lines if not _is_cut(line.name)], funds.whole)
        )


def _differing(funds: Funds, of: str, total: Budget | BudgetLine, lines: list[BudgetLine]) -> Iterator[Found]:
    """The amounts of *total* that the *lines* below it do not add up to."""
    for amount, own in BUDGET_NAMES.items():
        whole = getattr(total, own)
        parts = [part for line in lines if (part := getattr(line, own)) is not None and part.quantity is not None]
        if whole is None or whole.quantity is None or not parts:
            continue
        added = total_of(parts, whole)
        if added == whole.quantity:
            continue
        came_to = verdict(relation("=", len(parts)), numbered(whole, parts), funds.beside)
        printed = came_to.holds == "yes"
        only_some = len(parts) == 1 and added < whole.quantity  # a single line may be one of several
        yield found(
            of,
            whole,
            *parts,
            about=funds.owner,
            given=whole,
            computed=added,
            variant="printed" if printed else "",
            severity=Severity.NOTE if printed else came_to.severity(Severity.DOUBT if only_some else Severity.ERROR),
            amount=amount,
            gap=abs(added - whole.quantity),
        )


def _is_cut(name: str) -> bool:
    """Whether a line is the whole once more, by another property (按支出性质分), or a part of that."""
    return name.startswith("按")


def uppermost(lines: list[BudgetLine], whole: Budget) -> list[BudgetLine]:
    """The lines that make the whole, without those that are parts of the line before them.

    A form lists 财政拨款 100, 其中：中央 60, 地方 40 one below the other: nothing but the amounts tells which
    lines are parts of a line. Where all lines together are more than the whole, and a reading in which the
    lines behind one add up to it makes the whole, they are its parts; of several readings the one that
    holds for most of the amounts counts.
    """
    if len(lines) > MOST_LINES:
        return lines
    readings: dict[tuple[int, ...], int] = {}
    for own in BUDGET_NAMES.values():
        total = _base(getattr(whole, own))
        numbers = [_base(getattr(line, own)) or Fraction(0) for line in lines]
        if total is None or not any(numbers):
            continue
        if sum(numbers) == total:
            return lines
        for reading in _readings(numbers, 0):
            if sum(numbers[at] for at in reading) == total:
                readings[reading] = readings.get(reading, 0) + 1
    if not readings:
        return lines
    best = max(readings, key=lambda reading: (readings[reading], len(reading)))
    return [lines[at] for at in best]


def _base(amount: Figure | None) -> Fraction | None:
    return Fraction(amount.quantity.base) if amount is not None and amount.quantity is not None else None


def _readings(numbers: list[Fraction], first: int) -> Iterator[tuple[int, ...]]:
    """The ways to take lines from *first* on as uppermost, where the lines behind one may add up to it."""
    if first == len(numbers):
        yield ()
        return
    for rest in _readings(numbers, first + 1):
        yield (first, *rest)
    added = Fraction(0)
    for last in range(first + 1, len(numbers)):
        added += numbers[last]
        if added == numbers[first] and numbers[first]:
            for rest in _readings(numbers, last + 1):
                yield (first, *rest)


@check(
    "projects-over-office",
    title="项目合计超过部门整体",
    severity=Severity.DOUBT,
    sentence="{amount}：各项目合计{computed}，超过部门整体{given}，多{gap}",
    basis="项目支出是部门整体支出的一部分",
    advice="核对项目与整体的口径和单位（元还是万元）",
)
def projects_over_office(evaluation: Evaluation) -> Iterator[Found]:
    """Projects that together are more than the office that runs them.

    查什么
    ------
    各项目的预算数、执行数之和，是否大于部门整体的同一个数。

    为什么
    ------
    部分大于整体，多半是万元与元填混，或项目重复计列。

    反例
    ----
    部门整体执行500万元，一个项目执行908.18万元。

    正例
    ----
    部门整体执行16045.66万元，两个项目共执行1208.15万元。

    何时可豁免
    ----------
    项目资金由其他单位列支，且写明。

    起始版本
    --------
    0.1
    """
    office = evaluation.case.budget
    for amount, own in BUDGET_NAMES.items():
        whole = getattr(office, own, None)
        budgets = [project.budget for project in evaluation.case.projects if project.budget is not None]
        parts = [part for each in budgets if (part := getattr(each, own)) is not None and part.quantity is not None]
        if whole is None or whole.quantity is None or not parts:
            continue
        came_to = verdict(relation("≥", len(parts)), numbered(whole, parts))
        if came_to.holds == "no":
            total = total_of(parts, whole)
            yield found(
                "资金",
                whole,
                *parts,
                about=office,
                given=whole,
                computed=total,
                amount=amount,
                gap=total - whole.quantity,
            )


@check(
    "count-differs",
    title="个数与名单不符",
    severity=Severity.ERROR,
    sentence="写明{what}{given}，列出{computed}",
    basis="写明的个数等于名单的条数",
    advice="补全名单或改正个数",
)
def count_differs(evaluation: Evaluation) -> Iterator[Found]:
    """A stated number of units or offices whose list is not that long.

    查什么
    ------
    写明的下属单位数、内设机构数是否等于名单的条数。

    为什么
    ------
    个数与名单不一，说明名单是旧的或有遗漏。

    反例
    ----
    内设机构8个，名单只有7个。

    正例
    ----
    内设机构8个，名单8个。

    何时可豁免
    ----------
    名单只列主要单位，且写明。

    起始版本
    --------
    0.1
    """
    profile = evaluation.case.profile
    if profile is None:
        return
    counted = (
        ("下属单位", profile.subordinate_count, profile.subordinate),
        ("内设机构", profile.office_count, profile.offices),
    )
    for what, figure, listed in counted:
        if figure is None or figure.quantity is None or not listed or figure.quantity.number == len(listed):
            continue
        computed = Quantity(len(listed), figure.quantity.unit)
        severity = Severity.DOUBT if figure.approximate else None
        yield found("单位概况", figure, about=profile, given=figure, computed=computed, severity=severity, what=what)
