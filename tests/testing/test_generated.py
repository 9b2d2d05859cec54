"""生成的值: what the kit generates is whole, exact and has the ties that it promises."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction

from hypothesis import find, given, settings, strategies as st

import perfeval as pe
from perfeval.formulas.exact import value
from perfeval.formulas.nodes import show
from perfeval.formulas.parser import parse
from perfeval.formulas.units import check_units
from perfeval.quantities.units import base_units
from perfeval.testing import evaluations, figures, formulas, frameworks, quantities, whole_cases


@settings(max_examples=50)
@given(quantities(), figures())
def test_quantities_and_figures_are_read_back(quantity: pe.Quantity, figure: pe.Figure) -> None:
    """Both print as something that reads back to what holds them."""
    again = pe.figure(str(quantity)).quantity
    assert again == quantity
    assert figure.quantity is not None
    assert figure.quantity.base in figure.bounds or figure.mark == "约"


@settings(max_examples=100)
@given(formulas("户"), st.integers(0, 50), st.integers(0, 50))
def test_formulas_are_rules(formula: pe.Formula, actual: int, target: int) -> None:
    """A generated rule settles to points, reads back equal and gives points or the reason why not."""
    units = {"分值": base_units().get("分"), "完成值": base_units().get("户"), "指标值": base_units().get("户")}
    assert check_units(formula, units) == units["分值"]
    assert parse(show(formula)) == formula
    given = {"分值": pe.Quantity(10, "分"), "完成值": pe.Quantity(actual, "户"), "指标值": pe.Quantity(target, "户")}
    result = value(formula, given)
    assert result.unit == units["分值"] if isinstance(result, pe.Quantity) else "÷" in show(formula)


def test_without_hypothesis() -> None:
    """Where Hypothesis is missing the contract works, and what generates says what to install."""
    code = (
        "import sys; sys.modules['hypothesis'] = None\n"
        "import perfeval as pe\nfrom perfeval import testing\n"
        "testing.contract(pe.Category('a', '甲类'))\n"
        "try: testing.quantities()\n"
        "except pe.PluginError as error: print(error.code, 'perfeval[testing]' in str(error))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.split() == ["hypothesis-missing", "True"]


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
