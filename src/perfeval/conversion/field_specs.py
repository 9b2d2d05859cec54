"""名称: under which keys a record's fields stand in a file, read from the fields' metadata."""

from __future__ import annotations

import re
import sys
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from attrs import fields

from perfeval.model.fields import KIND, OTHER, TERM, UNIT

if TYPE_CHECKING:
    from collections.abc import Mapping


class FieldSpec(NamedTuple):
    """栏: one field of a record as files see it: English name, official term, kind, record of its parts."""

    name: str
    term: str
    kind: str
    unit: str
    default: Any
    convert: Any
    holds: type | None
    """The record class of a field that holds records."""


@lru_cache(maxsize=64)
def specs_of(record: type) -> tuple[FieldSpec, ...]:
    """The fields of *record* that a file can carry, in their order."""
    result = []
    for field in fields(record):
        if TERM not in field.metadata:
            continue
        meta = field.metadata
        holds = _record_named(str(field.type), record)
        result.append(
            FieldSpec(field.name, meta[TERM], meta[KIND], meta.get(UNIT, ""), field.default, field.converter, holds)
        )
    return tuple(result)


@lru_cache(maxsize=64)
def keys(record: type) -> Mapping[str, FieldSpec]:
    """Every accepted key of *record* (English name, official term, other terms) with its field."""
    by_name = {slot.name: slot for slot in specs_of(record)}
    result = dict(by_name)
    for field in fields(record):
        if field.name in by_name:
            for term in (field.metadata[TERM], *field.metadata.get(OTHER, ())):
                result.setdefault(term, by_name[field.name])
    return result


def _record_named(annotation: str, record: type) -> type | None:
    """The attrs class that an annotation such as ``tuple[Row, ...]`` or ``Budget | None`` names.

    The converter resolves a record's annotations in place, after which they carry their modules.
    """
    found = re.match(r"(?:<class ')?(?:tuple\[)?(?:\w+\.)*(\w+)", annotation)
    named = getattr(sys.modules[record.__module__], found[1], None) if found else None
    return named if isinstance(named, type) and hasattr(named, "__attrs_attrs__") else None


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
