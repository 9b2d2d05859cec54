"""Goals before the year (绩效目标申报表) and progress within it (绩效运行监控表): no scores yet."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from published import contents as c
from published.drafting import Draft
from published.records import Amount
from published.registry import header, layout, pair

if TYPE_CHECKING:
    from published.records import Content


@layout("目标申报表", c.PARKS, c.DITCHES, c.HEATING)
def goals(content: Content, variant: int) -> Draft:
    """As city bureaus apply: 指标值及单位 in one column, on what the target rests, opinion of the finance bureau below."""
    rows = (
        ("一级指标", "first"), ("二级指标", "second"), ("三级指标", "name"), ("指标值及单位", "target"),
        (("绩效标准", "计划标准"), ("指标值确定依据", "历史标准"), ("指标解释", "行业标准"))[variant],
    )  # fmt: skip
    draft = Draft(content)
    draft.put(1, f"{content.said('year', str(content.year))}年项目支出绩效目标申报表", "year", across=6)
    draft.row += 1
    draft.put(1, f"填报单位：{content.office}（盖章）", across=3)
    draft.put(4, "单位：万元", across=3)
    draft.row += 1
    pair(draft, 1, "项目支出名称", content.name, 2)
    pair(draft, 4, "预算部门", content.department, 2)
    draft.row += 1
    funds = content.funds
    draft.put(1, "年度本级预算金额")
    where = draft.put(2, f"{funds.initial}万" if variant != 1 else funds.initial)
    draft.amounts.append(Amount(where, "", "initial whole_year", funds.initial, "万元", content.name))
    pair(draft, 4, "该项目支出上级资金", "0", 2)
    draft.row += 1
    pair(draft, 1, "项目支出实施期", f"{content.year}.01-{content.year}.12", 5)
    draft.row += 1
    pair(draft, 1, "年度绩效目标", content.prose("goal"), 5)
    draft.cells["goal"] = draft.where(2)
    draft.row += 1
    draft.indicators(rows, start=2, block="本年度绩效指标")
    draft.line("财政部门审核意见", across=6)
    return draft


@layout("长期与年度两块", c.ROADS, c.NURSERY, c.MUSEUM)
def two_blocks(content: Content, variant: int) -> Draft:
    """As rural towns apply: a block for the term and one for the year with the same indicators, money in a sentence."""
    rows = (
        ("一级指标", "first"), ("二级指标", "second"), ("指标内容", "name"), ("指标值", "target"), ("备注", ""),
    )  # fmt: skip
    draft = Draft(content)
    draft.put(1, f"项目支出绩效目标表（{content.said('year', str(content.year))}年度）", "year", across=6)
    draft.row += 1
    draft.line(f"填报单位（盖章）：{content.office}", across=6)
    pair(draft, 1, "项目名称", content.name, 5)
    draft.row += 1
    funds = content.funds
    parts = "，".join(f"{each.name}{each.initial}万元" for each in content.sources)
    where = draft.put(2, f"总额{funds.initial}万元：{parts}", across=5)
    draft.put(1, "资金总额及构成")
    draft.amounts.append(Amount(where, "", "initial whole_year", funds.initial, "万元", content.name))
    draft.row += 1
    pair(draft, 1, "总体目标", content.prose("goal"), 5)
    draft.row += 1
    draft.indicators(rows, start=2, block=("长期绩效指标", "中期绩效指标", "实施期绩效指标")[variant], key="term")
    draft.indicators(rows, start=2, block="年度绩效指标")
    return draft


@layout("批复目标表", c.CANTEEN, c.BUSES, c.LIFTS)
def approved(content: Content, variant: int) -> Draft:
    """As finance bureaus approve: sign, value and unit apart, 权重 and 指标方向性."""
    rows = (
        ("一级指标", "first"), ("二级指标", "second"), ("三级指标", "name"), ("指标性质", "sign"), ("指标值", "number"),
        ("度量单位" if variant else "计量单位", "unit"), ("权重", "points"), ("指标方向性", "正向指标"),
    )  # fmt: skip
    draft = Draft(content, "comma", "long" if variant == 2 else "")
    draft.put(1, f"部门预算项目绩效目标表（{content.said('year', str(content.year))}年度）", "year", across=9)
    draft.row += 1
    draft.line("金额单位：元", across=9)
    pair(draft, 1, "项目名称", content.name, 3)
    pair(draft, 5, "预算单位", content.office, 4)
    draft.row += 1
    draft.put(1, "年度预算资金")
    where = draft.amount(2, content.funds.initial * 10000)
    draft.amounts.append(Amount(where, "", "initial whole_year", content.funds.initial * 10000, "元", content.name))
    draft.row += 1
    pair(draft, 1, "年度目标", content.prose("goal"), 8)
    draft.row += 1
    draft.indicators(rows, start=2, block="绩效指标")
    return draft


@layout("监控表", *(c.progress(each) for each in (c.PARKS, c.DITCHES, c.WASTE)))
def monitoring(content: Content, variant: int) -> Draft:
    """As every office reports in August: done until July, expected for the year, five kinds of reasons, three chances."""
    months = ("1-7月", "1—7月", "1-8月")[variant]
    reasons = ("经费保障", "制度保障", "人员保障", "硬件条件保障", "其他", "原因说明")
    chances = ("确定能", "有可能", "完全不可能")
    draft = Draft(content)
    draft.heading("项目支出绩效运行监控表", 16)
    header(draft, 7, 16, "主管部门", "实施单位")
    funds = (
        ("年初预算数", "initial"), (f"{months}执行数", "spent"), (f"{months}执行率", "share"), ("全年预计执行数", "forecast"),
    )  # fmt: skip
    draft.put(1, "项目资金（万元）", down=2 + len(content.sources))
    for column, (head, _) in enumerate(funds, 5):
        draft.put(column, head)
    draft.row += 1
    for at, source in enumerate((content.funds, *content.sources)):
        draft.put(2, "年度资金总额" if at == 0 else ("其中：" if at == 1 else "") + source.name, across=3)
        for column, (_, role) in enumerate(funds, 5):
            if role in ("initial", "spent"):
                draft.money(column, source, role, "万元", main=at == 0)
            elif role == "share" and source.initial:
                share = (source.spent / source.initial * 100).quantize(Decimal("0.01"))
                draft.put(column, f"{share:.2f}%", "rate" if at == 0 else "")
            elif role == "forecast":
                draft.put(column, source.whole)
        draft.row += 1
    pair(draft, 1, "年度总体目标", content.prose("goal"), 15)
    draft.row += 1
    heads = ("一级指标", "二级指标", "三级指标", "年度指标值", f"{months}执行情况", "全年预计完成情况")
    draft.put(1, "绩效指标", down=2 + len(content.indicators))
    for column, head in enumerate(heads, 2):
        draft.put(column, head, down=2)
    draft.put(8, "偏差原因分析", across=6)
    draft.put(14, "完成目标可能性", across=3)
    draft.put(17, "备注", down=2)
    draft.row += 1
    for column, head in enumerate((*reasons, *chances), 8):
        draft.put(column, head)
    draft.row += 1
    rows = (
        ("", "first"), ("", "second"), ("", "name"), ("", "target"), ("", "actual"), ("", "forecast"), *((("", ""),) * 6),
        ("", "likely"),
    )  # fmt: skip
    draft.indicators(rows, start=2, heading=False)
    return draft
