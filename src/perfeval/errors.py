"""问题与错误: what can be wrong, as values; the sentence is made last, in the reader's language.

A :class:`Problem` holds a stable ASCII code, a Chinese template and the values that fill it. The
same value travels inside a :class:`PerfevalError` when there is nothing to go on with. Templates
are the message ids of the catalogues in ``perfeval.locales``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import NOTHING, Factory, evolve, field, frozen

from perfeval.locales.messages import DEFAULT, LOCALES, fill, say, translate
from perfeval.locales.width import hidden

if TYPE_CHECKING:
    from collections.abc import Mapping


def record_repr(record: Any) -> str:
    """How a record shows itself: ``Row(of='清查行动', actual=165 次)``: the fields that differ from their defaults.

    One function for all records: attrs would compile one for each class at every start.
    """
    said = []
    for each in type(record).__attrs_attrs__:
        if not each.repr:
            continue
        value = getattr(record, each.name)
        if each.default is NOTHING or isinstance(each.default, Factory) or value != each.default:  # type: ignore[arg-type]
            said.append(f"{each.name}={value!r}")
    return f"{type(record).__name__}({', '.join(said)})"


@frozen(repr=False, kw_only=True)
class Place:
    """位置: where something stands — a file, a page, a line and column or a cell, a path in a case, characters."""

    __repr__ = record_repr

    source: str = ""
    """File name or label of the source, as the user gave it."""
    path: str = ""
    """Path inside the case, e.g. ``rows[3].earned`` or ``疫情防控.第一针``."""
    page: int | None = None
    """Page of a document, counted from 1."""
    line: int | None = None
    column: int | None = None
    cell: str = ""
    """Cell of a workbook, e.g. ``附件1!C5``."""
    char: int | None = None
    """Character inside the text (of the page, where one is named), counted from 1: the first of a span."""
    end: int | None = None
    """The last character of a span; None where only its first is known."""

    def __str__(self) -> str:
        return self.in_locale(DEFAULT)

    def in_locale(self, locale: str) -> str:
        """The place as a reader finds it: source, page, cell or line and column, path, characters."""
        parts = [self.source, self.page_in(locale), self.cell]
        if self.line is not None:
            line = say("第{line}行", locale, line=self.line)
            parts.append(line + (say("第{column}列", locale, column=self.column) if self.column else ""))
        parts.append(self.path)
        parts.append(self.characters_in(locale))
        return " ".join(part for part in parts if part)

    def page_in(self, locale: str) -> str:
        """第3页; empty without a page."""
        return "" if self.page is None else say("第{page}页", locale, page=self.page)

    def characters_in(self, locale: str) -> str:
        """第5个字, or 第5～9个字 for a span; empty without a character."""
        if self.char is None:
            return ""
        if self.end is None or self.end <= self.char:
            return say("第{char}个字", locale, char=self.char)
        return say("第{char}～{end}个字", locale, char=self.char, end=self.end)


@frozen(repr=False, kw_only=True)
class Problem:
    """问题: one thing wrong with what was given: code, template, values, place."""

    __repr__ = record_repr

    code: str
    template: str
    values: tuple[tuple[str, Any], ...] = ()
    place: Place | None = field(default=None, eq=False)

    def get(self, name: str) -> Any:
        """The value that fills ``{name}``, or None."""
        return dict(self.values).get(name)

    def at(self, place: Place | None) -> Problem:
        """The same problem at *place* (its own characters, if it has any, are kept)."""
        if place is None or self.place == place:
            return self
        own = self.place
        if own is not None and own.char is not None and place.char is None:
            place = evolve(place, char=own.char, end=own.end)
        return Problem(code=self.code, template=self.template, values=self.values, place=place)

    def __str__(self) -> str:
        return self.in_locale(DEFAULT)

    def in_locale(self, locale: str) -> str:
        """The problem as one sentence of *locale*, its place before it."""
        sentence = fill(translate(self.template, locale), dict(self.values), locale)
        where = self.place.in_locale(locale) if self.place is not None else ""
        return say("{where}：{sentence}", locale, where=where, sentence=sentence) if where else sentence


def problem(code: str, template: str, /, *, place: Place | None = None, **values: Any) -> Problem:
    """Make a Problem; *template* is Chinese with ``{name}`` placeholders and a catalogue's id."""
    return Problem(code=code, template=template, values=tuple(values.items()), place=place)


class PerfevalError(Exception):
    """错误: something that perfeval cannot go on with; ``problems`` names all of it at once."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every problem, in the order found."""
        return self.args

    @property
    def code(self) -> str:
        """The stable code of the first problem."""
        return self.problems[0].code if self.problems else ""

    @property
    def place(self) -> Place | None:
        """The place of the first problem."""
        return self.problems[0].place if self.problems else None

    @property
    def values(self) -> Mapping[str, Any]:
        """What fills the first problem's sentence."""
        return dict(self.problems[0].values) if self.problems else {}

    def __str__(self) -> str:
        return "\n".join(str(p) for p in self.problems)


class UnitError(PerfevalError):
    """计量单位不符: units that do not belong together, or are not known."""


class NotationError(PerfevalError):
    """写法无法识别: a text that cannot be read as the number, target or date it should be."""


class FormulaError(PerfevalError):
    """算式有误: a formula that cannot be read or whose units do not fit."""


class FrameworkError(PerfevalError):
    """指标体系有误: a framework, strategy or category that does not hold together."""


class InputError(PerfevalError):
    """输入有误: a file or record that cannot be taken as it is."""


class NotFoundError(PerfevalError, LookupError):
    """未找到: a name that nothing bears; the nearest names are given."""


class PluginError(PerfevalError):
    """类别包有误: an installed category that does not load or clashes with another."""


class OutputError(PerfevalError):
    """无法写出: a paper that could not be written; what was there is whole."""


def known_locale(locale: str) -> str:
    """*locale* itself. Raises NotFoundError, naming those there are, where messages cannot be read in it."""
    if locale not in LOCALES:
        raise NotFoundError(
            problem("unknown-locale", "没有语言“{locale}”；可用：{known}", locale=locale, known=LOCALES)
        )
    return locale


def hidden_in(text: str, place: Place | None = None) -> Problem | None:
    """Why *text* can stand in no paper: it holds a character that none can show; None where it can."""
    char = hidden(text)
    if not char:
        return None
    return problem(
        "text-hidden",
        "这段文字里有无法显示的字符（编号{code}）；请删去",
        place=place,
        code=f"U+{ord(char):04X}",
    )
