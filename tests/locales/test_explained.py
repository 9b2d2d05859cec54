"""The documentation of checks and strategies in every language: what ``perfeval explain`` and ``checks`` print."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

import perfeval as pe
from perfeval.command.inputs import example
from perfeval.engine.checks.built_in import BUILT_IN, OF_THE_PIPELINE
from perfeval.papers.report.appendix import annexes
from perfeval.papers.screen import describing
from perfeval.results.check import Check, check
from perfeval.strategies.built_in import BUILT_IN as STRATEGIES
from perfeval.strategies.strategy import basis_in

if TYPE_CHECKING:
    from collections.abc import Iterable

CHECKS = (*BUILT_IN, *OF_THE_PIPELINE)


def unquoted(text: str) -> str:
    """The Chinese characters of *text* that stand in no quotation marks."""
    return "".join(re.findall("[\u4e00-\u9fff]", re.sub(r'“[^”]*”|"[^"]*"', "", text)))


@pytest.mark.parametrize("code", [each.code for each in CHECKS])
def test_a_check_is_explained_in_english(code: str) -> None:
    """Title, basis, advice, headings and every block under them are English; Chinese only names an official term."""
    lines = list(describing.explained(code, "en"))
    assert [line for line in lines if unquoted(line)] == []


@pytest.mark.parametrize("code", [each.code for each in CHECKS])
def test_a_check_is_explained_in_traditional_chinese(code: str) -> None:
    """As many lines as in simplified Chinese, of other characters: 查什么 and 何时可豁免 are headings of each."""
    simplified, traditional = (list(describing.explained(code, locale)) for locale in ("zh_Hans", "zh_Hant"))
    assert len(simplified) == len(traditional)
    assert {"查什麼", "為什麼", "何時可豁免"} <= set(traditional)
    assert {"查什么", "为什么", "何时可豁免"}.isdisjoint(traditional)
    assert "\n".join(simplified) != "\n".join(traditional)


def test_each_block_is_what_the_check_s_docstring_says() -> None:
    """In simplified Chinese every line under a heading stands so in the docstring: nothing is worded twice."""
    for each in CHECKS:
        written = {line.strip() for line in (each.run.__doc__ or "").splitlines()}
        printed = [line for line in describing.explained(each.code) if line.startswith("  ")]
        assert printed
        assert {line.strip() for line in printed} <= written


def test_a_strategy_is_explained_in_english() -> None:
    """Note, rows and basis are English; the name, the formula and the parameters' names stay as they are written."""
    for name in STRATEGIES:
        first, *lines = describing.explained(name, "en")
        assert first == name
        said = [re.sub(r"^(Parameter )?[^:]*: ", "", line) for line in lines if not line.startswith("Formula: ")]
        assert [line for line in said if unquoted(line)] == []


def test_what_a_category_documents_stays_as_written() -> None:
    """Somebody else's check is in no catalogue: its title, basis and blocks are printed as its author wrote them."""

    @check("their-own", title="别家的规则", severity="疑点", sentence="别家的意见", basis="别家的办法（示例数据）")
    def theirs(evaluation: object) -> Iterable[object]:
        """A check.

        查什么
        ------
        别家查的事。

        为什么
        ------
        别家的道理。

        反例
        ----
        别家的反例。

        正例
        ----
        别家的正例。

        何时可豁免
        ----------
        不可豁免。

        起始版本
        --------
        0.1
        """
        return ()

    assert isinstance(theirs, Check)
    lines = list(describing._check(theirs, "en"))
    assert lines[:2] == ["their-own  别家的规则  Doubtful", "Basis: 别家的办法（示例数据）, not verified"]
    assert {"What it finds", "  别家查的事。", "  别家的反例。", "  Not to be waived."} <= set(lines)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("实务做法，未核对", "Common practice, not verified"),
        (
            "湖北、江西自评表填表说明，已核对",
            "Instructions of the self-evaluation tables of Hubei and Jiangxi, verified",
        ),
        ("分值由指标体系规定", "The framework sets the points"),
        ("某区办法（示例数据），已核对", "某区办法（示例数据）, verified"),
        ("", ""),
    ],
)
def test_a_basis_kept_as_text_is_said_in_the_language(written: str, said: str) -> None:
    """A finding keeps its basis as text with the mark; both are said in the language, an office's paper as written."""
    assert basis_in(written, "en") == said
    assert basis_in(written) == written


def test_a_finding_s_basis_is_said_in_the_language() -> None:
    """In the English table of findings the basis of a check is English; that of a category's agreement as written."""
    evaluation = pe.evaluate(pe.read(example("yongping-2021")))
    (blocks,) = (blocks for title, blocks in annexes(evaluation, "en") if title == "Findings")
    said = {finding.basis: row[4] for finding, row in zip(evaluation.findings, blocks[-1].rows, strict=True)}
    own = {str(each.basis) for each in CHECKS} & set(said)
    assert own
    assert set(said) - own
    assert [said[basis] for basis in own if unquoted(said[basis])] == []
    assert all(said[basis].endswith(", not verified") for basis in said)
    page = pe.dump(evaluation, "html", locale="en").decode()
    assert all(basis in page for basis in said.values())
    kept = json.loads(pe.dump(evaluation, "json", locale="en"))["findings"]
    assert [each["basis"] for each in kept] == [said[finding.basis] for finding in evaluation.findings]
