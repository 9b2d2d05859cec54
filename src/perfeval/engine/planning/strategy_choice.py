"""选定规则: which strategy scores a node, and the rule made ready — bound, settled, compiled, once.

A prepared rule depends only on the strategy, its arguments, a computed 完成值 and the units of the names
in it, so the rows of a table share it.
"""

from __future__ import annotations

from collections import ChainMap
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from attrs import frozen

from perfeval.errors import PerfevalError, Problem, problem, record_repr
from perfeval.formulas.build import names, substitute
from perfeval.formulas.nodes import Rounded
from perfeval.formulas.simplify import simplified
from perfeval.formulas.units import check_units
from perfeval.model.names import target_operand
from perfeval.model.plan import Ready, remade
from perfeval.model.target import Between, By, Compared, Elements, Target, TopRank, YesNo
from perfeval.quantities.quantity import Quantity
from perfeval.quantities.unit import POINT, Unit
from perfeval.strategies.built_in import BUILT_IN
from perfeval.strategies.strategy import Strategy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from perfeval.formulas.nodes import Formula
    from perfeval.model.category import Category
    from perfeval.model.framework import Framework
    from perfeval.model.names import Names

DEFAULTS: Mapping[str, str] = {"": "正向", "≥": "正向", ">": "正向", "=": "等于"}
"""默认方法: by the target's sign; ≤ and < have none, since two methods are in use (3a, 3b)."""


KINDS = ("定性", "区间", "时限", "名次", "是否", "要素")
"""Targets without a sign, by which a framework's ``defaults`` may be keyed as well."""


@frozen(repr=False, eq=False)
class ChosenStrategy:
    """选定: a strategy with its arguments, and who chose it (指标行, 指标体系, 任务类别, 默认)."""

    __repr__ = record_repr

    strategy: Strategy | None
    arguments: tuple[tuple[str, Any], ...] = ()
    by: str = ""
    problem: Problem | None = None


@lru_cache(maxsize=64)
def strategies_of(framework: Framework | None, categories: tuple[Category, ...]) -> Mapping[str, Strategy]:
    """Strategies by name: built-in, then the categories', then the framework's own."""
    own: dict[str, Strategy] = {}
    for owner in (*categories, framework):
        for strategy in owner.strategies if owner is not None else ():
            for name in (strategy.name, *strategy.aliases):
                own[name] = strategy
    return ChainMap(own, BUILT_IN)  # type: ignore[arg-type]  # only read: the built-in ones stay unmade until used


def choose(
    written: Iterable[tuple[str, Any]], sign: str, defaults: Mapping[str, Any], table: Mapping[str, Strategy]
) -> ChosenStrategy:
    """The first strategy that somebody *written* down, or the default for the target's *sign*."""
    for by, strategy in written:
        if strategy is not None and strategy != "":
            return _named(strategy, by, table)
    chosen = defaults.get(sign) or defaults.get(sign or "无号")
    if chosen:
        return _named(chosen, "指标体系", table)
    if sign in DEFAULTS or sign in KINDS:
        return ChosenStrategy(table[DEFAULTS.get(sign, DEFAULTS[""])], (), "默认")  # a kind's own default: see fitted
    return ChosenStrategy(
        None,
        problem=problem(
            "strategy-needed",
            "指标值带“{sign}”，有两种算法：请写明评分方法“反向递减”（超过目标按比例递减，到两倍为 0）或“反向比例”（分值 × 指标值 ÷ 完成值）",
            sign=sign,
        ),
    )


