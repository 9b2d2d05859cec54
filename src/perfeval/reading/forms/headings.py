"""表头: what a column is, by the words at its head and never by its position.

The words are those of published forms of many places; the official terms of the records' own fields count
too. Brackets (万元, A, 10分), spaces, line breaks and numbering do not.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from perfeval.conversion.field_specs import keys
from perfeval.model.case import BudgetLine, Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from perfeval.documents.grid import Grid

ROW = {
    "level1": "一级指标 一级 指标类别 指标类型",
    "level2": "二级指标 二级",
    "level3": "三级指标 三级 指标名称 指标 绩效指标 具体指标 明细指标 指标内容 考核指标 评价指标",
    "level4": "四级指标",
    "target": "指标值 年度指标值 目标值 年初指标值 年初目标值 预期指标值 年初值 年初设定目标 年初设定目标值 年度目标值 绩效目标值 "
    "计划值 计划指标值 年度指标值或目标值 全年指标值 预期目标值 年度绩效目标值 指标值或目标值 年初绩效指标值 年度计划值 "
    "指标值及单位 指标目标值 指标或目标值",
    "adjusted": "调整值 调整后指标值 调整指标值 调整后目标值 年中调整值",
    "actual": "完成值 实际完成值 全年完成值 全年实际值 全年实际完成值 实际值 实际完成 完成情况 实际完成情况 年度完成值 自评完成值 "
    "实际完成指标值 完成指标值 实际完成数 年末完成值 实现值 指标完成值 实际完成值或完成情况 年度实际完成值 执行情况",
    "forecast": "全年预计完成情况 全年预计完成值 全年预计完成 预计全年完成情况 预计全年完成值 年度预计完成情况",
    "likely": "完成目标可能性 目标完成可能性 完成可能性",
    "points": "分值 权重 指标分值 标准分 标准分值 满分 满分值 分值权重 指标权重 分值或权重",
    "earned": "得分 自评得分 自评分 实际得分 自评分数 自评分值 单位自评得分 单位自评分 评价得分 指标得分",
    "reviewed": "复核分 复核得分 复评得分 财政复核分 部门复核分 主管部门复核分 审核得分 复核分值",
    "sign": "指标性质 性质 指标方向 比较符号 运算符号 符号 指标属性",
    "direction": "指标方向性 方向性",
    "unit": "计量单位 度量单位 单位 指标单位",
    "reason": "偏差原因分析及改进措施 偏差原因 偏差原因分析 偏差原因及改进措施 偏差原因分析与改进措施 未完成原因 未完成原因及改进措施 "
    "未完成原因和改进措施 未完成原因分析 未完成原因分析及改进措施 偏差说明 扣分原因 未完成原因和拟采取的改进措施 原因分析 "
    "未完成原因分析与改进措施 偏差原因和改进措施 未完成或偏离较多原因 扣分原因及改进措施 偏差大或目标未完成原因分析 "
    "偏差原因分析及改进措施说明",
    "coefficient": "得分系数",
    "core": "是否核心 是否核心指标 核心指标 是否核心绩效指标",
    "progress": "完成率 完成比例 完成程度 指标完成率 完成比率",
    "method": "评分方法 评分标准 计分方法 评分规则 评价标准 计算公式 指标解释 指标说明 计分标准 评分细则 评分标准及说明 "
    "绩效标准 得分计算方法 评分依据",
    "evidence": "佐证材料 佐证资料 佐证 证明材料",
    "note": "备注 说明",
    "number": "序号 编号",
}
"""Headings of an indicator table, by what their columns hold."""

CAUSES = ("经费保障", "制度保障", "人员保障", "硬件条件", "其他")
CHANCES = ("确定能", "有可能", "完全不可能")
"""The kinds of 偏差原因, and how likely a goal is: a column each in a table of monitoring."""
OF_CAUSE, OF_CHANCE = "reason ", "likely "
"""What the role of such a column begins with."""
TICK = "√"

FUNDS = {
    "name": "任务名称 重点任务名称 工作任务 工作任务名称 资金来源",
    "initial": "年初预算数 年初预算 年初数 年初预算金额 年初安排数 年初 年初批复数 年初部门预算数",
    "adjusted": "调整后预算数 调整预算数 调整后预算 调整后 调整预算 调整后数 预算调整数 调整数 年中调整后预算数",
    "whole_year": "全年预算数 全年预算 预算数 预算 年度预算数 预算资金 全年预算金额 预算安排数 A "
    "计划安排资金 安排资金 预算安排资金 年度预算资金 年度预算金额 年度本级预算金额",
    "spent": "全年执行数 执行数 执行 实际支出数 实际支出 支出数 决算数 全年支出数 实际执行数 预算执行数 全年执行金额 B "
    "全年实际执行数 支出金额",
    "forecast": "全年预计执行数 全年预计支出数 全年预计执行 预计全年执行数 预计全年支出数 预计执行数",
    "rate": "执行率 预算执行率 资金执行率 执行进度 支出率 B/A",
    "points": "分值 权重 指标分值 满分 标准分 执行率权重 执行率分值 预算执行率权重 预算执行率分值",
    "earned": "得分 自评得分 自评分 实际得分 执行率得分 预算执行率得分",
    "reason": "偏差原因 未完成原因 原因说明 说明 备注 未完成原因分析 偏差原因分析 原因 偏差原因分析及改进措施",
}
"""Headings of the funds block."""

MONEY = frozenset(("initial", "adjusted", "whole_year", "spent"))
LEVELS = ("level1", "level2", "level3", "level4")
LEVELS_SET = frozenset(LEVELS)
GOALS = {
    "goals": "预期目标 年初设定目标 年度总体目标 年初预期目标 年初绩效目标 预期绩效目标 总体目标 年初目标 预期总体目标 年度目标",
    "achieved": "实际完成情况 全年实际完成情况 年度总体目标完成情况 完成情况 目标实际完成情况 总体完成情况 目标完成情况 "
    "年度总体目标实际完成情况",
}
"""Headings of the goals in words."""

MANAGED = {
    "text": "情况说明 自评情况 情况",
    "problem": "存在问题和改进措施 存在的问题和改进措施 存在问题及改进措施 存在的问题及改进措施",
}
"""Headings of 资金管理情况 in a table of a transfer."""

LABELS = {
    "project": "项目名称 专项名称 转移支付名称 专项资金名称 转移支付项目名称 项目支出名称 项目全称",
    "department": "主管部门 主管部门及代码 中央主管部门 地方主管部门 省级主管部门 预算主管部门 主管部门名称 主管部门或代码",
    "office": "实施单位 项目单位 单位名称 部门名称 填报单位 预算单位 项目实施单位 资金使用单位 部门单位名称 自评单位 申报单位 "
    "实施部门 部门 部门单位 部门或单位名称 具体实施单位 填报部门 "
    "区级预算单位名称 预算单位名称 预算部门 预算部门名称 项目主管单位 被评价单位 评价单位 填表单位 填报单位名称",
    "year": "年度 评价年度 预算年度 自评年度 年份",
    "grade": "自评等级 评价等级 等级 自评结论 绩效等级 评价等次 自评等次",
    "framework": "指标体系",
    "total": "自评总分 自评得分 总得分 自评总得分 评价总分 评价得分 总分 合计得分 得分合计 总计得分",
}
"""Words before a value."""

TOTALS = frozenset(
    "总分 合计 总计 总得分 得分合计 总分合计 自评总分 合计得分 自评得分合计 总分值 绩效自评总分 指标总分".split()
)
HEADS = frozenset(
    "产出指标 效益指标 满意度指标 成本指标 产出 效益 效果 满意度 成本 投入 过程 决策 管理 履职 效果指标 过程指标 投入指标 决策指标 "
    "管理指标 服务对象满意度指标 社会公众满意度 数量指标 质量指标 时效指标 经济效益指标 社会效益指标 生态效益指标 可持续影响指标".split()
)
"""Names of levels, where a table has one column for all names."""
SUBTOTALS = frozenset(("小计",))
WHOLE = (
    "年度资金总额", "资金总额", "金额合计", "资金总计", "年度预算总额", "年度总金额", "合计", "总计", "总额", "年度资金", "资金合计",
    "预算总额", "项目资金",
)  # fmt: skip
"""Names of the line of all funds."""
SUMS = frozenset(("总额", "合计", "小计", "总计", "金额"))
"""What heads the first column below 预算数 and 执行数 where each has its sources beside it."""
ALL_FUNDS = frozenset(name for name in WHOLE if "年度" in name or name in ("资金总额", "预算总额"))
"""Those of them that name an amount where no heading does."""

END = re.compile(
    r"^(?:说\s*明|注\s*[:：\d]|备\s*注|填\s*表|填\s*报|联\s*系|单位负责人|负\s*责\s*人|经办|审核|制表|审\s*核)"
)
"""What begins the words below a table."""
_BRACKETS = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]")
_NUMBERING = re.compile(r"^(?:[一二三四五六七八九十]+、|\d{1,2}[.．、])")
_DROP = str.maketrans("", "", " \t\r\n　:：*★☆、/\\，,。·")
_POINTS = re.compile(r"[(（]\s*(\d{1,3}(?:\.\d{1,2})?)\s*分?\s*[)）]")


@lru_cache(maxsize=8192)
def bare(text: str) -> str:
    """A heading's words alone: no brackets, spaces, punctuation or numbering."""
    return _NUMBERING.sub("", _BRACKETS.sub("", text.strip())).translate(_DROP)


