"""得分表: the score tree as rows of text, and those rows as a plain table or an HTML table.

One table, many papers: the terminal, the Markdown report and the notebook all show these rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from perfeval.locales.messages import message, say, translate
from perfeval.locales.width import width
from perfeval.quantities.formatters import text
from perfeval.quantities.quantity import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from perfeval.errors import Place
    from perfeval.quantities.figure import Figure
    from perfeval.results.evaluation import Evaluation
    from perfeval.results.finding import Finding
    from perfeval.results.score import Score
    from perfeval.results.scored import Scored

ROOT = "总分"
"""The path of the whole."""
_REVIEWED = 6
"""The column of the reviewer's points."""
OURS = (message("资金"), message("存在的问题"))
"""What findings are about that no framework and no category has named."""


class ScoreLine(NamedTuple):
    """得分表的一行: the cells as text, and how deep the node stands."""

    depth: int
    name: str
    points: str
    target: str
    actual: str
    earned: str
    stated: str
    reviewed: str
    because: str

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells in the order of the headings."""
        return self[1:]


def headings(locale: str = "zh_Hans") -> tuple[str, ...]:
    """名称 分值 指标值 完成值 得分 自评 复核 说明."""
    return (
        say("名称", locale),
        say("分值", locale),
        say("指标值", locale),
        say("完成值", locale),
        say("得分", locale),
        say("自评", locale),
        say("复核", locale),
        say("说明", locale),
    )


def lines(evaluation: Evaluation, locale: str = "zh_Hans") -> tuple[ScoreLine, ...]:
    """Every node of the score tree, the total first."""
    return tuple(_lines(evaluation.score, 0, locale, evaluation.reviewed))


def _lines(score: Score, depth: int, locale: str, reviewed: Mapping[str, Figure]) -> Iterator[ScoreLine]:
    yield line(score, depth, locale, reviewed)
    for part in score.parts:
        yield from _lines(part, depth + 1, locale, reviewed)


def line(
    score: Score, depth: int = 0, locale: str = "zh_Hans", reviewed: Mapping[str, Figure] | None = None
) -> ScoreLine:
    """The row of one node; *reviewed* are the reviewer's points by path."""
    review = reviewed.get(score.path) if reviewed else None
    actual = score.actual.text if score.actual is not None else ""
    return ScoreLine(
        depth,
        name(score, locale),
        number(score.points),
        getattr(score.of.target, "text", "") or "",
        actual or computed_actual(score),
        earned_text(score, locale),
        score.stated.text if score.stated is not None else "",
        review.text.removesuffix("分") if review is not None else "",
        score.in_locale(locale),
    )


def name(score: Score, locale: str = "zh_Hans") -> str:
    """What a node is called in a table: the whole is 总分, not the name of its framework."""
    return say("总分", locale) if score.path == ROOT else score.name


def number(points: Quantity | None) -> str:
    """Points as a bare number, for a column headed 分值: 10, 9.91; — where there are none."""
    if points is None:
        return "—"
    return text(Quantity(points.number))


def earned_text(score: Scored, locale: str = "zh_Hans") -> str:
    """The computed points, to the framework's places; the range where they lie in one, 未定 where nothing bounds them."""
    node = score.of
    places = len(str(node.scale)) - 1
    if score.steps is not None:
        return _places(score.steps, places)
    low, high = score.low_steps, score.high_steps
    if score.parts:
        whole = score.points.base * node.scale if score.points is not None else None
        if low <= 0 and (whole is None or high >= whole):
            return say("未定", locale)
        if low == high:  # a veto or a cap leaves one value, whatever is still open below
            return _places(low, places)
    elif low == high or not node.judge:
        return "—"
    return f"{_places(low, places)}～{_places(high, places)}"


def _places(steps: int, places: int) -> str:
    digits = str(abs(steps)).rjust(places + 1, "0")
    sign = "-" if steps < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


def computed_actual(score: Score) -> str:
    """完成值 where a formula gives it: its value to hundredths, as printed beside the amounts it comes from."""
    value = score.computed_actual
    if value is None:
        return ""
    return two_decimals(value.to("%") if value.unit.rate else value)


def two_decimals(value: Quantity, locale: str = "zh_Hans") -> str:
    """A computed value as printed beside its inputs: two decimals, a whole count as it is."""
    whole = value.unit.counted and value.number.denominator == 1
    return text(value, locale, digits=None if whole else 2)


