"""审核规则·文字: what the texts of a table say against its rows — goals, what was done, the year of the title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfeval.engine.checks.places import trees
from perfeval.model.target import By, Compared
from perfeval.quantities.dates import Day
from perfeval.quantities.mentions import mentions
from perfeval.results.check import Found, check, found
from perfeval.results.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval.model.case import Row
    from perfeval.quantities.figure import Figure
    from perfeval.quantities.mentions import Mention
    from perfeval.results.evaluation import Evaluation
    from perfeval.results.score import Score

ANOTHER = (
    "其中",
    "累计",
    "比上年",
    "较上年",
    "同比",
    "环比",
    "增长",
    "下降",
    "提高",
    "提升",
    "减少",
    "降低",
    "上年",
    "去年",
)
"""Words beside a number that make it another than that of the row."""
MOST = 4000
"""So many characters of a text are looked at: goals in a table are a few lines."""


@check(
    "text-differs",
    title="文字与指标表不符",
    severity=Severity.DOUBT,
    sentence={
        "goal": "年度总体目标写“{clause}”{given}，指标表的指标值是{computed}",
        "done": "实际完成情况写“{clause}”{given}，指标表的完成值是{computed}",
    },
    basis="同一张表里的文字与数应当一致",
    advice="核对后改正文字或指标表",
)
def text_differs(evaluation: Evaluation) -> Iterator[Found]:
    """A number in the goals, or in what was done, that is another than that of its row.

    查什么
    ------
    年度总体目标、实际完成情况里写出的数，与指标表里同一件事、同一计量单位的指标值、完成值是否一致。只比说得清是哪一行的；
    约数（以上、余、近）按所写的范围比。

    为什么
    ------
    文字从旧稿抄来而表已改过，是常见的错误；复核时两处都看。

    反例
    ----
    实际完成情况写“更换楼道灯862盏”，指标表完成值是826盏。

    正例
    ----
    两处都是862盏。

    何时可豁免
    ----------
    文字说的是另一个口径，且写明。

    起始版本
    --------
    0.2
    """
    for tree in trees(evaluation):
        project, case = tree.plan.project, tree.case
        goals = project.goals if project is not None else "\n".join(case.goals)
        done = project.achieved if project is not None else "\n".join(case.achievements)
        if not goals and not done:
            continue
        rows = [score for score in tree.score.walk() if not score.parts and score.of.row is not None]
        for variant, text in (("goal", goals), ("done", done)):
            for mention in mentions(text[:MOST], tree.plan.scope.units):
                row = _meant(mention, rows)
                stated = None if row is None else _wanted(row) if variant == "goal" else row.actual
                if row is None or stated is None or stated.quantity is None or _agrees(mention, stated, rows):
                    continue
                yield found(
                    row.name,
                    stated,
                    about=row,
                    given=mention.text,
                    computed=stated,
                    variant=variant,
                    clause=mention.clause.strip(),
                )


def _wanted(score: Score) -> Figure | None:
    target = score.of.target
    return target.figure if isinstance(target, Compared) else None


def _meant(mention: Mention, rows: list[Score]) -> Score | None:
    """The one row that the words around a number name; None where that cannot be said."""
    others = [word for word in ANOTHER if word in mention.clause]
    alike = [
        (_likeness(score.name, mention.clause), score)
        for score in rows
        if _comparable(mention, score) and all(word in score.name for word in others)
    ]
    best = max((likeness for likeness, _ in alike), default=0)
    meant = [score for likeness, score in alike if likeness == best]
    return meant[0] if best >= 2 and len(meant) == 1 else None


def _comparable(mention: Mention, score: Score) -> bool:
    """Whether the row has a value in the unit of the mention."""
    said = mention.quantity
    return said is not None and any(
        each is not None
        and each.quantity is not None
        and each.quantity.unit.same_kind(said.unit)
        and each.quantity.unit.counted == said.unit.counted
        for each in (_wanted(score), score.actual)
    )


def _likeness(name: str, clause: str) -> int:
    """How many characters of *name* stand in *clause*, counted in pairs of neighbours: 2 is one pair."""
    pairs = {name[at : at + 2] for at in range(len(name) - 1)}
    shared = sum(pair in clause for pair in pairs)
    return shared + 1 if shared else 0


def _agrees(mention: Mention, stated: Figure, rows: list[Score]) -> bool:
    """Whether *stated* is the number, or another figure of the table is, which may be meant just as well."""
    said, bounds = mention.quantity, mention.figure.bounds
    for score in rows:
        for each in (_wanted(score), score.actual):
            value = each.quantity if each is not None else None
            if value is None or said is None:
                continue
            if value.unit.bare and value.number == said.number:
                return True  # its unit stands in another column, or nowhere
            if not value.unit.same_kind(said.unit):
                continue
            if value == said or (each is stated and value.base in bounds):
                return True
    return False


@check(
    "year-differs",
    title="年度与日期不符",
    severity=Severity.DOUBT,
    sentence="年度是{given}年，而表中写明年份的日期都在{computed}年",
    basis="自评表的年度、目标和完成日期应当是同一年",
    advice="核对标题或年度一栏的年份",
)
def year_differs(evaluation: Evaluation) -> Iterator[Found]:
    """A year of the table that none of its dates is in.

    查什么
    ------
    指标值和完成值里写明年份的日期，是否都在另一年。

    为什么
    ------
    套用上年的表而没有改标题，是常见的错误。

    反例
    ----
    标题写2023年度，完工时间的指标值和完成值都是2024年11月。

    正例
    ----
    标题与日期都是2024年。

    何时可豁免
    ----------
    跨年项目按立项年度填报，且写明。

    起始版本
    --------
    0.2
    """
    year = evaluation.case.year
    if year is None:
        return
    for tree in trees(evaluation):
        dated: dict[int, list[Figure | Row]] = {}
        for score in tree.score.walk():
            for each in _dates(score):
                dated.setdefault(each[0], []).append(each[1])
        if len(dated) == 1 and year not in dated:
            (other, figures), *_ = dated.items()
            yield found(tree.score.name, *figures[:1], about=tree.score, given=year, computed=other)


def _dates(score: Score) -> Iterator[tuple[int, Figure | Row]]:
    """The years that the row's own dates name, with what names them."""
    row = score.of.row
    if row is None:
        return
    written = row.target if isinstance(row.target, By) else score.of.slot.target
    if isinstance(written, By) and written.until.year is not None:
        yield written.until.year, row
    actual = row.actual
    if actual is not None and isinstance(actual.value, Day) and actual.value.year is not None:
        yield actual.value.year, actual
