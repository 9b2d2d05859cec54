"""还差多少: the figure found does it, its neighbour does not; by trying both in a whole evaluation."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

import perfeval as pe

GRADES = [("优", 90), ("良", 80), ("中", 60), ("差", 0)]


def judged(actual: str, *, target: str = "≥1000次", strategy: str = "正向", other: str = "40") -> pe.Evaluation:
    """An invented office: one indicator of 60 points to try, and 40 points that stay."""
    parts = [pe.Indicator("巡查", 60, target, strategy=strategy), pe.Indicator("宣传", 40, "≥40场")]
    rows = [pe.Row("巡查", actual=actual), pe.Row("宣传", actual=f"{other}场")]
    framework = pe.Framework("示例", parts, grades=GRADES)
    return pe.evaluate(pe.Case("示例街道办事处", 2021, framework, rows=rows))


def test_more_is_better() -> None:
    """60 × 巡查 ÷ 1000 + 40: 优 from 834 (50.04), 良 kept down to 667 (40.02), full points at 1000."""
    found = pe.what_it_takes(judged("700次"), "巡查")
    assert isinstance(found, pe.Gap)
    assert (str(found.full), found.next_grade, str(found.lifts), str(found.keeps)) == ("1000次", "优", "834次", "667次")
    assert str(found).splitlines()[1] == "  得满分：完成值达到1000次"


def test_fewer_is_better() -> None:
    """60 × 10 ÷ 件数 + 40 with ≤ 10: full up to 10, 良 (40 of 60) kept up to 15."""
    found = pe.what_it_takes(judged("13件", target="≤10件", strategy="反向比例"), "巡查")
    assert isinstance(found, pe.Gap)
    assert (str(found.full), str(found.lifts), str(found.keeps), found.fewer) == ("10件", "12件", "15件", True)


def test_digits_of_a_rate() -> None:
    """A rate is tried on the digits that the cell writes: 94.96% in steps of a hundredth."""
    found = pe.what_it_takes(judged("94.96%", target="≥95%"), "巡查")
    assert isinstance(found, pe.Gap)
    assert str(found.full) in ("95%", "94.99%")  # 60 × 94.995 ÷ 95 rounds to full points from 94.9921
    full = judged(str(found.full), target="≥95%")["巡查"]
    assert str(full.earned) == "60分"


def test_one_alone_may_not_do() -> None:
    """54 + 10 is 中; even 60 + 10 is not 良."""
    found = pe.what_it_takes(judged("900次", other="10"), "巡查")
    assert isinstance(found, pe.Gap)
    assert found.lifts is None
    assert "做不到" in str(found)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 1500), st.sampled_from(("正向", "达线满分")), st.integers(0, 40))
def test_the_neighbour_does_not(actual: int, strategy: str, other: int) -> None:
    """The figure found earns full points and keeps or lifts the grade; one count worse does not."""
    start = judged(f"{actual}次", strategy=strategy, other=str(other))
    found = pe.what_it_takes(start, "巡查")
    assert isinstance(found, pe.Gap)

    def grade(n: int) -> str:
        return judged(f"{n}次", strategy=strategy, other=str(other)).grade

    assert found.full is not None
    n = int(found.full.number)
    assert str(judged(f"{n}次", strategy=strategy)["巡查"].earned) == "60分"
    assert str(judged(f"{n - 1}次", strategy=strategy)["巡查"].earned) != "60分"
    if found.lifts is not None:
        assert grade(int(found.lifts.number)) != start.grade
        assert grade(int(found.lifts.number) - 1) != found.next_grade
    if found.keeps is not None:
        assert grade(int(found.keeps.number)) == start.grade or found.keeps.number > actual
        assert grade(int(found.keeps.number) - 1) != start.grade


def test_what_cannot_be_tried_is_said() -> None:
    """A 完成值 computed from data items, and points that turn, are 无法判断 with the reason."""
    rate = pe.Indicator("合格率", 10, "≥95%", actual="合格 ÷ 抽检")
    framework = pe.Framework("示例", [rate], data=[("合格", "批次"), ("抽检", "批次")])
    case = pe.Case("示例", 2021, framework, data=[pe.Item("合格", ["9批次"]), pe.Item("抽检", ["10批次"])])
    assert isinstance(pe.what_it_takes(pe.evaluate(case), "合格率"), pe.Problem)
    turning = pe.Indicator("巡查", 10, "≥100次", then=[{"超额零分": {}}])
    row = [pe.Row("巡查", actual="90次")]
    found = pe.what_it_takes(pe.evaluate(pe.Case("示例", 2021, pe.Framework("示例", [turning]), rows=row)), "巡查")
    assert isinstance(found, pe.Problem)
    assert "无法" in str(found)


def test_on_the_command_line(tmp_path, capsys: pytest.CaptureFixture[str]) -> None:
    """--reach prints the figures of one indicator."""
    from perfeval.command.main import main

    path = pe.write(judged("700次").case, tmp_path / "case.yaml")
    with pytest.raises(SystemExit):
        main(["evaluate", str(path), "--reach", "巡查"])
    assert "834次" in capsys.readouterr().out


def test_the_whole() -> None:
    """82 of 100 lacks 8 points to 优 and can lose 2 of 良; each indicator's figures follow, computed ones say why not."""
    found = pe.what_it_takes(judged("700次"))
    assert (found.grade, found.next_grade, str(found.lacks), str(found.spare)) == ("良", "优", "8分", "2分")
    assert [each.path for each in found.parts if isinstance(each, pe.Gap)] == ["巡查", "宣传"]
    assert str(found).splitlines()[:3] == ["总分：现在82分", "  升为“优”：还差8分", "  保住“良”：最多再失2分"]