@lru_cache(maxsize=1)
def tables() -> tuple[Mapping[str, str], ...]:
    """Word → what it heads, for indicator tables, funds, goals, labels and 资金管理情况."""
    return (
        _table(ROW, Row, ("of",)),
        _table(FUNDS, BudgetLine, ("name",)),
        _table(GOALS, None),
        _table(LABELS, None),
        _table(MANAGED, None),
    )


def _table(words: Mapping[str, str], record: type | None, but: Iterable[str] = ()) -> Mapping[str, str]:
    found = {bare(word): role for role, line in words.items() for word in line.split()}
    if record is Row:
        found |= {word: OF_CAUSE + word for word in CAUSES} | {word: OF_CHANCE + word for word in CHANCES}
    for term, slot in keys(record).items() if record is not None else ():
        if slot.name in words and slot.name not in but and not term.isascii():
            found.setdefault(bare(term), slot.name)
    return found


_UNTIL = re.compile(r"^(?:1月?[—–―－～~至到-]+|截至|至)\s*(\d{1,2})月(?:份|底|末)?")
"""What a heading of the year's first months begins with: 1—7月执行数."""


def months_in(text: str) -> int:
    """The month up to which the column under the heading *text* counts; 0 where it is the whole year."""
    found = _UNTIL.match(_together(text))
    return int(found[1]) if found is not None else 0


