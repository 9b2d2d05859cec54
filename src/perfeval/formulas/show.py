"""算式的写法: the text of a formula, in the one way that the grammar reads back."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from perfeval.formulas.nodes import (
    Binary,
    Choice,
    Compare,
    Counted,
    Extreme,
    Formula,
    Logic,
    Name,
    Number,
    Rounded,
    Text,
)
from perfeval.formulas.tokens import is_plain

if TYPE_CHECKING:
    from fractions import Fraction

    from perfeval.quantities.quantity import Quantity

_LEVEL = {"+": 4, "-": 4, "×": 5, "÷": 5}


@lru_cache(maxsize=4096)  # equal formulas have one text; a trace asks for the same ones again and again
def show(of: Formula) -> str:
    """The text of *of*, with no more brackets than needed; what :func:`parse` reads back."""
    return _shown(of, 0)


def digits(number: Fraction) -> str:
    """A finite decimal in full (Fraction(189, 2) is 94.5); other fractions as a quotient (1/3)."""
    top, bottom = number.numerator, number.denominator
    places = max((bottom & -bottom).bit_length() - 1, 0)
    fives, rest = 0, bottom >> places
    while rest % 5 == 0:
        fives, rest = fives + 1, rest // 5
    if rest != 1:
        return str(number)
    places = max(places, fives)
    text = str(abs(top) * 10**places // bottom).rjust(places + 1, "0")
    sign = "-" if top < 0 else ""
    return f"{sign}{text[:-places]}.{text[-places:]}" if places else sign + text


def written(value: Quantity) -> str:
    """A quantity as a formula states it: 95%, 908.18万元, 2分/宗, 1."""
    symbol = value.unit.symbol
    return digits(value.number) + (symbol[1:] if symbol.startswith("1/") else symbol)


def _shown(of: Formula, loosest: int) -> str:
    """*of* where only what binds at least as tight as *loosest* stands without brackets."""
    match of:
        case Number(value=value):
            return written(value)
        case Text(word=word):
            return f'"{word}"' if "“" in word or "”" in word else f"“{word}”"
        case Name(name=name):
            return ".".join(step if is_plain(step) else f"「{step}」" for step in name.split("."))
        case Extreme(op=word, parts=those):
            return f"{word}（{'，'.join(_shown(part, 0) for part in those)}）"
        case Rounded(how=word, part=part, step=step):
            return f"{word}（{_shown(part, 0)}，{written(step)}）"
        case Counted(part=part, unit=unit, reason=reason):
            return f"计作（{_shown(part, 0)}，{unit.symbol}，{_shown(Text(reason), 0)}）"
        case Binary() | Compare() | Logic() | Choice():
            level, text = _joined_text(of)
            return text if level >= loosest else f"（{text}）"


def _joined_text(of: Binary | Compare | Logic | Choice) -> tuple[int, str]:
    """A formula of several words: how tight it binds and its text without brackets."""
    match of:
        case Binary(op=op, left=left, right=right):
            level = _LEVEL[op]
            behind = _shown(right, level + 1)
            if isinstance(right, Number) and right.value.number < 0:
                behind = f"（{behind}）"
            return level, f"{_shown(left, level)} {op} {behind}"
        case Compare(op=sign, left=left, right=right):
            return 3, f"{_shown(left, 4)} {sign} {_shown(right, 4)}"
        case Logic(op=word, parts=those):
            level = 2 if word == "且" else 1
            return level, f" {word} ".join(_shown(part, level + 1) for part in those)
        case Choice(condition=condition, then=then, otherwise=otherwise):
            rest = _shown(otherwise, 0) if isinstance(otherwise, Choice) else f"否则 {_shown(otherwise, 1)}"
            return 0, f"若 {_shown(condition, 1)} 则 {_shown(then, 1)}；{rest}"
