"""The documentation of checks and strategies in every language: what ``perfeval explain`` and ``checks`` print."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from perfeval.checks import BUILT_IN, OF_THE_PIPELINE, Check, check
from perfeval.formulas.strategies import BUILT_IN as STRATEGIES
from perfeval.papers import describing

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
