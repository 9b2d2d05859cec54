"""Every check on its pass and fail cases, and what must hold for every built-in check."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest
from check_cases import Example, examples

import perfeval as pe
from perfeval.engine.checks.built_in import BUILT_IN
from perfeval.locales.messages import LOCALES
from perfeval.results.check import HEADINGS, Check

FILES = sorted((Path(__file__).parent / "cases").glob("*.yaml"))
EXAMPLES = [each for path in FILES for each in examples(path)]
FAILS = [each for each in EXAMPLES if each.expect]


def name(example: Example) -> str:
    """A readable id."""
    return f"{example.code}:{example.name}"


@pytest.mark.parametrize("example", EXAMPLES, ids=name)
def test_findings_are_those_expected(example: Example) -> None:
    """A pass case gives no finding of the check, a fail case exactly those that it writes."""
    assert example.differences() == []


@pytest.mark.parametrize("example", FAILS, ids=name)
def test_findings_are_whole(example: Example) -> None:
    """Each finding says itself in every language, with its place, and can be shown on a GBK console."""
    for finding in example.findings:
        assert finding.code == example.code
        for locale in LOCALES:
            said = finding.in_locale(locale)
            assert finding.of in said
            assert "{" not in said
        str(finding).encode("gbk")
        wanted = {field for _, field, _, _ in Formatter().parse(finding.template) if field}
        given = {key for key, value in finding.values if value is not None}
        assert wanted <= given
        assert finding.basis
        assert finding.advice


@pytest.mark.parametrize("check", BUILT_IN, ids=lambda check: check.code)
class TestContract:
    def test_code_is_stable_ascii(self, check: Check) -> None:
        """A code is lower-case ASCII words joined by hyphens, named for what is found."""
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", check.code)

    def test_it_is_documented_under_the_six_headings(self, check: Check) -> None:
        """The documentation has every heading in order, each with something under it."""
        assert tuple(title for title, _ in check.doc) == HEADINGS
        assert all(words for _, words in check.doc)

    def test_it_says_basis_advice_and_title(self, check: Check) -> None:
        """Title, basis and advice are there, and the basis says whether it was checked."""
        assert check.title
        assert check.basis.text
        assert check.advice

    def test_it_has_cases_that_pass_and_that_fail(self, check: Check) -> None:
        """At least one case in which it must be silent and one in which it must speak."""
        own = [bool(each.expect) for each in EXAMPLES if each.code == check.code]
        assert True in own
        assert False in own

    def test_no_sentence_spaces_its_numbers(self, check: Check) -> None:
        """One style: no space beside a value in a sentence."""
        for sentence in check.sentences.values():
            assert not re.search(r"[^ -~÷] \{|\} [^ -~÷]", sentence)


def test_codes_are_unique() -> None:
    """No two checks share a code, and every file of cases is a check's."""
    codes = [check.code for check in BUILT_IN]
    assert len(set(codes)) == len(codes)
    assert {path.stem for path in FILES} == set(codes)
    assert all(each.code == path.stem for path in FILES for each in examples(path))


def test_every_sentence_is_said_somewhere() -> None:
    """Each sentence that a check can say is said by a case, so that none is dead."""
    said = {finding.template for each in FAILS for finding in each.findings}
    every = {sentence for check in BUILT_IN for sentence in check.sentences.values()}
    assert every - said == {"{relation}：无法判断，{why}"}  # no file can hold such units: see test_pipeline


def test_a_runner_that_cannot_fail_is_none() -> None:
    """A wrong expectation, a missing one and one too many are all told apart from what comes."""
    real = next(each for each in FAILS if each.code == "earned-sum")
    wrong = Example(real.code, real.name, real.case, ({**real.expect[0], "given": "1分"},))
    assert len(wrong.differences()) == 1
    assert len(Example(real.code, real.name, real.case).differences()) == len(real.expect)
    assert len(Example(real.code, real.name, real.case, (*real.expect, real.expect[0])).differences()) == 1
    assert isinstance(real.findings[0], pe.Finding)
