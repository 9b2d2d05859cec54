"""Several projects in one sheet: as blocks, as flat rows, as a summary with a row for each."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from published import contents as c
from published.drafting import Draft
from published.records import Amount, Total
from published.registry import FUNDS, ROWS, header, layout, signed

if TYPE_CHECKING:
    from published.records import Content


def with_others(content: Content, *others: Content, points: str = "50 30 10") -> tuple[Content, ...]:
    """The content and others of the same office and year; rows that name another year are left out of these."""
    result = [content]
    for other in others:
        rows = tuple(each for each in other.indicators if not each.target.day and not each.actual.day)
        weights = dict(zip((c.OUTPUT, c.EFFECT, c.CONTENT), points.split()))
        changed = replace(
            other, office=content.office, department=content.department, year=content.year, indicators=rows
        )
        changed = replace(changed, goal="按计划完成年度任务。", done="年度任务已完成。")
        result.append(changed.weighed(weights))
    return tuple(result)


@layout("多项目自评表相接", c.ROADS, c.CANTEEN, c.MUSEUM)
def stacked(content: Content, variant: int) -> Draft:
    """As towns print it: one whole form below the other in one sheet, each with its funds and total."""
    draft = Draft(content, "grouped" if variant == 1 else "")
    others = ((c.WASTE, c.LIFTS), (c.DITCHES,), (c.PARKS, c.DRUGS))[variant]
    for each in with_others(content, *others):
        draft.content = each
        draft.project(each.name)
        draft.heading("项目支出绩效自评表", 9)
        header(draft)
        draft.funds(FUNDS)
        draft.prose(9, split=6)
        draft.indicators(ROWS, start=2, block="绩效指标")
        draft.total(ROWS, start=2)
        if variant:
            signed(draft, 9)
        draft.row += 2
    draft.content = content
    return draft


@layout(
    "多项目平铺行",
    *(each.weighed({c.OUTPUT: "60", c.EFFECT: "30", c.CONTENT: "10"}) for each in (c.PARKS, c.DRUGS, c.WASTE)),
)
def flat(content: Content, variant: int) -> Draft:
    """As a bureau's system exports it: a row per indicator, the project's name and money in its first columns."""
    draft = Draft(content, "comma" if variant == 1 else "")
    unit = "元" if variant == 1 else "万元"
    draft.put(1, f"{content.said('year', str(content.year))}年度部门预算项目绩效自评情况表", "year", across=14)
    draft.row += 1
    draft.line(f"单位名称：{content.office}", "", "", "", "", "", f"单位：{unit}")
    rows = (
        ("项目名称", "project"), ("预算数", "budget"), ("执行数", "spent"), ("执行率", "rate"), ("一级指标", "first"), ("二级指标", "second"),
        ("三级指标", "name"), ("指标值", "target"), ("完成值", "actual"), ("分值", "points"), ("得分", "earned"), ("偏差原因", "reason"),
    )  # fmt: skip
    draft.heads(rows, 1)
    for each in with_others(content, c.LIFTS, c.CANTEEN, points="60 30 10"):
        draft.content = each
        draft.project(each.name)
        top = draft.row
        for column, role in ((2, "whole"), (3, "spent")):
            draft.money(column, each.funds, role, unit, main=True)
            if len(each.indicators) > 1:
                draft.sheet.merge_cells(
                    start_row=top, end_row=top + len(each.indicators) - 1, start_column=column, end_column=column
                )
        draft.put(4, each.rate(), "rate", down=len(each.indicators))
        draft.indicators(rows, heading=False, repeat=variant == 2)
    draft.content = content
    return draft


@layout("多项目目标块", c.ROADS, c.NURSERY, c.BUSES)
def goal_blocks(content: Content, variant: int) -> Draft:
    """As an office publishes its budget: goals of all projects in one sheet, money in 元, the office's own sum above."""
    draft = Draft(content, "comma")
    draft.put(1, f"部门预算项目绩效目标申报表（{content.said('year', str(content.year))}年度）", "year", across=12)
    draft.row += 1
    draft.line("金额单位：元", across=12)
    rows = (
        ("单位名称", "office"), ("项目名称", "project"), ("预算数", "budget"), ("年度目标", "goal"), ("一级指标", "first"), ("二级指标", "second"),
        ("三级指标", "name"), ("指标性质", "sign"), ("指标值", "number"), ("度量单位", "unit"), ("权重", "points"), ("指标方向性", ""),
    )  # fmt: skip
    draft.heads(rows, 1)
    projects = with_others(content, c.PARKS, c.LIFTS)
    draft.put(1, f"620-{content.department}")
    draft.amount(3, sum((each.funds.initial for each in projects), Decimal(0)) * 10000)
    draft.row += 1
    for at, each in enumerate(projects):
        draft.content = each
        draft.project(each.name)
        if at == 0:
            draft.put(
                1,
                f"620001-{each.office}" if variant else each.office,
                down=sum(len(one.indicators) for one in projects),
            )
        draft.money(3, each.funds, "initial", "元", main=True)
        draft.sheet.merge_cells(
            start_row=draft.row, end_row=draft.row + len(each.indicators) - 1, start_column=3, end_column=3
        )
        draft.put(4, each.prose("goal"), "goal", down=len(each.indicators))
        draft.indicators(rows, heading=False, repeat=variant == 2)
    draft.content = content
    return draft


