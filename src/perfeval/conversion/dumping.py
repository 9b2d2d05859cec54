"""记录 → 字段 → 文字: the way back, so that reading what was written gives an equal record.

Only what differs from a field's default is written. Keys are the English names or, with ``terms``, the
official terms that a clerk knows.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from perfeval.conversion.field_specs import FieldSpec, specs_of
from perfeval.conversion.notes import written
from perfeval.conversion.scalars import SHOWN, STORED
from perfeval.documents.cells import Cells, Fields, cell
from perfeval.errors import InputError, problem
from perfeval.formulas.nodes import Name, Number, Text
from perfeval.formulas.parser import show
from perfeval.model.case import Case, Item
from perfeval.model.category import Category
from perfeval.model.framework import Adjustment, Datum, Framework
from perfeval.model.target import Compared
from perfeval.strategies.strategy import PRACTICE, Basis, Strategy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

KIND_OF = {Case: "case/1", Framework: "framework/1", Category: "category/1"}


def dump(record: Case | Framework | Category, *, form: str = "yaml", terms: bool = False) -> bytes:
    """The bytes of a file that reads back as an equal *record*, as ``yaml`` or ``json`` (UTF-8).

    A case carries its framework within it and its categories as documents of their own, so that the
    file needs nothing installed. Raises InputError for what no file can hold (a check written in Python).
    """
    documents = [_document(record, terms)]
    if isinstance(record, Case):
        documents += [_document(category, terms) for category in record.categories]
    if form == "json":
        whole: Any = documents[0] if len(documents) == 1 else documents
        return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()
    return "---\n".join("".join(_block(document, 0)) for document in documents).encode()


def _document(record: Any, terms: bool) -> dict[str, Any]:
    return {"perfeval": KIND_OF[type(record)], **_record(record, terms)}


def fields_of(record: Framework) -> Fields:
    """The fields of a framework made in Python, as if a file had been read."""
    made: Fields = _as_read(_record(record, terms=False))
    return made


def _as_read(value: Any) -> Any:
    if isinstance(value, dict):
        fields = Fields()
        for key, below in value.items():
            fields[cell(str(key))] = _as_read(below)
        return fields
    if isinstance(value, list):
        cells = Cells()
        cells.extend(_as_read(each) for each in value)
        return cells
    return cell(value) if isinstance(value, str) else value


def _record(record: Any, terms: bool) -> dict[str, Any]:
    result: dict[str, Any] = {}
    cls: type = type(record)
    for slot in specs_of(cls):
        value = getattr(record, slot.name)
        if value is None or value == () or (value == slot.default and not isinstance(value, tuple)):
            continue
        result[slot.term if terms else slot.name] = _field(slot, value, terms)
    return result


def _field(slot: FieldSpec, value: Any, terms: bool) -> Any:
    write = _WRITE.get(slot.kind)
    if write is not None:
        return write(value)
    if slot.kind == "flag":
        return ("是" if value else "否") if terms else ("yes" if value else "no")
    if slot.kind == "items":
        return _items(value, terms)
    if slot.kind in ("framework", "record"):
        return _record(value, terms)
    if isinstance(value, tuple) and all(hasattr(each, "__attrs_attrs__") for each in value):
        return [_record(each, terms) for each in value]
    raise InputError(problem("field-not-data", "“{term}”不能写在文件里", term=slot.term))


def _figure(value: Any) -> Any:
    """A figure as written; one that its cell showed with fewer digits than it stored keeps both."""
    if value.shown is None or value.quantity is None:
        return value.text
    return {SHOWN: value.text, STORED: str(value.quantity)}


def _target(value: Any) -> Any:
    text = str(getattr(value, "text", ""))
    if text:
        whole = _figure(value.figure) if isinstance(value, Compared) else text
        return text if isinstance(whole, str) else whole | {SHOWN: text}
    match type(value).__name__:
        case "Between":
            return f"{value.low}～{value.high}"
        case "By":
            return f"{value.day.year}年{value.day.month}月{value.day.day}日"
        case "TopRank":
            return f"{value.of}第{value.rank}"
        case "Elements":
            return "要素：" + "、".join(value.names)
        case _:
            return str(value)


def _basis(value: Basis) -> Any:
    return {"text": value.text, "checked": "yes"} if value.checked else value.text


def _argument(value: Any) -> Any:
    """An argument as it may be written: pairs become mappings again."""
    match value:
        case str():
            return str(value)
        case tuple() if value and all(isinstance(each, tuple) and len(each) == 2 for each in value):
            return {str(_argument(name)): _argument(each) for name, each in value}
        case tuple() | list():
            return [_argument(each) for each in value]
        case _ if hasattr(value, "items"):
            return {str(_argument(name)): _argument(each) for name, each in value.items()}
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case _ if hasattr(value, "text"):  # a Figure
            return value.text
        case Number() | Name() | Text():
            return show(value)
        case _ if type(value).__module__.startswith("perfeval.formulas"):
            return show(value)
        case _:
            return str(value)


def _rule(value: Any) -> Any:
    match value:
        case Strategy():
            return {"name": value.name, **_strategy(value)}
        case (Strategy(name=name), arguments) | (name, arguments) if isinstance(value, tuple):
            return {str(name): _argument(arguments)} if arguments else str(name)
        case _:
            return str(value)


def rule_text(value: Any) -> str:
    """A row's 评分方法 on one line, as a file has it: 正向, {递减满一步: {每: 1 百分点, 扣: 0.5 分}}."""
    made = _rule(value)
    return made if isinstance(made, str) else _inline(made)


