"""指标体系核查: whether a framework holds together, before any case is read with it.

Everything wrong is found at once, each problem with the place of the part that has it: points that do
not add up, names that are not unique, bands that do not cover, here; strategies, units and references in ``rules``.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING

from perfeval.engine.validation.rules import rules
from perfeval.errors import PerfevalError, Place, Problem, problem
from perfeval.locales.messages import message
from perfeval.model.framework import Dimension, Framework, Indicator, Part
from perfeval.quantities.quantity import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from perfeval.model.framework import Agreement
    from perfeval.quantities.units import Units
    from perfeval.strategies.strategy import Strategy

ALLOTMENTS = ("given", "percent", "equal")
"""How a dimension's points go to its parts: as written, as percents of its own, evenly."""
HOW = (message("四舍五入"), message("舍去"), message("进位"))
NOT_APPLICABLE = ("", "折算", "满分")
SEVERITIES = ("错误", "疑点", "提示")
ROOT = "总分"
_NO_NAMES: Mapping[str, str] = MappingProxyType({})


def problems(
    framework: Framework, units: Units, strategies: Mapping[str, Strategy], names: Mapping[str, str] = _NO_NAMES
) -> tuple[Problem, ...]:
    """Every problem of *framework*, top down; empty where it is valid.

    *units* is the table that the framework reads by, *strategies* those known beside the framework's
    own (built-in and category's), *names* the data items that categories declare, with their units.
    Points need not add up in a ``partial`` framework (they may not exceed), under an open dimension
    (rows add to them), or where they are left to the user.
    """
    own = units
    found: list[Problem] = []
    if framework.units:
        try:
            own = units.with_(dict(framework.units), framework.name)
        except PerfevalError as error:
            found += [each.at(framework.place) for each in error.problems]
    found += _settings(framework)
    found += _grades(framework)
    found += _names(framework.parts, framework.name or ROOT)
    found += _sums(framework)
    found += rules(framework, own, strategies, names)
    return tuple({(each, each.place): each for each in found}.values())  # the same elsewhere is to be put right too


# -- settings of the whole --------------------------------------------------------------------------


def _settings(framework: Framework) -> Iterator[Problem]:
    place = framework.place
    if not framework.parts:
        yield problem("framework-empty", "指标体系“{name}”没有任何指标；请写 parts", place=place, name=framework.name)
    rounding = framework.rounding
    place = rounding.place or place
    if rounding.how not in HOW:
        yield problem(
            "rounding-unknown",
            "取位方式“{how}”不认识；可写：{known}",
            place=place,
            how=rounding.how,
            known=tuple(HOW),
        )
    if not 0 <= rounding.digits <= 6 or not 0 <= (rounding.rate_digits or 0) <= 6:
        yield problem("rounding-digits", "取位的位数要在 0 与 6 之间", place=place)
    place = framework.place
    if framework.not_applicable not in NOT_APPLICABLE:
        yield problem(
            "not-applicable-unknown",
            "不适用的处理“{how}”不认识；可写：折算、满分，或不写",
            place=place,
            how=framework.not_applicable,
        )
    if framework.reason_severity not in ("", *SEVERITIES):
        yield problem(
            "reason-severity-unknown",
            "缺原因的等级“{severity}”不认识；可写：{known}",
            place=place,
            severity=framework.reason_severity,
            known=SEVERITIES,
        )
    for agreement in framework.agreements:
        yield from severity(agreement, place)


def severity(agreement: Agreement, place: Place | None) -> Iterator[Problem]:
    """The severity that an agreement names is one that findings of agreements have."""
    if agreement.severity not in SEVERITIES:
        yield problem(
            "severity-unknown",
            "勾稽关系的等级“{severity}”不认识；可写：{known}",
            place=agreement.place or place,
            severity=agreement.severity,
            known=tuple(SEVERITIES),
        )


def _grades(framework: Framework) -> Iterator[Problem]:
    """Bands descend, bear different names, and the last begins at 0."""
    grades, place = framework.grades, framework.place
    if not grades:
        return
    for better, worse in pairwise(grades):
        if worse.at_least >= better.at_least:
            yield problem(
                "grades-order",
                "等级要从高到低：“{better}”的下限{high}应高于“{worse}”的下限{low}",
                place=worse.place or place,
                better=better.name,
                high=better.at_least,
                worse=worse.name,
                low=worse.at_least,
            )
    if grades[-1].at_least.number != 0:
        yield problem(
            "grades-gap",
            "等级没有覆盖到 0 分：低于{low}的没有等级；最后一级的下限请写 0",
            place=grades[-1].place or place,
            low=grades[-1].at_least,
        )
    if grades[0].at_least.number > 100:
        yield problem(
            "grades-above",
            "等级“{name}”的下限{low}高于百分制的满分",
            place=grades[0].place or place,
            name=grades[0].name,
            low=grades[0].at_least,
        )
    names = [grade.name for grade in grades]
    for name in dict.fromkeys(each for each in names if names.count(each) > 1):
        yield problem("grades-twice", "等级“{name}”写了两次", place=place, name=name)


