"""算式的结点: the closed set of nodes, and Python's operators on them.

A node is a frozen value: it compares, hashes and pickles, and nothing in it runs by itself.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from attrs import Factory, field, frozen

from perfeval.errors import FormulaError, problem, record_repr
from perfeval.formulas.tokens import TokenReader, is_plain
from perfeval.quantities.quantity import Quantity
from perfeval.quantities.units import base_units

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from perfeval.quantities.unit import Unit

DEEPEST = 100
"""How many steps a formula may be nested; a deeper one is refused when it is made."""


def parts(of: Formula) -> tuple[Formula, ...]:
    """The formulas that stand directly in *of*, in reading order."""
    match of:
        case Binary(left=left, right=right) | Compare(left=left, right=right):
            return (left, right)
        case Extreme(parts=those) | Logic(parts=those):
            return those
        case Choice(condition=condition, then=then, otherwise=otherwise):
            return (condition, then, otherwise)
        case Rounded(part=part) | Counted(part=part):
            return (part,)
        case _:
            return ()


def _depth(node: Any) -> int:
    deepest = 1 + max((part.depth for part in parts(node)), default=0)
    if deepest > DEEPEST:
        raise FormulaError(
            problem("formula-too-deep", "算式嵌套超过{most}层；请分成几个指标或数据项来写", most=DEEPEST)
        )
    return deepest


def _depth_field() -> Any:
    return field(init=False, eq=False, repr=False, default=Factory(_depth, takes_self=True))


def _at_field() -> Any:
    return field(default=None, eq=False, repr=False, kw_only=True)


class _Operators:
    """Python's operators on formulas; each makes a node, none computes."""

    __slots__ = ()

    def __add__(self, other: Operand) -> Formula:
        return Binary("+", _self(self), operand(other))

    def __radd__(self, other: Operand) -> Formula:
        return Binary("+", operand(other), _self(self))

    def __sub__(self, other: Operand) -> Formula:
        return Binary("-", _self(self), operand(other))

    def __rsub__(self, other: Operand) -> Formula:
        return Binary("-", operand(other), _self(self))

    def __mul__(self, other: Operand) -> Formula:
        return Binary("×", _self(self), operand(other))

    def __rmul__(self, other: Operand) -> Formula:
        return Binary("×", operand(other), _self(self))

    def __truediv__(self, other: Operand) -> Formula:
        return Binary("÷", _self(self), operand(other))

    def __rtruediv__(self, other: Operand) -> Formula:
        return Binary("÷", operand(other), _self(self))

    def __neg__(self) -> Formula:
        return Binary("-", Number(Quantity(0)), _self(self))

    def __lt__(self, other: Operand) -> Formula:
        return Compare("<", _self(self), operand(other))

    def __le__(self, other: Operand) -> Formula:
        return Compare("≤", _self(self), operand(other))

    def __gt__(self, other: Operand) -> Formula:
        return Compare(">", _self(self), operand(other))

    def __ge__(self, other: Operand) -> Formula:
        return Compare("≥", _self(self), operand(other))

    def equals(self, other: Operand) -> Formula:
        """The condition that both are the same number or word (``==`` compares the formulas themselves)."""
        return Compare("=", _self(self), _word_or_number(other))

    def differs(self, other: Operand) -> Formula:
        """The condition that the two are not the same number or word."""
        return Compare("≠", _self(self), _word_or_number(other))

    def __and__(self, other: Formula) -> Formula:
        return _joined("且", _self(self), other)

    def __or__(self, other: Formula) -> Formula:
        return _joined("或", _self(self), other)

    def __bool__(self) -> bool:
        raise FormulaError(
            problem(
                "formula-no-truth",
                "算式本身没有真假：连写比较请写成 (甲 <= 乙) & (乙 <= 丙)，并且、或者请用 & 和 |，判断有没有请用 is not None",
            )
        )

    def __str__(self) -> str:
        return show(_self(self))

    def in_locale(self, locale: str) -> str:
        """The formula as text; it is written alike in every locale."""
        del locale
        return str(self)


