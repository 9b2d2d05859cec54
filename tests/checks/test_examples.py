"""The shipped examples: exactly the findings that must come, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import perfeval as pe
from perfeval.testing.cases import told

EXAMPLES = Path(__file__).parents[2] / "examples"
SMALL = yaml.load((EXAMPLES / "small" / "expected.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def findings(path: str) -> tuple[pe.Finding, ...]:
    """The findings of an example."""
    return pe.evaluate(pe.read(EXAMPLES / path)).findings


@pytest.mark.parametrize("name", SMALL)
def test_small_cases_have_their_fault_and_no_other(name: str) -> None:
    """Each small case gives the findings of expected.yaml: code, place, values, severity, in any order."""
    found = [told(each) for each in findings(f"small/{name}")]
    expected = SMALL[name]
    assert sorted(each["code"] for each in found) == sorted(each["code"] for each in expected)
    for each in expected:
        assert any(all(one[key] == value for key, value in each.items()) for one in found), (each, found)


def test_the_project_case_is_without_fault() -> None:
    """The complete project case gives no finding at all."""
    assert findings("chuzuwu-2021/case.yaml") == ()


class TestYongping:
    def test_findings_are_those_of_the_report(self) -> None:
        """What the report's figures contradict: points, reasons, doses, the rate of units, what is left open."""
        found = {(each.code, each.of, str(each.severity)) for each in findings("yongping-2021/case.yaml")}
        assert found == {
            ("points-sum", "总分", "错误"),
            ("reason-missing", "管理效能", "疑点"),
            ("reason-missing", "履职效能", "疑点"),
            ("agreement-broken", "疫情防控.接种剂数", "疑点"),
            ("agreement-broken", "疫情防控.第二针", "疑点"),
            ("agreement-broken", "城市管理.达标创建率", "疑点"),
            ("agreement-broken", "安全稳定.已整改隐患", "错误"),
            ("agreement-broken", "党建引领.教育回访", "疑点"),
            ("problem-without-loss", "存在的问题", "疑点"),
        }

    def test_five_points_are_unnamed_and_nothing_is_invented(self) -> None:
        """Since 42.3 and 49 make 91.3, what is unnamed earned 0 or lies outside the base: both are said."""
        (finding,) = (each for each in findings("yongping-2021/case.yaml") if each.code == "points-sum")
        assert "5分未列明" in finding.sentence()
        assert "得0分" in finding.sentence()
        assert "加减分项" in finding.sentence()

    def test_doses_say_their_difference(self) -> None:
        """The two doses differ from the total by 4394, and the second from the first by 10577."""
        said = [each.sentence() for each in findings("yongping-2021/case.yaml") if each.of.startswith("疫情防控")]
        assert said == [
            "接种剂次合计：接种剂数396889剂，第一针 + 第二针为392495剂，差4394剂",
            "第二针不多于第一针：第二针201536剂次，第一针190959剂次，差10577剂次",
        ]

    @pytest.mark.parametrize(
        "name",
        [
            "案件警情同比",
            "盗窃警情同比",
            "入室盗窃警情同比",
            "伤害警情同比",
            "面访不多于登记",
            "散乱污完成率",
            "参与的下沉党员",
        ],
    )
    def test_what_agrees_is_judged_to_agree(self, name: str) -> None:
        """The falls have whole-number bases, 228 of 270 were visited, and parts stay within their wholes."""
        evaluation = pe.evaluate(pe.read(EXAMPLES / "yongping-2021" / "case.yaml"), select=[])
        assert {each.holds for each in evaluation.judgements if each.name == name} == {"yes"}

    def test_the_three_rates_agree(self) -> None:
        """94.96 %, 100 % and 99.99 % are what their amounts give."""
        evaluation = pe.evaluate(pe.read(EXAMPLES / "yongping-2021" / "case.yaml"), select=[])
        rates = [(each.of, str(each.left), each.holds) for each in evaluation.judgements if each.base]
        assert rates == [
            ("资金", "94.96%", "yes"),
            ("出租屋管理专项", "100%", "yes"),
            ("环卫保洁专项", "99.99%", "yes"),
        ]

    def test_no_number_beside_a_space(self) -> None:
        """Sentences have one style: 自评42.3分，not 自评 42.3分."""
        for each in findings("yongping-2021/case.yaml"):
            assert " 4" not in each.sentence()
