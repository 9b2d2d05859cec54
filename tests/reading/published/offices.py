"""Whole offices: 部门整体支出绩效自评表 as bureaus, districts and streets publish it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from published import contents as c
from published.drafting import Draft
from published.records import Amount
from published.registry import FUNDS, ROWS, layout, pair

if TYPE_CHECKING:
    from published.records import Content


@layout(
    "整体表分值在级名", c.COMMON, c.STREET, c.BUREAU.weighed({c.OUTPUT: "60", c.EFFECT: "30", c.CONTENT: "10"}, "0")
)
def office_points_in_names(content: Content, variant: int) -> Draft:
    """As county bureaus publish it: points in the names of the first two levels, 评分标准, reasons of deductions."""
    reason = ("扣分原因和其他说明", "扣分原因及说明", "失分原因")[variant]
    rows = (
        ("一级指标", "first"), ("二级指标", "second"), ("三级指标", "name"), ("评分标准", "standard"), ("分值", "points"),
        ("自评得分", "earned"), (reason, "reason"),
    )  # fmt: skip
    draft = Draft(content, "text" if variant == 1 else "")
    draft.put(
        1, f"{content.office}{content.said('year', str(content.year))}年度部门整体支出绩效自评表", "year", across=7
    )
    draft.row += 1
    pair(draft, 1, "单位名称", content.office, 6)
    draft.row += 1
    level = "\n（{}分）"
    draft.indicators(rows, level_points=level)
    draft.total(rows, execution=False)
    return draft


@layout(
    "整体表各级有分值", c.STREET, c.COMMON, c.BUREAU.weighed({c.OUTPUT: "60", c.EFFECT: "30", c.CONTENT: "10"}, "0")
)
def office_points_per_level(content: Content, variant: int) -> Draft:
    """As prefectures publish it: a column of points behind every level; one calls the points of the levels 得分."""
    level = ("分值", "分值", "得分")[variant]
    rows = (
        ("一级指标", "first"), (level, "first_points"), ("二级指标", "second"), (level, "second_points"), ("三级指标", "name"),
        ("分值", "points"), ("评分标准", "standard"), ("得分" if variant < 2 else "自评得分", "earned"),
        (("扣分说明", "得分说明", "自评说明")[variant], "reason"),
    )  # fmt: skip
    draft = Draft(content)
    draft.put(1, f"{content.said('year', str(content.year))}年度部门整体支出绩效自评表", "year", across=9)
    draft.row += 1
    draft.line(f"填报单位（盖章）：{content.office}", across=9)
    draft.indicators(rows, repeat=variant == 1)
    draft.total(rows, execution=False, name="合计")
    return draft


@layout("整体表含资金", c.BUREAU, c.STREET.weighed({"管理效能": "40", "履职效能": "50"}),
        c.COMMON.weighed({"投入": "20", "过程": "30", "产出": "25", "效果": "15"}))  # fmt: skip
def office_with_funds(content: Content, variant: int) -> Draft:
    """As city districts publish it: “标签：数” in one cell of the funds block, by 收入性质 and 支出性质."""
    rows = ROWS
    draft = Draft(content)
    draft.heading("部门整体支出绩效自评表", 9)
    pair(draft, 1, ("区级预算单位名称", "部门（单位）名称", "预算单位")[variant], content.office, 8)
    draft.row += 1
    top = draft.row
    for column, (head, _) in enumerate(FUNDS, 4):
        draft.put(column, head)
    draft.row += 1
    draft.funds_row(content.funds, FUNDS, 2, 4, "万元", "年度资金总额", main=True, dash="")
    income = content.funds.whole
    first, second = content.sources
    marks = (("按收入性质分：{}", "其中：一般公共预算：{}", "政府性基金拨款：", "其他资金："),
             ("按资金来源：{}", "其中：财政拨款：{}", "专户管理资金：", "单位资金："))[variant % 2]  # fmt: skip
    sides = (f"按支出性质分：{income}", f"其中：{first.name}：{first.whole}", f"{second.name}：{second.whole}", "")
    for at, (left, right) in enumerate(zip(marks, sides)):
        draft.put(2, left.format(income), across=3)
        draft.put(5, right, across=5)
        if at == 1:
            draft.amounts.append(Amount(draft.where(5), first.name, "whole_year initial spent", first.whole, "万元"))
        if at == 2:
            draft.amounts.append(Amount(draft.where(5), second.name, "whole_year initial spent", second.whole, "万元"))
        draft.row += 1
    draft.sheet.cell(top, 1).value = "年度预算申请（万元）"
    draft.sheet.merge_cells(start_row=top, end_row=draft.row - 1, start_column=1, end_column=1)
    draft.prose(9, split=5)
    draft.indicators(rows, start=2, block="绩效指标", level_points="（{}分）" if variant == 0 else "")
    draft.total(rows, start=2)
    return draft


@layout("整体表两行表头", c.STREET, c.CHARITY, c.COURT, c.COURT.weighed({"履职效能": "100", "管理效率": "100"}, "0"))
def office_two_rows(content: Content, variant: int) -> Draft:
    """As departments of a city score it: 权重 and 分值 per level, data items below one heading, headings once more.

    In the last each first level has a scale of 100 of its own and weighs a half.
    """
    heads = (
        "一级指标",
        "权重",
        "二级指标",
        "分值",
        "三级指标",
        "计量单位",
        "目标值(标准)",
        "分值",
        "采集数据项",
        "",
        "指标值",
    )
    draft = Draft(content)
    draft.put(1, f"{content.office}整体绩效评价表（{content.said('year', str(content.year))}年度）", "year", across=11)
    draft.row += 1

    def two_rows() -> None:
        for column, head in enumerate(heads, 1):
            if head:
                draft.put(column, head, across=2 if head == "采集数据项" else 1, down=1 if head == "采集数据项" else 2)
        draft.row += 1
        draft.put(9, "数据项1")
        draft.put(10, "数据项2")
        draft.row += 1

    weight = "first_points" if variant < 3 else "half"
    rows = (
        ("", "first"), ("", weight), ("", "second"), ("", "second_points"), ("", "name"), ("", "unit"), ("", "number"),
        ("", "points"), ("", "data"), ("", "data"), ("", "actual_number"),
    )  # fmt: skip
    two_rows()
    firsts = list(dict.fromkeys(each.first for each in content.indicators))
    cut = sum(each.first in firsts[: max(1, len(firsts) // 2)] for each in content.indicators)
    draft.indicators(rows, heading=False, rows=content.indicators[:cut])
    if variant < 2:
        two_rows()
    draft.indicators(rows, heading=False, rows=content.indicators[cut:], key="next")
    return draft


@layout("街道效能表", c.STREET, c.COURT, c.CHARITY)
def street(content: Content, variant: int) -> Draft:
    """As a southern city's streets fill it: 评分标准, 自评得分 and 扣分说明, subtotals per first level."""
    rows = (
        ("序号", "serial"), ("一级指标", "first"), ("二级指标", "second"), ("三级指标", "name"), ("指标说明", "explain"),
        ("评分标准", "standard"), ("权重（%）" if variant == 2 else "分值", "points"), ("自评得分", "earned"),
        ("扣分原因" if variant == 1 else "扣分说明", "reason"),
    )  # fmt: skip
    draft = Draft(content)
    draft.line("附件2", across=9)
    draft.put(1, f"{content.said('year', str(content.year))}年度部门整体支出绩效自评指标表", "year", across=9)
    draft.row += 1
    draft.put(1, f"部门名称：{content.office}", across=5)
    draft.put(6, f"自评总分：{content.said('header.total', content.total(False))}", "header.total", across=4)
    draft.row += 1
    draft.indicators(rows, subtotal="second" if variant == 0 else "", level_points="" if variant else "（{}分）")
    draft.total(rows, execution=False, name="总计" if variant == 1 else "总分")
    return draft


