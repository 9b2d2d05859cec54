"""Forms as clerks hand them in: words and numbers that were read as something else."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

import perfeval as pe


def book(*rows: list[Any], shows: dict[str, str] | None = None) -> bytes:
    """A workbook of one sheet with these rows, cells shown in the number formats of *shows*."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "表"
    for row in rows:
        sheet.append(row)
    for cell, form in (shows or {}).items():
        sheet[cell].number_format = form
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def found(data: bytes) -> set[tuple[str, str]]:
    """Code and cell of every finding but the one that says which form it was taken for."""
    findings = pe.evaluate(pe.read(data)).findings
    return {(each.code, str(each.places[0].cell)) for each in findings if each.code != "table-taken"}


def test_points_of_execution_under_their_own_heading() -> None:
    """Chongqing heads the points of execution 执行率权重: 10 × 81 ÷ 90 = 9 is computed, and 9 + 90 is the total."""
    evaluation = pe.evaluate(pe.read(book(
        ["项目绩效自评表（示例数据）"],
        ["项目资金（万元）", None, "年初预算数", "全年（调整）预算数", "全年执行数", "执行率（%）", "执行率权重", "执行率得分（分）", "说明"],
        [None, "总金额", 100, 90, 81, 90, 10, 9, "余款未付（示例数据）"],
        ["指标名称", "计量单位", "指标性质", "指标值", "完成值", "指标权重", "指标得分（分）"],
        ["整治户数", "户", "≥", 500, 500, 90, 90],
        ["合计", None, None, None, None, 100, 99],
    ), framework="chongqing/project"))  # fmt: skip
    assert str(evaluation["预算执行率"].earned) == "9分"
    assert evaluation.findings == ()
    assert str(evaluation.score.earned) == "99分"


def rate(stored: float) -> bytes:
    """A form whose rate of execution 450.5 ÷ 480 is stored as *stored* and shown to two places of a percent."""
    return book(
        ["项目支出绩效自评表（示例数据）"],
        ["项目资金（万元）", "全年预算数", "全年执行数", "分值", "执行率", "得分", "原因说明"],
        ["年度资金总额", 480, 450.5, 10, stored, 9.39, "尾款未付（示例数据）"],
        ["一级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"],
        ["产出指标", "巡查", "≥10次", "10次", 90, 90],
        ["总分", None, None, None, 100, 99.39],
        shows={"E3": "0.00%"},
    )


@pytest.mark.parametrize("stored", [0.93854, 0.938541666666667])
def test_a_rate_is_held_by_what_its_cell_shows(stored: float) -> None:
    """450.5 ÷ 480 prints 93.85% as the cell does: no rate is called different from itself."""
    assert found(rate(stored)) == {("digits-hidden", "表!E3")}


def of_satisfaction(sign: str, target: object, actual: object) -> set[tuple[str, str]]:
    """The findings on one row with its unit in a column of its own."""
    return found(book(
        ["项目支出绩效自评表（示例数据）"],
        ["一级指标", "三级指标", "指标性质", "指标值", "度量单位", "完成值", "权重", "得分", "偏差原因"],
        ["满意度指标", "群众满意度", sign, target, "%", actual, 100, 100, None],
        ["总分", None, None, None, None, None, 100, 100],
    ))  # fmt: skip


@pytest.mark.parametrize("actual", ["0.96", 0.96, 1.02])
def test_a_ratio_beside_a_column_of_percent(actual: object) -> None:
    """0.96 beside 90 and % may be 96%: nobody is told to have reached 0.96%."""
    assert of_satisfaction("≥", 90, actual) == {("cell-unread", "表!F3")}


@pytest.mark.parametrize(("sign", "target", "actual"), [("≥", 90, "96"), ("≤", 60, 0.5), ("≥", 2, 2.5)])
def test_a_percentage_beside_a_column_of_percent(sign: str, target: object, actual: object) -> None:
    """Where a small percentage is likely (at most 60%, 2% at least), it is read as it stands."""
    assert ("cell-unread", "表!F3") not in of_satisfaction(sign, target, actual)


def test_goals_want_no_actual() -> None:
    """A form of goals at the start of a year lacks no 完成值, and no method where nothing has points."""
    assert found(book(
        ["项目支出绩效目标申报表（示例数据）"],
        ["年度资金总额", 900],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "质量指标", "管理制度", "制度健全"],
        [None, "成本指标", "单位成本", "≤450元"],
    )) == set()  # fmt: skip


def test_actual_left_out_where_there_are_no_points() -> None:
    """A transfer's table has no points: a 完成值 left out is missed all the same, whatever the target's sign."""
    assert found(book(
        ["转移支付绩效自评表（示例数据）"],
        ["资金投入情况（万元）", "全年预算数（A）", "全年执行数（B）", "预算执行率（B/A）"],
        ["年度资金总额", 100, 100, "100%"],
        ["一级指标", "三级指标", "指标值", "全年实际完成值"],
        ["产出指标", "建设村庄", "≥20个", "20个"],
        [None, "受益人口", "≥5万人", None],
        [None, "单位成本", "≤450元", None],
    )) == {("actual-missing", "表!D6"), ("actual-missing", "表!D7")}  # fmt: skip


def nothing_reported(title: str, *heads: str) -> set[tuple[str, str]]:
    """The findings on a table in which two indicators stand below *heads* and nothing behind their targets."""
    return found(book(
        [title],
        ["年度资金总额", 900],
        ["一级指标", "二级指标", "三级指标", "指标值", *heads],
        ["产出指标", "数量指标", "建设村庄", "≥20个"],
        [None, "成本指标", "单位成本", "≤450元"],
    ))  # fmt: skip


