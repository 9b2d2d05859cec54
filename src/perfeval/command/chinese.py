"""命令行的语言: commands and options whose help and errors are in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from perfeval.locales.messages import LOCALES, message, say, translate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def locale_of(context: click.Context | None) -> str:
    """The locale that ``--locale`` gave, Chinese otherwise."""
    return str(context.find_root().params.get("locale") or LOCALES[0]) if context is not None else LOCALES[0]


def locale_first(arguments: Sequence[str]) -> tuple[list[str], str]:
    """*arguments* with ``--locale`` before the command, wherever it was written, and the locale that it names."""
    rest, own = [*arguments], []
    end = rest.index("--") if "--" in rest else len(rest)
    for at, word in enumerate(rest[:end]):
        if word.startswith("--locale="):
            own = [rest.pop(at)]
            break
        if word == "--locale" and at + 1 < len(rest):
            own = [rest.pop(at), rest.pop(at)]
            break
    named = own[-1].removeprefix("--locale=") if own else ""
    return own + rest, named if named in LOCALES else LOCALES[0]


class UnknownCommandError(click.UsageError):
    """没有命令: a word that names no command of the group."""

    def __init__(self, name: str, context: click.Context) -> None:
        super().__init__(name, context)
        self.name = name


class ExtraArgumentsError(click.UsageError):
    """多出的参数: words behind those that the command takes."""

    def __init__(self, words: Sequence[str], context: click.Context) -> None:
        super().__init__(" ".join(words), context)
        self.words = tuple(words)


class OptionUsageError(click.UsageError):
    """选项的值不对: too few values behind an option, or one that it does not take."""

    def __init__(self, name: str, option: click.Parameter | None) -> None:
        super().__init__(name)
        self.name, self.option = name, option


class Command(click.Command):
    """命令: its usage, headings and help in the reader's language."""

    allow_extra_args = True
    """They are refused here, by their own error: click's has only an English sentence."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words of the command line; raises ExtraArgumentsError for those that nothing takes."""
        try:
            rest = super().parse_args(ctx, args)
        except click.BadOptionUsage as error:
            known = (each for each in self.params if error.option_name in (*each.opts, *each.secondary_opts))
            raise OptionUsageError(error.option_name, next(known, None)) from error
        if ctx.args and not isinstance(self, click.Group) and not ctx.resilient_parsing:
            raise ExtraArgumentsError(ctx.args, ctx)
        return rest

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line that shows how the command is written."""
        locale = locale_of(ctx)
        pieces = [translate(_PIECES.get(piece, piece), locale) for piece in self.collect_usage_pieces(ctx)]
        formatter.write_usage(ctx.command_path, " ".join(pieces), say("用法：", locale))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command is for."""
        if self.help:
            formatter.write_paragraph()
            for line in translate(self.help, locale_of(ctx)).splitlines():
                formatter.write_text(line)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        rows = [record for record in (self._record(option, ctx) for option in self.get_params(ctx)) if record]
        if rows:
            _section(formatter, say("选项：", locale_of(ctx)), rows)

    def _record(self, option: click.Parameter, ctx: click.Context) -> tuple[str, str] | None:
        if not isinstance(option, click.Option):
            return None
        record = option.get_help_record(ctx)
        if record is None:
            return None
        if "--help" in option.opts:
            return "--help", say("显示本说明", locale_of(ctx))
        return record[0], translate(option.help or "", locale_of(ctx))


_PIECES = {
    "[OPTIONS]": message("[选项]"),
    "COMMAND [ARGS]...": message("命令 [参数]"),
    "[COMMAND] [ARGS]...": message("[命令] [参数]"),
    "SOURCE…": message("案例…"),
    "SOURCE": message("案例"),
    "TEXT": message("写法"),
    "CODE": message("编号"),
    "[NAME]": message("[名称]"),
}
"""What stands in a line of usage → what the reader sees."""


