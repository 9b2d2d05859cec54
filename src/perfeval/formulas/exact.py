"""精确值: the exact reading of a formula, on whole numbers only.

``compile_`` turns a formula once into closures over pairs of integers (numerator, denominator) in
base units; they multiply before they divide and never round by themselves. ``trace`` is a second
fold that keeps every step, run when somebody asks why; both take the same path and agree.
A missing input or a divisor that is not positive is no exception and no 0 but 无法计分, with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeAlias

from perfeval.errors import Problem
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
from perfeval.formulas.trace import How, Pair, Step, Values, no_number, round_pair, trace, value
from perfeval.formulas.units import POINTS
from perfeval.quantities.quantity import Quantity
from perfeval.quantities.unit import BARE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["Given", "How", "NoAnswer", "Pair", "Step", "Values", "compile_", "round_pair", "trace", "value"]


class NoAnswer(Exception):  # noqa: N818 - no error: a 无法计分 on its way to the one who asked
    """无法计分: raised by a compiled formula; ``problem`` says why."""

    def __init__(self, why: Problem) -> None:
        super().__init__(why)
        self.problem = why


@lru_cache(maxsize=4096)
def compile_(of: Formula, order: tuple[str, ...]) -> Callable[[Given], Any]:
    """The exact reading of *of* as a function of what stands for the names of *order*, in base units.

    It gives a :data:`Pair` (a bool for a condition) and raises :class:`NoAnswer` where something is
    missing or a divisor is not positive; the units must have been settled. KeyError: a name not in *order*.
    """
    inner = reader(of, order)
    wordy = _gives_word(of)

    def run(given: Given) -> Any:
        try:
            result = inner(given)
            if type(result) is tuple:
                result[0] + 0  # fails for a word that came through as if it were a number
            elif type(result) is not bool and not wordy:
                raise TypeError
        except (TypeError, ValueError, ArithmeticError):
            why = failure(of, order, given)
            if why is None:
                raise
            raise NoAnswer(why) from None
        return result

    return run


@lru_cache(maxsize=4096)
def reader(of: Formula, order: tuple[str, ...]) -> Callable[[Given], Any]:
    """The bare exact reading, for a caller in a hurry.

    It gives a pair or raises TypeError, ValueError or ArithmeticError; :func:`failure` then says why.
    """
    return _closure(of, {name: index for index, name in enumerate(order)})


def failure(of: Formula, order: tuple[str, ...], given: Given) -> Problem | None:
    """Why the reading of *of* gave no number: 无法计分 with the reason, or None where it is a fault of ours."""
    why = trace(of, _bare(order, given))[0].value
    if isinstance(why, str):
        why = no_number(of, why)
    return why if isinstance(why, Problem) else None


def _gives_word(of: Formula) -> bool:
    return isinstance(of, Text) or (isinstance(of, Choice) and (_gives_word(of.then) or _gives_word(of.otherwise)))


def _bare(order: tuple[str, ...], given: Given) -> dict[str, Quantity | str | None]:
    return {name: Quantity.of(*that, BARE) if isinstance(that, tuple) else that for name, that in zip(order, given)}


def _closure(of: Formula, places: Mapping[str, int]) -> Callable[[Given], Any]:
    match of:
        case Number(value=value):
            pair = value.pair
            return lambda _: pair
        case Text(word=word):
            return lambda _: word
        case Name(name=name):
            return itemgetter(places[name])
        case Binary():
            return _binary(of, places)
        case Compare(op=op, left=left, right=right):
            first, second = _multiple(left, places), _multiple(right, places)
            if first is not None and second is not None and op not in "=≠":
                return compared(op, first, second)
            return COMPARE[op](_closure(left, places), _closure(right, places))
        case Extreme(op=op, parts=those):
            return extreme(op == "取小", [_closure(part, places) for part in those])
        case Logic(op=op, parts=those):
            return logic(op == "且", [_closure(part, places) for part in those])
        case Choice(condition=condition, then=then, otherwise=otherwise):
            return choice(_closure(condition, places), _closure(then, places), _closure(otherwise, places))
        case Rounded(how=how, part=part, step=step):
            return rounded(how, _closure(part, places), *step.pair)
        case Counted(part=part, unit=unit):
            inner = _closure(part, places)
            return scaled(inner, 100, 1) if unit.dims == POINTS else inner


def _binary(of: Binary, places: Mapping[str, int]) -> Callable[[Given], Any]:
    """Arithmetic; a constant operand and 甲 × 乙 ÷ 丙 have closures of their own."""
    match of:
        case (
            Binary(op="÷", left=Binary(op="×", left=Name(name=a), right=Name(name=b)), right=Name(name=c))
            | Binary(op="×", left=Name(name=a), right=Binary(op="÷", left=Name(name=b), right=Name(name=c)))
        ):
            return share(places[a], places[b], places[c])
        case Binary(op="÷", left=Binary(op="×", left=Name(name=a), right=Binary() as part), right=Name(name=c)):
            return share_of(places[a], _closure(part, places), places[c])
        case (
            Binary(op="×", left=other, right=Number(value=value))
            | Binary(op="×", left=Number(value=value), right=other)
        ):
            return scaled(_closure(other, places), *value.pair)
        case Binary(op="÷", left=other, right=Number(value=value)) if value.pair[0] > 0:
            return scaled(_closure(other, places), *value.pair[::-1])
    first, second = _multiple(of.left, places), _multiple(of.right, places)
    if of.op == "-" and first is not None and second is not None:
        return difference(first, second)
    left, right = _closure(of.left, places), _closure(of.right, places)
    return ARITHMETIC[of.op](left, right)


def _multiple(of: Formula, places: Mapping[str, int]) -> Multiple | None:
    match of:
        case Name(name=name):
            return 1, 1, places[name]
        case (
            Binary(op="×", left=Name(name=name), right=Number(value=value))
            | Binary(op="×", left=Number(value=value), right=Name(name=name))
        ):
            return *value.pair, places[name]
        case _:
            return None


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