@layout("决策过程产出效益", c.COURT, c.CHARITY, c.COMMON)
def evaluation(content: Content, variant: int) -> Draft:
    """As evaluators set it up: 指标解释, 评价标准, 得分, 得分率 and 失分原因 beside every indicator."""
    rows = (
        ("一级指标", "first"), ("二级指标", "second"), ("三级指标", "name"), ("分值", "points"), ("指标解释", "explain"),
        ("评价标准", "standard"), ("目标值", "target"), ("实际值", "actual"), ("得分", "earned"), ("得分率", "coefficient"),
        ("失分原因", "reason"),
    )  # fmt: skip
    draft = Draft(content, "percent" if variant == 1 else "")
    draft.line("部门整体支出绩效评价指标体系及评分表", across=11)
    draft.put(1, f"评价年度：{content.said('year', str(content.year))}年", "year", across=6)
    draft.put(7, f"被评价单位：{content.office}", across=5)
    draft.row += 1
    draft.indicators(rows, repeat=variant == 2)
    draft.total(rows, execution=False, name=("合计", "总分", "合  计")[variant])
    draft.line("评价等级：优（90分及以上）、良（80—90分）、中（60—80分）、差（60分以下）", across=11)
    return draft


@layout("自评分与复核分", c.COURT, c.STREET, c.CHARITY)
def reviewed(content: Content, variant: int) -> Draft:
    """As a province reviews it: 自评分 beside 复核分, the reviewer's name below."""
    rows = (
        ("一级指标", "first"), ("二级指标", "second"), ("三级指标", "name"), ("分值", "points"), ("评分标准", "standard"),
        ("自评分", "earned"), ("复核分", "reviewed"), (("扣分说明", "扣分原因", "备注")[variant], "reason"),
    )  # fmt: skip
    draft = Draft(content)
    draft.put(1, f"{content.said('year', str(content.year))}年度部门整体绩效自评复核表", "year", across=8)
    draft.row += 1
    pair(draft, 1, "部门名称", content.office, 7)
    draft.row += 1
    draft.indicators(rows, level_points="（{}分）" if variant == 1 else "")
    draft.put(7, content.total(False))
    draft.total(rows, execution=False)
    draft.line("复核人：（示例）                复核日期：", across=8)
    return draft
