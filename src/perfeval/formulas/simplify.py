"""已知正负: a formula made shorter by what is known of its names' signs; its value stays the same.

Rules guard against negative and zero figures (取大（完成值，0）, 若 指标值 = 0). Once a row's figures are there,
most of these guards decide themselves, and neither the reading nor the reason need carry them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from attrs import evolve

from perfeval.formulas.nodes import Binary, Choice, Compare, Counted, Extreme, Formula, Logic, Name, Number, Rounded

if TYPE_CHECKING:
    from perfeval.quantities.quantity import Quantity

Signs = Mapping[str, frozenset[int]]
"""Name → the signs that its value can have (-1, 0, 1); a name that is absent can have any."""

POSITIVE, ZERO, NEGATIVE = frozenset({1}), frozenset({0}), frozenset({-1})


def sign_of(value: Quantity) -> frozenset[int]:
    """The one sign that *value* has, for :data:`Signs`."""
    number = value.pair[0]
    return POSITIVE if number > 0 else NEGATIVE if number < 0 else ZERO


_TRUE = {
    "≥": frozenset({0, 1}),
    ">": frozenset({1}),
    "≤": frozenset({-1, 0}),
    "<": frozenset({-1}),
    "=": frozenset({0}),
    "≠": frozenset({-1, 1}),
}
_TURNED = {"≥": "≤", ">": "<", "≤": "≥", "<": ">", "=": "=", "≠": "≠"}


def simplified(of: Formula, signs: Signs) -> Formula:
    """*of* without the conditions and limits that *signs* decide."""
    match of:
        case Choice(condition=condition, then=then, otherwise=otherwise):
            reduced = _condition(condition, signs)
            if reduced is True:
                return simplified(then, signs)
            if reduced is False:
                return simplified(otherwise, signs)
            return evolve(of, condition=reduced, then=simplified(then, signs), otherwise=simplified(otherwise, signs))
        case Extreme(op=op, parts=(Name(name=name) as own, Number(value=value) as zero)) if value.base == 0:
            known = signs.get(name)
            if known is not None and known <= frozenset({0, 1}):
                return own if op == "取大" else zero
            if known is not None and known <= frozenset({-1, 0}):
                return zero if op == "取大" else own
            return of
        case Binary(left=left, right=right):
            return evolve(of, left=simplified(left, signs), right=simplified(right, signs))
        case Extreme(parts=parts):
            return evolve(of, parts=tuple(simplified(part, signs) for part in parts))
        case Rounded(part=part) | Counted(part=part):
            return evolve(of, part=simplified(part, signs))
        case _:
            return of


def _condition(of: Formula, signs: Signs) -> Formula | bool:
    match of:
        case Compare(op=op, left=Name(name=name), right=Number(value=value)) if value.base == 0:
            return _decided(of, op, signs.get(name))
        case Compare(op=op, left=Number(value=value), right=Name(name=name)) if value.base == 0:
            return _decided(of, _TURNED[op], signs.get(name))
        case Logic(op=op, parts=parts):
            stops = op == "或"  # 或 is settled by the first that holds, 且 by the first that does not
            left: list[Formula] = []
            for part in parts:
                reduced = _condition(part, signs)
                if reduced is stops and not left:
                    return stops
                if isinstance(reduced, bool):
                    if reduced is stops:  # an earlier part still has its say: 无法计分 comes before this
                        left.append(part)
                        break
                    continue
                left.append(reduced)
            if not left:
                return not stops
            return left[0] if len(left) == 1 else evolve(of, parts=tuple(left))
        case Compare(left=left_side, right=right_side):
            return evolve(of, left=simplified(left_side, signs), right=simplified(right_side, signs))
        case _:
            return of


def _decided(of: Formula, op: str, known: frozenset[int] | None) -> Formula | bool:
    if known is None:
        return of
    if known <= _TRUE[op]:
        return True
    return of if known & _TRUE[op] else False
