"""Agreements and stated rates: judged by the digits as written, and named with their numbers."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings, strategies as st

import perfeval as pe


def rate(**budget: str) -> pe.Judgement:
    """The judgement of the office's rate."""
    (judgement,) = pe.evaluate(pe.Case("示例", 2021, budget=pe.Budget(**budget)), select=[]).judgements
    return judgement


class TestRates:
    def test_a_rate_that_agrees_is_a_judgement(self) -> None:
        """16045.66 ÷ 16898.11 is 94.955 %, which 94.96 % states; the exact quotient stands on the right."""
        judgement = rate(whole_year="16898.11万元", spent="16045.66万元", rate="94.96%")
        assert (judgement.of, judgement.base, judgement.holds) == ("资金", "全年预算数", "yes")
        assert judgement.left == pe.Quantity("94.96", "%")
        assert judgement.right.base == Fraction(1604566, 1689811)
        assert dict(judgement.given)["执行率"].text == "94.96%"

    def test_cutting_is_told_from_rounding(self) -> None:
        """94.95 % is the same quotient cut: it does not hold, and is reproduced by 舍去."""
        judgement = rate(whole_year="16898.11万元", spent="16045.66万元", rate="94.95%")
        assert judgement.holds == "no"
        assert judgement.severity is pe.Severity.NOTE
        assert [str(way) for way in judgement.reproduced_by] == ["自评像舍去到2位小数"]

    def test_a_budget_of_nothing_has_no_rate(self) -> None:
        """0 is no divisor: unknown, with the reason, never 0 or full."""
        judgement = rate(whole_year="0万元", spent="0万元", rate="100%")
        assert judgement.holds == "unknown"
        assert str(judgement.why_not) == "全年预算数为0，没有执行率"

    def test_lines_and_projects_have_their_own(self) -> None:
        """Each source and each project that states a rate is judged once, with the office."""
        line = pe.BudgetLine("财政拨款", whole_year="80万元", spent="40万元", rate="50%")
        case = pe.Case(
            "示例",
            2021,
            budget=pe.Budget(whole_year="100万元", spent="50万元", rate="50%", lines=[line]),
            projects=[
                pe.Project("专项", pe.Budget(initial="300万元", spent="299.97万元", rate="99.99%"), rows=[pe.Row("甲")])
            ],
        )
        evaluation = pe.evaluate(case, select=[])
        assert [each.of for each in evaluation.judgements] == ["资金", "资金/财政拨款", "专项"]
        assert all(each.holds == "yes" for each in evaluation.judgements)
        assert evaluation.projects[0].judgements == ()

    @settings(max_examples=100, deadline=None)
    @given(st.integers(1000, 10**7).flatmap(lambda whole: st.tuples(st.just(whole), st.integers(0, 2 * whole))))
    def test_the_rounded_quotient_always_agrees(self, amounts_of: tuple[int, int]) -> None:
        """A rate rounded half up from its two amounts holds, whatever they are; two last digits off never does."""
        whole, spent = amounts_of
        exact = Fraction(spent * 10000, whole)
        hundredths = (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)
        amounts = {"whole_year": f"{whole}.000000元", "spent": f"{spent}.000000元"}
        stated = f"{hundredths // 100}.{hundredths % 100:02d}%"
        assert rate(**amounts, rate=stated).holds == "yes"
        above = hundredths + 2
        assert rate(**amounts, rate=f"{above // 100}.{above % 100:02d}%").holds == "no"


class TestAgreements:
    def case(self, agreement: str, unit: str = "宗") -> pe.Case:
        """A case whose category demands *agreement* of 受理 and 办结."""
        own = pe.Category("own", "窗口", data=[("受理", "宗"), ("办结", unit)], agreements=[agreement])
        return pe.Case(
            "示例",
            2021,
            categories=[own],
            data=[pe.Item("窗口", items=[pe.Item("受理", ["3宗"]), pe.Item("办结", [f"3{unit}"])])],
        )

    def test_units_that_do_not_fit_are_undecided_with_the_reason(self) -> None:
        """An agreement of 宗 with 件 says which units do not belong together, and guesses nothing."""
        (finding,) = pe.evaluate(self.case("受理 = 办结", "件"), select=["agreement-undecided"]).findings
        assert finding.severity is pe.Severity.UNDECIDED
        assert finding.sentence().startswith("受理 = 办结：无法判断，")
        assert "宗" in finding.sentence()
        assert "件" in finding.sentence()

    def test_a_figure_of_another_kind_agrees_with_nothing(self) -> None:
        """3 万元 where 宗 are declared is the plan's problem; no agreement is judged on it."""
        case = self.case("受理 = 办结").change({"窗口.办结": "3万元"})
        evaluation = pe.evaluate(case)
        assert evaluation.judgements == ()
        assert [each.code for each in evaluation.findings] == ["case-unfit"]

    @pytest.mark.parametrize("blank", ["—", "暂无"])
    def test_a_placeholder_is_no_number(self, blank: str) -> None:
        """A blank is missing, not 0: of counts a whole number may still be found."""
        (judgement,) = pe.evaluate(self.case("受理 = 办结").change({"窗口.办结": blank})).judgements
        assert (judgement.holds, judgement.whole) == ("yes", "窗口.办结")

    def test_a_project_does_not_judge_the_office_again(self) -> None:
        """Agreements of the categories are judged once, however many projects there are."""
        from attrs import evolve

        case = evolve(self.case("受理 = 办结"), projects=[pe.Project("甲", rows=[pe.Row("子", points=1)])])
        evaluation = pe.evaluate(case, select=[])
        assert len(evaluation.judgements) == 1
        assert evaluation.projects[0].judgements == ()
