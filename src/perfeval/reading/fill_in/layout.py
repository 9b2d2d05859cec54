"""填报工作簿的样子: which sheets a case has as a workbook — derived from the records' fields, one topic a sheet.

Written by :mod:`perfeval.reading.fill_in.template`, read by :mod:`perfeval.reading.fill_in.reading`: both ask here, so that
what is written reads back. A field that a record gains has its line or column without a change here.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from perfeval.conversion.field_specs import FieldSpec, specs_of
from perfeval.model.case import Budget, Case, Project

MARK = "perfeval: workbook/1"
"""What stands in the guide's first cell: by this a workbook is known, whatever its file is called."""
GUIDE, OPTIONS = "填写说明", "选项"
"""The guide, the (hidden) lists behind the drop-downs."""
FIELD, CONTENT, UNIT, HOW = "栏目", "填写内容", "计量单位", "怎样填"
"""The headings of a form."""
GIVEN_POINTS, GIVEN_TARGET = "体系分值", "体系指标值"
"""What the framework says of a row: to be looked at, never read."""
GIVEN = (GIVEN_POINTS, GIVEN_TARGET, HOW)
OWNER = "项目"
"""The column that says of which project a line is; blank for the office's own."""
LEVELS = ("一级名称", "二级名称", "三级名称", "四级名称", "五级名称", "六级名称", "七级名称", "八级名称")
DIRECTION, VALUE = "增减", "数值"
PERIOD, AS_OF, NOTE = "期间", "截至", "说明"
DIRECTIONS = ("增长", "下降", "持平")
LISTS = frozenset(("texts", "figures", "categories"))
"""Kinds of fields that hold several values: lines of a form, lines within a cell of a table."""
NAMES = frozenset(("name", "of", "code"))
"""Fields by which a record is called: spaces at their ends are slips."""
RARE = frozenset(("reviewed", "waivers"))
"""What only a reviewer fills: its sheets are there where a case has it."""


class RecordForm(NamedTuple):
    """表单: one record, a line a field; ``path`` is where it stands in the case."""

    name: str
    path: tuple[str, ...]
    record: type
    fields: tuple[FieldSpec, ...]


class RecordTable(NamedTuple):
    """表: records of one kind, a row each; ``shared`` where a project has such rows too, told by its name."""

    name: str
    path: tuple[str, ...]
    record: type
    fields: tuple[FieldSpec, ...]
    shared: bool = False
    flat: tuple[FieldSpec, ...] = ()
    """Fields of the budget that stand in the record's own row."""


class DataTable(NamedTuple):
    """数据表: items within items, a row each with the names of all levels."""

    name: str
    path: tuple[str, ...]


Sheet = RecordForm | RecordTable | DataTable


@lru_cache(maxsize=1)
def sheets() -> tuple[Sheet, ...]:
    """Every sheet that a case can have, the office itself first."""
    own = tuple(slot for slot in specs_of(Case) if slot.kind != "remarks")  # a reader's own, nobody's to fill
    single = tuple(slot for slot in own if slot.holds is None and slot.kind not in ("texts", "items"))
    several = tuple(slot for slot in own if slot.kind == "texts")
    found: list[Sheet] = [
        RecordForm("基本情况", (), Case, tuple(slot for slot in own if slot in single or slot.kind == "framework")),
        RecordForm("目标成效措施", (), Case, several),
    ]
    taken = {sheet.name for sheet in found}
    for slot in own:
        if slot.kind == "items":
            found.append(DataTable(slot.term, (slot.name,)))
        elif slot.kind != "framework" and slot.holds is not None:
            found += _of(slot, (), taken)
        taken.update(sheet.name for sheet in found)
    return tuple(found)


def _of(slot: FieldSpec, above: tuple[str, ...], taken: set[str]) -> list[Sheet]:
    """The sheet of one field that holds records, and those of what they hold."""
    record, path = slot.holds, (*above, slot.name)
    assert record is not None  # noqa: S101 - the caller has asked
    name = slot.term if slot.term not in taken else f"{_term(above)}{slot.term}"
    below = specs_of(record)
    plain = tuple(each for each in below if each.holds is None or each.kind == "framework")
    if slot.kind == "record":
        found: list[Sheet] = [RecordForm(name, path, record, plain)]
        for each in below:
            if each not in plain:
                found += _of(each, path, taken | {name})
        return found
    shared = record in _records_of_projects() and above in ((), ("budget",))
    flat = tuple(each for each in specs_of(Budget) if each.holds is None) if record is Project else ()
    return [RecordTable(name, path, record, plain, shared, flat)]


def _term(path: tuple[str, ...]) -> str:
    return next(slot.term for slot in specs_of(Case) if slot.name == path[0])


def _records_of_projects() -> set[type | None]:
    """Records of which a project has its own: its rows, and the lines of its budget."""
    return {slot.holds for record in (Project, Budget) for slot in specs_of(record) if slot.holds not in (None, Budget)}


def rare(sheet: Sheet) -> bool:
    """Whether the sheet is left out where a case has nothing for it."""
    return bool(sheet.path) and sheet.path[0] in RARE


def heading(slot: FieldSpec) -> str:
    """A column's heading: the official term, with the unit that a bare number has."""
    return f"{slot.term}（{slot.unit}）" if slot.unit else slot.term


def entries(text: str) -> list[str]:
    """The entries of a cell that holds several: one a line; a line that ends in a backslash goes on in the next."""
    found: list[str] = []
    goes_on = False
    for line in text.split("\n"):
        own = line.removesuffix("\\")
        if goes_on:
            found[-1] += f"\n{own}"
        elif line.strip():
            found.append(own)
        goes_on = own != line and bool(found)
    return found


def in_one_cell(values: list[str]) -> str:
    """Several entries as they stand in one cell; :func:`entries` gives them again."""
    return "\n".join(value.replace("\n", "\\\n") for value in values)
