"""得分表 as rows, plain text and HTML; places as short as they can be said."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

import perfeval as pe
from perfeval.locales.width import width
from perfeval.results.score_table import earned_text, html, lines, plain, where


def evaluated(name: str = "甲", reason: str = "") -> Any:
    """One indicator of 100 points, half done."""
    framework = pe.Framework("示例", [pe.Indicator(name, 100, "≥10次", strategy="正向")])
    return pe.evaluate(pe.Case(framework=framework, rows=[pe.Row(name, actual="5次", earned="100", reason=reason)]))


def test_rows_of_the_tree() -> None:
    """The whole is 总分, each node one deeper, cells as printed."""
    total, row = lines(evaluated())
    assert (total.depth, total.name, total.points, total.earned) == (0, "总分", "100", "50.00")
    assert row == (1, "甲", "100", "≥10次", "5次", "50.00", "100", "", "100分 × 5次 ÷ 10次 = 50分")


def test_plain_columns_are_aligned() -> None:
    """In plain text every column begins at the same place, Chinese counted as two."""
    text = plain(evaluated()).splitlines()
    assert len({width(line[: line.index(cell)]) for line, cell in zip(text, ("分值", "100", "100"), strict=True)}) == 1
    assert str(evaluated()) == "\n".join(text)


class Reader(HTMLParser):
    """Collects tags and text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def read(text: str) -> Reader:
    """What a browser would see."""
    reader = Reader()
    reader.feed(text)
    reader.close()
    return reader


OWN = {"table", "caption", "thead", "tbody", "tr", "th", "td"}


def test_html_has_scores_and_findings() -> None:
    """The tables hold the scores and the findings with code and place."""
    found = read(html(evaluated()))
    assert set(found.tags) == OWN
    assert "100分 × 5次 ÷ 10次 = 50分" in found.text
    assert "short-but-full" in found.text


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("<>&\"'/=甲 x{}"), min_size=1, max_size=20).filter(lambda text: text.strip(" /{}")))
def test_hostile_names_stay_text(name: str) -> None:
    """Whatever an indicator is called, the page has only our own tags."""
    try:
        evaluation = evaluated(name.strip().replace("/", "<"))
    except pe.PerfevalError:
        return  # a name that is refused is never printed
    assert set(read(html(evaluation)).tags) == OWN


def test_html_of_a_script() -> None:
    """A script in a name is shown, not run."""
    found = html(evaluated("<script>alert(1)</script>".replace("/", "")))
    assert "<script" not in found
    assert "&lt;script&gt;" in found


@pytest.mark.parametrize(
    ("places", "said"),
    [
        ([pe.Place(source="/a/b/case.yaml", line=44, column=3)], "case.yaml 第44行"),
        (
            [pe.Place(source="C:\\a\\case.yaml", line=9), pe.Place(source="C:\\a\\case.yaml", line=7)],
            "case.yaml 第7、9行",
        ),
        ([pe.Place(source="a.yaml", line=1), pe.Place(source="b.yaml", line=2)], "a.yaml 第1行；b.yaml 第2行"),
        ([pe.Place(source="台账.xlsx", cell="附件1!C5")], "台账.xlsx 附件1!C5"),
        ([pe.Place(line=3)], "第3行"),
        ([pe.Place(path="rows[0]")], "rows[0]"),
        ([], ""),
    ],
)
def test_places_are_short(places: list[pe.Place], said: str) -> None:
    """A place is the file's name and line or cell; lines of one file stand together."""
    assert where(places) == said


def test_points_that_lie_in_a_band() -> None:
    """A node that people judge shows its band; one of which nothing is known is 未定 or —."""
    framework = pe.Framework(
        "示例",
        [
            pe.Indicator("制度", 50, "健全", strategy="定性三档80/60"),
            pe.Indicator("巡查", 50, "≥10次", strategy="正向"),
        ],
    )
    rows = [pe.Row("制度", actual="达成年度指标"), pe.Row("巡查", actual="10次")]
    evaluation = pe.evaluate(pe.Case(framework=framework, rows=rows))
    assert earned_text(evaluation["制度"]) == "40.00～50.00"
    assert earned_text(evaluation.score) == "90.00～100.00"
    empty = pe.evaluate(pe.Case(framework=framework))
    assert earned_text(empty["巡查"]) == "—"
    assert earned_text(empty.score) == "未定"


def test_points_that_a_veto_leaves_are_one_number() -> None:
    """One part is open (8 to 10 of 10), but a veto caps the level at 5: that is 5.00, not a range from 5.00 to 5.00."""
    framework = pe.Framework(
        "示例",
        [pe.Indicator("机制", 10, "健全", strategy="定性三档80/60"), pe.Indicator("巡查", 90, "≥1次")],
        then=[{"一票否决": {"条件": "巡查 ≥ 1 次", "至多": "5 分"}}],
    )
    rows = [pe.Row("机制", actual="达成年度指标"), pe.Row("巡查", actual="1次")]
    evaluation = pe.evaluate(pe.Case("示例街道办事处", 2021, framework, rows=rows))
    assert evaluation.score.earned is None
    assert earned_text(evaluation.score) == "5.00"
    assert earned_text(evaluation["机制"]) == "8.00～10.00"
