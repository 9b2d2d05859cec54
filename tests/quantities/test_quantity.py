"""Quantity: exact arithmetic on numbers with units."""

import copy
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings, strategies as st

from perfeval.errors import NotationError, UnitError
from perfeval.quantities.quantity import Quantity
from perfeval.quantities.units import base_units

MONEY = ("元", "万元", "亿元", "千元")
NUMBERS = st.fractions(max_denominator=10**6) | st.integers(-(10**12), 10**12)
AMOUNTS = st.builds(Quantity, NUMBERS, st.sampled_from(MONEY))
FACTOR = {"元": 1, "千元": 1000, "万元": 10**4, "亿元": 10**8}


def plain(q: Quantity) -> Fraction:
    """The amount in 元, by a table that shares nothing with the units."""
    return q.number * FACTOR[q.unit.symbol]


@given(AMOUNTS, AMOUNTS)
def test_sums_and_order_are_those_of_fractions(a: Quantity, b: Quantity) -> None:
    """Whatever scales are mixed, results are what plain fractions of 元 give."""
    assert plain(a + b) == plain(a) + plain(b)
    assert plain(a - b) == plain(a) - plain(b)
    assert (a + b).unit == a.unit
    assert (a < b, a <= b, a > b, a >= b, a == b) == (
        plain(a) < plain(b),
        plain(a) <= plain(b),
        plain(a) > plain(b),
        plain(a) >= plain(b),
        plain(a) == plain(b),
    )
    assert plain(-a) == -plain(a)
    assert plain(abs(a)) == abs(plain(a))


@given(AMOUNTS, st.sampled_from(MONEY))
def test_the_same_value_in_another_scale_is_equal(a: Quantity, unit: str) -> None:
    """Equal values are equal and hash alike, whatever unit states them."""
    other = a.to(unit)
    assert other == a
    assert hash(other) == hash(a)
    assert plain(other) == plain(a)


@given(AMOUNTS, NUMBERS.filter(bool))
def test_products_and_quotients(a: Quantity, n: Fraction) -> None:
    """A number times an amount is an amount; over itself it is one."""
    assert plain(a * n) == plain(n * a) == plain(a) * n
    assert plain(a / n) == plain(a) / n
    if a:
        assert (a / a).number == 1
        assert (a / a).unit.rate


@given(st.lists(AMOUNTS, min_size=2, max_size=40))
def test_long_sums_stay_exact(amounts: list[Quantity]) -> None:
    """No digits are lost however many denominators meet."""
    assert plain(sum(amounts, Quantity(0, "元"))) == sum(map(plain, amounts))


def test_the_execution_rate_of_the_report() -> None:
    """16045.66 over 16898.11 prints as 94.96 %, just: 94.95535…"""
    rate = (Quantity("16045.66", "万元") / Quantity("16898.11", "万元")).to("%")
    assert rate.number == Fraction(1604566 * 100, 1689811)
    assert Fraction("94.955") < rate.number < Fraction("94.956")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (Quantity(1, "万元"), Quantity(1, "人次")),
        (Quantity(1, "人"), Quantity(1, "人次")),
        (Quantity(1, "%"), Quantity(1, "百分点")),
        (Quantity(1), Quantity(1, "%")),
        (Quantity(1, "剂"), Quantity(1, "剂次")),
    ],
)
def test_what_does_not_belong_together_is_refused(left: Quantity, right: Quantity) -> None:
    """Adding and comparing name both units; equality is simply false."""
    for act in (lambda: left + right, lambda: left - right, lambda: left < right, lambda: left.to(right.unit)):
        with pytest.raises(UnitError) as caught:
            act()
        for unit in (left.unit, right.unit):
            assert (unit.symbol or "没有单位的数") in str(caught.value)
    assert left != right


def test_bare_zero_fits_all() -> None:
    """Sums may start from 0, and anything can be compared with it."""
    amount = Quantity(3, "万元")
    assert Quantity(0) + amount == amount
    assert amount + 0 == amount
    assert amount > 0
    assert sum([amount, amount]) == Quantity(6, "万元")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("16898.11", "16898.11"),
        ("１６，８９８.１１", "16898.11"),
        ("-3", "-3"),
        ("1/3", "1/3"),
        ("+0.50", "0.5"),
        ("007", "7"),
    ],
)
def test_numbers_as_text(text: str, number: str) -> None:
    """Digits of any width, separators and a sign are read; nothing else is."""
    assert Quantity(text, "万元").number == Fraction(number)


