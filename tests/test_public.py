"""公开的名称: what the documentation promises is what there is, no more and no less."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[1] / "docs" / "compatibility.md").read_text(encoding="utf-8")
PROMISED = {
    module: re.findall(r"`(\w+)`", line) for module, line in re.findall(r"(?m)^- `(perfeval(?:\.\w+)?)`：(.*)$", PAGE)
}


@pytest.mark.parametrize("module", ["perfeval", "perfeval.testing", "perfeval.bulk.dataframes"])
def test_promised_is_public(module: str) -> None:
    """The page lists exactly the names of the module, in its order."""
    assert PROMISED[module] == import_module(module).__all__


@pytest.mark.parametrize("module", PROMISED)
def test_public_is_there(module: str) -> None:
    """Every promised name can be had."""
    home = import_module(module)
    for name in PROMISED[module]:
        assert getattr(home, name) is not None


def test_four_modules_are_promised() -> None:
    """The page is read as it is meant: four public modules."""
    assert list(PROMISED) == [
        "perfeval",
        "perfeval.testing",
        "perfeval.bulk.dataframes",
        "perfeval.engine.checks.built_in",
    ]


def test_commands_are_documented() -> None:
    """Every command and every option says what it is for: the reference is made from that."""
    import click

    from perfeval.command.main import perfeval

    for name, command in perfeval.commands.items():
        assert command.help, name
        for option in command.params:
            assert option.help if isinstance(option, click.Option) else True, (name, option.name)
