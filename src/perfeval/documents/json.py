"""JSON: text → the same Fields and Cells as YAML gives, numbers as written; several values may follow one another.

Our own small scanner, since the standard one forgets where a value stood, takes NaN, and lets the
second of two equal keys win in silence.
"""

from __future__ import annotations

import re
from json.decoder import JSONDecodeError, scanstring  # type: ignore[attr-defined]
from typing import Any

from perfeval.documents import common_mistakes
from perfeval.documents.cells import Cell, Cells, Fields
from perfeval.documents.limits import DEFAULT, Limits, too_deep, too_long, too_many, too_many_digits
from perfeval.errors import InputError, Place, Problem, problem

_SPACE = re.compile(r"[ \t\n]*+")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*+)(?:\.\d++)?+(?:[eE][-+]?\d++)?+", re.ASCII)
_WORD = re.compile(r"[A-Za-z_-]++")


def read(text: str, source: str = "", limits: Limits = DEFAULT) -> list[Any]:
    """The values of *text*, usually one mapping; true, false and numbers are texts as written, null is None.

    Raises InputError with line and column for whatever is not JSON, for NaN, repeated keys and excess.
    """
    scanner = _Scanner(text, source, limits)
    result = []
    scanner.space()
    while scanner.at < len(text):
        result.append(scanner.value(0))
        scanner.space()
    return result


class _Scanner:
    """One pass over one text; ``at`` is where it has come to."""

    def __init__(self, text: str, source: str, limits: Limits) -> None:
        self.text, self.source, self.limits = text, source, limits
        self.at = 0
        self.count = 0
        self.line, self.line_start = 1, 0

    def space(self) -> str:
        """Step over white space; gives the character that follows, or nothing at the end."""
        match = _SPACE.match(self.text, self.at)
        end = match.end() if match is not None else self.at
        breaks = self.text.count("\n", self.at, end)
        if breaks:
            self.line += breaks
            self.line_start = self.text.rindex("\n", self.at, end) + 1
        self.at = end
        return self.text[end : end + 1]

    def place(self, at: int | None = None) -> Place:
        return Place(source=self.source, line=self.line, column=(self.at if at is None else at) - self.line_start + 1)

    def cell(self, text: str, at: int) -> Cell:
        self.count += 1
        if self.count > self.limits.cells:
            raise too_many(self.limits, self.place(at))
        if len(text) > self.limits.text:
            raise too_long(self.limits, self.place(at))
        result = Cell(text)
        result._source, result._line, result._column, result._cell = (
            self.source,
            self.line,
            at - self.line_start + 1,
            "",
        )
        return result

    def value(self, depth: int) -> Any:
        match self.space():
            case "{":
                return self.mapping(depth + 1)
            case "[":
                return self.sequence(depth + 1)
            case '"':
                return self.string()
            case "":
                raise InputError(problem("json-end", "内容到这里就断了；请核对括号和引号是否成对", place=self.place()))
            case _:
                return self.bare()

    def string(self) -> Cell:
        start = self.at
        try:
            text, self.at = scanstring(self.text, start + 1, True)
        except JSONDecodeError as error:
            raise InputError(self.bad_string(error, start)) from None
        if "\\" in self.text[start : self.at]:
            common_mistakes.refuse_hidden(text, self.place(start))
        return self.cell(text, start)

    def bad_string(self, error: JSONDecodeError, start: int) -> Problem:
        if self.text[error.pos : error.pos + 1] == "\n":
            return problem("json-string", "引号里的文字不能直接换行；请写成\\n", place=self.place(error.pos))
        if "Unterminated" in error.msg:
            return problem("json-quote", "从这里开始的引号没有成对；请补上后一个引号", place=self.place(start))
        return problem("json-escape", "引号里的“\\”写法不对；要写“\\”本身请写“\\\\”", place=self.place(error.pos))

    def bare(self) -> Cell | None:
        start = self.at
        number = _NUMBER.match(self.text, start)
        if number is not None:
            if len(number[0]) > self.limits.digits:
                raise too_many_digits(self.limits, self.place())
            self.at = number.end()
            follows = self.text[self.at : self.at + 1]
            if follows and follows not in " \t\n,]}":
                raise InputError(
                    problem(
                        "json-number",
                        '“{text}”不是JSON的数；带单位或分隔符的请加引号，如 "16898.11 万元"',
                        place=self.place(start),
                        text=re.split(r"[\s,\]}]", self.text[start : start + 40])[0],
                    )
                )
            return self.cell(number[0], start)
        word = _WORD.match(self.text, start)
        match word[0] if word is not None else "":
            case "null":
                self.at += 4
                return None
            case "true" | "false" as flag:
                self.at += len(flag)
                return self.cell(flag, start)
            case "NaN" | "Infinity" | "-Infinity" as name:
                raise InputError(problem("json-nan", "“{name}”不是数；没有值请写 null", place=self.place(), name=name))
            case _:
                raise InputError(
                    problem(
                        "json-bare",
                        '这里的“{character}”不合JSON写法；文字要放在直引号 " 里，末尾不留逗号',
                        place=self.place(),
                        character=self.text[start],
                    )
                )

    def mapping(self, depth: int) -> Fields:
        place = self.place()
        if depth > self.limits.depth:
            raise too_deep(self.limits, place)
        result = Fields(self.source, place.line, place.column)
        self.at += 1
        if self.space() == "}":
            self.at += 1
            return result
        while True:
            if self.space() != '"':
                raise InputError(problem("json-key", '这里应是放在直引号里的名称，如 "分值"', place=self.place()))
            key = self.string()
            if self.space() != ":":
                raise InputError(
                    problem("json-colon", "“{key}”后面应是半角冒号", place=self.place(), key=str(key)),
                )
            self.at += 1
            value = self.value(depth)
            if key in result:
                raise InputError(common_mistakes.repeated(key, next(k for k in result if k == key)))
            result[key] = value
            if not self.more("}"):
                return result

    def sequence(self, depth: int) -> Cells:
        place = self.place()
        if depth > self.limits.depth:
            raise too_deep(self.limits, place)
        result = Cells(self.source, place.line, place.column)
        self.at += 1
        if self.space() == "]":
            self.at += 1
            return result
        while True:
            result.append(self.value(depth))
            if not self.more("]"):
                return result

    def more(self, close: str) -> bool:
        """Whether a comma follows (then another entry must), or the closing bracket."""
        follows = self.space()
        if follows == ",":
            self.at += 1
            return True
        if follows == close:
            self.at += 1
            return False
        if not follows:
            raise InputError(problem("json-end", "内容到这里就断了；请核对括号和引号是否成对", place=self.place()))
        raise InputError(problem("json-comma", "这里应是半角逗号或“{close}”；请核对", place=self.place(), close=close))