@layout("项目汇总表", c.DITCHES, c.DRUGS, c.PARKS)
def summary(content: Content, variant: int) -> Draft:
    """As an office hands in beside its forms: a row for each project with money, score and grade; a sum below."""
    draft = Draft(content)
    draft.put(1, f"{content.said('year', str(content.year))}年度项目支出绩效自评结果汇总表", "year", across=9)
    draft.row += 1
    draft.put(1, f"填报单位：{content.office}", across=5)
    draft.put(6, "金额单位：万元", across=4)
    draft.row += 1
    draft.line("序号", "项目名称", "年初预算数", "全年预算数", "全年执行数", "执行率", "自评得分", "自评等级", "备注")
    projects = with_others(content, c.LIFTS, c.CANTEEN, c.MUSEUM)
    for at, each in enumerate(projects):
        draft.content = each
        draft.project(each.name)
        draft.put(1, Decimal(at + 1))
        draft.put(2, each.name)
        for column, role in ((3, "initial"), (4, "whole"), (5, "spent")):
            draft.money(column, each.funds, role, "万元", main=True)
        draft.put(6, each.rate(), "rate")
        draft.totals.append(Total(draft.put(7, each.total(), f"total{at}"), "总分", None, each.total(), each.name))
        draft.put(8, "优")
        draft.put(9, each.reason)
        draft.row += 1
    draft.put(2, "合计")
    for column, role in ((3, "initial"), (4, "whole"), (5, "spent")):
        number = sum((getattr(each.funds, role) for each in projects), Decimal(0))
        where = draft.put(column, number, f"sum.{role}")
        kind = {"initial": "initial", "whole": "whole_year", "spent": "spent"}[role]
        draft.amounts.append(Amount(where, "", kind, number, "万元"))
    draft.row += 1
    draft.content = content
    return draft


@layout("每项目一张工作表", c.BUSES, c.DITCHES, c.LIBRARY)
def sheets(content: Content, variant: int) -> Draft:
    """As bureaus collect it: a sheet for each project, one of them perhaps with instructions only."""
    draft = Draft(content, "percent" if variant == 2 else "", sheet="1")
    book = draft.book
    for at, each in enumerate(with_others(content, c.PARKS, c.WASTE)):
        if at:
            draft.sheet = book.create_sheet(each.name[:6] if variant else str(at + 1))
            draft.row = 1
        draft.content = each
        draft.project(each.name)
        draft.heading("项目支出绩效自评表", 9)
        header(draft)
        draft.funds(FUNDS)
        draft.prose(9, split=6)
        draft.indicators(ROWS, start=2, block="绩效指标")
        draft.total(ROWS, start=2)
    if variant == 1:
        notes = book.create_sheet("填表说明", 0)
        notes["A1"] = "填表说明"
        notes["A2"] = "一、分值合计为100分。二、完成值未达到指标值的，应说明原因。"
    draft.content = content
    return draft
