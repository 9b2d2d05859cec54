"""规则的计量单位: what every name of one rule is measured in, for whoever checks the units of a rule.

The framework's rules before any case, the rules and adjustments of a case, agreements: all ask here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfeval.quantities.unit import POINT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from perfeval.formulas.units import Settled

EARNED = ".得分"
"""What follows the name of a node whose points a rule uses."""


def own_units(target: Settled | None, actual: Settled | None) -> dict[str, Settled | None]:
    """The names of a node itself: 分值 in points, 指标值 and 完成值 in what is known of them."""
    return {"分值": POINT, "指标值": target, "完成值": actual}


def rule_units(
    used: Iterable[str], own: Mapping[str, Settled | None], elsewhere: Callable[[str], Settled | None]
) -> dict[str, Settled | None]:
    """The unit of every name *used*: the node's *own* first, 得分 in points, any other as *elsewhere* says."""
    return {
        name: own[name] if name in own else POINT if name == "得分" or name.endswith(EARNED) else elsewhere(name)
        for name in used
    }