def _section(formatter: click.HelpFormatter, title: str, rows: Sequence[tuple[str, str]]) -> None:
    """A heading and rows below it; click would put an ASCII colon behind the heading."""
    formatter.write_paragraph()
    formatter.write(f"{title}\n")
    formatter.indent()
    formatter.write_dl(rows)
    formatter.dedent()


class OrderedGroup(Command, click.Group):
    """命令组: lists its commands in the order in which they were made."""

    command_class = Command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first word names; raises UnknownCommandError."""
        if self.get_command(ctx, args[0]) is None and not ctx.resilient_parsing:
            raise UnknownCommandError(args[0], ctx)
        return super().resolve_command(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click asks for it
        """The commands' names, in the order in which they were made."""
        return list(self.commands)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options and the commands."""
        Command.format_options(self, ctx, formatter)
        _section(formatter, say("命令：", locale_of(ctx)), list(self._listed(ctx)))

    def _listed(self, ctx: click.Context) -> Iterator[tuple[str, str]]:
        for name in self.list_commands(ctx):
            command = self.commands[name]
            yield name, translate((command.help or "").splitlines()[0], locale_of(ctx))


def usage(error: click.ClickException, locale: str) -> str:
    """What is wrong with a command line, and where the help is."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "perfeval"
    hint = say("看说明：{command} --help", locale, command=path)
    return f"{_sentence(error, locale)}\n{hint}"


def _sentence(error: click.ClickException, locale: str) -> str:
    named: Any = getattr(error, "param", None)
    name = _name(named, getattr(error, "ctx", None), locale) if named is not None else ""
    match error:
        case click.NoSuchOption(option_name=option, possibilities=near):
            return _near(say("没有选项 {name}", locale, name=option), near, locale)
        case click.MissingParameter():
            return say("缺少“{name}”", locale, name=name)
        case click.BadParameter():
            return _bad(named, name, locale)
        case OptionUsageError():
            return _option(error.name, error.option, locale)
        case click.FileError():
            return say("读不出文件 {name}", locale, name=error.ui_filename)
        case UnknownCommandError():
            return _near(say("没有命令 {name}", locale, name=error.name), _commands(error), locale)
        case ExtraArgumentsError():
            return say("多出的参数：{words}", locale, words=" ".join(error.words))
        case _:
            return say("命令写得不完整或有多余的部分", locale)


def _option(name: str, option: click.Parameter | None, locale: str) -> str:
    if isinstance(option, click.Option) and (option.is_flag or option.count):
        return say("选项 {name} 后面不写值", locale, name=name)
    if option is not None and option.nargs > 1:
        return say("选项 {name} 后面要写 {n} 个值", locale, name=name, n=option.nargs)
    return say("选项 {name} 后面要写一个值", locale, name=name)


def _bad(named: click.Parameter | None, name: str, locale: str) -> str:
    choices = getattr(getattr(named, "type", None), "choices", None)
    if choices:
        return say("{name} 只能是：{choices}", locale, name=name, choices=tuple(map(str, choices)))
    if named is not None and named.nargs > 1:
        return say("{name} 要写 {n} 个值", locale, name=name, n=named.nargs)
    return say("{name} 的值不合用", locale, name=name)


def _near(sentence: str, possible: Sequence[str] | None, locale: str) -> str:
    if not possible:
        return sentence
    return say("{sentence}；有：{near}", locale, sentence=sentence, near=tuple(sorted(possible)))


def _commands(error: click.ClickException) -> list[str]:
    command = getattr(getattr(error, "ctx", None), "command", None)
    return list(command.commands) if isinstance(command, click.Group) else []


def _name(parameter: click.Parameter, context: click.Context | None, locale: str) -> str:
    if isinstance(parameter, click.Option):
        return max(parameter.opts, key=len)
    metavar = parameter.make_metavar(context or click.Context(click.Command("perfeval")))
    return translate(_PIECES.get(metavar, metavar), locale)
