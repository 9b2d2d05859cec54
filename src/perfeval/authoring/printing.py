"""印出指标体系表: a framework → the table that a client knows (一级, 二级, 三级, 分值, 指标值, 评分标准).

The rules that the importer reads from prose are printed as prose that it reads back as the same rule; any
other rule is printed as its strategy explains itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from perfeval.authoring.importing.entries import decimal
from perfeval.authoring.importing.framework import STANDARD, WITHIN
from perfeval.authoring.importing.prose import JUDGED
from perfeval.documents.writing import write_whole
from perfeval.documents.xlsx.writing import started
from perfeval.errors import OutputError, Place, problem
from perfeval.formulas.parser import parse
from perfeval.formulas.wording import wording
from perfeval.model.framework import Dimension, Framework, Indicator
from perfeval.model.target import Compared
from perfeval.quantities.formatters import text
from perfeval.strategies.built_in import BUILT_IN
from perfeval.strategies.strategy import Strategy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from os import PathLike
    from pathlib import Path

ENDINGS = (".md", ".xlsx")
_LEVELS = ("一级指标", "二级指标", "三级指标", "四级指标", "五级指标")
_WIDTHS = {"评分标准": 60, "计算公式": 30, "指标值": 18}


class PrintedRow(NamedTuple):
    """表的一行: the levels above (一级指标（50分）), the indicator's name, and its cells."""

    levels: tuple[str, ...]
    name: str
    points: str
    target: str
    unit: str
    standard: str
    actual: str


def rows(framework: Framework) -> tuple[PrintedRow, ...]:
    """One row an indicator, and one for each open dimension, in the order of the tree."""
    return tuple(_rows(framework, framework.parts, ()))


def _rows(framework: Framework, parts: Sequence[Any], above: tuple[str, ...]) -> Iterator[PrintedRow]:
    for part in parts:
        if isinstance(part, Dimension):
            worth = f"（{_points(part)}分）" if part.points is not None else ""
            yield from _rows(framework, part.parts, (*above, part.name + worth))
            if part.open and not any(isinstance(each, Dimension) and each.open for each in part.parts):
                yield PrintedRow((*above, part.name + worth), "", "", "", "", "三级指标由单位填报", "")
        else:
            yield PrintedRow(
                above,
                part.name,
                _points(part),
                "" if part.target is None else part.target.text,
                part.unit,
                standard(framework, part),
                "" if part.actual is None else wording(part.actual),
            )


def _points(part: Dimension | Indicator) -> str:
    return "" if part.points is None else text(part.points).removesuffix("分")


# -- 评分标准 ----------------------------------------------------------------------------------------


def standard(framework: Framework, indicator: Indicator) -> str:
    """The 评分标准 of one indicator: as its table had it, else its rule in words."""
    basis = indicator.basis.text if indicator.basis is not None else ""
    if basis.startswith(STANDARD):
        return basis.removeprefix(STANDARD)
    name, told = _rule(framework, indicator)
    arguments = {str(key): str(value).strip() for key, value in told if isinstance(value, (str, int))}
    if len(arguments) == len(told) and (prose := _prose(name, arguments)):
        return prose
    found = next((each for each in framework.strategies if name in (each.name, *each.aliases)), None)
    return _noted(found or BUILT_IN.get(name), name, told)


def _rule(framework: Framework, indicator: Indicator) -> tuple[str, tuple[tuple[Any, Any], ...]]:
    chosen: Any = indicator.strategy
    if chosen in (None, ""):
        sign = indicator.target.sign if isinstance(indicator.target, Compared) else "定性"
        defaults = {"≥": "正向", ">": "正向", "": "正向", "=": "等于"} | dict(framework.defaults)
        chosen = defaults.get(sign or "无号", defaults.get(sign, ""))
    name, told = chosen if isinstance(chosen, tuple) else (chosen, ())
    return (name.name if isinstance(name, Strategy) else str(name)), tuple(told)


