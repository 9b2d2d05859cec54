"""资金: one block of funds and its sources, every amount in 万元 unless it says otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from perfeval.errors import Place, record_repr
from perfeval.model.fields import (
    field_metadata,
    in_money,
    in_percent,
    in_points,
    place_field,
    several,
    text_field,
    whole_number_field,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from perfeval.quantities.figure import Figure

MONTHS = 12


def amounts(values: Iterable[Any] | None) -> tuple[Any, ...]:
    """Figures of a column in 万元."""
    return several(values, in_money)


@frozen(repr=False)
class BudgetLine:
    """资金来源: one line of the funds block (当年财政拨款, 上年结转资金, 其他资金)."""

    __repr__ = record_repr

    name: str = text_field("资金来源", "名称")
    initial: Figure | None = field(
        default=None, converter=in_money, metadata=field_metadata("年初预算数", kind="figure", unit="万元")
    )
    adjusted: Figure | None = field(
        default=None, converter=in_money, metadata=field_metadata("调整后预算数", kind="figure", unit="万元")
    )
    whole_year: Figure | None = field(
        default=None, converter=in_money, metadata=field_metadata("全年预算数", kind="figure", unit="万元")
    )
    spent: Figure | None = field(
        default=None, converter=in_money, metadata=field_metadata("全年执行数", "执行数", kind="figure", unit="万元")
    )
    rate: Figure | None = field(
        default=None, converter=in_percent, metadata=field_metadata("执行率", kind="figure", unit="%")
    )
    points: Figure | None = field(
        default=None, converter=in_points, metadata=field_metadata("分值", kind="figure", unit="分")
    )
    earned: Figure | None = field(
        default=None, converter=in_points, metadata=field_metadata("得分", kind="figure", unit="分")
    )
    forecast: Figure | None = field(
        default=None,
        converter=in_money,
        metadata=field_metadata("全年预计执行数", kind="figure", unit="万元"),
        kw_only=True,
    )
    place: Place | None = place_field()


@frozen(repr=False)
class Budget:
    """资金: 年初、调整后、全年预算数, 执行数 and the stated 执行率 with the base it names.

    ``until`` is the month (1 to 12) up to which 执行数 is counted, where it is not the whole year's.
    """

    __repr__ = record_repr

    initial: Figure | None = field(
        default=None, converter=in_money, metadata=field_metadata("年初预算数", kind="figure", unit="万元")
    )
    adjusted: Figure | None = field(
        default=None, converter=in_money, metadata=field_metadata("调整后预算数", kind="figure", unit="万元")
    )
    whole_year: Figure | None = field(
        default=None, converter=in_money, metadata=field_metadata("全年预算数", kind="figure", unit="万元")
    )
    spent: Figure | None = field(
        default=None,
        converter=in_money,
        metadata=field_metadata("全年执行数", "执行数", "实际支出数", kind="figure", unit="万元"),
    )
    rate: Figure | None = field(
        default=None, converter=in_percent, metadata=field_metadata("执行率", "预算执行率", kind="figure", unit="%")
    )
    base: str = text_field("执行率分母", kw_only=True)
    lines: tuple[BudgetLine, ...] = field(
        default=(), converter=several, metadata=field_metadata("资金来源", kind="lines"), kw_only=True
    )
    monthly: tuple[Figure, ...] = field(
        default=(), converter=amounts, metadata=field_metadata("各月执行数", kind="figures"), kw_only=True
    )
    forecast: Figure | None = field(
        default=None,
        converter=in_money,
        metadata=field_metadata("全年预计执行数", kind="figure", unit="万元"),
        kw_only=True,
    )
    until: int | None = whole_number_field("执行数截至月", kw_only=True)
    reason: str = text_field("偏差原因", "调整原因", kw_only=True)
    place: Place | None = place_field()

    @property
    def part_of_year(self) -> bool:
        """Whether 执行数 is counted to a month before December: progress, not yet a result."""
        return self.until is not None and self.until < MONTHS
