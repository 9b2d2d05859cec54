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


class Slot(NamedTuple):
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
def slots(record: type) -> tuple[Slot, ...]:
    """The fields of *record* that a file can carry, in their order."""
    result = []
    for field in fields(record):
        if TERM not in field.metadata:
            continue
        meta = field.metadata
        holds = _record_named(str(field.type), record)
        result.append(
            Slot(field.name, meta[TERM], meta[KIND], meta.get(UNIT, ""), field.default, field.converter, holds)
        )
    return tuple(result)


@lru_cache(maxsize=64)
def keys(record: type) -> Mapping[str, Slot]:
    """Every accepted key of *record* (English name, official term, other terms) with its field."""
    by_name = {slot.name: slot for slot in slots(record)}
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
