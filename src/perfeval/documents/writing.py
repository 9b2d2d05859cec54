"""写出: a file is whole or not there — written beside, then renamed; an existing one is left alone unless asked."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from perfeval.documents.os_errors import output_open, unwritten
from perfeval.documents.text import readable
from perfeval.errors import OutputError, Place, problem

if TYPE_CHECKING:
    from os import PathLike


def write_whole(path: str | PathLike[str], data: bytes, *, overwrite: bool = False) -> Path:
    """Write *data* to *path* in one step; whoever looks sees the old file or the new one, never half of it.

    Raises OutputError where the file exists and *overwrite* is not given, or where it cannot be written;
    what was there is then as before.
    """
    target = Path(path)
    beside = ""
    try:
        _refuse(target, overwrite=overwrite)
        handle, beside = tempfile.mkstemp(prefix=f".{target.name[:40]}.", suffix=".part", dir=target.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        _keep_mode(target, beside)
        if overwrite:
            Path(beside).replace(target)
        else:
            _rename_new(beside, target)
    except FileExistsError:
        place = Place(source=readable(str(target)))
        raise OutputError(problem("file-exists-now", "文件刚被别的程序写出，没有改动", place=place)) from None
    except (OSError, ValueError) as error:
        raise unwritten(target, error) from None
    finally:
        if beside:
            Path(beside).unlink(missing_ok=True)
    return target


def _refuse(target: Path, *, overwrite: bool) -> None:
    """Raise OutputError for a file that is to stay as it is: not asked for, read-only, or open elsewhere."""
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, "", str(target))
    if not target.exists():
        return
    place = Place(source=readable(str(target)))
    if not overwrite:
        raise OutputError(
            problem("file-exists", "文件已存在，没有改动；要覆盖请加 overwrite=True（命令行 --force）", place=place)
        )
    if not os.access(target, os.W_OK):
        raise OutputError(
            problem("output-protected", "这个文件设成了只读，没有改动；请换一个文件名，或先去掉只读", place=place)
        )
    if any(target.with_name(name).exists() for name in _locks(target.name)):
        raise OutputError(output_open(place))


def _locks(name: str) -> tuple[str, ...]:
    """The names of the files by which Excel, Word and WPS, and LibreOffice say that they have *name* open."""
    return f"~${name}", f"~${name[2:]}", f".~lock.{name}#"


def _keep_mode(target: Path, beside: str) -> None:
    """A temporary file is private; the paper gets the mode that the one before had, or the usual one."""
    if target.exists():
        mode = target.stat().st_mode & 0o777
    else:
        mask = os.umask(0o077)
        os.umask(mask)
        mode = 0o666 & ~mask
    Path(beside).chmod(mode)


def _rename_new(beside: str, target: Path) -> None:
    """Rename unless somebody has made *target* meanwhile."""
    try:
        os.link(beside, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if target.exists():
            raise FileExistsError(target) from None
        Path(beside).replace(target)
