"""宽度: the columns that Chinese text takes, on a console and in a cell, where a Chinese character takes two.

And which characters no paper can hold: one rule for every door by which a text comes in.
"""

from __future__ import annotations

import re
from unicodedata import east_asian_width

_NONE = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_HIDDEN = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef{_NONE}]")


def hidden(text: str) -> str:
    """The first character of *text* that no paper can hold: a control, half of a pair, none at all; "" without one.

    Characters of private use, which offices make for rare names, are characters.
    """
    found = None if text.isascii() and text.isprintable() else _HIDDEN.search(text)
    return found[0] if found is not None else ""


def width(text: str) -> int:
    """Columns that *text* takes on a console: two for a Chinese character."""
    return len(text) if text.isascii() else sum([2 if east_asian_width(char) in "WF" else 1 for char in text])


def lines(text: str, columns: float) -> int:
    """How many lines *text* takes in a cell so many columns wide."""
    inside = max(int(columns - 0.4) // 2 * 2, 2)
    return sum(max(-(-width(line) // inside), 1) for line in text.split("\n"))


def widest(text: str) -> int:
    """Columns that the widest line of *text* takes: two for a Chinese character."""
    return max(map(width, text.split("\n")))
