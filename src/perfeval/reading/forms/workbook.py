"""自评表工作簿: the tables of an xlsx → one case as fields, with what could not be read for sure.

One table is the case itself; of several, that of the whole office is, and the others are its projects.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from perfeval.conversion.embedded import Given
from perfeval.documents.cells import Cell, Cells, Fields
from perfeval.documents.grid import SheetRow, text_cell
from perfeval.documents.limits import DEFAULT, Limits
from perfeval.documents.xlsx import reading
from perfeval.documents.xlsx.embedded import documents, is_embedded
from perfeval.errors import InputError, Place, problem
from perfeval.reading.forms import data_sheet, method_sheet, tables as forms
from perfeval.reading.forms.framework_detection import recognised
from perfeval.reading.forms.notes import Notes

if TYPE_CHECKING:
    from perfeval.documents.grid import Grid
    from perfeval.documents.xlsx.reading import Workbook
    from perfeval.model.note import Note
    from perfeval.reading.forms.tables import FormTable

OWN = "framework"


class Taken(NamedTuple):
    """读入的工作簿: the fields of a case, and what a reader of them must know."""

    fields: SheetRow
    notes: tuple[Note, ...]
    rules: tuple[tuple[str, Fields], ...] = ()
    """The documents that the workbook brings along, by kind."""


def read(data: bytes, source: str = "", limits: Limits = DEFAULT) -> Taken:
    """The case that the workbook *data* states.

    Raises InputError for what is no workbook, exceeds *limits* or has no table that its headings tell.
    """
    return taken(reading.read(data, source, limits), source, limits)


def taken(book: Workbook, source: str, limits: Limits = DEFAULT) -> Taken:
    """The case that the tables of *book* state; InputError where there is no table that its headings tell."""
    if not book.sheets:
        raise reading.no_sheet(source)
    notes = Notes()
    tables: list[FormTable] = []
    rules: list[method_sheet.Method] = []
    data = Fields(source)
    carried = book.embedded
    for grid in book.sheets:
        if is_embedded(grid):  # somebody has brought it to light
            carried = grid
            continue
        found = forms.read(grid, notes)
        tables += found
        if not found and not data_sheet.read(grid, notes, data):
            rules += method_sheet.read(grid, notes)
        if found:
            _hidden(grid, notes)
    if not tables:
        raise InputError(forms.nothing_found(source))
    for name in book.hidden:
        notes.note(
            name,
            problem(
                "sheet-hidden",
                "工作表“{name}”是隐藏的，没有读；要读请取消隐藏",
                place=Place(source=source, cell=name),
                name=name,
            ),
        )
    given = Given(documents(carried, source, limits) if carried is not None else ())
    fields = _case(tables, rules, given, notes)
    fields.put("data", data or None)
    fields.put("categories", given.categories)
    return Taken(fields, tuple(notes.found), tuple(given.documents))


def _case(tables: list[FormTable], rules: list[method_sheet.Method], given: Given, notes: Notes) -> SheetRow:
    first = tables[0]
    whole = first if len(tables) == 1 or given.framework is not None else None
    whole = next((table for table in tables if table.of_office), whole) if len(tables) > 1 else whole
    fields = SheetRow(first.grid.source, first.place.cell)
    for table in tables:
        if "office" not in fields:
            fields.put("office", table.office)
        if "year" not in fields:
            fields.put("year", table.year)
    if whole is not None:
        title = whole.title.cell if whole.title is not None else None
        fields.put("title", whole.labels.get("project") or title)
        fields.put("grade", whole.labels.get("grade"))
        fields.put("goals", whole.goals)
        fields.put("achievements", whole.achieved)
        _managed(fields, whole)
        _fill(fields, whole, given.framework, notes, "总分")
        method_sheet.given(rules, "", fields.get(Cell("rows")) or [])
    projects = Cells(first.grid.source)
    seen: dict[str, int] = {}
    for table in tables:
        if table is whole:
            continue
        name = str(table.labels.get("project") or table.grid.name).strip()
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            name = f"{name}（{table.place.cell}）"
        project = SheetRow(table.grid.source, table.place.cell)
        project.put("name", Cell(name))
        project.put("department", table.labels.get("department"))
        project.put("goals", table.goals)
        project.put("achieved", table.achieved)
        project.put("grade", table.labels.get("grade"))
        _fill(project, table, given.of_project(name), notes, name)
        method_sheet.given(rules, name, project.get(Cell("rows")) or [])
        projects.append(project)
    if projects:
        fields.put("projects", projects)
    return fields


def _managed(fields: SheetRow, table: FormTable) -> None:
    """资金管理情况 as a section of words, and the problems that its lines name."""
    if not table.management:
        return
    place = table.management[0][0]
    section, problems = SheetRow(table.grid.source, place._cell), Cells(table.grid.source)
    section.put("title", Cell(forms.MANAGEMENT))
    section.put("text", Cell("\n".join(f"{name}：{text or '—'}" for name, text, _ in table.management)))
    sections = Cells(table.grid.source)
    sections.append(section)
    fields.put("sections", sections)
    for name, _, problem_text in table.management:
        if problem_text is not None:
            issue = SheetRow(table.grid.source, problem_text._cell)
            issue.put("text", text_cell(f"{name}：{problem_text}", table.grid.source, problem_text._cell))
            problems.append(issue)
    fields.put("problems", problems or None)


def _fill(fields: SheetRow, table: FormTable, given: Any, notes: Notes, of: str) -> None:
    """Budget, rows and framework of one table; *given* is the framework that the workbook brings for it."""
    if table.funds is not None and table.funds.budget:
        fields.put("budget", table.funds.budget)
    rows = Cells(table.grid.source)
    rows.extend(table.all_rows())
    if rows:
        fields.put("rows", rows)
    own = given if given is not None else table.labels.get("framework")
    if own is not None:
        fields.put(OWN, own)
        return
    if not rows:
        return
    found = recognised(table)
    if found:
        fields.put(OWN, Cell(found))
        notes.note(
            of,
            problem(
                "framework-recognised",
                "表中没有写明指标体系，按栏目和分值认作“{name}”；若不是，请用 --framework 指定",
                place=table.place,
                name=found,
            ),
        )
    elif not any("points" in row or "earned" in row for row in rows):
        notes.note(
            of,
            problem("table-without-points", "表中没有分值和得分，只核对写出的数，不计分", place=table.place),
        )
    else:
        notes.note(
            of,
            problem(
                "framework-unknown",
                "表中没有写明指标体系，也认不出来，只核对表中写出的数；要核算得分请用 --framework 指定，如 national/project-2020",
                place=table.place,
            ),
        )


def _hidden(grid: Grid, notes: Notes) -> None:
    """Hidden rows and columns count, and that is said."""
    places = sorted(
        {grid_cell.cell._cell for row in grid.order for grid_cell in grid.line(row) if grid.is_hidden(grid_cell)}
    )
    if places:
        notes.note(
            grid.name,
            problem(
                "cells-hidden",
                "有隐藏的行或列（如 {cell}），其中的数照样读入；不要的请删除，要的请取消隐藏",
                place=Place(source=grid.source, cell=places[0]),
                cell=places[0],
            ),
        )