# -- names and points of the tree -------------------------------------------------------------------


def _names(parts: tuple[Part, ...], above: str) -> Iterator[Problem]:
    """Names are there, carry no path marks, and are unique among siblings."""
    seen: set[str] = set()
    for part in parts:
        if not part.name or part.name != part.name.strip() or "/" in part.name or part.name == ROOT:
            yield problem(
                "part-name",
                "“{above}”下的名称“{name}”不能用：不可为空、不可写“/”，首尾不留空格，也不能叫“总分”",
                place=part.place,
                above=above,
                name=part.name,
            )
        if part.name in seen:
            yield problem(
                "part-twice",
                "“{above}”下有两个“{name}”；同一级的名称不能重复",
                place=part.place,
                above=above,
                name=part.name,
            )
        seen.add(part.name)
        if isinstance(part, Dimension):
            yield from _names(part.parts, part.name)


def _sums(framework: Framework) -> Iterator[Problem]:
    """Points at every level: the parts' sum against the whole."""
    yield from _level(
        framework.name or ROOT, framework.points, framework.parts, False, "given", framework.partial, framework.place
    )
    for path, part in framework.walk():
        if part.points is not None and part.points.number < 0:
            yield problem(
                "points-negative", "“{path}”的分值{points}小于 0", place=part.place, path=path, points=part.points
            )
        if isinstance(part, Dimension):
            if part.allot not in ALLOTMENTS:
                yield problem(
                    "allot-unknown",
                    "“{path}”的分配方式“{allot}”不认识；可写：given（按所写分值）、percent（按百分比）、equal（等分）",
                    place=part.place,
                    path=path,
                    allot=part.allot,
                )
            elif part.parts:
                yield from _level(path, part.points, part.parts, part.open, part.allot, framework.partial, part.place)


def _level(
    path: str,
    points: Quantity | None,
    parts: tuple[Part, ...],
    is_open: bool,
    allot: str,
    partial: bool,
    place: Place | None,
) -> Iterator[Problem]:
    if allot == "equal":
        return
    if allot == "percent":
        shares = [part.points for part in parts]
        if None in shares:
            missing = "、".join(part.name for part in parts if part.points is None)
            yield problem(
                "percent-missing", "“{path}”按百分比分配，{names}没有写百分比", place=place, path=path, names=missing
            )
            return
        total = sum((share.number for share in shares if share is not None), Fraction(0))
        if total != 100 and not (is_open and total < 100):
            yield problem(
                "percent-sum",
                "“{path}”按百分比分配，下级百分比合计{total}，应为 100",
                place=place,
                path=path,
                total=Quantity(total),
            )
        return
    known = [_worth(part) for part in parts]
    sum_known = sum((worth for worth in known if worth is not None), Fraction(0))
    whole = points.number if points is not None else None
    if whole is None:
        return
    if sum_known > whole:
        yield problem(
            "points-over",
            "“{path}”的分值是{whole}，下级合计{total}，多{gap}",
            place=place,
            path=path,
            whole=points,
            total=Quantity(sum_known, "分"),
            gap=Quantity(sum_known - whole, "分"),
        )
    elif sum_known < whole and None not in known and not is_open and not partial:
        yield problem(
            "points-short",
            "“{path}”的分值是{whole}，下级合计{total}，少{gap}；确有未列明的，请写 partial: yes（部分列明）",
            place=place,
            path=path,
            whole=points,
            total=Quantity(sum_known, "分"),
            gap=Quantity(whole - sum_known, "分"),
        )


def _worth(part: Part) -> Fraction | None:
    """The points of *part*: its own, else the sum of its parts; None where the user supplies them."""
    if part.points is not None:
        return part.points.number
    if isinstance(part, Indicator) or not part.parts or part.allot != "given":
        return None
    total = Fraction(0)
    for each in part.parts:
        worth = _worth(each)
        if worth is None:
            return None
        total += worth
    return total
