"""The pictures of the papers: made by the real programs, shown by the pages, and missed aloud where a program is missing."""

from __future__ import annotations

import importlib.util
import os
import re
import struct
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.fixture(name="pictures")
def _pictures() -> ModuleType:
    """docs/pictures.py."""
    spec = importlib.util.spec_from_file_location("pictures", DOCS / "pictures.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["pictures"] = module
    spec.loader.exec_module(module)
    return module


def size(path: Path) -> tuple[int, int]:
    """Width and height that a PNG states."""
    data = path.read_bytes()
    assert data.startswith(b"\x89PNG")
    return struct.unpack(">II", data[16:24])


@pytest.mark.needs("soffice", "pdftoppm", "chromium")
def test_every_paper_becomes_a_picture(pictures: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each picture is as wide as asked and not an empty sheet; nothing is made twice; the pages get figures with words."""
    pictures.write_pictures(tmp_path)
    for key, group in pictures.SHOWN.items():
        text = (tmp_path / f"{key}.md").read_text(encoding="utf-8")
        for each in group:
            path = tmp_path / f"{each.name}.png"
            os.utime(path, (2**32, 2**32))  # newer than any source
            assert size(path)[0] in (900, 1000)
            assert len(path.read_bytes()) > 15_000  # an empty sheet of this size takes under 10,000
            assert f"/pictures/{each.name}.png" in text
            assert text.count(each.shows) == 2  # below it, and for screen readers
    monkeypatch.setattr(pictures, "papers", None)  # would fail if it were asked again
    pictures.write_pictures(tmp_path)


def test_without_the_programs_the_page_says_so(
    pictures: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Elsewhere a line stands in place of the pictures; in CI the build fails."""
    monkeypatch.setattr(pictures, "missing", lambda: ["soffice"])
    monkeypatch.setenv("CI", "")
    pictures.write_pictures(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {f"{key}.md" for key in pictures.SHOWN}
    assert all("没有 soffice，所以没有图" in path.read_text(encoding="utf-8") for path in tmp_path.iterdir())
    monkeypatch.setenv("CI", "true")
    with pytest.raises(RuntimeError, match="soffice"):
        pictures.write_pictures(tmp_path)


def test_every_group_of_pictures_is_shown(pictures: ModuleType) -> None:
    """What the build makes, a page includes; no picture is kept in the repository."""
    pages = "".join(path.read_text(encoding="utf-8") for path in (DOCS / "howto").glob("*.md"))
    assert set(re.findall(r"\.\./pictures/(\w+)\.md", pages)) == set(pictures.SHOWN)
    assert "docs/pictures/" in (DOCS.parent / ".gitignore").read_text().splitlines()
