"""A table brings along what its grid has no room for: read back with no option, every point is the same."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings, strategies as st
from recalculating import converted

import perfeval as pe
from perfeval.errors import InputError, OutputError
from perfeval.formulas.build import name
from perfeval.reading.case import read_framework
from perfeval.strategies.strategy import Strategy

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("xlsxwriter")


def points_of(evaluation: pe.Evaluation) -> list[tuple[str, Any, Any]]:
    """Path, points and points earned of every node."""
    return [(each.path, each.points, each.earned) for each in evaluation.score.walk()]


def read_back(evaluation: pe.Evaluation, **options: Any) -> pe.Evaluation:
    """The evaluation of the table of *evaluation*, read again with no option."""
    return pe.evaluate(pe.read(pe.dump(evaluation, ".xlsx", **options)))


SIGNS = ("≥", "≤", "=", "")
SCORED = ("正向", "反向递减", "反向比例", "达线满分", {"递减满一步": {"每": "1 %", "扣": "0.5 分"}})
ADJUSTED = (
    {"超额扣分": {"线": "130 %", "扣": "1 分"}},
    {"封顶": {"条件": "预算执行率 < 80 %", "至多": "9 分"}},
)


@st.composite
def trees(draw: st.DrawFn, depth: int, above: str = "") -> list[Any]:
    """指标 and dimensions of at most *depth* levels, with rules, shares and adjustments of their own."""
    parts: list[Any] = []
    for number in range(draw(st.integers(1, 3))):
        name = f"{above}{'甲乙丙'[number]}"
        then = draw(st.lists(st.sampled_from(ADJUSTED[1:]), max_size=1))
        if depth > 1 and draw(st.booleans()):
            allot = draw(st.sampled_from(("given", "equal"))) if above else "given"
            below = draw(trees(depth - 1, name))
            shared = (
                10 * len(below) if allot == "equal" and all(isinstance(each, pe.Indicator) for each in below) else None
            )
            if shared:
                below = [pe.Indicator(each.name, None, each.target, strategy=each.strategy) for each in below]
                parts.append(pe.Dimension(name, shared, below, allot="equal", then=then))
            else:
                parts.append(pe.Dimension(name, None, below, then=then))
        else:
            aim = draw(st.integers(1, 40))
            target = f"{draw(st.sampled_from(SIGNS))}{aim}次"
            then = draw(st.lists(st.sampled_from(ADJUSTED), max_size=1))
            rule = draw(st.one_of(st.none(), st.sampled_from(SCORED)))
            parts.append(pe.Indicator(name, draw(st.integers(1, 20)), target, strategy=rule, then=then))
    return parts


@st.composite
def cases(draw: st.DrawFn) -> pe.Case:
    """示例数据: a case under a framework of its own, of any depth that the grid has levels for."""
    framework = pe.Framework(
        "自定的指标体系（示例数据）",
        [
            pe.Indicator("预算执行率", 10, "100 %", actual="全年执行数 ÷ 全年预算数", strategy="预算执行"),
            *draw(trees(3)),
        ],
        defaults={"≤": draw(st.sampled_from(("反向比例", "反向递减")))},
        rounding=pe.Rounding(digits=draw(st.integers(0, 3)), how=draw(st.sampled_from(("四舍五入", "舍去", "进位")))),
        grades=[("优", 90), ("差", 0)],
        then=draw(st.lists(st.sampled_from(ADJUSTED[1:]), max_size=1)),
    )
    rows = [
        pe.Row(path, actual=f"{draw(st.integers(0, 80))}次")
        for path, part in framework.walk()
        if isinstance(part, pe.Indicator) and part.name != "预算执行率" and draw(st.integers(0, 9))
    ]
    whole = draw(st.integers(1, 10**6))
    budget = pe.Budget(whole_year=f"{whole}万元", spent=f"{draw(st.integers(0, whole))}万元")
    return pe.Case("某街道办事处（示例数据）", 2021, framework, title="某项目（示例数据）", budget=budget, rows=rows)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases())
def test_any_framework_reads_back(case):
    """Whatever a framework says of its own (rules by default, adjustments, shares, rounding), the points come back."""
    evaluation = pe.evaluate(case)
    again = read_back(evaluation)
    assert again.case.framework == case.framework
    assert points_of(again) == points_of(evaluation)


def changed(data: bytes, change: Any) -> bytes:
    """The workbook as somebody left it who did *change* in it."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_example_reads_back(project):
    """Of 反向比例 by default, 超额扣分 and 封顶 nothing is lost; that a framework was guessed is not said."""
    again = read_back(project)
    assert points_of(again) == points_of(project)
    assert again.grade == project.grade == "优"
    assert not again.case.remarks


@pytest.mark.needs("soffice")
def test_saved_by_libreoffice_it_reads_back(project):
    """The hidden sheet outlives a program that opens and saves the table."""
    again = pe.evaluate(pe.read(converted(pe.dump(project, ".xlsx"), "xlsx")))
    assert points_of(again) == points_of(project)


