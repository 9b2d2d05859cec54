"""The short ways for usual cells: what they take, they read as the long way does."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from perfeval.errors import NotationError
from perfeval.quantities.notation import _Cell, figure
from perfeval.quantities.units import base_units
from perfeval.quantities.usual import dated, plain

YEARS = st.integers(1900, 2100) | st.sampled_from([1000, 2000, 2024, 9999])
MONTHS = st.integers(0, 13)
DAYS = st.sampled_from(["", "0日", "1日", "28日", "29日", "30日", "31日", "32日"])
JOINTS = st.sampled_from(["", "至", "到", "—", "——", "-", "~", "月至", "月—", "月-", "月到"])


def long_way(text: str) -> object:
    """What the general reader makes of *text*: its figure, or the codes of its problems."""
    try:
        return _Cell(text, base_units(), strict=True, timed=False).read()
    except NotationError as error:
        return [each.code for each in error.problems]


@given(st.sampled_from(["", "截至"]), YEARS, st.none() | MONTHS, DAYS, JOINTS, MONTHS)
def test_dates(to: str, year: int, month: int | None, day: str, joint: str, last: int) -> None:
    """A usual date or period is read as the general reader does, texts of its ends and all."""
    text = f"{to}{year}年"
    if month is not None:
        text += f"{month}{joint}{last}月" if joint else f"{month}月{day}"
    found = dated(text)
    if found is None:
        return
    other = long_way(text)
    assert found == other
    assert repr(found) == repr(other), "the texts, which equality passes over"


@given(
    st.sampled_from(["", "≥", "<=", "近", "约", "超"]),
    st.from_regex(r"[0-9]{1,6}(,[0-9]{3})?(\.[0-9]{1,4})?", fullmatch=True) | st.sampled_from(["十二", "两百", "五"]),
    st.sampled_from(["", "余", "多"]),
    st.sampled_from(["", "元", "万元", "亿元", "%", "人次", "次", "万人次", "元/人"]),
)
def test_amounts(head: str, number: str, more: str, unit: str) -> None:
    """A usual amount is read as the general reader does."""
    text = head + number + more + unit
    found = plain(text, base_units())
    if found is not None:
        assert found == long_way(text)


@pytest.mark.parametrize("text", ["16898.11万元", "近30万元", "3000余人", "≥95%", "2021年10月31日", "2021年1—10月"])
def test_usual_cells_go_the_short_way(text: str) -> None:
    """The short ways take what they are there for; otherwise the properties above would say nothing."""
    figure(text)  # units are known once met
    assert (dated(text) or plain(text, base_units())) is not None


@pytest.mark.parametrize(
    "text", ["2021年0月", "2021年00月5日", "2021年1月至0月", "2021-0-5", "2021年13月", "2021年2月29日"]
)
def test_no_day_of_the_calendar(text: str) -> None:
    """Month 0 is no month: it is refused as the thirteenth is, not read as the whole year."""
    with pytest.raises(NotationError) as raised:
        figure(text)
    assert raised.value.code == "bad-date"
