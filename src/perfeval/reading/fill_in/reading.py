"""填报工作簿: the workbook that ``perfeval template`` writes, filled in → one case as fields.

Cells are told by the words beside and above them. Everything that is wrong is kept with its cell and told
together with what the records themselves refuse.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from perfeval.conversion.collecting import Problems
from perfeval.conversion.field_specs import keys, specs_of
from perfeval.conversion.record import unknown_key
from perfeval.documents import yaml
from perfeval.documents.cells import Cell, Cells, Fields
from perfeval.documents.grid import SheetRow, text_cell
from perfeval.documents.xlsx import embedded
from perfeval.documents.xlsx.embedded import RULES
from perfeval.errors import InputError, Place, problem
from perfeval.model.case import Budget
from perfeval.reading.fill_in.data_rows import ItemRows
from perfeval.reading.fill_in.layout import (
    CONTENT,
    FIELD,
    GIVEN,
    GUIDE,
    LEVELS,
    LISTS,
    MARK,
    NAMES,
    NOTE,
    OPTIONS,
    OWNER,
    UNIT,
    VALUE,
    DataTable,
    RecordForm,
    RecordTable,
    entries,
    sheets,
)
from perfeval.reading.forms.notes import Notes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from perfeval.conversion.field_specs import FieldSpec
    from perfeval.documents.grid import Grid, GridCell
    from perfeval.documents.limits import Limits
    from perfeval.documents.xlsx.reading import Workbook
    from perfeval.errors import Problem
    from perfeval.model.note import Note

_TOP = 12
"""Rows among which the headings are looked for."""


class Filled(NamedTuple):
    """填好的工作簿: the case's fields, the rules within it (YAML documents), what is wrong, what was noticed."""

    fields: Fields
    rules: tuple[Any, ...]
    problems: tuple[Problem, ...]
    remarks: tuple[Note, ...]


def is_ours(book: Workbook) -> bool:
    """Whether the workbook was made by ``perfeval template``: its guide says so, or its first sheet's headings do."""
    for grid in book.sheets:
        if grid.name == GUIDE and any(
            grid_cell.text == MARK for row in grid.order[:_TOP] for grid_cell in grid.line(row)
        ):
            return True
        if grid.name == sheets()[0].name and _heading(grid, (FIELD, CONTENT).__contains__):
            return True
    return False


def read(book: Workbook, source: str, limits: Limits) -> Filled:
    """The case that the workbook *book* states; nothing raises, all that is wrong is told in the result."""
    return _Reader(source, limits).read(book)