def fitted(choice: ChosenStrategy, target: Target | None, actual: Any, table: Mapping[str, Strategy]) -> ChosenStrategy:
    """*choice* made to fit the kind of *target*: a range gives its ends, a day or a rank its own default.

    Without a named strategy, what is met earns full points under every rule in use; what is not met
    would need a choice that nobody made, and is a problem instead of a guess.
    """
    match target:
        case Between(low=low, high=high):
            if choice.by != "默认":
                given = {name for name, _ in choice.arguments}
                wanted = {each.name for each in choice.strategy.parameters} if choice.strategy is not None else set()
                ends = tuple(
                    (name, end) for name, end in (("下限", low), ("上限", high)) if name in wanted and name not in given
                )
                return ChosenStrategy(choice.strategy, (*choice.arguments, *ends), choice.by)
            inside = isinstance(actual, Quantity) and actual.unit.same_kind(low.unit) and low <= actual <= high
            if inside or actual is None:
                return ChosenStrategy(table["区间满分"], (("下限", low), ("上限", high)), "默认")
        case By() | TopRank() if choice.by == "默认":
            aim = target_operand(target)
            if actual is None or (isinstance(actual, Quantity) and isinstance(aim, Quantity) and _within(actual, aim)):
                return ChosenStrategy(table["限内满分"], (), "默认")
        case Compared(sign="≤" | "<" as sign) if (
            choice.problem is not None and choice.problem.code == "strategy-needed"
        ):
            aim = target_operand(target)
            if isinstance(actual, Quantity) and isinstance(aim, Quantity) and _within(actual, aim, sign):
                return ChosenStrategy(table["限内满分"], (), "默认")
            return choice
        case YesNo() if choice.by == "默认":
            return ChosenStrategy(table["是否"], (), "默认")
        case Elements() if choice.by == "默认":
            pass
        case _:
            return choice
    if choice.by != "默认":
        return choice
    return ChosenStrategy(
        None,
        problem=problem(
            "strategy-open",
            "没有达到指标值“{target}”，如何扣分没有写明；请写明评分方法（如 限内满分、区间递减按比例、要素计数）",
            target=target.text,
        ),
    )


def _within(actual: Quantity, aim: Quantity, sign: str = "≤") -> bool:
    return actual.unit.same_kind(aim.unit) and (actual < aim if sign == "<" else actual <= aim)


def _named(strategy: Any, by: str, table: Mapping[str, Strategy]) -> ChosenStrategy:
    arguments: tuple[tuple[str, Any], ...] = ()
    if isinstance(strategy, tuple):
        strategy, arguments = strategy
    if isinstance(strategy, Strategy):
        return ChosenStrategy(strategy, arguments, by)
    found = table.get(strategy)
    if found is None:
        from perfeval.locales.suggestions import suggest

        return ChosenStrategy(
            None,
            problem=problem(
                "strategy-unknown",
                "没有名为“{name}”的评分方法{near}",
                place=getattr(strategy, "place", None),
                name=str(strategy),
                near=suggest(str(strategy), table),
            ),
        )
    return ChosenStrategy(found, arguments, by)


@lru_cache(maxsize=4096)
def prepared(
    strategy: Strategy,
    arguments: tuple[tuple[str, Any], ...],
    computed: Formula | None,
    own: tuple[Unit | None, Unit | None],
    others: tuple[tuple[str, Unit | None], ...],
    signs: tuple[frozenset[int] | None, frozenset[int] | None],
    known_names: Names,
) -> Ready:
    """Bind, put a *computed* 完成值 in, settle the units, leave out what the *signs* decide, compile.

    *own* are the units of 指标值 and 完成值 and *signs* what is known of theirs, *others* the units of
    every further name.
    """
    try:
        bound = strategy.bind(arguments, unit=own[1], units=known_names.units)
        rule = bound if computed is None else substitute(bound, {"完成值": computed})
        units: dict[str, Unit | None] = {"分值": POINT, "指标值": own[0], "完成值": own[1], **dict(others)}
        order = names(rule)
        unknown = [name for name in order if name not in units]
        if unknown:
            return Ready(problem=problem("name-undeclared", "算式用到未声明的名称：{names}", names=tuple(unknown)))
        unit = check_units(rule, units)
        if not isinstance(unit, Unit) or not (unit.same_kind(POINT) or unit.bare):
            return Ready(problem=problem("rule-not-points", "评分方法“{name}”算出的不是分", name=strategy.name))
        known = {name: sign for name, sign in zip(("指标值", "完成值"), signs, strict=True) if sign is not None}
        short = simplified(rule, known)
        return remade(rule, bound, order, short, names(short), None)
    except PerfevalError as error:
        return Ready(problem=error.problems[0])


def cut_rate(actual: Formula, digits: int | None) -> Formula:
    """A computed rate brought first to so many places of a percent, where the framework says so."""
    if digits is None:
        return actual
    return Rounded("四舍五入", actual, Quantity(Fraction(1, 10**digits), "%"))
