"""随表所带: what the rules that a workbook brings along say of its tables: their frameworks and categories."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from perfeval.conversion.field_specs import keys
from perfeval.documents.cells import Fields, place_of
from perfeval.documents.yaml import kind_of
from perfeval.model.case import Case, Project

if TYPE_CHECKING:
    from collections.abc import Iterable


class Given:
    """随表所带: the framework of each table, the categories that they need, and the documents beside them."""

    def __init__(self, read: Iterable[Any] = ()) -> None:
        self.framework: Any = None
        self.categories: Any = None
        self.documents: list[tuple[str, Fields]] = []
        self._projects: list[dict[str, Any]] = []
        for each in read:
            kind = kind_of(each, place_of(each))[0]
            if kind == "case":
                said = _named(each, Case)
                self.framework, self.categories = said.get("framework"), said.get("categories")
                self._projects = [_named(project, Project) for project in said.get("projects") or ()]
            else:
                self.documents.append((kind, each))

    def of_project(self, name: str) -> Any:
        """The framework of the project *name*; of several so called the next."""
        for each in self._projects:
            if str(each.get("name", "")).strip() == name.strip():
                self._projects.remove(each)
                return each.get("framework")
        return None


def _named(fields: Any, record: type) -> dict[str, Any]:
    """*fields* by the names of the record's, in whichever words they are written."""
    known = keys(record)
    return (
        {known[key].name: value for key, value in fields.items() if key in known} if isinstance(fields, Fields) else {}
    )
