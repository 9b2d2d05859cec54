"""What is written reads back as an equal record, in both formats and under both kinds of key."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import making
import pytest
from hypothesis import given, settings, strategies as st

import perfeval
from perfeval.conversion.dumping import dump
from perfeval.documents.grid import amount
from perfeval.errors import InputError
from perfeval.model.case import (
    Budget,
    BudgetLine,
    Case,
    Issue,
    Item,
    Mechanism,
    Office,
    Profile,
    Project,
    Review,
    Row,
    Section,
    Waiver,
)
from perfeval.model.category import Category
from perfeval.model.framework import (
    Adjustment,
    Agreement,
    Basis,
    Datum,
    Dimension,
    Framework,
    Grade,
    Indicator,
    Rounding,
)
from perfeval.model.target import Between, By, Elements, Judged, TopRank, YesNo
from perfeval.quantities.dates import Day
from perfeval.quantities.quantity import Quantity
from perfeval.reading.case import read, read_category, read_framework
from perfeval.strategies.strategy import Parameter, Strategy

ROOT = Path(perfeval.__file__).parent
WAYS = [("yaml", False), ("yaml", True), ("json", False), ("json", True)]
SHIPPED = sorted(each for each in (ROOT / "categories").rglob("*.yaml") if each.parent.name != "monitoring")
"""Categories and frameworks; rules of monitoring are only read."""


@pytest.mark.parametrize(("form", "terms"), WAYS)
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: "/".join(path.parts[-3:]))
def test_shipped_files_come_back(path: Path, form: str, terms: bool) -> None:
    """Every framework and category of the library survives the way out and in."""
    load: Any = read_framework if path.parent.name == "frameworks" else read_category
    record = load(path)
    assert load(dump(record, form=form, terms=terms)) == record


TEXT = st.text(alphabet="甲乙ab1 :：#-,，\"'“”{}[]\n>|*&!%@.≥\\/", min_size=1, max_size=8).filter(
    lambda text: text.strip() != ""
)
NAME = st.text(alphabet="甲乙丙丁abc", min_size=1, max_size=4)
MONEY = st.sampled_from(["16898.11 万元", "16,898.11万元", "近30万元", "１６元", "0.00", "—", "3 亿元"])
POINTS = st.sampled_from(["10", "10分", "9.5 分", "0", "≥9分"])
ACTUAL = st.sampled_from(
    ["165 次", "≥95%", "全区第6", "2021年10月31日", "是", "显著提升", "3000余人", "同比增长 6.2%", "4.58万人次"]
)
TARGET = st.sampled_from(
    ["≥160 次", "90 %", "≤5 天", "12～17 岁", "2021年底", "第3", "否", "合规", "要素：制度、台账", "=230 亩"]
)
MAYBE = st.none


HIDDEN = st.sampled_from([amount("10.0次", "9.996次", "", ""), amount("88.9%", "88.88%", "", "")])
"""What a cell shows with fewer digits than it stores."""
ROWS = st.builds(
    Row, NAME, POINTS | MAYBE(), TARGET | MAYBE(), ACTUAL | MAYBE() | HIDDEN, POINTS | MAYBE(), reason=st.just("") | TEXT,
    forecast=ACTUAL | MAYBE() | HIDDEN, likely=st.sampled_from(["", "确定能"]),
    evidence=st.lists(TEXT, max_size=2), judged=st.lists(POINTS, max_size=2), reviewed=POINTS | MAYBE(),
    strategy=st.sampled_from([None, "正向", {"递减按比例": {"每": "1 %", "扣": "0.5 分"}}, {"分档": {"≥100 %": "20 分", "其余": "0 分"}}]),
)  # fmt: skip
BUDGETS = st.builds(
    Budget, MONEY | MAYBE(), whole_year=MONEY | MAYBE(), spent=MONEY | MAYBE(), rate=st.sampled_from([None, "94.96%", "100"]),
    base=st.sampled_from(["", "全年预算数"]), monthly=st.lists(MONEY, max_size=2),
    lines=st.lists(st.builds(BudgetLine, NAME, spent=MONEY, forecast=MONEY | MAYBE()), max_size=2),
    until=st.sampled_from([None, 7]), forecast=MONEY | MAYBE(),
)  # fmt: skip
ITEMS = st.recursive(
    st.builds(Item, NAME, st.lists(ACTUAL, max_size=2)),
    lambda below: st.builds(
        Item, NAME, st.lists(ACTUAL, max_size=1), st.lists(below, max_size=2, unique_by=lambda item: item.name),
        st.sampled_from([None, "2021年前三季度"]), st.sampled_from([None, "2021年10月31日"]), note=st.just("") | TEXT,
    ),
    max_leaves=4,
)  # fmt: skip
FORMULAS = st.sampled_from(["全年执行数 ÷ 全年预算数", "若 完成值 ≥ 指标值 则 分值；否则 0分", "取小（甲，3 万元）"])
BASES = MAYBE() | st.builds(Basis, TEXT, st.booleans())
INDICATORS = st.builds(
    Indicator, NAME, POINTS.filter(lambda text: "≥" not in text) | MAYBE(), TARGET | MAYBE(), actual=FORMULAS | MAYBE(),
    core=st.booleans(), basis=BASES, nature=st.just("") | TEXT, strategy=st.sampled_from([None, "正向", {"分档": {"其余": "0 分"}}]),
)  # fmt: skip
DIMENSIONS = st.builds(
    Dimension, NAME, st.sampled_from([None, "40"]), st.lists(INDICATORS, min_size=1, max_size=2), open=st.booleans()
)
THEN = st.sampled_from(
    [Adjustment("封顶", {"条件": "预算执行率 < 80 %", "至多": "89 分"}), Adjustment("达线门槛", {"条件": "甲 > 3"})]
)
OWN = Strategy(
    "逐宗扣", "分值 - 完成值 × 比例", (Parameter("比例", "每项分", default="2 分/宗"),), basis=Basis("某办法", True)
)
FRAMEWORKS = st.builds(
    Framework, NAME, st.lists(INDICATORS | DIMENSIONS, max_size=3), st.sampled_from([None, "100"]), st.booleans(), basis=BASES,
    year=st.sampled_from([None, 2021]), rounding=st.sampled_from([Rounding(), Rounding(1, "舍去"), Rounding(2, rate_digits=0)]),
    grades=st.sampled_from([(), (Grade("优", 90), Grade("差", 0))]), then=st.lists(THEN, max_size=2),
    data=st.lists(st.builds(Datum, NAME, st.sampled_from(["次", "万元", "日期"]), note=st.just("") | TEXT), max_size=2, unique_by=lambda d: d.name),
    defaults=st.sampled_from([(), {"≥": "正向", "≤": "反向比例"}]), strategies=st.sampled_from([(), (OWN,)]), note=st.just("") | TEXT,
    agreements=st.lists(st.builds(Agreement, st.just("甲 = 乙 + 丙"), severity=st.sampled_from(["错误", "疑点"]), basis=BASES), max_size=1),
)  # fmt: skip
CASES = st.builds(
    Case, TEXT, st.sampled_from([None, 2021]), title=st.just("") | TEXT, budget=MAYBE() | BUDGETS, rows=st.lists(ROWS, max_size=3),
    profile=MAYBE() | st.builds(Profile, st.lists(TEXT, max_size=2), st.lists(st.builds(Office, NAME, st.just("") | NAME), max_size=2)),
    mechanism=MAYBE() | st.builds(Mechanism, TEXT, TEXT), data=st.lists(ITEMS, max_size=3, unique_by=lambda item: item.name),
    projects=st.lists(st.builds(Project, NAME, MAYBE() | BUDGETS, rows=st.lists(ROWS, max_size=1), goals=TEXT), max_size=2),
    problems=st.lists(st.builds(Issue, TEXT, st.lists(NAME, max_size=2), measure=st.just("") | TEXT), max_size=2),
    sections=st.lists(st.builds(Section, NAME, TEXT), max_size=1), waivers=st.lists(st.builds(Waiver, NAME, TEXT), max_size=1),
    reviewed=MAYBE() | st.builds(Review, NAME, st.lists(ROWS, max_size=1)), measures=st.lists(TEXT, max_size=2),
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(CASES, st.sampled_from(WAYS))
def test_any_case_comes_back(case: Case, way: tuple[str, bool]) -> None:
    """What comes back is equal to what went in."""
    assert read(dump(case, form=way[0], terms=way[1])) == case


@settings(max_examples=80, deadline=None)
@given(FRAMEWORKS, st.sampled_from(WAYS))
def test_any_framework_comes_back(framework: Framework, way: tuple[str, bool]) -> None:
    """The tree with all its rules is equal after the way out and in (whether it holds together is asked later)."""
    from perfeval.conversion import converter
    from perfeval.reading import sources

    (document,) = sources.documents(dump(framework, form=way[0], terms=way[1]))
    assert converter.framework(document.fields) == framework


def test_a_case_carries_its_framework_and_categories() -> None:
    """The file needs nothing installed: framework within, categories as documents beside."""
    category = Category("market", "农贸市场监管", units={"间点次": "检查一间场所一次"}, data=[("检查", "间点次")])
    framework = Framework("示例", [Indicator("检查量", 10, "≥3 次", actual="检查次数")], data=[("检查次数", "次")])
    case = Case("某街道", 2021, framework, categories=[category])
    assert read(dump(case), allow_categories=()) == case
    assert read(dump(case, form="json"), allow_categories=()) == case


def test_what_no_file_holds() -> None:
    """A check written in Python is refused rather than dropped."""
    with pytest.raises(InputError, match="审核规则"):
        dump(Category("a", "甲", checks=[print]))


@given(TEXT)
def test_texts_are_quoted_where_they_must_be(text: str) -> None:
    """Whatever an office writes comes back as it was."""
    assert read(dump(Case(text))).office == text


def doubtful(sheet: Any) -> None:
    """Two numbers in one cell, digits that a cell hides in points and in a target."""
    sheet["F13"] = "8000亩8535.5亩"
    sheet["G14"], sheet["G14"].number_format = 9.996, "0.0"
    sheet["E16"], sheet["E16"].number_format = 0.95123, "0.0%"


@pytest.mark.parametrize(("form", "terms"), WAYS)
def test_what_was_found_in_a_workbook_comes_along(form: str, terms: bool) -> None:
    """Remarks, and digits that a cell stores without showing them, survive the way out and in: the same findings."""
    case = read(making.national(doubtful))
    assert {each.kind for each in case.remarks} == {"unread", "digits", "note"}
    back = read(dump(case, form=form, terms=terms))
    assert back == case
    assert [(each, each.place) for each in back.remarks] == [(each, each.place) for each in case.remarks]
    first, second = perfeval.evaluate(case), perfeval.evaluate(back)
    assert [each.sentence() for each in second.findings] == [each.sentence() for each in first.findings]
    assert second.score.low == first.score.low


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": "a", "template": "{x.__class__}", "values": {"x": "1"}},
        {"code": "a", "template": "{", "values": {}},
        {"code": "a", "template": "甲", "kind": "其他"},
        {"code": "a", "template": "甲", "more": "1"},
        {"template": "甲"},
    ],
)
def test_a_remark_that_nobody_wrote(wrong: Any) -> None:
    """A remark of another shape is refused with its line, and its placeholders reach nothing but texts."""
    data = {"perfeval": "case/1", "office": "某单位（示例数据）", "year": "2025", "remarks": [wrong]}
    with pytest.raises(InputError) as caught:
        read(json.dumps(data, ensure_ascii=False).encode())
    assert caught.value.code == "remark-unread"


def test_remarks_of_several_sources() -> None:
    """Read together, two sources keep the remarks of both, each once."""
    case = read(making.national(doubtful))
    both = read(making.national(doubtful), dump(case))
    assert both.remarks == case.remarks


@pytest.mark.parametrize(("form", "terms"), WAYS)
@pytest.mark.parametrize(
    "target",
    [
        Between(Quantity(12, "天"), Quantity(15, "天")),
        By(Day(year=2021, month=10, day=31)),
        TopRank(6, "全市"),
        Elements(("方案", "台账", "总结")),
        YesNo(True),
        Judged("显著提升"),
    ],
)
def test_targets_made_in_python_come_back(target: Any, form: str, terms: bool) -> None:
    """A target that no cell has written is written as a clerk would, and means the same when it is read."""
    case = Case("示例", 2021, rows=(Row("产出指标/巡查", target=target),))
    (row,) = read(dump(case, form=form, terms=terms)).rows
    assert type(row.target) is type(target)
    for name in ("low", "high", "rank", "of", "names", "expected"):
        assert getattr(row.target, name, None) == getattr(target, name, None)
    if isinstance(target, By):
        assert row.target.day == target.day


def test_arguments_of_every_kind_come_back() -> None:
    """Numbers, texts, rows and nested arguments of a strategy are read as they were written."""
    framework = Framework(
        "示例",
        [
            Indicator("巡查", 40, "≥100次", strategy=("递减按比例", (("每", "1 %"), ("扣", "0.5 分")))),
            Indicator(
                "清查", 30, "≥10次", strategy=("分档", (("≥ 10次", "30 分"), ("≥ 8次", "20 分"), ("其余", "0 分")))
            ),
            Indicator("调查", 30, "≥90%", then=["超额扣分"]),
        ],
        strategies=[Strategy("各半", "分值 × 半", [Parameter("半", "率", default="50 %", note="一半")], note="示例")],
    )
    for form, terms in WAYS:
        again = read_framework(dump(framework, form=form, terms=terms))
        assert again == framework


def test_what_is_written_in_python_cannot_go_into_a_file() -> None:
    """A strategy that is a program is named: no file can hold it."""
    own = Strategy("程序", make=lambda rows: "分值")
    with pytest.raises(InputError) as caught:
        dump(Framework("示例", [Indicator("巡查", 100, "≥1次")], strategies=[own]))
    assert "程序" in str(caught.value)
