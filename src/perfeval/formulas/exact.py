"""精确值: the exact reading of a formula, on whole numbers only.

``compile_`` turns a formula once into closures over pairs of integers (numerator, denominator) in
base units; they multiply before they divide and never round by themselves. ``trace`` is a second
fold that keeps every step, run when somebody asks why; both take the same path and agree.
A missing input or a divisor that is not positive is no exception and no 0 but 无法计分, with the reason.
"""

from __future__ import annotations

from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from perfeval.errors import Problem
from perfeval.formulas import operators as op_
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
from perfeval.formulas.operators import Given, Multiple
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
                return op_.compared(op, first, second)
            return op_.COMPARE[op](_closure(left, places), _closure(right, places))
        case Extreme(op=op, parts=those):
            return op_.extreme(op == "取小", [_closure(part, places) for part in those])
        case Logic(op=op, parts=those):
            return op_.logic(op == "且", [_closure(part, places) for part in those])
        case Choice(condition=condition, then=then, otherwise=otherwise):
            return op_.choice(_closure(condition, places), _closure(then, places), _closure(otherwise, places))
        case Rounded(how=how, part=part, step=step):
            return op_.rounded(how, _closure(part, places), *step.pair)
        case Counted(part=part, unit=unit):
            inner = _closure(part, places)
            return op_.scaled(inner, 100, 1) if unit.dims == POINTS else inner


def _binary(of: Binary, places: Mapping[str, int]) -> Callable[[Given], Any]:
    """Arithmetic; a constant operand and 甲 × 乙 ÷ 丙 have closures of their own."""
    match of:
        case (
            Binary(op="÷", left=Binary(op="×", left=Name(name=a), right=Name(name=b)), right=Name(name=c))
            | Binary(op="×", left=Name(name=a), right=Binary(op="÷", left=Name(name=b), right=Name(name=c)))
        ):
            return op_.share(places[a], places[b], places[c])
        case Binary(op="÷", left=Binary(op="×", left=Name(name=a), right=Binary() as part), right=Name(name=c)):
            return op_.share_of(places[a], _closure(part, places), places[c])
        case (
            Binary(op="×", left=other, right=Number(value=value))
            | Binary(op="×", left=Number(value=value), right=other)
        ):
            return op_.scaled(_closure(other, places), *value.pair)
        case Binary(op="÷", left=other, right=Number(value=value)) if value.pair[0] > 0:
            return op_.scaled(_closure(other, places), *value.pair[::-1])
    first, second = _multiple(of.left, places), _multiple(of.right, places)
    if of.op == "-" and first is not None and second is not None:
        return op_.difference(first, second)
    left, right = _closure(of.left, places), _closure(of.right, places)
    return op_.ARITHMETIC[of.op](left, right)


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
