"""字段: how a record's field is written outside — its official term, its kind, its unit.

Every field that a file can carry is made here. The metadata say the official Chinese term (accepted
as YAML key, workbook header and caption alike) and the kind by which the readers convert it; the
attrs converter does the same for Python callers. So there is one rule for both doors.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import evolve, field

from perfeval.errors import InputError, NotationError, hidden_in, problem
from perfeval.formulas.nodes import Number
from perfeval.formulas.parser import parse
from perfeval.quantities.figure import Figure, Word
from perfeval.quantities.notation import figure
from perfeval.quantities.quantity import Quantity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from perfeval.formulas.nodes import Formula

    Written: TypeAlias = str | int | Decimal | Fraction | Quantity | Figure | None
    """What may stand for a figure."""

TERM = "perfeval_term"
KIND = "perfeval_kind"
UNIT = "perfeval_unit"
OTHER = "perfeval_other_terms"


def refuse_float(value: object) -> None:
    """A float has already lost the digits as written: say what to write instead."""
    if isinstance(value, float):
        raise InputError(
            problem(
                "float-refused",
                "小数 {value} 以浮点数给出，写下的位数已失；请写成文字“{value}”或 Decimal",
                value=repr(float(value)),
            )
        )


def to_figure(value: Any, unit: str = "") -> Figure | None:
    """A figure from what somebody wrote: text, whole number, Decimal, Quantity or Figure; NaN is missing."""
    if value is None or isinstance(value, Figure):
        return value
    value = native_value(value)
    if value is None:
        return None
    refuse_float(value)
    if isinstance(value, bool):
        value = "是" if value else "否"
    elif not isinstance(value, (str, int, Decimal, Fraction)):
        value = exact_text(value)
    made = figure(str(value), unit=unit or None, strict=False, place=getattr(value, "place", None))
    stored = getattr(value, "stored", "")
    return as_stored(made, stored, unit) if stored else made


def native_value(value: Any) -> Any:
    """A cell of a data pipeline as Python has it: numpy's numbers as their values; NaN, NaT and pandas's NA as None."""
    if type(value).__name__ in ("NAType", "NaTType"):
        return None
    if hasattr(value, "dtype") and getattr(value, "ndim", None) == 0:
        value = value.item()
    missing = value.is_nan() if isinstance(value, Decimal) else isinstance(value, float) and value != value
    return None if missing else value


def exact_text(value: Any) -> str:
    """A Quantity, a day and such print themselves so that reading them back is exact; what is foreign is refused."""
    if isinstance(value, date) or type(value).__module__.partition(".")[0] == "perfeval":
        return str(value)
    raise InputError(
        problem(
            "figure-foreign",
            "这里是 {kind}，不是数也不是文字；请给出文字（如“120 次”）、整数、Decimal 或 pe.Quantity，没有就给 None",
            kind=type(value).__name__,
        )
    )


def as_stored(shown: Figure, stored: str, unit: Any = "") -> Figure:
    """A workbook's figure: calculated with as it is *stored*, stating what it has *shown*."""
    exact = figure(stored, unit=unit or None, strict=False).quantity
    if shown.quantity is None or exact is None:
        return shown
    return evolve(shown, value=exact, shown=shown.quantity)


def to_stated(value: Any) -> Figure | None:
    """A data item's figure: what cannot be read as a number is kept as words.

    Whether the item is meant to be a number is only known once the categories are: the plan then says
    what could not be read, and where.
    """
    try:
        return to_figure(value)
    except NotationError:
        return Figure(str(value), Word(str(value)), place=getattr(value, "place", None))


def to_points(value: Written) -> Quantity | None:
    """Points (分): a bare number is in 分; anything else must be."""
    if value is None or (isinstance(value, Quantity) and value.unit.symbol == "分"):
        return value
    if isinstance(value, (int, Decimal, Fraction)) and not isinstance(value, bool):
        return Quantity(value, "分")
    written = to_figure(value, "分")
    quantity = written.quantity if written is not None else None
    if quantity is None or quantity.unit.symbol != "分":
        raise NotationError(problem("not-points", "“{text}”不是分值；请写成数字，如 10 或 10 分", text=str(value)))
    return quantity


