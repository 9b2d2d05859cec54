"""The house: rooms in one order, no circle, one home a name, and few imports that wait inside a function."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import Counter, defaultdict
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import perfeval

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(perfeval.__file__).parent
ROOT = Path(__file__).resolve().parents[1]
LAYERS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"][0]["layers"]
DATA_ALONE = {"categories"}
"""Rooms that hold no code: nothing imports them."""

WAITING = {
    "command": "a command loads what it needs and nothing else: the start of the command line is what users wait for",
    "papers": "one format is written at a time, each with a library of its own",
    "reading": "a workbook is read by other modules than a text",
    "testing": "the generated cases need hypothesis, which only the tests of a plugin author have",
}
"""Rooms in which imports of perfeval may stand inside functions, and why."""

AT_MOST = {"command": 81, "papers": 15, "reading": 4, "testing": 1}
"""How many there are at most: fewer is better, more needs a reason here."""


@lru_cache(maxsize=1)
def modules() -> dict[str, Path]:
    """Every module of the package by its dotted name."""
    return {
        ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__"): path
        for path in PACKAGE.rglob("*.py")
    }


def imports(path: Path) -> Iterator[tuple[str, bool]]:
    """What a module imports of perfeval, and whether inside a function; what only type checkers see is passed over."""

    def walk(node: ast.AST, waits: bool) -> Iterator[tuple[str, bool]]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
                continue
            if isinstance(child, ast.ImportFrom) and (child.module or "").partition(".")[0] == "perfeval":
                for alias in child.names:
                    name = f"{child.module}.{alias.name}"
                    yield (name if name in modules() else str(child.module)), waits
            yield from walk(child, waits or isinstance(child, (ast.FunctionDef, ast.Lambda)))

    yield from walk(ast.parse(path.read_text(encoding="utf-8")), False)


@lru_cache(maxsize=1)
def arrows() -> dict[str, frozenset[str]]:
    """Module → the modules that it imports, at its head or inside its functions; the public face apart."""
    return {
        name: frozenset(other for other, _ in imports(path) if other not in (name, "perfeval"))
        for name, path in modules().items()
    }


def room(module: str) -> str:
    """The room at the root of the package in which a module stands."""
    return [*module.split("."), ""][1]


def test_layers_are_the_tree() -> None:
    """The layers of pyproject.toml are what stands at the root of the package."""
    tree = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()}
    tree |= {path.stem for path in PACKAGE.glob("*.py")} - {"__init__"}
    assert sorted(LAYERS) == sorted(tree - DATA_ALONE)


@pytest.mark.parametrize("page", ["ARCHITECTURE.md", "docs/concepts.md"])
def test_the_map_is_the_layers(page: str) -> None:
    """The map in the documentation lists the same rooms in the same order, a line each."""
    text = (ROOT / page).read_text(encoding="utf-8")
    rooms = [layer for layer in LAYERS if layer != "__main__"]
    listed = re.findall(r"(?m)^\| `(\w+)(?:/|\.py)` ", text)
    assert [name for name in listed if name not in DATA_ALONE] in (rooms, rooms[::-1])


def test_the_root_holds_rooms() -> None:
    """Besides the public face, the errors and the door of ``python -m``, the root holds folders only."""
    assert {path.name for path in PACKAGE.glob("*.py")} == {"__init__.py", "__main__.py", "errors.py"}


def test_no_circle() -> None:
    """No module comes back to itself by imports, those inside functions counted."""
    state: dict[str, int] = {}
    circles: list[tuple[str, ...]] = []

    def visit(module: str, above: tuple[str, ...]) -> None:
        state[module] = 1
        for other in sorted(arrows()[module]):
            if state.get(other) == 1:
                circles.append((*above[above.index(other) :], other) if other in above else (module, other))
            elif other not in state:
                visit(other, (*above, other))
        state[module] = 2

    for module in sorted(arrows()):
        if module not in state:
            visit(module, (module,))
    assert circles == []


def test_no_arrow_points_up() -> None:
    """A room imports only rooms below it, also inside functions."""
    height = {layer: at for at, layer in enumerate(LAYERS)}
    upward = [
        (module, other)
        for module, others in arrows().items()
        for other in others
        if room(module) in height and height[room(other)] < height[room(module)]
    ]
    assert upward == []


def test_rooms_are_small_enough_to_be_seen() -> None:
    """At most twenty-one entries at the root, about a dozen in a room: more means that two things live in one."""
    entries = {
        folder: [path for path in folder.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()]
        for folder in [PACKAGE, *{path.parent for path in modules().values()}]
        if DATA_ALONE.isdisjoint(folder.parts)
    }
    crowded = {
        str(folder.relative_to(PACKAGE)): len(found) - 1
        for folder, found in entries.items()
        if folder != PACKAGE and len(found) - 1 > CROWD.get(str(folder.relative_to(PACKAGE)), 15)
    }
    assert crowded == {}


CROWD = {"engine/checks": 18}
"""The built-in checks: a module a family, their list, and how they are run."""


def test_a_class_name_is_borne_once() -> None:
    """No two classes have one name: who reads it in a message or a trace knows which it is."""
    borne = defaultdict(list)
    for module, path in modules().items():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                borne[node.name].append(module)
    assert {name: found for name, found in borne.items() if len(found) > 1} == {}


def test_no_room_re_exports() -> None:
    """A package's own module holds its sentence and nothing else; the two public modules apart."""
    public = {"perfeval", "perfeval.testing"}
    rooms = [name for name, path in modules().items() if path.name == "__init__.py" and name not in public]
    full = [
        name for name in rooms if room(name) not in DATA_ALONE and len(ast.parse(modules()[name].read_text()).body) > 1
    ]
    assert full == []


def test_imports_that_wait() -> None:
    """An import of perfeval stands inside a function only where :data:`WAITING` says why, and in no greater number."""
    found = Counter(room(name) for name, path in modules().items() for other, waits in imports(path) if waits)
    assert set(AT_MOST) == set(WAITING)
    assert {name: number for name, number in found.items() if number > AT_MOST.get(name, 0)} == {}


@pytest.mark.parametrize("page", ["ARCHITECTURE.md", "CONTRIBUTING.md", "CONTRIBUTING.zh.md"])
def test_every_path_on_the_page_is_there(page: str) -> None:
    """Whoever follows a page finds each file and folder that it names, from the root or from inside the package."""
    text = (ROOT / page).read_text(encoding="utf-8")
    paths = [each for each in re.findall(r"`([\w./-]+)`", text) if "/" in each]
    homes = (ROOT, PACKAGE.parent, PACKAGE, *(PACKAGE / room for room in ("engine", "papers", "documents", "reading")))
    missing = [each for each in paths if not any((home / each).exists() for home in homes)]
    assert missing == []
