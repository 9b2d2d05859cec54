"""填报工作簿里的话: what to write in each field and on each sheet, for the clerk who fills it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from perfeval.conversion.field_specs import FieldSpec

MONEY, AS_PRINTED = "只写数字的按万元；也可以连单位写，如 3亿元", "照表上的样子写，位数不增不减"

MEANINGS: Mapping[str, Mapping[str, str]] = {
    "Case": {
        "office": "填报单位的全称",
        "year": "四位数字，如 2021",
        "framework": "按哪个指标体系评分；已经写好，换体系请重新做一本工作簿",
        "title": "报告标题；不填时由单位和年度组成",
        "grade": "自评的等级；不填的由得分算出",
        "goals": "年初定下的总体目标",
        "categories": "任务类别的代号，如 epidemic；它的数据项和勾稽关系随之启用",
        "achievements": "报告“主要成效”一节的话",
        "measures": "报告“改进措施”一节的话",
        "sources": "数字出自哪些材料",
        "note": "口径等需要说明的",
    },
    "Profile": {
        "subordinate": "下属单位名称",
        "subordinate_count": "报告里写的个数；与名单对照",
        "office_count": "报告里写的个数；与“内设机构”工作表对照",
    },
    "Office": {"name": "内设机构名称", "also": "一套班子两块牌子的，写另一块"},
    "Mechanism": {
        "goals": "预算编制有目标：怎样做的",
        "monitoring": "预算执行有监控：怎样做的",
        "evaluation": "预算完成有评价：怎样做的",
        "application": "评价结果有应用：怎样做的",
        "documents": "依据的文件名称",
    },
    "Budget": {
        "initial": MONEY,
        "adjusted": f"年中调整后的；{MONEY}",
        "whole_year": MONEY,
        "spent": f"全年实际支出；{MONEY}",
        "rate": "自报的执行率，连 % 写，如 94.96%",
        "base": "执行率除以哪一个预算数；指标体系已定的不必填",
        "monthly": f"从1月起逐月写；{MONEY}",
        "forecast": f"年中监控时本单位预计的；{MONEY}",
        "until": "年中监控时，执行数到几月，如 7",
        "reason": "执行率偏低或预算调整的原因",
    },
    "BudgetLine": {
        "name": "如 当年财政拨款、上年结转资金、其他资金",
        "initial": MONEY,
        "adjusted": MONEY,
        "whole_year": MONEY,
        "spent": MONEY,
        "rate": "连 % 写",
        "points": "这一行另有分值的才填",
        "earned": "这一行另有得分的才填",
        "forecast": MONEY,
    },
    "Row": {
        "of": "指标名称或路径；自己添的写成 上级/名称，如 产出指标/巡查；总分、一级指标也可以各占一行",
        "points": "自己添的指标要填；体系已定的不必填",
        "target": "连符号和单位写，如 ≥160次、≤5天、≥95%、前5名、2021年底、是",
        "actual": "连单位写，如 165次、96.4%；由数据算出的不填",
        "earned": "自评得分，只写数字",
        "unit": "指标值、完成值只写了数字时的单位",
        "reviewed": "复核人填",
        "strategy": "体系已定的不必填；有参数的写成 {方法名: {参数: 值}}",
        "judged": "几位专家的，一位一行（Alt+Enter 换行）",
        "coefficient": "表式有得分系数一栏的才填",
        "progress": "表式有完成进度一栏的才填，连 % 写",
        "forecast": "年中监控时预计全年完成多少，连单位写",
        "likely": "年中监控时能否完成",
        "reason": "没有完成或超出较多的，写明原因和改进措施",
        "evidence": "材料名称；几份的，一份一行（Alt+Enter 换行）",
        "note": "数字的出处、口径",
    },
    "Project": {
        "name": "项目名称；其他工作表的“项目”栏照此写",
        "framework": "项目另按指标体系评分的才填，如 national/project-2020",
        "department": "主管部门",
        "goals": "项目的年度总体目标",
        "achieved": "目标实际完成得怎样",
        "grade": "项目自评的等级",
    },
    "Issue": {
        "text": "存在什么问题，写明数字",
        "about": "涉及的指标；几个的，一个一行（Alt+Enter 换行）",
        "measure": "针对这个问题怎样改",
    },
    "Section": {"title": "报告一节的标题", "text": "这一节本单位自己的话；分段请 Alt+Enter 换行"},
    "Review": {"grade": "复核的等级"},
    "Waiver": {
        "code": "不再提示的审核规则，如 digits-hidden",
        "reason": "为什么可以接受",
        "of": "只在哪个指标；不写是全部",
    },
}
"""What a field is for, by record and name; a field without a line fails a test."""

KINDS: Mapping[str, str] = {
    "texts": "可以写几条，一行一条",
    "categories": "可以写几个，一行一个",
    "figure": AS_PRINTED,
    "figures": AS_PRINTED,
    "target": AS_PRINTED,
    "strategy": "从下拉列表选，或写方法和参数",
}
"""How a field of each kind is written."""

DATA: Mapping[str, str] = {
    "一级名称": "任务类别，如 疫情防控；不分类别的数据项直接写在这里",
    "二级名称": "数据项，如 接种剂数",
    "三级名称": "下级，如 同比；没有不写",
    "增减": "比上年增长、下降的，在这里选，数值只写多少",
    "数值": "照材料写，近、约、余等字留着；材料有几处的，一处一行，名称写成一样",
    "计量单位": "数值只写数字时的单位",
    "期间": "如 2021年前三季度",
    "截至": "如 2021年10月底",
    "说明": "口径、出处",
}
"""What stands in each column of the data."""

SHEETS: Mapping[str, str] = {
    "基本情况": "一行一栏，只填白色的格子。",
    "目标成效措施": "一条一行；要加行，在下面的空行写栏目名称和内容。",
    "单位概况": "一条一行；要加行，在下面的空行写栏目名称和内容。",
    "资金": "本单位的资金；项目的资金写在“项目”工作表。",
    "资金来源": "一个来源一行；项目的来源在“项目”栏写项目名称，本单位的空着。",
    "项目": "一个项目一行；它的指标写在“指标行”工作表，在“项目”栏写项目名称。",
    "指标行": "一个指标一行；灰色的“体系分值、体系指标值”供对照，不用填。项目的指标在“项目”栏写项目名称。",
    "数据": "一个数一行，名称从一级写起；灰色表头不用改。没有的数据项空着。",
    "章节": "报告里本单位自己的话，一节一行。",
    "存在的问题": "一个问题一行。",
}
"""What to know of a sheet before filling it."""

GUIDE = (
    "怎样填",
    "1. 每个主题一张工作表，只填白色的格子；灰色的是表头和说明，已经保护（没有密码），请不要改。",
    "2. 数字照材料上的样子写：94.96% 就写 94.96%，近30万元 就写 近30万元，不要四舍五入，不要去掉“近”“约”“余”。",
    "3. 没有的空着，不写“无”“/”，也不写 0；真是 0 的才写 0。",
    "4. 有下拉箭头的可以选，也可以自己写（列表以外的会提醒，不会拦住）。",
    "5. 一格里写几条的，用 Alt+Enter 换行，一行一条。",
    "6. 工作表、表头不要改名；另加的工作表不会读入。",
    "7. 填完保存为 .xlsx，用 perfeval evaluate 读入；有问题的格子会逐个写明在哪张表、哪一格、应当写什么。",
)


def meaning(record: type, slot: FieldSpec) -> str:
    """What a field is for."""
    return MEANINGS.get(record.__name__, {}).get(slot.name, "")


def kind(slot: FieldSpec) -> str:
    """How a field is written."""
    return KINDS.get(slot.kind, "")
