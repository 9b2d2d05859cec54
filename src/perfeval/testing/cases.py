"""样例: pass and fail cases that an official can read and write, and what each comes to.

One file a check or agreement: ``code``, a ``common`` beginning of every case, then ``pass`` and ``fail``, each
a name and a case of kind case/1 (YAML, without its first line). A pass gives no finding of that code; a
fail gives exactly those that it expects (of, given, computed, severity, says: whatever of these it writes).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import frozen

from perfeval.errors import InputError, Place, problem
from perfeval.files.yaml import read as read_yaml
from perfeval.locales import say
from perfeval.pipeline import evaluate
from perfeval.quantities.formatters import text
from perfeval.reading import read
from perfeval.records import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from os import PathLike

    from perfeval.model.category import Category
    from perfeval.model.evaluation import Finding

OFFICE = {"perfeval": "case/1", "office": "某街道办事处（示例数据）", "year": "2021"}
"""What every example says without writing it."""


@frozen(repr=False)
class Example:
    """样例: one case of one code, and the findings that it must give."""

    code: str
    name: str
    case: Mapping[str, Any]
    expect: tuple[Mapping[str, str], ...] = ()
    categories: tuple[Category, ...] = ()

    __repr__ = shown

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is found under the code, and nothing else."""
        data = json.dumps({**OFFICE, **self.case}, ensure_ascii=False).encode()
        return evaluate(read(data, categories=self.categories or None), select=[self.code]).findings

    def differences(self) -> list[str]:
        """Where the findings are not those expected, in words; empty where all is as it must be."""
        found = self.findings
        wrong = [say("不该有：{finding}", "zh_Hans", finding=each) for each in found[len(self.expect) :]]
        for each in self.expect[len(found) :]:
            what = "，".join(f"{key} {value}" for key, value in each.items())
            wrong.append(say("没有出现：{finding}", "zh_Hans", finding=what or self.code))
        for finding, expected in zip(found, self.expect, strict=False):
            said = told(finding)
            wrong += [
                say(
                    "{key}应为{value}，是{said}：{finding}",
                    "zh_Hans",
                    key=key,
                    value=value,
                    said=said[key],
                    finding=finding,
                )
                for key, value in expected.items()
                if said[key] != value
            ]
        return wrong


def told(finding: Finding) -> dict[str, str]:
    """What of a finding an official can compare: each value as text."""
    return {
        "code": finding.code,
        "of": finding.of,
        "severity": str(finding.severity),
        "given": "" if finding.given is None else text(finding.given),
        "computed": "" if finding.computed is None else text(finding.computed),
        "says": finding.sentence(),
    }


def examples(path: str | PathLike[str], *categories: Category) -> Iterator[Example]:
    """The examples of one file, those that pass first; InputError for a file without code, pass or fail."""
    (written,) = read_yaml(Path(path).read_text(encoding="utf-8"), str(path))
    file: Any = _plain(written)
    missing = [key for key in ("code", "pass", "fail") if not isinstance(file, dict) or not file.get(key)]
    if missing:
        raise InputError(
            problem(
                "cases-incomplete",
                "样例文件要写 code、pass 和 fail；缺少：{keys}",
                place=Place(source=str(path)),
                keys="、".join(missing),
            )
        )
    for each in (*file["pass"], *file["fail"]):
        case = {**file.get("common", {}), **each["case"]}
        yield Example(file["code"], each["name"], case, tuple(each.get("expect", ())), categories)


def _plain(value: Any) -> Any:
    """What a reader yields, as plain texts, lists and mappings."""
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list) else None if value is None else str(value)


def cases(category: Category, folder: str | PathLike[str]) -> int:
    """Run every example of *folder* with *category*; AssertionError names each that comes out otherwise.

    Returns how many there were; a folder without examples is an AssertionError too.
    """
    wrong: list[str] = []
    count = 0
    for path in sorted(Path(folder).glob("*.yaml")):
        for example in examples(path, category):
            count += 1
            wrong += [f"{path.name} {example.name}：{each}" for each in example.differences()]
    if not count:
        wrong.append(say("{folder}里没有样例（.yaml 文件）", "zh_Hans", folder=str(folder)))
    if wrong:
        raise AssertionError("\n".join(wrong))
    return count


def installed(key: str) -> Category:
    """The installed category *key* with every framework that it brings, for the contract of a package of data."""
    from attrs import evolve

    from perfeval import plugins

    category = plugins.category(key)
    if category.frameworks:
        return category
    return evolve(category, frameworks=tuple(plugins.framework(f"{key}/{name}") for name in plugins.frameworks(key)))
