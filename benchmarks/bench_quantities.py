"""Quantities against pint on Decimal; reading numbers: linear time, and against jionlp."""

from __future__ import annotations

import re
from contextlib import suppress
from decimal import Decimal
from functools import partial
from math import exp, log
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench_formatters import best, ratio

from perfeval import NotationError, Quantity, figure
from perfeval.quantities.notation import forget  # so that a text is read for the first time again

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

EACH, MEAN = 1 / 10, 1 / 25
TWICE = 2.2
JIONLP = 1 / 20
FIRST = 1 / 6  # amounts alone, none met before: one match and two records cost that in Python, so it is told apart
TIMES = range(200)

REPORT = Path(__file__).resolve().parents[1] / "examples" / "yongping-2021" / "case.yaml"
AMOUNT = re.compile(r"(?:近|约|超)?[0-9][0-9,.]*(?:亿|万)?元")
DATE = re.compile(r"(?:截至)?[0-9]{4}年[0-9]{1,2}月(?:[0-9]{1,2}日)?(?:[至—-][0-9]{1,2}月)?")
AMOUNTS = ("16898.11万元", "近30万元", "3亿元", "29.6万元", "16,898.11元", "约6120万元", "两百元", "2.27亿元")
DATES = ("2021年10月31日", "2021年1月至10月", "2021年10月")


def ratios() -> Iterator[tuple[str, float, float]]:
    """Each operation, the geometric mean, runs of each kind of character, jionlp."""
    yield from against_pint()
    yield from linear()
    yield from against_jionlp()


def against_pint() -> Iterator[tuple[str, float, float]]:
    """The same work on the same numbers and units, pint's magnitudes being Decimal."""
    from pint import UnitRegistry

    ureg: Any = UnitRegistry(None, non_int_type=Decimal)
    for line in ("元 = [金额]", "万元 = 10000 元", "人 = [人]", "亿元 = 100000000 元"):
        ureg.define(line)
    big, small = Decimal("16898.11"), Decimal("160456600.25")
    ours = (Quantity(big, "万元"), Quantity(small, "元"), Quantity(Decimal(1392), "人"), Quantity(small, "万元"))
    theirs = (ureg.Quantity(big, "万元"), ureg.Quantity(small, "元"), ureg.Quantity(Decimal(1392), "人"))
    theirs = (*theirs, ureg.Quantity(small, "万元"))
    assert (ours[0] - ours[1]).number == (theirs[0] - theirs[1]).magnitude
    logs = []
    for name, run in _operations():
        found = ratio(partial(run, *ours), partial(run, *theirs))
        logs.append(log(found))
        yield f"Quantity {name} / pint", found, EACH
    made = ratio(lambda: [Quantity(big, "万元") for _ in TIMES], lambda: [ureg.Quantity(big, "万元") for _ in TIMES])
    logs.append(log(made))
    yield "Quantity made / pint", made, EACH
    yield "Quantity, geometric mean / pint", exp(sum(logs) / len(logs)), MEAN


def _operations() -> list[tuple[str, Callable[..., object]]]:
    """Each two hundred times in a comprehension, so that no call of ours or theirs is timed beside it."""
    return [
        ("a + b", lambda a, b, n, c: [a + b for _ in TIMES]),
        ("a + c, one unit", lambda a, b, n, c: [a + c for _ in TIMES]),
        ("a - b", lambda a, b, n, c: [a - b for _ in TIMES]),
        ("a × n", lambda a, b, n, c: [a * n for _ in TIMES]),
        ("a ÷ n", lambda a, b, n, c: [a / n for _ in TIMES]),
        ("a ÷ b", lambda a, b, n, c: [a / b for _ in TIMES]),
        ("-a", lambda a, b, n, c: [-a for _ in TIMES]),
        ("abs a", lambda a, b, n, c: [abs(a) for _ in TIMES]),
        ("a < b", lambda a, b, n, c: [a < b for _ in TIMES]),
        ("a >= c, one unit", lambda a, b, n, c: [a >= c for _ in TIMES]),
        ("a == b", lambda a, b, n, c: [a == b for _ in TIMES]),
        ("hash a", lambda a, b, n, c: [hash(a) for _ in TIMES]),
        ("a to 亿元", lambda a, b, n, c: [a.to("亿元") for _ in TIMES]),
    ]


def linear() -> Iterator[tuple[str, float, float]]:
    """Twice the text takes at most 2.2 times the time, on what makes careless patterns quadratic."""
    size = 100_000
    for name, piece in (
        ("digits", "1234567890"),
        ("commas", "1,234,567,"),
        ("points", "1.2.3.4.5."),
        ("spaces", "1 23 45 6 "),
    ):
        for tail in ("", "万元", "人"):
            short, long = piece * (size // 10) + tail, piece * (size // 5) + tail
            taken = min(best(lambda t=long: _tried(t), 3) / best(lambda t=short: _tried(t), 3) for _ in range(3))
            yield f"twice the {name}{' before ' + tail if tail else ''}", taken, TWICE


def _tried(text: str) -> None:
    with suppress(NotationError):
        figure(text, strict=False)


def against_jionlp() -> Iterator[tuple[str, float, float]]:
    """What both read: the amounts of money and the dates of a whole report, in turn, from an empty memory.

    Told apart besides: texts met before (a table repeats 100%, 10 and 是 in most rows), and amounts
    alone, each for the first time (more distinct texts than are remembered).
    """
    from jionlp import parse_money, parse_time

    report = REPORT.read_text(encoding="utf-8")
    amounts, dates = AMOUNT.findall(report), DATE.findall(report)

    def ours_afresh() -> None:
        forget()
        for text in (*amounts, *dates):
            figure(text)

    def theirs_afresh() -> None:
        for text in amounts:
            parse_money(text)
        for text in dates:
            parse_time(text)

    name = f"{len(amounts)} amounts and {len(dates)} dates of a report / jionlp"
    yield name, best(ours_afresh, 15) / best(theirs_afresh, 5), JIONLP
    distinct = [f"{n}.{n % 100:02}万元" for n in range(10_000, 13_000)]
    for name, theirs, texts, limit in (
        ("amounts of money, read again / jionlp.parse_money", parse_money, AMOUNTS * 40, JIONLP),
        ("dates and periods, read again / jionlp.parse_time", parse_time, DATES * 10, JIONLP),
        ("amounts of money, each for the first time / jionlp.parse_money", parse_money, distinct, FIRST),
    ):
        ours, other = _each(figure, texts), _each(theirs, texts)
        ours()
        yield name, best(ours, 5) / best(other, 3), limit


def _each(read: Callable[[str], object], texts: Sequence[str]) -> Callable[[], object]:
    return lambda: [read(text) for text in texts]
