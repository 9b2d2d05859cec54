"""The spreadsheet reading, by what LibreOffice calculates: every strategy, with ties made on purpose."""

from __future__ import annotations

import io
import random
import re
from collections import Counter
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from recalculating import recalculated

from perfeval.errors import Problem
from perfeval.formulas.build import names
from perfeval.formulas.exact import round_pair, value
from perfeval.formulas.parser import parse
from perfeval.formulas.spreadsheet import Held, live
from perfeval.quantities.quantity import Quantity
from perfeval.strategies.built_in import BUILT_IN

xlsxwriter = pytest.importorskip("xlsxwriter")

ALLOWED = {
    "IF", "IFERROR", "COUNT", "AND", "OR", "NOT", "EXACT", "ABS", "ROUND", "ROUNDUP", "ROUNDDOWN",
    "MIN", "MAX", "SUM", "NA", "ISNUMBER", "TRUE", "FALSE",
}  # fmt: skip
"""Functions that Excel 2007, WPS and LibreOffice all have."""

RATE, COUNT = "%", "次"
ROWS: dict[str, Any] = {
    "达线比例": {"线": "30 %"}, "达线满分": {}, "限内满分": {}, "按数累加": {"每项": "1.5 分/次"},
    "区间满分": {"下限": "10 次", "上限": "20 次"},
    "分档": {"≥ 90 %": "满分", "≥ 60 %": "分值 × 完成值 ÷ 90 %", "其余": "0分"},
    "插值": {"60 %": "0分", "95 %": "7 分", "100 %": "9.5 分"},
    "区间分档": {"±10 %": "5分", "±15 %": "3.125分", "其余": "0分"},
    "要素计数": {"完成值": "1.5 分/次"}, "缺项扣分": {"完成值": "0.5 分/次"},
    "专家平均": ["7.5 分", "8 分", "9.99 分"], "专家平均去最高最低": ["7.5 分", "8 分", "7.01 分", "7.8 分", "6.5 分"],
    "封顶": {"条件": "完成值 < 80 %", "至多": "8.9 分"}, "一票否决": {"条件": "完成值 < 60 %"},
    "达线门槛": {"条件": "完成值 ≥ 60 %"}, "执行率分段封顶": {"执行率": "完成值"},
    "加分": {"加": "完成值 × 3 分", "至多": "2 分"}, "扣分": {"扣": "完成值 × 3 分", "至多": "2 分"},
    "复核折扣": {"低几档": "低几档"}, "不适用折算": {"不适用分值": "3 分"}, "不适用满分": {"不适用分值": "3 分"},
    "分段封顶": {"依据": "完成值", "< 60 %": "5 分", "< 80 %": "8 分"},
    "执行率": {"执行数": "完成值", "预算数": "指标值"}, "满意率": {"满意": "完成值", "有效问卷": "指标值"},
    "满意率五级": {"很满意": "完成值", "满意": "指标值", "一般": "3 次", "不满意": "2 次", "很不满意": "1 次"},
    "满意度比例按达标线": {"及格线": "30 %"}, "满意度比例按百分": {"及格线": "30 %"}, "达线起算": {"线": "30 %"},
}  # fmt: skip
"""Arguments with which each strategy is bound; a step rule gets its step."""
NO_TIES = {"满意率五级"}
"""Rules that come to half a hundredth too seldom to be met by trying: it gives a rate, which another rule scores."""
IN_COUNTS = ("区间满分", "按数累加", "要素计数", "缺项扣分", "满意率", "满意率五级", "区间递减")


def _bound() -> list[tuple[str, Any, str]]:
    made = []
    for own in BUILT_IN:
        strategy = BUILT_IN[own]
        if strategy.kind in ("评定", "条件"):
            continue  # a judge's band and a requirement are no number
        unit = COUNT if own.startswith(IN_COUNTS) else RATE
        arguments = ROWS.get(own, {})
        if "递减" in own and own != "反向递减":
            arguments = {"每": "1 百分点" if unit == RATE else "3 次", "扣": "0.35 分"}
            if own.startswith("区间"):
                arguments |= {"下限": "10 次", "上限": "20 次"}
        kind = Quantity(1, unit).unit
        made.append((own, strategy.bind(arguments, unit=kind), unit))
    return made


