"""Reading cells: every style that published reports use, and every refusal with its place."""

import re
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from perfeval.errors import NotationError, PerfevalError, Place
from perfeval.quantities.dates import Day
from perfeval.quantities.figure import Figure, Growth, Range, Rank, Word
from perfeval.quantities.notation import _Cell, _usual, figure
from perfeval.quantities.quantity import Quantity
from perfeval.quantities.units import base_units

READ = [
    # text, number, unit, sign, mark, worth of the last digit in base units
    ("16898.11 万元", "16898.11", "万元", "", "", 100),
    ("16898.11万元", "16898.11", "万元", "", "", 100),
    ("１６，８９８.１１万元", "16898.11", "万元", "", "", 100),
    ("16,898.11万元", "16898.11", "万元", "", "", 100),
    ("2,854处", "2854", "处", "", "", 1),
    ("3亿元", "3", "亿元", "", "", 10**8),
    ("三亿元", "3", "亿元", "", "", 10**8),
    ("十二万元", "12", "万元", "", "", 10**4),
    ("3千万元", "3000", "万元", "", "", 10**7),
    ("29.6万", "29.6", "万", "", "", 1000),
    ("近30万", "30", "万", "", "近", 10**4),
    ("近30万元", "30", "万元", "", "近", 10**4),
    ("约1.2亿元", "1.2", "亿元", "", "约", 10**7),
    ("约300人", "300", "人", "", "约", 1),
    ("3000 余人", "3000", "人", "", "余", 1),
    ("3万余人", "3", "万人", "", "余", 10**4),
    ("20余次", "20", "次", "", "余", 1),
    ("10多个", "10", "个", "", "多", 1),
    ("十几个", "10", "个", "", "几", 1),
    ("3000多万元", "3000", "万元", "", "多", 10**4),
    ("超20亿元", "20", "亿元", "", "超", 10**8),
    ("近2000平方米", "2000", "平方米", "", "近", 1),
    ("5天左右", "5", "天", "", "左右", 1),
    ("达10亿元", "10", "亿元", "", "达", 10**8),
    ("4.58万人次", "4.58", "万人次", "", "", 100),
    ("25 万平方米", "25", "万平方米", "", "", 10**4),
    ("18万m<sup>2</sup>", "18", "万平方米", "", "", 10**4),
    ("2909 m²", "2909", "平方米", "", "", 1),
    ("384.6亩", "384.6", "亩", "", "", Fraction(200, 3)),
    ("11.4公里", "11.4", "公里", "", "", 100),
    ("两百", "200", "", "", "", 1),
    ("四百九十件", "490", "件", "", "", 1),
    ("十二个", "12", "个", "", "", 1),
    ("两个", "2", "个", "", "", 1),
    ("三百零五", "305", "", "", "", 1),
    ("100%", "100", "%", "", "", Fraction(1, 100)),
    ("100 %", "100", "%", "", "", Fraction(1, 100)),
    ("100％", "100", "%", "", "", Fraction(1, 100)),
    ("≥100百分比", "100", "%", "≥", "", Fraction(1, 100)),
    ("100%(百分比)", "100", "%", "", "", Fraction(1, 100)),
    ("100%（百分比）", "100", "%", "", "", Fraction(1, 100)),
    ("=98%", "98", "%", "=", "", Fraction(1, 100)),
    ("百分之九十五", "95", "%", "", "", Fraction(1, 100)),
    ("百分之百", "100", "%", "", "", Fraction(1, 100)),
    ("百分之百二十", "120", "%", "", "", Fraction(1, 100)),
    ("万分之五", "0.5", "‰", "", "", Fraction(1, 10_000)),
    ("≤万分之0.5", "0.05", "‰", "≤", "", Fraction(1, 100_000)),
    ("3‰", "3", "‰", "", "", Fraction(1, 1000)),
    ("0.00%", "0", "%", "", "", Fraction(1, 10000)),
    ("0.958", "0.958", "", "", "", Fraction(1, 1000)),
    ("6.2个百分点", "6.2", "百分点", "", "", Fraction(1, 10)),
    ("100元/人·月", "100", "元/人·月", "", "", 1),
    ("100元/人*月", "100", "元/人·月", "", "", 1),
    ("5元/人、天", "5", "元/人·天", "", "", 1),
    ("-5%", "-5", "%", "", "", Fraction(1, 100)),
    ("−5%", "-5", "%", "", "", Fraction(1, 100)),
    ("98%。", "98", "%", "", "", Fraction(1, 100)),
    ("★≥95%", "95", "%", "≥", "", Fraction(1, 100)),
    ("5个工作日内", "5", "个工作日", "≤", "内", 1),
    ("24小时", "24", "小时", "", "", Fraction(1, 24)),
    ("12个月", "12", "个月", "", "", 1),
    ("3年", "3", "年", "", "", 12),
]


