"""A file is whole or not there."""

from __future__ import annotations

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
