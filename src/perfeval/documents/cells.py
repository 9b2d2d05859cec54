"""单元: what every reader yields — texts that know their place, in mappings and lists that know theirs.

A :class:`Cell` is a plain ``str`` for whoever only wants the words. Its :class:`Place` is made when
asked for, since most cells are right and nobody ever asks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from perfeval.errors import Place

if TYPE_CHECKING:
    from collections.abc import Callable

Written = "Cell | Fields | Cells | None"


class Cell(str):
    """单元格文字: a text as written, and where: source, line and column, or the cell of a workbook."""

    __slots__ = ("_cell", "_column", "_line", "_source")

    _source: str
    _line: int | None
    _column: int | None
    _cell: str

    @property
    def place(self) -> Place:
        """位置: where this text stands."""
        source, line, column, address = self._where()
        return Place(source=source, line=line, column=column, cell=address)

    def _where(self) -> tuple[str, int | None, int | None, str]:
        """What is known of the place; a Cell made without one has none."""
        try:
            return self._source, self._line, self._column, self._cell
        except AttributeError:
            return "", None, None, ""

    def __reduce__(self) -> tuple[Callable[..., Cell], tuple[Any, ...]]:
        return cell, (str(self), *self._where())


def cell(text: str, source: str = "", line: int | None = None, column: int | None = None, address: str = "") -> Cell:
    """Make a Cell; *line* and *column* count from 1, *address* is a workbook's (附件1!C5)."""
    result = Cell(text)
    result._source, result._line, result._column, result._cell = source, line, column, address
    return result


class Fields(dict[Cell, Any]):
    """字段: a mapping as written, in its order, with the place where it begins."""

    __slots__ = ("_column", "_line", "_source")

    def __init__(self, source: str = "", line: int | None = None, column: int | None = None) -> None:
        super().__init__()
        self._source, self._line, self._column = source, line, column

    def like(self) -> Fields:
        """An empty mapping at the same place."""
        return Fields(self._source, self._line, self._column)

    @property
    def place(self) -> Place:
        """位置: where the mapping begins."""
        return Place(source=self._source, line=self._line, column=self._column)


class Cells(list[Any]):
    """列表: a list as written, with the place where it begins."""

    __slots__ = ("_column", "_line", "_source")

    def __init__(self, source: str = "", line: int | None = None, column: int | None = None) -> None:
        super().__init__()
        self._source, self._line, self._column = source, line, column

    @property
    def place(self) -> Place:
        """位置: where the list begins."""
        return Place(source=self._source, line=self._line, column=self._column)


def place_of(*values: Any) -> Place | None:
    """The place of the first of *values* that knows one."""
    for value in values:
        place = getattr(value, "place", None)
        if isinstance(place, Place):
            return place
    return None


def without(fields: Fields, *names: str) -> Fields:
    """*fields* without the keys *names*."""
    result = fields.like()
    result.update((key, value) for key, value in fields.items() if key not in names)
    return result
