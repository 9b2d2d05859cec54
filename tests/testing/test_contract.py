"""类别契约: the built-in categories keep it, and one broken category per rule fails by that rule's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from attrs import evolve

import perfeval as pe
from perfeval.plugins import entry_points
from perfeval.results.check import Found, check, found
from perfeval.testing import contract, faults, installed
from perfeval.testing.contract import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

BUILT_IN = [entry.key for entry in entry_points.entries() if entry.distribution == "perfeval"]
BASIS = pe.Basis("实务做法")


@pytest.mark.parametrize("key", BUILT_IN)
def test_built_in_categories_keep_the_contract(key: str) -> None:
    """Every built-in category, its frameworks included, passes the kit that everybody uses."""
    contract(installed(key))


def test_there_are_built_in_categories() -> None:
    """The walk above walks something: six task categories and six regions."""
    assert len(BUILT_IN) == 12


@check(
    "market-empty",
    title="没有市场",
    severity="提示",
    sentence="没有写市场数",
    basis="示例数据",
    advice="写明市场数",
)
def market_empty(evaluation: pe.Evaluation) -> Iterator[Found]:
    """A case without a market.

    查什么
    ------
    是否写了市场数。

    为什么
    ------
    没有市场就没有监管。

    反例
    ----
    没有写。

    正例
    ----
    写了 3 个。

    何时可豁免
    ----------
    本街没有市场。

    起始版本
    --------
    0.1
    """
    if not evaluation.case.data:
        yield found("市场")


def good(**changes: object) -> pe.Category:
    """A sound category of an invented kind, with *changes*."""
    whole: dict[str, object] = {
        "units": {"间次": "检查一间场所一次"},
        "data": {"检查": "间次", "快检": "批次", "合格": "批次", "不合格": "批次"}.items(),
        "indicators": [
            pe.Indicator("快检合格率", None, "≥98 %", actual="合格 ÷ 快检", basis=BASIS),
            pe.Indicator("检查量", None, "≥120 间次", actual="检查", basis=BASIS),
        ],
        "agreements": [pe.Agreement("快检 = 合格 + 不合格", name="快检合计", basis=BASIS)],
        "checks": [market_empty],
        "wording": {"快检": "快检{快检}，合格{合格}"},
    }
    return pe.Category("market", "农贸市场监管（示例数据）", **{**whole, **changes})  # type: ignore[arg-type]


def test_a_sound_category_passes() -> None:
    """The category that the broken ones differ from keeps every rule."""
    assert faults(good()) == ()


def first_item(evaluation: pe.Evaluation) -> Iterator[Found]:
    """A check that takes for granted that something is written."""
    if evaluation.case.data[0].items:
        yield found("市场")


UNFLOORED = pe.Strategy(
    "少一扣一", "若 完成值 ≥ 指标值 则 分值；否则 分值 - （指标值 - 完成值） × 1分/间次", basis=BASIS
)
HALF = pe.Strategy("永远一半", "若 完成值 ≥ 0 则 分值 × 50 %；否则 0分", basis=BASIS)
ALWAYS = pe.Strategy("永远满分", "若 完成值 ≥ 0间次 或 指标值 ≥ 0间次 则 分值；否则 0分", basis=BASIS)
WRONG_UNIT = pe.Strategy("单位不合", "若 完成值 ≥ 90 万元 则 分值；否则 0分", basis=BASIS)

BROKEN = {
    "名称": good(data=[("检查", "间次"), ("检查", "间次"), ("快检", "批次"), ("合格", "批次"), ("不合格", "批次")]),
    "编号": good(
        checks=[
            pe.check("points-sum", title="甲", severity="提示", sentence="乙", basis="丙", advice="丁")(
                market_empty.run
            )
        ]
    ),
    "说明": good(
        checks=[
            pe.check("market-bare", title="", severity="提示", sentence="乙", basis="丙", advice="")(market_empty.run)
        ]
    ),
    "依据": good(agreements=[pe.Agreement("快检 = 合格 + 不合格", name="快检合计")]),
    "单位": good(agreements=[pe.Agreement("快检 = 检查", name="快检与检查", basis=BASIS)]),
    "方法": good(indicators=[pe.Indicator("检查量", None, "≥120 间次", strategy="正想", basis=BASIS)]),
    "合计": good(frameworks=[pe.Framework("示例体系", [pe.Indicator("检查", 90, "≥1间次")], 100, basis=BASIS)]),
    "措辞": good(wording={"快检": "快检{快检批数}"}),
    "满分": good(indicators=[pe.Indicator("检查量", None, "≥120 间次", strategy=HALF, basis=BASIS)]),
    "上下限": good(indicators=[pe.Indicator("检查量", None, "≥120 间次", strategy=UNFLOORED, basis=BASIS)]),
    "有高有低": good(indicators=[pe.Indicator("检查量", None, "≥120 间次", strategy=ALWAYS, basis=BASIS)]),
    "运行": good(checks=[evolve(market_empty, run=first_item)]),
    "读法一致": good(indicators=[pe.Indicator("检查量", None, "≥120 间次", strategy=WRONG_UNIT, basis=BASIS)]),
}


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_is_broken_by_one(rule: str) -> None:
    """A category that breaks one rule fails by that rule's name and by no other."""
    assert {fault.rule for fault in faults(BROKEN[rule])} == {rule}


