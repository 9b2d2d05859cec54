"""单位核定: the units of a formula settled before any number is known, every problem at once.

+ - 取小 取大, comparisons and branches need one kind of unit; × and ÷ combine; a bare 0 fits all. A
bare number never meets a rate (95% and 95 are no two spellings of one thing), and 百分点 arises
only by 计作 from a difference of rates.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, Literal, TypeAlias

from perfeval.errors import FormulaError, Place, Problem, problem
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
from perfeval.quantities.unit import BARE, Unit

CONDITION: Final = "条件"
"""What a formula settles to that says yes or no."""
WORD: Final = "词"
"""What a formula settles to that is a judged word; also how a table of units marks such a name."""

Settled: TypeAlias = Unit | Literal["条件", "词"]
"""核定结果: a unit, :data:`CONDITION` or :data:`WORD`."""

Lookup: TypeAlias = Callable[[str], "Settled | None"] | Mapping[str, "Settled | None"]

_ZERO: Final = "零"  # the bare 0, which fits every unit
_Inner: TypeAlias = Unit | Literal["条件", "词", "零"] | None  # None: a problem is noted already

POINTS: Final = (("百分点", 1),)
"""The dimension of 百分点."""


def check_units(of: Formula, units: Lookup) -> Settled:
    """The unit of *of*; *units* gives each name's (None or absent: not known; a mapping's None: a word).

    Raises FormulaError with all problems, each with its character where the formula came from text.
    """
    settler = _Settler(units)
    found = settler.of(of)
    if settler.problems:
        raise FormulaError(*settler.problems)
    return BARE if found == _ZERO or found is None else found


class _Settler:
    """One pass over one formula; collects the problems."""

    def __init__(self, units: Lookup) -> None:
        self.units = units
        self.problems: list[Problem] = []

    def wrong(self, node: Formula, what: Problem) -> None:
        """Note *what* at the character of *node*; what contains it stays silent."""
        self.problems.append(what if node.at is None else what.at(Place(char=node.at)))

    def of(self, node: Formula) -> _Inner:
        """The unit of one node."""
        match node:
            case Number(value=value):
                return _ZERO if value.unit.bare and value.number == 0 else value.unit
            case Text():
                return WORD
            case Name():
                return self.name(node)
            case Binary():
                return self.binary(node)
            case Compare():
                return self.compare(node)
            case Extreme(op=op, parts=those):
                return self.one_kind(node, op, [self.number(part) for part in those])
            case Logic(parts=those):
                for part in those:
                    self.condition(part)
                return CONDITION
            case Choice():
                return self.choice(node)
            case Rounded():
                return self.rounded(node)
            case Counted():
                return self.counted(node)

    def name(self, node: Name) -> _Inner:
        """A name: its unit as declared."""
        if isinstance(self.units, Mapping):
            if node.name in self.units:
                found = self.units[node.name]
                return WORD if found is None else found
        elif (found := self.units(node.name)) is not None:
            return found
        near = _near(node.name, self.units)
        self.wrong(
            node,
            problem("unknown-name", "不认识名称“{name}”；相近的有：{near}", name=node.name, near=tuple(near))
            if near
            else problem(
                "unknown-name", "不认识名称“{name}”；请在 data 下写明它和它的计量单位，如“{name}: 宗”", name=node.name
            ),
        )
        return None

    def number(self, node: Formula) -> _Inner:
        """A part that must be a number."""
        found = self.of(node)
        if found == CONDITION:
            self.wrong(node, problem("formula-not-number", "“{part}”是条件，这里要一个数", part=node))
            return None
        if found == WORD:
            self.wrong(
                node, problem("formula-not-number", "“{part}”是文字，只能用 = 或 ≠ 比较，这里要一个数", part=node)
            )
            return None
        return found

    def condition(self, node: Formula) -> None:
        """A part that must be a condition."""
        found = self.of(node)
        if found not in (CONDITION, None):
            self.wrong(node, problem("formula-not-condition", "“{part}”不是条件；这里要写比较，如“甲 ≥ 乙”", part=node))

    def one_kind(self, node: Formula, op: str, those: list[_Inner]) -> _Inner:
        """The one kind of unit that all *those* have."""
        units = [unit for unit in those if isinstance(unit, Unit)]
        for other in units[1:]:
            if not units[0].same_kind(other):
                self.wrong(node, _mismatch(op, units[0], other))
                return None
        return units[0] if units else None if None in those else _ZERO

    def binary(self, node: Binary) -> _Inner:
        """+ - need one kind; × ÷ combine."""
        left, right = self.number(node.left), self.number(node.right)
        if node.op in ("+", "-"):
            return self.one_kind(node, node.op, [left, right])
        if node.op == "÷" and isinstance(node.right, Number) and node.right.value.number <= 0:
            self.wrong(node, problem("divisor-not-positive", "除数是{divisor}，不是正数", divisor=node.right))
            return None
        if left is None or right is None:
            return None
        first, second = _unit(left), _unit(right)
        return first * second if node.op == "×" else first / second

    def compare(self, node: Compare) -> _Inner:
        """Two numbers of one kind, or two words with = or ≠."""
        left, right = self.of(node.left), self.of(node.right)
        if CONDITION in (left, right):
            part = node.left if left == CONDITION else node.right
            self.wrong(node, problem("formula-not-number", "“{part}”是条件，这里要一个数", part=part))
        elif WORD in (left, right):
            if node.op not in ("=", "≠"):
                self.wrong(node, problem("word-compared", "文字只能用 = 或 ≠ 比较，不能用{op}", op=node.op))
            elif None not in (left, right) and left != right:
                number = node.right if left == WORD else node.left
                self.wrong(node, problem("word-compared", "“{number}”是数，不能与文字比较", number=number))
        else:
            self.one_kind(node, node.op, [left, right])
        return CONDITION

    def choice(self, node: Choice) -> _Inner:
        """Both branches are numbers of one kind, conditions, or words."""
        self.condition(node.condition)
        then, otherwise = self.of(node.then), self.of(node.otherwise)
        marks = {found for found in (then, otherwise) if found in (CONDITION, WORD)}
        if not marks:
            return self.one_kind(node, "若…则…；否则…", [then, otherwise])
        if None in (then, otherwise) or then == otherwise:
            return marks.pop()
        self.wrong(
            node,
            problem(
                "formula-branches",
                "“则”后面的“{then}”与“否则”后面的“{otherwise}”要同是数、同是条件或同是文字",
                then=node.then,
                otherwise=node.otherwise,
            ),
        )
        return None

    def rounded(self, node: Rounded) -> _Inner:
        """The step is of the same kind; a bare step only where it can mean one thing."""
        found = self.number(node.part)
        if found is None:
            return None
        unit, step = _unit(found), node.step.unit
        if step.bare and (unit.bare or (not unit.rate and unit.factor == 1)):
            return unit
        if step.bare:
            self.wrong(
                node,
                problem(
                    "step-without-unit",
                    "取整的步长要带单位，如“{step}{unit}”",
                    step=node.step,
                    unit="%" if unit.rate else unit.symbol,
                ),
            )
            return None
        return self.one_kind(node, node.how, [found, step])

    def counted(self, node: Counted) -> _Inner:
        """计作: between counts as they are; 百分点 from a difference of rates only."""
        found = self.number(node.part)
        if found is None:
            return None
        unit = _unit(found)
        if node.unit.dims == POINTS:
            if not unit.rate or not _is_difference(node.part):
                self.wrong(
                    node,
                    problem(
                        "percentage-points",
                        "百分点只能由两个率之差计作，如“计作（90% - 完成率，百分点，“率之差”）”；“{part}”不是率之差",
                        part=node.part,
                    ),
                )
                return None
        elif unit.rate or node.unit.rate or node.unit.bare or unit.dims == POINTS:
            self.wrong(
                node,
                problem(
                    "counted-rate",
                    "“{unit}”不能计作“{other}”；率变成别的量请用乘除，如“满意度 × 100分”",
                    unit=unit.symbol or "1",
                    other=node.unit.symbol or "1",
                ),
            )
            return None
        elif unit.bare and node.unit.factor != 1:
            self.wrong(
                node,
                problem(
                    "counted-bare",
                    "不带单位的数不能计作{other}；请写“{part} × 1{other}”",
                    other=node.unit.symbol,
                    part=node.part,
                ),
            )
            return None
        return node.unit


def _unit(found: Any) -> Unit:
    return found if isinstance(found, Unit) else BARE


def _is_difference(of: Formula) -> bool:
    """Whether a rate is surely the difference of two (0 beside it does no harm)."""
    match of:
        case Binary(op=op):
            return op == "-"
        case Extreme(parts=those):
            return all(_is_difference(part) or _is_zero(part) for part in those)
        case Choice(then=then, otherwise=otherwise):
            return all(_is_difference(part) or _is_zero(part) for part in (then, otherwise))
        case Rounded(part=part):
            return _is_difference(part)
        case _:
            return False


def _is_zero(of: Formula) -> bool:
    return isinstance(of, Number) and of.value.number == 0


def _mismatch(op: str, left: Unit, right: Unit) -> Problem:
    if left.bare or right.bare:
        other = right if left.bare else left
        return problem(
            "bare-number",
            "“{op}”不能用在{unit}与不带单位的数之间；请写明单位，如“{example}”",
            op=op,
            unit=other.symbol,
            example="95%" if other.rate else f"10{other.symbol}",
        )
    if POINTS in (left.dims, right.dims) and (left.rate or right.rate):
        return problem(
            "percentage-points",
            "“{op}”不能用在百分点与{unit}之间；两个率之差先计作百分点，如“计作（90% - 完成率，百分点，“率之差”）”",
            op=op,
            unit=(right if left.dims == POINTS else left).symbol,
        )
    if left.counted and right.counted:
        return problem(
            "unit-mismatch",
            "“{op}”不能用在{left}与{right}之间：计量单位不同；确是一回事的，请写“计作（…，{left}，“理由”）”",
            op=op,
            left=left.symbol,
            right=right.symbol,
        )
    return problem(
        "unit-mismatch",
        "“{op}”不能用在{left}与{right}之间：计量单位不同",
        op=op,
        left=left.symbol,
        right=right.symbol,
    )


def _near(name: str, units: Lookup) -> list[str]:
    if not isinstance(units, Mapping):
        return []
    from difflib import get_close_matches

    return get_close_matches(name, list(units), n=3, cutoff=0.5)
