"""模板的内容: what one must know of a template to put a paper in — its marker, its styles, its block's width.

Parts are read in one pass and never written anew: what is put in is spliced between their bytes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from xml.parsers import expat

from perfeval.errors import OutputError, problem
from perfeval.papers.docx import gongwen
from perfeval.papers.docx.parts import broken
from perfeval.papers.docx.wordml import NAMESPACE

if TYPE_CHECKING:
    from collections.abc import Callable

BODY = "【正文】"
"""The paragraph in whose place the paper stands, in its format."""
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_DEEPEST = 200
"""Elements within each other: far more than any office's document has."""


class MarkerParagraph(NamedTuple):
    """【正文】所在段: where it stands, its properties without section, its runs' properties, its section."""

    start: int
    end: int
    properties: str
    run: str
    section: str


class TemplateText(NamedTuple):
    """模板正文: its paragraphs' texts, the marker, where else content goes, and how wide the block is there."""

    paragraphs: tuple[str, ...]
    body: MarkerParagraph | None
    end: int
    wide: int
    declared: bool


class Known(NamedTuple):
    """模板样式: identifiers by name and all of them, the default one, where more go, whether ``w:`` is declared."""

    ids: dict[str, str]
    all: frozenset[str]
    default: str
    end: int
    declared: bool


def text_of(part: bytes) -> TemplateText:
    """What a document part says and where a paper can be put in."""
    return _PartReading(part).text()


class _PartReading:
    """One pass over a document part; places are in bytes."""

    def __init__(self, part: bytes) -> None:
        self.part, self.path, self.starts = part, list[str](), list[int]()
        self.paragraphs: list[str] = []
        self.marked: MarkerParagraph | None = None
        self.sections: list[tuple[int, int]] = []
        self.last, self.close = 0, 0
        self.words: list[str] = []
        self.ranges: dict[str, tuple[int, int]] = {}
        self.size = self.margins = 0

    def text(self) -> TemplateText:
        declared = _parsed(self.part, self._start, self._end, self._words)
        body = self.marked
        at = body.start if body else self.last or self.close
        wide = next((wide for place, wide in self.sections if place >= at), gongwen.WIDTH)
        return TemplateText(
            tuple(self.paragraphs), body, self.last or self.close, min(max(wide, 3000), 25000), declared
        )

    def _start(self, name: str, attributes: dict[str, str], at: int) -> None:
        self.path.append(name)
        self.starts.append(at)
        if name == "p" and self._top():
            self.words, self.ranges = [], {}
        elif name == "pgSz":
            self.size = _number(attributes.get("w"), gongwen.PAGE[0])
        elif name == "pgMar":
            self.margins = sum(_number(attributes.get(side), 1440) for side in ("left", "right"))

    def _top(self) -> bool:
        """Whether the element just begun or ended stands directly in the body (or in a content control there)."""
        return [each for each in self.path[:-1] if each not in ("sdt", "sdtContent")] == ["document", "body"]

    def _words(self, text: str) -> None:
        if self.path[-1] == "t":
            self.words.append(text)

    def _end(self, name: str, at: int, after: int) -> None:
        top = self._top()
        start = self.starts.pop()
        if name == "sectPr":
            self.sections.append((start, self.size - self.margins))
            if self.path[-2] == "body":
                self.last = start
        inside = self.path[:-1].count("p") == 1
        if inside and (name in ("pPr", "sectPr") or (name == "rPr" and self.path[-2] == "r")):
            self.ranges.setdefault(name, (start, after))
        if name == "body":
            self.close = at
        if name == "p":
            said = "".join(self.words).strip()
            self.paragraphs.append(said)
            if top and said == BODY and self.marked is None:
                self.marked = self._mark(start, after)
            self.words = []
        self.path.pop()

    def _mark(self, start: int, end: int) -> MarkerParagraph:
        section = self._range("sectPr", whole=True)
        properties = self._range("pPr").replace(section, "")
        return MarkerParagraph(start, end, _MARKS.sub("", properties), self._range("rPr"), section)

    def _range(self, name: str, whole: bool = False) -> str:
        """The content of an element of the marker's paragraph, or all of it."""
        start, end = self.ranges.get(name, (0, 0))
        found = self.part[start:end].decode()
        if whole or not found:
            return found
        return "" if found.endswith("/>") else found[found.index(">") + 1 : found.rindex("</")]


_MARKS = re.compile(r"<w:rPr>.*</w:rPr>|<w:rPr/>|<w:pPrChange\b.*</w:pPrChange>", re.DOTALL)
"""What the mark of the paragraph's end looks like: not of the text's paragraphs."""


def styles_of(part: bytes) -> Known:
    """The styles of a styles part."""
    ids: dict[str, str] = {}
    every: set[str] = set()
    found = {"id": "", "default": "Normal", "end": ""}

    def start(name: str, attributes: dict[str, str], at: int) -> None:  # noqa: ARG001
        if name == "style":
            found["id"] = attributes.get("styleId", "")
            every.add(found["id"])
            if attributes.get("default") in ("1", "true", "on") and attributes.get("type") == "paragraph":
                found["default"] = found["id"]
        elif name == "name" and attributes.get("val"):
            ids.setdefault(attributes["val"].lower(), found["id"])

    def end(name: str, at: int, after: int) -> None:  # noqa: ARG001
        if name == "styles":
            found["end"] = str(at)

    declared = _parsed(part, start, end, lambda _text: None)
    if not found["end"]:
        raise broken()
    return Known(ids, frozenset(every), found["default"], int(found["end"]), declared)


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and text.isascii() and text.isdecimal() and len(text) < 6 else otherwise


def _parsed(
    part: bytes,
    start: Callable[[str, dict[str, str], int], None],
    end: Callable[[str, int, int], None],
    words: Callable[[str], None],
) -> bool:
    """Send a part's own elements through expat, with their places; whether ``w:`` stands for their namespace."""
    prefixes: dict[str | None, str] = {}
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    depth = [0]

    def begun(name: str, attributes: dict[str, str]) -> None:
        space, _, own = name.rpartition(" ")
        depth[0] += 1
        if depth[0] > _DEEPEST:
            raise broken()
        if space == _STRICT:
            raise OutputError(
                problem("template-strict", "模板是“严格”格式的 .docx；请另存为普通的“Word 文件（*.docx）”再试")
            )
        plain = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        start(own if space == NAMESPACE else name, plain, parser.CurrentByteIndex)

    def ended(name: str) -> None:
        space, _, own = name.rpartition(" ")
        at = parser.CurrentByteIndex
        depth[0] -= 1
        end(own if space == NAMESPACE else name, at, part.index(b">", at) + 1)

    def declares(prefix: str | None, uri: str) -> None:
        prefixes.setdefault(prefix, uri)

    parser.StartElementHandler, parser.EndElementHandler = begun, ended
    parser.CharacterDataHandler = words
    parser.StartNamespaceDeclHandler = declares
    try:
        parser.Parse(part, True)
    except (expat.ExpatError, UnicodeError, ValueError, LookupError) as error:
        raise broken() from error
    return prefixes.get("w") == NAMESPACE
