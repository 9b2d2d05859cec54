"""得分方法: the strategies that earn points from 分值, 指标值 and 完成值, each one formula.

How ≤ falls (反向递减 or 反向比例), how a step is counted (按比例, 满一步, 不足一步按一步) and what a rate of
satisfaction is a share of (按达标线, 按百分) are choices that rules leave open: each is a strategy of its own,
none is a default.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from perfeval.formulas.build import substitute
from perfeval.formulas.nodes import Binary, Choice, Counted, Number
from perfeval.locales.messages import message
from perfeval.strategies.parameters import RATE_GAP, Parameter
from perfeval.strategies.strategy import Basis, Strategy

if TYPE_CHECKING:
    from perfeval.formulas.nodes import Formula
    from perfeval.strategies.parameters import Reading, Rows

# Names and what may stand for them, used by several rules.
DEDUCTED = Parameter("扣", "分", note="每一步扣几分")
LINE = Parameter("及格线", "率", default="60 %", note="低于它得 0 分")


def _by_step(strategy: Strategy, _rows: Rows, bound: dict[str, Formula], reading: Reading) -> Formula | None:
    """Put the size of one step in: 百分点 counts a difference of rates, % of what is no rate is a share of 起点."""
    step = bound["每"]
    if isinstance(step, Number):
        unit = step.value.unit
        if unit.dims == (("百分点", 1),):
            bound = bound | {"差距": Counted(bound["差距"], unit, RATE_GAP)}
        elif unit.rate and reading.unit is not None and not reading.unit.rate:
            bound = bound | {"每": Binary("×", step, bound["起点"])}
    formula = strategy.formula
    start = bound["起点"]
    match formula:
        case Choice(otherwise=Choice() as below) if isinstance(start, Number) and start.value.base >= 0:
            formula = Choice(formula.condition, formula.then, below.otherwise)  # no branch for a start below 0
    return substitute(formula, bound) if formula is not None else None


_STEPS = {
    "按比例": "差距 ÷ 每",
    "满一步": "舍去（差距 ÷ 每，1 倍）",
    "不足一步按一步": "进位（差距 ÷ 每，1 倍）",
}
_PHRASES = {
    "递减按比例": message("每低{每}扣{扣}，不足的按比例"),
    "递减满一步": message("每低{每}扣{扣}，不满的不扣"),
    "递减不足一步按一步": message("每低{每}扣{扣}，不足的按一步"),
    "超出递减按比例": message("每超{每}扣{扣}，不足的按比例"),
    "超出递减满一步": message("每超{每}扣{扣}，不满的不扣"),
    "超出递减不足一步按一步": message("每超{每}扣{扣}，不足的按一步"),
    "区间递减按比例": message("每偏出{每}扣{扣}，不足的按比例"),
    "区间递减满一步": message("每偏出{每}扣{扣}，不满的不扣"),
    "区间递减不足一步按一步": message("每偏出{每}扣{扣}，不足的按一步"),
}

_STEP = Parameter("每", "步", note="一步多大：1 百分点（比率）、1 %（指标值的百分之一）、2 宗")
_FLOOR = Parameter("至少", "分", default="0分", note="扣到几分为止")


def _falling(how: str, *, kind: str) -> partial[Strategy]:
    """One of the nine step rules: a start or two limits, a gap beyond, and a way of counting steps."""
    count = _STEPS[how]
    parameters: tuple[Parameter, ...] = (Parameter("起点", default="指标值", note="从哪里起扣"),)
    if kind == "递减":  # short of the start
        gap, met = "起点 - 取大（完成值，0）", "完成值 ≥ 起点"
        note = message("低于起点的，每低一步扣几分，扣完为止")
    elif kind == "超出递减":
        gap, met = "完成值 - 起点", "完成值 ≤ 起点"
        note = message("高于起点的，每超一步扣几分，扣完为止")
    else:
        gap, met = "取大（下限 - 完成值，完成值 - 上限）", "完成值 ≥ 下限 且 完成值 ≤ 上限"
        parameters = (
            Parameter("下限", note="区间的下端，含本数"),
            Parameter("上限", note="区间的上端，含本数"),
            Parameter("起点", default="指标值", note="步幅写成 % 时，是谁的百分之几"),
        )
        note = message("在区间内得满分，每偏出一步扣几分，扣完为止")
    lost = f"取大（至少，分值 - 扣 × {count}）"
    if kind != "区间递减":
        # A start below 0 has no shares: the branch divides by it and is 无法计分.
        lost = f"若 起点 < 0 则 分值 × 完成值 ÷ 起点；否则 {lost}"
    return partial(
        Strategy,
        name=kind + how,
        formula=f"若 {met} 则 分值；否则 {lost}",
        parameters=(*parameters, Parameter("差距", default=gap, note="差多少"), _STEP, DEDUCTED, _FLOOR),
        make=_by_step,
        kind="评分",
        note=note,
        phrase=_PHRASES[kind + how],
    )


DEFINED: tuple[partial[Strategy], ...] = (
    partial(
        Strategy,
        name="正向",
        formula="若 完成值 ≥ 指标值 或 指标值 = 0 则 分值；否则 分值 × 取大（完成值，0） ÷ 指标值",
        note="达到指标值得满分，未达到的按完成比例得分",
        aliases=("正向比例", "越大越好"),
    ),
    partial(
        Strategy,
        name="等于",
        formula="若 指标值 = 0 则 （若 完成值 ≤ 0 则 分值；否则 0分）；"
        "否则 若 完成值 = 指标值 或 完成值 ≥ 指标值 且 指标值 > 0 则 分值；"
        "否则 分值 × 取大（完成值，0） ÷ 指标值",
        note="指标值大于 0 时同正向；指标值为 0 时，不发生得满分，发生得 0 分",
    ),
    partial(
        Strategy,
        name="反向递减",
        formula="若 完成值 ≤ 指标值 则 分值；否则 若 完成值 ≥ 2 × 指标值 且 指标值 ≥ 0 则 0分；"
        "否则 分值 × （2 × 指标值 - 完成值） ÷ 指标值",
        basis=Basis("一家评价软件的算法（逐项取两位小数）"),
        note="不超过指标值得满分，超出几成扣几成，超出一倍得 0 分",
        aliases=("反向线性",),
    ),
    partial(
        Strategy,
        name="反向比例",
        formula="若 完成值 ≤ 指标值 则 分值；否则 若 指标值 < 0 则 分值 × 完成值 ÷ 指标值；否则 分值 × 指标值 ÷ 完成值",
        basis=Basis("湖北、江西自评表"),
        note="不超过指标值得满分，超过的按指标值与完成值之比得分",
    ),
    partial(
        Strategy,
        name="达线满分",
        formula="若 完成值 ≥ 线 或 线 = 0 则 分值；否则 0分",
        parameters=(Parameter("线", default="指标值", note="达到它得满分"),),
        note="达到线得满分，达不到得 0 分",
    ),
    partial(
        Strategy,
        name="限内满分",
        formula="若 完成值 ≤ 线 则 分值；否则 0分",
        parameters=(Parameter("线", default="指标值", note="不超过它得满分"),),
        note="不超过限额、时限或名次得满分，否则得 0 分",
    ),
    partial(
        Strategy,
        name="达线比例",
        formula="若 完成值 ≥ 指标值 或 指标值 = 0 则 分值；否则 若 指标值 > 0 且 完成值 < 线 则 0分；"
        "否则 分值 × 取大（完成值，0） ÷ 指标值",
        parameters=(Parameter("线", note="低于它得 0 分"),),
        note="低于线得 0 分，线以上按完成比例得分，达到指标值得满分",
    ),
    partial(
        Strategy,
        name="达线起算",
        formula="若 完成值 ≥ 满分线 则 分值；否则 若 完成值 < 线 则 0分；否则 分值 × （完成值 - 线） ÷ （满分线 - 线）",
        parameters=(
            Parameter("线", default="60 %", note="从它起得分"),
            Parameter("满分线", default="指标值", note="达到它得满分"),
        ),
        note="低于线得 0 分，从线起按超过线的部分得分",
    ),
    *(_falling(how, kind=kind) for kind in ("递减", "超出递减", "区间递减") for how in _STEPS),
    partial(
        Strategy,
        name="区间满分",
        formula="若 完成值 ≥ 下限 且 完成值 ≤ 上限 则 分值；否则 0分",
        parameters=(Parameter("下限", note="含本数"), Parameter("上限", note="含本数")),
        kind="评分",
        note="在区间内得满分，否则得 0 分",
    ),
    partial(
        Strategy,
        name="按数累加",
        formula="取小（分值，取大（完成值，0） × 每项）",
        parameters=(Parameter("每项", "每项分", note="一项几分，如 2 分/项"),),
        note="具备一项得几分，加到满分为止",
        phrase=message("每项{每项}"),
    ),
    partial(
        Strategy,
        name="是否",
        formula="若 完成值 = 指标值 则 分值；否则 0分",
        note="与指标值（是或否）相同得满分，否则得 0 分",
    ),
    partial(
        Strategy,
        name="预算执行",
        formula="分值 × 取小（100 %，取大（完成值，0））",
        note="分值乘以执行率，执行率最多按 100 % 计",
        aliases=("预算执行率得分",),
    ),
    partial(
        Strategy,
        name="预算执行分档",
        formula="若 完成值 ≥ 100 % 则 分值；否则 若 完成值 ≥ 80 % 则 分值 × 70 %；"
        "否则 若 完成值 ≥ 60 % 则 分值 × 50 %；否则 0分",
        note="执行率 100 % 得满分，80 % 以上得七成，60 % 以上得五成，60 % 以下得 0 分",
    ),
    partial(
        Strategy,
        name="满意度比例按达标线",
        formula="若 完成值 ≥ 达标线 则 分值；否则 若 完成值 < 及格线 则 0分；否则 分值 × 完成值 ÷ 达标线",
        parameters=(Parameter("达标线", default="指标值", note="达到它得满分"), LINE),
        note="达到达标线得满分，及格线以上按满意度占达标线的比例得分，及格线以下得 0 分",
    ),
    partial(
        Strategy,
        name="满意度比例按百分",
        formula="若 完成值 ≥ 达标线 则 分值；否则 若 完成值 < 及格线 则 0分；否则 分值 × 取小（100 %，完成值）",
        parameters=(Parameter("达标线", default="指标值", note="达到它得满分"), LINE),
        note="达到达标线得满分，及格线以上按分值乘以满意度得分，及格线以下得 0 分",
    ),
    partial(
        Strategy,
        name="执行率",
        formula="执行数 ÷ 预算数",
        parameters=(
            Parameter("执行数", default="全年执行数", note="花了多少"),
            Parameter("预算数", note="分母按办法规定：全年预算数、调整后预算数，或年初预算数加调整数"),
        ),
        kind="完成值",
        note="完成值 = 执行数 ÷ 预算数；预算数为 0 时无法计分",
    ),
    partial(
        Strategy,
        name="满意率",
        formula="满意 ÷ 有效问卷",
        parameters=(Parameter("满意", note="满意的份数"), Parameter("有效问卷", note="收回的有效份数")),
        kind="完成值",
        note="完成值 = 满意份数 ÷ 有效问卷份数",
    ),
    partial(
        Strategy,
        name="满意率五级",
        formula="（100 % × 很满意 + 80 % × 满意 + 60 % × 一般 + 30 % × 不满意） ÷ "
        "（很满意 + 满意 + 一般 + 不满意 + 很不满意）",
        parameters=tuple(Parameter(n, note="选它的份数") for n in ("很满意", "满意", "一般", "不满意", "很不满意")),
        kind="完成值",
        note="五级量表按 100、80、60、30、0 计：完成值 = 各级份数加权之和 ÷ 有效问卷份数",
        aliases=("李克特满意率",),
    ),
    partial(
        Strategy,
        name="超额需说明",
        formula="指标值 > 0 且 完成值 ≥ 指标值 × 线",
        parameters=(Parameter("线", "率", default="130 %", note="达到指标值的百分之几"),),
        note="完成值达到指标值的 130 % 时，须说明偏差原因",
    ),
    partial(
        Strategy,
        name="偏低需说明",
        formula="指标值 > 0 且 完成值 < 指标值 × 线",
        parameters=(Parameter("线", "率", default="70 %", note="低于指标值的百分之几"),),
        note="完成值低于指标值的 70 % 时，须说明偏差原因",
    ),
)