@pytest.mark.parametrize("text", ["", "3亿", "1,23", "1e5", "1.2.3", "nan", ".5", "5.", "1/0", "9" * 5000, "二"])
def test_text_that_is_no_number(text: str) -> None:
    """A text with anything more than a number in it is refused with a code and a place."""
    with pytest.raises(NotationError) as caught:
        Quantity(text, "元")
    assert caught.value.code
    assert caught.value.place is not None


@pytest.mark.parametrize(
    "number", [1.5, float("nan"), True, None, Decimal("NaN"), Decimal("Infinity"), Decimal("1e99999"), [1]]
)
def test_what_is_not_exact_is_refused(number: object) -> None:
    """Floats, and what is no number, are refused at once, even numbers that would take for ever."""
    with pytest.raises(NotationError):
        Quantity(number, "元")  # type: ignore[arg-type]


def test_a_float_is_told_what_to_write() -> None:
    """The message holds the number in quotation marks, ready to copy; operators refuse it too."""
    with pytest.raises(NotationError, match=r'"94\.96"'):
        Quantity(94.96, "%")  # type: ignore[arg-type]
    with pytest.raises(NotationError, match=r'"1\.5"'):
        Quantity(2, "元") * 1.5


def test_counted_as_needs_a_reason() -> None:
    """计作 keeps the number, changes the unit, and is refused without a reason."""
    doses = Quantity(190959, "剂次").counted_as("剂", "一剂次即一剂")
    assert doses == Quantity(190959, "剂")
    with pytest.raises(UnitError, match="理由"):
        doses.counted_as("剂次", " ")


def test_it_is_frozen() -> None:
    """Nothing public can be set, added or deleted."""
    amount = Quantity(3, "万元")
    for name in ("number", "unit", "base", "pair", "other"):
        with pytest.raises(AttributeError):
            setattr(amount, name, 1)
    with pytest.raises(AttributeError):
        del amount.number


@given(AMOUNTS)
def test_pickle_and_copy(a: Quantity) -> None:
    """What comes back is equal, in the same unit."""
    for other in (pickle.loads(pickle.dumps(a)), copy.copy(a), copy.deepcopy(a)):
        assert (other, other.unit) == (a, a.unit)


@given(
    AMOUNTS | st.builds(Quantity, NUMBERS, st.sampled_from(["%", "‰", "人次", "万人次", "元/人·月", "平方米", "亩"]))
)
def test_pint_and_back(a: Quantity) -> None:
    """To pint and back is the same value, exactly."""
    assert Quantity.from_pint(a.to_pint()) == a


@given(NUMBERS, st.sampled_from(base_units().names))
@settings(max_examples=300)
def test_every_unit_of_the_table_to_pint_and_back(number: Fraction, name: str) -> None:
    """倍, 万 and the bare number are three things to pint too: each unit comes back with its number and as itself."""
    given = Quantity(number, name)
    back = Quantity.from_pint(given.to_pint())
    assert (back, back.number, back.unit) == (given, given.number, given.unit)


def test_a_rate_times_money_in_pint_loses_no_factor() -> None:
    """Half of 3 元, multiplied inside pint, is 1.5 元 on the way back, not 150."""
    money, half, twice = Quantity(3, "元").to_pint(), Quantity(50, "%").to_pint(), Quantity(2, "倍").to_pint()
    assert Quantity.from_pint(money * half) == Quantity("1.5", "元")
    assert Quantity.from_pint(money * twice) == Quantity(6, "元")


def test_pint_in_a_registry_of_the_users() -> None:
    """The units are defined in the registry that is given, and its own arithmetic agrees."""
    from pint import UnitRegistry

    ureg = UnitRegistry(None, non_int_type=Fraction)
    total = Quantity(1, "万元").to_pint(ureg) + Quantity(1, "元").to_pint(ureg)
    assert Quantity.from_pint(total) == Quantity(10001, "元")


def test_threads() -> None:
    """Eight threads that define and convert at once all get the right answers."""

    def work(n: int) -> bool:
        units = ("元", "万元", "亩", "公顷", "元/人", "微克/立方米", "册次", "万吨")
        return all(Quantity.from_pint(Quantity(n, u).to_pint()) == Quantity(n, u) for u in units)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(1, 65)))


def test_arithmetic_does_not_import_pint() -> None:
    """Looking up units, arithmetic and reading figures leave pint and Babel alone."""
    code = (
        "import sys; from perfeval.quantities.quantity import Quantity as Q; from perfeval.quantities.notation import figure;"
        "Q('3','万元') / Q(2,'人') + Q(1,'元/人'); figure('近30万元'); figure('2021年1-10月');"
        "sys.exit('pint' in sys.modules or 'babel' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_division_by_zero() -> None:
    """A quotient by nothing is Python's own error: formulas ask first."""
    with pytest.raises(ZeroDivisionError):
        Quantity(1, "元") / Quantity(0, "人")
