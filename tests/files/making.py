"""做表: workbooks as offices make them, by layout, for the tests and benchmarks. All of it is 示例数据.

Each function gives the bytes of one xlsx. ``edit`` changes parts of a finished file, for what no library
writes: a wrong dimension, formulas that were never calculated, names in GBK, the habits of WPS.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl
from openpyxl.styles import Alignment, Border, Font, Side

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

NAME, OFFICE, DEPARTMENT = "出租屋管理专项（示例数据）", "某街道办事处（示例数据）", "某区财政局（示例数据）"
_THIN = Side(style="thin")


class Percent:
    """A number that its cell shows as a percentage with so many decimals."""

    def __init__(self, number: float, digits: int = 2) -> None:
        self.number, self.form = number, "0%" if digits == 0 else f"0.{'0' * digits}%"


class Shown:
    """A number under a number format."""

    def __init__(self, number: Any, form: str) -> None:
        self.number, self.form = number, form


NINETY = Percent(0.9)


def put(sheet: Worksheet, row: int, values: Sequence[Any], start: int = 1) -> None:
    """Fill one row, from column *start*; None leaves a cell blank."""
    for column, value in enumerate(values, start):
        cell = sheet.cell(row, column)
        if isinstance(value, (Percent, Shown)):
            cell.value, cell.number_format = value.number, value.form
        else:
            cell.value = value
        cell.border = Border(_THIN, _THIN, _THIN, _THIN)
        cell.alignment = Alignment(wrap_text=True, vertical="center")


def saved(workbook: openpyxl.Workbook) -> bytes:
    """The bytes of *workbook*."""
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def titled(title: str, wide: str = "I", *, name: str = "附件1", top: int = 1) -> tuple[openpyxl.Workbook, Worksheet]:
    """A workbook with one sheet and a merged title in its row *top*."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    if top > 1:
        sheet["A1"] = "附件1"
    sheet.cell(top, 1, title).font = Font(size=18)
    sheet.merge_cells(f"A{top}:{wide}{top}")
    return book, sheet


def national(
    change: Callable[[Worksheet], None] | None = None,
    *,
    rate: Any = NINETY,
    top: int = 1,
    name: str = NAME,
    head: Sequence[str] = (
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "实际完成值",
        "分值",
        "得分",
        "偏差原因分析及改进措施",
    ),
) -> bytes:
    """全国项目支出绩效自评表: merged levels, 其中 rows, percent cells, total and signature line."""
    book, sheet = titled("项目支出绩效自评表", top=top)
    national_on(sheet, top, rate, name, head)
    if change is not None:
        change(sheet)
    return saved(book)


NATIONAL_ROWS = (
    ("产出指标", "数量指标", "清查行动", "≥160次", "165次", 20, 20, ""),
    ("", "", "巡查出租屋", "≥20000栋次", "19000栋次", 10, 9.5, "年末个别楼栋封闭改造（示例数据）"),
    ("", "质量指标", "隐患整改率", Percent(1, 0), Percent(1, 0), 10, 10, ""),
    ("", "时效指标", "投诉按时办结率", "≥95%", "96%", 10, 10, ""),
    ("效益指标", "社会效益指标", "盗窃类警情降幅", "≥8%", "10%", "30", "30", ""),
    ("满意度指标", "服务对象满意度指标", "租户满意度", "≥90%", "81%", 10, 9, "老旧小区维修滞后（示例数据）"),
)


