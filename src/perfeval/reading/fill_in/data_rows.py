"""填报工作簿的数据表: a row for each place that states an item, with the names of all its levels → items within items."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from perfeval.conversion.items import AS_OF as AS_OF_KEYS, IS, NOTE as NOTE_KEYS, PERIOD as PERIOD_KEYS
from perfeval.documents.cells import Cell, Cells
from perfeval.documents.grid import SheetRow, ShownAmount, amount, text_cell
from perfeval.model.names import NOT_QUANTITIES
from perfeval.reading.fill_in.layout import AS_OF, DIRECTION, DIRECTIONS, LEVELS, NOTE, PERIOD, UNIT, VALUE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from perfeval.conversion.collecting import Problems

_NUMBER_ENDS = re.compile(r"[\d０-９][,，]?[十百千万亿余多]*\Z")
_SPLIT = re.compile(rf"({'|'.join(DIRECTIONS)})?([+-]?\d[\d,]*(?:\.\d+)?)(.*)", re.DOTALL)
_RESERVED = {*IS, *PERIOD_KEYS, *AS_OF_KEYS, *NOTE_KEYS}
_WORDS = {PERIOD: PERIOD_KEYS[0], AS_OF: AS_OF_KEYS[0], NOTE: NOTE_KEYS[0]}


def joined(direction: str, value: str, unit: str) -> str:
    """What a row states, as one writes it: 增长, 6.2 and % are 增长6.2%; a value that has its unit keeps it."""
    takes = unit and unit not in NOT_QUANTITIES and _NUMBER_ENDS.search(value)
    return f"{direction}{value}{unit if takes else ''}"


def split(text: str, known: Mapping[str, Any] | Any) -> tuple[str, str, str]:
    """*text* as 增减, 数值 and 计量单位, where joining them gives it again; else all of it as 数值."""
    if text in DIRECTIONS:
        return text, "", ""
    found = _SPLIT.fullmatch(text)
    if found is not None:
        direction, value, unit = found[1] or "", found[2], found[3]
        bare = not unit or (unit == unit.strip() and unit not in NOT_QUANTITIES and unit in known)
        if bare and joined(direction, value, unit) == text:
            return direction, value, unit
    return "", text, ""


class _Node:
    """A name of one level, what is stated of it and what stands below it."""

    def __init__(self, name: Cell) -> None:
        self.name = name
        self.figures: list[Cell] = []
        self.own: dict[str, Cell] = {}
        self.below: dict[str, _Node] = {}

    def fields(self) -> Any:
        """As a case's file would have it."""
        stated: Any = self.figures[0] if len(self.figures) == 1 else Cells(self.name._source)
        if len(self.figures) > 1:
            stated.extend(self.figures)
        if self.figures and not self.own and not self.below:
            return stated
        line = SheetRow(self.name._source, self.name._cell)
        if self.figures:
            line[Cell(IS[0])] = stated
        for key, value in self.own.items():
            line[Cell(key)] = value
        for node in self.below.values():
            line[node.name] = node.fields()
        return line


class ItemRows:
    """Gathers the rows of a sheet of data."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.top: dict[str, _Node] = {}

    def fields(self, source: str, address: str) -> SheetRow:
        """All items by name."""
        line = SheetRow(source, address)
        for node in self.top.values():
            line[node.name] = node.fields()
        return line

    def add(self, cells: Mapping[str, Cell]) -> None:
        """Take one row: its cells by heading; a row without a statement of its own is a line left blank."""
        direction, value, unit = (cells.get(word, Cell()) for word in (DIRECTION, VALUE, UNIT))
        own = {key: cells[word] for word, key in _WORDS.items() if word in cells}
        if not direction and not value and not own:
            return
        first = next(iter(cells.values()))
        names = self._names(cells, first)
        if not names:
            return
        below, node = self.top, None
        for name in names:
            if below is not self.top and name in _RESERVED:
                self.problems.add(
                    "data-name-reserved",
                    "“{name}”是专用的栏名，不能作数据项的名称；请换一个名称",
                    place=name.place,
                    name=str(name),
                )
                return
            node = below.setdefault(str(name), _Node(name))
            below = node.below
        assert node is not None  # noqa: S101 - there are names
        if direction or value:
            node.figures.append(_stated(direction, value, unit))
        for key, written in own.items():
            if node.own.setdefault(key, written) != written:
                self.problems.add(
                    "data-said-twice",
                    "同一数据项前面写的是“{other}”，这里写“{text}”；期间、截至和说明请写成一样，或只写一处",
                    place=written.place,
                    other=str(node.own[key]),
                    text=str(written),
                )

    def _names(self, cells: Mapping[str, Cell], first: Cell) -> list[Cell]:
        names = [cells.get(level) for level in LEVELS]
        found = [name for name in names if name]
        if not found:
            self.problems.add(
                "data-no-name", "这一行填了内容，没有写名称；请在“{level}”写明", place=first.place, level=LEVELS[0]
            )
        elif names.index(found[-1]) >= len(found):
            gap = LEVELS[next(at for at, name in enumerate(names) if not name)]
            self.problems.add("data-level-gap", "写了下一级，没有写“{level}”；请补上", place=found[-1].place, level=gap)
            return []
        return found


def _stated(direction: Cell, value: Cell, unit: Cell) -> Cell:
    """The figure of a row, at the cell of its value; what a cell stores beyond what it shows goes with it."""
    at = value or direction
    text = joined(direction, value, unit)
    if isinstance(value, ShownAmount):
        return amount(text, joined(direction, value.stored, unit), at._source, at._cell)
    return text_cell(text, at._source, at._cell)
