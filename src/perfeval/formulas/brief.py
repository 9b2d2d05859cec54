"""简明说明: the reason of a common rule at once, for thousands of rows.

Most rules compare 完成值 with 指标值 and then give full points or a quotient. In one place of a framework
only 完成值 varies, so the rest of the sentence is made beforehand. Whatever is out of the ordinary (a
factor of one, a limit that was reached) is None here, and said by :mod:`perfeval.formulas.explain`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from perfeval.formulas.exact import Given, Pair, reader
from perfeval.formulas.nodes import Binary, Choice, Compare, Formula, Name, Number
from perfeval.locales.messages import translate

Brief: TypeAlias = Callable[[Given, str, int, int, str], "str | None"]
"""The rule's inputs, the text of the 完成值, the rounded result as a pair, its text → the reason or None."""

_LEVEL = {"+": 4, "-": 4, "×": 5, "÷": 5}
_SLOT = "\0"


class _Maker:
    """The sentences of one rule in one place."""

    def __init__(self, order: tuple[str, ...], fixed: Mapping[str, tuple[Pair, str]], locale: str) -> None:
        self.order, self.fixed, self.locale = order, fixed, locale
        self.points = fixed["分值"][0]
        self.varying = order.index("完成值")

    def branch(self, of: Formula) -> Brief | None:
        match of:
            case Choice(condition=Compare() as condition, then=then, otherwise=otherwise):
                first = self.full(condition) if then == Name("分值") else None
                other = self.branch(otherwise)
                return _choice(reader(condition, self.order), first or _slow, other or _slow)
            case Binary():
                return self.calculated(of)
            case _:
                return None

    def full(self, of: Compare) -> Brief | None:
        """165次 ≥ 160次，得满分."""
        line = self.line(of.left), self.line(of.right)
        if line[0] is None or line[1] is None or line[0] + line[1] == "":
            return None
        text = translate("{why}，得满分", self.locale).replace("{why}", f"{line[0]} {of.op} {line[1]}")
        if text.count(_SLOT) != 1:
            return None
        before, after = text.split(_SLOT)
        whole, over = self.points

        def full(given: Given, actual: str, top: int, bottom: int, text: str) -> str | None:
            del given, text
            return f"{before}{actual}{after}" if whole * bottom == top * over else None

        return full

    def calculated(self, of: Formula) -> Brief | None:
        """10分 × 1667次 ÷ 2000次 ≈ 8.34分."""
        line = self.line(of)
        if line is None or line.count(_SLOT) != 1:
            return None
        before, after = line.split(_SLOT)
        exact, varying, (whole, over) = reader(of, self.order), self.varying, self.points

        def calculated(given: Given, actual: str, top: int, bottom: int, text: str) -> str | None:
            n, d = given[varying]  # type: ignore[misc,str-unpack]
            if n == d or n == 0:
                return None
            n, d = exact(given)
            if n * bottom != top * d:
                return f"{before}{actual}{after} ≈ {text}"
            return f"{before}{actual}{after} = {text}" if whole * bottom != top * over else None

        return calculated

    def line(self, of: Formula, loosest: int = 0, *, inner: bool = False) -> str | None:
        """The text of plain arithmetic on ordinary figures, with a mark for the 完成值; None for anything else."""
        match of:
            case Name(name="完成值"):
                return _SLOT
            case Name(name=name):
                (n, d), text = self.fixed[name]
                return text if n not in (0, d) else None
            case Number(value=value) if (
                inner and value.unit.bare and value.number.denominator == 1 and value.number > 1
            ):
                return str(value.number)
            case Binary(op=op, left=left, right=right):
                level = _LEVEL[op]
                # a × (b ÷ c) is a × b ÷ c, but behind - and ÷ brackets stay
                first = self.line(left, level, inner=True)
                second = self.line(right, level if op in "+×" else level + 1, inner=True)
                if first is None or second is None:
                    return None
                return f"（{first} {op} {second}）" if level < loosest else f"{first} {op} {second}"
            case _:
                return None


def brief(of: Formula, order: tuple[str, ...], fixed: Mapping[str, tuple[Pair, str]], locale: str) -> Brief | None:
    """The quick reason of *of*, or None where it is not of the common kind.

    *fixed* are 分值 and 指标值 with their texts; no name but these and 完成值 may stand in *order*.
    """
    if "完成值" not in order or "分值" not in fixed or not set(order) <= {"完成值", *fixed}:
        return None
    return _Maker(order, fixed, locale).branch(of)


def _slow(*_: object) -> None:
    return None


def _choice(holds: Callable[[Given], bool], then: Brief, otherwise: Brief) -> Brief:
    def choice(given: Given, actual: str, top: int, bottom: int, text: str) -> str | None:
        return (then if holds(given) else otherwise)(given, actual, top, bottom, text)

    return choice
