"""JSON 评价结果 against its published schema."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from hypothesis import given, settings, strategies as st
from jsonschema import Draft202012Validator

import perfeval as pe
from perfeval.papers.data.serializer import EVALUATION, schema, to_json

if TYPE_CHECKING:
    from collections.abc import Iterator

VALIDATOR = Draft202012Validator(schema())


def problems(found: Any) -> list[str]:
    """What the schema finds wrong."""
    return [f"{list(error.path)}: {error.message}" for error in VALIDATOR.iter_errors(found)]


def test_the_schema_is_a_schema() -> None:
    """The published schema is one, and closed: a key that it does not know is refused."""
    Draft202012Validator.check_schema(schema())
    assert schema()["properties"]["perfeval"] == {"const": "evaluation/1"}
    assert problems({})


def test_documents_are_what_the_schema_says(yongping: Any, project: Any, hostile: Any) -> None:
    """The office, a project, and an evaluation with hostile words all follow the schema."""
    for evaluation in (yongping, project, hostile):
        for locale in ("zh_Hans", "en"):
            assert problems(json.loads(pe.dump(evaluation, "json", locale=locale))) == []


def test_a_passage_follows_the_schema(hostile: Any) -> None:
    """Page and characters stand in a place that has them, and in no other."""
    first, *rest = hostile.findings
    passage = pe.Place(source="目录/报告.pdf", page=3, char=5, end=9)
    made = document(evolve(hostile, findings=(evolve(first, places=(passage,)), *rest)))
    assert problems(made) == []
    assert made["findings"][0]["places"] == [{"source": "报告.pdf", "page": 3, "char": 5, "end": 9}]
    written = [place for each in document(hostile)["findings"] for place in each["places"]]
    assert not any({"page", "char", "end"} & set(place) for place in written)


def test_the_schema_notices(project: Any) -> None:
    """A number that is not a string, an unknown key and a missing one are each noticed."""
    for change in (
        {"year": "2021"},
        {"score": {**document(project)["score"], "earned": 96.2}},
        {"more": 1},
        {"perfeval": "evaluation/2"},
    ):
        assert problems({**document(project), **change})
    assert problems({name: value for name, value in document(project).items() if name != "findings"})


def test_small_cases_follow_the_schema() -> None:
    """Every shipped small case, each with a fault of its own, follows the schema."""
    from perfeval.command.inputs import example

    folder = example("small").parents[1] / "small"
    if not folder.is_dir():
        pytest.skip("not a checkout")
    for path in sorted(folder.glob("*.yaml")):
        if path.name != "expected.yaml":
            assert problems(document(pe.evaluate(pe.read(path)))) == [], path.name


def document(evaluation: Any) -> Any:
    """The JSON of an evaluation, read back."""
    return json.loads(pe.dump(evaluation, "json"))


def numbers(value: Any) -> Iterator[dict[str, str]]:
    """Every number of a document."""
    if isinstance(value, dict):
        if "number" in value:
            yield value
        for each in value.values():
            yield from numbers(each)
    elif isinstance(value, list):
        for each in value:
            yield from numbers(each)


def test_numbers_are_exact_strings(yongping: Any, project: Any) -> None:
    """No float anywhere; every number is a string beside its unit, and points are the scores themselves."""
    for evaluation in (yongping, project):
        text = pe.dump(evaluation, "json").decode()
        assert not any(isinstance(each, float) for each in walk(json.loads(text)))
        assert all(
            isinstance(each["number"], str) and isinstance(each["unit"], str) for each in numbers(json.loads(text))
        )
    found = document(project)["score"]["earned"]
    assert Fraction(found["number"]) == project.score.earned.number


def walk(value: Any) -> Iterator[Any]:
    """Every value of a document."""
    yield value
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from walk(each)


@settings(max_examples=50)
@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_any_number_survives(spent: int, budget: int) -> None:
    """A rate that does not end is written as a fraction, exactly."""
    framework = pe.Framework(
        "示例", [pe.Indicator("执行率", 100, "100%", actual="全年执行数 ÷ 全年预算数", strategy="正向")]
    )
    case = pe.Case(framework=framework, budget=pe.Budget(whole_year=f"{budget}元", spent=f"{spent}元"))
    found = document(pe.evaluate(case))
    assert problems(found) == []
    actual = found["score"]["parts"][0]["actual"]
    assert Fraction(actual["number"]) / {"": 1, "%": 100, "倍": 1}[actual["unit"]] == Fraction(spent, budget)


def test_places_do_not_name_the_machine(yongping: Any) -> None:
    """A place has the file's name, not the folders that it lies in."""
    sources = {place["source"] for finding in document(yongping)["findings"] for place in finding["places"]}
    assert sources == {"case.yaml"}


def test_compact_is_one_line(project: Any) -> None:
    """JSON lines: one document, one line, the same content."""
    line = to_json(EVALUATION, project, compact=True)
    assert line.count("\n") == 1
    assert json.loads(line) == document(project)
