"""批注: notes of cells as the parts of a package — the words, the boxes they are shown in, and what names both."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from attrs import define, field

from perfeval.documents.grid import letters
from perfeval.documents.xlsx.patching import RELATIONS
from perfeval.documents.xml import escaped
from perfeval.locales.width import lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from perfeval.documents.xlsx.package import Package

AUTHOR = "perfeval"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
TYPES = "[Content_Types].xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_DRAWING = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"></xml>'
)
_SHAPE_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = (
    '<v:shape xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel" id="_x0000_s{id}" type="#_x0000_t202" '
    'style="position:absolute;margin-left:60pt;margin-top:1.5pt;width:195pt;height:{tall}pt;z-index:{z};visibility:hidden" '
    'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
    '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:Anchor>{left}, 15, {top}, 4, {right}, 15, {bottom}, 4</x:Anchor><x:AutoFill>False</x:AutoFill>"
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_RUN = (
    '<{p}r><{p}rPr><{p}sz val="9"/><{p}rFont val="&#23435;&#20307;"/></{p}rPr>'
    '<{p}t xml:space="preserve">{text}</{p}t></{p}r>'
)


@define
class ChangedParts:
    """改动的部分: parts of a package as they will be; one that was not changed is read from it."""

    package: Package
    made: dict[str, bytes | None] = field(factory=dict)
    """None for one that is taken away."""

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return name in self.made or name in self.package

    def read(self, name: str) -> bytes:
        """A part as it is by now."""
        return self.made.get(name) or self.package.read(name)

    def unused(self, pattern: str) -> str:
        """The first name like *pattern* that no part has."""
        number = 1
        while self.has(pattern.format(number)):
            number += 1
        return pattern.format(number)


def add(parts: ChangedParts, sheet: str, notes_id: str, notes: Mapping[tuple[int, int], str]) -> str:
    """Put *notes* on the part *sheet*; returns the relation that the sheet must name where it has none yet."""
    folder, name = posixpath.split(sheet)
    relations = f"{folder}/_rels/{name}.rels"
    known = parts.package.relations(relations, folder) if relations in parts.package else []
    comments = next((target for target, kind, _ in known if kind.endswith("/comments") and parts.has(target)), "")
    drawing = next((target for target, _, mark in known if notes_id and mark == notes_id and parts.has(target)), "")
    if not comments:
        comments = parts.unused("xl/comments{}.xml")
        empty = f'{_HEAD}<comments xmlns="{_MAIN}"><authors></authors><commentList></commentList></comments>'
        parts.made[comments] = empty.encode()
        _relate(parts, relations, "comments", comments)
        _override(parts, comments)
    named = ""
    if not drawing:
        drawing = parts.unused("xl/drawings/vmlDrawing{}.vml")
        parts.made[drawing] = _DRAWING.encode()
        named = _relate(parts, relations, "vmlDrawing", drawing)
        _default(parts)
    old = _write(parts, comments, notes)
    _draw(parts, drawing, {at: text for at, text in notes.items() if at not in old})
    return named


def _write(parts: ChangedParts, name: str, notes: Mapping[tuple[int, int], str]) -> set[tuple[int, int]]:
    """Add the words; the cells that had a note before, which then says both."""
    part = parts.read(name)
    found = re.search(rb"<([\w.-]+:)?comments\b", part)
    p = (found[1] or b"").decode() if found is not None else ""
    for each in ("authors", "commentList", "text"):
        tag = f"{p}{each}".encode()
        part = re.sub(rb"<%b\s*/>" % tag, b"<%b></%b>" % (tag, tag), part)
    author = len(re.findall(rb"<%bauthor[\s>/]" % p.encode(), part))
    part = _before(part, f"</{p}authors>", f"<{p}author>{AUTHOR}</{p}author>")
    old, made = set(), []
    for (row, column), text in sorted(notes.items()):
        where = f"{letters(column)}{row}"
        begun = re.search(rb"<%bcomment\s[^>]*\bref\s*=\s*[\"']%b[\"']" % (p.encode(), where.encode()), part)
        if begun is not None:
            run = _RUN.format(p=p, text=_words(f"\n{text}"))
            end = part.index(f"</{p}text>".encode(), begun.end())
            part = part[:end] + run.encode() + part[end:]
            old.add((row, column))
        else:
            run = _RUN.format(p=p, text=_words(text))
            made.append(f'<{p}comment ref="{where}" authorId="{author}"><{p}text>{run}</{p}text></{p}comment>')
    parts.made[name] = _before(part, f"</{p}commentList>", "".join(made))
    return old


def _words(text: str) -> str:
    return escaped(re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text))


def _draw(parts: ChangedParts, name: str, notes: Mapping[tuple[int, int], str]) -> None:
    """Add a box for each note, hidden until its cell is pointed at."""
    part = parts.read(name)
    numbers = [int(each) for each in re.findall(rb"_x0000_s(\d{1,9})\b", part)]
    first = max(numbers, default=1024) + 1
    made = [] if b"_x0000_t202" in part else [_SHAPE_TYPE]
    for at, ((row, column), text) in enumerate(sorted(notes.items())):
        tall = min(lines(text, 38) * 13 + 10, 400)
        made.append(
            _SHAPE.format(
                id=first + at, tall=tall, z=at + 1, left=column, right=column + 3, top=max(row - 2, 0),
                bottom=max(row - 2, 0) + max(tall // 15, 3), row=row - 1, column=column - 1,
            )
        )  # fmt: skip
    parts.made[name] = _before(part, "</xml>", "".join(made))


def _relate(parts: ChangedParts, name: str, kind: str, target: str) -> str:
    """Name the part *target* in the relations *name*; the new relation's id."""
    schema = "http://schemas.openxmlformats.org/package/2006/relationships"
    part = parts.read(name) if parts.has(name) else f'{_HEAD}<Relationships xmlns="{schema}"></Relationships>'.encode()
    number = 1
    while re.search(rb"[\"']rIdNote%d[\"']" % number, part):
        number += 1
    found = re.search(rb"<([\w.-]+:)?Relationships\b", part)
    p = (found[1] or b"").decode() if found is not None else ""
    part = re.sub(rb"<(%bRelationships\b[^>]*?)\s*/>" % p.encode(), rb"<\1></%bRelationships>" % p.encode(), part)
    line = f'<{p}Relationship Id="rIdNote{number}" Type="{RELATIONS}/{kind}" Target="/{target}"/>'
    parts.made[name] = _before(part, f"</{p}Relationships>", line)
    return f"rIdNote{number}"


