"""算子: the closures that the exact reading is built of, each over pairs of whole numbers.

They take what their parts give and nothing of formulas; a divisor that is not positive is an
ArithmeticError, a missing input or a word among numbers a TypeError or ValueError.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from perfeval.formulas.trace import How, Pair, round_pair

Given: TypeAlias = Sequence["Pair | str | None"]
"""What stands for the names, in their order: a number, a judged word, or None where it is missing."""
Multiple: TypeAlias = tuple[int, int, int]
"""A name times a constant: numerator and denominator of the constant, the place of the name."""


class _NoDivisorError(ArithmeticError):
    """A divisor that is not positive; :func:`trace` finds out which."""


def compared(op: str, left: Multiple, right: Multiple) -> Callable[[Given], bool]:
    """A comparison of two names, each perhaps times a constant."""
    if op in "≤<":
        left, right = right, left
    (a, b, i), (c, e, j) = left, right
    over, under = a * e, c * b
    if op in "≥≤":

        def at_least(given: Any) -> bool:
            n, d = given[i]
            m, q = given[j]
            return over * n * q - under * m * d >= 0  # type: ignore[no-any-return]

        return at_least

    def above(given: Any) -> bool:
        n, d = given[i]
        m, q = given[j]
        return over * n * q - under * m * d > 0  # type: ignore[no-any-return]

    return above


def difference(left: Multiple, right: Multiple) -> Callable[[Given], Pair]:
    """A difference of two names, each perhaps times a constant."""
    (a, b, i), (c, e, j) = left, right
    over, under, both = a * e, c * b, b * e

    def difference(given: Any) -> Pair:
        n, d = given[i]
        m, q = given[j]
        return over * n * q - under * m * d, both * d * q

    return difference


def share_of(i: int, inner: Callable[[Given], Pair], k: int) -> Callable[[Given], Pair]:
    """甲 × part ÷ 丙 in one step, multiplied before it is divided."""

    def share(given: Any) -> Pair:
        an, ad = given[i]
        n, d = inner(given)
        cn, cd = given[k]
        if cn <= 0:
            raise _NoDivisorError
        return an * n * cd, ad * d * cn

    return share


def share(i: int, j: int, k: int) -> Callable[[Given], Pair]:
    """甲 × 乙 ÷ 丙 in one step, multiplied before it is divided."""

    def share(given: Any) -> Pair:
        an, ad = given[i]
        bn, bd = given[j]
        cn, cd = given[k]
        if cn <= 0:
            raise _NoDivisorError
        return an * bn * cd, ad * bd * cn

    return share


def scaled(inner: Callable[[Given], Pair], by: int, over: int) -> Callable[[Given], Pair]:
    """A part times a constant."""
    if over == 1:

        def whole(given: Given) -> Pair:
            n, d = inner(given)
            return n * by, d

        return whole

    def scaled(given: Given) -> Pair:
        n, d = inner(given)
        return n * by, d * over

    return scaled


def _plus(left: Callable[[Given], Pair], right: Callable[[Given], Pair]) -> Callable[[Given], Pair]:
    def plus(given: Given) -> Pair:
        n, d = left(given)
        m, e = right(given)
        return (n + m, d) if d == e else (n * e + m * d, d * e)

    return plus


def _minus(left: Callable[[Given], Pair], right: Callable[[Given], Pair]) -> Callable[[Given], Pair]:
    def minus(given: Given) -> Pair:
        n, d = left(given)
        m, e = right(given)
        return (n - m, d) if d == e else (n * e - m * d, d * e)

    return minus


def _times(left: Callable[[Given], Pair], right: Callable[[Given], Pair]) -> Callable[[Given], Pair]:
    def times(given: Given) -> Pair:
        n, d = left(given)
        m, e = right(given)
        return n * m, d * e

    return times


def _over(left: Callable[[Given], Pair], right: Callable[[Given], Pair]) -> Callable[[Given], Pair]:
    def over(given: Given) -> Pair:
        n, d = left(given)
        m, e = right(given)
        if m <= 0:
            raise _NoDivisorError
        return n * e, d * m

    return over


ARITHMETIC = {"+": _plus, "-": _minus, "×": _times, "÷": _over}


# a difference, not two products, is compared: a word that slipped in must not pass for a number
def _at_least(left: Callable[[Given], Pair], right: Callable[[Given], Pair]) -> Callable[[Given], bool]:
    def at_least(given: Given) -> bool:
        n, d = left(given)
        m, e = right(given)
        return n * e - m * d >= 0

    return at_least


def _above(left: Callable[[Given], Pair], right: Callable[[Given], Pair]) -> Callable[[Given], bool]:
    def above(given: Given) -> bool:
        n, d = left(given)
        m, e = right(given)
        return n * e - m * d > 0

    return above


def _equal(left: Callable[[Given], Any], right: Callable[[Given], Any]) -> Callable[[Given], bool]:
    def equal(given: Given) -> bool:
        return _same(left(given), right(given))

    return equal


def _differ(left: Callable[[Given], Any], right: Callable[[Given], Any]) -> Callable[[Given], bool]:
    def differ(given: Given) -> bool:
        return not _same(left(given), right(given))

    return differ


def _same(left: Any, right: Any) -> bool:
    if type(left) is str:
        if type(right) is str:
            return left == right
        raise TypeError
    n, d = left
    m, e = right
    return bool(n * e - m * d == 0)


COMPARE: dict[str, Callable[[Any, Any], Callable[[Given], bool]]] = {
    "≥": _at_least,
    ">": _above,
    "≤": lambda left, right: _at_least(right, left),
    "<": lambda left, right: _above(right, left),
    "=": _equal,
    "≠": _differ,
}


def extreme(least: bool, those: list[Callable[[Given], Pair]]) -> Callable[[Given], Pair]:
    """The smallest or the largest of several."""
    first, *others = those
    if len(others) == 1:
        (other,) = others

        def of_two(given: Given) -> Pair:
            n, d = first(given)
            m, e = other(given)
            return (m, e) if (m * d - n * e < 0) == least else (n, d)

        return of_two

    def extreme(given: Given) -> Pair:
        n, d = first(given)
        for other in others:
            m, e = other(given)
            if (m * d - n * e < 0) == least:
                n, d = m, e
        return n, d

    return extreme


def logic(every: bool, those: list[Callable[[Given], bool]]) -> Callable[[Given], bool]:
    """All or at least one of several conditions, read no further than needed."""

    def logic(given: Given) -> bool:
        for part in those:
            if part(given) is not every:
                return not every
        return every

    return logic


def choice(
    condition: Callable[[Given], bool], then: Callable[[Given], Any], otherwise: Callable[[Given], Any]
) -> Callable[[Given], Any]:
    """One of two parts; only the one taken is read."""
    return lambda given: then(given) if condition(given) else otherwise(given)


def rounded(how: How, inner: Callable[[Given], Pair], top: int, bottom: int) -> Callable[[Given], Pair]:
    """A part as a whole number of steps of *top* / *bottom*."""

    def rounded(given: Given) -> Pair:
        n, d = inner(given)
        return round_pair(n, d * top, bottom, how) * top, bottom

    return rounded
