"""The text of formulas: what is read, how it is printed, and what every message says."""

from fractions import Fraction

import pytest
from hypothesis import given, settings, strategies as st

from perfeval.errors import FormulaError
from perfeval.formulas.build import choose, counted_as, larger, name, rounded, smaller
from perfeval.formulas.nodes import number
from perfeval.formulas.parser import digits, parse, show
from perfeval.quantities.units import base_units

MEETS = choose(name("完成值") >= name("指标值"), name("分值"), name("分值") * name("完成值") / name("指标值"))


@given(st.data())
@settings(max_examples=300)
def test_text_and_back(any_formula, data):
    """Whatever tree of nodes there is, its text reads back as the same tree, and is itself stable."""
    formula = data.draw(any_formula)
    text = show(formula)
    assert parse(text) == formula
    assert show(parse(text)) == text


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("若 完成值 ≥ 指标值 则 分值；否则 分值 × 完成值 ÷ 指标值", MEETS),
        ("若 完成值>=指标值，则 分值，否则 （分值×完成值）÷指标值", MEETS),
        ("取小（甲，乙）", smaller(name("甲"), name("乙"))),
        ("取大(0分, 甲)", larger("0分", name("甲"))),
        ("四舍五入（甲，0.01）", rounded(name("甲"), "0.01")),
        ("计作（第一针，剂，“一剂次即一剂”）", counted_as(name("第一针"), "剂", "一剂次即一剂")),
        ("甲 − 乙", name("甲") - name("乙")),
        ("甲－乙", name("甲") - name("乙")),
        ("甲 + 乙 × 丙", name("甲") + name("乙") * name("丙")),
        ("（甲 + 乙） × 丙", (name("甲") + name("乙")) * name("丙")),
        ("甲 - 乙 - 丙", (name("甲") - name("乙")) - name("丙")),
        ("甲 ÷ （乙 ÷ 丙）", name("甲") / (name("乙") / name("丙"))),
        ("-甲", -name("甲")),
        ("甲 × -５", name("甲") * number(-5)),
        ("粤宝中心.已投资 ≤ ３亿元", name("粤宝中心.已投资") <= "3亿元"),
        ("规则 = “达成”", name("规则").equals("达成")),
        ("疫情防控.「12-17岁接种率」 ≠ 95％", name("疫情防控.12-17岁接种率").differs("95%")),
        ("甲 ≥ 1 且 乙 ≥ 1 或 丙 ≥ 1", ((name("甲") >= 1) & (name("乙") >= 1)) | (name("丙") >= 1)),
        ("2 分/宗 × 甲", number(2, base_units().get("分/宗")) * name("甲")),
    ],
)
def test_reads(text, formula):
    """Both ways of writing a rule, in Python and as text, make the same formula."""
    assert parse(text) == formula


@pytest.mark.parametrize(
    "text",
    [
        "若 完成值 ≥ 指标值 则 分值；否则 分值 × 完成值 ÷ 指标值",
        "若 甲 ≥ 95% 则 5分；若 甲 ≥ 90% 则 3分；否则 0分",
        "取小（分值，取大（0分，分值 - （完成值 - 指标值） × 2分/宗））",
        "（甲 ≥ 1 或 乙 ≥ 1） 且 丙 ≥ 1",
        "甲 - （-5）",
        "若 甲 > 1 则 （若 乙 > 1 则 1；否则 2）；否则 3",
    ],
)
def test_prints(text):
    """A formula is printed with the marks that officials use and no bracket too many."""
    assert show(parse(text)) == text


