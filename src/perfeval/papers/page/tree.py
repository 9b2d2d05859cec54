"""网页的得分树: every node with its numbers, its reason and the steps behind it; and the points that were lost.

Computed (核算) and stated (自报) stand side by side; which is which is always said.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from perfeval.locales.messages import say
from perfeval.locales.words import word
from perfeval.model.names import REVIEWED_BELOW
from perfeval.papers.blocks import Table
from perfeval.papers.page.charts import FULL, HATCHED, Bar, BarGroup, Chart, chart
from perfeval.quantities.formatters import EMPTY
from perfeval.quantities.quantity import Quantity
from perfeval.results.score_table import earned_text, line, number, title

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from perfeval.quantities.figure import Figure
    from perfeval.results.evaluation import Evaluation
    from perfeval.results.score import Score

Links = tuple[tuple[str, str], ...]
"""Findings about a node: (key on the page, words)."""


class Branch(NamedTuple):
    """树上一点: what one node of the score tree shows, folded and unfolded."""

    key: str
    name: str
    numbers: tuple[tuple[str, str], ...]
    tags: tuple[str, ...]
    because: str
    facts: tuple[tuple[str, str], ...]
    trace: tuple[str, ...]
    findings: Links
    parts: tuple[Branch, ...]
    open: bool


class EvaluationTree(NamedTuple):
    """一份评价: the office's or one project's evaluation on the page."""

    title: str
    cards: tuple[tuple[str, str, str], ...]
    tree: Branch
    losses: tuple[str, ...]
    chart: Chart | None
    table: Table | None


class Loss(NamedTuple):
    """失分: what one indicator lost as computed and as stated; None where that is not known."""

    score: Score
    computed: Fraction | None
    stated: Fraction | None

    @property
    def most(self) -> Fraction:
        """The larger of the two."""
        return max(self.computed or Fraction(0), self.stated or Fraction(0))


def whole(evaluation: Evaluation, at: int, links: Mapping[int, Links], points: str, locale: str) -> EvaluationTree:
    """The *at*-th evaluation of the page; *points* says which value stands first."""
    lost = losses(evaluation)
    return EvaluationTree(
        title(evaluation, locale),
        _cards(evaluation, points, locale),
        _branch(evaluation.score, f"node-{at}", links, points, locale, evaluation.reviewed),
        tuple(_loss_lines(evaluation.score, lost, locale)),
        _loss_chart(lost, f"lost-{at}", locale) if lost else None,
        _loss_table(lost, locale) if lost else None,
    )


def computed(score: Score, locale: str) -> str:
    """核算得分 as text, 未定 where nothing decides it."""
    text = earned_text(score, locale)
    return say("未定", locale) if text == EMPTY else text


def stated(score: Score) -> str:
    """自报得分 as the office wrote it, without its unit; '' for none."""
    return score.stated.text.removesuffix("分").strip() if score.stated is not None else ""


def _order(points: str, own: tuple[str, str], said: tuple[str, str]) -> tuple[tuple[str, str], tuple[str, str]]:
    return (own, said) if points == "computed" else (said, own)


def _cards(evaluation: Evaluation, points: str, locale: str) -> tuple[tuple[str, str, str], ...]:
    score = evaluation.score
    own = (say("核算得分", locale), computed(score, locale))
    said = (say("自报得分", locale), stated(score) or say("没有填报", locale))
    why = score.in_locale(locale) if score.steps is None else ""
    full = say("满分{points}分", locale, points=number(score.points))
    cards = [(*each, why if each is own and why else full) for each in _order(points, own, said)]
    if evaluation.grade:
        grade = word("grade", evaluation.grade, locale)
        cards.append((say("评价等级", locale), grade, say("按核算得分", locale)))
    return (*cards, *_grades(evaluation, locale))


def _grades(evaluation: Evaluation, locale: str) -> Iterator[tuple[str, str, str]]:
    """The grades that the office and its reviewer give, the reviewer's with how far it is below."""
    case = evaluation.case
    if evaluation.plan.of_project:
        return
    if case.grade:
        yield say("自评等级", locale), word("grade", case.grade, locale), say("单位自报", locale)
    if case.reviewed is not None and case.reviewed.grade:
        below = evaluation.stated(REVIEWED_BELOW)
        steps = below.quantity.number if below is not None and below.quantity is not None else 0
        note = say("低于自评{n}档", locale, n=str(steps)) if steps > 0 else say("复核单位所给", locale)
        yield say("复核等级", locale), word("grade", case.reviewed.grade, locale), note


# -- 得分与理由 -------------------------------------------------------------------------------------


