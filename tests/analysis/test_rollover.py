"""结转: next year's case reads back without a problem, and nothing is typed twice or kept by mistake."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve

import perfeval as pe
from perfeval.analysis.rollover import rolled_over

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.mark.parametrize("name", ["yongping-2021", "chuzuwu-2021"])
def test_it_reads_back_without_a_problem(name: str, tmp_path: Path) -> None:
    """What is carried is written, read back equal, and judged without an error: nothing is claimed yet."""
    following = rolled_over(pe.read(EXAMPLES / name / "case.yaml"))
    again = pe.read(pe.write(following, tmp_path / "next.yaml"))
    assert again == following
    stated = [each.code for each in pe.evaluate(again).findings if each.severity is pe.Severity.ERROR and each.given]
    assert set(stated) <= {"points-sum"}  # the framework's own gap stays


def test_what_stays_and_what_goes() -> None:
    """Office, framework, categories, projects and targets stay; amounts, actual values, points and reasons go."""
    case = pe.read(EXAMPLES / "yongping-2021" / "case.yaml")
    following = rolled_over(case)
    assert following.year == 2022
    assert "2022" in following.title
    assert (following.office, following.framework, following.categories) == (
        case.office,
        case.framework,
        case.categories,
    )
    assert [project.name for project in following.projects] == ["出租屋管理专项", "环卫保洁专项"]
    assert following.budget is None
    assert all(project.budget is None for project in following.projects)
    assert following.profile == case.profile


def test_rows_keep_their_targets() -> None:
    """A row keeps its target, points and rule, and waits for this year's actual value."""
    case = pe.read(EXAMPLES / "chuzuwu-2021" / "case.yaml")
    before = {row.of: row for row in case.rows}
    for row in rolled_over(case).rows:
        assert row.target == before[row.of].target
        assert (row.actual, row.earned, row.reason, row.evidence) == (None, None, "", ())


def test_measures_are_followed_up() -> None:
    """Each measure of last year is a line that waits to be reported on."""
    case = pe.read(EXAMPLES / "yongping-2021" / "case.yaml")
    (section,) = (each for each in rolled_over(case).sections if each.title == "2021年改进措施落实情况")
    lines = section.text.splitlines()
    assert len(lines) == len({*case.measures, *(issue.measure for issue in case.problems if issue.measure)})
    assert all(line.endswith("【待填写：落实情况】") for line in lines)


def test_last_years_figures_come_along() -> None:
    """They stand under last year's name, where no agreement of this year meets them."""
    following = rolled_over(pe.read(EXAMPLES / "yongping-2021" / "case.yaml"))
    evaluation = pe.evaluate(following)
    assert str(evaluation.stated("2021年.资金.执行率")) == "94.96%"
    assert str(evaluation.stated("2021年.疫情防控.接种剂数")) == "396889剂"
    assert "agreement-broken" not in {each.code for each in evaluation.findings}


def test_grades_are_noted() -> None:
    """The reviewer's grade stands beside the office's."""
    case = pe.Case("示例街道办事处", 2021, grade="优", reviewed=pe.Review("良"))
    assert rolled_over(case).note == "2021年自评等级优，复核等级良"


REVIEWED = """perfeval: case/1
office: 某街道办事处（示例数据）
year: 2024
grade: 优
framework:
  name: 示例项目（示例数据）
  grades: {优: 90, 良: 80, 中: 60, 差: 0}
  parts:
  - {name: 巡查, points: 60, target: ≥100次}
  - {name: 满意度, points: 40, target: ≥90%}
  then: [{复核折扣: {低几档: 复核低几档}}]
rows:
- {of: 巡查, target: ≥100次, actual: 100次, earned: 60, forecast: 120次, likely: 确定能}
- {of: 满意度, target: ≥90%, actual: 85%, earned: 37.78, reviewed: 35, reason: 停车位不足（示例数据）}
problems:
- {text: 停车位不足（示例数据）, about: 满意度, measure: 增设停车位（示例数据）}
measures: [每季度回访（示例数据）, 增设停车位（示例数据）]
reviewed:
  grade: 良
  rows: [{of: 巡查, points: 60, earned: 50, note: 台账缺10次（示例数据）}]
"""


def test_the_review_is_applied() -> None:
    """One grade below the office's takes a tenth off the total; before a review nothing is taken off."""
    case = pe.read(REVIEWED.encode())
    assert pe.evaluate(case).score.earned == pe.Quantity(88, "分")  # (60 + 37.78) × 0.9 = 88.002
    assert pe.evaluate(evolve(case, reviewed=None)).score.earned == pe.Quantity("97.78", "分")
    from perfeval.papers.screen.terminal import summary

    assert summary(pe.evaluate(case)).endswith("自评等级 优  复核等级 良")


def test_the_review_comes_along() -> None:
    """The reviewer's points stand beside the office's, his remarks beside the measures, each to be reported on once."""
    following = rolled_over(pe.read(REVIEWED.encode()))
    evaluation = pe.evaluate(following)
    assert str(evaluation.stated("2024年.自评得分.巡查")) == "60分"
    assert str(evaluation.stated("2024年.复核得分.巡查")) == "50分"
    assert str(evaluation.stated("2024年.复核得分.满意度")) == "35分"
    assert {each.title: each.text.splitlines() for each in following.sections} == {
        "2024年改进措施落实情况": [
            "每季度回访（示例数据）【待填写：落实情况】",
            "增设停车位（示例数据）【待填写：落实情况】",
        ],
        "2024年复核意见整改情况": ["巡查：台账缺10次（示例数据）【待填写：整改情况】"],
    }
    assert [(row.forecast, row.likely, row.reviewed) for row in following.rows] == [(None, "", None)] * 2


def test_words_are_no_figures_of_last_year() -> None:
    """A name with digits in it comes along as a note: nothing of the next year is 无法判断 for it."""
    following = rolled_over(pe.read(EXAMPLES / "yongping-2021" / "case.yaml"))
    assert not [each for each in pe.evaluate(following).findings if each.code == "case-unfit"]
    (last,) = following.data
    notes = {item.note for _, item in last.walk() if not item.figures and item.note}
    assert "华业云谷和T28橡树院" in notes


def test_a_table_is_carried_too() -> None:
    """From a workbook the goals of the next year are there with their targets, ready for the form of goals."""
    folder = EXAMPLES / "chuzuwu-2021"
    table = pe.dump(pe.evaluate(pe.read(folder / "case.yaml")), ".xlsx")
    following = rolled_over(pe.read(table))
    goals = pe.read(pe.dump(pe.evaluate(following), ".xlsx", template="项目支出绩效目标申报表"))
    assert goals.year == 2022
    assert [(row.of, row.target.text) for row in goals.rows if row.target is not None] == [
        (row.of, row.target.text) for row in following.rows if row.target is not None
    ]


def test_a_year_is_needed() -> None:
    """A case without a year cannot be carried, and says what to write."""
    with pytest.raises(pe.InputError, match="年度: 2023"):
        rolled_over(evolve(pe.Case("示例街道办事处", 2021), year=None))


def test_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """carry CASE -o NEXT writes the file once, and leaves an existing one alone."""
    from perfeval.command.main import main

    words = ["carry", str(EXAMPLES / "chuzuwu-2021" / "case.yaml"), "-o", str(tmp_path / "next.yaml")]
    for status in (0, 2):
        with pytest.raises(SystemExit) as ended:
            main(words)
        assert ended.value.code == status
    assert pe.read(tmp_path / "next.yaml").year == 2022
    assert "文件已存在" in capsys.readouterr().err
