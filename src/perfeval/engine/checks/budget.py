"""审核规则·资金: stated rates of execution, and spending against the budget, of office, projects and sources."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from perfeval.engine.checks.places import Ways
from perfeval.formulas.nodes import Compare, Name
from perfeval.model.funds import SPENT, funds_of
from perfeval.quantities.number_text import half_up
from perfeval.quantities.quantity import Quantity
from perfeval.results.check import Found, check, found
from perfeval.results.finding import Severity
from perfeval.results.verdict import verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval.quantities.figure import Figure
    from perfeval.results.evaluation import Evaluation
    from perfeval.results.judgement import Judgement

OVER = Compare("≤", Name(SPENT), Name("预算"))
LINE = Quantity(90, "%")


def rates(evaluation: Evaluation) -> Iterator[Judgement]:
    """The judgements of stated rates of execution: of the office, its projects and their lines."""
    return (each for each in evaluation.judgements if each.base)


@check(
    "rate-not-reproduced",
    title="执行率与金额不符",
    severity=Severity.ERROR,
    sentence={
        "": "执行率写{given}，按{base}算得{computed}",
        "explained": "执行率写{given}，按{base}算得{computed}（自评像{how}）",
        "printed": "执行率写{given}，按{base}算得{computed}，在各数取位的误差之内",
        "scale": "执行率{why}；按{base}算得{computed}",
    },
    basis="执行率 = 全年执行数 ÷ 预算数",
    advice="按金额改正执行率，并写明分母是哪个预算数",
)
def rate_not_reproduced(evaluation: Evaluation) -> Iterator[Found]:
    """A stated rate of execution that its two amounts do not give.

    查什么
    ------
    执行率能否由同一处的执行数与预算数算出（按写出的位数，以区间判断）；算不出时，找出它像是以哪个预算数为分母，或怎样取位。
    没有写%的0.75分不清是比例还是百分数，作无法判断。

    为什么
    ------
    执行率决定预算执行的得分。

    反例
    ----
    年初预算100万元，执行94.54万元，执行率写成98%。

    正例
    ----
    执行16045.66万元 ÷ 预算16898.11万元 = 94.955…%，写成94.96%。

    何时可豁免
    ----------
    办法规定的口径另有调整（如剔除上级追加），且写明。

    起始版本
    --------
    0.1
    """
    for each in rates(evaluation):
        if each.holds == "unknown" and each.why_not is not None and each.why_not.code == "rate-without-sign":
            yield Found(
                each.of,
                dict(each.given)["执行率"],
                each.right,
                each.places[:1],
                (("base", each.base), ("why", each.why_not)),
                "scale",
                Severity.UNDECIDED,
                about=each,
            )
        if each.holds != "no" and not each.printed_gap:
            continue
        written = dict(each.given)["执行率"]
        yield Found(
            each.of,
            written,
            like(each.right, written.step),
            each.places,
            (("base", each.base), ("how", Ways(each.reproduced_by))),
            "printed" if each.printed_gap else "explained" if each.reproduced_by else "",
            Severity.NOTE if each.printed_gap else each.severity,
            about=each,
        )


def like(rate: Quantity, step: Fraction | None = None) -> Quantity:
    """*rate* in percent, rounded half up to the places of a written rate whose last digit is worth *step*."""
    places = 2
    while step and Fraction(1, 100 * 10**places) > step:
        places += 1
    number = rate.to("%").number * 10**places
    return Quantity(Fraction(half_up(number.numerator, number.denominator), 10**places), "%")


@check(
    "rate-of-nothing",
    title="预算数为零却有执行率",
    severity=Severity.ERROR,
    sentence="{base}为0，执行率写{given}；0不能作分母，应写“—”",
    basis="分母为0没有比率",
    advice="执行率写“—”，并说明没有安排预算",
)
def rate_of_nothing(evaluation: Evaluation) -> Iterator[Found]:
    """A rate where the budget is 0.

    查什么
    ------
    预算数为0，却写出执行率（0、0.00%或100%）。预算和执行都是0、执行率也印成0的，多是系统自动填的，只作提示。

    为什么
    ------
    0除以0没有意义，写成100%会白得分。

    反例
    ----
    预算0，执行0，执行率100%。

    正例
    ----
    预算0，执行0，执行率“—”。

    何时可豁免
    ----------
    填报系统不允许留空。

    起始版本
    --------
    0.1
    """
    for each in rates(evaluation):
        if each.why_not is not None and each.why_not.code == "base-zero":
            given = dict(each.given)
            printed = all(
                _is_nothing(given.get(name)) for name in (SPENT, "执行率")
            )  # as systems fill a line of nothing
            yield Found(
                each.of,
                given["执行率"],
                places=each.places[:1],
                values=(("base", each.base),),
                severity=Severity.NOTE if printed else None,
                about=each,
            )


def _is_nothing(figure: Figure | None) -> bool:
    return figure is not None and figure.quantity is not None and not figure.quantity.number


@check(
    "spent-over-budget",
    title="执行数超过预算数",
    severity=Severity.ERROR,
    sentence="全年执行数{given}超过{base}{computed}，多{gap}",
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
    全年预算数300万元，执行数305万元。

    正例
    ----
    全年预算数300万元，执行数299.97万元。

    何时可豁免
    ----------
    动用上年结转且另有批复。

    起始版本
    --------
    0.1
    """
    for funds in funds_of(evaluation.case):
        given = funds.amounts
        base = next((each for each in ("全年预算数", "调整后预算数", "年初预算数") if each in given), "")
        if not base or SPENT not in given:
            continue
        spent, budget = given[SPENT], given[base]
        came_to = verdict(OVER, {SPENT: spent, "预算": budget}, funds.beside)
        if came_to.holds == "no" and spent.quantity is not None and budget.quantity is not None:
            most = Severity.DOUBT if base == "年初预算数" else Severity.ERROR  # what was added may be unsaid
            yield found(
                funds.name,
                spent,
                budget,
                about=funds.owner,
                given=spent,
                computed=budget,
                severity=came_to.severity(most),
                base=base,
                gap=(spent.quantity - budget.quantity).to(spent.quantity.unit),
            )