@pytest.mark.parametrize(("text", "number", "unit", "sign", "mark", "step"), READ, ids=[r[0] for r in READ])
def test_a_quantity_as_written(text: str, number: str, unit: str, sign: str, mark: str, step: Fraction) -> None:
    """Value, unit, comparator, approximation and the last digit's worth, and the text as it was."""
    read = figure(text)
    assert read.quantity == Quantity(number, unit)
    assert (read.quantity.unit.symbol, read.sign, read.mark) == (unit, sign, mark)
    assert read.step == step
    assert read.text == text


SIGNS = [
    ("≥", "≥ ≧ >= ＞＝ => 不低于 不少于 不小于 大于等于 至少"),
    ("≤", "≤ ≦ <= ＜＝ =< 不高于 不超过 不大于 小于等于 至多"),
    (">", "> ＞ 大于 高于 超过 多于"),
    ("<", "< ＜ 小于 低于 少于 不足 不到"),
    ("=", "= ＝ ﹦ ═ == 等于"),
]


@pytest.mark.parametrize(("sign", "written"), [(sign, w) for sign, several in SIGNS for w in several.split()])
def test_every_way_to_write_a_comparator(sign: str, written: str) -> None:
    """Each form of a comparator, with and without space, is the usual sign."""
    for text in (f"{written}90%", f"{written} 90 %"):
        assert (figure(text).sign, figure(text).quantity) == (sign, Quantity(90, "%"))


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("90%及以上", "≥"),
        ("90%以上", "≥"),
        ("90%以下", "≤"),
        ("90%及以下", "≤"),
        ("90%以内", "≤"),
        ("90%（含）以上", "≥"),
    ],
)
def test_comparators_behind(text: str, sign: str) -> None:
    """以上, 以下 and 以内 behind the number include it."""
    assert (figure(text).sign, figure(text).quantity) == (sign, Quantity(90, "%"))


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("12-17岁", 12, 17, "岁"),
        ("18—54周岁", 18, 54, "周岁"),
        ("13%～15%", 13, 15, "%"),
        ("8亿～16亿", 8, 16, "亿"),
        ("8亿～16亿元", 8, 16, "亿元"),
        ("8亿元～16亿元", 8, 16, "亿元"),
        ("三至五天", 3, 5, "天"),
        ("三四周", 3, 4, "周"),
        ("两三百人", 200, 300, "人"),
        ("十五六个", 15, 16, "个"),
        ("±10%", -10, 10, "%"),
        ("10到20户", 10, 20, "户"),
    ],
)
def test_ranges(text: str, low: int, high: int, unit: str) -> None:
    """Both ends with the unit; what stands once behind the second serves the first where that is sure."""
    assert figure(text).value == Range(Quantity(low, unit), Quantity(high, unit))
    assert figure(text).quantity is None
    assert (figure(text).low, figure(text).high) == (Quantity(low, unit), Quantity(high, unit))


def test_a_range_over_two_scales() -> None:
    """Each end may have a scale of its own."""
    assert figure("5000万～1亿元").value == Range(Quantity(5000, "万元"), Quantity(1, "亿元"))


