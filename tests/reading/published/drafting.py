"""做表: a draft is filled cell by cell and notes what stands where, so that what is right comes from the making."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import openpyxl
from openpyxl.utils import get_column_letter

from published.records import Amount, Line, Total, Value, Workbook

if TYPE_CHECKING:
    from collections.abc import Sequence

    from published.records import Content, Indicator, Source

WIDE = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
KINDS = {"initial": "initial", "whole": "whole_year", "adjusted": "adjusted whole_year", "spent": "spent"}


class Draft:
    """One sheet in the making. *style* is a set of habits: text, percent, dates, wide, comma."""

    def __init__(self, content: Content, *style: str, sheet: str = "附件1") -> None:
        self.content, self.style, self.row = content, style, 1
        self.book = openpyxl.Workbook()
        self.sheet = self.book.active
        self.sheet.title = sheet
        self.lines: list[Line] = []
        self.amounts: list[Amount] = []
        self.totals: list[Total] = []
        self.cells: dict[str, str] = {}
        self.names: list[str] = []

    # -- cells

    def where(self, column: int, row: int | None = None) -> str:
        """The name of a cell with its sheet."""
        return f"{self.sheet.title}!{get_column_letter(column)}{row or self.row}"

    def put(self, column: int, value: Any, key: str = "", across: int = 1, down: int = 1) -> str:
        """Fill one cell of the present row, merged *across* columns and *down* rows."""
        cell = self.sheet.cell(self.row, column)
        if isinstance(value, Value):
            self.value(cell, value)
        elif isinstance(value, Decimal):
            cell.value = str(value) if "text" in self.style else (int(value) if value == int(value) else float(value))
        elif (
            isinstance(value, str)
            and value.endswith("%")
            and "percent" in self.style
            and value[:-1].replace(".", "").isdigit()
        ):
            number = value[:-1]
            decimals = len(number.partition(".")[2])
            cell.value, cell.number_format = float(Decimal(number) / 100), f"0.{'0' * decimals}%" if decimals else "0%"
        else:
            self.text(cell, value)
        if across > 1 or down > 1:
            last = f"{get_column_letter(column + across - 1)}{self.row + down - 1}"
            self.sheet.merge_cells(f"{cell.coordinate}:{last}")
        where = self.where(column)
        if key:
            self.cells.setdefault(key, where)
        return where

    def points(self, column: int, points: Decimal, key: str) -> str:
        """Points or a score, by some written with 分."""
        return self.put(column, f"{points}分" if "fen" in self.style else points, key)

    def text(self, cell: Any, text: str) -> None:
        """A text, which stays one where it begins with =."""
        cell.value = text or None
        if text.startswith("="):
            cell.data_type, cell.quotePrefix = "s", True

    def value(self, cell: Any, value: Value) -> None:
        """A value as this office writes it."""
        if value.stored is not None:
            cell.value, cell.number_format = value.stored, "h:mm"
            return
        number, decimals = value.number, len(value.number.partition(".")[2])
        if "percent" in self.style and value.unit == "%" and value.text == f"{number}%":
            cell.value, cell.number_format = float(Decimal(number) / 100), f"0.{'0' * decimals}%" if decimals else "0%"
        elif "dates" in self.style and value.day and None not in value.day:
            cell.value, cell.number_format = dt.datetime(*value.day), 'yyyy"年"m"月"d"日"'  # type: ignore[misc] # noqa: DTZ001
        elif "wide" in self.style:
            self.text(cell, value.text.translate(WIDE))
        elif value.text == number:
            cell.value = number if "text" in self.style else float(number)
        else:
            self.text(cell, value.text)

    def line(self, *values: Any, start: int = 1, across: int = 1) -> int:
        """One whole row of cells; the next row is the present one afterwards."""
        for column, value in enumerate(values, start):
            if value not in ("", None):
                self.put(column, value)
        if across > 1:
            self.sheet.merge_cells(
                start_row=self.row, start_column=start, end_row=self.row, end_column=start + across - 1
            )
        self.row += 1
        return self.row - 1

    # -- parts of a table

    def heading(self, title: str, width: int, year: str = "（{}年度）", key: str = "year") -> None:
        """The title, and the year below it."""
        self.line(title, across=width)
        if year:
            self.put(1, year.format(self.content.said("year", str(self.content.year))), key, across=width)
            self.row += 1

    def project(self, name: str) -> None:
        """Names of the projects, in order."""
        self.names.append(name)

    def funds(
        self,
        columns: Sequence[tuple[str, str]],
        *,
        label: str = "项目资金（万元）",
        start: int = 2,
        first: int = 4,
        unit: str = "万元",
        total: str = "年度资金总额",
        parts: str = "{}",
        dash: str = "—",
        sources: bool = True,
    ) -> None:
        """The block of funds: *columns* are (heading, role); sources below the total, the first behind 其中."""
        content = self.content
        height = 1 + (len(content.sources) if sources and len(content.sources) > 1 else 0)
        self.put(1, label, down=height + 1)
        for column, (head, _) in enumerate(columns, first):
            self.put(column, head)
        self.row += 1
        self.funds_row(content.funds, columns, start, first, unit, total, main=True, dash=dash)
        if height > 1:
            for at, source in enumerate(content.sources):
                name = ("其中：" if at == 0 else "") + parts.format(source.name)
                self.funds_row(source, columns, start, first, unit, name, main=False, dash=dash)

    def funds_row(
        self, source: Source, columns: Sequence[tuple[str, str]], start: int, first: int, unit: str, name: str,
        *, main: bool, dash: str,
    ) -> None:  # fmt: skip
        """One row of the funds block."""
        content = self.content
        if start < first:
            self.put(start, name, across=first - start)
        points = earned = None
        where = ""
        for column, (_, role) in enumerate(columns, first):
            if role in KINDS:
                self.money(column, source, role, unit, main=main)
            elif not main:
                if role in ("points", "rate", "earned") and dash:
                    self.put(column, dash)
            elif role == "rate":
                self.put(column, content.rate(), "rate")
            elif role == "points":
                points = content.execution
                where = self.put(column, content.execution, "execution.points")
            elif role == "earned":
                earned = content.execution_earned
                where = self.put(column, earned, "execution.earned")
            elif role == "reason":
                self.put(column, content.reason)
            else:
                self.put(column, role)
        if earned is not None:
            self.totals.append(Total(where, "预算执行率", points, earned, content.name))
        self.row += 1

    def money(self, column: int, source: Source, role: str, unit: str, *, main: bool, row: int | None = None) -> None:
        """One amount and its expectation."""
        number: Decimal = getattr(source, "whole" if role == "adjusted" else role)
        shown = number * 10000 if unit == "元" else number
        if not main:
            shown += Decimal(self.content.stated.get(f"add.{source.name}.{role}", "0"))
        wrong = self.content.stated.get(f"scale.{role}")
        if wrong:
            shown *= Decimal(wrong)
        key = role if main else f"{source.name}.{role}"
        where = self.amount(column, shown, key)
        self.amounts.append(Amount(where, "" if main else source.name, KINDS[role], shown, unit, self.content.name))

    def amount(self, column: int, number: Decimal, key: str = "") -> str:
        """Money as this office writes it."""
        if "comma" in self.style:
            where = self.put(column, f"{number:,.2f}", key)
        else:
            where = self.put(column, number, key)
        if "grouped" in self.style:
            self.sheet.cell(self.row, column).number_format = "#,##0.00"
        return where

    def indicators(
        self,
        columns: Sequence[tuple[str, str]],
        *,
        start: int = 1,
        block: str = "",
        level_points: str = "",
        repeat: bool = False,
        heading: bool = True,
        again: int = 0,
        subtotal: str = "",
        numbered: str = "",
        rows: Sequence[Indicator] | None = None,
        key: str = "row",
    ) -> None:
        """The indicators: *columns* are (heading, role), levels merged or repeated, block a cell before them all."""
        rows = self.content.indicators if rows is None else rows
        top = self.row
        if heading:
            self.heads(columns, start)
        previous: Indicator | None = None
        for at, each in enumerate(rows):
            if again and at == again:
                self.heads(columns, start)
                previous = None
            if subtotal and previous and previous.first != each.first:
                self.subtotal(columns, start, subtotal, [other for other in rows if other.first == previous.first])
            self.indicator(columns, start, at, each, previous, list(rows), level_points, repeat, numbered, again, key)
            previous = each
        if subtotal and previous:
            self.subtotal(columns, start, subtotal, [other for other in rows if other.first == previous.first])
        if block:
            self.sheet.cell(top, start - 1).value = block
            if self.row - top > 1:
                self.sheet.merge_cells(
                    start_row=top, end_row=self.row - 1, start_column=start - 1, end_column=start - 1
                )

    def heads(self, columns: Sequence[tuple[str, str]], start: int) -> None:
        """The headings."""
        for column, (head, _) in enumerate(columns, start):
            self.put(column, head)
        self.row += 1

    def indicator(
        self, columns: Sequence[tuple[str, str]], start: int, at: int, each: Indicator, previous: Indicator | None,
        rows: list[Indicator], level_points: str, repeat: bool, numbered: str, again: int, key: str,
    ) -> None:  # fmt: skip
        """One row."""
        roles = [role for _, role in columns]
        path: list[str] = []
        name_cell = ""
        fresh1 = previous is None or previous.first != each.first
        fresh2 = fresh1 or (previous is not None and previous.second != each.second)
        part = rows[at : again if again and at < again else None]
        span1 = _span(part, lambda other: other.first == each.first)
        span2 = _span(part, lambda other: (other.first, other.second) == (each.first, each.second))
        sum1 = sum((other.points for other in rows if other.first == each.first), Decimal(0))
        sum2 = sum(
            (other.points for other in rows if (other.first, other.second) == (each.first, each.second)), Decimal(0)
        )
        seen: dict[str, Any] = {}
        for column, role in enumerate(roles, start):
            match role:
                case "first":
                    path.append(each.first)
                    if fresh1 or repeat:
                        text = each.first + (level_points.format(sum1) if level_points else "")
                        self.put(column, text, down=1 if repeat else span1)
                case "second":
                    path.append(each.second)
                    if fresh2 or repeat:
                        text = each.second + (
                            level_points.format(sum2) if level_points and "投" in rows[0].first else ""
                        )
                        self.put(column, text, down=1 if repeat else span2)
                case "name":
                    path.append(each.name)
                    name_cell = self.put(
                        column, (numbered.format(at + 1) if numbered else "") + each.name, f"{key}{at}.name"
                    )
                case "name_unit":
                    path.append(each.name)
                    text = f"{each.name}（{each.target.unit}）" if each.target.number else each.name
                    name_cell = self.put(column, text, f"{key}{at}.name")
                case "half" if fresh1:
                    self.put(column, Decimal(50), down=1 if repeat else span1)
                case "first_points" if fresh1:
                    self.put(column, sum1, down=1 if repeat else span1)
                case "second_points" if fresh2:
                    self.put(column, sum2, down=1 if repeat else span2)
                case "target":
                    seen["target"] = each.target
                    self.put(column, each.target, f"{key}{at}.target")
                case "number":
                    seen["target"] = each.target if "sign" in roles else replace(each.target, sign="")
                    number = Decimal(each.target.number) if _number(each.target) else each.target.text
                    self.put(column, number, f"{key}{at}.target")
                case "sign":
                    number = _number(each.target)
                    self.put(column, (each.target.sign or "≥") if number else "定性")
                case "unit":
                    unit = each.target.unit.replace("%", "百分比") if "long" in self.style else each.target.unit
                    self.put(column, unit if _number(each.target) else "/")
                case "actual":
                    seen["actual"] = each.actual
                    self.put(column, each.actual, f"{key}{at}.actual")
                case "actual_number":
                    seen["actual"] = each.actual
                    same = _number(each.actual) and each.actual.unit == each.target.unit
                    self.put(column, Decimal(each.actual.number) if same else each.actual.text, f"{key}{at}.actual")
                case "points":
                    seen["points"] = each.points
                    self.points(column, each.points, f"{key}{at}.points")
                case "earned":
                    seen["earned"] = each.earned
                    self.points(column, each.earned, f"{key}{at}.earned")
                case "reason":
                    self.put(column, each.reason, f"{key}{at}.reason")
                case "standard":
                    self.put(column, each.standard)
                case "coefficient":
                    ratio = each.earned / each.points * 100 if each.points else Decimal(0)
                    self.put(column, f"{ratio.quantize(Decimal(1)) if ratio == ratio.to_integral() else ratio:.4g}%")
                case "project":
                    if at == 0 or repeat:
                        self.put(column, self.content.name, down=1 if repeat else len(rows))
                case "reviewed":
                    self.put(column, each.earned)
                case "forecast":
                    self.put(column, each.target.bare)
                case "likely":
                    self.put(column, "√")
                case "serial":
                    self.put(column, Decimal(at + 1))
                case "explain":
                    self.put(column, f"反映{each.name}的情况")
                case "core":
                    self.put(column, "是" if at % 3 == 0 else "否")
                case _:
                    pass
        target = seen.get("target")
        if target is not None and "sign" in roles and _number(target):
            target = replace(target, sign=target.sign or "≥")
        self.lines.append(
            Line(
                name_cell,
                tuple(path),
                seen.get("points"),
                target,
                seen.get("actual"),
                seen.get("earned"),
                self.content.name,
            )
        )
        self.row += 1

    def subtotal(self, columns: Sequence[tuple[str, str]], start: int, where: str, rows: list[Indicator]) -> None:
        """小计 of a first level, in the column of role *where*."""
        for column, (_, role) in enumerate(columns, start):
            if role == where:
                self.put(column, "小计")
            elif role == "points":
                self.put(column, sum((each.points for each in rows), Decimal(0)))
            elif role == "earned":
                self.put(column, sum((each.earned for each in rows), Decimal(0)))
        self.row += 1

    def total(
        self,
        columns: Sequence[tuple[str, str]],
        start: int = 1,
        name: str = "总分",
        execution: bool = True,
        at: int = 1,
    ) -> None:
        """总分 below the columns of points."""
        points = earned = None
        self.put(at, name, "total")
        where = self.where(at)
        for column, (_, role) in enumerate(columns, start):
            if role == "points":
                points = self.content.points(execution)
                self.points(column, points, "total.points")
            elif role == "earned":
                earned = self.content.total(execution)
                self.points(column, earned, "total.earned")
        self.totals.append(Total(where, "总分", points, earned, self.content.name))
        self.row += 1

    def prose(self, width: int, label: str = "年度总体目标", split: int = 0) -> None:
        """预期目标 beside 实际完成情况."""
        content = self.content
        split = split or width // 2 + 1
        self.put(1, label, down=2)
        self.put(2, "预期目标", across=max(1, split - 2))
        self.put(split, "实际完成情况", across=max(1, width - split + 1))
        self.row += 1
        self.put(2, content.prose("goal"), "goal", across=max(1, split - 2))
        self.put(split, content.prose("done"), "done", across=max(1, width - split + 1))
        self.row += 1

    def finished(self, layout: str, variant: str) -> Workbook:
        """The workbook with what is right about it."""
        out = io.BytesIO()
        self.book.properties.title = "示例数据"
        self.book.save(out)
        content = self.content
        return Workbook(
            layout, variant, out.getvalue(), content.year, content.office, tuple(self.names or [content.name]), self.lines,
            self.amounts, self.totals, self.cells, content.fault,
        )  # fmt: skip


def _number(value: Value) -> bool:
    return value.number.replace(".", "").replace("-", "").isdigit()


def _span(rows: list[Indicator], same: Any) -> int:
    count = 0
    for each in rows:
        if not same(each):
            break
        count += 1
    return count
