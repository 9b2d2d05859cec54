"""Cases that the papers are made of: the shipped examples and one whose every word is hostile."""

from __future__ import annotations

from typing import Any

import pytest

import perfeval as pe
from perfeval.command.inputs import example

HOSTILE = "<script>alert(1)</script> | `x` *y* [z](javascript:0) &lt; \\ # $1$"


@pytest.fixture(scope="session")
def yongping() -> Any:
    """The office's evaluation."""
    return pe.evaluate(pe.read(example("yongping-2021")))


@pytest.fixture(scope="session")
def project() -> Any:
    """The project's evaluation."""
    return pe.evaluate(pe.read(example("chuzuwu-2021")))


@pytest.fixture(scope="session")
def hostile() -> Any:
    """An evaluation in which names, words and reasons try to be markup."""
    name = "甲" + HOSTILE.replace("/", "")  # which a name may not hold
    framework = pe.Framework("示例" + HOSTILE, [pe.Indicator(name, 100, "≥10次", strategy="正向")])
    case = pe.Case(
        office=HOSTILE,
        year=2021,
        framework=framework,
        goals=[HOSTILE, "- 甲\n1. 乙\n# 丙\n> 丁"],
        rows=[pe.Row(name, actual="5次", earned="100", reason=HOSTILE)],
        problems=[pe.Issue(HOSTILE, measure=HOSTILE)],
        waivers=[pe.Waiver("short-but-full", reason=HOSTILE)],
    )
    return pe.evaluate(case)
