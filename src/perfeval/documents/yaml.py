"""YAML: text → documents of Fields, every scalar a Cell as written; no alias, tag or repeated key.

PyYAML's events are put together into cells at once; nothing is resolved, so ``是``, ``1.0`` and ``2021-01-01`` stay the
words they are. Its marks give line and column of a slip, which :mod:`perfeval.documents.common_mistakes` explains.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from perfeval import __version__
from perfeval.documents import common_mistakes
from perfeval.documents.cells import Cell, Cells, Fields
from perfeval.documents.limits import DEFAULT, Limits, too_deep, too_long, too_many
from perfeval.errors import InputError, Place, problem

if TYPE_CHECKING:
    from collections.abc import Iterator

_LOADER: Any = getattr(yaml, "CLoader", yaml.Loader)
"""libyaml's parser; Python's own where PyYAML came without it. Only its events are used: nothing is constructed."""


_BREAK = re.compile("[\x85\u2028\u2029]")
"""Characters (from Word) that YAML 1.1 takes for the end of a line, where an editor shows none: read as spaces."""


def read(text: str, source: str = "", limits: Limits = DEFAULT) -> list[Any]:
    """The documents of *text*, each usually Fields.

    Raises InputError with line and column for whatever is not YAML, for aliases, anchors, tags and
    repeated keys, and for what exceeds *limits*.
    """
    return _Composer(text, source, limits).documents()


class _Composer:
    """Puts the parser's events together into Cells, counting as it goes."""

    def __init__(self, text: str, source: str, limits: Limits) -> None:
        self.text, self.source, self.limits = text, source, limits
        self.lines: list[str] | None = None
        self.has_tabs = "\t" in text
        self.count = 0

    def documents(self) -> list[Any]:
        """The documents of the text; raises InputError for whatever the parser refuses."""
        result: list[Any] = []
        try:
            events = yaml.parse(_BREAK.sub(" ", str(self.text)), Loader=_LOADER)
            result.extend(
                self._value(next(events), events, 0)[0]
                for event in events
                if isinstance(event, yaml.DocumentStartEvent)
            )
        except yaml.YAMLError as error:
            raise InputError(common_mistakes.explain(error, self.text, self.source)) from None
        except (OverflowError, RecursionError, ValueError):
            # Crafted input makes the parser stumble over itself (an escape beyond Unicode, half of a pair).
            raise InputError(common_mistakes.unreadable(Place(source=self.source))) from None
        return result

    def _value(self, event: Any, events: Iterator[Any], depth: int) -> tuple[Any, Any]:
        """The value that *event* begins and its last event."""
        match event:
            case yaml.ScalarEvent():
                return self._scalar(event), event
            case yaml.MappingStartEvent():
                self._plain_node(event, depth)
                return self._mapping(event, events, depth + 1)
            case yaml.SequenceStartEvent():
                self._plain_node(event, depth)
                return self._sequence(event, events, depth + 1)
            case _:
                raise InputError(common_mistakes.alias(self._place(event)))

    def _place(self, event: Any) -> Place:
        mark = event.start_mark
        return Place(source=self.source, line=mark.line + 1, column=mark.column + 1)

    def _plain_node(self, event: Any, depth: int) -> None:
        if event.anchor is not None:
            raise InputError(common_mistakes.alias(self._place(event)))
        if event.tag is not None:
            raise InputError(common_mistakes.tag(self._place(event)))
        if depth >= self.limits.depth:
            raise too_deep(self.limits, self._place(event))

    def _scalar(self, event: Any) -> Cell | None:
        self._plain_node(event, 0)
        self.count += 1
        if self.count > self.limits.cells:
            raise too_many(self.limits, self._place(event))
        text, style = event.value, event.style
        if len(text) > self.limits.text:
            raise too_long(self.limits, self._place(event))
        mark = event.start_mark
        if self.has_tabs and style not in (
            "|",
            ">",
        ):  # the parser passes over them, a reader of the file does not see them
            common_mistakes.refuse_tab(text if not style else "", self._line(mark.line), self._place(event))
        if not style:
            if not text:
                return None
            if event.end_mark.line != mark.line:
                self._continued(event)
            if text[0] in "“”":
                common_mistakes.refuse_curly(text, self._place(event))
            if text[0] in common_mistakes.CONFUSABLE_FIRST:
                begins = not self._line(mark.line)[: mark.column].strip(" ")
                common_mistakes.refuse_first(text, self._place(event), begins=begins)
        elif style == '"':
            common_mistakes.refuse_hidden(text, self._place(event))
        elif style in "|>":
            head = self._line(mark.line)[mark.column :]
            if head[1:2].isdigit():  # the parser takes >5 for five columns of indentation
                raise InputError(common_mistakes.greater(head, self._place(event)))
        result = Cell(text)
        result._source, result._line, result._column, result._cell = self.source, mark.line + 1, mark.column + 1, ""
        return result

    def _line(self, number: int) -> str:
        if self.lines is None:
            self.lines = self.text.split("\n")
        return self.lines[number] if number < len(self.lines) else ""

    def _continued(self, event: Any) -> None:
        """A text that runs on to lines which look like fields has swallowed them."""
        for number in range(event.start_mark.line + 1, event.end_mark.line + 1):
            line, place = self._line(number), Place(source=self.source, line=number + 1, column=1)
            found = (
                common_mistakes.tab(place) if line.lstrip(" ")[:1] == "\t" else common_mistakes.swallowed(line, place)
            )
            if found is not None:
                raise InputError(found)

    def _mapping(self, start: Any, events: Iterator[Any], depth: int) -> tuple[Fields, Any]:
        mark = start.start_mark
        result = Fields(self.source, mark.line + 1, mark.column + 1)
        last = start
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                return result, event
            if not isinstance(event, yaml.ScalarEvent):
                raise InputError(common_mistakes.odd_key(self._place(event)))
            key = self._scalar(event)
            if key is None:
                raise InputError(common_mistakes.empty_key(self._place(event)))
            if key[:1] in common_mistakes.DASHES or not key.isprintable():
                common_mistakes.refuse_key(key)
            follows = next(events)
            if start.flow_style and _is_bare(event, follows):
                before = last.value if isinstance(last, yaml.ScalarEvent) and _touches(last, event) else ""
                raise InputError(common_mistakes.no_value(key, before))
            value, last = self._value(follows, events, depth)
            if key in result:
                raise InputError(common_mistakes.repeated(key, next(k for k in result if k == key)))
            result[key] = value
        raise InputError(common_mistakes.unreadable(Place(source=self.source)))

    def _sequence(self, start: Any, events: Iterator[Any], depth: int) -> tuple[Cells, Any]:
        mark = start.start_mark
        result = Cells(self.source, mark.line + 1, mark.column + 1)
        last = start
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                return result, event
            previous = last
            value, last = self._value(event, events, depth)
            if isinstance(value, Cell) and isinstance(previous, yaml.ScalarEvent) and _touches(previous, event):
                common_mistakes.refuse_thousands(previous.value, value)
            result.append(value)
        raise InputError(common_mistakes.unreadable(Place(source=self.source)))


