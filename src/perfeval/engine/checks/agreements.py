"""审核规则·勾稽: what the judged agreements came to, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import frozen

from perfeval.engine.checks.places import trees
from perfeval.formulas.build import names
from perfeval.formulas.nodes import Compare, Formula, Name
from perfeval.formulas.wording import plainly, wording
from perfeval.locales.messages import say
from perfeval.quantities.quantity import Quantity
from perfeval.results.check import Found, check
from perfeval.results.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval.results.evaluation import Evaluation
    from perfeval.results.judgement import Judgement


@frozen
class Said:
    """算式的说法: a formula with what it comes to: 接种剂数396889剂, 第一针 + 第二针为392495剂; or alone."""

    formula: Formula
    value: Any = None

    def in_locale(self, locale: str) -> str:
        """The formula in words of *locale*; a plain number is only itself."""
        if self.value is None:
            return wording(self.formula, locale)
        if isinstance(self.formula, Name):
            return say("{name}{value}", locale, name=wording(self.formula, locale), value=self.value)
        if not names(self.formula):
            return wording(self.formula, locale)
        return say("{formula}为{value}", locale, formula=wording(self.formula, locale), value=self.value)

    def __str__(self) -> str:
        return self.in_locale("zh_Hans")


def agreements(evaluation: Evaluation) -> Iterator[Judgement]:
    """The judged agreements of the office and of its projects."""
    return (each for tree in trees(evaluation) for each in tree.judgements if not each.base)


@check(
    "agreement-broken",
    title="勾稽关系不符",
    severity=Severity.ERROR,
    sentence={
        "": "{relation}：{left}，{right}，差{gap}",
        "noted": "{relation}：{left}，{right}，差{gap}（{note}）",
        "condition": "{relation}：{figures}，不符合“{words}”",
        "whole": "{relation}：{figures}，没有整数的{whole}能使“{words}”成立",
        "printed": "{relation}：{left}，{right}，差{gap}，在各数取位的误差之内",
    },
    basis="任务类别或指标体系规定的勾稽关系",
    advice="核对式中各数，改正写错的，或在说明中写明口径",
)
def agreement_broken(evaluation: Evaluation) -> Iterator[Found]:
    """Stated numbers that exclude an agreement which the category or framework demands.

    查什么
    ------
    任务类别和指标体系写明的每条勾稽关系（分项与合计、部分与整体、比率与人数、增幅与基数），按各数写出的位数以区间判断。

    为什么
    ------
    前后两个数对不上，是复核最容易发现、也最伤可信度的问题。

    反例
    ----
    第一针190959剂次 + 第二针201536剂次，与接种剂数396889剂不等。

    正例
    ----
    快检100批次 = 合格98批次 + 不合格2批次。

    何时可豁免
    ----------
    列出的只是“其中”，或口径不同，且在报告中写明。

    起始版本
    --------
    0.1
    """
    for each in agreements(evaluation):
        if (each.holds == "yes" and not each.printed_gap) or each.holds == "unknown" or each.relation is None:
            continue
        relation = plainly(each.relation, each.category)
        given, computed = each.left, each.right
        comparable = isinstance(given, Quantity) and isinstance(computed, Quantity)
        gap = abs(given - computed) if comparable and given.unit.same_kind(computed.unit) else None
        left, right = (relation.left, relation.right) if isinstance(relation, Compare) else (relation, relation)
        if each.whole:
            variant = "whole"
        elif gap is None:
            variant = "condition"
        else:
            variant = "printed" if each.printed_gap else "noted" if each.note else ""
        prefix = f"{each.category}." if each.category else ""
        yield Found(
            each.of,
            given,
            computed,
            each.places,
            (
                ("relation", each.name),
                ("left", Said(left, given)),
                ("right", Said(right, computed)),
                ("gap", gap),
                ("note", each.note),
                ("whole", each.whole.removeprefix(prefix)),
                ("words", Said(relation)),
                ("figures", tuple(Said(Name(name.removeprefix(prefix)), value) for name, value in each.given)),
            ),
            variant,
            Severity.NOTE if each.printed_gap else each.severity,
            str(each.basis) if each.basis is not None else "",
            each,
        )


@check(
    "agreement-undecided",
    title="勾稽关系无法判断",
    severity=Severity.UNDECIDED,
    sentence={"": "{relation}：写出的数不足以判断", "why": "{relation}：无法判断，{why}"},
    basis="任务类别或指标体系规定的勾稽关系",
    advice="补写缺少的数，或改正单位",
)
def agreement_undecided(evaluation: Evaluation) -> Iterator[Found]:
    """An agreement whose numbers are there but do not decide it.

    查什么
    ------
    勾稽关系的数都写了，但单位不合、基数为0或写法不明，无从判断。

    为什么
    ------
    不猜测：材料不足以判断时，如实说明。

    反例
    ----
    办结率100%，办结0宗，受理0宗：0不能作分母。

    正例
    ----
    办结率100%，办结115宗，受理115宗。

    何时可豁免
    ----------
    口径确实不同，且写明。

    起始版本
    --------
    0.1
    """
    for each in agreements(evaluation):
        if each.holds == "unknown":
            yield Found(
                each.of or each.category,
                places=each.places,
                values=(("relation", each.name), ("why", each.why_not)),
                variant="why" if each.why_not is not None else "",
                about=each,
            )
