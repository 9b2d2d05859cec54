"""What holds for the project as a whole: layout, licences, docstrings, the first commands."""

from __future__ import annotations

import ast
import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tomllib
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from doc_examples import ROOT, RUN, SHOWN, same
from packaging.requirements import Requirement

if TYPE_CHECKING:
    from types import ModuleType

SOURCES = sorted((ROOT / "src" / "perfeval").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
PAGES = sorted([*ROOT.glob("*.md"), *(p for p in (ROOT / "docs").rglob("*.md") if "_build" not in p.parts)])
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PERMISSIVE = re.compile(r"MIT|BSD|Apache|Python Software Foundation|PSF|ISC", re.IGNORECASE)
COPYLEFT = re.compile(r"(?<![A-Za-z])A?L?GPL|General Public", re.IGNORECASE)


def name(path: Path) -> str:
    """A short name of a file for a test's id."""
    return path.relative_to(ROOT).as_posix()


def load(path: Path) -> ModuleType:
    """Load a script that is in no package."""
    spec = importlib.util.spec_from_file_location(f"loaded_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def run() -> ModuleType:
    """The set-up script as a module."""
    return load(ROOT / "run.py")


def command(node: ast.ClassDef | ast.FunctionDef) -> bool:
    """Whether a function is a command, which its help text explains."""
    return any(isinstance(d, ast.Call) and "help" in {k.arg for k in d.keywords} for d in node.decorator_list)


def overloaded(node: ast.AST) -> bool:
    """Whether a definition only adds a signature to another one."""
    return any("overload" in ast.dump(each) for each in getattr(node, "decorator_list", ()))


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_every_module_says_what_it_is(path: Path) -> None:
    """Every module, public class and public function has a docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    bare = [] if ast.get_docstring(tree) else ["the module"]
    for node in tree.body:
        if isinstance(node, (ast.ClassDef, ast.FunctionDef)) and not node.name.startswith("_") and not command(node):
            if not ast.get_docstring(node) and not overloaded(node):
                bare.append(node.name)
            for inner in node.body if isinstance(node, ast.ClassDef) else []:
                told = not isinstance(inner, ast.FunctionDef) or inner.name.startswith("_") or ast.get_docstring(inner)
                if not told and not overloaded(inner):
                    bare.append(f"{node.name}.{inner.name}")
    assert bare == []


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_nothing_is_evaluated(path: Path) -> None:
    """The package runs no eval, exec or generated source."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert called.isdisjoint({"eval", "exec", "compile", "__import__"})


@pytest.mark.parametrize("path", TESTS, ids=name)
def test_every_test_says_what_it_holds(path: Path) -> None:
    """Every test has a docstring of one sentence."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    wrong = []
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            text = ast.get_docstring(node) or ""
            first = text.split("\n\n")[0]
            if not first.endswith((".", "。", "…")) or len(re.findall(r"[.。](?=\s+[A-Z])", first)) > 0:
                wrong.append(node.name)
    assert wrong == []


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_every_block_of_a_page_is_tested(path: Path) -> None:
    """Every block of code in a page is run, or is of a kind that is only shown."""
    opened = re.findall(r"(?m)^ *```+(\S.*|)$", path.read_text(encoding="utf-8"))[::2]
    assert [kind for kind in opened if kind not in (*RUN, *SHOWN) and not kind.startswith("{")] == []


def test_same_reads_dots_as_anything() -> None:
    """An example's output is compared line by line, with … for what may differ."""
    same("甲\n...\n丁\n", "甲\n乙\n丙\n丁\n")
    same("共 ... 处", "共 12 处\n")
    for want, got in [("甲\n乙", "甲\n丙"), ("甲", "甲\n乙"), ("共 ... 处", "共 1\n2 处")]:
        with pytest.raises(AssertionError, match="but this came"):
            same(want, got)


def dependencies(requirements: list[str], seen: dict[str, str]) -> dict[str, str]:
    """Every distribution that *requirements* bring here, with what it says of its licence."""
    for line in requirements:
        need = Requirement(line)
        if need.name in seen or (need.marker is not None and not need.marker.evaluate({"extra": ""})):
            continue
        distribution = importlib.metadata.distribution(need.name)
        about = distribution.metadata
        seen[need.name] = " ".join(
            [
                about.get("License-Expression") or "",
                (about.get("License") or "")[:200],
                *(c for c in about.get_all("Classifier") or [] if c.startswith("License")),
            ]
        )
        dependencies(distribution.requires or [], seen)
    return seen


def test_dependencies_are_permissive() -> None:
    """Whatever the library brings along has a permissive licence, as it has itself."""
    found = dependencies(PROJECT["project"]["dependencies"], {})
    assert set(found) >= {"attrs", "pint", "babel", "click"}
    assert {n: t for n, t in found.items() if not PERMISSIVE.search(t) or COPYLEFT.search(t)} == {}
    assert PROJECT["project"]["license"] == "MIT"
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")


def test_extras_are_named_with_their_licences() -> None:
    """What the extras for users bring is permissive too, but for Hypothesis (MPL 2.0, for tests alone), as the page says."""
    extras = PROJECT["project"]["optional-dependencies"]
    users = {
        name: lines
        for name, lines in extras.items()
        if name not in ("test", "lint", "type", "docs", "bench", "dev", "all")
    }
    assert set(users) >= {"testing", "tables"}
    found = dependencies(list(chain(*users.values())), {})
    other = {name for name, text in found.items() if not PERMISSIVE.search(text) or COPYLEFT.search(text)}
    assert other == {"hypothesis"}
    page = (ROOT / "docs" / "using.md").read_text(encoding="utf-8")
    assert "Hypothesis（MPL 2.0）" in page
    for name in PROJECT["project"]["dependencies"]:
        assert Requirement(name).name.lower() in page.lower()


def test_dependencies_are_loose() -> None:
    """A library pins nothing: only the oldest version that works is named."""
    listed = [*PROJECT["project"]["dependencies"], *chain(*PROJECT["project"]["optional-dependencies"].values())]
    specifiers = [str(part) for line in listed for part in Requirement(line).specifier]
    assert [part for part in specifiers if not part.startswith((">=", "!="))] == []


def test_typed() -> None:
    """Type checkers of users read the package's own annotations."""
    assert (ROOT / "src" / "perfeval" / "py.typed").exists()


def test_readmes_name_the_two_commands() -> None:
    """Both READMEs give exactly the two commands that set everything up."""
    for page in ("README.md", "README.zh.md"):
        text = (ROOT / page).read_text(encoding="utf-8")
        commands = set(re.findall(r"python3 run\.py \w+", "\n".join(re.findall(r"(?s)```sh\n(.*?)```", text))))
        assert commands == {"python3 run.py demo", "python3 run.py test"}


def test_run_names_the_missing_package(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where ensurepip is missing, both languages name the package to install."""
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "ensurepip" else find(name))
    with pytest.raises(SystemExit) as stopped:
        run.check_python()
    said = capsys.readouterr().out
    package = f"python3.{sys.version_info.minor}-venv"
    assert stopped.value.code == 2
    assert f"请安装软件包 {package}" in said
    assert f"Install the package {package}" in said


def test_run_names_the_version_needed(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An older Python is told which one is needed."""
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    with pytest.raises(SystemExit):
        run.check_python()
    assert "需要 Python 3.11 或更高版本，现在是 3.9" in capsys.readouterr().out


def test_run_is_readable_by_older_pythons() -> None:
    """The script that says "too old" uses nothing that an old Python cannot read."""
    ast.parse((ROOT / "run.py").read_text(encoding="utf-8"), feature_version=(3, 6))


def test_run_uses_only_the_standard_library() -> None:
    """Set-up works before anything is installed."""
    tree = ast.parse((ROOT / "run.py").read_text(encoding="utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
    assert {module.partition(".")[0] for module in imported} <= sys.stdlib_module_names


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ([], b"--wheels"),
        (["dance"], b"--wheels"),
        (["test", "--wheels"], b"--wheels"),
        (["test", "--wheels", "no-such-folder"], b"--wheels"),
        (["test", "--venv"], b"--venv"),
    ],
)
def test_run_explains_itself(arguments: list[str], named: bytes) -> None:
    """A missing or unknown word, or a folder of wheels that is none, is answered with what to write."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "run.py"), *arguments], capture_output=True, check=False, cwd=ROOT.parent
    )
    assert done.returncode == 2
    assert named in done.stdout
    assert done.stderr == b""


def test_run_installs_once(run: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """pip runs at the first call, not at the second, and again once the project's needs have changed."""
    home = tmp_path / "家"
    (home / ".venv").mkdir(parents=True)
    (home / ".venv" / "pyvenv.cfg").write_text("")
    (home / "pyproject.toml").write_text("a")
    calls: list[list[str]] = []
    monkeypatch.setattr(run, "HERE", home)
    monkeypatch.setattr(run, "works", lambda venv: True)
    monkeypatch.setattr(run.subprocess, "call", lambda command, **_: calls.append(command) or 0)
    run.install(home / ".venv", "", None)
    run.install(home / ".venv", "", None)
    assert len(calls) == 1
    assert calls[0][-1] == str(home)
    (home / "pyproject.toml").write_text("b")
    run.install(home / ".venv", "", None)
    run.install(home / ".venv", "test", Path("wheels"))
    assert len(calls) == 3
    assert calls[2][-1] == f"{home}[test]"
    assert "--no-index" in calls[2]


@pytest.mark.parametrize(("options", "folder"), [([], ROOT / ".venv"), (["--venv", "elsewhere"], Path("elsewhere"))])
def test_run_works_in_the_environment_that_was_chosen(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, options: list[str], folder: Path
) -> None:
    """A word is installed and run in the folder after --venv, and in .venv beside the script where none is given."""
    installed: list[tuple[Path, str]] = []
    calls: list[list[str]] = []
    monkeypatch.setattr(run, "install", lambda venv, extra, wheels: installed.append((venv, extra)))
    monkeypatch.setattr(run.subprocess, "call", lambda command, **_: calls.append(command) or 0)
    assert run.main(["bench", *options, "start"]) == 0
    assert installed == [(folder.resolve(), "bench")]
    assert [command[1:] for command in calls] == [["-m", "benchmarks", "start"]]
    assert Path(calls[0][0]).is_relative_to(folder.resolve())


def test_run_leaves_a_folder_that_is_no_environment(run: ModuleType, tmp_path: Path) -> None:
    """A folder of somebody's own after --venv is not taken for a broken environment and removed."""
    (tmp_path / "notes.txt").write_text("kept")
    with pytest.raises(SystemExit):
        run.install(tmp_path, "", None)
    assert (tmp_path / "notes.txt").read_text() == "kept"


def test_all_brings_every_extra_for_users() -> None:
    """The extra [all] is whatever the other extras for users bring."""
    extras = PROJECT["project"]["optional-dependencies"]
    (line,) = extras["all"]
    assert Requirement(line).extras == set(extras) - {"all", "dev", *load(ROOT / "run.py").WORDS}


def test_every_word_has_its_own_extra(run: ModuleType) -> None:
    """CI runs each word of run.py that checks something, each in an environment of its own."""
    extras = PROJECT["project"]["optional-dependencies"]
    assert {extra for extra, _ in run.WORDS.values()} - {""} <= set(extras)
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert set(re.findall(r"(?m)^ *(?:step \S+ )?word (\w+)", script)) == set(run.WORDS) - {"format"}


@pytest.mark.parametrize(("ci", "status"), [("", 0), ("true", 1)])
def test_nothing_is_skipped_in_ci(ci: str, status: int, tmp_path: Path) -> None:
    """A test without its tool, and a module that leaves itself out, are skipped by name here and fail in CI."""
    shutil.copy(ROOT / "conftest.py", tmp_path)
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = needs")
    (tmp_path / "test_tool.py").write_text(
        "import pytest\n@pytest.mark.needs('no-such-tool')\ndef test_it():\n    assert True\n"
    )
    (tmp_path / "test_left_out.py").write_text("import pytest\npytest.importorskip('no_such_module')\n")
    (tmp_path / "test_known.py").write_text("import pytest\n@pytest.mark.xfail\ndef test_it():\n    assert False\n")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=tmp_path,
        env={**os.environ, "CI": ci, "PYTHONPATH": str(ROOT / "tests" / "docs"), "PYTHONUTF8": "1"},
    )
    assert done.returncode == (2 if ci else 0), done.stdout
    assert "no-such-tool" in done.stdout or ci
    only = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "test_tool.py", "-p", "no:cacheprovider"],
        capture_output=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "CI": ci, "PYTHONPATH": str(ROOT / "tests" / "docs"), "PYTHONUTF8": "1"},
    )
    assert only.returncode == status


