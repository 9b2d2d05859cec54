"""填报工作簿的各页: what stands in which cell of each sheet — headings, notes, what is known, lines to fill, choices."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from perfeval.documents.grid import amount
from perfeval.locales.width import widest
from perfeval.model.case import Budget
from perfeval.model.framework import Dimension, Indicator
from perfeval.reading.fill_in import layout, words
from perfeval.reading.fill_in.data_rows import split
from perfeval.reading.fill_in.layout import LEVELS, LISTS, OWNER, DataTable, RecordForm, RecordTable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from perfeval.conversion.field_specs import FieldSpec
    from perfeval.reading.fill_in.choices import Lists

SPARE, MONTHS = 20, 12
"""Blank lines that a table shows (more can be written below), months of a year."""
WIDTHS = {
    "of": 34.0,
    "text": 44.0,
    "measure": 40.0,
    "reason": 30.0,
    "achieved": 30.0,
    "goals": 30.0,
    "title": 24.0,
    "unit": 10.0,
    "likely": 14.0,
}
BY_KIND = {"figure": 13.0, "figures": 13.0, "target": 18.0, "strategy": 20.0, "framework": 26.0, "whole": 9.0}
_BARE = re.compile(r"(?:[^\W_]|[≥≤±（]|-(?=\d))[\w≥≤±%.（）/—～-]*(?: [\w≥≤%.（）/—～-]+)*")


class FillInColumn(NamedTuple):
    """栏: a heading, what is said of it, its width; a given one is not filled in; ``list_name`` offers choices."""

    heading: str
    note: str = ""
    how: str = ""
    width: float = 14.0
    given: bool = False
    list_name: str = ""


class FillInPage(NamedTuple):
    """页: one sheet as it will stand; ``labelled`` rows of a form have their label and notes fixed."""

    name: str
    note: str
    columns: tuple[FillInColumn, ...]
    rows: list[list[str]]
    spare: int = SPARE
    labelled: bool = False
    choices: dict[tuple[int, int], str] = {}  # noqa: RUF012 - a default that nobody changes
    """Lists that single cells offer, by row and column."""


def pages(data: Mapping[str, Any], lists: Lists) -> Iterator[FillInPage]:
    """The pages for *data*, a case as a file would have it; sheets that only reviewers fill only where there is something."""
    for sheet in layout.sheets():
        if layout.rare(sheet) and sheet.path[0] not in data:
            continue
        match sheet:
            case RecordForm():
                yield _form(sheet, data, lists)
            case RecordTable():
                yield _table(sheet, data, lists)
            case DataTable():
                yield _data(sheet, data, lists)


def _at(data: Mapping[str, Any], path: Sequence[str]) -> Any:
    """What *data* has at *path*; nothing where it has nothing."""
    for name in path:
        data = data.get(name) or {}
    return data


def _form(sheet: RecordForm, data: Mapping[str, Any], lists: Lists) -> FillInPage:
    own = _at(data, sheet.path)
    columns = (
        FillInColumn(layout.FIELD, width=18.0, list_name=sheet.name),
        FillInColumn(layout.CONTENT, width=62.0),
        FillInColumn(layout.UNIT, width=10.0, given=True),
        FillInColumn(layout.HOW, width=46.0, given=True),
    )
    rows: list[list[str]] = []
    choices: dict[tuple[int, int], str] = {}
    for slot in sheet.fields:
        written = own.get(slot.name, [] if slot.kind in LISTS else "")
        values = list(written) if isinstance(written, list) else [written]
        if slot.kind in LISTS:
            least = MONTHS if slot.kind == "figures" else max(len(values) + 2, 3)
            values += [""] * (least - len(values))
        for at, value in enumerate(values):
            how = "；".join(filter(None, (words.meaning(sheet.record, slot), words.kind(slot))))
            if at:
                how = f"{at + 1}月" if slot.kind == "figures" else ""
            if name := lists.of(sheet.record, slot):
                choices[len(rows), 1] = name
            rows.append([slot.term, _written(value), slot.unit, how])
    lists.add(sheet.name, [slot.term for slot in sheet.fields])
    open_ended = any(slot.kind in LISTS for slot in sheet.fields)
    return FillInPage(
        sheet.name, words.SHEETS.get(sheet.name, ""), columns, rows, 8 if open_ended else 0, True, choices
    )


def _table(sheet: RecordTable, data: Mapping[str, Any], lists: Lists) -> FillInPage:
    columns: list[FillInColumn] = []
    takes: list[FieldSpec | str] = []
    if sheet.shared:
        columns.append(FillInColumn(OWNER, "本单位的空着", "照“项目”工作表里的项目名称写", 18.0, list_name=OWNER))
        takes.append(OWNER)
    for slot in (*sheet.fields, *sheet.flat):
        columns.append(_column(sheet, slot, lists))
        takes.append(slot)
        if slot.name == "of" and sheet.path == ("rows",):
            columns += [FillInColumn(each, "供对照，不用填", width=10.0, given=True) for each in layout.GIVEN[:2]]
            takes += layout.GIVEN[:2]
    if layout.GIVEN_POINTS in takes:
        columns.append(FillInColumn(layout.HOW, "供对照，不用填", width=30.0, given=True))
        takes.append(layout.HOW)
    rows = [[_cell(record, take, owner, lists) for take in takes] for owner, record in _records(sheet, data, lists)]
    choices = {
        (at, takes.index(slot)): name
        for at, (_, record) in enumerate(_records(sheet, data, lists))
        for slot in sheet.fields
        if slot.name == "actual" and (name := lists.answers(record))
    }
    return FillInPage(sheet.name, words.SHEETS.get(sheet.name, ""), tuple(columns), rows, choices=choices)


def _column(sheet: RecordTable, slot: FieldSpec, lists: Lists) -> FillInColumn:
    record = Budget if slot in sheet.flat else sheet.record
    heading = layout.heading(slot)
    wide = max(WIDTHS.get(slot.name) or BY_KIND.get(slot.kind) or 20.0, min(widest(heading) + 3.0, 19.0))
    return FillInColumn(heading, words.meaning(record, slot), words.kind(slot), wide, list_name=lists.of(record, slot))


def _records(sheet: RecordTable, data: Mapping[str, Any], lists: Lists) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Whose each record is, and the record: the office's own, the projects', then what the framework has besides."""
    for record in _at(data, sheet.path) or ():
        yield "", record
    if sheet.shared:
        for project in data.get("projects", ()):
            for record in _at(project, sheet.path) or ():
                yield project.get("name", ""), record
    if sheet.path == ("rows",):
        said = {record["of"] for record in data.get("rows", ())}
        for path, part in lists.parts.items():
            if path not in said and part.name not in said:
                yield "", {"of": path, layout.HOW: _how(part), **_given(part)}


