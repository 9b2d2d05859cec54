"""数据管道: rows in from and scores out to pandas, polars and Arrow, exact on both ways."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given, settings

import perfeval as pe
from perfeval.testing import evaluations

pa = pytest.importorskip("pyarrow")

FRAMEWORK = pe.Framework("示例", [pe.Indicator("巡查", 10, "≥3次"), pe.Indicator("整改率", 90, "≥95 %")])
DATA = {"指标": ["巡查", "整改率"], "完成值": ["2次", "94.96%"], "得分": [Decimal("6.67"), None]}


def judged(rows: tuple[pe.Row, ...]) -> pe.Evaluation:
    """The evaluation of an invented case with these rows."""
    return pe.evaluate(pe.Case("示例街道办事处", 2021, FRAMEWORK, rows=rows))


def test_arrow_there_and_back() -> None:
    """Digits go in as written and points come out as exact decimals."""
    evaluation = judged(pe.rows_from(pa.table(DATA)))
    table = pe.scores_to(evaluation).to_pydict()
    assert table["path"] == ["总分", "巡查", "整改率"]
    assert table["earned"] == [Decimal("96.63"), Decimal("6.67"), Decimal("89.96")]  # 20/3; 90 × 94.96 ÷ 95
    assert table["stated"] == [None, Decimal("6.67"), None]
    assert table["because"][1] == "10分 × 2次 ÷ 3次 ≈ 6.67分"


def test_pandas() -> None:
    """A pandas table in, a pandas table out; NaN and None are missing, not 0."""
    pd = pytest.importorskip("pandas")
    frame = pd.DataFrame(DATA | {"偏差原因": ["天气", float("nan")]}).astype({"偏差原因": "object"})
    rows = pe.rows_from(frame)
    assert rows[0].reason == "天气"
    assert (rows[1].reason, rows[1].earned) == ("", None)
    assert pe.scores_to(judged(rows)).to_pandas()["earned"].tolist()[1] == Decimal("6.67")


def test_polars() -> None:
    """A polars table in, a polars table out."""
    pl = pytest.importorskip("polars")
    rows = pe.rows_from(pl.DataFrame({"of": ["巡查", "整改率"], "actual": ["2次", None]}))
    assert rows[1].actual is None
    frame = pl.from_arrow(pe.scores_to(judged(rows)))
    assert frame["earned"].to_list() == [None, Decimal("6.67"), None]


def test_floats_are_refused_by_name() -> None:
    """Every column that cannot be taken is named at once, with what to write."""
    table = pa.table({"指标": ["巡查"], "完成值": [0.9496], "备用": ["x"], "actual": ["2次"]})
    with pytest.raises(pe.InputError) as caught:
        pe.rows_from(table)
    assert [each.code for each in caught.value.problems] == ["float-column", "column-unknown"]
    assert "完成值" in str(caught.value)


@pytest.mark.parametrize(
    "column",
    [
        pa.array([0.5, None]),
        pa.array([[0.5], [1.0]]),
        pa.array([0.5, 0.5]).dictionary_encode(),
        pa.array([0.5, 1.0], pa.float32()),
    ],
)
def test_floats_hide_nowhere(column: pa.Array) -> None:
    """Floats in lists, behind categories and of every width are refused alike."""
    with pytest.raises(pe.InputError, match="完成值") as caught:
        pe.rows_from(pa.table({"指标": ["巡查", "整改率"], "完成值": column}))
    assert caught.value.code == "float-column"


@pytest.mark.parametrize("cells", [["2次", 0.5], [Decimal("2.5"), 0.5], [0.5, 1]])
def test_floats_among_others_are_refused_by_name(cells: list[object]) -> None:
    """A pandas column of mixed kinds with one float in it is refused by its name."""
    pd = pytest.importorskip("pandas")
    with pytest.raises(pe.InputError, match="完成值") as caught:
        pe.rows_from(pd.DataFrame({"指标": ["巡查", "整改率"], "完成值": pd.Series(cells, dtype="object")}))
    assert caught.value.code == "float-column"


@pytest.mark.parametrize("missing", [None, float("nan"), Decimal("NaN"), "", "nan", "<NA>"])
def test_missing_is_missing(missing: object) -> None:
    """However a table spells that nothing is there: it is missing, and never 0."""
    pd = pytest.importorskip("pandas")
    (row,) = pe.rows_from(pd.DataFrame({"指标": ["巡查"], "完成值": [missing], "得分": [missing]}))
    assert (row.actual, row.earned) == (None, None)
    score = judged((row,))["巡查"]
    assert (score.earned, score.stated) == (None, None)


@pytest.mark.parametrize("missing", [float("nan"), Decimal("NaN"), Decimal("sNaN")])
def test_missing_is_missing_in_a_record_made_by_hand(missing: Decimal) -> None:
    """A pipeline that fills rows itself: NaN is no word for the office to have written, and nothing to write as text."""
    row = pe.Row("巡查", actual=missing, earned=missing)
    assert (row.actual, row.earned) == (None, None)


@pytest.mark.parametrize(("truth", "written"), [(True, "是"), (False, "否")])
def test_truth_in_a_record_made_by_hand(truth: bool, written: str) -> None:
    """As in a table's column: 是 and 否, not Python's words."""
    row = pe.Row("巡查", actual=truth)
    assert row.actual is not None
    assert row.actual.text == written


def test_days_and_truth() -> None:
    """Days are read as days (NaT is none of them), true and false as 是 and 否, text beside numbers as text."""
    pd = pytest.importorskip("pandas")
    frame = pd.DataFrame(
        {
            "指标": ["甲", "乙"],
            "完成值": [pd.Timestamp("2021-03-04"), pd.NaT],
            "进度": [True, False],
            "得分": pd.Series(["8.50", 9], dtype="object"),
        }
    )
    rows = pe.rows_from(frame)
    assert [row.actual and row.actual.text for row in rows] == ["2021-03-04", None]
    assert [row.progress and row.progress.text for row in rows] == ["是", "否"]
    assert [row.earned and row.earned.text for row in rows] == ["8.50", "9"]


def test_wrong_cells_are_named() -> None:
    """Every cell that cannot be read is told by row and column, all at once."""
    table = pa.table({"指标": ["巡查", None, "整改率", None], "完成值": ["2次", "3次", "8000亩8535.5亩", None]})
    with pytest.raises(pe.InputError) as caught:
        pe.rows_from(table)
    told = [
        (each.code, each.place and each.place.line, each.place and each.place.path) for each in caught.value.problems
    ]
    assert told[0] == ("row-unnamed", 2, "")
    assert told[1][1:] == (3, "完成值")
    assert len(told) == 2  # the last row says nothing and is none


def test_points_without_an_end() -> None:
    """A third of a hundred has no decimal: it is named, not rounded."""
    third = pe.Framework(
        "示例", [pe.Indicator("甲", Fraction(100, 3), "≥3次"), pe.Indicator("乙", Fraction(200, 3), "≥3次")]
    )
    with pytest.raises(pe.OutputError, match="100/3"):
        pe.scores_to(pe.evaluate(pe.Case("示例街道办事处", 2021, third)))


@settings(max_examples=25)
@given(evaluations())
def test_every_evaluation_goes_through(evaluation: pe.Evaluation) -> None:
    """Points in the table are those of the evaluation, digit for digit, under any decimal context."""
    with localcontext(prec=3):
        table = pe.scores_to(evaluation).to_pydict()
    scores = list(evaluation.score.walk())
    assert table["path"] == [score.path for score in scores]
    for name in ("points", "earned", "low", "high"):
        values = [getattr(score, name) for score in scores]
        assert [None if each is None else Fraction(each) for each in table[name]] == [
            None if each is None else each.number for each in values
        ]


def test_without_pyarrow() -> None:
    """Where pyarrow is missing the message says what to install."""
    code = (
        "import sys; sys.modules['pyarrow'] = None\n"
        "import perfeval as pe\n"
        "try: pe.rows_from([])\n"
        "except pe.PluginError as error: print(error.code, 'perfeval[tables]' in str(error))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.split() == ["pyarrow-missing", "True"]


def test_other_things_are_no_tables() -> None:
    """A list is no table, and a table without names of indicators is none for rows."""
    with pytest.raises(pe.InputError, match="不是表"):
        pe.rows_from([1, 2])
    with pytest.raises(pe.InputError, match="指标名称"):
        pe.rows_from(pa.table({"完成值": ["2次"]}))


def test_a_misspelt_column_names_the_nearest() -> None:
    """Not the whole list of what a row can hold: at most three names that are alike, in the same script."""
    with pytest.raises(pe.InputError) as caught:
        pe.rows_from(pa.table({"指标": ["巡查"], "实际完成直": ["2次"]}))
    message = str(caught.value)
    assert "实际完成值" in message
    assert message.count("、") <= 2
    with pytest.raises(pe.InputError, match="actual"):
        pe.rows_from(pa.table({"of": ["巡查"], "actuall": ["2次"]}))


def test_a_lazy_frame_is_to_be_collected() -> None:
    """A query that has not run is no table yet: told what to call."""
    pl = pytest.importorskip("polars")
    with pytest.raises(pe.InputError, match=r"\.collect\(\)"):
        pe.rows_from(pl.LazyFrame({"of": ["巡查"]}))


def test_what_a_frame_holds_goes_into_a_row() -> None:
    """Cell by cell from pandas or numpy: NA and NaT are missing, numpy's whole numbers are numbers, its floats refused."""
    pd = pytest.importorskip("pandas")
    np = pytest.importorskip("numpy")
    for missing in (pd.NA, pd.NaT, np.float64("nan"), Decimal("NaN")):
        row = pe.Row("巡查", actual=missing, target=missing, earned=missing)
        assert (row.actual, row.target, row.earned) == (None, None, None)
    assert pe.Row("巡查", actual=np.int64(12)) == pe.Row("巡查", actual=12)
    assert pe.Row("巡查", actual=np.bool_(True)) == pe.Row("巡查", actual="是")
    for floating in (np.float32(0.5), np.float64(0.5)):
        with pytest.raises(pe.InputError, match="浮点数"):
            pe.Row("巡查", actual=floating)


@pytest.mark.parametrize("foreign", [object(), b"12", 1j, {"a": 1}, print])
def test_what_is_no_figure_is_refused(foreign: object) -> None:
    """An object that is neither a number nor text never becomes a word: its kind is named."""
    for field in ("actual", "target", "earned"):
        with pytest.raises(pe.InputError, match=type(foreign).__name__):
            pe.Row("巡查", **{field: foreign})
