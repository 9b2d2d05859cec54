"""填报工作簿的下拉列表: what may be chosen in which field, from the framework, the categories and the library itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from perfeval.engine.checks.built_in import BUILT_IN
from perfeval.engine.planning.strategy_choice import strategies_of
from perfeval.formulas.nodes import Text, parts as parts_of
from perfeval.model.case import Budget, BudgetLine, Case, Project, Review, Row, Waiver
from perfeval.model.funds import BASES
from perfeval.model.names import NOT_QUANTITIES, units_of
from perfeval.model.target import YesNo, target
from perfeval.plugins.entry_points import entries
from perfeval.quantities.units import base_units
from perfeval.reading.fill_in.layout import DIRECTIONS, OWNER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from perfeval.conversion.field_specs import FieldSpec
    from perfeval.model.category import Category
    from perfeval.model.framework import Framework, Part

CHOICES: Mapping[tuple[type, str], str] = {
    (Case, "grade"): "grades",
    (Project, "grade"): "grades",
    (Review, "grade"): "grades",
    (Case, "categories"): "categories",
    (Budget, "base"): "bases",
    (BudgetLine, "name"): "sources",
    (Row, "of"): "paths",
    (Row, "unit"): "units",
    (Row, "strategy"): "strategies",
    (Row, "likely"): "likely",
    (Waiver, "code"): "checks",
    (Waiver, "of"): "paths",
}
"""Fields with a list of choices; what is not in the list may be written all the same."""
USUAL = (
    "元",
    "万元",
    "亿元",
    "%",
    "个",
    "人",
    "人次",
    "次",
    "场",
    "件",
    "宗",
    "户",
    "家",
    "处",
    "平方米",
    "公里",
    "吨",
    "天",
    "小时",
    "分",
)
"""Units that stand first, before all others of the table."""


class Lists:
    """The lists of one workbook by name, made as they are asked for."""

    def __init__(self, framework: Framework | None, categories: Iterable[Category]) -> None:
        self.framework, self.categories = framework, tuple(categories)
        self.strategies = strategies_of(framework, self.categories)
        self.known_units = units_of(framework, self.categories)
        self.parts: Mapping[str, Part] = dict(framework.walk()) if framework is not None else {}
        self.declared = tuple(self._declared())
        self.made: dict[str, tuple[str, ...]] = {OWNER: ()}

    def of(self, record: type, slot: FieldSpec) -> str:
        """The name of the list that a field offers; nothing where it offers none."""
        name = CHOICES.get((record, slot.name), "")
        return name if name and self.get(name) else ""

    def get(self, name: str) -> tuple[str, ...]:
        """The list called *name*."""
        if name not in self.made:
            self.made[name] = tuple(dict.fromkeys(self._make(name)))
        return self.made[name]

    def add(self, name: str, values: Iterable[str]) -> str:
        """Keep a list of *values* under *name*."""
        self.made[name] = tuple(dict.fromkeys(values))
        return name

    def answers(self, record: Mapping[str, Any]) -> str:
        """The list for a row's 完成值 where its target is 是 or 否, or its method knows only certain words."""
        part = self.parts.get(record.get("of", ""))
        aim = target(record["target"]) if "target" in record else getattr(part, "target", None)
        if isinstance(aim, YesNo):
            return self.add("yes", ("是", "否"))
        rule = record.get("strategy") or getattr(part, "strategy", None)
        name = next(iter(rule)) if isinstance(rule, (dict, tuple)) else getattr(rule, "name", rule)
        found = self.strategies.get(str(name)) if name else None
        said = tuple(dict.fromkeys(_texts(found.formula))) if found is not None and found.formula is not None else ()
        return self.add(f"answers {name}", said) if said else ""

    def _make(self, name: str) -> Iterable[str]:
        match name:
            case "grades":
                return [grade.name for grade in self.framework.grades] if self.framework is not None else ()
            case "bases":
                return BASES
            case "sources":
                return ("当年财政拨款", "上年结转资金", "其他资金")
            case "paths":
                return ("总分", *self.parts)
            case "units":
                return (
                    *(unit for _, unit in self.declared if unit and unit not in NOT_QUANTITIES),
                    *USUAL,
                    *base_units().names,
                )
            case "strategies":
                return [each for each, made in self.strategies.items() if made.kind in ("评分", "评定")]
            case "likely":
                return ("确定能", "有可能", "完全不可能")
            case "directions":
                return DIRECTIONS
            case "titles":
                return [category.title for category in self.categories if category.data]
            case "categories":
                return [entry.key for entry in entries()]
            case "checks":
                return [check.code for check in BUILT_IN]
        return ()

    def _declared(self) -> Iterator[tuple[tuple[str, ...], str]]:
        """Every declared item with the names of its levels and its unit."""
        for datum in self.framework.data if self.framework is not None else ():
            yield tuple(datum.name.split(".")), datum.unit
        for category in self.categories:
            for datum in category.data:
                yield (category.title, *datum.name.split(".")), datum.unit


def _texts(formula: Any) -> Iterator[str]:
    if isinstance(formula, Text):
        yield formula.word
    for part in parts_of(formula):
        yield from _texts(part)
