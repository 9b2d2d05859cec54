"""What people judge: bands of points for words, and several experts' scores."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings, strategies as st

from perfeval.errors import FrameworkError
from perfeval.formulas.exact import round_pair, value
from perfeval.formulas.parser import parse
from perfeval.quantities.quantity import Quantity
from perfeval.strategies.built_in import strategy
from perfeval.strategies.judged import band_of

F = Fraction

WORDS = {"达成年度指标": 0, "达成预期指标": 0, "部分达成并具有一定效果": 1, "未达成年度指标且效果较差": 2, "未达成": 2}


@pytest.mark.parametrize(("name", "middle"), [("定性三档80/60", 60), ("定性三档80/50", 50)])
@pytest.mark.parametrize(("word", "which"), WORDS.items())
@settings(max_examples=20, deadline=None)
@given(points=st.integers(1, 30), hundredths=st.integers(0, 3000))
def test_bands(name: str, middle: int, word: str, which: int, points: int, hundredths: int) -> None:
    """The band of a word has its lower limit and not its upper, save the best; the condition says the same."""
    low, high = ((80, 100), (middle, 80), (0, middle))[which]
    formula = strategy(name).bind()
    band = band_of(formula, word, Quantity(points, "分"))
    assert band is not None
    assert (band.low, band.high) == (F(points * low, 100), F(points * high, 100))
    assert (band.low_closed, band.high_closed) == (True, which == 0)
    for stated in (F(hundredths, 100), F(points * low, 100), F(points * high, 100)):
        given_ = {"分值": Quantity(points, "分"), "得分": Quantity(stated, "分"), "完成值": word}
        inside = band.low <= stated and (stated < band.high or (which == 0 and stated == band.high))
        assert value(formula, given_) is inside


def test_a_word_of_no_band() -> None:
    """A word that the table lacks has no band: the judge is free, nothing is guessed."""
    assert band_of(strategy("定性三档80/60").bind(), "显著提升", Quantity(10, "分")) is None


def test_a_band_without_words() -> None:
    """A condition on 得分 alone is a band for every word; one that needs another number has none here."""
    free = band_of(parse("得分 ≥ 0分 且 得分 < 分值 × 50 %"), "随便", Quantity(10, "分"))
    assert free is not None
    assert (free.low, free.high, free.low_closed, free.high_closed) == (0, 5, True, False)
    assert band_of(parse("得分 ≤ 上限"), "随便", Quantity(10, "分")) is None


def test_bands_of_ones_own() -> None:
    """Another table of bands is written as rows, from the best down."""
    formula = strategy("定性分档").bind({"优、好": "90 %～100 %", "中": "60 %～90 %", "差": "0 %～60 %"})
    band = band_of(formula, "中", Quantity(10, "分"))
    assert band is not None
    assert (band.low, band.high, band.low_closed, band.high_closed) == (6, 9, True, False)
    assert band_of(formula, "好", Quantity(10, "分")).high_closed  # type: ignore[union-attr]
    with pytest.raises(FrameworkError) as caught:
        strategy("定性分档").bind({"优": "九成以上"})
    assert caught.value.code == "band-limits"


@settings(max_examples=80, deadline=None)
@given(st.lists(st.integers(0, 1000), min_size=3, max_size=9))
def test_experts(tenths: list[int]) -> None:
    """The mean, and the mean without one highest and one lowest, are exact and rounded once."""
    scores = [F(n, 10) for n in tenths]
    for name, kept in (("专家平均", scores), ("专家平均去最高最低", sorted(scores)[1:-1])):
        got = value(strategy(name).bind([Quantity(score, "分") for score in scores]), {})
        assert isinstance(got, Quantity)
        assert got.base == sum(kept) / len(kept)


def test_experts_tie() -> None:
    """The mean of 8.91 and 8.92 is 8.915, a tie: 8.92."""
    got = value(strategy("专家平均").bind(["8.91 分", "8.92 分"]), {})
    assert isinstance(got, Quantity)
    assert round_pair(*got.pair, 100) == 892


def test_too_few_experts() -> None:
    """Two scores leave nothing between the highest and the lowest."""
    with pytest.raises(FrameworkError) as caught:
        strategy("专家平均去最高最低").bind(["9 分", "8 分"])
    assert caught.value.code == "experts-few"
    assert "3 位" in str(caught.value)
