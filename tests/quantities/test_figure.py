"""Figures: the interval that digits, marks and signs state."""

import pickle
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from perfeval.quantities.figure import REACH, Interval
from perfeval.quantities.formatters import text as write
from perfeval.quantities.notation import figure
from perfeval.quantities.quantity import Quantity

STATED = [
    # text, low, high, low end closed, high end closed; in base units
    ("94.96%", Fraction("0.94955"), Fraction("0.94965"), True, False),
    ("16898.11万元", 168981050, 168981150, True, False),
    ("300万元", 2995000, 3005000, True, False),
    ("-5%", Fraction("-0.055"), Fraction("-0.045"), False, True),
    ("0.00%", Fraction("-0.00005"), Fraction("0.00005"), False, False),
    ("4387间次", 4387, 4387, True, True),
    ("4.58万人次", 45800, 45800, True, True),
    ("91.3分", Fraction("91.3"), Fraction("91.3"), True, True),
    ("12个月", 12, 12, True, True),
    ("全区第6", 6, 6, True, True),
    ("≥95%", Fraction("0.95"), None, True, False),
    (">95%", Fraction("0.95"), None, False, False),
    ("≤5天", None, 5, False, True),
    ("<5天", None, 5, False, False),
    ("12-17岁", 12, 17, True, True),
    ("近30万元", 270000, 300000, True, True),
    ("约300人", 270, 330, True, False),
    ("3000余人", 3000, 4000, True, False),
    ("2200余次", 2200, 2300, True, False),
    ("10多个", 10, 20, True, False),
    ("超20亿元", 20 * 10**8, None, True, False),
    ("有效", None, None, False, False),
    ("—", None, None, False, False),
]


@pytest.mark.parametrize(("text", "low", "high", "low_closed", "high_closed"), STATED, ids=[s[0] for s in STATED])
def test_bounds(text: str, low: Fraction | None, high: Fraction | None, low_closed: bool, high_closed: bool) -> None:
    """Counts are exact as written; amounts, measures and rates are half a last digit wide; marks widen."""
    assert figure(text).bounds == Interval(low, high, low_closed, high_closed)


def test_where_the_writer_cuts() -> None:
    """A framework that truncates states [v, v + a last digit)."""
    assert figure("94.96%").stated("舍去") == Interval(Fraction("0.9496"), Fraction("0.9497"), True, False)
    assert figure("-5%").stated("舍去") == Interval(Fraction("-0.06"), Fraction("-0.05"), False, True)


def test_the_rate_of_the_report_agrees_only_just() -> None:
    """16045.66 over 16898.11 lies inside what 94.96 % states, and outside what 94.95 % does."""
    rate = Fraction(1604566, 1689811)
    assert rate in figure("94.96%").bounds
    assert rate not in figure("94.95%").bounds
    assert rate in figure("94.95%").stated("舍去")


@given(st.integers(-(10**9), 10**9), st.integers(0, 4))
def test_what_rounds_to_the_digits_is_what_they_state(n: int, places: int) -> None:
    """Half up by magnitude: the ends are told apart exactly, ties included."""
    scale = 10**places
    bounds = figure(
        f"{'-' if n < 0 else ''}{abs(n) // scale}{'.' if places else ''}{str(abs(n) % scale).zfill(places) if places else ''}元"
    ).bounds
    for twice in (2 * n - 1, 2 * n, 2 * n + 1):  # the neighbours half a digit away
        value = Fraction(twice, 2 * scale)
        rounded = (abs(twice) + 1) // 2 * (1 if twice >= 0 else -1)
        assert (value in bounds) == (rounded == n)


@given(
    st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**7),
    st.sampled_from(
        ["元", "万元", "亿元", "%", "‰", "平方米", "亩", "公里", "元/人", "人", "万人次", "分", "间次", "百分点"]
    ),
    st.none() | st.integers(0, 4),
)
def test_reading_back_what_is_written(number: Fraction, unit: str, digits: int | None) -> None:
    """What the formatter writes is read as an interval that holds the value; as the value if unrounded."""
    value = Quantity(number, unit)
    read = figure(write(value, digits=digits))
    assert read.quantity is not None
    exact = read.quantity == value
    assert exact or value.unit.counted or value.base in read.bounds
    if digits is None and 10**6 % value.number.denominator == 0:
        assert exact


@pytest.mark.parametrize(
    "text", ["近30万元", "3000余人", "≥95%", "12-17岁", "全区第6", "截至10月底", "同比下降6.8%", "—", "有效"]
)
def test_figures_are_values(text: str) -> None:
    """A figure hashes, pickles and equals what the same text gives."""
    one = figure(text)
    assert pickle.loads(pickle.dumps(one)) == one
    assert len({one, figure(text)}) == 1


def test_every_reach_has_a_basis() -> None:
    """How far a mark reaches is data with a basis, none of it checked."""
    assert all(reach.basis and not reach.checked for reach in REACH.values())


def test_the_ends_of_a_comparison() -> None:
    """≥ has no upper end, ≤ no lower; without a sign both are the quantity."""
    assert (figure("≥95%").low, figure("≥95%").high) == (Quantity(95, "%"), None)
    assert (figure("≤5天").low, figure("≤5天").high) == (None, Quantity(5, "天"))
    assert figure("5天").low == figure("5天").high == Quantity(5, "天")
