"""Checks on cases that nobody would write: none raises, none says what cannot be printed."""

from __future__ import annotations

from hypothesis import given, settings, strategies as st

import perfeval as pe

TARGETS = st.sampled_from(
    [
        None,
        "≥100次",
        "100次",
        "≤5天",
        "<5天",
        "=0起",
        "0",
        "≥95%",
        "95",
        "2021年底前",
        "前5名",
        "是",
        "否",
        "10-20次",
        "明显改善",
        "要素：甲、乙",
    ]
)
ACTUALS = st.sampled_from(
    [None, "—", "", "120次", "99次", "约100次", "≥100次", "6天", "-1", "0", "88.5%", "2021年11月", "第6名", "是", "否", "15次", "3万元",
     "达成年度指标", "明显改善", "不适用", "100余人"]
)  # fmt: skip
POINTS = st.sampled_from([None, "10", "0", "30", "2.5"])
EARNED = st.sampled_from([None, "10", "0", "30", "2.345", "-1", "—", "约9"])
NAMES = st.sampled_from(["总分", "甲", "乙", "甲/丙", "甲/丁", "戊/己", "预算执行率"])
AMOUNTS = st.sampled_from([None, "0万元", "100万元", "99.97万元", "约50万元", "—", "1000000元", "-3万元"])
RATES = st.sampled_from([None, "98%", "99.97%", "0%", "—", "近100%", "0.958", "≥90%"])
LINES = st.builds(
    pe.BudgetLine,
    st.sampled_from(["年度资金总额", "财政拨款"]),
    initial=AMOUNTS,
    spent=AMOUNTS,
    rate=RATES,
    points=POINTS,
)
BUDGETS = st.none() | st.builds(
    pe.Budget, AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS, RATES, lines=st.lists(LINES, max_size=3),
    base=st.sampled_from(["", "年初预算数", "别的"]),
)  # fmt: skip
ROWS = st.lists(
    st.builds(
        pe.Row, NAMES, POINTS, TARGETS, ACTUALS, EARNED, reason=st.sampled_from(["", "有原因"]),
        progress=st.sampled_from([None, "90%", "0", "1倍"]), strategy=st.sampled_from([None, "正向", "反向递减", "定性三档80/60"]),
    ),
    max_size=7,
    unique_by=lambda row: row.of,
)  # fmt: skip
ITEMS = st.lists(
    st.builds(
        lambda name, figures, change: pe.Item(name, figures, items=[pe.Item("同比", [change])]),
        st.sampled_from(["疫情防控", "警情"]),
        st.lists(
            st.sampled_from(["3宗", "0宗", "3件", "约3宗", "—", "第3名", "甲", "2021年5月", "10～20人", "≥3宗"]),
            max_size=3,
        ),
        st.sampled_from(["增长15%", "下降100%", "持平", "—", "增长2倍", "3宗"]),
    ),
    max_size=2,
    unique_by=lambda item: item.name,
)
FRAMEWORKS = st.sampled_from(
    [
        None,
        pe.Framework(
            "示例",
            [
                pe.Indicator("预算执行率", 10, "100%", actual="全年执行数 ÷ 全年预算数"),
                pe.Dimension("甲", 60, open=True),
                pe.Indicator("乙", 30, "≥100次", reason_when="完成值 ≥ 120次"),
            ],
            points=100,
            grades=[("优", 90), ("良", 0)],
            then=[{"封顶": {"条件": "预算执行率 < 80 %", "至多": "89 分"}}],
        ),
    ]
)


@settings(max_examples=200, deadline=None)
@given(
    FRAMEWORKS,
    BUDGETS,
    ROWS,
    ITEMS,
    st.lists(
        st.builds(pe.Issue, st.just("问题"), st.lists(st.sampled_from(["甲", "预算执行率", "无此项"]), max_size=2)),
        max_size=2,
    ),
    st.lists(st.builds(pe.Project, st.just("专项"), BUDGETS, FRAMEWORKS, rows=ROWS), max_size=1),
)
def test_no_check_fails(framework, budget, rows, data, problems, projects) -> None:
    """Whatever stands in the cells, each check comes to its end and each finding says itself."""
    case = pe.Case(
        "示例", 2021, framework, grade="优", budget=budget, rows=rows, data=data, problems=problems, projects=projects
    )
    for finding in pe.evaluate(case).findings:
        assert finding.code != "check-failed", finding
        assert "None" not in str(finding), finding
        str(finding).encode("gbk")
