"""说明文字: a figure as read, a framework, what differs between two, a check's documentation — as lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from perfeval.engine.checks.built_in import own_checks
from perfeval.errors import NotFoundError, problem
from perfeval.formulas.wording import wording
from perfeval.locales.messages import fill, message, say, translate
from perfeval.locales.suggestions import suggest
from perfeval.locales.words import word
from perfeval.model.fields import TERM
from perfeval.model.framework import Adjustment, Dimension, Grade, Indicator, Rounding
from perfeval.plugins import loading
from perfeval.quantities.formatters import text
from perfeval.quantities.quantity import Quantity
from perfeval.strategies.built_in import BUILT_IN as STRATEGIES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval.model.category import Category
    from perfeval.model.framework import Framework
    from perfeval.plugins.loading import Listing
    from perfeval.quantities.figure import Figure
    from perfeval.results.check import Check
    from perfeval.strategies.strategy import Strategy


def described(figure: Figure, locale: str = "zh_Hans") -> Iterator[str]:
    """What was read from one text: value, unit, sign, mark, and the interval that it states."""
    yield say("写法：{text}", locale, text=figure.text)
    if figure.value is None:
        yield say("空位：没有数", locale)
        return
    yield say("读作：{value}", locale, value=text(figure.value, locale))
    quantity = figure.quantity
    if quantity is not None and quantity.unit.symbol:
        kind = say("按件计数", locale) if quantity.unit.counted else say("量得的数", locale)
        yield say("计量单位：{unit}（{kind}）", locale, unit=quantity.unit, kind=kind)
    if figure.sign:
        yield say("比较符号：{sign}", locale, sign=figure.sign)
    if figure.mark:
        yield say("约数：{mark}", locale, mark=figure.mark)
    if figure.change is not None:
        yield say("增减：{change}", locale, change=text(figure.change, locale))
    if quantity is not None:
        yield say("写出的位数表示：{interval}", locale, interval=_interval(figure, quantity, locale))


def _interval(figure: Figure, quantity: Quantity, locale: str) -> str:
    bounds, unit = figure.bounds, quantity.unit

    def end(base: Any) -> str:
        return text(Quantity(base / unit.factor, unit), locale)

    if bounds.low == bounds.high and bounds.low is not None:
        return say("正好{value}", locale, value=end(bounds.low))
    low = (
        ""
        if bounds.low is None
        else say("不低于{end}", locale, end=end(bounds.low))
        if bounds.low_closed
        else say("高于{end}", locale, end=end(bounds.low))
    )
    high = (
        ""
        if bounds.high is None
        else say("不高于{end}", locale, end=end(bounds.high))
        if bounds.high_closed
        else say("低于{end}", locale, end=end(bounds.high))
    )
    return say("，", locale).join(each for each in (low, high) if each)


def framework(each: Framework, locale: str = "zh_Hans") -> Iterator[str]:
    """The tree of a framework: points, target, strategy and basis of every part."""
    yield each.name
    if each.basis is not None:
        yield say("依据：{basis}", locale, basis=each.basis)
    if each.partial:
        yield say("部分列明：有的分值和指标没有公布", locale)
    for path, part in each.walk():
        yield "  " * (path.count("/") + 1) + _part(part, locale)
    for grade in each.grades:
        name = word("grade", grade.name, locale)
        yield say("等级 {name}：{low}及以上", locale, name=name, low=text(grade.at_least, locale))


def _part(part: Dimension | Indicator, locale: str, name: str = "") -> str:
    points = text(part.points, locale) if part.points is not None else say("分值由单位确定", locale)
    words = [name or part.name, points]
    if isinstance(part, Indicator):
        words.append(getattr(part.target, "text", "") or "")
        words.append(str(part.actual) if part.actual is not None else "")
        words.append(_strategy(part.strategy))
    elif part.open:
        words.append(say("（由单位填报指标）", locale))
    return "  ".join(word for word in words if word)


def _strategy(strategy: Any) -> str:
    if isinstance(strategy, tuple):
        return f"{strategy[0]}（{'，'.join(f'{key} {value}' for key, value in strategy[1])}）"
    return strategy if isinstance(strategy, str) else strategy.name if strategy is not None else ""


def difference(a: Framework, b: Framework, locale: str = "zh_Hans") -> Iterator[str]:
    """What two frameworks do differently: parts that only one has, points and rules that changed."""
    first, second = dict(a.walk()), dict(b.walk())
    yield f"- {a.name}"
    yield f"+ {b.name}"
    same = True
    for path in dict.fromkeys((*first, *second)):
        old, new = first.get(path), second.get(path)
        left = None if old is None else _part(old, locale, path)
        right = None if new is None else _part(new, locale, path)
        if left == right:
            continue
        same = False
        if left is not None:
            yield f"- {left}"
        if right is not None:
            yield f"+ {right}"
    for attribute in type(a).__attrs_attrs__:
        old_value, new_value = getattr(a, attribute.name), getattr(b, attribute.name)
        if attribute.name in ("name", "parts", "place") or old_value == new_value:
            continue
        same = False
        for sign, value in (("-", old_value), ("+", new_value)):
            yield f"{sign} {attribute.metadata[TERM]}：{_setting(value, locale)}"
    if same:
        yield say("两个指标体系相同", locale)


def _setting(value: Any, locale: str) -> str:
    """A framework's setting in words: 四舍五入到2位小数, 优90分、良80分."""
    match value:
        case bool():
            return say("是", locale) if value else say("否", locale)
        case None | () | "":
            return say("（无）", locale)
        case (str(first), second) if not isinstance(second, Grade):
            return f"{first} {_strategy(second) or second}"
        case tuple():
            return say("、", locale).join(_setting(each, locale) for each in value)
        case Rounding(digits=digits, how=how):
            return say("{how}到{digits}位小数", locale, how=translate(how, locale), digits=digits)
        case Grade(name=name, at_least=low):
            return say("{name} {low}及以上", locale, name=name, low=text(low, locale))
        case Adjustment(strategy=strategy):
            return _strategy(strategy)
        case Quantity():
            return text(value, locale)
        case _:
            return str(getattr(value, "name", value))


