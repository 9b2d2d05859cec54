"""自评的算法: which rule, base and rounding give a stated value that is not the computed one."""

from __future__ import annotations

from attrs import frozen

from perfeval.errors import record_repr
from perfeval.locales.messages import say, translate


@frozen(repr=False)
class Reproduction:
    """自评的算法: a rule, base and rounding that give a stated value; empty where it is the framework's own."""

    __repr__ = record_repr

    strategy: str = ""
    base: str = ""
    how: str = ""
    digits: int | None = None
    rate_digits: int | None = None
    rate_how: str = ""

    @property
    def differences(self) -> int:
        """In how many respects it departs from the framework's own way."""
        return sum((bool(self.strategy), bool(self.base), bool(self.how), self.rate_digits is not None))

    def in_locale(self, locale: str) -> str:
        """自评像按“正向”计、舍去到整分 …, one phrase for each respect."""
        return say("自评像", locale) + self.phrase(locale)

    def phrase(self, locale: str) -> str:
        """The way alone: 按“正向”计、舍去到整分."""
        parts = []
        if self.strategy:
            parts.append(say("按“{strategy}”计", locale, strategy=self.strategy))
        if self.base:
            parts.append(say("以{base}为分母", locale, base=translate(self.base, locale)))
        if self.rate_digits is not None:
            if self.rate_digits == 0:
                parts.append(say("先把执行率{how}到整数百分比", locale, how=translate(self.rate_how, locale)))
            else:
                how = translate(self.rate_how, locale)
                parts.append(say("先把执行率{how}到{digits}位小数", locale, how=how, digits=self.rate_digits))
        if self.how:
            if self.digits == 0:
                parts.append(say("{how}到整分", locale, how=translate(self.how, locale)))
            else:
                parts.append(say("{how}到{digits}位小数", locale, how=translate(self.how, locale), digits=self.digits))
        return say("、", locale).join(parts)

    def __str__(self) -> str:
        return self.in_locale("zh_Hans")
