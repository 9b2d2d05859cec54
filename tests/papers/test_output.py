"""写出: cases, frameworks and categories written by the same verb read back equal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import perfeval as pe

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.mark.parametrize("name", ["yongping-2021", "chuzuwu-2021"])
@pytest.mark.parametrize("ending", [".yaml", ".json"])
def test_a_case_comes_back_equal(name: str, ending: str, tmp_path: Path) -> None:
    """What goes into a file comes back equal, framework and categories included."""
    case = pe.read(EXAMPLES / name / "case.yaml")
    path = pe.write(case, tmp_path / f"案例{ending}")
    assert pe.read(path) == case
    assert path.read_bytes() == pe.dump(case, ending)


def test_other_endings_are_refused(tmp_path: Path) -> None:
    """A case is no paper: the message says what it can be written as, and nothing is left behind."""
    with pytest.raises(pe.OutputError, match="yaml"):
        pe.write(pe.Case("示例街道办事处", 2021), tmp_path / "案例.md")
    assert list(tmp_path.iterdir()) == []


def test_a_form_for_the_table_stands_beside_a_report(project: Any) -> None:
    """One --template for a table and a report: a form's name is the table's affair; a name that is none is reported."""
    report = pe.dump(project, "docx", template="项目支出绩效自评表")
    assert report == pe.dump(project, "docx")
    with pytest.raises(pe.OutputError, match="没有找到模板"):
        pe.dump(project, "docx", template="项目自评表样子")
