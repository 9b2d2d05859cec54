"""The list of layouts, and what many of them share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from published.drafting import Draft
    from published.records import Content, Workbook

FUNDS = (
    ("年初预算数", "initial"), ("全年预算数", "whole"), ("全年执行数", "spent"),
    ("分值", "points"), ("执行率", "rate"), ("得分", "earned"),
)  # fmt: skip
ROWS = (
    ("一级指标", "first"), ("二级指标", "second"), ("三级指标", "name"), ("年度指标值", "target"), ("实际完成值", "actual"),
    ("分值", "points"), ("得分", "earned"), ("偏差原因分析及改进措施", "reason"),
)  # fmt: skip


@dataclass(frozen=True)
class Layout:
    """A layout: its name, what kind of office writes it, and the contents of its variants."""

    name: str
    maker: Callable[[Content, int], Draft]
    contents: tuple[Content, ...]

    def workbook(self, variant: int, content: Content | None = None) -> Workbook:
        """One variant, with a faulty content in place of its own where one is given."""
        draft = self.maker(content or self.contents[variant], variant)
        return draft.finished(self.name, str(variant + 1))


LAYOUTS: dict[str, Layout] = {}


def layout(
    name: str, *contents: Content
) -> Callable[[Callable[[Content, int], Draft]], Callable[[Content, int], Draft]]:
    """Enter a maker under *name*; each content is one variant."""

    def enter(maker: Callable[[Content, int], Draft]) -> Callable[[Content, int], Draft]:
        LAYOUTS[name] = Layout(name, maker, contents)
        return maker

    return enter


def pair(draft: Draft, column: int, label: str, text: str, across: int, key: str = "") -> None:
    """A label and its value beside it, the value merged."""
    draft.put(column, label)
    draft.put(column + 1, text, key, across=across)


def header(
    draft: Draft, second: int = 5, width: int = 9, department: str = "主管部门及代码", unit: str = "实施单位"
) -> None:
    """项目名称, 主管部门, 实施单位 as in the national form."""
    content = draft.content
    pair(draft, 1, "项目名称", content.name, width - 1)
    draft.row += 1
    pair(draft, 1, department, content.department, second - 2)
    pair(draft, second, unit, content.office, width - second)
    draft.row += 1


def signed(draft: Draft, width: int) -> None:
    """The line of signatures below a table."""
    draft.line("填报人：（示例）        联系电话：0000-00000000        单位负责人（签字）：", across=width)
