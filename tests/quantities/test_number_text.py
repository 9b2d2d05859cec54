"""Digits, Chinese numerals and 大写 amounts."""

from __future__ import annotations

import decimal
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from babel.numbers import format_decimal
from hypothesis import given, settings, strategies as st

from perfeval.errors import InputError
from perfeval.locales.messages import LOCALES, babel_locale
from perfeval.locales.patterns import PLAIN, symbols
from perfeval.quantities.number_text import capital, capital_english, half_up, heading, numeral, plain

WHOLE = st.integers(-(10**16), 10**16)


def quantized(value: Fraction, digits: int) -> Decimal:
    """*value* rounded half up by decimal, in a context wide enough to be exact (values end in decimals)."""
    with decimal.localcontext(decimal.Context(prec=200)):
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        return exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP) + 0


def babel(value: Decimal, digits: int, locale: str, *, grouping: bool) -> str:
    """What Babel prints for a number that needs no more rounding."""
    pattern = ("#,##0" if grouping else "0") + ("." + "0" * digits if digits else "")
    with decimal.localcontext(decimal.Context(prec=200)):
        return format_decimal(value, pattern, locale=babel_locale(locale))


@settings(max_examples=200)
@given(WHOLE, st.integers(0, 6), st.integers(0, 5), st.booleans(), st.sampled_from(LOCALES))
def test_plain_is_what_babel_prints(n: int, tens: int, digits: int, grouping: bool, locale: str) -> None:
    """Every number with so many decimals, ties included, is byte for byte what Babel prints for it."""
    value = Fraction(n, 10**tens)
    expected = babel(quantized(value, digits), digits, locale, grouping=grouping)
    written = plain(value.numerator, value.denominator, digits, grouping=grouping, symbols=symbols(locale))
    assert written == expected


@settings(max_examples=200)
@given(WHOLE, st.integers(1, 4), st.booleans(), st.sampled_from(LOCALES))
def test_exact_ties_go_away_from_zero(k: int, digits: int, grouping: bool, locale: str) -> None:
    """A number half-way between two printed ones takes the one further from zero, as Babel prints it."""
    value = Fraction(2 * k + 1, 2 * 10**digits)
    away = k + 1 if value > 0 else k
    expected = babel(Decimal(away).scaleb(-digits, decimal.Context(prec=200)), digits, locale, grouping=grouping)
    assert plain(value.numerator, value.denominator, digits, grouping=grouping) == expected


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**6))
def test_half_up_is_nearest(n: int, d: int) -> None:
    """The rounded number is within a half, and a tie goes away from zero."""
    k, value = half_up(n, d), Fraction(n, d)
    assert abs(k - value) <= Fraction(1, 2)
    if abs(k - value) == Fraction(1, 2):
        assert abs(k) > abs(value)


def test_decimal_context_has_no_say() -> None:
    """Neither precision nor rounding mode of the thread changes a digit."""
    with decimal.localcontext(decimal.Context(prec=2, rounding=decimal.ROUND_DOWN)):
        assert plain(1689811499, 100000, 2) == "16898.11"
        assert plain(25, 1000, 2) == "0.03"


@pytest.mark.parametrize(
    ("n", "d", "text"),
    [
        (1, 8, "0.125"),
        (16898110, 1000, "16898.11"),
        (1, 3, "0.33"),
        (1, 3000, "0.00033"),
        (-1, 7, "-0.14"),
        (0, 1, "0"),
    ],
)
def test_as_many_decimals_as_needed(n: int, d: int, text: str) -> None:
    """Without a number of decimals a number is exact, or two decimals where it never ends."""
    value = Fraction(n, d)
    assert plain(value.numerator, value.denominator) == text


def test_rounded_zero_has_no_sign() -> None:
    """What rounds to zero is zero."""
    assert plain(-1, 1000, 2) == "0.00"
    assert plain(-5, 1000, 2) == "-0.01"


def test_huge_numbers_are_written() -> None:
    """A number beyond Python's limit on digits is still written."""
    assert plain(10**5000, 1) == "1" + "0" * 5000


