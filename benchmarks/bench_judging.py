"""Judging sixty rows, against a loop that does no more than the arithmetic on prebuilt Fractions."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import TYPE_CHECKING

from bench_formatters import ratio

import perfeval as pe
from perfeval.engine.scoring.points import score  # scores alone, without the checks that pe.evaluate adds

if TYPE_CHECKING:
    from collections.abc import Iterator

STRATEGIES = ("正向", "反向递减", "反向比例")
GROUP = 10


def numbers(rows: int) -> list[tuple[int, int, int, int]]:
    """(kind, 分值, 指标值, 完成值): a third of each kind, one in ten an exact tie at a thousandth of a point."""
    draw = random.Random(7)
    made = []
    for index in range(rows):
        kind = index % 3
        weight, aim = draw.randrange(2, 20), draw.randrange(50, 5000)
        actual = draw.randrange(aim // 2, aim * 2)
        if index % 10 == 0:  # 10 × odd ÷ 2000 ends in 5 thousandths
            weight, aim, actual = 10, 2000, 2 * draw.randrange(500, 999) + 1
            if kind == 1:
                actual = 4000 - actual
            if kind == 2:
                aim, actual = actual, 2000
        made.append((kind, weight, aim, actual))
    return made


def office(rows: int) -> pe.Case:
    """The same numbers as a case: dimensions of ten rows each."""
    made = numbers(rows)
    parts = []
    cells = []
    for start in range(0, rows, GROUP):
        indicators = []
        for index in range(start, min(start + GROUP, rows)):
            kind, weight, aim, actual = made[index]
            sign = "≥" if kind == 0 else "≤"
            indicators.append(pe.Indicator(f"指标{index}", weight, f"{sign}{aim}次", strategy=STRATEGIES[kind]))
            cells.append(pe.Row(f"指标{index}", actual=f"{actual}次"))
        parts.append(pe.Dimension(f"组{start}", None, indicators))
    return pe.Case("示例街道办事处", 2021, pe.Framework("示例", parts), rows=cells)


def loop(rows: int):
    """The arithmetic alone: multiply before dividing, round half up to hundredths, add up by parent."""
    made = [(kind, Fraction(w), Fraction(a), Fraction(b)) for kind, w, a, b in numbers(rows)]

    def run() -> tuple[list[int], int]:
        sums, total = [], 0
        for start in range(0, rows, GROUP):
            subtotal = 0
            for kind, w, a, b in made[start : start + GROUP]:
                if kind == 0:
                    value = w if b >= a else w * b / a
                elif b <= a:
                    value = w
                elif kind == 1:
                    value = Fraction(0) if b >= 2 * a else w * (2 * a - b) / a
                else:
                    value = w * a / b
                n, d = value.numerator * 100, value.denominator
                subtotal += (2 * n + d) // (2 * d)
            sums.append(subtotal)
            total += subtotal
        return sums, total

    return run


def ratios() -> Iterator[tuple[str, float, float]]:
    """A plan judged, a case planned and judged, then with all checks; ten times the rows."""
    case, plain = office(60), loop(60)
    ready = pe.plan(case)
    judged = score(ready)
    sums, total = plain()
    assert [part.steps for part in judged.parts] == sums
    assert judged.steps == total
    yield "judging a plan", ratio(lambda: score(ready), plain), 1
    yield "planning a case and judging it", ratio(lambda: score(pe.plan(case)), plain), 4
    yield "everything, with all checks and findings", ratio(lambda: pe.evaluate(case), plain), 15
    many = pe.plan(office(600))
    yield "ten times the rows", ratio(lambda: score(many), lambda: score(ready)), 11
