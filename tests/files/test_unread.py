"""读不准的格: a doubtful value in a text file is undecided with its place; a fault of the file refuses it."""

from __future__ import annotations

import json

import pytest

import perfeval as pe

HEAD = """perfeval: case/1
office: 示例街道办事处
year: 2021
framework: national/project-2020
"""


def undecided(text: str) -> list[tuple[str, str, int | None, int | None]]:
    """Code, place's name, line and column of what is undecided in the case *text*."""
    found = [each for each in pe.evaluate(pe.read(text.encode())).findings if each.code == "cell-unread"]
    assert all(str(each.severity) == "无法判断" for each in found)
    return [(each.code, each.of, each.places[0].line, each.places[0].column) for each in found]


def test_a_doubtful_actual_is_undecided_and_nothing_else_is_said_of_its_row() -> None:
    """Two numbers run together: the place of the cell, no score, no other finding of the row."""
    text = HEAD + "rows:\n- {of: 产出指标/整治, points: 50, target: ≥8000亩, actual: 8000亩8535.5亩, earned: 40}\n"
    assert undecided(text) == [("cell-unread", "整治", 6, text.splitlines()[5].index("8000亩8535") + 1)]
    evaluation = pe.evaluate(pe.read(text.encode()))
    assert [each.code for each in evaluation.findings if each.of.endswith("整治")] == ["cell-unread"]
    assert evaluation["整治"].earned is None
    assert str(evaluation["整治"].stated.text) == "40"


@pytest.mark.parametrize("key", ["指标值", "完成值", "分值", "得分", "得分系数", "进度", "专家评分", "复核分"])
def test_every_value_of_a_row(key: str) -> None:
    """Whichever value of a row is doubtful: 30～40% may be 30% to 40% or not."""
    (found,) = undecided(HEAD + f"rows:\n- of: 产出指标/整治\n  {key}: 30～40%\n")
    assert found == ("cell-unread", "整治", 7, 3 + len(key) + 2)


def test_rows_by_name_and_json() -> None:
    """Rows written as a mapping, and the same in JSON, with their own lines."""
    assert undecided(HEAD + "rows:\n  产出指标/整治: {完成值: 3次4次}\n") == [("cell-unread", "整治", 6, 18)]
    case = {"perfeval": "case/1", "office": "示例", "rows": [{"of": "产出/整治", "actual": "3次4次"}]}
    assert undecided(json.dumps(case, ensure_ascii=False, indent=1)) == [("cell-unread", "整治", 7, 14)]


def test_funds_of_office_sources_and_projects() -> None:
    """Amounts of the funds, of a source, of a project flat or in its block, and of a project's rows."""
    text = (
        HEAD
        + """budget: {全年预算数: 1万元2万元, 全年执行数: 75, 资金来源: [{name: 财政拨款, 全年预算数: 4-5万元}]}
projects:
- {name: 甲, 年初预算数: 3万元4万元, 全年执行数: 3}
- {name: 乙, 资金: {年初预算数: 3-4万元}, rows: [{of: 清查, points: 3, target: 5-6万次}]}
"""
    )
    assert [(of, line) for _, of, line, _ in undecided(text)] == [
        ("资金", 5), ("财政拨款", 5), ("甲", 7), ("清查", 8), ("乙", 8)
    ]  # fmt: skip


def test_a_fault_of_the_file_still_refuses_it_and_names_the_doubtful_values_too() -> None:
    """A key that no field bears is no matter of reading numbers; every problem is told at once."""
    text = HEAD + "rows:\n- {of: 产出指标/整治, actual: 3次4次}\n- {of: 产出指标/巡查, 完成只: 3次}\n"
    with pytest.raises(pe.InputError) as caught:
        pe.read(text.encode())
    assert sorted(each.place.line for each in caught.value.problems if each.place) == [6, 7]
    with pytest.raises(pe.InputError, match="列表"):
        pe.read((HEAD + "rows:\n- {of: 产出指标/整治, actual: {a: 1}}\n").encode())
