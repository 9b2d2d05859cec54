"""The record of a strategy, binding its parameters, and the table of the built-in ones."""

from __future__ import annotations

import pickle
import re
from decimal import Decimal

import pytest

from perfeval.errors import FrameworkError, NotFoundError, Place
from perfeval.formulas.build import name, names
from perfeval.formulas.exact import value
from perfeval.formulas.nodes import number
from perfeval.formulas.parser import parse, show
from perfeval.quantities.quantity import Quantity
from perfeval.strategies.built_in import BUILT_IN, strategy
from perfeval.strategies.strategy import Basis, Parameter, Strategy


@pytest.mark.parametrize("own", BUILT_IN)
def test_every_strategy_is_complete(own: str) -> None:
    """Each has a note, a basis, notes on its parameters, and a formula or rows; it hashes and pickles."""
    it = BUILT_IN[own]
    assert it.name == own
    assert it.note
    assert it.basis.text
    assert all(parameter.note for parameter in it.parameters)
    assert (it.formula is None) == bool(it.rows)
    assert pickle.loads(pickle.dumps(it)) == it
    assert hash(pickle.loads(pickle.dumps(it))) == hash(it)


@pytest.mark.parametrize("own", [each for each in BUILT_IN if BUILT_IN[each].formula is not None])
def test_every_parameter_is_used_and_every_formula_reads_back(own: str) -> None:
    """A parameter stands in the formula or serves its step; the text of a formula gives it back."""
    it = BUILT_IN[own]
    assert it.formula is not None
    assert parse(show(it.formula)) == it.formula
    used = set(names(it.formula))
    for parameter in it.parameters:
        if parameter.default is not None and parameter.name in used:
            used |= set(names(parse(parameter.default)))
    assert {parameter.name for parameter in it.parameters} - used <= {"起点"}


def test_the_table_is_closed() -> None:
    """BUILT_IN is a mapping that nothing can be added to; each entry is made once."""
    assert len(BUILT_IN) == len(set(BUILT_IN)) > 40
    assert BUILT_IN["正向"] is BUILT_IN["正向"]
    assert "没有的" not in BUILT_IN
    with pytest.raises(TypeError):
        BUILT_IN["正向"] = BUILT_IN["等于"]  # type: ignore[index]


def test_looking_up() -> None:
    """By name or alias; an unknown name names the nearest."""
    assert strategy("正向") is BUILT_IN["正向"]
    assert strategy("线性插值") is BUILT_IN["插值"] is BUILT_IN["线性插值"]
    assert "线性插值" in BUILT_IN
    assert "线性插值" not in list(BUILT_IN)
    with pytest.raises(NotFoundError) as caught:
        strategy("反向")
    assert "反向递减" in str(caught.value)
    assert "反向比例" in str(caught.value)


def test_aliases_are_unique() -> None:
    """No alias is a name or another's alias."""
    aliases = [alias for each in BUILT_IN.values() for alias in each.aliases]
    assert len(aliases) == len(set(aliases))
    assert not set(aliases) & set(BUILT_IN)


def test_kinds() -> None:
    """What a strategy is follows from its formula: one that names 得分 is an adjustment."""
    kinds = {
        own: BUILT_IN[own].kind
        for own in ("正向", "封顶", "定性三档80/60", "超额需说明", "执行率", "分段封顶", "专家平均")
    }
    assert kinds == {
        "正向": "评分",
        "封顶": "调整",
        "定性三档80/60": "评定",
        "超额需说明": "条件",
        "执行率": "完成值",
        "分段封顶": "调整",
        "专家平均": "评分",
    }


def test_what_it_needs() -> None:
    """The names of its own node, those of defaults included."""
    assert strategy("反向比例").needs == ("分值", "指标值", "完成值")
    assert strategy("预算执行").needs == ("分值", "完成值")
    assert strategy("超额零分").needs == ("指标值", "完成值", "得分")
    assert strategy("加分").needs == ("分值", "得分")
    assert strategy("执行率").needs == ()


def test_one_of_ones_own() -> None:
    """A strategy written by somebody else is an object of the same kind."""
    own = Strategy(
        "逐宗扣",
        "取小（分值，取大（0分，分值 - （完成值 - 指标值） × 每宗））",
        [Parameter("每宗", "每项分", note="每宗扣几分")],
        basis="某办法第八条（示例数据）",
    )
    assert own.kind == "评分"
    assert own.basis == Basis("某办法第八条（示例数据）")
    given = {"分值": Quantity(10, "分"), "指标值": Quantity(0, "宗"), "完成值": Quantity(3, "宗")}
    for worth in ("2分/宗", Quantity(2, "分/宗"), number("2分/宗"), parse("1分/宗 × 2")):
        assert value(own.bind(每宗=worth), given) == Quantity(4, "分")
        assert value(own.bind({"每宗": worth}), given) == Quantity(4, "分")
        assert value(own.bind((("每宗", worth),)), given) == Quantity(4, "分")


def test_a_name_put_in_is_left_as_it_is() -> None:
    """An argument that happens to bear another parameter's name means the data item of that name."""
    formula = strategy("封顶").bind(条件=name("至多") < "3 %", 至多="89 分")
    assert show(formula) == "若 至多 < 3% 则 取小（得分，89分）；否则 得分"


