"""评价的命令: evaluate — one case in full, or many files with a line each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from perfeval.command import completing
from perfeval.command.chinese import Command, locale_of
from perfeval.command.console import console, write_json
from perfeval.command.inputs import STDIN, cases, files, is_batch
from perfeval.command.outputs import refuse_inputs, write_all
from perfeval.command.stages import FORMATS
from perfeval.errors import InputError, OutputError, PerfevalError, problem
from perfeval.locales.messages import message

if TYPE_CHECKING:
    from perfeval.results.evaluation import Evaluation

ROOT = "总分"


@click.command(
    cls=Command, help=message("评价案例：核算每一分，列出审核意见；- 为标准输入；给几个自评表或一个文件夹时每份一行")
)
@click.argument("source", nargs=-1, required=True, metavar="SOURCE…", shell_complete=completing.files)
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    metavar="OUT",
    shell_complete=completing.files,
    help=message(
        "写出文件（.xlsx、.docx、.pdf、.html、.md、.json），可以写几次；几份一起评价时写文件夹，如 核过/、核过/.docx"
    ),
)
@click.option("--force", is_flag=True, help=message("覆盖已有的文件"))
@click.option("--format", "form", type=FORMATS, default="text", help=message("屏幕输出的格式"))
@click.option(
    "--framework",
    metavar="NAME",
    shell_complete=completing.frameworks,
    help=message("指标体系，如 national/project-2020"),
)
@click.option(
    "--points",
    type=click.Choice(["stated", "computed"]),
    default="stated",
    help=message("报告里先写自报（stated）还是核算（computed）"),
)
@click.option(
    "--template",
    shell_complete=completing.files,
    metavar="FORM",
    default="",
    help=message(
        "写 .xlsx 时用的表式：表名（如 项目支出绩效自评表）或本单位的表式文件（.yaml）；"
        "写 .docx、.pdf 时用的本单位模板（.docx），正文放在【正文】处"
    ),
)
@click.option(
    "--layout",
    type=click.Choice(["bold", "times"]),
    multiple=True,
    help=message("版式：bold 二、三级标题加粗，times 数字用 Times New Roman；可以写几次"),
)
@click.option(
    "--select",
    metavar="CODES",
    default="",
    shell_complete=completing.codes,
    help=message("只用这些审核规则（逗号分开）"),
)
@click.option(
    "--ignore",
    metavar="CODES",
    default="",
    shell_complete=completing.codes,
    help=message("不用这些审核规则（逗号分开）"),
)
@click.option(
    "--why",
    metavar="NAME",
    default="",
    help=message("只看一个指标和它的下级：算式、数据的位置、取位、依据；总分 为全部"),
)
@click.option(
    "--reach",
    metavar="NAME",
    default="",
    help=message("只看一个指标还差多少：满分、升等级、保住等级各要什么完成值；总分 为全部"),
)
@click.option(
    "--each/--together",
    default=None,
    help=message("几个文件：每个是一个案例（--each），还是合成一个案例（--together）"),
)
@click.option(
    "-j",
    "--processes",
    type=click.IntRange(1, 64),
    metavar="N",
    help=message("几份一起评价时用几个进程；不写时看文件多少"),
)
@click.option("--steps", is_flag=True, help=message("与 --why 同用：列出计算的每一步"))
@click.pass_context
def evaluate(
    context: click.Context,
    source: tuple[str, ...],
    outputs: tuple[str, ...],
    force: bool,
    form: str,
    framework: str | None,
    points: str,
    template: str,
    layout: tuple[str, ...],
    select: str,
    ignore: str,
    why: str,
    reach: str,
    each: bool | None,
    processes: int | None,
    steps: bool,
) -> int:
    locale = locale_of(context)
    how: dict[str, Any] = {"points": points, "template": template or None, "layout": layout}
    chosen: dict[str, Any] = {"select": _codes(select), "ignore": _codes(ignore) or ()}
    if is_batch(source, each):
        if why or reach or steps:
            raise InputError(problem("batch-one-only", "--why、--reach、--steps 只看一个案例；请只写一个文件"))
        from perfeval.command import batch

        summaries = [output for output in outputs if batch.is_summary(output)]
        papers = batch.folders([output for output in outputs if output not in summaries])
        kept_out = [folder for folder, _ in papers]
        found = [each for each in files(source, kept_out) if str(each) not in summaries]
        refuse_inputs(summaries, map(str, found))
        todo = batch.tasks(found)
        job = batch.Job(framework, folders=papers, force=force, how=how, locale=locale, **chosen)
        return batch.run(job, todo, processes, form, batch.others(source, kept_out), summaries)
    if each is False:
        source = tuple(map(str, files(source)))
    refuse_inputs(outputs, (*source, framework, template))
    from perfeval.engine.pipeline import evaluate as judge

    status = 0
    for number, case in enumerate(cases(source, framework)):
        if isinstance(case, PerfevalError):
            for wrong in case.problems:
                click.echo(wrong.in_locale(locale), err=True)
            status = 2
            continue
        evaluation = judge(case, **chosen)
        if reach:
            _reach(evaluation, reach, form, locale)
        else:
            _print(evaluation, form, locale, why=why, steps=steps, line=source == (STDIN,))
        status = max(status, _status(evaluation))
        if outputs and number:
            raise OutputError(problem("output-of-several", "标准输入有几个案例，只写出了第一个；请逐个评价后写出"))
        write_all(evaluation, outputs, overwrite=force, locale=locale, quiet=form == "json", **how)
    return status


def _reach(evaluation: Evaluation, name: str, form: str, locale: str) -> None:
    from perfeval.analysis.what_it_takes import what_it_takes

    found = what_it_takes(evaluation) if name == ROOT else what_it_takes(evaluation, name)
    if form == "json":
        from perfeval.papers.data.serializer import gaps, to_json

        write_json(to_json("reach", gaps(found, locale)))
    else:
        click.echo(found.in_locale(locale))


def _print(evaluation: Evaluation, form: str, locale: str, *, why: str, steps: bool, line: bool) -> None:
    if why:
        from perfeval.results.trace import deep

        for each in deep(evaluation.score if why == ROOT else evaluation[why], locale, steps=steps):
            click.echo(each)
    elif form == "json":
        from perfeval.papers.data.serializer import EVALUATION, to_json

        write_json(to_json(EVALUATION, evaluation, locale, compact=line))
    else:
        from perfeval.papers.screen.terminal import show

        show(evaluation, console(), locale)


def _codes(text: str) -> tuple[str, ...] | None:
    return tuple(code.strip() for code in text.replace("，", ",").split(",") if code.strip()) or None


def _status(evaluation: Evaluation) -> int:
    from perfeval.results.finding import Severity

    return int(any(each.severity is Severity.ERROR and not each.waived for each in evaluation.findings))
