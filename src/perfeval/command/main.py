"""命令行 perfeval: the library's verbs for those who do not write Python.

Exit status: 0 no 错误, 1 findings of 错误, 2 something could not be read or written; demo ends with 0.
"""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

import click

from perfeval.command import completing
from perfeval.command.chinese import Command, OrderedGroup, locale_first, locale_of, usage
from perfeval.command.console import WELCOME, console, prepare, write_json
from perfeval.command.evaluating import evaluate
from perfeval.command.filling import template
from perfeval.command.inputs import EXAMPLES, example
from perfeval.command.stages import FORMATS, carry, compare, monitor
from perfeval.errors import PerfevalError
from perfeval.locales.messages import LOCALES, message, say, translate
from perfeval.plugins.slow_loading import LISTENER

if TYPE_CHECKING:
    from collections.abc import Iterable

RARELY = (100_000, 20, 20)
"""How many new objects there are before garbage is looked for."""


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; every problem ends as a message, never as a traceback."""
    prepare()
    if arguments is not None:
        sys.exit(_run(arguments))
    gc.set_threshold(*RARELY)  # a command is over before its garbage matters, and looking for it costs a tenth
    status = _run(sys.argv[1:])
    gc.freeze()  # nor is it looked for at the end
    sys.exit(status)


def _run(arguments: list[str]) -> int:
    """The command line's exit status; its output and messages are written."""
    words, locale = locale_first(arguments)
    heard = LISTENER.set(lambda line: click.echo(line.in_locale(locale), err=True))
    try:
        status = perfeval(args=words, prog_name="perfeval", standalone_mode=False)
    except click.ClickException as error:
        click.echo(usage(error, locale), err=True)
        return 2
    except PerfevalError as error:
        for each in error.problems:
            click.echo(each.in_locale(locale), err=True)
        return 2
    except (click.Abort, KeyboardInterrupt):
        click.echo(say("已中止", locale), err=True)
        return 130
    except BrokenPipeError:
        sys.stdout = None  # who read us has gone: nothing is left to flush
        return 0
    finally:
        LISTENER.reset(heard)
    return status if isinstance(status, int) else 0


@click.group(
    cls=OrderedGroup, invoke_without_command=True, help=message("预算绩效自评：逐分复算，逐分说明，逐处核对。")
)
@click.option("--locale", type=click.Choice(LOCALES), default=LOCALES[0], help=message("语言"), is_eager=True)
@click.version_option(
    None, "--version", package_name="perfeval", message="perfeval %(version)s", help=message("显示版本")
)
@click.pass_context
def perfeval(context: click.Context, locale: str) -> None:
    if context.invoked_subcommand is None:
        click.echo(translate(WELCOME, locale))


for stage in (evaluate, compare, monitor, carry, template):
    perfeval.add_command(stage)


@perfeval.command(cls=Command, help=message("读一个写法：数、单位、近似、范围"))
@click.argument("text", metavar="TEXT")
@click.option("--unit", default="", help=message("表头的计量单位，如 万元"))
@click.option("--format", "form", type=FORMATS, default="text", help=message("屏幕输出的格式"))
@click.pass_context
def figure(context: click.Context, text: str, unit: str, form: str) -> None:
    from perfeval.papers.screen.describing import described
    from perfeval.quantities.notation import figure as read_figure

    found = read_figure(text, unit=unit or None)
    if form == "json":
        from perfeval.papers.data.serializer import to_json

        write_json(to_json("figure", found))
        return
    for line in described(found, locale_of(context)):
        click.echo(line)


@perfeval.command(cls=Command, help=message("列出指标体系；--diff 比较两个"))
@click.option("--diff", nargs=2, metavar="A B", shell_complete=completing.frameworks, help=message("比较两个指标体系"))
@click.option("-o", "--output", metavar="OUT", help=message("把 NAME 印成指标体系表（.xlsx、.md）"))
@click.option("--force", is_flag=True, help=message("覆盖已有的文件"))
@click.option("--format", "form", type=FORMATS, default="text", help=message("屏幕输出的格式"))
@click.argument("name", required=False, shell_complete=completing.frameworks)
@click.pass_context
def frameworks(
    context: click.Context, diff: tuple[str, str] | None, output: str | None, force: bool, form: str, name: str | None
) -> None:
    from perfeval.command.making import named, print_table
    from perfeval.papers.screen import describing
    from perfeval.plugins import loading

    locale = locale_of(context)
    if output:
        print_table(name, output, force=force, locale=locale)
        return
    if form == "json" and name and not diff:
        from perfeval.papers.output import dump

        write_json(dump(named(name), "json").decode())
        return
    lines: Iterable[str]
    if diff:
        lines = describing.difference(named(diff[0]), named(diff[1]), locale)
    elif name:
        lines = describing.framework(named(name), locale)
    else:
        lines = (line for each in loading.listing() for line in describing.listed(each, locale, only="frameworks"))
    if form == "json":
        from perfeval.papers.data.serializer import to_json

        write_json(to_json("difference" if diff else "frameworks", {"lines" if diff else "names": [*lines]}))
        return
    for line in lines:
        click.echo(line)


