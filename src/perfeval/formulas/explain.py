"""得分说明: why a formula came to what it came to, on one line: 10分 × 900万元 ÷ 908.18万元 ≈ 9.91分.

A formula is turned once into closures that give the value and its text together, along the path that
the exact reading takes. What changes nothing is not shown (÷ 100%, + 0, a limit that was not reached),
and where a number was chosen and not calculated, the condition that chose it is: 165次 ≥ 160次，得满分.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from perfeval.errors import Problem
from perfeval.formulas.build import names
from perfeval.formulas.exact import Given, NoAnswer, Pair, compile_
from perfeval.formulas.nodes import (
    Binary,
    Choice,
    Compare,
    Counted,
    Extreme,
    Formula,
    Logic,
    Name,
    Number,
    Rounded,
    Text,
    written,
)
from perfeval.formulas.trace import round_pair
from perfeval.formulas.units import POINTS
from perfeval.locales.messages import message, say, translate
from perfeval.quantities.quantity import Quantity

if TYPE_CHECKING:
    from perfeval.quantities.figure import Figure
    from perfeval.quantities.unit import Unit

Texts: TypeAlias = Sequence[str]
"""The text of what stands for each name, in the order of the names."""

LEAF, CALL, PRODUCT, SUM = 7, 6, 5, 4
_NO_UNIT = frozenset("0123456789.%‰倍成")


Said: TypeAlias = tuple[int, int, str, int, str]
"""一段说明: numerator, denominator, text, how tight the text binds, and what chose it where it was chosen."""

_Say: TypeAlias = Callable[[Given, Texts], Said]
_Decide: TypeAlias = Callable[[Given, Texts], tuple[bool, str]]


@lru_cache(maxsize=4096)
def explainer(of: Formula, order: tuple[str, ...], locale: str = "zh_Hans") -> Callable[[Given, Texts, Pair, str], str]:
    """The reason of *of* as a function: what stands for the names, its texts, the result and its text → one line.

    The result is the rounded one, in base units; raises :class:`NoAnswer` like the compiled formula.
    """
    exact = compile_(of, order)
    places = {name: index for index, name in enumerate(order)}
    read = _reader(of, places, locale)
    points = places.get("分值")
    full, chosen_full = translate("得满分", locale), translate("{why}，得满分", locale)
    got, chosen = translate("得{result}", locale), translate("{why}，得{result}", locale)

    def explain(given: Given, texts: Texts, result: Pair, text: str) -> str:
        try:
            n, d, said, level, why = read(given, texts)
        except (TypeError, ValueError, ArithmeticError):
            exact(given)  # says why there is no answer
            raise
        top, bottom = result
        if n * bottom != top * d:
            return f"{said} ≈ {text}"
        whole: Any = given[points] if points is not None else None
        is_full = whole is not None and whole[0] * bottom == top * whole[1]
        if level < LEAF:
            return f"{said} = {text}" if not is_full else chosen_full.format(why=f"{said} = {text}")
        if is_full:
            return chosen_full.format(why=why) if why else full
        return chosen.format(why=why, result=text) if why else got.format(result=text)

    return explain


def because(
    of: Formula,
    given: Mapping[str, Quantity | Figure | str | None],
    result: Quantity | Problem | None,
    locale: str = "zh_Hans",
    *,
    phrase: str = "",
) -> str:
    """得分说明: why *of* gives *result* (rounded) with *given*; = only where exact, else ≈.

    *phrase* is a strategy's own words for its step (每低5个百分点扣1分). Where there is no result, the
    reason for 无法计分. Units must have been settled.
    """
    if isinstance(result, Problem):
        return result.in_locale(locale)
    order = names(of)
    values = [_quantity(given.get(name)) for name in order]
    pairs = [value.pair if isinstance(value, Quantity) else value for value in values]
    texts = [_text(value, locale) for value in values]
    try:
        if result is None:
            compile_(of, order)(pairs)
            return ""
        line = explainer(of, order, locale)(pairs, texts, result.pair, result.in_locale(locale))
    except NoAnswer as stop:
        return stop.problem.in_locale(locale)
    return say("{reason}（{phrase}）", locale, reason=line, phrase=phrase) if phrase else line


def _quantity(given: Any) -> Quantity | str | None:
    if given is None or isinstance(given, (Quantity, str)):
        return given
    return given.quantity  # type: ignore[no-any-return]


def _text(value: Quantity | str | None, locale: str) -> str:
    if isinstance(value, Quantity):
        return value.in_locale(locale)
    return "" if value is None else f"“{value}”"


# values and their texts


def _reader(of: Formula, places: Mapping[str, int], locale: str) -> _Say:
    match of:
        case Number(value=value):
            text = written(value) if locale == "zh_Hans" else value.in_locale(locale)
            constant: Said = (*value.pair, text, LEAF, "")
            return lambda *_: constant
        case Name(name=name):
            return _leaf(places[name])
        case Binary(op=op, left=left, right=right):
            return _BINARY[op](_reader(left, places, locale), _reader(right, places, locale), _brackets(locale))
        case Extreme(op=op, parts=those):
            return _extreme(op == "取小", [_reader(part, places, locale) for part in those])
        case Choice(condition=condition, then=then, otherwise=otherwise):
            return _choice(
                _decider(condition, places, locale),
                compile_(condition, tuple(places)),
                _reader(then, places, locale),
                _reader(otherwise, places, locale),
            )
        case Rounded():
            return _rounded(of, _reader(of.part, places, locale), locale)
        case Counted(part=part, unit=unit, reason=reason):
            return _counted(_reader(part, places, locale), unit, reason, locale)
        case _:
            raise TypeError(of)  # a condition or a word is nothing that earns points


def _leaf(index: int) -> _Say:
    def leaf(given: Given, texts: Texts) -> Said:
        n, d = given[index]  # type: ignore[misc, str-unpack]  # what fails here is asked again, for the reason
        return (n, d, texts[index], LEAF, "")  # type: ignore[return-value]

    return leaf


_Brackets: TypeAlias = tuple[str, str]


def _brackets(locale: str) -> _Brackets:
    """The brackets of *locale*, as they stand around a part of a calculation."""
    opening, _, closing = translate("（{part}）", locale).partition("{part}")
    return opening, closing


def _bracketed(text: str, level: int, least: int, marks: _Brackets) -> str:
    return text if level >= least else f"{marks[0]}{text}{marks[1]}"


def _times(left: _Say, right: _Say, marks: _Brackets) -> _Say:
    def times(given: Given, texts: Texts) -> Said:
        n, d, text, level, why = left(given, texts)
        m, e, other, its, but = right(given, texts)
        if m == e and its == LEAF and other[-1:] in _NO_UNIT:
            return (n, d, text, level, why or but)
        if n == d and level == LEAF and text[-1:] in _NO_UNIT:
            return (m, e, other, its, but or why)
        text = _bracketed(text, level, PRODUCT, marks)
        other = _bracketed(other, its, PRODUCT, marks)  # a × (b ÷ c) is a × b ÷ c: no brackets
        return (n * m, d * e, f"{text} × {other}", PRODUCT, why or but)

    return times


def _over(left: _Say, right: _Say, marks: _Brackets) -> _Say:
    def over(given: Given, texts: Texts) -> Said:
        n, d, text, level, why = left(given, texts)
        m, e, other, its, but = right(given, texts)
        if m <= 0:
            raise ArithmeticError
        if m == e and its == LEAF and other[-1:] in _NO_UNIT:
            return (n, d, text, level, why or but)
        text, other = _bracketed(text, level, PRODUCT, marks), _bracketed(other, its, CALL, marks)
        return (n * e, d * m, f"{text} ÷ {other}", PRODUCT, why or but)

    return over


def _plus(left: _Say, right: _Say, marks: _Brackets) -> _Say:
    def plus(given: Given, texts: Texts) -> Said:
        n, d, text, level, why = left(given, texts)
        m, e, other, its, but = right(given, texts)
        if m == 0:
            return (n, d, text, level, why or but)
        if n == 0:
            return (m, e, other, its, but or why)
        return (n * e + m * d, d * e, f"{text} + {_bracketed(other, its, SUM, marks)}", SUM, why or but)

    return plus


def _minus(left: _Say, right: _Say, marks: _Brackets) -> _Say:
    def minus(given: Given, texts: Texts) -> Said:
        n, d, text, level, why = left(given, texts)
        m, e, other, its, but = right(given, texts)
        if m == 0:
            return (n, d, text, level, why or but)
        return (n * e - m * d, d * e, f"{text} - {_bracketed(other, its, PRODUCT, marks)}", SUM, why or but)

    return minus


_BINARY = {"+": _plus, "-": _minus, "×": _times, "÷": _over}


def _level(of: Said) -> int:
    return of[3]


def _extreme(least: bool, those: list[_Say]) -> _Say:
    def extreme(given: Given, texts: Texts) -> Said:
        found = [part(given, texts) for part in those]
        best, *others = found
        for other in others:
            gap = other[0] * best[1] - best[0] * other[1]
            # of equals, the one that needs no calculation
            if (gap < 0) == least if gap else other[3] > best[3]:
                best = other
        n, d, text, level, _ = best
        if level < LEAF:
            return best
        beaten = min((part for part in found if part is not best), key=_level, default=best)
        gap = beaten[0] * d - n * beaten[1]
        return (n, d, text, LEAF, f"{beaten[2]} {'=' if gap == 0 else '>' if gap > 0 else '<'} {text}")

    return extreme


def _choice(decide: _Decide, holds: Callable[[Given], bool], then: _Say, otherwise: _Say) -> _Say:
    def choice(given: Given, texts: Texts) -> Said:
        found = (then if holds(given) else otherwise)(given, texts)
        n, d, text, level, why = found
        if level < LEAF or why:
            return found  # a calculation speaks for itself, and an inner choice says more
        return (n, d, text, LEAF, decide(given, texts)[1])

    return choice


_ROUNDED = {
    "四舍五入": message("四舍五入（{part}，{step}）"),
    "舍去": message("舍去（{part}，{step}）"),
    "进位": message("进位（{part}，{step}）"),
}


def _rounded(of: Rounded, inner: _Say, locale: str) -> _Say:
    top, bottom = of.step.pair
    how, step = of.how, written(of.step) if locale == "zh_Hans" else of.step.in_locale(locale)
    pattern = translate(_ROUNDED[how], locale)

    def rounded(given: Given, texts: Texts) -> Said:
        found = inner(given, texts)
        n, d, text, _, why = found
        m = round_pair(n, d * top, bottom, how) * top
        return found if m * d == n * bottom else (m, bottom, pattern.format(part=text, step=step), CALL, why)

    return rounded


def _counted(inner: _Say, unit: Unit, reason: str, locale: str) -> _Say:
    by = 100 if unit.dims == POINTS else 1
    pattern, reason = translate("（{part}，计作{value}：{reason}）", locale), translate(reason, locale)

    def counted(given: Given, texts: Texts) -> Said:
        n, d, text, _, why = inner(given, texts)
        value = Quantity.of(n * by, d, unit).in_locale(locale)
        return (n * by, d, pattern.format(part=text, value=value, reason=reason), CALL, why)

    return counted


# conditions: whether they hold, and the text of what decided it

_NOT = {"≥": "<", ">": "≤", "≤": ">", "<": "≥", "=": "≠", "≠": "="}


def _decider(of: Formula, places: Mapping[str, int], locale: str) -> _Decide:
    match of:
        case Compare():
            return _compared(of, places, locale)
        case Logic(op=op, parts=those):
            return _logic(op == "且", [_decider(part, places, locale) for part in those], locale)
        case Choice(condition=condition, then=then, otherwise=otherwise):
            holds = compile_(condition, tuple(places))
            first, second = _decider(then, places, locale), _decider(otherwise, places, locale)
            return lambda given, texts: (first if holds(given) else second)(given, texts)
        case _:
            raise TypeError(of)


def _compared(of: Compare, places: Mapping[str, int], locale: str) -> _Decide:
    holds = compile_(of, tuple(places))
    left, right = (_side(part, places, locale) for part in (of.left, of.right))
    yes, no = of.op, _NOT[of.op]

    def compared(given: Given, texts: Texts) -> tuple[bool, str]:
        found = holds(given)
        return found, f"{left(given, texts)} {yes if found else no} {right(given, texts)}"

    return compared


def _side(of: Formula, places: Mapping[str, int], locale: str) -> Callable[[Given, Texts], str]:
    """One side of a comparison, which can be a word."""
    match of:
        case Text(word=word):
            text = f"“{word}”"
            return lambda *_: text
        case Name(name=name):
            index = places[name]
            return lambda _, texts: texts[index]
        case _:
            read = _reader(of, places, locale)
            return lambda given, texts: read(given, texts)[2]


def _logic(every: bool, those: list[_Decide], locale: str) -> _Decide:
    both = translate("{left} 且 {right}", locale)

    def logic(given: Given, texts: Texts) -> tuple[bool, str]:
        said: list[str] = []
        for part in those:
            found, text = part(given, texts)
            if found is not every:
                return found, text  # this one alone decides
            said.append(text)
        line = said[0]
        for text in said[1:]:
            line = both.format(left=line, right=text)
        return every, line

    return logic