class _Reader:
    """Reads one workbook. Not shared, not kept."""

    def __init__(self, source: str, limits: Limits) -> None:
        self.source, self.limits = source, limits
        self.problems, self.remarks = Problems(), Notes()
        self.root = Fields(source)
        self.owned: list[tuple[Cell, tuple[str, ...], SheetRow]] = []
        self.rules: list[Any] = []

    def read(self, book: Workbook) -> Filled:
        grids = {grid.name: grid for grid in book.sheets}
        for sheet in sheets():
            grid = grids.pop(sheet.name, None)
            if grid is None or not grid.order:
                continue
            match sheet:
                case RecordForm():
                    self._form(sheet, grid)
                case RecordTable():
                    self._table(sheet, grid)
                case DataTable():
                    self._data(sheet, grid)
        self._own_rows()
        rules = grids.pop(RULES, book.embedded)
        if rules is not None:
            self.problems.trying(Place(source=self.source, cell=RULES), self._rules, rules)
        self._left_over([name for name in grids if name != GUIDE], book.hidden)
        return Filled(self.root, tuple(self.rules), tuple(self.problems.found), tuple(self.remarks.found))

    # -- what stands in a cell ----------------------------------------------------------------------

    def known(self, grid_cell: GridCell | None) -> Cell | None:
        """The text of a cell; nothing where it is blank, a problem where its formula failed."""
        tried = Notes()
        found = tried.known("", grid_cell)
        for remark in tried.found:
            self.problems.keep(remark.problem)
        return found

    def value(self, slot: FieldSpec, cell: Cell) -> Any:
        """What a cell says of the field *slot*: spaces at the ends count in words and nowhere else."""
        bare = cell.strip()
        whole = (
            cell if bare == cell or (slot.kind in ("text", "texts") and slot.name not in NAMES) else _like(cell, bare)
        )
        if slot.kind == "strategy" and bare.startswith("{"):
            return self.problems.trying(cell, self._braced, cell)
        return whole

    def _braced(self, cell: Cell) -> Any:
        """A method with its arguments, as a case's file writes it, every part of it at the cell."""
        try:
            read = yaml.read(cell, self.source, self.limits)
        except InputError as error:
            raise InputError(*(each.at(cell.place) for each in error.problems)) from None
        return embedded.moved(read[0], lambda _: (cell._source, cell._cell)) if read else None

    # -- one sheet ----------------------------------------------------------------------------------

    def _form(self, sheet: RecordForm, grid: Grid) -> None:
        head = self._found(grid, (FIELD, CONTENT).__contains__, f"{FIELD}、{CONTENT}")
        columns = {grid_cell.text: grid_cell.column for grid_cell in grid.line(head)} if head else {}
        if FIELD not in columns or CONTENT not in columns:
            return
        known, blank = keys(sheet.record), dict[str, Cell]()
        into: Fields | None = None
        for row in grid.below(head):
            label, written = grid.at(row, columns[FIELD]), self.known(grid.at(row, columns[CONTENT]))
            slot = known.get(label.text) if label is not None else None
            if written is None:
                if slot is not None and slot.kind == "figures":
                    blank.setdefault(slot.name, grid.blank(row, columns[CONTENT]))
            elif label is None:
                self.problems.add(
                    "template-no-field",
                    "这一行填了内容，没有写栏目；请在“{heading}”写明是哪一栏",
                    place=written.place,
                    heading=FIELD,
                )
            elif slot is None:
                self.problems.keep(unknown_key(_like(label.cell, label.text), known, written))
            else:
                into = self._at(sheet.path, grid) if into is None else into
                self._put(into, slot, written, blank)

    def _put(self, into: Fields, slot: FieldSpec, written: Cell, blank: Mapping[str, Cell]) -> None:
        key = Cell(slot.name)
        if slot.kind in LISTS:
            if slot.name in blank:
                self.problems.add(
                    "template-gap",
                    "“{term}”要依次填，这里空着，后面又填了；没有的请填 0",
                    place=blank[slot.name].place,
                    term=slot.term,
                )
            into.setdefault(key, Cells(self.source)).append(self.value(slot, written))
        elif key in into:
            self.problems.add("template-twice", "“{term}”填了两次；请只留一处", place=written.place, term=slot.term)
        else:
            into[key] = self.value(slot, written)

    def _table(self, sheet: RecordTable, grid: Grid) -> None:
        own, flat = keys(sheet.record), {slot.name for slot in sheet.flat}
        known = {key: slot for key, slot in keys(Budget).items() if slot.name in flat} if flat else {}
        known = {**known, **own}
        if sheet.shared:
            known = {**known, OWNER: own[specs_of(sheet.record)[0].name]}
        head = self._found(grid, lambda text: _bare(text, known) in known, sheet.fields[0].term)
        if not head:
            return
        columns = self._columns(grid, head, known)
        into: Cells | None = None
        for row in grid.below(head):
            cells = {heading: cell for heading, cell in self._cells(grid, row, columns) if cell}
            said = {heading: cell for heading, cell in cells.items() if heading not in GIVEN}
            if not said or (len(said) < len(cells) and len(said) == 1):  # a line that the framework alone fills
                continue
            owner = said.pop(OWNER, None) if sheet.shared else None
            line = self._line(said, known, own, row, grid)
            line.blanks = {
                own[heading].name: grid.blank(row, column)
                for column, heading in columns.items()
                if heading in own and heading not in said
            }
            if owner is not None:
                self.owned.append((_like(owner, owner.strip()), sheet.path, line))
            else:
                if into is None:
                    *above, last = sheet.path
                    into = self._at(tuple(above), grid).setdefault(Cell(last), Cells(self.source))
                into.append(line)

    def _line(
        self,
        said: Mapping[str, Cell],
        known: Mapping[str, FieldSpec],
        own: Mapping[str, FieldSpec],
        row: int,
        grid: Grid,
    ) -> SheetRow:
        line = SheetRow(self.source, next((cell._cell for cell in said.values()), grid.address(row, 1)))
        for heading, cell in said.items():
            slot = known[heading]
            into = line if heading in own else line.setdefault(Cell("budget"), SheetRow(self.source, line._cell))
            if slot.kind in LISTS:
                values = Cells(self.source)
                values.extend(self.value(slot, _like(cell, part)) for part in entries(cell))
                into[Cell(slot.name)] = values
            else:
                into[Cell(slot.name)] = self.value(slot, cell)
        return line

    def _data(self, sheet: DataTable, grid: Grid) -> None:
        head = self._found(grid, {*LEVELS, VALUE, UNIT}.__contains__, f"{LEVELS[0]}、{VALUE}")
        if not head:
            return
        columns = {grid_cell.column: grid_cell.text for grid_cell in grid.line(head)}
        items = ItemRows(self.problems)
        for row in grid.below(head):
            cells = ((heading, cell) for heading, cell in self._cells(grid, row, columns) if cell)
            items.add({heading: cell if heading == NOTE else _like(cell, cell.strip()) for heading, cell in cells})
        if items.top:
            self.root[Cell(sheet.path[0])] = items.fields(self.source, grid.name)

    def _cells(self, grid: Grid, row: int, columns: Mapping[int, str]) -> Iterator[tuple[str, Cell | None]]:
        for grid_cell in grid.line(row):
            if grid_cell.column in columns:
                yield columns[grid_cell.column], self.known(grid_cell)

    # -- headings -----------------------------------------------------------------------------------

    def _found(self, grid: Grid, fits: Callable[[str], bool], wanted: str) -> int:
        head = _heading(grid, fits)
        if not head:
            self.problems.add(
                "template-no-heading",
                "工作表“{name}”里找不到表头（{wanted}）；表头不要改动，请用原来的工作簿填写",
                place=Place(source=self.source, cell=grid.name),
                name=grid.name,
                wanted=wanted,
            )
        return head

    def _columns(self, grid: Grid, head: int, known: Mapping[str, FieldSpec]) -> dict[int, str]:
        """The heading of each column; one that nothing bears or that stands twice is a problem if it is used."""
        found: dict[int, str] = {}
        used = {grid_cell.column for row in grid.below(head) for grid_cell in grid.line(row)}
        for grid_cell in grid.line(head):
            text = grid_cell.text if grid_cell.text in GIVEN else _bare(grid_cell.text, known)
            if text not in known and text not in GIVEN:
                if grid_cell.column in used:
                    self.problems.keep(unknown_key(_like(grid_cell.cell, grid_cell.text), known, ""))
            elif text in found.values() and grid_cell.column in used:
                self.problems.add(
                    "template-heading-twice",
                    "表头“{heading}”有两栏；请只留一栏",
                    place=grid_cell.cell.place,
                    heading=text,
                )
            else:
                found[grid_cell.column] = text
        return found

    # -- the whole ----------------------------------------------------------------------------------

    def _at(self, path: tuple[str, ...], grid: Grid) -> Fields:
        into = self.root
        for name in path:
            into = into.setdefault(Cell(name), SheetRow(self.source, grid.name))
        return into

    def _own_rows(self) -> None:
        """Give each project its own rows and lines."""
        projects: dict[str, list[Fields]] = {}
        for project in self.root.get(Cell("projects")) or ():
            projects.setdefault(str(project.get(Cell("name"), "")).strip(), []).append(project)
        for owner, path, line in self.owned:
            found = projects.get(owner, [])
            if len(found) != 1:
                self.problems.add(
                    "template-owner-unknown",
                    "“项目”工作表里没有唯一的“{name}”；请照那里的项目名称写，有：{known}",
                    place=owner.place,
                    name=str(owner),
                    known=tuple(projects),
                )
                continue
            into = found[0]
            *above, last = path
            for name in above:
                into = into.setdefault(Cell(name), SheetRow(self.source, line._cell))
            into.setdefault(Cell(last), Cells(self.source)).append(line)

    def _rules(self, grid: Grid) -> None:
        """Frameworks and categories that the workbook brings along."""
        self.rules = embedded.documents(grid, self.source, self.limits)

    def _left_over(self, unknown: list[str], hidden: tuple[str, ...]) -> None:
        for name in unknown:
            self.remarks.note(
                name,
                problem(
                    "template-sheet-unknown",
                    "工作表“{name}”不是这本工作簿的，没有读；要读的内容请填进原有的工作表",
                    place=Place(source=self.source, cell=name),
                    name=name,
                ),
            )
        for name in hidden:
            if name != OPTIONS:
                self.remarks.note(
                    name,
                    problem(
                        "sheet-hidden",
                        "工作表“{name}”是隐藏的，没有读；要读请取消隐藏",
                        place=Place(source=self.source, cell=name),
                        name=name,
                    ),
                )


def _heading(grid: Grid, fits: Callable[[str], bool]) -> int:
    """The first row, among the topmost, in which two words or more are headings; 0 where none is."""
    for row in grid.order[:_TOP]:
        if sum(fits(grid_cell.text) for grid_cell in grid.line(row)) >= 2:
            return row
    return 0


def _bare(text: str, known: Mapping[str, Any]) -> str:
    """A heading without the unit behind it: 年初预算数（万元）."""
    return text if text in known else text.partition("（")[0].strip()


def _like(cell: Cell, text: str) -> Cell:
    """*text* at the place of *cell*; a number's cell keeps what it stores."""
    return cell if text == cell else text_cell(text, cell._source, cell._cell)
