"""折行 by the rules of Chinese typesetting."""

from __future__ import annotations

from hypothesis import given, strategies as st

from perfeval.locales.width import width
from perfeval.papers.screen.wrapping import CLOSING, OPENING, wrap


def test_no_line_begins_with_a_stop() -> None:
    """A stop stays with the word before it, an opening bracket goes with the word behind it."""
    assert wrap("甲乙丙丁，戊己（庚辛）", 8) == ["甲乙丙", "丁，戊己", "（庚辛）"]


def test_numbers_keep_their_unit() -> None:
    """A number is not parted from the unit behind it."""
    assert wrap("合计95分，共100分", 8) == ["合计", "95分，共", "100分"]


def test_long_words_are_cut_and_spaces_dropped() -> None:
    """A word longer than a line is cut; no line begins or ends with a space."""
    assert wrap("abcdefgh ij", 4) == ["abcd", "efgh", "ij"]
    assert wrap("", 4) == [""]
    assert wrap("甲\n乙", 4) == ["甲", "乙"]


TEXTS = st.text(st.sampled_from("甲乙丙，。；：、（）“”《》12. 3%abc≥×÷-"), max_size=60)


@given(TEXTS, st.integers(6, 30))
def test_nothing_is_lost_and_nothing_is_too_wide(text: str, wide: int) -> None:
    """Every character but spaces is kept in order, and no line is wider than asked."""
    lines = wrap(text, wide)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width(line) <= wide for line in lines)


@given(
    st.text(st.sampled_from("甲乙丙丁戊，。（）"), max_size=60).filter(
        lambda t: not any(a + b in t for a in "，。）（" for b in "，。）（")
    )
)
def test_stops_and_brackets(text: str) -> None:
    """Where stops stand alone, no line but the first begins with one, and none but the last ends with a bracket."""
    lines = wrap(text, 12)
    assert not any(line[:1] in CLOSING for line in lines[1:] if line)
    assert not any(line[-1:] in OPENING for line in lines[:-1] if line)
