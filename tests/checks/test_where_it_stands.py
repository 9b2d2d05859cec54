"""发现的位置: what a row causes is found at the row, not at the whole table or at the framework's file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import perfeval as pe

if TYPE_CHECKING:
    from pathlib import Path

FRAMEWORK = """perfeval: framework/1
name: 清查专项
points: 100
parts:
- {name: 清查, strategy: 正向}
- {name: 巡查, points: 40, target: ≥200次}
"""


def findings(folder: Path, rows: str, framework: str = FRAMEWORK) -> dict[str, tuple[str, str, int | None]]:
    """Each finding's code with what it is about, its file and its line."""
    (folder / "体系.yaml").write_text(framework, "utf-8")
    path = folder / "案例.yaml"
    path.write_text(f"perfeval: case/1\noffice: 示例\nyear: 2021\nframework: 体系.yaml\n{rows}", "utf-8")
    found = {}
    for each in pe.evaluate(pe.read(path)).findings:
        place = each.places[0]
        found[each.code] = (each.of, str(place.source).rpartition("/")[2], place.line)
    return found


def test_a_unit_nobody_knows(tmp_path: Path) -> None:
    """The row in whose cell it stands is named, and its line; the same word in a second row is said once."""
    rows = "rows:\n- {of: 清查, points: 60, target: 3次, actual: 3次}\n- {of: 巡查,\n   actual: 80间趟}\n"
    assert findings(tmp_path, rows)["case-unfit"] == ("巡查", "案例.yaml", 8)


def test_points_that_the_rows_give(tmp_path: Path) -> None:
    """Where the framework leaves points to the rows, too many are the rows' doing; where it does not, its own."""
    rows = "rows:\n- {of: 清查, points: 70, target: 3次, actual: 3次}\n- {of: 巡查, actual: 200次}\n"
    assert findings(tmp_path, rows)["points-sum"] == ("总分", "案例.yaml", 6)


@pytest.mark.parametrize("row", ["", "- {of: 比率, earned: 20}\n"])
def test_a_divisor_of_nothing(tmp_path: Path, row: str) -> None:
    """A rate of two stated numbers, the second 0: its row, or where the 0 is stated; never the framework's formula."""
    framework = """perfeval: framework/1
name: 清查专项
data: {甲: 次, 乙: 次}
parts:
- {name: 清查, points: 80, target: 3次}
- {name: 比率, points: 20, actual: 甲 ÷ 乙, target: ≥95%}
"""
    rows = f"data:\n  甲: 3次\n  乙: 0次\nrows:\n- {{of: 清查, actual: 3次}}\n{row}"
    assert findings(tmp_path, rows, framework)["unscored"] == ("比率", "案例.yaml", 10 if row else 7)
