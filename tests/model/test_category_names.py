"""Categories as files: a name that nobody declares, a relation that is none, a wrong severity are said at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import perfeval as pe
from perfeval.reading import read_category

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
