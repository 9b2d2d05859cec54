"""数据管道: rows in from, and scores out to, pandas, polars and Arrow — decimals exact on both ways.

Everything goes through Arrow, so pyarrow alone is enough (``pip install perfeval[tables]``). A column of
floats is refused with its name: a float has lost the digits as written.
"""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Context, Decimal
from typing import TYPE_CHECKING, Any

from perfeval.errors import InputError, OutputError, PerfevalError, Place, PluginError, problem
from perfeval.locales.suggestions import suggest
from perfeval.model.case import Row
from perfeval.model.fields import KIND, OTHER, TERM

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from perfeval.errors import Problem
    from perfeval.quantities.quantity import Quantity
    from perfeval.results.evaluation import Evaluation
    from perfeval.results.score import Score

__all__ = ["rows_from", "scores_to"]

PRECISION = 38
"""Digits of a decimal column: what Arrow, pandas and polars all hold."""
MISSING = frozenset(("", "None", "NaN", "nan", "NaT", "<NA>", "sNaN", "-NaN", "-nan"))
"""How tables spell that a cell holds nothing, also once it was made text."""
EXACT = Context(prec=2 * PRECISION)


def rows_from(table: Any) -> tuple[Row, ...]:
    """指标行: one Row for each row of *table* (Arrow, pandas, polars, or whatever speaks Arrow).

    Columns bear a Row's English field names or its official terms (指标, 分值, 完成值 …); text, whole
    numbers, decimals and days are taken as written, true is 是 and false 否, NaN, NaT and None are missing
    and not 0. Raises InputError naming every column that cannot be taken (floats, names that a Row does
    not have) and every cell that cannot be read, by row and column.
    """
    arrow = _arrow(table)
    fields = _columns(arrow)
    columns = {own: (name, arrow.column(name).to_pylist()) for name, own in fields.items()}
    rows: list[Row] = []
    problems: list[Problem] = []
    for index in range(arrow.num_rows):
        place = Place(line=index + 1)
        cells = {own: _cell(values[index]) for own, (_, values) in columns.items()}
        cells = {own: value for own, value in cells.items() if value is not None}
        if not cells:
            continue  # an empty line
        if "of" not in cells:
            problems.append(problem("row-unnamed", "这一行没有指标名称；请填写，或删去这一行", place=place))
            continue
        try:
            rows.append(Row(place=place, **cells))
        except PerfevalError:
            problems += _wrong_cells(cells, {own: name for own, (name, _) in columns.items()}, index)
    if problems:
        raise InputError(*problems)
    return tuple(rows)


def _wrong_cells(cells: Mapping[str, Any], names: Mapping[str, str], index: int) -> Iterator[Problem]:
    """The problems of one row, each at its own column: the cells are tried one by one."""
    for own, value in cells.items():
        try:
            Row(**{"of": "-", own: value})
        except PerfevalError as error:
            place = Place(path=names[own], line=index + 1)
            yield from (each.at(place) for each in error.problems)


def scores_to(evaluation: Evaluation) -> Any:
    """得分表: a pyarrow.Table (pyarrow has no types of its own), one row for each node — path, name, points, earned, stated, low, high, by, because.

    Points are decimal128 and exact; what is not decided is null. ``.to_pandas()`` and
    ``polars.from_arrow()`` take it from there. Raises OutputError for points without an end in decimals
    (a third, given as a Fraction): a table cannot hold them exactly.
    """
    pa = _pyarrow()
    scores = [score for each in (evaluation, *evaluation.projects) for score in each.score.walk()]
    numbers = {
        name: [_decimal(_points(score, name)) for score in scores]
        for name in ("points", "earned", "stated", "low", "high")
    }
    places = [-int(each.as_tuple().exponent) for column in numbers.values() for each in column if each is not None]
    decimal = pa.decimal128(PRECISION, max(places, default=2))
    columns: dict[str, Any] = {
        "path": pa.array([score.path for score in scores], pa.string()),
        "name": pa.array([score.name for score in scores], pa.string()),
    }
    columns |= {name: pa.array(column, decimal) for name, column in numbers.items()}
    columns["by"] = pa.array([score.by for score in scores], pa.string())
    columns["because"] = pa.array([score.because for score in scores], pa.string())
    return pa.table(columns)


def _points(score: Score, name: str) -> Quantity | None:
    value = getattr(score, name)
    return value.quantity if name == "stated" and value is not None else value  # type: ignore[no-any-return]


def _decimal(value: Quantity | None) -> Decimal | None:
    if value is None:
        return None
    number = value.number
    places = 0
    while number.denominator > 1 and places < PRECISION:
        number, places = number * 10, places + 1
    if number.denominator > 1 or abs(number.numerator) >= 10**PRECISION:
        raise OutputError(
            problem("decimal-endless", "{value}分写不成有限小数，表里放不下；请把分值写成小数", value=str(value.number))
        )
    return Decimal(number.numerator).scaleb(-places, EXACT)  # no context of the caller's has a say


