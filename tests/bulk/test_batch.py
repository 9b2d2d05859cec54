"""成批评价 from Python: every source by itself, the rest goes on, the same on one process and on two."""

from __future__ import annotations

import pickle
import tracemalloc
from typing import TYPE_CHECKING

import making
import pytest

import perfeval as pe
from perfeval.bulk import batch
from perfeval.bulk.processes import EndedError

if TYPE_CHECKING:
    from pathlib import Path

CASE = """perfeval: case/1
office: 某街道办事处（示例数据）
framework:
  name: 清查专项（示例数据）
  parts: [{name: 清查, points: 100, target: ≥100次, strategy: 正向}]
rows: [{of: 清查, actual: 80次, earned: 80}]
"""


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """A workbook, a case, one that is missing, one that is nothing, and another workbook."""
    first, case, missing = tmp_path / "甲.xlsx", tmp_path / "乙.yaml", tmp_path / "无.xlsx"
    nothing, last = tmp_path / "丙.xlsx", tmp_path / "丁.xlsx"
    first.write_bytes(making.sichuan())
    case.write_text(CASE, encoding="utf-8")
    nothing.write_bytes(b"PK\x03\x04 no package")
    last.write_bytes(making.national())
    return [first, case, missing, nothing, last]


@pytest.mark.parametrize("processes", [1, 2])
def test_each_source_is_a_case_of_its_own(files: list[Path], processes: int) -> None:
    """What can be read is what evaluate gives of it alone; what cannot has problems that name it."""
    found = list(pe.evaluate_many(files, processes=processes))
    assert [each.source for each in found] == [str(path) for path in files]
    for at in (0, 1, 4):
        alone = pe.evaluate(pe.read(files[at]))
        own = found[at].evaluation
        assert own is not None
        assert pe.dump(own, "json") == pe.dump(alone, "json")
        assert found[at].problems == ()
    for at, code in ((2, "file-missing"), (3, "file-damaged")):
        assert found[at].evaluation is None
        assert found[at].problems[0].place is not None
        assert found[at].problems[0].place.source == str(files[at])
        if at == 2:
            assert found[at].problems[0].code == code


def test_bytes_are_sources_too() -> None:
    """Bytes have no name; the options are those of read and evaluate."""
    (found,) = pe.evaluate_many([making.national()], framework="national/project-2020", select=["points-sum"])
    assert found.source == ""
    assert found.evaluation is not None
    assert {each.code for each in found.evaluation.findings} <= {"points-sum"}


def test_what_the_program_fails_on_is_named(files: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of our own costs one source and is said; the rest goes on."""
    real = batch.evaluate

    def failing(case: pe.Case, **more: object) -> pe.Evaluation:
        if case.place is not None and "乙" in case.place.source:
            raise ZeroDivisionError
        return real(case, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(batch, "evaluate", failing)
    found = list(pe.evaluate_many(files))
    assert [each.evaluation is not None for each in found] == [True, False, False, False, True]
    assert "ZeroDivisionError" in str(found[1].problems[0])
    assert "乙.yaml" in str(found[1].problems[0])


def test_a_process_that_ends_costs_one_source() -> None:
    """What is said of a source whose process ended names it and says what to do."""
    said = str(batch.lost("甲.xlsx", EndedError()))
    assert said.startswith("甲.xlsx：")
    assert "单独再评价" in said


def test_sources_are_taken_one_by_one(files: list[Path]) -> None:
    """Nothing is read before somebody asks, and a source that nobody asks for is not taken."""
    run = pe.evaluate_many(iter(files))
    assert next(run).source == str(files[0])
    run.close()  # type: ignore[attr-defined]


def test_memory_does_not_grow_with_the_number() -> None:
    """Two hundred workbooks need no more memory than twenty."""
    data = making.national()

    def most(n: int) -> int:
        tracemalloc.start()
        for each in pe.evaluate_many(data for _ in range(n)):
            assert each.evaluation is not None
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    most(5)  # what is loaded once
    few, many_ = most(10), most(60)
    assert many_ < few * 1.5


def test_an_outcome_travels() -> None:
    """It is a value: pickled and back it says the same."""
    (found,) = pe.evaluate_many([b"x"])
    again = pickle.loads(pickle.dumps(found))
    assert again.problems == found.problems
