"""审核规则: the decorator that makes a plain function a check, and the record that it becomes.

A check is named for the thing found, never for the remedy. The function yields places and values; the
code, the severity and the sentence come from its decorator, so that the sentence is made last, in the
reader's language. Its docstring has fixed headings (HEADINGS), from which the pages are generated. What it
looks at is its subject: an evaluation, or anything else that a check can be written for.
"""

from __future__ import annotations

import re
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, Generic

from attrs import field, fields, frozen

from perfeval.errors import FrameworkError, Place, problem, record_repr
from perfeval.locales.messages import message
from perfeval.results.finding import Finding, Severity
from perfeval.strategies.strategy import Basis

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from typing_extensions import TypeVar

    from perfeval.results.evaluation import Evaluation

    Subject = TypeVar("Subject", default=Evaluation)
else:
    from typing import TypeVar

    Subject = TypeVar("Subject")
"""What a check looks at: an evaluation, unless it is written for something else."""

HEADINGS = (
    message("查什么"),
    message("为什么"),
    message("反例"),
    message("正例"),
    message("何时可豁免"),
    message("起始版本"),
)
"""The headings of every check's documentation, in order."""


@frozen(repr=False)
class Found:
    """发现: what a check yields — where, what was given, what was computed, and values for the sentence.

    ``about`` is the thing that it is about, ``of`` what that is called. ``variant`` picks one of the check's
    sentences, ``severity`` lowers the check's own.
    """

    __repr__ = record_repr

    of: str
    given: Any = None
    computed: Any = None
    places: tuple[Place, ...] = ()
    values: tuple[tuple[str, Any], ...] = ()
    variant: str = ""
    severity: Severity | None = None
    basis: str = ""
    about: object = None


def found(
    of: str,
    *stated_in: Any,
    about: object = None,
    given: Any = None,
    computed: Any = None,
    variant: str = "",
    severity: Severity | None = None,
    basis: str = "",
    **values: Any,
) -> Found:
    """Make a Found; *stated_in* are the figures or records whose places it names, *about* is the thing called *of*."""
    places = tuple(place for each in stated_in if (place := getattr(each, "place", None)) is not None)
    return Found(of, given, computed, places, tuple(values.items()), variant, severity, basis, about)


@frozen(repr=False, eq=False)
class Check(Generic[Subject]):
    """审核规则: code, title, severity (the most that a finding of it can become), sentences, basis, function."""

    __repr__ = record_repr

    code: str
    title: str
    severity: Severity
    sentences: Mapping[str, str]
    run: Callable[[Subject], Iterable[Found]]
    basis: Basis
    advice: str = ""
    since: str = "0.1"
    doc: tuple[tuple[str, str], ...] = field(default=())

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled by where it stands: its function's name means the Check, not the function."""
        module, name = self.run.__module__, self.run.__qualname__
        if getattr(sys.modules.get(module), name, None) is self:
            return _standing_at, (module, name)
        return Check, tuple(getattr(self, each.name) for each in fields(Check))

    def finding(self, each: Found) -> Finding:
        """The finding that *each* becomes: never more severe than the check itself."""
        severity = each.severity or self.severity
        if severity.rank < self.severity.rank:
            severity = self.severity
        values = (("given", each.given), ("computed", each.computed), *each.values)
        return Finding(
            self.code,
            severity,
            each.of,
            self.sentences[each.variant],
            values,
            given=each.given,
            computed=each.computed,
            places=each.places,
            basis=each.basis or str(self.basis),
            advice=self.advice,
            about=each.about,
        )


def _standing_at(module: str, name: str) -> Check[Any]:
    return getattr(import_module(module), name)  # type: ignore[no-any-return]


def check(
    code: str,
    *,
    title: str,
    severity: Severity | str,
    sentence: str | Mapping[str, str],
    basis: Basis | str,
    advice: str = "",
    since: str = "0.1",
) -> Callable[[Callable[[Subject], Iterable[Found]]], Check[Subject]]:
    """Make the decorated function a Check; its docstring must have the fixed HEADINGS.

    *sentence* is one Chinese template, or several by variant (``""`` is the plain one); its ``{names}``
    are ``given``, ``computed`` and what the function passes to ``found``.
    """

    def decorate(function: Callable[[Subject], Iterable[Found]]) -> Check[Subject]:
        return Check(
            code,
            title,
            Severity(severity) if isinstance(severity, str) else severity,
            {"": sentence} if isinstance(sentence, str) else dict(sentence),
            function,
            Basis(basis) if isinstance(basis, str) else basis,
            advice,
            since,
            headings(function.__doc__, code),
        )

    return decorate


def headings(docstring: str | None, code: str) -> tuple[tuple[str, str], ...]:
    """The sections of a check's docstring; FrameworkError names a heading that is missing or empty.

    Where Python was started so that it keeps no docstrings (-OO), there are none.
    """
    import inspect

    if docstring is None and sys.flags.optimize > 1:
        return ()
    docstring = docstring or ""
    parts = re.split(r"^(\S+)\n-{3,}\s*$", inspect.cleandoc(docstring), flags=re.MULTILINE)
    sections = {title: text.strip() for title, text in zip(parts[1::2], parts[2::2], strict=True)}
    missing = [title for title in HEADINGS if not sections.get(title)]
    if missing:
        raise FrameworkError(
            problem(
                "check-undocumented",
                "审核规则“{code}”的说明缺少：{headings}",
                code=code,
                headings=tuple(missing),
            )
        )
    return tuple((title, sections[title]) for title in HEADINGS)
