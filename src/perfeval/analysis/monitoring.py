"""运行监控: the case part of a year on — progress of budget and goals, lights and early warnings by rules that are data.

Nothing here knows a limit: each place's lights are a file of formulas over a few names. What the
office expects of the whole year is its own figure; 执行数 × 12 ÷ 月 is only a hint beside it.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import frozen

from perfeval.errors import InputError, Problem, problem, record_repr
from perfeval.formulas.build import names, walk
from perfeval.formulas.exact import value
from perfeval.formulas.nodes import Compare, Name
from perfeval.model.budget import MONTHS
from perfeval.model.funds import SPENT, base_of, funds_of
from perfeval.model.target import Compared
from perfeval.quantities.quantity import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from perfeval.analysis.monitoring_rules import Light, MonitoringRules
    from perfeval.formulas.nodes import Formula
    from perfeval.model.funds import Funds
    from perfeval.quantities.figure import Figure
    from perfeval.results.evaluation import Evaluation
    from perfeval.results.score import Score

GOAL = "目标进度"


@frozen(repr=False)
class Monitored:
    """监控结果: one block of funds or one indicator, its light and why.

    ``light`` is '' where nothing decides it; ``graver`` says why a graver light could not be judged.
    """

    __repr__ = record_repr

    of: str
    light: str
    given: tuple[tuple[str, Quantity], ...]
    when: Formula | None = None
    graver: Problem | None = None
    expected: Figure | None = None
    """全年预计执行数, the office's own figure."""
    projected: Quantity | None = None
    """执行数 × 12 ÷ 月: a hint, never the office's figure."""

    def value(self, name: str) -> Quantity | None:
        """What stands for *name* (预算进度), exactly."""
        return dict(self.given).get(name)


def monitor(evaluation: Evaluation, by: MonitoringRules, months: int | None = None) -> tuple[Monitored, ...]:
    """运行监控: the lights of every block of funds and every indicator with a progress, after *months* months.

    Without *months*, up to the month that 执行数 is counted to (执行数截至月), else as many as the case gives
    各月执行数 for. Raises InputError where nothing says, or for what is no number of months.
    """
    return tuple(_watched(evaluation, by, months))


def _watched(evaluation: Evaluation, by: MonitoringRules, months: int | None) -> Iterator[Monitored]:
    office = next((each for each in funds_of(evaluation.case) if each.project is None), None)
    until = months if months is not None else _counted(office) if office is not None else 0
    for funds in funds_of(evaluation.case):
        if funds.is_line:
            continue
        part = evaluation.of_project(funds.project)
        progress = _of_funds(funds, _months(funds, months, until)) | (_of_points(part) if part is not None else {})
        yield _judged(funds.name, by.lights, progress, funds.whole.forecast)
        if part is not None:
            yield from _goals(part, "" if part is evaluation else f"{funds.name}/", by, progress)


def _goals(part: Evaluation, above: str, by: MonitoringRules, progress: Mapping[str, Quantity]) -> Iterator[Monitored]:
    """Each indicator with a progress of its own, by the lights that are about one."""
    about_goals = [light for light in by.lights if light.when is None or GOAL in names(light.when)]
    if not any(light.when is not None for light in about_goals):
        return
    seen = {name: value for name, value in progress.items() if name in ("月", "时间进度", "预算进度")}
    for score in part.score.walk():
        goal = None if score.parts else _goal(score)
        if goal is not None:
            yield _judged(above + score.path, about_goals, seen | {GOAL: goal}, None)


def _months(funds: Funds, months: int | None, office: int) -> int:
    """How many months a block is judged after: those that were asked for, its own, else the office's."""
    found = months if months is not None else _counted(funds) or office
    if not 1 <= found <= MONTHS:
        if months is None:
            raise InputError(problem("monitoring-months", "不知道监控到几月；请写明月数，或在案例里填各月执行数"))
        raise InputError(problem("monitoring-months-wrong", "月数应是1至12，这里是{months}", months=months))
    return found


def _counted(funds: Funds) -> int:
    """The month up to which the block itself counts; 0 where it does not say."""
    return funds.whole.until or len(funds.whole.monthly)


