"""相近的有: names that may have been meant, and notes of the library, as values that say themselves in every language."""

from __future__ import annotations

from attrs import frozen

from perfeval.locales import say, translate

MOST = 6


@frozen
class Near:
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
class Note:
    """说明: a message of the library (what a parameter is for) inside another one."""

    template: str

    def in_locale(self, locale: str) -> str:
        """The note in *locale*; one that no catalogue has stays as it is."""
        return translate(self.template, locale)

    def __str__(self) -> str:
        return self.template
