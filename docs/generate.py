"""Writes the parts of the reference that the library itself knows: strategies, units, checks, commands, frameworks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def cell(value: Any) -> str:
    """Text that stands in one cell of a Markdown table."""
    return str(value).replace("|", "\\|").replace("\n", " ") or "—"


def table(head: list[str], rows: list[list[Any]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell(value) for value in line) + " |" for line in lines) + "\n"


def strategies() -> str:
    """Every built-in scoring strategy: formula, parameters, basis."""
    from perfeval.formulas.grammar import show
    from perfeval.formulas.strategies import BUILT_IN

    parts = []
    for name, strategy in BUILT_IN.items():
        lines = [f"## {name}\n", f"{strategy.note}\n" if strategy.note else ""]
        lines.append(f"类别：{strategy.kind}。依据：{strategy.basis}。\n")
        if strategy.aliases:
            lines.append(f"又名：{'、'.join(strategy.aliases)}。\n")
        if strategy.formula is not None:
            lines.append(f"```text\n{show(strategy.formula)}\n```\n")
        if strategy.rows:
            lines.append(f"逐行写明：{strategy.rows}。\n")
        if strategy.parameters:
            rows = [[p.name, p.kind, "必填" if p.default is None else p.default or "空", p.note] for p in strategy.parameters]
            lines.append(table(["参数", "种类", "不写时", "说明"], rows))
        parts.append("\n".join(line for line in lines if line))
    return "\n".join(parts)


def units() -> str:
    """Every unit of the base table and what it counts."""
    from perfeval.quantities.unit import base_units

    known = base_units()
    return table(["计量单位", "含义"], [[symbol, known.describe(symbol)] for symbol in known.names])


def commands() -> str:
    """Every command with its own help text."""
    import click

    from perfeval.cli import perfeval

    parts = []
    for name, command in sorted(perfeval.commands.items()):
        with click.Context(command, info_name=f"perfeval {name}", terminal_width=100) as context:
            parts.append(f"## {name}\n\n```text\n{command.get_help(context)}\n```\n")
    return "\n".join(parts)


PAGES = {"strategies": strategies, "units": units, "commands": commands}


def pages() -> Iterator[tuple[str, str]]:
    """Each generated page by name."""
    for name, page in PAGES.items():
        yield name, page()


def write_reference(folder: Path) -> None:
    """Write every generated page into *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
