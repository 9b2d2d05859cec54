"""How points go to parts and come back."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings, strategies as st

from perfeval.errors import FrameworkError, Problem
from perfeval.strategies.allotment import (
    allot_equal,
    allot_percent,
    mean,
    mean_without_extremes,
    rescale_not_applicable,
)

F = Fraction


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 10000), st.integers(1, 40))
def test_equal_parts_add_up(hundredths: int, n: int) -> None:
    """The parts add up to the whole, all but the last are alike, and the last is the largest by less than n steps."""
    points = F(hundredths, 100)
    parts = allot_equal(points, n)
    assert sum(parts) == points
    assert len(set(parts[:-1])) <= 1
    assert 0 <= parts[-1] - parts[0] < n * F(1, 100)
    assert all((part * 100).denominator == 1 for part in parts)


def test_equal_by_example() -> None:
    """10 over 3 is 3.33, 3.33, 3.34; in whole points 3, 3, 4; nothing to divide over is an error."""
    assert allot_equal(10, 3) == (F("3.33"), F("3.33"), F("3.34"))
    assert allot_equal(10, 3, 1) == (3, 3, 4)
    with pytest.raises(FrameworkError):
        allot_equal(10, 0)


def test_percent_level_by_level() -> None:
    """60 % of 50, and 30 % of that, are 30 and 9; shares that make 110 are refused, naming it."""
    upper = allot_percent(50, [60, 40])
    assert upper == (30, 20)
    assert allot_percent(upper[0], [30, 70]) == (9, 21)
    with pytest.raises(FrameworkError, match="110 %"):
        allot_percent(50, [60, 50])


def test_rescaled() -> None:
    """81 earned of 90 applicable are 90 of 100; where nothing is applicable there is no answer."""
    assert rescale_not_applicable(81, 100, 10) == 90
    assert isinstance(rescale_not_applicable(0, 100, 100), Problem)


def test_means() -> None:
    """The mean of 9, 8, 10, 7 is 8.5, and of those without 10 and 7 too; too few give no answer."""
    assert mean([9, 8, 10, 7]) == F("8.5")
    assert mean_without_extremes([9, 8, 10, 1]) == F("8.5")
    assert isinstance(mean([]), Problem)
    assert isinstance(mean_without_extremes([1, 2]), Problem)
