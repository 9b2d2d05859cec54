"""命令行的语言: commands and options whose help and errors are in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from perfeval.locales import LOCALES, say, translate

if TYPE_CHECKING:
    from collections.abc import Iterator


def locale_of(context: click.Context | None) -> str:
    """The locale that ``--locale`` gave, Chinese otherwise."""
    return str(context.find_root().params.get("locale") or LOCALES[0]) if context is not None else LOCALES[0]


class Command(click.Command):
    """命令: its usage, headings and help in the reader's language."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        locale = locale_of(ctx)
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), say("用法：", locale) + " ")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if self.help:
            formatter.write_paragraph()
            for line in translate(self.help, locale_of(ctx)).splitlines():
                formatter.write_text(line)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        locale = locale_of(ctx)
        rows = [record for record in (self._record(option, ctx) for option in self.get_params(ctx)) if record]
        if rows:
            with formatter.section(say("选项", locale)):
                formatter.write_dl(rows)

    def _record(self, option: click.Parameter, ctx: click.Context) -> tuple[str, str] | None:
        if not isinstance(option, click.Option):
            return None
        locale = locale_of(ctx)
        if option.name == "help":
            return "--help", say("显示本说明", locale)
        record = option.get_help_record(ctx)
        return None if record is None else (record[0], translate(option.help or "", locale))

    def get_short_help_str(self, limit: int = 60) -> str:
        return (self.help or "").splitlines()[0]


class Group(Command, click.Group):
    """命令组: lists its commands in the order in which they were made."""

    command_class = Command

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        Command.format_options(self, ctx, formatter)
        with formatter.section(say("命令", locale_of(ctx))):
            formatter.write_dl(list(self._listed(ctx)))

    def _listed(self, ctx: click.Context) -> Iterator[tuple[str, str]]:
        for name in self.list_commands(ctx):
            command = self.commands[name]
            yield name, translate((command.help or "").splitlines()[0], locale_of(ctx))


def usage(error: click.UsageError, locale: str) -> str:
    """What is wrong with a command line, and where the help is."""
    path = error.ctx.command_path if error.ctx is not None else "perfeval"
    hint = say("看说明：{command} --help", locale, command=path)
    return f"{_sentence(error, locale)}\n{hint}"


def _sentence(error: click.UsageError, locale: str) -> str:
    named: Any = getattr(error, "param", None)
    name = _name(named) if named is not None else ""
    match error:
        case click.NoSuchOption():
            return say("没有选项 {name}", locale, name=error.option_name)
        case click.MissingParameter():
            return say("缺少 {name}", locale, name=name)
        case click.BadParameter():
            choices = getattr(getattr(named, "type", None), "choices", None)
            if choices:
                return say("{name} 只能是 {choices}", locale, name=name, choices="、".join(map(str, choices)))
            return say("{name} 不合：{message}", locale, name=name, message=error.message)
        case click.BadOptionUsage():
            return say("选项 {name} 要跟一个值", locale, name=error.option_name)
        case _ if "No such command" in error.message:
            return say("没有命令 {name}", locale, name=error.message.split("'")[1])
        case _:
            return say("命令写得不对：{message}", locale, message=error.message)


def _name(parameter: click.Parameter) -> str:
    if isinstance(parameter, click.Option):
        return max(parameter.opts, key=len)
    return parameter.make_metavar(click.Context(click.Command("perfeval")))
