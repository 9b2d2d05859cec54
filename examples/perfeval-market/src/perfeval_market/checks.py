"""农贸市场监管的审核规则: what is neither a score nor an agreement."""

from __future__ import annotations

from typing import TYPE_CHECKING

import perfeval as pe

if TYPE_CHECKING:
    from collections.abc import Iterator


@pe.check(
    "market-unsafe-left",
    title="不合格批次没有处置完，也没有说明",
    severity=pe.Severity.ERROR,
    sentence="不合格{given}，已处置{computed}，余下{left}没有说明去向",
    basis="某街道农贸市场监管考核细则（示例数据）",
    advice="写明余下批次的去向和处置期限",
)
def unsafe_left(evaluation: pe.Evaluation) -> Iterator[pe.Found]:
    """Batches that failed the quick test, were not dealt with, and about which the case is silent.

    查什么
    ------
    快检不合格的批次没有全部处置时，“存在的问题”里有没有提到“不合格”。

    为什么
    ------
    不合格的食品不能留在市场上；没有处置完的要写明去向。

    反例
    ----
    不合格12批次，已处置11批次，存在的问题里没有提到。

    正例
    ----
    存在的问题写明“1批次不合格水产品复检中，12月底前处置”。

    何时可豁免
    ----------
    复检结果改为合格，且附有复检报告。

    起始版本
    --------
    1.0
    """
    failed, dealt = evaluation.stated("农贸市场监管.不合格"), evaluation.stated("农贸市场监管.已处置")
    if failed is None or dealt is None or failed.quantity is None or dealt.quantity is None:
        return  # nothing stated: another check says so
    told = any("不合格" in issue.text for issue in evaluation.case.problems)
    if dealt.quantity < failed.quantity and not told:
        left = failed.quantity - dealt.quantity
        yield pe.found("农贸市场监管.已处置", dealt, given=failed.quantity, computed=dealt.quantity, left=left)
