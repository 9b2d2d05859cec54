"""评分方法表: the sheet beside an official table that says by which rule each indicator is scored.

The official grids have no column for it. The writer of tables adds the sheet where a row names its own rule;
read back, each rule goes to the one row that its path tells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from perfeval.documents import yaml
from perfeval.documents.cells import Cell, Cells, Fields
from perfeval.errors import InputError, problem
from perfeval.reading.forms.headings import bare
from perfeval.reading.forms.indicators import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval.documents.grid import Grid, SheetRow
    from perfeval.reading.forms.notes import Notes

TITLE = "各指标的评分方法"
OWNER, PATH, METHOD, JUDGED = "项目", "指标", "评分方法", "专家评分"
HEADINGS = (OWNER, PATH, METHOD, JUDGED)
BETWEEN = "、"
"""Between the scores of several experts."""


class Method(NamedTuple):
    """一行: of which project (blank for the table's own), which indicator, its rule and the experts' scores."""

    owner: str
    path: str
    rule: Any
    judged: Cells | None


def read(grid: Grid, notes: Notes) -> list[Method]:
    """The rules that *grid* states; nothing where it is no such sheet."""
    for row in grid.order:
        columns = {bare(grid_cell.text): grid_cell.column for grid_cell in grid.line(row)}
        if set(HEADINGS) <= columns.keys():
            return list(_lines(grid, row, columns, notes))
    return []


def _lines(grid: Grid, head: int, columns: dict[str, int], notes: Notes) -> Iterator[Method]:
    for row in grid.below(head):
        texts = {name: grid.text(row, column).strip() for name, column in columns.items()}
        if not texts[PATH]:
            continue
        rule = None
        if texts[METHOD]:
            grid_cell = grid.at(row, columns[METHOD])
            assert grid_cell is not None  # noqa: S101 - its text is there
            rule = _rule(grid_cell.cell)
            if rule is None:
                notes.add(
                    texts[PATH],
                    problem(
                        "method-unread",
                        "“{text}”读不成评分方法；请写方法的名称，如“正向”，有参数的写成“{{递减满一步: {{每: 1 百分点, 扣: 0.5 分}}}}”",
                        place=grid_cell.cell.place,
                        text=grid_cell.text,
                    ),
                )
        judged = None
        if texts[JUDGED]:
            judged = Cells(grid.source)
            judged.extend(Cell(each) for each in texts[JUDGED].split(BETWEEN))
        yield Method(texts[OWNER], texts[PATH], rule, judged)


def _rule(text: Cell) -> Any:
    """A name as it is; a rule with arguments as the fields that it writes."""
    if not text.lstrip().startswith("{"):
        return text

    try:
        (found,) = yaml.read(f"rule: {text.strip()}", text._source)
    except (InputError, ValueError):
        return None
    return found[Cell("rule")] if isinstance(found, Fields) and len(found) == 1 else None


def given(methods: list[Method], owner: str, rows: list[SheetRow]) -> None:
    """Put the rules of *owner* into the one row that each of them names."""
    for method in methods:
        if method.owner != owner:
            continue
        meant = [row for row in rows if _same(str(row[Cell("of")]), method.path)]
        if len(meant) == 1:
            meant[0].put("strategy", method.rule)
            meant[0].put("judged", method.judged)


def _same(of: str, path: str) -> bool:
    """Whether two paths end alike: a form may leave levels out."""
    one, other = (tuple(clean(part) for part in each.split("/")) for each in (of, path))
    short = min(len(one), len(other))
    return one[-short:] == other[-short:]
