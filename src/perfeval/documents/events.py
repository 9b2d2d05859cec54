"""一般的 YAML: the events of ruamel's parser put together into cells at once, and its errors explained."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from perfeval.documents import lookalikes, traps
from perfeval.documents.cells import Cell, Cells, Fields
from perfeval.documents.limits import too_deep, too_long, too_many
from perfeval.errors import InputError, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval.documents.limits import Limits


class Composer:
    """Puts the events of ruamel's parser together into Cells, counting as it goes."""

    def __init__(self, text: str, source: str, limits: Limits) -> None:
        self.text, self.source, self.limits = text, source, limits
        self.lines: list[str] | None = None
        self.count = 0

    def documents(self) -> list[Any]:
        """The documents of the text; raises InputError for whatever the parser refuses."""
        from ruamel.yaml import YAML
        from ruamel.yaml.error import YAMLError

        result: list[Any] = []
        try:
            events = iter(YAML(typ="base", pure=True).parse(self.text))
            result.extend(
                self._value(next(events), events, 0)[0]
                for event in events
                if type(event).__name__ == "DocumentStartEvent"
            )
        except YAMLError as error:
            raise InputError(traps.explain(error, self.text, self.source)) from None
        except (ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, TypeError, ValueError):
            # Crafted input makes the parser stumble over itself (an escape beyond Unicode, a directive's number).
            raise InputError(traps.unreadable(Place(source=self.source))) from None
        return result

    def _value(self, event: Any, events: Iterator[Any], depth: int) -> tuple[Any, Any]:
        """The value that *event* begins and its last event."""
        match type(event).__name__:
            case "ScalarEvent":
                return self._scalar(event), event
            case "MappingStartEvent":
                self._plain_node(event, depth)
                return self._mapping(event, events, depth + 1)
            case "SequenceStartEvent":
                self._plain_node(event, depth)
                return self._sequence(event, events, depth + 1)
            case _:
                raise InputError(traps.alias(self._place(event)))

    def _place(self, event: Any) -> Place:
        mark = event.start_mark
        return Place(source=self.source, line=mark.line + 1, column=mark.column + 1)

    def _plain_node(self, event: Any, depth: int) -> None:
        if event.anchor is not None:
            raise InputError(traps.alias(self._place(event)))
        if event.tag is not None:
            raise InputError(traps.tag(self._place(event)))
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
        if style is None:
            if not text:
                return None
            if event.end_mark.line != mark.line:
                self._continued(event)
            if text[0] in "“”":
                traps.refuse_curly(text, self._place(event))
            if text[0] in lookalikes.FIRST:
                begins = not self._line(mark.line)[: mark.column].strip(" ")
                lookalikes.refuse_first(text, self._place(event), begins=begins)
        elif style == '"':
            traps.refuse_hidden(text, self._place(event))
        elif style in "|>":
            head = self._line(mark.line)[mark.column :]
            if head[1:2].isdigit():  # the parser takes >5 for five columns of indentation
                raise InputError(traps.greater(head, self._place(event)))
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
            found = traps.swallowed(self._line(number), Place(source=self.source, line=number + 1, column=1))
            if found is not None:
                raise InputError(found)

    def _mapping(self, start: Any, events: Iterator[Any], depth: int) -> tuple[Fields, Any]:
        mark = start.start_mark
        result = Fields(self.source, mark.line + 1, mark.column + 1)
        last = start
        for event in events:
            if type(event).__name__ == "MappingEndEvent":
                return result, event
            if type(event).__name__ != "ScalarEvent":
                raise InputError(traps.odd_key(self._place(event)))
            key = self._scalar(event)
            if key is None:
                raise InputError(traps.empty_key(self._place(event)))
            if key[:1] in lookalikes.DASHES or not key.isprintable():
                lookalikes.refuse_key(key)
            follows = next(events)
            if start.flow_style and _same_spot(event.end_mark, follows) and type(follows).__name__ == "ScalarEvent":
                before = last.value if type(last).__name__ == "ScalarEvent" and _touches(last, event) else ""
                raise InputError(traps.no_value(key, before))
            value, last = self._value(follows, events, depth)
            if key in result:
                raise InputError(traps.repeated(key, next(k for k in result if k == key)))
            result[key] = value
        raise InputError(traps.unreadable(Place(source=self.source)))

    def _sequence(self, start: Any, events: Iterator[Any], depth: int) -> tuple[Cells, Any]:
        mark = start.start_mark
        result = Cells(self.source, mark.line + 1, mark.column + 1)
        last = start
        for event in events:
            if type(event).__name__ == "SequenceEndEvent":
                return result, event
            previous = last
            value, last = self._value(event, events, depth)
            if isinstance(value, Cell) and type(previous).__name__ == "ScalarEvent" and _touches(previous, event):
                traps.refuse_thousands(previous.value, value)
            result.append(value)
        raise InputError(traps.unreadable(Place(source=self.source)))


def _same_spot(mark: Any, event: Any) -> bool:
    """Whether *event* is the nothing that follows a key without a colon."""
    return event.style is None and not event.value and _at(mark) == _at(event.start_mark) if _scalar(event) else False


def _scalar(event: Any) -> bool:
    return type(event).__name__ == "ScalarEvent"


def _at(mark: Any) -> tuple[int, int]:
    return mark.line, mark.column


def _touches(before: Any, event: Any) -> bool:
    """Whether only a comma stands between two scalars."""
    end, begin = before.end_mark, event.start_mark
    return bool(end.line == begin.line and end.column + 1 == begin.column)
