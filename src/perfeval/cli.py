"""命令行 perfeval: the library's verbs for those who do not write Python.

Exit status: 0 no 错误, 1 findings of 错误, 2 something could not be read or written; demo ends with 0.
"""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

import click

from perfeval.command.chinese import Command, Group, locale_first, locale_of, usage
from perfeval.command.console import console, prepare, write_json
from perfeval.command.inputs import EXAMPLES, STDIN, cases, example
from perfeval.command.outputs import write_all
from perfeval.command.stages import FORMATS, carry, compare, monitor
from perfeval.command.welcome import WELCOME
from perfeval.compat import LISTENER
from perfeval.errors import OutputError, PerfevalError, problem
from perfeval.locales import LOCALES, message, problem_text, say, translate

if TYPE_CHECKING:
    from perfeval.model.evaluation import Evaluation

ROOT = "总分"
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
    heard = LISTENER.set(lambda line: click.echo(problem_text(line, locale), err=True))
    try:
        status = perfeval(args=words, prog_name="perfeval", standalone_mode=False)
    except click.ClickException as error:
        click.echo(usage(error, locale), err=True)
        return 2
    except PerfevalError as error:
        for each in error.problems:
            click.echo(problem_text(each, locale), err=True)
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


@click.group(cls=Group, invoke_without_command=True, help=message("预算绩效自评：逐分复算，逐分说明，逐处核对。"))
@click.option("--locale", type=click.Choice(LOCALES), default=LOCALES[0], help=message("语言"), is_eager=True)
@click.version_option(
    None, "--version", package_name="perfeval", message="perfeval %(version)s", help=message("显示版本")
)
@click.pass_context
def perfeval(context: click.Context, locale: str) -> None:
    if context.invoked_subcommand is None:
        click.echo(translate(WELCOME, locale))


@perfeval.command(cls=Command, help=message("评价案例：核算每一分，列出审核意见；- 为标准输入"))
@click.argument("source", nargs=-1, required=True, metavar="SOURCE…")
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    metavar="OUT",
    help=message("写出文件（.xlsx、.docx、.pdf、.html、.md、.json），可以写几次"),
)
@click.option("--force", is_flag=True, help=message("覆盖已有的文件"))
@click.option("--format", "form", type=FORMATS, default="text", help=message("屏幕输出的格式"))
@click.option("--framework", metavar="NAME", help=message("指标体系，如 national/project-2020"))
@click.option(
    "--points",
    type=click.Choice(["stated", "computed"]),
    default="stated",
    help=message("报告里先写自报（stated）还是核算（computed）"),
)
@click.option(
    "--template", metavar="DOCX", default="", help=message("写 .docx、.pdf 时用的本单位模板；正文放在【正文】处")
)
@click.option(
    "--layout",
    type=click.Choice(["bold", "times"]),
    multiple=True,
    help=message("版式：bold 二、三级标题加粗，times 数字用 Times New Roman；可以写几次"),
)
@click.option("--select", metavar="CODES", default="", help=message("只用这些审核规则（逗号分开）"))
@click.option("--ignore", metavar="CODES", default="", help=message("不用这些审核规则（逗号分开）"))
@click.option(
    "--why",
    metavar="NAME",
    default="",
    help=message("只看一个指标和它的下级：算式、数据的位置、取位、依据；总分 为全部"),
)
@click.option("--reach", metavar="NAME", default="", help=message("只看一个指标还差多少：满分、升等级、保住等级各要什么完成值；总分 为全部"))
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
    steps: bool,
) -> int:
    from perfeval.pipeline import evaluate as judge

    locale = locale_of(context)
    status = 0
    for number, case in enumerate(cases(source, framework)):
        if isinstance(case, PerfevalError):
            for each in case.problems:
                click.echo(problem_text(each, locale), err=True)
            status = 2
            continue
        evaluation = judge(case, select=_codes(select), ignore=_codes(ignore) or ())
        if reach:
            _reach(evaluation, reach, locale)
        else:
            _print(evaluation, form, locale, why=why, steps=steps, line=source == (STDIN,))
        status = max(status, _status(evaluation))
        if outputs and number:
            raise OutputError(problem("output-of-several", "标准输入有几个案例，只写出了第一个；请逐个评价后写出"))
        how = {"points": points, "template": template or None, "layout": layout}
        write_all(evaluation, outputs, overwrite=force, locale=locale, quiet=form == "json", **how)
    return status


def _reach(evaluation: Evaluation, name: str, locale: str) -> None:
    from perfeval.reaching import reach, reach_whole

    click.echo((reach_whole(evaluation) if name == ROOT else reach(evaluation, name)).in_locale(locale))


