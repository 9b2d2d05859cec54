"""评定: what people judge — qualitative results within a band of points, and several experts' scores.

A judged rule never computes and never clamps: its formula is a condition on 得分 for each word that
完成值 may be. What the word allows is read back from that condition by :func:`band_of`.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from perfeval.errors import problem
from perfeval.formulas.exact import value as value_of
from perfeval.formulas.nodes import Binary, Compare, Extreme, Formula, Logic, Text, number
from perfeval.formulas.parser import parse
from perfeval.quantities.figure import Interval
from perfeval.quantities.quantity import Quantity
from perfeval.strategies.banded import EARNED, points
from perfeval.strategies.counting import total
from perfeval.strategies.strategy import Basis, Strategy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from perfeval.errors import Problem
    from perfeval.quantities.figure import Figure
    from perfeval.strategies.parameters import Reading, Rows

_REACHED = "达成年度指标、达成预期指标、达成"
_PARTLY = "部分达成年度指标并具有一定效果、部分达成预期指标并具有一定效果、部分达成并具有一定效果、部分达成"
_MISSED = "未达成年度指标且效果较差、未达成预期指标且效果较差、未达成且效果较差、未达成"


def _band(words: str, low: str, high: str, *, top: bool) -> str:
    """One band as formula text; its lower limit belongs to it, its upper only where it is the *top*."""
    known = [f"完成值 = “{word.strip()}”" for word in words.split("、")]
    alike = f"（{' 或 '.join(known)}）" if len(known) > 1 else known[0]
    return f"{alike} 且 得分 ≥ 分值 × {low} 且 得分 {'≤' if top else '<'} 分值 × {high}"


def _three(middle: str) -> str:
    return " 或 ".join(
        (
            _band(_REACHED, "80 %", "100 %", top=True),
            _band(_PARTLY, middle, "80 %", top=False),
            _band(_MISSED, "0 %", middle, top=False),
        )
    )


def band_of(judged: Formula, word: str, full: Quantity) -> Interval | None:
    """The points that *word* allows under the condition *judged*, of *full* in all; None for a word it lacks.

    The interval is in 分, with its ends open or closed as the rule has them; a band without words is for
    every word.
    """
    said = word.strip().rstrip("。；")
    for band in judged.parts if isinstance(judged, Logic) and judged.op == "或" else (judged,):
        parts = band.parts if isinstance(band, Logic) and band.op == "且" else (band,)
        limits = [part for part in parts if isinstance(part, Compare) and part.left == EARNED]
        if not limits or not all(_allows(part, said) for part in parts if part not in limits):
            continue
        low, high, low_closed, high_closed = None, None, False, False
        for limit in limits:
            end = value_of(limit.right, {"分值": full})
            if not isinstance(end, Quantity):
                return None
            if limit.op in ("≥", ">"):
                low, low_closed = end.base, limit.op == "≥"
            elif limit.op in ("≤", "<"):
                high, high_closed = end.base, limit.op == "≤"
        return Interval(low, high, low_closed, high_closed)
    return None


def _allows(words: Formula, word: str) -> bool:
    match words:
        case Logic(op="或", parts=parts):
            return any(_allows(part, word) for part in parts)
        case Compare(op="=", right=Text(word=known)):
            return known == word
        case _:
            return False


_LIMITS = re.compile(r"(\d[\d.]*\s*%)\s*[-—–～~至]+\s*(\d[\d.]*\s*%)")


def _bands(_: Strategy, rows: Rows, __: dict[str, Formula], reading: Reading) -> Formula | None:
    """定性分档: a table of words and shares; the first row's upper limit belongs to it."""
    bands: list[str] = []
    for key, value in rows:
        limits = _LIMITS.fullmatch(str(value).strip())
        if limits is None:
            reading.wrong(
                problem(
                    "band-limits",
                    "“{key}”一行要写两个比率，如“80 %～100 %”；写的是“{value}”",
                    key=str(key),
                    value=str(value),
                ),
                value,
            )
        else:
            bands.append(_band(str(key), limits[1], limits[2], top=not bands))
    return None if reading.problems else parse(" 或 ".join(bands))


def _scores(rows: Rows, reading: Reading, least: int) -> list[Formula]:
    """The experts' scores, in order; too few are a problem."""
    scores = [made for _, value in rows if (made := points(value, reading)) is not None]
    if len(rows) < least:
        reading.wrong(
            problem(
                "experts-few",
                "“{strategy}”至少要有 {least} 位专家的评分，只有 {given} 位",
                strategy=reading.strategy,
                least=least,
                given=len(rows),
            )
        )
    return scores


def outside_of(scores: Iterable[Figure], full: Quantity | None) -> Problem | None:
    """The first expert's score that is no number of points from 0 to *full*."""
    for figure in scores:
        mark = figure.quantity
        if mark is None or mark.base < 0:
            return problem("expert-unread", "专家评分“{given}”不是得分；请写0分以上的数", given=figure.text)
        if full is not None and mark.base > full.base:
            return problem("expert-beyond", "专家评分“{given}”超出分值{points}；请核对", given=figure.text, points=full)
    return None


def _mean(_: Strategy, rows: Rows, __: dict[str, Formula], reading: Reading) -> Formula | None:
    scores = _scores(rows, reading, 1)
    return None if reading.problems else Binary("÷", total(scores), number(len(scores)))


def _trimmed(_: Strategy, rows: Rows, __: dict[str, Formula], reading: Reading) -> Formula | None:
    scores = _scores(rows, reading, 3)
    if reading.problems:
        return None
    kept = total(scores) - Extreme("取大", tuple(scores)) - Extreme("取小", tuple(scores))
    return Binary("÷", kept, number(len(scores) - 2))


DEFINED: tuple[partial[Strategy], ...] = (
    partial(
        Strategy,
        name="定性三档80/60",
        formula=_three("60 %"),
        basis=Basis("多地自评表填表说明", checked=True),
        note="达成年度指标得 80 %～100 %，部分达成并具有一定效果得 60 %～80 %（不含 80 %），"
        "未达成且效果较差得 60 % 以下（不含 60 %），由评分人在档内定分",
    ),
    partial(
        Strategy,
        name="定性三档80/50",
        formula=_three("50 %"),
        basis=Basis("湖北、江西自评表填表说明", checked=True),
        note="达成预期指标得 80 %～100 %，部分达成并具有一定效果得 50 %～80 %（不含 80 %），"
        "未达成且效果较差得 50 % 以下（不含 50 %），由评分人在档内定分",
    ),
    partial(
        Strategy,
        name="定性分档",
        kind="评定",
        rows="完成情况 → 得分范围（80 %～100 %），从好到差",
        make=_bands,
        note="由评分人在完成情况对应的范围内定分；下限属于本档",
    ),
    partial(
        Strategy,
        name="专家平均",
        kind="评分",
        rows="各位专家的评分",
        judged=True,
        make=_mean,
        note="各位专家评分的平均数，只取位一次",
    ),
    partial(
        Strategy,
        name="专家平均去最高最低",
        kind="评分",
        rows="各位专家的评分，至少三位",
        judged=True,
        make=_trimmed,
        note="去掉一个最高分和一个最低分后的平均数，只取位一次",
        aliases=("去最高最低",),
    ),
)
