"""审核意见所指: a finding holds the thing that it is about, and a check can be written for any subject."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

from attrs import evolve, frozen

import perfeval as pe
from perfeval.engine.checks.workings import findings_of
from perfeval.papers.data.serializer import plain as document
from perfeval.results.check import Found, check, found
from perfeval.results.waivers import chosen, waived

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval.results.finding import Finding

DOCUMENTED = """{}

查什么
------
示例。

为什么
------
示例。

反例
----
示例。

正例
----
示例。

何时可豁免
----------
示例。

起始版本
--------
0.1
"""


@frozen
class Report:
    """A published report, as far as a check of it goes."""

    pages: tuple[str, ...]


def said_twice(report: Report) -> Iterator[Found]:
    """A page that stands there twice."""
    for number, text in enumerate(report.pages, 1):
        if text in report.pages[: number - 1]:
            place = pe.Place(source="报告.pdf", page=number)
            yield evolve(found(text, about=place), places=(place,))


said_twice.__doc__ = DOCUMENTED.format("A page that stands there twice.")
page_twice = check("page-twice", title="页重复", severity="疑点", sentence="这一页重复", basis="示例")(said_twice)


def named_only(evaluation: pe.Evaluation) -> Iterator[Found]:
    """A check of somebody's own, that knows names alone."""
    yield found("清查")
    yield found("没有的")
    yield found(evaluation.score.name)


named_only.__doc__ = DOCUMENTED.format("A check of somebody's own.")


def case(**more: object) -> pe.Case:
    """A case with an indicator short of its target, a project and an item stated twice."""
    return pe.Case(
        "示例街道办事处",
        2024,
        rows=[
            pe.Row("总分", points=100, earned=94),
            pe.Row("产出/清查", points=100, target="≥100次", actual="90次", earned=100),
        ],
        projects=[
            pe.Project(
                "市容", budget=pe.Budget(whole_year="80万元", spent="60万元", rate="100%"), rows=[pe.Row("巡查", 100)]
            )
        ],
        data=[pe.Item("走访", ["3户", "4户"])],
        **more,  # type: ignore[arg-type]
    )


def by_code(evaluation: pe.Evaluation) -> dict[str, Finding]:
    """The findings by code."""
    return {each.code: each for each in evaluation.findings}


def test_each_finding_holds_its_thing() -> None:
    """A score, a data item, and for a stated rate its judgement, which knows the project."""
    evaluation = pe.evaluate(case())
    found = by_code(evaluation)
    assert found["short-but-full"].about is evaluation["清查"]
    assert found["earned-sum"].about is evaluation.score
    assert found["stated-twice"].about is evaluation.case.data[0]
    judgement = found["rate-not-reproduced"].about
    assert isinstance(judgement, pe.Judgement)
    assert judgement in evaluation.judgements
    assert judgement.about is evaluation.case.projects[0]


def test_projects_of_one_name_are_told_apart() -> None:
    """The page shows a finding beside the project whose money it is about, not beside another of its name."""
    one, other = (
        pe.Project("市容", budget=pe.Budget(whole_year="80万元", spent="60万元", rate=rate), rows=[pe.Row("巡查", 100)])
        for rate in ("75%", "100%")
    )
    evaluation = pe.evaluate(pe.Case("示例街道办事处", 2024, projects=[one, other]), select=["rate-not-reproduced"])
    page = pe.dump(evaluation, "html").decode()
    first, second = page[page.index('id="node-2"') : page.index('id="node-3"')], page[page.index('id="node-3"') :]
    assert 'href="#finding-1"' not in first
    assert 'href="#finding-1"' in second


def test_a_name_alone_is_enough() -> None:
    """Where a check gives only the name, the finding holds what bears it, if anything does."""
    own = check("own-named", title="示例", severity="提示", sentence="示例", basis="示例")(named_only)
    evaluation = pe.evaluate(case(categories=[pe.Category("own", "示例类", checks=[own])]), select=["own-named"])
    assert [each.about for each in evaluation.findings] == [evaluation["清查"], None, evaluation.score]


def test_the_thing_stays_outside_equality_and_papers() -> None:
    """Equal findings are equal whatever they hold; it is in no repr and no JSON, and survives pickling."""
    evaluation = pe.evaluate(case())
    one = by_code(evaluation)["short-but-full"]
    assert evolve(one, about=None) == one
    assert hash(evolve(one, about=None)) == hash(one)
    assert "about" not in repr(one)
    assert all("about" not in each for each in document(evaluation)["findings"])
    again = pickle.loads(pickle.dumps(evaluation))
    assert by_code(again)["short-but-full"].about is again["清查"]


def test_a_check_for_another_subject() -> None:
    """Choice, run and waivers know nothing of evaluations: a report's pages are checked in the same way."""
    report = Report(("甲", "乙", "甲"))
    (made,) = findings_of(report, chosen([page_twice], ["page-twice"]), {})
    assert made.about == pe.Place(source="报告.pdf", page=3)
    assert str(made) == "疑点 甲：这一页重复"
    (accepted,) = waived([made], [pe.Waiver("page-twice", "附件", of="甲")])
    assert accepted.waived == "附件"
