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

from perfeval.documents.yaml import read as read_yaml
from perfeval.engine.pipeline import evaluate
from perfeval.errors import InputError, PerfevalError, Place, problem, record_repr
from perfeval.locales.messages import message, say
from perfeval.plugins import loading
from perfeval.quantities.formatters import text
from perfeval.reading.case import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from os import PathLike

    from perfeval.errors import Problem
    from perfeval.model.category import Category
    from perfeval.results.finding import Finding

LOCALE = "zh_Hans"
OFFICE = {"perfeval": "case/1", "office": "某街道办事处（示例数据）", "year": "2021"}
"""What every example says without writing it."""


SLIPS = ("item-undeclared", "case-unfit")
"""What is found where an example names a data item that nobody declares, or writes it in another unit."""


@frozen(repr=False)
class Example:
    """样例: one case of one code, and the findings that it must give."""

    code: str
    name: str
    case: Mapping[str, Any]
    expect: tuple[Mapping[str, str], ...] = ()
    categories: tuple[Category, ...] = ()

    __repr__ = record_repr

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is found under the code, and nothing else."""
        return self._found([self.code])

    def _found(self, codes: Sequence[str]) -> tuple[Finding, ...]:
        data = json.dumps({**OFFICE, **self.case}, ensure_ascii=False).encode()
        return evaluate(read(data, categories=self.categories or None), select=codes).findings

    @property
    def _slips(self) -> tuple[Finding, ...]:
        """What is misspelt in the example itself: with it nothing may have been looked at."""
        if not self.categories or self.code in SLIPS:
            return ()
        return tuple(each for each in self._found(SLIPS) if each.code in SLIPS)

    def differences(self) -> list[str]:
        """Where the findings are not those expected, in words that say what to change; empty where all is right."""
        try:
            found, slips = self.findings, self._slips
        except PerfevalError as error:  # a code that nobody bears, a case that cannot be read
            return [str(each) for each in error.problems]
        if slips:
            return [
                say("样例自己写错了：{finding}；请改正，写错的数规则看不到", LOCALE, finding=each) for each in slips
            ]
        more = found[len(self.expect) :]
        if self.expect:
            wrong = [say("expect 里没有写这条意见，评价却得出了：{finding}", LOCALE, finding=each) for each in more]
        else:
            wrong = [say("pass 里不该有这条意见，评价却得出了：{finding}", LOCALE, finding=each) for each in more]
        for each in self.expect[len(found) :]:
            what = tuple(f"{term(key)} {value}" for key, value in each.items())
            wrong.append(
                say(
                    "没有出现 expect 里写的这条意见：{what}；请核对案例里的数，或核对规则",
                    LOCALE,
                    what=what or self.code,
                )
            )
        for finding, expected in zip(found, self.expect, strict=False):
            said = told(finding)
            wrong += [
                say(
                    "{term}写的是“{value}”，评价得出“{said}”（{finding}）",
                    LOCALE,
                    term=term(key),
                    value=value,
                    said=said[key],
                    finding=finding,
                )
                for key, value in expected.items()
                if said[key] != value
            ]
        return wrong


TERMS = {
    "code": message("编号"),
    "of": message("位置"),
    "severity": message("等级"),
    "given": message("写出的数"),
    "computed": message("应有的数"),
    "says": message("说明"),
}
"""What an expected finding may write, and what each is called."""


def term(key: str) -> str:
    """等级（severity）: a key with what it means."""
    return say("{term}（{key}）", LOCALE, term=say(TERMS[key], LOCALE), key=key)


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
    """The examples of one file, those that pass first; InputError naming everything that the file lacks."""
    file: Any = next(iter(map(_plain, read_yaml(Path(path).read_text(encoding="utf-8"), str(path)))), None)
    wrong = tuple(_wrong(file, Place(source=str(path))))
    if wrong:
        raise InputError(*wrong)
    for each in (*file["pass"], *file["fail"]):
        case = {**file.get("common", {}), **each["case"]}
        yield Example(file["code"], each["name"], case, tuple(each.get("expect", ())), categories)


def _wrong(file: Any, place: Place) -> Iterator[Problem]:
    """What a file of examples lacks, or writes where nothing reads it."""
    missing = [key for key in ("code", "pass", "fail") if not isinstance(file, dict) or not file.get(key)]
    if missing:
        yield problem(
            "cases-incomplete",
            "样例文件要写 code、pass 和 fail；缺少：{keys}",
            place=place,
            keys=tuple(missing),
        )
        return
    for kind, known in (("pass", ("name", "case")), ("fail", ("name", "case", "expect"))):
        for number, each in enumerate(file[kind] if isinstance(file[kind], list) else [None], 1):
            entry = each if isinstance(each, dict) else {}
            whole = isinstance(entry.get("case"), dict) and isinstance(entry.get("name"), str)
            if not whole or sorted(entry) != sorted(known) or (kind == "fail" and not _expected(entry["expect"])):
                yield problem(
                    "cases-entry",
                    "{kind} 下的第{n}个样例应写 {keys}；expect 是一列，每条写：{parts}",
                    place=place,
                    kind=kind,
                    n=number,
                    keys=tuple(known),
                    parts=tuple(TERMS),
                )


def _expected(written: Any) -> bool:
    """Whether *written* is a list of findings, at least one, each with what can be compared."""
    return (
        isinstance(written, list)
        and bool(written)
        and all(isinstance(each, dict) and set(each) <= set(TERMS) for each in written)
    )


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
        try:
            found = list(examples(path, category))
        except PerfevalError as error:
            wrong += [str(each) for each in error.problems]
            continue
        count += len(found)
        for example in found:
            wrong += [
                say("{file}的“{name}”：{what}", LOCALE, file=path.name, name=example.name, what=each)
                for each in example.differences()
            ]
    if not count and not wrong:
        wrong.append(say("{folder}里没有样例（.yaml 文件）", LOCALE, folder=str(folder)))
    if wrong:
        raise AssertionError("\n".join(wrong))
    return count


def installed(key: str) -> Category:
    """The installed category *key* with every framework that it brings, for the contract of a package of data."""
    from attrs import evolve

    category = loading.category(key)
    if category.frameworks:
        return category
    return evolve(category, frameworks=tuple(loading.framework(f"{key}/{name}") for name in loading.frameworks(key)))
