"""年度各阶段的命令: compare, monitor and carry — what is done before, between and after evaluations."""

from __future__ import annotations

import click

from perfeval.command import completing
from perfeval.command.chinese import Command, locale_of
from perfeval.command.console import console, write_json
from perfeval.locales.messages import message, say

FORMATS = click.Choice(["text", "json"])


@click.command(cls=Command, help=message("比较几个案例：得分排名，从一个到下一个变了什么、为什么"))
@click.argument("source", nargs=-1, required=True, metavar="SOURCE…", shell_complete=completing.files)
@click.option("--format", "form", type=FORMATS, default="text", help=message("屏幕输出的格式"))
@click.option(
    "--framework",
    metavar="NAME",
    shell_complete=completing.frameworks,
    help=message("指标体系，如 national/project-2020"),
)
@click.option("-o", "--output", metavar="OUT", default="", help=message("写出比较的网页（.html）或数据（.json）"))
@click.option("--force", is_flag=True, help=message("覆盖已有的文件"))
@click.pass_context
def compare(
    context: click.Context, source: tuple[str, ...], form: str, framework: str | None, output: str, force: bool
) -> None:
    from perfeval.analysis.comparison import compare as compared
    from perfeval.engine.pipeline import evaluate as judge
    from perfeval.papers.analysis import comparison
    from perfeval.reading.case import read

    found = compared([judge(read(each, framework=framework)) for each in source])
    if form == "json":
        from perfeval.papers.data.serializer import to_json

        write_json(to_json("comparison", found))
    else:
        comparison.show(found, console(), locale_of(context))
    if output:
        path = comparison.write(found, output, overwrite=force, locale=locale_of(context))
        if form != "json":
            click.echo(say("已写出 {path}", locale_of(context), path=str(path)))


@click.command(cls=Command, help=message("运行监控：年中的预算进度、目标进度和预警灯；规则是数据"))
@click.argument("source", nargs=-1, required=True, metavar="SOURCE…", shell_complete=completing.files)
@click.option("--months", type=click.IntRange(1, 12), help=message("监控到几月；不写时看案例里有几个月的执行数"))
@click.option("--rules", metavar="NAME", default="", help=message("监控规则，如 sichuan/2025，或本单位的 .yaml 文件"))
@click.option(
    "--framework",
    metavar="NAME",
    shell_complete=completing.frameworks,
    help=message("指标体系，如 national/project-2020"),
)
@click.option("--format", "form", type=FORMATS, default="text", help=message("屏幕输出的格式"))
@click.pass_context
def monitor(
    context: click.Context, source: tuple[str, ...], months: int | None, rules: str, framework: str | None, form: str
) -> None:
    from perfeval.analysis import monitoring, monitoring_rules
    from perfeval.engine.pipeline import evaluate as judge
    from perfeval.papers.analysis import monitoring as watching
    from perfeval.reading.case import read

    by = monitoring_rules.monitoring_rules(rules or monitoring_rules.DEFAULT_RULES)
    found = monitoring.monitor(judge(read(*source, framework=framework)), by, months)
    if form == "json":
        from perfeval.papers.data.serializer import to_json, watched

        write_json(to_json("watched", watched(found, by, locale_of(context)), locale_of(context)))
    else:
        watching.show(found, by, console(), locale_of(context))


@click.command(cls=Command, help=message("结转到下一年：留下机构、指标和目标，清空当年的数，带上要落实的措施"))
@click.argument("source", nargs=1, metavar="SOURCE", shell_complete=completing.files)
@click.option("-o", "--output", required=True, metavar="NEXT.yaml", help=message("写出下一年的案例（.yaml、.json）"))
@click.option("--force", is_flag=True, help=message("覆盖已有的文件"))
@click.pass_context
def carry(context: click.Context, source: str, output: str, force: bool) -> None:
    from perfeval.analysis.rollover import rolled_over
    from perfeval.papers.output import write
    from perfeval.reading.case import read

    path = write(rolled_over(read(source)), output, overwrite=force)
    click.echo(say("已写出 {path}", locale_of(context), path=str(path)))
