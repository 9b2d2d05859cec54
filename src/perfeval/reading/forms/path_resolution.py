"""归位: rows of a table on the framework's tree — a form writes 产出指标, the tree may have it one level down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfeval.documents.cells import Cell, Cells, Fields
from perfeval.documents.grid import SheetRow, text_cell
from perfeval.model.framework import Dimension, Framework

if TYPE_CHECKING:
    from collections.abc import Iterable

    from perfeval.model.framework import Part

_OF, _PROJECTS, _FRAMEWORK = Cell("of"), Cell("projects"), Cell("framework")
ROOT = "总分"


def for_each_project(fields: Fields, framework: Framework) -> None:
    """Give *framework* to every project of *fields*: tables of projects alone, none of the office."""
    for project in fields.get(_PROJECTS) or ():
        project[_FRAMEWORK] = framework


def all_placed(fields: Fields) -> None:
    """Write the rows of a case and of its projects as paths of the frameworks that they are read under."""
    for each in (fields, *(fields.get(_PROJECTS) or ())):
        placed(each, each.get(_FRAMEWORK))


def placed(fields: Fields, framework: object) -> None:
    """Write the rows' names in *fields* as paths of *framework*, where the tree tells which are meant."""
    rows = fields.get(Cell("rows"))
    if not isinstance(framework, Framework) or not isinstance(rows, Cells):
        return
    paths = {path for path, _ in framework.walk()}
    for row in rows:
        of = row.get(_OF)
        if isinstance(of, Cell) and of != ROOT and of not in paths:
            path = _path(str(of).split("/"), framework.parts)
            if path:
                row[_OF] = text_cell(path, of._source, of._cell) if isinstance(row, SheetRow) else Cell(path)


def _path(names: list[str], parts: tuple[Part, ...]) -> str:
    """*names* as a path below *parts*; nothing where the tree has no place for them."""
    if not names:
        return ""
    head, rest = names[0], names[1:]
    part = _named(head, parts)
    if part is not None:
        if not rest:
            return part.name
        if isinstance(part, Dimension):
            below = _path(rest, part.parts)
            if below:
                return f"{part.name}/{below}"
            return f"{part.name}/{'/'.join(rest)}"
        return f"{part.name}/{'/'.join(rest)}"
    groups = [part for part in parts if isinstance(part, Dimension)]
    for group in groups:  # the form leaves a level of the tree out
        if _named(head, group.parts) is not None:
            return f"{group.name}/{_path(names, group.parts)}"
    opens = [group for group in groups if group.open and not group.parts]
    if len(opens) == 1 == len([group for group in groups if group.open]):
        return f"{opens[0].name}/{'/'.join(names)}"
    return ""


def _named(name: str, parts: Iterable[Part]) -> Part | None:
    """The part called *name*, with or without 指标 at its end."""
    wanted = name.removesuffix("指标")
    exact = [part for part in parts if part.name == name]
    near = exact or [part for part in parts if part.name.removesuffix("指标") == wanted and wanted]
    return near[0] if len(near) == 1 else None
