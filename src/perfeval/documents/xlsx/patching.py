"""工作表的字节: a sheet's XML with the place of every cell in it, so that a few cells change and nothing else does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from perfeval.documents.grid import column_of, letters, whole_number
from perfeval.documents.xlsx.number_formats import number
from perfeval.documents.xml import escaped

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from perfeval.documents.xlsx.package import Package

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_AFTER = frozenset(
    "legacyDrawingHF drawingHF picture oleObjects controls webPublishItems tableParts extLst AlternateContent".split()
)
"""What stands behind the reference to the notes in a sheet."""
_WIDE = (b"\xff\xfe", b"\xfe\xff")


class CellBytes(NamedTuple):
    """一格的字节: where the element of a cell begins and ends, and what is in it."""

    start: int
    end: int
    attributes: Mapping[str, str]
    raw: str = ""
    formula: str = ""
    """'' without a formula; own for one of its own, part for one of a shared one, source where others depend on it."""

    @property
    def number(self) -> Decimal | None:
        """The number that it stores, None where it stores none."""
        return number(self.raw) if self.raw and self.attributes.get("t", "n") == "n" else None


class Written(NamedTuple):
    """写入: the new content of a cell: a number, the formula that gives it (without =), the style."""

    value: str
    formula: str = ""
    style: str = ""


class SheetXml:
    """工作表: its bytes, with the place of each cell by row and column (from 1)."""

    def __init__(self, package: Package, part: bytes) -> None:
        if part[:2] in _WIDE:
            part = re.sub(
                r"encoding\s*=\s*(['\"])[^'\"]*\1", 'encoding="UTF-8"', part.decode("utf-16"), count=1
            ).encode()
        self.data = part
        self.cells: dict[tuple[int, int], CellBytes] = {}
        self.rows: dict[int, int] = {}
        """Where each row's end tag begins."""
        self.notes_id = ""
        """The relation of the drawing that holds the sheet's notes."""
        self.prefix = ""
        self._tail = 0
        self._read(package)

    def _read(self, package: Package) -> None:  # noqa: C901 - one pass, one state
        row = column = depth = 0
        begun: tuple[int, dict[str, str]] | None = None
        raw: list[str] = []
        taking, formula = False, ""
        parser = package.parser()

        def start(tag: str, attributes: dict[str, str]) -> None:
            nonlocal row, column, depth, begun, taking, formula
            depth += 1
            kind = tag[tag.find(":") + 1 :]
            if depth == 1:
                self.prefix = tag[: tag.find(":") + 1]
            elif depth == 2:
                if kind == "legacyDrawing":
                    self.notes_id = next((value for key, value in attributes.items() if key.endswith(":id")), "")
                elif kind in _AFTER and not self._tail and self.rows:
                    self._tail = parser.CurrentByteIndex
            elif kind == "row":
                row, column = whole_number(attributes.get("r", "")) or row + 1, 0
            elif kind == "c":
                found = _ADDRESS.fullmatch(attributes.get("r", ""))
                row, column = (int(found[2]), column_of(found[1])) if found is not None else (row, column + 1)
                begun = parser.CurrentByteIndex, attributes
                raw.clear()
                formula = ""
            elif kind == "f" and begun is not None:
                shared = attributes.get("t", "") in ("shared", "array", "dataTable")
                formula = "own" if not shared else "source" if "ref" in attributes else "part"
            elif kind == "v":
                taking = True

        def end(tag: str) -> None:
            nonlocal depth, begun, taking
            kind = tag[tag.find(":") + 1 :]
            at = parser.CurrentByteIndex
            if kind == "c" and begun is not None:
                stop = _end(self.data, at, tag)
                self.cells[row, column] = CellBytes(begun[0], stop, begun[1], "".join(raw), formula)
                begun = None
            elif kind == "row":
                self.rows[row] = at if _end(self.data, at, tag) > at else -1
            elif kind == "v":
                taking = False
            elif depth == 1:
                self._tail = self._tail or at
            depth -= 1

        def text(data: str) -> None:
            if taking:
                raw.append(data)

        package.parse_with(parser, self.data, start, end, text)

    def can_hold(self, row: int, column: int) -> bool:
        """Whether the cell can be written without harm to others."""
        found = self.cells.get((row, column))
        return found.formula != "source" if found is not None else self.rows.get(row, -1) >= 0

    def edited(self, cells: Mapping[tuple[int, int], Written], notes_id: str = "") -> bytes:
        """The sheet with *cells* written, and with a reference to its notes where it gets its first."""
        changes: list[tuple[int, int, int, bytes]] = []
        for (row, column), new in cells.items():
            old = self.cells.get((row, column))
            if old is not None:
                changes.append((old.start, column, old.end, self._cell(row, column, new, old.attributes)))
            else:
                right = [each.start for at, each in self.cells.items() if at[0] == row and at[1] > column]
                where = min(right, default=self.rows[row])
                changes.append((where, column, where, self._cell(row, column, new, {"r": ""})))
        if notes_id:
            element = f'<{self.prefix}legacyDrawing xmlns:r="{RELATIONS}" r:id="{notes_id}"/>'
            changes.append((self._tail, 0, self._tail, element.encode()))
        made, done = [], 0
        for start, _, end, text in sorted(changes):
            made += [self.data[done:start], text]
            done = end
        return b"".join((*made, self.data[done:]))

    def _cell(self, row: int, column: int, new: Written, old: Mapping[str, str]) -> bytes:
        p = self.prefix
        where = f' r="{letters(column)}{row}"' if "r" in old else ""
        style = new.style or old.get("s", "")
        style = f' s="{style}"' if style else ""
        formula = f"<{p}f>{escaped(new.formula)}</{p}f>" if new.formula else ""
        return f"<{p}c{where}{style}>{formula}<{p}v>{new.value}</{p}v></{p}c>".encode()


