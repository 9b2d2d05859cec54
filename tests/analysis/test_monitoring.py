"""运行监控: lights by rules that are data; the limits themselves belong to the better light."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings, strategies as st

import perfeval as pe
from perfeval.analysis.monitoring import compared
from perfeval.analysis.monitoring_rules import checked

if TYPE_CHECKING:
    from pathlib import Path

RED_BELOW = Fraction(60, 100)


def funds(spent: str, budget: str = "100万元", *, months: int = 6, by: str = "national/lights") -> pe.Monitored:
    """The light of one block of funds of an invented office."""
    case = pe.Case("示例街道办事处", 2025, budget=pe.Budget(whole_year=budget, spent=spent))
    (only,) = pe.monitor(pe.evaluate(case), pe.monitoring_rules(by), months)
    return only


@pytest.mark.parametrize(
    ("spent", "light"), [("29.99", "红"), ("30", "黄"), ("39.99", "黄"), ("40", "绿"), ("120", "绿")]
)
def test_three_lights(spent: str, light: str) -> None:
    """At half the year 30 of 100 is 60% of what time has passed, and 40 is 80%: both limits are of the better light."""
    assert funds(f"{spent}万元").light == light


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 12), st.integers(0, 2000))
def test_the_ratio_to_time(months: int, spent: int) -> None:
    """The light follows (执行 ÷ 预算) ÷ (月 ÷ 12), calculated here by fractions; ties (spent = 5 × months) included."""
    ratio = Fraction(spent, 1000) / Fraction(months, 12)
    expected = "红" if ratio < RED_BELOW else "黄" if ratio < Fraction(80, 100) else "绿"
    assert funds(f"{spent}万元", "1000万元", months=months).light == expected


@settings(max_examples=24, deadline=None)
@given(st.integers(1, 12))
def test_a_tie_is_never_the_graver(months: int) -> None:
    """Exactly 60% of the time that has passed is yellow in every month, exactly 80% green."""
    assert funds(f"{5 * months}万元", months=months).light == "黄"
    assert funds(f"{20 * months}万元", "300万元", months=months).light == "绿"


@pytest.mark.parametrize(
    ("months", "spent", "light"),
    [
        (3, "1", "正常"), (4, "24.99", "预警"), (4, "25", "正常"), (5, "24.99", "预警"), (6, "39.99", "预警"),
        (6, "40", "正常"), (8, "59", "预警"), (8, "60", "正常"), (10, "79", "预警"), (12, "80", "正常"),
    ],
)  # fmt: skip
def test_sichuan_by_month(months: int, spent: str, light: str) -> None:
    """25% by April, 40% by June, 60% by August, 80% by October; between them the last one holds."""
    assert funds(f"{spent}万元", months=months, by="sichuan/2025").light == light


def test_goals_and_budget_apart() -> None:
    """More than 10 points between 目标进度 and 预算进度 is a warning, exactly 10 is none; either way round."""
    framework = pe.Framework("示例", [pe.Dimension("产出", 100, open=True)])
    rows = [
        pe.Row(f"产出/{name}", 25, "≥100次", actual)
        for name, actual in (("快", "60次"), ("稍快", "50次"), ("稍慢", "30次"), ("慢", "29次"))
    ]
    budget = pe.Budget(whole_year="100万元", spent="40万元")
    evaluation = pe.evaluate(pe.Case("示例", 2025, framework, budget=budget, rows=rows))
    found = pe.monitor(evaluation, pe.monitoring_rules("sichuan/2025"), 6)
    assert [(each.of, each.light) for each in found] == [
        ("资金", "正常"), ("产出/快", "预警"), ("产出/稍快", "正常"), ("产出/稍慢", "正常"), ("产出/慢", "预警"),
    ]  # fmt: skip
    ((_, apart),) = compared(found[1])
    assert str(apart) == "20个百分点"


def test_a_budget_of_nought_is_not_one() -> None:
    """The province's system divides by 1 instead of 0; here yellow holds, and why red cannot be judged is said."""
    case = pe.Case("示例街道办事处", 2025, budget=pe.Budget(whole_year="0万元", spent="0万元"))
    for by, light in (("national/self-warning", "黄"), ("national/lights", "")):
        (only,) = pe.monitor(pe.evaluate(case), pe.monitoring_rules(by), 6)
        assert only.light == light
        assert only.graver is not None


def test_points_against_execution() -> None:
    """自评预警: 90 of 90 against 9.5 of 10 is 5% apart and green; 9.49 is more than 5% and red."""
    parts = [
        pe.Indicator("预算执行率", 10, "100%", actual="全年执行数 ÷ 全年预算数"),
        pe.Indicator("巡查", 90, "≥100次"),
    ]
    for spent, light in (("95万元", "绿"), ("94.9万元", "红")):
        budget = pe.Budget(whole_year="100万元", spent=spent)
        case = pe.Case("示例", 2025, pe.Framework("示例", parts), budget=budget, rows=[pe.Row("巡查", actual="100次")])
        (only,) = pe.monitor(pe.evaluate(case), pe.monitoring_rules("national/self-warning"), 12)
        assert only.light == light


def test_months_of_the_case() -> None:
    """Seven months of 5万元 are 35万元 until July; 60万元 a year is a hint beside the office's own 95万元."""
    budget = pe.Budget(whole_year="100万元", monthly=["5万元"] * 7, forecast="95万元")
    (only,) = pe.monitor(pe.evaluate(pe.Case("示例", 2025, budget=budget)), pe.monitoring_rules())
    assert [str(only.value(name)) for name in ("月", "执行数", "预算进度")] == ["7", "35万元", "35%"]
    assert only.expected is not None
    assert (only.expected.text, str(only.projected)) == ("95万元", "60万元")
    (later,) = pe.monitor(pe.evaluate(pe.Case("示例", 2025, budget=budget)), pe.monitoring_rules(), 9)
    assert later.value("执行数") is None  # two of the months are not known
    assert later.light == ""


