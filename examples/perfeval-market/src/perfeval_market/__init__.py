"""农贸市场监管: a street office's task category — vocabulary, indicators, a framework, a rule and a check of its own."""

from __future__ import annotations

import perfeval as pe
from perfeval_market.checks import unsafe_left
from perfeval_market.framework import HEAVIER, project

category = pe.Category(
    "market",
    "农贸市场监管",
    edition="1",
    units={"家次": "到一家单位一次", "间次": "检查一间场所一次", "摊次": "检查一个摊位一次"},
    data={
        "市场": "家",
        "巡查": "家次",
        "计划巡查": "家次",
        "检查门店": "间次",
        "检查摊位": "摊次",
        "快检": "批次",
        "合格": "批次",
        "不合格": "批次",
        "已处置": "批次",
        "违规": "宗",
        "投诉": "件",
        "按期办结": "件",
    }.items(),
    indicators=[
        pe.Indicator("快检合格率", target="≥98 %", actual="合格 ÷ 快检", basis="示例数据"),
        pe.Indicator("不合格处置率", target="≥100 %", actual="已处置 ÷ 不合格", basis="示例数据"),
        pe.Indicator("投诉按期办结率", target="≥95 %", actual="按期办结 ÷ 投诉", basis="示例数据"),
    ],
    frameworks=[project],
    strategies=[HEAVIER],
    agreements=[
        pe.Agreement("快检 = 合格 + 不合格", name="快检批次合计", basis="分项合计等于总数"),
        pe.Agreement("已处置 ≤ 不合格", name="处置不多于不合格", basis="部分不超过全部"),
        pe.Agreement("按期办结 ≤ 投诉", name="办结不多于投诉", basis="部分不超过全部"),
        pe.Agreement("巡查 ≥ 4 家次/家 × 市场", name="每家每季至少一次", severity="疑点", basis="示例数据"),
    ],
    checks=[unsafe_left],
    wording={
        "巡查": "巡查农贸市场{巡查}，检查门店{检查门店}、摊位{检查摊位}；快检{快检}，合格{合格}，不合格{不合格}，已处置{已处置}",
        "投诉": "受理投诉{投诉}，按期办结{按期办结}；查处违规{违规}",
    },
    note="示例数据：另一个街道的任务类别，用来说明怎样接入",
)
