"""比较: several evaluations beside each other — years of one office, offices of one district.

What changed and why, node by node; and the ranking of the totals, with ties. Scores that are not decided
are not ranked.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from attrs import frozen

from perfeval.errors import InputError, problem, record_repr
from perfeval.locales.messages import message
from perfeval.results.score_table import earned_text, two_decimals

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from perfeval.quantities.quantity import Quantity
    from perfeval.results.evaluation import Evaluation
    from perfeval.results.score import Score

FRAMEWORK = message("指标体系")
NEW, GONE = message("新增"), message("取消")
POINTS, TARGET, ACTUAL = message("分值"), message("指标值"), message("完成值")
RULE, EARNED = message("评分方法"), message("得分")


@frozen(repr=False)
class Change:
    """变化: one thing of one node that differs between two evaluations, as text before and after.

    ``what`` is 新增, 取消, 分值, 指标值, 完成值, 评分方法 or 得分; for the root also 指标体系. A change of 得分 that
    none of the others explains does not occur: points follow from them.
    """

    path: str
    what: str
    before: str
    after: str
    gained: Quantity | None = None
    """得分 after minus before, where both are decided; only with 得分."""

    __repr__ = record_repr


@frozen(repr=False)
class Ranked:
    """名次: one evaluation's place among those that are decided; equal totals share it (1, 2, 2, 4)."""

    label: str
    total: Quantity | None
    rank: int | None
    grade: str = ""
    points: Quantity | None = None
    """分值 of its whole."""

    __repr__ = record_repr


@frozen(repr=False)
class Comparison:
    """比较结果: the labels, the ranking, and the changes from each evaluation to the next."""

    labels: tuple[str, ...]
    ranking: tuple[Ranked, ...]
    changes: tuple[tuple[Change, ...], ...]
    """One tuple of changes for each neighbouring pair, in the order given."""

    __repr__ = record_repr


def compare(evaluations: Sequence[Evaluation]) -> Comparison:
    """比较: two or more *evaluations* in the order given. InputError for fewer."""
    if len(evaluations) < 2:
        raise InputError(problem("compare-few", "比较至少要有两个案例"))
    labels = tuple(_labels(evaluations))
    changes = tuple(tuple(_changes(a, b)) for a, b in pairwise(evaluations))
    return Comparison(labels, tuple(_ranking(labels, evaluations)), changes)


def _labels(evaluations: Sequence[Evaluation]) -> Iterator[str]:
    """Office and year: as much of it as tells them apart, with the file or the title where both are the same."""
    offices = {each.case.office for each in evaluations}
    years = {each.case.year for each in evaluations}
    alike: dict[str, list[Evaluation]] = {}
    labels = []
    for each in evaluations:
        parts = [each.case.office] if len(offices) > 1 or len(years) == 1 else []
        parts += [str(each.case.year)] if len(years) > 1 else []
        labels.append(" ".join(filter(None, parts)))
        alike.setdefault(labels[-1], []).append(each)
    apart = {label: iter(_apart(label, those)) for label, those in alike.items()}
    return (next(apart[label]) for label in labels)


def _apart(label: str, those: Sequence[Evaluation]) -> Iterator[str]:
    """One label for each of several evaluations that have *label* in common: by file, else by title, else counted."""
    if len(those) == 1:
        return iter((label,))
    sources = [each.case.place.source.replace("\\", "/") if each.case.place is not None else "" for each in those]
    files = [source.rpartition("/")[2] for source in sources]
    folders = ["/".join(source.split("/")[-2:]) for source in sources]
    for names in (files, folders, [each.case.title for each in those]):
        if all(names) and len(set(names)) == len(names):
            return (f"{label}（{name}）" if label else name for name in names)
    return (label if n == 1 else f"{label} ({n})" for n in range(1, len(those) + 1))


def _ranking(labels: Sequence[str], evaluations: Sequence[Evaluation]) -> Iterator[Ranked]:
    totals = [each.score.earned for each in evaluations]
    decided = [total.base for total in totals if total is not None]
    rows = [
        Ranked(
            label,
            total,
            None if total is None else 1 + sum(o > total.base for o in decided),
            each.grade,
            each.score.points,
        )
        for label, total, each in zip(labels, totals, evaluations, strict=True)
    ]
    yield from sorted(rows, key=lambda row: (row.rank is None, row.rank or 0))


def _changes(before: Evaluation, after: Evaluation) -> Iterator[Change]:
    old, new = before.case.framework, after.case.framework
    if old != new:
        yield Change(before.score.path, FRAMEWORK, _name(old), _name(new))
    first, second = (_scores(each) for each in (before, after))
    for path in dict.fromkeys((*first, *second)):
        was, now = first.get(path), second.get(path)
        if was is None or now is None:
            yield Change(path, NEW if was is None else GONE, _earned(was), _earned(now))
        else:
            yield from _differences(path, was, now)


def _name(framework: Any) -> str:
    return framework.name if framework is not None else ""


def _scores(evaluation: Evaluation) -> dict[str, Score]:
    """Scores by path; a project's stand under its name."""
    found = {score.path: score for score in evaluation.score.walk()}
    for each in evaluation.projects:
        for score in each.score.walk():
            found[each.score.name if score.path == "总分" else f"{each.score.name}/{score.path}"] = score
    return found


def _differences(path: str, was: Score, now: Score) -> Iterator[Change]:
    for what, a, b in (
        (POINTS, _text(was.points), _text(now.points)),
        (TARGET, _target(was), _target(now)),
        (RULE, _rule(was), _rule(now)),
        (ACTUAL, _actual(was), _actual(now)),
    ):
        if a != b:
            yield Change(path, what, a, b)
    if was.earned != now.earned or was.between != now.between:
        both = was.earned is not None and now.earned is not None
        gained = now.earned - was.earned if both else None  # type: ignore[operator]  # both looked
        yield Change(path, EARNED, _earned(was), _earned(now), gained)


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _target(score: Score) -> str:
    return getattr(score.of.target, "text", "") or ""


def _rule(score: Score) -> str:
    """The strategy with its arguments, as far as they were written."""
    strategy = score.of.strategy
    if strategy is None:
        return ""
    said = "，".join(f"{key} {value}".strip() for key, value in score.of.arguments)
    return f"{strategy.name}（{said}）" if said else strategy.name


def _actual(score: Score) -> str:
    computed = score.computed_actual
    if computed is not None:
        return two_decimals(computed.to("%") if computed.unit.rate else computed)
    return _text(score.actual)


def _earned(score: Score | None) -> str:
    if score is None:
        return ""

    return earned_text(score)