def to_formula(value: str | int | Decimal | Quantity | Formula | None) -> Formula | None:
    """A formula from its text; formulas and quantities are taken as they are."""
    if value is None:
        return None
    refuse_float(value)
    if isinstance(value, Quantity):
        return Number(value)
    if isinstance(value, (str, int, Decimal)) and not isinstance(value, bool):
        return parse(str(value))
    return value  # type: ignore[return-value]  # already a formula


FIRST_YEAR, LAST_YEAR = 1949, 2099


def to_year(value: int | None) -> int | None:
    """A year (年度) as a whole number of four digits, 1949 to 2099; anything else is refused."""
    if value is None or (type(value) is int and FIRST_YEAR <= value <= LAST_YEAR):
        return value
    raise InputError(
        problem(
            "not-a-year",
            "年度“{given}”应是四位整数，{first}到{last}之间，如 2021（不加引号，不写小数）",
            given=str(value)[:40],
            first=str(FIRST_YEAR),
            last=str(LAST_YEAR),
        )
    )


def as_written(value: Written) -> Figure | None:
    """A figure in the unit that it names itself."""
    return to_figure(value)


def in_money(value: Written) -> Figure | None:
    """A figure of a column in 万元."""
    return to_figure(value, "万元")


def in_points(value: Written) -> Figure | None:
    """A figure of a column in 分."""
    return to_figure(value, "分")


def in_percent(value: Written) -> Figure | None:
    """A figure of a column in %."""
    return to_figure(value, "%")


def in_number(value: Written) -> Figure | None:
    """A figure of a column in 个."""
    return to_figure(value, "个")


def several(values: Iterable[Any] | None, make: Callable[[Any], Any] | None = None) -> tuple[Any, ...]:
    """Several values as a tuple, each made by *make*; a lone one (a text, a number, a record) is one value, None none."""
    if values is None:
        return ()
    if isinstance(values, str) or not hasattr(values, "__iter__"):
        values = (values,)
    values = tuple(values)
    for value in values:
        refuse_hidden(value)
    return values if make is None else tuple(make(value) for value in values)


def field_metadata(term: str, *other: str, kind: str, unit: str = "") -> dict[str, Any]:
    """The metadata of a field: official term, other terms, kind, unit of its column.

    A field with a converter is made with attrs.field itself, so that type checkers see what may be given.
    """
    return {TERM: term, KIND: kind, UNIT: unit, OTHER: other}


def _field(term: str, kind: str, other: tuple[str, ...], **kwargs: Any) -> Any:
    return field(metadata=field_metadata(term, *other, kind=kind), **kwargs)


def text_field(term: str, *other: str, default: Any = "", **kwargs: Any) -> Any:
    """A field of plain text; InputError for a text that no paper can hold."""
    return _field(term, "text", other, default=default, validator=_shown, **kwargs)


def _shown(_record: object, _field: object, value: object) -> None:
    refuse_hidden(value)


def refuse_hidden(value: object) -> None:
    """A text with a control character or half of a pair can stand in no paper: say so at the door."""
    wrong = hidden_in(value) if isinstance(value, str) else None
    if wrong is not None:
        raise InputError(wrong)


def flag_field(term: str, *other: str, default: bool = False) -> Any:
    """A field that is 是 or 否."""
    return _field(term, "flag", other, default=default)


def whole_number_field(term: str, *other: str, default: int | None = None, **kwargs: Any) -> Any:
    """A field that is a whole number (a year, a number of digits)."""
    return _field(term, "whole", other, default=default, **kwargs)


def record_field(term: str, *other: str, kind: str = "record", **kwargs: Any) -> Any:
    """A field of one record of another kind (or None)."""
    kwargs.setdefault("default", None)
    return _field(term, kind, other, **kwargs)


def place_field() -> Any:
    """位置: where the record was written; set by the reader, outside equality."""
    return field(default=None, eq=False, repr=False, kw_only=True)
