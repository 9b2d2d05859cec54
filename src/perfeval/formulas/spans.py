"""区间的并: exact arithmetic on unions of intervals with open and closed ends, in base units.

What written digits allow is an interval; what a formula makes of it can be several (a step rule at
85% gives 5 or 7 points, not 5 to 7). Nothing here rounds and nothing is a tolerance.
"""

from __future__ import annotations

from fractions import Fraction
from math import inf
from typing import TYPE_CHECKING, TypeAlias

from attrs import frozen

from perfeval.errors import record_repr
from perfeval.formulas.trace import How, round_pair
from perfeval.quantities.figure import Interval

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

End: TypeAlias = "Fraction | float"  # the only floats are the two infinities, for no end at all

MOST_PARTS = 64
"""A union of more intervals is closed up at its narrowest gaps: still right, only less sharp."""


@frozen(repr=False)
class Span:
    """区间的并: intervals that do not touch, in order; none at all where nothing is possible."""

    __repr__ = record_repr

    parts: tuple[Interval, ...]

    @property
    def low(self) -> Fraction | None:
        """The lowest end, None where there is none."""
        return self.parts[0].low if self.parts else None

    @property
    def high(self) -> Fraction | None:
        """The highest end, None where there is none."""
        return self.parts[-1].high if self.parts else None

    @property
    def point(self) -> Fraction | None:
        """The one number possible, or None where there are more or none."""
        if len(self.parts) == 1 and self.parts[0].low is not None and self.parts[0].low == self.parts[0].high:
            return self.parts[0].low
        return None

    def __contains__(self, number: Fraction | int) -> bool:
        return any(number in part for part in self.parts)

    def __bool__(self) -> bool:
        return bool(self.parts)


def point(number: Fraction | int) -> Span:
    """One number and no other."""
    number = Fraction(number)
    return Span((Interval(number, number, True, True),))


def span(of: Interval | Span | Iterable[Interval]) -> Span:
    """A Span of one interval or of several that may overlap."""
    if isinstance(of, Span):
        return of
    if isinstance(of, Interval):
        return Span((of,)) if _possible(*_ends(of)) else Span(())
    return _union([_ends(part) for part in of])


_Ends: TypeAlias = tuple[End, End, bool, bool]


def _ends(of: Interval) -> _Ends:
    low: End = -inf if of.low is None else of.low
    high: End = inf if of.high is None else of.high
    return low, high, of.low_closed and of.low is not None, of.high_closed and of.high is not None


def _interval(ends: _Ends) -> Interval:
    low, high, low_closed, high_closed = ends
    return Interval(
        low if isinstance(low, Fraction) else None,
        high if isinstance(high, Fraction) else None,
        low_closed,
        high_closed,
    )


def _possible(low: End, high: End, low_closed: bool, high_closed: bool) -> bool:
    return low < high or (low == high and low_closed and high_closed)


def _union(those: Iterable[_Ends]) -> Span:
    """Sorted, with what overlaps or touches joined."""
    joined: list[_Ends] = []
    for ends in sorted((e for e in those if _possible(*e)), key=lambda e: (e[0], not e[2])):
        if joined:
            low, high, low_closed, high_closed = joined[-1]
            if ends[0] < high or (ends[0] == high and (high_closed or ends[2])):
                if ends[1] > high or (ends[1] == high and ends[3]):
                    high, high_closed = ends[1], ends[3]
                joined[-1] = (low, high, low_closed, high_closed)
                continue
        joined.append(ends)
    while len(joined) > MOST_PARTS:
        gap = min(range(len(joined) - 1), key=lambda i: joined[i + 1][0] - joined[i][1])
        left, right = joined[gap], joined.pop(gap + 1)
        joined[gap] = (left[0], right[1], left[2], right[3])
    return Span(tuple(map(_interval, joined)))


def either(*those: Span) -> Span:
    """What is in one of *those* at least."""
    return _union(_ends(part) for one in those for part in one.parts)


def both(left: Span, right: Span) -> Span:
    """What is in both."""
    return _union(_meet(_ends(a), _ends(b)) for a in left.parts for b in right.parts)


def _meet(a: _Ends, b: _Ends) -> _Ends:
    low, low_closed = max((a[0], not a[2]), (b[0], not b[2]))
    high, high_closed = min((a[1], a[3]), (b[1], b[3]))
    return low, high, not low_closed, high_closed


