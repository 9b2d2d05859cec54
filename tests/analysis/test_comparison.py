"""比较: what changed and why, and ranks with ties."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import perfeval as pe
from perfeval.analysis.comparison import compare

if TYPE_CHECKING:
    from pathlib import Path


def judged(
    office: str, year: int, actual: str, *, target: str = "≥100次", points: int = 10, extra: bool = False
) -> pe.Evaluation:
    """One evaluation of an invented office."""
    parts = [pe.Indicator("巡查", points, target), *([pe.Indicator("宣传", 5, "≥1场")] if extra else [])]
    rows = [pe.Row("巡查", actual=actual), *([pe.Row("宣传", actual="1场")] if extra else [])]
    return pe.evaluate(pe.Case(office, year, pe.Framework("示例", parts), rows=rows))


def test_ranks_with_ties() -> None:
    """10, 9, 9 and 8 points are 1st, 2nd, 2nd and 4th; what is not decided has no rank and stands last."""
    offices = [
        judged(n, 2021, a)
        for n, a in (("甲街", "80次"), ("乙街", "90次"), ("丙街", "100次"), ("丁街", "90次"), ("戊街", ""))
    ]
    ranking = compare(offices).ranking
    assert [(each.label, each.rank) for each in ranking] == [
        ("丙街", 1), ("乙街", 2), ("丁街", 2), ("甲街", 4), ("戊街", None),
    ]  # fmt: skip


def test_what_changed_and_why() -> None:
    """A target, an actual value and the points that follow; what is the same is not said."""
    before, after = judged("甲街", 2021, "80次"), judged("甲街", 2022, "90次", target="≥120次")
    (changes,) = compare([before, after]).changes
    assert compare([before, after]).labels == ("2021", "2022")
    assert [(each.path, each.what, each.before, each.after) for each in changes] == [
        ("总分", "指标体系", "示例", "示例"),
        ("总分", "得分", "8.00", "7.50"),
        ("巡查", "指标值", "≥100次", "≥120次"),
        ("巡查", "完成值", "80次", "90次"),
        ("巡查", "得分", "8.00", "7.50"),
    ]
    assert str(changes[-1].gained) == "-0.5分"


def test_new_and_gone() -> None:
    """Indicators that only one of the two has."""
    plain, more = judged("甲街", 2021, "80次"), judged("甲街", 2022, "80次", extra=True)
    assert ("宣传", "新增") in {(each.path, each.what) for each in compare([plain, more]).changes[0]}
    assert ("宣传", "取消") in {(each.path, each.what) for each in compare([more, plain]).changes[0]}


def test_the_same_twice() -> None:
    """Nothing changed between an evaluation and itself; equal labels are told apart."""
    one = judged("甲街", 2021, "80次")
    result = compare([one, one])
    assert result.changes == ((),)
    assert result.labels == ("甲街", "甲街 (2)")


@pytest.mark.parametrize(
    ("files", "labels"),
    [
        (["巡查.xlsx", "清查.xlsx"], ("甲街（巡查.xlsx）", "甲街（清查.xlsx）")),
        (["上/表.xlsx", "下/表.xlsx"], ("甲街（上/表.xlsx）", "甲街（下/表.xlsx）")),
        (["C:\\上\\甲.xlsx", "C:\\下\\乙.xlsx"], ("甲街（甲.xlsx）", "甲街（乙.xlsx）")),
        (["表.xlsx", "表.xlsx"], ("甲街（项目1）", "甲街（项目2）")),
        (["", ""], ("甲街（项目1）", "甲街（项目2）")),
    ],
)
def test_one_office_and_year_told_apart(files: list[str], labels: tuple[str, ...]) -> None:
    """Several projects of one office and year go by their file, by its folder, else by their title."""
    cases = [
        pe.Case("甲街", 2021, title=f"项目{n}", place=pe.Place(source=each) if each else None)
        for n, each in enumerate(files, 1)
    ]
    assert compare([pe.evaluate(case) for case in cases]).labels == labels


def test_the_next_year_needs_nothing_to_tell_it_apart() -> None:
    """Only those alike get more than office and year, in their own order."""
    cases = [pe.Case("甲街", year, title=title) for year, title in ((2021, "一"), (2022, ""), (2021, "二"))]
    assert compare([pe.evaluate(case) for case in cases]).labels == ("2021（一）", "2022", "2021（二）")


def test_one_is_no_comparison() -> None:
    """A single case is refused with what is missing."""
    with pytest.raises(pe.InputError, match="两个"):
        compare([judged("甲街", 2021, "80次")])


def test_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two files are two cases: ranks and changes as a table, or as JSON with exact numbers."""
    from perfeval.command.main import main

    paths = [
        str(pe.write(judged("甲街", year, f"{80 + year - 2021}次").case, tmp_path / f"{year}.yaml"))
        for year in (2021, 2022)
    ]
    with pytest.raises(SystemExit) as ended:
        main(["compare", *paths])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert "2021 → 2022" in said
    assert "0.1分" in said
    with pytest.raises(SystemExit):
        main(["compare", *paths, "--format", "json"])
    found = json.loads(capsys.readouterr().out)
    assert found["ranking"][0] == {"label": "2022", "rank": 1, "total": {"number": "8.1", "unit": "分"}, "grade": None}
    assert found["changes"][0][-1]["gained"] == {"number": "0.1", "unit": "分"}
