"""读入说明: what a reader found at a cell and cannot be said in a case's own fields.

A workbook that reads only in part is still evaluated: what could not be read for sure becomes a finding
with its cell (无法判断), and nothing else is said of that row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from perfeval.errors import Place, Problem

UNREAD, DIGITS, TEMPLATE, NOTE, HEADER = "unread", "digits", "template", "note", "header"
KINDS = (UNREAD, DIGITS, TEMPLATE, NOTE, HEADER)
"""无法判断, shown digits beside stored ones, rest of a template, how the table was taken, a header that says otherwise."""


@frozen
class Note:
    """读入说明: one thing found while reading; ``of`` is the path of the row or 资金, ``kind`` one of KINDS."""

    of: str
    problem: Problem
    kind: str = UNREAD

    @property
    def place(self) -> Place | None:
        """位置: the cell."""
        return self.problem.place

    @property
    def asks(self) -> bool:
        """Whether it only asks for a framework, which a caller who names one has answered."""
        return self.problem.code in ("framework-recognised", "framework-unknown")

    def silences(self, of: str) -> bool:
        """Whether a finding of *of* is about what could not be read."""
        return (
            self.kind == UNREAD
            and bool(self.of)
            and (of == self.of or self.of.endswith("/" + of) or of.endswith("/" + self.of))
        )