def title(evaluation: Evaluation, locale: str = "zh_Hans") -> str:
    """What an evaluation is about: the project's name, else the case's title or its office and year."""
    case = evaluation.case
    if evaluation.plan.of_project or not (case.title or case.office):
        return evaluation.score.name
    if case.title or case.year is None:
        return str(case.title or case.office)
    return say("{office}{year}年度", locale, office=case.office, year=case.year)


def about(finding: Finding, evaluation: Evaluation, locale: str = "zh_Hans") -> str:
    """What a finding is about, as the tables call it: 总分 for the whole."""
    return say("总分", locale) if finding.about is evaluation.score else called(finding.of, locale)


def called(of: str, locale: str = "zh_Hans") -> str:
    """What is ours in the name of a thing (资金/当年财政拨款, 存在的问题) in the reader's language; the rest as it is."""
    first, slash, rest = of.partition("/")
    return translate(first, locale) + slash + rest if first in OURS else of


def where(places: Iterable[Place], locale: str = "zh_Hans") -> str:
    """Places as short as a reader needs them: case.yaml 第44、45行; 台账.xlsx 附件1!C5; 报告.pdf 第3页 第5～9个字."""
    lines_of: dict[str, list[int]] = {}
    others: dict[str, None] = {}
    for place in places:
        source = place.source.replace("\\", "/").rpartition("/")[2]
        if place.page is not None or (place.end is not None and place.line is None):  # a passage of a document
            at = (source, place.page_in(locale), place.cell or place.path, place.characters_in(locale))
            others[" ".join(filter(None, at))] = None
        elif place.line is not None and not place.cell:
            lines_of.setdefault(source, []).append(place.line)
        else:
            others[f"{source} {place.cell or place.path}".strip()] = None
    said = [
        f"{source} {say('第{lines}行', locale, lines=say('、', locale).join(map(str, sorted(set(found)))))}".strip()
        for source, found in lines_of.items()
    ]
    return say("；", locale).join([*said, *filter(None, others)])


def plain(evaluation: Evaluation, locale: str = "zh_Hans") -> str:
    """The table as plain text, columns aligned for Chinese."""
    rows = [headings(locale), *(("  " * each.depth + each.name, *each.cells[1:]) for each in lines(evaluation, locale))]
    kept = _kept(evaluation)[:-1]
    wide = {column: max(width(row[column]) for row in rows) for column in kept}
    return "\n".join(
        "  ".join([*(row[i] + " " * (wide[i] - width(row[i])) for i in kept), row[-1]]).rstrip() for row in rows
    )


def _kept(evaluation: Evaluation) -> tuple[int, ...]:
    """The columns that are shown: 复核 only where there is any."""
    return tuple(i for i, _ in enumerate(headings()) if i != _REVIEWED or evaluation.reviewed)


def html(evaluation: Evaluation, locale: str = "zh_Hans") -> str:
    """The tables of the case and its projects and the findings as an HTML fragment; every text is escaped."""
    parts = [_html_table(each, locale) for each in (evaluation, *evaluation.projects)]
    if evaluation.findings:
        rows = (
            (
                finding.severity.in_locale(locale),
                finding.code,
                " ".join(filter(None, (about(finding, evaluation, locale), where(finding.places, locale)))),
                finding.sentence(locale),
            )
            for finding in evaluation.findings
        )
        heads = (say("等级", locale), say("编号", locale), say("位置", locale), say("说明", locale))
        parts.append(_html(say("审核意见", locale), heads, rows, ("",) * 4))
    return "".join(parts)


_RIGHT = ' style="text-align:right"'
_STYLES = ("", _RIGHT, "", "", _RIGHT, _RIGHT, _RIGHT, "")


def _html_table(evaluation: Evaluation, locale: str) -> str:
    kept, heads = _kept(evaluation), headings(locale)
    cells = (("　" * each.depth + each.name, *each.cells[1:]) for each in lines(evaluation, locale))
    rows = (tuple(row[i] for i in kept) for row in cells)
    return _html(title(evaluation, locale), tuple(heads[i] for i in kept), rows, tuple(_STYLES[i] for i in kept))


def _html(caption: str, heads: tuple[str, ...], rows: Iterable[tuple[str, ...]], styles: tuple[str, ...]) -> str:
    from html import escape

    head = "".join(f"<th>{escape(cell)}</th>" for cell in heads)
    body = "".join(
        "<tr>" + "".join(f"<td{style}>{escape(cell)}</td>" for cell, style in zip(row, styles, strict=True)) + "</tr>"
        for row in rows
    )
    return f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
