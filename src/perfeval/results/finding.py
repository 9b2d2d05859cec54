"""审核意见: one contradiction or gap in what was looked at, and how severe it is.

A finding knows the thing that it is about, and says its sentence last, in the reader's language.
"""

from __future__ import annotations

from enum import Enum
from typing import Any

from attrs import field, frozen

from perfeval.errors import Place, record_repr
from perfeval.locales.messages import fill, say, translate


class Severity(Enum):
    """等级: 错误 is certain, 疑点 doubtful, 提示 a note, 无法判断 says that the material is ambiguous."""

    ERROR = "错误"
    DOUBT = "疑点"
    NOTE = "提示"
    UNDECIDED = "无法判断"

    def __str__(self) -> str:
        return self.value

    def in_locale(self, locale: str) -> str:
        """The severity's name in *locale*."""
        match self:
            case Severity.ERROR:
                return say("错误", locale)
            case Severity.DOUBT:
                return say("疑点", locale)
            case Severity.NOTE:
                return say("提示", locale)
            case Severity.UNDECIDED:
                return say("无法判断", locale)

    @property
    def rank(self) -> int:
        """0 for 错误, 3 for 无法判断: the order in which findings are read."""
        return list(Severity).index(self)


@frozen(repr=False)
class Finding:
    """审核意见: one contradiction or gap — code, severity, where, given and computed value, rule.

    ``about`` is the thing that it is about and ``of`` what that is called; the sentence is made from
    template and values when asked.
    """

    __repr__ = record_repr

    code: str
    severity: Severity
    of: str
    template: str
    values: tuple[tuple[str, Any], ...] = ()
    given: Any = None
    computed: Any = None
    places: tuple[Place, ...] = field(default=(), eq=False)
    basis: str = ""
    advice: str = ""
    waived: str = ""
    """The reason of the waiver, where the case accepts this finding."""
    about: object = field(default=None, eq=False, repr=False)
    """The thing itself: a Score, a Judgement, an Item, a Project …; None where it has only a name."""

    def in_locale(self, locale: str) -> str:
        """等级 + 位置：说明, one sentence in *locale*."""
        sentence = self.sentence(locale)
        return say("{severity} {of}：{sentence}", locale, severity=self.severity, of=self.of, sentence=sentence)

    def sentence(self, locale: str = "zh_Hans") -> str:
        """说明 alone, without severity and place."""
        return fill(translate(self.template, locale), dict(self.values), locale)

    def advice_in(self, locale: str = "zh_Hans") -> str:
        """建议: what to do about it, in *locale*."""
        return translate(self.advice, locale)

    def __str__(self) -> str:
        return self.in_locale("zh_Hans")