def test_the_best_and_the_worst_grade() -> None:
    """优 has nothing above it, and 差 nothing to lose."""
    best, worst = pe.what_it_takes(judged("1000次")), pe.what_it_takes(judged("0次", other="0"))
    assert (best.lacks, str(best.spare)) == (None, "10分")
    assert (str(worst.lacks), worst.spare) == ("60分", None)


def one(indicator: pe.Indicator, **case: object) -> pe.Evaluation:
    """An invented office with one indicator."""
    return pe.evaluate(pe.Case("示例", 2021, pe.Framework("示例", [pe.Dimension("产出", None, [indicator])]), **case))


@pytest.mark.parametrize("rows", [[], [pe.Row("预算执行率", actual="90%")]])
def test_a_rate_of_execution_is_reached_by_spending(rows: list[pe.Row]) -> None:
    """10 × 执行 ÷ 300.00 rounds to 10 points from 299.85 (9.995); what a row states of it too changes nothing."""
    rate = pe.Indicator("预算执行率", 10, "100%", actual="全年执行数 ÷ 全年预算数")

    def spent(amount: str) -> pe.Evaluation:
        return one(rate, budget=pe.Budget(whole_year="300万元", spent=amount), rows=rows)

    found = pe.what_it_takes(spent("270.00万元"), "预算执行率")
    assert isinstance(found, pe.Gap)
    assert (found.what, str(found.full)) == ("全年执行数", "299.85万元")
    assert str(spent("299.85万元")["预算执行率"].earned) == "10分"
    assert str(spent("299.84万元")["预算执行率"].earned) != "10分"
    assert str(found).startswith("产出/预算执行率：全年执行数现在270万元")


def test_a_rank_and_a_day() -> None:
    """The third place and the last of June are enough; the fourth and the first of July are not."""
    rank = pe.Indicator("名次", 10, "前3名", strategy="限内满分")
    for indicator, actual, full, worse in (
        (rank, "全区第6名", "全区第3名", "全区第4名"),
        (
            pe.Indicator("完成", 10, "2021年6月30日前", strategy="限内满分"),
            "2021年7月9日",
            "2021年6月30日",
            "2021年7月1日",
        ),
    ):
        start = one(indicator, rows=[pe.Row(indicator.name, actual=actual)])
        found = pe.what_it_takes(start, indicator.name)
        assert isinstance(found, pe.Gap), found
        assert found.fewer
        assert str(found.full) == full
        assert str(one(indicator, rows=[pe.Row(indicator.name, actual=full)])[indicator.name].earned) == "10分"
        assert str(one(indicator, rows=[pe.Row(indicator.name, actual=worse)])[indicator.name].earned) != "10分"


def test_a_row_may_name_its_indicator_alone() -> None:
    """A row with the bare name is tried as one with the whole path is."""
    found = pe.what_it_takes(one(pe.Indicator("巡查", 10, "≥100次"), rows=[pe.Row("巡查", actual="90次")]), "产出/巡查")
    assert isinstance(found, pe.Gap)
    assert str(found.full) == "100次"
