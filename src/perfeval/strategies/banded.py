"""列表方法: strategies whose formula is made from rows — steps, anchors, bands, elements, experts.

Rows are written as in the rule: ``{"≥100 %": "20 分", "≥90 %": "10 分", "其余": "0 分"}``. They are tried in order and
the first that holds counts. Points stand as 分, as a share of 分值 (80 %), as 满分, or as a deduction (-0.5 分).
Nothing is clamped here that a rule does not clamp: a table that gives 20 分 to an indicator of 10 is a
fault of the framework, and shall be seen.
"""

from __future__ import annotations

import re
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from perfeval.errors import problem
from perfeval.formulas.build import is_condition
from perfeval.formulas.nodes import (
    Binary,
    Choice,
    Compare,
    Counted,
    Extreme,
    Formula,
    Logic,
    Name,
    Number,
    Text,
    number,
)
from perfeval.strategies.parameters import RATE_GAP, Parameter
from perfeval.strategies.strategy import Strategy

if TYPE_CHECKING:
    from perfeval.strategies.parameters import Reading, Rows

POINTS, ACTUAL, EARNED = Name("分值"), Name("完成值"), Name("得分")
ELSE = frozenset({"其余", "其他", "其它", "否则"})
_SIGNS = {
    "≥": "≥", "≧": "≥", ">=": "≥", "不低于": "≥", "不少于": "≥", "≤": "≤", "≦": "≤", "<=": "≤",
    "不高于": "≤", "不超过": "≤", ">": ">", "＞": ">", "高于": ">", "超过": ">", "<": "<", "＜": "<", "低于": "<", "=": "=", "＝": "=", "≠": "≠",
}  # fmt: skip
_SIGN = re.compile("|".join(sorted(map(re.escape, _SIGNS), key=len, reverse=True)))
_RANGE = re.compile(r"第?(\d+)\s*(?:-|—|–|－|～|~|至|到)+\s*第?(\d+)\s*(名次|名|位)")
_PLACE = re.compile(r"第(\d+)\s*(?:名次|名|位)?")


def zero_points() -> Number:
    """0 分."""
    return number("0分")


def condition(key: Any, subject: Formula, reading: Reading) -> Formula | None:
    """The condition that a row's key states on *subject*; None (with a problem) where it states none.

    A key is one or two comparisons (``≥80 % 且 <90 %``), a range of ranks with both its ends (``第1—5名``), a
    number or words (``优``, ``优、良``), or a condition in full.
    """
    if not isinstance(key, str):
        made = reading.formula(key)
        return made if made is None or is_condition(made) else Compare("=", subject, made)
    text = key.strip()
    if found := _RANGE.fullmatch(text):
        ends = [number(int(found[i]), "名次") for i in (1, 2)]
        return Logic("且", (Compare("≥", subject, ends[0]), Compare("≤", subject, ends[1])))
    if found := _PLACE.fullmatch(text):
        return Compare("=", subject, number(int(found[1]), "名次"))
    if _SIGN.match(text):
        limits = [_limit(each.strip(), key, subject, reading) for each in text.split("且")]
        whole = [limit for limit in limits if limit is not None]
        if len(whole) < len(limits):
            return None
        return whole[0] if len(whole) == 1 else Logic("且", tuple(whole))
    if not any(mark in text for mark in "≥≤<>=≠") and not text[:1].isdigit():
        words = tuple(Compare("=", subject, Text(word.strip())) for word in text.split("、") if word.strip())
        if words:
            return words[0] if len(words) == 1 else Logic("或", words)
    if re.search(r"\d.*[-—–～~至].*\d", text):
        reading.wrong(
            problem(
                "row-range",
                "“{key}”的两端归哪一档没有写明；请写成如“≥80 % 且 <90 %”，名次写成“第1—5名”",
                key=text,
            ),
            key,
        )
        return None
    made = reading.formula(key)
    return made if made is None or is_condition(made) else Compare("=", subject, made)


def _limit(text: str, key: Any, subject: Formula, reading: Reading) -> Formula | None:
    sign = _SIGN.match(text)
    if sign is None:
        reading.wrong(problem("row-key", "“{key}”要写成如“≥80 % 且 <90 %”", key=str(key)), key)
        return None
    side = reading.formula(text[sign.end() :])
    return None if side is None else Compare(_SIGNS[sign[0]], subject, side)  # type: ignore[arg-type]