@pytest.mark.parametrize(
    ("text", "number", "of", "sign"),
    [
        ("全区第6", 6, "全区", ""),
        ("全区第四", 4, "全区", ""),
        ("第 6", 6, "", ""),
        ("第6名", 6, "", ""),
        ("全市29名", 29, "全市", ""),
        ("排名第二", 2, "", ""),
        ("并列第3名", 3, "", ""),
        ("全区并列第三", 3, "全区", ""),
        ("前3名", 3, "", "≤"),
        ("全市前十", 10, "全市", "≤"),
    ],
)
def test_ranks(text: str, number: int, of: str, sign: str) -> None:
    """A place in something; 前 means at least so good."""
    assert (figure(text).value, figure(text).sign) == (Rank(number, of), sign)


@pytest.mark.parametrize(
    ("text", "change", "number", "unit"),
    [
        ("增长 6.2%", Growth("", "增长"), "6.2", "%"),
        ("同比增长214.6%", Growth("同比", "增长"), "214.6", "%"),
        ("同比下降6.8%", Growth("同比", "下降"), "6.8", "%"),
        ("环比减少3个百分点", Growth("环比", "下降"), "3", "百分点"),
        ("增速为25%", Growth("", "增长"), "25", "%"),
        ("同比持平", Growth("同比", "持平"), "0", "%"),
    ],
)
def test_growth(text: str, change: Growth, number: str, unit: str) -> None:
    """The size as written, and which way it went."""
    assert (figure(text).change, figure(text).quantity) == (change, Quantity(number, unit))


def iso(text: str) -> tuple[str, str]:
    """The period of *text* as two ISO dates, "" for an open end."""
    found = figure(text).period
    assert found is not None
    return (str(found.start or ""), str(found.end or ""))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2021年10月31日", "2021-10-31", "2021-10-31"),
        ("2021-10-31", "2021-10-31", "2021-10-31"),
        ("2021.10.31", "2021-10-31", "2021-10-31"),
        ("二〇二一年十月", "2021-10-01", "2021-10-31"),
        ("2021年1-10月", "2021-01-01", "2021-10-31"),
        ("2021 年 1—10 月", "2021-01-01", "2021-10-31"),
        ("2021.1.1-2019.12.30", "2021-01-01", "2019-12-30"),
        ("2019.1.1-2019.12.30", "2019-01-01", "2019-12-30"),
        ("2021.1.1—12.31", "2021-01-01", "2021-12-31"),
        ("2021/3/1至10/31", "2021-03-01", "2021-10-31"),
        ("2021年前三季度", "2021-01-01", "2021-09-30"),
        ("2021年上半年", "2021-01-01", "2021-06-30"),
        ("2021年第四季度", "2021-10-01", "2021-12-31"),
        ("2020年8月—2021年3月", "2020-08-01", "2021-03-31"),
        ("2020年8月至2021年2月", "2020-08-01", "2021-02-28"),
        ("2021年5月26日起", "2021-05-26", ""),
        ("2021年5月26日至今", "2021-05-26", ""),
        ("截至2021年10月31日", "", "2021-10-31"),
        ("截至2021年10月底", "", "2021-10-31"),
        ("2021年底前", "", "2021-12-31"),
        ("2021年底", "2021-12-31", "2021-12-31"),
        ("2021年度", "2021-01-01", "2021-12-31"),
        ("2021年2月", "2021-02-01", "2021-02-28"),
        ("2020年2月中旬", "2020-02-11", "2020-02-20"),
    ],
)
def test_dates_and_periods(text: str, start: str, end: str) -> None:
    """First and last day, open ends left open; a period that ends before it starts is read as it is."""
    assert iso(text) == (start, end)


@pytest.mark.parametrize(
    "text", ["截至10月底", "截至十月底", "今年1-10月份", "5月26日至今", "9月前", "7月", "年底", "年底前"]
)
def test_a_year_that_is_not_written_is_not_guessed(text: str) -> None:
    """The year stays missing until somebody supplies it."""
    found = figure(text).period
    assert found.year_missing
    assert (found.start, found.end) == (None, None)
    assert not found.in_year(2021).year_missing


