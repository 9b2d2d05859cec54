"""类别的评分方法核查: own strategies whose names and parameters hold together, and those that indicators name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from perfeval.errors import PerfevalError, problem
from perfeval.formulas.build import names
from perfeval.formulas.parser import parse
from perfeval.formulas.source_map import name_place
from perfeval.locales.suggestions import suggest
from perfeval.strategies.built_in import BUILT_IN
from perfeval.strategies.strategy import OWN_NAMES, Strategy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from perfeval.errors import Place, Problem
    from perfeval.model.category import Category


def strategy_problems(category: Category, data: Iterable[str]) -> Iterator[tuple[str, Problem]]:
    """What is wrong with the strategies that *category* brings: names that nobody declares, parameters without a use.

    *data* are the names that formulas inside the category can use; indicators count as declared.
    """
    known = [*OWN_NAMES, *data, *sorted(_declared(category))]
    inside = (each.strategy for each in category.indicators if isinstance(each.strategy, Strategy))
    for strategy in (*category.strategies, *inside):
        for each in _names_in(strategy, known):
            yield strategy.name, each


def _declared(category: Category) -> set[str]:
    """The indicators of *category* and its frameworks, and what its frameworks declare."""
    found = {each.name for each in category.indicators}
    for framework in category.frameworks:
        found |= {datum.name for datum in framework.data}
        found |= {part.name for _, part in framework.walk()}
    return found


def _names_in(strategy: Strategy, known: list[str]) -> Iterator[Problem]:
    if strategy.formula is None or strategy.make is not None or strategy.rows:
        return
    mine = [each.name for each in strategy.parameters]
    used = dict.fromkeys(names(strategy.formula))
    for default in (each.default for each in strategy.parameters if each.default is not None):
        try:
            used |= dict.fromkeys(names(parse(default)))
        except PerfevalError:
            continue  # a unit of the category's own: said where it is bound
    can = [*mine, *known]
    for name in used:
        if name not in can and "." not in name:  # dots lead elsewhere: known with the case
            yield problem(
                "name-undeclared",
                "评分方法“{strategy}”的算式里“{name}”没有声明：不是参数（parameters），也不是数据项（data）{near}",
                place=name_place(strategy.formula, name, strategy.place),
                strategy=strategy.name,
                name=name,
                near=suggest(name, can),
            )
    for name in mine:
        if name not in used:
            yield problem(
                "parameter-unused",
                "评分方法“{strategy}”的参数“{name}”在算式里没有用到；请删去它，或把它写进算式",
                place=getattr(name, "place", None) or strategy.place,
                strategy=strategy.name,
                name=str(name),
            )


def unknown_arguments(written: Any, own: Mapping[str, Strategy], place: Place | None) -> Iterator[Problem]:
    """Arguments of an indicator's strategy that the strategy has no parameter for."""
    name, given = written if isinstance(written, tuple) and len(written) == 2 else (written, ())
    strategy = name if isinstance(name, Strategy) else own.get(name) or BUILT_IN.get(name)
    if strategy is None or strategy.rows:
        return
    names = [each.name for each in strategy.parameters]
    for key, _ in (each for each in given or () if isinstance(each, tuple) and len(each) == 2):
        if key not in names:
            yield problem(
                "parameter-unknown",
                "评分方法“{strategy}”没有参数“{name}”{near}",
                place=getattr(key, "place", None) or place,
                strategy=strategy.name,
                name=str(key),
                near=suggest(str(key), names),
            )


def named_strategies(category: Category) -> Mapping[str, Strategy]:
    """The strategies that an indicator of *category* can name, besides the built-in ones."""
    brought = (*category.strategies, *(each for framework in category.frameworks for each in framework.strategies))
    return {name: each for each in brought for name in (each.name, *each.aliases)}


def unknown_strategy(written: Any, own: Mapping[str, Strategy], place: Place | None) -> Iterator[Problem]:
    """The strategy that an indicator names, where nobody brings it, with the nearest names."""
    name = written[0] if isinstance(written, tuple) else written
    if isinstance(name, str) and name and name not in own and name not in BUILT_IN:
        yield problem(
            "strategy-unknown",
            "没有名为“{name}”的评分方法{near}",
            place=getattr(name, "place", None) or place,
            name=str(name),
            near=suggest(name, [*own, *BUILT_IN]),
        )
