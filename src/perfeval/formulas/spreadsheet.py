"""活算式: the spreadsheet reading — a formula over cells as the text of a live cell.

The same fold as the exact reading, spelt otherwise: every number is brought to whole numbers first, so that a
tie is exactly k + ½ in binary too, and one quotient of whole numbers is rounded to a whole number of steps:
``ROUND(ROUND(F5*100,0)*10/(9*ROUND(E5*100,0)),0)/100``. It is written only where these whole numbers stay below
:data:`~perfeval.formulas.quotient.LIMIT`; cells say how large and how fine their numbers may be, and the formula says 位数过多 beyond it.
Only functions that Excel, WPS and LibreOffice share are used, and only IF is relied on to skip what it does
not take (AND and OR read everything).
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from attrs import frozen

from perfeval.errors import record_repr
from perfeval.formulas.build import names
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
from perfeval.formulas.quotient import (
    NoLiveError,
    Term,
    checked,
    common,
    constant,
    decimals,
    depth,
    product,
    quoted,
    quotient,
    rounded,
    same_step,
)
from perfeval.formulas.units import POINTS
from perfeval.locales.messages import say
from perfeval.quantities.quantity import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from perfeval.formulas.trace import How

LONGEST, DEEPEST = 8000, 60
"""Bounds that Excel sets to a formula's length and its nesting."""
SPARE = ((2, 2), (2, 1), (1, 1), (0, 1), (0, 0))
"""Decimals and leading digits that a cell may have beyond what it holds now; the first pair that fits is taken."""
_SIGNS = {"≥": ">=", ">": ">", "≤": "<=", "<": "<", "=": "=", "≠": "<>"}


@frozen(repr=False)
class Held:
    """单元格里的数: where a name's number or word stands, and what it is worth.

    The value is (number in the cell + ``ahead``) × ``worth`` in base units; ``worth`` None says that it holds a
    word. ``now`` is the number it holds, from which follow the digits it may have; fixed ``digits`` allow
    no more (points). A sum over cells is held by ``cell`` = SUM(…), ``sums`` naming them and how many they are.
    """

    __repr__ = record_repr

    cell: str
    worth: Fraction | None = Fraction(1)
    now: Fraction | None = None
    digits: int | None = None
    ahead: int = 0
    sums: tuple[str, int] | None = None


class _Room(NamedTuple):
    """位数: how many decimals a cell's number may have, and below which power of ten it stays."""

    digits: int
    whole: int


def live(
    of: Formula,
    cells: Mapping[str, Held | Quantity | str],
    *,
    scale: int = 100,
    how: How = "四舍五入",
    unchanged: Iterable[tuple[str, str]] = (),
    locale: str = "zh_Hans",
) -> str | None:
    """The text of a live cell for *of*, rounded *how* to whole 1/*scale*; None where none is exact for sure.

    *cells* say where each name stands, or give its value where no cell holds it. *unchanged* are cells with
    the text that the formula was made for: where one says something else, the cell says so. A cell left empty
    leaves it empty, a divisor that is not positive gives 无法计分. KeyError: a name that *cells* does not have.
    """
    for finer, ahead in SPARE:
        try:
            return _written(_Fold(cells, finer, ahead), of, scale, how, tuple(unchanged), locale)
        except NoLiveError:
            continue
    return None


def _written(
    fold: _Fold, of: Formula, scale: int, how: How, unchanged: tuple[tuple[str, str], ...], locale: str
) -> str:
    fixed = {name for name in names(of) if isinstance(held := fold.cells[name], Held) and held.digits is not None}
    fold.certain = _certain(of) | fixed  # without 分值 there are no points, whatever the path
    text = fold.steps_of(of, scale, how)
    if "NA()" in text:
        text = f"IFERROR({text},{quoted(say('无法计分', locale))})"
    if fold.within:
        text = f"IF(AND({','.join(fold.within.values())}),{text},{quoted(say('位数过多', locale))})"
    if unchanged:
        same = ",".join(f"EXACT({cell},{quoted(word)})" for cell, word in unchanged)
        text = f"IF({f'AND({same})' if len(unchanged) > 1 else same},{text},{quoted(say('指标值已改', locale))})"
    used = [held for name, held in fold.used.items() if name in fold.certain]
    numbers = [held for held in used if held.worth is not None]
    needed = ",".join(dict.fromkeys(held.sums[0] if held.sums else held.cell for held in numbers))
    count = sum({held.cell: held.sums[1] if held.sums else 1 for held in numbers}.values())
    for held in used:
        if held.worth is None:
            text = f'IF({held.cell}="","",{text})'
    if count:
        text = f'IF(COUNT({needed})<{count},"",{text})'
    if len(text) >= LONGEST or depth(text) > DEEPEST:
        raise NoLiveError
    return f"={text}"