def test_an_empty_column_of_actuals_is_no_form_of_goals() -> None:
    """A form that asks for 完成值 and has none is not filled in: each blank cell is named, though all are blank."""
    missing = nothing_reported("转移支付绩效自评表（示例数据）", "全年实际完成值")
    assert missing == {("actual-missing", "表!E4"), ("actual-missing", "表!E5")}


@pytest.mark.parametrize(
    ("title", "heads"),
    [
        ("项目支出绩效目标申报表（示例数据）", ["完成值"]),
        ("项目绩效目标表（示例数据）", ["完成值", "备注"]),
        ("项目支出绩效表（示例数据）", []),
    ],
)
def test_a_form_of_goals_lacks_no_actual(title: str, heads: list[str]) -> None:
    """A table is one of goals by its title, or because it has no column for 完成值."""
    assert nothing_reported(title, *heads) == set()


@pytest.mark.parametrize(("blank", "cell"), [(2, "表!C3"), (4, "表!E3")])
def test_a_blank_cell_is_named_where_it_is_to_be_filled(blank: int, cell: str) -> None:
    """A target or points left out beside all the rest: the finding stands at that blank cell, not at the name."""
    row: list[Any] = ["产出指标", "巡查", "≥10次", 12, 50, 50]
    row[blank] = None
    named = found(book(
        ["项目支出绩效自评表（示例数据）"],
        ["一级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"],
        row,
        ["产出指标", "清查", "≥10次", 12, 50, 50],
    ))  # fmt: skip
    assert ("unscored", cell) in named
    assert all(each == cell for code, each in named if code == "unscored")


def test_an_amount_left_out_is_named_where_it_is_to_be_filled() -> None:
    """Nothing spent is stated: the points of execution wait for the blank cell below 全年执行数."""
    data = book(
        ["项目支出绩效自评表（示例数据）"],
        ["项目资金（万元）", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
        ["年度资金总额", 480, None, 10, None, None],
        ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"],
        ["产出指标", "数量指标", "巡查", "≥10次", 12, 50, 50],
    )
    unscored = [
        each
        for each in pe.evaluate(pe.read(data, framework="national/project-2020")).findings
        if each.code == "unscored"
    ]
    assert [(str(each.places[0].cell), each.sentence()) for each in unscored] == [
        ("表!C3", "缺少“全年执行数”，无法计分")
    ]


def limits(actual: object, earned: object) -> bytes:
    """A form with one limit, ≤45万元, and nothing said of its method."""
    return book(
        ["项目支出绩效自评表（示例数据）"],
        ["一级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因"],
        ["产出指标", "单位成本", "≤45万元", actual, 100, earned, "示例原因"],
        ["总分", None, None, None, 100, earned],
    )


@pytest.mark.parametrize("actual", ["45万元", "40.95万元", 44, "0万元"])
def test_a_limit_that_is_kept_needs_no_method(actual: object) -> None:
    """w·(2 − B/A) and w·A/B both give w up to A: full points, and no finding."""
    evaluation = pe.evaluate(pe.read(limits(actual, 100)))
    assert str(evaluation["单位成本"].earned) == "100分"
    assert found(limits(actual, 100)) == set()


def test_a_limit_that_is_passed_needs_its_method() -> None:
    """Beyond A the two methods part (60 of 45 gives 66.67 or 75.00): nobody guesses."""
    evaluation = pe.evaluate(pe.read(limits("60万元", 75)))
    assert evaluation["单位成本"].earned is None
    assert found(limits("60万元", 75)) == {("unscored", "表!B3")}


def test_a_limit_kept_says_nothing_of_beyond() -> None:
    """The cell filled in holds the points without a formula, and what would keep the grade is not made up."""
    data = limits("40万元", None)
    evaluation = pe.evaluate(pe.read(data, framework=pe.Framework(
        "示例体系", [pe.Dimension("产出指标", 100, open=True)], grades=[("优", 90), ("差", 0)],
    )))  # fmt: skip
    sheet = openpyxl.load_workbook(io.BytesIO(pe.mark(evaluation, data).data)).active
    assert sheet is not None
    assert sheet["F3"].value == 100
    assert "两种算法" in str(sheet["F3"].comment.text)  # type: ignore[union-attr]
    text = str(pe.what_it_takes(evaluation, "单位成本"))
    assert "得满分：完成值不超过45万元" in text
    assert "保住" not in text


@pytest.mark.parametrize(
    ("target", "actual", "earned"),
    [(12, 11, "100分"), (18, 16, "100分"), (18, 11, "100分"), (12, 12, "100分"), (12, 18, None)],
)
def test_months_in_a_column_of_units_are_counted(target: int, actual: int, earned: str | None) -> None:
    """≤, 12, 月 and 11: eleven of at most twelve months are kept, and 11月 is no day in November; 18 are too many."""
    data = book(
        ["项目支出绩效自评表（示例数据）"],
        ["一级指标", "三级指标", "指标性质", "指标值", "计量单位", "完成值", "分值", "得分", "偏差原因"],
        ["产出指标", "完成时限", "≤", target, "月", actual, 100, 100, "示例原因"],
        ["总分", None, None, None, None, None, 100, 100],
    )
    evaluation = pe.evaluate(pe.read(data))
    assert str(evaluation["完成时限"].earned) == str(earned)
    assert evaluation["完成时限"].actual is not None
    assert str(evaluation["完成时限"].actual.quantity) == f"{actual}个月"
