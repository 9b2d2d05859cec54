"""求解: an equation turned so that one name stands alone, where that name occurs once.

The interval of what it then equals holds every value that the name can have, so that whoever looks for
a whole number looks between two ends and not everywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfeval.formulas.formula import walk
from perfeval.formulas.nodes import Binary, Compare, Formula, Name

if TYPE_CHECKING:
    from collections.abc import Callable

    from perfeval.formulas.spans import Span


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
