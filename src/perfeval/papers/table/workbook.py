"""自评表: an evaluation as a workbook in the official grid, with live points and rates.

Which grid it is comes from the framework (or from the form that is asked for); each project of the office
has a sheet of its own, and data that rules read but no form shows stand on a sheet of data, rules that rows name on one of rules.
The frameworks themselves go along on a hidden sheet, so that the table reads back to the same points.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from perfeval.documents.xlsx import writing
from perfeval.documents.xlsx.content import of_figure, of_quantity
from perfeval.locales.messages import say
from perfeval.model.funds import BASES, SPENT, base_of
from perfeval.papers.table import form as forms, live
from perfeval.papers.table.extra_sheets import embedded_rules, methods
from perfeval.papers.table.grid import About, Sheet, address
from perfeval.papers.table.sheet import laid_out
from perfeval.quantities.figure import Figure
from perfeval.quantities.quantity import Quantity
from perfeval.reading.forms.data_sheet import HEADINGS
from perfeval.results import score_table

if TYPE_CHECKING:
    from os import PathLike

    from perfeval.model.case import Budget, Project
    from perfeval.papers.table.form import Form
    from perfeval.results.evaluation import Evaluation

DATA = forms.Form(name="数据", widths=("34", "18", "12", "40"))
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']+")
USUAL_MONTH = 7
LONGEST_NAME = 31
"""So many characters a sheet's name may have."""


def to_xlsx(
    evaluation: Evaluation,
    *,
    points: str = "stated",
    locale: str = "zh_Hans",
    form: str | PathLike[str] | bytes | None = None,
) -> bytes:
    """The workbook of *evaluation*: *points* says whether 得分 shows what is stated or what is computed.

    *form* is the name of a form, or a file with one; without it the framework's own is taken. Raises
    NotFoundError or InputError for a form that there is not, OutputError where xlsxwriter is not installed.
    """
    case = evaluation.case
    own = forms.chosen(evaluation, form)
    data = _data((evaluation, *evaluation.projects), locale)
    items = data.positions.items if data is not None else {}
    sheets = [
        laid_out(
            evaluation, own, _about_case(evaluation), items, name=own.name[:LONGEST_NAME], by=points, locale=locale
        )
    ]
    for project in case.projects:
        found = evaluation.of_project(project)
        grid = _for_project(found or evaluation, form)
        about = _about_project(project, case.office, case.year)
        name = _sheet_name(project.name, sheets)
        sheets.append(laid_out(found, grid, about, items, name=name, by=points, locale=locale))
    rules = methods(evaluation, locale)
    sheets += [each for each in (data, rules) if each is not None]
    title = score_table.title(evaluation, locale)
    return writing.to_bytes(sheets, title=title, author=case.office, year=case.year, rules=embedded_rules(case))


def _for_project(evaluation: Evaluation, wanted: str | PathLike[str] | bytes | None) -> Form:
    found = forms.chosen(evaluation, wanted if evaluation.plan.of_project else None)
    if found.of == "部门整体":  # the office's own: projects have the national one
        return next(each for each in forms.built_in() if each.of == "项目" and not each.fits)
    return found


def _sheet_name(name: str, others: list[Sheet]) -> str:
    """*name* as a sheet may be called, unlike those that there are."""
    plain = _NOT_IN_NAMES.sub("", name).strip()[:LONGEST_NAME] or "项目"
    taken = {each.name.lower() for each in others}
    found, number = plain, 2
    while found.lower() in taken:
        found, number = f"{plain[: LONGEST_NAME - 4]}（{number}）", number + 1
    return found


def _about_case(evaluation: Evaluation) -> About:
    case = evaluation.case
    framework = evaluation.score.of.part
    words = {
        "项目名称": case.title or evaluation.score.name,
        "主管部门": "",
        "实施单位": case.office,
        "年度": str(case.year or ""),
        "评价等级": case.grade or (evaluation.grade if evaluation.score.earned is not None else ""),
        "指标体系": framework.name,
        "月": _month(case.budget),
    }
    base = (case.budget.base if case.budget is not None else "") or base_of(case.framework)
    return About(words, case.budget, "\n".join(case.goals), "\n".join(case.achievements), base)


def _about_project(project: Project, office: str, year: int | None) -> About:
    words = {
        "项目名称": project.name,
        "主管部门": project.department,
        "实施单位": office,
        "年度": str(year or ""),
        "评价等级": project.grade,
        "指标体系": project.framework.name if project.framework is not None else "",
        "月": _month(project.budget),
    }
    base = (project.budget.base if project.budget is not None else "") or base_of(project.framework)
    return About(words, project.budget, project.goals, project.achieved, base)


def _month(budget: Budget | None) -> str:
    """The month that a table of monitoring is of: the one that 执行数 is counted to, else July as most are."""
    counted = (budget.until or len(budget.monthly)) if budget is not None else 0
    return str(counted or USUAL_MONTH)


def _data(evaluations: tuple[Evaluation, ...], locale: str) -> Sheet | None:
    """A sheet of the data that rules read, one line each; None where they read none."""
    named: dict[str, Any] = {}
    for evaluation in evaluations:
        own = {score.name for score in evaluation.score.walk()}
        for score in evaluation.score.walk():
            for name, value in live.others(score.of).items():
                if value is not None and name not in own and name not in (*BASES, SPENT) and not name.endswith(".得分"):
                    written = score.of.scope.values.get(name) if score.of.scope is not None else None
                    named.setdefault(name, written or value)
    if not named:
        return None
    sheet = Sheet(say("数据", locale), DATA)
    sheet.line([(say("评分用到的数据项", locale), "title", 4)])
    sheet.line([(each, "head", 1) for each in HEADINGS])  # Chinese in every locale: by them it is read back
    sheet.repeat = (1, 1)
    for name, value in named.items():
        content = of_figure(value, bare=True) if isinstance(value, Figure) else of_quantity(value, bare=True)
        quantity = value.quantity if isinstance(value, Figure) else value
        where = f"'{sheet.name}'!{address(sheet.row, 1)}"
        held = content.held(where)
        if held is not None:
            sheet.positions.items[name] = held
        period = value.period.text if isinstance(value, Figure) and value.period is not None else ""
        unit = quantity.unit.symbol if isinstance(quantity, Quantity) and content.worth is not None else ""
        sheet.line([(name, "text", 1), (content, "number", 1), (unit, "centre", 1), (period, "text", 1)])
    return sheet
