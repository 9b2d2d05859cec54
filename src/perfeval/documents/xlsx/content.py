"""格子内容: figures as cells — a number with a format that shows its digits and its unit, else the words.

A number stands in a cell only where the cell then shows exactly what is written; 近300人 stays a text.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from perfeval.documents.xlsx.number_formats import shown as read
from perfeval.formulas.spreadsheet import Held
from perfeval.quantities.dates import Day
from perfeval.quantities.figure import Figure, Rank, Word
from perfeval.quantities.formatters import text

if TYPE_CHECKING:
    from perfeval.quantities.quantity import Quantity
    from perfeval.quantities.unit import Unit

MOST = 15
"""Digits that every spreadsheet keeps of a number."""
DAY_ZERO = 693594
"""The day before the first of a sheet's calendar, as the library counts days."""
RATE = "%"


class Content(NamedTuple):
    """内容: what a cell holds: a text, or a number under a format; ``formula`` makes it live."""

    value: Fraction | str = ""
    code: str = "General"
    formula: str = ""
    note: str = ""
    worth: Fraction | None = None
    """What one of the number is worth in base units."""
    ahead: int = 0
    is_word: bool = False

    def held(self, address: str) -> Held | None:
        """The cell as a formula sees it; None where it holds a text that is no value."""
        if self.is_word:
            return Held(address, None)
        if isinstance(self.value, str) or self.worth is None:
            return None
        fixed = 0 if self.ahead else None
        return Held(address, self.worth, self.value, fixed, self.ahead)


def of_figure(figure: Figure | None, *, unit: Unit | None = None, bare: bool = False) -> Content:
    """The cell of a figure as written; in *unit* where its column has one, without it where it is *bare*."""
    if figure is None:
        return Content()
    plain = not (figure.mark or figure.sign or figure.change is not None)
    match figure.value:
        case Rank(number=number, of="") if plain:
            return Content(Fraction(number), '"第"0"名"', worth=Fraction(1))
        case Day(year=int(), month=int(), day=int(), edge="") as day if plain and day.last is not None:
            serial = Fraction(day.last.toordinal() - DAY_ZERO)
            return Content(serial, 'yyyy"年"m"月"d"日"', worth=Fraction(1), ahead=DAY_ZERO)
        case Word(text=word):
            return Content(word, "@", is_word=plain)
    quantity = figure.quantity
    if quantity is None or not plain:
        return Content(figure.text, "@")
    digits = _digits(figure, unit or quantity.unit)
    made = of_quantity(quantity, digits, unit=unit, bare=bare or unit is not None, grouped="," in figure.text)
    return made if made.worth is not None else Content(figure.text, "@")


def of_quantity(
    quantity: Quantity,
    digits: int | None = None,
    *,
    unit: Unit | None = None,
    bare: bool = False,
    grouped: bool = False,
) -> Content:
    """The cell of a quantity, to so many decimals (all that it has where None); a text where it has too many."""
    own = unit or quantity.unit
    number = quantity.to(own).number
    worth = Fraction(own.up, own.down)
    rate = own.symbol == RATE and not bare
    if rate:
        number, worth, digits = number / 100, worth * 100, None if digits is None else digits + 2
    needed = _ends(number)
    if needed is None or len(str(abs(int(number)))) + needed > MOST:
        return Content(text(quantity), "@")
    digits = needed if digits is None else max(digits, needed)
    shown = digits - 2 if rate else digits
    code = ("#,##0" if grouped else "0") + (f".{'0' * shown}" if shown > 0 else "")
    code += "%" if rate else "" if bare or not own.symbol else f'"{own.symbol}"'
    return Content(number, code, worth=worth)


def points(quantity: Quantity | None, digits: int | None = None) -> Content:
    """分值 or 得分 as a bare number; to *digits* where given."""
    if quantity is None:
        return Content()
    made = of_quantity(quantity, digits, bare=True)
    return made if digits is not None else made._replace(code="General")


def _digits(figure: Figure, unit: Unit) -> int | None:
    """Decimals as written, in *unit*."""
    if figure.step is None:
        return None
    step = figure.step * unit.down / unit.up
    return _ends(step) if step < 1 else 0


def _ends(number: Fraction) -> int | None:
    """How many decimals *number* has; None where they do not end."""
    for digits in range(MOST + 1):
        if (number * 10**digits).denominator == 1:
            return digits
    return None


def shown(content: Content) -> str:
    """What a cell shows, for the width that it takes."""
    if isinstance(content.value, str):
        return content.value
    from decimal import Decimal

    number = Decimal(content.value.numerator) / Decimal(content.value.denominator)
    return read(number, content.code).text
