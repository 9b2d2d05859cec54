"""随表所带: what a table's grid has no room for and its points hang on — frameworks, categories with units or rules — as YAML."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from attrs import evolve

from perfeval.conversion.dumping import dump
from perfeval.documents.xlsx.embedded import HEAD
from perfeval.errors import InputError
from perfeval.model.case import Case, Project
from perfeval.plugins.entry_points import entries

if TYPE_CHECKING:
    from perfeval.model.category import Category
    from perfeval.model.framework import Framework


def embedded_rules(case: Case) -> str:
    """The documents that the table of *case* brings along; nothing where it has none.

    The first is a case that names the framework of the table itself and of each project's; after it come
    the categories with units or rules of their own, where they are not installed. A framework whose rules are
    programs, which no file holds, is left to be named by whoever reads the table.
    """
    own = case.framework if _writable(case.framework) else None
    projects = [Project(each.name, framework=each.framework) for each in case.projects if _writable(each.framework)]
    needed = [each for each in case.categories if each.units or each.strategies]
    if own is None and not projects:
        return ""
    found = [dump(Case("", framework=own, projects=projects), terms=True).decode()]
    if needed:
        found[0] += f"任务类别: {json.dumps([each.key for each in needed], ensure_ascii=False)}\n"
        installed = {each.key for each in entries()}
        found += [_document(each) for each in needed if each.key not in installed]
    return HEAD + "---\n".join(found)


def _writable(framework: Framework | None) -> bool:
    if framework is None:
        return False
    try:
        dump(framework)
    except InputError:
        return False
    return True


def _document(category: Category) -> str:
    """A category as a file has it; checks in Python, which no file holds, have no say in points."""
    return dump(evolve(category, checks=()), terms=True).decode()
