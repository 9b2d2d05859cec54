"""种类: the fields that are written differently from how they are kept, each a type with its own hook."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Kind:
    """种类: a field whose reading has its own hook (数据, 体系, 方法 …)."""


class Items(Kind):
    """数据: items within items."""


class Data(Kind):
    """数据项声明: names with units, going down by dots."""


class Parts(Kind):
    """下级: dimensions and indicators."""


class Rule(Kind):
    """评分方法: a name, a name with arguments, or a formula of one's own."""


class Rules(Kind):
    """评分方法表: strategies by name."""


class Adjustments(Kind):
    """调整: strategies with arguments, in order."""


class Pairs(Kind):
    """对照: texts by name."""


class Expression(Kind):
    """算式: formula text."""


class Source(Kind):
    """依据: text, and whether it was checked."""


class Named(Kind):
    """指标体系或任务类别: resolved by name before the record is made."""


class Anything(Kind):
    """表式: kept as written."""


KINDS: Mapping[str, type] = {
    "items": Items,
    "data": Data,
    "parts": Parts,
    "strategy": Rule,
    "strategies": Rules,
    "adjustments": Adjustments,
    "pairs": Pairs,
    "formula": Expression,
    "basis": Source,
    "framework": Named,
    "categories": Named,
    "forms": Anything,
}
