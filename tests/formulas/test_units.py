"""Units settled before any number is known: what fits, what is refused, where, and all at once."""

import pytest

from perfeval.errors import FormulaError
from perfeval.formulas.parser import parse
from perfeval.formulas.units import CONDITION, WORD, check_units
from perfeval.quantities.units import base_units

UNITS = {
    name: base_units().get(unit)
    for name, unit in {
        "分值": "分",
        "预算": "万元",
        "执行": "元",
        "人数": "人",
        "人次数": "人次",
        "合格率": "%",
        "目标率": "%",
        "偏差": "百分点",
        "案件": "宗",
        "第一针": "剂次",
        "总剂数": "剂",
        "个数": "",
        "用时": "天",
    }.items()
} | {"档次": WORD, "评价": None}


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("预算 - 执行", "万元"),
        ("分值 × 执行 ÷ 预算", "分"),
        ("执行 ÷ 预算", "倍"),
        ("执行 ÷ 人数", "元/人"),
        ("分值 - 案件 × 2分/宗", "分"),
        ("取大（0，分值 - 1分）", "分"),
        ("取小（分值，0）", "分"),
        ("0 + 分值", "分"),
        ("若 合格率 ≥ 目标率 则 分值；否则 0", "分"),
        ("分值 × （200% - 合格率 ÷ 目标率）", "分"),
        ("计作（第一针，剂，“一剂次即一剂”）", "剂"),
        ("计作（目标率 - 合格率，百分点，“率之差”）", "百分点"),
        ("计作（若 目标率 > 合格率 则 目标率 - 合格率；否则 0，百分点，“率之差”）", "百分点"),
        ("计作（四舍五入（目标率 - 合格率，0.1%），百分点，“率之差”）", "百分点"),
        ("计作（取大（0，目标率 - 合格率），百分点，“率之差”） × 0.5分/百分点", "分"),
        ("计作（个数，人，“按人计”）", "人"),
        ("四舍五入（分值，0.01）", "分"),
        ("四舍五入（合格率，0.01%）", "%"),
        ("四舍五入（预算，0.01万元）", "万元"),
        ("个数 × 2", ""),
        ("1 ÷ 3", ""),
        ("0", ""),
        ("用时 ÷ 1小时", "倍"),
    ],
)
def test_unit_of(text, unit):
    """What a formula comes to is known from its names' units alone."""
    settled = check_units(parse(text), UNITS)
    assert settled.dims == base_units().get(unit).dims
    assert settled.bare == (unit == "")


@pytest.mark.parametrize(
    "text",
    [
        "预算 ≥ 执行",
        "档次 = “达成”",
        "评价 ≠ 档次",
        "合格率 ≥ 95% 且 案件 = 0",
        "若 档次 = “达成” 则 合格率 ≥ 95%；否则 案件 ≤ 0宗",
        "偏差 ≤ 5百分点",
    ],
)
def test_conditions(text):
    """A condition settles to CONDITION."""
    assert check_units(parse(text), UNITS) == CONDITION


def test_words():
    """A choice of words settles to WORD."""
    assert check_units(parse("若 合格率 ≥ 95% 则 “优”；否则 “良”"), UNITS) == WORD


@pytest.mark.parametrize(
    ("text", "code", "char", "says"),
    [
        ("预算 + 人次数", "unit-mismatch", 4, "万元"),
        ("人数 + 人次数", "unit-mismatch", 4, "计作"),
        ("第一针 ≤ 总剂数", "unit-mismatch", 5, "剂次"),
        ("合格率 ≥ 95", "bare-number", 5, "95%"),
        ("合格率 ≥ 0.95", "bare-number", 5, "95%"),
        ("取小（合格率，1）", "bare-number", 1, "95%"),
        ("1 - 合格率", "bare-number", 3, "95%"),
        ("分值 × （2 - 合格率 ÷ 目标率）", "bare-number", 9, "95%"),
        ("若 合格率 ≥ 目标率 则 分值；否则 合格率", "unit-mismatch", 1, "分"),
        ("目标率 - 合格率 ≤ 偏差", "percentage-points", 11, "计作"),
        ("偏差 + 5%", "percentage-points", 4, "计作"),
        ("计作（合格率，百分点，“x”）", "percentage-points", 1, "率之差"),
        ("计作（合格率，分，“x”）", "counted-rate", 1, "100分"),
        ("计作（偏差，人，“x”）", "counted-rate", 1, "百分点"),
        ("计作（个数，万元，“x”）", "counted-bare", 1, "1万元"),
        ("四舍五入（预算，0.01）", "step-without-unit", 1, "0.01万元"),
        ("四舍五入（合格率，0.01）", "step-without-unit", 1, "0.01%"),
        ("舍去（分值，1人）", "unit-mismatch", 1, "人"),
        ("档次 ≥ “达成”", "word-compared", 4, "="),
        ("档次 = 3分", "word-compared", 4, "3分"),
        ("档次 × 2", "formula-not-number", 1, "档次"),
        ("（预算 ≥ 执行） + 1分", "formula-not-number", 5, "条件"),
        ("（预算 ≥ 执行） = 1分", "formula-not-number", 11, "条件"),
        ("预算 且 合格率 ≥ 1%", "formula-not-condition", 1, "预算"),
        ("若 分值 则 1分；否则 2分", "formula-not-condition", 3, "分值"),
        ("若 预算 ≥ 执行 则 1分；否则 “良”", "formula-branches", 1, "良"),
        ("预算 ÷ 0", "divisor-not-positive", 4, "0"),
        ("预算 ÷ -5元", "divisor-not-positive", 4, "-5元"),
        ("预算总数 + 1元", "unknown-name", 1, "预算"),
        ("「谁也不知道」 + 1元", "unknown-name", 1, "data"),
    ],
)
def test_refused(text, code, char, says):
    """What does not belong together is refused with its code, its character and what to write."""
    with pytest.raises(FormulaError) as error:
        check_units(parse(text), UNITS)
    (problem,) = error.value.problems
    assert problem.code == code
    assert says in str(problem)
    assert problem.place.char == char


def test_all_problems_at_once():
    """Every problem of a formula is named, and none twice because of another."""
    with pytest.raises(FormulaError) as error:
        check_units(parse("（预算 + 人次数） × 甲甲甲 + （合格率 - 1） × 分值"), UNITS)
    assert [problem.code for problem in error.value.problems] == ["unit-mismatch", "unknown-name", "bare-number"]


def test_units_from_a_function():
    """Units may come from a function; None says that a name is not known."""
    assert check_units(parse("甲 + 甲"), lambda _: base_units().get("宗")).symbol == "宗"
    with pytest.raises(FormulaError) as error:
        check_units(parse("甲"), lambda _: None)
    assert error.value.code == "unknown-name"
