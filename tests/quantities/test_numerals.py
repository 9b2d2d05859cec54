"""Reading numbers: Chinese numerals and amounts in 大写."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings, strategies as st

import perfeval as pe
from perfeval.quantities.number_text import capital
from perfeval.quantities.numerals import capital_amount, chinese_number


@settings(max_examples=200)
@given(st.one_of(st.integers(-(10**6), 10**6), st.integers(0, 10**18), st.integers(0, 10**8).map(lambda n: n * 10**6)))
def test_what_is_written_is_read(fen: int) -> None:
    """Every amount in 大写 is read back to the 分."""
    assert capital_amount(capital(fen, 100)) == Fraction(fen, 100)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("人民币壹仟陆佰捌拾元叁角贰分", "1680.32"),
        ("人民币壹拾万零柒仟元伍角叁分", "107000.53"),
        ("壹佰圆正", "100"),
        ("人民幣貳萬元整", "20000"),
        ("人民币：伍角整", "0.5"),
    ],
)
def test_other_allowed_forms(text: str, amount: str) -> None:
    """The second forms that the official rules allow, and traditional characters."""
    assert capital_amount(text) == Fraction(amount)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "人民币",
        "叁分",
        "元整",
        "人民币壹拾佰元整",
        "人民币壹零元整",
        "人民币壹万贰亿元整",
        "壹",
        "一百元整",
        "人民币壹壹元整",
        "壹仟伍元整",
    ],
)
def test_nothing_else_is_read(text: str) -> None:
    """What is no amount in 大写 is left to other readers."""
    assert capital_amount(text) is None


def in_chinese(n: int) -> str:
    """The usual numeral of *n*, by counting places: shares nothing with the reader."""
    digits, places = "零一二三四五六七八九", ["", "十", "百", "千"]
    if n >= 10_000:
        high, low = divmod(n, 10_000)
        return in_chinese(high) + "万" + ("" if not low else ("零" if low < 1000 else "") + in_chinese(low))
    text = ""
    for i, char in enumerate(str(n)):
        place = places[len(str(n)) - 1 - i]
        text += "零" if char == "0" else digits[int(char)] + place
    while "零零" in text:
        text = text.replace("零零", "零")
    return text.rstrip("零") or "零"


@given(st.integers(0, 99_999_999))
def test_chinese_numerals(n: int) -> None:
    """Every whole number below a hundred million in its usual numeral is read as itself."""
    assert chinese_number(in_chinese(n)) == n


@given(st.integers(10, 19))
def test_ten_without_one(n: int) -> None:
    """十二 is 12, as 一十二 is."""
    assert chinese_number(in_chinese(n).removeprefix("一")) == n


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("二〇二一", 2021),
        ("一百零二", 102),
        ("十二", 12),
        ("三万零五百", 30500),
        ("两亿三千万", 230_000_000),
        ("三点一四", Fraction(157, 50)),
    ],
)
def test_numerals_by_example(written: str, number: object) -> None:
    """Tens in falling order, 零 where a place is skipped, digits one by one, and a decimal point."""
    assert chinese_number(written) == number


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("一百二", "ambiguous-numeral"),
        ("两万五", "ambiguous-numeral"),
        ("三四", "bad-numeral"),
        ("十百", "bad-numeral"),
        ("一百零", "bad-numeral"),
        ("万五", "bad-numeral"),
        ("三点", "bad-numeral"),
        ("点五", "bad-numeral"),
        ("一万二三", "bad-numeral"),
        ("三百五百", "bad-numeral"),
        ("", "bad-numeral"),
        ("一" * 400, "number-too-long"),
    ],
)
def test_numerals_that_are_none(written: str, code: str) -> None:
    """What may be two numbers, or is no numeral, is refused with its reason."""
    with pytest.raises(pe.NotationError) as caught:
        chinese_number(written)
    assert caught.value.code == code