def _given(part: Any) -> dict[str, str]:
    points = "—" if part.points is None else str(part.points).removesuffix("分")
    return {layout.GIVEN_POINTS: points, layout.GIVEN_TARGET: getattr(getattr(part, "target", None), "text", "") or ""}


def _how(part: Any) -> str:
    match part:
        case Dimension(open=True):
            return "在它下面自己添三级指标：另起一行，写成 上级/名称"
        case Dimension():
            return "各下级之和；可以只写得分"
        case Indicator(actual=actual) if actual is not None:
            return f"完成值由数据算出：{actual}"
    return ""


def _cell(record: Mapping[str, Any], take: FieldSpec | str, owner: str, lists: Lists) -> str:
    if isinstance(take, str):
        if take == OWNER:
            return owner
        if take in record:
            return str(record[take])
        part = lists.parts.get(record.get("of", "")) if len(record) > 1 else None
        return "" if part is None or take == layout.HOW else _given(part)[take]
    value = record.get(take.name, record.get("budget", {}).get(take.name, ""))
    return layout.in_one_cell(value) if isinstance(value, list) else _written(value)


def _written(value: Any) -> str:
    """A value as its cell has it; one that showed fewer digits than it stored keeps both."""
    match value:
        case str():
            return value
        case {"shown": str(shown), "stored": str(stored), **more} if not more:
            return amount(shown, stored, "", "")
        case _:
            return inline(value)


def inline(value: Any) -> str:
    """A method with its arguments as one writes it in a cell: {递减按比例: {每: 1 百分点, 扣: 0.5 分}}."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{inline(str(key))}: {inline(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(inline, value)) + "]"
    text = str(value)
    if _BARE.fullmatch(text):
        return text
    import json

    return json.dumps(text, ensure_ascii=False)


# -- data ------------------------------------------------------------------------------------------


def _data(sheet: DataTable, data: Mapping[str, Any], lists: Lists) -> FillInPage:
    stated = list(_items(data.get(sheet.path[0], {}), ()))
    known = {names for names, _ in stated}
    declared = [(names, unit) for names, unit in lists.declared if names not in known]
    deep = max((len(names) for names, *_ in (*stated, *declared)), default=0)
    levels = LEVELS[: max(deep, 3)]
    rest = (layout.DIRECTION, layout.VALUE, layout.UNIT, layout.PERIOD, layout.AS_OF, layout.NOTE)
    wide = dict.fromkeys(levels, 22.0) | {layout.DIRECTION: 9.0, layout.UNIT: 12.0, layout.VALUE: 26.0}
    offered = {LEVELS[0]: "titles", layout.DIRECTION: "directions", layout.UNIT: "units"}
    columns = tuple(
        FillInColumn(word, words.DATA.get(word, ""), width=wide.get(word, 24.0), list_name=offered.get(word, ""))
        for word in (*levels, *rest)
    )
    rows = [
        [*names, *[""] * (len(levels) - len(names)), *cells]
        for names, cells in ((n, _row(c, lists)) for n, c in stated)
    ]
    rows += [[*names, *[""] * (len(levels) - len(names)), "", "", unit, "", "", ""] for names, unit in declared]
    return FillInPage(sheet.name, words.SHEETS.get(sheet.name, ""), columns, rows)


def _row(stated: Mapping[str, str], lists: Lists) -> list[str]:
    direction, value, unit = split(stated.get("is", ""), lists.known_units)
    return [direction, value, unit, stated.get("period", ""), stated.get("as_of", ""), stated.get("note", "")]


def _items(items: Mapping[str, Any], above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Mapping[str, str]]]:
    """The names of all levels and what is said there, a line for each place that states an item."""
    for name, below in items.items():
        path = (*above, name)
        own = below if isinstance(below, dict) else {"is": below}
        figures = own.get("is", [])
        figures = [figures] if isinstance(figures, str) else list(figures)
        said = {key: own[key] for key in ("period", "as_of", "note") if key in own}
        if figures or said:
            yield path, {**said, **({"is": figures[0]} if figures else {})}
        for figure in figures[1:]:
            yield path, {"is": figure}
        yield from _items({key: each for key, each in own.items() if key not in ("is", *said)}, path)
