"""生成的值: what the kit generates is whole, exact and has the ties that it promises."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import find, given, settings

import perfeval as pe
from perfeval.testing import evaluations, figures, frameworks, quantities, whole_cases


@settings(max_examples=50)
@given(quantities(), figures())
def test_quantities_and_figures_are_read_back(quantity: pe.Quantity, figure: pe.Figure) -> None:
    """Both print as something that reads back to what holds them."""
    again = pe.figure(str(quantity)).quantity
    assert again == quantity
    assert figure.quantity is not None
    assert figure.quantity.base in figure.bounds or figure.mark == "约"


@settings(max_examples=30)
@given(frameworks())
def test_frameworks_add_up(framework: pe.Framework) -> None:
    """A generated framework plans without a problem."""
    plan = pe.plan(pe.Case("示例街道办事处", 2021, framework))
    assert plan.problems == ()


@settings(max_examples=30, deadline=None)
@given(evaluations())
def test_evaluations_keep_their_bounds(evaluation: pe.Evaluation) -> None:
    """No score leaves its points, and every one says why."""
    for score in evaluation.score.walk():
        assert score.points is not None
        assert 0 <= score.low_steps <= score.high_steps <= int(score.points.base * 100)
        if not score.parts:
            assert score.because


def test_there_are_ties() -> None:
    """A case with a score that is exactly half a hundredth before rounding is found."""

    def tied(case: pe.Case) -> bool:
        for node in pe.plan(case).root.walk():
            if node.run is not None:
                n, d = node.run(node.pairs)
                if (Fraction(n, d) * 100).denominator == 2:
                    return True
        return False

    assert find(whole_cases(), tied) is not None
