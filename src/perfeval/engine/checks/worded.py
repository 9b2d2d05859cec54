"""审核规则·应填数: words where the form asks for points, an amount or a rate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfeval.engine.checks.places import placed
from perfeval.model.funds import funds_of
from perfeval.model.names import BUDGET_NAMES
from perfeval.results.check import Found, check, found
from perfeval.results.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval.quantities.figure import Figure
    from perfeval.results.evaluation import Evaluation


@check(
    "number-worded",
    title="应填数的栏写了文字",
    severity=Severity.ERROR,
    sentence="{field}写“{text}”，这一栏应填数",
    basis="分值、得分、资金和执行率是数；写成文字的不能核对，也不猜测",
    advice="填写实际的数",
)
def number_worded(evaluation: Evaluation) -> Iterator[Found]:
    """Words in a field that asks for a number.

    查什么
    ------
    分值、得分、复核分、预算数、执行数和执行率是否写成了数。空白和“—”等占位不在此列；完成值写了文字的，另报无法计分。

    为什么
    ------
    写成文字的得分不能相加，写成文字的金额不能算执行率，别的核对都会跳过它。

    反例
    ----
    得分写“满分”，执行率写“较高”。

    正例
    ----
    得分写10，执行率写94.96%。

    何时可豁免
    ----------
    不可豁免；请改填数。

    起始版本
    --------
    0.1
    """
    for of, score in placed(evaluation):
        row = score.of.row
        if row is not None:
            yield from _worded(of, score, {"分值": row.points, "得分": row.earned, "复核分": row.reviewed})
    for funds in funds_of(evaluation.case):
        amounts = {name: getattr(funds.block, own) for name, own in BUDGET_NAMES.items()}
        yield from _worded(funds.name, funds.owner, {**amounts, "执行率": funds.block.rate})


def _worded(of: str, about: object, fields: dict[str, Figure | None]) -> Iterator[Found]:
    for field, figure in fields.items():
        if figure is not None and figure.value is not None and figure.quantity is None:
            yield found(of, figure, about=about, given=figure, field=field, text=figure.text)