def _branch(
    score: Score, key: str, links: Mapping[int, Links], points: str, locale: str, reviewed: Mapping[str, Figure]
) -> Branch:
    row = line(score, locale=locale, reviewed=reviewed)
    own = (say("核算", locale), computed(score, locale))
    said = (say("自报", locale), stated(score) or EMPTY)
    lost = score.lost
    numbers = (
        (say("分值", locale), row.points),
        *_order(points, own, said),
        (say("核算失分", locale), number(lost)) if lost is not None and lost.base > 0 else ("", ""),
        *(((say("复核", locale), row.reviewed),) if reviewed else ()),
    )
    office = score.of.row
    facts = [
        (say("指标值", locale), row.target),
        (say("完成值", locale), row.actual),
        (say("偏差原因", locale), office.reason.strip() if office is not None and office.reason else ""),
    ]
    own_links = links.get(id(score), ())
    tags = [say("评定", locale)] if not score.parts and score.by == "评定" else []
    if own_links:
        tags.append(say("审核意见{n}条", locale, n=len(own_links)))
    because = row.because
    return Branch(
        key,
        row.name,
        numbers,
        tuple(tags),
        because,
        tuple((term, text) for term, text in facts if text),
        tuple(_steps(score, because, locale)),
        own_links,
        tuple(_branch(part, f"{key}-{i}", links, points, locale, reviewed) for i, part in enumerate(score.parts, 1)),
        bool(score.parts),
    )


def _steps(score: Score, because: str, locale: str) -> Iterator[str]:
    """The trace without its heading and without what the reason says already."""
    for each in score.trace_in(locale)[1:]:
        text = each.strip()
        if not because or not text.endswith(because):
            yield text


# -- 失分 -------------------------------------------------------------------------------------------


def losses(evaluation: Evaluation) -> tuple[Loss, ...]:
    """Indicators that lost points, as computed or as stated, the most first."""
    found = (Loss(score, *_lost(score)) for score in evaluation.score.walk() if not score.parts)
    return tuple(sorted((each for each in found if each.most > 0), key=lambda each: -each.most))


def _lost(score: Score) -> tuple[Fraction | None, Fraction | None]:
    """Points lost as computed and as stated."""
    said = score.stated.quantity if score.stated is not None else None
    whole, lost = score.points, score.lost
    if whole is None or score.of.not_applicable:
        return None, None
    own = None if lost is None else lost.base
    return own, None if said is None or not said.unit.same_kind(whole.unit) else whole.base - said.base


def _points(lost: Fraction) -> str:
    return number(Quantity(lost, "分"))


def _loss_lines(root: Score, found: Sequence[Loss], locale: str) -> Iterator[str]:
    """The whole's loss beside the sum of its indicators' losses, as computed and as stated."""
    own, said = _lost(root)
    if own is None and said is None:
        yield say("核算和自报的总分都没有定下来，说不出总分失了多少。", locale)
    for lost, which, listed in (
        (own, say("核算", locale), [each.computed for each in found]),
        (said, say("自报", locale), [each.stated for each in found]),
    ):
        if lost is None:
            continue
        total = sum((each for each in listed if each is not None), Fraction(0))
        if lost == total:
            yield say("{which}：总分失{lost}分。", locale, which=which, lost=_points(lost))
        else:
            yield say(
                "{which}：总分失{lost}分，各项指标合计失{total}分，相差{gap}分不在列出的指标里（未列明、未核算或调整所致）。",
                locale,
                which=which,
                lost=_points(lost),
                total=_points(total),
                gap=_points(abs(lost - total)),
            )


def _loss_label(each: Loss, locale: str) -> str:
    own = say("核算未定", locale) if each.computed is None else say("核算失{n}分", locale, n=_points(each.computed))
    said = say("自报未填", locale) if each.stated is None else say("自报失{n}分", locale, n=_points(each.stated))
    return f"{own}　{said}"


def _loss_chart(found: Sequence[Loss], key: str, locale: str) -> Chart:
    most = max(each.most for each in found)
    groups = [
        BarGroup(
            each.score.name,
            _loss_label(each, locale),
            tuple(
                Bar(max(lost, Fraction(0)) / most, fill)
                for lost, fill in ((each.computed, FULL), (each.stated, HATCHED))
                if lost is not None
            ),
        )
        for each in found
    ]
    listed = [f"{group.name} {group.label}" for group in groups]
    return chart(
        key,
        say("各项指标失分", locale),
        say("横条长短表示失分多少，由多到少：{list}", locale, list=say("；", locale).join(listed)),
        groups,
        ((FULL, say("核算失分（实心）", locale)), (HATCHED, say("自报失分（斜纹）", locale))),
    )


def _loss_table(found: Sequence[Loss], locale: str) -> Table:
    rows = []
    numbers = count(1)
    for each in found:
        office = each.score.of.row
        reason = office.reason.strip() if office is not None and office.reason else ""
        said = say("偏差原因：{reason}", locale, reason=reason) if reason else ""
        rows.append(
            (
                str(next(numbers)),
                each.score.path,
                number(each.score.points),
                EMPTY if each.computed is None else _points(each.computed),
                EMPTY if each.stated is None else _points(each.stated),
                "\n".join(filter(None, (each.score.in_locale(locale), said))),
            )
        )
    heads = (
        say("序号", locale), say("指标", locale), say("分值", locale),
        say("核算失分", locale), say("自报失分", locale), say("理由", locale),
    )  # fmt: skip
    return Table(say("失分及理由", locale), heads, tuple(rows), left=(1, 5))