@pytest.mark.parametrize("rule", RULES)
def test_a_failure_says_what_to_change(rule: str) -> None:
    """The assertion names the category, the rule, the place and what to write, in Chinese."""
    with pytest.raises(AssertionError) as caught:
        contract(BROKEN[rule])
    first, *lines = str(caught.value).splitlines()
    assert "market" in first
    assert lines
    for line in lines:
        assert line.startswith(rule)
        assert "：" in line
        line.encode("gbk")


@pytest.mark.parametrize(
    ("rule", "changes", "where", "says"),
    [
        ("单位", {"indicators": [pe.Indicator("处置", None, "≥1件", actual="违规", basis=BASIS)]}, "处置", "件"),
        ("单位", {"indicators": [pe.Indicator("处置", None, None, unit="件", actual="违规", basis=BASIS)]}, "处置", "件"),
        ("方法", {"indicators": [pe.Indicator("处置", None, "≤1宗", actual="违规", basis=BASIS)]}, "处置", "反向比例"),
        (
            "方法",
            {"indicators": [pe.Indicator("处置", None, "≥1宗", strategy={"递减满一步": {"每": "1宗"}}, basis=BASIS)]},
            "处置",
            "“扣”",
        ),
        (
            "方法",
            {"indicators": [pe.Indicator("处置", None, "≥1宗", strategy={"递减按比例": {"每": "1人", "扣": "1分"}}, basis=BASIS)]},
            "处置",
            "“每”写的是“1人”",
        ),
        ("方法", {"strategies": [pe.Strategy("少一扣一", "若 完成值 ≥ 指标植 则 分值；否则 0分", basis="某办法")]}, "少一扣一", "指标值"),
        ("依据", {"strategies": [pe.Strategy("照分值", "若 完成值 ≥ 指标值 则 分值；否则 0分")]}, "照分值", "basis"),
        ("依据", {"indicators": [pe.Indicator("处置", None, "≥1宗", actual="违规")]}, "处置", "basis"),
        ("单位", {"units": {"万元": "= 100 元"}}, "market", "内置"),
        ("名称", {"key": "市场"}, "市场", "小写英文"),
        ("单位", {"agreements": [pe.Agreement("违规 + 1宗", name="合计", basis=BASIS)]}, "合计", "甲 = 乙 ÷ 丙"),
        ("单位", {"units": {"箱": "12 瓶"}}, "market", "箱: = 12 瓶"),
        ("单位", {"data": {"违规": "宗", "检查": "次"}, "agreements": [pe.Agreement("检查 ≥ 违规", basis=BASIS)]}, "检查 ≥ 违规", "宗"),
    ],
)  # fmt: skip
def test_what_a_rule_sees(rule: str, changes: dict[str, object], where: str, says: str) -> None:
    """One thing wrong is one fault: by its rule, at its name, with what is asked for."""
    whole: dict[str, object] = {"key": "market", "title": "市场（示例数据）", "data": {"违规": "宗"}}
    (fault,) = faults(pe.Category(**{**whole, **changes}))  # type: ignore[arg-type]
    assert (fault.rule, fault.where) == (rule, where)
    assert says in fault.change


def test_target_without_unit_beside_a_computed_rate() -> None:
    """A target of 95 where the actual is a rate: named as 单位, as evaluating it would refuse it."""
    rate = pe.Indicator("合格率", None, "≥95", actual="合格 ÷ 快检", basis=BASIS)
    (fault,) = faults(good(indicators=[rate]))
    assert (fault.rule, fault.where) == ("单位", "合格率")
    assert "95%" in fault.change


def test_a_rule_without_bounds_is_one_fault() -> None:
    """However many figures lead out of its bounds and however many indicators use it: one line, with the worst figure."""
    used = [pe.Indicator(name, None, "≥120 间次", strategy=UNFLOORED, basis=BASIS) for name in ("甲", "乙", "丙")]
    (fault,) = [each for each in faults(good(indicators=used)) if each.rule == "上下限"]
    assert fault.where == "甲"
