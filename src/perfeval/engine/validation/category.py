"""类别名称核查: the names that a category uses — in relations, formulas, sentences, rules — before any case is read.

A name that nobody declares can never be judged; said when the category is read or first used, it is a
misspelling with a place, and not an agreement that stays silent for ever.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from attrs import fields_dict

from perfeval.engine.validation.category_strategies import (
    named_strategies,
    strategy_problems,
    unknown_arguments,
    unknown_strategy,
)
from perfeval.engine.validation.framework import severity
from perfeval.engine.validation.remember_valid import remember_valid
from perfeval.errors import FrameworkError, PerfevalError, problem
from perfeval.formulas.build import names
from perfeval.formulas.source_map import located, name_place, text_place
from perfeval.formulas.units import CONDITION, check_units
from perfeval.locales.suggestions import closest, suggest
from perfeval.model.fields import TERM
from perfeval.model.framework import Agreement, Datum, Framework, Indicator
from perfeval.model.names import BUDGET_NAMES, NOT_QUANTITIES, DeclaredNames, declared_names
from perfeval.quantities.unit import BARE, Unit
from perfeval.strategies.strategy import Strategy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from perfeval.errors import Place, Problem
    from perfeval.formulas.nodes import Formula
    from perfeval.model.category import Category

UNUSABLE = frozenset(
    "category-key unknown-name name-undeclared strategy-unknown wording-braces wording-undeclared unknown-unit "
    "unit-redefined severity-unknown record-wanted agreement-no-condition parameter-unknown parameter-unused".split()
)
"""Codes of what nobody can mean: a category with one is refused wherever it is used."""
ITEM = re.compile(r"\{([^{}]*)\}")
"""A data item in a sentence."""
KEY = re.compile(r"[a-z][a-z0-9_-]*")
"""How a category may be called in cases, entry points and paths."""


def units_in(category: Category) -> Mapping[str, Unit | None]:
    """Every name that a formula inside *category* can use, with its unit; None for words."""
    known = declared_names(None, (category,))
    units: dict[str, Unit | None] = {name: known.unit(name) for name in BUDGET_NAMES} | {"复核低几档": BARE}
    for datum in category.data:
        if datum.unit:
            full = f"{category.title}.{datum.name}"
            units[datum.name] = units[full] = known.unit(full)
    return units


@remember_valid(128)
def _looked_through(category: Category) -> tuple[tuple[str, Problem], ...]:
    return tuple(category_problems(category))


def problems(category: Category) -> tuple[Problem, ...]:
    """数据项、勾稽关系、指标、措辞 of *category* that cannot be read: each with its place in the file."""
    return tuple(each for _, each in _looked_through(category))


def require_valid(category: Category, *, strict: bool = False) -> None:
    """Nothing, if *category* can be used; FrameworkError naming every name in it that nobody declares.

    Asked wherever a category is put to use; one that was found valid is not looked through again. Units that do
    not fit, in a category that is no file, are left to the case, which says 无法判断 and why; *strict* names
    them too.
    """
    named = tuple(
        _named(category, of, each) for of, each in _looked_through(category) if strict or each.code in UNUSABLE
    )
    if named:
        raise FrameworkError(*named)


def _named(category: Category, of: str, found: Problem) -> Problem:
    if found.place is not None and (found.place.line is not None or found.place.source):
        return found
    return problem("category-item", "{category}的“{of}”：{reason}", category=category.title, of=of, reason=found)


def category_problems(category: Category) -> Iterator[tuple[str, Problem]]:
    """All that is wrong with the names of *category*, with what has it. UnitError where its units clash."""
    shapeless = tuple(_shapeless(category))
    if shapeless:
        yield from shapeless
        return
    if not KEY.fullmatch(category.key):
        yield (
            category.key,
            problem(
                "category-key",
                "任务类别的键“{key}”不能用；请用小写英文字母开头，只含小写字母、数字、- 和 _，如 market（中文名称写在 title）",
                place=getattr(category.key, "place", None) or category.place,
                key=str(category.key),
            ),
        )
    known = declared_names(None, (category,))
    found = list(_data(category, known))
    yield from found
    if found:
        return  # what hangs on a unit that nobody knows would only be said again
    units = units_in(category)
    for agreement in category.agreements:
        of = agreement.name or str(agreement.holds)
        for each in severity(agreement, agreement.place):
            yield of, each
        for each in _formula(category, agreement.holds, units, agreement.place, condition=True):
            yield of, each
    known_strategies = named_strategies(category)
    for indicator in category.indicators:
        for each in _formula(category, indicator.actual, units, indicator.place, condition=False):
            yield indicator.name, each
        for each in (
            *unknown_strategy(indicator.strategy, known_strategies, indicator.place),
            *unknown_arguments(indicator.strategy, known_strategies, indicator.place),
        ):
            yield indicator.name, each
    yield from strategy_problems(category, units)
    yield from sentences(category)


OF_CATEGORY: Mapping[str, type] = {
    "key": str,
    "title": str,
    "units": tuple,
    "data": Datum,
    "indicators": Indicator,
    "frameworks": Framework,
    "strategies": Strategy,
    "agreements": Agreement,
    "wording": tuple,
}
"""What each field of a category made in Python holds; a file's reader sees to its own."""


