"""求解: turning an equation finds the same whole numbers as trying every one of them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings, strategies as st

import perfeval as pe
from perfeval.formulas.interval import bounds, isolated, whole_numbers
from perfeval.formulas.parser import parse, show
from perfeval.formulas.spans import Span

if TYPE_CHECKING:
    from perfeval.formulas.nodes import Formula


def known(text: str, **values: str) -> tuple[Formula, dict[str, object]]:
    """An equation and what its names can be."""
    return parse(text), {name: pe.figure(value).bounds for name, value in values.items()}


@settings(max_examples=60)
@given(st.integers(1, 60), st.integers(1, 9999))
def test_totals_of_a_rate(count: int, hundredths: int) -> None:
    """Every total that a rate to two places allows, and no other, by trying all of them."""
    rate = f"{hundredths // 100}.{hundredths % 100:02d}%"
    equation, values = known("率 = 人数 ÷ 总数", 率=rate, 人数=f"{count}人")
    half = Fraction(1, 20000)
    low, high = Fraction(hundredths, 10000) - half, Fraction(hundredths, 10000) + half
    tried = tuple(total for total in range(1, 3000) if low <= Fraction(count, total) < high)
    found = whole_numbers(equation, "总数", values, limit=3000, highest=2999)  # type: ignore[arg-type]
    assert found == tried


@settings(max_examples=60)
@given(st.integers(1, 400), st.integers(-999, 999))
def test_bases_of_a_growth(now: int, tenths: int) -> None:
    """Every earlier count that a growth to one place allows."""
    equation, values = known("本期 = 基期 × （100% + 增幅）", 本期=f"{now}宗", 增幅=f"{tenths / 10:.1f}%")
    half = Fraction(1, 2000)
    growth = Fraction(tenths, 1000)
    ends = (growth - half, growth + half)

    def fits(base: int) -> bool:
        change = Fraction(now - base, base)
        if growth < 0:
            return ends[0] < change <= ends[1]
        return ends[0] < change < ends[1] if growth == 0 else ends[0] <= change < ends[1]

    tried = tuple(base for base in range(1, 5000) if fits(base))
    found = whole_numbers(equation, "基期", values, limit=5000, highest=4999)  # type: ignore[arg-type]
    assert found == tried


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("甲 = 乙 + 丙", "甲 - 丙"),
        ("甲 = 丙 - 乙", "丙 - 甲"),
        ("甲 = 乙 × 丙 + 丁", "（甲 - 丁） ÷ 丙"),
        ("丙 ÷ 乙 = 甲", "丙 ÷ 甲"),
    ],
)
def test_turned(text: str, alone: str) -> None:
    """乙 stands alone on one side."""
    equation, values = known(text, 甲="5", 丙="2", 丁="1")

    def of(part: Formula) -> Span | None:
        found = bounds(part, values)  # type: ignore[arg-type]
        return found if isinstance(found, Span) else None

    made = isolated(equation, "乙", of)
    assert made is not None
    assert show(made) == alone


@pytest.mark.parametrize("text", ["甲 = 乙 × 乙", "甲 ≥ 乙", "甲 = 取小（乙，丙）", "甲 = 乙 × （丙 - 丁）"])
def test_not_turned(text: str) -> None:
    """Twice the name, no equation, a limit, or a factor that may be 0: left to trying."""
    equation, values = known(text, 甲="5", 丙="2", 丁="2")

    def of(part: Formula) -> Span | None:
        found = bounds(part, values)  # type: ignore[arg-type]
        return found if isinstance(found, Span) else None

    assert isolated(equation, "乙", of) is None
