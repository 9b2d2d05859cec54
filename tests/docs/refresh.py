"""Write what the examples print now into README and docs; look at the difference before you keep it.

Blocks that already read right, those with ``...`` included, are left alone.
Usage: ``.venv/bin/python tests/docs/refresh.py [PAGE…]``
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from doc_examples import ROOT, execute, run_console, same, start, stop, write_named

BLOCK = re.compile(r"(?ms)^```(\w+)\n(.*?)^```\n(?:\n```output\n(.*?)^```\n)?")


def right(expected: str, got: str) -> bool:
    """Whether the page already shows this."""
    try:
        same(expected, got)
    except AssertionError:
        return False
    return True


def fresh(block: re.Match[str], namespace: dict[str, object]) -> str:
    """The block with what it prints now."""
    kind, source, shown = block.groups()
    if kind == "yaml":
        write_named(source)
    elif kind == "python":
        got = execute(source, namespace)
        if got and not (shown and right(shown, got)):
            return f"```python\n{source}```\n\n```output\n{trimmed(got)}```\n"
    elif kind == "console":
        parts = []
        for line, expected in run_lines(source):
            got = run_console(line)
            parts.append(f"$ {line}\n{expected if right(expected, got) else trimmed(got)}")
        return "```console\n" + "".join(parts) + "```\n"
    return block[0]


def run_lines(source: str) -> list[tuple[str, str]]:
    """Each command of a console block with what follows it."""
    parts = [part.partition("\n") for part in re.split(r"(?m)^\$ ", source)[1:]]
    return [(line, expected) for line, _, expected in parts]


def trimmed(text: str) -> str:
    """Text without blanks at the ends of its lines."""
    return "".join(f"{line.rstrip()}\n" for line in text.strip("\n").splitlines())


def main(pages: list[str]) -> None:
    """Refresh the named pages, or all."""
    paths = [Path(page).resolve() for page in pages] or [
        *ROOT.glob("README*.md"),
        *(path for path in (ROOT / "docs").rglob("*.md") if "_" not in str(path.relative_to(ROOT))),
    ]
    for path in paths:
        namespace: dict[str, object] = {}
        text = path.read_text(encoding="utf-8")
        start(namespace)
        try:
            new = BLOCK.sub(lambda block, own=namespace: fresh(block, own), text)
        finally:
            stop(namespace)
        if new != text:
            path.write_text(new, encoding="utf-8")
            print("refreshed", path.relative_to(ROOT))


if __name__ == "__main__":
    main(sys.argv[1:])
