"""自评的算法: which rule, base and rounding reproduce a stated value that differs from the computed one.

Few points are whole by chance on purpose: only the ways that differ from the framework's own in the
fewest respects are named (on whole points about one way in five fits by chance).
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING, Any

from perfeval.errors import PerfevalError
from perfeval.formulas.build import names, substitute
from perfeval.formulas.exact import NoAnswer, compile_, round_pair
from perfeval.formulas.nodes import Name, Rounded
from perfeval.model.names import BUDGET_NAMES
from perfeval.model.operands import operand, target_operand
from perfeval.model.target import sign_of
from perfeval.quantities.quantity import Quantity
from perfeval.results.reproduction import Reproduction
from perfeval.strategies.built_in import BUILT_IN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from perfeval.formulas.nodes import Formula
    from perfeval.model.plan import Node

OTHER_STRATEGIES = ("正向", "反向比例", "反向递减", "预算执行")
TWICE = "分值乘两次"
ROUNDINGS = tuple((how, digits) for digits in (2, 1, 0) for how in ("四舍五入", "舍去", "进位"))
RATE_CUTS = (None, ("四舍五入", 2), ("四舍五入", 0), ("舍去", 2), ("舍去", 0))
BASES = tuple(name for name in BUDGET_NAMES if name != "全年执行数")


def reproductions(node: Node, stated: Quantity, values: Mapping[str, Any]) -> tuple[Reproduction, ...]:
    """The nearest ways to *stated*, or nothing: a value that no rule in use gives is not explained."""
    if node.points is None or node.bound is None or node.rounding is None:
        return ()
    fits: list[Reproduction] = []
    others = [name for name in OTHER_STRATEGIES if not (name.startswith("反向") and sign_of(node.target) in ("≥", ">"))]
    for strategy, base, cut in product(("", *others, TWICE), ("", *BASES), RATE_CUTS):
        if node.computed is None and (cut is not None or strategy == "预算执行"):
            continue
        exact = _value(node, strategy, base, cut, values)
        if exact is None:
            continue
        for how, digits in ROUNDINGS:
            own = (how, digits) == (node.rounding.how, node.rounding.digits)
            steps = round_pair(exact.numerator, exact.denominator, 10**digits, how)  # type: ignore[arg-type]
            if steps == stated.base * 10**digits:
                fits.append(
                    Reproduction(
                        strategy,
                        base,
                        "" if own else how,
                        None if own else digits,
                        None if cut is None else cut[1],
                        "" if cut is None else cut[0],
                    )
                )
    fits = [fit for fit in fits if fit.differences]
    least = min((fit.differences for fit in fits), default=0)
    if least > 1 and stated.base.denominator == 1:
        return ()  # on whole points two liberties at once fit almost anything
    return tuple(_plainest([fit for fit in fits if fit.differences == least]))


def _plainest(fits: list[Reproduction]) -> Iterator[Reproduction]:
    """One of several that differ only in how they round: the first, which has the most places."""
    seen: set[tuple[str, str, int | None]] = set()
    for fit in fits:
        key = (fit.strategy, fit.base, fit.rate_digits)
        if key not in seen:
            seen.add(key)
            yield fit


def _value(
    node: Node, strategy: str, base: str, cut: tuple[str, int] | None, values: Mapping[str, Any]
) -> Fraction | None:
    """The points, exactly, by another strategy, base and cut of the rate; None where that says nothing new."""
    rule: Formula | None = node.bound
    if rule is None or strategy == (node.strategy.name if node.strategy is not None else ""):
        return None
    try:
        if strategy not in ("", TWICE):
            rule = BUILT_IN[strategy].bind()
        if node.computed is not None:
            actual = node.computed
            if cut is not None:
                actual = Rounded(cut[0], actual, Quantity(Fraction(1, 10 ** cut[1]), "%"))  # type: ignore[arg-type]
            rule = substitute(rule, {"完成值": actual})
        if base:
            used = [name for name in names(rule) if name in BASES]
            if not used or base in used or values.get(base) is None:
                return None
            rule = substitute(rule, {name: Name(base) for name in used})
        order = names(rule)
        given = {"分值": node.points, "指标值": target_operand(node.target), "完成值": operand(node.actual)}
        inputs = [operand(given[name] if name in given else values.get(name)) for name in order]
        if any(value is None for value in inputs):
            return None
        n, d = compile_(rule, order)([v.pair if isinstance(v, Quantity) else v for v in inputs])
    except (PerfevalError, NoAnswer):
        return None
    exact = Fraction(n, d)
    return exact * node.points.base / 100 if strategy == TWICE and node.points is not None else exact
