"""折行: text in lines of a given width, the Chinese way — no line begins with ， or ends with （.

Numbers keep the unit that follows them, and words and file names stay whole where they fit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfeval.locales.width import width

if TYPE_CHECKING:
    from collections.abc import Iterator

CLOSING = frozenset("，。；：、）》〉」』”’！？％…～·,.;:)!?%")
"""No line begins with one of these."""
OPENING = frozenset("（《〈「『“‘(")
"""No line ends with one of these."""


def wrap(text: str, wide: int) -> list[str]:
    """*text* in lines of at most *wide* columns; a single word that is longer is cut."""
    return [line for part in text.split("\n") for line in _wrapped(part, max(wide, 2))] or [""]


def _wrapped(text: str, wide: int) -> Iterator[str]:
    if width(text) <= wide:
        yield text.strip(" ")
        return
    line: list[str] = []
    used = 0
    for token in _tokens(text, wide):
        taken = width(token)
        if line and used + taken > wide and not token.isspace():
            carried = _carried(line, token)
            yield "".join(line).rstrip()
            line = [*carried, token]
            used = sum(map(width, line))
            while used > wide:
                used -= width(line[0])
                yield line.pop(0)
        elif line or not token.isspace():
            line.append(token)
            used += taken
    yield "".join(line).rstrip()


def _tokens(text: str, wide: int) -> Iterator[str]:
    """What stays together: spaces, a word or number with the unit behind it, any other character alone."""
    for token in _whole_tokens(text):
        while width(token) > wide and len(token) > 1:
            end = next(n for n in range(len(token), 0, -1) if n == 1 or width(token[:n]) <= wide)
            yield token[:end]
            token = token[end:]
        yield token


def _whole_tokens(text: str) -> Iterator[str]:
    at, end = 0, len(text)
    while at < end:
        start = at
        if text[at].isspace():
            while at < end and text[at].isspace():
                at += 1
        else:
            at += text[at] in "≥≤≈±"  # a sign stays with its number
            while at < end and "!" <= text[at] <= "~":
                at += 1
            if at == start or (at < end and "\u4e00" <= text[at] <= "\u9fff" and text[at - 1] <= "~"):
                at += 1
        yield text[start:at]


def _carried(line: list[str], following: str) -> list[str]:
    """Take from the end of *line* what may not stand there before *following*; nothing if that is all of it."""
    kept = len(line)
    while kept and (following[0] in CLOSING or line[kept - 1] in OPENING):
        following = line[kept - 1]
        kept -= 1
    if not kept:
        return []
    carried = line[kept:]
    del line[kept:]
    return carried