def _pyarrow() -> Any:
    try:
        import pyarrow as pa  # type: ignore[import-untyped]
    except ModuleNotFoundError as missing:
        raise PluginError(
            problem("pyarrow-missing", "与表格库交换数据要用 pyarrow；请安装：pip install perfeval[tables]")
        ) from missing
    return pa


def _arrow(table: Any) -> Any:
    pa = _pyarrow()
    if isinstance(table, pa.Table):
        return table
    if type(table).__module__.startswith("pandas"):
        return _from_pandas(table)
    if hasattr(table, "to_arrow"):  # polars
        return table.to_arrow()
    if hasattr(table, "collect") and type(table).__name__ == "LazyFrame":
        raise InputError(
            problem("table-lazy", "“{kind}”还没有算出来；请先取出结果，如 rows_from(frame.collect())", kind="LazyFrame")
        )
    if hasattr(table, "__arrow_c_stream__") or isinstance(table, pa.RecordBatch):
        return pa.table(table)
    raise InputError(
        problem("not-a-table", "“{kind}”不是表；请给出 pandas、polars 或 Arrow 的表", kind=type(table).__name__)
    )


def _from_pandas(frame: Any) -> Any:
    """Column by column: one of mixed kinds is told by its name, not by a converter's error."""
    pa = _pyarrow()
    if getattr(frame, "ndim", 1) != 2:
        raise InputError(
            problem("not-a-table", "“{kind}”不是表；请给出 pandas、polars 或 Arrow 的表", kind=type(frame).__name__)
        )
    names = [str(name) for name in frame.columns]
    arrays = []
    for position in range(len(names)):
        series = frame.iloc[:, position]
        try:
            arrays.append(pa.Array.from_pandas(series))
        except (pa.ArrowException, TypeError, ValueError, OverflowError):
            arrays.append(_mixed(series))
    return pa.Table.from_arrays(arrays, names=names)


def _mixed(series: Any) -> Any:
    """A column of text and numbers side by side, as text; of floats, where one of them is a float."""
    pa = _pyarrow()
    cells = [_cell(value) for value in series]
    if any(isinstance(value, float) for value in cells):
        return pa.array([1.0], pa.float64()).take(pa.array([0] * len(cells)))
    return pa.array([None if value is None else str(value) for value in cells], pa.string())


def _columns(arrow: Any) -> dict[str, str]:
    """Column → the Row's field; every column that cannot be taken at once."""
    known: dict[str, str] = {}
    for field in Row.__attrs_attrs__:
        if KIND in field.metadata:
            known |= dict.fromkeys((field.name, field.metadata[TERM], *field.metadata.get(OTHER, ())), field.name)
    found: dict[str, str] = {}
    problems = []
    for position, column in enumerate(arrow.schema):
        if _floats(column.type) and not _empty(arrow, position):
            problems.append(
                problem(
                    "float-column",
                    "列“{name}”是浮点数，写下的位数已失；请在读入时就当文字（如 read_csv(…, dtype=str)），或给 decimal 列",
                    name=column.name,
                )
            )
        elif column.name not in known:
            problems.append(
                problem(
                    "column-unknown",
                    "没有“{name}”这一栏{near}",
                    name=column.name,
                    near=suggest(column.name, [key for key in known if key.isascii() is column.name.isascii()]),
                )
            )
        elif known[column.name] in found.values():
            problems.append(problem("column-twice", "列“{name}”与另一列是同一栏；请只留一列", name=column.name))
        else:
            found[column.name] = known[column.name]
    if "of" not in found.values():
        problems.append(problem("column-missing", "缺少指标名称一列（指标 或 of）"))
    if problems:
        raise InputError(*problems)
    return found


def _floats(kind: Any) -> bool:
    """Whether a column's values are floats, by themselves, in a list or behind categories."""
    types = _pyarrow().types
    while types.is_list(kind) or types.is_large_list(kind) or types.is_dictionary(kind):
        kind = kind.value_type
    return bool(types.is_floating(kind))


def _empty(arrow: Any, position: int) -> bool:
    """Whether a column says nothing: pandas keeps an empty one as floats that are no numbers."""
    return all(_cell(each) is None for each in arrow.column(position).to_pylist())


def _cell(value: Any) -> Any:
    """A cell as a Row takes it; missing is None, in every spelling that tables have."""
    if value is None or str(value).strip() in MISSING:
        return None
    match value:
        case str():
            return value.strip()
        case bool():
            return "是" if value else "否"
        case list():
            return tuple(each for each in map(_cell, value) if each is not None) or None
        case Decimal():
            return format(value, "f")
        case datetime() if value.time() == time():
            return str(value.date())
        case date():
            return str(value)
        case int() | float():
            return value
    return str(value)
