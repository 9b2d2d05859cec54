"""Units: values, products, tables, and the lines that define them."""

import pickle
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

import perfeval as pe
from perfeval.errors import UnitError
from perfeval.quantities.unit import BARE, PERCENT, RATIO, Unit, measure
from perfeval.quantities.units import base_units

UNITS = base_units()

EVERY_UNIT = (
    "元 万元 亿元 元/人 元/月 元/亩 人 名 例 人次 户 户次 家 家次 间次 栋次 次 批次 场 期 宗 件 条 处 起 个 座 段 项 支 篇 册 册次 "
    "剂 剂次 份 套 台 辆 粒 批 轮 票 张 块 株 头 只 班 讲 平方米 平方 ㎡ m² m<sup>2</sup> 万平方米 亩 公顷 平方公里 米 公里 立方米 "
    "公斤 吨 万吨 天 日 小时 个月 年 % ‰ 百分点 个百分点 倍 元/人*月 元/人·月 元/人、天 万人次 TB 微克/立方米 分/宗 元/平方米"
).split()


@pytest.mark.parametrize("symbol", EVERY_UNIT)
def test_every_unit_of_real_reports_is_known(symbol: str) -> None:
    """Each unit that published reports use is in the built-in table."""
    assert symbol in UNITS


@pytest.mark.parametrize("name", [name for name in UNITS.names if name not in ("", "万", "亿", "倍")])
def test_every_line_says_what_it_counts(name: str) -> None:
    """No unit of the built-in table is left without a word on what one of it is."""
    assert UNITS.describe(name)


@pytest.mark.parametrize(
    ("one", "factor", "other"),
    [
        ("万元", 10_000, "元"),
        ("亿元", 10_000, "万元"),
        ("公顷", 15, "亩"),
        ("平方公里", 1_000_000, "平方米"),
        ("平方公里", 100, "公顷"),
        ("公里", 1000, "米"),
        ("吨", 1000, "公斤"),
        ("万人次", 10_000, "人次"),
        ("年", 12, "个月"),
        ("天", 24, "小时"),
        ("倍", 100, "%"),
        ("%", 10, "‰"),
    ],
)
def test_factors(one: str, factor: int, other: str) -> None:
    """One of the larger unit is so many of the smaller, by law or definition."""
    assert UNITS.get(one).factor == factor * UNITS.get(other).factor
    assert UNITS.get(one).same_kind(UNITS.get(other))


@pytest.mark.parametrize(
    ("symbol", "factor"),
    [
        ("微克/立方米", Fraction(1, 10**6)),
        ("元/公里", Fraction(1, 1000)),
        ("万元/亩", 10_000 / Fraction(2000, 3)),
        ("元/公里^2", Fraction(1, 10**6)),
        ("元/年", Fraction(1, 12)),
    ],
)
def test_factors_of_compounds(symbol: str, factor: Fraction) -> None:
    """What stands below divides, and powers multiply the factor so often."""
    assert UNITS.get(symbol).factor == factor


@pytest.mark.parametrize(
    ("one", "other"), [("人次", "人"), ("剂次", "剂"), ("%", "百分点"), ("名", "人"), ("元", "分")]
)
def test_measure_words_are_dimensions_of_their_own(one: str, other: str) -> None:
    """What is counted differently is not of one kind."""
    assert not UNITS.get(one).same_kind(UNITS.get(other))


def test_a_bare_number_is_no_rate() -> None:
    """Neither has dimensions, and still they do not belong together."""
    assert BARE.bare
    assert PERCENT.rate
    assert not BARE.same_kind(PERCENT)
    assert UNITS.get("万").bare


@pytest.mark.parametrize("symbol", ["万万元", "万%", "万", "亿万元", "间趟", "元/", "元//人", "/人", " ", "3元"])
def test_a_scale_stands_once_before_a_unit(symbol: str) -> None:
    """万 and 亿 scale an unscaled unit with a dimension; alone they are a bare number's."""
    found = UNITS.find(symbol)
    assert found is None or found.bare


@pytest.mark.parametrize(
    ("left", "how", "right", "expected"),
    [
        ("元/人", "*", "万人", "元"),
        ("分/宗", "*", "宗", "分"),
        ("万元", "*", "%", "万元"),
        ("%", "*", "万元", "万元"),
        ("万元", "/", "元", "倍"),
        ("元", "/", "人", "元/人"),
        ("元/人", "/", "月", "元/人·月"),
        ("米", "*", "米", "平方米"),
        ("%", "/", "%", "倍"),
    ],
)
def test_products_and_quotients(left: str, how: str, right: str, expected: str) -> None:
    """The unit that a product or quotient is stated in."""
    a, b = UNITS.get(left), UNITS.get(right)
    made = a * b if how == "*" else a / b
    assert made.symbol == expected
    assert made.same_kind(UNITS.get(expected))


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("6小时/天", "1/4"),  # a day has 24 hours
        ("3元/万元", "3/10000"),
        ("300公斤/吨", "3/10"),
        ("2元/人·万元", "1/5000"),
        ("5米·公里", "5000"),
    ],
)
def test_like_over_like_of_another_size_keeps_what_it_is_worth(text: str, base: str) -> None:
    """小时/天 is a twenty-fourth, not 倍; it reads back as written, prints in pint and comes back."""
    quantity = pe.figure(text).quantity
    assert quantity is not None
    assert quantity.base == Fraction(base)
    assert pe.figure(str(quantity)).quantity == quantity
    assert pe.Quantity.from_pint(quantity.to_pint()) == quantity
    assert pickle.loads(pickle.dumps(quantity)) == quantity


