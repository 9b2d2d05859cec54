"""Quantities, rates, growth, ranges, figures and the rest as text, in three locales."""

from __future__ import annotations

import decimal
import subprocess
import sys
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent, parse_pattern
from hypothesis import given, settings, strategies as st

from perfeval.errors import NotationError, NotFoundError, Place, UnitError, problem
from perfeval.locales.messages import LOCALES, babel_locale
from perfeval.locales.patterns import joined
from perfeval.locales.words import table, word
from perfeval.quantities.dates import Day, Period
from perfeval.quantities.figure import Figure, Growth, Interval, Range, Rank, Word
from perfeval.quantities.formatters import join, text
from perfeval.quantities.phrases import interval_text
from perfeval.quantities.quantity import Quantity
from perfeval.quantities.unit import measure
from perfeval.quantities.unit_text import unit_format
from perfeval.quantities.units import base_units

Q = Quantity
CHINESE = ("zh_Hans", "zh_Hant")


@pytest.mark.parametrize(
    ("number", "unit", "chinese", "english"),
    [
        ("908.18", "万元", "908.18万元", "CNY 9.0818 million"),
        ("3", "亿元", "3亿元", "CNY 0.3 billion"),
        ("1000", "元", "1000元", "CNY 1,000"),
        ("30", "分", "30分", "30 points"),
        ("1", "分", "1分", "1 point"),
        ("94.96", "%", "94.96%", "94.96%"),
        ("1.2", "百分点", "1.2个百分点", "1.2 percentage points"),
        ("4.58", "万人次", "4.58万人次", "45,800 person-times"),
        ("25", "万平方米", "25万平方米", "250,000 sq m"),
        ("5000", "元/人", "5000元/人", "CNY 5,000/person"),
        ("300", "元/人·月", "300元/人·月", "CNY 300/person-month"),
        ("2", "分/宗", "2分/宗", "2 points/case"),
        ("10340", "条", "10340条", "10,340 items"),
        ("1.5", "倍", "1.5倍", "1.5 times"),
        ("-6.8", "%", "-6.8%", "-6.8%"),
        ("12", "", "12", "12"),
        ("16898.10", "万元", "16898.1万元", "CNY 168.981 million"),
    ],
)
def test_quantity(number: str, unit: str, chinese: str, english: str) -> None:
    """A quantity in its unit, exact, in Chinese without space or grouping, in English in English units."""
    assert text(Q(number, unit)) == chinese
    assert text(Q(number, unit), "en") == english


@pytest.mark.parametrize(
    ("number", "unit", "expected"),
    [
        ("908.18", "万元", "908.18萬元"), ("4.58", "万人次", "4.58萬人次"), ("3", "户次", "3戶次"),
        ("1.2", "百分点", "1.2個百分點"), ("62", "亩", "62畝"), ("5", "元/台", "5元/台"),
    ],
)  # fmt: skip
def test_traditional(number: str, unit: str, expected: str) -> None:
    """Traditional characters for the units that have other ones."""
    assert text(Q(number, unit), "zh_Hant") == expected


def test_a_measure_word_of_somebodys_own() -> None:
    """An unknown measure word stays Chinese in every locale."""
    assert [text(Q(290, measure("艇次")), locale) for locale in LOCALES] == ["290艇次", "290艇次", "290 艇次"]


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ({}, "16898.11万元"),
        ({"scale": "元"}, "168981100.00元"),
        ({"scale": "亿元"}, "1.69亿元"),
        ({"scale": "合适"}, "1.69亿元"),
        ({"digits": 1}, "16898.1万元"),
        ({"digits": 0}, "16898万元"),
        ({"grouping": True}, "16,898.11万元"),
        ({"scale": "元", "digits": None, "grouping": True}, "168,981,100元"),
        ({"locale": "en"}, "CNY 168.9811 million"),
        ({"locale": "zh_Hant"}, "16898.11萬元"),
    ],
)
def test_money(how: dict[str, Any], expected: str) -> None:
    """Money in a fixed or fitting scale, two decimals unless asked, grouping an option."""
    assert text(Q("16898.11", "万元"), **{"digits": 2, **how}) == expected


@pytest.mark.parametrize(
    ("number", "unit", "expected"),
    [
        ("3", "亿元", "3亿元"),
        ("99999999", "元", "1.00亿元"),
        ("99994999", "元", "9999.50万元"),
        ("9999.99", "元", "9999.99元"),
        ("9999.999", "元", "1.00万元"),
        ("0.5", "万元", "5000元"),
        ("-16898.11", "万元", "-1.69亿元"),
        ("45800", "人次", "4.58万人次"),
        ("0", "元", "0元"),
        ("12000", "千元", "1200万元"),
    ],
)
def test_fitting_scale(number: str, unit: str, expected: str) -> None:
    """The scale is the largest in which the *rounded* number is at least 1."""
    assert text(Q(number, unit), scale="合适") == expected


