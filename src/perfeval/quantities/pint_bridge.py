"""pint 往来: the only door to pint: quantities to and from it, and questions about expressions.

pint is imported when one of these functions is first called. The private registry is exact
(Fraction) and small; user text is let through to its parser only after a strict check of shape.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from threading import RLock
from tokenize import TokenError
from typing import TYPE_CHECKING, Any

from perfeval.errors import UnitError, problem
from perfeval.quantities.unit import BARE, Unit

if TYPE_CHECKING:
    from collections.abc import Callable

_lock = RLock()  # pint's registries are not thread-safe while units are being added
_NAMES = {"%": "百分率", "‰": "千分率"}  # pint does not take the signs as names
_BACK: dict[str, str] = {pint_name: ours for ours, pint_name in _NAMES.items()}
_SPELT = str.maketrans("/·^", "每乘幂")  # 小时/天 is a unit of its own size; pint takes words only
_WRITTEN = str.maketrans("每乘幂", "/·^")
_EXPRESSION = re.compile(r"(?:\d{1,18}(?:\.\d{1,18})?|[^\W\d]{1,12}|\*\*\s?-?[1-4](?!\d)|\*(?!\*)|[/() ]){1,60}")


@lru_cache(maxsize=1)
def registry() -> Any:
    """The private pint registry: empty to begin with, exact, on its own."""
    from pint import UnitRegistry

    return UnitRegistry(None, non_int_type=Fraction, on_redefinition="raise", autoconvert_offset_to_baseunit=False)


def _define(ureg: Any, unit: Unit) -> str:
    """Make *unit* (and its bases) known to *ureg*; gives the expression that names it there."""
    if unit.parts:
        return " * ".join(f"{_define(ureg, atom)} ** {power}" for atom, power in unit.parts)
    if not unit.dims:
        if unit.bare and unit.factor == 1:
            return "dimensionless"
        name = _NAMES.get(unit.symbol) or unit.symbol.translate(_SPELT)
        if name not in ureg:
            ureg.define(f"{name} = {unit.factor.numerator} / {unit.factor.denominator}")
        return name
    for base, _ in unit.dims:
        if base not in ureg:
            ureg.define(f"{base} = [{base}]")
    name = unit.symbol.translate(_SPELT)
    if name not in ureg:
        bases = " * ".join(f"{base} ** {exponent}" for base, exponent in unit.dims)
        ureg.define(f"{name} = {unit.factor.numerator} / {unit.factor.denominator} * {bases}")
    return name


def to_pint(number: Fraction, unit: Unit, ureg: Any = None) -> Any:
    """A pint quantity with a Fraction as magnitude, in the private registry or in *ureg*."""
    with _lock:
        ureg = registry() if ureg is None else ureg
        return ureg.Quantity(number, ureg.parse_units(_define(ureg, unit)))


def from_pint(quantity: Any, named: Callable[[str], Unit]) -> tuple[Any, Unit]:
    """Magnitude and unit of a pint quantity; *named* gives the unit that bears a name of ours.

    A rate or 万 that pint left beside another unit (元·百分率) goes into the magnitude: no factor is lost.
    """
    parts: list[tuple[Unit, int]] = []
    for name, power in ((str(k), v) for k, v in quantity._units.items()):
        if int(power) != power:
            raise UnitError(problem("pint-power", "不能取单位“{name}”的非整数次方", name=str(name)))
        parts.append((named(_BACK.get(name) or name.translate(_WRITTEN)), int(power)))
    if len(parts) == 1 and parts[0][1] == 1:
        return quantity.magnitude, parts[0][0]
    unit, worth = BARE, Fraction(1)
    for each, power in parts:
        unit, worth = unit * each**power, worth * each.factor**power
    rest = worth / unit.factor
    return (quantity.magnitude if rest == 1 else quantity.magnitude * rest), unit


def expression(text: str, named: Callable[[str], Unit]) -> tuple[Unit, Fraction]:
    """What pint makes of a defining expression: a unit of the right dimensions, and the whole factor.

    Raises ValueError where the text is not such an expression.
    """
    if not _EXPRESSION.fullmatch(text) or text.count("**") > 1:  # no towers of powers
        raise ValueError(text)
    with _lock:
        ureg = registry()
        spelt = {word: _define(ureg, named(word)) for word in re.findall(r"[^\W\d]+", text)}
        try:
            answer = ureg.Quantity(re.sub(r"[^\W\d]+", lambda m: f"({spelt[m[0]]})", text)).to_base_units()
        except (SyntaxError, TypeError, AttributeError, TokenError) as error:
            raise ValueError(text) from error
    unit = BARE
    for name, power in dict(answer._units).items():
        if int(power) != power:
            raise ValueError(text)
        unit = unit * named(name) ** int(power)
    return unit, Fraction(answer.magnitude)
