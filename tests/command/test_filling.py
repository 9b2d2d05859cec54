"""perfeval template: a workbook made, filled in, evaluated — and nothing overwritten."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

from perfeval.command.inputs import example
from perfeval.command.main import main
from perfeval.model.case import Row
from perfeval.reading.case import read

if TYPE_CHECKING:
    from pathlib import Path


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    """Exit status, output and messages of one command."""
    with pytest.raises(SystemExit) as ended:
        main([str(word) for word in words])
    shown = capsys.readouterr()
    return int(ended.value.code or 0), shown.out, shown.err


def test_made_filled_and_evaluated(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A clerk fills two cells of a blank workbook; what they say is evaluated."""
    path = tmp_path / "填报.xlsx"
    status, out, _ = run(capsys, "template", "national/project-2020", path, "--category", "epidemic")
    assert (status, f"perfeval evaluate {path}" in out) == (0, True)
    book = openpyxl.load_workbook(path)
    book["资金"]["B7"], book["资金"]["B8"] = "200", "190"
    assert {row[1] for row in book["数据"].iter_rows(min_row=5, values_only=True)} >= {"接种剂数"}
    book.save(path)
    case = read(path)
    assert case.budget is not None
    assert [str(each.quantity) for each in (case.budget.whole_year, case.budget.spent) if each] == [
        "200万元",
        "190万元",
    ]
    status, out, _ = run(capsys, "evaluate", path)
    assert "9.50" in out  # 10分 × 190 ÷ 200


def test_an_existing_file_is_left_alone(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A workbook that somebody has filled is not made anew unless asked."""
    path = tmp_path / "填报.xlsx"
    path.write_bytes(b"filled")
    status, _, err = run(capsys, "template", "national/project-2020", path)
    assert (status, str(path) in err, path.read_bytes()) == (2, True, b"filled")
    assert run(capsys, "template", "national/project-2020", path, "--force")[0] == 0
    assert path.read_bytes() != b"filled"


@pytest.mark.parametrize("lock", ["~$填报.xlsx", ".~lock.填报.xlsx#"])
def test_a_workbook_open_elsewhere_is_left_whole(capsys: pytest.CaptureFixture[str], tmp_path: Path, lock: str) -> None:
    """Somebody has it open: it is named, stays as it was, and no other file is left behind."""
    path = tmp_path / "填报.xlsx"
    path.write_bytes(b"filled")
    (tmp_path / lock).write_bytes(b"")
    status, _, err = run(capsys, "template", "national/project-2020", path, "--force")
    assert (status, str(path) in err, path.read_bytes()) == (2, True, b"filled")
    assert {each.name for each in tmp_path.iterdir()} == {"填报.xlsx", lock}


def test_prefilled_from_a_case(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """With --case it holds what the case states; a framework of the case's own comes along, and that is said."""
    for name, framework, own in (
        ("yongping-2021", "baiyun/office-2021", False),
        ("chuzuwu-2021", "national/project-2020", True),
    ):
        path = tmp_path / f"{name}.xlsx"
        status, out, _ = run(capsys, "template", framework, path, "--case", example(name))
        assert (status, "自己的指标体系" in out) == (0, own)
        assert read(path) == read(example(name))


def test_a_framework_in_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A framework of the office's own, in a file: the workbook brings it along and can be read anywhere."""
    (tmp_path / "体系.yaml").write_text(
        "perfeval: framework/1\nname: 示例数据\nparts: [{name: 巡查, points: 100, target: ≥100次}]\n", encoding="utf-8"
    )
    path = tmp_path / "填报.xlsx"
    assert run(capsys, "template", tmp_path / "体系.yaml", path)[0] == 0
    book = openpyxl.load_workbook(path)
    book["指标行"]["G5"] = "90次"
    book.save(path)
    (tmp_path / "体系.yaml").unlink()
    case = read(path)
    assert case.framework is not None
    assert case.framework.name == "示例数据"
    assert case.rows == (Row("巡查", actual="90次"),)


def test_written_out_as_the_official_table(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """-o .xlsx beside a filled workbook writes the official table, not a copy of the workbook."""
    path, table = tmp_path / "填报.xlsx", tmp_path / "自评表.xlsx"
    run(capsys, "template", "national/project-2020", path, "--case", example("chuzuwu-2021"))
    assert run(capsys, "evaluate", path, "-o", table)[0] in (0, 1)
    assert openpyxl.load_workbook(table).sheetnames[0] == "项目支出绩效自评表"
