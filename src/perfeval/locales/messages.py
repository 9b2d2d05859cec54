"""语言: the message catalogues; Chinese (zh_Hans) is the source, the others are ``.po`` files.

A message's id is its Chinese template, so the default locale needs no catalogue and no Babel.
Locale is always an argument, never state.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from babel import Locale

DEFAULT = "zh_Hans"
"""The locale of every message id: it needs no catalogue and no Babel."""

LOCALES = (DEFAULT, "zh_Hant", "en")
"""Every locale that messages can be read in."""


class UnknownLocaleError(LookupError):
    """没有这种语言: a locale without a catalogue. The verbs that take a locale refuse it first, as NotFoundError."""

    def __init__(self, locale: str) -> None:
        super().__init__(f"没有语言“{locale}”；可用：{'、'.join(LOCALES)}")


@lru_cache(maxsize=8)
def babel_locale(locale: str) -> Locale:
    """The Babel object for *locale* (made once: Babel is 17 times slower with a name). Raises UnknownLocaleError."""
    from babel import Locale

    if locale not in LOCALES:
        raise UnknownLocaleError(locale)
    return Locale.parse(locale)


@lru_cache(maxsize=8)
def _catalogue(locale: str) -> dict[str, str]:
    from importlib.resources import files

    from babel.messages.pofile import read_po

    babel_locale(locale)
    with files("perfeval.locales").joinpath(locale, "LC_MESSAGES", "perfeval.po").open("rb") as po:
        return {str(m.id): str(m.string) for m in read_po(po) if m.id and m.string and not m.fuzzy}


def message(template: str) -> str:
    """*template* itself: marks a template that stands in a table, so that the catalogues get it."""
    return template


def translate(template: str, locale: str = DEFAULT) -> str:
    """*template* in *locale*; the Chinese template itself where the catalogue has none."""
    if locale == DEFAULT:
        return template
    return _catalogue(locale).get(template, template)


def say(template: str, locale: str, /, **values: Any) -> str:
    """Fill *template* in *locale*; each value is written by the formatters of that locale."""
    return fill(translate(template, locale), values, locale)


def fill(template: str, values: dict[str, Any], locale: str) -> str:
    """Put *values*, each as text of *locale*, into *template*."""
    return template.format_map({name: _text(value, locale) for name, value in values.items()})


def _text(value: Any, locale: str) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, tuple | list):
        named = ("、" if locale.startswith("zh") else ", ").join(_text(part, locale) for part in value)
        return named or translate("（无）", locale)
    in_locale = getattr(value, "in_locale", None)  # records that know how to say themselves
    return in_locale(locale) if in_locale is not None else str(value)
