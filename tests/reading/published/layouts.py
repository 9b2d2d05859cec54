"""Every layout: a maker each, as the kind of office named in its docstring writes it, with its variants."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from published import contents as c
from published.drafting import Draft
from published.records import Amount, Total

if TYPE_CHECKING:
    from collections.abc import Callable

    from published.records import Content, Workbook

FUNDS = (
    ("年初预算数", "initial"), ("全年预算数", "whole"), ("全年执行数", "spent"),
    ("分值", "points"), ("执行率", "rate"), ("得分", "earned"),
)  # fmt: skip
ROWS = (
    ("一级指标", "first"), ("二级指标", "second"), ("三级指标", "name"), ("年度指标值", "target"), ("实际完成值", "actual"),
    ("分值", "points"), ("得分", "earned"), ("偏差原因分析及改进措施", "reason"),
)  # fmt: skip


@dataclass(frozen=True)
class Layout:
    """A layout: its name, what kind of office writes it, and the contents of its variants."""

    name: str
    maker: Callable[[Content, int], Draft]
    contents: tuple[Content, ...]

    def workbook(self, variant: int, content: Content | None = None) -> Workbook:
        """One variant, with a faulty content in place of its own where one is given."""
        draft = self.maker(content or self.contents[variant], variant)
        return draft.finished(self.name, str(variant + 1))


LAYOUTS: dict[str, Layout] = {}


def layout(
    name: str, *contents: Content
) -> Callable[[Callable[[Content, int], Draft]], Callable[[Content, int], Draft]]:
    """Enter a maker under *name*; each content is one variant."""

    def enter(maker: Callable[[Content, int], Draft]) -> Callable[[Content, int], Draft]:
        LAYOUTS[name] = Layout(name, maker, contents)
        return maker

    return enter


def pair(draft: Draft, column: int, label: str, text: str, across: int, key: str = "") -> None:
    """A label and its value beside it, the value merged."""
    draft.put(column, label)
    draft.put(column + 1, text, key, across=across)


def header(
    draft: Draft, second: int = 5, width: int = 9, department: str = "主管部门及代码", unit: str = "实施单位"
) -> None:
    """项目名称, 主管部门, 实施单位 as in the national form."""
    content = draft.content
    pair(draft, 1, "项目名称", content.name, width - 1)
    draft.row += 1
    pair(draft, 1, department, content.department, second - 2)
    pair(draft, second, unit, content.office, width - second)
    draft.row += 1


def signed(draft: Draft, width: int) -> None:
    """The line of signatures below a table."""
    draft.line("填报人：（示例）        联系电话：0000-00000000        单位负责人（签字）：", across=width)


# -- projects: the national form and its children -----------------------------------------------------------------


@layout("全国项目表", c.ROADS, c.DITCHES, c.NURSERY, c.DRUGS)
def national(content: Content, variant: int) -> Draft:
    """As central units and most counties publish it: funds with their sources, goals, indicators, total."""
    draft = Draft(content, *("", "percent", "text comma", "grouped")[variant].split(), sheet="项目支出绩效自评表")
    draft.heading("项目支出绩效自评表", 9)
    header(draft)
    draft.funds(FUNDS)
    draft.prose(9, split=6)
    block = "绩效指标"
    draft.indicators(ROWS, start=2, block=block)
    draft.total(ROWS, start=2)
    if variant % 2:
        signed(draft, 9)
    return draft


@layout("全国项目表无原因栏", c.LIFTS, c.CANTEEN, c.FOREST, c.WASTE)
def national_without_reasons(content: Content, variant: int) -> Draft:
    """As towns simplify it: the column of reasons is left out; one puts them in a note below the table."""
    rows = ROWS[:-1]
    draft = Draft(content, *("percent dates", "", "wide", "text")[variant].split())
    draft.heading("项目支出绩效自评表", 8, "{}年度" if variant else "（{} 年度）")
    header(draft, 4, 8, "主管部门", "项目单位")
    draft.funds(FUNDS, start=1 + 1, first=3)
    draft.prose(8, split=5)
    draft.indicators(rows, start=2, block="绩效指标", repeat=variant == 2)
    draft.total(rows, start=2, name="总  分")
    draft.row += variant % 2
    draft.line(
        "注：1.其他资金包括和财政资金共同投入到同一项目的自有资金、社会资金等。2.分值和得分可保留两位小数。", across=8
    )
    return draft


@layout("分值写在级名里", c.WASTE, c.DITCHES, c.LIBRARY)
def points_in_names(content: Content, variant: int) -> Draft:
    """As districts publish it: 产出指标（50分）, A, B and B/A in the headings, a column on how points are computed."""
    rows = (
        ("一级指标", "first"), ("二级指标", "second"), ("三级指标", "name"), ("分值", "points"), ("年度指标值(A)", "target"),
        ("全年实际值(B)", "actual"), ("得分计算方法", "standard"), ("得分", "earned"), ("未完成原因分析", "reason"),
    )  # fmt: skip
    funds = (
        ("年初预算数", "initial"), ("全年预算数(A)", "whole"), ("全年执行数(B)", "spent"), ("分值（10分）", "points"),
        ("执行率(B/A)", "rate"), ("得分", "earned"), ("得分计算方法", "执行率×该指标分值，最高不得超过分值上限"),
    )  # fmt: skip
    draft = Draft(content, *("", "percent", "comma")[variant].split())
    draft.heading("项目支出绩效自评表", 10)
    header(draft, 5, 10)
    draft.funds(funds, first=3)
    draft.indicators(rows, start=2, block="绩效指标", level_points=("（{}分）", "\n({}分)", "（{} 分）")[variant])
    draft.total(rows, start=2, at=1)
    return draft


@layout("云南表", c.ROADS.weighed({c.OUTPUT: "40", c.EFFECT: "30", c.CONTENT: "20"}),
        c.DITCHES.weighed({c.OUTPUT: "40", c.EFFECT: "30", c.CONTENT: "20"}),
        c.CANTEEN.weighed({c.OUTPUT: "40", c.EFFECT: "30", c.CONTENT: "20"}))  # fmt: skip
def yunnan(content: Content, variant: int) -> Draft:
    """As one province has it: money in 元, sign, value and unit in columns, year and unit in one cell."""
    rows = (
        ("一级指标", "first"), ("二级指标", "second"), ("三级指标", "name"), ("指标性质", "sign"), ("指标值", "number"),
        ("度量单位", "unit"), ("完成值", "actual_number"), ("分值", "points"), ("得分", "earned"), ("偏差原因分析及改进措施", "reason"),
    )  # fmt: skip
    draft = Draft(content, *("grouped", "comma", "")[variant].split(), sheet="附件3")
    draft.line("项目支出绩效自评表", across=10)
    year = content.said("year", str(content.year))
    draft.put(1, (f"{year}年度          单位：元", f"金额单位：元（{year}年度）", f"公开15表    {year}年度    单位：元")[variant],
              "year", across=10)  # fmt: skip
    draft.row += 1
    pair(draft, 1, "项目名称", content.name, 9)
    draft.row += 1
    pair(draft, 1, "主管部门", content.department, 4)
    pair(draft, 6, "实施单位", content.office, 4)
    draft.row += 1
    draft.funds(FUNDS, label="项目资金（元）", unit="元", dash="")
    draft.indicators(rows)
    draft.total(rows)
    draft.line("备注：金额单位为元。", across=10)
    return draft


@layout("四川表", c.WASTE, c.ROADS, c.DRUGS)
def sichuan(content: Content, variant: int) -> Draft:
    """As another province has it: 年初、调整后、执行 with a reason of the rate, 权重 for points."""
    rows = (
        ("一级指标", "first"), ("二级指标", "second"), ("三级指标", "name"), ("指标性质", "sign"), ("指标值", "number"),
        ("度量单位", "unit"), ("完成值", "actual_number"), ("权重", "points"), ("得分", "earned"), ("未完成原因分析", "reason"),
    )  # fmt: skip
    funds = (
        ("年初预算", "initial"), ("调整后预算", "adjusted"), ("执行数", "spent"), ("预算执行率", "rate"), ("权重", "points"),
        ("得分", "earned"), ("原因", "reason"),
    )  # fmt: skip
    draft = Draft(content, *("", "percent", "text")[variant].split(), sheet="附表")
    draft.put(1, f"部门预算项目支出绩效自评表（{content.said('year', str(content.year))}年度）", "year", across=11)
    draft.row += 1
    pair(draft, 1, "项目名称", content.name, 10)
    draft.row += 1
    pair(draft, 1, "预算单位", content.office, 10)
    draft.row += 1
    draft.put(2, "资金来源")
    draft.funds(funds, label="项目预算执行情况（万元）", start=2, first=3, total="总额", dash="/")
    if variant == 1:
        draft.prose(11, split=7)
    draft.indicators(rows, start=2, block="绩效指标")
    draft.total(rows, start=2, name="合计")
    return draft


@layout("重庆表", c.ROADS, c.DRUGS, c.NURSERY)
def chongqing(content: Content, variant: int) -> Draft:
    """As a municipality has it: the total in the header, three values under one heading, core indicators, no levels."""
    draft = Draft(content, sheet="项目自评")
    draft.put(1, f"{content.said('year', str(content.year))}年度项目支出绩效自评表", "year", across=12)
    draft.row += 1
    pair(draft, 1, "项目名称", content.name, 5)
    draft.put(7, "自评总分")
    draft.put(8, Decimal(content.said("header.total", content.total())), "header.total", across=5)
    draft.totals.append(Total(draft.where(8), "总分", None, content.total()))
    draft.row += 1
    pair(draft, 1, "主管部门", content.department, 5)
    pair(draft, 7, "实施单位", content.office, 5)
    draft.row += 1
    funds = (
        ("年初预算数", "initial"), ("全年预算数", "whole"), ("全年执行数", "spent"), ("执行率", "rate"), ("执行率权重", "points"),
        ("执行率得分", "earned"),
    )  # fmt: skip
    draft.funds(funds, label="资金情况（万元）", start=2, first=3, total="年度总金额")
    if variant:
        draft.prose(12, label="当年绩效目标", split=7)
    for column, head in enumerate(
        (
            "指标名称",
            "计量单位",
            "指标性质",
            "指标值",
            "",
            "",
            "得分系数",
            "指标权重",
            "指标得分",
            "是否核心指标",
            "偏差原因",
            "备注",
        ),
        1,
    ):
        if head:
            draft.put(column, head, across=3 if head == "指标值" else 1, down=1 if head == "指标值" else 2)
    draft.row += 1
    for column, head in enumerate(("年初值", "调整值", "完成值"), 4):
        draft.put(column, head)
    draft.row += 1
    rows = (
        ("", "name"), ("", "unit"), ("", "sign"), ("", "number"), ("", ""), ("", "actual_number"), ("", "coefficient"),
        ("", "points"), ("", "earned"), ("", "core"), ("", "reason"),
    )  # fmt: skip
    draft.indicators(rows, heading=False)
    return draft


@layout(
    "湖北表",
    *(
        each.weighed({c.OUTPUT: "40", c.EFFECT: "20", c.CONTENT: "20"}, "20")
        for each in (c.DITCHES, c.LIFTS, c.LIBRARY)
    ),
)
def hubei(content: Content, variant: int) -> Draft:
    """As a third province has it: 20 × rate with its points in the heading, A, B and B/A, note of grades below."""
    rows = (
        ("一级指标", "first"), ("二级指标", "second"), ("三级指标", "name"), ("年初目标值（A）", "target"),
        ("实际完成值（B）", "actual"), ("分值", "points"), ("得分", "earned"),
    )  # fmt: skip
    draft = Draft(content, *("", "percent", "")[variant].split(), sheet="Sheet1")
    draft.put(1, f"{content.said('year', str(content.year))}年度{content.name}绩效自评表", "year", across=8)
    draft.row += 1
    draft.line(f"单位名称：{content.office}                     填报日期：{content.year + 1}年3月8日", across=8)
    pair(draft, 1, "项目名称", content.name, 7)
    draft.row += 1
    pair(draft, 1, "项目主管部门", content.department, 3)
    pair(draft, 5, "项目实施单位", content.office, 3)
    draft.row += 1
    draft.put(1, "预算执行情况（万元）（20分）", down=2)
    for column, head in enumerate(("预算数（A）", "执行数（B）", "执行率（B/A）", "得分（20分×执行率）"), 4):
        draft.put(column, head)
    draft.row += 1
    draft.put(2, "年度财政资金总额", across=2)
    draft.money(4, content.funds, "whole", "万元", main=True)
    draft.money(5, content.funds, "spent", "万元", main=True)
    draft.put(6, content.rate(), "rate")
    draft.totals.append(
        Total(
            draft.put(7, content.execution_earned, "execution.earned"),
            "预算执行率",
            Decimal(20),
            content.execution_earned,
        )
    )
    draft.row += 1
    draft.indicators(rows, start=2, block="年度绩效目标（80分）")
    draft.total(rows, start=2)
    short = [each for each in content.indicators if each.reason]
    pair(draft, 1, "偏差大或目标未完成原因分析", "；".join(f"{each.name}：{each.reason}" for each in short) or "无", 7)
    draft.row += 1
    pair(draft, 1, "改进措施及结果应用方案", "加强项目管理，及时跟进进度。", 7)
    draft.row += 1
    return draft


# -- whole offices --------------------------------------------------------------------------------------------------


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