def test_default_symbols_are_babels() -> None:
    """The symbols written out for zh_Hans are those that Babel has."""
    from babel.numbers import get_decimal_symbol, get_group_symbol, get_minus_sign_symbol

    known = babel_locale("zh_Hans")
    assert (get_decimal_symbol(known), get_group_symbol(known), get_minus_sign_symbol(known)) == PLAIN


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        # the amounts of the official rules for filling in bills and vouchers
        ("1409.50", "人民币壹仟肆佰零玖元伍角"),
        ("6007.14", "人民币陆仟零柒元壹角肆分"),
        ("1680.32", "人民币壹仟陆佰捌拾元零叁角贰分"),
        ("107000.53", "人民币壹拾万柒仟元零伍角叁分"),
        ("16409.02", "人民币壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "人民币叁佰贰拾伍元零肆分"),
        ("9081800", "人民币玖佰零捌万壹仟捌佰元整"),
        ("0", "人民币零元整"),
        ("0.5", "人民币伍角"),
        ("0.03", "人民币叁分"),
        ("10", "人民币壹拾元整"),
        ("100000000", "人民币壹亿元整"),
        ("100005000", "人民币壹亿零伍仟元整"),
        ("105000000", "人民币壹亿零伍佰万元整"),
        ("1000000000000", "人民币壹万亿元整"),
        ("100500", "人民币壹拾万零伍佰元整"),
        ("-12.3", "人民币负壹拾贰元叁角"),
        ("1.005", "人民币壹元零壹分"),
        ("-0.004", "人民币零元整"),
    ],
)
def test_capital(amount: str, text: str) -> None:
    """Amounts in 大写, those of the official rules among them."""
    value = Fraction(amount)
    assert capital(value.numerator, value.denominator) == text


VALUES = {c: n for n, c in enumerate("零壹贰叁肆伍陆柒捌玖")}
SIZES = {"拾": 10, "佰": 100, "仟": 1000}


def read_capital(text: str) -> int:
    """A 大写 amount in 分, read by a stack of its own: sums of digit × size, sections closed by 万 and 亿."""
    total = section = digit = done = 0
    for c in text.removeprefix("人民币").removesuffix("整"):
        if c in VALUES:
            digit = VALUES[c]
        elif c in SIZES:
            section, digit = section + digit * SIZES[c], 0
        elif c == "万":
            total, section, digit = total + (section + digit) * 10**4, 0, 0
        elif c == "亿":
            total, section, digit = (total + section + digit) * 10**8, 0, 0
        elif c == "元":
            done, total, section, digit = (total + section + digit) * 100, 0, 0, 0
        elif c == "角":
            done, digit = done + digit * 10, 0
        elif c == "分":
            done, digit = done + digit, 0
    return done


@settings(max_examples=200)
@given(st.one_of(st.integers(0, 10**6), st.integers(0, 10**17), st.integers(0, 10**8).map(lambda n: n * 10**6)))
def test_capital_reads_back(fen: int) -> None:
    """A 大写 amount says each 分, without two 零 in a row and without 零 before 元, 万 or 亿."""
    text = capital(fen, 100)
    assert read_capital(text) == fen
    assert "零零" not in text
    assert not any(pair in text for pair in ("零万", "零亿", "零整"))
    assert "零元" not in text or fen == 0


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "零"), (2, "二"), (10, "十"), (12, "十二"), (20, "二十"), (105, "一百零五"), (110, "一百一十"), (490, "四百九十"),
     (1010, "一千零一十"), (120000, "十二万"), (100000008, "一亿零八"), (-3, "负三")],
)  # fmt: skip
def test_numeral(number: int, text: str) -> None:
    """Whole numbers in Chinese numerals."""
    assert numeral(number) == text


def test_capital_english() -> None:
    """The English wording of an amount."""
    assert capital_english(9081800, 1) == "CNY nine million eighty-one thousand eight hundred only"
    assert capital_english(-10753, 100) == "CNY minus one hundred seven and 53/100"


@pytest.mark.parametrize(
    ("level", "number", "text", "english"),
    [(1, 1, "一、", "I."), (2, 12, "（十二）", "(XII)"), (3, 10, "10.", "10."), (4, 3, "（3）", "(3)")],
)
def test_heading(level: int, number: int, text: str, english: str) -> None:
    """Heading numbers as official papers have them, with the title close behind."""
    assert heading(level, number) == text
    assert heading(level, number, "基本情况") == text + "基本情况"
    assert heading(level, number, "Overview", "en") == english + " Overview"


@pytest.mark.parametrize(("level", "number", "code"), [(5, 1, "heading-level"), (1, 0, "heading-number")])
def test_heading_refuses(level: int, number: int, code: str) -> None:
    """There is no fifth level and no number 0."""
    with pytest.raises(InputError) as caught:
        heading(level, number)
    assert caught.value.code == code
