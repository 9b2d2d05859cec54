"""不打印: what a plugin prints while it is loaded goes to the log, never into the output of a report.

Only what the loading thread writes is caught: other threads go on printing as before.
"""

from __future__ import annotations

import contextlib
import io
import sys
from typing import TYPE_CHECKING, TextIO

from perfeval.plugins.slow_loading import logger

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Caught(io.TextIOBase):
    """A stand-in for standard output: keeps what one thread writes, lets all else through."""

    def __init__(self, through: TextIO) -> None:
        from threading import get_ident

        self.through, self.mine, self.ident, self.kept = through, get_ident(), get_ident, io.StringIO()
        self.open = True

    def write(self, text: str) -> int:
        if self.open and self.ident() == self.mine:
            return self.kept.write(text)
        return self.through.write(text)

    def flush(self) -> None:
        if not self.open or self.ident() != self.mine:
            self.through.flush()

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self.through.encoding


@contextlib.contextmanager
def logged(owner: str) -> Iterator[None]:
    """While a plugin of *owner* (distribution and version) is loaded: its lines on standard output are logged."""
    before = sys.stdout
    if before is None:  # a program without a console
        yield
        return
    caught = _Caught(before)
    sys.stdout = caught
    try:
        yield
    finally:
        caught.open = False  # for whoever kept it
        if sys.stdout is caught:
            sys.stdout = before
        lines = caught.kept.getvalue().splitlines()
        if any(lines):
            for line in filter(str.strip, lines):
                logger().info("%s: %s", owner, line)