def _noted(strategy: Strategy | None, name: str, told: tuple[tuple[Any, Any], ...]) -> str:
    if strategy is None:
        return name
    if strategy.kind == "评定" and strategy.formula == parse(WITHIN):
        return _PLAIN[JUDGED]
    parts = [strategy.note or (wording(strategy.formula) if strategy.formula is not None else name)]
    parts += [f"{key}：{value}" for key, value in told if not isinstance(value, tuple)]
    return "；".join(parts)


_PLAIN = {
    "正向": "达到指标值得满分，未达到的按完成比例得分",
    "等于": "按完成率计分",
    "达线满分": "达到指标值得满分，否则不得分",
    "限内满分": "达到指标值得满分，否则不得分",
    "是否": "完成得满分，否则不得分",
    "预算执行": "按预算执行率计分",
    JUDGED: "由评分人综合评定",
    "定性三档80/60": "分为达成年度指标、部分达成年度指标并具有一定效果、未达成年度指标且效果较差三档，"
    "分别按照100%-80%（含）、80%-60%（含）、60%-0%合理确定分值",
    "定性三档80/50": "分为达成预期指标、部分达成预期指标并具有一定效果、未达成预期指标且效果较差三档，"
    "分别按照100%-80%（含）、80%-50%（含）、50%-0%合理确定分值",
}
_HOW = {"按比例": "按比例扣分", "满一步": "不足的不扣", "不足一步按一步": "不足的按一步计"}


def _prose(name: str, told: Mapping[str, str]) -> str:
    """The rule in the words that the importer reads; nothing where it reads none of this kind."""
    if not told:
        return _PLAIN.get(name, "")
    for kind, reached, falls in (("超出递减", "不超过", "每超"), ("递减", "达到", "每低")):
        how = _HOW.get(name.removeprefix(kind), "") if name.startswith(kind) else ""
        if how and told.keys() <= {"起点", "每", "扣"} and {"每", "扣"} <= told.keys():
            start = told.get("起点", "指标值").replace(" ", "")
            step, lost = told["每"].replace(" ", ""), told["扣"].replace(" ", "")
            step = step.replace("百分点", "个百分点") if step.endswith("百分点") and "个" not in step else step
            return f"{reached}{start}得满分，{falls}{step}扣{lost}，{how}，扣完为止"
    match name, dict(told):
        case "缺项扣分", {"完成值": each} if len(told) == 1 and "分/" in each:
            points, _, unit = each.replace(" ", "").partition("分/")
            return f"每发现一{unit}扣{points}分，扣完为止"
        case "按数累加", {"每项": each} if "分/" in each:
            points, _, unit = each.replace(" ", "").partition("分/")
            return f"每完成一{unit}得{points}分，加满为止"
        case "分档", lines if "依据" not in lines:
            made = [f"{key.replace(' ', '')}{_award(value)}" for key, value in lines.items()]
            return "，".join(made)
        case "满意度比例按达标线" | "满意度比例按百分", {"达标线": line, "及格线": least}:
            line, least = line.replace(" ", ""), least.replace(" ", "")
            share = f"占{line}的比例" if name.endswith("线") else "满意度×分值"
            return f"≥{line}得满分，{least}（含）-{line}按{share}得分，低于{least}不得分"
        case _:
            return ""


def _award(value: str) -> str:
    value = value.replace(" ", "")
    if value in ("满分", "得满分"):
        return "得满分"
    if value in ("0分", "0", "不得分", "无"):
        return "不得分"
    if value.endswith("%"):
        return f"得{value}的分值"
    return f"扣{value[1:]}" if value.startswith(("-", "扣")) else f"得{value}"


# -- the two papers ---------------------------------------------------------------------------------


def _table(framework: Framework) -> tuple[list[str], list[list[str]], int]:
    """Headings, lines and how many columns of levels there are."""
    made = rows(framework)
    depth = max((len(row.levels) for row in made), default=0)
    heads = [*_LEVELS[:depth], "三级指标" if depth <= 2 else f"{'四五六'[min(depth - 3, 2)]}级指标"]
    units, actuals = any(row.unit for row in made), any(row.actual for row in made)
    heads += ["分值", "指标值", *(["计量单位"] if units else []), "评分标准", *(["计算公式"] if actuals else [])]
    lines = []
    for row in made:
        blank = [""] * (depth - len(row.levels))
        cells = [*row.levels, *blank, row.name, row.points, row.target]
        lines.append([*cells, *([row.unit] if units else []), row.standard, *([row.actual] if actuals else [])])
    return heads, lines, depth


