"""发现类别: what plugs in through the entry-point group ``perfeval.categories``.

An entry point's name is the category's key, so listings and clashes need no import. Its value is
``package:attribute`` (a Category) or a package that holds ``category.yaml`` and, under ``frameworks/``,
one file for each framework; such a package needs no Python and none is run. What is installed never
changes a result: a case names what it uses, and the keys of perfeval's own categories stay its own.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from perfeval.conversion import converter, extends
from perfeval.conversion.dumping import fields_of
from perfeval.documents.limits import DEFAULT
from perfeval.documents.source import text_documents
from perfeval.engine.checks.built_in import own_checks
from perfeval.engine.validation.category import require_valid
from perfeval.engine.validation.together import twice
from perfeval.errors import NotFoundError, PerfevalError, Place, PluginError, problem
from perfeval.locales.suggestions import suggest
from perfeval.model.category import Category
from perfeval.plugins.captured_output import logged
from perfeval.plugins.compatibility import fitting, whole
from perfeval.plugins.entry_points import Entry, entries
from perfeval.plugins.slow_loading import timed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from perfeval.documents.cells import Fields
    from perfeval.documents.limits import Limits
    from perfeval.errors import Problem
    from perfeval.model.framework import Framework
    from perfeval.results.check import Check
    from perfeval.strategies.strategy import Strategy

OWN = "perfeval"
"""The distribution whose keys nobody else can take."""


class Listing(NamedTuple):
    """类别清单的一行: key, who brings it, whether it loads, and what is wrong if it does not."""

    key: str
    distribution: str
    version: str
    title: str = ""
    frameworks: tuple[str, ...] = ()
    loads: bool = True
    problem: Problem | None = None
    category: Category | None = None


def entry(key: str, place: Place | None = None) -> Entry:
    """The one entry of *key*; perfeval's own where it has one, whoever else brings that key.

    Raises NotFoundError with the nearest keys, and PluginError where two distributions bring it.
    """
    known = _used()
    hits = [each for each in known if each.key == key]
    if not hits:
        raise NotFoundError(
            problem(
                "category-unknown",
                "没有安装任务类别“{key}”{near}",
                place=place,
                key=str(key),
                near=suggest(str(key), [each.key for each in known]),
            )
        )
    if len(hits) > 1:
        raise PluginError(_clash(key, hits, place))
    return hits[0]


def _used() -> tuple[Entry, ...]:
    """The entries that count: a guest with a key of perfeval's own is not among them."""
    known = entries()
    own = {each.key for each in known if each.distribution == OWN}
    return tuple(each for each in known if each.distribution == OWN or each.key not in own)


def _reserved(found: Entry) -> Problem:
    return problem(
        "category-key-reserved",
        "{owner}登记的键“{key}”是perfeval自带的任务类别的，用的仍是自带的；请提供者改键（登记的名称和类别里的 key）",
        owner=found.owner,
        key=found.key,
    )


def _clash(key: str, hits: list[Entry], place: Place | None) -> Problem:
    return problem(
        "category-clash",
        "任务类别“{key}”由{owners}同时提供；请卸载其中一个",
        place=place,
        key=str(key),
        owners=tuple(each.owner for each in hits),
    )


def category(key: str, limits: Limits = DEFAULT, place: Place | None = None) -> Category:
    """The category *key*, loaded; nothing else is.

    Raises NotFoundError, or PluginError naming the distribution and version that brings a broken one.
    """
    return _load(entry(key, place), limits)


def _load(found: Entry, limits: Limits) -> Category:
    from attrs import evolve

    read = _imported if ":" in found.value else _from_folder
    made = timed(found.key, found.owner, lambda: _guarded(found, lambda: read(found, limits)))
    if not isinstance(made, Category):
        raise PluginError(
            problem(
                "category-no-category",
                "任务类别“{key}”（{owner}）登记的“{value}”不是任务类别（perfeval.Category）",
                key=found.key,
                owner=found.owner,
                value=found.value,
            )
        )
    if made.key != found.key:
        raise PluginError(
            problem(
                "category-key-differs",
                "类别包{owner}登记的键是“{key}”，里面写的是“{own}”；两处应一致",
                owner=found.owner,
                key=found.key,
                own=made.key,
            )
        )
    made = evolve(fitting(made, found.owner), origin=found.owner)
    wrong = twice(made)
    if wrong is not None:
        raise PluginError(wrong)
    return made


def _imported(found: Entry, _limits: Limits) -> Any:
    from importlib import import_module

    package, _, attribute = found.value.partition(":")
    with logged(found.owner):
        made: Any = import_module(package.strip())
        for name in attribute.strip().split("."):
            made = getattr(made, name)
    if isinstance(made, Category):
        require_valid(made)
    return made


def _from_folder(found: Entry, limits: Limits) -> Category:
    fields = next((each.fields for each in _documents(found, "category.yaml", limits) if each.kind == "category"), None)
    if fields is None:
        raise PluginError(_without_file(found))
    return converter.category(fields)


def _documents(found: Entry, name: str, limits: Limits) -> list[Any]:
    path = folder(found) / name
    return text_documents(path, limits, label=f"{found.key}/{name}")


def folder(found: Entry) -> Path:
    """The folder of a package of data: found, not imported. PluginError for one without category.yaml."""
    from importlib.util import find_spec

    spec = find_spec(found.value.strip()) if ":" not in found.value else None
    places = list(spec.submodule_search_locations or ()) if spec is not None else []
    for place in places:
        if (Path(place) / "category.yaml").is_file():
            return Path(place)
    raise PluginError(_without_file(found))