def _number(rng: random.Random, unit: str) -> Fraction:
    """A number as a cell of a rate or a count holds it; nought and negative ones occur."""
    if unit == RATE:
        return Fraction(rng.choice((rng.randint(0, 13000), 9500, 9000, 6000, 5000, 0, -500)), 10000)
    return Fraction(rng.choice((rng.randint(0, 2400), 1600, 1000, 2000, 0, -300)), 100)


def _tie(rng: random.Random, of: Any, unit: str) -> tuple[Fraction, Fraction, Fraction] | None:
    """分值, 指标值 and 完成值 whose points end in exactly half a hundredth, by trying numbers that divide well."""
    for _ in range(400):
        points = Fraction(rng.randint(1, 600), rng.choice((2, 10, 100, 200)))
        scale = 10000 if unit == RATE else 100
        aim = Fraction(rng.choice((8000, 6400, 3200, 9600, 5000, 4000, 1250, 160, 250)), scale)
        actual = aim if rng.randrange(8) == 0 else Fraction(rng.randint(1, int(aim * scale * 2)), scale)
        found = value(of, _given(of, unit, points, aim, actual))
        if isinstance(found, Quantity) and (found.base * 100).denominator == 2:
            return points, aim, actual
    return None


def _given(of: Any, unit: str, points: Fraction, aim: Fraction, actual: Fraction) -> dict[str, Quantity]:
    worth = {RATE: 100, COUNT: 1}[unit]
    return {
        "分值": Quantity(points, "分"), "指标值": Quantity(aim * worth, unit), "完成值": Quantity(actual * worth, unit),
        "得分": Quantity(points * Fraction(97, 100), "分"), "低几档": Quantity(1),
    }  # fmt: skip


def _sheet(cases: list[tuple[Any, dict[str, Any], dict[str, Held | Quantity | str], str | None]]) -> bytes:
    """One row a case: its cells, then the formula with a cached value that is wrong on purpose."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("表")
    for row, (_, numbers, _, text) in enumerate(cases):
        for column, number in enumerate(numbers.values()):
            if isinstance(number, str):
                sheet.write_string(row, column, number)
            elif number is not None:
                sheet.write_number(row, column, float(number))
        if text is not None:
            sheet.write_formula(row, 9, text, None, 999)
    book.close()
    return out.getvalue()


def _case(row: int, of: Any, unit: str, numbers: tuple[Fraction, Fraction, Fraction]) -> Any:
    points, aim, actual = numbers
    earned = round_pair(*(points * Fraction(97, 100)).as_integer_ratio(), 10**6)
    cells: dict[str, Fraction] = {"分值": points, "指标值": aim, "完成值": actual, "得分": Fraction(earned, 10**6)}
    held: dict[str, Held | Quantity | str] = {
        name: Held(f"{'ABCD'[i]}{row + 1}", now=number) for i, (name, number) in enumerate(cells.items())
    }
    held["低几档"] = Quantity(1)
    given_ = _given(of, unit, points, aim, actual) | {"得分": Quantity(Fraction(earned, 10**6), "分")}
    return of, cells, held, live(of, held), given_


def _expected(of: Any, given_: dict[str, Any]) -> Any:
    found = value(of, given_)
    if isinstance(found, Problem):
        return "无法计分"
    assert isinstance(found, Quantity)
    return round_pair(*found.base.as_integer_ratio(), 100) / 100


@pytest.mark.needs("soffice")
def test_every_strategy_calculates_alike_ties_among_them():
    """Each built-in rule, at random figures and at exact ties, comes in LibreOffice to the exact reading's points."""
    rng = random.Random(20211231)
    cases, ties = [], Counter[str]()
    for own, of, unit in _bound():
        for number in range(30):
            tie = _tie(rng, of, unit) if number % 2 and names(of) else None
            ties[own] += tie is not None
            drawn = Fraction(rng.randint(1, 3000), 100), _number(rng, unit), _number(rng, unit)
            cases.append((own, *_case(len(cases), of, unit, tie or drawn)))
    assert {own for own, of, _ in _bound() if names(of) and ties[own] < 5} <= NO_TIES
    assert sum(ties.values()) > 500
    assert all(text is not None for *_, text, _ in cases)
    found = recalculated(_sheet([each[1:5] for each in cases]))["表"]
    wrong = [
        (own, cells, got, wanted, text)
        for row, (own, of, cells, _, text, given_) in enumerate(cases, 1)
        if (got := found.cell(row, 10).value) != (wanted := _expected(of, given_))
    ]
    assert not wrong, (len(wrong), wrong[:5])


