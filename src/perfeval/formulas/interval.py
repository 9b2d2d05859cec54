"""区间读法: what a formula can come to when its inputs are only known as far as their digits say.

The result holds the exact value for every point of the inputs. Conditions narrow what they speak of
on the branch behind them, so a step rule gives its steps and no more.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING, Literal, TypeAlias

from perfeval.errors import Problem, problem
from perfeval.formulas import spans
from perfeval.formulas.build import names, walk
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
from perfeval.formulas.spans import Span, span
from perfeval.formulas.trace import no_number, not_positive
from perfeval.formulas.units import POINTS
from perfeval.quantities.figure import Interval
from perfeval.quantities.quantity import Quantity

if TYPE_CHECKING:
    from collections.abc import Callable


Values: TypeAlias = Mapping[str, "Span | Interval | Quantity | str | None"]
"""What each name can be: an interval or several, an exact quantity, a judged word; None or absent: missing."""
Holds: TypeAlias = Literal["yes", "no", "unknown"]


class _NoAnswer(Exception):  # noqa: N818 - carries a Problem up to the function that gives it back
    def __init__(self, why: Problem) -> None:
        self.problem = why


def bounds(of: Formula, given: Values) -> Span | Problem:
    """Every value that *of* can have, in base units, or the Problem that leaves it 无法计分.

    A divisor that may be positive or not gives the values of its positive part.
    """
    try:
        found = _Reading(given).of(of)
    except _NoAnswer as stop:
        return stop.problem
    if isinstance(found, str):
        return problem("formula-not-number", "“{part}”是文字，只能用 = 或 ≠ 比较，这里要一个数", part=of)
    return found


def certain(condition: Formula, given: Values) -> Holds:
    """Whether *condition* holds for all (yes), for none (no) or for some of what the inputs can be (unknown)."""
    reading = _Reading(given)
    try:
        found = reading.truth(condition)
    except _NoAnswer:
        return "unknown"
    return "unknown" if found is None or reading.partly else "yes" if found else "no"


def holds(agreement: Formula, given: Values) -> Holds:
    """Whether the written digits allow *agreement*: no only where they exclude it (the intervals do not meet).

    ``unknown`` where something is missing or cannot be divided. An equation of measured figures can
    never be certain; that its two sides meet is all that its digits can say, and is yes.
    """
    reading = _Reading(given)
    try:
        allowed = reading.allows(agreement)
    except _NoAnswer:
        return "unknown"
    return "no" if not allowed else "unknown" if reading.partly else "yes"


def whole_numbers(
    agreement: Formula, unknown: str, given: Values, *, limit: int = 100, highest: int = 10**12
) -> tuple[int, ...] | Problem:
    """The whole numbers (in base units) that *unknown* could be for *agreement* to hold, least first.

    At most *limit* of them, sought from 0 to *highest* or where *given* says *unknown* can be;
    empty: there is none. A rate of 35.23% fits no count out of 24. Problem: something else is missing.
    """
    for name in names(agreement):
        if name != unknown and given.get(name) is None:
            return _missing(Name(name)).problem
    own = given.get(unknown)
    range_ = spans.both(
        span(Interval(Fraction(0), Fraction(highest), True, True)),
        spans.ALL if own is None or isinstance(own, str) else _as_span(own),
    )
    found: list[int] = []
    try:
        _Reading({**given, unknown: range_}).allows(agreement)
    except _NoAnswer as stop:
        return stop.problem
    alone = isolated(agreement, unknown, lambda part: _span_of(part, given))
    if alone is not None:
        near = _span_of(alone, given)
        range_ = range_ if near is None else spans.both(range_, near)
    elif isinstance(agreement, Compare) and Name(unknown) in (agreement.left, agreement.right):
        first = agreement.left == Name(unknown)
        other = _span_of(agreement.right if first else agreement.left, given)
        sign = agreement.op if first else _SIDES[agreement.op]
        range_ = range_ if other is None else _allowed(range_, sign, other)
    boxes = [_whole(part) for part in reversed(range_.parts)]
    if boxes and limit == 1:  # any will do, and often the least
        low, high = boxes[-1]
        if low <= high and _allowed_in(low, low, agreement, unknown, given):
            return (low,)
    while boxes and len(found) < limit:
        low, high = boxes.pop()
        if low > high or not _allowed_in(low, high, agreement, unknown, given):
            continue
        if low == high:
            found.append(low)
        else:
            middle = (low + high) // 2
            boxes += [(middle + 1, high), (low, middle)]
    return tuple(found)


def _span_of(part: Formula, given: Values) -> Span | None:
    found = bounds(part, given)
    return found if isinstance(found, Span) else None


def _allowed_in(low: int, high: int, agreement: Formula, unknown: str, given: Values) -> bool:
    inside = {**given, unknown: Interval(Fraction(low), Fraction(high), True, True)}
    try:
        return _Reading(inside).allows(agreement)
    except _NoAnswer:
        return False  # no divisor, so no answer, anywhere in between


def _whole(part: Interval) -> tuple[int, int]:
    low, high = part.low or Fraction(0), part.high or Fraction(0)  # both ends are known here
    first, last = ceil(low), floor(high)
    return first + (first == low and not part.low_closed), last - (last == high and not part.high_closed)


def _as_span(given: Span | Interval | Quantity) -> Span:
    return spans.point(given.base) if isinstance(given, Quantity) else span(given)


def _missing(node: Name) -> _NoAnswer:
    return _NoAnswer(problem("missing-input", "缺少“{name}”，无法计分", name=node.name))


_SIDES = {"≥": "≤", ">": "<", "≤": "≥", "<": ">", "=": "=", "≠": "≠"}
_OPPOSITE = {"≥": "<", ">": "≤", "≤": ">", "<": "≥", "=": "≠", "≠": "="}


class _Reading:
    """One fold; ``known`` holds what conditions on the path say about the parts they speak of."""

    def __init__(self, given: Values, known: Mapping[Formula, Span] | None = None, partly: set[Formula] | None = None):
        self.given = given
        self.known: Mapping[Formula, Span] = known or {}
        self.partly: set[Formula] = set() if partly is None else partly
        """Divisors that may be positive or not (shared by the readings of all branches)."""

    def of(self, node: Formula) -> Span | str:
        """What *node* can be, as far as the path says."""
        found = self.bare(node)
        if not isinstance(found, str) and node in self.known:
            return spans.both(found, self.known[node])
        return found

    def number(self, node: Formula) -> Span:
        """A part that must be a number."""
        found = self.of(node)
        if isinstance(found, str):
            raise _NoAnswer(no_number(node, found))
        return found

    def bare(self, node: Formula) -> Span | str:
        """What *node* can be by its own parts."""
        match node:
            case Number(value=value):
                return spans.point(value.base)
            case Text(word=word):
                return word
            case Name(name=name):
                found = self.given.get(name)
                if found is None:
                    raise _missing(node)
                return found if isinstance(found, str) else _as_span(found)
            case Binary():
                return self.binary(node)
            case Extreme(op=op, parts=those):
                made, *others = [self.number(part) for part in those]
                for other in others:
                    made = (spans.smallest if op == "取小" else spans.largest)(made, other)
                return made
            case Choice():
                return self.choice(node)
            case Rounded(how=how, part=part, step=step):
                return spans.rounded(self.number(part), step.base, how)
            case Counted(part=part, unit=unit):
                inner = self.number(part)
                return spans.times(inner, spans.point(100)) if unit.dims == POINTS else inner
            case _:
                raise _NoAnswer(problem("formula-not-number", "“{part}”是条件，这里要一个数", part=node))

    def binary(self, node: Binary) -> Span:
        """Arithmetic on two spans."""
        left, right = self.number(node.left), self.number(node.right)
        if node.op == "×":
            return spans.times(left, right)
        if node.op == "+":
            return spans.plus(left, right)
        if node.op == "-":
            return spans.plus(left, spans.negative(right))
        if right and (right.low is None or right.low < 0 or 0 in right):
            positive = spans.both(right, spans.POSITIVE)
            if not positive:
                raise _NoAnswer(not_positive(node.right, 0 if 0 in right else -1))
            self.partly.add(node.right)
        return spans.over(left, right)

    def choice(self, node: Choice) -> Span | str:
        """The branches that can be taken, each with what its condition says."""
        truth = self.truth(node.condition)
        if truth is not None:
            return self.behind(node.condition, truth).of(node.then if truth else node.otherwise)
        results = []
        for holds_, branch in ((True, node.then), (False, node.otherwise)):
            behind = self.behind(node.condition, holds_)
            if all(behind.known.values()):  # what is left of a part is not nothing
                found = behind.of(branch)
                if isinstance(found, str):
                    raise _NoAnswer(problem("word-undecided", "“{part}”按现有数据有几种可能，无法计分", part=node))
                results.append(found)
        return spans.either(*results)

    def behind(self, condition: Formula, truth: bool) -> _Reading:
        """The reading where *condition* is known to be *truth*."""
        known = dict(self.known)
        self.narrow(condition, truth, known)
        return _Reading(self.given, known, self.partly)

    def narrow(self, condition: Formula, truth: bool, known: dict[Formula, Span]) -> None:
        """Put into *known* what *condition* says about the parts it compares."""
        match condition:
            case Logic(op=op, parts=those) if (op == "且") is truth:
                for part in those:
                    self.narrow(part, truth, known)
            case Compare(op=op, left=left, right=right):
                first, second = (_Reading(self.given, known, self.partly).of(part) for part in (left, right))
                if isinstance(first, str) or isinstance(second, str):
                    return
                sign = op if truth else _OPPOSITE[op]
                known[left] = _allowed(first, sign, second)
                known[right] = _allowed(second, _SIDES[sign], first)

    def truth(self, node: Formula) -> bool | None:
        """Whether a condition holds for all, for none, or (None) for some."""
        match node:
            case Compare(op=op, left=left, right=right):
                first, second = self.of(left), self.of(right)
                if isinstance(first, str) or isinstance(second, str):
                    return self.words(node, first, second)
                if not _allowed(first, op, second):
                    return False
                return None if _allowed(first, _OPPOSITE[op], second) else True
            case Logic(op=op, parts=those):
                return self.logic(op == "且", those)
            case Choice(condition=condition, then=then, otherwise=otherwise):
                truth = self.truth(condition)
                found = {
                    self.behind(condition, way).truth(branch)
                    for way, branch in ((True, then), (False, otherwise))
                    if truth is not (not way)
                }
                return found.pop() if len(found) == 1 else None
            case _:
                raise _NoAnswer(
                    problem("formula-not-condition", "“{part}”不是条件；这里要写比较，如“甲 ≥ 乙”", part=node)
                )

    def logic(self, every: bool, those: tuple[Formula, ...]) -> bool | None:
        """且 and 或, read from the left, each part knowing what those before it say."""
        found: bool | None = every
        reading = self
        for part in those:
            truth = reading.truth(part)
            if truth is (not every):
                return truth
            if truth is None:
                found = None
            reading = reading.behind(part, every)
            if not all(reading.known.values()):
                return not every
        return found

    def words(self, node: Compare, first: Span | str, second: Span | str) -> bool:
        """A comparison of words."""
        if isinstance(first, str) and isinstance(second, str) and node.op in ("=", "≠"):
            return (first == second) is (node.op == "=")
        part, word = (node.left, first) if isinstance(first, str) else (node.right, second)
        raise _NoAnswer(no_number(part, str(word)))

    def allows(self, node: Formula) -> bool:
        """Whether *node* can hold at all."""
        match node:
            case Logic(op="且", parts=those):
                return all(self.allows(part) for part in those)
            case Logic(parts=those):
                return any(self.allows(part) for part in those)
            case Choice(condition=condition, then=then, otherwise=otherwise):
                truth = self.truth(condition)
                return any(
                    self.behind(condition, way).allows(branch)
                    for way, branch in ((True, then), (False, otherwise))
                    if truth is not (not way)
                )
            case _:
                return self.truth(node) is not False


def _allowed(first: Span, sign: str, second: Span) -> Span:
    """What of *first* can stand before *sign* and some number of *second*."""
    if sign in ("≥", ">"):
        return spans.both(first, spans.onward(second, closed=sign == "≥"))
    if sign in ("≤", "<"):
        return spans.both(first, spans.upto(second, closed=sign == "≤"))
    if sign == "=":
        return spans.both(first, second)
    only = second.point
    return first if only is None else spans.without(first, only)


def isolated(equation: Formula, unknown: str, bounds: Callable[[Formula], Span | None]) -> Formula | None:
    """What *unknown* equals in *equation*, or None where it cannot be turned that way.

    *bounds* are those of a part: a part is divided by only where it can be nothing but positive.
    """
    if not (isinstance(equation, Compare) and equation.op == "="):
        return None
    sides = [equation.left, equation.right]
    counts = [_count(side, unknown) for side in sides]
    if sorted(counts) != [0, 1]:
        return None
    inside, other = sides if counts[0] else sides[::-1]
    while not isinstance(inside, Name):
        if not isinstance(inside, Binary):
            return None
        left, right = inside.left, inside.right
        first = _count(left, unknown) == 1
        part, rest = (left, right) if first else (right, left)
        match inside.op, first:
            case "+", _:
                other = Binary("-", other, rest)
            case "-", True:
                other = Binary("+", other, rest)
            case "-", False:
                other = Binary("-", rest, other)
            case "×", _ if _positive(rest, bounds):
                other = Binary("÷", other, rest)
            case "÷", True if _positive(rest, bounds):
                other = Binary("×", other, rest)
            case "÷", False if _positive(other, bounds):
                other = Binary("÷", rest, other)
            case _:
                return None
        inside = part
    return other


def _count(of: Formula, name: str) -> int:
    return sum(isinstance(node, Name) and node.name == name for node in walk(of))


def _positive(of: Formula, bounds: Callable[[Formula], Span | None]) -> bool:
    span = bounds(of)
    if span is None or not span.parts or span.low is None:
        return False
    return span.low > 0 or (span.low == 0 and not span.parts[0].low_closed)
