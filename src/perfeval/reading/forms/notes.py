"""读格: texts of a sheet tried as figures; what cannot be read for sure is kept as a note with its cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from perfeval.documents.grid import ShownAmount, amount, text_cell
from perfeval.errors import PerfevalError, Problem, problem
from perfeval.model.note import DIGITS, NOTE, UNREAD, Note
from perfeval.quantities.notation import figure
from perfeval.quantities.quantity import Quantity
from perfeval.quantities.vocabulary import PLACEHOLDERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from perfeval.documents.cells import Cell
    from perfeval.documents.grid import Grid, GridCell
    from perfeval.quantities.figure import Figure


Made = TypeVar("Made")


class Notes:
    """读入说明: what is found while a workbook is read."""

    def __init__(self) -> None:
        self.found: list[Note] = []
        self._gaps: set[str] = set()

    def add(self, of: str, what: Problem, kind: str = UNREAD) -> None:
        """Keep one remark."""
        self.found.append(Note(of, what, kind))

    def note(self, of: str, what: Problem) -> None:
        """Keep how something was taken."""
        self.add(of, what, NOTE)

    def known(self, of: str, grid_cell: GridCell | None) -> Cell | None:
        """The text of a cell whose number is known; nothing where it is blank, a remark where a formula failed."""
        if grid_cell is None:
            return None
        if grid_cell.fault == "uncalculated":
            self.add(
                of,
                problem(
                    "formula-uncalculated",
                    "这里的公式没有算出的值；请用 WPS 或 Excel 打开，按 F9 重算后保存，再读一次",
                    place=grid_cell.cell.place,
                ),
            )
            return None
        if grid_cell.fault == "scaled":
            self.add(
                of,
                problem(
                    "format-scaled",
                    "这一格显示{shown}，存的是{stored}：数字格式按千或百万缩小，分不清以哪个为准；请把格式改成常规，填写要报的数",
                    place=grid_cell.cell.place,
                    shown=grid_cell.text,
                    stored=getattr(grid_cell.cell, "stored", grid_cell.text),
                ),
            )
            return None
        if grid_cell.fault:
            self.add(
                of,
                problem(
                    "formula-error",
                    "这里的公式出错（{text}）；请改正公式，或直接填写数",
                    place=grid_cell.cell.place,
                    text=grid_cell.text or "#",
                ),
            )
            return None
        return grid_cell.cell if grid_cell.text else None

    def read(self, of: str, text: Cell | None, make: Callable[[Any], Made]) -> Made | None:
        """What *make* reads from *text*, else nothing and a note; digits that the cell hides are noted too.

        The value is handed on as it is: nobody parses the text again.
        """
        if text is None:
            return None
        try:
            made = make(text)
        except PerfevalError as error:
            self.unread(of, text, error.problems[0])
            return None
        self.gap(of, text)
        return made

    def unread(self, of: str, text: Cell, why: Problem | None = None) -> None:
        """Keep that *text* cannot be read for sure."""
        if why is not None:
            self.add(of, why.at(text.place))

    def gap(self, of: str, text: Cell) -> None:
        """Keep that a cell stores more digits than it shows, once a cell."""
        if not isinstance(text, ShownAmount) or text._cell in self._gaps:
            return
        self._gaps.add(text._cell)
        self.add(
            of,
            problem(
                "digits-hidden",
                "显示{shown}，存的是{stored}，按存的数计算；请把单元格改成显示的数，或多显示几位小数",
                place=text.place,
                shown=str(text),
                stored=text.stored,
            ),
            DIGITS,
        )


def blank(text: str) -> bool:
    """Whether a text only holds a place: nothing, —, /, 无."""
    return text.strip() in PLACEHOLDERS


def with_unit(text: Cell, before: str, behind: str, grid: Grid) -> Cell:
    """*text* with the sign and the unit that stand in columns of their own."""
    if not before and not behind:
        return text
    whole = f"{before}{text.strip()}{behind}"
    if isinstance(text, ShownAmount):
        return amount(whole, f"{before}{text.stored}{behind}", grid.source, text._cell)
    return text_cell(whole, grid.source, text._cell)


def tried(text: str) -> Figure | None:
    """The figure that *text* is, or None where it is no value for sure."""
    try:
        return figure(str(text), strict=False)
    except PerfevalError:
        return None


def is_bare(read: Figure | None) -> bool:
    """Whether what was *read* is a number without a unit."""
    return read is not None and isinstance(read.value, Quantity) and read.value.unit.bare