def test_every_problem_at_once() -> None:
    """Missing, unknown and ill-fitting parameters are named together, with what could be written."""
    with pytest.raises(FrameworkError) as caught:
        strategy("递减按比例").bind({"没": "1 %", "扣": "0.5"})
    problems = {found.code: str(found) for found in caught.value.problems}
    assert set(problems) == {"parameter-unknown", "parameter-missing", "parameter-points"}
    assert "每" in problems["parameter-unknown"]
    assert "“每”" in problems["parameter-missing"]
    assert "0.5 分" in problems["parameter-points"]


def test_what_a_parameter_is_for_is_said_in_the_reader_s_language() -> None:
    """The note inside the message is translated with it, and so is what the rows of a table mean."""
    for own in ("递减按比例", "插值"):
        with pytest.raises(FrameworkError) as caught:
            strategy(own).bind({})
        for found in caught.value.problems:
            bare = re.sub(r"[\"“][^\"”]*[\"”]", "", found.in_locale("en"))  # names stand in quotes
            assert not re.search("[一-鿿]", bare), bare


@pytest.mark.parametrize(
    ("own", "arguments", "code"),
    [
        ("递减按比例", {"每": "0 %", "扣": "1 分"}, "parameter-step"),
        ("递减按比例", {"每": "1 %", "扣": "-1 分"}, "parameter-negative"),
        ("满意度比例按百分", {"及格线": "60"}, "parameter-rate"),
        ("封顶", {"条件": "执行率 < 80 %", "至多": "80 "}, "parameter-points"),
        ("封顶", {"条件": "执行率 << 80 %", "至多": "80 分"}, "formula-two-operators"),
        ("加分", {"加": 0.5, "至多": "1 分"}, "formula-float"),
    ],
)
def test_values_that_do_not_fit(own: str, arguments: dict[str, object], code: str) -> None:
    """A float, a bare number for points or a rate, a step of nought, a text that is no formula."""
    with pytest.raises(FrameworkError) as caught:
        strategy(own).bind(arguments)
    assert caught.value.code == code


def test_a_parameter_given_twice() -> None:
    """The same parameter in pairs and by name is one too many."""
    with pytest.raises(FrameworkError) as caught:
        strategy("封顶").bind((("条件", "甲 > 1"), ("至多", "1 分")), 至多="2 分")
    assert caught.value.code == "parameter-twice"


def test_the_place_of_a_cell() -> None:
    """A problem stands where the cell was written, else where the rule was."""

    class Cell(str):
        __slots__ = ()
        place = Place(source="指标体系.yaml", line=7)

    with pytest.raises(FrameworkError) as caught:
        strategy("封顶").bind({"条件": "甲 > 1", "至多": Cell("89")}, place=Place(source="指标体系.yaml", line=3))
    assert caught.value.place == Place(source="指标体系.yaml", line=7)
    with pytest.raises(FrameworkError) as caught:
        strategy("封顶").bind({"条件": "甲 > 1"}, place=Place(source="指标体系.yaml", line=3))
    assert caught.value.place == Place(source="指标体系.yaml", line=3)


def test_exact_numbers_only() -> None:
    """Whole numbers and Decimals are taken as bare numbers."""
    given = {"得分": Quantity(90, "分")}
    assert value(strategy("复核折扣").bind(低几档=Decimal(2)), given) == Quantity(72, "分")


def test_the_phrase_of_a_step() -> None:
    """A step in words, with its parameters as written."""
    assert strategy("递减按比例").worded({"每": "5 百分点", "扣": "1 分"}) == "每低5百分点扣1分，不足的按比例"
    assert strategy("正向").worded() == ""


def test_one_without_a_formula() -> None:
    """A strategy without formula and without rows cannot be bound, and says so."""
    with pytest.raises(FrameworkError) as caught:
        Strategy("空").bind()
    assert caught.value.code == "strategy-empty"


def test_a_basis_says_whether_it_was_checked() -> None:
    """A basis prints with its mark."""
    assert str(Basis("实务做法")) == "实务做法，未核对"
    assert str(Basis("财预〔2020〕10号", checked=True)) == "财预〔2020〕10号，已核对"


def test_a_phrase_in_english_has_english_arguments() -> None:
    """What stands in the phrase of a step is written in the reader's language; a unit of somebody's own as it was."""
    rule = BUILT_IN["递减满一步"]
    assert rule.worded({"每": "1 百分点", "扣": "0.5 分"}) == "每低1百分点扣0.5分，不满的不扣"
    english = rule.worded({"每": "1 百分点", "扣": "0.5 分"}, "en")
    assert "0.5 points" in english
    assert "1 percentage point" in english
    assert "2 某量" in rule.worded({"每": "2 某量", "扣": "0.5 分"}, "en")


def test_parameters_by_name_alone() -> None:
    """A parameter's name is enough: it must be given, and the formula says what fits."""
    own = Strategy("场次递增", "取小（分值，每场 × 完成值）", ["每场"], basis="示例数据")
    assert own.parameters == (Parameter("每场"),)
    assert own == Strategy("场次递增", "取小（分值，每场 × 完成值）", "每场", basis="示例数据")
    given = {"分值": Quantity(50, "分"), "完成值": Quantity(11, "场")}
    assert value(own.bind(每场="2分/场"), given) == Quantity(22, "分")
    with pytest.raises(FrameworkError, match="每场"):
        own.bind()
