"""The architecture page describes the rooms that there are."""

from __future__ import annotations

import re
from pathlib import Path

import perfeval

PACKAGE = Path(perfeval.__file__).parent
PAGE = (Path(__file__).resolve().parents[2] / "docs" / "concepts.md").read_text(encoding="utf-8")


def test_every_room_is_on_the_page_and_no_other() -> None:
    """Each module and package at the top stands in the page's table of rooms; what is gone is gone there too."""
    rooms = {f"{path.name}/" for path in PACKAGE.iterdir() if (path / "__init__.py").exists()}
    rooms |= {path.name for path in PACKAGE.glob("*.py") if not path.name.startswith("_")}
    table = PAGE.partition("## 房间")[2].partition("## 名词")[0]
    assert set(re.findall(r"`(\w+(?:/|\.py))`", table)) == rooms