def _of_funds(funds: Funds, months: int) -> dict[str, Quantity]:
    """执行数 of the months until now, 预算数 and what follows from them."""
    amounts = funds.amounts
    base = amounts[funds.base].quantity if funds.base else None
    spent = _spent(funds, months)
    found = {"月": Quantity(months), "时间进度": Quantity(Fraction(months * 100, MONTHS), "%")}
    if base is not None:
        found["预算数"] = base
    if spent is not None:
        found["执行数"] = spent
    if base is not None and spent is not None and base.base > 0:
        found["预算进度"] = Quantity(spent.base / base.base * 100, "%")
    return found


def _spent(funds: Funds, months: int) -> Quantity | None:
    """The months' sum where the case has them all, else 执行数 as it stands, unless it is of other months."""
    monthly = [each.quantity for each in funds.whole.monthly[:months]]
    known = [each for each in monthly if each is not None]
    if len(known) == months:
        total = known[0]
        for each in known[1:]:
            total = total + each
        return total
    spent = funds.amounts.get(SPENT)
    of_these = funds.whole.until in (None, months) and (funds.whole.until or not funds.whole.monthly)
    return spent.quantity if spent is not None and of_these else None


def _of_points(part: Evaluation) -> dict[str, Quantity]:
    """执行得分 and 指标得分, where the framework scores the execution and every point is decided."""
    base = base_of(part.case.framework)
    lowest = [score for score in part.score.walk() if not score.parts]
    execution = next((score for score in lowest if base and _is_execution(score, base)), None)
    if execution is None or any(score.earned is None for score in lowest):
        return {}
    others = [score.earned for score in lowest if score is not execution]
    total = sum((each.base for each in others if each is not None), Fraction(0))
    assert execution.earned is not None  # noqa: S101 - all were looked at
    return {"执行得分": execution.earned, "指标得分": Quantity(total, "分")}


def _is_execution(score: Score, base: str) -> bool:
    return score.of.computed is not None and set(names(score.of.computed)) == {SPENT, base}


def _goal(score: Score) -> Quantity | None:
    """目标进度 of an indicator: as written, else 完成值 ÷ 指标值 of a goal that is to be reached."""
    row, target = score.of.row, score.of.target
    if row is not None and row.progress is not None:
        stated = row.progress.quantity
        return stated if stated is not None and stated.unit.rate else None
    actual = score.actual.quantity if score.actual is not None else None
    if actual is None or not isinstance(target, Compared) or target.sign not in ("", "≥", ">", "="):
        return None
    aim = target.figure.quantity
    if aim is None or aim.base <= 0 or not aim.unit.same_kind(actual.unit) or aim.unit.rate:
        return None
    return Quantity(actual.base / aim.base * 100, "%")


def _judged(of: str, lights: Iterable[Light], given: Mapping[str, Quantity], expected: Figure | None) -> Monitored:
    graver: Problem | None = None
    seen, kept = False, tuple(given.items())
    projected = given["执行数"] * MONTHS / given["月"] if "执行数" in given and given["月"].number < MONTHS else None
    for light in lights:
        if light.when is None:
            name = light.name if seen and graver is None else ""
            return Monitored(of, name, kept, None, graver, expected, projected)
        missing = [name for name in names(light.when) if name not in given]
        if missing == [GOAL]:
            continue  # a block of funds has no 目标进度: that light is about indicators
        if missing:
            graver = graver or problem("monitoring-missing", "缺少{names}", names=tuple(missing))
            continue
        seen = True
        came = value(light.when, given)
        if isinstance(came, Problem):
            graver = graver or came
        elif came is True:
            return Monitored(of, light.name, kept, light.when, graver, expected, projected)
    return Monitored(of, "", kept, None, graver, expected, projected)


def compared(watched: Monitored) -> tuple[tuple[Compare, Quantity], ...]:
    """The comparisons that lit the light, each with what its left side came to; those of 月 alone are left out."""
    given = dict(watched.given)
    found: list[tuple[Compare, Quantity]] = []
    for node in walk(watched.when) if watched.when is not None else ():
        if isinstance(node, Compare) and node.left != Name("月") and value(node, given) is True:
            left = value(node.left, given)
            if isinstance(left, Quantity):
                found.append((node, left))
    return tuple(found)