def _ends(number: Fraction) -> bool:
    rest = number.denominator
    for factor in (2, 5):
        while rest % factor == 0:
            rest //= factor
    return rest == 1


def _written(_: Any, __: Any, value: Quantity) -> None:
    if not _ends(value.number):
        raise FormulaError(
            problem(
                "number-endless",
                "{value}写不成有限小数；请写成除法，如 1 ÷ 3",
                value=f"{value.number.numerator}/{value.number.denominator}{value.unit.symbol}",
            )
        )


@frozen(repr=False, cache_hash=True, order=False)
class Number(_Operators):
    """数: a number with its unit, exactly as the rule states it (a finite decimal)."""

    __repr__ = record_repr

    # the unit belongs to what is compared: 1万元 and 10000元 are the same money, not the same text
    value: Quantity = field(validator=_written, eq=lambda q: (q.base, q.unit))
    at: int | None = _at_field()
    depth: int = _depth_field()


def _plain(what: str) -> Callable[[Any, Any, str], None]:
    def check(_: Any, __: Any, text: str) -> None:
        if not text or text != text.strip() or not text.isprintable():
            raise FormulaError(
                problem("name-odd", "{what}“{text}”不能用：不可为空，首尾不留空格，不带换行", what=what, text=text)
            )

    return check


def _one_quote(_: Any, __: Any, text: str) -> None:
    if '"' in text and ("“" in text or "”" in text):
        raise FormulaError(problem("text-quotes", "文字“{text}”里两种引号都有；请只用一种", text=text))


def _steps(_: Any, __: Any, text: str) -> None:
    if "「" in text or "」" in text or any(not step or step != step.strip() for step in text.split(".")):
        raise FormulaError(
            problem("name-steps", "名称“{text}”不能用：不带「」，点号之间要有名称，如“粤宝中心.已投资”", text=text)
        )


@frozen(repr=False, cache_hash=True, order=False)
class Text(_Operators):
    """词: a judged result such as 达成预期指标; it can only be the same as another or not."""

    __repr__ = record_repr

    word: str = field(validator=[_plain("文字"), _one_quote])
    at: int | None = _at_field()
    depth: int = _depth_field()


@frozen(repr=False, cache_hash=True, order=False)
class Name(_Operators):
    """名称: a data item, a parameter or an indicator; dots lead down (粤宝中心.已投资)."""

    __repr__ = record_repr

    name: str = field(validator=[_plain("名称"), _steps])
    at: int | None = _at_field()
    depth: int = _depth_field()


@frozen(repr=False, cache_hash=True, order=False)
class Binary(_Operators):
    """四则运算: sum, difference, product or quotient of two formulas."""

    __repr__ = record_repr

    op: Literal["+", "-", "×", "÷"]
    left: Formula
    right: Formula
    at: int | None = _at_field()
    depth: int = _depth_field()


@frozen(repr=False, cache_hash=True, order=False)
class Compare(_Operators):
    """比较: a condition on two formulas."""

    __repr__ = record_repr

    op: Literal["≥", ">", "≤", "<", "=", "≠"]
    left: Formula
    right: Formula
    at: int | None = _at_field()
    depth: int = _depth_field()


def _tuple(those: Iterable[Formula]) -> tuple[Formula, ...]:
    return tuple(those)


def _two(_: Any, attribute: Any, value: tuple[Formula, ...]) -> None:
    del attribute
    if len(value) < 2:
        raise FormulaError(problem("formula-parts", "取小、取大、且、或至少要有两项"))


@frozen(repr=False, cache_hash=True, order=False)
class Extreme(_Operators):
    """取小、取大: the smallest or the largest of several."""

    __repr__ = record_repr

    op: Literal["取小", "取大"]
    parts: tuple[Formula, ...] = field(converter=_tuple, validator=_two)
    at: int | None = _at_field()
    depth: int = _depth_field()