def _override(parts: ChangedParts, name: str) -> None:
    part = parts.read(TYPES)
    p = _types_prefix(part)
    line = f'<{p}Override PartName="/{name}" ContentType="{_COMMENTS_TYPE}"/>'
    parts.made[TYPES] = _before(part, f"</{p}Types>", line)


def _default(parts: ChangedParts) -> None:
    part = parts.read(TYPES)
    if re.search(rb"Extension\s*=\s*[\"']vml[\"']", part, re.IGNORECASE):
        return
    p = _types_prefix(part)
    parts.made[TYPES] = _before(part, f"</{p}Types>", f'<{p}Default Extension="vml" ContentType="{_VML_TYPE}"/>')


def without(part: bytes, name: str) -> bytes:
    """Relations or content types without the line that names the part *name*."""
    return re.sub(
        rb"<[^<>]*\b(?:Target|PartName)\s*=\s*[\"'][^\"'<>]*\b%b[\"'][^<>]*/>" % re.escape(name.encode()), b"", part
    )


def _types_prefix(part: bytes) -> str:
    found = re.search(rb"<([\w.-]+:)?Types\b", part)
    return (found[1] or b"").decode() if found is not None else ""


def _before(part: bytes, tag: str, text: str) -> bytes:
    """*part* with *text* in front of the last *tag*."""
    at = part.rindex(tag.encode())
    return part[:at] + text.encode() + part[at:]
