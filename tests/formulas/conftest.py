"""Random formulas for the properties of this room, drawn inside a test (fixtures give the strategies)."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import strategies as st

from perfeval.formulas.nodes import Binary, Choice, Compare, Counted, Extreme, Logic, Name, Number, Rounded, Text
from perfeval.quantities.quantity import Quantity
from perfeval.quantities.units import base_units

SIGNS = ("≥", ">", "≤", "<", "=", "≠")
HOW = ("四舍五入", "舍去", "进位")
SMALL = st.builds(Fraction, st.integers(-40, 40), st.sampled_from((1, 2, 4, 5, 10, 20)))


def _units() -> st.SearchStrategy[Any]:
    return st.sampled_from(
        ("", "%", "‰", "分", "万元", "元", "亿元", "人次", "万人次", "分/宗", "元/人·月", "分/百分点", "亩")
    )


def _quantities() -> st.SearchStrategy[Quantity]:
    numbers = st.builds(lambda n, p: Fraction(n, 10**p), st.integers(-(10**9), 10**9), st.integers(0, 6))
    return st.builds(lambda number, unit: Quantity(number, base_units().get(unit)), numbers, _units())


def _words() -> st.SearchStrategy[str]:
    letters = st.characters(codec="utf-8", exclude_characters='"“”「」.', exclude_categories=("C", "Z"))
    return st.one_of(
        st.sampled_from(
            (
                "若",
                "则",
                "取小",
                "且",
                "分值",
                "12-17岁接种率",
                "规则",
                "１２３",
                "甲（一）",
                "a b",
                "元",
                "5",
                "（",
                "＋",
            )
        ),
        st.text(letters, min_size=1, max_size=6),
    )


@pytest.fixture(scope="session")
def any_formula() -> st.SearchStrategy[Any]:
    """Any tree of nodes, sensible or not: what the text must carry."""
    leaves = st.one_of(
        _quantities().map(Number),
        _words().map(Text),
        st.lists(_words(), min_size=1, max_size=3).map(".".join).map(Name),
    )

    def deeper(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        steps = st.sampled_from(("0.01", "1", "5")).map(Quantity)
        several = st.lists(inner, min_size=2, max_size=3).map(tuple)
        return st.one_of(
            st.builds(Binary, st.sampled_from(("+", "-", "×", "÷")), inner, inner),
            st.builds(Compare, st.sampled_from(SIGNS), inner, inner),
            st.builds(Extreme, st.sampled_from(("取小", "取大")), several),
            st.builds(Logic, st.sampled_from(("且", "或")), several),
            st.builds(Choice, inner, inner, inner),
            st.builds(Rounded, st.sampled_from(HOW), inner, steps),
            st.builds(Counted, inner, _units().filter(bool).map(base_units().get), _words()),
        )

    return st.recursive(leaves, deeper, max_leaves=12)


@pytest.fixture(scope="session")
def number_formula() -> st.SearchStrategy[Any]:
    """A formula of bare numbers over 甲, 乙, 丙 that can be calculated."""
    leaves = st.one_of(SMALL.map(Quantity).map(Number), st.sampled_from("甲乙丙").map(Name))

    def deeper(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        compare = st.builds(Compare, st.sampled_from(SIGNS), inner, inner)
        condition = compare | st.builds(
            Logic, st.sampled_from(("且", "或")), st.lists(compare, min_size=2, max_size=3).map(tuple)
        )
        return st.one_of(
            st.builds(Binary, st.sampled_from(("+", "-", "×", "÷")), inner, inner),
            st.builds(Extreme, st.sampled_from(("取小", "取大")), st.lists(inner, min_size=2, max_size=3).map(tuple)),
            st.builds(Choice, condition, inner, inner),
            st.builds(Rounded, st.sampled_from(HOW), inner, st.sampled_from(("0.1", "1", "0.5")).map(Quantity)),
        )

    return st.recursive(leaves, deeper, max_leaves=8)


@pytest.fixture(scope="session")
def condition_formula(number_formula: Any) -> st.SearchStrategy[Any]:
    """A condition over 甲, 乙, 丙."""
    return st.builds(Compare, st.sampled_from(SIGNS), number_formula, number_formula)


class NoValue(Exception):  # noqa: N818
    """The reference has no value here: a divisor is not positive."""


def by_hand(of: Any, given: dict[str, Fraction]) -> Any:
    """The value of *of* in plain Fractions: an independent reference that shares no code with the library."""
    kind = type(of).__name__
    if kind == "Number":
        return of.value.base
    if kind == "Name":
        return given[of.name]
    if kind == "Binary":
        left, right = by_hand(of.left, given), by_hand(of.right, given)
        if of.op == "÷":
            if right <= 0:
                raise NoValue
            return left / right
        return {"+": left + right, "-": left - right, "×": left * right}[of.op]
    if kind == "Compare":
        left, right = by_hand(of.left, given), by_hand(of.right, given)
        return {
            "≥": left >= right,
            ">": left > right,
            "≤": left <= right,
            "<": left < right,
            "=": left == right,
            "≠": left != right,
        }[of.op]
    if kind == "Extreme":
        return (min if of.op == "取小" else max)([by_hand(part, given) for part in of.parts])
    if kind == "Logic":
        return (all if of.op == "且" else any)(by_hand(part, given) for part in of.parts)
    if kind == "Choice":
        return by_hand(of.then if by_hand(of.condition, given) else of.otherwise, given)
    return rounded_by_hand(by_hand(of.part, given) / of.step.base, of.how) * of.step.base


def rounded_by_hand(number: Fraction, how: str) -> int:
    """Whole steps by the schoolbook: cut the magnitude, look at what was cut off, put the sign back."""
    magnitude = abs(number)
    whole = magnitude.numerator // magnitude.denominator
    rest = magnitude - whole
    if (how == "四舍五入" and rest >= Fraction(1, 2)) or (how == "进位" and rest > 0):
        whole += 1
    return whole if number >= 0 else -whole


@pytest.fixture(scope="session")
def reference() -> Any:
    """``by_hand`` for tests (its NoValue comes back as None)."""

    def value(of: Any, given: dict[str, Fraction]) -> Any:
        try:
            return by_hand(of, given)
        except NoValue:
            return None

    return value


@pytest.fixture(scope="session")
def rounding() -> Any:
    """``rounded_by_hand`` for tests."""
    return rounded_by_hand