def _print(evaluation: Evaluation, form: str, locale: str, *, why: str, steps: bool, line: bool) -> None:
    if why:
        from perfeval.model.tracing import deep

        for each in deep(evaluation.score if why == ROOT else evaluation[why], locale, steps=steps):
            click.echo(each)
    elif form == "json":
        from perfeval.papers.jsonform import to_json

        write_json(to_json(evaluation, locale, compact=line))
    else:
        from perfeval.papers.terminal import show

        show(evaluation, console(), locale)


def _codes(text: str) -> list[str] | None:
    return [code.strip() for code in text.replace("，", ",").split(",") if code.strip()] or None


def _status(evaluation: Evaluation) -> int:
    from perfeval.model.evaluation import Severity

    return int(any(each.severity is Severity.ERROR and not each.waived for each in evaluation.findings))


for stage in (compare, monitor, carry):
    perfeval.add_command(stage)


@perfeval.command(cls=Command, help=message("读一个写法：数、单位、近似、范围"))
@click.argument("text", metavar="TEXT")
@click.option("--unit", default="", help=message("表头的计量单位，如 万元"))
@click.pass_context
def figure(context: click.Context, text: str, unit: str) -> None:
    from perfeval.papers.describing import described
    from perfeval.quantities.notation import figure as read_figure

    for line in described(read_figure(text, unit=unit or None), locale_of(context)):
        click.echo(line)


@perfeval.command(cls=Command, help=message("列出指标体系；--diff 比较两个"))
@click.option("--diff", nargs=2, metavar="A B", help=message("比较两个指标体系"))
@click.option("-o", "--output", metavar="OUT", help=message("把 NAME 印成指标体系表（.xlsx、.md）"))
@click.option("--force", is_flag=True, help=message("覆盖已有的文件"))
@click.argument("name", required=False)
@click.pass_context
def frameworks(
    context: click.Context, diff: tuple[str, str] | None, output: str | None, force: bool, name: str | None
) -> None:
    from perfeval import plugins
    from perfeval.papers import describing

    locale = locale_of(context)
    if output:
        from perfeval.command.making import print_table

        print_table(name, output, force=force, locale=locale)
        return
    if diff:
        lines = describing.difference(plugins.framework(diff[0]), plugins.framework(diff[1]), locale)
    elif name:
        lines = describing.framework(plugins.framework(name), locale)
    else:
        lines = (line for each in plugins.listing() for line in describing.listed(each, locale, only="frameworks"))
    for line in lines:
        click.echo(line)


@perfeval.command(cls=Command, help=message("列出已安装的任务类别：来自哪个包、哪个版本、能否载入"))
@click.pass_context
def categories(context: click.Context) -> None:
    from perfeval import plugins
    from perfeval.papers import describing

    for each in plugins.listing():
        for line in describing.listed(each, locale_of(context)):
            click.echo(line)


@perfeval.command(cls=Command, help=message("列出审核规则：编号、等级、名称"))
@click.pass_context
def checks(context: click.Context) -> None:
    from perfeval import plugins
    from perfeval.model.listing import width

    locale = locale_of(context)
    rows = [(each.severity.in_locale(locale), each.code, translate(each.title, locale)) for each in plugins.checks()]
    first, second = (max(width(row[column]) for row in rows) for column in (0, 1))
    for severity, code, title in rows:
        click.echo(f"{severity}{' ' * (first - width(severity))}  {code:<{second}}  {title}")


@perfeval.command(cls=Command, help=message("说明一条审核规则或一个评分方法"))
@click.argument("code", metavar="CODE")
@click.pass_context
def explain(context: click.Context, code: str) -> None:
    from perfeval.papers.describing import explained

    for line in explained(code, locale_of(context)):
        click.echo(line)


@perfeval.command(cls=Command, name="new-category", help=message("新建一个任务类别包：示例、测试、说明都齐全"))
@click.argument("folder", metavar="DIR")
@click.option(
    "--kind", type=click.Choice(["data", "code"]), default="data", help=message("只有数据（data）还是带程序（code）")
)
@click.option("--name", "key", default="", help=message("类别的键：英文小写，如 market；不写时由文件夹名得出"))
@click.option("--title", default="", help=message("类别的中文名称；不写时用文件夹名"))
@click.option("--from", "table", metavar="XLSX", help=message("由指标体系表（.xlsx）导入"))
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
    from perfeval.papers.terminal import show
    from perfeval.pipeline import evaluate as judge
    from perfeval.reading import read

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
