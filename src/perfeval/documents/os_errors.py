"""读写失败: what the operating system refuses, as one sentence of what is wrong and what to do; never its own English."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import TYPE_CHECKING

from perfeval.documents.text import readable
from perfeval.errors import InputError, OutputError, Place, problem

if TYPE_CHECKING:
    from os import PathLike

    from perfeval.errors import Problem

KINDS = {
    errno.ENOENT: "missing",
    errno.ENOTDIR: "missing",
    errno.EACCES: "forbidden",
    errno.EPERM: "forbidden",
    errno.EISDIR: "folder",
    errno.EEXIST: "exists",
    errno.ENOSPC: "full",
    getattr(errno, "EDQUOT", errno.ENOSPC): "full",
    errno.EFBIG: "full",
    errno.EROFS: "read-only",
    errno.ENAMETOOLONG: "long",
    errno.EBUSY: "open",
    errno.ETXTBSY: "open",
    errno.EAGAIN: "open",
    errno.EIO: "device",
    errno.ENXIO: "device",
    errno.ENODEV: "device",
    errno.EINVAL: "name",
    errno.EILSEQ: "name",
}
"""What an errno means to whoever has to put it right."""
WINDOWS = {
    32: "open",
    33: "open",
    39: "full",
    112: "full",
    19: "read-only",
    206: "long",
    123: "name",
    161: "name",
    21: "device",
}
"""The same for the codes of Windows, which Python folds into fewer errnos."""


def kind(error: Exception) -> str:
    """What stands in the way: a word of KINDS, '' for what is rarer than all of them."""
    if not isinstance(error, OSError):
        return "name" if isinstance(error, ValueError) else ""  # a NUL in the path
    own = WINDOWS.get(getattr(error, "winerror", None) or 0)
    return own or KINDS.get(error.errno or 0, "")


def unread(path: str | PathLike[str], error: Exception) -> InputError:
    """The error for a file that cannot be read."""
    return InputError(_unread(Path(path), error))


def unwritten(path: str | PathLike[str], error: Exception) -> OutputError:
    """The error for a file that cannot be written; what was there is as before."""
    return OutputError(_unwritten(Path(path), error))


def _unread(path: Path, error: Exception) -> Problem:
    place = Place(source=readable(str(path)))
    found = _kind(path, error)
    match found:
        case "missing":
            folder = path.parent
            if _is_folder(folder):
                return problem("file-missing", "没有这个文件；请核对路径", place=place)
            return problem("file-folder-missing", "没有文件夹“{folder}”；请核对路径", place=place, folder=str(folder))
        case "folder":
            return problem("file-is-folder", "这是文件夹；请写出其中的文件", place=place)
        case "forbidden":
            return problem(
                "file-forbidden",
                "没有读取这个文件的权限；请让管理员开通，或把文件复制到自己的文件夹再读",
                place=place,
            )
        case "open":
            return problem("file-open", "这个文件正被别的程序占用；请在 WPS、Excel 里关闭它再试", place=place)
        case "long":
            return problem("file-name-long", "文件名或路径太长；请改短再试", place=place)
        case "name":
            return problem("file-name-unfit", "文件名或路径里有不能用的字符；请改名再试", place=place)
        case "device":
            return problem("file-device", "磁盘或网络位置读不出来；请把文件复制到本机的硬盘再试", place=place)
        case _:
            return problem(
                "file-unreadable",
                "读不出这个文件（系统错误{number}）；请把它复制到自己的文件夹再试",
                place=place,
                number=_number(error),
            )


def _unwritten(path: Path, error: Exception) -> Problem:
    place = Place(source=readable(str(path)))
    found = _kind(path, error)
    match found:
        case "missing":
            return problem(
                "output-folder-missing",
                "没有文件夹“{folder}”；请先建好这个文件夹，或写到别的文件夹",
                place=place,
                folder=str(path.parent),
            )
        case "folder":
            return problem(
                "output-is-folder",
                "这是文件夹；请写出文件名，如 {example}",
                place=place,
                example=str(path / "报告.docx"),
            )
        case "forbidden":
            return problem(
                "output-forbidden",
                "没有写这个文件的权限，或它正在 WPS、Excel 里打开着；请关闭它再试，或写到自己的文件夹",
                place=place,
            )
        case "open":
            return output_open(place)
        case "exists":
            return problem("output-exists", "已有同名的文件或文件夹，没有改动；请换一个名字", place=place)
        case "full":
            return problem(
                "output-disk-full", "磁盘满了，写不下；原有的内容没有改动，请腾出空间或写到别的磁盘", place=place
            )
        case "read-only":
            return problem("output-read-only", "这个位置是只读的，写不进去；请写到别的文件夹", place=place)
        case "long":
            return problem("file-name-long", "文件名或路径太长；请改短再试", place=place)
        case "name":
            return problem("file-name-unfit", "文件名或路径里有不能用的字符；请改名再试", place=place)
        case "device":
            return problem("output-device", "磁盘或网络位置写不进去；原有的内容没有改动，请写到本机的硬盘", place=place)
        case _:
            return problem(
                "file-not-written",
                "写不出这个文件（系统错误{number}）；原有的内容没有改动，请写到别的文件夹再试",
                place=place,
                number=_number(error),
            )


def output_open(place: Place) -> Problem:
    """What is said of an output that somebody has open."""
    return problem(
        "output-open",
        "这个文件正在别的程序里打开着，没有改动；请在 WPS、Excel 里关闭它再试，或换一个文件名",
        place=place,
    )


def _kind(path: Path, error: Exception) -> str:
    found = kind(error)
    return "folder" if found in ("forbidden", "") and _is_folder(path) else found  # as Windows refuses a folder


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _number(error: Exception) -> str:
    code = error.errno if isinstance(error, OSError) else None
    return str(code) if code is not None else type(error).__name__
