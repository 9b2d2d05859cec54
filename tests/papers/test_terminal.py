"""终端: what stands on the screen, at every width."""

from __future__ import annotations

import io
from typing import Any

import pytest
from rich.console import Console

import perfeval as pe
from perfeval.locales.width import width
from perfeval.papers.screen.agreements import confirmed, numbers
from perfeval.papers.screen.grid import Plain
from perfeval.papers.screen.terminal import closing, show, summary


def screen(evaluation: Any, wide: int = 120, locale: str = "zh_Hans", **how: Any) -> str:
    """What is printed on a console so wide."""
    console = Console(file=io.StringIO(), width=wide, highlight=False, emoji=False)
    show(evaluation, console, locale, **how)
    return console.file.getvalue()  # type: ignore[attr-defined]


def test_an_undecided_total_is_not_a_range(yongping: Any) -> None:
    """A total of which nothing is known is 未定 with its reason, not 0.00 to 100.00."""
    assert summary(yongping) == "永平街道办事处2021年部门整体支出绩效自评报告  自评 91.3 分  核算 未定"
    text = screen(yongping)
    assert "指标体系有5分未列明" in text
    assert "0.00～" not in text


def test_a_decided_total_has_points_and_grade(project: Any) -> None:
    """A total that is decided stands with the stated one and the grade."""
    assert summary(project).endswith("自评 96.20 分  核算 96.20 分  等级 优")


@pytest.mark.parametrize("wide", [60, 80, 100, 120, 200])
def test_nothing_is_cut(project: Any, yongping: Any, hostile: Any, wide: int) -> None:
    """At every width each line fits, and every name, figure and reason is there in full."""
    for evaluation in (project, yongping, hostile):
        text = screen(evaluation, wide)
        assert all(width(line) <= wide for line in text.splitlines())
        assert "…" not in text
        whole = "".join(text.split())
        for finding in evaluation.findings:
            assert finding.code in whole


def test_narrow_consoles_get_the_reasons_below(project: Any) -> None:
    """Where a reason has no room beside the numbers it stands in a table below them."""
    wide, narrow = screen(project, 160), screen(project, 80)
    assert wide.count("说明\n") == narrow.replace(" ", "").count("说明\n") or "说明" in narrow
    row = next(line for line in narrow.splitlines() if "投诉办结时间" in line)
    assert "÷" not in row
    row = next(line for line in wide.splitlines() if "投诉办结时间" in line)
    assert "4分 × （2 × 5天 - 6天） ÷ 5天 = 3.2分" in row


def test_brief_leaves_full_marks_out(project: Any) -> None:
    """In brief only what lost points is listed, and how many did not is said."""
    text = screen(project, brief=True)
    assert "清查行动" not in text
    assert "租户满意度" in text
    full = [each for each in project.score.walk() if not each.parts and "/" in each.path and each.earned == each.points]
    assert f"其余 {len(full)} 项指标得满分" in text


def test_closing_counts_by_severity(yongping: Any, project: Any, hostile: Any) -> None:
    """Findings are counted by severity, waived ones apart."""
    said = closing(yongping)
    for severity in pe.Severity:
        count = sum(finding.severity is severity for finding in yongping.findings)
        assert (f"{severity} {count} 条" in said) is (count > 0)
    assert closing(project) == ""
    assert "已豁免 1 条" in closing(hostile)


def test_what_agrees_is_shown(yongping: Any) -> None:
    """Stated totals and rates that hold stand with their numbers put in."""
    found = {each.of: each.sum for each in confirmed(yongping) if each.points}
    assert found == {
        "总分自评": "42.3 + 49 = 91.3",
        "资金 执行率": "16045.66万元 ÷ 16898.11万元 ≈ 94.96%",
        "出租屋管理专项 执行率": "908.18万元 ÷ 908.18万元 = 100%",
        "环卫保洁专项 执行率": "299.97万元 ÷ 300万元 = 99.99%",
    }


def test_only_what_holds_is_said_to_agree(yongping: Any) -> None:
    """No broken agreement stands among those that hold, and each that holds is true of its numbers."""
    broken = {each.name for each in yongping.judgements if each.holds != "yes"}
    assert broken
    assert not any(each.of.endswith(tuple(broken)) for each in confirmed(yongping))


def test_a_broken_sum_is_shown_as_it_is(yongping: Any) -> None:
    """The doses that do not add up stand with both sides and what is true between them."""
    said = {each.name: numbers(each) for each in yongping.judgements if each.holds == "no"}
    assert said["接种剂次合计"] == "190959剂次 + 201536剂次 ≠ 396889剂"
    assert said["第二针不多于第一针"] == "201536剂次 > 190959剂次"


def test_stated_totals_that_differ_do_not_agree() -> None:
    """A stated total that its parts do not give is not among what agrees."""
    framework = pe.Framework("示例", [pe.Indicator("甲", 60, "≥1次"), pe.Indicator("乙", 40, "≥1次")])

    def total(earned: str) -> list[str]:
        rows = [
            pe.Row("总分", earned=earned),
            pe.Row("甲", actual="1次", earned="60"),
            pe.Row("乙", actual="1次", earned="33"),
        ]
        return [each.sum for each in confirmed(pe.evaluate(pe.Case(framework=framework, rows=rows)))]

    assert total("93") == ["60 + 33 = 93"]
    assert total("94") == []


@pytest.mark.parametrize("wide", [80, 120])
def test_a_pipe_gets_the_same_lines(project: Any, yongping: Any, wide: int) -> None:
    """What a pipe gets is what a terminal shows, without colours."""
    for evaluation in (project, yongping):
        stream = io.StringIO()
        show(evaluation, Plain(stream, wide))
        assert stream.getvalue().splitlines() == [line.rstrip() for line in screen(evaluation, wide).splitlines()]
        assert "\x1b" not in stream.getvalue()


def test_severities_have_colours_on_a_terminal(yongping: Any) -> None:
    """On a terminal 错误 is red; nothing else of the text changes."""
    console = Console(file=io.StringIO(), width=100, force_terminal=True, color_system="standard", highlight=False)
    show(yongping, console)
    assert "\x1b[1;31m错误" in console.file.getvalue()  # type: ignore[attr-defined]
