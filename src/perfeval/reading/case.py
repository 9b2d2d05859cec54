"""读入: sources → one resolved Case — documents read, names looked up once, several sources made one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import evolve

from perfeval.conversion import converter, extends
from perfeval.conversion.collecting import Problems
from perfeval.conversion.field_specs import keys
from perfeval.conversion.merging import merged
from perfeval.documents.cells import Cells, Fields, cell, place_of, without
from perfeval.documents.limits import DEFAULT, Limits
from perfeval.documents.source import inside, is_path
from perfeval.engine.validation.together import framework_problems, raise_all, require_valid_frameworks, usable_together
from perfeval.errors import InputError, PerfevalError, Place, problem
from perfeval.model.case import Case, Project
from perfeval.model.category import Category
from perfeval.model.framework import Framework
from perfeval.plugins import loading
from perfeval.plugins.compatibility import fitting, not_built_in
from perfeval.reading import sources
from perfeval.reading.forms import path_resolution

if TYPE_CHECKING:
    import os
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from perfeval.documents.source import Document, Source


def read(
    *given: Source,
    limits: Limits | None = None,
    framework: Framework | str | os.PathLike[str] | None = None,
    categories: Iterable[Category | str] | None = None,
    allow_categories: Collection[str] | None = None,
) -> Case:
    """读入自评案例: one Case from paths, bytes or open files, framework and categories put in as objects.

    Several sources make one case: rows, projects and data are added together, a value stated twice is
    kept twice and the first counts. ``framework`` and ``categories`` stand in for those that the case
    names (a framework's name, its file or that of a case with one, or a Framework);
    ``allow_categories`` are the only installed ones that it may name. Raises InputError with every problem
    of the sources, by line and column, FrameworkError with every problem of a framework that does not hold
    together; NotFoundError and PluginError for names.
    """
    bounds = limits or DEFAULT
    if not given:
        raise InputError(problem("input-none", "没有给出要读的文件"))
    found = [document for source in given for document in sources.documents(source, bounds)]
    library = _Library(found, bounds, allow_categories)
    if not found:
        raise InputError(
            problem(
                "input-lock",
                "“~$”开头的是打开表格时的临时文件，不是表格；请给出表格本身",
                place=Place(source=str(given[0])),
            )
        )
    cases = [document for document in found if document.kind == "case"]
    if not cases:
        raise InputError(
            problem(
                "case-missing",
                "这里没有自评案例（第一行是“perfeval: case/1”的文件）",
                place=Place(source=found[0].source),
            )
        )
    problems = Problems()
    own = problems.trying(None, _chosen, framework, library, bounds) if framework is not None else None
    chosen = _each(categories, library, None, problems) if categories is not None else None
    made = [problems.trying(None, _case, document, library, own, chosen) for document in cases]
    problems.done()
    return _sound(merged(made))


def _chosen(framework: Framework | str | os.PathLike[str], library: _Library, limits: Limits) -> Framework:
    """The framework that the caller asks for: whoever calls may name any file."""
    if not isinstance(framework, Framework) and (
        not isinstance(framework, str) or _is_path(framework) or framework.lower().endswith(sources.WORKBOOKS)
    ):
        return _Library(sources.documents(framework, limits), limits, library.allowed).first("framework")  # type: ignore[no-any-return]
    return library.framework(framework, None)


def read_framework(source: Source, limits: Limits | None = None) -> Framework:
    """读入指标体系: the first framework of *source*, else that of the case in it; it may name others, installed or beside it."""
    library = _Library(sources.documents(source, limits or DEFAULT), limits or DEFAULT, None)
    framework: Framework = library.first("framework")
    raise_all(framework_problems(framework, ()))
    return framework


def read_category(source: Source, limits: Limits | None = None) -> Category:
    """读入任务类别: the first category of *source*, a path, bytes or an open file, for tests and programs.

    Raises InputError with every problem, by line and column; NotFoundError for a framework that it names.
    """
    library = _Library(sources.documents(source, limits or DEFAULT), limits or DEFAULT, None)
    return library.first("category")  # type: ignore[no-any-return]


def _sound(case: Case) -> Case:
    """*case* itself, if every framework in it holds together."""
    require_valid_frameworks(case)
    usable_together(case.categories)
    return case


class _Library:
    """Looks frameworks and categories up: those beside the case first, then files, then what is installed."""

    def __init__(self, documents: list[Document], limits: Limits, allowed: Collection[str] | None) -> None:
        self.limits, self.allowed = limits, allowed
        self.documents = documents

    def first(self, kind: str) -> Any:
        for document in self.documents:
            if document.kind == kind:
                make = self._framework if kind == "framework" else self._category
                return make(document.fields, document.folder)
        for document in self.documents if kind == "framework" else ():  # a case's own is one too
            written = _first(document.fields, Case, "framework") if document.kind == "case" else None
            if written is not None:
                return self.framework(written, document.folder)
        place = Place(source=self.documents[0].source) if self.documents else None
        raise InputError(
            problem(
                "kind-not-found",
                "这里没有第一行是“perfeval: {kind}/1”的内容",
                place=place,
                kind=kind,
            )
        )

    def framework(self, value: Any, folder: Path | None) -> Framework:
        """The framework that *value* names or spells out."""
        if isinstance(value, Framework):
            return value
        if isinstance(value, Fields):
            return self._framework(value, folder)
        if not isinstance(value, str):
            raise InputError(
                problem("framework-not-named", "指标体系应写名称，如 national/project-2020", place=place_of(value))
            )
        return self._framework(self.framework_fields(value, folder), folder)

    def framework_fields(self, name: str, folder: Path | None) -> Fields:
        """The fields of the framework called *name*."""
        for document in self.documents:
            if document.kind == "framework" and _first(document.fields, Framework, "name") == name:
                return document.fields
        if _is_path(name):
            return self._file(name, folder, "framework")
        place = place_of(name)
        key, slash, own = name.partition("/")
        if not slash:
            near = [f"{key}/{each}" for each in self._names(key)]
            raise InputError(
                problem(
                    "framework-name",
                    "指标体系“{name}”应写成“类别/名称”，如 {example}",
                    place=place,
                    name=str(name),
                    example=tuple(near) or "national/project-2020",
                )
            )
        for document in self.documents:
            if document.kind == "category" and _first(document.fields, Category, "key") == key:
                for fields in _frameworks_in(document.fields):
                    if _first(fields, Framework, "name") == own:
                        return fields
        self._permit(key, place)
        return loading.framework_fields(name, self.limits, place)

    def _names(self, key: str) -> tuple[str, ...]:
        try:
            return loading.frameworks(key, self.limits)
        except PerfevalError:
            return ()

    def _framework(self, fields: Fields, folder: Path | None) -> Framework:
        whole = extends.worked_out(fields, lambda name: self.framework_fields(name, folder))
        return converter.framework(whole)

    def category(self, value: Any, folder: Path | None) -> Category:
        """The category that *value* names or spells out."""
        if isinstance(value, Category):
            return value
        if isinstance(value, Fields):
            return fitting(self._category(value, folder), "", place_of(value))
        if not isinstance(value, str):
            raise InputError(problem("category-not-named", "任务类别应写它的键，如 epidemic", place=place_of(value)))
        given = [
            each for each in self.documents if each.kind == "category" and _first(each.fields, Category, "key") == value
        ]
        if given:
            both = [fitting(self._category(each.fields, each.folder), each.source, place_of(value)) for each in given]
            usable_together(tuple(dict.fromkeys(both)))  # the same twice is one
            return both[0]
        if _is_path(value):
            made = self._category(self._file(value, folder, "category"), folder)
            return not_built_in(fitting(made, value, place_of(value)))
        place = place_of(value)
        self._permit(value, place)
        return loading.category(value, self.limits, place)

    def _category(self, fields: Fields, folder: Path | None) -> Category:
        key = next((key for key, slot in keys(Category).items() if slot.name == "frameworks" and key in fields), None)
        if key is not None and isinstance(fields[key], Cells):  # type: ignore[index]
            whole = Cells()
            for each in fields[key]:  # type: ignore[index]
                written = each if isinstance(each, Fields) else self.framework_fields(each, folder)
                whole.append(extends.worked_out(written, lambda name: self.framework_fields(name, folder)))
            fields = extends.replaced(fields, next(own for own in fields if own == key), whole)
        return converter.category(fields)

    def _file(self, name: str, folder: Path | None, kind: str) -> Fields:
        path = inside(name, folder, place_of(name))
        if name.endswith("/"):
            path /= f"{kind}.yaml"
        for document in sources.documents(path, self.limits, label=name):
            if document.kind == kind:
                return document.fields
        raise InputError(
            problem(
                "kind-not-found",
                "这里没有第一行是“perfeval: {kind}/1”的内容",
                place=Place(source=name),
                kind=kind,
            )
        )

    def _permit(self, key: str, place: Place | None) -> None:
        if self.allowed is not None and key not in self.allowed:
            raise InputError(
                problem(
                    "category-not-allowed",
                    "这里不允许使用任务类别“{key}”；允许的有：{allowed}",
                    place=place,
                    key=str(key),
                    allowed=tuple(self.allowed),
                )
            )


def _case(document: Document, library: _Library, own: Framework | None, chosen: tuple[Category, ...] | None) -> Case:
    """One case with the objects that it names put in place of the names."""
    problems = Problems()
    for each in document.problems:
        problems.keep(each)
    named_by_caller = own is not None
    fields = without(document.fields)
    known = keys(Case)
    named = {known[key].name: key for key in fields if key in known}
    if own is not None and document.table and "rows" not in named:  # tables of several projects, none of the office
        path_resolution.for_each_project(fields, own)
        own = None
    if "framework" in named and own is None and fields[named["framework"]] is not None:
        key = named["framework"]
        value = fields[key]
        fields[key] = problems.trying(place_of(value, key), library.framework, value, document.folder)
    elif own is not None:
        fields[named.get("framework", _key("framework"))] = own
    if chosen is not None:
        fields[named.get("categories", _key("categories"))] = chosen
    elif "categories" in named:
        key = named["categories"]
        fields[key] = _each(fields[key], library, document.folder, problems)
    if "projects" in named:
        fields[named["projects"]] = _projects(fields[named["projects"]], library, document.folder, problems)
    if document.table:
        path_resolution.all_placed(fields)
    made = problems.trying(None, converter.case, fields)
    problems.done()
    if not isinstance(made, Case) or not document.remarks:
        return made  # type: ignore[no-any-return]
    of_table = (each for each in document.remarks if not (named_by_caller and each.asks))
    return evolve(made, remarks=(*made.remarks, *of_table))


def _is_path(name: str) -> bool:
    """Whether *name* is meant as a path, be it one that no case may name (../framework, /etc/passwd)."""
    return is_path(name) or name.startswith((".", "/", "\\")) or "/../" in name


def _key(name: str) -> Any:
    """A key that no source wrote."""
    return cell(name)


def _each(value: Any, library: _Library, folder: Path | None, problems: Problems) -> tuple[Category, ...]:
    if value is None:
        return ()
    names = [value] if isinstance(value, (str, Fields, Category)) else list(value)
    problems.trying(None, _written_once, names)
    made = [problems.trying(name, library.category, name, folder) for name in names if name is not None]
    return tuple(each for each in made if each is not None)


def _written_once(names: list[Any]) -> None:
    """InputError where a category is named twice in one list."""
    seen: set[str] = set()
    for name in names:
        if isinstance(name, str) and name in seen:
            raise InputError(
                problem(
                    "category-written-twice",
                    "任务类别“{name}”写了两次；请删去一个",
                    place=place_of(name),
                    name=str(name),
                )
            )
        if isinstance(name, str):
            seen.add(name)


def _projects(value: Any, library: _Library, folder: Path | None, problems: Problems) -> Any:
    """Projects with their frameworks resolved; a project without one has none (the case's is the office's)."""
    if not isinstance(value, Cells):
        return value
    result = Cells(value._source, value._line, value._column)
    known = keys(Project)
    for project in value:
        key = (
            next((key for key in project if key in known and known[key].name == "framework"), None)
            if isinstance(project, Fields)
            else None
        )
        if key is not None and project[key] is not None:
            written = project[key]
            found = problems.trying(written, library.framework, written, folder)
            project = extends.replaced(project, key, found)
        result.append(project)
    return result


def _first(fields: Fields, record: type, name: str) -> Any:
    known = keys(record)
    return next((value for key, value in fields.items() if key in known and known[key].name == name), None)


def _frameworks_in(fields: Fields) -> list[Fields]:
    written = _first(fields, Category, "frameworks")
    return [each for each in written if isinstance(each, Fields)] if isinstance(written, Cells) else []
