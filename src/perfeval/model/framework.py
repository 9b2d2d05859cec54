"""指标体系: points and rules, as data — weights, bands, denominators and rounding differ by place and year."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from attrs import evolve, field, fields, frozen

from perfeval.errors import FrameworkError, NotFoundError, Place, problem, record_repr
from perfeval.formulas.nodes import Formula
from perfeval.model.fields import (
    field_metadata,
    flag_field,
    place_field,
    record_field,
    several,
    text_field,
    to_formula,
    to_points,
    to_year,
    whole_number_field,
)
from perfeval.model.target import Target, to_target
from perfeval.quantities.quantity import Quantity
from perfeval.strategies.strategy import Basis, Strategy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


def to_basis(value: Any) -> Basis | None:
    """A basis from its text; a Basis is taken as it is."""
    return Basis(value) if isinstance(value, str) else value


@frozen(repr=False)
class Grade:
    """评价等级: a band of the score per hundred; its lower limit belongs to it (89.5 is 良)."""

    __repr__ = record_repr

    name: str = text_field("等级")
    at_least: Quantity = field(
        default=None, converter=to_points, metadata=field_metadata("下限", kind="points", unit="分")
    )
    place: Place | None = place_field()


@frozen(repr=False)
class Rounding:
    """取位: places of each node's points and how (四舍五入, 舍去, 进位), applied once per node.

    ``rate_digits`` says that a computed rate is first brought to so many places of a percent, as some
    forms do; None (the rule) calculates with the exact quotient.
    """

    __repr__ = record_repr

    digits: int = whole_number_field("位数", default=2)
    how: str = text_field("方式", default="四舍五入")
    rate_digits: int | None = whole_number_field("执行率位数", default=None)
    place: Place | None = place_field()


@frozen(repr=False)
class Datum:
    """数据项声明: a name that formulas can use, with its unit, known before any case exists.

    ``unit`` is a unit's symbol, or 日期, 名次, 文字 for what is no quantity. Names go down by dots.
    """

    __repr__ = record_repr

    name: str = text_field("名称")
    unit: str = text_field("计量单位", "单位")
    note: str = text_field("说明", kw_only=True)
    place: Place | None = place_field()


def _condition(value: str | Formula | None) -> Formula:
    return to_formula(value)  # type: ignore[return-value]  # None is what a file leaves out: the reader has said so


@frozen(repr=False)
class Agreement:
    """勾稽关系: a condition that stated numbers must meet, judged by their intervals.

    ``severity`` is the most that a finding of it can become (错误, 疑点, 提示).
    """

    __repr__ = record_repr

    holds: Formula = field(default=None, converter=_condition, metadata=field_metadata("关系", "holds", kind="formula"))
    severity: str = text_field("等级", default="错误", kw_only=True)
    name: str = text_field("名称", kw_only=True)
    note: str = text_field("说明", kw_only=True)
    basis: Basis | None = field(
        default=None, converter=to_basis, metadata=field_metadata("依据", kind="basis"), kw_only=True
    )
    place: Place | None = place_field()


def _pairs(value: Any) -> tuple[tuple[str, Any], ...]:
    if value is None:
        return ()
    if hasattr(value, "items"):
        return tuple(value.items())
    return tuple(tuple(_no_text(pair)) for pair in ((value,) if isinstance(value, str) else value))


def _no_text(pair: Any) -> Any:
    """*pair* itself; FrameworkError for a text, which Python would take apart into its characters."""
    if isinstance(pair, str):
        raise FrameworkError(
            problem("pair-wanted", "“{text}”应写成一对：（名称，内容），或用映射 {{名称: 内容}}", text=pair)
        )
    return pair


@frozen(repr=False)
class Adjustment:
    """调整: a strategy that names 得分, with its arguments; stands in ``then`` and is applied in order."""

    __repr__ = record_repr

    strategy: Strategy | str = record_field("评分方法", kind="strategy", default="")
    arguments: tuple[tuple[str, Any], ...] = field(default=(), converter=_pairs, metadata={})
    place: Place | None = place_field()


def to_adjustment(value: Any) -> Adjustment:
    """``{封顶: {条件: …, 至多: …}}``, the bare name of one without parameters, or an Adjustment."""
    if isinstance(value, Adjustment):
        return value
    if isinstance(value, str):
        return Adjustment(value)
    if not isinstance(value, dict) or not value:
        raise FrameworkError(
            problem(
                "adjustment-form",
                "“{text}”不是调整；请写成映射，如“封顶: {{条件: …, 至多: …}}”，没有参数的只写名称",
                text=str(value)[:60],
            )
        )
    (strategy, arguments), *more = value.items()
    if more:
        raise FrameworkError(
            problem("adjustment-many", "一条调整只写一个方法；这里写了 {names}", names=tuple(map(str, value)))
        )
    return Adjustment(strategy, arguments)


def adjustments(values: Iterable[Any] | None) -> tuple[Any, ...]:
    """Adjustments, each as a record or as ``{method: arguments}``."""
    return several(values, to_adjustment)


def to_strategy(value: Any) -> Any:
    """Freeze ``{name: {argument: value}}`` as (name, arguments); names and Strategies pass."""
    if value is None or isinstance(value, (str, Strategy, tuple)):
        return value
    (name, arguments), *more = value.items()
    if more:
        raise FrameworkError(
            problem("strategy-many", "评分方法只写一个；这里写了 {names}", names=tuple(map(str, value)))
        )
    return (name, _pairs(arguments))


@frozen(repr=False, cache_hash=True)
class Indicator:
    """三级指标: points, target and how its points are earned.

    ``actual`` computes the 完成值 from data items; ``strategy`` is a Strategy, its name, or a name with
    arguments ``{递减按比例: {每: 1 %, 扣: 0.5 分}}``; ``reason_when`` says when a 偏差原因 is due.
    """

    __repr__ = record_repr

    name: str = text_field("名称", "三级指标", "指标名称")
    points: Quantity | None = field(
        default=None, converter=to_points, metadata=field_metadata("分值", "权重", kind="points", unit="分")
    )
    target: Target | None = field(
        default=None, converter=to_target, metadata=field_metadata("指标值", "年度指标值", "目标值", kind="target")
    )
    unit: str = text_field("计量单位", "单位", "度量单位", kw_only=True)
    nature: str = text_field("指标性质", "性质", kw_only=True)
    actual: Formula | None = field(
        default=None, converter=to_formula, metadata=field_metadata("完成值", "实际完成值", kind="formula")
    )
    strategy: Any = field(
        default=None,
        converter=to_strategy,
        metadata=field_metadata("评分方法", "评分标准", kind="strategy"),
        kw_only=True,
    )
    then: tuple[Adjustment, ...] = field(
        default=(), converter=adjustments, metadata=field_metadata("调整", kind="adjustments"), kw_only=True
    )
    code: str = text_field("编码", kw_only=True)
    core: bool = flag_field("核心", "是否核心")
    reason_when: Formula | None = field(
        default=None, converter=to_formula, metadata=field_metadata("须说明条件", kind="formula")
    )
    basis: Basis | None = field(
        default=None, converter=to_basis, metadata=field_metadata("依据", kind="basis"), kw_only=True
    )
    place: Place | None = place_field()


@frozen(repr=False, cache_hash=True)
class Dimension:
    """一、二级指标: a group; ``open`` lets the case's rows add indicators under it.

    ``allot`` says how its points go to its parts: given (as written), percent (parts are percents of
    this node), equal (divided evenly, the remainder on the last).
    """

    __repr__ = record_repr

    name: str = text_field("名称", "一级指标", "二级指标")
    points: Quantity | None = field(
        default=None, converter=to_points, metadata=field_metadata("分值", "权重", kind="points", unit="分")
    )
    parts: tuple[Part, ...] = field(
        default=(), converter=several, metadata=field_metadata("下级", "指标", kind="parts")
    )
    open: bool = flag_field("开放", "由单位填报")
    allot: str = text_field("分配", default="given", kw_only=True)
    then: tuple[Adjustment, ...] = field(
        default=(), converter=adjustments, metadata=field_metadata("调整", kind="adjustments"), kw_only=True
    )
    basis: Basis | None = field(
        default=None, converter=to_basis, metadata=field_metadata("依据", kind="basis"), kw_only=True
    )
    note: str = text_field("说明", kw_only=True)
    place: Place | None = place_field()


Part = Dimension | Indicator


def bands(values: Iterable[Any] | None) -> tuple[Any, ...]:
    """Grades, each as a record or as (name, lower limit)."""
    return several(values, to_grade)


def declarations(values: Iterable[Any] | Mapping[str, str] | None) -> tuple[Any, ...]:
    """Data, each as a record or as (name, unit); a mapping of names and units will do."""
    pairs: Any = values
    return several(pairs.items() if hasattr(values, "items") else values, to_datum)


def agreed(values: Iterable[Any] | None) -> tuple[Any, ...]:
    """Agreements, each as a record or as the text of its relation."""
    return several(values, to_agreement)


@frozen(repr=False, cache_hash=True)
class Framework:
    """指标体系: the tree of points of one form, place and year, with its rules.

    ``points`` default to the sum of the parts; ``partial`` (部分列明) states that some are unnamed.
    ``defaults`` map a target's sign to a strategy; unless said otherwise ≥ and no sign are 正向, = is
    等于, and ≤ has none, since two methods are in use. ``not_applicable`` is 折算, 满分 or empty.
    ``reason_severity`` is 错误, 疑点 or 提示: how severe it is that points are lost without a reason that is due.
    """

    __repr__ = record_repr

    name: str = text_field("名称", "指标体系")
    parts: tuple[Part, ...] = field(
        default=(), converter=several, metadata=field_metadata("下级", "指标", kind="parts")
    )
    points: Quantity | None = field(
        default=None, converter=to_points, metadata=field_metadata("分值", "总分", kind="points", unit="分")
    )
    partial: bool = flag_field("部分列明")
    year: int | None = whole_number_field("年度", converter=to_year)
    basis: Basis | None = field(
        default=None, converter=to_basis, metadata=field_metadata("依据", kind="basis"), kw_only=True
    )
    rounding: Rounding = record_field("取位", kind="record", default=Rounding(), kw_only=True)
    grades: tuple[Grade, ...] = field(
        default=(), converter=bands, metadata=field_metadata("等级", kind="grades"), kw_only=True
    )
    units: tuple[tuple[str, str], ...] = field(
        default=(), converter=_pairs, kw_only=True, metadata={"perfeval_term": "计量单位", "perfeval_kind": "pairs"}
    )
    data: tuple[Datum, ...] = field(
        default=(), converter=declarations, metadata=field_metadata("数据项", kind="data"), kw_only=True
    )
    defaults: tuple[tuple[str, Any], ...] = field(
        default=(), converter=_pairs, kw_only=True, metadata={"perfeval_term": "默认方法", "perfeval_kind": "pairs"}
    )
    strategies: tuple[Strategy, ...] = field(
        default=(), converter=several, metadata=field_metadata("评分方法", kind="strategies"), kw_only=True
    )
    not_applicable: str = text_field("不适用", kw_only=True)
    then: tuple[Adjustment, ...] = field(
        default=(), converter=adjustments, metadata=field_metadata("调整", kind="adjustments"), kw_only=True
    )
    agreements: tuple[Agreement, ...] = field(
        default=(), converter=agreed, metadata=field_metadata("勾稽关系", kind="agreements"), kw_only=True
    )
    reason_when: Formula | None = field(
        default=None, converter=to_formula, metadata=field_metadata("须说明条件", kind="formula")
    )
    reason_severity: str = text_field("缺原因的等级", kw_only=True)
    note: str = text_field("说明", kw_only=True)
    place: Place | None = place_field()

    def change(self, changes: Mapping[str, Any]) -> Framework:
        """Another framework in which only what *changes* names differs.

        A key that is a field of the framework sets it; a path of names (产出指标/数量指标) sets fields
        of that part; a value of None drops the part. Raises NotFoundError for a name nothing bears.
        """
        own = {f.name for f in fields(Framework)}
        result = evolve(self, **{key: value for key, value in changes.items() if key in own})
        for key, value in changes.items():
            if key not in own:
                result = evolve(result, parts=_changed(result.parts, tuple(key.split("/")), value, key))
        return result

    def walk(self) -> Iterator[tuple[str, Part]]:
        """Every part with its path, top down."""
        yield from _walk(self.parts, "")


def _walk(parts: tuple[Part, ...], above: str) -> Iterator[tuple[str, Part]]:
    for part in parts:
        path = f"{above}/{part.name}" if above else part.name
        yield path, part
        if isinstance(part, Dimension):
            yield from _walk(part.parts, path)


def _changed(parts: tuple[Part, ...], path: tuple[str, ...], value: Any, whole_path: str) -> tuple[Part, ...]:
    head, *rest = path
    if head not in (part.name for part in parts):
        raise NotFoundError(
            problem(
                "part-unknown",
                "指标体系里没有“{path}”；这一级有：{known}",
                path=whole_path,
                known=tuple(part.name for part in parts),
            )
        )
    result: list[Part] = []
    for part in parts:
        if part.name != head:
            result.append(part)
        elif rest and isinstance(part, Dimension):
            result.append(evolve(part, parts=_changed(part.parts, tuple(rest), value, whole_path)))
        elif rest:
            _changed((), tuple(rest), value, whole_path)  # an indicator has no parts: says so
        elif value is not None:
            result.append(evolve(part, **value) if hasattr(value, "items") else value)
    return tuple(result)


def to_grade(value: Any) -> Grade:
    """A Grade, or a pair (name, lower limit)."""
    return value if isinstance(value, Grade) else Grade(*value)


def to_datum(value: Any) -> Datum:
    """A Datum, or a pair (name, unit)."""
    if isinstance(value, Datum):
        return value
    if len(_no_text(value)) > 3:
        raise FrameworkError(
            problem("pair-wanted", "“{text}”应写成一对：（名称，内容），或用映射 {{名称: 内容}}", text=str(value))
        )
    return Datum(*value)


def to_agreement(value: Any) -> Agreement:
    """An Agreement, or the text of its relation."""
    return value if isinstance(value, Agreement) else Agreement(value)


@lru_cache(maxsize=1)
def national_grades() -> tuple[Grade, ...]:
    """优 良 中 差 of 财预〔2020〕10号 as digests give them: 90, 80, 60."""
    return tuple(Grade(name, low) for name, low in (("优", 90), ("良", 80), ("中", 60), ("差", 0)))
