"""extends: a framework made from another by naming only what changes — worked out on the fields as written.

Unset is not default: what the new framework does not name stays as the other has it. Parts are changed
by name, ``drop: yes`` removes one, a new name is added at the end.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from perfeval.conversion.collecting import Problems
from perfeval.conversion.field_specs import keys
from perfeval.conversion.record import listed
from perfeval.conversion.scalars import expect_fields, expect_text, flag_of
from perfeval.documents.cells import Cell, Cells, Fields, place_of
from perfeval.errors import InputError, problem
from perfeval.model.framework import Dimension, Framework, Indicator

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

EXTENDS = ("extends", "沿用")
DROP = ("drop", "删除")
_LONGEST = 8
"""Frameworks that may follow one another."""


def worked_out(fields: Fields, find: Callable[[str], Fields]) -> Fields:
    """*fields* with everything they take over from the framework that ``extends`` names.

    *find* gives the fields of a framework by name. Raises InputError for a chain that runs in a circle.
    """
    chain = [fields]
    names: list[str] = []
    while (named := _named(chain[-1])) is not None:
        name = expect_text(named)
        if name in names or len(chain) > _LONGEST:
            raise InputError(
                problem(
                    "extends-circle",
                    "指标体系互相沿用，绕成一圈：{names}",
                    place=place_of(named),
                    names="→".join([*names, name]),
                )
            )
        names.append(name)
        chain.append(find(named))
    result = chain.pop()
    problems = Problems()
    while chain:
        result = _extended(result, chain.pop(), problems)
    problems.done()
    return result


def _named(fields: Fields) -> Any:
    return next((value for key, value in fields.items() if key in EXTENDS and value is not None), None)


def _extended(base: Fields, child: Fields, problems: Problems) -> Fields:
    known = keys(Framework)
    result = child.like()
    own = {known[key].name for key in child if key in known}
    before = {known[key].name: value for key, value in base.items() if key in known}
    for key, value in base.items():
        if key != "perfeval" and key not in EXTENDS and (key not in known or known[key].name not in own):
            result[key] = value
    for key, value in child.items():
        if key in EXTENDS:
            continue
        name = known[key].name if key in known else ""
        if name == "parts" and value is not None:
            result[key] = _parts(before.get("parts"), value, problems)
        elif name in ("units", "data", "strategies", "defaults", "grades", "rounding"):
            result[key] = _merged(before.get(name), value)
        else:
            result[key] = value
    return result


def _merged(before: Any, value: Any) -> Any:
    """Mappings are changed name by name, anything else is replaced."""
    if not isinstance(before, Fields) or not isinstance(value, Fields):
        return value
    result = value.like()
    result.update(before)
    result.update(value)
    return result


def _parts(before: Any, value: Any, problems: Problems) -> Cells:
    place = place_of(value)
    result = Cells(place.source, place.line, place.column) if place else Cells()
    existing = {_name(part): part for part in listed(Indicator, before)} if before is not None else {}
    changed = dict(existing)
    for part in listed(Indicator, value):
        fields = problems.trying(part, expect_fields, part)
        if fields is None:
            continue
        name = _name(fields)
        dropped = next((fields[word] for word in DROP if word in fields), None)
        if dropped is not None and problems.trying(dropped, flag_of, dropped):
            if changed.pop(name, None) is None:
                problems.add(
                    "drop-unknown",
                    "要删去的“{name}”不在所沿用的指标体系里；这一级有：{known}",
                    place=fields.place,
                    name=name,
                    known=tuple(existing),
                )
        elif name in changed:
            changed[name] = _part(changed[name], fields, problems)
        else:
            changed[name] = fields
    result.extend(changed.values())
    return result


def _part(before: Any, value: Fields, problems: Problems) -> Fields:
    known = _part_keys()
    result = value.like()
    own = {known[key] for key in value if key in known}
    below = next((written for key, written in before.items() if known.get(key) == "parts"), None)
    for key, written in before.items():
        if known.get(key) not in own:
            result[key] = written
    for key, written in value.items():
        if key in DROP:
            continue
        result[key] = _parts(below, written, problems) if known.get(key) == "parts" and written is not None else written
    return result


def _name(part: Any) -> str:
    known = _part_keys()
    if not isinstance(part, Fields):
        return str(part)
    return str(next((written for key, written in part.items() if known.get(key) == "name"), ""))


@lru_cache(maxsize=1)
def _part_keys() -> Mapping[str, str]:
    """Keys of dimensions and indicators alike, with the field's name."""
    return {key: slot.name for record in (Dimension, Indicator) for key, slot in keys(record).items()}


def replaced(fields: Fields, key: Cell, value: Any) -> Fields:
    """*fields* with another value under *key*."""
    result = fields.like()
    result.update(fields)
    result[key] = value
    return result
