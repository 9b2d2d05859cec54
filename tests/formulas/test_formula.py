"""Formulas made in Python: operators, operands, what is refused, names and substitution."""

import pickle
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from operator import add

import pytest
from hypothesis import given, strategies as st

from perfeval.errors import FormulaError
from perfeval.formulas.build import (
    choose,
    counted_as,
    is_condition,
    larger,
    name,
    names,
    rounded,
    smaller,
    substitute,
)
from perfeval.formulas.nodes import DEEPEST, Binary, Counted, Extreme, Logic, Name, Number, Text, number
from perfeval.formulas.parser import parse
from perfeval.quantities.quantity import Quantity

A, B, C = name("甲"), name("乙"), name("丙")


@pytest.mark.parametrize(
    ("made", "text"),
    [
        (A + B - 1, "甲 + 乙 - 1"),
        (2 * A / B, "2 × 甲 ÷ 乙"),
        ("95 %" - A, "95% - 甲"),
        (1 / A, "1 ÷ 甲"),
        (Quantity(3, "分") + A, "3分 + 甲"),
        (-A, "0 - 甲"),
        (A > B, "甲 > 乙"),
        (A < "5 天", "甲 < 5天"),
        (Decimal("0.50") <= A, "甲 ≥ 0.5"),
        (Fraction(1, 4) >= A, "甲 ≤ 0.25"),
        (A.equals("达成"), "甲 = “达成”"),
        (A.differs("0 宗"), "甲 ≠ 0宗"),
        ((A > 1) & (B > 1) & (C > 1), "甲 > 1 且 乙 > 1 且 丙 > 1"),
        ((A > 1) | (B > 1), "甲 > 1 或 乙 > 1"),
        (smaller(A, "1 分", 2), "取小（甲，1分，2）"),
        (larger(A, 0), "取大（甲，0）"),
        (choose(A > 1, 1, B), "若 甲 > 1 则 1；否则 乙"),
        (rounded(A, "0.01 分", "舍去"), "舍去（甲，0.01分）"),
        (counted_as(A, "剂", "一剂次即一剂"), "计作（甲，剂，“一剂次即一剂”）"),
    ],
)
def test_operators(made, text):
    """Python's operators make the formula that its text says."""
    assert str(made) == text
    assert parse(text) == made


@pytest.mark.parametrize("make", [lambda: A + 0.5, lambda: number(0.1), lambda: smaller(A, 1.0)])
def test_floats_are_refused(make):
    """A float is refused, and the message says what to write."""
    with pytest.raises(FormulaError) as error:
        make()
    assert error.value.code == "formula-float"
    assert '"' in str(error.value)


def test_no_truth():
    """A chained comparison and ``and`` would silently lose a condition, so a formula has no truth."""
    with pytest.raises(FormulaError) as error:
        bool(A < B)
    assert error.value.code == "formula-no-truth"
    with pytest.raises(FormulaError):
        A < B < C  # noqa: B015


@pytest.mark.parametrize("text", ["", " 甲", "甲.", ".甲", "甲..乙", "甲「乙」", "甲\n乙"])
def test_odd_names(text):
    """A name that no text could carry is refused."""
    with pytest.raises(FormulaError):
        Name(text)


def test_endless_number():
    """One third is no finite decimal, so it must be written as a division."""
    with pytest.raises(FormulaError) as error:
        Number(Quantity(Fraction(1, 3)))
    assert error.value.code == "number-endless"


def test_two_quotes():
    """A word with both kinds of quotation marks could not be printed."""
    with pytest.raises(FormulaError):
        Text('“甲"乙')


def test_several_parts():
    """取小 and 且 of one thing are refused."""
    with pytest.raises(FormulaError):
        Extreme("取小", (A,))
    with pytest.raises(FormulaError):
        Logic("且", (A > 1,))


def test_too_deep():
    """A formula deeper than the cap is refused when it is made, so no reader runs out of stack."""
    with pytest.raises(FormulaError) as error:
        reduce(add, [A] * (DEEPEST + 1))
    assert error.value.code == "formula-too-deep"


def test_position_is_no_identity():
    """Where a node stood in its text is kept for messages and is no part of what it is."""
    far, near = parse("   甲 + 乙"), parse("甲+乙")
    assert (far.at, near.at) == (6, 2)
    assert far == near
    assert hash(far) == hash(near)


def test_unit_as_written():
    """1万元 and 10000元 are the same money but not the same text, so they are two formulas."""
    assert Number(Quantity(1, "万元")) != Number(Quantity(10000, "元"))
    assert Number(Quantity("1.0", "万元")) == Number(Quantity(1, "万元"))


@given(st.data())
def test_values(any_formula, data):
    """A formula is a value: it pickles and hashes like its copy."""
    formula = data.draw(any_formula)
    copy = pickle.loads(pickle.dumps(formula))
    assert copy == formula
    assert hash(copy) == hash(formula)
    assert len({copy, formula}) == 1


def test_names_in_order():
    """Each name once, in order of first use."""
    assert names(parse("若 乙.x ≥ 甲 则 乙.x；否则 取小（丙，甲）")) == ("乙.x", "甲", "丙")


def test_substitute():
    """Every name is replaced once; what is put in is left as it is, even where it holds the name again."""
    rule = parse("若 完成值 ≥ 指标值 则 分值；否则 计作（取小（完成值，四舍五入（完成值，1）），剂，“理由”）")
    put = substitute(rule, {"完成值": parse("完成值 + 执行"), "没有": A})
    assert str(put) == (
        "若 完成值 + 执行 ≥ 指标值 则 分值；否则 "
        "计作（取小（完成值 + 执行，四舍五入（完成值 + 执行，1）），剂，“理由”）"
    )
    assert substitute(rule, {}) == rule


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("甲 ≥ 乙", True),
        ("甲 ≥ 乙 且 乙 ≥ 丙", True),
        ("若 甲 ≥ 乙 则 甲 ≥ 1；否则 甲 ≥ 2", True),
        ("若 甲 ≥ 乙 则 1；否则 2", False),
        ("甲", False),
        ("甲 + 乙", False),
    ],
)
def test_is_condition(text, condition):
    """A formula whose top says yes or no is a condition."""
    assert is_condition(parse(text)) is condition


def test_match():
    """The nodes can be read by match, as other readings do."""
    match A * B:
        case Binary(op="×", left=Name(name=left), right=Name(name=right)):
            assert (left, right) == ("甲", "乙")
        case _:
            pytest.fail("no product")
    assert isinstance(counted_as(A, "剂", "x"), Counted)


def test_operands_are_checked():
    """A text that is no number, and a thing that is no condition, are refused with what to write."""
    with pytest.raises(FormulaError) as error:
        A + "乙"
    assert 'name("乙")' in str(error.value)
    with pytest.raises(FormulaError):
        (A > 1) & "乙"
    assert number(30, "分") == number("30 分")
    assert A.in_locale("en") == "甲"