_BEHIND_CALCULATION = (
    rb"<(?:[\w.-]+:)?(?:oleSize|customWorkbookViews|pivotCaches|smartTagPr|smartTagTypes|webPublishing|fileRecoveryPr|"
    rb"webPublishObjects|extLst)\b"
)


def formulas_in(part: bytes) -> bool:
    """Whether a sheet has any formula."""
    return re.search(rb"<(?:[\w.-]+:)?f[\s/>]", part) is not None


def recalculating(part: bytes) -> bytes:
    """The workbook's own part, asking programs to calculate all formulas when they open it."""
    own = re.search(rb"<(?:[\w.-]+:)?calcPr\b[^<>]*?(?=/?>)", part)
    if own is not None:
        rest = re.sub(rb"\s+fullCalcOnLoad\s*=\s*(?:\"[^\"]*\"|'[^']*')", b"", own[0]).rstrip()
        return part[: own.start()] + rest + b' fullCalcOnLoad="1"' + part[own.end() :]
    root = re.search(rb"</([\w.-]+:)?workbook\s*>", part)
    if root is None:
        return part
    sheets = part.index(b"</%bsheets" % (root[1] or b""))
    after = re.compile(_BEHIND_CALCULATION).search(part, sheets)
    at = after.start() if after is not None else root.start()
    return part[:at] + b'<%bcalcPr fullCalcOnLoad="1"/>' % (root[1] or b"") + part[at:]


def restyled(part: bytes, package: Package, wanted: Mapping[tuple[int, int], None]) -> bytes:
    """Styles with a copy of each wanted (style, built-in number format) behind those that there are."""
    spans: list[tuple[int, int]] = []
    parser = package.parser()
    state = {"within": 0, "begun": 0, "end": 0, "head": 0}

    def start(tag: str, _attributes: dict[str, str]) -> None:
        kind = tag[tag.find(":") + 1 :]
        if kind == "cellXfs":
            state["within"], state["head"] = 1, parser.CurrentByteIndex
        elif kind == "xf" and state["within"]:
            state["begun"] = parser.CurrentByteIndex

    def end(tag: str) -> None:
        kind, at = tag[tag.find(":") + 1 :], parser.CurrentByteIndex
        if kind == "xf" and state["within"]:
            spans.append((state["begun"], _end(part, at, tag)))
        elif kind == "cellXfs":
            state["within"], state["end"] = 0, at

    package.parse_with(parser, part, start, end)
    copies = [_with_format(part[slice(*spans[style])], code) for style, code in wanted]
    head_end = part.index(b">", state["head"]) + 1
    head = re.sub(rb'count="\d+"', b'count="%d"' % (len(spans) + len(copies)), part[state["head"] : head_end])
    return part[: state["head"]] + head + part[head_end : state["end"]] + b"".join(copies) + part[state["end"] :]


def _with_format(xf: bytes, code: int) -> bytes:
    cut = xf.index(b">")
    head, tail = xf[:cut], xf[cut:]
    head = re.sub(rb"\s(?:numFmtId|applyNumberFormat)\s*=\s*(?:\"[^\"]*\"|'[^']*')", b"", head)
    return re.sub(rb"^(<[\w:.-]*xf)", rb'\1 numFmtId="%d" applyNumberFormat="1"' % code, head) + tail


def _end(part: bytes, at: int, tag: str) -> int:
    """Where the element *tag* ends whose end is told at *at*: before its end tag, or behind one that closes itself."""
    found = re.compile(rb"</%b\s*>" % re.escape(tag.encode())).match(part, at)
    return found.end() if found is not None else at
