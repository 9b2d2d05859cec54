"""自评报告 in Markdown: sections, own words, stated beside computed, marks for what is missing, escaping."""

from __future__ import annotations

import re
from typing import Any

import pytest
from attrs import evolve

import perfeval as pe
from perfeval.papers.blocks import Heading, Paragraph, Table, ToFill
from perfeval.papers.report.compose import compose
from perfeval.papers.report.markdown import markdown

SECTIONS = [
    "## 一、基本情况",
    "### （一）部门概况",
    "### （二）年度总体工作和重点工作任务",
    "### （三）部门整体收支情况",
    "### （四）部门整体绩效管理情况",
    "## 二、综合评价分析",
    "### （一）自评结论综述",
    "### （二）各项工作任务绩效目标完成情况分析",
    "#### 1.疫情防控",
    "#### 2.经济发展",
    "#### 3.城市管理",
    "#### 4.民生福祉",
    "#### 5.安全稳定",
    "#### 6.党建引领",
    "### （三）各重点任务项目支出完成情况分析",
    "### （四）主要工作成效",
    "## 三、存在的主要问题",
    "## 四、下一步改进措施",
    "## 附件1：部门整体支出得分表",
]


def report(evaluation: Any, **how: str) -> str:
    """The report as text."""
    return pe.dump(evaluation, "md", **how).decode()


def test_the_sections_of_the_report(yongping: Any) -> None:
    """The headings are those of the office's report, numbered without a gap."""
    headings = [line for line in report(yongping).splitlines() if line.startswith("##")]
    assert headings[: len(SECTIONS)] == SECTIONS


def test_stated_and_computed_are_always_said(yongping: Any, project: Any) -> None:
    """The stated total is called 自报, the computed one 核算, and an undecided one says why."""
    text = report(yongping)
    assert "自报得分：总分100分，得91.3分，其中：管理效能45分，得42.3分；履职效能50分，得49分。" in text
    assert "核算得分：未定（指标体系有5分未列明）。" in text
    text = report(project)
    assert text.index("自报得分：总分100分，得96.20分") < text.index("核算得分：总分100分，得96.20分")
    text = report(project, points="computed")
    assert text.index("核算得分：") < text.index("自报得分：")


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ((40, "9.5"), "产出指标50分，各项自报合计49.5分"),
        ((40, None), "产出指标50分，有1项指标没有填报得分"),
        ((None, None), "产出指标50分，没有填报得分"),
    ],
)
def test_a_level_that_states_no_points_itself(stated: tuple[Any, Any], said: str) -> None:
    """The official form has no cell for a level's points: what its rows state adds up (40 + 9.5), a gap is counted."""
    rows = [
        pe.Row("总分", 100, earned="90"),
        pe.Row("产出指标/巡查", 40, "≥10次", "10次", stated[0]),
        pe.Row("产出指标/清查", 10, "≥10次", "10次", stated[1]),
        pe.Row("效益指标/知晓", 50, "≥90%", "95%", 50),
    ]
    assert f"；{said}；" in report(pe.evaluate(pe.Case("示例单位", 2021, rows=rows))).replace("其中：", "；")


def test_funds_as_the_office_states_them(yongping: Any) -> None:
    """Amounts and rates stand with the digits that the office wrote."""
    text = report(yongping)
    assert "全年预算数16898.11万元，全年执行数16045.66万元，执行率94.96%。" in text
    assert "环卫保洁专项年初预算数300万元，全年执行数299.97万元，执行率99.99%。" in text


def test_tasks_read_as_one_paragraph_each(yongping: Any) -> None:
    """Each task is one paragraph of 一是 … 二是 …, with every figure as it was written."""
    text = report(yongping)
    for said in (
        "一是重点人员管控：",
        "财政收入24076万元，同比增长6.2%",
        "盗窃类警情568宗，同比下降10%",
        "近30万元",
        "3000余人",
    ):
        assert said in text
    assert "每天巡查不少于2次" in text


def test_punctuation_is_not_doubled(yongping: Any, project: Any) -> None:
    """No stop follows a stop, and no paragraph of prose ends without one."""
    for evaluation in (yongping, project):
        assert not re.search(r"[。；，、：][。；，、：]", report(evaluation))
        for block in compose(evaluation):
            if isinstance(block, Paragraph):
                assert block.text.endswith(("。", "”", "）")), block.text


def test_own_words_come_first(yongping: Any) -> None:
    """What the office wrote for a section stands before what its records say."""
    case = evolve(yongping.case, sections=(pe.Section("部门概况", "本街道成立于示例年。\n\n第二段"),))
    text = report(pe.evaluate(case))
    assert text.index("本街道成立于示例年。") < text.index("第二段。") < text.index("下属单位5个")


def test_an_empty_section_gets_one_mark() -> None:
    """A case without words has one mark in each section, and no invented prose."""
    framework = pe.Framework("示例整体支出", [pe.Indicator("甲", 100, "≥10次", strategy="正向")])
    blocks = compose(pe.evaluate(pe.Case(office="示例办", framework=framework)))
    marks = [block.what for block in blocks if isinstance(block, ToFill)]
    assert marks == [
        "部门概况",
        "年度总体工作和重点工作任务",
        "部门整体收支情况",
        "部门整体绩效管理情况",
        "各项工作任务绩效目标完成情况分析",
        "各重点任务项目支出完成情况分析",
        "主要工作成效",
        "存在的主要问题",
        "下一步改进措施",
    ]
    assert markdown(blocks).count("【待填写：") == len(marks)


