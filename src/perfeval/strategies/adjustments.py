"""调整: strategies that change 得分 at any node; they stand in ``then`` and are applied in order.

A condition may look at any name that the node can see: 预算执行率 < 80 %. Bonuses leave the points of
the framework at their sum: 加分 adds to what was earned, never to 分值.
"""

from __future__ import annotations

from functools import partial

from perfeval.strategies.parameters import Parameter
from perfeval.strategies.strategy import Strategy

_WHEN = Parameter("条件", "条件", note="何时适用，如 预算执行率 < 80 %")
_MUCH = Parameter("线", "率", default="130 %", note="达到指标值的百分之几")


DEFINED: tuple[partial[Strategy], ...] = (
    partial(
        Strategy,
        name="封顶",
        formula="若 条件 则 取小（得分，至多）；否则 得分",
        parameters=(_WHEN, Parameter("至多", "分", note="最多得几分")),
        kind="调整",
        note="条件成立时，得分最多为几分",
    ),
    partial(
        Strategy,
        name="一票否决",
        formula="若 条件 则 取小（得分，至多）；否则 得分",
        parameters=(_WHEN, Parameter("至多", "分", default="0分", note="否决后最多得几分")),
        kind="调整",
        note="条件成立时，整个或这一部分得 0 分（或最多得几分）",
    ),
    partial(
        Strategy,
        name="达线门槛",
        formula="若 条件 则 得分；否则 0分",
        parameters=(_WHEN,),
        kind="调整",
        note="条件成立才得分，否则得 0 分",
    ),
    partial(
        Strategy,
        name="执行率分段封顶",
        formula="若 执行率 < 50 % 则 取小（得分，59分）；否则 若 执行率 < 60 % 则 取小（得分，69分）；"
        "否则 若 执行率 < 70 % 则 取小（得分，79分）；否则 若 执行率 < 80 % 则 取小（得分，89分）；否则 得分",
        parameters=(Parameter("执行率", default="预算执行率", note="按哪一个执行率"),),
        kind="调整",
        note="执行率 70 %～80 % 的总分最多 89 分，60 %～70 % 的 79 分，50 %～60 % 的 69 分，50 % 以下的 59 分",
        aliases=("总分封顶",),
    ),
    partial(
        Strategy,
        name="超额扣分",
        formula="若 指标值 > 0 且 完成值 ≥ 指标值 × 线 则 取大（0分，得分 - 扣）；否则 得分",
        parameters=(_MUCH, Parameter("扣", "分", default="2分", note="扣几分")),
        kind="调整",
        note="完成值达到指标值的 130 % 时扣 2 分",
    ),
    partial(
        Strategy,
        name="超额零分",
        formula="若 指标值 > 0 且 完成值 ≥ 指标值 × 线 则 0分；否则 得分",
        parameters=(_MUCH,),
        kind="调整",
        note="完成值达到指标值的 130 % 时得 0 分",
    ),
    partial(
        Strategy,
        name="偏离零分",
        formula="若 指标值 > 0 且 （完成值 < 指标值 × 下限 或 完成值 > 指标值 × 上限） 则 0分；否则 得分",
        parameters=(
            Parameter("下限", "率", default="70 %", note="低于指标值的百分之几"),
            Parameter("上限", "率", default="130 %", note="高于指标值的百分之几"),
        ),
        kind="调整",
        note="完成值低于指标值的 70 % 或高于 130 % 时得 0 分",
    ),
    partial(
        Strategy,
        name="加分",
        formula="取小（结果至多，得分 + 取小（取大（加，0），至多））",
        parameters=(
            Parameter("加", note="加几分，可以是算式"),
            Parameter("至多", "分", note="最多加几分"),
            Parameter("结果至多", "分", default="分值", note="加后最多几分"),
        ),
        kind="调整",
        note="加分项：最多加几分，加后不超过分值；不改变分值之和",
    ),
    partial(
        Strategy,
        name="扣分",
        formula="取大（0分，得分 - 取小（取大（扣，0），至多））",
        parameters=(
            Parameter("扣", note="扣几分，可以是算式"),
            Parameter("至多", "分", default="分值", note="最多扣几分"),
        ),
        kind="调整",
        note="扣分项：最多扣几分，扣完为止",
    ),
    partial(
        Strategy,
        name="复核折扣",
        formula="若 低几档 < 1 则 得分；否则 若 低几档 < 2 则 得分 × 90 %；"
        "否则 若 低几档 < 3 则 得分 × 80 %；否则 得分 × 70 %",
        parameters=(Parameter("低几档", note="复核等级比自评等级低几档"),),
        kind="调整",
        note="复核等级低于自评等级一、二、三档的，得分乘以 0.9、0.8、0.7",
    ),
    partial(
        Strategy,
        name="不适用折算",
        formula="得分 × 分值 ÷ （分值 - 不适用分值）",
        parameters=(Parameter("不适用分值", "分", note="不适用的指标合计几分"),),
        kind="调整",
        note="不适用的指标不计分，得分按其余分值折算到满分",
    ),
    partial(
        Strategy,
        name="不适用满分",
        formula="取小（分值，得分 + 不适用分值）",
        parameters=(Parameter("不适用分值", "分", note="不适用的指标合计几分"),),
        kind="调整",
        note="不适用的指标按满分计",
    ),
)