@perfeval.command(cls=Command, help=message("列出已安装的任务类别：来自哪个包、哪个版本、能否载入"))
@click.option("--format", "form", type=FORMATS, default="text", help=message("屏幕输出的格式"))
@click.pass_context
def categories(context: click.Context, form: str) -> None:
    from perfeval.papers.screen import describing
    from perfeval.plugins import loading

    if form == "json":
        from perfeval.papers.data.serializer import to_json

        write_json(to_json("categories", {"categories": loading.listing()}, locale_of(context)))
        return
    for each in loading.listing():
        for line in describing.listed(each, locale_of(context)):
            click.echo(line)


@perfeval.command(cls=Command, help=message("列出审核规则：编号、等级、名称"))
@click.option("--format", "form", type=FORMATS, default="text", help=message("屏幕输出的格式"))
@click.pass_context
def checks(context: click.Context, form: str) -> None:
    from perfeval.locales.width import width
    from perfeval.plugins import loading

    locale = locale_of(context)
    if form == "json":
        from perfeval.papers.data.serializer import to_json

        write_json(to_json("checks", {"checks": loading.checks()}, locale))
        return
    rows = [(each.severity.in_locale(locale), each.code, translate(each.title, locale)) for each in loading.checks()]
    first, second = (max(width(row[column]) for row in rows) for column in (0, 1))
    for severity, code, title in rows:
        click.echo(f"{severity}{' ' * (first - width(severity))}  {code:<{second}}  {title}")


@perfeval.command(cls=Command, help=message("说明一条审核规则或一个评分方法"))
@click.argument("code", metavar="CODE", shell_complete=completing.explainable)
@click.option("--format", "form", type=FORMATS, default="text", help=message("屏幕输出的格式"))
@click.pass_context
def explain(context: click.Context, code: str, form: str) -> None:
    from perfeval.papers.screen.describing import explained

    if form == "json":
        from perfeval.papers.data.serializer import to_json

        write_json(to_json("explanation", {"of": code, "lines": [*explained(code, locale_of(context))]}))
        return
    for line in explained(code, locale_of(context)):
        click.echo(line)


@perfeval.command(cls=Command, name="new-category", help=message("新建一个任务类别包：示例、测试、说明都齐全"))
@click.argument("folder", metavar="DIR")
@click.option(
    "--kind", type=click.Choice(["data", "code"]), default="data", help=message("只有数据（data）还是带程序（code）")
)
@click.option("--name", "key", default="", help=message("类别的键：英文小写，如 market；不写时由文件夹名得出"))
@click.option("--title", default="", help=message("类别的中文名称；不写时用文件夹名"))
@click.option(
    "--from", "table", metavar="XLSX", shell_complete=completing.files, help=message("由指标体系表（.xlsx）导入")
)
@click.pass_context
def new_category(context: click.Context, folder: str, kind: str, key: str, title: str, table: str | None) -> None:
    from perfeval.command.making import make

    make(folder, kind=kind, key=key, title=title, table=table, locale=locale_of(context))


@perfeval.command(cls=Command, help=message("打印命令行补全脚本（bash、zsh、fish）"))
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    if kind is not None:
        click.echo(kind(perfeval, {}, "perfeval", "_PERFEVAL_COMPLETE").source())


@perfeval.command(cls=Command, help=message("评价随附的示例：永平街道2021年整体支出与出租屋管理专项"))
@click.option("--full", is_flag=True, help=message("也列出得满分的指标和各任务类别的核对"))
@click.pass_context
def demo(context: click.Context, full: bool) -> int:
    from perfeval.engine.pipeline import evaluate as judge
    from perfeval.papers.screen.terminal import show
    from perfeval.reading.case import read

    locale = locale_of(context)
    for number, name in enumerate(EXAMPLES):
        if number:
            click.echo()
        show(judge(read(example(name))), console(), locale, brief=not full)
    click.echo(
        say(
            "\n看每一分的来历：perfeval evaluate 案例.yaml --why 总分；看一条审核规则：perfeval explain points-sum",
            locale,
        )
    )
    return 0
