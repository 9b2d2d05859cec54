"""依据与步骤: why a node's points are what they are, as indented lines for those who ask.

Rule, inputs with their place, the branch taken, the calculation, rounding and basis; every single step
of the calculation on request.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from perfeval.errors import Problem
from perfeval.formulas.build import names, substitute
from perfeval.formulas.exact import trace as steps_of
from perfeval.formulas.nodes import Choice, Formula, Name, Number
from perfeval.formulas.wording import named, wording
from perfeval.locales.messages import message, say, translate
from perfeval.model.operands import operand
from perfeval.quantities.formatters import text
from perfeval.quantities.quantity import Quantity
from perfeval.results.because import calculation, computed_actual, said_input, set_aside
from perfeval.results.score_table import earned_text, two_decimals, where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval.model.plan import Node
    from perfeval.results.scored import Scored


def trace(score: Scored, locale: str = "zh_Hans", *, steps: bool = False) -> tuple[str, ...]:
    """The lines of one node; with *steps* every step of its calculation is among them."""
    return tuple(_trace(score, locale, steps))


def deep(score: Scored, locale: str = "zh_Hans", *, steps: bool = False) -> Iterator[str]:
    """The lines of a node and of every node below it, each one deeper."""
    lines = trace(score, locale, steps=steps)
    depth = score.path.count("/") if score.path != "总分" else -1
    for each in score.walk():
        if each is not score:
            lines = trace(each, locale, steps=steps)
        yield from ("  " * (each.path.count("/") - depth if each is not score else 0) + line for line in lines)


def _trace(score: Scored, locale: str, steps: bool) -> Iterator[str]:
    node = score.of
    if score.earned is not None:
        yield say("{path}：{earned}", locale, path=node.path, earned=text(score.earned, locale))
    else:
        yield say("{path}：{earned}", locale, path=node.path, earned=earned_text(score, locale))
    if score.why_not is not None:
        yield "  " + score.why_not.in_locale(locale)
    yield from _rule(node, locale)
    yield from _inputs(node, locale)
    if node.rule is not None and score.why_not is None:
        yield from _branches(node, locale)
    if score.parts:
        yield say("  下级得分：{sum}", locale, sum=_sum(score, locale))
        if not_applicable := set_aside(score, locale):
            yield say("  计算：{because}", locale, because=not_applicable)
    elif score.in_locale(locale) and score.why_not is None:
        yield say("  计算：{because}", locale, because=score.in_locale(locale))
    if steps and node.rule is not None and score.why_not is None:
        yield say("  每一步：", locale)
        yield from _steps(node, locale)
    yield from _ending(score, locale)


CHOSEN_BY = (message("指标行"), message("指标体系"), message("任务类别"), message("默认"))
"""Who can have chosen a strategy."""


def _rule(node: Node, locale: str) -> Iterator[str]:
    strategy = node.strategy
    if strategy is None:
        return
    yield say("  评分方法：{name}（{by}所定）", locale, name=strategy.name, by=translate(node.chosen_by, locale))
    phrase = strategy.worded(node.arguments, locale)
    if phrase:
        yield say("  规则：{rule}", locale, rule=phrase)
    ready = node.ready
    rule = None if ready is None else ready.short if node.computed is None else ready.bound
    if rule is not None:
        yield say("  算式：{formula}", locale, formula=_written(rule, locale))
    yield say("  方法的依据：{basis}", locale, basis=strategy.basis)


def _inputs(node: Node, locale: str) -> Iterator[str]:
    for name, given in zip(node.names, node.given, strict=True):
        place = getattr(given, "place", None) or (node.row.place if name == "完成值" and node.row else None)
        line = say("  {name} = {value}", locale, name=named(name, locale), value=said_input(node, name, locale))
        at = where([place], locale) if place is not None else ""
        yield say("{line}（{place}）", locale, line=line, place=at) if at else line
    computed = node.computed
    if computed is not None and (found := _computed(node)) is not None:
        formula = _written(computed, locale)
        yield say("  完成值 = {formula} = {value}", locale, formula=formula, value=two_decimals(found, locale))


def _computed(node: Node) -> Quantity | None:
    found = computed_actual(node)
    return found if found is None or not found.unit.rate else found.to("%")


def _branches(node: Node, locale: str) -> Iterator[str]:
    """Each condition on the path taken, with its numbers, and whether it holds."""
    ready = node.ready
    if ready is None or ready.short is None:
        return
    inputs = {name: operand(node.value(name)) for name in ready.short_names}
    found = steps_of(ready.short, inputs)
    for step, following in pairwise(found):
        if isinstance(step.formula, Choice):
            condition = following.formula
            verdict = say("成立", locale) if following.result is True else say("不成立", locale)
            yield say(
                "  {condition}：{numbers}，{verdict}",
                locale,
                condition=_written(condition, locale),
                numbers=_put_in(condition, node, locale),
                verdict=verdict,
            )


def _written(formula: Formula, locale: str) -> str:
    """A formula as it is written; in the words of a language that has no such writing."""
    return str(formula) if locale.startswith("zh") else wording(formula, locale)


def _put_in(condition: Formula, node: Node, locale: str) -> str:
    """*condition* with what stands for its names; a day as it is written."""
    own = names(condition)
    marks = [f"〖{at}〗" for at in range(len(own))]  # no name stands in another's value by chance
    line = _written(substitute(condition, dict(zip(own, map(Name, marks), strict=True))), locale)
    for mark, name in zip(marks, own, strict=True):
        line = line.replace(str(Name(mark)), mark).replace(mark, said_input(node, name, locale))
    return line


def _sum(score: Scored, locale: str) -> str:
    return " + ".join(
        say("{name} {earned}", locale, name=part.name, earned=earned_text(part, locale)) for part in score.parts
    )


def _steps(node: Node, locale: str) -> Iterator[str]:
    for step in calculation(node):
        if not isinstance(step.formula, Number):
            yield "  " * (step.depth + 2) + f"{_written(step.formula, locale)} → {_result(step, locale)}"


def _result(step: Any, locale: str) -> str:
    match step.result:
        case bool() as holds:
            return say("成立", locale) if holds else say("不成立", locale)
        case Problem() as why:
            return why.in_locale(locale)
        case str() as word:
            return word
        case _:
            found = step.value
            return text(found, locale) if isinstance(found, Quantity) else str(found)


def _ending(score: Scored, locale: str) -> Iterator[str]:
    node = score.of
    for adjusting in node.then:
        yield say(
            "  调整：{name}，{rule}", locale, name=adjusting.strategy.name, rule=wording(adjusting.formula, locale)
        )
    if node.then and score.before_steps is not None and score.earned is not None:
        before = Quantity(Fraction(score.before_steps, node.scale), "分")
        if before == score.earned:
            yield say("  调整没有改变得分", locale)
        else:
            yield say("  调整前{before}，调整后{after}", locale, before=before, after=score.earned)
    if score.steps is not None and (node.then or not score.parts):
        yield say(
            "  取位：{how}到{digits}位小数，本级只取一次",
            locale,
            how=translate(node.rounding.how, locale),
            digits=node.rounding.digits,
        )
    if score.stated is not None:
        place = where([score.stated.place], locale) if score.stated.place is not None else ""
        line = say("  自评：{stated}分", locale, stated=score.stated.text.removesuffix("分"))
        yield say("{line}（{place}）", locale, line=line, place=place) if place else line
    basis = getattr(node.part, "basis", None)
    if basis is not None:
        yield say("  依据：{basis}", locale, basis=basis)
