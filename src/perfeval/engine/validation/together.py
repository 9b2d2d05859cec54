"""体系核查: whether a framework holds together with the categories of a case, found once for all its cases."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from perfeval import __version__
from perfeval.engine.checks.built_in import own_checks
from perfeval.engine.planning.strategy_choice import strategies_of
from perfeval.engine.validation.category import require_valid
from perfeval.engine.validation.framework import problems
from perfeval.engine.validation.remember_valid import remember_valid
from perfeval.errors import FrameworkError, PluginError, problem
from perfeval.model.names import units_of
from perfeval.results.check import Check

if TYPE_CHECKING:
    from collections.abc import Iterable

    from perfeval.errors import Place, Problem
    from perfeval.model.case import Case
    from perfeval.model.category import Category
    from perfeval.model.framework import Framework


@remember_valid(64)
def framework_problems(framework: Framework, categories: tuple[Category, ...]) -> tuple[Problem, ...]:
    """Every problem of *framework* beside *categories*, with its place."""
    names = {f"{category.title}.{datum.name}": datum.unit for category in categories for datum in category.data}
    names |= {datum.name: datum.unit for category in reversed(categories) for datum in category.data}
    return tuple(problems(framework, units_of(framework, categories), strategies_of(framework, categories), names))


def raise_all(found: Iterable[Problem]) -> None:
    """FrameworkError with everything *found*, where that is anything."""
    wrong = tuple(found)
    if wrong:
        raise FrameworkError(*wrong)


def require_valid_frameworks(case: Case) -> None:
    """FrameworkError with every problem of the case's own framework and those of its projects."""
    frameworks = dict.fromkeys((case.framework, *(project.framework for project in case.projects)))
    raise_all(wrong for each in frameworks if each is not None for wrong in framework_problems(each, case.categories))


@lru_cache(maxsize=64)
def usable_together(categories: tuple[Category, ...]) -> None:
    """Nothing, if the categories of a case can be used, together.

    FrameworkError for one that uses names which nobody declares, PluginError naming the two that clash.
    """
    for category in categories:
        require_valid(category)
    found = clash(categories)
    if found is not None:
        raise PluginError(found)


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
