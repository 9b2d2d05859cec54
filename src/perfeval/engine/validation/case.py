"""记录齐整: whether every field of a case built in Python holds the record that it should, before it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import fields_dict

from perfeval.errors import Problem, problem
from perfeval.model.budget import Budget
from perfeval.model.case import Case, Item, Mechanism, Profile, Project, Review, Row, Waiver
from perfeval.model.category import Category
from perfeval.model.fields import TERM
from perfeval.model.framework import Framework

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

OF_PROJECT: Mapping[str, type] = {"framework": Framework, "budget": Budget, "rows": Row}
OF_CASE: Mapping[str, type] = {
    **OF_PROJECT,
    "categories": Category,
    "projects": Project,
    "data": Item,
    "profile": Profile,
    "mechanism": Mechanism,
    "reviewed": Review,
    "waivers": Waiver,
}


def misplaced_records(case: Case) -> tuple[Problem, ...]:
    """A problem for each field of *case* and its projects that holds something else than its record.

    Names of frameworks and categories are looked up when a file is read, never while a case is evaluated.
    """
    found = list(_misplaced(case, OF_CASE))
    for project in case.projects:
        if type(project) is Project:
            found += _misplaced(project, OF_PROJECT)
    return tuple(found)


def _misplaced(owner: Any, wanted: Mapping[str, type]) -> Iterator[Problem]:
    for name, record in wanted.items():
        held = getattr(owner, name)
        for each in held if type(held) is tuple else (held,):
            if type(each) is record or each is None or isinstance(each, record):
                continue
            term = fields_dict(type(owner))[name].metadata[TERM]
            if record in (Framework, Category) and isinstance(each, str):
                yield problem(
                    "name-not-looked-up",
                    "“{term}”只写了名称“{name}”，评价时不再查找；请给出 {record}，或用 read 读入写有这个名称的案例",
                    place=owner.place,
                    term=term,
                    name=each[:80],
                    record=record.__name__,
                )
            else:
                yield problem(
                    "record-wanted",
                    "“{term}”应是 {record}，这里是 {given}",
                    place=owner.place,
                    term=term,
                    record=record.__name__,
                    given=type(each).__name__,
                )