@pytest.mark.parametrize(
    ("text", "code", "char", "says"),
    [
        ("下限0 ≤ 甲 ≤ 上限", "formula-chain", 9, "甲 ≤ 乙 且 乙 ≤ 丙"),
        ("甲 +", "formula-unfinished", 4, "没有写完"),
        ("", "formula-unfinished", 1, "没有写完"),
        ("16,898.11 万元 + 甲", "formula-comma", 3, "千分位"),
        ("甲 + 16,898 万元", "formula-comma", 7, "千分位"),
        ("甲 乙", "formula-two-things", 3, "缺少运算符"),
        ("甲 + × 乙", "formula-two-operators", 5, "缺少数或名称"),
        ("若 甲 ≥ 乙 则 丙", "formula-choice", 12, "；否则"),
        ("若 甲 ≥ 乙", "formula-choice", 8, "则"),
        ("若甲 则 乙；否则 丙", "formula-choice", 4, "空一格"),
        ("3 + 若 甲 > 1 则 2；否则 3", "formula-choice", 5, "括号"),
        ("（甲", "formula-bracket", 3, "第1个字"),
        ("甲）", "formula-bracket", 2, "多了一个右括号"),
        ("分值 / 2", "formula-slash", 4, "÷"),
        ("取小 甲", "formula-call", 4, "取小（甲，乙）"),
        ("取小（甲）", "formula-call", 5, "取小（甲，乙）"),
        ("最小（甲，乙）", "formula-unknown-call", 3, "取小"),
        ("计作（甲，剂）", "formula-call", 7, "计作（第一针，剂，“一剂次即一剂”）"),
        ("计作（甲）", "formula-call", 5, "计作（第一针，剂，“一剂次即一剂”）"),
        ("计作（甲，“剂”）", "formula-call", 6, "计作（第一针，剂，“一剂次即一剂”）"),
        ("甲， 乙", "formula-comma", 2, "括号"),
        ("计作（甲，剂，理由）", "formula-reason", 8, "引号"),
        ("四舍五入（甲，乙）", "formula-step", 8, "步长"),
        ("四舍五入（甲，0）", "step-not-positive", 8, "大于0"),
        ("“甲", "formula-quote", 1, "引号不成对"),
        ("「甲", "formula-quote", 1, "「」不成对"),
        ("甲.5", "formula-dot", 3, "点号"),
        ("甲 ? 乙", "formula-character", 3, "?"),
        ("1" * 500, "number-too-long", 1, "500"),
        ("（" * 200 + "甲", "formula-too-deep", 51, "嵌套"),
        ("甲" + " + 甲" * 150, "formula-too-deep", 399, "嵌套"),
    ],
)
def test_messages(text, code, char, says):
    """What cannot be read is named with its code, its character and what to write instead."""
    with pytest.raises(FormulaError) as error:
        parse(text)
    assert error.value.code == code
    assert error.value.place is not None
    assert error.value.place.char == char
    assert says in str(error.value)


def test_every_unknown_unit_at_once():
    """Two unknown units are two problems, each at its own character."""
    with pytest.raises(FormulaError) as error:
        parse("取小（5 窟 × 甲，7 窿 × 乙）")
    assert [(p.code, p.place.char, p.get("symbol")) for p in error.value.problems] == [
        ("unknown-unit", 6, "窟"),
        ("unknown-unit", 14, "窿"),
    ]


def test_own_units():
    """A unit that a category adds is read with its table, and only with it."""
    units = base_units().with_(["窟  # 一处窟窿"])
    formula = parse("5 窟 × 2分/窟", units=units)
    assert show(formula) == "5窟 × 2分/窟"
    assert parse(show(formula), units=units) == formula
    with pytest.raises(FormulaError):
        parse("5 窟 × 2分/窟")


def test_too_long():
    """A text of unreasonable length is refused before it is read."""
    with pytest.raises(FormulaError) as error:
        parse("甲" * 20_001)
    assert error.value.code == "formula-too-long"


@given(st.text(alphabet='若则否且或取小大（）()，,；;+-×÷*/≥><=甲乙.「」“”"0123456789%分元 万?\u3000', max_size=40))
@settings(max_examples=300)
def test_any_text(text):
    """Any text is a formula or a FormulaError with a character; nothing else comes out."""
    error = None
    try:
        formula = parse(text)
    except FormulaError as raised:
        error = raised
    if error is None:
        assert parse(show(formula)) == formula
    else:
        assert all(1 <= problem.place.char <= len(text) + 1 for problem in error.problems)


@given(st.integers(-(10**12), 10**12), st.integers(0, 9))
def test_digits(number, places):
    """A finite decimal is written in full: reading the digits back gives the same number."""
    text = digits(Fraction(number, 10**places))
    assert Fraction(text) == Fraction(number, 10**places)
    assert "e" not in text
    assert not text.endswith((".", ".0"))


def test_encodable():
    """Every mark that a printed formula can hold is in GBK."""
    text = show(
        parse("若 甲 ≥ 1 且 乙 ≤ 2 或 丙 ≠ 3 则 取小（甲 × 乙 ÷ 2，“乙”）；否则 计作（「1-2」，剂，“理由”） - 95%")
    )
    assert text.encode("gbk").decode("gbk") == text
