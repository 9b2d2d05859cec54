"""xlsx: bytes → the sheets of a workbook, each number as the file stores it and as its cell shows it.

Read from the file's own XML: a library that hands out floats has lost the decimal text. What the sheet
says of its own size (dimension) is not asked. Everything is bounded; nothing is calculated.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from perfeval.documents.grid import SMALL, Area, Grid, GridCell, amount, column_of, letters, text_cell, whole_number
from perfeval.documents.limits import DEFAULT, Limits, too_long, too_many
from perfeval.documents.xlsx.embedded import RULES, is_embedded
from perfeval.documents.xlsx.number_formats import BUILT_IN, Shown, number, shown
from perfeval.documents.xlsx.package import Package, local
from perfeval.errors import InputError, Place, problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_SPARE = 10
"""Cells that only carry a border count a tenth."""
_LARGE = 10_000
"""What a large merged area costs, since each is asked about many cells."""
_CONTROL = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFEFF, 0x200B))


class Workbook(NamedTuple):
    """工作簿: the visible sheets, and the names of the hidden ones, which nobody sees and nothing reads."""

    sheets: tuple[Grid, ...]
    hidden: tuple[str, ...] = ()
    embedded: Grid | None = None
    """The hidden sheet of rules, where the program wrote it itself."""


class Located(NamedTuple):
    """各部分的位置: the parts of a workbook by what they are."""

    main: str
    sheets: tuple[tuple[str, str, str], ...]
    """Name, state (hidden …) and part of each worksheet, in order."""
    kinds: Mapping[str, str]
    """The parts that the workbook itself names, by kind: styles, sharedStrings, calcChain …"""
    from_1904: bool


class _Styles(NamedTuple):
    formats: Sequence[str]
    """The number format of each cell style."""
    texts: Sequence[str]
    """Shared strings."""
    from_1904: bool


def read(data: bytes, source: str = "", limits: Limits = DEFAULT) -> Workbook:
    """The sheets of the workbook *data*.

    Raises InputError for what is no xlsx, is damaged or encrypted, carries entities, or exceeds *limits*.
    """
    package = Package(data, source, limits)
    found = located(package)
    kinds = found.kinds
    strings, styles = kinds.get("sharedStrings", ""), kinds.get("styles", "")
    common = _Styles(
        formats(package, styles) if styles in package else (),
        _strings(package, strings) if strings in package else (),
        found.from_1904,
    )
    left = [limits.cells * _SPARE]
    sheets, hidden, rules = [], [], None
    for name, state, target in found.sheets:
        is_hidden = state in ("hidden", "veryHidden")
        if is_hidden and name != RULES:
            hidden.append(name)
            continue
        grid = _Sheet(package, name, common, left).grid(package.read(target))
        if not is_hidden:
            sheets.append(grid)
        elif is_embedded(grid):
            rules = grid
        else:
            hidden.append(name)
    return Workbook(tuple(sheets), tuple(hidden), rules)


def located(package: Package) -> Located:
    """Where the worksheets, styles and strings of *package* are; raises InputError for another kind of file."""
    main = package.workbook()
    folder = main.rpartition("/")[0]
    targets: dict[str, str] = {}
    kinds: dict[str, str] = {}
    relations = f"{folder}/_rels/{main.rpartition('/')[2]}.rels"
    for target, kind, mark in package.relations(relations, folder) if relations in package else ():
        targets[mark] = target
        kinds[kind.rpartition("/")[2]] = target
    listed, from_1904 = _listed(package, main)
    sheets = [(name, state, targets.get(mark, "")) for name, state, mark in listed]  # a chart sheet is none of them
    return Located(
        main, tuple(each for each in sheets if each[2] in package and "worksheets/" in each[2]), kinds, from_1904
    )


def _listed(package: Package, main: str) -> tuple[list[tuple[str, str, str]], bool]:
    """Name, state and relation of each sheet in order; whether days count from 1904."""
    found: list[tuple[str, str, str]] = []
    from_1904 = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal from_1904
        kind = local(tag)
        if kind == "sheet":
            mark = next((value for key, value in attributes.items() if local(key) == "id" and ":" in key), "")
            found.append((attributes.get("name", ""), attributes.get("state", ""), mark))
        elif kind == "workbookPr":
            from_1904 = attributes.get("date1904") in ("1", "true")

    package.parse(package.read(main), start)
    return found, from_1904


def formats(package: Package, name: str) -> list[str]:
    """The number format of each cell style, in order."""
    own: dict[int, str] = {}
    ids: list[int] = []
    within = [False]

    def start(tag: str, attributes: dict[str, str]) -> None:
        kind = local(tag)
        if kind == "numFmt":
            own[whole_number(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif kind == "cellXfs":
            within[0] = True
        elif kind == "xf" and within[0]:
            ids.append(whole_number(attributes.get("numFmtId")))

    def end(tag: str) -> None:
        if local(tag) == "cellXfs":
            within[0] = False

    package.parse(package.read(name), start, end)
    return [own.get(each) or BUILT_IN.get(each, "") for each in ids]


def _strings(package: Package, name: str) -> list[str]:
    """The shared strings; readings of characters (phonetic runs) are left out."""
    found: list[str] = []
    buffer: list[str] = []
    depth = {"t": 0, "rPh": 0}
    most = package.limits.cells

    def start(tag: str, _attributes: dict[str, str]) -> None:
        kind = local(tag)
        if kind == "si":
            buffer.clear()
            if len(found) >= most:
                raise too_many(package.limits, package.place)
        elif kind in depth:
            depth[kind] += 1

    def end(tag: str) -> None:
        kind = local(tag)
        if kind == "si":
            found.append("".join(buffer))
        elif kind in depth:
            depth[kind] -= 1

    def text(data: str) -> None:
        if depth["t"] and not depth["rPh"]:
            buffer.append(data)

    package.parse(package.read(name), start, end, text)
    return found


class _Sheet:
    """One sheet in the making: its XML goes by once."""

    def __init__(self, package: Package, name: str, common: _Styles, left: list[int]) -> None:
        self.package, self.name, self.common, self.left = package, name, common, left
        self.grid_cells: list[GridCell] = []
        self.merges: list[Area] = []
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[tuple[int, int]] = []
        self.row = self.column = 0
        self.kind = self.style = ""
        self.formula = False
        self.value: list[str] = []
        self.taking = 0
        self.silent = 0
        self.shown: dict[tuple[str, str], Shown] = {}

    def grid(self, part: bytes) -> Grid:
        """The sheet's grid."""
        self.package.parse(part, self._start, self._end, self._text)
        return Grid(
            self.name, self.package.place.source, self.grid_cells, self.merges, self.hidden_rows, self.hidden_columns
        )

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag[tag.find(":") + 1 :]
        if tag == "c":
            self._begin(attributes)
        elif tag in ("v", "t"):
            self.taking += 1
        elif tag == "f":
            self.formula = True
        elif tag == "rPh":
            self.silent += 1
        elif tag == "row":
            self._charge(1)
            self.row = whole_number(attributes.get("r")) or self.row + 1
            self.column = 0
            if attributes.get("hidden") in ("1", "true"):
                self.hidden_rows.append(self.row)
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif tag == "col" and attributes.get("hidden") in ("1", "true"):
            self.hidden_columns.append((whole_number(attributes.get("min")), whole_number(attributes.get("max"))))

    def _begin(self, attributes: Mapping[str, str]) -> None:
        self._charge(1)
        where = _ADDRESS.fullmatch(attributes.get("r", ""))
        if where is not None:
            self.row, self.column = int(where[2]), column_of(where[1])
        else:
            self.column += 1
        self.kind, self.style = attributes.get("t", "n"), attributes.get("s", "")
        self.formula = False
        self.value.clear()

    def _charge(self, cost: int) -> None:
        self.left[0] -= cost
        if self.left[0] < 0:
            raise too_many(self.package.limits, self.package.place)

    def _merge(self, reference: str) -> None:
        first, colon, last = reference.partition(":")
        one, two = _ADDRESS.fullmatch(first), _ADDRESS.fullmatch(last if colon else first)
        if one is not None and two is not None:
            rows, columns = sorted((int(one[2]), int(two[2]))), sorted((column_of(one[1]), column_of(two[1])))
            area = Area(rows[0], columns[0], rows[1], columns[1])
            self._charge(area.size if area.size <= SMALL else _LARGE)
            self.merges.append(area)

    def _text(self, data: str) -> None:
        if self.taking and not self.silent:
            self.value.append(data)

    def _end(self, tag: str) -> None:
        tag = tag[tag.find(":") + 1 :]
        if tag == "c":
            if self.value or self.formula:
                self._charge(_SPARE - 1)
                self._finish("".join(self.value))
        elif tag in ("v", "t"):
            self.taking -= 1
        elif tag == "rPh":
            self.silent -= 1

    def _finish(self, raw: str) -> None:
        """One cell with content is whole."""
        limits, source = self.package.limits, self.package.place.source
        address = f"{self.name}!{letters(self.column)}{self.row}"
        text, stored, fault, typed = raw, "", "", False
        if self.kind == "s":
            index = whole_number(raw)
            text = self.common.texts[index] if raw.strip() and 0 <= index < len(self.common.texts) else ""
        elif self.kind == "e":
            fault = "error"
        elif self.kind == "b":
            text = "是" if raw.strip() == "1" else "否"
        elif self.kind == "n" and raw:
            found, typed = self._number(raw), True
            text, stored, fault = found.text, found.stored, "scaled" if found.scaled else ""
        if self.formula and not raw.strip() and self.kind != "str":
            fault = "uncalculated"
        if len(text) > limits.text:
            raise too_long(limits, text_cell("", source, address).place)
        if "_x" in text:
            text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
        text = text.translate(_CONTROL)
        if not text.strip() and not fault:
            return
        cell = amount(text, stored, source, address) if stored else text_cell(text, source, address)
        self.grid_cells.append(GridCell(self.row, self.column, cell, self.formula, fault, typed))

    def _number(self, raw: str) -> Shown:
        """What the cell shows of the number *raw*, and what it stores where that has more digits."""
        key = raw, self.style
        found = self.shown.get(key)
        if found is None:
            value = number(raw)
            index = whole_number(self.style)
            code = self.common.formats[index] if 0 <= index < len(self.common.formats) else ""
            found = Shown(raw) if value is None else shown(value, code, from_1904=self.common.from_1904)
            self.shown[key] = found
        return found


def no_sheet(source: str) -> InputError:
    """The error for a workbook without a visible sheet."""
    return InputError(problem("workbook-empty", "工作簿里没有可见的工作表", place=Place(source=source)))
