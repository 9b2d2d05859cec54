"""说明与等级: why a node's points are what they are, as a line and as a trace; the band of a score.

Read from the Node and given when asked: nothing of it is kept in the score.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from perfeval.errors import Problem
from perfeval.formulas.exact import value
from perfeval.formulas.formula import names
from perfeval.formulas.reasons import explainer
from perfeval.formulas.wording import wording
from perfeval.locales import problem_text, say
from perfeval.model.scope import operand
from perfeval.model.target import By
from perfeval.quantities.formatters import text
from perfeval.quantities.quantity import Quantity

if TYPE_CHECKING:
    from perfeval.model.evaluation import Score
    from perfeval.model.framework import Framework
    from perfeval.model.plan import Node


def because(score: Score, locale: str = "zh_Hans") -> str:
    """One line: 10分 × 900万元 ÷ 908.18万元 ≈ 9.91分; the reason of 无法计分 where there are no points."""
    node = score.of
    if score.steps is None:
        return "" if score.why_not is None else problem_text(score.why_not, locale)
    if node.parts:
        return _sum_because(score, locale)
    if node.rule is None:
        band = node.judge or (0, 0)
        low, high = (_points(steps, node) for steps in band)
        return say("由评定人在{low}～{high}之间评分", locale, low=low, high=high)
    steps = score.steps if score.before_steps is None else score.before_steps
    line = _explained(node, _points(steps, node), locale)
    return _adjusted(score, line, locale)


def _points(steps: int, node: Node) -> Quantity:
    return Quantity(Fraction(steps, node.scale), "分")


def _explained(node: Node, result: Quantity, locale: str) -> str:
    assert node.rule is not None  # noqa: S101 - asked only of nodes with a rule
    ready = node.ready
    assert ready is not None and ready.short is not None  # noqa: S101, PT018 - a rule is ready
    texts = tuple(_input(node, name, locale) for name in ready.short_names)
    said = explainer(ready.short, ready.short_names, locale)
    line = said(node.pairs, texts, result.pair, text(result, locale))
    phrase = node.strategy.worded(node.arguments, locale) if node.strategy is not None else ""
    return say("{reason}（{phrase}）", locale, reason=line, phrase=phrase) if phrase else line


def _input(node: Node, name: str, locale: str) -> str:
    """What stands for *name*, as text; a day is written as a day, not as a count of days."""
    if isinstance(node.target, By):
        if name == "指标值":
            return node.target.text
        if name == "完成值" and node.actual is not None:
            return node.actual.text
    return _said(node.value(name), locale)


def _said(given: Any, locale: str) -> str:
    given = operand(given)
    if isinstance(given, Quantity):
        return text(given, locale)
    return "" if given is None else f"“{given}”"


def _sum_because(score: Score, locale: str) -> str:
    """What a sum is made of: only worth saying where it is not the plain sum of what stands below."""
    node = score.of
    total = sum((part.steps or 0) for part in score.parts)
    line = ""
    if score.before_steps is not None or score.steps != total:
        line = say("下级合计{total}", locale, total=_points(total, node))
    judged = sum(part.of.points.base for part in score.walk() if part.by == "评定" and not part.parts and part.of.points)
    if judged:
        judged_text = say("含评定{points}", locale, points=Quantity(judged, "分"))
        line = f"{line}，{judged_text}" if line else judged_text
    return _adjusted(score, line, locale)


def _adjusted(score: Score, line: str, locale: str) -> str:
    """*line*, and what the adjustments made of it."""
    if score.before_steps is None or score.steps is None or score.before_steps == score.steps:
        return line
    for step in score.of.then:
        said = say("{name}后为{points}", locale, name=step.strategy.name, points=_points(score.steps, score.of))
        line = f"{line}；{said}" if line else said
    return line


def computed_actual(node: Node) -> Quantity | None:
    """完成值 by its formula, exactly; None where there is none or data are missing."""
    if node.computed is None:
        return None
    given = dict(zip(node.names, node.given, strict=True))
    result = value(node.computed, {name: operand(given.get(name)) for name in names(node.computed)})
    return result if isinstance(result, Quantity) else None


def trace(score: Score, locale: str = "zh_Hans") -> tuple[str, ...]:
    """依据与步骤: rule in words, inputs with their place, every step, rounding and basis, indented."""
    from perfeval.formulas.trace import trace as steps_of

    node = score.of
    lines = [f"{node.path}：{text(score.earned, locale) if score.earned is not None else say('无法计分', locale)}"]
    if node.strategy is not None:
        lines.append(
            say("  评分方法：{name}（{by}）；{basis}", locale, name=node.strategy.name, by=node.chosen_by, basis=node.strategy.basis)
        )
    if node.rule is not None:
        lines.append(say("  规则：{rule}", locale, rule=wording(node.rule if node.bound is None else node.bound, locale)))
    for name, given in zip(node.names, node.given, strict=True):
        place = getattr(given, "place", None) or (node.row.place if name == "完成值" and node.row else None)
        said = say("  {name} = {value}", locale, name=name, value=_input(node, name, locale))
        lines.append(f"{said}（{place}）" if place is not None else said)
    if node.rule is not None and score.why_not is None:
        inputs = {name: operand(given) for name, given in zip(node.names, node.given, strict=True)}
        for step in steps_of(node.rule, inputs):
            lines.append("  " * (step.depth + 1) + f"{step.formula} → {_result(step, locale)}")
    if score.why_not is not None:
        lines.append("  " + problem_text(score.why_not, locale))
    for part in score.parts:
        earned = text(part.earned, locale) if part.earned is not None else say("未定", locale)
        lines.append(f"  {part.name} {earned}")
    for adjusting in node.then:
        lines.append(say("  调整：{name}，{rule}", locale, name=adjusting.strategy.name, rule=wording(adjusting.formula, locale)))
    if node.rounding is not None and score.steps is not None:
        lines.append(
            say("  取位：{how}到{digits}位小数，本级只取一次", locale, how=node.rounding.how, digits=node.rounding.digits)
        )
    basis = getattr(node.part, "basis", None)
    if basis is not None:
        lines.append(say("  依据：{basis}", locale, basis=basis))
    return tuple(lines)


def _result(step: Any, locale: str) -> str:
    match step.result:
        case bool() as holds:
            return say("成立", locale) if holds else say("不成立", locale)
        case Problem() as why:
            return problem_text(why, locale)
        case str() as word:
            return word
        case _:
            found = step.value
            return text(found, locale) if isinstance(found, Quantity) else str(found)


def band(total: Quantity | None, points: Quantity | None, framework: Framework | None) -> str:
    """The grade of *total* out of *points*: the lower limit belongs to its band (89.5 is 良); '' without bands."""
    if framework is None or not framework.grades or total is None or points is None or points.base <= 0:
        return ""
    per_hundred = total.base * 100 / points.base
    for grade in sorted(framework.grades, key=lambda each: -each.at_least.base):
        if per_hundred >= grade.at_least.base:
            return grade.name
    return ""


def grade(score: Score, framework: Framework | None) -> str:
    """The grade where the least and the most that the score can be share a band, else 无法判断."""
    low, high = (band(end, score.points, framework) for end in (score.low, score.high))
    return low if low == high else "无法判断"

