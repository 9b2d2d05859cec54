"""核算得分: the plan's nodes → scores, bottom up; each node rounds its own result once.

Parts are added after rounding, so what is printed adds up. Where something is 无法计分, judged in a band
or 未列明, the score is None with the least and the most that it can be; adjustments then go through
the interval reading.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from attrs import evolve

from perfeval.engine.scoring.reproduction import reproductions
from perfeval.errors import Problem, problem
from perfeval.formulas.build import names
from perfeval.formulas.exact import NoAnswer, failure, round_pair
from perfeval.quantities.quantity import Quantity
from perfeval.results.because import GIVEN_FULL, RESCALED
from perfeval.results.score import Score
from perfeval.strategies.allotment import rescale_not_applicable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from perfeval.errors import Place
    from perfeval.model.framework import Framework
    from perfeval.model.plan import Node, Plan, PreparedAdjustment

ROOT = "总分"


def score(plan: Plan) -> Score:
    """The score tree of *plan*; where a stated value differs, what reproduces it is looked for."""
    return _score(plan.root, {} if plan.names_points else None, plan.root.part)  # type: ignore[arg-type]  # the root's part is the framework


def explained(score: Score, values: Mapping[str, Any]) -> Score:
    """*score* with ``reproduced_by`` filled in wherever a stated value differs from the computed."""
    parts = tuple(explained(part, values) for part in score.parts)
    stated = _stated(score.of)
    differs = stated is not None and score.steps is not None and stated.base * score.of.scale != score.steps
    found = reproductions(score.of, stated, values) if differs and stated is not None else ()
    if not found and all(a is b for a, b in zip(parts, score.parts, strict=True)):
        return score
    return evolve(score, parts=parts, reproduced_by=found)


def _score(node: Node, done: dict[str, Score] | None, framework: Framework) -> Score:
    """One node: by its rule (one exact value, adjusted, rounded once), its parts, or neither."""
    ready = node.ready
    if ready is not None and node.why_not is None:
        try:
            n, d = ready.run(node.pairs)  # type: ignore[misc]
            if node.then:
                result = _adjusted(node, (n, d), done)
            else:
                slot = node.slot
                n *= slot.scale
                if n < 0 and node.points is not None and node.points.base >= 0:
                    result = _none(node, _below_zero(node, n, d))
                else:
                    half_up = slot.half_up and n >= 0
                    result = Score(node, (n + n + d) // (d + d) if half_up else round_pair(n, d, 1, slot.rounding.how))  # type: ignore[arg-type]
        except (TypeError, ValueError, ArithmeticError):
            why = failure(ready.short, ready.short_names, node.pairs)  # type: ignore[arg-type]
            if why is None:
                raise
            result = _none(node, why.at(_stated_at(node, why)))
    elif node.parts:
        result = _sum(node, tuple([_score(part, done, framework) for part in node.parts]), framework, done)
    else:
        result = _unruled(node, done, framework)
    if done is not None:
        done[node.path] = done[node.name] = result
    return result


def _stated_at(node: Node, why: Problem) -> Place | None:
    """Where the case states what *why* speaks of: the first of the divisor's names that has a place; else its row."""
    divisor = why.get("divisor")
    places = (getattr(node.value(name), "place", None) for name in (names(divisor) if divisor is not None else ()))
    return next((place for place in places if place is not None), node.row.place if node.row is not None else None)


def _below_zero(node: Node, n: int, d: int) -> Problem:
    """A rule that takes more than there is and does not say whether it stops at 0."""
    return problem(
        "points-below-zero",
        "“{name}”按“{rule}”算得{points}，低于0分；规则没有写扣到0分为止，请在算式里写明，如“取大（0分，…）”",
        name=node.name,
        rule=node.strategy.name if node.strategy is not None else "",
        points=Quantity(Fraction(n, d * node.scale), "分"),
    )


def _none(
    node: Node, why: Problem | None, low: int = 0, high: int | None = None, parts: tuple[Score, ...] = ()
) -> Score:
    if high is None:
        high = steps_of(node.points, node) or 0
    return Score(node, None, parts, (min(low, high), high), why)


def steps_of(points: Quantity | None, node: Node) -> int | None:
    """Points in whole steps of *node*, or None where they are finer than a step."""
    if points is None:
        return None
    steps = points.base * node.scale
    return steps.numerator if steps.denominator == 1 else None


def _unruled(node: Node, done: dict[str, Score] | None, framework: Framework) -> Score:
    """A node that no rule decides: not applicable, judged in a band, or left open."""
    if node.not_applicable:
        why = _set_aside(node, framework.not_applicable)
        return _none(node, why, 0, None if why.code == "not-applicable" else 0)
    if node.judge is not None:
        low, high = node.judge
        given = steps_of(_stated(node), node)
        if given is not None and low <= given <= high:
            return _adjusted(node, (given, node.scale), done) if node.then else Score(node, given)
        why = problem("judge-open", "“{name}”由评定人在区间内评分，尚无可采用的评分", name=node.name)
        return _none(node, why, low, high)
    return _none(node, node.why_not)


