"""Official tables of our own in every layout: honest ones stay silent, faults are found, rows and amounts are read right.

Every row of the layouts in ``HELD`` is read right; ``measure_tables.py`` tells how far the others are.
"""

from __future__ import annotations

import io
from fractions import Fraction

import openpyxl
import pytest
from measure_tables import Tally, measured, plain_text
from published.faults import faulty
from published.layouts import LAYOUTS

HELD = """
长期与年度两块 批复目标表 监控表 整体表分值在级名 整体表各级有分值 整体表含资金 整体表两行表头 街道效能表 决策过程产出效益 自评分与复核分
全国项目表 全国项目表无原因栏 分值写在级名里 云南表 四川表 重庆表 湖北表 资金转置 隐藏行列与空行 单位在指标名称里 同名指标 级名自成一行
栏名有空格换行 多项目自评表相接 多项目平铺行 多项目目标块 项目汇总表 每项目一张工作表
""".split()

HEADER = ("金额", "总分", "年度", "单位", "项目名称")


@pytest.fixture(scope="module")
def tallies() -> dict[str, Tally]:
    """What was counted, by layout, counted once."""
    return {}


def tally_of(name: str, tallies: dict[str, Tally]) -> Tally:
    """The figures of one layout, without its planted faults."""
    if name not in tallies:
        tallies[name] = measured(LAYOUTS[name], faults=False)
    return tallies[name]


@pytest.mark.parametrize("name", HELD)
def test_rows_are_read_right(name: str, tallies: dict[str, Tally]) -> None:
    """Name, points, target, actual and score of every indicator row are what was put into the cells; none is invented."""
    assert [str(each) for each in tally_of(name, tallies).misses if each.what not in HEADER] == []


@pytest.mark.parametrize("name", LAYOUTS)
def test_honest_tables_stay_silent(name: str, tallies: dict[str, Tally]) -> None:
    """An honest table of any layout is read, and nothing in it is called 错误 or 疑点."""
    assert tally_of(name, tallies).alarms == []


def test_nearly_everything_is_read(tallies: dict[str, Tally]) -> None:
    """Over all layouts: rows 98 %, amounts and totals 97 %; none is invented."""
    whole = Tally()
    for name in LAYOUTS:
        whole.add(tally_of(name, tallies))
    shares = {what: Fraction(whole.right[what], whole.whole[what]) for what in ("行", "金额", "总分")}
    assert shares["行"] >= Fraction(98, 100)
    assert min(shares["金额"], shares["总分"]) >= Fraction(97, 100)
    assert [each for each in whole.misses if each.what == "多出的行"] == []


def test_planted_faults_are_found() -> None:
    """Of the faults planted over all layouts 95 % are found, by a finding of severity 错误 or 疑点 that names them."""
    whole = Tally()
    for layout in LAYOUTS.values():
        whole.add(measured(layout))
    assert Fraction(whole.right["错"], whole.whole["错"]) >= Fraction(95, 100), whole.unfound


@pytest.mark.parametrize("name", LAYOUTS)
def test_what_is_right_stands_in_the_cells(name: str) -> None:
    """The set itself: each expected name, amount and score is what its cell holds, and the scores add up."""
    layout = LAYOUTS[name]
    for variant in range(len(layout.contents)):
        workbook = layout.workbook(variant)
        book = openpyxl.load_workbook(io.BytesIO(workbook.data))

        def cell(where: str, book: openpyxl.Workbook = book) -> str:
            sheet, _, address = where.rpartition("!")
            return plain_text(str(book[sheet][address].value))

        for line in workbook.lines:
            assert plain_text(line.path[-1]) in cell(line.cell)
        for amount in workbook.amounts:
            assert float(amount.number) in _numbers(cell(amount.cell))
        for key, where in workbook.cells.items():
            if key.endswith((".points", ".earned")):
                assert _numbers(cell(where)), (key, where)


@pytest.mark.parametrize("name", LAYOUTS)
def test_honest_tables_add_up(name: str) -> None:
    """The set itself: in an honest table every total is the sum of its rows and of the execution of the budget."""
    layout = LAYOUTS[name]
    for variant in range(len(layout.contents)):
        workbook = layout.workbook(variant)
        for total in workbook.totals:
            parts = [line for line in workbook.lines if line.project == total.project]
            budget = [each for each in workbook.totals if each.of != "总分" and each.project == total.project]
            if total.of == "总分" and parts:
                for value in ("points", "earned"):
                    added = sum(getattr(each, value) or 0 for each in (*parts, *budget))
                    assert getattr(total, value) in (None, added), workbook.name


@pytest.mark.parametrize("name", LAYOUTS)
def test_text_on_results_has_the_figures_of_the_rows(name: str) -> None:
    """The set itself: what an honest text says was done is what the rows say, not what was wanted."""
    for content in LAYOUTS[name].contents:
        told = content.prose("done")
        for at, each in enumerate(content.indicators):
            if f"{{{at}}}" in content.done:
                assert each.actual.number + each.actual.unit in told or each.actual.text in told


def _numbers(text: str) -> set[float]:
    """Every number in a text."""
    parts = "".join(each if each.isdigit() or each == "." else " " for each in text).split()
    return {float(part) for part in parts if any(each.isdigit() for each in part) and part.count(".") < 2}


def test_there_are_tables_enough() -> None:
    """The set keeps its size: layouts, honest workbooks, and faults of every kind."""
    assert len(LAYOUTS) >= 37
    assert sum(len(each.contents) for each in LAYOUTS.values()) >= 120
    planted = [workbook.fault.kind for workbook, _ in faulty(LAYOUTS["表头有总分和等级"]) if workbook.fault]
    assert planted == [
        "wrong-sum",
        "wrong-parts",
        "wrong-points",
        "over-points",
        "wrong-rate",
        "wrong-unit",
        "short-but-full",
        "met-but-cut",
        "wrong-denominator",
        "text-against-table",
        "header-total",
    ]