def test_capital() -> None:
    """大写, from any scale and in every locale."""
    amount = Q("908.18", "万元")
    assert text(amount, style="大写") == "人民币玖佰零捌万壹仟捌佰元整"
    assert text(amount, "zh_Hant", style="大写") == "人民幣玖佰零捌萬壹仟捌佰元整"
    assert text(amount, "en", style="大写") == "CNY nine million eighty-one thousand eight hundred only"


@pytest.mark.parametrize(
    ("call", "error", "code"),
    [
        (lambda: text(Q(3, "人"), style="大写"), UnitError, "not-money"),
        (lambda: text(3, style="大写"), UnitError, "not-money"),
        (lambda: text(Q(3, "元"), style="花体"), NotFoundError, "unknown-style"),
        (lambda: text(3, style="花体"), NotFoundError, "unknown-style"),
        (lambda: text(Q(3, "元"), "fr"), NotFoundError, "unknown-locale"),
        (lambda: text(Q(3, "元"), digits=-1), NotFoundError, "digits"),
        (lambda: text(Q(3, "人"), scale="万元"), UnitError, ""),
        (lambda: text(Q(3, "元"), scale="万圆"), UnitError, "unknown-unit"),
        (lambda: text(Q(3, "元"), digits=31), NotFoundError, "digits"),
        (lambda: text(0.5), NotationError, "float-refused"),
    ],
)
def test_refusals(call: Any, error: type[Exception], code: str) -> None:
    """What a form does not fit is refused with an error of ours."""
    with pytest.raises(error) as caught:
        call()
    assert code in ("", caught.value.code)  # type: ignore[attr-defined]


def test_counts_rates_and_points() -> None:
    """Counts with measure words, rates, points."""
    assert text(Q(1392, "人")) == "1392人"
    assert text(Q(10340, "条"), "en") == "10,340 items"
    assert text(Q(1, "户"), "en") == "1 household"
    assert text((Q("16045.66", "万元") / Q("16898.11", "万元")).to("%"), digits=2) == "94.96%"
    assert text(Q("5", "‰"), scale="%") == "0.5%"
    assert text(Q("0.5", "%"), scale="‰") == "5‰"
    assert text(Q("92.3", "分"), digits=2) == "92.30分"
    assert text(Q(Fraction(991, 100), "分"), "en") == "9.91 points"


@pytest.mark.parametrize(
    ("number", "unit", "change", "chinese", "english"),
    [
        ("6.2", "%", Growth("同比", "增长"), "同比增长6.2%", "up 6.2% year on year"),
        ("6.8", "%", Growth("", "下降"), "下降6.8%", "down 6.8%"),
        ("0", "%", Growth("环比", "持平"), "环比持平", "unchanged on the previous period"),
        ("1.5", "百分点", Growth("同比", "下降"), "同比下降1.5个百分点", "down 1.5 percentage points year on year"),
    ],
)
def test_growth(number: str, unit: str, change: Growth, chinese: str, english: str) -> None:
    """Growth says its direction in a word, never by a sign."""
    figure = Figure("", Q(number, unit), change=change)
    assert text(figure) == chinese
    assert text(figure, "en") == english


@pytest.mark.parametrize(
    ("low", "high", "unit", "chinese", "english"),
    [
        ("13", "15", "%", "13%～15%", "13% to 15%"),
        ("8", "16", "亿元", "8亿元～16亿元", "CNY 0.8 billion to CNY 1.6 billion"),
        ("12", "17", "岁", "12～17岁", "12 years of age to 17 years of age"),
        ("100", "150", "公斤", "100～150公斤", "100 kg to 150 kg"),
        ("1", "2", "百分点", "1～2个百分点", "1 percentage point to 2 percentage points"),
        ("3", "5", "", "3～5", "3 to 5"),
        ("5", "10", "万人", "5万人～10万人", "50,000 persons to 100,000 persons"),
    ],
)
def test_range(low: str, high: str, unit: str, chinese: str, english: str) -> None:
    """Ranges take ～; %, 万 and 亿 stand at both ends."""
    assert text(Range(Q(low, unit), Q(high, unit))) == chinese
    assert text(Range(Q(low, unit), Q(high, unit)), "en") == english


