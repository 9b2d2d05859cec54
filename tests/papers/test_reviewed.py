"""复核分: the reviewer's points beside the office's own on every paper, and nothing of them where nobody reviewed."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from jsonschema import Draft202012Validator

import perfeval as pe
from perfeval.papers.data.serializer import schema
from perfeval.papers.screen.grid import Plain
from perfeval.papers.screen.terminal import show

if TYPE_CHECKING:
    from perfeval.results.evaluation import Evaluation

CASE = """
perfeval: case/1
office: 某街道办事处（示例数据）
year: 2023
grade: 优
framework:
  name: 示例体系（示例数据）
  grades: {优: 90, 良: 80, 中: 60, 差: 0}
  parts:
  - {name: 产出, points: 60, parts: [{name: 巡查, points: 30, target: ≥100次}, {name: 清查, points: 30, target: ≥10次}]}
  - {name: 满意度, points: 40, target: ≥90%}
rows:
- {of: 巡查, actual: 100次, earned: 30}
- {of: 清查, actual: 10次, earned: 30}
- {of: 满意度, actual: 90%, earned: 40, reviewed: 35.5}
reviewed:
  grade: 良
  rows: [{of: 巡查, earned: 21}, {of: 产出/清查, reviewed: 22分}, {of: 总分, earned: 78.5}]
"""


@pytest.fixture
def reviewed() -> Evaluation:
    """A case whose reviewer gave points in both places: in the rows, and in 复核."""
    return pe.evaluate(pe.read(CASE.encode()))


@pytest.fixture
def unreviewed() -> Evaluation:
    """The same case before anybody reviewed it."""
    case = pe.read(CASE.encode())
    return pe.evaluate(evolve(case, reviewed=None, rows=[evolve(row, reviewed=None) for row in case.rows]))


def screen(evaluation: Evaluation) -> str:
    """What the terminal shows."""
    out = io.StringIO()
    show(evaluation, Plain(out, 160))
    return out.getvalue()


def test_points_by_path(reviewed: Evaluation, unreviewed: Evaluation) -> None:
    """A row's own column, a bare name, a whole path and the total are all found."""
    found = {path: points.text for path, points in reviewed.reviewed.items()}
    assert found == {"产出/巡查": "21", "产出/清查": "22分", "满意度": "35.5", "总分": "78.5"}
    assert unreviewed.reviewed == {}


@pytest.mark.parametrize("of", ["检查", "查"])
def test_a_name_that_nothing_bears_is_given_to_nothing(of: str) -> None:
    """A reviewer's row is never put on an indicator that it does not name."""
    case = pe.read(CASE.encode())
    review = pe.Review("良", [pe.Row(of, earned=1)])
    assert list(pe.evaluate(evolve(case, reviewed=review)).reviewed) == ["满意度"]


def test_on_the_screen(reviewed: Evaluation, unreviewed: Evaluation) -> None:
    """A column of its own beside 自评, in the text of the record too; without a review there is no such column."""
    for text in (screen(reviewed), str(reviewed)):
        lines = {line.split()[0]: line.split() for line in reversed(text.splitlines()) if line.split()}
        assert lines["名称"][-3:] == ["自评", "复核", "说明"]
        assert lines["总分"][:4] == ["总分", "100", "100.00", "78.5"]  # no stated total
        assert lines["巡查"][5:7] == ["30", "21"]
        assert lines["清查"][5:7] == ["30", "22"]
    assert "复核" not in screen(unreviewed) + str(unreviewed)


def test_in_json(reviewed: Evaluation, unreviewed: Evaluation) -> None:
    """Each node has its reviewed points, the whole both grades; null where nobody reviewed."""
    made = json.loads(pe.dump(reviewed, "json"))
    Draft202012Validator(schema()).validate(made)
    assert (made["stated_grade"], made["reviewed_grade"]) == ("优", "良")
    assert made["score"]["reviewed"]["number"] == "78.5"
    assert made["score"]["parts"][0]["reviewed"] is None
    assert [part["reviewed"]["text"] for part in made["score"]["parts"][0]["parts"]] == ["21", "22分"]
    bare = json.loads(pe.dump(unreviewed, "json"))
    Draft202012Validator(schema()).validate(bare)
    assert (bare["stated_grade"], bare["reviewed_grade"], bare["score"]["reviewed"]) == ("优", None, None)


def test_on_the_page(reviewed: Evaluation, unreviewed: Evaluation) -> None:
    """The score tree says them beside the computed and the stated points."""
    page = pe.dump(reviewed, "html").decode()
    for points in ("21", "22", "35.5", "78.5"):
        assert f"<i>复核</i> {points}</span>" in page
    assert "<i>复核</i>" not in pe.dump(unreviewed, "html").decode()


def test_in_the_report(reviewed: Evaluation, unreviewed: Evaluation) -> None:
    """The conclusion names both grades, the annex has 复核分 beside 自报得分."""
    text = zipfile.ZipFile(io.BytesIO(pe.dump(reviewed, "docx"))).read("word/document.xml").decode()
    assert text.index("自评等级：优。") < text.index("复核等级：良。") < text.index("复核分")
    assert text.index("自报得分<") < text.index("复核分<") < text.index("得分理由<")
    assert "复核" not in zipfile.ZipFile(io.BytesIO(pe.dump(unreviewed, "docx"))).read("word/document.xml").decode()
    assert "| 巡查 | 30 | ≥100次 | 100次 | 30.00 | 30 | 21 |" in pe.dump(reviewed, "md").decode().replace("\u3000", "")
