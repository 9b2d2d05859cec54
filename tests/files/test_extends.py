"""extends: only what is named changes, unset is not default."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from perfeval.conversion import converter, extends
from perfeval.documents import yaml
from perfeval.errors import InputError
from perfeval.model.framework import Dimension, Framework, Indicator

if TYPE_CHECKING:
    from perfeval.documents.cells import Fields

BASE = """
name: 基础
points: 100
rounding: {digits: 1, how: 舍去}
grades: {优: 90, 良: 80, 差: 0}
data: {甲数: 次}
parts:
- name: 产出
  points: 60
  parts:
  - {name: 数量, points: 40, target: ≥3 次}
  - {name: 质量, points: 20, target: ≥90 %}
- {name: 效益, points: 40}
"""


def fields(text: str) -> Fields:
    """The fields of one document."""
    (document,) = yaml.read(text)
    return document  # type: ignore[no-any-return]


def made(text: str, **others: str) -> Framework:
    """The framework of *text*, where *others* may be extended by name."""
    return converter.framework(extends.worked_out(fields(text), lambda name: fields(others[name])))


def test_only_what_is_named_changes() -> None:
    """A part is changed by name, dropped, or added; everything else stays as the other has it."""
    read = made(
        "extends: 基础\nname: 新\n等级: {差: 60}\nrounding: {digits: 2}\n"
        "parts:\n- {name: 产出, parts: [{name: 数量, 分值: 45}, {name: 质量, drop: 是}, {name: 时效, points: 15}]}\n"
        "- {name: 效益, 指标值: ≥1 次}\n",
        基础=BASE,
    )
    assert read == Framework(
        "新",
        [
            Dimension("产出", 60, [Indicator("数量", 45, "≥3 次"), Indicator("时效", 15)]),
            Indicator("效益", 40, "≥1 次"),
        ],
        points=100,
        rounding=read.rounding,
        grades=[("优", 90), ("良", 80), ("差", 60)],
        data=[("甲数", "次")],
    )
    assert (read.rounding.digits, read.rounding.how) == (2, "舍去")


def test_chains() -> None:
    """A framework may extend one that extends another."""
    read = made("extends: 中\nname: 新\n", 中="extends: 基础\nname: 中\npoints: 90\n", 基础=BASE)
    assert (read.name, str(read.points), len(read.parts)) == ("新", "90分", 2)


def test_circles_are_refused() -> None:
    """A chain that comes back to itself is named."""
    with pytest.raises(InputError, match=r"甲→乙→甲"):
        made("extends: 甲\nname: 新\n", 甲="extends: 乙\nname: 甲\n", 乙="extends: 甲\nname: 乙\n")


def test_dropping_what_is_not_there() -> None:
    """The message names what this level has, at the line of the part."""
    with pytest.raises(InputError, match=r"第3行第11列：要删去的“时效”不在所沿用的指标体系里；这一级有：产出、效益"):
        made("extends: 基础\nname: 新\nparts: [{name: 时效, drop: yes}]\n".replace("parts: [", "parts:  [ "), 基础=BASE)


def test_problems_of_what_is_taken_over_keep_their_place() -> None:
    """What is wrong in the extended framework is reported where it stands."""
    with pytest.raises(InputError, match=r"第2行第1列：没有“poinst”这一栏"):
        made("extends: 甲\nname: 新\n", 甲="name: 甲\npoinst: 3\n")
