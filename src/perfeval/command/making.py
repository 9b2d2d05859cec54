"""命令行·制作: new-category, and a framework printed as a table."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from perfeval.errors import OutputError, problem
from perfeval.locales.messages import say

if TYPE_CHECKING:
    from perfeval.model.framework import Framework


def make(folder: str, *, kind: str, key: str, title: str, table: str | None, locale: str) -> None:
    """Make the package of a category in *folder* and say what it holds, what is 待定 and what comes next."""
    from perfeval.authoring import scaffold

    asked = key or scaffold.key_for(folder)
    if not asked and sys.stdin.isatty():
        asked = click.prompt(
            say("文件夹名不是英文，请给类别起一个英文小写的键（如 market）", locale), default=scaffold.made_up(folder)
        )
    made = scaffold.new_category(folder, kind=kind, key=asked, title=title, table=table)
    click.echo(say("已在 {folder} 做成任务类别“{key}”：", locale, folder=str(made.folder), key=made.key))
    for path in made.files:
        click.echo(f"  {path}")
    if made.imported is not None:
        waiting = [line for line in made.imported.lines if not line.settled]
        click.echo(
            say(
                "读入{all}项指标，{settled}项评分标准合于唯一的方法，{waiting}项待定：",
                locale,
                all=len(made.imported.lines),
                settled=len(made.imported.lines) - len(waiting),
                waiting=len(waiting),
            )
        )
        for line in waiting:
            click.echo(f"  {line.in_locale(locale)}")
    if not asked:
        click.echo(say("类别的键由文件夹名编成；要自己起名，请加 --name", locale))
    click.echo(
        say(
            '下一步：在这个文件夹里运行 python3 -m pip install ".[test]"，再运行 python3 -m pytest；'
            "怎样改成自己的，见其中的 README.md",
            locale,
        )
    )


def named(name: str) -> Framework:
    """The installed framework *name*, or that of the file *name*."""
    from perfeval.documents.source import is_path

    if is_path(name):
        from perfeval.reading.case import read_framework

        return read_framework(name)
    from perfeval.plugins import loading

    return loading.framework(name)


def print_table(name: str | None, output: str, *, force: bool, locale: str) -> None:
    """Write the framework *name* (or that of a file) as a table to *output*."""
    from perfeval.authoring import printing

    if not name:
        raise OutputError(problem("framework-not-given", "请写明印哪个指标体系，如 national/project-2020"))
    path = printing.write(named(name), output, overwrite=force)
    click.echo(say("已写出 {path}", locale, path=str(path)))
