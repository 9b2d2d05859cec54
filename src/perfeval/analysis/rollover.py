"""结转: next year's case from this year's, so that nothing is typed twice.

What stays (the office, its framework, goals, targets, projects) is kept; what is stated anew (amounts,
actual values, points, reasons) is left empty; what is followed up (measures, the reviewer's grade) and what
is compared with (last year's figures) comes along under last year's name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from perfeval.errors import InputError, problem
from perfeval.locales.messages import say
from perfeval.model.case import Item, Section
from perfeval.quantities.figure import Word

if TYPE_CHECKING:
    from perfeval.model.case import Case, Project, Row

LOCALE = "zh_Hans"


def rolled_over(case: Case) -> Case:
    """结转的案例: *case* a year on. InputError for a case that names no year."""
    if case.year is None:
        raise InputError(
            problem(
                "carry-no-year",
                "没有写年度，不知道结转到哪一年；自评表请在表名下一行写“（2023年度）”这样的年度，案例文件请写一行“年度: 2023”",
                place=case.place,
            )
        )
    year = case.year + 1
    return evolve(
        case,
        year=year,
        title=case.title.replace(str(case.year), str(year)),
        grade="",
        budget=None,
        rows=tuple(_row(row) for row in case.rows if _stays(row)),
        projects=tuple(_project(project) for project in case.projects),
        data=_last_year(case),
        achievements=(),
        problems=(),
        measures=(),
        sections=(*_standing(case), *_followed(case)),
        reviewed=None,
        waivers=(),
        remarks=(),
        note=_note(case),
    )


def _stays(row: Row) -> bool:
    """Whether a row says something that holds next year too: a target, a rule, or where it stands."""
    return row.target is not None or row.strategy is not None or "/" in row.of


def _row(row: Row) -> Row:
    return evolve(
        row,
        actual=None,
        earned=None,
        reviewed=None,
        judged=(),
        coefficient=None,
        progress=None,
        forecast=None,
        likely="",
        reason="",
        evidence=(),
    )


def _project(project: Project) -> Project:
    return evolve(
        project, budget=None, rows=tuple(_row(row) for row in project.rows if _stays(row)), achieved="", grade=""
    )


def _last_year(case: Case) -> tuple[Item, ...]:
    """Last year's figures, in a group of their own that no agreement of this year looks at."""
    before = f"{case.year - 1}年" if case.year is not None else ""
    figures = [_noted(item) for item in case.data if item.name != before]  # the year before last has been compared with
    budget = case.budget
    if budget is not None:
        stated = (("全年预算数", budget.whole_year), ("全年执行数", budget.spent), ("执行率", budget.rate))
        figures.append(Item("资金", items=[Item(name, [figure]) for name, figure in stated if figure is not None]))
    reviewed = {row.of: row.reviewed for row in case.rows}
    if case.reviewed is not None:
        reviewed |= {row.of: row.earned or row.reviewed for row in case.reviewed.rows}
    for name, stated_points in (("自评得分", {row.of: row.earned for row in case.rows}), ("复核得分", reviewed)):
        scored = [  # with its unit: outside a row's column a bare number is no points
            Item(of.replace("/", "-"), [points.quantity])
            for of, points in stated_points.items()
            if points is not None and points.quantity is not None
        ]
        if scored:
            figures.append(Item(name, items=scored))
    return (Item(f"{case.year}年", items=figures),) if figures else ()


def _noted(item: Item) -> Item:
    """*item* with its words as a note: a name with digits in it (T28) is no figure that a later year could doubt."""
    words = [each.text for each in item.figures if isinstance(each.value, Word)]
    below = tuple(_noted(each) for each in item.items)
    if not words:
        return evolve(item, items=below)
    kept = tuple(each for each in item.figures if not isinstance(each.value, Word))
    return evolve(item, figures=kept, items=below, note="；".join([*words, *([item.note] if item.note else [])]))


def _standing(case: Case) -> tuple[Section, ...]:
    """The office's words that hold from year to year; a report's own conclusions do not."""
    kept = ("部门概况", "年度总体工作和重点工作任务", "部门整体绩效管理情况")
    return tuple(section for section in case.sections if section.title in kept)


def _followed(case: Case) -> tuple[Section, ...]:
    """Last year's measures and the reviewer's remarks, one a line, to be reported on."""
    found = []
    measures = dict.fromkeys((*case.measures, *(issue.measure for issue in case.problems if issue.measure)))
    if measures:
        lines = [say("{measure}【待填写：落实情况】", LOCALE, measure=each) for each in measures]
        found.append(Section(say("{year}年改进措施落实情况", LOCALE, year=case.year), "\n".join(lines)))
    rows = case.reviewed.rows if case.reviewed is not None else ()
    said = [(row.of.rpartition("/")[2], row.reason or row.note) for row in rows if row.reason or row.note]
    if said:
        lines = [say("{name}：{text}【待填写：整改情况】", LOCALE, name=name, text=text) for name, text in said]
        found.append(Section(say("{year}年复核意见整改情况", LOCALE, year=case.year), "\n".join(lines)))
    return tuple(found)


def _note(case: Case) -> str:
    """The grades of the year before, the reviewer's beside the office's."""
    reviewed = case.reviewed.grade if case.reviewed is not None else ""
    if case.grade and reviewed:
        return say("{year}年自评等级{own}，复核等级{other}", LOCALE, year=case.year, own=case.grade, other=reviewed)
    if case.grade or reviewed:
        return say("{year}年等级{grade}", LOCALE, year=case.year, grade=case.grade or reviewed)
    return ""
