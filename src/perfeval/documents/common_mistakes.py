"""常见笔误: what goes wrong when YAML is written by hand, each explained with what to write instead.

Among them what looks like a space or a bracket in a text editor and is none to YAML: a full-width space (U+3000), a
no-break space from a web page or Word, a Tab behind a colon, full-width braces. Nobody sees the difference, so the
message says which it is and where.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from perfeval.errors import InputError, Place, Problem, hidden_in, problem
from perfeval.locales.messages import message
from perfeval.locales.suggestions import Message

if TYPE_CHECKING:
    from perfeval.documents.cells import Cell

_COLON_AT_END = re.compile(r"([^\s:：'\"{}\[\],]+):(?=\s*[},\]])")
"""A name in braces whose colon touches what ends the entry."""
_TOUCHING_COLON = re.compile(r"""^[\s\-{\[,?]*([^\s:：'"{}\[\],]+):([^\s:/].*)$""")
_WIDE_COLON = re.compile(r"""^[\s\-{\[,?]*([^\s:：'"{}\[\],]+)：(.*)$""")
_FIELD_LIKE = re.compile(r"^\s+(?:- )?[\w（）()/·]{1,20}(?:：|:(?=\S))")
_LIST_LIKE = re.compile(r"^\s+- ")


def alias(place: Place) -> Problem:
    """An alias (*x) or anchor (&x): refused, since a few of them expand without bound."""
    return problem(
        "yaml-alias", "不用引用写法（& 和 *）；若要写这个符号本身，请加引号，如“'*'”；否则把内容再写一遍", place=place
    )


def tag(place: Place) -> Problem:
    """A tag (!x): refused; a file holds texts only."""
    return problem("yaml-tag", "不用标签写法（!）；若要写这个符号本身，请给整个值加引号", place=place)


def repeated(key: Cell, first: Cell) -> Problem:
    """The same key twice in one mapping."""
    return problem(
        "key-repeated",
        "“{key}”写了两次（前一次在{first}）；请只留一处",
        place=key.place,
        key=str(key),
        first=first.place,
    )


def odd_key(place: Place) -> Problem:
    """A list or mapping where a key should be."""
    return problem("key-not-text", "冒号前应是一个名称，不能是列表或括号；请核对括号和引号", place=place)


def empty_key(place: Place) -> Problem:
    """A colon with nothing before it."""
    return problem("key-empty", "冒号前没有名称；请写成“名称: 值”", place=place)


def unreadable(place: Place) -> Problem:
    """What no other message fits."""
    return problem("yaml-syntax", "从这里起读不懂；请核对冒号、缩进、引号和括号是否成对", place=place)


def wide_colon(key: str, place: Place) -> Problem:
    """A full-width colon between key and value."""
    return problem(
        "yaml-wide-colon", "“{key}”后面是全角冒号；请改成半角冒号加空格，写成“{key}: ……”", place=place, key=key
    )


def wide_comma(place: Place) -> Problem:
    """A full-width comma between fields in braces."""
    return problem("yaml-wide-comma", "括号里用了全角逗号；请改成半角逗号加空格“, ”", place=place)


def colon_space(key: str, value: str, place: Place) -> Problem:
    """A colon without the space behind it."""
    return problem(
        "yaml-colon-space", "冒号后面要有空格；请写成“{key}: {value}”", place=place, key=key, value=value.strip()
    )


def tab(place: Place) -> Problem:
    """A Tab as indentation."""
    return problem("yaml-tab", "缩进用了制表符（Tab）；请改成空格", place=place)


def greater(written: str, place: Place) -> Problem:
    """A comparator that YAML takes for the head of a block text."""
    words = written.split("#")[0].rstrip(" ,}]")
    return problem(
        "yaml-greater",
        "“{text}”以>开头，不加引号会被当成多行文字；请写成“'{text}'”或用≥、＞",
        place=place,
        text=words,
    )


def thousands(before: str, after: str, place: Place) -> Problem:
    """A thousands separator inside brackets, which cuts the number in two."""
    return problem(
        "yaml-thousands",
        "括号里的“{before},{after}”会在逗号处断成两个；请写成“{joined}”，或给整个值加引号",
        place=place,
        before=before,
        after=after,
        joined=before + after,
    )


def refuse_thousands(before: str, value: Cell) -> None:
    """Raise where *before*, a comma and *value* are one number cut in two."""
    if re.search(r"(?:^|\D)\d{1,3}$", before) and re.match(r"\d{3}(?!\d)", value):
        raise InputError(thousands(before, value, value.place))


def refuse_tab(text: str, line: str, place: Place) -> None:
    """Raise where a Tab stands for a space in *line*: behind a colon, or inside a *text* without quotes that begins at *place*."""
    found = confusable(line, place) if "\t" in line else None
    if found is not None:
        raise InputError(found)
    if "\t" in text:
        raise InputError(_tab_inside(_moved(place, line.find("\t", (place.column or 1) - 1))))


def refuse_curly(text: str, place: Place) -> None:
    """Raise where curly quotes stand as if they were YAML's."""
    if len(text) > 1 and text[0] in "“”" and text[-1] in "“”" and not set(text[1:-1]) & set("“”"):
        raise InputError(
            problem(
                "yaml-curly-quotes",
                "弯引号不是YAML的引号，会成为文字的一部分；请去掉，或改成直引号写“\"{inside}\"”；确是原文就写“'{text}'”",
                place=place,
                inside=text[1:-1],
                text=text,
            )
        )


def refuse_hidden(text: str, place: Place) -> None:
    """Raise where escapes have made characters that no paper can show (controls, halves of a pair)."""
    wrong = hidden_in(text, place)
    if wrong is not None:
        raise InputError(wrong)


def no_value(key: Cell, before: str) -> Problem:
    """A name in braces without a colon: the cause is nearly always one of three slips."""
    place = key.place
    if before and re.search(r"(?:^|\D)\d{1,3}$", before) and re.match(r"\d{3}(?!\d)", key):
        return thousands(before, key, place)
    wide = _WIDE_COLON.match(key)
    if wide:
        return wide_colon(wide[1], place)
    touching = _TOUCHING_COLON.match(key)
    if touching:
        return colon_space(touching[1], touching[2], place)
    seen = confusable(key, place)
    if seen is not None:
        return seen.at(place)
    if key.endswith(":"):
        return colon_space(key[:-1], "", place)
    return problem(
        "yaml-no-value", "花括号里的“{key}”后面没有“: 值”；文字里有逗号的，请给整个值加引号", place=place, key=str(key)
    )


def swallowed(line: str, place: Place) -> Problem | None:
    """A line that the text above has swallowed although it looks like a field or an entry."""
    if _FIELD_LIKE.match(line):
        return line_slip(line, place)
    if _LIST_LIKE.match(line):
        return problem(
            "yaml-swallowed", "这一行会并入上一行的文字；上一行冒号后请留空，或把这一行的缩进对齐", place=place
        )
    return None


def line_slip(line: str, place: Place) -> Problem | None:
    """A full-width colon or a missing space in *line*, if that is what is wrong with it."""
    wide = _WIDE_COLON.match(line)
    if wide:
        return wide_colon(wide[1], _moved(place, line.index("：")))
    touching = _TOUCHING_COLON.match(line)
    if touching:
        return colon_space(touching[1], touching[2], _moved(place, line.index(":")))
    return None


def _moved(place: Place, index: int) -> Place:
    return Place(source=place.source, line=place.line, column=index + 1)


def explain(error: Any, text: str, source: str) -> Problem:
    """The Chinese problem for a parser's *error* in *text*, with line, column and what to write."""
    said = str(getattr(error, "problem", None) or "")
    context = str(getattr(error, "context", None) or "")
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return _bad_character(text, source)
    lines = text.split("\n")
    line = lines[mark.line] if mark.line < len(lines) else ""
    opened = getattr(error, "context_mark", None) or mark
    first = lines[opened.line] if opened.line < len(lines) else ""
    here = Place(source=source, line=mark.line + 1, column=mark.column + 1)
    there = Place(source=source, line=opened.line + 1, column=opened.column + 1)
    if "\t" in line[: mark.column + 1] and not line[: mark.column].strip(" \t"):
        return tab(here)
    seen = confusable(line, here) or confusable(first, there)
    if seen is not None and "quoted" not in context:
        return seen
    if "found a tab character" in said:
        return _tab_inside(here)
    if "block scalar" in context:
        return greater(first[opened.column :], there)
    if "alias" in context or "anchor" in context:
        return alias(there)
    if "tag" in context:
        return tag(there)
    if "quoted scalar" in context and "hexdecimal" in said:
        return _escape(here)
    if "quoted scalar" in context and "escape" not in said:
        return problem("yaml-quote", "从这里开始的引号没有成对；请补上后一个引号", place=there)
    if "expected ':'" in said:
        ended = _COLON_AT_END.match(first[opened.column :])
        slip = colon_space(ended[1], "", there) if ended else line_slip(first, there)
        return slip or problem("yaml-no-colon", "这一行没有“: ”；请写成“名称: 值”", place=there)
    if "mapping values" in said:
        return _misplaced_colon(lines, here)
    wide = closing_bracket(first, there) or closing_bracket(line, here) if "flow" in context else None
    if wide is not None and "，" not in line:
        return wide
    return _explain_structure(said, context, line, (here, there))


def _misplaced_colon(lines: list[str], here: Place) -> Problem:
    """A colon where none can be: a slip in this line or in the one above, which then runs on into this one."""
    number = (here.line or 1) - 1
    slip = line_slip(lines[number], here) if number < len(lines) else None
    above = next((row for row in range(number - 1, -1, -1) if lines[row].strip()), None)
    if slip is None and above is not None and ": " not in lines[above]:
        slip = line_slip(lines[above], Place(source=here.source, line=above + 1, column=1))
    return slip or problem(
        "yaml-colon-inside", "值里面又有“: ”，或这一行的缩进不对；值里要写冒号的，请给整个值加引号", place=here
    )


def _explain_structure(said: str, context: str, line: str, places: tuple[Place, Place]) -> Problem:
    here, there = places
    if "flow" in context:
        if "，" in line:
            return wide_comma(_moved(here, line.index("，")))
        return problem("yaml-bracket", "从这里开始的括号没有成对，或里面缺逗号；请核对", place=there)
    if "sequence entries" in said:
        return problem(
            "yaml-dash", "“-”单独写会被当成列表；要写这个符号，请写成“'-'”；要写列表，请另起一行", place=here
        )
    if "cannot start" in said:
        character = line[(here.column or 1) - 1 : here.column or 1]
        if character in ">|":
            return greater(line[(here.column or 1) - 1 :], here)
        if character == "\t":
            return _tab_inside(here)
        return problem("yaml-start", "值不能以“{character}”开头；请给整个值加引号", place=here, character=character)
    if "block" in context:
        slip = line_slip(line, here)
        return slip or problem("yaml-indent", "这一行的缩进与上面不一致；同一级的各行请左对齐", place=here)
    if "escape" in said:
        return _escape(here)
    return unreadable(here)


def _tab_inside(place: Place) -> Problem:
    return problem("yaml-tab-inside", "这里有制表符（Tab）；请改成空格，或给整个值加引号", place=place)


def _escape(place: Place) -> Problem:
    return problem("yaml-escape", "双引号里的“\\”是转义符号；请改用单引号，或写成“\\\\”", place=place)


def _bad_character(text: str, source: str) -> Problem:
    for number, line in enumerate(text.split("\n"), 1):
        for column, character in enumerate(line, 1):
            if not (character.isprintable() or character in "\t\u3000\xa0\u2028\u2029"):
                return problem(
                    "yaml-character",
                    "这里有一个看不见的控制字符（编号{code}）；请删去",
                    place=Place(source=source, line=number, column=column),
                    code=f"U+{ord(character):04X}",
                )
    return unreadable(Place(source=source))


SPACES = {"\u3000": message("全角空格"), "\xa0": message("不换行空格"), "\t": message("制表符（Tab）")}
"""What stands for a space and is none."""
BRACKETS = {"｛": "{", "｝": "}", "［": "[", "］": "]"}
CONFUSABLE_FIRST = frozenset("\u3000\xa0｛［")
"""What a text without quotes is looked at for when it begins with it."""
DASHES = frozenset("-－—–―")
"""What a key does not begin with: it was meant for the dash of a list."""
_AFTER_COLON = re.compile(r"""^[\s\-{\[,?]*([^\s:：'"{}\[\],]+): *([\u3000\xa0\t])[ \u3000\xa0\t]*(.*)$""")
_DASH = re.compile(r"^ *([－—–―]+|-(?=[{\[]|[^\s\-:：]+: ))")
"""What stands for the dash of a list: another dash, or one without its space."""
_OPENED = re.compile(r"(?:: +|^ *- +|^)([｛［])")


def confusable(line: str, place: Place) -> Problem | None:
    """形似: the confusable that is wrong with *line*, or None: as indentation, behind a colon, as a dash, as a bracket."""
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


def closing_bracket(line: str, place: Place) -> Problem | None:
    """A full-width bracket where a half-width one was opened."""
    found = next((at for at, character in enumerate(line) if character in BRACKETS), None)
    return None if found is None else _bracket(line[found], _at(place, found))


def refuse_first(text: str, place: Place, *, begins: bool) -> None:
    """Raise where *text*, written without quotes, begins with a confusable; a paragraph's own indentation may stay.

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
