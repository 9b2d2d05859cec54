"""类别契约: what every task category must keep, one function a rule, and what to change where it does not.

The rules are written once, for the built-in categories and everybody's. ``faults`` gives what is wrong
as values; ``contract`` raises one AssertionError that names all of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from attrs import frozen

from perfeval.engine.checks.built_in import BUILT_IN as CHECKS, OF_THE_PIPELINE
from perfeval.engine.planning.strategy_choice import strategies_of
from perfeval.engine.validation import framework as framework_validation
from perfeval.engine.validation.category import KEY, sentences
from perfeval.errors import PerfevalError, record_repr
from perfeval.locales.messages import say
from perfeval.model.names import declared_names
from perfeval.results.check import HEADINGS, Check
from perfeval.strategies.built_in import BUILT_IN as STRATEGIES
from perfeval.strategies.strategy import PRACTICE
from perfeval.testing.naming import indicators, methods, units, usable
from perfeval.testing.probing import probed
from perfeval.testing.running import ran

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from perfeval.model.category import Category

LOCALE = "zh_Hans"
_CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@frozen(repr=False)
class Fault:
    """不合契约之处: the rule that is broken, where, and what to change."""

    rule: str
    where: str
    change: str

    __repr__ = record_repr

    def __str__(self) -> str:
        return f"{self.rule} {self.where}：{self.change}"


def contract(category: Category) -> None:
    """Raise AssertionError naming every rule that *category* breaks, where, and what to change."""
    found = faults(category)
    if found:
        raise AssertionError("\n".join([say("任务类别“{key}”不合契约：", LOCALE, key=category.key), *map(str, found)]))


def faults(category: Category) -> tuple[Fault, ...]:
    """Every fault of *category*, rule by rule; a rule that cannot look because another is broken says nothing."""
    found: list[Fault] = []
    for rule, look in RULES.items():
        try:
            found += [Fault(rule, where, change) for where, change in look(category)]
        except PerfevalError as error:
            if not found:
                found += [Fault(rule, category.key, str(each)) for each in error.problems]
    return tuple(found)


def _names(category: Category) -> Iterator[tuple[str, str]]:
    """A key in ASCII, a title, and no name twice."""
    if not KEY.fullmatch(category.key):
        yield category.key, say("键请用小写英文字母开头，只含小写字母、数字、- 和 _，如 market", LOCALE)
    if not category.title.strip():
        yield category.key, say("请写名称（title），如 农贸市场监管", LOCALE)
    kinds = {
        say("数据项", LOCALE): [each.name for each in category.data],
        say("指标", LOCALE): [each.name for each in category.indicators],
        say("指标体系", LOCALE): [each.name for each in category.frameworks],
        say("评分方法", LOCALE): [each.name for each in category.strategies],
        say("勾稽关系", LOCALE): [each.name for each in category.agreements if each.name],
        say("措辞", LOCALE): [name for name, _ in category.wording],
    }
    for kind, names in kinds.items():
        for name in sorted({each for each in names if names.count(each) > 1}):
            yield name, say("{kind}里有两个同名的；请改其中一个的名称", LOCALE, kind=kind)
        for name in names:
            if not name.strip() or name != name.strip():
                yield name, say("{kind}的名称不能为空，首尾不留空格", LOCALE, kind=kind)
    for strategy in category.strategies:
        if strategy.name in STRATEGIES:
            yield strategy.name, say("与自带的评分方法同名；请另起名称", LOCALE)


def _codes(category: Category) -> Iterator[tuple[str, str]]:
    """Codes of checks: ASCII, their own, once."""
    taken = {each.code for each in (*CHECKS, *OF_THE_PIPELINE)}
    seen: set[str] = set()
    for check in category.checks:
        if not isinstance(check, Check):
            yield str(check), say("不是审核规则；请用 @check 装饰函数", LOCALE)
            continue
        if not _CODE.fullmatch(check.code):
            yield check.code, say("编号请用小写英文单词，以 - 相连，如 market-closed-late", LOCALE)
        if check.code in taken:
            yield (
                check.code,
                say("与自带的审核规则同编号；请另起编号，如 {code}", LOCALE, code=f"{category.key}-{check.code}"),
            )
        if check.code in seen:
            yield check.code, say("编号用了两次；请改其中一个", LOCALE)
        seen.add(check.code)


def _documentation(category: Category) -> Iterator[tuple[str, str]]:
    """Each check documented under the fixed headings, with a title and an advice."""
    for check in _checks(category):
        missing = [title for title in HEADINGS if not dict(check.doc).get(title)]
        if missing:
            yield check.code, say("说明缺少：{headings}", LOCALE, headings=tuple(missing))
        if not check.title or not check.advice:
            yield check.code, say("请写 title（发现了什么）和 advice（请填报人做什么）", LOCALE)


def _checks(category: Category) -> Iterator[Check]:
    return (each for each in category.checks if isinstance(each, Check))


def _bases(category: Category) -> Iterator[tuple[str, str]]:
    """A basis on every rule: checks, agreements, frameworks, own strategies, indicators that stand alone."""
    wanted = say("请写依据（basis）：文件名称和文号，或“实务做法”，并注明是否已核对", LOCALE)
    for check in _checks(category):
        if not check.basis.text.strip():
            yield check.code, wanted
    for agreement in category.agreements:
        if agreement.basis is None or not agreement.basis.text.strip():
            yield agreement.name or str(agreement.holds), wanted
    for framework in category.frameworks:
        if framework.basis is None:
            yield framework.name, wanted
    for strategy in category.strategies:
        if strategy.basis is PRACTICE or not strategy.basis.text.strip():  # not written is not 实务做法
            yield strategy.name, wanted
    for indicator in category.indicators:
        if indicator.basis is None or not indicator.basis.text.strip():
            yield indicator.name, wanted


def _sums(category: Category) -> Iterator[tuple[str, str]]:
    """Frameworks that hold together: sums, bands, references, choices."""
    for framework in category.frameworks:
        names = declared_names(framework, (category,))
        units = {short: names.declared[name].unit for short, name in names.full.items() if name in names.declared}
        for each in framework_validation.problems(framework, names.units, strategies_of(framework, (category,)), units):
            yield framework.name, str(each)


def _units(category: Category) -> Iterator[tuple[str, str]]:
    """Every unit known, every formula's units settled, target and actual of one kind."""
    found = tuple(units(category))
    yield from found
    said = {where for where, _ in found}
    yield from ((where, change) for where, change in _probe("单位")(category) if where not in said)


def _wording(category: Category) -> Iterator[tuple[str, str]]:
    """Sentences that name data items, and only declared ones."""
    yield from ((topic, str(each)) for topic, each in sentences(category))


def _probe(rule: str) -> Callable[[Category], Iterator[tuple[str, str]]]:
    def look(category: Category) -> Iterator[tuple[str, str]]:
        said: set[str] = set()
        for framework, indicator in indicators(category) if usable(category) else ():
            for broken, change in probed(category, framework, indicator):
                if broken != rule or (rule == "上下限" and repr(indicator.strategy) in said):
                    continue  # a formula without bounds is one fault, however many use it
                said.add(repr(indicator.strategy))
                yield indicator.name, change

    return look


RULES: dict[str, Callable[[Category], Iterator[tuple[str, str]]]] = {
    "名称": _names,
    "编号": _codes,
    "说明": _documentation,
    "依据": _bases,
    "单位": _units,
    "方法": methods,
    "合计": _sums,
    "措辞": _wording,
    "满分": _probe("满分"),
    "上下限": _probe("上下限"),
    "有高有低": _probe("有高有低"),
    "读法一致": _probe("读法一致"),
    "运行": ran,
}
"""The rules by name, in the order in which they look; each is broken by one category of the kit's own tests."""