def _together(text: str) -> str:
    return "".join(text.split())


_REASON = re.compile(r"原因|^(?:扣分|偏差|未达标|未完成)(?:情况)?(?:及其?他?)?说明$|^扣分(?:事项|依据)$")
"""Headings of reasons come in more wordings than a list can hold."""
_LETTERS = re.compile(r"^[(（]?\s*(B\s*[/÷]\s*A|[AB])\s*(?:[×xX*]\s*100\s*%?)?\s*[)）]?$")


def role(text: str, words: Mapping[str, str]) -> str:
    """What the heading *text* says its column holds, or nothing."""
    if len(text) > 60:
        return ""
    letter = _LETTERS.match(text.strip())
    if letter is not None and "A" in words:
        return {"A": "whole_year", "B": "spent"}.get(letter[1], "rate")
    words_alone = bare(text)
    known = words.get(words_alone, "") or words.get(bare(_UNTIL.sub("", _together(text))), "")
    return known or ("reason" if "偏差原因" in words and _REASON.search(words_alone) else "")


def roles(grid: Grid, row: int, words: Mapping[str, str]) -> dict[str, int]:
    """Column by what it holds, of the headings that begin in *row*; the first of two alike counts.

    Of two names for the indicator or the goals the last does: 绩效指标 in front names the whole block.
    """
    return _columns([(role(grid_cell.text, words), grid_cell.column) for grid_cell in grid.line(row)])


