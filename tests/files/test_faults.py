"""What the system refuses is said in Chinese, with what to do, and never in the system's own English."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

import pytest

import perfeval as pe
from perfeval.documents import os_errors, writing
from perfeval.documents.writing import write_whole
from perfeval.errors import InputError, OutputError

WRITING = {
    errno.ENOENT: ("output-folder-missing", "没有文件夹"),
    errno.EACCES: ("output-forbidden", "权限"),
    errno.ENOSPC: ("output-disk-full", "磁盘满了"),
    errno.EDQUOT: ("output-disk-full", "磁盘满了"),
    errno.EROFS: ("output-read-only", "只读"),
    errno.ENAMETOOLONG: ("file-name-long", "改短"),
    errno.EBUSY: ("output-open", "关闭"),
    errno.EIO: ("output-device", "本机的硬盘"),
    errno.EINVAL: ("file-name-unfit", "改名"),
    errno.EMFILE: ("file-not-written", "系统错误24"),
}
READING = {
    errno.ENOENT: ("file-missing", "没有这个文件"),
    errno.EISDIR: ("file-is-folder", "文件夹"),
    errno.EACCES: ("file-forbidden", "权限"),
    errno.EBUSY: ("file-open", "关闭"),
    errno.ENAMETOOLONG: ("file-name-long", "改短"),
    errno.EIO: ("file-device", "本机的硬盘"),
    errno.EMFILE: ("file-unreadable", "系统错误24"),
}
ENGLISH = re.compile(r"[A-Za-z]{4,} [a-z]{2,}")


@pytest.mark.parametrize("number", WRITING)
def test_what_stands_in_the_way_of_writing(number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the disk says half-way: a Chinese sentence with what to do, the old file whole, nothing beside it."""
    path = tmp_path / "报告.md"
    path.write_bytes(b"old")

    def fail(_handle: int) -> None:
        raise OSError(number, os.strerror(number), str(path))

    monkeypatch.setattr(writing.os, "fsync", fail)
    with pytest.raises(OutputError) as caught:
        write_whole(path, b"new", overwrite=True)
    code, said = WRITING[number]
    assert caught.value.code == code
    assert said in str(caught.value)
    assert not ENGLISH.search(str(caught.value).replace(str(tmp_path), ""))
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("报告.md", b"old")]


@pytest.mark.parametrize("number", READING)
def test_what_stands_in_the_way_of_reading(number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same for what is read."""
    path = tmp_path / "附件1.xlsx"
    path.write_bytes(b"x")

    def fail(*_given: object, **_more: object) -> None:
        raise OSError(number, os.strerror(number), str(path))

    monkeypatch.setattr(Path, "open", fail)
    with pytest.raises(InputError) as caught:
        pe.read(path)
    code, said = READING[number]
    assert caught.value.code == code
    assert said in str(caught.value)
    assert not ENGLISH.search(str(caught.value).replace(str(tmp_path), ""))
    assert caught.value.place is not None
    assert caught.value.place.source == str(path)


def test_real_ones(tmp_path: Path) -> None:
    """As a system of today refuses: no file, no folder, a folder, a name too long, one with a NUL."""

    def read(path: Path | str) -> str:
        with pytest.raises(InputError) as caught:
            pe.read(path)
        return caught.value.code

    def write(path: Path | str) -> str:
        with pytest.raises(OutputError) as caught:
            write_whole(path, b"x", overwrite=True)
        return caught.value.code

    assert read(tmp_path / "无.xlsx") == "file-missing"
    assert read(tmp_path / "无" / "附件1.xlsx") == "file-folder-missing"
    assert read(tmp_path) == "file-is-folder"
    assert read(tmp_path / ("长" * 300 + ".xlsx")) == "file-name-long"
    assert read("a\0b.xlsx") == "file-name-unfit"
    assert write(tmp_path / "无" / "报告.md") == "output-folder-missing"
    assert write(tmp_path) == "output-is-folder"
    assert write(tmp_path / ("长" * 300 + ".md")) == "file-name-long"
    assert write("a\0b.md") == "file-name-unfit"
    assert list(tmp_path.iterdir()) == []


def test_windows_codes_go_first() -> None:
    """Windows folds 32 (open elsewhere) into EACCES and 206 (too long) into ENOENT; its own code says more."""
    for code, folded, meant in ((32, errno.EACCES, "open"), (206, errno.ENOENT, "long"), (112, errno.EINVAL, "full")):
        error = OSError(folded, "")
        error.winerror = code  # type: ignore[attr-defined,unused-ignore]
        assert os_errors.kind(error) == meant


@pytest.mark.parametrize("lock", ["~$报告文件甲.docx", "~$文件甲.docx", ".~lock.报告文件甲.docx#"])
def test_an_output_that_is_open_elsewhere_is_left_whole(lock: str, tmp_path: Path) -> None:
    """Excel and WPS, Word, and LibreOffice each say by a file beside it that they have it open."""
    path = tmp_path / "报告文件甲.docx"
    path.write_bytes(b"old")
    (tmp_path / lock).write_bytes(b"")
    with pytest.raises(OutputError, match="关闭它") as caught:
        write_whole(path, b"new", overwrite=True)
    assert caught.value.code == "output-open"
    assert path.read_bytes() == b"old"
    (tmp_path / lock).unlink()
    write_whole(path, b"new", overwrite=True)
    assert path.read_bytes() == b"new"


def test_a_protected_output_is_left_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that somebody has made read-only is not replaced, even where the folder would allow it."""
    path = tmp_path / "报告.md"
    path.write_bytes(b"old")
    path.chmod(0o444)
    if os.access(path, os.W_OK):  # root may write everything
        monkeypatch.setattr(writing.os, "access", lambda *_: False)
    with pytest.raises(OutputError) as caught:
        write_whole(path, b"new", overwrite=True)
    assert caught.value.code == "output-protected"
    assert path.read_bytes() == b"old"
