"""Runs the examples of README, docs and docstrings with sybil.

In Markdown a block's language says what is done with it:

- ``python`` is executed; what it prints must be the next ``output`` block of the page, if one follows;
- ``yaml`` is written to the file that its first line names (``# case.yaml``) in the page's own folder, and
  a framework, category or case is read;
- ``console`` runs each ``$ perfeval …`` line in that folder and compares what it prints;
- ``text``, ``toml``, ``json`` and ``sh`` are only shown; nothing else is allowed (tests/test_project.py).

Every page starts in an empty folder and runs from top to bottom.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sybil import Sybil
from sybil.document import PythonDocStringDocument
from sybil.parsers.myst import CodeBlockParser, SkipParser
from sybil.parsers.rest import DocTestParser

if TYPE_CHECKING:
    from sybil import Example

ROOT = Path(__file__).resolve().parents[2]
RUN = ("python", "output", "yaml", "console")
SHOWN = ("text", "toml", "json", "sh")
ANYTHING = "..."
"""A line of only this stands for any number of lines, inside a line for any text."""


def same(expected: str, got: str) -> None:
    """Fail unless *got* reads as *expected* does, trailing blanks and empty lines at the ends apart."""
    want = [line.rstrip() for line in expected.strip("\n").splitlines()]
    have = [line.rstrip() for line in got.strip("\n").splitlines()]
    pattern = "".join(
        r"(?:.*\n)*?" if line.strip() == ANYTHING else re.escape(line).replace(re.escape(ANYTHING), ".*?") + r"\n"
        for line in want
    )
    if re.fullmatch(pattern, "".join(f"{line}\n" for line in have)) is None:
        message = "the page shows:\n{}\n\nbut this came:\n{}".format("\n".join(want), "\n".join(have))
        raise AssertionError(message)


def execute(code: str, namespace: dict[str, Any], path: str = "page", line: int = 0) -> str:
    """Execute a block and give what it printed."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile("\n" * line + code, path, "exec"), namespace)
    return printed.getvalue()


def write_named(text: str) -> Path | None:
    """Write a block to the file that its first line names, if it names one, and say where."""
    named = re.match(r"#\s*(\S+\.yaml)\s*$", text.splitlines()[0])
    if not named:
        return None
    path = Path(named[1])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def run_console(line: str) -> str:
    """Run one ``perfeval …`` line as a process of its own and give what it prints."""
    words = shlex.split(line, comments=True)
    assert words[0] == "perfeval", f"only perfeval is run here: {line}"
    done = subprocess.run(
        [sys.executable, "-m", "perfeval", *words[1:]],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        env={**os.environ, "PYTHONUTF8": "1", "COLUMNS": "100"},
    )
    return done.stdout.decode()


def python(example: Example) -> None:
    """Execute a block; keep what it printed for an ``output`` block."""
    line = example.line + example.parsed.line_offset
    example.namespace["_printed"] = execute(example.parsed, example.namespace, example.path, line)


def output(example: Example) -> None:
    """Compare with what the block before printed."""
    same(example.parsed, example.namespace.pop("_printed"))


def yaml(example: Example) -> None:
    """Write the file that the first line names; read the framework, category or case as a user's file would be."""
    import perfeval as pe
    from perfeval.reading.case import read_framework

    text = str(example.parsed)
    path = write_named(text)
    kind = re.search(r"(?m)^perfeval:\s*(\w+)/", text)
    if kind:
        readers = {
            "case": pe.read,
            "framework": read_framework,
            "category": pe.read_category,
            "monitoring": pe.monitoring_rules,
        }
        readers[kind[1]](path or text.encode())


def console(example: Example) -> None:
    """Run each ``$ perfeval`` line and compare what follows it."""
    commands = re.split(r"(?m)^\$ ", str(example.parsed))
    assert commands[0].strip() == "", "a console block begins with '$ '"
    for command in commands[1:]:
        line, _, expected = command.partition("\n")
        same(expected, run_console(line))


def start(namespace: dict[str, Any]) -> None:
    """Give each page an empty folder of its own, with the examples at hand."""
    namespace["_home"] = Path.cwd()
    namespace["_folder"] = tempfile.mkdtemp(prefix="perfeval-docs-")
    os.chdir(namespace["_folder"])
    if (ROOT / "examples").is_dir():
        shutil.copytree(ROOT / "examples", "examples")


def stop(namespace: dict[str, Any]) -> None:
    """Go back and remove the page's folder."""
    os.chdir(namespace["_home"])
    shutil.rmtree(namespace["_folder"], ignore_errors=True)


pages = Sybil(
    name="pages",
    parsers=[
        CodeBlockParser("python", python),
        CodeBlockParser("output", output),
        CodeBlockParser("yaml", yaml),
        CodeBlockParser("console", console),
        SkipParser(),
    ],
    patterns=["README*.md", "docs/**/*.md", "docs/*.md"],
    excludes=["docs/_build/**"],
    path=str(ROOT),
    setup=start,
    teardown=stop,
)

docstrings = Sybil(
    name="docstrings",
    parsers=[DocTestParser()],
    pattern="src/**/*.py",
    path=str(ROOT),
    document_types={".py": PythonDocStringDocument},
)

pytest_collect_file = (pages + docstrings).pytest()
