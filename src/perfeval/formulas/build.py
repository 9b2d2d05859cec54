"""算式: rules and agreements, written once in Python or as text and read in many ways.

The nodes are those of :mod:`perfeval.formulas.nodes`; here are the words that make them and the
questions that every reader asks of them. Values, intervals and words are read by other modules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from attrs import evolve

from perfeval.formulas.nodes import (
    Binary,
    Choice,
    Compare,
    Counted,
    Extreme,
    Formula,
    Logic,
    Name,
    Operand,
    Rounded,
    number,
    operand,
    parts,
)
from perfeval.quantities.units import base_units

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal
    from fractions import Fraction

    from perfeval.quantities.quantity import Quantity
    from perfeval.quantities.unit import Unit


def name(text: str) -> Name:
    """A name (名称); dots lead down, as in ``name("粤宝中心.已投资")``."""
    return Name(text)


def smaller(*of: Operand) -> Formula:
    """取小: the smallest of two or more."""
    return Extreme("取小", tuple(map(operand, of)))


def larger(*of: Operand) -> Formula:
    """取大: the largest of two or more."""
    return Extreme("取大", tuple(map(operand, of)))


def choose(condition: Formula, then: Operand, otherwise: Operand) -> Formula:
    """若…则…；否则…: *then* where *condition* holds, else *otherwise*."""
    return Choice(condition, operand(then), operand(otherwise))


def rounded(
    of: Operand, step: Quantity | int | str | Decimal | Fraction, how: Literal["四舍五入", "舍去", "进位"] = "四舍五入"
) -> Formula:
    """取整: *of* as a whole number of *step* (``"0.01"``, ``"0.01 %"``)."""
    return Rounded(how, operand(of), number(step).value)


def counted_as(of: Operand, unit: str | Unit, reason: str) -> Formula:
    """计作: the same number in *unit*, for *reason*; UnitError for a unit that nobody knows."""
    if isinstance(unit, str):
        unit = base_units().get(unit)
    return Counted(operand(of), unit, reason)


def walk(of: Formula) -> Iterator[Formula]:
    """Every node of *of*, itself first, in reading order."""
    yield of
    for part in parts(of):
        yield from walk(part)


def names(of: Formula) -> tuple[str, ...]:
    """The names in *of*, each once, in order of first use."""
    return tuple(dict.fromkeys(node.name for node in walk(of) if isinstance(node, Name)))


def substitute(of: Formula, those: Mapping[str, Formula]) -> Formula:
    """*of* with each name of *those* replaced by its formula (once: what is put in is left as it is)."""
    match of:
        case Name(name=name):
            return those.get(name, of)
        case Binary(left=left, right=right) | Compare(left=left, right=right):
            return evolve(of, left=substitute(left, those), right=substitute(right, those))
        case Extreme(parts=inner) | Logic(parts=inner):
            return evolve(of, parts=tuple(substitute(part, those) for part in inner))
        case Choice(condition=condition, then=then, otherwise=otherwise):
            return evolve(
                of,
                condition=substitute(condition, those),
                then=substitute(then, those),
                otherwise=substitute(otherwise, those),
            )
        case Rounded(part=part) | Counted(part=part):
            return evolve(of, part=substitute(part, those))
        case _:
            return of


def is_condition(of: Formula) -> bool:
    """Whether *of* says yes or no (an agreement, a requirement) instead of a number."""
    match of:
        case Compare() | Logic():
            return True
        case Choice(then=then):
            return is_condition(then)
        case _:
            return False
