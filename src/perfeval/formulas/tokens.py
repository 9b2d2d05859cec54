"""算式的字词: the words and marks that a formula's text consists of, and what to say of a stray one."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from perfeval.errors import FormulaError, PerfevalError, Place, Problem, problem
from perfeval.quantities.quantity import Quantity
from perfeval.quantities.unit import BARE, Unit

if TYPE_CHECKING:
    from perfeval.quantities.units import Units

LONGEST = 20_000
"""The longest text of a formula, in characters."""
MOST_DIGITS = 400
NESTED = 50
"""How deep brackets, calls and 若 may be nested in a text."""

KEYWORDS = frozenset(("若", "则", "否则", "且", "或", "取小", "取大", "四舍五入", "舍去", "进位", "计作"))
CALLS = frozenset(("取小", "取大", "四舍五入", "舍去", "进位", "计作"))
COMPARE = {
    "≥": "≥", "≧": "≥", ">=": "≥", "=>": "≥", "≤": "≤", "≦": "≤", "<=": "≤", "=<": "≤", ">": ">", "<": "<",
    "=": "=", "==": "=", "﹦": "=", "═": "=", "≠": "≠", "!=": "≠", "<>": "≠",
}  # fmt: skip
# one character for one, so that positions stay those of the text as given
PLAIN = {ord(a): b for a, b in zip("（），；＋－−–＊＝＞＜！％．／\u3000", "(),;+---*=><!%./ ")} | {
    ord("０") + i: str(i) for i in range(10)
}
_TOKEN = re.compile(
    r"""(?P<space>\s++)
    |(?P<number>[0-9]++(?:\.[0-9]++)?+)
    |(?P<word>(?:[^\W\d]|[㎡℃])[\w㎡℃]*+)
    |(?P<quoted>「[^「」]*+」)
    |(?P<text>“[^“”]*+”|"[^"]*+")
    |(?P<compare>[<>=!]=|=[<>]|<>|[≥≧≤≦<>=﹦═≠])
    |(?P<op>[+\-×÷*])
    |(?P<mark>[(),;.%‰])""",
    re.VERBOSE,
)
EXAMPLE = {
    "取小": "取小（甲，乙）",
    "取大": "取大（甲，乙）",
    "四舍五入": "四舍五入（甲，0.01分）",
    "舍去": "舍去（甲，1分）",
    "进位": "进位（甲，1分）",
    "计作": "计作（第一针，剂，“一剂次即一剂”）",
}
"""How each call is written."""
_ATOM = r"(?:[^\W\d]|[㎡℃])[\w㎡℃]*+(?:\^\d)?+"
UNIT = re.compile(rf"(?:[%‰]|{_ATOM})(?:[/·*]{_ATOM})*+")
PER = re.compile(rf"/{_ATOM}(?:[/·*]{_ATOM})*+")  # 5/人: so many for one person
_WORD = re.compile(r"(?:[^\W\d]|[㎡℃])[\w㎡℃]*")
THOUSANDS = re.compile(r",[0-9]{3}(?![0-9])")


class Token(NamedTuple):
    """字词: its kind, its text (names and words in quotes as given) and where it begins, counted from 0."""

    kind: str
    text: str
    at: int


def token(given: str, plain: str, at: int) -> tuple[Token, int]:
    """The token at or after *at*, and where the next may begin; *plain* is *given* in half-width marks."""
    while (found := _TOKEN.match(plain, at)) and found.lastgroup == "space":
        at = found.end()
    if found is None:
        return (Token("odd", given[at], at), at + 1) if at < len(plain) else (Token("end", "", at), at)
    kind, word = str(found.lastgroup), found[0]
    if kind == "word" and word in KEYWORDS:
        kind = "key"
    elif kind in ("text", "quoted"):
        word = given[at : found.end()]
    return Token(kind, word, at), found.end()


def is_plain(step: str) -> bool:
    """Whether a step of a name needs no 「」."""
    return bool(_WORD.fullmatch(step)) and step not in KEYWORDS and step.translate(PLAIN) == step


def unexpected(found: Token, text_before: str) -> Problem:
    """What is wrong with *found* where an operator or the end was possible; *text_before* is the plain text."""
    kind, text, at = found
    before = text_before[:at].rstrip()[-1:]
    if kind == "end":
        return problem("formula-unfinished", "算式没有写完；后面还要写数、名称或括号")
    if text in ("“", '"', "”"):
        return problem("formula-quote", "引号不成对；文字请写成“达成预期指标”")
    if text in ("「", "」"):
        return problem("formula-quote", "「」不成对；名称请写成「12-17岁接种率」")
    if text == "/":
        return problem("formula-slash", "除法请写“÷”；“/”只写在单位里，前后不空格，如“2分/宗”")
    if kind == "number" and before == ",":
        return problem("formula-comma", "算式里的数不写千分位逗号，如 16898.11万元")
    if text == ",":
        return problem("formula-comma", "这里不能有逗号；千分位逗号请去掉，取小、取大的各项请放进括号")
    if text == ")":
        return problem("formula-bracket", "多了一个右括号")
    if text == "则":
        return problem("formula-choice", "“则”前面没有“若”；“若”后面要空一格：若 甲 ≥ 乙 则 丙；否则 丁")
    if text in ("否则", ";"):
        return problem("formula-choice", "这里不能写“{text}”；整句写成：若 甲 ≥ 乙 则 丙；否则 丁", text=text)
    if kind in ("number", "word", "quoted", "key", "text"):
        return problem("formula-two-things", "“{text}”前面缺少运算符，如 + - × ÷ ≥ 且；特殊名称请写在「」里", text=text)
    return problem("formula-character", "这里不能写“{text}”；名称里有这个字的，整个名称请写在「」里", text=text)


class TokenReader:
    """读词: one pass over one text; the state is the current token. Numbers are read here, formulas by the parser."""

    def __init__(self, text: str, units: Units) -> None:
        self.given, self.text, self.units = text, text.translate(PLAIN), units
        self.problems: list[Problem] = []
        self.depth = self.calls = 0
        self.token, self.end = token(self.given, self.text, 0)

    def next(self) -> Token:
        """Step to the following token; gives the one just left."""
        left = self.token
        self.token, self.end = token(self.given, self.text, self.end)
        return left

    def unexpected(self) -> FormulaError:
        """The error where an operator or the end was possible, and this is neither."""
        return self.wrong(unexpected(self.token, self.text))

    def wrong(self, what: Problem, at: int | None = None) -> FormulaError:
        """The error for *what* at the current token, after the problems noted before."""
        return FormulaError(*self.problems, what.at(Place(char=(self.token.at if at is None else at) + 1)))

    def expect(self, mark: str, what: Problem) -> None:
        """Take *mark* or stop with *what*."""
        if self.token.text != mark or self.token.kind not in ("mark", "key"):
            raise self.wrong(what)
        self.next()

    def quantity(self, sign: Token | None) -> Quantity:
        """The number at hand with the unit behind it, and what *sign* makes of it."""
        digits = self.token
        if len(digits.text) > MOST_DIGITS:
            raise self.wrong(
                problem(
                    "number-too-long", "数字长达{length}位，超过{most}位", length=len(digits.text), most=MOST_DIGITS
                )
            )
        unit = self.unit_behind()
        value = Fraction(digits.text)
        if self.calls == 0 and THOUSANDS.match(self.text, digits.at + len(digits.text)):
            raise self.wrong(problem("formula-comma", "算式里的数不写千分位逗号，如 16898.11万元"))
        if sign is not None and sign.text == "-":
            value = -value
        return Quantity(value, self.unit(unit, digits) if unit else "")

    def unit_behind(self) -> str | None:
        """The unit word after the number at hand, and step past both; keywords are none."""
        at = self.end
        if found := PER.match(self.text, at):
            unit: str | None = "1" + found[0]
        else:
            while at < len(self.text) and self.text[at] in " \t":
                at += 1
            found = UNIT.match(self.text, at)
            unit = found[0] if found and found[0] not in KEYWORDS else None
        if found and unit:
            self.unit_at, self.end = at, found.end()
        self.next()
        return unit

    def unit(self, word: str, digits: Token | None = None) -> Unit:
        """The unit called *word*; an unknown one is noted and read as a bare number's, to find what else is wrong."""
        try:
            return self.units.get(word)
        except PerfevalError as error:
            place = Place(char=self.unit_at + 1)
            self.problems += [what.at(place) for what in error.problems]
            if digits is not None and len(word) > 2:  # no measure word is so long
                self.problems.append(
                    problem(
                        "formula-unit",
                        "“{digits}{word}”若是名称，请写成「{digits}{word}」；若是数，数与后面的词之间请写运算符",
                        digits=digits.text, word=word, place=Place(char=digits.at + 1),
                    )
                )  # fmt: skip
            return BARE