def points(value: Any, reading: Reading) -> Formula | None:
    """The points that a row gives: 20 分, 80 % (of 分值), 满分, 不得分, -0.5 分 or 扣0.5分 (from 分值, not below 0)."""
    if isinstance(value, str):
        text = value.strip()
        if text in ("满分", "得满分"):
            return POINTS
        if text in ("不得分", "无"):
            return zero_points()
        if re.match(r"扣\s*\d", text):
            value = "-" + text[1:].strip()
    made = reading.formula(value)
    return None if made is None else _plain(made, value, reading)


def _plain(made: Formula, value: Any, reading: Reading) -> Formula:
    if not isinstance(made, Number):
        return made
    if made.value.unit.rate:
        return Binary("×", POINTS, made)
    if made.value.base == 0:
        return zero_points()
    if made.value.unit.symbol != "分":
        reading.wrong(
            problem("row-points", "“{value}”不是分值；请写成如“10 分”、“80 %”（分值的八成）或“满分”", value=str(value)),
            value,
        )
    elif made.value.base < 0:
        return Extreme("取大", (zero_points(), Binary("-", POINTS, Number(-made.value))))
    return made


def _steps(_: Strategy, rows: Rows, bound: dict[str, Formula], reading: Reading) -> Formula | None:
    """分档: nested choices in the order of the rows."""
    made: list[tuple[Formula, Formula]] = []
    rest: Formula | None = None
    for index, (key, value) in enumerate(rows):
        given = points(value, reading)
        if isinstance(key, str) and key.strip() in ELSE:
            rest = given
            if index < len(rows) - 1:
                reading.wrong(problem("row-else-last", "“{key}”一行要写在最后", key=key), key)
        else:
            when = condition(key, bound["依据"], reading)
            if when is not None and given is not None:
                _reached(when, made, key, reading)
                made.append((when, given))
    return _with_rest(made, rest, reading)


def _with_rest(made: list[tuple[Formula, Formula]], rest: Formula | None, reading: Reading) -> Formula | None:
    if rest is None and not reading.problems:
        reading.wrong(
            problem(
                "row-else-missing",
                "评分方法“{strategy}”缺少“其余”一行，不知不在各档内的得几分",
                strategy=reading.strategy,
            )
        )
    return None if reading.problems or rest is None else _nested(made, rest)


def _nested(made: list[tuple[Formula, Formula]], rest: Formula) -> Formula:
    for when, given in reversed(made):
        rest = Choice(when, given, rest)
    return rest


def _reached(when: Formula, before: list[tuple[Formula, Formula]], key: Any, reading: Reading) -> None:
    """A row that an earlier one always forestalls (≥100 % below ≥90 %) is a mistake."""
    if not before or not isinstance(when, Compare) or not isinstance(last := before[-1][0], Compare):
        return
    one, two = last.right, when.right
    if not (isinstance(one, Number) and isinstance(two, Number) and one.value.unit.same_kind(two.value.unit)):
        return
    up = {last.op, when.op} <= {"≥", ">"} and one.value <= two.value
    down = {last.op, when.op} <= {"≤", "<"} and one.value >= two.value
    if (up or down) and (one.value != two.value or last.op == when.op or last.op in "≥≤"):
        reading.wrong(problem("row-unreached", "“{key}”一行轮不到：前一行已包括它；请调换次序", key=str(key)), key)


def _capped(_: Strategy, rows: Rows, bound: dict[str, Formula], reading: Reading) -> Formula | None:
    """分段封顶: 得分 is at most what the first row that holds gives."""
    made: list[tuple[Formula, Formula]] = []
    for key, value in rows:
        when, most = condition(key, bound["依据"], reading), points(value, reading)
        if when is not None and most is not None:
            _reached(when, made, key, reading)
            made.append((when, Extreme("取小", (EARNED, most))))
    return None if reading.problems else _nested(made, EARNED)