def _set_aside(node: Node, how: str) -> Problem:
    """What becomes of the points of what is not applicable."""
    if node.points is not None and how == "折算":
        return problem(
            RESCALED, "“{name}”不适用，{points}不计入，总分按其余分值折算", name=node.name, points=node.points
        )
    if node.points is not None and how == "满分":
        return problem(GIVEN_FULL, "“{name}”不适用，按满分{points}计", name=node.name, points=node.points)
    return problem(
        "not-applicable",
        "“{name}”不适用，指标体系没有写明不适用的怎样计（折算或满分），总分不能确定",
        name=node.name,
    )


def _stated(node: Node) -> Quantity | None:
    return node.stated.quantity if node.stated is not None else None


def _sum(node: Node, parts: tuple[Score, ...], framework: Framework, done: dict[str, Score] | None) -> Score:
    """The sum of the parts; what is not applicable is set aside as the framework says."""
    low = high = aside = 0
    why: Problem | None = None
    exact, unallotted = True, False
    for part in parts:
        steps = part.steps
        if steps is not None:
            low += steps
            high += steps
        elif part.of.not_applicable and framework.not_applicable in ("折算", "满分"):
            share = steps_of(part.points, node) or 0
            if framework.not_applicable == "满分":
                low, high = low + share, high + share
            else:
                aside += share
        else:
            low, high = low + part.low_steps, high + part.high_steps
            exact, why = False, why or part.why_not
            unallotted = unallotted or (part.points is None and not part.of.not_applicable)
    if unallotted:  # some forms give points to the levels alone: what is below can have all of them
        high = max(high, steps_of(node.points, node) or 0)
    if node.slot.path == ROOT:
        unnamed = steps_of(node.unnamed, node) if framework.partial else None
        if unnamed is not None and unnamed > 0:
            exact, high = False, high + unnamed
            why = problem("points-unnamed", "指标体系有{points}未列明", points=node.unnamed)
        aside += sum(_aside(part, framework, node) for part in parts)
        if aside and node.points is not None:
            ends = [_rescaled(end, aside, node) for end in (low, high)]
            if None in ends:
                return _none(node, problem("all-not-applicable", "各项指标都不适用，无法折算"), parts=parts)
            low, high = ends  # type: ignore[assignment]
    if exact:
        return _adjusted(node, (low, node.scale), done, parts) if node.then else Score(node, low, parts)
    if not node.then:
        return Score(node, None, parts, (low, high), why)
    both = [_adjusted(node, (end, node.scale), done, parts) for end in (low, high)]
    between = min(each.low_steps for each in both), max(each.high_steps for each in both)
    return Score(node, None, parts, between, why)


def _aside(score: Score, framework: Framework, node: Node) -> int:
    """Points of what is not applicable further down: set aside once, where the whole is added."""
    if framework.not_applicable != "折算" or not score.parts:
        return 0
    return sum(
        (steps_of(part.points, node) or 0) if part.of.not_applicable else _aside(part, framework, node)
        for part in score.parts
    )


def _rescaled(steps: int, aside: int, node: Node) -> int | None:
    """不适用折算 of whole steps; None where everything is not applicable."""
    whole = rescale_not_applicable(steps, steps_of(node.points, node) or 0, aside)
    if isinstance(whole, Problem):
        return None
    return round_pair(whole.numerator, whole.denominator, 1, node.rounding.how)  # type: ignore[arg-type]


def _adjusted(
    node: Node, value: tuple[int, int], done: dict[str, Score] | None, parts: tuple[Score, ...] = ()
) -> Score:
    """*value* after the node's adjustments in order; the result is rounded once, at the end."""
    before = round_pair(*value, node.scale, node.rounding.how)  # type: ignore[arg-type]
    try:
        for step in node.then:
            value = step.run(_inputs(step, value, done))
    except NoAnswer as stop:
        return Score(node, None, parts, (min(0, before), before), stop.problem, before)
    return Score(node, round_pair(*value, node.scale, node.rounding.how), parts, None, None, before)  # type: ignore[arg-type]


def _inputs(step: PreparedAdjustment, value: Any, done: dict[str, Score] | None) -> tuple[Any, ...]:
    inputs: list[Any] = []
    for name, given in zip(step.names, step.pairs, strict=True):
        if name == "得分":
            inputs.append(value)
        elif name.endswith(".得分"):
            other = done.get(name[: -len(".得分")]) if done is not None else None
            inputs.append((other.steps, other.of.scale) if other is not None and other.steps is not None else None)
        else:
            inputs.append(given)
    return tuple(inputs)