def test_a_project_has_a_project_report(project: Any) -> None:
    """A project's report has no section of a whole office; its indicators stand as sentences with the table's figures."""
    text = report(project)
    assert text.startswith("# 出租屋管理专项2021年项目支出绩效自评报告（示例数据）\n")
    headings = [line.lstrip("# ") for line in text.splitlines() if line.startswith("###")]
    assert headings == [
        "（一）项目概况", "（二）项目绩效目标", "（三）项目资金情况", "（四）项目管理情况",
        "（一）自评结论综述", "（二）绩效指标完成情况分析",
        "1.预算执行率", "2.产出指标", "3.效益指标", "4.满意度指标", "（三）主要工作成效",
    ]  # fmt: skip
    assert "部门" not in text.partition("## 附件")[0]
    assert "二是巡查出租屋：指标值≥20000栋次，完成值19951栋次，偏差原因：年末个别楼栋封闭改造" in text
    assert "七是管理制度：指标值“制度健全并有效执行”，完成值“达成年度指标”" in text
    assert "\n租户满意度：指标值≥90%，完成值88.5%" in text  # the only one of its kind: not 一是
    assert "#### 1.预算执行率\n\n指标值100 %，完成值100%。" in text  # the heading names it


def test_a_project_without_words_has_marks() -> None:
    """Each section of a project's report that nothing fills is one mark; an indicator without an actual says nothing."""
    framework = pe.Framework("示例", [pe.Indicator("甲", 100, "≥10次", strategy="正向")])
    case = pe.Case(office="示例办", framework=framework)
    marks = [block.what for block in compose(pe.evaluate(case)) if isinstance(block, ToFill)]
    assert marks == [
        "项目概况", "项目绩效目标", "项目资金情况", "项目管理情况", "绩效指标完成情况分析",
        "主要工作成效", "存在的主要问题", "下一步改进措施",
    ]  # fmt: skip
    own = evolve(case, sections=(pe.Section("部门概况", "本街道成立于示例年"),))
    assert "（三）部门整体收支情况" in report(pe.evaluate(own))  # an office's section: an office's report


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ("甲街道自评", "甲街道自评报告"),
        ("甲街道2021年自评（示例数据）", "甲街道2021年自评报告（示例数据）"),
        ("甲街道自评报告", "甲街道自评报告"),
        ("自评工作总结", "自评工作总结"),
        ("部门整体支出绩效自评表", "部门整体支出绩效自评报告"),
    ],
)
def test_a_title_says_that_it_is_a_report(own: str, said: str) -> None:
    """A title that ends with the evaluation gets the word for this paper; any other is left alone."""
    assert report(pe.evaluate(pe.Case("甲街道", 2021, title=own))).startswith(f"# {said}\n")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("旧小区改造", "旧小区改造2021年度项目支出绩效自评报告"),
        ("2021年旧小区改造", "2021年旧小区改造项目支出绩效自评报告"),
        ("旧小区改造绩效报告", "旧小区改造绩效报告"),
    ],
)
def test_the_name_of_a_project_is_no_title_yet(name: str, said: str) -> None:
    """A form gives 项目名称 alone: the report says its year, once, and which paper it is."""
    framework = pe.Framework("示例", [pe.Dimension("产出指标", 100, [pe.Indicator("巡查", 100, "≥10次")])])
    case = pe.Case("甲街道", 2021, framework, title=name, rows=[pe.Row("产出指标/巡查", actual="10次")])
    assert report(pe.evaluate(case)).startswith(f"# {said}\n")


def test_tables_are_well_formed(yongping: Any, project: Any, hostile: Any) -> None:
    """Every row of every table has as many cells as its headings."""
    for evaluation in (yongping, project, hostile):
        for table in (block for block in compose(evaluation) if isinstance(block, Table)):
            assert {len(row) for row in table.rows} == {len(table.headings)}
        rows = [line for line in report(evaluation).splitlines() if line.startswith("|")]
        cells = [len(re.findall(r"(?<!\\)(?:\\\\)*\|", row)) for row in rows]
        for index, row in enumerate(rows):
            if row.startswith("| ---"):
                assert cells[index - 1] == cells[index] == cells[index + 1]


def test_what_a_case_says_is_never_markup(hostile: Any) -> None:
    """Every mark that could be markup is escaped, at the start of a line too."""
    text = report(hostile)
    plain = re.sub(r"\\[\\`*_\[\]<>|#~&$+=:-]", "", text)
    assert "<script" not in plain.replace("<br>", "")
    assert "](" not in plain
    assert not re.search(r"^(- |1\. |# 丙|> )", plain, re.MULTILINE)
    assert "`" not in plain
    assert "&" not in plain


def test_each_line_of_the_score_table_is_there(project: Any) -> None:
    """Every node stands in the table, indented by its level, with its reason."""
    text = report(project)
    assert "| 　产出指标 | 50 |" in text
    assert "| 　　　投诉办结时间 | 4 | ≤5天 | 6天 | 3.20 | 3.2 |" in text


def test_other_locales_have_the_same_shape(yongping: Any) -> None:
    """The report in another locale has the same headings and tables."""
    ours, theirs = compose(yongping), compose(yongping, locale="zh_Hant")
    kinds = (Heading, Table, ToFill)
    assert [type(b) for b in ours if isinstance(b, kinds)] == [type(b) for b in theirs if isinstance(b, kinds)]


def test_same_in_same_out(yongping: Any, project: Any) -> None:
    """The same case gives the same bytes in every format, read again or not."""
    from perfeval.command.inputs import example

    for name, first in (("yongping-2021", yongping), ("chuzuwu-2021", project)):
        again = pe.evaluate(pe.read(example(name)))
        for ending in ("md", "json"):
            assert pe.dump(first, ending) == pe.dump(first, ending) == pe.dump(again, ending)
