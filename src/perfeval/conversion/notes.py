"""读入说明的写法: what was found while a workbook was read, kept in the file that the case is written to.

Each has its words and what fills them, so that it can still be said in another language, and the cell of the
workbook, which no line of the new file stands for.
"""

from __future__ import annotations

from string import Formatter
from typing import TYPE_CHECKING, Any

from perfeval.conversion.scalars import expect_fields, expect_text
from perfeval.documents.cells import Cells, place_of
from perfeval.errors import InputError, Place, Problem, problem
from perfeval.model.note import KINDS, Note

if TYPE_CHECKING:
    from collections.abc import Iterable

_COUNTS = ("page", "line", "column", "char", "end")
_KEYS = frozenset(("of", "kind", "code", "template", "source", "cell", *_COUNTS))


def written(remarks: Iterable[Note]) -> list[dict[str, Any]]:
    """The remarks as plain fields; what is unset is left out."""
    return [_written(each) for each in remarks]


def _written(remark: Note) -> dict[str, Any]:
    what, place = remark.problem, remark.place or Place()
    found = {
        "of": remark.of,
        "kind": remark.kind,
        "code": what.code,
        "template": what.template,
        "values": {name: str(value) for name, value in what.values},
        "source": place.source,
        "cell": place.cell,
        **{name: str(getattr(place, name) or "") for name in _COUNTS},
    }
    return {name: value for name, value in found.items() if value}


def remarks(value: Any) -> tuple[Note, ...]:
    """Remarks from a list of fields; InputError for what is none."""
    return tuple(_remark(each) for each in (value if isinstance(value, Cells) else [value]))


def _remark(value: Any) -> Note:
    fields = {str(key): each for key, each in expect_fields(value).items()}
    values = fields.pop("values", None)
    texts = {name: expect_text(each) for name, each in fields.items()}
    given = {str(name): expect_text(each) for name, each in expect_fields(values).items()} if values is not None else {}
    whole = {"code", "template"} <= texts.keys() <= _KEYS and texts.get("kind", KINDS[0]) in KINDS
    if not whole or not _filled(texts["template"], given):
        raise InputError(
            problem(
                "remark-unread",
                "读入说明由程序写出，这里的读不懂；请删去这一条，或从表格重新读入",
                place=place_of(value),
            )
        )
    counts: dict[str, Any] = {
        name: int(texts[name]) for name in _COUNTS if texts.get(name, "").isdecimal() and len(texts[name]) < 8
    }
    place = Place(source=texts.get("source", ""), cell=texts.get("cell", ""), **counts)
    what = Problem(code=texts["code"], template=texts["template"], values=tuple(given.items()), place=place)
    return Note(texts.get("of", ""), what, texts.get("kind", KINDS[0]))


def _filled(template: str, values: dict[str, str]) -> bool:
    """Whether each placeholder of *template* is a plain name that has its value."""
    try:
        names = [name for _, name, form, _ in Formatter().parse(template) if name is not None or form]
    except ValueError:
        return False
    return all(name in values for name in names)
