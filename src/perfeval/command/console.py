"""控制台: output that no encoding breaks, JSON in UTF-8 always, and what the command says when it is called without a word."""

from __future__ import annotations

import codecs
import sys
from typing import TYPE_CHECKING, Any

from perfeval.locales.messages import message

if TYPE_CHECKING:
    from perfeval.papers.screen.grid import Screen

SPELLED = {"²": "2", "³": "3", "µ": "u", "μ": "u", "✓": "√", "−": "-", "㎡": "平方米", "—": "-"}
"""What stands on a console for a character that its encoding lacks."""


def _spell(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end]
    return "".join(SPELLED.get(char, "?") for char in text), error.end


def prepare() -> None:
    """Let standard output and error spell what their encoding lacks instead of stopping."""
    codecs.register_error("perfeval", _spell)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="perfeval")


def console() -> Screen:
    """A rich console where somebody watches; for a pipe or a file the same lines without colours."""
    if not sys.stdout.isatty():
        from perfeval.papers.screen.grid import Plain

        return Plain(sys.stdout)
    from rich.console import Console

    return Console(file=sys.stdout, highlight=False, emoji=False)


def write_json(text: str) -> None:
    """JSON to standard output as UTF-8, whatever the console's encoding."""
    buffer: Any = getattr(sys.stdout, "buffer", None)
    if buffer is None:  # a caller that captures text
        sys.stdout.write(text)
        return
    sys.stdout.flush()
    buffer.write(text.encode())
    buffer.flush()


WELCOME = message(
    "perfeval：预算绩效自评\n"
    "\n"
    "先看示例：\n"
    "  perfeval demo\n"
    "\n"
    "评价一个案例，列出每一分的理由和每一处矛盾：\n"
    "  perfeval evaluate 案例.yaml\n"
    "\n"
    "写出自评报告：\n"
    "  perfeval evaluate 案例.yaml -o 自评报告.docx\n"
    "\n"
    "查一个数怎么读、一条审核规则是什么意思：\n"
    "  perfeval figure 近30万元\n"
    "  perfeval explain points-sum\n"
    "\n"
    "全部命令：perfeval --help"
)