def _line(_: Strategy, rows: Rows, __: dict[str, Formula], reading: Reading) -> Formula | None:
    """插值: straight lines between anchors, level beyond the first and the last."""
    anchors: list[tuple[Number, Formula]] = []
    for key, value in rows:
        at, given = reading.formula(key), points(value, reading)
        if isinstance(at, Number) and given is not None:
            anchors.append((at, given))
        elif at is not None:
            reading.wrong(problem("anchor-number", "插值的“{key}”要写成数，如“80 %”", key=str(key)), key)
    units = {at.value.unit.kind for at, _ in anchors}
    if len(units) > 1 or len({at.value for at, _ in anchors}) < max(2, len(anchors)):
        reading.wrong(problem("anchor-order", "插值至少要有两个不同的点，单位一致，如 60 % 得 0 分，100 % 得 10 分"))
    if reading.problems:
        return None
    anchors.sort(key=lambda anchor: anchor[0].value)
    made = [(Compare("≤", ACTUAL, anchors[0][0]), anchors[0][1])]
    for (low, least), (high, most) in pairwise(anchors):
        if isinstance(least, Number) and isinstance(most, Number) and least.value == most.value:
            made.append((Compare("<", ACTUAL, high), most))
            continue
        rise: Formula = Binary("-", most, least)
        if isinstance(least, Number) and isinstance(most, Number):
            rise = Number(most.value - least.value)
        along = Binary("÷", Binary("×", rise, Binary("-", ACTUAL, low)), Number(high.value - low.value))
        flat = isinstance(least, Number) and least.value.base == 0
        made.append((Compare("<", ACTUAL, high), along if flat else Binary("+", least, along)))
    return _nested(made, anchors[-1][1])  # type: ignore[arg-type]


def _around(_: Strategy, rows: Rows, bound: dict[str, Formula], reading: Reading) -> Formula | None:
    """区间分档: how far the 完成值 is from 中心, on either side."""
    centre = bound["中心"]
    away = Extreme("取大", (Binary("-", ACTUAL, centre), Binary("-", centre, ACTUAL)))
    made: list[tuple[Formula, Formula]] = []
    rest: Formula | None = None
    for key, value in rows:
        given = points(value, reading)
        if isinstance(key, str) and key.strip() in ELSE:
            rest = given
            continue
        width = reading.formula(key.strip().removeprefix("±") if isinstance(key, str) else key)
        if width is None or given is None:
            continue
        if not isinstance(width, Number):
            reading.wrong(problem("row-width", "“{key}”一行要写偏差，如“±10 %”", key=str(key)), key)
            continue
        unit = width.value.unit
        if unit.dims == (("百分点", 1),):
            when = Compare("≤", Counted(away, unit, RATE_GAP), width)
        elif unit.rate and reading.unit is not None and not reading.unit.rate:
            when = Compare("≤", away, Binary("×", centre, width))
        else:
            when = Compare("≤", away, width)
        _reached(when, made, key, reading)
        made.append((when, given))
    return _with_rest(made, rest, reading)


DEFINED: tuple[partial[Strategy], ...] = (
    partial(
        Strategy,
        name="分档",
        parameters=(Parameter("依据", default="完成值", note="按什么分档"),),
        kind="评分",
        rows="条件 → 得分，最后一行是“其余”",
        make=_steps,
        note="按完成值所在的档得分",
        aliases=("阶梯",),
    ),
    partial(
        Strategy,
        name="插值",
        kind="评分",
        rows="完成值 → 得分，至少两行",
        make=_line,
        note="两点之间按直线得分，两端之外按端点得分",
        aliases=("线性插值",),
    ),
    partial(
        Strategy,
        name="区间分档",
        parameters=(Parameter("中心", default="指标值", note="从哪里量偏差"),),
        kind="评分",
        rows="偏差（±10 %） → 得分，最后一行是“其余”",
        make=_around,
        note="按完成值偏离中心的大小得分，两边一样",
    ),
    partial(
        Strategy,
        name="分段封顶",
        parameters=(Parameter("依据", note="按什么分段，如 预算执行率"),),
        kind="调整",
        rows="条件 → 最多几分",
        make=_capped,
        note="按依据所在的段，得分最多为几分",
    ),
)
