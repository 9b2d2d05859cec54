"""平常的 YAML: the part of YAML that files are nearly always written in, read many times as fast.

Measured: the general parser takes about 0.1 ms a line, so a case and the six categories it names would
cost more than everything else that an evaluation does. What is read here is read exactly as the general
parser reads it (a property test holds the two together); at the first sign of anything else — and of
any slip, which needs explaining — the whole text goes to the general parser instead.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from perfeval.documents.cells import Cell, Cells, Fields

if TYPE_CHECKING:
    from perfeval.documents.limits import Limits

_UNSEEN = (*range(10), *range(11, 32), *range(127, 160), 0xAD, *range(0x200B, 0x2010), 0x2028, 0x2029, 0x2060)
_ODD = frozenset(map(chr, (*_UNSEEN, 0xFEFF, 0xFFFE, 0xFFFF)))
"""Tabs, controls and the like; a set, since patterns beyond Latin take milliseconds to compile."""
_FIRST = r"[^\s\-?:,\[\]{}#&*!|>'\"%@`]"
_KEY = re.compile(rf"((?![－—–―]){_FIRST}[^:#]*?) *:(?: +|$)")
_QUOTED_KEY = re.compile(r"""("[^"\\]*"|'[^']*') *:(?: +|$)""")
_WORDS = re.compile(rf"(?:{_FIRST}|-(?=[^\s,\[\]{{}}])).*")
_FLOW_WORDS = re.compile(rf"(?:{_FIRST}|-(?=[^\s,\[\]{{}}]))[^,\[\]{{}}:#]*")
_DOUBLE = re.compile(r'"((?:[^"\\]|\\["\\/nt])*)"')
_SINGLE = re.compile(r"'((?:[^']|'')*)'")
_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {'"': '"', "\\": "\\", "/": "/", "n": "\n", "t": "\t"}
_REST = re.compile(r" *(?:$| #)")
_SPACE = re.compile(r" *")
_LONGEST_KEY = 900
_CURLY = frozenset("“”｛［")


class _OtherError(Exception):
    """Something that only the general parser reads."""


def read(text: str, source: str, limits: Limits) -> list[Any] | None:
    """The documents of *text*, or None where it is not plain YAML throughout."""
    if not _ODD.isdisjoint(text):
        return None
    try:
        return _Reader(text, source, limits).documents()
    except _OtherError:
        return None


