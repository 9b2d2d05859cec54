"""命令行补全: what Tab offers behind a command — names that are known without importing anybody's code."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    import click
    from click.shell_completion import CompletionItem

    from perfeval.plugins.entry_points import Entry


def files(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """Files and folders: the shell's own business."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(typed, type="file")]


def frameworks(context: click.Context, parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """Installed frameworks by category/name; the shell's files where none begins so."""
    return _items(_frameworks(), typed) or files(context, parameter, typed)


def keys(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """The keys of installed categories, from what their packages register."""
    from perfeval.plugins.entry_points import entries

    return _items((each.key for each in entries()), typed)


def explainable(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """Codes of the checks and names of the scoring strategies that perfeval brings."""
    from perfeval.strategies.built_in import BUILT_IN

    return _items((*_checks(), *BUILT_IN), typed)


def codes(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """Codes of checks, the last of several parted by commas."""
    at = max(typed.rfind(","), typed.rfind("，")) + 1
    before = typed[:at]
    written = before.replace("，", ",").split(",")
    return _items((before + code for code in _checks() if code not in written), typed)


def _items(names: Iterable[str], typed: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(name) for name in names if name.startswith(typed)]


def _checks() -> tuple[str, ...]:
    from perfeval.engine.checks.built_in import own_checks

    return tuple(sorted(each.code for each in own_checks()))


def _frameworks() -> list[str]:
    from perfeval.errors import PerfevalError
    from perfeval.plugins import loading
    from perfeval.plugins.entry_points import entries

    found: list[str] = []
    for each in entries():
        if _is_data(each):
            with contextlib.suppress(PerfevalError):  # a broken one offers nothing; the list of categories says why
                found += [f"{each.key}/{name}" for name in loading.frameworks(each.key)]
    return found


def _is_data(found: Entry) -> bool:
    """Whether a category's frameworks are files that are found without running any code but perfeval's."""
    return found.distribution == "perfeval" or not set(found.value) & {":", "."}