def _is_bare(key: Any, value: Any) -> bool:
    """Whether *value* is the nothing that follows a *key* in braces without a colon."""
    nothing = isinstance(value, yaml.ScalarEvent) and not value.style and not value.value
    return nothing and _at(key.end_mark) == _at(value.start_mark)


def _at(mark: Any) -> tuple[int, int]:
    return mark.line, mark.column


def _touches(before: Any, event: Any) -> bool:
    """Whether only a comma stands between two scalars."""
    end, begin = before.end_mark, event.start_mark
    return bool(end.line == begin.line and end.column + 1 == begin.column)


def kind_of(document: Any, place: Place | None) -> tuple[str, str]:
    """The kind and edition of a document (``perfeval: case/1`` gives case and 1).

    Raises InputError where the first key is not ``perfeval``, the kind is unknown or its edition is newer.
    """
    head = next(iter(document.items()), (None, None)) if isinstance(document, Fields) else (None, None)
    key, value = head
    if key != "perfeval" or not isinstance(value, str):
        raise InputError(
            problem(
                "kind-missing",
                "文件第一行应写明种类和版次，如“perfeval: case/1”（自评案例）、framework/1（指标体系）、category/1（任务类别）",
                place=place,
            )
        )
    kind, _, edition = value.partition("/")
    if kind in KINDS and edition.isdecimal() and edition.isascii() and int(edition[:9]) > int(KINDS[kind][-1]):
        raise InputError(
            problem(
                "edition-newer",
                "这个文件写的是“{kind}”，要用更新的 perfeval 才能读；现在的 perfeval {version} 读到 {known}，"
                "请升级：python3 -m pip install --upgrade perfeval",
                place=getattr(value, "place", place),
                kind=str(value),
                version=__version__,
                known=f"{kind}/{KINDS[kind][-1]}",
            )
        )
    if kind not in KINDS or edition not in KINDS[kind]:
        raise InputError(
            problem(
                "kind-unknown",
                "不认识的文件种类“{kind}”；能读的有：{known}",
                place=getattr(value, "place", place),
                kind=value,
                known=tuple(f"{name}/{number}" for name, numbers in KINDS.items() for number in numbers),
            )
        )
    return kind, edition


KINDS = {"case": ("1",), "framework": ("1",), "category": ("1",), "form": ("1",), "monitoring": ("1",)}
