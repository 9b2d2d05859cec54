"""模板的部件: a docx unpacked under limits.

Nothing in a template is trusted: bombs, entities, macros and links to elsewhere are refused.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from perfeval.documents.archive import Archive, ArchiveError
from perfeval.documents.os_errors import unread
from perfeval.errors import OutputError, Problem, problem

if TYPE_CHECKING:
    from os import PathLike

PACKED, UNPACKED, ENTRIES = 20_000_000, 80_000_000, 2_000
"""The most bytes of a template, of what it unpacks to, and the most parts."""
_OLE = b"\xd0\xcf\x11\xe0"
_DOCUMENT, _STYLES = "word/document.xml", "word/styles.xml"
_EXTERNAL = re.compile(rb"<[^<>]*TargetMode\s*=\s*[\"']External[\"'][^<>]*>")
_FETCHES = re.compile(r"\b(INCLUDEPICTURE|INCLUDETEXT|DDE|DDEAUTO|LINK|IMPORT)\b", re.IGNORECASE)
"""Fields that bring in what lies elsewhere when somebody opens the paper."""


def broken() -> OutputError:
    """The error for a template that is no whole docx."""
    return OutputError(
        problem("template-broken", "模板不是完好的 .docx；请用 WPS 打开，另存为“Word 文件（*.docx）”再试")
    )


def too_large() -> OutputError:
    """The error for a template beyond the limits."""
    return OutputError(
        problem(
            "template-too-large", "模板太大（解压后超过{limit}字节），不像是公文模板；请删去图片再试", limit=UNPACKED
        )
    )


def read_template(path: str | PathLike[str]) -> bytes:
    """The bytes of a template; raises OutputError where there is none or it is too large."""
    place = Path(path)
    try:
        if place.stat().st_size > PACKED:
            raise too_large()
        return place.read_bytes()
    except FileNotFoundError as error:
        raise OutputError(
            problem("template-missing", "没有找到模板 {path}；请核对文件名和所在的文件夹", path=str(path))
        ) from error
    except (OSError, ValueError) as error:
        raise OutputError(*unread(place, error).problems) from None


def parts_of(data: bytes) -> dict[str, bytes]:
    """Every part by name; raises OutputError for what is no docx, is too large or reaches out."""
    if data.startswith(_OLE):
        raise OutputError(
            problem(
                "template-old",
                "模板是旧版 .doc、.wps 或加了密码；请用 WPS 打开，去掉密码，另存为“Word 文件（*.docx）”再试",
            )
        )
    if len(data) > PACKED:
        raise too_large()
    parts = _unpacked(data)
    if _DOCUMENT not in parts or _STYLES not in parts or "[Content_Types].xml" not in parts:
        raise broken()
    _refuse(parts)
    kinds = parts["[Content_Types].xml"]  # a .dotx becomes a document
    parts["[Content_Types].xml"] = kinds.replace(b"wordprocessingml.template.main", b"wordprocessingml.document.main")
    return parts


def _unpacked(data: bytes) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    try:
        archive = Archive(data, entries=ENTRIES, unpacked=UNPACKED)
        for entry in archive.entries:
            if entry.is_dir():
                continue
            if entry.filename in parts:
                raise broken()
            parts[entry.filename] = archive.unpack(entry).removeprefix(b"\xef\xbb\xbf")
    except ArchiveError as error:
        raise (too_large() if error.reason in ("too-many", "too-large") else broken()) from error
    return parts


def _refuse(parts: dict[str, bytes]) -> None:
    """Raise for macros, own entities and what is linked in from elsewhere."""
    found: list[Problem] = []
    if b"macroEnabled" in parts["[Content_Types].xml"] or any("vbaProject" in name for name in parts):
        found.append(problem("template-macros", "模板带有宏；请另存为不带宏的“Word 文件（*.docx）”再试"))
    if any(_entities(part) for name, part in parts.items() if name.endswith((".xml", ".rels"))):
        found.append(problem("template-entities", "模板里有自定义实体，正常的文档没有；为安全起见不用，请另存再试"))
    links = [link for name, part in parts.items() if name.endswith(".rels") for link in _EXTERNAL.findall(part)]
    if any(not _harmless(link) for link in links) or _FETCHES.search(_fields(parts[_DOCUMENT])):
        found.append(
            problem(
                "template-external",
                "模板链接了外面的图片、文件或模板，打开时会去取；请改为直接插入，在 WPS 里另存再试",
            )
        )
    if found:
        raise OutputError(*found)


def _entities(part: bytes) -> bool:
    """Whether a part declares entities, or is in an encoding in which one would not see them."""
    declared = re.match(rb"\s*<\?xml[^>]*encoding\s*=\s*[\"']([^\"']*)", part)
    foreign = declared is not None and declared[1].lower() not in (b"utf-8", b"us-ascii")
    return foreign or b"\0" in part[:8] or b"<!DOCTYPE" in part or b"<!ENTITY" in part


def _harmless(link: bytes) -> bool:
    """Hyperlinks are followed only by hand; a template's name on the own disk is not fetched from elsewhere."""
    if b"/hyperlink" in link:
        return True
    target = re.search(rb"Target\s*=\s*[\"']([^\"']*)", link)
    where = target[1].lower().replace(b"\\", b"/") if target else b"//"
    local = not where.startswith((b"http", b"ftp", b"//")) and not re.match(rb"file:/*//[^/]|file://[^/]", where)
    return b"/attachedTemplate" in link and (local or bool(re.match(rb"file:/{3}[a-z]:/", where)))


def _fields(part: bytes) -> str:
    """What the fields of a document say."""
    said = re.findall(rb"<(?:\w+:)?instrText[^>]*>([^<]*)<|\binstr=[\"']([^\"']*)", part)
    return " ".join((first or second).decode("utf-8", "replace") for first, second in said)
