"""Which module may know which, what an import costs, and that public names stay what they are."""

from __future__ import annotations

import ast
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

import perfeval

PACKAGE = Path(perfeval.__file__).parent
HEAVY = ("pint", "babel", "cattrs", "yaml", "click", "rich", "hypothesis", "openpyxl", "docx", "jinja2")
VERBS = ("read", "evaluate", "plan", "write", "dump", "text", "figure", "check")


def run(code: str) -> str:
    """Run *code* in a new interpreter and give what it prints."""
    environment = {**os.environ, "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", env=environment, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_contracts_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    """Imports point one way and heavy libraries stay in their rooms, as pyproject.toml says."""
    from importlinter.application.use_cases import FAILURE, lint_imports
    from importlinter.cli import lint_imports as command  # noqa: F401 - importing it configures the linter

    monkeypatch.chdir(PACKAGE.parents[1])
    assert lint_imports(cache_dir=None) is not FAILURE


def test_import_loads_nothing() -> None:
    """Importing perfeval loads no other module of it and nothing heavy, not even attrs."""
    code = "import sys; before = set(sys.modules); import perfeval; print(*sorted(set(sys.modules) - before))"
    loaded = run(code).split()
    assert [name for name in loaded if name.startswith("perfeval.")] == []
    assert [name for name in loaded if name.partition(".")[0] in {*HEAVY, "attr", "attrs"}] == []


@pytest.mark.parametrize("name", ["Case", "evaluate", "Framework"])
def test_core_is_light(name: str) -> None:
    """The records and the scoring need none of the heavy libraries."""
    loaded = run(f"import sys, perfeval; perfeval.{name}; print(*sys.modules)").split()
    assert [heavy for heavy in HEAVY if heavy in loaded] == []


def test_lists_of_names_agree() -> None:
    """What type checkers see, what is loaded and what is listed are the same names."""
    tree = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))
    seen = {
        alias.asname: node.module
        for branch in tree.body
        if isinstance(branch, ast.If)
        for node in branch.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    homes = {name: f"perfeval.{home}" for home, names in perfeval._HOMES.items() for name in names.split()}
    assert seen == homes
    assert sorted(perfeval.__all__) == sorted(homes)
    assert len(set(perfeval.__all__)) == len(perfeval.__all__)


@pytest.mark.parametrize("seed", range(3))
def test_public_names_in_any_order(seed: int) -> None:
    """Each public name, used twice in any order, is the same thing and never a module."""
    order = [*perfeval.__all__, *perfeval.__all__]
    random.Random(seed).shuffle(order)
    code = (
        "import types, perfeval as pe\nseen = {}\n"
        f"for name in {order!r}:\n"
        "    value = getattr(pe, name)\n"
        "    assert not isinstance(value, types.ModuleType), name\n"
        "    assert seen.setdefault(name, value) is value, name\n"
        "print(len(seen))"
    )
    assert int(run(code)) == len(perfeval.__all__)


def test_every_module_then_every_name() -> None:
    """Even after all modules were imported first, no public name has become a module."""
    modules = [
        ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")
        for path in PACKAGE.rglob("*.py")
        if path.name != "__main__.py"
    ]
    code = (
        "import importlib, types, perfeval as pe\n"
        f"for module in {modules!r}: importlib.import_module(module)\n"
        "print([name for name in pe.__all__ if isinstance(getattr(pe, name), types.ModuleType)])"
    )
    assert run(code) == "[]"


@pytest.mark.parametrize("verb", VERBS)
def test_no_module_bears_a_verb(verb: str) -> None:
    """No module at the top is called like a verb: once loaded it would take the verb's place."""
    assert not (PACKAGE / f"{verb}.py").exists()
    assert not (PACKAGE / verb).exists()


def test_unknown_name() -> None:
    """A name that is not public raises AttributeError, as for any module."""
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        perfeval.nothing  # noqa: B018


def test_version_is_the_distributions() -> None:
    """The version is that of the installed distribution."""
    from importlib.metadata import version

    assert perfeval.__version__ == version("perfeval")


def test_dir_lists_the_public_names() -> None:
    """dir() offers the public names before any was used."""
    assert set(perfeval.__all__) <= set(dir(perfeval))
