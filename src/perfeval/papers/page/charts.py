"""图: bar charts as geometry — whole pixels, texts and patterns; the page draws them as inline SVG.

A bar is told apart by its pattern (full, hatched) and its words, never by colour alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from perfeval.locales.width import width

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from fractions import Fraction

WIDE = 820
"""Width of a chart in its own pixels."""
_CHINESE, _LATIN = 14, 9
"""Pixels of a Chinese character in the charts' type, and of any other at its widest usual."""
_LINE, _BAR, _GAP, _LEGEND = 22, 11, 12, 28
FULL, HATCHED, TRACK = "full", "hatched", "track"


class Bar(NamedTuple):
    """条: the length as a share of the whole width (0 to 1), and how it is filled."""

    share: Fraction
    fill: str = FULL


class BarGroup(NamedTuple):
    """组: a name, its bars, and the words at the right."""

    name: str
    label: str
    bars: tuple[Bar, ...]


class Rect(NamedTuple):
    """矩形: a bar or the track behind it, in pixels."""

    x: int
    y: int
    wide: int
    high: int
    fill: str


class Words(NamedTuple):
    """图中文字: at a point, from there to the right or (end) to the left."""

    x: int
    y: int
    text: str
    end: bool = False


class Chart(NamedTuple):
    """图: what is drawn, and what a screen reader says of it."""

    key: str
    title: str
    desc: str
    high: int
    boxes: tuple[Rect, ...]
    words: tuple[Words, ...]
    wide: int = WIDE


def chart(
    key: str,
    title: str,
    desc: str,
    groups: Iterable[BarGroup],
    legend: Sequence[tuple[str, str]],
    *,
    track: bool = False,
) -> Chart:
    """The chart of *groups*; *legend* is (fill, words), *track* shows the whole width behind each bar.

    *key* is an ASCII name of its own on the page.
    """
    boxes: list[Rect] = []
    words: list[Words] = []
    x = 0
    for fill, text in legend:
        boxes.append(Rect(x, 4, 22, 12, fill))
        words.append(Words(x + 28, 15, text))
        x += 28 + pixels(text) + 24
    y = _LEGEND if legend else 0
    for group in groups:
        room = WIDE - pixels(group.label) - 24
        words.append(Words(0, y + 15, clipped(group.name, max(room, 6 * _CHINESE))))
        words.append(Words(WIDE, y + 15, group.label, end=True))
        y += _LINE
        for bar in group.bars:
            if track:
                boxes.append(Rect(0, y, WIDE, _BAR, TRACK))
            long = min(max(round(bar.share * WIDE), 0), WIDE)
            if bar.share > 0:
                boxes.append(Rect(0, y, max(long, 2), _BAR, bar.fill))
            y += _BAR + 2
        y += _GAP
    return Chart(key, title, desc, y, tuple(boxes), tuple(words))


def pixels(text: str) -> int:
    """About how wide *text* is in a chart."""
    return sum(_CHINESE if width(char) == 2 else _LATIN for char in text)


def clipped(text: str, wide: int) -> str:
    """*text* in at most *wide* pixels, an ellipsis where it is longer; the table below has the whole."""
    text = " ".join(text.split())
    if pixels(text) <= wide:
        return text
    kept, used = "", _CHINESE
    for char in text:
        used += pixels(char)
        if used > wide:
            break
        kept += char
    return kept + "…"
