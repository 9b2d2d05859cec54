"""Official tables in the layouts that are held: honest ones stay without 错误 and every row is read right.

A layout is held from the day on which its name stands in ``HELD``; ``measure_tables.py`` tells how far the others are.
"""

from __future__ import annotations

import pytest
from measure_tables import Tally, measured
from published.layouts import LAYOUTS

HELD = """

""".split()


@pytest.fixture(scope="module")
def tallies() -> dict[str, Tally]:
    """What was counted, by layout, counted once."""
    return {}


def tally_of(name: str, tallies: dict[str, Tally]) -> Tally:
    """The figures of one layout."""
    if name not in tallies:
        tallies[name] = measured(LAYOUTS[name])
    return tallies[name]


@pytest.mark.parametrize("name", HELD)
def test_rows_are_read_right(name: str, tallies: dict[str, Tally]) -> None:
    """Name, points, target, actual and score of every indicator row are what was put into the cells; no row is invented."""
    tally = tally_of(name, tallies)
    assert [str(each) for each in tally.misses if each.what not in ("金额", "总分", "年度", "单位", "项目名称")] == []


@pytest.mark.parametrize("name", HELD)
def test_honest_tables_draw_no_error(name: str, tallies: dict[str, Tally]) -> None:
    """An honest table is read, and nothing in it is called 错误."""
    assert [each for each in tally_of(name, tallies).alarms if each[0] in ("错误", "读不了")] == []


def test_there_are_layouts_enough() -> None:
    """The set keeps its size: layouts and honest workbooks."""
    assert len(LAYOUTS) >= 10
    assert sum(len(each.contents) for each in LAYOUTS.values()) >= 30
