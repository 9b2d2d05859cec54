"""读不准的格: values of rows and funds that cannot be read for sure are set aside with their place.

In a text file as in a workbook a doubtful value is undecided, not a reason to refuse the whole case. Run
only where a case could not be read as it is.
"""

from __future__ import annotations

from typing import Any

from perfeval.conversion.collecting import located
from perfeval.conversion.field_specs import FieldSpec, keys
from perfeval.conversion.record import listed
from perfeval.documents.cells import Cell, Cells, Fields, place_of, without
from perfeval.errors import PerfevalError
from perfeval.model.case import Budget, BudgetLine, Case, Project, Review, Row
from perfeval.model.note import Note

FUNDS, WHOLE = "资金", "总分"
VALUES = frozenset(("figure", "figures", "target"))


def set_aside(fields: Fields) -> tuple[Fields, tuple[Note, ...]]:
    """A case's *fields* without the values that cannot be read, and a remark for each of them."""
    found: list[Note] = []
    return _case(fields, found), tuple(found)


def _case(fields: Fields, found: list[Note]) -> Fields:
    result = without(fields)
    for key, value in fields.items():
        match _name(Case, key):
            case "rows":
                result[key] = _several(Row, value, "", found)
            case "budget":
                result[key] = _budget(value, FUNDS, found)
            case "reviewed" if isinstance(value, Fields):
                result[key] = _rows_in(Review, value, found)
            case "projects":
                result[key] = _projects(value, found)
    return result


def _projects(value: Any, found: list[Note]) -> Any:
    if not isinstance(value, (Cells, Fields)):
        return value
    result = Cells(value._source, value._line, value._column)
    for project in listed(Project, value):
        if not isinstance(project, Fields):
            result.append(project)
            continue
        of = _written(Project, project, "name")
        own = _rows_in(Project, _budget(project, of, found), found)
        for key, below in project.items():
            if _name(Project, key) == "budget":
                own[key] = _budget(below, of, found)
        result.append(own)
    return result


def _rows_in(record: type, fields: Fields, found: list[Note]) -> Fields:
    result = without(fields)
    for key, value in fields.items():
        if _name(record, key) == "rows":
            result[key] = _several(Row, value, "", found)
    return result


def _budget(value: Any, of: str, found: list[Note]) -> Any:
    if not isinstance(value, Fields):
        return value
    result = _kept(Budget, value, of, found)
    for key, below in value.items():
        if _name(Budget, key) == "lines":
            result[key] = _several(BudgetLine, below, f"{of}/", found)
    return result


def _several(record: type, value: Any, above: str, found: list[Note]) -> Any:
    """The entries of a list of rows or lines, each without what cannot be read."""
    if not isinstance(value, (Cells, Fields)):
        return value
    result = Cells(value._source, value._line, value._column)
    first = "of" if record is Row else "name"
    for each in listed(record, value):
        if isinstance(each, Fields):
            of = f"{above}{_written(record, each, first)}".strip("/ ")
            result.append(_kept(record, each, of or WHOLE, found))
        else:
            result.append(each)
    return result


def _kept(record: type, fields: Fields, of: str, found: list[Note]) -> Fields:
    """*fields* without its doubtful values; nothing is computed of a row that has one."""
    known = keys(record)
    before = len(found)
    result = without(fields)
    for key, value in fields.items():
        slot = known.get(key)
        if slot is not None and slot.kind in VALUES:
            wrong = _doubtful(slot, value)
            found += (Note(of, each) for each in wrong)
            if wrong:
                del result[key]
    if record is Row and len(found) > before:
        return without(result, *(key for key in result if _name(Row, key) == "actual"))
    return result


def _doubtful(slot: FieldSpec, value: Any) -> list[Any]:
    """Why the text or texts *value* cannot be read; empty where they can, or are no texts at all."""
    wrong = []
    for each in value if isinstance(value, Cells) and slot.kind == "figures" else [value]:
        if not isinstance(each, Cell) or slot.convert is None:
            continue
        try:
            slot.convert([each] if slot.kind == "figures" else each)
        except PerfevalError as error:
            wrong += [located(problem, place_of(each)) for problem in error.problems]
    return wrong


def _name(record: type, key: str) -> str:
    slot = keys(record).get(key)
    return slot.name if slot is not None else ""


def _written(record: type, fields: Fields, name: str) -> str:
    """The text of the field *name*, under whichever of its names it stands."""
    return str(next((value for key, value in fields.items() if _name(record, key) == name), ""))
