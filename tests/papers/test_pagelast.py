"""网页的上年比较: what was carried beside this year's, differences exact, nothing made up."""

from __future__ import annotations

from typing import Any

from attrs import evolve

import perfeval as pe
from perfeval.analysis.rollover import rolled_over
from perfeval.papers.page.last_year import last_chart, last_table

GROUP = "民生"


def year(points: str, rate: str, people: str) -> pe.Case:
    """One year of an invented office."""
    return pe.Case(
        "示例街道办事处",
        2021,
        pe.Framework("示例", [pe.Indicator("履职", 50), pe.Indicator("管理", 50)]),
        budget=pe.Budget(whole_year="100万元", spent="90万元", rate=rate),
        rows=[pe.Row("履职", earned=points)],
        data=[pe.Item(GROUP, items=[pe.Item("培训", [people]), pe.Item("走访", ["近300户"])])],
    )


def followed(points: str, rate: str, people: str) -> Any:
    """The evaluation of the year after 42.3 points, 94.96% and 525 people."""
    before, after = year("42.3", "94.96%", "525人"), year(points, rate, people)
    following = rolled_over(before)
    filled = evolve(following, budget=after.budget, rows=after.rows, data=(*following.data, *after.data))
    return pe.evaluate(filled)


def test_differences_are_exact() -> None:
    """49 − 42.3 = 6.7 points, 97.06 − 94.96 = 2.1 百分点, 500 − 525 = −25 people; about 300 has no difference."""
    table = last_table(followed("49", "97.06%", "500人"), "zh_Hans")
    assert table is not None
    found = {row[0]: row[1:] for row in table.rows}
    assert found["资金 / 执行率"] == ("94.96%", "97.06%", "+2.1个百分点")
    assert found["民生 / 培训"] == ("525人", "500人", "-25人")
    assert found["民生 / 走访"][-1] == "—"
    assert found["自评得分 / 履职"] == ("42.3分", "49分", "+6.7分")
    assert [row[0].partition(" / ")[0] for row in table.rows] == ["资金", "资金", "资金", "自评得分", "民生", "民生"]


def test_the_picture_has_both_years() -> None:
    """Two bars a group, last year's hatched above this year's filled."""
    chart = last_chart(followed("49", "97.06%", "500人"), "zh_Hans")
    assert chart is not None
    bars = [(box.fill, box.wide) for box in chart.boxes[2:4]]  # after the legend
    assert bars == [("hatched", round(820 * 9496 / 10000)), ("full", round(820 * 9706 / 10000))]
    assert "上年94.96%  今年97.06%" in chart.desc


def test_without_a_last_year_there_is_no_section() -> None:
    """A first year says nothing of the one before."""
    evaluation = pe.evaluate(year("42.3", "94.96%", "525人"))
    assert last_table(evaluation, "zh_Hans") is None
    assert last_chart(evaluation, "zh_Hans") is None
    assert b'id="last"' not in pe.dump(evaluation, ".html")
    assert b'id="last"' in pe.dump(followed("49", "97.06%", "500人"), ".html")


def test_carried_twice_keeps_one_year() -> None:
    """The year before last does not pile up inside last year's figures."""
    twice = rolled_over(evolve(rolled_over(year("42.3", "94.96%", "525人")), budget=pe.Budget(whole_year="1万元")))
    assert [item.name for item in twice.data] == ["2022年"]
    assert "2021年" not in [item.name for item in twice.data[0].items]


def test_the_reviewers_grade_beside_the_offices() -> None:
    """优 by the office and 中 by the reviewer are two bands apart, and both stand at the head of the page."""
    framework = pe.Framework(
        "示例", [pe.Indicator("履职", 100, "≥10次")], grades=[("优", 90), ("良", 80), ("中", 60), ("差", 0)]
    )
    case = pe.Case("示例", 2021, framework, rows=[pe.Row("履职", actual="10次")], grade="优", reviewed=pe.Review("中"))
    page = pe.dump(pe.evaluate(case), ".html").decode()
    assert "<dt>复核等级</dt><dd>中 <small>低于自评2档</small></dd>" in page
    assert "<dt>自评等级</dt><dd>优 <small>单位自报</small></dd>" in page
