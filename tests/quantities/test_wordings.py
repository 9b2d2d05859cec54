"""写法: one value in the words that offices put around it, in cells (示例数据)."""

from __future__ import annotations

import pytest

import perfeval as pe
from perfeval.quantities.mentions import mentions
from perfeval.quantities.notation import figure

SAME = [
    ("每月4次", "4次/月"),
    ("每日2次", "2次/日"),
    ("每年1次", "1次/年"),
    ("每周不少于2次", "≥2次/周"),
    ("每季度至少3场", "≥3场/季度"),
    ("1亿5000万元", "15000万元"),
    ("2万5千户", "25000户"),
    ("8万7千3百人", "87300人"),
    ("123元1角1分", "123.11元"),
    ("128元4角", "128.4元"),
    ("≤6万元/辆.年", "≤6万元/辆·年"),
    ("30元/人.年", "30元/人·年"),
    ("100%覆盖", "100%"),
    ("100%公示到村", "100%"),
    ("757万平方米养护全覆盖", "757万平方米"),
    ("14所学校", "14所"),
    ("3小时内办结", "≤3小时"),
    ("95%以上群众满意", "≥95%"),
    ("86KM", "86公里"),
    ("1小时30分钟", "90分钟"),
    ("不超过2小时15分", "≤135分钟"),
    ("80M", "80米"),
]


@pytest.mark.parametrize(("written", "plain"), SAME)
def test_a_wording_means_its_plain_form(written: str, plain: str) -> None:
    """Value and sign are those of the plain form; the text stays as it was written."""
    read, wanted = figure(written, strict=False), figure(plain)
    assert (read.quantity, read.sign, read.text) == (wanted.quantity, wanted.sign, written)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("完成时间为2022年12月30日", (2022, 12, 30)),
        ("8月底前完工", (None, 8, None)),
        ("2021年12月30日前完成", (2021, 12, 30)),
        ("于2023年6月全部发放到位", (2023, 6, None)),
        ("12/31/2021", (2021, 12, 31)),
        ("31/12/2021", (2021, 12, 31)),
    ],
)
def test_a_day_among_words(written: str, day: tuple[int | None, int, int | None]) -> None:
    """A day is read where nothing but its own words stand around it."""
    read = figure(written, strict=False).value
    assert (read.year, read.month, read.day) == day  # type: ignore[union-attr]


@pytest.mark.parametrize("written", ["05/06/2021", "1:30", "3次4次", "1次性投入10万元", "5G基站20个", "98.5%（优秀）"])
def test_what_may_be_two_things_is_refused(written: str) -> None:
    """Day or month first, minutes or hours, two numbers, a number of a name: nothing is guessed."""
    with pytest.raises(pe.NotationError):
        figure(written, strict=False)


@pytest.mark.parametrize(
    ("written", "unit"),
    [("12间趟", "间趟"), ("10箱", "箱"), ("10元一斤", "元一斤"), ("1年期", "年期"), ("5河段次", "河段次")],
)
def test_a_measure_word_of_ones_own_stays_whole(written: str, unit: str) -> None:
    """What may be a measure word of a category is not cut at a unit that it begins with."""
    read = figure(written, strict=False).quantity
    assert read is not None
    assert read.unit.symbol == unit


def test_round_the_clock_is_no_amount() -> None:
    """7×24小时 is a word: 24 hours do not fall short of 168."""
    assert figure("7×24小时").quantity is None
    assert getattr(figure("7×24小时").value, "text", "") == "7×24小时"


def test_a_scale_without_its_unit_is_kept_as_it_is() -> None:
    """58万/月: of what, nobody says; more and less of it can be told all the same."""
    more, less = figure("620万/月", strict=False).quantity, figure("600万/月", strict=False).quantity
    assert more is not None
    assert less is not None
    assert less < more
    assert pe.text(less) == "600万/月"


def test_quantities_of_a_running_text() -> None:
    """Each quantity with its clause; dates, documents' numbers and names of roads are none."""
    text = "修补路面12460平方米，更换井盖138个，合格率99.2%。2024年11月18日按财预〔2020〕10号文完成105国道。出动2.3万余人次"
    found = [(each.text, str(each.quantity), each.clause.strip()) for each in mentions(text)]
    assert found == [
        ("12460平方米", "12460平方米", "修补路面"),
        ("138个", "138个", "更换井盖"),
        ("99.2%", "99.2%", "合格率"),
        ("2.3万余人次", "2.3万人次", "出动"),
    ]
    assert all(text[each.start : each.end] == each.text for each in mentions(text))