def markdown(framework: Framework) -> str:
    """The table in Markdown; a level stands in its first line only."""
    heads, lines, depth = _table(framework)
    shown = [framework.name, "", f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    before: list[str] = []
    for line in lines:
        cells = list(line)
        for column in range(depth):
            if before[: column + 1] == line[: column + 1]:
                cells[column] = ""
        before = line
        shown.append("| " + " | ".join(cell.replace("|", "／").replace("\n", " ") for cell in cells) + " |")
    total = sum((part.points.base for part in framework.parts if part.points is not None), start=0)
    shown.append(f"| {' | '.join(['合计', *[''] * depth, _number(total), *[''] * (len(heads) - depth - 2)])} |")
    return "\n".join(["# " + shown[0], *shown[1:], ""])


def workbook(framework: Framework) -> bytes:
    """The table as .xlsx, its levels merged. Raises OutputError where XlsxWriter is not installed."""
    from decimal import Decimal

    heads, lines, depth = _table(framework)
    book, out = started(framework.name, "", framework.year)
    sheet = book.add_worksheet("指标体系")
    plain = book.add_format({"border": 1, "text_wrap": True, "valign": "vcenter"})
    bold = book.add_format({"border": 1, "bold": True, "align": "center", "valign": "vcenter"})
    title = book.add_format({"bold": True, "align": "center", "font_size": 14})
    sheet.merge_range(0, 0, 0, len(heads) - 1, framework.name, title)
    for column, head in enumerate(heads):
        sheet.write_string(1, column, head, bold)
        sheet.set_column(column, column, _WIDTHS.get(head, 16))
    for index, line in enumerate(lines, 2):
        for column, cell in enumerate(line[depth:], depth):
            if column == depth + 1 and cell:
                sheet.write_number(index, column, Decimal(cell), plain)
            else:
                sheet.write_string(index, column, cell, plain)
    for top, left, bottom, right in _areas(lines, depth):
        if (top, left) == (bottom, right):
            sheet.write_string(top + 2, left, lines[top][left], plain)
        else:
            sheet.merge_range(top + 2, left, bottom + 2, right, lines[top][left], plain)
    total = sum((part.points.base for part in framework.parts if part.points is not None), start=0)
    sheet.write_string(len(lines) + 2, 0, "合计", bold)
    sheet.write_number(len(lines) + 2, depth + 1, Decimal(_number(total)), bold)
    sheet.repeat_rows(1)
    sheet.fit_to_pages(1, 0)
    sheet.set_landscape()
    book.close()
    return out.getvalue()


def _areas(lines: list[list[str]], depth: int) -> Iterator[tuple[int, int, int, int]]:
    """What stands in the columns of levels: a level over all its lines, and over the levels it skips."""
    for column in range(depth):
        index = 0
        while index < len(lines):
            last = index
            while last + 1 < len(lines) and lines[last + 1][: column + 1] == lines[index][: column + 1]:
                last += 1
            if lines[index][column]:
                if column + 1 < depth and all(not lines[at][column + 1] for at in range(index, last + 1)):
                    right = next((c for c in range(column + 1, depth) if lines[index][c]), depth) - 1
                    yield index, column, last, right
                else:
                    yield index, column, last, column
            index = last + 1


def _number(value: Any) -> str:
    from fractions import Fraction

    return decimal(Fraction(value))


def write(framework: Framework, path: str | PathLike[str], *, overwrite: bool = False) -> Path:
    """Write the table to *path*, .md or .xlsx by its ending; an existing file is left alone unless asked."""
    name = str(path).lower()
    if name.endswith(".xlsx"):
        data = workbook(framework)
    elif name.endswith(".md"):
        data = markdown(framework).encode()
    else:
        raise OutputError(
            problem(
                "table-format",
                "指标体系表写成 {known}，文件名请以其中一个结尾",
                place=Place(source=str(path)),
                known=tuple(ENDINGS),
            )
        )
    return write_whole(path, data, overwrite=overwrite)