def test_rank() -> None:
    """Ranks, of a known whole and of one that nobody knows."""
    assert text(Rank(6, "全区")) == "全区第6"
    assert text(Rank(6, "全区"), "zh_Hant") == "全區第6"
    assert text(Rank(6, "全区"), "en") == "No. 6 in the district"
    assert text(Rank(4, ""), "en") == "No. 4"
    assert text(Rank(2, "北片区"), "en") == "No. 2 (北片区)"


def test_other_values() -> None:
    """Numbers, days, units, places, problems, texts and nothing."""
    assert text(1234567) == "1234567"
    assert text(1234567, "en") == "1,234,567"
    assert text(12, style="汉字") == "十二"
    assert text(Decimal("1.50")) == "1.5"
    assert text(Fraction(1, 3)) == "0.33"
    assert text(Fraction(5, 1000), digits=2) == "0.01"
    assert text(date(2021, 10, 31)) == "2021年10月31日"
    assert text(date(2021, 10, 31), "en") == "October 31, 2021"
    assert [text(True, locale) for locale in LOCALES] == ["是", "是", "yes"]
    assert text(None) == "—"
    assert text("甲") == "甲"
    assert text(base_units().get("万元")) == "万元"
    assert text(base_units().get("万人次"), "en") == "10,000 person-times"
    assert text(base_units().get("元/人·月"), "zh_Hant") == "元/人·月"
    assert text(Place(source="a.yaml", line=3, column=5), "en") == "a.yaml line 3, column 5"
    assert (
        text(problem("", "标题层次只有1至4级，没有第{level}级", level=5), "en") == "headings have levels 1 to 4, not 5"
    )


def test_every_built_in_unit_has_words() -> None:
    """Each line of the unit table has its word in each locale, and no word is for a unit that is none."""
    units = base_units()
    known = {name for section, name in table() if section == "unit"}
    missing = [
        unit.symbol
        for name in units
        if (unit := units.get(name)).symbol and unit.symbol not in ("万", "亿", "倍") and unit.symbol not in known
    ]
    assert missing == []
    for (_, name), (traditional, one, many) in table().items():
        assert traditional, name
        assert one.isascii(), name
        assert many.isascii(), name


@pytest.mark.parametrize("locale", LOCALES)
def test_gbk(locale: str) -> None:
    """Whatever is written can be shown on a console in GBK."""
    units = base_units()
    for name in units:
        text(Q("-1234.5", units.get(name)), locale).encode("gbk")
        text(units.get(name), locale).encode("gbk")
    text(Range(Q(1, "%"), Q(2, "%")), locale).encode("gbk")
    word("whole", "全区", locale).encode("gbk")


@pytest.mark.parametrize(
    ("written", "number", "unit", "step", "more", "chinese", "english"),
    [
        ("16898.10 万元", "16898.10", "万元", 100, {}, "16898.10万元", "CNY 168.9810 million"),
        ("4.58万人次", "4.58", "万人次", 100, {}, "4.58万人次", "45,800 person-times"),
        ("近30万元", 30, "万元", 10000, {"mark": "近"}, "近30万元", "nearly CNY 0.30 million"),
        ("3000余人", 3000, "人", 1, {"mark": "余"}, "3000余人", "over 3,000 persons"),
        ("30余万元", 30, "万元", 10000, {"mark": "余"}, "30余万元", "over CNY 0.30 million"),
        ("30万余元", 30, "万元", 10000, {"mark": "余"}, "30万余元", "over CNY 0.30 million"),
        ("10多个", 10, "个", 1, {"mark": "多"}, "10多个", "over 10 units"),
        ("2年多", 2, "年", 12, {"mark": "多"}, "2年多", "over 2 years"),
        ("300 人左右", 300, "人", 1, {"mark": "左右"}, "300人左右", "300 persons or so"),
        ("≧ 95％", 95, "%", Fraction(1, 100), {"sign": "≥"}, "≥95%", "≥95%"),
        ("同比增长 6.2%", "6.2", "%", Fraction(1, 1000), {"change": Growth("同比", "增长")}, "同比增长6.2%",
         "up 6.2% year on year"),
        ("下降10.0%", 10, "%", Fraction(1, 1000), {"change": Growth("", "下降")}, "下降10.0%", "down 10.0%"),
    ],
)  # fmt: skip
def test_quantity_as_written(
    written: str, number: str | int, unit: str, step: Any, more: dict[str, Any], chinese: str, english: str
) -> None:
    """Digits, marks and signs stay where they were; width and spaces become official."""
    figure = Figure(written, Q(number, unit), step=Fraction(step), **more)
    assert text(figure) == chinese
    assert text(figure, "en") == english