def test_the_end_of_october_once_the_year_is_known() -> None:
    """截至10月底 of a report on 2021."""
    assert str(figure("截至10月底").period.in_year(2021).end) == "2021-10-31"


def test_a_deadline_is_a_day_with_a_sign() -> None:
    """9月前: on or before the month's last day."""
    read = figure("2021年9月前")
    assert isinstance(read.value, Day)
    assert (str(read.value.last), read.sign) == ("2021-09-30", "≤")


@pytest.mark.parametrize("text", ["", " ", "—", "——", "*", "XX", "无", "暂无", "/", "……", "【待填写：完成值】"])
def test_placeholders_say_nothing(text: str) -> None:
    """An empty cell's value is None."""
    assert figure(text).value is None


@pytest.mark.parametrize(
    "text",
    [
        "有效",
        "明显",
        "基本建立",
        "达成预期指标",
        "是",
        "否",
        "及时",
        "合规",
        "优",
        "一般",
        "一致",
        "三会一课",
        "B轮",
        "数十次",
        "十分满意",
        "%(百分比)",
        "≥良好",
        "不足",
        "元",
    ],
)
def test_words_are_words(text: str) -> None:
    """Qualitative values, numerals inside words included, are no numbers."""
    assert figure(text).value == Word(text)


@pytest.mark.parametrize(
    "text",
    [
        "财预〔2013〕53号",
        "财预[2013]53号",
        "105国道",
        "“5·21”",
        "1+1+9",
        "“4+5+1”",
        "T28",
        "“1110”措施",
        "1110措施",
        "三会一课",
        "B轮",
    ],
)
@pytest.mark.parametrize("strict", [True, False])
def test_numbers_of_documents_roads_and_slogans_are_no_quantities(text: str, strict: bool) -> None:
    """An error or words, never a number, in either way of reading."""
    try:
        value = figure(text, strict=strict).value
    except NotationError:
        return
    assert isinstance(value, Word)


@pytest.mark.parametrize(
    ("text", "code", "char", "advice"),
    [
        ("30～40%", "ambiguous-range", 1, "30%～40%"),
        ("5-10万人", "ambiguous-range", 1, "5万～10万人"),
        ("目标30～40%", "unreadable", 3, "165次"),
        ("17-12岁", "range-reversed", 1, "由小到大"),
        ("3人～5次", "mixed-range", 1, "同一单位"),
        ("8000亩8535.5亩", "several-numbers", 6, "一格只写一个数"),
        ("16 898.11万元", "space-in-number", 3, "连写"),
        ("1,23元", "bad-separator", 1, "123"),
        ("一百二人", "ambiguous-numeral", 1, "120"),
        ("两万五", "ambiguous-numeral", 1, "25000"),
        ("5间趟", "unknown-unit", 2, "间次"),
        ("  5 间趟", "unknown-unit", 5, "间次"),
        ("≥≥5", "two-signs", 2, "只写一个"),
        ("≥5以下", "two-signs", 3, "只写一个"),
        ("2 次 / 年", "spaced-unit", 3, "次/年"),
        ("2021年2月30日", "bad-date", 1, "10月31日"),
        ("财预〔2013〕53号", "document-number", 1, "数值"),
        ("3场（次）", "bracket-behind", 3, "只写“3场”"),
        ("≥165次（含夜间）", "bracket-behind", 6, "只写“≥165次”"),
        ("同比增长12%（上年11%）", "bracket-behind", 8, "“（上年11%）”"),
        ("≥", "sign-alone", 1, "≥95%"),
        (" ＞ ", "sign-alone", 2, "把数写全"),
        ("%", "sign-alone", 1, "请留空"),
        ("≥人次", "sign-alone", 1, "把数写全"),
        ("百分之百五", "ambiguous-numeral", 1, "阿拉伯数字"),
        ("9" * 61 + "元", "number-too-long", 1, "60"),
    ],
)
def test_refusals_say_where_and_what_to_write(text: str, code: str, char: int, advice: str) -> None:
    """Each has a code, the character, and advice; the place of the cell is kept."""
    with pytest.raises(NotationError) as caught:
        figure(text, place=Place(source="表.xlsx", cell="C5"))
    assert caught.value.code == code
    place = caught.value.place
    assert place is not None
    assert (place.char, place.cell) == (char, "C5")
    assert advice in str(caught.value)


