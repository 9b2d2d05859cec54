"""文字: bytes → text, and what goes wrong with encodings, each with its own message."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from perfeval.documents.limits import too_large
from perfeval.errors import InputError, Place, Problem, problem

if TYPE_CHECKING:
    from perfeval.documents.limits import Limits

BOM = "\ufeff"
_WIDE = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16", b"\x00\x00\xfe\xff": "UTF-32"}


def decode(data: bytes, source: str, limits: Limits) -> str:
    """The text of *data*, which must be UTF-8 (the mark that Windows' Notepad puts before it is passed over).

    Raises InputError for other encodings, naming the one it looks like and what to do, and for size.
    """
    if len(data) > limits.size:
        raise too_large(len(data), limits, Place(source=source))
    for mark, name in _WIDE.items():
        if data.startswith(mark):
            raise InputError(
                problem(
                    "encoding-wide",
                    "文件是{name}编码；请在编辑器里“另存为”，编码选UTF-8",
                    place=Place(source=source, line=1, column=1),
                    name=name,
                )
            )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(_not_utf8(data, error.start, source)) from None
    text = text.removeprefix(BOM)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text


def _not_utf8(data: bytes, start: int, source: str) -> Problem:
    before = data[:start]
    line = before.count(b"\n") + 1
    column = len(before.rsplit(b"\n", 1)[-1].decode("utf-8", "replace")) + 1
    place = Place(source=source, line=line, column=column)
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return problem(
            "encoding-unknown",
            "这里的字节不是UTF-8文字，文件可能已损坏或不是文本文件；请核对文件，另存为UTF-8",
            place=place,
        )
    return problem(
        "encoding-gbk",
        "文件像是GBK（ANSI）编码；请在编辑器里“另存为”，编码选UTF-8",
        place=place,
    )


_UNDECODED = re.compile("[\udc80-\udcff]")
"""How Python keeps the bytes of a name that the system's encoding does not know."""
_ENCODINGS = ("utf-8", "gb18030")


def readable(path: str) -> str:
    """*path* with each name in it that was not decoded read as UTF-8 or GBK; as it is where there is none."""
    if path.isascii() or not _UNDECODED.search(path):
        return path
    return "/".join(_decoded(each) if _UNDECODED.search(each) else each for each in path.split("/"))


def _decoded(name: str) -> str:
    data = name.encode("utf-8", "surrogateescape")
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return _UNDECODED.sub("?", name)


def on_disk(name: str) -> Path:
    """The file that :func:`readable` gave as *name*; a path that is not there where it has gone."""
    path = Path(name)
    if path.exists() or name.isascii():
        return path
    home = path.parent if path.parent == path else on_disk(str(path.parent))
    for each in sorted(home.iterdir()) if home.is_dir() else ():
        if readable(each.name) == path.name:
            return each
    return path