def test_bench_holds_ratios_against_limits() -> None:
    """A ratio is within its limit up to and including the limit."""
    bench = load(ROOT / "benchmarks" / "__main__.py")
    assert [bench.verdict(ratio, 1.5) for ratio in (1.49, 1.5, 1.51)] == ["ok", "ok", "OVER"]


def test_bench_fails_over_a_limit(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The runner prints every ratio and its exit status says whether one is over, unless it is only to tell."""
    bench = load(ROOT / "benchmarks" / "__main__.py")
    monkeypatch.setattr(bench, "HERE", tmp_path)
    (tmp_path / "bench_a.py").write_text("def ratios():\n    yield 'quick', 0.5, 1\n")
    assert bench.main([]) == 0
    (tmp_path / "bench_b.py").write_text("def ratios():\n    yield 'slow', 2.0, 1.5\n")
    assert bench.main([]) == 1
    assert bench.main(["_a"]) == 0
    said = capsys.readouterr().out
    assert "quick" in said
    assert "2 ratios, 1 over their limit" in said
    assert bench.main(["--tell"]) == 0
    assert "OVER" in capsys.readouterr().out


@pytest.mark.parametrize("broken", ["import no_such_module\n", "def ratios():\n    yield 'a', 1, 1\n    1 / 0\n"])
def test_bench_fails_where_a_benchmark_cannot_run(
    broken: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A benchmark that cannot run is named and fails, even where ratios are only told; the others run on."""
    bench = load(ROOT / "benchmarks" / "__main__.py")
    monkeypatch.setattr(bench, "HERE", tmp_path)
    (tmp_path / "bench_a.py").write_text(broken)
    (tmp_path / "bench_b.py").write_text("def ratios():\n    yield 'quick', 0.5, 1\n")
    assert bench.main(["--tell"]) == 2
    said = capsys.readouterr()
    assert "cannot run: bench_a" in said.out
    assert "quick" in said.out
    assert "Error" in said.err


def test_the_package_is_small() -> None:
    """What is installed stays below the 2.5 MB that the documentation promises."""
    package = ROOT / "src" / "perfeval"
    files = [path for path in package.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert sum(path.stat().st_size for path in files) < 2_500_000