@pytest.mark.parametrize("unseen", ["\u200b", "\ufeff", "\u00ad", "\u200e"])
def test_what_nobody_sees_says_nothing(unseen: str) -> None:
    """A character without width, wherever copying left it, changes neither value nor text nor the column's unit."""
    for text in ("165人次", "≥95%", "2021年10月", "百分之五", "不适用", "—"):
        expected = figure(text)
        for at in range(len(text) + 1):
            assert figure(text[:at] + unseen + text[at:]) == expected
    assert figure("5.8", unit=f"万元{unseen}") == figure("5.8", unit="万元")
    assert base_units().find(unseen) is None
    assert figure(f"5.8万元{unseen}").text == "5.8万元", "after the column's unit was met in that spelling too"


def test_quotations_are_as_written() -> None:
    """A message quotes the full-width signs of the text, not their usual forms."""
    with pytest.raises(NotationError, match="“３０～４０％”"):
        figure("３０～４０％")


def test_lenient_reading_makes_a_unit_of_its_own() -> None:
    """With strict off an unknown measure word is a dimension of its own; strict on, it is refused."""
    assert figure("290 间趟", strict=False).quantity.unit.dims == (("间趟", 1),)
    assert figure("290万间趟", strict=False).quantity.base == 2_900_000
    table = base_units().with_("间趟 # 走一趟")
    assert figure("290 间趟", units=table).quantity == Quantity(290, table.get("间趟"))


@pytest.mark.parametrize(
    ("text", "unit", "number", "stated"),
    [
        ("5.8万", "万元", "5.8", "万元"),
        ("5.8", "万元", "5.8", "万元"),
        ("5.8万元", "万元", "5.8", "万元"),
        ("58000元", "万元", "58000", "元"),
        ("5.8万", "元", "5.8", "万元"),
        ("95", "%", "95", "%"),
        ("95", "百分比", "95", "%"),
        ("≥95%", "%", "95", "%"),
        ("3", "月", "3", "月"),
    ],
)
def test_the_unit_of_the_column(text: str, unit: str, number: str, stated: str) -> None:
    """A bare number is in the column's unit; one with its own unit keeps it."""
    assert figure(text, unit=unit).quantity == Quantity(number, stated)


def test_ranges_in_a_column() -> None:
    """Both ends take the column's unit."""
    assert figure("18-54", unit="周岁").value == Range(Quantity(18, "周岁"), Quantity(54, "周岁"))


@pytest.mark.parametrize(
    ("text", "unit", "code"), [("5人", "万元", "unit-against-column"), ("5.8万", "亿元", "scale-against-column")]
)
def test_a_unit_against_the_column(text: str, unit: str, code: str) -> None:
    """Another kind, or a scale that could mean two things, is refused."""
    with pytest.raises(NotationError) as caught:
        figure(text, unit=unit)
    assert caught.value.code == code


def test_numbers_are_taken_and_floats_are_not() -> None:
    """Whole numbers, Decimals and quantities are figures too."""
    from decimal import Decimal

    assert figure(165, unit="次").quantity == Quantity(165, "次")
    assert figure(Decimal("94.960"), unit="%").step == Fraction(1, 100_000)
    assert figure(Quantity(3, "万元")).quantity == Quantity(3, "万元")
    with pytest.raises(NotationError, match="浮点数"):
        figure(94.96)


def test_reading_twice_keeps_places_apart() -> None:
    """The same text at two places is two figures, equal but for where they stand."""
    one, other = (figure("100%", place=Place(cell=cell)) for cell in ("C5", "C6"))
    assert one == other
    assert (one.place.cell, other.place.cell) == ("C5", "C6")
    assert figure("100%").place is None


