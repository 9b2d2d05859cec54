"""A file is whole or not there."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from perfeval.documents import writing
from perfeval.documents.writing import write_whole
from perfeval.errors import OutputError

if TYPE_CHECKING:
    from pathlib import Path


def test_writes_and_leaves_nothing_beside(tmp_path: Path) -> None:
    """What is written is all that stands in the folder."""
    write_whole(tmp_path / "报告.md", "一".encode())
    assert [(path.name, path.read_text("utf-8")) for path in tmp_path.iterdir()] == [("报告.md", "一")]


def test_an_existing_file_is_left_alone(tmp_path: Path) -> None:
    """Without overwrite the old content stays, with it the new one replaces it whole."""
    path = tmp_path / "报告.md"
    path.write_bytes(b"old")
    path.chmod(0o640)
    with pytest.raises(OutputError, match="已存在"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    write_whole(path, b"new", overwrite=True)
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_failure_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the disk fails half-way, the old file is as before and nothing lies beside it."""
    path = tmp_path / "报告.md"
    path.write_bytes(b"old")

    def fail(_handle: int) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(writing.os, "fsync", fail)
    with pytest.raises(OutputError, match="没有改动"):
        write_whole(path, b"new", overwrite=True)
    assert [each.name for each in tmp_path.iterdir()] == ["报告.md"]
    assert path.read_bytes() == b"old"


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    """The error is ours and names the file."""
    with pytest.raises(OutputError) as caught:
        write_whole(tmp_path / "无" / "报告.md", b"x")
    assert caught.value.code == "output-folder-missing"
    assert caught.value.place is not None
    assert caught.value.place.source.endswith("报告.md")


def test_a_link_stays_one(tmp_path: Path) -> None:
    """What a link points at is written; the link itself is not replaced."""
    path, link = tmp_path / "报告.md", tmp_path / "最新.md"
    path.write_bytes(b"old")
    link.symlink_to(path)
    assert write_whole(link, b"new", overwrite=True) == link
    assert link.is_symlink()
    assert path.read_bytes() == b"new"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes by name here")
def test_what_is_no_plain_file_stays(tmp_path: Path) -> None:
    """A pipe is refused, asked for or not, and is still one afterwards."""
    path = tmp_path / "报告.md"
    os.mkfifo(path)
    for overwrite in (False, True):
        with pytest.raises(OutputError):
            write_whole(path, b"new", overwrite=overwrite)
    assert path.is_fifo()


def test_what_a_killed_run_left_is_cleared(tmp_path: Path) -> None:
    """An old part of the same file goes with the next run; a young one may be somebody's, and others stay."""
    old, young, other = (tmp_path / name for name in (".报告.md.a.part", ".报告.md.b.part", ".别的.md.a.part"))
    for each in (old, young, other):
        each.write_bytes(b"half")
    os.utime(old, (0, 0))
    os.utime(other, (0, 0))
    write_whole(tmp_path / "报告.md", b"new")
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted([young.name, other.name, "报告.md"])


def test_the_umask_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mode of a new file is the process's own, which is not changed, not even for a moment."""

    def asked(mask: int) -> int:
        pytest.fail(f"umask set to {mask:o}")

    before = os.umask(0o027)
    try:
        monkeypatch.setattr(os, "umask", asked)
        write_whole(tmp_path / "报告.md", b"new")
        monkeypatch.undo()
        assert (tmp_path / "报告.md").stat().st_mode & 0o777 == 0o640
    finally:
        os.umask(before)


@pytest.mark.parametrize("name", ["名" * 83 + ".md", "a" * 250 + ".md"])
def test_the_longest_names_can_be_overwritten(tmp_path: Path, name: str) -> None:
    """A name of as many bytes as a file system takes leaves room for the part beside it."""
    path = tmp_path / name
    write_whole(path, b"old")
    write_whole(path, b"new", overwrite=True)
    assert path.read_bytes() == b"new"