def national_on(sheet: Worksheet, top: int, rate: Any, name: str, head: Sequence[str]) -> None:
    """The national form on *sheet*, its title in row *top*."""
    at = top + 1
    put(sheet, at, ["（2021年度）"])
    put(sheet, at + 1, ["项目名称", None, name])
    put(sheet, at + 2, ["主管部门及代码", None, DEPARTMENT, None, None, "实施单位", OFFICE])
    put(
        sheet,
        at + 3,
        ["项目资金\n（万元）", None, None, "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
    )
    put(sheet, at + 4, [None, None, "年度资金总额", 100, 100, 90, 10, rate, 9])
    put(sheet, at + 5, [None, None, "其中：当年财政拨款", 80, 80, 72, "—", Percent(0.9), "—"])
    put(sheet, at + 6, [None, None, "上年结转资金", 20, 20, 18, "—", Percent(0.9), "—"])
    put(sheet, at + 7, [None, None, "其他资金", None, None, None, "—", None, "—"])
    put(sheet, at + 8, ["年度总体目标", "预期目标", None, None, None, "实际完成情况"])
    put(sheet, at + 9, [None, "每月清查（示例数据）", None, None, None, "已按月清查（示例数据）"])
    put(sheet, at + 10, ["绩效指标", *head])
    for offset, row in enumerate(NATIONAL_ROWS, at + 11):
        put(sheet, offset, [None, *(value or None for value in row)])
    last = at + 11 + len(NATIONAL_ROWS)
    put(sheet, last, ["总分", None, None, None, None, None, 100, 97.5])
    sheet.cell(last + 1, 1, "填表人：      联系电话：      填报日期：")
    for area in (
        f"A{at + 1}:B{at + 1}", f"C{at + 1}:I{at + 1}", f"A{at + 2}:B{at + 2}", f"C{at + 2}:E{at + 2}",
        f"G{at + 2}:I{at + 2}", f"A{at + 3}:B{at + 7}", f"A{at + 8}:A{at + 9}", f"B{at + 8}:E{at + 8}",
        f"F{at + 8}:I{at + 8}", f"B{at + 9}:E{at + 9}", f"F{at + 9}:I{at + 9}", f"A{at + 10}:A{last - 1}",
        f"B{at + 11}:B{at + 14}", f"C{at + 11}:C{at + 12}", f"A{last}:F{last}", f"A{at}:I{at}", f"A{last + 1}:I{last + 1}",
    ):  # fmt: skip
        sheet.merge_cells(area)


def sichuan() -> bytes:
    """四川: 指标性质, 指标值 and 计量单位 in columns of their own; funds 年初, 调整后, 执行."""
    book, sheet = titled("四川省2025年项目支出绩效自评表", name="自评表", top=3)
    put(sheet, 4, ["项目名称", NAME, None, None, "部门（单位）", OFFICE])
    put(
        sheet, 6, ["预算执行情况（万元）", "年初预算数", "调整后预算数", "执行数", "预算执行率", "权重", "得分", "原因"]
    )
    put(sheet, 7, ["总额", 90, 80, 78.4, Percent(0.98), 10, 9.8, "合同款次年支付（示例数据）"])
    put(sheet, 8, ["其中：财政资金", 90, 80, 78.4, Percent(0.98), "/", "/", "/"])
    put(
        sheet,
        10,
        [
            "一级指标",
            "二级指标",
            "三级指标",
            "指标性质",
            "指标值",
            "计量单位",
            "完成值",
            "权重",
            "得分",
            "未完成原因分析",
        ],
    )
    rows = [
        ("产出指标", "数量指标", "培训班次", "≥", 20, "班次", 20, 30, 30, None),
        ("产出指标", "数量指标", "进社区活动", "≥", "60", "次", "50", 30, 25, "部分活动延期（示例数据）"),
        ("满意度指标", "满意度指标", "学员满意度", "≥", 90, "%", 81, 30, 27, "场地偏远（示例数据）"),
    ]
    for at, row in enumerate(rows, 11):
        put(sheet, at, row)
    put(sheet, 14, ["合计", None, None, None, None, None, None, 100, 91.8])
    for area in ("A11:A12", "B11:B12", "A14:G14", "B4:D4", "F4:J4"):
        sheet.merge_cells(area)
    return saved(book)


def hubei() -> bytes:
    """湖北: 20 × rate and 80, indicator rows without points below first levels that have them."""
    book, sheet = titled("2021年度某项目自评表（示例数据）", wide="H", name="Sheet1")
    put(sheet, 2, ["单位名称：" + OFFICE])
    put(sheet, 3, ["项目名称", NAME])
    put(sheet, 4, ["主管部门", DEPARTMENT, None, "项目实施单位", OFFICE])
    put(
        sheet,
        6,
        ["预算执行情况（万元）（20分）", None, "预算数（A）", "执行数（B）", "执行率（B/A）", "得分（20分*执行率）"],
    )
    put(sheet, 7, [None, "年度财政资金总额", 500, 472.7, Percent(0.9454), 18.91])
    put(
        sheet,
        8,
        ["年度绩效目标（80分）", "一级指标", "二级指标", "三级指标", "年初目标值（A）", "实际完成值（B）", "得分"],
    )
    rows = [
        ("产出指标（40分）", "数量指标", "清扫面积", "25万平方米", "25.3万平方米", None),
        (None, "数量指标", "清运垃圾", "800吨", "812吨", None),
        ("效益指标（20分）", "社会效益指标", "投诉处理率", "100%", "95%", None),
        ("满意度指标（20分）", "满意度指标", "居民满意度", "90%", "92%", None),
    ]
    for at, row in enumerate(rows, 9):
        put(sheet, at, [None, *row])
    put(sheet, 13, ["总分", None, None, None, None, None, 97.91])
    put(sheet, 14, ["偏差大或目标未完成原因分析", "三宗投诉跨年处理（示例数据）"])
    for area in ("A6:A7", "A8:A12", "B9:B10", "A13:F13", "A2:H2"):
        sheet.merge_cells(area)
    return saved(book)


def chongqing() -> bytes:
    """重庆: 年初值, 调整值 and 完成值 below one heading, 得分系数, 是否核心, a value line without a name."""
    book, sheet = titled("2024年度项目支出绩效自评表", wide="L", name="项目自评")
    put(sheet, 2, ["项目名称", NAME, None, None, "主管部门", DEPARTMENT, None, None, "自评总分", 97.5])
    put(sheet, 3, ["项目资金（万元）", "年初预算数", "全年（调整）预算数", "全年执行数", "执行率", "权重", "得分"])
    put(sheet, 4, [None, 100, 120, 120, Percent(1), 10, 10])
    put(
        sheet,
        6,
        [
            "一级指标",
            "三级指标",
            "计量单位",
            "指标性质",
            "指标值",
            None,
            None,
            "得分系数",
            "指标权重",
            "指标得分",
            "是否核心指标",
            "说明",
        ],
    )
    put(sheet, 7, [None, None, None, None, "年初值", "调整值", "全年完成值"])
    rows = [
        ("产出指标", "走访户数", "户", "≥", 300, 320, 320, Percent(1, 0), 50, 50, "是", None),
        ("产出指标", "办结天数", "天", "≤", 10, None, 10, Percent(1, 0), 20, 20, "否", None),
        ("满意度指标", "居民满意度", "%", "≥", 90, 90, 78.75, "0.875", 20, 17.5, "否", "停车位不足（示例数据）"),
    ]
    for at, row in enumerate(rows, 8):
        put(sheet, at, row)
    put(sheet, 11, ["合计", None, None, None, None, None, None, None, 100, 97.5])
    for area in ("A6:A7", "B6:B7", "C6:C7", "D6:D7", "E6:G6", "H6:H7", "I6:I7", "J6:J7", "K6:K7", "L6:L7", "A3:A4"):
        sheet.merge_cells(area)
    return saved(book)


def yunnan() -> bytes:
    """云南: money in 元, 度量单位, points 10 + 40 + 30 + 20, levels not merged but left blank."""
    book, sheet = titled("项目支出绩效自评表", wide="J", name="项目1")
    put(sheet, 2, ["公开10表", None, None, None, None, None, None, None, None, "单位：元"])
    put(sheet, 3, ["项目名称", NAME])
    put(sheet, 4, ["主管部门", DEPARTMENT, None, None, "实施单位", OFFICE])
    put(sheet, 5, ["项目资金", None, "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"])
    put(sheet, 6, [None, "年度资金总额", "1,000,000.00", 1000000, Shown(950000, "#,##0.00"), 10, Percent(0.95), 9.5])
    put(
        sheet,
        7,
        [None, "其中：当年财政拨款", "1,000,000.00", 1000000, Shown(950000, "#,##0.00"), "-", Percent(0.95), "-"],
    )
    put(
        sheet,
        9,
        [
            "一级指标",
            "二级指标",
            "三级指标",
            "指标性质",
            "指标值",
            "度量单位",
            "实际完成值",
            "分值",
            "得分",
            "偏差原因分析及改进措施",
        ],
    )
    rows = [
        ("产出指标", "数量指标", "硬化路面", ">=", "2000", "平方米", "2100", 20, 20, "无"),
        (None, "质量指标", "验收合格率", "=", "100", "%", "100", 20, 20, None),
        ("效益指标", "社会效益指标", "受益群众", ">=", "500", "人", "450", 30, 27, "部分村民外出（示例数据）"),
        ("满意度指标", "服务对象满意度指标", "群众满意度", ">=", "90", "%", "90", 20, 20, "/"),
    ]
    for at, row in enumerate(rows, 10):
        put(sheet, at, row)
    put(sheet, 14, ["其他需要说明事项", "无"])
    put(sheet, 15, ["总分", None, None, None, None, None, None, 100, 96.5])
    for area in ("B3:J3", "B4:D4", "F4:J4", "A5:B5", "A15:G15"):
        sheet.merge_cells(area)
    return saved(book)


def transfer() -> bytes:
    """转移支付: A, B and B/A, seven lines of 资金管理情况, no points at all."""
    book, sheet = titled("中央对地方转移支付区域（项目）绩效目标自评表", wide="G")
    put(sheet, 2, ["（2023年度）"])
    put(sheet, 3, ["转移支付（项目）名称", None, NAME])
    put(sheet, 4, ["地方主管部门", None, DEPARTMENT, None, "资金使用单位", OFFICE])
    put(sheet, 5, ["资金投入情况（万元）", None, None, "全年预算数（A）", "全年执行数（B）", "预算执行率（B/A×100%）"])
    put(sheet, 6, [None, None, "年度资金总额：", 300, 299.97, Percent(0.9999)])
    put(sheet, 7, [None, None, "其中：中央财政资金", 200, 200, Percent(1)])
    put(sheet, 8, [None, None, "地方资金", 100, 99.97, Percent(0.9997)])
    put(sheet, 9, ["资金管理情况", None, None, "情况说明", None, "存在问题和改进措施"])
    for at, name in enumerate(
        ("分配科学性", "下达及时性", "拨付合规性", "使用规范性", "执行准确性", "预算绩效管理情况", "支出责任履行情况"),
        10,
    ):
        late = name == "下达及时性"
        put(sheet, at, [None, None, name, "符合要求（示例数据）", None, "下达晚了5天（示例数据）" if late else "无"])
    put(sheet, 17, ["总体目标完成情况", "总体目标", None, None, "全年实际完成情况"])
    put(sheet, 18, [None, "改善环境（示例数据）", None, None, "已改善（示例数据）"])
    put(sheet, 19, ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值", "全年实际完成值", "未完成原因和改进措施"])
    rows = [
        ("产出指标", "数量指标", "新增绿地", "≥3公顷", "3.2公顷", None),
        (None, "质量指标", "验收合格率", "100%", "100%", None),
        ("效益指标", "社会效益指标", "受益居民", "≥1.2万人", "1.25万人", None),
        ("满意度指标", "服务对象满意度指标", "居民满意度", "≥90%", "93%", None),
    ]
    for at, row in enumerate(rows, 20):
        put(sheet, at, [None, *row])
    put(sheet, 24, ["说明", "无"])
    for area in ("A5:B8", "A9:B16", "A19:A23", "B20:B21", "A17:A18"):
        sheet.merge_cells(area)
    return saved(book)


def goals(*, beside: bool = False) -> bytes:
    """目标申报表: one budget alone, goals in words, indicators without actual values; *beside* has no headings of funds."""
    book, sheet = titled("项目支出绩效目标申报表", wide="G")
    put(sheet, 2, ["（2025年度）"])
    put(sheet, 3, ["项目名称", None, NAME])
    put(sheet, 4, ["主管部门及代码", None, DEPARTMENT, None, "实施单位", OFFICE])
    if beside:
        put(sheet, 5, ["项目资金（万元）", "年度资金总额：", None, 900])
        put(sheet, 6, [None, "其中：财政拨款", None, 800])
        put(sheet, 7, [None, "其他资金", None, 100])
        put(sheet, 8, ["总体目标", "年度目标", "全年清查不少于1600次（示例数据）"])
        areas = ["A5:A7", "B5:C5", "B6:C6", "B7:C7", "D5:G5", "D6:G6", "D7:G7", "C8:G8"]
    else:
        put(sheet, 5, ["项目资金（万元）", None, None, None, "年初预算数"])
        put(sheet, 6, [None, "年度资金总额", None, None, 900])
        put(sheet, 7, [None, "其中：财政拨款", None, None, "800"])
        put(sheet, 8, [None, "其他资金", None, None, 100])
        put(sheet, 9, ["总体目标", "年度总体目标"])
        put(sheet, 10, [None, "全年清查不少于1600次（示例数据）"])
        areas = ["A5:A8", "B5:D5", "B6:D6", "B7:D7", "B8:D8", "E5:G5", "A9:A10", "B9:G9", "B10:G10"]
    top = 9 if beside else 11
    put(sheet, top, ["绩效指标", "一级指标", "二级指标", "三级指标", "指标性质", "指标值", "计量单位"])
    rows = [
        ("产出指标", "数量指标", "清查行动", "≥", 1600, "次"),
        (None, "质量指标", "隐患整改率", "≥", "95", "%"),
        ("效益指标", "社会效益指标", "安全感", "定性", "显著提升", None),
    ]
    for at, row in enumerate(rows, top + 1):
        put(sheet, at, [None, *row])
    sheet.cell(top + 4, 1, "填表人：        联系电话：        填表日期：")
    for area in (*areas, f"A{top}:A{top + 3}", f"B{top + 1}:B{top + 2}", "C3:G3"):
        sheet.merge_cells(area)
    return saved(book)


def monitoring() -> bytes:
    """运行监控表: the first seven months, the year as expected, a column for each kind of reason and chance."""
    book, sheet = titled("项目支出绩效运行监控表", wide="P")
    put(sheet, 2, ["（2025年度）"])
    put(sheet, 3, ["项目名称", None, None, NAME])
    put(sheet, 4, ["主管部门及代码", None, None, DEPARTMENT, None, None, None, "实施单位", OFFICE])
    put(
        sheet,
        5,
        [
            "项目资金（万元）",
            None,
            None,
            "年初预算数",
            None,
            "1-7月执行数",
            None,
            "1-7月执行率",
            None,
            "全年预计执行数",
        ],
    )
    put(sheet, 6, [None, "年度资金总额", None, 900, None, "430.50", None, Percent(0.4783), None, 880])
    put(sheet, 7, [None, "其中：本年财政拨款", None, 800, None, 400.5, None, None, None, 790])
    put(sheet, 8, [None, "其他资金", None, 100, None, 30, None, None, None, 90])
    put(sheet, 9, ["年度总体目标", "全年清查不少于1600次（示例数据）"])
    put(
        sheet, 10,
        ["绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "1-7月执行情况", "全年预计完成情况",
         "偏差原因分析", None, None, None, None, "完成目标可能性", None, None, "备注"],
    )  # fmt: skip
    put(
        sheet,
        11,
        [None] * 7 + ["经费保障", "制度保障", "人员保障", "硬件条件", "其他", "确定能", "有可能", "完全不可能"],
    )
    rows = [
        ("产出指标", "数量指标", "清查行动", "≥1600次", "1000次", "1650次", *[None] * 5, "√", None, None, None),
        (None, "质量指标", "隐患整改率", "≥95%", Percent(0.8, 0), Percent(0.9, 0), "拨款未到位（示例数据）", None,
         "巡查员缺编（示例数据）", None, None, None, "√", None, "9月补齐（示例数据）"),
        ("满意度指标", "服务对象满意度指标", "租户满意度", "≥90%", "/", "90%", None, None, None, None, "√", None, None, None, None),
    ]  # fmt: skip
    for at, row in enumerate(rows, 12):
        put(sheet, at, [None, *row])
    sheet["A15"] = "填表人：        联系电话：        填表日期：        单位负责人："
    for area in (
        "A3:C3", "D3:P3", "A4:C4", "D4:G4", "I4:P4", "A5:A8", "B5:C5", "D5:E5", "F5:G5", "H5:I5", "J5:P5",
        *(f"{a}{row}:{b}{row}" for row in (6, 7, 8) for a, b in ("BC", "DE", "FG", "HI", "JP")),
        "B9:P9", "A10:A14", *(f"{column}10:{column}11" for column in "BCDEFGP"), "H10:L10", "M10:O10", "B12:B13",
        "A15:P15",
    ):  # fmt: skip
        sheet.merge_cells(area)
    return saved(book)


def whole_office() -> bytes:
    """部门整体支出: three levels of indicators with points, a sum line a level, no project."""
    book, sheet = titled("2021年度部门整体支出绩效自评表", wide="I", name="部门整体")
    put(sheet, 2, ["部门名称", OFFICE])
    put(sheet, 3, ["预算情况（万元）", "年初预算数", "全年预算数", "全年执行数", "执行率", "分值", "得分"])
    put(sheet, 4, ["年度资金总额", 2000, 2000, 2000, Percent(1), 10, 10])
    put(sheet, 6, ["一级指标", "二级指标", "三级指标", "指标值", "实际完成值", "分值", "自评得分", "扣分原因"])
    rows = [
        ("履职指标", "综合治理", "巡查走访", "≥300次", "312次", 50, 50, None),
        ("履职指标", "综合治理", "居民满意度", "≥90%", "81%", 40, 36, "停车位不足（示例数据）"),
    ]
    for at, row in enumerate(rows, 7):
        put(sheet, at, row)
    put(sheet, 9, ["合计", None, None, None, None, 100, 96])
    for area in ("A7:A8", "B7:B8", "A9:E9"):
        sheet.merge_cells(area)
    return saved(book)


def tasks() -> bytes:
    """部门整体: a line of funds for each task, 总额 and sources below 预算数 and 执行数, 复核分 beside 自评得分."""
    book, sheet = titled("2022年度部门整体支出绩效自评表", wide="J", name="整体")
    put(sheet, 2, ["部门（单位）名称", None, OFFICE])
    put(sheet, 3, ["年度主要任务", "任务名称", "完成情况", "预算数（万元）", None, None, "执行数（万元）"])
    put(sheet, 4, [None, None, None, "总额", "财政拨款", "其他资金", "总额", "财政拨款", "其他资金"])
    put(sheet, 5, [None, "社区服务（示例数据）", "已完成", 100, 100, None, 98, 98])
    put(sheet, 6, [None, "环境整治（示例数据）", "已完成", 200, 180, 20, 200, 180, 20])
    put(sheet, 7, [None, "金额合计", None, 300, 280, 20, 298, 278, 20])
    put(sheet, 8, ["年度总体目标", "年初设定目标", None, None, None, "全年实际完成情况"])
    put(sheet, 9, [None, "做好服务（示例数据）", None, None, None, "按计划完成（示例数据）"])
    put(
        sheet, 10,
        ["绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "自评得分", "复核分", "偏差原因分析及改进措施"],
    )  # fmt: skip
    rows = [
        ("产出指标", "数量指标", "走访户数", "≥300户", "312户", 50, 50, 48, None),
        (None, "质量指标", "办结率", "100%", "98%", 40, 39.2, 39, "三宗跨年（示例数据）"),
        ("满意度指标", "满意度", "居民满意度", "≥90%", "91%", 10, 10, 10, None),
    ]
    for at, row in enumerate(rows, 11):
        put(sheet, at, [None, *row])
    put(sheet, 14, ["总分", None, None, None, None, None, 100, 99.2, 97])
    for area in (
        "C2:J2", "A3:A7", "B3:B4", "C3:C4", "D3:F3", "G3:I3", "A8:A9", "B8:E8", "F8:J8", "B9:E9", "F9:J9", "A10:A13",
        "B11:B12", "A14:F14",
    ):  # fmt: skip
        sheet.merge_cells(area)
    return saved(book)


def several() -> bytes:
    """A workbook with the whole office, two projects on one sheet and one on another, and a hidden sheet."""
    book = openpyxl.load_workbook(io.BytesIO(whole_office()))
    head = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施")
    two = book.create_sheet("项目")
    for top, name in ((1, "甲项目（示例数据）"), (25, "乙项目（示例数据）")):
        two.cell(top, 1, "项目支出绩效自评表")
        two.merge_cells(f"A{top}:I{top}")
        national_on(two, top, Percent(0.9), name, head)
    one = book.create_sheet("项目3")
    one["A1"] = "项目支出绩效自评表"
    national_on(one, 1, Percent(0.9), "丙项目（示例数据）", head)
    book.create_sheet("代码表").sheet_state = "hidden"
    return saved(book)


def edit(
    data: bytes, changes: Mapping[str, Callable[[bytes], bytes]], more: Mapping[str, bytes] | None = None
) -> bytes:
    """The xlsx with parts changed by name (a pattern), and *more* parts added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            part = old.read(entry)
            for pattern, change in changes.items():
                if re.search(pattern, entry.filename):
                    part = change(part)
            new.writestr(entry.filename, part)
        for name, part in (more or {}).items():
            new.writestr(name, part)
    return out.getvalue()


def wrong_dimension(data: bytes) -> bytes:
    """As WPS sometimes writes it: the sheet says that it ends in its first row."""
    return edit(
        data, {r"sheet\d+\.xml$": lambda part: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:B1"', part)}
    )


def _sheets(data: bytes, change: Callable[[Any], None]) -> bytes:
    """Every visible sheet changed."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            change(sheet)
    return saved(book)


def as_text(data: bytes) -> bytes:
    """Every number typed as a text, as it is shown; rates with their %."""

    def change(sheet: Any) -> None:
        for cell in (cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, (int, float))):
            number = cell.value
            if "%" in cell.number_format:
                digits = len(cell.number_format.partition(".")[2].rstrip("%"))
                cell.value = f"{number * 100:.{digits}f}%"
            else:
                cell.value = f"{number:,}" if "," in cell.number_format else str(number)
            cell.number_format = "@"

    return _sheets(data, change)


def uncalculated(data: bytes) -> bytes:
    """得分 of the indicators as formulas that no program has calculated yet."""

    def change(sheet: Any) -> None:
        for head in [
            cell for row in sheet.iter_rows() for cell in row if cell.value in ("得分", "自评得分", "指标得分")
        ]:
            below = (sheet.cell(row, head.column) for row in range(head.row + 1, sheet.max_row + 1))
            for cell in below:
                if isinstance(cell.value, (int, float)) or (isinstance(cell.value, str) and cell.value.isdigit()):
                    cell.value = f"={cell.value}*1"
                elif isinstance(cell.value, str) and len(cell.value) > 1:
                    break  # the heading of the next block

    return _sheets(data, change)


def lower(data: bytes) -> bytes:
    """The tables nine rows further down, below a note and blank rows."""

    def change(sheet: Any) -> None:
        areas = [str(area) for area in sheet.merged_cells.ranges]
        for area in areas:
            sheet.unmerge_cells(area)
        sheet.move_range(sheet.dimensions, rows=9)
        for area in areas:
            sheet.merge_cells(re.sub(r"\d+", lambda found: str(int(found[0]) + 9), area))
        sheet["A2"] = "附件3"

    return _sheets(data, change)


def wps(data: bytes) -> bytes:
    """As WPS writes: prefixed elements of its own, no cell references in some rows, a GBK name in the package."""

    def change(part: bytes) -> bytes:
        return re.sub(rb'<dimension ref="[^"]*"\s*/>', b"", part).replace(
            b"<sheetData>", b'<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetData>', 1
        )

    return edit(data, {r"sheet\d+\.xml$": change}, {"customXml/说明.txt".encode("gbk").decode("cp437"): b"wps"})


def prefixed(data: bytes) -> bytes:
    """As some reporting systems write: every element of the sheet under a prefix (x:row, x:c)."""

    def change(part: bytes) -> bytes:
        part = re.sub(rb"<(/?)([A-Za-z])", rb"<\1x:\2", part)
        return part.replace(b" xmlns=", b" xmlns:x=")

    return edit(data, {r"worksheets/sheet\d+\.xml$": change})