@frozen(repr=False, cache_hash=True, order=False)
class Logic(_Operators):
    """且、或: conditions of which all, or at least one, must hold; read from the left, no further than needed."""

    __repr__ = record_repr

    op: Literal["且", "或"]
    parts: tuple[Formula, ...] = field(converter=_tuple, validator=_two)
    at: int | None = _at_field()
    depth: int = _depth_field()


@frozen(repr=False, cache_hash=True, order=False)
class Choice(_Operators):
    """若…则…；否则…: one of two formulas; only the one taken is read."""

    __repr__ = record_repr

    condition: Formula
    then: Formula
    otherwise: Formula
    at: int | None = _at_field()
    depth: int = _depth_field()


def _positive(_: Any, __: Any, step: Quantity) -> None:
    if step.base <= 0:
        raise FormulaError(problem("step-not-positive", "取整的步长要大于0，如 0.01；现在是{step}", step=step))
    _written(_, __, step)


@frozen(repr=False, cache_hash=True, order=False)
class Rounded(_Operators):
    """取整: to a whole number of steps, 四舍五入 (half up), 舍去 (towards zero) or 进位 (away from it), by magnitude."""

    __repr__ = record_repr

    how: Literal["四舍五入", "舍去", "进位"]
    part: Formula
    step: Quantity = field(validator=_positive, eq=lambda q: (q.base, q.unit))
    at: int | None = _at_field()
    depth: int = _depth_field()


@frozen(repr=False, cache_hash=True, order=False)
class Counted(_Operators):
    """计作: the same number in another unit, an explicit act that carries its reason."""

    __repr__ = record_repr

    part: Formula
    unit: Unit
    reason: str = field(validator=[_plain("计作的理由"), _one_quote])
    at: int | None = _at_field()
    depth: int = _depth_field()


Formula: TypeAlias = Number | Text | Name | Binary | Compare | Extreme | Logic | Choice | Rounded | Counted
"""算式: any node."""

Operand: TypeAlias = Formula | Quantity | int | str | Decimal | Fraction
"""What stands beside an operator: a formula, or a number in any exact form (``"95 %"``)."""

KINDS = (Number, Text, Name, Binary, Compare, Extreme, Logic, Choice, Rounded, Counted)
"""Every kind of node, for ``isinstance``."""


def _self(node: Any) -> Formula:
    return node  # type: ignore[no-any-return]


def operand(value: Operand) -> Formula:
    """*value* as a formula; raises FormulaError for a float or a text that is no number."""
    return value if isinstance(value, KINDS) else number(value)


def _word_or_number(value: Operand) -> Formula:
    if isinstance(value, str) and not value.lstrip("+-－−")[:1].isdigit():
        return Text(value)
    return operand(value)


def _joined(op: Literal["且", "或"], left: Formula, right: Formula) -> Formula:
    if not isinstance(right, KINDS):
        raise FormulaError(problem("formula-operand", "“{op}”两边都要写条件", op=op))
    first = left.parts if isinstance(left, Logic) and left.op == op else (left,)
    second = right.parts if isinstance(right, Logic) and right.op == op else (right,)
    return Logic(op, (*first, *second))


def number(value: Quantity | int | str | Decimal | Fraction, unit: str | Unit = "") -> Number:
    """A number (数) with its unit: ``number("95 %")``, ``number(30, "分")``; FormulaError for a float."""
    if isinstance(value, Quantity):
        return Number(value)
    if isinstance(value, str) and unit == "":
        return _number_in(value)
    if isinstance(value, float) or not isinstance(value, (int, str, Decimal, Fraction)):
        raise FormulaError(
            problem("formula-float", '算式里不用浮点数：{value}请写成带引号的 "{value}"', value=str(value))
        )
    return Number(Quantity(value, unit))


