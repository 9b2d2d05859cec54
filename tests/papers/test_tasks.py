"""任务段落: 一是 二是 三是, each clause with the time that all its figures share."""

from __future__ import annotations

from typing import Any

import pytest

import perfeval as pe
from perfeval.papers.report.funding import by_project, by_source
from perfeval.papers.report.tasks import Clause, joined, paragraph


def category(**wording: str) -> pe.Category:
    """A category of these sentences."""
    return pe.Category("demo", "示例", wording=wording)


def item(name: str, text: str, **time: str) -> pe.Item:
    """A data item with one figure."""
    return pe.Item(name, [text], **time)  # type: ignore[arg-type]


def said(group: Any, **wording: str) -> str:
    """The paragraph of a group in the year 2021."""
    return paragraph(category(**wording), group, 2021, "zh_Hans")


def test_the_time_that_all_figures_share_is_said_once() -> None:
    """Clauses of the same period follow each other; the next one begins a new sentence."""
    group = pe.Item(
        "示例",
        items=[
            item("甲", "3次", period="2021年前三季度"),
            item("乙", "4次", period="2021年前三季度"),
            item("丙", "5次", as_of="2021年10月底"),
            item("丁", "6次"),
        ],
    )
    text = said(group, 巡查="巡查{甲}；检查{乙}；回访{丙}；另有{丁}")
    assert text == "巡查：2021年前三季度，巡查3次；检查4次。截至2021年10月底，回访5次。另有6次。"


def test_the_groups_time_holds_below_it_and_an_items_own_comes_first() -> None:
    """as_of of the group stands before clauses whose items state none."""
    group = pe.Item("示例", items=[item("甲", "3次"), item("乙", "4次", period="2021年5月")], as_of="2021年10月31日")
    assert said(group, 巡查="巡查{甲}；检查{乙}") == "巡查：截至2021年10月31日，巡查3次。2021年5月，检查4次。"


def test_figures_of_different_times_get_none() -> None:
    """A clause whose figures are of different times says none, rather than a wrong one."""
    group = pe.Item("示例", items=[item("甲", "3次", period="2021年5月"), item("乙", "4次", period="2021年6月")])
    assert said(group, 巡查="巡查{甲}、检查{乙}") == "巡查：巡查3次、检查4次。"


def test_the_whole_year_of_the_report_goes_without_saying() -> None:
    """2021年 in the report of 2021 is not repeated; another year is said."""
    group = pe.Item("示例", items=[item("甲", "3次", period="2021年"), item("乙", "4次", period="2020年")])
    assert said(group, 巡查="巡查{甲}；检查{乙}") == "巡查：巡查3次。2020年，检查4次。"


def test_a_clause_without_its_figure_is_left_out() -> None:
    """What the case lacks is not said; a topic without clauses is not counted."""
    group = pe.Item("示例", items=[item("甲", "3次"), item("丙", "5次")])
    assert said(group, 一="巡查{甲}；检查{乙}", 二="{丁}", 三="回访{丙}") == "一是一：巡查3次。二是三：回访5次。"


@pytest.mark.parametrize("when", ["", None])
def test_words_without_numbers_go_on_in_the_sentence(when: str | None) -> None:
    """A clause without numbers (None) does not end what is dated; one that has other numbers does."""
    text = joined([Clause("甲", "2021年5月"), Clause("乙", when)], "zh_Hans")
    assert text == ("2021年5月，甲；乙" if when is None else "2021年5月，甲。乙")


def test_amounts_have_the_digits_of_the_finest() -> None:
    """300 beside 299.975 is 300.000; about 2 stays about 2; what is missing is a dash."""
    projects = [
        pe.Project("甲", pe.Budget(initial="300万元", spent="299.975万元")),
        pe.Project("乙", pe.Budget(spent="约2万元", rate="95%")),
    ]
    table = by_project(projects, 1, "zh_Hans")
    assert table is not None
    assert table.headings == ("项目名称", "年初预算数", "全年执行数", "执行率")
    assert table.rows == (("甲", "300.000", "299.975", "—"), ("乙", "—", "约2万元", "95%"))
    assert by_project(projects[:1], 1, "zh_Hans") is None


def test_sources_stand_below_their_whole() -> None:
    """The first line is the whole; amounts in 元 are written in 万元."""
    budget = pe.Budget(spent="120万元", lines=[pe.BudgetLine("当年财政拨款", spent="1200000元")])
    table = by_source(budget, 2, "zh_Hans")
    assert table is not None
    assert table.caption.startswith("表2")
    assert table.rows == (("合计", "120.00"), ("当年财政拨款", "120.00"))


def test_sentences_in_english_are_numbered_and_set_apart(yongping: Any) -> None:
    """In English the sentences of a task have figures before them and a blank between them."""
    text = pe.dump(yongping, "md", locale="en").decode()
    assert "(1) " in text
    assert ". (2) " in text
    assert "(一)" not in text
