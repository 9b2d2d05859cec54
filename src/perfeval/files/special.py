"""特殊字段: what is written differently from how it is kept — data items, parts, strategies, pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from perfeval.errors import FormulaError, InputError, problem
from perfeval.files.cells import Cell, Cells, Fields, place_of
from perfeval.files.structure import (
    Problems,
    by_slot,
    expect_fields,
    expect_text,
    filled,
    flag_of,
    listed,
    unknown_key,
)
from perfeval.files.terms import keys, slots
from perfeval.formulas.grammar import parse
from perfeval.formulas.strategies import Basis, Parameter, Strategy
from perfeval.model.case import Budget, Item, Project
from perfeval.model.fields import to_figure
from perfeval.model.framework import Adjustment, Datum, Dimension, Indicator

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from perfeval.formulas.formula import Formula
    from perfeval.quantities.unit import Units

    Structure = Callable[[Any, Any], Any]

IS, PERIOD, AS_OF, NOTE = ("is", "数值"), ("period", "期间"), ("as_of", "截至"), ("note", "说明")
_RESERVED = {word: words[0] for words in (IS, PERIOD, AS_OF, NOTE) for word in words}
_ONLY_DIMENSIONS = frozenset(("parts", "open", "allot"))


def items(value: Any) -> tuple[Item, ...]:
    """Data items by name; ``is``, ``period``, ``as_of`` and ``note`` are reserved, all else is an item."""
    problems = Problems()
    made = [
        problems.trying(lambda k=key, w=written: _item(k, w), place_of(key))  # type: ignore[misc]
        for key, written in expect_fields(value).items()
    ]
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
            below.append(problems.trying(lambda k=key, w=written: _item(k, w), place_of(key)))  # type: ignore[misc]
        elif word in own:
            problems.add("key-repeated", "“{key}”写了两次；请只留一处", place=place_of(key), key=str(key))
        elif written is not None:
            read = _figures if word == "is" else expect_text
            own[word] = problems.trying(lambda r=read, w=written: r(w), place_of(written, key))  # type: ignore[misc]
    figures = own.pop("is", ())
    made = problems.trying(
        lambda: Item(
            name,
            figures,
            tuple(below),
            to_figure(own.get("period")),
            to_figure(own.get("as_of")),
            note=own.get("note", ""),
            place=name.place,
        ),
        name.place,
    )
    problems.done()
    return made  # type: ignore[no-any-return]


def _figures(value: Any) -> tuple[Any, ...]:
    problems = Problems()
    each = value if isinstance(value, Cells) else [value]
    made = [
        problems.trying(lambda w=written: to_figure(expect_text(w)), place_of(written))  # type: ignore[misc]
        for written in each
        if written is not None
    ]
    problems.done()
    return tuple(made)


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
        name = Cell(f"{above}.{key}" if above else key)
        if isinstance(written, Fields) and not all(word in own for word in written):
            made += _data(written, name, structure, problems)
            continue
        fields = Fields(key._source, key._line, key._column)
        fields[Cell("name")] = name
        if isinstance(written, Fields):
            fields.update(written)
        elif written is not None:
            fields[Cell("unit")] = written
        made.append(problems.trying(lambda f=fields: structure(f, Datum), key.place))  # type: ignore[misc]
    return made


def part(value: Any, structure: Structure) -> Dimension | Indicator:
    """A dimension where it has parts, is open or allots points, otherwise an indicator."""
    if isinstance(value, (Dimension, Indicator)):
        return value
    known = keys(Dimension)
    named = {known[key].name for key in expect_fields(value) if key in known}
    cls: type = Indicator if named.isdisjoint(_ONLY_DIMENSIONS) else Dimension
    return structure(value, cls)  # type: ignore[no-any-return]


def parts(value: Any, structure: Structure) -> tuple[Dimension | Indicator, ...]:
    """The parts of a framework or dimension."""
    problems = Problems()
    made = tuple(
        problems.trying(lambda e=each: part(e, structure), place_of(each))  # type: ignore[misc]
        for each in listed(Indicator, value)
    )
    problems.done()
    return made


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
    return _called(fields)


def _called(fields: Fields) -> tuple[Cell, Any]:
    if len(fields) != 1:
        raise InputError(
            problem(
                "strategy-many",
                "评分方法只写一个；这里写了 {names}",
                place=fields.place,
                names="、".join(fields) or "（无）",
            )
        )
    (name, arguments), = fields.items()
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
            called = problems.trying(lambda e=each: _called(expect_fields(e)), place_of(each))  # type: ignore[misc]
            made.append(Adjustment(*called, place=place_of(each)) if called else None)
    problems.done()
    return tuple(made)  # type: ignore[arg-type]


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
        made.append(problems.trying(lambda f=fields: strategy(f, units, structure), name.place))  # type: ignore[misc]
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
                read = lambda w: tuple(expect_text(each) for each in (w if isinstance(w, Cells) else [w]))  # noqa: E731
            case _:
                read = expect_text
        values[word] = problems.trying(lambda r=read, w=written: r(w), place_of(written))  # type: ignore[misc]
    for word in ("name", "formula"):
        if own.get(word) is None:
            problems.add("strategy-incomplete", "评分方法要有名称和算式", place=fields.place)
    problems.done()
    return Strategy(**values, place=fields.place)


def _words(fields: Fields, known: Mapping[str, str], problems: Problems) -> dict[str, Any]:
    own: dict[str, Any] = {}
    for key, written in fields.items():
        if key not in known:
            problems.found.append(unknown_key(key, known, written))
        elif known[key] in own:
            problems.add("key-repeated", "“{key}”写了两次；请只留一处", place=place_of(key), key=str(key))
        elif written is not None:
            own[known[key]] = written
    return own


def _parameters(value: Any) -> tuple[Parameter, ...]:
    if not isinstance(value, Fields):
        return tuple(Parameter(expect_text(each)) for each in (value if isinstance(value, Cells) else [value]))
    problems = Problems()
    made = []
    for name, written in value.items():
        if isinstance(written, Fields):
            own = _words(written, _PARAMETER, problems)
            made.append(problems.trying(lambda n=name, o=own: Parameter(n, **{k: expect_text(v) for k, v in o.items()})))  # type: ignore[misc]
        else:
            made.append(Parameter(name, default=expect_text(written) if written is not None else None))
    problems.done()
    return tuple(made)


def formula(value: Any, units: Units | None) -> Formula:
    """A formula from its text, its problems at the place of the text."""
    text = expect_text(value)
    try:
        return parse(text, units=units)
    except FormulaError as error:
        place = place_of(value)
        raise FormulaError(*(each.at(place) for each in error.problems)) from None


def basis(value: Any) -> Basis:
    """``财预〔2020〕10号``, or text with its mark ``{text: …, checked: no}``."""
    if isinstance(value, Basis):
        return value
    if isinstance(value, str):
        return Basis(value, place=place_of(value))
    problems = Problems()
    own = _words(expect_fields(value), _BASIS, problems)
    text = problems.trying(lambda: expect_text(own.get("text")), place_of(value))
    checked = problems.trying(lambda: flag_of(own["checked"]), place_of(value)) if "checked" in own else False
    problems.done()
    return Basis(text, checked, place=place_of(value))


_BASIS = {"text": "text", "文字": "text", "依据": "text", "checked": "checked", "已核对": "checked"}


def pairs(value: Any, units: Units | None, structure: Structure) -> tuple[tuple[str, Any], ...]:
    """Texts by name; a strategy with arguments may stand for a text."""
    problems = Problems()
    made = tuple(
        (key, "" if written is None else problems.trying(lambda w=written: rule(w, units, structure), place_of(written)))  # type: ignore[misc]
        for key, written in expect_fields(value).items()
    )
    problems.done()
    return made


def project(value: Any, structure: Structure) -> Project:
    """A project; the fields of its budget may stand flat in it."""
    if isinstance(value, Project):
        return value
    fields = expect_fields(value)
    flat = {key: slot for key, slot in keys(Budget).items() if key not in keys(Project)}
    problems = Problems()
    names = {slot.name for slot in slots(Project)}
    own = by_slot(Project, fields, problems, flat)
    money = {name: written for name, written in own.items() if name not in names}
    own = {name: written for name, written in own.items() if name in names}
    if money and own.get("budget") is not None:
        problems.add("budget-twice", "资金既写在“资金”里又单独写出；请只留一处", place=fields.place)
    made = filled(Project, own, fields.place, structure, problems)
    budget = filled(Budget, money, fields.place, structure, problems) if money else None
    problems.done()
    if budget is not None:
        from attrs import evolve

        made = evolve(made, budget=budget)
    return made  # type: ignore[no-any-return]
