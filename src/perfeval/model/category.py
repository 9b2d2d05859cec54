"""任务类别: what plugs in — vocabulary, indicators without points, agreements, checks, wording."""

from __future__ import annotations

from typing import Any

from attrs import field, frozen

from perfeval.errors import Place, record_repr
from perfeval.model.fields import field_metadata, place_field, several, text_field
from perfeval.model.framework import Agreement, Datum, Framework, Indicator, _pairs, agreed, declarations
from perfeval.strategies.strategy import Strategy


@frozen(repr=False, cache_hash=True)
class Category:
    """任务类别: one frozen value per plugin; the entry-point name is its key.

    ``units`` are lines of the unit table, ``wording`` sentences whose ``{…}`` name data items; a
    category's units and checks are seen only by the cases that name it.
    """

    __repr__ = record_repr

    key: str = text_field("键", "key")
    title: str = text_field("名称", "标题")
    edition: str = text_field("版本", default="1", kw_only=True)
    units: tuple[tuple[str, str], ...] = field(
        default=(), converter=_pairs, kw_only=True, metadata={"perfeval_term": "计量单位", "perfeval_kind": "pairs"}
    )
    data: tuple[Datum, ...] = field(
        default=(), converter=declarations, metadata=field_metadata("数据项", kind="data"), kw_only=True
    )
    indicators: tuple[Indicator, ...] = field(
        default=(), converter=several, metadata=field_metadata("指标", kind="indicators"), kw_only=True
    )
    frameworks: tuple[Framework, ...] = field(
        default=(), converter=several, metadata=field_metadata("指标体系", kind="frameworks"), kw_only=True
    )
    forms: tuple[Any, ...] = field(
        default=(), converter=several, metadata=field_metadata("表式", kind="forms"), kw_only=True
    )
    strategies: tuple[Strategy, ...] = field(
        default=(), converter=several, metadata=field_metadata("评分方法", kind="strategies"), kw_only=True
    )
    agreements: tuple[Agreement, ...] = field(
        default=(), converter=agreed, metadata=field_metadata("勾稽关系", kind="agreements"), kw_only=True
    )
    checks: tuple[Any, ...] = field(
        default=(), converter=several, metadata=field_metadata("审核规则", kind="checks"), kw_only=True
    )
    wording: tuple[tuple[str, str], ...] = field(
        default=(), converter=_pairs, kw_only=True, metadata={"perfeval_term": "措辞", "perfeval_kind": "pairs"}
    )
    requires: str = text_field("需要", kw_only=True)
    """The oldest perfeval that reads it, such as 0.2; empty for any."""
    note: str = text_field("说明", kw_only=True)
    place: Place | None = place_field()
    origin: str = field(default="", eq=False, repr=False, kw_only=True)
    """Distribution and version that brought it (perfeval-market 1.2): set where it was found installed, never in a file."""

    @property
    def named(self) -> str:
        """名称（来源）: how messages name it, with the distribution that brought it."""
        return f"{self.title}（{self.origin}）" if self.origin else self.title or self.key
