"""The pipeline: checks chosen by code, waivers with a reason, a check that fails, findings in order."""

from __future__ import annotations

import pytest

import perfeval as pe

ROWS = [
    pe.Row("总分", points=100, earned=94),
    pe.Row("产出", points=60, earned=56),
    pe.Row("效益", points=40, earned=37),
]
CASE = pe.Case("某街道办事处（示例数据）", 2021, rows=ROWS)


def codes(evaluation: pe.Evaluation) -> list[str]:
    """The codes of all findings."""
    return [each.code for each in evaluation.findings]


@pe.check("example-broken", title="坏的规则", severity="错误", sentence="坏", basis="示例", advice="示例")
def broken(evaluation):
    """A check that always raises.

    查什么
    ------
    示例。

    为什么
    ------
    示例。

    反例
    ----
    示例。

    正例
    ----
    示例。

    何时可豁免
    ----------
    示例。

    起始版本
    --------
    0.1
    """
    yield pe.found("示例")
    raise ZeroDivisionError


class TestChoice:
    def test_every_check_runs_unless_told(self) -> None:
        """Without a choice both the wrong sum and the losses without a reason are found."""
        assert codes(pe.evaluate(CASE)).count("reason-missing") == 2
        assert "earned-sum" in codes(pe.evaluate(CASE))

    def test_select_and_ignore_by_code(self) -> None:
        """Only the selected check runs; the ignored one does not."""
        assert codes(pe.evaluate(CASE, select=["earned-sum"])) == ["earned-sum"]
        assert codes(pe.evaluate(CASE, select="earned-sum")) == ["earned-sum"]
        assert "reason-missing" not in codes(pe.evaluate(CASE, ignore=["reason-missing"]))
        assert codes(pe.evaluate(CASE, select=[])) == []

    @pytest.mark.parametrize("how", ["select", "ignore"])
    def test_an_unknown_code_is_named_with_the_nearest(self, how: str) -> None:
        """A mistyped code would choose nothing in silence: it raises, naming the code that was meant."""
        with pytest.raises(pe.NotFoundError) as error:
            pe.evaluate(CASE, **{how: ["earned-sums"]})
        assert error.value.code == "check-unknown"
        assert "earned-sum" in str(error.value)


class TestWaivers:
    def waived(self, *waivers: pe.Waiver) -> dict[str, str]:
        """Where reason-missing speaks → the reason of its waiver."""
        case = pe.Case("某街道办事处（示例数据）", 2021, rows=ROWS, waivers=waivers)
        return {each.of: each.waived for each in pe.evaluate(case).findings if each.code == "reason-missing"}

    def test_a_waived_finding_keeps_the_reason(self) -> None:
        """The finding stays, with the reason beside it; without a place the waiver is for all of the code."""
        assert self.waived(pe.Waiver("reason-missing", "写在报告正文")) == {
            "产出": "写在报告正文",
            "效益": "写在报告正文",
        }

    def test_a_waiver_may_name_one_place(self) -> None:
        """Only the finding at that place is waived; its path will do for its name."""
        assert self.waived(pe.Waiver("reason-missing", "已说明", of="产出")) == {"产出": "已说明", "效益": ""}
        assert self.waived(pe.Waiver("reason-missing", "已说明", of="某级/效益")) == {"产出": "", "效益": "已说明"}

    def test_without_a_reason_nothing_is_waived(self) -> None:
        """An empty reason waives nothing, and a later one with a reason still does."""
        assert self.waived(pe.Waiver("reason-missing", " ")) == {"产出": "", "效益": ""}
        both = (pe.Waiver("reason-missing", ""), pe.Waiver("reason-missing", "已说明"))
        assert self.waived(*both) == {"产出": "已说明", "效益": "已说明"}

    def test_another_code_is_not_waived(self) -> None:
        """A waiver is for its own code."""
        assert self.waived(pe.Waiver("earned-sum", "已说明")) == {"产出": "", "效益": ""}


class TestFailing:
    def test_a_check_that_raises_is_named_and_the_rest_goes_on(self) -> None:
        """What raised and why is a finding; nothing of its half is kept, every other check has run."""
        case = pe.Case(
            "某街道办事处（示例数据）", 2021, rows=ROWS, categories=[pe.Category("own", "示例", checks=[broken])]
        )
        evaluation = pe.evaluate(case)
        failed = [each for each in evaluation.findings if each.code == "check-failed"]
        assert [str(each) for each in failed] == [
            "无法判断 example-broken：审核规则“example-broken”运行出错（ZeroDivisionError），其余照常；请把本条交给该规则的提供者"
        ]
        assert "example-broken" not in codes(evaluation)
        assert [each for each in codes(evaluation) if each != "check-failed"] == codes(pe.evaluate(CASE))

    def test_its_message_is_in_the_catalogues(self) -> None:
        """The sentence is said in English too, with the check's code and what it raised."""
        case = pe.Case("某街道办事处（示例数据）", 2021, categories=[pe.Category("own", "示例", checks=[broken])])
        (said,) = [each.sentence("en") for each in pe.evaluate(case).findings if each.code == "check-failed"]
        assert "example-broken" in said
        assert "ZeroDivisionError" in said
        assert said.isascii()


class TestOrder:
    def test_errors_come_first(self) -> None:
        """Findings are read from 错误 to 无法判断."""
        rows = [*ROWS, pe.Row("产出/时间", points=60, target="≤5天", actual="6天", earned=56)]
        ranks = [each.severity.rank for each in pe.evaluate(pe.Case("示例", 2021, rows=rows)).findings]
        assert ranks == sorted(ranks)
        assert len(set(ranks)) > 1

    def test_a_check_never_finds_more_than_its_own_severity(self) -> None:
        """A finding asked to be graver than its check stays at the check's severity."""
        mild = pe.check("mild", title="提示", severity="提示", sentence="{given}", basis="示例")(broken.run)
        assert mild.finding(pe.found("甲", given="乙", severity=pe.Severity.ERROR)).severity is pe.Severity.NOTE
        assert broken.finding(pe.found("甲", severity=pe.Severity.DOUBT)).severity is pe.Severity.DOUBT


def test_points_that_do_not_add_up_name_a_place() -> None:
    """The level's own cell; without one the first row that gives points below it, else the framework's line."""
    text = """perfeval: case/1
office: 示例街道办事处
rows:
- {of: 产出/清查, points: 50}
- {of: 产出/巡查, points: 45}
"""
    (found,) = (each for each in pe.evaluate(pe.read(text.encode())).findings if each.code == "points-sum")
    assert (found.places[0].line, found.places[0].column) == (4, text.splitlines()[3].index("50") + 1)
    whole = text + "- {of: 总分, points: 100}\n"
    (found,) = (each for each in pe.evaluate(pe.read(whole.encode())).findings if each.code == "points-sum")
    assert found.places[0].line == 6
    framework = """perfeval: framework/1
name: 示例
parts: [{name: 预算, points: 40}, {name: 产出, points: 60, open: yes}]
---
"""
    of_framework = framework + text.replace("office", "framework: 示例\noffice")
    codes = {
        each.of: each for each in pe.evaluate(pe.read(of_framework.encode())).findings if each.code == "points-sum"
    }
    lines = of_framework.splitlines()
    assert codes["产出"].places[0].line == lines.index("- {of: 产出/清查, points: 50}") + 1
