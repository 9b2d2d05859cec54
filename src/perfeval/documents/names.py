"""文件名: names whose bytes the system could not decode — packed in GBK, or met in a bare locale — made readable."""

from __future__ import annotations

import re
from pathlib import Path

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
