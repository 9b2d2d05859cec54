"""版面: rows of text laid out in columns of a given width, for a terminal (rich, in colour) or for a pipe.

Lines are broken by our own rules (see wrapping), so that both print the same characters; a pipe or a file
does without colours, and without loading rich.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple, TextIO, TypeAlias

from perfeval.locales.width import width
from perfeval.papers.screen.wrapping import wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console
    from rich.table import Table

GAP = 2
"""Columns between two columns of a table."""
LEAST, LAST = 6, 30
"""A column is not made narrower than this; the last one gives way first, down to the second number."""
RULED = "    \n    \n -- \n" + "    \n" * 5
"""One line below the headings, in ASCII: a console in GBK draws box characters two columns wide."""


class Column(NamedTuple):
    """表格的一列: heading, the most columns that it may take, and whether it holds numbers."""

    heading: str
    most: int = 200
    right: bool = False


class TextGrid(NamedTuple):
    """排好的表格: columns with their sizes, each cell as lines, a style for the first cell of each row, a note."""

    columns: Sequence[Column]
    sizes: Sequence[int]
    rows: Sequence[Sequence[Sequence[str]]]
    styles: Sequence[str]
    note: str


class Plain:
    """管道或文件: a stream that nobody watches, so wide as COLUMNS says or 120."""

    def __init__(self, stream: TextIO, wide: int = 0) -> None:
        columns = os.environ.get("COLUMNS", "")
        told = int(columns) if columns.isascii() and columns.isdecimal() and len(columns) < 5 else 0
        self.stream, self.width = stream, wide or told or 120


Screen: TypeAlias = "Console | Plain"
"""What tables are printed on."""


def grid(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], wide: int, styles: Sequence[str] = (), note: str = ""
) -> TextGrid:
    """A table of *rows* at most *wide* columns wide; the last column takes what the others leave."""
    sizes = widths(columns, rows)
    while sum(each + GAP for each in sizes) - GAP > wide and max(sizes) > LEAST:
        last = sizes[-1] > LAST or sizes[-1] == max(sizes)
        widest = len(sizes) - 1 if last else sizes.index(max(sizes))
        sizes[widest] -= 1
    cells = [[_wrapped(cell, size) for cell, size in zip(row, sizes, strict=True)] for row in rows]
    return TextGrid(columns, sizes, cells, styles, note)


def widths(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> list[int]:
    """How wide each column would be on a console wide enough."""
    return [
        min(column.most, max([width(part) for cell in (column.heading, *cells) for part in cell.split("\n")]))
        for column, *cells in zip(columns, *rows, strict=True)
    ]


def _wrapped(cell: str, size: int) -> list[str]:
    """A cell's lines; what is indented stays so."""
    body = cell.lstrip(" ")
    indent = cell[: len(cell) - len(body)]
    return [indent + each for each in wrap(body, size - len(indent))]


def put(screen: Screen, what: TextGrid | str) -> None:
    """Print a table, or a line in bold."""
    if isinstance(screen, Plain):
        lines = wrap(what, screen.width) if isinstance(what, str) else _lines(what)
        screen.stream.writelines(f"{line}\n" for line in lines)
        return
    from rich.text import Text

    if isinstance(what, str):
        for each in wrap(what, screen.width):
            screen.print(Text(each, style="bold"), soft_wrap=True)
    else:
        screen.print(table(what))


def _lines(made: TextGrid) -> Iterator[str]:
    """The table as plain lines, without blanks at their ends."""
    heads = [wrap(column.heading, size) for column, size in zip(made.columns, made.sizes, strict=True)]
    yield from _row(heads, made)
    yield "-" * (sum(made.sizes) + GAP * (len(made.sizes) - 1))
    for row in made.rows:
        yield from _row(row, made)
    if made.note:
        yield made.note


def _row(cells: Sequence[Sequence[str]], made: TextGrid) -> Iterator[str]:
    for number in range(max(map(len, cells))):
        parts = []
        for cell, size, column in zip(cells, made.sizes, made.columns, strict=True):
            text = cell[number] if number < len(cell) else ""
            fill = " " * (size - width(text))
            parts.append(fill + text if column.right else text + fill)
        yield (" " * GAP).join(parts).rstrip()


def table(made: TextGrid) -> Table:
    """The table for rich."""
    from rich.box import Box
    from rich.table import Table
    from rich.text import Text

    found = Table(box=Box(RULED, ascii=True), show_edge=False, pad_edge=False, padding=(0, GAP - 1, 0, 0))
    if made.note:
        found.caption, found.caption_justify, found.caption_style = Text(made.note), "left", ""
    for column, size in zip(made.columns, made.sizes, strict=True):
        head = Text("\n".join(wrap(column.heading, size)))
        found.add_column(head, justify="right" if column.right else "left", width=size, no_wrap=True)
    for index, row in enumerate(made.rows):
        cells = [Text("\n".join(cell)) for cell in row]
        if made.styles:
            cells[0].stylize(made.styles[index])
        found.add_row(*cells)
    return found
