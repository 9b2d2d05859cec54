"""形似: what looks like a space or a bracket in a text editor and is none to YAML — each named, with what to type.

A full-width space (U+3000), a no-break space from a web page or Word, a Tab behind a colon, full-width
braces: nobody sees the difference, so the message says which it is and where.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from perfeval.errors import InputError, Place, problem
from perfeval.locales.messages import message
from perfeval.locales.suggestions import Message

if TYPE_CHECKING:
    from perfeval.documents.cells import Cell
    from perfeval.errors import Problem

SPACES = {"\u3000": message("全角空格"), "\xa0": message("不换行空格"), "\t": message("制表符（Tab）")}
"""What stands for a space and is none."""
BRACKETS = {"｛": "{", "｝": "}", "［": "[", "］": "]"}
FIRST = frozenset("\u3000\xa0｛［")
"""What a text without quotes is looked at for when it begins with it."""
DASHES = frozenset("-－—–―")
"""What a key does not begin with: it was meant for the dash of a list."""
_AFTER_COLON = re.compile(r"""^[\s\-{\[,?]*([^\s:：'"{}\[\],]+): *([\u3000\xa0\t])[ \u3000\xa0\t]*(.*)$""")
_DASH = re.compile(r"^ *([－—–―]+|-(?=[{\[]|[^\s\-:：]+: ))")
"""What stands for the dash of a list: another dash, or one without its space."""
_OPENED = re.compile(r"(?:: +|^ *- +|^)([｛［])")


def slip(line: str, place: Place) -> Problem | None:
    """The look-alike that is wrong with *line*, or None: as indentation, behind a colon, as a dash, as a bracket."""
    bare = line.lstrip(" ")
    if bare[:1] in ("\u3000", "\xa0"):
        return _indented(bare[0], _at(place, len(line) - len(bare)))
    after = _AFTER_COLON.match(line)
    if after:
        return problem(
            "yaml-colon-lookalike",
            "“{key}”的冒号后面是{what}；请改成半角空格，写成“{key}: {value}”",
            place=_at(place, after.start(2)),
            key=after[1],
            what=Message(SPACES[after[2]]),
            value=after[3].strip() or "……",
        )
    dash = _DASH.match(line)
    if dash:
        return _dash(line[dash.start(1) : dash.end(1) + 1], _at(place, dash.start(1)))
    opened = _OPENED.search(line)
    if opened:
        return _bracket(opened[1], _at(place, opened.start(1)))
    return None


def closing(line: str, place: Place) -> Problem | None:
    """A full-width bracket where a half-width one was opened."""
    found = next((at for at, character in enumerate(line) if character in BRACKETS), None)
    return None if found is None else _bracket(line[found], _at(place, found))


def refuse_first(text: str, place: Place, *, begins: bool) -> None:
    """Raise where *text*, written without quotes, begins with a look-alike; a paragraph's own indentation may stay.

    *begins* says that it begins its line, so that the space was meant for YAML and not for the reader.
    """
    if text[0] in SPACES and begins:
        raise InputError(_indented(text[0], place))
    if text[0] in BRACKETS and text[-1] in BRACKETS:
        raise InputError(_bracket(text[0], place))


def refuse_key(key: Cell) -> None:
    """Raise where a key begins with the dash of a list, or has a character of no width in it.

    It would be another name than the one that is seen.
    """
    if key[:1] in DASHES and not key[1:2].isdigit():
        raise InputError(_dash(key[:2], key.place))
    if key.isprintable():
        return
    hidden = next((each for each in key if unicodedata.category(each) in ("Cf", "Cc", "Cs", "Co", "Cn")), None)
    if hidden is not None:
        raise InputError(
            problem(
                "key-hidden",
                "名称“{key}”里有一个看不见的字符（编号{code}）；请把这个名称重新打一遍",
                place=key.place,
                key="".join(each for each in key if unicodedata.category(each) != "Cf"),
                code=f"U+{ord(hidden):04X}",
            )
        )


def _indented(character: str, place: Place) -> Problem:
    return problem(
        "yaml-indent-lookalike",
        "这里是{what}，看上去像缩进；请改成半角空格",
        place=place,
        what=Message(SPACES[character]),
    )


def _dash(what: str, place: Place | None) -> Problem:
    return problem(
        "yaml-list-dash", "列表的每一项要以半角“-”加一个空格开头；这里写的是“{what}”", place=place, what=what
    )


def _bracket(character: str, place: Place) -> Problem:
    return problem(
        "yaml-wide-bracket",
        "这里是全角括号“{wide}”；请改成半角“{half}”，成对的都要改",
        place=place,
        wide=character,
        half=BRACKETS[character],
    )


def _at(place: Place, index: int) -> Place:
    return Place(source=place.source, line=place.line, column=index + 1)
