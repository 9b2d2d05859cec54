"""数据管道: rows in from, and scores out to, pandas, polars and Arrow — decimals exact on both ways.

Everything goes through Arrow, so pyarrow alone is enough (``pip install perfeval[tables]``). A column of
floats is refused with its name: a float has lost the digits as written.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from perfeval.errors import InputError, PluginError, problem
from perfeval.model.case import Row
from perfeval.model.fields import KIND, OTHER, TERM
from perfeval.quantities.formatters import text
from perfeval.quantities.quantity import Quantity

if TYPE_CHECKING:
    import pyarrow as pa  # type: ignore[import-untyped]

    from perfeval.model.evaluation import Evaluation, Score

PRECISION = 38
"""Digits of a decimal column: what Arrow, pandas and polars all hold."""


def rows_from(table: Any) -> tuple[Row, ...]:
    """指标行: one Row for each row of *table* (Arrow, pandas, polars, or whatever speaks Arrow).

    Columns bear a Row's English field names or its official terms (指标, 分值, 完成值 …); text, whole
    numbers and decimals are taken as written, NaN, NaT and None are missing and not 0. Raises InputError
    naming every column that cannot be taken: floats, and names that a Row does not have.
    """
    arrow = _arrow(table)
    fields = _columns(arrow)
    columns = {own: arrow.column(name).to_pylist() for name, own in fields.items()}
    return tuple(
        Row(**{own: _cell(values[index]) for own, values in columns.items() if _cell(values[index]) is not None})
        for index in range(arrow.num_rows)
    )


def scores_to(evaluation: Evaluation) -> pa.Table:
    """得分表: one row for each node — path, name, points, earned, stated, low, high, reason.

    Points are decimal128 and exact; what is not decided is null. ``.to_pandas()`` and
    ``polars.from_arrow()`` take it from there.
    """
    pa = _pyarrow()
    scores = [score for each in (evaluation, *evaluation.projects) for score in each.score.walk()]
    numbers = {
        name: [_decimal(_points(score, name)) for score in scores] for name in ("points", "earned", "stated", "low", "high")
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
    return Decimal(text(Quantity(value.number)))  # by its digits: no decimal context has a say


def _pyarrow() -> Any:
    try:
        import pyarrow as pa
    except ModuleNotFoundError as missing:
        raise PluginError(
            problem("pyarrow-missing", "与表格库交换数据要用 pyarrow；请安装：pip install perfeval[tables]")
        ) from missing
    return pa


def _arrow(table: Any) -> Any:
    pa = _pyarrow()
    if isinstance(table, pa.Table):
        return table
    if hasattr(table, "to_arrow"):  # polars
        return table.to_arrow()
    if hasattr(table, "__arrow_c_stream__"):
        return pa.table(table)
    if type(table).__module__.startswith("pandas"):
        return pa.Table.from_pandas(table, preserve_index=False)
    raise InputError(
        problem("not-a-table", "“{kind}”不是表；请给出 pandas、polars 或 Arrow 的表", kind=type(table).__name__)
    )


def _columns(arrow: Any) -> dict[str, str]:
    """Column → the Row's field; every column that cannot be taken at once."""
    pa = _pyarrow()
    known: dict[str, str] = {}
    for field in Row.__attrs_attrs__:
        if KIND in field.metadata:
            known |= dict.fromkeys((field.name, field.metadata[TERM], *field.metadata.get(OTHER, ())), field.name)
    found: dict[str, str] = {}
    problems = []
    for column in arrow.schema:
        if pa.types.is_floating(column.type):
            problems.append(
                problem(
                    "float-column",
                    "列“{name}”是浮点数，写下的位数已失；请改成文字或 decimal（如 astype(str)、cast(pl.Decimal)）",
                    name=column.name,
                )
            )
        elif column.name not in known:
            problems.append(
                problem(
                    "column-unknown",
                    "没有“{name}”这一栏；可用的有：{known}",
                    name=column.name,
                    known="、".join(key for key in known if not key.isascii()),
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


def _cell(value: Any) -> Any:
    """A cell as a Row takes it; missing is None, in every spelling that tables have."""
    if value is None or value != value:
        return None
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, list):
        return tuple(value)
    return format(value, "f") if isinstance(value, Decimal) else value
