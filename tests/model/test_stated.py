"""写出的数: a data item by its name — as written, missing, or misspelt and then named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import perfeval as pe

if TYPE_CHECKING:
    from collections.abc import Iterator


def evaluation(*checks: object) -> pe.Evaluation:
    """An evaluation whose category declares two items, of which the case states one."""
    category = pe.Category("market", "市场", data={"检查": "次", "快检": "批次"}, checks=checks)
    data = [pe.Item("市场", items=[pe.Item("检查", ["3次"])])]
    return pe.evaluate(pe.Case("示例", 2021, categories=[category], data=data))


@pytest.mark.parametrize("name", ["市场.检查", "market.检查", "检查"])
def test_by_title_key_or_bare_name(name: str) -> None:
    """A group goes by its category's title or key, and a name that is unique needs none."""
    figure = evaluation().stated(name)
    assert figure is not None
    assert figure.text == "3次"


@pytest.mark.parametrize("name", ["快检", "市场.快检", "治安.巡查"])
def test_what_is_not_there_is_none(name: str) -> None:
    """Declared and not written, or of a category that the case does not name."""
    assert evaluation().stated(name) is None


@pytest.mark.parametrize("name", ["检察", "市场.检察", "market.检察"])
def test_a_misspelling_is_named(name: str) -> None:
    """What nobody declares and the case does not state is no missing number."""
    with pytest.raises(pe.NotFoundError, match="检查"):
        evaluation().stated(name)


@pe.check("market-few", title="检查少", severity="提示", sentence="{given}", basis="示例数据", advice="写明")
def few(evaluation: pe.Evaluation) -> Iterator[pe.Found]:
    """A check that asks for an item nobody declares.

    查什么
    ------
    检查了没有。

    为什么
    ------
    示例。

    反例
    ----
    没有。

    正例
    ----
    有。

    何时可豁免
    ----------
    不可。

    起始版本
    --------
    0.1
    """
    if (stated := evaluation.stated("市场.检察")) is not None:
        yield pe.found("市场.检察", stated, given=stated)


def test_a_check_that_misspells_is_named() -> None:
    """It would be silent for ever: the finding names the check, the item and the nearest one."""
    (finding,) = evaluation(few).findings
    assert (finding.code, finding.of) == ("check-failed", "market-few")
    for part in ("检察", "市场.检查"):
        assert part in str(finding)
