"""The page for a clerk who has never seen a terminal: what it says the screen shows, the screen can show."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "howto" / "clerk.md").read_text(encoding="utf-8")
TABLE = PAGE.partition("## 屏幕上的话是什么意思")[2]
SHOWN = re.findall(r"^\| `([^`]+)` \|", TABLE, re.MULTILINE)


def said() -> str:
    """Every message that the library or run.py has."""
    spec = importlib.util.spec_from_file_location("messages_tool", ROOT / "tools" / "messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return "\n".join([*module.collect(), (ROOT / "run.py").read_text(encoding="utf-8")])


@pytest.mark.parametrize("words", SHOWN)
def test_the_screen_can_say_it(words: str) -> None:
    """Each message that the page explains is one that exists, word for word."""
    assert words in said()


def test_the_page_explains_messages_and_both_systems() -> None:
    """A reader of either system finds what to open and what to type."""
    assert len(SHOWN) >= 10
    for each in ("py run.py demo", "python3 run.py demo", r".venv\Scripts\activate", "source .venv/bin/activate"):
        assert f"\n{each}\n" in PAGE
