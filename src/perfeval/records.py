"""记录: how every record shows itself — its kind and what it says, not the thirty fields that it leaves out.

One function for all of them: attrs would compile one for each class at every start.
"""

from __future__ import annotations

from typing import Any

from attrs import NOTHING, Factory


def shown(record: Any) -> str:
    """``Row(of='清查行动', actual=165 次)``: the fields that differ from their defaults."""
    said = []
    for field in type(record).__attrs_attrs__:
        if not field.repr:
            continue
        value = getattr(record, field.name)
        if field.default is NOTHING or isinstance(field.default, Factory) or value != field.default:  # type: ignore[arg-type]
            said.append(f"{field.name}={value!r}")
    return f"{type(record).__name__}({', '.join(said)})"
