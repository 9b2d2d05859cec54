"""写出: a file is whole or not there — written beside, then renamed; an existing one is left alone unless asked."""

from __future__ import annotations

import errno
import glob
import os
import secrets
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from perfeval.documents.os_errors import output_open, unwritten
from perfeval.documents.text import readable
from perfeval.errors import OutputError, Place, problem

if TYPE_CHECKING:
    from os import PathLike


PART, STALE = ".part", 600
"""What a file that is being written is called, and the seconds after which nobody writes it any more."""


def write_whole(path: str | PathLike[str], data: bytes, *, overwrite: bool = False) -> Path:
    """Write *data* to *path* in one step; whoever looks sees the old file or the new one, never half of it.

    A link is followed, so that it stays one. Raises OutputError where the file exists and *overwrite* is not
    given, where it is no plain file (a device, a pipe), or where it cannot be written; what was there is then
    as before. What a run that was killed has left beside it is cleared away.
    """
    given = target = Path(path)
    beside: Path | None = None
    try:
        if target.is_symlink():
            target = target.resolve()
        _refuse(target, overwrite=overwrite)
        _clear(target)
        new = target.with_name(f".{target.name[:40]}.{secrets.token_hex(6)}{PART}")
        handle = os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o666)
        beside = new
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if target.exists():
            beside.chmod(target.stat().st_mode & 0o777)
        if overwrite:
            beside.replace(target)
        else:
            _rename_new(beside, target)
    except FileExistsError:
        place = Place(source=readable(str(target)))
        raise OutputError(problem("file-exists-now", "文件刚被别的程序写出，没有改动", place=place)) from None
    except (OSError, ValueError) as error:
        raise unwritten(target, error) from None
    except RuntimeError as error:  # links that lead in a circle
        raise unwritten(target, OSError(errno.ELOOP, str(error))) from None
    finally:
        if beside is not None:
            beside.unlink(missing_ok=True)
    return given


def _refuse(target: Path, *, overwrite: bool) -> None:
    """Raise OutputError for a file that is to stay as it is: not asked for, read-only, or open elsewhere."""
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, "", str(target))
    if not target.exists():
        return
    if not target.is_file():
        raise OutputError(
            problem(
                "output-not-file",
                "这不是普通文件（是设备或管道），没有写；请换一个文件名",
                place=Place(source=readable(str(target))),
            )
        )
    place = Place(source=readable(str(target)))
    if not overwrite:
        raise OutputError(
            problem("file-exists", "文件已存在，没有改动；要覆盖请加 overwrite=True（命令行 --force）", place=place)
        )
    if not os.access(target, os.W_OK):
        raise OutputError(
            problem("output-protected", "这个文件设成了只读，没有改动；请换一个文件名，或先去掉只读", place=place)
        )
    for name in _locks(target.name):
        with suppress(OSError):  # a name that is too long for a lock has none
            if target.with_name(name).exists():
                raise OutputError(output_open(place))


def _locks(name: str) -> tuple[str, ...]:
    """The names of the files by which Excel, Word and WPS, and LibreOffice say that they have *name* open."""
    return f"~${name}", f"~${name[2:]}", f".~lock.{name}#"


def _clear(target: Path) -> None:
    """Remove what runs that were killed have left of *target*: it is no part of anything, once it is old."""
    for left in target.parent.glob(f".{glob.escape(target.name[:40])}.*{PART}"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > STALE:
                left.unlink()


def _rename_new(beside: Path, target: Path) -> None:
    """Rename unless somebody has made *target* meanwhile."""
    try:
        os.link(beside, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if target.exists():
            raise FileExistsError(target) from None
        beside.replace(target)