def test_restyled() -> None:
    """A figure takes digits, scale and grouping like a quantity, and keeps its mark."""
    figure = Figure("约16898.11万元", Q("16898.11", "万元"), step=Fraction(100), mark="约")
    assert text(figure, digits=1) == "约16898.1万元"
    assert text(figure, scale="亿元", digits=2) == "约1.69亿元"
    assert text(figure, grouping=True) == "约16,898.11万元"
    assert text(figure, "zh_Hant") == "約16898.11萬元"


def test_a_unit_of_the_column_is_written() -> None:
    """What the heading said stands in the text: 5.8万 under 万元 is 5.8万元."""
    figure = Figure("5.80", Q("5.8"), step=Fraction(1, 100)).under(base_units().get("万元"))
    assert text(figure) == "5.80万元"


@pytest.mark.parametrize(
    ("value", "chinese", "english"),
    [
        (Figure("全区第 6", Rank(6, "全区")), "全区第6", "No. 6 in the district"),
        (Figure("12-17岁", Range(Q(12, "岁"), Q(17, "岁"))), "12～17岁", "12 years of age to 17 years of age"),
        (Figure("有效", Word("有效")), "有效", "有效"),
        (Figure(" — "), "—", "—"),
        (Figure("暂无"), "暂无", "暂无"),
        (Figure(""), "—", "—"),
        (Rank(4, "全市"), "全市第4", "No. 4 in the city"),
        (Growth("同比", "增长"), "同比增长", "up year on year"),
        (Day(year=2021, month=10, day=31), "2021年10月31日", "October 31, 2021"),
        (Day(year=2021, month=10), "2021年10月", "October 2021"),
        (Day(year=2021), "2021年", "2021"),
        (Day(year=2021, edge="底"), "2021年底", "end of 2021"),
        (Day(year=None, edge="底"), "年底", "end of the year"),
        (Day(year=None, month=10, edge="下旬"), "10月下旬", "late October"),
        (Day(year=None, month=5, day=26), "5月26日", "May 26"),
        (Period(date(2021, 1, 1), date(2021, 10, 31)), "2021年1—10月", "January–October 2021"),
        (
            Period(date(2021, 1, 1), date(2021, 9, 30), "2021 年前三季度"),
            "2021年前三季度",
            "first three quarters of 2021",
        ),
        (Period.of(None, Day(year=None, month=10, edge="底")), "截至10月底", "as of end of October"),
        (Period.of(Day(year=None, month=5, day=26), None), "5月26日起", "since May 26"),
        (Period.of(Day(year=None, month=1), Day(year=None, month=7)), "1月—7月", "January – July"),
        (Interval(Fraction(1), Fraction(2), True, False), "1至2（不含2）", "1 to 2 (2 excluded)"),
    ],
)
def test_other_records(value: Any, chinese: str, english: str) -> None:
    """Ranks, ranges, words, placeholders, days and periods."""
    assert text(value) == chinese
    assert text(value, "en") == english


def test_period_in_quarters() -> None:
    """Quarters where they are asked for."""
    assert text(Period(date(2021, 1, 1), date(2021, 6, 30)), style="季度") == "2021年上半年"
    assert text(Period(date(2021, 1, 1), date(2021, 6, 30)), "zh_Hant") == "2021年1—6月"


@pytest.mark.parametrize(
    ("low", "high", "closed", "chinese"),
    [
        ("94.955%", "94.965%", (True, False), "94.955%至94.965%（不含94.965%）"),
        ("90%", None, (True, False), "不低于90%"),
        ("90%", None, (False, False), "高于90%"),
        (None, "90%", (False, True), "不高于90%"),
        (None, "90%", (False, False), "低于90%"),
        (None, None, (False, False), "任何数"),
        ("0%", "100%", (False, False), "0%至100%（两端均不含）"),
        ("0%", "100%", (False, True), "0%至100%（不含0%）"),
        ("0%", "100%", (True, True), "0%至100%"),
    ],
)
def test_interval(low: str | None, high: str | None, closed: tuple[bool, bool], chinese: str) -> None:
    """An interval says which of its ends belong to it."""
    assert interval_text(low, high, low_closed=closed[0], high_closed=closed[1]) == chinese


def test_interval_of_one_number() -> None:
    """Where both ends are one number, the number is said once."""
    assert text(Interval(Fraction(1), Fraction(1))) == "1"


