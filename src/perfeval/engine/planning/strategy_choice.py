"""选定规则: which strategy scores a node, and the rule made ready — bound, units checked, compiled, once.

A prepared rule depends only on the strategy, its arguments, a computed 完成值 and the units of the names
in it, so the rows of a strategies share it.
"""

from __future__ import annotations

import re
from collections import ChainMap
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from attrs import frozen

from perfeval.engine.rule_units import own_units, rule_units
from perfeval.errors import PerfevalError, Problem, problem, record_repr
from perfeval.formulas.build import names, substitute
from perfeval.formulas.nodes import Rounded
from perfeval.formulas.simplify import simplified
from perfeval.formulas.units import check_units
from perfeval.locales.suggestions import suggest
from perfeval.model.operands import target_operand
from perfeval.model.plan import PreparedRule
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
    from perfeval.model.names import DeclaredNames

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
    written: Iterable[tuple[str, Any]], sign: str, defaults: Mapping[str, Any], strategies: Mapping[str, Strategy]
) -> ChosenStrategy:
    """The first strategy that somebody *written* down, or the default for the target's *sign*."""
    for by, strategy in written:
        if strategy is not None and strategy != "":
            return _named(strategy, by, strategies)
    chosen = defaults.get(sign) or defaults.get(sign or "无号")
    if chosen:
        return _named(chosen, "指标体系", strategies)
    if sign in DEFAULTS or sign in KINDS:
        return ChosenStrategy(
            strategies[DEFAULTS.get(sign, DEFAULTS[""])], (), "默认"
        )  # a kind's own default: see fitted
    return ChosenStrategy(
        None,
        problem=problem(
            "strategy-needed",
            "指标值带“{sign}”，有两种算法：请写明评分方法“反向递减”（超过目标按比例递减，到两倍为 0）或“反向比例”（分值 × 指标值 ÷ 完成值）",
            sign=sign,
        ),
    )


def fitted(
    choice: ChosenStrategy, target: Target | None, actual: Any, strategies: Mapping[str, Strategy]
) -> ChosenStrategy:
    """*choice* made to fit the kind of *target*: a range gives its ends, a day or a rank its own default.

    Without a named strategy, what is met earns full points under every rule in use; what is not met
    would need a choice that nobody made, and is a problem instead of a guess.
    """
    match target:
        case Between(low=low, high=high):
            if choice.by != "默认":
                given = {name for name, _ in choice.arguments}
                open_ends = {each.name for each in choice.strategy.parameters} if choice.strategy is not None else set()
                ends = tuple(
                    (name, end)
                    for name, end in (("下限", low), ("上限", high))
                    if name in open_ends and name not in given
                )
                return ChosenStrategy(choice.strategy, (*choice.arguments, *ends), choice.by)
            inside = isinstance(actual, Quantity) and actual.unit.same_kind(low.unit) and low <= actual <= high
            if inside or actual is None:
                return ChosenStrategy(strategies["区间满分"], (("下限", low), ("上限", high)), "默认")
        case By() | TopRank() if choice.by == "默认":
            limit = target_operand(target)
            if actual is None or (
                isinstance(actual, Quantity) and isinstance(limit, Quantity) and _within(actual, limit)
            ):
                return ChosenStrategy(strategies["限内满分"], (), "默认")
        case Compared(sign="≤" | "<" as sign) if (
            choice.problem is not None and choice.problem.code == "strategy-needed"
        ):
            limit = target_operand(target)
            if isinstance(actual, Quantity) and isinstance(limit, Quantity) and _within(actual, limit, sign):
                return ChosenStrategy(strategies["限内满分"], (), "默认")
            return choice
        case YesNo() if choice.by == "默认":
            return ChosenStrategy(strategies["是否"], (), "默认")
        case Elements() if choice.by == "默认":
            pass
        case _:
            return choice
    if choice.by != "默认":
        return choice
    return ChosenStrategy(None, problem=open_strategy(target))


def open_strategy(target: Target) -> Problem:
    """Why what has missed its *target* has no points: nobody says how what is short loses them."""
    return problem(
        "strategy-open",
        "没有达到指标值“{target}”，如何扣分没有写明；请写明评分方法（如 限内满分、区间递减按比例、要素计数）",
        target=target.text,
    )