@pytest.mark.needs("soffice")
def test_a_wrong_value_stays_unless_all_is_calculated_anew():
    """The profile of these tests calculates: under the usual one LibreOffice keeps a file's own 999."""
    case = _case(0, parse("分值 × 完成值 ÷ 指标值"), RATE, (Fraction(10), Fraction(1), Fraction(1, 2)))
    data = _sheet([case[:4]])
    assert recalculated(data, always=False)["表"]["J1"].value == 999
    assert recalculated(data)["表"]["J1"].value == 5


@pytest.mark.needs("soffice")
def test_any_formula_calculates_alike(number_formula):
    """Random formulas of every node, over cells that are small, negative, nought or empty."""
    cases = []

    @given(number_formula, st.lists(st.integers(-4000, 4000) | st.just(0) | st.none(), min_size=3, max_size=3))
    @settings(max_examples=250, database=None)
    def collect(of, drawn):
        cells = {name: None if n is None else Fraction(n, 100) for name, n in zip("甲乙丙", drawn, strict=True)}
        row = len(cases) + 1
        held = {name: Held(f"{'ABC'[i]}{row}", now=each) for i, (name, each) in enumerate(cells.items())}
        text = live(of, held)
        if text is not None:
            cases.append((of, cells, held, text))

    collect()
    assert len(cases) > 100
    found = recalculated(_sheet(cases))["表"]
    wrong = []
    for row, (of, cells, _, text) in enumerate(cases, 1):
        wanted = _expected(of, {name: None if n is None else Quantity(n) for name, n in cells.items()})
        got = found.cell(row, 10).value
        if wanted == "无法计分" and got is None:
            got = wanted  # a cell that must be read is empty: nothing is shown
        if got != wanted:
            wrong.append((str(of), cells, got, wanted, text))
    assert not wrong, (len(wrong), wrong[:3])


def test_a_divisor_that_both_sides_share_is_asked_still():
    """3 ÷ -0.2 has no value: neither has the question whether it is equal to itself."""
    of = parse("若 3 ÷ （-0.2） = 3 ÷ （-0.2） 则 0；否则 1")
    assert _expected(of, {}) == "无法计分"
    assert "NA()" in (live(of, {}) or "")