def listed(listing: Listing, locale: str = "zh_Hans", *, only: str = "") -> Iterator[str]:
    """One installed category: key, title, package, version, what it brings, whether it loads."""
    if only == "frameworks":
        for name in listing.frameworks:
            yield f"{listing.key}/{name}"
        return
    owner = f"{listing.distribution} {listing.version}"
    if listing.problem is not None:
        yield say(
            "{key}  不能载入（{owner}）：{why}",
            locale,
            key=listing.key,
            owner=owner,
            why=listing.problem.in_locale(locale),
        )
        return
    yield say("{key}  {title}（{owner}）", locale, key=listing.key, title=listing.title, owner=owner)
    if listing.category is not None:
        yield "    " + say("，", locale).join(_brought(listing.category, locale))
    for name in listing.frameworks:
        yield say("    指标体系 {name}", locale, name=f"{listing.key}/{name}")


def _brought(category: Category, locale: str) -> Iterator[str]:
    """How much of each kind a category brings."""
    yield say("版次 {edition}", locale, edition=category.edition)
    for many, template in (
        (category.data, message("数据项 {n}")),
        (category.indicators, message("指标 {n}")),
        (category.agreements, message("勾稽关系 {n}")),
        (category.checks, message("审核规则 {n}")),
        (category.strategies, message("评分方法 {n}")),
        (category.units, message("计量单位 {n}")),
    ):
        if many:
            yield fill(translate(template, locale), {"n": len(many)}, locale)


def explained(code: str, locale: str = "zh_Hans") -> Iterator[str]:
    """The documentation of a check by its code, or of a scoring strategy by its name.

    What perfeval brings is known without any plugin; others are loaded one by one until one has it.
    """
    known = [each.code for each in own_checks()]
    for check in own_checks():
        if check.code == code:
            yield from _check(check, locale)
            return
    if code in STRATEGIES:
        yield from _rule(STRATEGIES[code], locale)
        return
    for category in loading.loaded_for(code):
        for check in category.checks:
            if check.code == code:
                yield from _check(check, locale)
                return
        for strategy in category.strategies:
            if code in (strategy.name, *strategy.aliases):
                yield from _rule(strategy, locale)
                return
        known += [each.code for each in category.checks] + [each.name for each in category.strategies]
    for strategy in loading.framework_strategies() if not code.isascii() else ():  # a code of a check is ASCII
        if code in (strategy.name, *strategy.aliases):
            yield from _rule(strategy, locale)
            return
        known.append(strategy.name)
    raise NotFoundError(
        problem(
            "code-unknown",
            "没有编号或名称为“{code}”的审核规则或评分方法{near}",
            code=code,
            near=suggest(code, [*known, *STRATEGIES]),
        )
    )


def _check(check: Check, locale: str) -> Iterator[str]:
    yield f"{check.code}  {translate(check.title, locale)}  {check.severity.in_locale(locale)}"
    yield say("依据：{basis}", locale, basis=check.basis)
    yield say("建议：{advice}", locale, advice=translate(check.advice, locale))
    for title, words in check.doc:
        yield ""
        yield translate(title, locale)
        yield from ("  " + line for line in translate(words, locale).splitlines())


def _rule(strategy: Strategy, locale: str) -> Iterator[str]:
    yield strategy.name
    yield say("说明：{note}", locale, note=translate(strategy.note, locale))
    if strategy.formula is not None:
        yield say("算式：{formula}", locale, formula=strategy.formula)
        yield say("即：{words}", locale, words=wording(strategy.formula, locale))
    for parameter in strategy.parameters:
        yield say("参数 {name}：{note}", locale, name=parameter.name, note=translate(parameter.note, locale))
    if strategy.rows:
        yield say("逐行写明：{rows}", locale, rows=translate(strategy.rows, locale))
    yield say("依据：{basis}", locale, basis=strategy.basis)
