"""相近的名称: names that may have been meant, or what there is; never names at random."""

from __future__ import annotations

import pickle

import pytest

from perfeval.locales.suggestions import closest, suggest

CODES = [f"体系{n}" for n in range(1, 13)]


@pytest.mark.parametrize(
    ("name", "known", "said"),
    [
        ("清查次数", ["宣传", "清查行动"], "；相近的有：清查行动"),
        ("执行率", ["投诉办结时间", "预算执行率"], "；相近的有：预算执行率"),
        ("哈哈", ["甲乙", "丙丁"], "；有：甲乙、丙丁"),
        ("哈哈", CODES, "；有：体系1、体系2、体系3、体系4、体系5、体系6等12个"),
        ("哈哈", [], ""),
    ],
)
def test_what_may_have_been_meant(name: str, known: list[str], said: str) -> None:
    """Half of the characters in common, or one within the other; else the first six of what there is, counted."""
    assert str(suggest(name, known)) == said
    assert pickle.loads(pickle.dumps(suggest(name, known))) == suggest(name, known)


def test_other_languages() -> None:
    """The same in another locale, with its own list marks."""
    assert "清查行动" in suggest("清查次数", ["清查行动"]).in_locale("en")
    assert suggest("x", []).in_locale("en") == ""


def test_three_at_most_and_the_likest_first() -> None:
    """Of many alike the three likest: epidemik is epidemic with one letter changed."""
    assert closest("epidemik", ["epidemia", "epidemic", "epidemics", "epidermis", "economy"])[0] in (
        "epidemic",
        "epidemia",
    )
    assert len(closest("体系", CODES)) == 3
    assert closest("甲", ["甲乙丙丁"]) == ()