@pytest.mark.needs("soffice")
def test_near_the_limit_ties_and_their_neighbours():
    """Just below the largest whole numbers that are written, a tie, one less and one more round apart."""
    of = parse("甲 ÷ 乙")
    cases, wanted = [], []
    rng = random.Random(5)
    for _ in range(300):
        half = rng.randint(1, 10 ** rng.randint(1, 9))
        tie = (rng.randint(10**10, 10**11 - 1) // half // 2 * 2 + 1) * half  # ÷ 2 half = k + ½ hundredths
        for number in (tie - 1, tie, tie + 1):
            row = len(cases) + 1
            cells = {"甲": Fraction(number), "乙": Fraction(200 * half)}
            held = {name: Held(f"{'AB'[i]}{row}", now=each) for i, (name, each) in enumerate(cells.items())}
            text = live(of, held)
            if text is None:
                continue
            cases.append((of, cells, held, text))
            wanted.append(round_pair(number, 200 * half, 100) / 100)
    assert sum(cells["甲"] > 10**10 for _, cells, *_ in cases) > 500
    found = recalculated(_sheet(cases))["表"]
    assert [found.cell(row, 10).value for row in range(1, len(cases) + 1)] == wanted


def test_beyond_the_magnitude_there_is_no_formula():
    """Whole numbers that a double cannot round for sure are not written: the caller keeps the value."""
    of = parse("分值 × 完成值 ÷ 指标值")
    points = Held("A1", digits=2, now=Fraction(10))
    small = {
        "分值": points,
        "完成值": Held("B1", now=Fraction("16045.66")),
        "指标值": Held("C1", now=Fraction("16898.11")),
    }
    large = {**small, "完成值": Held("B1", now=Fraction("16045.661234567"))}
    assert live(of, small) is not None
    assert live(of, large) is None


def test_the_digits_that_a_cell_may_have_are_said():
    """The formula holds for two decimals and two digits more than there are now, and says so beyond."""
    text = live(parse("完成值 × 1 分/次"), {"完成值": Held("F7", now=Fraction("12.5"))})
    assert (
        text == '=IF(COUNT(F7)<1,"",IF(AND(ABS(F7)<10000,ROUND(F7,3)=F7),ROUND(ROUND(F7*1000,0)/10,0)/100,"位数过多"))'
    )


@pytest.mark.needs("soffice")
def test_what_the_cells_say():
    """Words are compared exactly; empty leaves it empty; a changed target, a nought below, a finer number say so."""
    yes = parse("若 完成值 = 指标值 则 分值；否则 0分")
    words = {"分值": Held("B1", digits=2, now=Fraction(5)), "指标值": "是", "完成值": Held("A1", None)}
    share = parse("分值 × 全年执行数 ÷ 全年预算数")
    money = {
        "分值": Quantity(10, "分"),
        "全年执行数": Held("A1", Fraction(10000), now=Fraction(9)),
        "全年预算数": Held("B1", Fraction(10000), now=Fraction(10)),
    }
    rows: list[tuple[Any, dict[str, Any], Any]] = [
        (yes, {"甲": "是", "乙": 5}, words), (yes, {"甲": "否", "乙": 5}, words), (yes, {"甲": None, "乙": 5}, words),
        (share, {"甲": 9, "乙": 10}, money), (share, {"甲": 0, "乙": 0}, money), (share, {"甲": None, "乙": 10}, money),
        (share, {"甲": 0.1234567, "乙": 10}, money), (share, {"甲": 9, "乙": 10, "丙": "≥90%"}, money),
        (share, {"甲": 9, "乙": 10, "丙": "≥80%"}, money),
    ]  # fmt: skip
    cases = []
    for row, (of, cells, held) in enumerate(rows, 1):
        moved = {
            name: Held(each.cell[0] + str(row), each.worth, each.now, each.digits) if isinstance(each, Held) else each
            for name, each in held.items()
        }
        cases.append((of, cells, moved, live(of, moved, unchanged=[(f"C{row}", "≥90%")] if "丙" in cells else ())))
    found = recalculated(_sheet(cases))["表"]
    got = [found.cell(row, 10).value for row in range(1, len(rows) + 1)]
    assert got == [5, 0, None, 9, "无法计分", None, "位数过多", 9, "指标值已改"]


@given(st.data())
@settings(max_examples=60)
def test_only_functions_that_every_program_has(number_formula, data):
    """No formula names a function that Excel, WPS and LibreOffice do not share."""
    text = live(
        data.draw(number_formula), {name: Held(f"{cell}1", now=Fraction(7)) for name, cell in zip("甲乙丙", "ABC")}
    )
    assert set(re.findall(r"[A-Z]{2,}(?=\()", text or "")) <= ALLOWED


def test_days_stand_beside_the_calendar_of_the_sheet():
    """A date in a cell is a serial number; the formula counts on from the library's own days."""
    text = live(
        parse("若 完成值 ≤ 指标值 则 分值；否则 0分"),
        {
            "分值": Quantity(4, "分"),
            "指标值": Quantity(738155, "天"),
            "完成值": Held("F7", Fraction(1), Fraction(44550), 0, ahead=693594),
        },
    )
    assert text is not None
    assert "(ROUND(F7,0)+693594)<=738155" in text


def test_a_formula_that_cannot_be_spelt_is_left_out():
    """A word where a number must be, or a text too long for a formula, gives no live cell."""
    assert live(parse("完成值 × 1 分"), {"完成值": "达成年度指标"}) is None
    long = "长" * 300
    assert live(parse(f"若 完成值 = “{long}” 则 1分；否则 0分"), {"完成值": Held("A1", None)}) is None


@pytest.mark.needs("soffice")
@pytest.mark.parametrize(
    "text", ["甲 ÷ 0 × 0", "0 × （甲 ÷ 0）", "0 ÷ 0 × （0 × 0）", "0 × （若 甲 > 0 则 1 ÷ 0；否则 1 ÷ 0）"]
)
def test_nought_times_no_answer_has_none(text):
    """A factor of 0 does not hide a division by 0 on the path taken: 无法计分, as in the exact reading."""
    of, cells = parse(text), {"甲": Fraction(1)}
    held = {"甲": Held("A1", now=Fraction(1))}
    found = recalculated(_sheet([(of, cells, held, live(of, held))]))["表"]
    assert found.cell(1, 10).value == "无法计分"
