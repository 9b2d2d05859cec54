"""中文表述: a formula in the words of a notice, and (from ``reasons``) the reason of a computed value."""

from __future__ import annotations

from attrs import evolve

from perfeval.formulas.explain import because, explainer
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
)
from perfeval.locales.messages import say, translate
from perfeval.locales.words import word

__all__ = ["because", "explainer", "named", "plainly", "wording"]

_LEVELS = {"+": 4, "-": 4, "×": 5, "÷": 5}


def wording(of: Formula, locale: str = "zh_Hans") -> str:
    """The rule *of* in words: 若完成值不低于指标值，则为分值；否则为分值 × 完成值 ÷ 指标值."""
    return _words(of, locale, 0)


def plainly(of: Formula, inside: str = "") -> Formula:
    """*of* as a reader wants to see it: without 计作, and without the group *inside* before its names."""
    match of:
        case Counted(part=part):
            return plainly(part, inside)
        case Name(name=name) if inside and name.startswith(inside + "."):
            return Name(name[len(inside) + 1 :])
        case Binary(left=left, right=right) | Compare(left=left, right=right):
            return evolve(of, left=plainly(left, inside), right=plainly(right, inside))
        case Extreme(parts=inner) | Logic(parts=inner):
            return evolve(of, parts=tuple(plainly(part, inside) for part in inner))
        case Rounded(part=part):
            return evolve(of, part=plainly(part, inside))
        case _:
            return of


def _words(of: Formula, locale: str, loosest: int) -> str:
    """*of* in words; in brackets where it binds looser than *loosest*."""
    match of:
        case Number(value=value):
            return value.in_locale(locale)
        case Text(word=said):
            return f"“{said}”"
        case Name(name=name):
            return named(name, locale)
        case Binary(op=op, left=left, right=right):
            level = _LEVELS[op]
            # a × (b ÷ c) and a + (b - c) are the same without brackets
            behind = _words(right, locale, level if op in "+×" else level + 1)
            return _bracketed(f"{_words(left, locale, level)} {op} {behind}", level, loosest, locale)
        case Extreme(op=op, parts=those):
            listed = _listed([_words(part, locale, 0) for part in those], locale)
            if op == "取小":
                return say("（{parts}）中最小的", locale, parts=listed)
            return say("（{parts}）中最大的", locale, parts=listed)
        case Rounded(how=how, part=part, step=step):
            return _rounded(how, _words(part, locale, 4), step.in_locale(locale), locale)
        case Counted(part=part, unit=unit, reason=reason):
            inner = _words(part, locale, 4)
            return say(
                "（{part}，计作{unit}：{reason}）", locale, part=inner, unit=unit, reason=translate(reason, locale)
            )
        case Choice():
            return _bracketed(_choice(of, locale), 0, loosest, locale)
        case Compare() | Logic():
            level, text = _condition(of, locale)
            return _bracketed(text, level, loosest, locale)


def named(name: str, locale: str) -> str:
    """A name as the reader's language has it: the fixed names of rules and funds; everybody's own stay as they are."""
    start, dot, last = name.rpartition(".")
    if dot and last == "得分":
        return named(start, locale) + say("的得分", locale)
    return say("的", locale).join(word("name", part, locale) for part in name.split("."))


def _choice(of: Choice, locale: str) -> str:
    condition, then = _words(of.condition, locale, 1), _words(of.then, locale, 1)
    if isinstance(of.otherwise, Choice):
        rest = _choice(of.otherwise, locale)
        return say("{condition}的，为{then}；{rest}", locale, condition=condition, then=then, rest=rest)
    rest = _words(of.otherwise, locale, 1)
    return say("{condition}的，为{then}；其他为{rest}", locale, condition=condition, then=then, rest=rest)


def _condition(of: Compare | Logic, locale: str) -> tuple[int, str]:
    match of:
        case Compare(op=op, left=left, right=right):
            return 3, _compared(op, _words(left, locale, 4), _words(right, locale, 4), locale)
        case Logic(op="且", parts=those):
            line = _words(those[0], locale, 3)
            for part in those[1:]:
                line = say("{left}，且{right}", locale, left=line, right=_words(part, locale, 3))
            return 2, line
        case Logic(parts=those):
            line = _words(those[0], locale, 2)
            for part in those[1:]:
                line = say("{left}，或者{right}", locale, left=line, right=_words(part, locale, 2))
            return 1, line


def _compared(op: str, left: str, right: str, locale: str) -> str:
    match op:
        case "≥":
            return say("{left}不低于{right}", locale, left=left, right=right)
        case ">":
            return say("{left}高于{right}", locale, left=left, right=right)
        case "≤":
            return say("{left}不超过{right}", locale, left=left, right=right)
        case "<":
            return say("{left}低于{right}", locale, left=left, right=right)
        case "=":
            return say("{left}等于{right}", locale, left=left, right=right)
        case _:
            return say("{left}不等于{right}", locale, left=left, right=right)


def _rounded(how: str, part: str, step: str, locale: str) -> str:
    match how:
        case "四舍五入":
            return say("（{part}，按{step}四舍五入）", locale, part=part, step=step)
        case "舍去":
            return say("（{part}，不足{step}的舍去）", locale, part=part, step=step)
        case _:
            return say("（{part}，不足{step}的按{step}计）", locale, part=part, step=step)


def _listed(those: list[str], locale: str) -> str:
    line = those[0]
    for other in those[1:]:
        line = say("{left}、{right}", locale, left=line, right=other)
    return line


def _bracketed(text: str, level: int, loosest: int, locale: str) -> str:
    return text if level >= loosest else say("（{part}）", locale, part=text)