def _certain(of: Formula) -> frozenset[str]:
    """The names that every path through *of* reads."""
    match of:
        case Name(name=name):
            return frozenset((name,))
        case Choice(condition=condition, then=then, otherwise=otherwise):
            return _certain(condition) | (_certain(then) & _certain(otherwise))
        case Logic(parts=(first, *_)):
            return _certain(first)
        case Extreme(parts=those):
            return frozenset().union(*map(_certain, those))
        case Binary(left=left, right=right) | Compare(left=left, right=right):
            return _certain(left) | _certain(right)
        case Rounded(part=part) | Counted(part=part):
            return _certain(part)
        case _:
            return frozenset()


class _Fold:
    """One reading of one formula, with so many digits to spare. Not shared, not kept."""

    def __init__(self, cells: Mapping[str, Held | Quantity | str], finer: int, ahead: int) -> None:
        self.cells, self.finer, self.ahead = cells, finer, ahead
        self.certain: frozenset[str] = frozenset()
        self.used: dict[str, Held] = {}
        self.within: dict[str, str] = {}

    # -- the result ---------------------------------------------------------------------------------

    def steps_of(self, of: Formula, scale: int, how: How) -> str:
        """*of* rounded to 1/*scale*: the rounding moves inside choices, 取小 and 取大."""
        match of:
            case Choice(condition=condition, then=then, otherwise=otherwise):
                inside = (self.steps_of(part, scale, how) for part in (then, otherwise))
                return f"IF({self.condition(condition)},{','.join(inside)})"
            case Extreme(op=op, parts=those):
                inside = (self.steps_of(part, scale, how) for part in those)
                return f"{'MIN' if op == '取小' else 'MAX'}({','.join(inside)})"
        term = self.number(of)
        if term.cell and term.by * scale == 1:
            return term.cell
        whole, _ = rounded(term, Fraction(scale), how)
        return f"{whole}/{scale}" if scale != 1 and whole != "0" else whole

    # -- numbers ------------------------------------------------------------------------------------

    def number(self, of: Formula) -> Term:
        """*of* as a quotient of whole numbers."""
        match of:
            case Number(value=value):
                return constant(value.base)
            case Name(name=name):
                return self._name(name)
            case Binary(op="×", left=left, right=right):
                return product(self.number(left), self.number(right))
            case Binary(op="÷", left=left, right=right):
                return quotient(self.number(left), self.number(right))
            case Binary(op=op, left=left, right=right):
                first, second, shared = common(self.number(left), self.number(right))
                most = checked(first.most + second.most)
                return shared._replace(top=f"({first.top}{op}{second.top})", most=most)
            case Extreme(op=op, parts=(first_part, *others)):
                found = self.number(first_part)
                for other in others:
                    first, second, shared = common(found, self.number(other))
                    call = f"{'MIN' if op == '取小' else 'MAX'}({first.top},{second.top})"
                    found = shared._replace(top=call, most=max(first.most, second.most))
                return found
            case Choice(condition=condition, then=then, otherwise=otherwise):
                return self._choice(self.condition(condition), self.number(then), self.number(otherwise))
            case Rounded(how=how, part=part, step=step):
                top, most = rounded(self.number(part), 1 / step.base, how)
                return Term(top, most, step.base)
            case Counted(part=part, unit=unit):
                term = self.number(part)
                return term._replace(by=term.by * 100, cell="") if unit.dims == POINTS else term
        raise NoLiveError

    def _name(self, name: str) -> Term:
        held = self.cells[name]
        if isinstance(held, Quantity):
            return constant(held.base)
        if isinstance(held, str) or held.worth is None:
            raise NoLiveError
        self.used[name] = held
        room = self._room(held)
        by, cell = Fraction(1, 10**room.digits), held.cell
        top = f"ROUND({cell}*{10**room.digits},0)" if room.digits else f"ROUND({cell},0)"
        if held.ahead:
            top, cell = f"({top}+{held.ahead * 10**room.digits})", ""
        if name not in self.certain:
            top, cell = f"IF(ISNUMBER({held.cell}),{top},NA())", ""
        most = checked(10 ** (room.digits + room.whole) + held.ahead * 10**room.digits)
        return Term(top, most, by * held.worth, cell=cell if by * held.worth == by else "")

    def _room(self, held: Held) -> _Room:
        now = held.now if held.now is not None else Fraction(0)
        digits = held.digits
        if digits is None:
            digits = decimals(now) + self.finer
        whole = len(str(abs(int(now)))) + self.ahead
        if digits + whole > 14 or decimals(now) > digits:
            raise NoLiveError
        if held.sums is None:
            fine = f"ROUND({held.cell},{digits})={held.cell}"
            self.within[held.cell] = f"ABS({held.cell})<{10**whole},{fine}"
        return _Room(digits, whole)

    def _choice(self, condition: str, then: Term, otherwise: Term) -> Term:
        """Both parts over one coefficient; each keeps its own bottom, which is read only where it is taken."""
        first, second, by = same_step(then, otherwise)
        top = f"IF({condition},{first.top},{second.top})"
        if first.bottom == second.bottom:
            return Term(top, max(first.most, second.most), by, first.bottom, max(first.widest, second.widest))
        bottom = f"IF({condition},{first.bottom or 1},{second.bottom or 1})"
        return Term(top, max(first.most, second.most), by, bottom, max(first.widest, second.widest))

    # -- conditions ---------------------------------------------------------------------------------

    def condition(self, of: Formula) -> str:
        """*of* as a condition; a later part is read no sooner than the earlier ones need it."""
        match of:
            case Compare(op=op, left=left, right=right):
                if self._wordy(left) or self._wordy(right):
                    same = f"EXACT({self._word(left)},{self._word(right)})"
                    return same if op == "=" else f"NOT({same})"
                one, other = self.number(left), self.number(right)
                first, second, over = common(one, other)
                if (
                    one.bottom == other.bottom and "NA()" in over.bottom
                ):  # both over it: whether it can be is asked still
                    first, second = (product(each, Term(over.bottom, over.widest)) for each in (first, second))
                return f"{first.top}{_SIGNS[op]}{second.top}"
            case Logic(op=op, parts=those):
                *texts, last = [self.condition(part) for part in those]
                if not any("NA()" in text for text in (*texts[1:], last)):
                    return f"{'AND' if op == '且' else 'OR'}({','.join((*texts, last))})"
                for text in reversed(texts):
                    last = f"IF({text},{last},FALSE)" if op == "且" else f"IF({text},TRUE,{last})"
                return last
        raise NoLiveError

    def _wordy(self, of: Formula) -> bool:
        match of:
            case Name(name=name):
                held = self.cells[name]
                return isinstance(held, str) or (isinstance(held, Held) and held.worth is None)
            case Choice(then=then, otherwise=otherwise):
                return self._wordy(then) or self._wordy(otherwise)
            case _:
                return isinstance(of, Text)

    def _word(self, of: Formula) -> str:
        match of:
            case Text(word=word):
                return quoted(word)
            case Name(name=name):
                held = self.cells[name]
                if isinstance(held, str):
                    return quoted(held)
                if isinstance(held, Held) and held.worth is None:
                    self.used[name] = held
                    return held.cell if name in self.certain else f'IF({held.cell}="",NA(),{held.cell})'
            case Choice(condition=condition, then=then, otherwise=otherwise):
                return f"IF({self.condition(condition)},{self._word(then)},{self._word(otherwise)})"
        raise NoLiveError
