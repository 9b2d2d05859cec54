"""宽度: the columns that Chinese text takes, on a console and in a cell, where a Chinese character takes two."""

from __future__ import annotations

from unicodedata import east_asian_width


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
