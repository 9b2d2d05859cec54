"""还差多少: the figure found does it, its neighbour does not; by trying both in a whole evaluation."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

import perfeval as pe
from perfeval.reaching import Reach, reach

GRADES = [("优", 90), ("良", 80), ("中", 60), ("差", 0)]


def judged(actual: str, *, target: str = "≥1000次", strategy: str = "正向", other: str = "40") -> pe.Evaluation:
    """An invented office: one indicator of 60 points to try, and 40 points that stay."""
    parts = [pe.Indicator("巡查", 60, target, strategy=strategy), pe.Indicator("宣传", 40, "≥40场")]
    rows = [pe.Row("巡查", actual=actual), pe.Row("宣传", actual=f"{other}场")]
    framework = pe.Framework("示例", parts, grades=GRADES)
    return pe.evaluate(pe.Case("示例街道办事处", 2021, framework, rows=rows))


def test_more_is_better() -> None:
    """60 × 巡查 ÷ 1000 + 40: 优 from 834 (50.04), 良 kept down to 667 (40.02), full points at 1000."""
    found = reach(judged("700次"), "巡查")
    assert isinstance(found, Reach)
    assert (str(found.full), found.next_grade, str(found.lifts), str(found.keeps)) == ("1000次", "优", "834次", "667次")
    assert str(found).splitlines()[1] == "  得满分：完成值达到1000次"


def test_fewer_is_better() -> None:
    """60 × 10 ÷ 件数 + 40 with ≤ 10: full up to 10, 良 (40 of 60) kept up to 15."""
    found = reach(judged("13件", target="≤10件", strategy="反向比例"), "巡查")
    assert isinstance(found, Reach)
    assert (str(found.full), str(found.lifts), str(found.keeps), found.fewer) == ("10件", "12件", "15件", True)


def test_digits_of_a_rate() -> None:
    """A rate is tried on the digits that the cell writes: 94.96% in steps of a hundredth."""
    found = reach(judged("94.96%", target="≥95%"), "巡查")
    assert isinstance(found, Reach)
    assert str(found.full) in ("95%", "94.99%")  # 60 × 94.995 ÷ 95 rounds to full points from 94.9921
    full = judged(str(found.full), target="≥95%")["巡查"]
    assert str(full.earned) == "60分"


def test_one_alone_may_not_do() -> None:
    """54 + 10 is 中; even 60 + 10 is not 良."""
    found = reach(judged("900次", other="10"), "巡查")
    assert isinstance(found, Reach)
    assert found.lifts is None
    assert "做不到" in str(found)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 1500), st.sampled_from(("正向", "达线满分")), st.integers(0, 40))
def test_the_neighbour_does_not(actual: int, strategy: str, other: int) -> None:
    """The figure found earns full points and keeps or lifts the grade; one count worse does not."""
    start = judged(f"{actual}次", strategy=strategy, other=str(other))
    found = reach(start, "巡查")
    assert isinstance(found, Reach)

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
    """A computed 完成值, and points that turn, are 无法判断 with the reason."""
    rate = pe.Indicator("预算执行率", 10, "100%", actual="全年执行数 ÷ 全年预算数")
    case = pe.Case("示例", 2021, pe.Framework("示例", [rate]), budget=pe.Budget(whole_year="10万元", spent="9万元"))
    assert isinstance(reach(pe.evaluate(case), "预算执行率"), pe.Problem)
    turning = pe.Indicator("巡查", 10, "≥100次", then=[{"超额零分": {}}])
    row = [pe.Row("巡查", actual="90次")]
    found = reach(pe.evaluate(pe.Case("示例", 2021, pe.Framework("示例", [turning]), rows=row)), "巡查")
    assert isinstance(found, pe.Problem)
    assert "无法" in str(found)


def test_on_the_command_line(tmp_path, capsys: pytest.CaptureFixture[str]) -> None:
    """--reach prints the figures of one indicator."""
    from perfeval.cli import main

    path = pe.write(judged("700次").case, tmp_path / "case.yaml")
    with pytest.raises(SystemExit):
        main(["evaluate", str(path), "--reach", "巡查"])
    assert "834次" in capsys.readouterr().out
