"""上限: how much a source may hold before it is refused, so that no file costs more than it should."""

from __future__ import annotations

from attrs import frozen

from perfeval.errors import InputError, Place, problem


@frozen(kw_only=True)
class Limits:
    """读取上限: bounds on one source; ``perfeval.read(…, limits=Limits(size=…))`` sets others.

    The defaults are far above what one office writes in a year and are read within seconds.
    """

    size: int = 4_000_000
    """Bytes of one source."""
    depth: int = 32
    """Mappings and lists within each other."""
    cells: int = 200_000
    """Texts, keys included."""
    text: int = 100_000
    """Characters of one text."""
    digits: int = 100
    """Digits of one number in JSON."""
    unpacked: int = 40_000_000
    """Bytes that the parts of one workbook unpack to."""


DEFAULT = Limits()
ENTRIES = {"rows": 10_000, "projects": 2_000, "parts": 3_000, "lines": 1_000, "documents": 2_000}
"""So many entries a list may have, by what it lists: beyond them nothing is one office's year any more."""


def too_many_entries(what: str, count: int, place: Place | None) -> InputError:
    """The error for a list with more entries than ENTRIES allows."""
    return InputError(
        problem(
            "list-too-long",
            "这里有{count}项，一处最多{most}项；请拆成几个文件",
            place=place,
            count=count,
            most=ENTRIES[what],
        )
    )


def too_large(size: int, limits: Limits, place: Place | None) -> InputError:
    """The error for a source of more than ``limits.size`` bytes."""
    return InputError(
        problem(
            "input-too-large",
            "内容有{size}字节，超过上限{limit}字节；请拆成几个文件，或用 limits 放宽上限",
            place=place,
            size=size,
            limit=limits.size,
        )
    )


def too_deep(limits: Limits, place: Place | None) -> InputError:
    """The error for nesting beyond ``limits.depth``."""
    return InputError(problem("input-too-deep", "嵌套超过{limit}层；请减少层次", place=place, limit=limits.depth))


def too_many(limits: Limits, place: Place | None) -> InputError:
    """The error for more than ``limits.cells`` texts."""
    return InputError(
        problem(
            "input-too-many",
            "内容超过{limit}个单元；请拆成几个文件，或用 limits 放宽上限",
            place=place,
            limit=limits.cells,
        )
    )


def too_long(limits: Limits, place: Place | None) -> InputError:
    """The error for one text of more than ``limits.text`` characters."""
    return InputError(problem("text-too-long", "这段文字超过{limit}个字；请分段填写", place=place, limit=limits.text))


def too_many_digits(limits: Limits, place: Place | None) -> InputError:
    """The error for a number of more than ``limits.digits`` digits."""
    return InputError(
        problem("number-too-long", "这个数超过{limit}位，不像是真实的数；请核对", place=place, limit=limits.digits)
    )
