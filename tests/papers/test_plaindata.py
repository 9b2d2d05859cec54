"""JSON beside the text of every command that prints a result: fixed keys, exact numbers as strings."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

import perfeval as pe
from perfeval.command.main import main
from perfeval.papers.data.serializer import plain

CASE = Path(__file__).parents[2] / "examples" / "chuzuwu-2021" / "case.yaml"


def said(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    """What a command prints as JSON."""
    with pytest.raises(SystemExit) as ended:
        main([*words, "--format", "json"])
    assert ended.value.code in (0, 1)
    return json.loads(capsys.readouterr().out)


def test_a_figure(capsys: pytest.CaptureFixture[str]) -> None:
    """3.20 states hundredths: half of one to both sides, its own unit; a rank and a word have no interval."""
    found = said(capsys, "figure", "增长3.20万元")
    assert (found["perfeval"], found["number"], found["unit"], found["change"]) == ("figure/1", "3.2", "万元", "增长")
    assert (found["interval"]["low"], found["interval"]["high"]) == ("3.195", "3.205")
    assert (found["interval"]["low_closed"], found["interval"]["high_closed"]) == (True, False)
    assert "interval" not in said(capsys, "figure", "全区第3")


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("全区第3", {"kind": "rank", "rank": 3, "of": "全区"}),
        ("前6名", {"kind": "rank", "rank": 6, "of": None, "sign": "≤"}),
        ("12-17岁", {"kind": "range", "low": {"number": "12", "unit": "岁"}, "high": {"number": "17", "unit": "岁"}}),
        ("2021年1-10月", {"kind": "period", "start": "2021-01-01", "end": "2021-10-31"}),
        ("2021年5月26日至今", {"kind": "period", "start": "2021-05-26", "end": None}),
        ("截至10月底", {"kind": "period", "start": None, "end": None}),  # no year is written, none is guessed
        ("2021年2月底前", {"kind": "day", "start": None, "end": "2021-02-28", "sign": "≤"}),
        ("有效", {"kind": "word"}),
        ("—", {"kind": "placeholder"}),
        ("165次", {"kind": "quantity", "number": "165", "unit": "次"}),
    ],
)
def test_what_else_a_cell_can_hold(capsys: pytest.CaptureFixture[str], text: str, states: dict[str, Any]) -> None:
    """A rank, a range, a date and a period say in JSON what they state, not only their text."""
    found = said(capsys, "figure", text)
    assert {key: found[key] for key in states} == states


@given(st.integers(0, 10**9).map(lambda n: Fraction(n, 1000)))
def test_numbers_are_exact(number: Fraction) -> None:
    """The number comes back as it was, whatever its digits."""
    quantity = pe.Quantity(number, "万元")
    found = plain(pe.figure(pe.text(quantity)))
    assert Fraction(found["number"]) == number
    low, high = Fraction(found["interval"]["low"]), Fraction(found["interval"]["high"])
    assert low <= number <= high
    assert low + high == 2 * number


def test_what_is_installed(capsys: pytest.CaptureFixture[str]) -> None:
    """Names, categories and checks: the same as the library knows."""
    from perfeval.plugins import loading

    names = said(capsys, "frameworks")["names"]
    assert "national/project-2020" in names
    found = said(capsys, "categories")["categories"]
    assert {name for each in found for name in each["frameworks"]} == set(names)
    assert all(each["loads"] and each["problem"] is None for each in found)
    listed = said(capsys, "checks")["checks"]
    assert {each["code"] for each in listed} == {each.code for each in loading.checks()}


def test_a_framework_reads_back(capsys: pytest.CaptureFixture[str]) -> None:
    """A framework by name is the file that perfeval reads."""
    from perfeval.plugins import loading
    from perfeval.reading.case import read_framework

    found = said(capsys, "frameworks", "national/project-2020")
    assert read_framework(json.dumps(found, ensure_ascii=False).encode()) == loading.framework("national/project-2020")


def test_differences_and_explanations(capsys: pytest.CaptureFixture[str]) -> None:
    """The lines of the text form, as a list."""
    found = said(capsys, "frameworks", "--diff", "national/project-2020", "hubei/project")
    assert found["lines"][1].startswith("+ ")
    found = said(capsys, "explain", "points-sum")
    assert found["of"] == "points-sum"
    assert "points-sum" in found["lines"][0]


def test_what_it_would_take(capsys: pytest.CaptureFixture[str]) -> None:
    """The whole and one indicator: the same figures as in words."""
    found = said(capsys, "evaluate", str(CASE), "--reach", "总分")
    assert found["now"] == {"number": "96.2", "unit": "分"}
    path = found["parts"][0]["path"]
    one = said(capsys, "evaluate", str(CASE), "--reach", path)
    assert {key: one[key] for key in found["parts"][0]} == found["parts"][0]
    assert one["bound"] in ("至少", "至多")
