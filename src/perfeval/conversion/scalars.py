"""末级字段: texts, figures, points, targets, 是 or 否 — what stands in one cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from perfeval.conversion.collecting import each_of
from perfeval.documents import common_mistakes
from perfeval.documents.cells import Cell, Fields, place_of
from perfeval.documents.grid import ShownAmount
from perfeval.errors import InputError, Place, problem
from perfeval.model.target import Target
from perfeval.quantities.figure import Figure

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from perfeval.conversion.field_specs import FieldSpec

YES = frozenset(("是", "yes", "true", "Yes", "True", "YES", "TRUE"))
SHOWN, STORED = "shown", "stored"
"""The text that a workbook's cell shows and the number that it stores, where it stores more digits."""
NO = frozenset(("否", "no", "false", "No", "False", "NO", "FALSE"))


def expect_fields(value: Any) -> Fields:
    """*value* as Fields; otherwise an error that says what a mapping looks like."""
    if isinstance(value, Fields):
        return value
    if isinstance(value, str):
        slip = common_mistakes.line_slip(value, place_of(value) or Place())
        if slip is not None:
            raise InputError(slip.at(place_of(value)))
    raise InputError(
        problem("not-fields", "这里应是“名称: 值”的各栏，如“{example}”", place=place_of(value), example="分值: 10")
    )


def expect_text(value: Any) -> str:
    """*value* as text; otherwise an error."""
    if isinstance(value, str):
        return value
    raise InputError(problem("not-text", "这里应是一段文字或一个数，不能是列表或括号里的各栏", place=place_of(value)))


def _leaf(slot: FieldSpec, value: Any) -> Any:
    text = expect_text(value)
    return slot.convert(text) if slot.convert is not None else text


def _figure(slot: FieldSpec, value: Any) -> Any:
    return slot.convert(value if isinstance(value, Figure | Target) else _stated(value))


def _figures(slot: FieldSpec, value: Any) -> tuple[Any, ...]:
    return each_of(value, lambda written: slot.convert([_stated(written)])[0])


def _stated(value: Any) -> str:
    """A figure's text; with what its cell stored where that had more digits: ``{shown: 10.0, stored: 9.996}``."""
    if not isinstance(value, Fields) or {str(key) for key in value} != {SHOWN, STORED}:
        return expect_text(value)

    shown, stored = (expect_text(value[Cell(name)]) for name in (SHOWN, STORED))
    found = ShownAmount(shown)
    found.stored = stored
    found._source, found._line, found._column, found._cell = value._source, value._line, value._column, ""
    return found


def texts(value: Any) -> tuple[str, ...]:
    """Several texts, or one that stands alone."""
    return each_of(value, expect_text)


def flag_of(value: Any) -> bool:
    """是 or 否, as a clerk, YAML and JSON write them."""
    text = expect_text(value).strip()
    if text in YES:
        return True
    if text in NO:
        return False
    raise InputError(problem("not-a-flag", "“{text}”应写是或否", place=place_of(value), text=text[:40]))


def _whole(slot: FieldSpec, value: Any) -> Any:
    text = expect_text(value).strip()
    digits = text.removesuffix("年")
    if digits.isascii() and digits.isdigit() and len(digits) <= 6:
        return int(digits) if slot.convert is None else slot.convert(int(digits))
    raise InputError(problem("not-whole", "“{text}”应是整数，如 2021", place=place_of(value), text=text[:40]))


LEAVES: Mapping[str, Callable[[FieldSpec, Any], Any]] = {
    "text": _leaf,
    "figure": _figure,
    "points": _leaf,
    "target": _figure,
    "figures": _figures,
    "texts": lambda _slot, value: texts(value),
    "flag": lambda _slot, value: flag_of(value),
    "whole": _whole,
}
