"""相容: whether a category fits this perfeval, and whether several can be used together."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from perfeval import __version__
from perfeval.engine.checks.built_in import BUILT_IN, OF_THE_PIPELINE
from perfeval.engine.validation.category import sound
from perfeval.engine.validation.together import refuse, unsound
from perfeval.errors import PluginError, problem
from perfeval.plugins.entry_points import entries
from perfeval.results.check import Check

if TYPE_CHECKING:
    from collections.abc import Iterable

    from perfeval.errors import Place, Problem
    from perfeval.model.category import Category
    from perfeval.model.framework import Framework

_VERSION = re.compile(r"\d{1,9}(\.\d{1,9})*")


def fitting(category: Category, owner: str, place: Place | None = None) -> Category:
    """*category* itself, if this perfeval is new enough for it; PluginError naming both versions otherwise."""
    wanted = category.requires.strip()
    if not wanted:
        return category
    if not _VERSION.fullmatch(wanted):
        raise PluginError(
            problem(
                "requires-unread",
                "任务类别“{key}”（{owner}）的“需要”写作“{wanted}”；请只写最低的 perfeval 版本号，如 0.2",
                place=place,
                key=category.key,
                owner=owner or category.title,
                wanted=wanted,
            )
        )
    if _numbers(__version__) < _numbers(wanted):
        raise PluginError(
            problem(
                "category-needs-newer",
                "任务类别“{key}”（{owner}）需要 perfeval {wanted} 或更高版本，现在是 {version}；请升级 perfeval",
                place=place,
                key=category.key,
                owner=owner or category.title,
                wanted=wanted,
                version=__version__,
            )
        )
    return category


def _numbers(version: str) -> list[int]:
    """1.2.0 as [1, 2]: zeros at the end say nothing, nor does what follows the numbers (1.2rc1)."""
    found = _VERSION.match(version)
    numbers = [int(part) for part in found[0].split(".")] if found else []
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return numbers


@lru_cache(maxsize=64)
def usable_together(categories: tuple[Category, ...]) -> None:
    """Nothing, if the categories of a case can be used, together.

    FrameworkError for one that uses names which nobody declares, PluginError naming the two that clash.
    """
    for category in categories:
        sound(category)
    found = clash(categories)
    if found is not None:
        raise PluginError(found)


def installed_now(category: Category) -> str:
    """Distribution and version that would bring *category* if it were loaded now (perfeval-market 2.0); empty for none.

    What perfeval brings itself, and what stands in a file, has the version of the evaluation or none.
    """
    distribution = category.origin.partition(" ")[0]
    if distribution in ("", "perfeval"):
        return ""
    return next((each.owner for each in entries() if each.distribution == distribution), "")


def not_built_in(made: Category) -> Category:
    """*made*, a category of a file, itself; PluginError where perfeval brings one of its key.

    Another package that brings the key changes nothing for a case that names the file: what is installed
    never changes a report. A category written out in a case itself may be a copy of perfeval's own.
    """
    own = next((each for each in entries() if each.key == made.key and each.distribution == "perfeval"), None)
    if own is None:
        return made
    raise PluginError(
        problem(
            "category-key-built-in",
            "“{file}”的键“{key}”与自带的任务类别（{owner}）相同；请给文件里的另起一个键",
            place=getattr(made.key, "place", None) or made.place,
            file=(made.place.source if made.place is not None else "") or made.title,
            key=str(made.key),
            owner=own.owner,
        )
    )


def whole(category: Category, frameworks: Iterable[Framework]) -> None:
    """Nothing, if *category* and the frameworks it brings hold together in all; FrameworkError for the first that does not."""
    sound(category, strict=True)
    for framework in frameworks:
        refuse(unsound(framework, (category,)))


def clash(categories: tuple[Category, ...]) -> Problem | None:
    """Two categories of one key, or two checks of one code, the built-in ones included: a problem that names both."""
    taken: dict[str, Category] = {}
    for category in categories:
        other = taken.setdefault(category.key, category)
        if other is not category:
            return _same_key(other, category)
    owners = {each.code: f"perfeval {__version__}" for each in own_checks()}
    for category in categories:
        wrong = twice(category)
        if wrong is not None:
            return wrong
        for check in category.checks:
            if check.code in owners:
                return _same_code(check.code, owners[check.code], category.named)
            owners[check.code] = category.named
    return None


def twice(category: Category) -> Problem | None:
    """What *category* alone cannot be used with: a check that is none, or a code that it or perfeval has already."""
    owners = {each.code: f"perfeval {__version__}" for each in own_checks()} if category.checks else {}
    for check in category.checks:
        if not isinstance(check, Check):
            return problem(
                "check-no-check",
                "{category}的审核规则“{what}”不是用 @pe.check 装饰的函数",
                category=category.named,
                what=getattr(check, "__name__", str(check)),
            )
        if owners.get(check.code) == category.named:
            return problem(
                "check-code-twice",
                "{category}里有两条审核规则的编号都是“{code}”；请改其中一条的编号",
                category=category.named,
                code=check.code,
            )
        if check.code in owners:
            return _same_code(check.code, owners[check.code], category.named)
        owners[check.code] = category.named
    return None


def own_checks() -> tuple[Check, ...]:
    """Every code of a finding that perfeval itself can make."""
    return (*BUILT_IN, *OF_THE_PIPELINE)


def _same_code(code: str, first: str, second: str) -> Problem:
    return problem(
        "check-clash",
        "审核规则“{code}”由{first}和{second}同时提供；请只用其中一个类别，或请提供者改编号",
        code=code,
        first=first,
        second=second,
    )


def _same_key(first: Category, second: Category) -> Problem:
    one, other = _found_in(first), _found_in(second)
    if one == other:
        return problem(
            "category-named-twice",
            "任务类别“{key}”写了两次：{where}；请只留一个",
            place=_own_place(second, first),
            key=first.key,
            where=one,
        )
    return problem(
        "category-key-clash",
        "两个任务类别的键都是“{key}”：{first}和{second}；请只用其中一个，或给自己的那个改键",
        place=_own_place(second, first),
        key=first.key,
        first=one,
        second=other,
    )


def _own_place(*both: Category) -> Place | None:
    """Where the one of *both* stands that is not installed: what its writer can change."""
    return next((each.place for each in both if not each.origin), None)


def _found_in(category: Category) -> str:
    """Title, and the package or file that a category is from: 农贸市场监管（market.yaml）."""
    source = category.origin or (category.place.source if category.place is not None else "")
    return f"{category.title}（{source}）" if source else category.title
