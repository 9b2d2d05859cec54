"""整数之商: a number as a coefficient times a quotient of whole numbers, spelt as a spreadsheet spells it.

Each operation knows how large its whole numbers can become, so that none is written that could round wrongly.
"""

from __future__ import annotations

import re
from fractions import Fraction
from math import gcd
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from perfeval.formulas.trace import How

LIMIT = 10**14
"""Whole numbers below it divide and round exactly in every spreadsheet (their doubles, and Excel's 15 digits)."""
LONGEST_WORD = 250
"""So many characters a text within a formula may have (Excel's bound is 255)."""
_ROUND = {"四舍五入": "ROUND", "舍去": "ROUNDDOWN", "进位": "ROUNDUP"}


class Term(NamedTuple):
    """一项: ``by`` × ``top`` ÷ ``bottom``, both whole numbers; ``bottom`` is positive, '' where it is 1."""

    top: str
    most: int
    by: Fraction = Fraction(1)
    bottom: str = ""
    widest: int = 1
    cell: str = ""
    """The cell itself, where the term is nothing else."""


class NoLiveError(Exception):
    """No live formula can be written: numbers too large, a text too long, words among numbers."""


def checked(most: int) -> int:
    """*most*, if whole numbers up to it can be written; NoLiveError otherwise."""
    if most >= LIMIT:
        raise NoLiveError
    return most


def constant(value: Fraction) -> Term:
    """A number that no cell holds."""
    return Term("1", 1, value) if value else Term("0", 0)


def _times(text: str, factor: int) -> str:
    if factor == 1 or text == "0":
        return text
    number = str(factor) if factor >= 0 else f"({factor})"
    return number if text == "1" else f"{number}*{text}"


def _joined(first: str, second: str) -> str:
    if "0" in (first, second):
        return "0"
    plain = [each for each in (first, second) if each not in ("", "1")]
    return "*".join(plain) if plain else first and second


def product(left: Term, right: Term) -> Term:
    """*left* times *right*."""
    most = checked(left.most * right.most)
    widest = checked(left.widest * right.widest)
    top = _joined(left.top, right.top)
    if top == "0" and "NA()" in left.top + right.top:
        top = f"{left.top}*{right.top}"  # zero times what has no answer has none
    return Term(top, most, left.by * right.by, _joined(left.bottom, right.bottom), widest)


def quotient(left: Term, right: Term) -> Term:
    """*left* over *right*, which must be positive where it is read."""
    if right.by < 0:
        right = right._replace(top=f"(0-{right.top})", by=-right.by)
    if right.top == "0":
        return left._replace(top="NA()", bottom="", cell="")
    top = right.top
    if top != "1":
        top = f"IF({top}>0,{top},NA())"
    upper, lower = Term(right.bottom or "1", right.widest), Term(top, max(right.most, 1))
    if left.bottom == right.bottom:
        left, upper = left._replace(bottom="", widest=1), Term("1", 1)
    over = product(left, upper)
    bottom = _joined(over.bottom or "1", lower.top)
    widest = checked(over.widest * lower.most)
    return Term(over.top, over.most, left.by / right.by, "" if bottom == "1" else bottom, widest)


def same_step(left: Term, right: Term) -> tuple[Term, Term, Fraction]:
    """Both tops as whole multiples of one coefficient, which is positive."""
    one = left.by if left.most else right.by
    other = right.by if right.most else one
    (p, q), (r, s) = one.as_integer_ratio(), other.as_integer_ratio()
    by = Fraction(gcd(p * s, r * q), q * s)
    made = []
    for term in (left, right):
        factor = (term.by / by).numerator if term.most else 1
        made.append(term._replace(top=_times(term.top, factor), most=checked(term.most * abs(factor)), cell=""))
    return made[0], made[1], by


def common(left: Term, right: Term) -> tuple[Term, Term, Term]:
    """Both over one bottom and one coefficient; the third carries these two."""
    first, second, by = same_step(left, right)
    if first.bottom == second.bottom:
        return first, second, Term("", 0, by, first.bottom, max(first.widest, second.widest))
    a = product(first, Term(second.bottom or "1", second.widest))
    b = product(second, Term(first.bottom or "1", first.widest))
    widest = checked(first.widest * second.widest)
    return a, b, Term("", 0, by, _joined(first.bottom or "1", second.bottom or "1"), widest)


def rounded(term: Term, scale: Fraction, how: How) -> tuple[str, int]:
    """So many steps of 1/*scale*, as text and the most that they are."""
    p, q = (term.by * scale).as_integer_ratio()
    top, most = _times(term.top, p), checked(term.most * abs(p))
    bottom, _ = _times(term.bottom or "1", q), checked(term.widest * q)
    if bottom == "1":
        return top, most
    bottom = f"({bottom})" if "*" in bottom else bottom
    return f"{_ROUND[how]}({top}/{bottom},0)", checked(most // q + 1)


def decimals(value: Fraction) -> int:
    """How many decimals *value* has; NoLiveError where they do not end."""
    digits, rest = 0, value.denominator
    while rest != 1:
        digits, rest = digits + 1, (value * 10 ** (digits + 1)).denominator
        if digits > 15:
            raise NoLiveError
    return digits


def quoted(word: str) -> str:
    """*word* as a text within a formula; NoLiveError where it is too long for one."""
    if len(word) > LONGEST_WORD:
        raise NoLiveError
    return '"' + word.replace('"', '""') + '"'


def depth(text: str) -> int:
    """How deep the brackets of a formula's *text* are nested."""
    deep = most = 0
    for char in re.sub(r'"[^"]*"', "", text):
        deep += (char == "(") - (char == ")")
        most = max(most, deep)
    return most
