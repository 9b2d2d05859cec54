"""审核规则·资金: rates, parts and wholes of the money, of the office and of each project."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from perfeval.checks.registry import Found, check, found
from perfeval.formulas.interval import certain, holds
from perfeval.formulas.grammar import parse
from perfeval.model.evaluation import Evaluation, Severity
from perfeval.model.scope import BUDGET_NAMES
from perfeval.quantities.figure import Figure, Interval
from perfeval.quantities.quantity import Quantity

if TYPE_CHECKING:
    from perfeval.model.case import Budget, BudgetLine

BASES = tuple(name for name in BUDGET_NAMES if name != "全年执行数")
RATE = parse("执行率 = 全年执行数 ÷ 基数")
OVER = parse("全年执行数 ≤ 基数")


def budgets(evaluation: Evaluation) -> Iterator[tuple[str, Any]]:
    """Every funds block with its name: the office's, each project's, and each line by source."""
    case = evaluation.case
    if case.budget is not None:
        yield "资金", case.budget
        yield from (("资金/" + line.name, line) for line in case.budget.lines)
    for project in case.projects:
        if project.budget is not None:
            yield project.name, project.budget
            yield from ((f"{project.name}/{line.name}", line) for line in project.budget.lines)


def amounts(block: Budget | BudgetLine) -> dict[str, Figure]:
    """The amounts of one block that hold a quantity, by their official names."""
    named = {name: getattr(block, own) for name, own in BUDGET_NAMES.items()}
    return {name: figure for name, figure in named.items() if figure is not None and figure.quantity is not None}


def within(block: dict[str, Figure], *, finest: bool) -> dict[str, Interval]:
    """What each amount can be: by its own digits, or by the finest of the block."""
    steps = [figure.step for figure in block.values() if figure.step]
    result = {}
    for name, figure in block.items():
        result[name] = figure.bounds
        if finest and steps and not figure.approximate and figure.quantity is not None:
            half, base = min(steps) / 2, figure.quantity.base
            result[name] = Interval(base - half, base + half, True, False)
    return result


def quotient(block: dict[str, Figure], base: str) -> Quantity | None:
    """执行数 ÷ *base* as a rate, exactly; None where either is missing or the base is 0."""
    spent, whole = block.get("全年执行数"), block.get(base)
    if spent is None or whole is None or spent.quantity is None or whole.quantity is None:
        return None
    return None if whole.quantity.base <= 0 else (spent.quantity / whole.quantity).to("%")


@check(
    "rate-not-reproduced",
    title="执行率与金额不符",
    severity=Severity.ERROR,
    sentence={
        "": "执行率写 {given}，按 {base} 算得 {computed}",
        "other": "执行率写 {given}，按 {base} 算得 {computed}；自评像以 {fits} 为分母",
    },
    basis="执行率 = 全年执行数 ÷ 预算数",
    advice="按金额改正执行率，并写明分母是哪个预算数",
)
def rate_not_reproduced(evaluation: Evaluation) -> Iterator[Found]:
    """A stated rate of execution that its two amounts do not give.

    查什么
    ------
    执行率能否由同一处的执行数与预算数算出（按写出的位数，以区间判断）；算不出时，找出它像是以哪个预算数为分母。

    为什么
    ------
    执行率决定预算执行的得分。

    反例
    ----
    年初预算 100 万元，执行 94.54 万元，执行率写成 98%。

    正例
    ----
    执行 16045.66 万元 ÷ 预算 16898.11 万元 = 94.955…%，写成 94.96%。

    何时可豁免
    ----------
    办法规定的口径另有调整（如剔除上级追加），且写明。

    起始版本
    --------
    0.1
    """
    for name, block in budgets(evaluation):
        rate, given = block.rate, amounts(block)
        if rate is None or rate.quantity is None or "全年执行数" not in given:
            continue
        named = getattr(block, "base", "")
        bases = [base for base in BASES if quotient(given, base) is not None]
        if not bases:
            continue
        verdicts = {base: _agrees(rate, given, base, finest=False) for base in bases}
        finer = {base: _agrees(rate, given, base, finest=True) for base in bases}
        main = named if named in verdicts else bases[-1]  # 全年预算数, else 调整后, else 年初
        if finer[main]:
            continue
        fits = next((base for base in bases if verdicts[base] and base != main), "")
        yield found(
            name,
            rate,
            given=rate,
            computed=quotient(given, main),
            variant="other" if fits else "",
            severity=Severity.DOUBT if verdicts[main] else None,
            base=main,
            fits=fits,
        )


def _agrees(rate: Figure, block: dict[str, Figure], base: str, *, finest: bool) -> bool:
    inputs = within({name: block[name] for name in ("全年执行数", base)}, finest=finest)
    return holds(RATE, {"执行率": rate.bounds, "全年执行数": inputs["全年执行数"], "基数": inputs[base]}) == "yes"


@check(
    "spent-over-budget",
    title="执行数超过预算数",
    severity=Severity.ERROR,
    sentence="全年执行数 {given} 超过{base} {computed}",
    basis="无预算不支出",
    advice="核对执行数与预算数；有追加的填写调整后预算数",
)
def spent_over_budget(evaluation: Evaluation) -> Iterator[Found]:
    """More spent than the budget of the year.

    查什么
    ------
    执行数是否大于全年预算数（没有时看调整后预算数，再看年初预算数）。

    为什么
    ------
    超预算支出要么是追加未填，要么是填错单位。

    反例
    ----
    全年预算数 300 万元，执行数 305 万元。

    正例
    ----
    全年预算数 300 万元，执行数 299.97 万元。

    何时可豁免
    ----------
    动用上年结转且另有批复。

    起始版本
    --------
    0.1
    """
    for name, block in budgets(evaluation):
        given = amounts(block)
        base = next((each for each in ("全年预算数", "调整后预算数", "年初预算数") if each in given), None)
        if base is None or "全年执行数" not in given:
            continue
        inputs = within({each: given[each] for each in ("全年执行数", base)}, finest=False)
        if certain(OVER, {"全年执行数": inputs["全年执行数"], "基数": inputs[base]}) == "no":
            severity = None if base != "年初预算数" else Severity.DOUBT
            spent = given["全年执行数"]
            yield found(name, spent, given=spent, computed=given[base], severity=severity, base=base)


@check(
    "rate-of-nothing",
    title="预算数为零却有执行率",
    severity=Severity.ERROR,
    sentence="预算数为 0，执行率写 {given}；0 不能作分母，应写“—”",
    basis="分母为 0 没有比率",
    advice="执行率写“—”，并说明没有安排预算",
)
def rate_of_nothing(evaluation: Evaluation) -> Iterator[Found]:
    """A rate where the budget is 0.

    查什么
    ------
    预算数为 0，却写出执行率（0、0.00% 或 100%）。

    为什么
    ------
    0 除以 0 没有意义，写成 100% 会白得分。

    反例
    ----
    预算 0，执行 0，执行率 100%。

    正例
    ----
    预算 0，执行 0，执行率 —。

    何时可豁免
    ----------
    填报系统不允许留空。

    起始版本
    --------
    0.1
    """
    for name, block in budgets(evaluation):
        given = amounts(block)
        base = next((each for each in ("全年预算数", "调整后预算数", "年初预算数") if each in given), None)
        zero = base is not None and given[base].quantity == Quantity(0, "元")
        if zero and block.rate is not None and block.rate.quantity is not None:
            yield found(name, block.rate, given=block.rate)


@check(
    "parts-differ",
    title="分项合计与总额不符",
    severity=Severity.ERROR,
    sentence={
        "": "{amount}：各资金来源合计 {computed}，总额 {given}，差 {gap}",
        "printed": "{amount}：各资金来源合计 {computed}，总额 {given}，差 {gap}，在各数取位的误差之内",
    },
    basis="年度资金总额等于各资金来源之和",
    advice="核对总额与各来源",
)
def parts_differ(evaluation: Evaluation) -> Iterator[Found]:
    """Sources of money that do not make the total.

    查什么
    ------
    年初、调整、全年预算数与执行数，各资金来源之和是否等于总额。

    为什么
    ------
    总额写 0 而分项有数，或合计抄错，是常见的错误。

    反例
    ----
    总额 0/0/0，其中财政拨款执行 45.20 万元。

    正例
    ----
    总额 120.00 万元 = 财政拨款 100.00 万元 + 其他资金 20.00 万元。

    何时可豁免
    ----------
    列出的只是“其中”，另有未列的来源，且写明。

    起始版本
    --------
    0.1
    """
    for name, block in budgets(evaluation):
        lines = getattr(block, "lines", ())
        for amount, own in BUDGET_NAMES.items():
            whole = getattr(block, own)
            parts = [part for line in lines if (part := getattr(line, own)) is not None and part.quantity is not None]
            if whole is None or whole.quantity is None or not parts:
                continue
            figures = {"总额": whole, **{str(i): part for i, part in enumerate(parts)}}
            total = sum((part.quantity.base for part in parts if part.quantity is not None), Fraction(0))
            gap = abs(total - whole.quantity.base)
            if gap == 0:
                continue
            severity = _sum_verdict(figures)
            computed = Quantity(total, "元").to(whole.quantity.unit)
            yield found(
                name,
                whole,
                *parts,
                given=whole,
                computed=computed,
                variant="printed" if severity is Severity.NOTE else "",
                severity=severity,
                amount=amount,
                gap=Quantity(gap, "元").to(whole.quantity.unit),
            )


def _sum_verdict(figures: dict[str, Figure]) -> Severity:
    """错误 by the own digits, 疑点 only by the finer ones, 提示 where the intervals meet."""
    text = "总额 = " + " + ".join(f"「{name}」" for name in figures if name != "总额")
    relation = parse(text)
    if holds(relation, within(figures, finest=False)) == "no":
        return Severity.ERROR
    return Severity.DOUBT if holds(relation, within(figures, finest=True)) == "no" else Severity.NOTE


@check(
    "points-counted-twice",
    title="预算执行分值重复计列",
    severity=Severity.ERROR,
    sentence="总额行记 {given}，{parts} 又记分值；只有年度资金总额一行计分",
    basis="财预〔2020〕10号：项目资金中只有年度资金总额计分，其他行写“—”",
    advice="删去其中各行的分值和得分",
)
def points_counted_twice(evaluation: Evaluation) -> Iterator[Found]:
    """Budget points on the total and on a part as well.

    查什么
    ------
    预算执行的分值是否既写在总额，又写在其中某一资金来源。

    为什么
    ------
    重复计列会使分值合计超过 100 分。

    反例
    ----
    年度资金总额 10 分，其中当年财政拨款又写 10 分。

    正例
    ----
    只在年度资金总额写 10 分，其余写“—”。

    何时可豁免
    ----------
    不可豁免。

    起始版本
    --------
    0.1
    """
    for name, block in budgets(evaluation):
        lines = [line for line in getattr(block, "lines", ()) if _points(line.points)]
        total = [line for line in lines if "总" in line.name]
        twice = lines if len(lines) > 1 else lines if lines and _has_execution(evaluation) else []
        if twice:
            first = (total or lines)[0]
            rest = tuple(line.name for line in twice if line is not first) or (first.name,)
            yield found(name, first.points, given=first.points, parts=rest)


def _points(figure: Figure | None) -> bool:
    return figure is not None and figure.quantity is not None and figure.quantity.base > 0


def _has_execution(evaluation: Evaluation) -> bool:
    """Whether the tree already scores the execution of the budget."""
    return any("执行" in score.name and score.points is not None for score in evaluation.score.walk())
