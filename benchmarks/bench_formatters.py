"""Writing a number in a table or sentence, against an f-string on a quantized Decimal."""

from __future__ import annotations

import random
from decimal import ROUND_HALF_UP, Decimal
from time import perf_counter
from typing import TYPE_CHECKING

from perfeval import Quantity, text
from perfeval.quantities.number_text import number_format

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LIMIT = 1.5
CENT = Decimal("0.01")


def best(run: Callable[[], object], times: int = 15) -> float:
    """The shortest of several runs, in seconds."""
    taken = []
    for _ in range(times):
        start = perf_counter()
        run()
        taken.append(perf_counter() - start)
    return min(taken)


def ratio(ours: Callable[[], object], theirs: Callable[[], object]) -> float:
    """Ours over theirs, measured in turns so that a busy moment hits both."""
    best(ours, 2)
    pairs = [(best(ours, 5), best(theirs, 5)) for _ in range(9)]
    return min(a for a, _ in pairs) / min(b for _, b in pairs)


def ratios() -> Iterator[tuple[str, float, float]]:
    """Two thousand amounts of money: five decimals, two, none, a tenth below zero."""
    draw = random.Random(1)
    decimals = [Decimal(draw.randrange(-(10**9), 10**10)) / 100000 for _ in range(1000)]
    stated = [Decimal(draw.randrange(10**8)) / 100 for _ in range(1000)] + [Decimal(draw.randrange(10**5))] * 200
    many = decimals + stated
    quantities, as_stated = [Quantity(d, "万元") for d in many], [Quantity(d, "万元") for d in stated]

    def fstring() -> list[str]:
        return [f"{d.quantize(CENT, rounding=ROUND_HALF_UP)}万元" for d in many]

    def fstring_grouped() -> list[str]:
        return [f"{d.quantize(CENT, rounding=ROUND_HALF_UP):,}万元" for d in many]

    def fstring_stated() -> list[str]:
        return [f"{d.quantize(CENT, rounding=ROUND_HALF_UP)}万元" for d in stated]

    write = number_format("万元", 10_000, 1, 2, "zh_Hans", grouping=False)
    grouped = number_format("万元", 10_000, 1, 2, "zh_Hans", grouping=True)
    english = number_format("元", 1, 1, 2, "en", grouping=True)
    pairs = [q.pair for q in quantities]
    assert [text(q, digits=2) for q in quantities] == fstring()
    assert [grouped(n, d) for n, d in pairs] == fstring_grouped()
    yield "a column of numbers", ratio(lambda: [write(n, d) for n, d in pairs], fstring), LIMIT
    yield "a column, grouped", ratio(lambda: [grouped(n, d) for n, d in pairs], fstring_grouped), LIMIT
    yield "a column in English (CNY)", ratio(lambda: [english(n, d) for n, d in pairs], fstring_grouped), LIMIT
    yield "a sentence: text(q, digits=2)", ratio(lambda: [text(q, digits=2) for q in quantities], fstring), LIMIT
    yield "a sentence: text(q), digits as stated", ratio(lambda: [text(q) for q in as_stated], fstring_stated), LIMIT
