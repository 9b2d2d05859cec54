"""农贸市场监管专项指标体系: points and rules; one rule is the office's own."""

from __future__ import annotations

import perfeval as pe

HEAVIER = pe.Strategy(
    "违规加重扣分",
    "取大（0分，分值 - 1分/宗 × 取小（完成值，3宗） - 2分/宗 × 取大（完成值 - 3宗，0宗））",
    basis="某街道农贸市场监管考核细则（示例数据）",
    note="违规 3 宗以内每宗扣 1 分，超过 3 宗的部分每宗扣 2 分，扣完为止",
)

project = pe.Framework(
    "农贸市场监管专项",
    [
        pe.Indicator("预算执行率", 10, "100 %", actual="全年执行数 ÷ 全年预算数", strategy="预算执行"),
        pe.Dimension(
            "产出指标",
            50,
            [
                pe.Indicator("巡查完成率", 20, "≥100 %", actual="巡查 ÷ 计划巡查"),
                pe.Indicator("门店检查", 15, "≥360 间次", actual="检查门店"),
                pe.Indicator("投诉按期办结", 15, "≥95 %", actual="按期办结 ÷ 投诉"),
            ],
        ),
        pe.Dimension(
            "效益指标",
            30,
            [
                pe.Indicator(
                    "快检合格",
                    20,
                    "≥98 %",
                    actual="合格 ÷ 快检",
                    strategy={"递减满一步": {"每": "1 百分点", "扣": "2 分"}},
                ),
                pe.Indicator("违规查处", 10, "≤0 宗", actual="违规", strategy="违规加重扣分"),
            ],
        ),
        pe.Indicator("商户和群众满意度", 10, "≥90 %", strategy="满意度比例按达标线"),
    ],
    basis="某街道农贸市场监管考核细则（示例数据）",
    grades=[("优", 90), ("良", 80), ("中", 60), ("差", 0)],
)
