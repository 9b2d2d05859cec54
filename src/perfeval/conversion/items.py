"""数据项: items within items as a case writes them, and the names that a category declares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from perfeval.conversion.collecting import Problems, each_of
from perfeval.conversion.field_specs import keys
from perfeval.conversion.scalars import expect_fields, expect_text
from perfeval.documents.cells import Cell, Cells, Fields, cell, place_of
from perfeval.model.case import Item
from perfeval.model.fields import to_figure, to_stated
from perfeval.model.framework import Datum

if TYPE_CHECKING:
    from perfeval.conversion.record import Structure

IS, PERIOD, AS_OF, NOTE = ("is", "数值"), ("period", "期间"), ("as_of", "截至"), ("note", "说明")
_RESERVED = {word: words[0] for words in (IS, PERIOD, AS_OF, NOTE) for word in words}


def items(value: Any) -> tuple[Item, ...]:
    """Data items by name; ``is``, ``period``, ``as_of`` and ``note`` are reserved, all else is an item."""
    problems = Problems()
    made = [problems.trying(key, _item, key, written) for key, written in expect_fields(value).items()]
    problems.done()
    return tuple(made)


def _item(name: Cell, value: Any) -> Item:
    if not isinstance(value, Fields):
        return Item(name, _figures(value), place=name.place)
    problems = Problems()
    own: dict[str, Any] = {}
    below: list[Item] = []
    for key, written in value.items():
        word = _RESERVED.get(key)
        if word is None:
            below.append(problems.trying(key, _item, key, written))
        elif word in own:
            problems.add("key-repeated", "“{key}”写了两次；请只留一处", place=place_of(key), key=str(key))
        elif written is not None:
            read = _figures if word == "is" else expect_text
            own[word] = problems.trying(place_of(written, key), read, written)
    figures = own.pop("is", ())
    period = problems.trying(own.get("period"), to_figure, own.get("period"))
    as_of = problems.trying(own.get("as_of"), to_figure, own.get("as_of"))
    problems.done()
    return Item(name, figures, tuple(below), period, as_of, note=own.get("note", ""), place=name.place)


def _figures(value: Any) -> tuple[Any, ...]:
    return each_of(value, lambda written: to_stated(expect_text(written)))


def data(value: Any, structure: Structure) -> tuple[Datum, ...]:
    """Declared names with their units; a mapping below a name goes down by dots."""
    if isinstance(value, Cells):
        return tuple(structure(each, Datum) for each in value)
    problems = Problems()
    made = list(_data(expect_fields(value), "", structure, problems))
    problems.done()
    return tuple(made)


def _data(value: Fields, above: str, structure: Structure, problems: Problems) -> list[Datum]:
    own = keys(Datum)
    made: list[Datum] = []
    for key, written in value.items():
        name = cell(f"{above}.{key}" if above else str(key), key._source, key._line, key._column)
        if isinstance(written, Fields) and not all(word in own for word in written):
            made += _data(written, name, structure, problems)
            continue
        fields = Fields(key._source, key._line, key._column)
        fields[Cell("name")] = name
        if isinstance(written, Fields):
            fields.update(written)
        elif written is not None:
            fields[Cell("unit")] = written
        made.append(problems.trying(key, structure, fields, Datum))
    return made
