"""数据管道: rows in from and scores out to pandas, polars and Arrow, exact on both ways."""

from __future__ import annotations

from decimal import Decimal

import pytest

import perfeval as pe
from perfeval.tables import rows_from, scores_to

pa = pytest.importorskip("pyarrow")

FRAMEWORK = pe.Framework("示例", [pe.Indicator("巡查", 10, "≥3次"), pe.Indicator("整改率", 90, "≥95 %")])
DATA = {"指标": ["巡查", "整改率"], "完成值": ["2次", "94.96%"], "得分": [Decimal("6.67"), None]}


def judged(rows: tuple[pe.Row, ...]) -> pe.Evaluation:
    """The evaluation of an invented case with these rows."""
    return pe.evaluate(pe.Case("示例街道办事处", 2021, FRAMEWORK, rows=rows))


def test_arrow_there_and_back() -> None:
    """Digits go in as written and points come out as exact decimals."""
    evaluation = judged(rows_from(pa.table(DATA)))
    table = scores_to(evaluation).to_pydict()
    assert table["path"] == ["总分", "巡查", "整改率"]
    assert table["earned"] == [Decimal("96.63"), Decimal("6.67"), Decimal("89.96")]  # 20/3; 90 × 94.96 ÷ 95
    assert table["stated"] == [None, Decimal("6.67"), None]
    assert table["because"][1] == "10分 × 2次 ÷ 3次 ≈ 6.67分"


def test_pandas() -> None:
    """A pandas table in, a pandas table out; NaN and None are missing, not 0."""
    pd = pytest.importorskip("pandas")
    frame = pd.DataFrame(DATA | {"偏差原因": ["天气", float("nan")]}).astype({"偏差原因": "object"})
    rows = rows_from(frame)
    assert rows[0].reason == "天气"
    assert (rows[1].reason, rows[1].earned) == ("", None)
    assert scores_to(judged(rows)).to_pandas()["earned"].tolist()[1] == Decimal("6.67")


def test_polars() -> None:
    """A polars table in, a polars table out."""
    pl = pytest.importorskip("polars")
    rows = rows_from(pl.DataFrame({"of": ["巡查", "整改率"], "actual": ["2次", None]}))
    assert rows[1].actual is None
    frame = pl.from_arrow(scores_to(judged(rows)))
    assert frame["earned"].to_list() == [None, Decimal("6.67"), None]


def test_floats_are_refused_by_name() -> None:
    """Every column that cannot be taken is named at once, with what to write."""
    table = pa.table({"指标": ["巡查"], "完成值": [0.9496], "备用": ["x"], "actual": ["2次"]})
    with pytest.raises(pe.InputError) as caught:
        rows_from(table)
    assert [each.code for each in caught.value.problems] == ["float-column", "column-unknown"]
    assert "完成值" in str(caught.value)


def test_other_things_are_no_tables() -> None:
    """A list is no table, and a table without names of indicators is none for rows."""
    with pytest.raises(pe.InputError, match="不是表"):
        rows_from([1, 2])
    with pytest.raises(pe.InputError, match="指标名称"):
        rows_from(pa.table({"完成值": ["2次"]}))
