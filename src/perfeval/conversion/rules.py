"""规则: strategies, adjustments, formulas and their basis, as files write them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from perfeval.conversion.collecting import Problems, each_of
from perfeval.conversion.record import unknown_key
from perfeval.conversion.scalars import expect_fields, expect_text, flag_of, texts
from perfeval.documents.cells import Cell, Cells, Fields, place_of
from perfeval.errors import FormulaError, InputError, problem
from perfeval.formulas.parser import parse
from perfeval.formulas.source_map import standing
from perfeval.model.framework import Adjustment
from perfeval.strategies.strategy import Basis, Parameter, Strategy

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from perfeval.conversion.record import Structure
    from perfeval.formulas.nodes import Formula
    from perfeval.quantities.units import Units


def frozen_arguments(value: Any) -> Any:
    """Arguments as written, hashable: mappings as pairs, lists as tuples."""
    if isinstance(value, Fields):
        return tuple((key, frozen_arguments(written)) for key, written in value.items())
    if isinstance(value, Cells):
        return tuple(frozen_arguments(each) for each in value)
    return value


def rule(value: Any, units: Units | None, structure: Structure) -> Any:
    """A strategy's name, ``{name: {argument: value}}``, or a formula of one's own ``{name: …, formula: …}``."""
    if isinstance(value, (str, Strategy, tuple)):
        return value
    fields = expect_fields(value)
    if any(_STRATEGY.get(key) == "formula" for key in fields):
        return strategy(fields, units, structure)
    return _called(value)


def _called(value: Any) -> tuple[Cell, Any]:
    fields = expect_fields(value)
    if len(fields) != 1:
        raise InputError(
            problem(
                "strategy-many",
                "评分方法只写一个；这里写了 {names}",
                place=fields.place,
                names=tuple(fields),
            )
        )
    ((name, arguments),) = fields.items()
    if arguments is not None and not isinstance(arguments, (Fields, Cells)):
        raise InputError(
            problem(
                "arguments-not-fields",
                "“{name}”的参数请按名写出，如 {{封顶: {{条件: 预算执行率 < 80 %, 至多: 89 分}}}}",
                place=place_of(arguments),
                name=str(name),
            )
        )
    return name, frozen_arguments(arguments) or ()


def adjustments(value: Any) -> tuple[Adjustment, ...]:
    """``then``: one strategy an entry, in order."""
    problems = Problems()
    made = []
    for each in value if isinstance(value, Cells) else [value]:
        if isinstance(each, str):
            made.append(Adjustment(each, (), place=place_of(each)))
        elif each is not None:
            called = problems.trying(each, _called, each)
            if called is not None:
                name, arguments = called
                made.append(Adjustment(name, arguments, place=place_of(each)))
    problems.done()
    return tuple(made)


_STRATEGY = {
    "name": "name", "名称": "name", "formula": "formula", "算式": "formula", "parameters": "parameters",
    "参数": "parameters", "basis": "basis", "依据": "basis", "kind": "kind", "种类": "kind", "note": "note",
    "说明": "note", "phrase": "phrase", "措辞": "phrase", "aliases": "aliases", "别名": "aliases",
}  # fmt: skip
_PARAMETER = {"kind": "kind", "种类": "kind", "default": "default", "默认": "default", "note": "note", "说明": "note"}


def strategies(value: Any, units: Units | None, structure: Structure) -> tuple[Strategy, ...]:
    """Strategies by name: formula text, or formula with parameters and basis."""
    problems = Problems()
    made = []
    for name, written in expect_fields(value).items():
        fields = Fields(name._source, name._line, name._column)
        fields[Cell("name")] = name
        if isinstance(written, Fields):
            fields.update(written)
        else:
            fields[Cell("formula")] = written
        made.append(problems.trying(name, strategy, fields, units, structure))
    problems.done()
    return tuple(made)


def strategy(fields: Fields, units: Units | None, structure: Structure) -> Strategy:
    """One Strategy from its fields."""
    problems = Problems()
    own = _words(fields, _STRATEGY, problems)
    values: dict[str, Any] = {}
    for word, written in own.items():
        match word:
            case "formula":
                read: Callable[[Any], Any] = lambda w: formula(w, units)  # noqa: E731
            case "parameters":
                read = _parameters
            case "basis":
                read = lambda w: structure(w, Basis)  # noqa: E731
            case "aliases":
                read = texts
            case _:
                read = expect_text
        values[word] = problems.trying(written, read, written)
    for word in ("name", "formula"):
        if own.get(word) is None:
            problems.add("strategy-incomplete", "评分方法要有名称和算式", place=fields.place)
    problems.done()
    return Strategy(**values, place=fields.place)


def _words(fields: Fields, known: Mapping[str, str], problems: Problems) -> dict[str, Any]:
    own: dict[str, Any] = {}
    for key, written in fields.items():
        if key not in known:
            problems.keep(unknown_key(key, known, written))
        elif known[key] in own:
            problems.add("key-repeated", "“{key}”写了两次；请只留一处", place=place_of(key), key=str(key))
        elif written is not None:
            own[known[key]] = written
    return own


def _parameters(value: Any) -> tuple[Parameter, ...]:
    if not isinstance(value, Fields):
        return each_of(value, lambda name: Parameter(_plain_name(expect_text(name))))
    problems = Problems()
    made = tuple(problems.trying(name, _parameter, name, written) for name, written in value.items())
    problems.done()
    return made


def _plain_name(text: str) -> str:
    """*text*, where it is one name; a list in brackets that are no YAML, or with 、, is one text to a parser."""
    named = re.split(r"[\s、，,；;【】［］〔〕「」\[\]（）()]+", text)
    if len(named) == 1:
        return text
    raise InputError(
        problem(
            "parameter-name",
            "参数的名称“{name}”不能有括号、顿号和空格；几个参数写成半角方括号的列表，如 {example}",
            place=place_of(text),
            name=str(text),
            example="[" + ", ".join(filter(None, named)) + "]",
        )
    )


def _parameter(name: Cell, written: Any) -> Parameter:
    _plain_name(name)
    if not isinstance(written, Fields):
        return Parameter(name, default=None if written is None else expect_text(written))
    problems = Problems()
    own = _words(written, _PARAMETER, problems)
    texts = {word: problems.trying(text, expect_text, text) for word, text in own.items()}
    problems.done()
    return Parameter(name, **texts)


def formula(value: Any, units: Units | None) -> Formula:
    """A formula from its text, its problems (also those found later) at the place of the text."""
    text, place = expect_text(value), place_of(value)
    try:
        return standing(parse(text, units=units), place)
    except FormulaError as error:
        raise FormulaError(*(each.at(place) for each in error.problems)) from None


def basis(value: Any) -> Basis:
    """``财预〔2020〕10号``, or text with its mark ``{text: …, checked: no}``."""
    if isinstance(value, Basis):
        return value
    if isinstance(value, str):
        return Basis(value, place=place_of(value))
    problems = Problems()
    own = _words(expect_fields(value), _BASIS, problems)
    text = problems.trying(value, expect_text, own.get("text"))
    checked = problems.trying(value, flag_of, own["checked"]) if "checked" in own else False
    problems.done()
    return Basis(text, checked, place=place_of(value))


_BASIS = {"text": "text", "文字": "text", "依据": "text", "checked": "checked", "已核对": "checked"}


def pairs(value: Any, units: Units | None, structure: Structure) -> tuple[tuple[str, Any], ...]:
    """Texts by name; a strategy with arguments may stand for a text."""
    problems = Problems()
    made = tuple(
        (
            key,
            "" if written is None else problems.trying(written, rule, written, units, structure),
        )
        for key, written in expect_fields(value).items()
    )
    problems.done()
    return made