_LESS_IS_BETTER = re.compile(
    r"控制率|调整率|结余率|结转率|结转结余|变动率|受害率|成灾率|发病率|发案率|死亡率|差错率|失误率|返工率|违规率|超支|超标率|空置率|"
    r"投诉|信访|上访|举报|事故|伤亡|警情|案件数|违纪|违法|差错|成本|费用|造价|单价|补助标准|支出额|能耗|排放|用时|时限|时长|耗时|病害"
)
_MORE_IS_BETTER = re.compile(
    r"处理|办结|化解|下降|降低|减少|节约|压减|满意|及时|整改|查处|回复|解决|受理|处置|调处|结案|破案|达标|合格|完成|到位|覆盖|增长|培训|宣传|演练|排查|治理"
)


@lru_cache(maxsize=2048)
def lower_is_better(name: str) -> bool:
    """越低越好: whether more of what *name* counts is seldom better, 投诉件数, 受害率; 投诉处理率 is not one of them."""
    return bool(_LESS_IS_BETTER.search(name)) and not _MORE_IS_BETTER.search(name)


def _within(actual: Quantity, limit: Quantity, sign: str = "≤") -> bool:
    return actual.unit.same_kind(limit.unit) and (actual < limit if sign == "<" else actual <= limit)


def _named(strategy: Any, by: str, strategies: Mapping[str, Strategy]) -> ChosenStrategy:
    arguments: tuple[tuple[str, Any], ...] = ()
    if isinstance(strategy, tuple):
        strategy, arguments = strategy
    if isinstance(strategy, Strategy):
        return ChosenStrategy(strategy, arguments, by)
    found = strategies.get(strategy)
    if found is None:
        return ChosenStrategy(
            None,
            problem=problem(
                "strategy-unknown",
                "没有名为“{name}”的评分方法{near}",
                place=getattr(strategy, "place", None),
                name=str(strategy),
                near=suggest(str(strategy), strategies),
            ),
        )
    return ChosenStrategy(found, arguments, by)


@lru_cache(maxsize=4096)
def prepared_rule(
    strategy: Strategy,
    arguments: tuple[tuple[str, Any], ...],
    computed: Formula | None,
    own: tuple[Unit | None, Unit | None],
    others: tuple[tuple[str, Unit | None], ...],
    signs: tuple[frozenset[int] | None, frozenset[int] | None],
    declared: DeclaredNames,
) -> PreparedRule:
    """Bind, put a *computed* 完成值 in, check the units, leave out what the *signs* decide, compile.

    *own* are the units of 指标值 and 完成值, *others* those of every further name. *signs* are the signs
    that 指标值 and 完成值 can have; None where they are not known, as of a whole column: then every guard
    stays, and the rule serves figures of any sign.
    """
    try:
        bound = strategy.bind(arguments, unit=own[1], units=declared.units)
        rule = bound if computed is None else substitute(bound, {"完成值": computed})
        order, inside, elsewhere = names(rule), own_units(*own), dict(others)
        unknown = [name for name in order if name not in inside and name not in elsewhere]
        if unknown:
            return PreparedRule(
                problem=problem("name-undeclared", "算式用到未声明的名称：{names}", names=tuple(unknown))
            )
        unit = check_units(rule, rule_units(order, inside, elsewhere.get))
        if not isinstance(unit, Unit) or not (unit.same_kind(POINT) or unit.bare):
            return PreparedRule(problem=problem("rule-not-points", "评分方法“{name}”算出的不是分", name=strategy.name))
        known = {name: each for name, each in zip(("指标值", "完成值"), signs, strict=True) if each is not None}
        short = simplified(rule, known) if known else rule
        return PreparedRule(rule, bound, order, short, names(short))
    except PerfevalError as error:
        return PreparedRule(problem=error.problems[0])


def cut_rate(actual: Formula, digits: int | None) -> Formula:
    """A computed rate brought first to so many places of a percent, where the framework says so."""
    if digits is None:
        return actual
    return Rounded("四舍五入", actual, Quantity(Fraction(1, 10**digits), "%"))
