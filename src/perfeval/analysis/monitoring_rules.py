"""监控规则: the lights of a place as data — a file of conditions over a few names, the gravest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from perfeval.conversion.converter import converter
from perfeval.errors import FormulaError, InputError, NotFoundError, Place, Problem, problem, record_repr
from perfeval.formulas.build import names
from perfeval.formulas.units import CONDITION, check_units
from perfeval.model.fields import field_metadata, place_field, record_field, several, text_field, to_formula
from perfeval.plugins import loading
from perfeval.quantities.units import base_units
from perfeval.reading.sources import documents
from perfeval.strategies.strategy import Basis  # noqa: TC001 - the converter resolves the annotations

if TYPE_CHECKING:
    from perfeval.formulas.nodes import Formula

NAMES = {
    "执行数": "万元", "预算数": "万元", "月": "", "时间进度": "%", "预算进度": "%", "目标进度": "%",
    "指标得分": "分", "执行得分": "分",
}  # fmt: skip
"""What a light's formula can name, with its unit."""
DEFAULT_RULES = "national/lights"


@frozen(repr=False)
class Light:
    """灯: its name (红, 预警) and when it is lit; without a condition, where none before it is."""

    __repr__ = record_repr

    name: str = text_field("名称")
    when: Formula | None = field(default=None, converter=to_formula, metadata=field_metadata("条件", kind="formula"))
    place: Place | None = place_field()


@frozen(repr=False)
class MonitoringRules:
    """监控规则: the lights of one place and year, the gravest first."""

    __repr__ = record_repr

    name: str = text_field("名称")
    lights: tuple[Light, ...] = field(default=(), converter=several, metadata=field_metadata("灯", kind="lights"))
    note: str = text_field("说明")
    basis: Basis | None = record_field("依据", kind="basis")
    place: Place | None = place_field()


def monitoring_rules(name: str | bytes = DEFAULT_RULES) -> MonitoringRules:
    """监控规则 by name (national/lights) or from a file of one's own (.yaml, or its bytes).

    Raises NotFoundError naming what the category has, InputError for a file that is none, FormulaError
    for a condition that names something else than NAMES or mixes units.
    """
    if isinstance(name, bytes) or name.endswith((".yaml", ".yml", ".json")):
        read = documents(name)
    else:
        read = documents(_installed(name), label=f"{name}.yaml")
    if read[0].kind != "monitoring":
        place = Place(source="" if isinstance(name, bytes) else name)
        raise InputError(
            problem("monitoring-kind", "这不是监控规则；文件第一行应是“perfeval: monitoring/1”", place=place)
        )

    made: MonitoringRules = converter().structure(read[0].fields, MonitoringRules)
    return checked(made)


def _installed(name: str) -> Any:
    key, _, own = name.partition("/")
    home = loading.folder(loading.entry(key)) / "monitoring"
    known = sorted(path.stem for path in home.glob("*.yaml")) if home.is_dir() else []
    if own not in known:
        raise NotFoundError(
            problem(
                "monitoring-unknown",
                "任务类别“{key}”里没有监控规则“{name}”；有：{known}",
                key=key,
                name=own,
                known=tuple(f"{key}/{each}" for each in known),
            )
        )
    return home / f"{own}.yaml"


def checked(made: MonitoringRules) -> MonitoringRules:
    """*made*, if every condition of it is one, names only what there is and mixes no units; else FormulaError."""
    units = {name: base_units().get(unit) for name, unit in NAMES.items()}
    found: list[Problem] = []
    for light in made.lights:
        if light.when is None:
            continue
        unknown = [name for name in names(light.when) if name not in NAMES]
        if unknown:
            found.append(
                problem(
                    "monitoring-name",
                    "“{light}”的条件用了“{names}”；可用的有：{known}",
                    place=light.place,
                    light=light.name,
                    names=tuple(unknown),
                    known=tuple(NAMES),
                )
            )
            continue
        try:
            if check_units(light.when, units) != CONDITION:
                found.append(
                    problem(
                        "monitoring-no-condition",
                        "“{light}”的条件不是比较；请写成如“预算进度 < 60 %”",
                        place=light.place,
                        light=light.name,
                    )
                )
        except FormulaError as error:
            found += [each.at(light.place) for each in error.problems]
    if found:
        raise FormulaError(*found)
    return made
