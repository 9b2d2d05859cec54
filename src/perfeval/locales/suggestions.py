"""相近的名称: what somebody may have meant by a name that nothing bears — never names at random.

Loaded by everything that looks names up and needed only when one is wrong: so it loads nothing itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from perfeval.locales.messages import say, translate

if TYPE_CHECKING:
    from collections.abc import Iterable


ALIKE = 0.5  # half of the characters in common: 清查次数 and 清查行动


def suggest(name: str, known: Iterable[str]) -> Suggestions:
    """What of *known* may have been meant by *name*, or else what there is."""
    names = tuple(dict.fromkeys(known))
    return Suggestions(closest(name, names), names)


def suggest_all(names: tuple[str, ...]) -> Suggestions:
    """The *names* that are close, and nothing where there are none."""
    return Suggestions(names)


def closest(name: str, known: Iterable[str], alike: float = ALIKE) -> tuple[str, ...]:
    """At most three of *known* that are like *name*: half of the characters in common, or one within the other."""
    import difflib

    names = list(dict.fromkeys(known))
    found = difflib.get_close_matches(name, names, n=3, cutoff=alike)
    if len(name) > 1 and alike == ALIKE:
        found += [each for each in names if each not in found and (name in each or (len(each) > 1 and each in name))]
    return tuple(found[:3])


MOST = 6


@frozen
class Suggestions:
    """相近的有: the names most like the one that was written, else the first of those that there are, else nothing."""

    close: tuple[str, ...]
    known: tuple[str, ...] = ()

    def in_locale(self, locale: str) -> str:
        """；相近的有：甲、乙, or ；有：甲、乙等12个, or nothing where there are no names at all."""
        if self.close:
            return say("；相近的有：{names}", locale, names=self.close)
        if len(self.known) > MOST:
            return say("；有：{names}等{n}个", locale, names=self.known[:MOST], n=len(self.known))
        return say("；有：{names}", locale, names=self.known) if self.known else ""

    def __str__(self) -> str:
        return self.in_locale("zh_Hans")


@frozen
class Message:
    """说明: a message of the library (what a parameter is for) inside another one."""

    template: str

    def in_locale(self, locale: str) -> str:
        """The note in *locale*; one that no catalogue has stays as it is."""
        return translate(self.template, locale)

    def __str__(self) -> str:
        return self.template
