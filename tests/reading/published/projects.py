"""Projects: the national form of 项目支出绩效自评表 and its children in provinces, counties and towns."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from published import contents as c
from published.drafting import Draft
from published.records import Amount, Total, v
from published.registry import FUNDS, ROWS, header, layout, pair, signed

if TYPE_CHECKING:
    from published.records import Content


HUNDRED = {c.OUTPUT: "60", c.EFFECT: "30", c.CONTENT: "10"}
"""Points of a form in which the execution of the budget earns none."""


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


@layout("全国项目表无原因栏", c.LIFTS, c.LIBRARY, c.FOREST, c.DITCHES, c.CANTEEN)
def national_without_reasons(content: Content, variant: int) -> Draft:
    """As towns simplify it: the column of reasons is left out; one puts them in a note below the table."""
    rows = ROWS[:-1]
    draft = Draft(content, *("percent dates", "", "wide", "text", "")[variant].split())
    draft.heading("项目支出绩效自评表", 8, "{}年度" if variant else "（{} 年度）")
    header(draft, 4, 8, "主管部门", "项目单位")
    draft.funds(FUNDS, start=1 + 1, first=3)
    draft.prose(8, split=5)
    draft.indicators(rows, start=2, block="绩效指标", repeat=variant == 2)
    draft.total(rows, start=2, name="总  分")
    short = [each for each in content.indicators if each.reason]
    if short and variant == 1:
        draft.line("未完成原因：" + "".join(f"{each.name}：{each.reason}" for each in short), across=8)
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
    draft.totals.append(Total(draft.where(8), "总分", None, content.total(), content.name))
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
            content.name,
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


@layout("表头有总分和等级", c.PARKS, c.CANALS, c.MUSEUM)
def total_in_header(content: Content, variant: int) -> Draft:
    """As city bureaus hand it in: score and grade in the header, boxes to tick, names and units in shared cells."""
    draft = Draft(content, "grouped" if variant == 2 else "", sheet="自评表")
    draft.line(("项目支出绩效自评表", "财政项目支出绩效自评表", "项目绩效自评表")[variant], across=9)
    year = content.said("year", str(content.year))
    draft.put(
        1,
        f"评价年度：{year}年              填报单位：{content.office}（盖章）              单位：万元",
        "year",
        across=9,
    )
    draft.row += 1
    draft.put(1, f"项目名称：{content.name}", across=5)
    draft.put(6, f"主管部门：{content.department}", across=4)
    draft.row += 1
    total = content.total()
    grade = "优" if total >= 90 else "良"
    draft.put(1, "自评得分")
    stated = Decimal(content.said("header.total", total))
    draft.totals.append(Total(draft.put(2, stated, "header.total", across=3), "总分", None, stated, content.name))
    draft.put(5, "自评等级")
    draft.put(6, (grade, "☑优  □良  □中  □差", "优（90—100分）")[variant], "grade", across=4)
    draft.row += 1
    draft.funds(FUNDS, label="预算执行情况", first=4)
    draft.prose(9, split=6)
    draft.indicators(ROWS, start=2, block="绩效指标")
    draft.total(ROWS, start=2, name="合计")
    return draft


@layout("资金标签对", *(each.weighed(HUNDRED, "0") for each in (c.DITCHES, c.NURSERY, c.HEATING)))
def label_pairs(content: Content, variant: int) -> Draft:
    """As counties report transfers: 计划, 到位, 支出 and 结余 side by side, their sources below each."""
    rows = (
        ("一级指标", "first"), ("二级指标", "second"), ("指标内容", "name"), ("指标（目标）值", "target"), ("实际完成值", "actual"),
    )  # fmt: skip
    if variant:
        rows = (*rows, ("分值", "points"), ("得分", "earned"), ("未完成原因", "reason"))
    draft = Draft(content, "comma" if variant == 2 else "")
    draft.put(1, f"{content.said('year', str(content.year))}年度财政支出项目绩效自评报告", "year", across=8)
    draft.row += 1
    pair(draft, 1, "项目名称", content.name, 7)
    draft.row += 1
    pair(draft, 1, "项目单位", content.office, 5 if variant else 7)
    if variant:
        draft.put(7, "自评得分")
        draft.put(8, Decimal(content.said("header.total", content.total(execution=False))), "header.total")
    draft.row += 1
    funds = content.funds
    amounts = (
        ("计划安排资金（万元）", "whole"), ("实际到位资金（万元）", "whole"), ("实际支出（万元）", "spent"), ("结余（万元）", ""),
    )  # fmt: skip
    kinds = {0: "initial whole_year adjusted", 2: "spent"}
    for level, source in enumerate((funds, *content.sources)):
        for at, (head, role) in enumerate(amounts):
            label = head if level == 0 else ("其中：" if level == 1 else "") + source.name
            draft.put(1 + 2 * at, label)
            number = getattr(source, role) if role else source.whole - source.spent
            where = draft.amount(2 + 2 * at, number)
            if at in kinds:
                draft.amounts.append(
                    Amount(where, source.name if level else "", kinds[at], number, "万元", content.name)
                )
        draft.row += 1
    draft.indicators(rows)
    if variant:
        draft.total(rows, execution=False)
    return draft


@layout("资金转置", c.ROADS, c.FOREST, c.NURSERY)
def transposed(content: Content, variant: int) -> Draft:
    """As some towns turn it: sources as columns, 预算数 and 执行数 as rows."""
    draft = Draft(content, "text" if variant == 1 else "")
    draft.heading("项目支出绩效自评表", 9)
    header(draft)
    draft.put(1, "项目资金（万元）", down=4)
    heads = ("合计", *(each.name for each in content.sources))
    for column, head in enumerate(heads, 4):
        draft.put(column, head)
    draft.row += 1
    for name, role in (("年初预算数", "initial"), ("全年预算数", "whole"), ("全年执行数", "spent")):
        draft.put(2, name, across=2)
        for column, source in enumerate((content.funds, *content.sources), 4):
            draft.money(column, source, role, "万元", main=column == 4)
        draft.row += 1
    draft.put(1, "预算执行率")
    draft.put(2, content.rate(), "rate", across=2)
    draft.put(4, "分值")
    draft.put(5, content.execution, "execution.points")
    draft.put(6, "得分")
    where = draft.put(7, content.execution_earned, "execution.earned")
    draft.totals.append(Total(where, "预算执行率", content.execution, content.execution_earned, content.name))
    draft.row += 1
    draft.indicators(ROWS, start=2, block="绩效指标")
    draft.total(ROWS, start=2)
    return draft


@layout("小计与并分", c.PARKS, c.WASTE, c.MUSEUM)
def subtotals(content: Content, variant: int) -> Draft:
    """As districts add it up: 小计 in a column of its own choice, one score over two merged rows."""
    draft = Draft(content)
    draft.heading("项目支出绩效自评表", 9)
    header(draft)
    draft.funds(FUNDS)
    where = ("second", "name", "first")[variant]
    top = draft.row
    draft.indicators(ROWS, start=2, block="指标完成情况", subtotal=where)
    if variant == 0:
        merge_scores(draft, top + 1, 7, 0)
    draft.total(ROWS, start=2, name=("总分", "总计", "合计")[variant])
    signed(draft, 9)
    return draft


def merge_scores(draft: Draft, row: int, points: int, at: int) -> None:
    """Merge 分值 and 得分 of the indicator *at* in *row* with those of the next."""
    first, second = draft.lines[at], draft.lines[at + 1]
    for column, role in ((points, "points"), (points + 1, "earned")):
        added = getattr(first, role) + getattr(second, role)
        draft.sheet.cell(row, column).value = float(added)
        draft.sheet.cell(row + 1, column).value = None
        draft.sheet.merge_cells(start_row=row, end_row=row + 1, start_column=column, end_column=column)
        setattr(first, role, added)
        setattr(second, role, None)
        for each in (at, at + 1):
            draft.cells.pop(f"row{each}.{role}", None)


@layout("两行表头与续表", c.DITCHES, c.BUSES, c.HEATING)
def repeated_headings(content: Content, variant: int) -> Draft:
    """As a printed form is typed again: headings in two rows, and once more after the page break."""
    draft = Draft(content, "percent" if variant == 1 else "")
    draft.heading("项目支出绩效自评表", 9, "（{}年度）")
    header(draft)
    draft.funds(FUNDS)
    draft.prose(9, split=6)
    double = (
        ("一级指标", "first"), ("二级指标", "second"), ("三级指标", "name"), ("年度指标值", "target"), ("实际完成值", "actual"),
        ("分值", "points"), ("得分", "earned"), ("偏差原因分析及改进措施", "reason"),
    )  # fmt: skip
    rows = content.indicators

    def heads() -> None:
        for column, (head, role) in enumerate(double, 2):
            if role in ("target", "points"):
                draft.put(column, "指标完成情况" if role == "target" else "评分情况", across=2)
            elif role not in ("actual", "earned"):
                draft.put(column, head, down=2)
        draft.row += 1
        for column, (head, role) in enumerate(double, 2):
            if role in ("target", "actual", "points", "earned"):
                draft.put(column, head)
        draft.row += 1

    heads()
    cut = 5
    draft.indicators(double, start=2, heading=False, rows=rows[:cut])
    if variant < 2:
        draft.line("项目支出绩效自评表（续表）", across=9)
    heads()
    draft.indicators(double, start=2, heading=False, rows=rows[cut:], key="next")
    draft.total(double, start=2)
    return draft


@layout("资金一句话", *(each.weighed(HUNDRED, "0") for each in (c.CANTEEN, c.CANALS, c.MUSEUM)))
def funds_in_a_sentence(content: Content, variant: int) -> Draft:
    """As villages write it: the money in one sentence, names in shared cells, no block of funds."""
    rows = (
        ("一级指标", "first"), ("二级指标", "second"), ("三级指标", "name"), ("目标值", "target"), ("完成值", "actual"),
        ("分值", "points"), ("自评得分", "earned"), (("备注", "情况说明", "差异原因")[variant], "reason"),
    )  # fmt: skip
    draft = Draft(content)
    draft.put(1, f"{content.said('year', str(content.year))}年{content.office}项目绩效自评表", "year", across=8)
    draft.row += 1
    draft.put(1, "项目名称")
    draft.put(2, content.name, across=4)
    draft.put(
        6, f"自评得分：{content.said('header.total', content.total(execution=False))}分", "header.total", across=3
    )
    draft.row += 1
    funds = content.funds
    parts = "，".join(f"{each.name}{each.whole}万元" for each in content.sources)
    draft.put(1, "资金总额及构成")
    text = (f"总额{funds.whole}万元：{parts}。实际支出{funds.spent}万元。",
            f"全年预算{funds.whole}万元，其中{parts}；全年支出{funds.spent}万元。",
            f"预算安排{funds.whole}万元（{parts}），实际执行{funds.spent}万元。")[variant]  # fmt: skip
    where = draft.put(2, text, "sentence", across=7)
    draft.amounts.append(Amount(where, "", "initial whole_year adjusted", funds.whole, "万元", content.name))
    draft.amounts.append(Amount(where, "", "spent", funds.spent, "万元", content.name))
    draft.row += 1
    draft.prose(8, label="绩效目标", split=5)
    draft.indicators(rows)
    draft.total(rows, execution=False)
    draft.line("注：表中数据由项目单位填报。", across=8)
    return draft


@layout("隐藏行列与空行", c.ROADS, c.LIBRARY, c.PARKS)
def hidden(content: Content, variant: int) -> Draft:
    """As clerks leave it: hidden rows and columns, blank filler rows, rest of the template, notes and signatures."""
    draft = Draft(content, ("", "dates", "text")[variant])
    draft.row += variant
    draft.heading("项目支出绩效自评表", 9)
    header(draft)
    draft.funds(FUNDS)
    draft.prose(9, split=6)
    numbered = ("指标{}：", "{}.", "")[variant]
    draft.indicators(ROWS, start=2, block="绩效指标", numbered=numbered)
    draft.row += 3
    draft.total(ROWS, start=2)
    draft.row += 2
    signed(draft, 9)
    draft.line(
        "填报说明：定量指标完成值达到指标值的记满分，未达到的按完成比例记分；定性指标按达成程度分三档记分。", across=9
    )
    if variant == 1:
        draft.sheet.column_dimensions["K"].hidden = True
        draft.sheet.cell(3, 11).value = "辅助列"
    if variant == 2:
        draft.sheet.row_dimensions[draft.row].hidden = True
    return draft


@layout("单位在指标名称里", c.WASTE, c.DITCHES, c.BUSES)
def units_in_names(content: Content, variant: int) -> Draft:
    """As agricultural bureaus write it: the unit behind the name or in a column, bare numbers in target and actual."""
    names = ("三级指标", "name_unit") if variant == 0 else ("三级指标", "name")
    unit = (("计量单位", "unit"),) if variant else ()
    rows = (
        ("一级指标", "first"), ("二级指标", "second"), names, *unit, ("年度指标值", "number"), ("实际完成值", "actual_number"),
        ("分值", "points"), ("得分", "earned"), ("偏差原因", "reason"),
    )  # fmt: skip
    rows_of = tuple(each for each in content.indicators if each.target.number and each.target.unit == each.actual.unit)
    content = replace(content, indicators=tuple(replace(each, target=replace(each.target, sign="")) if each.target.sign in ("≥", "=") else each
                                                for each in rows_of))  # fmt: skip
    content = replace(content, indicators=tuple(each for each in content.indicators if not each.target.sign))
    content = evened(content)
    draft = Draft(content, "text" if variant == 2 else "")
    draft.heading("项目支出绩效自评表", 9)
    header(draft)
    draft.funds(FUNDS)
    draft.indicators(rows)
    draft.total(rows)
    return draft


def evened(content: Content) -> Content:
    """The same with 90 points divided over what is left of its indicators."""
    firsts = list(dict.fromkeys(each.first for each in content.indicators))
    weights = dict.fromkeys(firsts, "30") if len(firsts) == 3 else {firsts[0]: "60", firsts[-1]: "30"}
    faulted = content.fault and content.fault.key.startswith("row")
    return content if faulted else content.weighed(weights)


@layout("其中套其中", c.ROADS, c.FOREST, c.HEATING)
def nested_sources(content: Content, variant: int) -> Draft:
    """As prefectures break it down: 财政拨款, of it 中央 and 地方, and 其他资金; every level adds up once."""
    draft = Draft(content, "grouped" if variant == 1 else "")
    draft.heading("项目支出绩效自评表", 9)
    header(draft)
    whole = content.funds
    share = Decimal("0.6")
    upper = replace(whole, name="中央财政资金", **{each: (getattr(whole, each) * share).quantize(Decimal("0.01"))
                                                for each in ("initial", "whole", "spent")})  # fmt: skip
    lower = replace(whole, name="地方财政资金", **{each: getattr(whole, each) - getattr(upper, each)
                                                for each in ("initial", "whole", "spent")})  # fmt: skip
    other = replace(whole, name="其他资金", initial=Decimal(0), whole=Decimal(0), spent=Decimal(0))
    draft.put(1, "项目资金（万元）", down=6)
    for column, (head, _) in enumerate(FUNDS, 4):
        draft.put(column, head)
    draft.row += 1
    draft.funds_row(whole, FUNDS, 2, 4, "万元", "年度资金总额", main=True, dash="—")
    for name, source in (
        ("其中：财政拨款", replace(whole, name="财政拨款")),
        (("  其中：中央财政资金", "    （1）中央财政资金", "其中：中央财政资金")[variant], upper),
        (("        地方财政资金", "    （2）地方财政资金", "地方财政资金")[variant], lower),
        ("其他资金", other),
    ):
        draft.funds_row(source, FUNDS, 2, 4, "万元", name, main=False, dash="—")
    draft.prose(9, split=6)
    draft.indicators(ROWS, start=2, block="绩效指标")
    draft.total(ROWS, start=2)
    return draft


@layout("同名指标", c.LIBRARY, c.DITCHES, c.DRUGS)
def same_names(content: Content, variant: int) -> Draft:
    """As it happens anywhere: two indicators of one name, told apart by their targets or their second level alone."""
    rows = list(content.indicators)
    if variant == 0:  # one level, one name
        rows[1] = replace(rows[1], name="任务完成率", target=v("≥5000册"))
        rows[2] = replace(rows[2], name="任务完成率")
    elif variant == 1:  # two second levels
        rows[0] = replace(rows[0], name="清淤完成情况")
        rows[3] = replace(rows[3], name="清淤完成情况")
    else:
        rows[0] = replace(rows[0], name="完成数")
        rows[1] = replace(rows[1], name="完成数")
    draft = Draft(replace(content, indicators=tuple(rows)))
    draft.heading("项目支出绩效自评表", 9)
    header(draft)
    draft.funds(FUNDS)
    draft.prose(9, split=6)
    draft.indicators(ROWS, start=2, block="绩效指标", repeat=variant == 2)
    draft.total(ROWS, start=2)
    return draft


@layout("级名自成一行", c.PARKS, c.NURSERY, c.MUSEUM)
def levels_as_rows(content: Content, variant: int) -> Draft:
    """As towns type it: every first level is a row of its own with its points, the indicators below in one column."""
    rows = (
        ("序号", "serial"), ("指标名称", "name"), ("指标值", "target"), ("完成值", "actual"), ("分值", "points"), ("自评分", "earned"),
        ("扣分原因", "reason"),
    )  # fmt: skip
    draft = Draft(content)
    draft.put(1, f"{content.office}{content.said('year', str(content.year))}年项目支出绩效自评表", "year", across=7)
    draft.row += 1
    pair(draft, 1, "项目名称", content.name, 3)
    draft.put(5, "总得分")
    draft.put(6, Decimal(content.said("header.total", content.total())), "header.total", across=2)
    draft.row += 1
    draft.heads(rows, 1)
    draft.put(1, "一")
    draft.put(2, "预算执行率（10分）" if variant == 1 else "预算执行率")
    draft.put(3, "100%")
    draft.put(4, content.rate(), "rate")
    draft.put(5, content.execution)
    where = draft.put(6, content.execution_earned, "execution.earned")
    draft.totals.append(Total(where, "预算执行率", content.execution, content.execution_earned, content.name))
    draft.row += 1
    at = 0
    for number, first in zip("二三四五", dict.fromkeys(each.first for each in content.indicators)):
        part = [each for each in content.indicators if each.first == first]
        draft.put(1, number)
        points = sum((each.points for each in part), Decimal(0))
        draft.put(2, f"{first}（{points}分）" if variant == 1 else first)
        draft.put(5, points)
        draft.put(6, sum((each.earned for each in part), Decimal(0)))
        draft.row += 1
        for each in part:
            draft.indicator(rows, 1, at, each, None, list(content.indicators), "", False, "", 0, "row")
            at += 1
    draft.total(rows, name="合计", at=2)
    return draft


@layout("资金管理在前的转移支付表", c.NURSERY, c.HEATING, c.DITCHES)
def transfer(content: Content, variant: int) -> Draft:
    """As finance bureaus hand transfers in: A, B, B/A, seven lines on managing the money, no points at all."""
    rows = (
        ("一级指标", "first"), ("二级指标", "second"), ("三级指标", "name"), ("指标值", "target"), ("全年实际完成值", "actual"),
        ("未完成原因和改进措施", "reason"),
    )  # fmt: skip
    funds = (("全年预算数（A）", "whole"), ("全年执行数（B）", "spent"), ("预算执行率（B/A×100%）", "rate"))
    draft = Draft(content, "percent" if variant == 1 else "")
    draft.heading("中央转移支付区域（项目）绩效目标自评表", 7)
    pair(draft, 1, "转移支付（项目）名称", content.name, 6)
    draft.row += 1
    pair(draft, 1, "中央主管部门", "示例部", 2)
    pair(draft, 4, "资金使用单位", content.office, 3)
    draft.row += 1
    draft.funds(funds, label="资金投入情况（万元）", first=4, total="年度资金总额：", dash="")
    draft.put(1, "资金管理情况", down=8)
    draft.put(4, "情况说明")
    draft.put(6, "存在问题和改进措施", across=2)
    draft.row += 1
    for name in (
        "分配科学性",
        "下达及时性",
        "拨付合规性",
        "使用规范性",
        "执行准确性",
        "预算绩效管理情况",
        "支出责任履行情况",
    ):
        draft.put(2, name, across=2)
        draft.put(4, "按规定办理", across=2)
        draft.put(6, "无", across=2)
        draft.row += 1
    draft.put(1, "总体目标完成情况", down=2)
    draft.put(2, "总体目标", across=3)
    draft.put(5, "全年实际完成情况", across=3)
    draft.row += 1
    draft.put(2, content.prose("goal"), "goal", across=3)
    draft.put(5, content.prose("done"), "done", across=3)
    draft.row += 1
    draft.indicators(rows, start=2, block="绩效指标")
    draft.line("说明：请在此处简要说明各级审计和财政监督中发现的问题及其所涉及的金额，如没有请填无。无", across=7)
    return draft


@layout("国表数字带文字", c.RESCUE, c.SPRAY, c.SCHOOLS, c.SUBSIDY, c.CENSUS, c.HEATING, c.CANALS)
def words_and_numbers(content: Content, variant: int) -> Draft:
    """As clerks type figures into the national form: words around them, old units, months with a point, times."""
    draft = Draft(content)
    draft.heading("项目支出绩效自评表", 9)
    header(draft)
    draft.funds(FUNDS)
    draft.prose(9, split=6)
    draft.indicators(ROWS, start=2, block="绩效指标")
    draft.total(ROWS, start=2)
    return draft


@layout("栏名有空格换行", c.ROADS, c.CENSUS, c.BUSES)
def spaced_headings(content: Content, variant: int) -> Draft:
    """As forms are drawn for paper: spaces and line breaks within headings, labels, levels and the total."""
    draft = Draft(content, sheet="附件 2")
    draft.heading("项 目 支 出 绩 效 自 评 表", 9, ("（ {} 年度 ）", "（{}年度）", "（{}年）")[variant])
    pair(draft, 1, "项 目 名 称" if variant else "项目\n名称", content.name, 8)
    draft.row += 1
    pair(draft, 1, "主管部门\n及代码", content.department, 3)
    pair(draft, 5, "实施\n单位", content.office, 4)
    draft.row += 1
    funds = tuple((spaced(head, variant), role) for head, role in FUNDS)
    draft.funds(
        funds,
        label="项目资金\n（万元）",
        total="年度资金总额：" if variant else "年度资金\n总额",
        parts="{}：" if variant else "{}",
    )
    draft.prose(9, label="年度\n总体\n目标", split=6)
    rows = tuple((spaced(head, variant), role) for head, role in ROWS)
    draft.indicators(rows, start=2, block="绩\n效\n指\n标")
    draft.total(rows, start=2, name="总 分" if variant else "总    分")
    return draft


def spaced(head: str, variant: int) -> str:
    """A heading with spaces between its characters or a line break in its middle."""
    if variant == 0:
        return head[: len(head) // 2] + "\n" + head[len(head) // 2 :]
    return " ".join(head) if len(head) < 5 else head[:-3] + "\n" + head[-3:]


@layout("区县简表", c.PARKS, c.NURSERY, c.SCHOOLS)
def simple(content: Content, variant: int) -> Draft:
    """As districts shorten it: one level and a list, points written with 分, the total in one merged cell."""
    rows = (
        ("指标类别", "first"), ("指标内容", "name"), ("目标值", "target"), ("实际完成情况", "actual"),
        ("权重" if variant == 1 else "分值", "points"), ("自评得分", "earned"), ("备注", "reason"),
    )  # fmt: skip
    draft = Draft(content, "" if variant == 2 else "fen")
    draft.put(1, f"{content.said('year', str(content.year))}年度项目绩效自评表", "year", across=7)
    draft.row += 1
    draft.line(f"单位：{content.office}", across=7)
    pair(draft, 1, "项目名称", content.name, 6)
    draft.row += 1
    draft.put(1, "全年预算数（万元）")
    draft.money(2, content.funds, "whole", "万元", main=True)
    draft.put(3, "全年执行数（万元）")
    draft.money(4, content.funds, "spent", "万元", main=True)
    draft.put(5, "执行率")
    draft.put(6, content.rate(), "rate")
    draft.row += 1
    draft.indicators(rows)
    draft.put(1, "预算执行")
    draft.put(2, "预算执行率")
    draft.put(3, "100%")
    draft.put(4, content.rate())
    draft.points(5, content.execution, "execution.points")
    where = draft.points(6, content.execution_earned, "execution.earned")
    draft.totals.append(Total(where, "预算执行率", content.execution, content.execution_earned, content.name))
    draft.row += 1
    if variant == 0:
        where = draft.put(1, f"合计得分：{content.total()}分", "total.earned", across=7)
        draft.totals.append(Total(where, "总分", None, content.total(), content.name))
        draft.row += 1
    else:
        draft.total(rows, name="合计")
    draft.line(f"填表日期：{content.year + 1}年1月20日", across=7)
    return draft
