"""Message catalogues: collect every Chinese template of the source and bring the .po files up to date.

``python tools/messages.py`` rewrites ``src/perfeval/locales/<locale>/LC_MESSAGES/perfeval.po``: new
messages come in empty, translations are kept, what the source no longer says goes. With ``--check``
nothing is written; the exit status is 1 where a catalogue lacks a message or keeps a dead one.

A template is a literal: the second argument of ``problem()``, the first of ``say()``,
``translate()``, ``message()`` and ``Basis()``, the one behind a code (``refuse("bad-date", "…")``,
whatever is called so), or a keyword argument ``sentence=`` of a decorator. Both sides of ``a if b
else c`` count. So does what stands under each heading of the documentation of a check.
"""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "perfeval"
LOCALES = ("zh_Hant", "en")
CALLS = {"problem": (2,), "say": (1,), "translate": (1,), "message": (1,), "Basis": (1,)}
"""Function → the position of its template, as Babel writes keywords."""
CODE = re.compile(r"[a-z]+(-[a-z0-9]+)*")
CHINESE = re.compile("[一-鿿]")
KEYWORDS = ("sentence", "title", "advice", "note", "rows")
"""Keyword arguments that hold a template, whatever is called with them."""


def literals(node: ast.expr) -> Iterator[str]:
    """The literal texts that *node* can be."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from literals(node.body)
        yield from literals(node.orelse)
    elif isinstance(node, ast.Dict):
        for value in node.values:
            yield from literals(value)


def documented(node: ast.FunctionDef) -> Iterator[str]:
    """What stands under each heading in the docstring of a check, as ``perfeval explain`` prints it."""
    from perfeval.results.check import headings

    for decorator in node.decorator_list:
        if isinstance(decorator, ast.Call) and getattr(decorator.func, "id", "") == "check":
            written = ast.get_docstring(node)
            if written is not None:
                yield from (words for _, words in headings(written, node.name) if CHINESE.search(words))


def templates(fileobj: Any, *_: Any, **__: Any) -> Iterator[tuple[int, str, list[str], str | None]]:
    """A Babel extraction method: line, function and arguments of every place that holds a template."""
    for node in ast.walk(ast.parse(fileobj.read())):
        found: Iterator[str] = iter(())
        if isinstance(node, ast.FunctionDef):
            found = documented(node)
        elif isinstance(node, ast.Call):
            found = called(node)
        for text in found:
            yield node.lineno, "message", [text], None


def called(node: ast.Call) -> Iterator[str]:
    """The templates that a call holds."""
    function = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if function in CALLS:
        (position,) = CALLS[function]
        if len(node.args) >= position:
            yield from filter(None, literals(node.args[position - 1]))
    elif len(node.args) > 1 and any(CODE.fullmatch(text) for text in literals(node.args[0])):
        yield from filter(CHINESE.search, literals(node.args[1]))
    for keyword in node.keywords:
        if keyword.arg == "basis":
            yield from filter(CHINESE.search, literals(keyword.value))
        elif keyword.arg in KEYWORDS:
            yield from filter(None, literals(keyword.value))


def collect(source: Path = SOURCE) -> dict[str, list[str]]:
    """Every message id of *source* → the files that say it, both in order."""
    found: dict[str, list[str]] = {}
    for path in sorted(source.rglob("*.py")):
        name = path.relative_to(source.parent).as_posix()
        with path.open("rb") as file:
            for _, text, _, _ in extract(templates, file, keywords={"message": None}):
                where = found.setdefault(str(text), [])
                if name not in where:
                    where.append(name)
    return found


def catalogue(locale: str) -> Path:
    """The .po file of *locale*."""
    return SOURCE / "locales" / locale / "LC_MESSAGES" / "perfeval.po"


def load(path: Path, locale: str) -> Catalog:
    """The catalogue in *path*, or an empty one."""
    if not path.exists():
        return Catalog(locale=locale)
    with path.open("rb") as file:
        return read_po(file, locale=locale)


def update(found: dict[str, list[str]], locale: str, path: Path) -> None:
    """Rewrite *path*: the messages *found*, with the translations that it already has."""
    old = load(path, locale)
    new = Catalog(locale=locale, project="perfeval", version="", fuzzy=False, header_comment="# perfeval 信息目录")
    for text, where in sorted(found.items()):
        known = old.get(text)
        translation = known.string if known is not None and not known.fuzzy else ""
        new.add(text, translation, locations=[(name, 0) for name in where])
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n')
        file.write(f'"Language: {locale}\\n"\n\n'.encode())
        write_po(file, new, width=0, omit_header=True, no_location=True)


def main(arguments: list[str]) -> int:
    """Update the catalogues, or with --check say what they lack."""
    found = collect()
    status = 0
    for locale in LOCALES:
        path = catalogue(locale)
        if "--check" not in arguments:
            update(found, locale, path)
        known = {str(entry.id): str(entry.string) for entry in load(path, locale) if entry.id}
        empty = [text for text in found if not known.get(text)]
        dead = [text for text in known if text not in found]
        print(f"{locale}: {len(found)} messages, {len(empty)} without a translation, {len(dead)} no longer said")
        if "--list" in arguments:
            print(*empty, sep="\n")
        if "--check" in arguments and (dead or empty):
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
