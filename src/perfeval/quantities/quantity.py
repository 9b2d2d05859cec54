"""量: an exact number with its unit, a value like any number.

Held as one pair of whole numbers in base units, so that sums and comparisons of 元 and 万元 need
no conversion; the unit says what it is and how it is stated. Reading text with units, marks or
Chinese numerals is the work of :mod:`perfeval.quantities.notation`.
"""

from __future__ import annotations

import operator
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import gcd
from typing import TYPE_CHECKING, Any, final

from perfeval.errors import UnitError, problem
from perfeval.locales.messages import DEFAULT
from perfeval.quantities.number_text import number_format
from perfeval.quantities.numerals import exact_pair, plain_text
from perfeval.quantities.pint_bridge import from_pint, to_pint
from perfeval.quantities.unit import BARE, Unit, mixed, product, quotient
from perfeval.quantities.units import base_units

if TYPE_CHECKING:
    from collections.abc import Callable

    from perfeval.quantities.units import Units

Number = int | str | Decimal | Fraction

_BIG = 1 << 96  # above it the pair is reduced, so that long sums do not grow


@final
class Quantity:
    """量: ``Quantity("908.18", "万元")``; frozen, hashable, picklable, exact.

    *number* is an int, Decimal, Fraction or text of digits; *unit* a Unit or its name in the
    built-in table (or in *units*). Raises NotationError for a float or a text that is no number,
    UnitError for an unknown unit. Equal values are equal whatever their scale: 1 万元 == 10000 元.
    """

    if TYPE_CHECKING:
        _v: tuple[int, int, Unit]  # numerator and denominator (> 0) in base units, unit
    else:
        __slots__ = ("_v",)  # what is public has no setter: frozen, and four times as fast as refusing in __setattr__

    def __init__(self, number: Number, unit: str | Unit = BARE, units: Units | None = None) -> None:
        if type(unit) is not Unit:
            unit = _named(unit) if units is None else units.get(str(unit))
        try:  # what exact_pair does too; money is made of Decimals most of all
            if type(number) is Decimal and -60 < number.adjusted() < 60:
                n, d = number.as_integer_ratio()
            else:
                n, d = exact_pair(number)
        except (ValueError, OverflowError):  # not a number, or without end
            n, d = exact_pair(number)
        self._v = (n * unit.up, d * unit.down, unit)

    @classmethod
    def of(cls, n: int, d: int, unit: Unit) -> Quantity:
        """The quantity whose value in base units is *n* / *d* (*d* > 0), stated in *unit*."""
        return _make(n, d, unit)

    @property
    def unit(self) -> Unit:
        """The unit that it is stated in."""
        return self._v[2]

    @property
    def number(self) -> Fraction:
        """The number in its own unit: 908.18 of 908.18万元."""
        n, d, unit = self._v
        return Fraction(n * unit.down, d * unit.up)

    @property
    def base(self) -> Fraction:
        """The number in base units: 9081800 of 908.18万元."""
        n, d, _ = self._v
        return Fraction(n, d)

    @property
    def pair(self) -> tuple[int, int]:
        """Numerator and denominator (> 0, perhaps not reduced) of the value in base units."""
        n, d, _ = self._v
        return n, d

    def to(self, unit: str | Unit) -> Quantity:
        """The same value stated in another unit of its kind; raises UnitError naming both."""
        n, d, own = self._v
        if type(unit) is not Unit:
            unit = _named(unit)
        if own.kind != unit.kind:
            raise mixed(own, unit, "互换")
        return _make(n, d, unit)

    def counted_as(self, unit: str | Unit, reason: str) -> Quantity:
        """计作: the same number in another unit, an explicit act that needs a *reason*.

        Raises UnitError where no reason is given.
        """
        if not reason.strip():
            raise UnitError(problem("no-reason", "“计作”须写明理由，如“一剂次即一剂”"))
        target = unit if isinstance(unit, Unit) else base_units().get(unit)
        n, d, own = self._v  # base for base: 5万剂次 counted as 剂 is 50000剂; a rate's difference counts in 百分点
        return _make(n * 100 if own.rate and target.dims == (("百分点", 1),) else n, d, target)

    def __add__(self, other: Any) -> Quantity:
        an, ad, unit = self._v
        if type(other) is not Quantity and (other := _operand(other)) is None:
            return NotImplemented
        bn, bd, its = other._v
        if unit is not its and unit.kind != its.kind:
            if not bn and its.bare:
                return self
            if an or not unit.bare:
                raise mixed(unit, its, "相加")
            unit = its
        return _make(an + bn, ad, unit) if ad == bd else _make(an * bd + bn * ad, ad * bd, unit)

    def __sub__(self, other: Any) -> Quantity:
        an, ad, unit = self._v
        if type(other) is not Quantity and (other := _operand(other)) is None:
            return NotImplemented
        bn, bd, its = other._v
        if unit is not its and unit.kind != its.kind:
            if not bn and its.bare:
                return self
            if an or not unit.bare:
                raise mixed(unit, its, "相减")
            unit = its
        return _make(an - bn, ad, unit) if ad == bd else _make(an * bd - bn * ad, ad * bd, unit)

    def __mul__(self, other: Any) -> Quantity:
        an, ad, unit = self._v
        if type(other) is not Quantity:
            if type(other) is int:
                return _make(an * other, ad, unit)
            if (other := _operand(other)) is None:
                return NotImplemented
        bn, bd, its = other._v
        return _make(an * bn, ad * bd, product(unit, its))

    def __truediv__(self, other: Any) -> Quantity:
        an, ad, unit = self._v
        if type(other) is not Quantity and (other := _operand(other)) is None:
            return NotImplemented
        bn, bd, its = other._v
        if bn > 0:
            return _make(an * bd, ad * bn, quotient(unit, its))
        if bn == 0:
            raise ZeroDivisionError(f"{self} / {other}")
        return _make(-an * bd, -ad * bn, quotient(unit, its))

    def __radd__(self, other: Any) -> Quantity:
        left = _operand(other)
        return NotImplemented if left is None else left + self

    def __rsub__(self, other: Any) -> Quantity:
        left = _operand(other)
        return NotImplemented if left is None else left - self

    def __rmul__(self, other: Any) -> Quantity:
        left = _operand(other)
        return NotImplemented if left is None else left * self

    def __rtruediv__(self, other: Any) -> Quantity:
        left = _operand(other)
        return NotImplemented if left is None else left / self

    def __neg__(self) -> Quantity:
        n, d, unit = self._v
        made = _blank(Quantity)
        made._v = (-n, d, unit)
        return made

    def __pos__(self) -> Quantity:
        return self

    def __abs__(self) -> Quantity:
        n, d, unit = self._v
        return self if n >= 0 else _make(-n, d, unit)

    def __bool__(self) -> bool:
        return self._v[0] != 0

    def __eq__(self, other: object) -> bool:
        if type(other) is not Quantity:
            return NotImplemented
        an, ad, unit = self._v
        bn, bd, its = other._v
        return (unit is its or unit.kind == its.kind) and (an == bn if ad == bd else an * bd == bn * ad)

    def __hash__(self) -> int:
        n, d, unit = self._v
        if d != 1:
            divisor = gcd(n, d)
            return hash((n // divisor, d // divisor, unit.kind))
        return hash((n, d, unit.kind))

    def __lt__(self, other: Any) -> bool:
        if type(other) is Quantity:
            an, ad, unit = self._v
            bn, bd, its = other._v
            if unit is its or unit.kind == its.kind:
                return an * bd < bn * ad
        return _ordered(self, other, operator.lt)

    def __le__(self, other: Any) -> bool:
        if type(other) is Quantity:
            an, ad, unit = self._v
            bn, bd, its = other._v
            if unit is its or unit.kind == its.kind:
                return an * bd <= bn * ad
        return _ordered(self, other, operator.le)

    def __gt__(self, other: Any) -> bool:
        if type(other) is Quantity:
            an, ad, unit = self._v
            bn, bd, its = other._v
            if unit is its or unit.kind == its.kind:
                return an * bd > bn * ad
        return _ordered(self, other, operator.gt)

    def __ge__(self, other: Any) -> bool:
        if type(other) is Quantity:
            an, ad, unit = self._v
            bn, bd, its = other._v
            if unit is its or unit.kind == its.kind:
                return an * bd >= bn * ad
        return _ordered(self, other, operator.ge)

    def __reduce__(self) -> tuple[Callable[..., Quantity], tuple[int, int, Unit]]:
        return Quantity.of, self._v

    def __copy__(self) -> Quantity:
        return self

    def __deepcopy__(self, memo: object) -> Quantity:
        return self

    def __str__(self) -> str:
        return quantity_text(self)

    def __repr__(self) -> str:
        text = plain_text(self.number)
        if "…" in text:
            text = str(self.number)
        return f"Quantity({text!r}, {self._v[2].symbol!r})"

    def in_locale(self, locale: str) -> str:
        """As text of *locale*; never rounded where its digits end."""
        return quantity_text(self, locale)

    def to_pint(self, registry: Any = None) -> Any:
        """The same as a pint quantity (magnitude a Fraction), in a private registry or in *registry*.

        :meth:`from_pint` gives it back, number and unit. Only what pint itself works out may differ in
        kind: like over like is dimensionless there, which is the bare number here and not 倍.
        """
        return to_pint(self.number, self.unit, registry)

    @classmethod
    def from_pint(cls, quantity: Any, units: Units | None = None) -> Quantity:
        """A pint quantity whose units have our names; a float magnitude is refused."""
        magnitude, unit = from_pint(quantity, (units or base_units()).get)
        return cls(magnitude, unit)


_blank = Quantity.__new__


def quantity_text(
    value: Quantity, locale: str = DEFAULT, digits: int | None = None, grouping: bool | None = None
) -> str:
    """数量的写法 in its unit; see :func:`perfeval.text` for *digits* and *grouping*."""
    n, d, unit = value._v
    return number_format(unit.symbol, unit.up, unit.down, digits, locale, grouping)(n, d)


@lru_cache(maxsize=1024)
def _named(symbol: str) -> Unit:
    """The built-in unit *symbol*; raises UnitError."""
    if not isinstance(symbol, str):
        raise UnitError(problem("not-a-unit", "“{symbol}”不能作计量单位", symbol=repr(symbol)[:60]))
    return base_units().get(symbol)


def _make(n: int, d: int, unit: Unit) -> Quantity:
    if d > _BIG:
        divisor = gcd(n, d)
        n, d = n // divisor, d // divisor
    made = _blank(Quantity)
    made._v = (n, d, unit)
    return made


def _operand(other: Any) -> Quantity | None:
    """An exact number as a bare quantity; floats are refused, other things are not ours."""
    if isinstance(other, Quantity):
        return other
    if isinstance(other, int | Decimal | Fraction | float) and not isinstance(other, bool):
        return _make(*exact_pair(other), BARE)
    return None


def _ordered(left: Quantity, right: Any, how: Callable[[int, int], bool]) -> bool:
    """Order against a plain number or another kind: bare 0 fits all, else UnitError."""
    other = _operand(right)
    if other is None:
        refused: bool = NotImplemented  # Python asks the other operand, then raises TypeError
        return refused
    if left.unit.kind != other.unit.kind and (other or not other.unit.bare) and (left or not left.unit.bare):
        raise mixed(left.unit, other.unit, "比较")
    an, ad, _ = left._v
    bn, bd, _ = other._v
    result: bool = how(an * bd, bn * ad)
    return result