def _shapeless(category: Category) -> Iterator[tuple[str, Problem]]:
    """Fields that hold something else than their records; a pair is two texts."""
    for name, record in OF_CATEGORY.items():
        held = getattr(category, name)
        for each in held if isinstance(held, tuple) else (held,):
            if isinstance(each, record) and (record is not tuple or _two_texts(each)):
                continue
            term = fields_dict(type(category))[name].metadata[TERM]
            yield (
                term,
                problem(
                    "record-wanted",
                    "“{term}”应是 {record}，这里是 {given}",
                    place=category.place,
                    term=term,
                    record="(str, str)" if record is tuple else record.__name__,
                    given=type(each).__name__,
                ),
            )


def _two_texts(pair: Any) -> bool:
    return len(pair) == 2 and all(isinstance(each, str) for each in pair)


def sentences(category: Category) -> Iterator[tuple[str, Problem]]:
    """What is wrong with the sentences of *category*, by their topic."""
    declared = {datum.name for datum in category.data}
    for topic, sentence in category.wording:
        yield from ((topic, each) for each in _sentence(sentence, declared))


def _data(category: Category, known: DeclaredNames) -> Iterator[tuple[str, Problem]]:
    """Data items whose unit is none, or that a formula needs while they have none."""
    used = {name for each in category.agreements for name in names(each.holds)}
    used |= {name for each in category.indicators if each.actual is not None for name in names(each.actual)}
    for datum in category.data:
        if datum.unit and datum.unit not in NOT_QUANTITIES:
            try:
                known.units.get(datum.unit)
            except PerfevalError as error:
                yield from ((datum.name, each.at(datum.place)) for each in error.problems)
        elif not datum.unit and datum.name in used:
            yield (
                datum.name,
                problem(
                    "datum-unit-missing",
                    "数据项“{name}”没有写计量单位，如 {name}: 万元",
                    place=datum.place,
                    name=datum.name,
                ),
            )


def _formula(
    category: Category, of: Formula | None, units: Mapping[str, Unit | None], place: Place | None, *, condition: bool
) -> Iterator[Problem]:
    if of is None:
        return
    own = (category.title, category.key)
    elsewhere = [each for each in names(of) if "." in each and each not in units and each.partition(".")[0] not in own]
    if elsewhere:  # another category's: its unit is known with the case
        missing = [each for each in names(of) if each not in units and each not in elsewhere]
        yield from (_undeclared(each, units, name_place(of, each, place)) for each in missing)
        return
    try:
        came_to = check_units(of, units)
    except PerfevalError as error:
        yield from (located(each, of, place) for each in error.problems)
        return
    if condition and came_to is not CONDITION:
        yield no_condition(of, text_place(of, place))


def no_condition(holds: Formula, place: Place | None) -> Problem:
    """What an agreement is told that is a number, not a relation."""
    return problem(
        "agreement-no-condition", "“{holds}”要写成能成立或不成立的关系，如“甲 = 乙 ÷ 丙”", place=place, holds=holds
    )


def _undeclared(name: str, units: Mapping[str, Unit | None], place: Place | None) -> Problem:
    if alike := closest(name, units):
        return problem(
            "name-undeclared",
            "名称“{name}”没有声明；请在 data 下写明它和计量单位，或改为：{near}",
            place=place,
            name=name,
            near=tuple(alike),
        )
    return problem("name-undeclared", "名称“{name}”没有声明；请在 data 下写明它和计量单位", place=place, name=name)


def _sentence(sentence: str, declared: set[str]) -> Iterator[Problem]:
    """Only declared data items in braces, and braces that close."""
    place = getattr(sentence, "place", None)
    items = ITEM.findall(sentence)
    if not sentence.count("{") == sentence.count("}") == len(items) or "｛" in sentence or "｝" in sentence:
        yield problem(
            "wording-braces",
            "措辞“{sentence}”的花括号要成对、半角，如：快检{{快检批次}}",
            place=place,
            sentence=str(sentence),
        )
        return
    for name in items:
        bare = name.removesuffix(".同比").removesuffix(".环比")  # what every data item may state besides itself
        if bare not in declared and name not in declared:
            yield problem(
                "wording-undeclared",
                "措辞用到没有声明的数据项“{name}”，请在 data 下写明{near}",
                place=place,
                name=name,
                near=suggest(name, sorted(declared)),
            )
