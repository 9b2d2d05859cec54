"""评分标准 in prose: one rule where it says one, every rule that it may mean where it leaves a choice, else none."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

import perfeval as pe
from perfeval.authoring.importing.prose import rules
from perfeval.formulas.exact import value
from perfeval.model.target import target
from perfeval.strategies.built_in import BUILT_IN

TEN = Fraction(10)


def read(prose: str, aim: str | None = None) -> list[object]:
    """The rules of *prose* as a file writes them."""
    return [rule.written() for rule in rules(prose, TEN, None if aim is None else target(aim))]


@pytest.mark.parametrize(
    ("prose", "aim", "rule"),
    [
        ("完成得满分，否则不得分", None, "是否"),
        ("按时完成的得满分；未完成的不得分。", "是", "是否"),
        ("达到指标值得满分，否则不得分", "≥12次", "达线满分"),
        ("达到指标值得满分，否则不得分", "≤5天", "限内满分"),
        ("规范得满分，否则不得分", None, "是否"),
        ("规范得满分，否则不得分", "规范", "是否"),
        ("及时得10分，不及时得0分", None, "是否"),
        ("及时得10分，不及时得0分", "及时", "是否"),
        ("资金使用合规的得满分；不合规的不得分。", "是", "是否"),
        ("制度健全得满分，反之不计分", "健全", "是否"),
        ("是得10分，否不得分", None, "是否"),
        ("按时完成得10分，未按时完成得0分", "按时完成", "是否"),
        ("达到目标值得10分，未达到不得分", "≥95%", "达线满分"),
        ("未发生安全事故得满分，发生安全事故不得分", "0起", "限内满分"),
        ("无违规得满分，有违规不得分", "≤0起", "限内满分"),
        ("发现一例违规扣2分，扣完为止", None, {"缺项扣分": {"完成值": "2 分/例"}}),
        ("发现1例违规的扣2分，扣完10分为止", "0例", {"缺项扣分": {"完成值": "2 分/例"}}),
        ("无违规得10分，发生一起扣5分，扣完为止", None, {"缺项扣分": {"完成值": "5 分/起"}}),
        ("一项不符合扣1分，扣完为止", None, {"缺项扣分": {"完成值": "1 分/项"}}),
        ("每缺少一份扣1分", "0份", {"缺项扣分": {"完成值": "1 分/份"}}),
        ("按实际完成率计分", None, "正向"),
        ("得分=完成率×分值", "12场", "正向"),
        ("达到目标值得满分，未达到的按比例得分", "≥95%", "正向"),
        ("按完成率计分", "=12场", "等于"),
        ("得分＝预算执行率×10分", None, "预算执行"),
        ("每发现一项扣1分，扣完为止", None, {"缺项扣分": {"完成值": "1 分/项"}}),
        ("未发生得满分，每发生１起扣2分", "0起", {"缺项扣分": {"完成值": "2 分/起"}}),
        ("每开展一场得2分，最高10分", "5场", {"按数累加": {"每项": "2 分/场"}}),
        ("每少1次扣1分，扣完为止", "≥12次", {"递减满一步": {"每": "1 次", "扣": "1 分"}}),
        ("每低1个百分点扣0.5分，不足1个百分点的不扣", "≥95%", {"递减满一步": {"每": "1 百分点", "扣": "0.5 分"}}),
        (
            "≥90%得满分，每低5个百分点扣1分，不足5个百分点按5个百分点计，扣完为止",
            None,
            {"递减不足一步按一步": {"起点": "90 %", "每": "5 百分点", "扣": "1 分"}},
        ),
        ("每超过1天扣0.5分，扣完为止", "≤30天", {"超出递减满一步": {"每": "1 天", "扣": "0.5 分"}}),
        (
            "90%（含）以上得满分，80%（含）-90%得8分；60%（含）-80%得6分；60%以下不得分",
            None,
            {"分档": {"≥90 %": "满分", "≥80 %": "8 分", "≥60 %": "6 分", "其余": "0 分"}},
        ),
        (
            "达到100%得10分，达到90%得8分，否则不得分",
            None,
            {"分档": {"≥100 %": "满分", "≥90 %": "8 分", "其余": "0 分"}},
        ),
        (
            "≥90%得满分，60%-90%按满意度×分值得分，低于60%不得分",
            "≥90%",
            {"满意度比例按百分": {"达标线": "90 %", "及格线": "60 %"}},
        ),
        (
            "≥90%得满分，60%-90%按占90%的比例得分，低于60%不得分",
            "≥90%",
            {"满意度比例按达标线": {"达标线": "90 %", "及格线": "60 %"}},
        ),
        ("根据制度健全情况酌情打分", None, "评分人评定"),
        (
            "分为达成年度指标、部分达成年度指标并具有一定效果、未达成年度指标且效果较差三档，分别按照100%-80%（含）、80%-60%（含）、60%-0%合理确定分值",
            "显著提升",
            "定性三档80/60",
        ),
    ],
)
def test_prose_that_states_one_rule(prose: str, aim: str | None, rule: object) -> None:
    """What leaves nothing open becomes the rule that it states."""
    assert read(prose, aim) == [rule]


LEFT = (
    "酌情评分", "酌情扣分", "酌情给分", "由评价人酌情评分", "由评价人酌情扣分。", "视情况扣分", "视情况酌情扣分",
    "视情节轻重扣分", "视完成情况评分", "根据完成情况酌情给分", "根据实际情况酌情扣分，扣完为止", "按完成质量酌情赋分",
    "由评价组根据实际情况评分", "专家打分", "综合评定", "结合工作实际综合评分", "主观评分", "定性评价，酌情给分",
    "根据成效在0-10分之间酌情给分", "不符合要求的酌情扣分", "根据效果酌情打分，最高不超过分值",
)  # fmt: skip


@pytest.mark.parametrize("aim", [None, "≥95%", "效果明显"])
@pytest.mark.parametrize("prose", LEFT)
def test_prose_that_leaves_the_points_to_a_judge(prose: str, aim: str | None) -> None:
    """Whatever the target: who scores decides, from nothing to all of the points."""
    assert read(prose, aim) == ["评分人评定"]


@pytest.mark.parametrize(
    "prose",
    [
        "酌情扣1-3分",
        "根据成效在0-8分之间酌情给分",
        "完成得满分，未完成酌情扣分",
        "每发现一起酌情扣分",
        "由评价人员按实际完成率给分，未完成不得分",
        "根据完成情况计分",
        "得3分，其余酌情",
    ],
)
def test_a_judge_with_rules_is_no_single_rule(prose: str) -> None:
    """Prose that also says how many points for what, or when all of them, would lose that: it stays open."""
    assert read(prose, "效果明显") == []


@pytest.mark.parametrize(
    ("prose", "aim", "names"),
    [
        ("达到得满分，每低1个百分点扣0.5分，扣完为止", "≥95%", ["递减按比例", "递减满一步", "递减不足一步按一步"]),
        ("按完成率计分", "≤12次", ["反向递减", "反向比例"]),
        ("达到指标值得满分，否则不得分", None, ["达线满分", "限内满分"]),
        (
            "≥90%得满分，60%-90%按比例得分，低于60%不得分",
            "≥90%",
            ["满意度比例按达标线", "满意度比例按百分", "达线起算"],
        ),
    ],
)
def test_prose_that_leaves_a_choice(prose: str, aim: str | None, names: list[str]) -> None:
    """Where a rule has several methods in use and the prose names none, all of them come back."""
    assert [next(iter(each)) if isinstance(each, dict) else each for each in read(prose, aim)] == names


@pytest.mark.parametrize(
    ("prose", "aim"),
    [
        ("", None),
        ("制度健全得5分；执行到位得5分", None),  # elements whose presence no column states
        ("90%以上得满分，90%以下得5分", None),  # both bands hold 90 %
        ("≥90%得满分，60%-80%得5分，低于60%不得分", None),  # nothing is said of 80 to 90
        ("90%以上得满分，80%-90%得8分，80%以下不得分", None),  # who has 90 %?
        ("≥90%得12分，低于90%不得分", None),  # more than all points
        ("每发现一项扣1分，扣完为止", "≥95%"),  # 完成值 is a rate, not a count
        ("每开展一场得2分，最高8分", "5场"),  # 8 of 10
        ("每发现两项扣1分，扣完为止", None),
        ("每低1个百分点扣0.5分，扣完为止，发生事故的不得分", "≥95%"),  # a second rule behind the first
        ("不超过目标得满分，每低1个百分点扣0.5分", "≤95%"),  # against itself
        ("每超过1个百分点扣1分", "≥95%"),  # against the sign of the target
        ("每低1个百分点扣1分", "≤95%"),
        ("每发现一例扣1分，最多扣5分", None),  # a floor that is not 0
        ("完成得满分，否则不得分", "显著提升"),
        ("及时得5分，不及时得0分", None),  # of 10 points: what gives the other 5?
        ("规范得满分，不及时不得分", None),  # two things: who is irregular and in time?
        ("规范得满分，较规范得5分，不规范不得分", None),  # three states
        ("基本规范得满分，否则不得分", "规范"),  # a degree
        ("规范得满分，否则不得分", "≥95%"),  # is it 95 % that is 规范?
        ("规范得满分，否则不得分", "否"),
        ("低于目标得满分，否则不得分", None),
        ("未发生安全事故得满分，否则不得分", None),  # 是 or 否 to which question?
        ("未发生安全事故得满分，发生火灾不得分", "0起"),
        ("发现一例违规扣2分", None),  # for each, or once?
        ("发现一例违规扣2分，扣完5分为止", None),  # 5 of 10
        ("发现一例违规扣2分，扣完为止", "≥95%"),
        ("由专家打分，每缺一份材料扣1分", None),
    ],
)
def test_prose_that_states_none(prose: str, aim: str | None) -> None:
    """Prose that says more, less or something contradictory fits no rule."""
    assert read(prose, aim) == []


@given(st.text(alphabet="得满分不扣每低高于以上下含%个百分点一项起次完成率按比例否则，。；0159≥≤-（）", max_size=60))
def test_any_text_is_read_or_left(prose: str) -> None:
    """No text makes the reader fail, and whatever it reads it reads again alike."""
    assert read(prose) == read(prose + "。")


@given(st.integers(1, 99), st.integers(1, 99))
def test_borders_belong_to_one_band(low: int, high: int) -> None:
    """Of 含 and 不含 exactly one band has the border; the other order of marks is another rule."""
    if low >= high:
        return
    closed = read(f"{high}%（含）以上得满分，{low}%-{high}%（不含）得5分，{low}%（不含）以下不得分")
    opened = read(f"{high}%（不含）以上得满分，{low}%-{high}%（含）得5分，{low}%（不含）以下不得分")
    assert closed == [{"分档": {f"≥{high} %": "满分", f"≥{low} %": "5 分", "其余": "0 分"}}]
    assert opened == [{"分档": {f">{high} %": "满分", f"≥{low} %": "5 分", "其余": "0 分"}}]


@pytest.mark.parametrize("unit", ["，" * 400, "每" * 400, "得满分，" * 90, "60%-90%" * 50, "9" * 399])
def test_long_text_costs_little(unit: str) -> None:
    """Repeated pieces of rules end at once (no pattern backtracks without bound)."""
    assert read(unit) == []


@given(
    st.lists(st.integers(1, 99), min_size=1, max_size=4, unique=True).map(lambda each: sorted(each, reverse=True)),
    st.lists(st.booleans(), min_size=4, max_size=4),
    st.data(),
)
def test_bands_earn_what_they_say(borders: list[int], held: list[bool], data: st.DataObject) -> None:
    """On each border and beside it the rule that was read earns what the sentence gives to the band that has it."""
    awards = [*range(10, 10 - len(borders), -1), 0]
    clauses, above = [], ""
    for border, has, award in zip(borders, held, awards, strict=False):
        clauses.append(f"{border}%（{'含' if has else '不含'}）{above or '以上'}得{award}分")
        above = f"-{border}%"
    clauses.append(f"{borders[-1]}%（{'不含' if held[len(borders) - 1] else '含'}）以下不得分")
    (rule,) = rules("，".join(clauses), TEN)
    formula = BUILT_IN[rule.name].bind(dict(rule.arguments), unit=pe.Quantity(1, "%").unit)
    at = Fraction(data.draw(st.sampled_from(borders))) + data.draw(
        st.sampled_from([-1, Fraction(-1, 100), 0, Fraction(1, 100), 1])
    )
    earned = value(formula, {"分值": pe.Quantity(10, "分"), "完成值": pe.Quantity(at, "%")})
    reached = (
        award
        for border, has, award in zip(borders, held, awards, strict=False)
        if at > border or (has and at == border)
    )
    assert earned == pe.Quantity(next(reached, 0), "分")
