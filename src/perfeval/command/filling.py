"""填报的命令: template — a workbook for staff to fill in, where no form exists."""

from __future__ import annotations

import click

from perfeval.command import completing
from perfeval.command.chinese import Command, locale_of
from perfeval.locales.messages import message, say


@click.command(
    cls=Command, help=message("做一本填报工作簿：一个主题一张表，有下拉列表和填写说明；填好后用 evaluate 读入")
)
@click.argument("framework", metavar="FRAMEWORK", shell_complete=completing.frameworks)
@click.argument("output", metavar="OUT.xlsx", shell_complete=completing.files)
@click.option(
    "--case",
    "source",
    metavar="CASE",
    default="",
    shell_complete=completing.files,
    help=message("先填入这个案例已有的内容"),
)
@click.option(
    "--category",
    "categories",
    metavar="KEY",
    multiple=True,
    shell_complete=completing.keys,
    help=message("列出这个任务类别的数据项，可以写几次"),
)
@click.option("--force", is_flag=True, help=message("覆盖已有的文件"))
@click.pass_context
def template(
    context: click.Context, framework: str, output: str, source: str, categories: tuple[str, ...], force: bool
) -> None:
    """Write the workbook of FRAMEWORK (a name or a file), blank or with what CASE states."""
    from attrs import evolve

    from perfeval.documents.source import is_path
    from perfeval.model.case import Case
    from perfeval.plugins import loading
    from perfeval.reading.case import read, read_framework
    from perfeval.reading.fill_in import template as papers

    locale = locale_of(context)
    by_file = is_path(framework)
    own = read_framework(framework) if by_file else loading.framework(framework)
    case = read(source) if source else Case("", framework=own, categories=_with_data(framework, by_file))
    if case.framework is None:
        case = evolve(case, framework=own)
    added = [loading.category(key) for key in categories if key not in {each.key for each in case.categories}]
    case = evolve(case, categories=(*case.categories, *added))
    path = papers.write(case, output, named={} if by_file else {framework: own}, overwrite=force)
    click.echo(say("已写出 {path}", locale, path=str(path)))
    if case.framework != own and case.framework is not None:
        click.echo(say("案例用的是自己的指标体系“{name}”，已随工作簿带上", locale, name=case.framework.name))
    click.echo(say("填好保存后，运行 perfeval evaluate {path}", locale, path=str(path)))


def _with_data(framework: str, by_file: bool) -> tuple[object, ...]:
    """The category that a framework comes from, where its data are to be filled in."""
    from perfeval.plugins import loading

    category = None if by_file else loading.category(framework.partition("/")[0])
    return (category,) if category is not None and category.data else ()
