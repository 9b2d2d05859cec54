"""试运行: a category's own checks on cases that say nothing, little, or something else than expected.

A check runs on every case that names its category: also where an item is missing, is a word, or is zero.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from perfeval.engine.pipeline import evaluate
from perfeval.errors import PerfevalError
from perfeval.locales.messages import say
from perfeval.model.case import Budget, Case, Item
from perfeval.model.names import NOT_QUANTITIES
from perfeval.results.check import Check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval.model.category import Category
    from perfeval.model.framework import Datum
    from perfeval.results.evaluation import Evaluation

LOCALE = "zh_Hans"
OFFICE = "某街道办事处（示例数据）"


def ran(category: Category) -> Iterator[tuple[str, str]]:
    """(code, what to change) for every check of *category* that raises on one of the cases."""
    checks = [each for each in category.checks if isinstance(each, Check)]
    silent = evolve(category, checks=())
    failed: set[str] = set()
    for what, case in _cases(silent) if checks else ():
        try:
            evaluation = evaluate(case)
        except PerfevalError:
            continue  # another rule says why
        for check in checks:
            why = _why(check, evaluation)
            if why and check.code not in failed:
                failed.add(check.code)
                yield (
                    check.code,
                    say("在“{case}”的案例上出错：{why}；没有写的、不是数的也要能查", LOCALE, case=what, why=why),
                )


def _why(check: Check, evaluation: Evaluation) -> str:
    try:
        for each in check.run(evaluation):
            check.finding(each).sentence()
    except Exception as error:  # noqa: BLE001 - a plugin's own code may raise anything
        return f"{type(error).__name__}: {error}"
    return ""


def _cases(category: Category) -> Iterator[tuple[str, Case]]:
    frameworks = category.frameworks or (None,)
    for framework in frameworks:
        bare = Case(OFFICE, 2021, framework, categories=[category])
        yield say("什么也没写", LOCALE), bare
        budget = Budget(whole_year="100万元", spent="90万元")
        for what, text in (
            (say("都写了", LOCALE), "1"),
            (say("都是0", LOCALE), "0"),
            (say("都写成文字", LOCALE), "待统计"),
        ):
            items = [Item(each.name, figures=[_written(each, text)]) for each in category.data]
            data = [Item(category.title, items=items)] if items else []
            yield what, evolve(bare, budget=budget, data=data)


def _written(datum: Datum, text: str) -> str:
    if not text.isdecimal():
        return text
    return (
        {"日期": "2021-12-31", "名次": "第1", "文字": "有效"}[datum.unit]
        if datum.unit in NOT_QUANTITIES
        else text + datum.unit
    )
