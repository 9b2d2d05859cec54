"""填报工作簿: a workbook for staff where no form exists — one sheet a topic, filled in and read back as the same case."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from attrs import evolve

from perfeval.conversion.dumping import dump
from perfeval.conversion.scalars import SHOWN, STORED
from perfeval.documents.grid import ShownAmount
from perfeval.documents.limits import DEFAULT
from perfeval.documents.source import is_path
from perfeval.documents.writing import write_whole
from perfeval.documents.xlsx import reading as xlsx
from perfeval.documents.xlsx.embedded import HEAD
from perfeval.errors import OutputError, PerfevalError, problem
from perfeval.plugins import loading
from perfeval.reading.fill_in import book, reading
from perfeval.reading.fill_in.choices import Lists
from perfeval.reading.fill_in.pages import pages

if TYPE_CHECKING:
    from collections.abc import Mapping
    from os import PathLike
    from pathlib import Path

    from perfeval.model.case import Case
    from perfeval.model.category import Category
    from perfeval.model.framework import Framework


def write(
    case: Case, path: str | PathLike[str], *, named: Mapping[str, Framework] | None = None, overwrite: bool = False
) -> Path:
    """Write the workbook of :func:`to_xlsx` to *path*; an existing file is left alone without *overwrite*."""
    return write_whole(path, to_xlsx(case, named=named), overwrite=overwrite)


def to_xlsx(case: Case, *, named: Mapping[str, Framework] | None = None) -> bytes:
    """填报工作簿 of *case*: what it states filled in, the rest of its framework and categories to be filled.

    *named* are installed frameworks by the name that a case gives them; any other framework, and a category that
    is not installed as it is here, goes into the workbook. The same case gives the same bytes. Raises OutputError
    for what a workbook cannot hold, naming it: nothing is left out in silence.
    """
    rules = _EmbeddedRules(named or {})
    data = _data(case, rules)
    lists = Lists(case.framework, case.categories)
    title = case.title or f"{case.office}{case.year or ''}填报工作簿"
    text = rules.text()
    made = book.to_bytes(list(pages(data, lists)), lists, text, title=title, author=case.office, year=case.year)
    _same(data, made)
    return made


class _EmbeddedRules:
    """Frameworks and categories: by name where they are installed, else as documents of their own."""

    def __init__(self, named: Mapping[str, Framework]) -> None:
        self.named = named
        self.own: dict[str, Framework] = {}
        self.documents: list[str] = []

    def framework(self, framework: Framework) -> str:
        """What a case calls *framework*."""
        for name, each in self.named.items():
            if each == framework:
                return name
        name = framework.name
        if self.own.setdefault(name, framework) != framework or not name.strip() or is_path(name):
            raise OutputError(
                problem("template-framework-name", "指标体系“{name}”要有自己的名称，不与别的相同", name=name)
            )
        return name

    def category(self, category: Category) -> str:
        """What a case calls *category*."""
        try:
            installed = loading.category(category.key)
        except PerfevalError:
            installed = None
        if installed != category:
            self.documents.append(dump(category, terms=True).decode())
        return category.key

    def text(self) -> str:
        """The documents as YAML, or nothing."""
        found = [*(dump(each, terms=True).decode() for each in self.own.values()), *self.documents]
        return HEAD + "---\n".join(found) if found else ""


def _data(case: Case, rules: _EmbeddedRules) -> dict[str, Any]:
    """The case as a file would have it, frameworks and categories by name."""
    names = [project.name for project in case.projects]
    for name in dict.fromkeys(each for each in names if names.count(each) > 1):
        raise OutputError(problem("template-project-twice", "有几个项目都叫“{name}”；请改成不同的名称", name=name))
    projects = [evolve(project, framework=None) for project in case.projects]
    plain = evolve(case, framework=None, categories=(), projects=projects, remarks=())
    data: dict[str, Any] = json.loads(dump(plain, form="json"))
    del data["perfeval"]
    if case.framework is not None:
        data["framework"] = rules.framework(case.framework)
    for written, project in zip(data.get("projects", ()), case.projects, strict=True):
        if project.framework is not None:
            written["framework"] = rules.framework(project.framework)
    if case.categories:
        data["categories"] = [rules.category(category) for category in case.categories]
    return data


def _same(data: dict[str, Any], made: bytes) -> None:
    """Read the workbook back: what does not come out as it went in is named, and nothing is written."""
    found = reading.read(xlsx.read(made, "", DEFAULT), "", DEFAULT)
    if found.problems:
        raise OutputError(*found.problems)
    lost = list(dict.fromkeys(_differing(data, _plain(found.fields), "")))
    if lost:
        raise OutputError(
            problem(
                "template-cannot-hold",
                "工作簿装不下案例里的：{what}；空的条目或数据项、控制字符、名称首尾的空格、反斜杠结尾的条目，请改后再写",
                what=tuple(lost[:10]),
            )
        )


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, ShownAmount):
        return {SHOWN: str(value), STORED: value.stored}
    return [_plain(each) for each in value] if isinstance(value, list) else str(value)


def _differing(left: Any, right: Any, path: str) -> list[str]:
    """Where two values as files have them differ; the order counts among data, whose keys are names."""
    match left, right:
        case dict(), dict():
            found = [
                each
                for key in {**left, **right}
                for each in _differing(left.get(key), right.get(key), f"{path}.{key}" if path else key)
            ]
            if not found and path.partition(".")[0] == "data" and list(left) != list(right):
                found = [path]
            return found
        case list(), list() if len(left) == len(right):
            return [
                each
                for at, (a, b) in enumerate(zip(left, right, strict=True), 1)
                for each in _differing(a, b, f"{path}.{at}")
            ]
        case _:
            return [] if left == right else [path]
