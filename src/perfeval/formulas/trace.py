"""逐步计算: a formula read once with every step kept, for those who ask why.

This fold takes the same path as the compiled reading (若 reads only the branch it takes, 且 and 或 go
no further than needed), knows the units on it, and says the reason where there is no answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple, TypeAlias

from perfeval.errors import FormulaError, Problem, problem
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
from perfeval.formulas.units import POINTS, WORD, check_units
from perfeval.quantities.quantity import Quantity
from perfeval.quantities.unit import BARE, Unit

Pair: TypeAlias = tuple[int, int]
"""分子与分母: an exact number in base units; the denominator is positive, the pair need not be reduced."""
How: TypeAlias = Literal["四舍五入", "舍去", "进位"]
Values: TypeAlias = Mapping[str, "Quantity | str | None"]
"""What stands for each name: a quantity, a judged word, or None (as where it is absent): missing."""


def round_pair(n: int, d: int, step_inverse: int, how: How = "四舍五入") -> int:
    """How many steps of 1/*step_inverse* the number *n* / *d* is rounded to, by magnitude; *d* > 0.

    ``round_pair(-5, 1000, 100)`` is -1: half goes away from zero, and so does 进位; 舍去 goes towards it.
    """
    n *= step_inverse
    if how == "四舍五入":
        return (2 * n + d) // (2 * d) if n >= 0 else -((d - 2 * n) // (2 * d))
    if how == "舍去":
        return n // d if n >= 0 else -(-n // d)
    return -(-n // d) if n >= 0 else n // d


class Step(NamedTuple):
    """一步: what one node of a formula came to; parts follow their whole, one deeper."""

    formula: Formula
    result: Any
    """A :data:`Pair` in base units, a bool, a word, or the Problem that leaves it 无法计分."""
    unit: Unit | None
    depth: int

    @property
    def value(self) -> Quantity | bool | str | Problem:
        """The result as a quantity in its unit, a bool, a word or the Problem."""
        if type(self.result) is tuple and self.unit is not None:
            n, d = self.result
            return Quantity.of(n, d, self.unit)
        other: bool | str | Problem = self.result
        return other

    @property
    def note(self) -> str:
        """The reason that the formula itself gives for the step (计作), else nothing."""
        return self.formula.reason if isinstance(self.formula, Counted) else ""


_step: Callable[[type[Step], tuple[Any, ...]], Step] = tuple.__new__


def trace(of: Formula, given: Values) -> tuple[Step, ...]:
    """Every step on the path that *of* takes with *given*, the whole first; units must have been settled."""
    steps: list[Any] = []
    _fold(of, given, steps, 0)
    return tuple(steps)


def value(of: Formula, given: Values) -> Quantity | bool | str | Problem:
    """What *of* comes to with *given*: a quantity (a bool for a condition), or the Problem: 无法计分.

    Never raises for what is given: a missing input and a divisor that is not positive are Problems.
    """
    found = trace(of, given)[0]
    if found.unit is not None and found.unit.bare and found.result[0] == 0:  # a bare 0 that stands for 0分
        try:
            unit = check_units(
                of,
                {
                    name: WORD if isinstance(that, str) else that.unit
                    for name, that in given.items()
                    if that is not None
                },
            )
        except FormulaError:
            return found.value
        return found._replace(unit=unit).value if isinstance(unit, Unit) else found.value
    return found.value


_Found: TypeAlias = tuple[Any, "Unit | None"]


def _fold(node: Formula, given: Values, steps: list[Any], depth: int) -> _Found:
    if type(node) is Name:  # most steps are: no call, no place to keep
        found = given.get(node.name)
        if type(found) is Quantity:
            n, d, unit = found._v
            pair = n, d
            steps.append(_step(Step, (node, pair, unit, depth)))
            return pair, unit
    at = len(steps)
    steps.append(None)
    result, unit = _READ[type(node)](node, given, steps, depth + 1)  # type: ignore[assignment]
    steps[at] = _step(Step, (node, result, unit, depth))
    return result, unit


def _number(node: Formula, given: Values, steps: list[Any], depth: int) -> _Found:
    """A part that must be a number: a word there is the problem."""
    found = _fold(node, given, steps, depth)
    if type(found[0]) is str:
        return no_number(node, found[0]), None
    return found


def no_number(node: Formula, word: str) -> Problem:
    """The Problem of a *word* where *node* must be a number."""
    return problem("word-not-number", "“{name}”是“{word}”，不是数，无法计分", name=node, word=word)


def _literal(node: Number, *_: Any) -> _Found:
    return node.value.pair, node.value.unit


def _text(node: Text, *_: Any) -> _Found:
    return node.word, None


def _name(node: Name, given: Values, *_: Any) -> _Found:
    found = given.get(node.name)
    if found is None:
        return problem("missing-input", "缺少“{name}”，无法计分", name=node.name), None
    return (found, None) if isinstance(found, str) else (found.pair, found.unit)


def _common(result: Pair, first: Unit | None, second: Unit | None, left: Any) -> _Found:
    """A sum's unit: the first's, but a bare 0 beside a unit takes the other's."""
    return result, second if first is not None and first.bare and left[0] == 0 and second is not None else first


def _binary(node: Binary, given: Values, steps: list[Any], depth: int) -> _Found:
    left, first = _number(node.left, given, steps, depth)
    if isinstance(left, Problem):
        return left, None
    right, second = _number(node.right, given, steps, depth)
    if isinstance(right, Problem):
        return right, None
    (n, d), (m, e) = left, right
    op = node.op
    if op == "×":
        return (n * m, d * e), (first or BARE) * (second or BARE)
    if op == "÷":
        if m > 0:
            return (n * e, d * m), (first or BARE) / (second or BARE)
        return not_positive(node.right, m), None
    if op == "+":
        return _common((n + m, d) if d == e else (n * e + m * d, d * e), first, second, left)
    return _common((n - m, d) if d == e else (n * e - m * d, d * e), first, second, left)


def not_positive(divisor: Formula, top: int) -> Problem:
    """The Problem of a *divisor* that came to *top* over something positive."""
    if top == 0:
        return problem("divisor-not-positive", "除数“{divisor}”是0，无法计分", divisor=divisor)
    return problem("divisor-not-positive", "除数“{divisor}”是负数，无法计分", divisor=divisor)


def _compare(node: Compare, given: Values, steps: list[Any], depth: int) -> _Found:
    left = _fold(node.left, given, steps, depth)[0]
    if isinstance(left, Problem):
        return left, None
    right = _fold(node.right, given, steps, depth)[0]
    if isinstance(right, Problem):
        return right, None
    if type(left) is str or type(right) is str:
        if type(left) is type(right) and node.op in ("=", "≠"):
            return (left == right) is (node.op == "="), None
        part, word = (node.left, left) if type(left) is str else (node.right, right)
        return no_number(part, word), None
    return SIGNS[node.op](left[0] * right[1] - right[0] * left[1]), None


SIGNS: dict[str, Callable[[Any], bool]] = {
    "≥": lambda gap: gap >= 0,
    ">": lambda gap: gap > 0,
    "≤": lambda gap: gap <= 0,
    "<": lambda gap: gap < 0,
    "=": lambda gap: gap == 0,
    "≠": lambda gap: gap != 0,
}
"""Whether a comparison holds, from left minus right."""


def _extreme(node: Extreme, given: Values, steps: list[Any], depth: int) -> _Found:
    best, unit = _number(node.parts[0], given, steps, depth)
    least = node.op == "取小"
    for part in node.parts[1:]:
        if isinstance(best, Problem):
            break
        other, its = _number(part, given, steps, depth)
        if isinstance(other, Problem):
            return other, None
        if unit is not None and unit.bare and its is not None and best[0] == 0:
            unit = its
        if (other[0] * best[1] - best[0] * other[1] < 0) == least and other[0] * best[1] != best[0] * other[1]:
            best = other
    return best, unit if not isinstance(best, Problem) else None


def _logic(node: Logic, given: Values, steps: list[Any], depth: int) -> _Found:
    every = node.op == "且"
    for part in node.parts:
        found = _fold(part, given, steps, depth)[0]
        if found is not every:
            return found, None  # the answer is plain already, or is a Problem
    return every, None


def _choice(node: Choice, given: Values, steps: list[Any], depth: int) -> _Found:
    found = _fold(node.condition, given, steps, depth)[0]
    if isinstance(found, Problem):
        return found, None
    return _fold(node.then if found else node.otherwise, given, steps, depth)


def _rounded(node: Rounded, given: Values, steps: list[Any], depth: int) -> _Found:
    found, unit = _number(node.part, given, steps, depth)
    if isinstance(found, Problem):
        return found, None
    top, bottom = node.step.pair
    return (round_pair(found[0], found[1] * top, bottom, node.how) * top, bottom), unit


def _counted(node: Counted, given: Values, steps: list[Any], depth: int) -> _Found:
    found, _ = _number(node.part, given, steps, depth)
    if isinstance(found, Problem):
        return found, None
    return (found[0] * 100, found[1]) if node.unit.dims == POINTS else found, node.unit


_READ: dict[type, Callable[..., _Found]] = {
    Number: _literal,
    Text: _text,
    Name: _name,
    Binary: _binary,
    Compare: _compare,
    Extreme: _extreme,
    Logic: _logic,
    Choice: _choice,
    Rounded: _rounded,
    Counted: _counted,
}
