"""文中的数: the quantities that stand in a running text, each with its place, its figure and the clause around it.

A number is one with its unit; what has no unit that is known (a year, a document's number, a list's) is none.
One pass over the text, linear in its length.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from attrs import frozen

from perfeval.errors import PerfevalError, record_repr
from perfeval.quantities.notation import figure
from perfeval.quantities.units import base_units

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval.quantities.figure import Figure
    from perfeval.quantities.quantity import Quantity
    from perfeval.quantities.units import Units

LONGEST = 8
"""So many characters a unit behind a number may have."""
_NUMBER = re.compile(
    r"(?<![\d.．A-Za-z〔\[（(第-])(?:约|近|逾|超过|超|不少于|不低于|不超过|不多于|达到|达|≥|≤|>|<|＞|＜)?"
    r"\d{1,12}(?:[,，]\d{3})*(?:\.\d{1,8})?(?![\d.])"
)
_SCALE = re.compile(r"[余多]?[十百千万亿]{0,3}[余多]?")
_BEHIND = re.compile(r"(?:以上|以下|以内|左右)")
_CLAUSES = re.compile(r"[，。；、！？,;\n]")
_DATES = frozenset(("年", "月", "日", "号", "时", "分", "秒", "年度", "月份"))


@frozen(repr=False)
class Mention:
    """文中的一个数: where it stands, how it was written, what it is, and the clause that it stands in."""

    __repr__ = record_repr

    start: int
    end: int
    text: str
    figure: Figure
    clause: str
    """The words around it up to the next punctuation, without the number itself."""

    @property
    def quantity(self) -> Quantity | None:
        """The quantity that is mentioned."""
        return self.figure.quantity


def mentions(text: str, units: Units | None = None) -> Iterator[Mention]:
    """The quantities with a known unit in *text*, in order; dates and bare numbers are none."""
    known = base_units() if units is None else units
    done = 0
    for match in _NUMBER.finditer(text):
        if match.start() < done:
            continue
        end = _end_of(text, match.end(), known)
        if not end:
            continue
        behind = _BEHIND.match(text, end)
        end = behind.end() if behind is not None else end
        try:
            read = figure(text[match.start() : end], units=known, strict=False)
        except PerfevalError:
            continue
        if read.quantity is None or read.quantity.unit.bare:
            continue
        done = end
        yield Mention(match.start(), end, text[match.start() : end], read, _clause(text, match.start(), end))


def _end_of(text: str, at: int, units: Units) -> int:
    """Where the longest known unit behind the number that ends at *at* ends; 0 where none is known."""
    scale = _SCALE.match(text, at)
    first = scale.end() if scale is not None else at
    for start in dict.fromkeys((first, at)):  # 万 may be part of the number or of the unit (万元)
        for length in range(min(LONGEST, len(text) - start), 0, -1):
            symbol = text[start : start + length]
            if symbol not in _DATES and symbol.isprintable() and units.find(symbol) is not None:
                return start + length
    return 0


def _clause(text: str, start: int, end: int) -> str:
    """The words before and behind a number up to the nearest punctuation."""
    before = _CLAUSES.split(text[max(0, start - 60) : start])[-1]
    behind = _CLAUSES.split(text[end : end + 60], maxsplit=1)[0]
    return f"{before} {behind}"