class _Reader:
    """Reads line by line; ``row`` is the current line with content, ``column`` where that begins."""

    def __init__(self, text: str, source: str, limits: Limits) -> None:
        self.lines, self.source, self.limits = text.split("\n"), source, limits
        self.row, self.column = -1, 0
        self.line = ""
        self.count = 0

    def documents(self) -> list[Any]:
        result: list[Any] = []
        self.next()
        while self.column >= 0:
            if self.line.rstrip() == "---":
                self.next()
            elif result:
                raise _OtherError
            if self.column != 0 or self.line.startswith(("---", "...")):
                raise _OtherError
            if _KEY.match(self.line) is None and self.line[0] not in "-[{\"'":
                raise _OtherError
            result.append(self.node(-1, 0))
        return result

    def next(self) -> None:
        """Step to the next line with content; ``column`` is -1 at the end."""
        for row in range(self.row + 1, len(self.lines)):
            line = self.lines[row]
            bare = line.lstrip(" ")
            if bare and bare[0] != "#":
                self.row, self.line, self.column = row, line, len(line) - len(bare)
                if self.column == 0 and line.startswith(("...", "%")):
                    raise _OtherError
                return
        self.row, self.line, self.column = len(self.lines), "", -1

    def cell(self, text: str, column: int) -> Cell:
        self.count += 1
        if self.count > self.limits.cells or len(text) > self.limits.text:
            raise _OtherError
        result = Cell(text)
        result._source, result._line, result._column, result._cell = self.source, self.row + 1, column + 1, ""
        return result

    def ended(self, column: int) -> None:
        """Nothing but a comment may follow; then the next line."""
        if _REST.match(self.line, column) is None:
            raise _OtherError
        self.next()

    # blocks

    def node(self, above: int, depth: int) -> Any:
        """The block that begins at the current line, indented more than *above*."""
        column = self.column
        if depth >= self.limits.depth or column <= above:
            raise _OtherError
        first = self.line[column]
        if first == "-" and self.line[column + 1 : column + 2] in ("", " "):
            return self.sequence(column, depth)
        if _KEY.match(self.line, column) or (first in "\"'" and _QUOTED_KEY.match(self.line, column)):
            return self.mapping(column, depth)
        return self.value(column, above, depth)

    def mapping(self, column: int, depth: int) -> Fields:
        result = Fields(self.source, self.row + 1, column + 1)
        while self.column == column:
            line = self.line
            found = _KEY.match(line, column)
            if found is not None:
                key = self.cell(bare(found[1]), column)
            else:
                found = _QUOTED_KEY.match(line, column)
                if found is None:
                    if column == 0 and line.rstrip() == "---":
                        break
                    raise _OtherError
                key = self.cell(self.unquoted(column)[0], column)
            if key in result or len(key) > _LONGEST_KEY or (column == 0 and key.startswith("---")):
                raise _OtherError
            result[key] = self.value(found.end(), column, depth, after_key=True)
        if self.column > column:
            raise _OtherError
        return result

    def sequence(self, column: int, depth: int) -> Cells:
        result = Cells(self.source, self.row + 1, column + 1)
        while self.column == column and self.line[column] == "-" and self.line[column + 1 : column + 2] in ("", " "):
            space = _SPACE.match(self.line, column + 1)
            start = space.end() if space is not None else column + 1
            if start >= len(self.line) or self.line[start] == "#":
                raise _OtherError
            self.column = start
            if self.line[start] == "-" and self.line[start + 1 : start + 2] in ("", " "):
                raise _OtherError
            result.append(self.node(column, depth + 1))
        if self.column > column:
            raise _OtherError
        return result

    def value(self, start: int, above: int, depth: int, *, after_key: bool = False) -> Any:
        """The value that begins at *start* of the current line; *above* is the column of what holds it."""
        line = self.line
        first = line[start : start + 1]
        if first in ("", "#"):
            self.next()
            if self.column > above:
                return self.node(above, depth + 1)
            if after_key and self.column == above and line_is_entry(self.line, above):
                return self.sequence(above, depth + 1) if depth + 1 < self.limits.depth else self.other()
            return None
        if first in "{[":
            made = self.flow(start, depth + 1)
        elif first in "\"'":
            text, end = self.unquoted(start)
            made = self.cell(text, start)
            self.ended(end)
        elif first in "|>":
            return self.block(start, above)
        else:
            made = self.words(start)
        if self.column > above:  # a text that goes on in the next line, or a slip
            raise _OtherError
        return made

    def other(self) -> Any:
        raise _OtherError

    def words(self, start: int) -> Cell:
        """A text without quotes up to the end of the line."""
        found = _WORDS.match(self.line, start)
        if found is None:
            raise _OtherError
        text = found[0]
        if "#" in text:
            text = text.partition(" #")[0]
        text = text.rstrip(" ")
        if ": " in text or text[-1] == ":":
            raise _OtherError
        made = self.cell(bare(text), start)
        self.next()
        return made

    def unquoted(self, start: int) -> tuple[str, int]:
        """A quoted text within one line, and where it ends."""
        if self.line[start] == "'":
            found = _SINGLE.match(self.line, start)
            if found is None:
                raise _OtherError
            return found[1].replace("''", "'"), found.end()
        found = _DOUBLE.match(self.line, start)
        if found is None:
            raise _OtherError
        text = found[1]
        if "\\" in text:
            text = _ESCAPE.sub(lambda escape: _ESCAPED[escape[1]], text)
        return text, found.end()

    def block(self, start: int, above: int) -> Cell:
        """A block text: | keeps lines, > joins them; only where all lines are indented alike."""
        head = self.line[start:].rstrip(" ")
        if head not in ("|", "|-", ">", ">-"):
            raise _OtherError
        begin = self.row + 1
        end = begin
        indent = -1
        while end < len(self.lines):
            line = self.lines[end]
            bare = len(line) - len(line.lstrip(" "))
            if line[bare:] == "":
                if bare:
                    raise _OtherError
            elif bare <= above or (above < 0 and line.startswith(("---", "..."))):
                break
            elif indent < 0:
                indent = bare
            elif bare != indent:
                raise _OtherError
            end += 1
        kept = [line[indent:] for line in self.lines[begin:end]]
        while kept and not kept[-1]:
            kept.pop()
        if indent <= above or not kept or not kept[0] or (head[0] == ">" and "" in kept):
            raise _OtherError
        text = ("\n" if head[0] == "|" else " ").join(kept) + ("" if head.endswith("-") else "\n")
        made = self.cell(text, start)
        if end == len(self.lines) and not head.endswith("-"):  # the file ends in the text: how it ends matters
            raise _OtherError
        self.row = end - 1
        self.next()
        return made

    # flow

    def flow(self, start: int, depth: int) -> Any:
        """A collection in brackets; it must be all that stands on its last line."""
        made, column = self.bracket(start, depth)
        self.ended(column)
        return made

    def skip(self, column: int) -> int:
        """Step over spaces and line ends inside brackets."""
        while True:
            space = _SPACE.match(self.line, column)
            column = space.end() if space is not None else column
            if column < len(self.line):
                return column
            row = self.row + 1
            if row >= len(self.lines) or self.lines[row].startswith(("---", "...")):
                raise _OtherError
            self.row, self.line, column = row, self.lines[row], 0

    def bracket(self, start: int, depth: int) -> tuple[Any, int]:
        if depth >= self.limits.depth:
            raise _OtherError
        if self.line[start] == "{":
            return self.flow_mapping(start, depth)
        return self.flow_sequence(start, depth)

    def flow_value(self, column: int, depth: int) -> tuple[Any, int]:
        """One value inside brackets and where it ends."""
        first = self.line[column]
        if first in "{[":
            return self.bracket(column, depth + 1)
        if first in "\"'":
            text, end = self.unquoted(column)
            return self.cell(text, column), end
        found = _FLOW_WORDS.match(self.line, column)
        if found is None:
            raise _OtherError
        return self.cell(bare(found[0].rstrip(" ")), column), found.end()

    def flow_mapping(self, start: int, depth: int) -> tuple[Fields, int]:
        result = Fields(self.source, self.row + 1, start + 1)
        column = self.skip(start + 1)
        while self.line[column] != "}":
            if self.line[column] in "{[":
                raise _OtherError
            key, column = self.flow_value(column, depth)
            if self.line[column : column + 1] != ":" or self.line[column + 1 : column + 2] not in ("", " "):
                raise _OtherError
            if key in result or len(key) > _LONGEST_KEY:
                raise _OtherError
            column = self.skip(column + 1)
            value = None
            if self.line[column] not in ",}":
                value, column = self.flow_value(column, depth)
                column = self.skip(column)
            result[key] = value
            if self.line[column] == ",":
                column = self.skip(column + 1)
                if self.line[column] == ",":
                    raise _OtherError
            elif self.line[column] != "}":
                raise _OtherError
        return result, column + 1

    def flow_sequence(self, start: int, depth: int) -> tuple[Cells, int]:
        result = Cells(self.source, self.row + 1, start + 1)
        column = self.skip(start + 1)
        while self.line[column] != "]":
            value, column = self.flow_value(column, depth)
            column = self.skip(column)
            result.append(value)
            if self.line[column] == ",":
                if self.line[column + 1 : column + 2].isdigit():  # 16,898.11 may be one number cut in two
                    raise _OtherError
                column = self.skip(column + 1)
            elif self.line[column] != "]":
                raise _OtherError
        return result, column + 1


def bare(text: str) -> str:
    """A text without quotes; in curly ones it needs a closer look."""
    if text[0] in _CURLY:
        raise _OtherError
    return text


def line_is_entry(line: str, column: int) -> bool:
    """Whether an entry of a list begins at *column*."""
    return line[column : column + 1] == "-" and line[column + 1 : column + 2] in ("", " ")