def _without_file(found: Entry) -> Problem:
    return problem(
        "category-without-file",
        "任务类别“{key}”（{owner}）的“{value}”里没有 category.yaml（第一行是“perfeval: category/1”）",
        key=found.key,
        owner=found.owner,
        value=found.value,
    )


def _guarded(found: Entry, load: Callable[[], Any]) -> Any:
    """What *load* gives; whatever goes wrong inside a plugin becomes a PluginError that names it."""
    try:
        return load()
    except (PluginError, NotFoundError):
        raise
    except PerfevalError as error:
        first = problem(
            "category-broken",
            "任务类别“{key}”（{owner}）的内容有误：{reason}",
            key=found.key,
            owner=found.owner,
            reason=error.problems[0],
        )
        raise PluginError(first, *error.problems[1:]) from None
    except (Exception, SystemExit) as error:  # a plugin's own code may raise anything, or try to leave
        raise PluginError(
            problem(
                "category-failed",
                "任务类别“{key}”（{owner}）不能载入：{reason}",
                key=found.key,
                owner=found.owner,
                reason=f"{type(error).__name__}: {error}",
            )
        ) from error


def frameworks(key: str, limits: Limits = DEFAULT) -> tuple[str, ...]:
    """The names of the frameworks of category *key*; files are listed, not read."""
    return _framework_names(entry(key), limits)


def _framework_names(found: Entry, limits: Limits) -> tuple[str, ...]:
    if ":" in found.value:
        return tuple(each.name for each in _load(found, limits).frameworks)
    home = folder(found) / "frameworks"
    return tuple(sorted(path.stem for path in home.glob("*.yaml"))) if home.is_dir() else ()


def framework_fields(name: str, limits: Limits = DEFAULT, place: Place | None = None) -> Fields:
    """The fields as written of the framework ``category/name``; exactly that category is touched.

    Raises NotFoundError naming what the category has, or PluginError for a broken one.
    """
    key, _, own = name.partition("/")
    found = entry(key, place)
    return _guarded(found, lambda: _framework_fields(found, own, limits, place))  # type: ignore[no-any-return]


def _framework_fields(found: Entry, own: str, limits: Limits, place: Place | None) -> Fields:
    if ":" in found.value:
        for each in _load(found, limits).frameworks:
            if each.name == own:
                return fields_of(each)
    elif own in _framework_names(found, limits):
        for document in _documents(found, f"frameworks/{own}.yaml", limits):
            if document.kind == "framework":
                return document.fields  # type: ignore[no-any-return]
    raise NotFoundError(
        problem(
            "framework-unknown",
            "任务类别“{key}”里没有指标体系“{name}”；有：{known}",
            place=place,
            key=found.key,
            name=own,
            known=tuple(f"{found.key}/{each}" for each in _framework_names(found, limits)),
        )
    )


def framework(name: str, limits: Limits = DEFAULT, place: Place | None = None) -> Framework:
    """The framework ``category/name``, with what it takes over from others worked out."""
    found = entry(name.partition("/")[0], place)
    fields = framework_fields(name, limits, place)
    worked_out = extends.worked_out(
        fields, lambda other: framework_fields(other, limits, getattr(other, "place", None))
    )
    return _guarded(found, lambda: converter.framework(worked_out))  # type: ignore[no-any-return]


def listing(limits: Limits = DEFAULT) -> tuple[Listing, ...]:
    """Every installed category, each loaded to see that it does; a broken one says why, the rest works."""
    return tuple(_listings(limits))


def checks(limits: Limits = DEFAULT) -> tuple[Check, ...]:
    """Every check that is installed: the built-in ones, then those of each category that loads."""
    own = (check for each in listing(limits) if each.category is not None for check in each.category.checks)
    return (*own_checks(), *own)


def loaded_for(code: str, limits: Limits = DEFAULT) -> Iterator[Category]:
    """The categories that load, one by one: first those whose key *code* begins with, then others', then perfeval's.

    Whoever looks for one thing stops at the first that has it; the rest is never loaded.
    """

    def far(each: Entry) -> tuple[bool, bool, str]:
        return not code.startswith(f"{each.key}-"), each.distribution == OWN, each.key

    for each in sorted(_used(), key=far):
        with contextlib.suppress(PerfevalError):  # a broken one is shown by the list of categories
            yield category(each.key, limits)


def framework_strategies(limits: Limits = DEFAULT) -> Iterator[Strategy]:
    """The strategies that installed frameworks define for themselves, others' before perfeval's; read one by one."""
    for each in sorted(_used(), key=lambda found: (found.distribution == OWN, found.key)):
        with contextlib.suppress(PerfevalError):
            for name in frameworks(each.key, limits):
                yield from framework(f"{each.key}/{name}", limits).strategies


def _listings(limits: Limits) -> Iterator[Listing]:
    used = _used()
    for each in entries():
        same = [other for other in used if other.key == each.key]
        try:
            if each not in used:
                raise PluginError(_reserved(each))
            if len(same) > 1:
                raise PluginError(_clash(each.key, same, None))
            loaded = _load(each, limits)
            names = _framework_names(each, limits)
            if each.distribution != OWN:  # perfeval's own are held by its tests
                _guarded(each, lambda: whole(loaded, [framework(f"{each.key}/{own}", limits) for own in names]))  # noqa: B023
        except PerfevalError as error:
            yield Listing(each.key, each.distribution, each.version, loads=False, problem=error.problems[0])
        else:
            yield Listing(each.key, each.distribution, each.version, loaded.title, names, category=loaded)
