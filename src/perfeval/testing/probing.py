"""试算: an indicator's rule on generated figures — at its target, around it, far from it, on exact ties.

What units cannot see (a rate compared with 90 instead of 90 %, a deduction without a floor) shows in
the points.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from perfeval.engine.planning.slots import compile_framework
from perfeval.engine.planning.strategy_choice import prepared_rule
from perfeval.engine.validation.category import units_in
from perfeval.errors import Problem
from perfeval.formulas.exact import compile_, round_pair, value
from perfeval.formulas.explain import because
from perfeval.formulas.interval import bounds
from perfeval.formulas.nodes import show
from perfeval.formulas.parser import parse
from perfeval.formulas.units import check_units
from perfeval.formulas.wording import wording
from perfeval.locales.messages import say
from perfeval.model.target import Compared
from perfeval.quantities.figure import Interval
from perfeval.quantities.quantity import Quantity
from perfeval.quantities.unit import Unit
from perfeval.testing.naming import unbound

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval.formulas.nodes import Formula
    from perfeval.model.category import Category
    from perfeval.model.framework import Framework, Indicator
    from perfeval.model.plan import Slot

LOCALE = "zh_Hans"
POINTS = Quantity(10, "分")
"""Points for an indicator that has none of its own."""


def probed(category: Category, framework: Framework | None, indicator: Indicator) -> Iterator[tuple[str, str]]:
    """(rule, what to change) for everything that the indicator's rule does wrong on generated figures.

    Only a number compared with a number can be tried out; what people judge, words, days and ranks are
    left alone.
    """
    compiled = compile_framework(framework, (category,))
    group = category.title if framework is None else ""
    slot = compiled.slot(indicator, indicator.name, indicator.points or POINTS, group=group)
    aim = slot.target_value
    if slot.strategy is None or slot.problem is not None or not isinstance(aim, Quantity):
        return
    if not isinstance(slot.target, Compared) or slot.strategy.kind != "评分":
        return
    reached = aim.unit
    if framework is None and indicator.actual is not None:  # a framework's own are settled with it
        computed = check_units(indicator.actual, units_in(category))
        reached = computed if isinstance(computed, Unit) else aim.unit
    if unbound(slot, compiled.names.units, reached):
        return  # the rule about methods, or sums for a framework's own, says what the strategy lacks
    ready = prepared_rule(slot.strategy, slot.arguments, None, (aim.unit, reached), (), (None, None), compiled.names)
    if ready.rule is None:
        yield "读法一致" if reached == aim.unit else "单位", str(ready.problem)
        return
    yield from _tried(slot, ready.rule, aim)


def figures(aim: Quantity, points: Quantity) -> tuple[Quantity, ...]:
    """Figures to try: nothing, the target and its neighbours, short and beyond, and exact half hundredths."""
    unit, target = aim.unit, aim.base
    step = unit.factor if unit.counted else unit.factor / 100
    shares = (0, Fraction(1, 3), Fraction(1, 2), Fraction(7, 10), Fraction(9, 10), 1, Fraction(13, 10), 2, 3)
    tried = [target * share for share in shares] + [target - step, target + step]
    tried += [step * count for count in (10, 100, 1000)]  # far from a target of 0, where no share of it goes
    if target > 0 and points.base > 0:  # points × figure ÷ target = k + ½ hundredths
        tried += [target * Fraction(2 * k + 1, 200) / points.base for k in (0, 1, 49, 250, 499)]
    return tuple(Quantity(max(each, Fraction(0)) / unit.factor, unit) for each in dict.fromkeys(tried))


def _tried(slot: Slot, rule: Formula, aim: Quantity) -> Iterator[tuple[str, str]]:
    points = slot.points or POINTS
    earned: dict[Fraction, Fraction] = {}
    beyond: list[tuple[Quantity, Quantity]] = []
    for actual in figures(aim, points):
        given: dict[str, Quantity | str | None] = {"分值": points, "指标值": aim, "完成值": actual}
        exact = value(rule, given)
        if isinstance(exact, Quantity):
            earned[actual.base] = exact.base
            if not 0 <= exact.base <= points.base:
                beyond.append((actual, exact))
            yield from _agreeing(rule, given, exact)
    if beyond:  # one line a rule: the figure that leads farthest out
        actual, exact = max(beyond, key=lambda each: abs(each[1].base - points.base / 2))
        yield (
            "上下限",
            say(
                "完成值{actual}算得{points}，不在0与分值{full}之间；请用取小、取大限制",
                LOCALE,
                actual=actual,
                points=exact,
                full=points,
            ),
        )
    at_target = earned.get(aim.base)
    if at_target is not None and at_target != points.base:
        yield (
            "满分",
            say(
                "完成值正好是指标值{aim}时得{points}，不是满分{full}；请核对方向和单位",
                LOCALE,
                aim=aim,
                points=Quantity(at_target, "分"),
                full=points,
            ),
        )
    if earned and all(each == points.base for each in earned.values()):
        yield (
            "有高有低",
            say(
                "完成值从0到指标值{aim}的三倍都得满分，这个指标值没有作用；请核对单位（90 还是 90 %）", LOCALE, aim=aim
            ),
        )


def _agreeing(rule: Formula, given: dict[str, Quantity | str | None], exact: Quantity) -> Iterator[tuple[str, str]]:
    """All readings of one rule on the same figures."""
    order = tuple(given)
    pairs = [each.pair if isinstance(each, Quantity) else each for each in given.values()]
    n, d = compile_(rule, order)(pairs)
    span = bounds(
        rule, {name: Interval(each.base, each.base) for name, each in given.items() if isinstance(each, Quantity)}
    )
    rounded = Quantity(Fraction(round_pair(n, d, 100), 100), "分")
    wrong = (
        Fraction(n, d) != exact.base
        or isinstance(span, Problem)
        or exact.base not in span
        or parse(show(rule)) != rule
        or not because(rule, given, rounded)
        or not wording(rule)
    )
    if wrong:
        yield "读法一致", say("完成值{actual}时，各种读法不一致；请把算式报给 perfeval", LOCALE, actual=given["完成值"])
