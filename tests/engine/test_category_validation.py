"""Categories as files: a name that nobody declares, a relation that is none, a wrong severity are said at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import perfeval as pe
from perfeval.reading.case import read_category

if TYPE_CHECKING:
    from pathlib import Path

START = """perfeval: category/1
key: market
title: 市场（示例数据）
data: {快检批次: 批次, 检查场所: 间次}
"""


@pytest.mark.parametrize(
    ("lines", "line", "says"),
    [
        ("agreements:\n- {holds: 快检批此 ≥ 1 批次, basis: 示例}\n", 6, "不认识名称“快检批此”"),
        ("agreements:\n- {holds: 快检批次 + 1 批次, basis: 示例}\n", 6, "要写成能成立或不成立的关系"),
        ("agreements:\n- {holds: 快检批次 ≥ 1 批次, severity: 严重, basis: 示例}\n", 6, "“严重”不认识"),
        ("indicators:\n- {name: 检查, actual: 检查场索}\n", 6, "不认识名称“检查场索”"),
    ],
)
def test_misspelt_category(tmp_path: Path, lines: str, line: int, says: str) -> None:
    """Said when the file is read, with its line."""
    path = tmp_path / "market.yaml"
    path.write_text(START + lines, "utf-8")
    with pytest.raises(pe.InputError, match=says) as said:
        read_category(path)
    assert said.value.place is not None
    assert said.value.place.line == line


def test_all_at_once(tmp_path: Path) -> None:
    """Two relations, two problems."""
    path = tmp_path / "market.yaml"
    path.write_text(START + "agreements: [快检批此 ≥ 1 批次, 快检皮次 ≥ 1 批次]\n", "utf-8")
    with pytest.raises(pe.InputError) as said:
        read_category(path)
    assert len(said.value.problems) == 2


def test_well_spelt(tmp_path: Path) -> None:
    """Own names, names in full and another category's are no misspelling."""
    path = tmp_path / "market.yaml"
    path.write_text(START + "agreements: [快检批次 ≥ 1 批次, 检查场所 ≥ 治安.巡查]\n", "utf-8")
    assert len(read_category(path).agreements) == 2


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"strategies": ["逐宗扣"]}, "应是 Strategy，这里是 str"),
        ({"strategies": {"逐宗扣": "分值"}}, "应是 Strategy，这里是 str"),
        ({"indicators": ["快检合格率"]}, "应是 Indicator，这里是 str"),
        ({"frameworks": ["market/main"]}, "应是 Framework，这里是 str"),
        ({"agreements": [3]}, "要写成能成立或不成立的关系"),
        ({"wording": [("快检", 3)]}, "“措辞”应是"),
        ({"key": 3}, "“键”应是 str"),
        ({"data": ["检查"]}, "“检查”应写成一对"),
        ({"data": [("检查", "次", "注", "多")]}, "应写成一对"),
        ({"units": ["趟次"]}, "“趟次”应写成一对"),
        ({"units": "趟次"}, "“趟次”应写成一对"),
    ],
)
def test_a_field_of_another_kind_in_python(fields: dict[str, object], says: str) -> None:
    """What is no record, or a text where a pair belongs, is told with what it should be, when made or when used."""
    with pytest.raises(pe.FrameworkError, match=says):
        pe.evaluate(pe.Case("示例", 2021, categories=[pe.Category(**{"key": "market", "title": "市场", **fields})]))  # type: ignore[arg-type]


def test_data_as_a_mapping() -> None:
    """Names and units in a mapping are what pairs of them are."""
    data = {"检查": "次", "快检": "批次"}
    assert pe.Category("market", "市场", data=data) == pe.Category("market", "市场", data=data.items())
    assert pe.Framework("甲", data=data).data == pe.Framework("甲", data=list(data.items())).data