def _columns(headed: Iterable[tuple[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for kind, column in headed:
        if kind in ("level3", *GOALS):
            found[kind] = column
        elif kind:
            found.setdefault(kind, column)
    return found


def indicator_columns(grid: Grid, first: int) -> tuple[dict[str, int], int]:
    """Columns of the indicator table whose heading begins in row *first*, and the last row of that heading.

    Headings may stand in several rows, the levels merged over all of them. A heading that only gathers those
    below it is none. 分值 or 得分 beside a level is that level's: ``points level1``; 指标值 beside 目标值 is what
    was reached where no other column holds it.
    """
    words = tables()[0]
    headed = _headed(grid, first, words)
    levels = _levels(_columns(headed))
    last = max((grid.area(first, column).bottom for column in levels.values()), default=first)
    below = [row for row in grid.below(first) if row <= last]
    if not below and headed and (row := next(grid.below(first), None)) is not None:
        more = _headed(grid, row, words)  # a second row of headings alone, whose levels nobody merged
        if more and len(more) == len(grid.line(row)) and not LEVELS_SET & {kind for kind, _ in more}:
            below, last = [row], row
    for row in below:
        more = _headed(grid, row, words)
        under = {grid_cell.column for grid_cell in grid.line(row)}
        headed = [
            (kind, column)
            for kind, column in headed
            if not any(grid.area(first, column).left <= at <= grid.area(first, column).right for at in under)
        ] + more
    headed.sort(key=lambda each: each[1])
    return _by_level(headed), last


def _levels(columns: Mapping[str, int]) -> dict[str, int]:
    """The levels from left to right: 绩效指标 in front of 一级指标 names the block and is none."""
    named = {level: columns[level] for level in LEVELS if level in columns}
    leaf = next(reversed(named), "")
    if any(column > named[leaf] for column in named.values()):
        del named[leaf]
    return named


def _headed(grid: Grid, row: int, words: Mapping[str, str]) -> list[tuple[str, int]]:
    """The headings of *row* that say what their column holds, from left to right."""
    return [(kind, grid_cell.column) for grid_cell in grid.line(row) if (kind := role(grid_cell.text, words))]


def _by_level(headed: list[tuple[str, int]]) -> dict[str, int]:
    columns = _columns(headed)
    named = _levels(columns)
    for level in LEVELS:
        if level in columns and level not in named:
            del columns[level]
    levels = sorted((column, level) for level, column in named.items())
    leaf = levels[-1][0] if levels else 0
    for kind in ("points", "earned"):
        at = [column for each, column in headed if each == kind]
        own = [column for column in at if column > leaf]
        if len(at) < 2 or not own:
            continue
        columns[kind] = own[0]
        for column in at:
            level = next((level for left, level in reversed(levels) if left < column), "")
            if column < leaf and level:
                columns[f"{kind} {level}"] = column
    targets = [column for each, column in headed if each == "target"]
    if len(targets) > 1 and "actual" not in columns:
        columns["actual"] = targets[1]
    return columns


def points_in(text: str) -> str:
    """The points that stand in a name: 产出指标（50分）."""
    match = _POINTS.search(text)
    return match[1] if match is not None else ""
