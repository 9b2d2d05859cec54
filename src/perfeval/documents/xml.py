"""XML 文字: what the case says as element content or attribute — never markup, and nothing that XML cannot hold."""

from __future__ import annotations

import re

_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML may hold."""
_MARKUP = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_SPECIAL = re.compile("[&<>]")


def escape(text: str) -> str:
    """*text* for element content; what XML cannot hold is left out."""
    return _SPECIAL.sub(lambda found: _MARKUP[found[0]], _UNWRITABLE.sub("", text))


def attribute(text: str) -> str:
    """*text* on one line for an attribute in double quotation marks."""
    return escape(text).replace('"', "&quot;").replace("\n", " ").replace("\t", " ")


def escaped(text: str) -> str:
    """*text* between tags or quotes in ASCII alone, whatever encoding the part is in."""
    return escape(text).replace('"', "&quot;").encode("ascii", "xmlcharrefreplace").decode()