def _number_in(text: str) -> Number:
    """The number that *text* is, with the unit behind it."""
    reader = TokenReader(text, base_units())
    sign = reader.next() if reader.token.kind == "op" and reader.token.text in "+-" else None
    quantity = reader.quantity(sign) if reader.token.kind == "number" else None
    if quantity is None or reader.token.kind != "end":
        raise FormulaError(
            problem("formula-operand", '“{text}”不是数；名称请写 name("{text}")，算式请写 parse("{text}")', text=text)
        )
    if reader.problems:
        raise FormulaError(*reader.problems)
    return Number(quantity, at=1)


_LEVEL = {"+": 4, "-": 4, "×": 5, "÷": 5}


@lru_cache(maxsize=4096)  # equal formulas have one text; a trace asks for the same ones again and again
def show(of: Formula) -> str:
    """The text of *of*, with no more brackets than needed; what :func:`parse` reads back."""
    return _shown(of, 0)


def digits(number: Fraction) -> str:
    """A finite decimal in full (Fraction(189, 2) is 94.5); other fractions as a quotient (1/3)."""
    top, bottom = number.numerator, number.denominator
    places = max((bottom & -bottom).bit_length() - 1, 0)
    fives, rest = 0, bottom >> places
    while rest % 5 == 0:
        fives, rest = fives + 1, rest // 5
    if rest != 1:
        return str(number)
    places = max(places, fives)
    text = str(abs(top) * 10**places // bottom).rjust(places + 1, "0")
    sign = "-" if top < 0 else ""
    return f"{sign}{text[:-places]}.{text[-places:]}" if places else sign + text


def written(value: Quantity) -> str:
    """A quantity as a formula states it: 95%, 908.18万元, 2分/宗, 1."""
    symbol = value.unit.symbol
    return digits(value.number) + (symbol[1:] if symbol.startswith("1/") else symbol)


def _shown(of: Formula, loosest: int) -> str:
    """*of* where only what binds at least as tight as *loosest* stands without brackets."""
    match of:
        case Number(value=value):
            return written(value)
        case Text(word=word):
            return f'"{word}"' if "“" in word or "”" in word else f"“{word}”"
        case Name(name=name):
            return ".".join(step if is_plain(step) else f"「{step}」" for step in name.split("."))
        case Extreme(op=word, parts=those):
            return f"{word}（{'，'.join(_shown(part, 0) for part in those)}）"
        case Rounded(how=word, part=part, step=step):
            return f"{word}（{_shown(part, 0)}，{written(step)}）"
        case Counted(part=part, unit=unit, reason=reason):
            return f"计作（{_shown(part, 0)}，{unit.symbol}，{_shown(Text(reason), 0)}）"
        case Binary() | Compare() | Logic() | Choice():
            level, text = _joined_text(of)
            return text if level >= loosest else f"（{text}）"


def _joined_text(of: Binary | Compare | Logic | Choice) -> tuple[int, str]:
    """A formula of several words: how tight it binds and its text without brackets."""
    match of:
        case Binary(op=op, left=left, right=right):
            level = _LEVEL[op]
            behind = _shown(right, level + 1)
            if isinstance(right, Number) and right.value.number < 0:
                behind = f"（{behind}）"
            return level, f"{_shown(left, level)} {op} {behind}"
        case Compare(op=sign, left=left, right=right):
            return 3, f"{_shown(left, 4)} {sign} {_shown(right, 4)}"
        case Logic(op=word, parts=those):
            level = 2 if word == "且" else 1
            return level, f" {word} ".join(_shown(part, level + 1) for part in those)
        case Choice(condition=condition, then=then, otherwise=otherwise):
            rest = _shown(otherwise, 0) if isinstance(otherwise, Choice) else f"否则 {_shown(otherwise, 1)}"
            return 0, f"若 {_shown(condition, 1)} 则 {_shown(then, 1)}；{rest}"