def _adjustment(value: Adjustment) -> Any:
    name = value.strategy.name if isinstance(value.strategy, Strategy) else str(value.strategy)
    return {name: _argument(value.arguments)} if value.arguments else name


def _strategy(value: Strategy) -> dict[str, Any]:
    if value.formula is None or value.make is not None:
        raise InputError(problem("strategy-not-data", "评分方法“{name}”是用程序写的，不能写进文件", name=value.name))
    result: dict[str, Any] = {"formula": show(value.formula)}
    if value.parameters:
        result["parameters"] = {
            each.name: {
                word: text
                for word, text in (("kind", each.kind), ("default", each.default), ("note", each.note))
                if text
            }
            for each in value.parameters
        }
    if value.basis != PRACTICE:
        result["basis"] = _basis(value.basis)
    if value.kind != Strategy(value.name, value.formula).kind:
        result["kind"] = value.kind
    for word in ("note", "phrase"):
        if getattr(value, word):
            result[word] = getattr(value, word)
    if value.aliases:
        result["aliases"] = list(value.aliases)
    return result


def _datum(value: Datum) -> Any:
    return {"unit": value.unit, "note": value.note} if value.note else value.unit


def _items(values: Iterable[Item], terms: bool) -> dict[str, Any]:
    return {item.name: _item(item, terms) for item in values}


def _item(item: Item, terms: bool) -> Any:
    figures = [figure.text for figure in item.figures]
    stated: Any = figures[0] if len(figures) == 1 else figures
    result: dict[str, Any] = {}
    if figures:
        result["数值" if terms else "is"] = stated
    for name, term, figure in (("period", "期间", item.period), ("as_of", "截至", item.as_of)):
        if figure is not None:
            result[term if terms else name] = figure.text
    if item.note:
        result["说明" if terms else "note"] = item.note
    result.update(_items(item.items, terms))
    if figures and len(result) == 1:
        return stated
    return result


def _remarks(values: Any) -> list[dict[str, Any]]:
    return written(values)


_WRITE: Mapping[str, Callable[[Any], Any]] = {
    "text": str,
    "whole": str,
    "points": str,
    "figure": _figure,
    "figures": lambda values: [_figure(each) for each in values],
    "target": _target,
    "formula": show,
    "texts": lambda values: [str(text) for text in values],
    "basis": _basis,
    "strategy": lambda value: _rule(value),
    "strategies": lambda values: {each.name: _strategy(each) for each in values},
    "adjustments": lambda values: [_adjustment(each) for each in values],
    "pairs": lambda values: {str(name): _rule(text) for name, text in values},
    "data": lambda values: {each.name: _datum(each) for each in values},
    "categories": lambda values: [each.key for each in values],
    "remarks": _remarks,
}

# YAML text

_SAFE = re.compile(r"(?:[^\W\d]|[\d≥≤＞＜（《+.])[^\n:#\"'“”{}\[\],&*!|>%@`]*")


def _scalar(text: str) -> str:
    """A text as YAML writes it: bare where nothing can be mistaken, otherwise in quotes."""
    if (
        text
        and _SAFE.fullmatch(text.rstrip("%"))
        and text == text.strip()
        and "\ufeff" not in text
        and text.isprintable()
    ):
        return text
    return "".join(map(_escaped, json.dumps(text, ensure_ascii=False)))


def _escaped(char: str) -> str:
    """A character of a quoted text; what is not seen stands as its number."""
    if char.isprintable():
        return char
    return f"\\U{ord(char):08X}" if ord(char) > 0xFFFF else f"\\u{ord(char):04x}"


def _block(value: dict[str, Any], indent: int) -> Iterable[str]:
    pad = " " * indent
    for key, below in value.items():
        head = f"{pad}{_scalar(str(key))}:"
        if isinstance(below, dict) and below:
            yield head + "\n"
            yield from _block(below, indent + 2)
        elif isinstance(below, list) and below:
            yield head + "\n"
            for each in below:
                yield from _entry(each, indent)
        else:
            yield f"{head} {_inline(below)}\n"


def _entry(value: Any, indent: int) -> Iterable[str]:
    pad = " " * indent
    if isinstance(value, dict) and value:
        lines = list(_block(value, indent + 2))
        yield f"{pad}- {lines[0].lstrip(' ')}"
        yield from lines[1:]
    else:
        yield f"{pad}- {_inline(value)}\n"


def _inline(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_scalar(str(k))}: {_inline(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_inline(each) for each in value) + "]"
    return _scalar(value)