def test_the_sheet_is_out_of_sight_and_stays_what_it_is(project):
    """It is hidden; brought to light it is read as well, and is no table."""
    data = pe.dump(project, ".xlsx")
    assert openpyxl.load_workbook(io.BytesIO(data))["规则"].sheet_state == "hidden"

    def show(book: openpyxl.Workbook) -> None:
        book["规则"].sheet_state = "visible"

    back = pe.read(changed(data, show))
    assert back.framework == project.case.framework
    assert {each.problem.code for each in back.remarks} == {"formula-uncalculated"}  # openpyxl keeps no results


def test_another_sheet_of_that_name_is_not_read(project):
    """A hidden 规则 that an office made itself is what every hidden sheet is: named, not read."""

    def other(book: openpyxl.Workbook) -> None:
        book["规则"]["A1"] = "本单位的规则（示例数据）"

    back = pe.read(changed(pe.dump(project, ".xlsx"), other))
    assert "sheet-hidden" in [each.problem.code for each in back.remarks]
    assert back.framework != project.case.framework


def test_a_broken_rule_is_named_by_its_cell(project):
    """Whoever changed it is told where."""

    def broken(book: openpyxl.Workbook) -> None:
        book["规则"]["A4"] = "  名称： {["

    with pytest.raises(InputError) as caught:
        pe.read(changed(pe.dump(project, ".xlsx"), broken))
    assert [each.place and each.place.cell for each in caught.value.problems] == ["规则!A4"]


def test_each_project_has_its_own_framework():
    """An office and two projects, each under rules of its own that no list of frameworks has."""

    def framework(name: str, rule: str) -> pe.Framework:
        return pe.Framework(name, [pe.Indicator("办结时间", 100, "≤5天")], defaults={"≤": rule})

    rows = [pe.Row("办结时间", actual="6天")]
    case = pe.Case(
        "某街道办事处（示例数据）",
        2021,
        framework("全街（示例数据）", "反向比例"),
        rows=rows,
        projects=[
            pe.Project("甲项目（示例数据）", framework=framework("甲（示例数据）", "反向递减"), rows=rows),
            pe.Project("乙项目（示例数据）", framework=framework("乙（示例数据）", "反向比例"), rows=rows),
        ],
    )
    evaluation = pe.evaluate(case)
    again = read_back(evaluation)
    # 100 × 5 ÷ 6 and 100 × (2 × 5 - 6) ÷ 5
    assert [str(each.score.earned) for each in (again, *again.projects)] == ["83.33分", "80分", "83.33分"]


def test_the_units_of_a_category_go_along():
    """A category that counts in boxes of twelve: the table says so to whoever has not got it."""
    category = pe.Category("boxes", "装箱（示例数据）", units={"整箱": "= 12 瓶"})
    framework = pe.Framework("发放（示例数据）", [pe.Indicator("发放数", 100, "≥10整箱", strategy="正向")])
    case = pe.Case("某所（示例数据）", 2021, framework, categories=[category], rows=[pe.Row("发放数", actual="60瓶")])
    evaluation = pe.evaluate(case)
    assert str(evaluation.score.earned) == "50分"  # 60 of 120 bottles
    assert points_of(read_back(evaluation)) == points_of(evaluation)


def test_what_no_cell_holds_is_refused(project):
    """A note longer than a cell can be: said, not cut."""
    case = evolve(project.case, framework=evolve(project.case.framework, note="长" * 40_000))
    with pytest.raises(OutputError) as caught:
        pe.dump(pe.evaluate(case), ".xlsx")
    assert caught.value.problems[0].code == "template-too-long"


def test_a_file_with_a_case_gives_its_framework(project, tmp_path: Path):
    """Whoever asks for a framework may name the case that has it, or its table."""
    case, table = tmp_path / "案例.yaml", tmp_path / "自评表.xlsx"
    case.write_bytes(pe.dump(project.case, ".yaml"))
    table.write_bytes(pe.dump(project, ".xlsx"))
    other = pe.Framework("另一个（示例数据）", [pe.Indicator("甲", 100, "≥3次")])
    for each in (case, table, str(case), str(table)):
        assert pe.read(pe.dump(evolve(project.case, framework=other, rows=()), ".yaml"), framework=each).framework == (
            project.case.framework
        )
        assert read_framework(each) == project.case.framework


def test_rules_that_are_programs_are_left_to_be_named():
    """No file holds a rule written in Python: the table is written all the same, and asks for its framework."""
    rule = Strategy("程序（示例数据）", make=lambda *_: name("分值"))
    framework = pe.Framework("示例数据", [pe.Indicator("甲", 100, "≥3次", strategy=rule.name)], strategies=[rule])
    evaluation = pe.evaluate(pe.Case("某所（示例数据）", 2021, framework, rows=[pe.Row("甲", actual="3次")]))
    data = pe.dump(evaluation, ".xlsx")
    assert "规则" not in openpyxl.load_workbook(io.BytesIO(data)).sheetnames
    assert [each.problem.code for each in pe.read(data).remarks] == ["framework-unknown"]
    assert points_of(pe.evaluate(pe.read(data, framework=framework))) == points_of(evaluation)
