"""引用核查: whether references between indicators form a circle, or lead too far.

A 完成值 may use other 完成值; points are made after all of them, upward, so an adjustment may use
points that are made before its own node's, and a 完成值 may use none.
"""

from __future__ import annotations

from graphlib import TopologicalSorter
from typing import TYPE_CHECKING

from perfeval.engine.rule_units import EARNED
from perfeval.errors import Problem, problem
from perfeval.formulas.build import names, walk
from perfeval.formulas.nodes import Formula, Name
from perfeval.model.framework import Dimension, Framework, Part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from perfeval.model.framework import Adjustment

LONGEST = 2000
"""How many steps a 完成值 may have with everything that it uses written out."""
ROOT = "/"
"""Stands for the whole; no part has this path."""


def circles(
    framework: Framework,
    computed: Mapping[str, Formula],
    bearers: Mapping[str, list[str]],
    formulas: Callable[[Iterable[Adjustment]], Iterator[Formula]],
) -> Iterator[tuple[Problem, str]]:
    """Each circle once, as a problem and the path of a node in it; then 完成值 that use points.

    *computed* are the 完成值 formulas by path, *bearers* the paths of every name, *formulas* binds
    adjustments.
    """
    uses: dict[str, list[str]] = {}
    for path, formula in computed.items():
        used = names(formula)
        uses[path] = [other for name in used for other in bearers.get(name, ()) if other in computed]
        points = [name for name in used if name.endswith(EARNED) and name.removesuffix(EARNED) in bearers]
        if points:
            yield (
                problem(
                    "actual-uses-points",
                    "“{path}”的完成值用到{names}；得分在全部完成值之后才有，完成值里不能用",
                    path=path,
                    names=tuple(points),
                ),
                path,
            )
    yield from _named(_circles(uses))

    needs: dict[str, list[str]] = {}
    _points(framework.parts, ROOT, needs)
    parts: list[tuple[str, Part | Framework]] = [(ROOT, framework), *framework.walk()]
    for path, part in parts:
        for formula in formulas(part.then):
            for name in names(formula):
                if name.endswith(EARNED):
                    needs.setdefault(path, []).extend(bearers.get(name.removesuffix(EARNED), ()))
    yield from _named(_circles(needs))


def too_long(computed: Mapping[str, Formula], bearers: Mapping[str, list[str]]) -> Iterator[tuple[Problem, str]]:
    """完成值 that, with those that they use written out, have too many steps; *computed* must be without a circle.

    A few indicators that each use the one before twice would double to millions of steps.
    """
    uses = {
        path: [other for name in _every_name(formula) for other in bearers.get(name, ()) if other in computed]
        for path, formula in computed.items()
    }
    steps: dict[str, int] = {}
    for path in TopologicalSorter(uses).static_order():
        steps[path] = sum(1 for _ in walk(computed[path])) + sum(steps[other] for other in uses[path])
        if steps[path] > LONGEST:
            yield (
                problem(
                    "actual-too-long",
                    "“{path}”的完成值连同它用到的完成值展开后超过{most}步；请把中间结果写成数据项",
                    path=path,
                    most=LONGEST,
                ),
                path,
            )
            steps[path] = 0  # said once, and not again of what uses it


def _every_name(formula: Formula) -> Iterator[str]:
    return (node.name for node in walk(formula) if isinstance(node, Name))


def _points(parts: tuple[Part, ...], above: str, needs: dict[str, list[str]]) -> None:
    """Points of a node need those of its parts."""
    for part in parts:
        path = part.name if above == ROOT else f"{above}/{part.name}"
        needs.setdefault(above, []).append(path)
        if isinstance(part, Dimension):
            _points(part.parts, path, needs)


def _named(found: Iterable[list[str]]) -> Iterator[tuple[Problem, str]]:
    for circle in found:
        steps = " → ".join("总分" if step == ROOT else step for step in (*circle, circle[0]))
        yield (
            problem("reference-circle", "引用成了循环：{steps}；请去掉其中一处引用", steps=steps),
            circle[-1] if circle[0] == ROOT else circle[0],
        )


def _circles(uses: Mapping[str, list[str]]) -> Iterator[list[str]]:
    """One circle for each node from which a circle not seen before is reached (depth first, no recursion)."""
    done: set[str] = set()
    for start in uses:
        trail: list[str] = []
        on_trail: set[str] = set()
        stack: list[tuple[str, int]] = [(start, 0)]
        while stack:
            node, turn = stack.pop()
            if turn == 0:
                if node in done:
                    continue
                trail.append(node)
                on_trail.add(node)
            below = uses.get(node, [])
            if turn < len(below):
                stack.append((node, turn + 1))
                other = below[turn]
                if other in on_trail:
                    yield trail[trail.index(other) :]
                elif other not in done:
                    stack.append((other, 0))
            else:
                trail.pop()
                on_trail.discard(node)
                done.add(node)
