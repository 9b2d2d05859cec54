"""审核规则·运行: checks are run on their subject; what an evaluation says of its own making — a rule that failed, other versions.

The pipeline finds both while it works, and makes their findings here; nothing is looked for on a case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from perfeval.errors import PerfevalError
from perfeval.results.check import Found, check, found
from perfeval.results.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from perfeval.results.check import Check, Subject
    from perfeval.results.evaluation import Evaluation
    from perfeval.results.finding import Finding


@check(
    "check-failed",
    title="审核规则运行出错",
    severity=Severity.UNDECIDED,
    sentence="审核规则“{code}”运行出错（{kind}），其余照常；请把本条交给该规则的提供者",
    basis="出错的规则既不算相符，也不算不符",
    advice="请该规则的提供者改正；在此之前，请人工核对它所查的内容",
)
def check_failed(evaluation: Evaluation) -> Iterable[Found]:  # noqa: ARG001 - found while the checks run
    """A check, mostly of a category of one's own, whose program stopped on this case.

    查什么
    ------
    案例用到的每条审核规则是否都运行完了。任务类别带来的规则是别人写的程序，可能在没有料到的案例上出错。

    为什么
    ------
    没有运行完的规则不等于没有问题；点出来，才知道这一处没有查过。其余的规则不受影响。

    反例
    ----
    类别的规则把没有填的数当作填了，遇到空白就停下。

    正例
    ----
    没有填的数先判断有没有，再使用；契约测试在没写、写0、写成文字的案例上都运行过。

    何时可豁免
    ----------
    已由人工核对这条规则所查的内容，并写明结果。

    起始版本
    --------
    0.1
    """
    return ()


@check(
    "made-by-other-versions",
    title="评价所用的版本不同",
    severity=Severity.NOTE,
    sentence={
        "": "原评价由 {name} {before} 作出，这次是 {after}，结果可能不同",
        "installed": "案例里的这个类别出自{before}，现在安装的是{after}；这次仍按原来的内容评价",
    },
    basis="评价结果记下所用的版本，不同的版本可能算法不同",
    advice="以这次的结果为准，或用原来的版本再评；要用现在安装的类别，请重新读入案例",
)
def made_by_other_versions(evaluation: Evaluation) -> Iterable[Found]:  # noqa: ARG001 - found beside the evaluation
    """An earlier evaluation judged again, or a case kept from earlier, under other versions.

    查什么
    ------
    再评一份原有的评价时，perfeval 和各任务类别的版本是否与原来相同；保存下来的案例所带的类别，是否就是现在安装的版本。

    为什么
    ------
    换了版本，规则可能改过，得分变了不一定是案例变了。

    反例
    ----
    去年用 perfeval-market 1.0 评的，今年装的是 2.0，拿出来再评。

    正例
    ----
    用同一版本再评；或者重新读入案例，按现在的版本评。

    何时可豁免
    ----------
    两个版本的更新说明写明规则没有改动。

    起始版本
    --------
    0.1
    """
    return ()


def findings_of(subject: Subject, checks: Iterable[Check[Subject]], things: Mapping[str, object]) -> Iterator[Finding]:
    """What *checks* find in *subject*, in their order; one that raises is named, and the rest goes on.

    *things* are what the names of the subject mean: a check of somebody's own may give a name alone.
    """
    for each in checks:
        try:
            made = [each.finding(_known(one, things)) for one in each.run(subject)]
        except Exception as error:  # noqa: BLE001 - a check that raises must not cost the others: it is named instead
            why = error.problems[0] if isinstance(error, PerfevalError) else type(error).__name__
            made = [check_failed.finding(found(each.code, about=each, code=each.code, kind=why))]
        yield from made


def _known(given: Found, things: Mapping[str, object]) -> Found:
    """*given* with the thing that it is about, where it only says its name."""
    about = things.get(given.of) if given.about is None else None
    return given if about is None else evolve(given, about=about)
