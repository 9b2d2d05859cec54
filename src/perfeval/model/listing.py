"""得分表: the score tree as rows of text, and those rows as a plain table or an HTML table.

One table, many papers: the terminal, the Markdown report and the notebook all show these rows.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from attrs import frozen

from perfeval.locales import say
from perfeval.quantities.quantity import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval.model.evaluation import Evaluation, Score


@frozen
class Line:
    """得分表的一行: the cells as text, and how deep the node stands."""

    depth: int
    name: str
    points: str
    target: str
    actual: str
    earned: str
    stated: str
    because: str

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells in the order of the headings."""
        return (self.name, self.points, self.target, self.actual, self.earned, self.stated, self.because)


def headings(locale: str = "zh_Hans") -> tuple[str, ...]:
    """名称 分值 指标值 完成值 得分 自评 说明."""
    return (
        say("名称", locale),
        say("分值", locale),
        say("指标值", locale),
        say("完成值", locale),
        say("得分", locale),
        say("自评", locale),
        say("说明", locale),
    )


def lines(evaluation: Evaluation, locale: str = "zh_Hans") -> tuple[Line, ...]:
    """Every node of the score tree, the total first."""
    return tuple(_lines(evaluation.score, 0, locale))


def _lines(score: Score, depth: int, locale: str) -> Iterator[Line]:
    target = getattr(score.of.target, "text", "") or ""
    actual = score.actual.text if score.actual is not None else ""
    yield Line(
        depth,
        score.name,
        number(score.points),
        target,
        actual or computed_actual(score),
        earned_text(score),
        score.stated.text if score.stated is not None else "",
        score.because_in(locale),
    )
    for part in score.parts:
        yield from _lines(part, depth + 1, locale)


def number(points: Quantity | None) -> str:
    """Points as a bare number, for a column headed 分值: 10, 9.91; — where there are none."""
    if points is None:
        return "—"
    from perfeval.quantities.formatters import text

    return text(Quantity(points.number))


def earned_text(score: Score) -> str:
    """The computed points, to the framework's places; the range where they are not decided."""
    places = len(str(score.of.scale)) - 1
    if score.steps is not None:
        return _places(score.steps, places)
    if score.low_steps == score.high_steps or (score.why_not is not None and not score.of.judge and not score.parts):
        return "—"
    return f"{_places(score.low_steps, places)}～{_places(score.high_steps, places)}"


def _places(steps: int, places: int) -> str:
    digits = str(abs(steps)).rjust(places + 1, "0")
    sign = "-" if steps < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


def computed_actual(score: Score) -> str:
    """完成值 where a formula gives it: its value to hundredths, as printed beside the amounts it comes from."""
    value = score.computed_actual
    if value is None:
        return ""
    from perfeval.quantities.formatters import text

    return text(value.to("%") if value.unit.rate else value, digits=2)


def width(text: str) -> int:
    """Columns that *text* takes on a console: two for a Chinese character."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def plain(evaluation: Evaluation, locale: str = "zh_Hans") -> str:
    """The table as plain text, columns aligned for Chinese."""
    rows = [headings(locale)]
    for line in lines(evaluation, locale):
        rows.append(("  " * line.depth + line.name, *line.cells[1:]))
    wide = [max(width(row[column]) for row in rows) for column in range(6)]
    return "\n".join(
        "  ".join([*(cell + " " * (wide[i] - width(cell)) for i, cell in enumerate(row[:6])), row[6]]).rstrip()
        for row in rows
    )


def html(evaluation: Evaluation, locale: str = "zh_Hans") -> str:
    """The table and the findings as an HTML fragment; every text is escaped."""
    head = "".join(f"<th>{escape(cell)}</th>" for cell in headings(locale))
    body = "".join(
        f'<tr><td style="padding-left:{line.depth + 0.5}em">{escape(line.name)}</td>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in line.cells[1:])
        + "</tr>"
        for line in lines(evaluation, locale)
    )
    findings = "".join(f"<li>{escape(finding.in_locale(locale))}</li>" for finding in evaluation.findings)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><ul>{findings}</ul>"