AMOUNT = st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**7)
SYMBOLS = st.sampled_from(["元", "万元", "亿元", "人次", "万人次", "平方米", "分", "吨", "个月", "元/人"])


def exactly(value: Fraction, digits: int) -> Decimal:
    """*value* rounded half up to *digits* decimals, by whole numbers, as a Decimal."""
    shifted = abs(value) * 10**digits
    whole = shifted.numerator // shifted.denominator
    whole += 2 * (shifted - whole) >= 1
    return Decimal(-whole if value < 0 else whole).scaleb(-digits, decimal.Context(prec=60))


@settings(max_examples=200)
@given(AMOUNT, SYMBOLS, st.integers(0, 4), st.booleans(), st.sampled_from(CHINESE))
def test_quantity_is_what_babel_prints(value: Fraction, unit: str, digits: int, grouping: bool, locale: str) -> None:
    """A quantity with so many decimals is byte for byte what Babel's pattern prints, its unit a literal of it."""
    known = babel_locale(locale)
    number = "#,##0" if grouping else "0"
    pattern = number + ("." + "0" * digits if digits else "") + f"'{unit_format(unit, locale).plural}'"
    expected = parse_pattern(pattern).apply(exactly(value, digits), known)
    quantity = Q(value, unit)
    assert text(quantity, locale, digits=digits, grouping=grouping) == expected


@settings(max_examples=100)
@given(AMOUNT, st.integers(0, 4), st.sampled_from(LOCALES))
def test_rate_is_what_babel_prints(value: Fraction, digits: int, locale: str) -> None:
    """A rate is byte for byte what Babel prints as a percentage."""
    grouping = "#,##0" if locale == "en" else "0"
    pattern = grouping + ("." + "0" * digits if digits else "") + "%"
    expected = format_percent(exactly(value, digits) / 100, pattern, locale=babel_locale(locale))
    assert text(Q(value, "%"), locale, digits=digits) == expected


@settings(max_examples=100)
@given(AMOUNT, st.integers(0, 4), st.booleans())
def test_english_money_is_the_same_amount(value: Fraction, digits: int, grouping: bool) -> None:
    """万元 said in millions is the amount that the Chinese text says, with Babel's digits."""
    rounded = exactly(value, digits)
    pattern = ("#,##0" if grouping else "0") + "." + "0" * (digits + 2)
    number = format_decimal(rounded / 100, pattern, locale=babel_locale("en"))
    assert text(Q(value, "万元"), "en", digits=digits, grouping=grouping) == f"CNY {number} million"


def test_default_locale_needs_no_babel() -> None:
    """Writing every form in zh_Hans imports neither Babel nor pint."""
    code = (
        "import sys\nfrom datetime import date\nfrom perfeval.quantities.formatters import join, text\n"
        "from perfeval.quantities.figure import *\nfrom perfeval.quantities.number_text import heading\n"
        "from perfeval.quantities.quantity import Quantity as Q\nq = Q('908.18', '万元')\n"
        "text(q), text(q, digits=2), text(q, style='大写'), text(q, scale='合适'), text(date(2021, 1, 1))\n"
        "text(Growth('', '增长')), text(Range(Q(1, '%'), Q(2, '%'))), text(Rank(6, '全区')), heading(1, 1), join('甲乙')\n"
        "print([name for name in ('babel', 'pint') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_babel_never_gets_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every call of Babel hands it a Locale object, which it takes as it is, 17 times as fast as a name."""
    from babel import Locale

    from perfeval.locales import patterns

    babel_locale("en")
    patterns.symbols.cache_clear()

    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("a locale's name was parsed")

    parse = Locale.parse

    def only_objects(identifier: Any, *rest: Any, **named: Any) -> Any:
        return parse(identifier, *rest, **named) if isinstance(identifier, Locale) else refuse()

    monkeypatch.setattr(Locale, "parse", only_objects)
    text(Q("908.18", "万元"), "en", digits=2)
    text(date(2021, 10, 31), "en")
    patterns.joined(["a", "b"], "en")
    patterns.full_month(2021, 10, "en")


@given(st.lists(st.text("甲乙丙丁", min_size=1), max_size=6), st.sampled_from(LOCALES))
def test_lists_are_what_babel_prints(parts: list[str], locale: str) -> None:
    """Lists are byte for byte Babel's in each locale."""
    assert joined(parts, locale) == format_list(parts, locale=babel_locale(locale))


def test_join() -> None:
    """One, two and three parts."""
    assert [join(["甲", "乙", "丙"][:n]) for n in range(4)] == ["", "甲", "甲和乙", "甲、乙和丙"]