def test_counted_to_a_month() -> None:
    """执行数 that is counted to July tells the month, and is no figure for another month."""
    case = pe.Case(
        "某单位（示例数据）",
        2025,
        budget=pe.Budget(whole_year="100 万元", spent="35 万元", until=7, forecast="95 万元"),
    )
    found = pe.monitor(pe.evaluate(case), pe.monitoring_rules("national/lights"))
    assert [(each.value("月"), each.value("预算进度")) for each in found] == [(pe.Quantity(7), pe.Quantity(35, "%"))]
    assert found[0].projected == pe.Quantity(60, "万元")  # 35 × 12 ÷ 7
    assert pe.monitor(pe.evaluate(case), pe.monitoring_rules("national/lights"), 9)[0].value("执行数") is None


def test_progress_is_no_departure() -> None:
    """Up to July neither half of a target nor half of the money asks for a reason; over the year, and far beyond, both do."""

    def asked(until: int | None, actual: str = "50 次") -> set[tuple[str, str]]:
        case = pe.Case(
            "某单位（示例数据）", 2025,
            pe.Framework("示例（示例数据）", [pe.Indicator("走访", 100, "≥100 次")]),
            budget=pe.Budget("100 万元", spent="45 万元", until=until), rows=[pe.Row("走访", actual=actual)],
        )  # fmt: skip
        return {
            (each.code, each.of)
            for each in pe.evaluate(case).findings
            if each.code in ("execution-unexplained", "reason-due")
        }

    assert asked(7) == set()
    assert ("execution-unexplained", "资金") in asked(None) & asked(12)
    assert asked(7, "131 次") == {("reason-due", "走访")}


def test_projects_are_watched_too() -> None:
    """Each project has a light of its own, with a framework or without."""
    spent = {"甲专项": "10万元", "乙专项": "60万元"}
    projects = [pe.Project(name, pe.Budget(whole_year="100万元", spent=amount)) for name, amount in spent.items()]
    case = pe.Case("示例", 2025, budget=pe.Budget(whole_year="200万元", spent="70万元"), projects=projects)
    found = pe.monitor(pe.evaluate(case), pe.monitoring_rules(), 6)
    assert [(each.of, each.light) for each in found] == [("资金", "黄"), ("甲专项", "红"), ("乙专项", "绿")]


def test_how_far_must_be_known() -> None:
    """Without months nothing is guessed; a thirteenth month does not exist."""
    evaluation = pe.evaluate(pe.Case("示例", 2025, budget=pe.Budget(whole_year="100万元", spent="10万元")))
    with pytest.raises(pe.InputError, match="几月"):
        pe.monitor(evaluation, pe.monitoring_rules())
    with pytest.raises(pe.InputError, match="1至12"):
        pe.monitor(evaluation, pe.monitoring_rules(), 13)


def test_an_office_brings_its_own(tmp_path: Path) -> None:
    """Lights of an office's own stand in a file of the same kind."""
    path = tmp_path / "lights.yaml"
    path.write_text("perfeval: monitoring/1\n名称: 本单位\n灯:\n  慢: 预算进度 < 时间进度\n  快:\n", encoding="utf-8")
    made = pe.monitoring_rules(str(path))
    assert (made.name, [light.name for light in made.lights]) == ("本单位", ["慢", "快"])
    case = pe.Case("示例", 2025, budget=pe.Budget(whole_year="100万元", spent="49.99万元"))
    (only,) = pe.monitor(pe.evaluate(case), made, 6)
    assert only.light == "慢"


@pytest.mark.parametrize(
    ("when", "said"),
    [("进度 < 60 %", "可用的有"), ("预算进度 + 时间进度", "不是比较"), ("执行数 > 60 %", "万元")],
)
def test_wrong_conditions_are_named(when: str, said: str) -> None:
    """A name that there is not, no comparison, and mixed units."""
    with pytest.raises(pe.FormulaError, match=said):
        checked(pe.MonitoringRules("示例", [pe.Light("红", when)]))


def test_unknown_rules_name_the_known() -> None:
    """Another name lists what the category has; another kind of file says what the first line should be."""
    with pytest.raises(pe.NotFoundError, match="national/lights"):
        pe.monitoring_rules("national/红绿灯")


def test_every_set_that_is_installed_has_a_basis() -> None:
    """Each built-in set reads, says where it comes from, and ends with a light for all else."""
    for name in ("national/lights", "national/self-warning", "sichuan/2025"):
        made = pe.monitoring_rules(name)
        assert made.basis is not None
        assert made.lights[-1].when is None


def test_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """monitor prints lights, reasons and the hint; JSON has the exact numbers."""
    from perfeval.command.main import main

    budget = pe.Budget(whole_year="100万元", monthly=["5万元"] * 7, forecast="95万元")
    path = str(pe.write(pe.Case("示例", 2025, budget=budget), tmp_path / "case.yaml"))
    with pytest.raises(SystemExit) as ended:
        main(["monitor", path, "--rules", "sichuan/2025"])
    assert ended.value.code == 0
    said = "".join(capsys.readouterr().out.split())  # a narrow console breaks the lines
    assert "预算进度低于40%（35.00%）" in said
    assert "不代替本单位的预计" in said
    with pytest.raises(SystemExit):
        main(["monitor", path, "--format", "json"])
    (only,) = json.loads(capsys.readouterr().out)["watched"]
    assert (only["light"], only["projected"]) == ("黄", {"number": "60", "unit": "万元"})
