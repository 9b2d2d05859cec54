"""A framework prints as the table that a client knows, and such a table reads back as the same rules."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import given, settings, strategies as st
from making_tables import HEAD, workbook

import perfeval as pe
from perfeval.authoring import printing
from perfeval.authoring.importing import framework as importing
from perfeval.plugins import loading

if TYPE_CHECKING:
    from pathlib import Path

STANDARDS = [
    ("≥12次", "按完成率计分"),
    ("≥12次", "每少1次扣1分，扣完为止"),
    ("≥95%", "每低1个百分点扣0.5分"),
    ("", "每发现一项扣2分"),
    ("", "完成得满分，否则不得分"),
    ("", "视情况酌情打分"),
    ("", "90%（含）以上得满分，60%（含）-90%得1分，60%以下不得分"),
    ("", "随便写的一句话"),
]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["产出指标", "效益指标", "满意度指标"]), st.sampled_from(STANDARDS), st.integers(1, 40)
        ),
        min_size=1,
        max_size=8,
    )
)
@settings(max_examples=25)
def test_a_printed_table_reads_back_the_same(lines: list[tuple[str, tuple[str, str], int]]) -> None:
    """Import, print, import: the same tree, points and rules."""
    rows = [
        [level, "", f"指标{'甲乙丙丁戊己庚辛'[number]}", points, target, prose]
        for number, (level, (target, prose), points) in enumerate(sorted(lines, key=lambda each: each[0]))
    ]
    first = importing.framework(workbook([HEAD, *rows]), name="示例数据")
    again = importing.framework(printing.workbook(first.framework), name="示例数据")
    assert again.framework.parts == first.framework.parts
    assert [each.rule for each in again.lines] == [each.rule for each in first.lines]


RULES: list[tuple[str, object]] = [
    ("≥90 %", "正向"),
    ("≥90 %", "达线满分"),
    ("≤5天", "限内满分"),
    ("是", "是否"),
    ("=12场", "等于"),
    ("≥95 %", {"递减按比例": {"每": "1 百分点", "扣": "0.5 分"}}),
    ("≥95 %", {"递减满一步": {"每": "5 百分点", "扣": "1 分"}}),
    ("≥95 %", {"递减不足一步按一步": {"起点": "90 %", "每": "1 百分点", "扣": "2 分"}}),
    ("≤100 %", {"超出递减按比例": {"每": "1 百分点", "扣": "0.1 分"}}),
    ("≤0起", {"缺项扣分": {"完成值": "2 分/起"}}),
    ("≥5场", {"按数累加": {"每项": "2 分/场"}}),
    ("≥90 %", {"分档": {"≥90 %": "满分", "≥80 %": "80 %", "≥60 %": "5 分", "其余": "0 分"}}),
    ("≥90 %", {"满意度比例按达标线": {"达标线": "90 %", "及格线": "60 %"}}),
    ("≥90 %", {"满意度比例按百分": {"达标线": "90 %", "及格线": "60 %"}}),
    ("显著提升", "定性三档80/60"),
    ("显著提升", "定性三档80/50"),
]


@pytest.mark.parametrize(("aim", "rule"), RULES, ids=[str(each) for each in RULES])
def test_rules_print_as_prose_that_reads_back(aim: str, rule: object) -> None:
    """Every rule that the importer knows is printed in words that it takes for that rule and no other."""
    first = pe.Framework("示例数据", [pe.Dimension("产出", 10, [pe.Indicator("巡查", 10, aim, strategy=rule)])])
    made = importing.framework(printing.workbook(first), name="示例数据")
    before, after = ([part for _, part in each.walk()][-1] for each in (first, made.framework))
    assert isinstance(before, pe.Indicator)
    assert isinstance(after, pe.Indicator)
    assert after.target == before.target
    assert written(after) == written(before)


def written(indicator: pe.Indicator) -> tuple[str, dict[str, str]]:
    """The strategy's name and arguments as texts."""
    name, told = indicator.strategy if isinstance(indicator.strategy, tuple) else (indicator.strategy, ())
    return str(name), {str(key): str(value) for key, value in told}


@pytest.mark.parametrize("key", ["national", "chongqing", "hubei", "sichuan", "yunnan", "baiyun"])
def test_every_built_in_framework_prints(key: str) -> None:
    """Both papers of each framework name every part and its points."""
    for name in loading.frameworks(key):
        framework = loading.framework(f"{key}/{name}")
        said = printing.markdown(framework)
        sheet = openpyxl.load_workbook(io.BytesIO(printing.workbook(framework))).active
        assert sheet is not None
        cells = "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)
        for path, part in framework.walk():
            assert part.name in said, path
            assert part.name in cells, path
        said.encode("gbk")


def test_a_text_is_never_a_live_formula(tmp_path: Path) -> None:
    """A name or 评分标准 that begins with = is text in the workbook."""
    framework = pe.Framework("示例数据", [pe.Dimension("=1+1", 10, [pe.Indicator("=HYPERLINK(1)", 10, "≥5次")])])
    path = printing.write(framework, tmp_path / "表.xlsx")
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s", "n"}


def test_papers_are_not_written_over(tmp_path: Path) -> None:
    """An existing table is left alone unless asked; another ending is refused, naming those that are written."""
    framework = loading.framework("national/project-2020")
    path = printing.write(framework, tmp_path / "表.md")
    with pytest.raises(pe.OutputError):
        printing.write(framework, path)
    printing.write(framework, path, overwrite=True)
    with pytest.raises(pe.OutputError) as caught:
        printing.write(framework, tmp_path / "表.doc")
    assert caught.value.code == "table-format"
