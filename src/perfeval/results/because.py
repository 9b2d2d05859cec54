"""说明与等级: why a node's points are what they are, as a line and as a trace; the band of a score.

Read from the Node and given when asked: nothing of it is kept in the score.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from attrs import frozen

from perfeval.errors import record_repr
from perfeval.formulas.brief import Brief, brief
from perfeval.formulas.exact import value
from perfeval.formulas.formula import names
from perfeval.formulas.reasons import explainer
from perfeval.formulas.trace import Step, trace as steps_of
from perfeval.locales.messages import fill, say, translate
from perfeval.model.names import operand
from perfeval.model.target import By
from perfeval.quantities.formatters import text
from perfeval.quantities.quantity import Quantity

if TYPE_CHECKING:
    from collections.abc import Callable

    from perfeval.model.framework import Framework
    from perfeval.model.plan import Node, Ready
    from perfeval.results.evaluation import Score


RESCALED, GIVEN_FULL = "not-applicable-rescaled", "not-applicable-full"
"""Codes of what is not applicable: set aside, or counted with full points."""


def because(score: Score, locale: str = "zh_Hans") -> str:
    """One line: 10分 × 900万元 ÷ 908.18万元 ≈ 9.91分; the reason of 无法计分 where there are no points."""
    node, steps = score.of, score.steps
    ready = node.ready
    if ready is not None and steps is not None and score.before_steps is None:
        return _explained(node, ready, steps, locale)
    if steps is None:
        why = score.why_not  # its place stands in the finding and the trace; a paper names no folder of one computer
        return "" if why is None else fill(translate(why.template, locale), dict(why.values), locale)
    if node.parts:
        return _sum_because(score, locale)
    if ready is not None:
        return _adjusted(score, _explained(node, ready, score.before_steps or 0, locale), locale)
    low, high = node.judge or (0, 0)
    scale = node.scale
    return say(
        "由评定人在{low}～{high}之间评分",
        locale,
        low=points_text(low, scale, locale),
        high=points_text(high, scale, locale),
    )


def _points(steps: int, node: Node) -> Quantity:
    return Quantity(Fraction(steps, node.scale), "分")


@lru_cache(maxsize=8192)
def points_text(steps: int, scale: int, locale: str) -> str:
    """So many steps as text: 9.91分. Points are few and come again and again."""
    return text(Quantity(Fraction(steps, scale), "分"), locale)


@frozen(repr=False, eq=False)
class _Said:
    """What is said of every figure of one rule in one slot: made once, kept with the slot."""

    __repr__ = record_repr

    brief: Brief | None
    write: Callable[[Quantity], str]
    phrase: str


def _saying(node: Node, ready: Ready, locale: str) -> _Said:
    slot, actual = node.slot, node.actual.value if node.actual is not None else None
    assert ready.short is not None  # noqa: S101 - asked only of nodes with a rule
    phrase = slot.strategy.worded(slot.arguments, locale) if slot.strategy is not None else ""
    if type(actual) is not Quantity or slot.points is None or slot.computed is not None or isinstance(slot.target, By):
        return _Said(None, str, phrase)
    fixed = {"分值": (slot.points.pair, text(slot.points, locale))}
    if type(slot.aim) is Quantity:
        fixed["指标值"] = slot.aim.pair, text(slot.aim, locale)
    made = brief(ready.short, ready.short_names, fixed, locale)
    return _Said(made, partial(text, locale=locale), phrase)


def _explained(node: Node, ready: Ready, steps: int, locale: str) -> str:
    """The reason of one rule: the common kind at once, every other step by step."""
    slot = node.slot
    said = slot.said.get((ready, locale))
    if said is None:
        said = slot.said[(ready, locale)] = _saying(node, ready, locale)
    result = points_text(steps, slot.scale, locale)
    line = None
    if said.brief is not None:
        actual = said.write(node.actual.value)  # type: ignore[union-attr,arg-type]  # a rule has its figure
        line = said.brief(node.pairs, actual, steps, slot.scale, result)
    if line is None:
        line = _step_by_step(node, ready, steps, result, locale)
    return say("{reason}（{phrase}）", locale, reason=line, phrase=said.phrase) if said.phrase else line


def _step_by_step(node: Node, ready: Ready, steps: int, result: str, locale: str) -> str:
    assert ready.short is not None  # noqa: S101 - a rule is ready
    texts = tuple(said_input(node, name, locale) for name in ready.short_names)
    return explainer(ready.short, ready.short_names, locale)(node.pairs, texts, (steps, node.scale), result)


def said_input(node: Node, name: str, locale: str) -> str:
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
    steps = [part.steps for part in score.parts]
    total = sum([each or 0 for each in steps])
    line = ""
    changed = score.before_steps is not None or score.steps != total
    if changed:
        line = say("下级合计{total}", locale, total=_points(total, node))
    if (changed or None in steps) and (not_applicable := set_aside(score, locale)):
        line = f"{line}{say('；', locale)}{not_applicable}" if line else not_applicable
    judged = node.by_people
    if judged:
        judged_text = say("含评定{points}", locale, points=Quantity(judged, "分"))
        line = f"{line}{say('，', locale)}{judged_text}" if line else judged_text
    return _adjusted(score, line, locale)


def set_aside(score: Score, locale: str) -> str:
    """What is not applicable below a sum and what that made of it: named, with the points that were left."""
    node = score.of
    root = node.path == "总分"
    out = [each for each in (score.walk() if root else score.parts) if each.of.not_applicable and each.why_not]
    rescaled = [each for each in out if each.why_not is not None and each.why_not.code == RESCALED]
    full = [
        each for each in score.parts if each in out and each.why_not is not None and each.why_not.code == GIVEN_FULL
    ]
    lines = []
    for those in (rescaled, full):
        if not those:
            continue
        names = say("、", locale).join(each.name for each in those)
        aside = Quantity(sum((each.points.base for each in those if each.points is not None), Fraction(0)), "分")
        if those is full:
            lines.append(say("{names}不适用，按满分计入{points}", locale, names=names, points=aside))
        elif not root or node.points is None or score.steps is None:
            lines.append(say("{names}不适用，{points}不计入", locale, names=names, points=aside))
        else:
            steps = score.before_steps if score.before_steps is not None else score.steps
            total = _points(sum(part.steps or 0 for part in score.parts), node)
            rest, made = node.points - aside, _points(steps, node)
            exact = rest.base > 0 and total.base * node.points.base == made.base * rest.base
            lines.append(
                say(
                    "{names}不适用，从{rest}折算到{whole}：{total} × {whole} ÷ {rest} {sign} {made}",
                    locale,
                    names=names,
                    rest=rest,
                    whole=node.points,
                    total=total,
                    sign="=" if exact else "≈",
                    made=made,
                )
            )
    return say("；", locale).join(lines)


def _adjusted(score: Score, line: str, locale: str) -> str:
    """*line*, and what the adjustments made of it."""
    if score.before_steps is None or score.steps is None or score.before_steps == score.steps:
        return line
    called = tuple(step.strategy.name for step in score.of.then)  # what stands between two of them is not kept
    said = say("{name}后为{points}", locale, name=called, points=_points(score.steps, score.of))
    return f"{line}{say('；', locale)}{said}" if line else said


def computed_actual(node: Node) -> Quantity | None:
    """完成值 by its formula, exactly, a quotient in the target's unit; None where there is none or data are missing."""
    if node.computed is None:
        return None
    given = dict(zip(node.names, node.given, strict=True))
    result = value(node.computed, {name: operand(given.get(name)) for name in names(node.computed)})
    if not isinstance(result, Quantity):
        return None
    aim = node.slot.aim
    if isinstance(aim, Quantity) and len(result.unit.dims) > 1 and aim.unit.same_kind(result.unit):
        return result.to(aim.unit)  # 6.50元/餐次 beside ≤6元/餐次, not 万元/万餐次
    return result


def calculation(node: Node) -> tuple[Step, ...]:
    """Every step of the rule in its short form: what the figures' signs decide is no step."""
    ready = node.ready
    if ready is None or ready.short is None or node.why_not is not None:
        return ()
    slot, actual = node.slot, node.actual
    own = {"分值": node.points, "指标值": slot.aim, "完成值": actual.value if actual is not None else None}
    if not own.keys() >= set(ready.short_names) or (actual is not None and type(actual.value) is not Quantity):
        own |= {name: operand(node.value(name)) for name in ready.short_names}
    return steps_of(ready.short, own)  # type: ignore[arg-type]


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