ATOMS = st.sampled_from([UNITS.get(s) for s in ("元", "万元", "人", "次", "米", "平方米", "天", "分")])


@given(ATOMS, ATOMS, ATOMS)
def test_dimensions_add_up(a: Unit, b: Unit, c: Unit) -> None:
    """Whatever way three units are combined, the dimensions are the same."""
    assert (a * b / c).dims == (a / c * b).dims
    assert (a * b) / b == a or (a * b / b).dims == a.dims
    assert a / a == RATIO


def test_a_unit_is_a_value() -> None:
    """Units of one symbol are equal, hash alike, and survive pickling, whichever table made them."""
    one, other = UNITS.get("元/人·月"), UNITS.with_("间趟 # 走一趟").get("元/人·月")
    assert one == other == pickle.loads(pickle.dumps(one))
    assert len({one, other}) == 1


def test_an_unknown_unit_names_its_like_and_the_line_to_add() -> None:
    """The message gives the nearest names and what would define the unit."""
    with pytest.raises(UnitError) as caught:
        UNITS.get("间趟")
    assert caught.value.code == "unknown-unit"
    assert "间次" in str(caught.value)
    assert "间趟: " in str(caught.value)


@pytest.mark.parametrize(
    "lines",
    ["间趟  # 走一间场所一趟", ["间趟  # 走一间场所一趟"], {"间趟": "走一间场所一趟"}],
    ids=["text", "lines", "mapping"],
)
def test_with_makes_another_table(lines: object) -> None:
    """A category's units are in its own table and in no other."""
    table = UNITS.with_(lines)  # type: ignore[arg-type]
    assert table.describe("间趟") == "走一间场所一趟"
    assert table.get("万间趟").factor == 10_000
    assert "间趟" not in UNITS
    assert pickle.loads(pickle.dumps(table)) == table


def test_a_multiple_may_stand_before_its_base() -> None:
    """The order of lines does not matter: mappings have none that a clerk would think of."""
    table = UNITS.with_({"大箱": "= 12 小瓶", "小瓶": "一瓶"})
    assert table.get("大箱").factor == 12
    assert table.get("大箱").dims == (("小瓶", 1),)


@pytest.mark.parametrize(
    ("line", "factor"),
    [
        ("包 = 12 瓶", 12),
        ("担 = 50 公斤", 50_000),
        ("垄 = 1/3 亩", Fraction(2000, 9)),
        ("折方 = 3 * 立方米 / 2", Fraction(3, 2)),
    ],
)
def test_defining_expressions(line: str, factor: Fraction) -> None:
    """Simple multiples are read here, anything else is answered by pint, exactly."""
    assert UNITS.with_(line).get(line.split(" ")[0]).factor == factor


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("次 = 2 人", "unit-redefined"),
        ("万元 = 3 元", "unit-redefined"),
        ("余 # 约数", "bad-unit-name"),
        ("新 = 3 旧旧", "unknown-unit"),
        ("新 = 9**9**9", "bad-unit-line"),
        ("新 = 0 次", "bad-unit-line"),
        ("新 = ((次", "bad-unit-line"),
        ("新 = 次 / 0", "bad-unit-line"),
        ("新 = __import__('os')", "unknown-unit"),
    ],
)
def test_bad_lines_are_refused(line: str, code: str) -> None:
    """A line that would redefine, or cannot be read, is an error of ours with a code; nothing is run."""
    with pytest.raises(UnitError) as caught:
        UNITS.with_(line)
    assert caught.value.code == code


def test_a_clash_names_both_owners() -> None:
    """Two categories that mean different things by one word are both named."""
    with pytest.raises(UnitError, match=r"甲包 1\.0.*乙包 2\.0"):
        UNITS.with_({"间趟": "一间"}, "甲包 1.0").with_({"间趟": "一趟"}, "乙包 2.0")


def test_the_same_line_twice_is_no_clash() -> None:
    """Two categories may both say what both mean."""
    table = UNITS.with_({"间趟": "一间"}, "甲").with_({"间趟": "一间"}, "乙")
    assert "间趟" in table


@pytest.mark.parametrize("word", ["余", "多", "且", "万", "", "3次", "以上", "a b"])
def test_marks_and_keywords_are_never_measure_words(word: str) -> None:
    """Lenient reading makes no unit of what is not a word that counts."""
    with pytest.raises(UnitError):
        measure(word)


def test_an_unknown_measure_word_is_its_own_dimension() -> None:
    """万 before it scales it as before any other unit."""
    assert measure("万间趟").factor == 10_000
    assert measure("万间趟").same_kind(measure("间趟"))
    assert not measure("间趟").same_kind(UNITS.get("间次"))


@given(st.text(max_size=60))
def test_looking_up_anything_is_safe(symbol: str) -> None:
    """Any text is a unit, or an error of ours."""
    found = UNITS.find(symbol)
    assert found is None or isinstance(found, Unit)