def _pairs(left: Span, right: Span, of: Callable[[_Ends, _Ends], _Ends]) -> Span:
    return _union(of(_ends(a), _ends(b)) for a in left.parts for b in right.parts)


def plus(left: Span, right: Span) -> Span:
    """Every sum."""
    return _pairs(left, right, lambda a, b: (a[0] + b[0], a[1] + b[1], a[2] and b[2], a[3] and b[3]))


def negative(of: Span) -> Span:
    """Every number with its sign turned."""
    return _union((-high, -low, high_closed, low_closed) for low, high, low_closed, high_closed in map(_ends, of.parts))


def times(left: Span, right: Span) -> Span:
    """Every product."""
    return _pairs(left, right, _times)


def _times(a: _Ends, b: _Ends) -> _Ends:
    corners = [_corner(x, y) for x in ((a[0], a[2]), (a[1], a[3])) for y in ((b[0], b[2]), (b[1], b[3]))]
    low = min(corners, key=lambda c: (c[0], not c[1]))
    high = max(corners, key=lambda c: (c[0], c[1]))
    return low[0], high[0], low[1], high[1]


def _corner(x: tuple[End, bool], y: tuple[End, bool]) -> tuple[End, bool]:
    (a, a_closed), (b, b_closed) = x, y
    if a == 0 or b == 0:  # zero times anything is zero, and is reached where that zero is
        return Fraction(0), (a == 0 and a_closed) or (b == 0 and b_closed)
    return a * b, a_closed and b_closed


def over(left: Span, right: Span) -> Span:
    """Every quotient with a positive divisor; what is not positive in *right* gives none."""
    return times(left, _union(_turned(*_ends(part)) for part in both(right, POSITIVE).parts))


def _turned(low: End, high: End, low_closed: bool, high_closed: bool) -> _Ends:
    return (
        1 / high if isinstance(high, Fraction) else Fraction(0),
        1 / low if low else inf,
        high_closed,
        low_closed,
    )


POSITIVE = Span((Interval(Fraction(0), None, False, False),))
"""Every number above zero."""
ALL = Span((Interval(None, None, False, False),))
"""Every number."""


def smallest(left: Span, right: Span) -> Span:
    """Every value that the smaller of two can have."""
    return either(both(left, upto(right)), both(right, upto(left)))


def largest(left: Span, right: Span) -> Span:
    """Every value that the larger of two can have."""
    return negative(smallest(negative(left), negative(right)))


def upto(of: Span, *, closed: bool = True) -> Span:
    """Every number that is at most (not *closed*: below) some number of *of*."""
    if not of:
        return of
    _, high, _, high_closed = _ends(of.parts[-1])
    return _union([(-inf, high, False, high_closed and closed)])


def onward(of: Span, *, closed: bool = True) -> Span:
    """Every number that is at least (not *closed*: above) some number of *of*."""
    return negative(upto(negative(of), closed=closed))


def without(of: Span, number: Fraction) -> Span:
    """*of* without one number."""
    one = point(number)
    return both(of, either(upto(one, closed=False), onward(one, closed=False)))


def rounded(of: Span, step: Fraction, how: How) -> Span:
    """Every whole number of steps that a number of *of* is rounded to."""
    return _union(part for ends in map(_ends, of.parts) for part in _rounded(ends, step, how))


def _rounded(ends: _Ends, step: Fraction, how: How) -> Iterable[_Ends]:
    low, high, low_closed, high_closed = ends
    first = _to(low, step, how, inside=None if low_closed else 1) if isinstance(low, Fraction) else None
    last = _to(high, step, how, inside=None if high_closed else -1) if isinstance(high, Fraction) else None
    if first is None or last is None or last - first >= MOST_PARTS:
        yield (
            -inf if first is None else first * step,
            inf if last is None else last * step,
            first is not None,
            last is not None,
        )
        return
    for k in range(first, last + 1):
        yield k * step, k * step, True, True


def _to(number: Fraction, step: Fraction, how: How, *, inside: int | None) -> int:
    """Where *number* is rounded to; for an open end, where the numbers just *inside* of it are."""
    parts = number / step
    if inside is not None:  # within a quarter of a step, nothing but the end itself can be a turning point
        twice = parts * 2
        if twice.denominator == 1:
            parts += Fraction(inside, 4)
    return round_pair(parts.numerator, parts.denominator, 1, how)
