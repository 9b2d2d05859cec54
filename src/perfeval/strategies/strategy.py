"""评分方法: each scoring strategy is one object that binds its parameters into one formula.

A strategy's formula is over 分值 指标值 完成值; one that names 得分 is an adjustment and stands in
``then``. What somebody else writes is an object of the same kind. The built-in ones stand in
``earning``, ``judging``, ``tables``, ``counting`` and ``adjustments`` and are made when first asked for (:data:`BUILT_IN`).

Two devices recur in the formulas. A negative 完成值 counts as 0 where 指标值 ≥ 0: 取大（完成值，0). And
where 指标值 < 0 only 达标 or not can be judged: the branch that divides by 指标值 is then 无法计分,
since a denominator that is not positive is 无法计分 in every reading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from attrs import Factory, field, frozen

from perfeval.errors import FrameworkError, PerfevalError, Place, problem, record_repr
from perfeval.formulas.build import is_condition, names, substitute
from perfeval.formulas.nodes import Formula
from perfeval.formulas.parser import parse
from perfeval.formulas.wording import wording
from perfeval.locales.messages import say, translate
from perfeval.locales.suggestions import Message
from perfeval.strategies.parameters import Parameter as Parameter, Reading, Rows, fits

if TYPE_CHECKING:
    from perfeval.quantities.unit import Unit
    from perfeval.quantities.units import Units

OWN_NAMES = ("分值", "指标值", "完成值", "得分")
"""The names that a strategy finds without declaring them: those of its own node."""


@frozen(repr=False)
class Basis:
    """依据: where a rule comes from, and whether that was checked against the source (已核对)."""

    __repr__ = record_repr

    text: str = field(metadata={"perfeval_term": "依据", "perfeval_kind": "text"})
    checked: bool = field(default=False, metadata={"perfeval_term": "已核对", "perfeval_kind": "flag"})
    place: Place | None = field(default=None, eq=False, repr=False, kw_only=True)

    def in_locale(self, locale: str) -> str:
        """The basis with its mark: 财预〔2020〕10号，未核对; what a category states stays as written."""
        text = translate(self.text, locale)
        if self.checked:
            return say("{basis}，已核对", locale, basis=text)
        return say("{basis}，未核对", locale, basis=text)

    def __str__(self) -> str:
        return self.in_locale("zh_Hans")


def basis_in(written: str, locale: str = "zh_Hans") -> str:
    """A basis that is kept as text (str of a Basis, or any words) in *locale*; what no catalogue has stays so."""
    for checked in (False, True):
        mark = str(Basis("", checked))
        if written.endswith(mark):
            return Basis(written.removesuffix(mark), checked).in_locale(locale)
    return translate(written, locale)


PRACTICE = Basis("实务做法")
"""A rule in common use for which no paper could be named."""


Make = Callable[["Strategy", Rows, dict[str, Formula], Reading], Formula | None]


def _to_nodes(value: Formula | str | None) -> Formula | None:
    return parse(value) if isinstance(value, str) else value


def _to_basis(value: Basis | str) -> Basis:
    return Basis(value) if isinstance(value, str) else value


def _to_parameters(values: Iterable[Parameter | str]) -> tuple[Parameter, ...]:
    """Parameters, each as a record or as its name alone: then it must be given, and may be anything that fits."""
    names = (values,) if isinstance(values, str) else values
    return tuple(Parameter(each) if isinstance(each, str) else each for each in names)


def _to_texts(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(values)


def _kind_of(strategy: Strategy) -> str:
    if strategy.formula is None:
        return "评分"
    used = names(strategy.formula)
    if is_condition(strategy.formula):
        return "评定" if "得分" in used else "条件"
    if "得分" in used:
        return "调整"
    return "评分" if not {"分值", "指标值", "完成值"}.isdisjoint(used) else "完成值"


@frozen(repr=False, cache_hash=True)
class Strategy:
    """评分方法: parameters → a Formula over 分值 指标值 完成值 (or, as an adjustment, 得分).

    ``formula`` is given as text or nodes; it is None only where rows must be given first (分档). ``rows``
    says what the rows mean; ``make`` builds the formula where replacing names is not enough. ``phrase``
    says one step in Chinese, with the parameters in braces. Raises FormulaError if the text cannot be read.
    """

    __repr__ = record_repr

    name: str
    formula: Formula | None = field(default=None, converter=_to_nodes)
    parameters: tuple[Parameter, ...] = field(default=(), converter=_to_parameters)
    basis: Basis = field(default=PRACTICE, kw_only=True, converter=_to_basis)
    kind: str = field(default=Factory(_kind_of, takes_self=True), kw_only=True)
    """评分 earns points, 调整 changes 得分, 评定 leaves it to a judge, 条件 says when, 完成值 computes an actual."""
    rows: str = field(default="", kw_only=True)
    judged: bool = field(default=False, kw_only=True)
    """Whether the rows are the experts' scores, which a case states in its own row (专家评分)."""
    make: Make | None = field(default=None, kw_only=True, repr=False)
    note: str = field(default="", kw_only=True)
    phrase: str = field(default="", kw_only=True)
    aliases: tuple[str, ...] = field(default=(), kw_only=True, converter=_to_texts)
    place: Place | None = field(default=None, eq=False, repr=False, kw_only=True)

    @property
    def needs(self) -> tuple[str, ...]:
        """The names of its own node that it uses before it is bound, parameters' defaults included.

        Empty where rows make the formula: ``names`` of the bound formula says it then.
        """
        used = set(names(self.formula)) if self.formula is not None else set()
        for parameter in reversed(self.parameters):
            if parameter.name in used and parameter.default is not None:
                used |= set(names(parse(parameter.default)))
        return tuple(name for name in OWN_NAMES if name in used)

    def bind(
        self,
        arguments: Mapping[Any, Any] | Rows | list[Any] | None = None,
        /,
        *,
        unit: Unit | None = None,
        units: Units | None = None,
        place: Place | None = None,
        **named: Any,
    ) -> Formula:
        """The formula with every parameter replaced; a float is refused, text is read with *units*.

        *unit* is that of the 完成值 where it is known: it decides whether 每 1 % means a 百分点 (of a rate)
        or a hundredth of 指标值 (of anything else). Raises FrameworkError with all problems at once:
        parameters missing, unknown or given twice (with the nearest names) and values that do not fit.
        """
        reading = Reading(self.name, unit, units, place)
        given, rows = self._sort((*_pairs(arguments), *named.items()), reading)
        bound: dict[str, Formula] = {}
        for parameter in self.parameters:
            if parameter.name in given:
                value = reading.formula(given[parameter.name])
                if value is not None:
                    fits(parameter, value, reading, given[parameter.name])
                    bound[parameter.name] = value
            elif parameter.default is not None:
                bound[parameter.name] = substitute(parse(parameter.default), bound)
            else:
                reading.wrong(
                    problem(
                        "parameter-missing",
                        "评分方法“{strategy}”缺少参数“{name}”（{note}）",
                        strategy=self.name,
                        name=parameter.name,
                        note=Message(parameter.note),
                    )
                )
        if self.rows and not rows and not reading.problems:
            reading.wrong(
                problem(
                    "rows-missing",
                    "评分方法“{strategy}”要逐行写明：{rows}",
                    strategy=self.name,
                    rows=Message(self.rows),
                )
            )
        result = None
        if not reading.problems:
            if self.make is not None:
                result = self.make(self, rows, bound, reading)
            elif self.formula is not None:
                result = substitute(self.formula, bound)
            else:
                reading.wrong(problem("strategy-empty", "评分方法“{strategy}”没有写算式", strategy=self.name))
        if reading.problems or result is None:
            raise FrameworkError(*reading.problems)
        return result

    def worded(self, arguments: Mapping[Any, Any] | Rows | None = None, locale: str = "zh_Hans") -> str:
        """The phrase of one step with its arguments as written: 每低5%扣1分; empty where there is none."""
        if not self.phrase:
            return ""
        given = {p.name: str(p.default or "") for p in self.parameters}
        given |= {str(key): _said(str(value), locale) for key, value in _pairs(arguments)}
        return say(self.phrase, locale, **given)

    def _sort(self, pairs: Rows, reading: Reading) -> tuple[dict[str, Any], Rows]:
        own = {parameter.name for parameter in self.parameters}
        given: dict[str, Any] = {}
        rows: list[tuple[Any, Any]] = []
        for key, value in pairs:
            if key in own:
                if key in given:
                    reading.wrong(
                        problem(
                            "parameter-twice",
                            "评分方法“{strategy}”的参数“{name}”写了两次",
                            strategy=self.name,
                            name=key,
                        ),
                        key,
                    )
                given[key] = value
            elif self.rows:
                rows.append((key, value))
            else:
                reading.wrong(
                    problem(
                        "parameter-unknown",
                        "评分方法“{strategy}”没有参数“{name}”；可写的参数：{near}",
                        strategy=self.name,
                        name=str(key),
                        near=tuple(sorted(own)),
                    ),
                    key,
                )
        return given, tuple(rows)


def _pairs(arguments: Any) -> Rows:
    """Mappings and pairs as pairs; a bare value (an expert's score) is a row without a key."""
    if arguments is None:
        return ()
    items = arguments.items() if isinstance(arguments, Mapping) else arguments
    return tuple(tuple(i) if isinstance(i, (tuple, list)) and len(i) == 2 else ("", i) for i in items)


def _said(written: str, locale: str) -> str:
    """An argument without blanks, as it was written; in words where the language is not Chinese."""
    if locale.startswith("zh"):
        return written.replace(" ", "")

    try:
        return wording(parse(written), locale)
    except PerfevalError:  # a category's own unit, or several values
        return written