@given(
    st.integers(0, 10**12),
    st.integers(0, 6),
    st.sampled_from(["", "万元", "亿元", "%", "人次", "平方米"]),
    st.booleans(),
)
def test_digits_as_written_survive(n: int, places: int, unit: str, wide: bool) -> None:
    """The digits, their width and their count come back: value, last digit, text."""
    digits = f"{n:0{places + 1}d}"
    number = digits[: len(digits) - places] + ("." + digits[len(digits) - places :] if places else "")
    text = (number.translate(str.maketrans("0123456789", "０１２３４５６７８９")) if wide else number) + unit
    read = figure(text)
    assert read.text == text
    assert read.quantity.number == Fraction(n, 10**places)
    assert read.step == Fraction(1, 10**places) * base_units().get(unit).factor


@given(st.integers(0, 10**15))
def test_separators_change_nothing(n: int) -> None:
    """A grouped number is the number."""
    assert figure(f"{n:,}元").quantity == Quantity(n, "元")


SIGNS_OF_CELLS = "0123456789０１,，.．%％万亿元人次年月日季度第前全区≥≤><=~～-—至到/·*约近余多以上下左右 "
CELL = st.text(st.sampled_from(SIGNS_OF_CELLS + "一二十百千零两点增长同比截()（）〔〕号"), max_size=16)


@given(CELL | st.text(max_size=30), st.booleans(), st.sampled_from([None, "万元", "%", "月"]))
def test_any_text_is_a_figure_or_an_error_of_ours(text: str, strict: bool, unit: str | None) -> None:
    """Fuzzed cells give a Figure with the text as it was, or our own error with a code and a place."""
    try:
        read = figure(text, strict=strict, unit=unit, place=Place(cell="A1"))
    except PerfevalError as error:
        refused = error
    else:
        assert isinstance(read, Figure)
        assert read.text == re.sub("[\u00ad\u061c\u180e\u200b-\u200f\u202a\u202c\u2060\ufeff]", "", text)
        return
    assert refused.code
    assert refused.place is not None
    assert refused.place.cell == "A1"


@pytest.mark.parametrize("text", ["二五个", "五四人", "三三次"])
def test_two_digits_that_are_no_neighbours_are_no_estimate(text: str) -> None:
    """三四周 is an estimate because 3 and 4 are neighbours; other pairs are never a range or number."""
    assert figure(text, strict=False).value == Word(text)


def long_way(text: str) -> object:
    """What the general reader makes of *text*: its figure, or the codes of its problems."""
    try:
        return _Cell(text, base_units(), strict=True, timed=False).read()
    except NotationError as error:
        return [each.code for each in error.problems]


@given(
    st.sampled_from(["", "≥", "<=", "近", "约", "超"]),
    st.from_regex(r"[0-9]{1,6}(,[0-9]{3})?(\.[0-9]{1,4})?", fullmatch=True) | st.sampled_from(["十二", "两百", "五"]),
    st.sampled_from(["", "余", "多"]),
    st.sampled_from(["", "元", "万元", "亿元", "%", "人次", "次", "万人次", "元/人"]),
)
def test_usual_amounts(head: str, number: str, more: str, unit: str) -> None:
    """A usual amount is read at once as the general reader reads it."""
    text = head + number + more + unit
    found = _usual(text, base_units())
    if found is not None:
        assert found == long_way(text)


@pytest.mark.parametrize("text", ["16898.11万元", "近30万元", "3000余人", "≥95%", "165次", "1,392人"])
def test_usual_cells_are_read_at_once(text: str) -> None:
    """The short way takes what it is there for; otherwise the property above would say nothing."""
    figure(text)  # units are known once met
    assert _usual(text, base_units()) is not None


@pytest.mark.parametrize(
    "text", ["2021年0月", "2021年00月5日", "2021年1月至0月", "2021-0-5", "2021年13月", "2021年2月29日"]
)
def test_no_day_of_the_calendar(text: str) -> None:
    """Month 0 is no month: it is refused as the thirteenth is, not read as the whole year."""
    with pytest.raises(NotationError) as raised:
        figure(text)
    assert raised.value.code == "bad-date"
