"""结转: next year's case reads back without a problem, and nothing is typed twice or kept by mistake."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve

import perfeval as pe
from perfeval.carrying import carried

EXAMPLES = Path(__file__).parents[1] / "examples"


@pytest.mark.parametrize("name", ["yongping-2021", "chuzuwu-2021"])
def test_it_reads_back_without_a_problem(name: str, tmp_path: Path) -> None:
    """What is carried is written, read back equal, and judged without an error: nothing is claimed yet."""
    following = carried(pe.read(EXAMPLES / name / "case.yaml"))
    again = pe.read(pe.write(following, tmp_path / "next.yaml"))
    assert again == following
    stated = [each.code for each in pe.evaluate(again).findings if each.severity is pe.Severity.ERROR and each.given]
    assert set(stated) <= {"points-sum"}  # the framework's own gap stays


def test_what_stays_and_what_goes() -> None:
    """Office, framework, categories, projects and targets stay; amounts, actual values, points and reasons go."""
    case = pe.read(EXAMPLES / "yongping-2021" / "case.yaml")
    following = carried(case)
    assert following.year == 2022
    assert "2022" in following.title
    assert (following.office, following.framework, following.categories) == (case.office, case.framework, case.categories)
    assert [project.name for project in following.projects] == ["出租屋管理专项", "环卫保洁专项"]
    assert following.budget is None
    assert all(project.budget is None for project in following.projects)
    assert following.profile == case.profile


def test_rows_keep_their_targets() -> None:
    """A row keeps its target, points and rule, and waits for this year's actual value."""
    case = pe.read(EXAMPLES / "chuzuwu-2021" / "case.yaml")
    before = {row.of: row for row in case.rows}
    for row in carried(case).rows:
        assert row.target == before[row.of].target
        assert (row.actual, row.earned, row.reason, row.evidence) == (None, None, "", ())


def test_measures_are_followed_up() -> None:
    """Each measure of last year is a line that waits to be reported on."""
    case = pe.read(EXAMPLES / "yongping-2021" / "case.yaml")
    (section,) = (each for each in carried(case).sections if each.title == "2021年改进措施落实情况")
    lines = section.text.splitlines()
    assert len(lines) == len(case.measures)
    assert all(line.endswith("【待填写：落实情况】") for line in lines)


def test_last_years_figures_come_along() -> None:
    """They stand under last year's name, where no agreement of this year meets them."""
    following = carried(pe.read(EXAMPLES / "yongping-2021" / "case.yaml"))
    evaluation = pe.evaluate(following)
    assert str(evaluation.stated("2021年.资金.执行率")) == "94.96%"
    assert str(evaluation.stated("2021年.疫情防控.接种剂数")) == "396889剂"
    assert "agreement-broken" not in {each.code for each in evaluation.findings}


def test_grades_are_noted() -> None:
    """The reviewer's grade stands beside the office's."""
    case = pe.Case("示例街道办事处", 2021, grade="优", reviewed=pe.Review("良"))
    assert carried(case).note == "2021年自评等级优，复核等级良"


def test_a_year_is_needed() -> None:
    """A case without a year cannot be carried, and says what to write."""
    with pytest.raises(pe.InputError, match="year"):
        carried(evolve(pe.Case("示例街道办事处", 2021), year=None))


def test_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """carry CASE -o NEXT writes the file once, and leaves an existing one alone."""
    from perfeval.cli import main

    words = ["carry", str(EXAMPLES / "chuzuwu-2021" / "case.yaml"), "-o", str(tmp_path / "next.yaml")]
    for status in (0, 2):
        with pytest.raises(SystemExit) as ended:
            main(words)
        assert ended.value.code == status
    assert pe.read(tmp_path / "next.yaml").year == 2022
    assert "文件已存在" in capsys.readouterr().err
