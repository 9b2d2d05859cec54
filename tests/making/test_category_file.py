"""A category as one file in the case's own folder: named by path, and every slip of a plain editor told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import perfeval as pe

if TYPE_CHECKING:
    from pathlib import Path

CATEGORY = """\
perfeval: category/1
key: river
title: 河道保洁
units: {河段次: 巡查一个河段一次}
data: {巡查: 河段次, 问题: 处, 整改: 处}
indicators:
- {name: 整改率, target: ≥95 %, actual: 整改 ÷ 问题}
strategies: {逐处扣: "取大（0分，分值 - 完成值 × 1分/处）"}
agreements:
- {name: 整改不多于问题, holds: 整改 ≤ 问题, basis: 部分不超过全部}
wording: {巡查: "巡查{巡查}，发现问题{问题}"}
"""
CASE = """\
perfeval: case/1
office: 某街道办事处（示例数据）
year: 2024
categories: [NAME]
framework: {name: 示例, parts: [{name: 产出, points: 10, open: yes}]}
rows:
- {of: 产出/整改率, points: 10, earned: 10}
data:
  河道保洁: {巡查: 48河段次, 问题: 20处, 整改: 21处}
"""


def read(folder: Path, name: str, category: str | bytes = CATEGORY) -> pe.Case:
    """The case that names the category *name*, whose file stands in the case's folder."""
    file = folder / name / "category.yaml" if name.endswith("/") else folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(category.encode() if isinstance(category, str) else category)
    (folder / "case.yaml").write_text(CASE.replace("NAME", name), encoding="utf-8")
    return pe.read(folder / "case.yaml")


@pytest.mark.parametrize("name", ["河道保洁/category.yaml", "河道保洁/", "river.yaml"])
def test_a_case_names_it_by_path(tmp_path: Path, name: str) -> None:
    """By its file or by its folder: its units, indicators and agreements are there, nothing is installed."""
    evaluation = pe.evaluate(read(tmp_path, name))
    assert [each.of for each in evaluation.findings if each.code == "agreement-broken"] == ["河道保洁.整改"]
    assert str(evaluation["整改率"].earned) == "10分"


@pytest.mark.parametrize("name", ["../river.yaml", "/etc/river.yaml", "../", "a/../../river.yaml"])
def test_no_path_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    """A category outside the case's folder is refused, whatever stands there."""
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "river.yaml").write_text(CATEGORY, encoding="utf-8")
    (tmp_path / "category.yaml").write_text(CATEGORY, encoding="utf-8")
    (inner / "case.yaml").write_text(CASE.replace("NAME", name), encoding="utf-8")
    with pytest.raises(pe.InputError) as caught:
        pe.read(inner / "case.yaml")
    assert caught.value.code == "path-outside"


def test_a_file_never_causes_an_import(tmp_path: Path) -> None:
    """Python beside the data is not run, and a path to it is no category."""
    (tmp_path / "河道保洁").mkdir()
    (tmp_path / "河道保洁" / "__init__.py").write_text("raise SystemExit('imported')", encoding="utf-8")
    assert read(tmp_path, "河道保洁/").categories[0].key == "river"
    (tmp_path / "case.yaml").write_text(CASE.replace("NAME", "河道保洁/__init__.py"), encoding="utf-8")
    with pytest.raises(pe.PerfevalError):
        pe.read(tmp_path / "case.yaml")


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("title: 河道保洁", "title：河道保洁", "yaml-wide-colon", 3),
        ("title: 河道保洁", "title:河道保洁", "yaml-colon-space", 3),
        ("- {name: 整改率", "\t- {name: 整改率", "yaml-tab", 7),
        ("{巡查: 河段次, 问题", "{巡查: 河段次，问题", "yaml-wide-comma", 5),
        ("title: 河道保洁", "title: “河道保洁”", "yaml-curly-quotes", 3),
        ("units: {河段次", "unit: {河段次", "key-unknown", 4),
        ("title: 河道保洁", "title: 河道保洁\ntitle: 河道", "key-repeated", 4),
        ("整改 ≤ 问题", "整改 ≤ ≤ 问题", "", 10),
    ],
)
def test_slips_of_a_plain_editor_are_told(tmp_path: Path, old: str, new: str, code: str, line: int) -> None:
    """Each slip has its own message with the category's file, line and what to write."""
    with pytest.raises(pe.PerfevalError) as caught:
        read(tmp_path, "river.yaml", CATEGORY.replace(old, new, 1))
    first = caught.value.problems[0]
    assert not code or first.code == code
    assert first.place is not None
    assert (first.place.source, first.place.line) == ("river.yaml", line)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_other_encodings_of_a_plain_editor(tmp_path: Path, encoding: str) -> None:
    """A byte-order mark does no harm; GBK and UTF-16 are refused with the encoding to save in."""
    if encoding == "utf-8-sig":
        assert read(tmp_path, "river.yaml", CATEGORY.encode(encoding)).categories[0].title == "河道保洁"
        return
    with pytest.raises(pe.InputError, match="UTF-8"):
        read(tmp_path, "river.yaml", CATEGORY.encode(encoding))


@pytest.mark.parametrize(
    ("line", "text", "word"),
    [
        ("- {name: 合, holds: 整改 = 巡查 + 问题, basis: 无}", "整改 = 巡查 + 问题", "+"),
        ("- {name: 合, holds: 整改 ≤ 提问, basis: 无}", "整改 ≤ 提问", "提问"),
        ("- 整改 ≤ 提问", "整改 ≤ 提问", "提问"),
    ],
)
def test_what_is_wrong_in_a_formula_stands_at_its_text(tmp_path: Path, line: str, text: str, word: str) -> None:
    """A unit or a name that does not fit is found where the formula begins, and at its own character: as what is no formula."""
    written = CATEGORY.replace("- {name: 整改不多于问题, holds: 整改 ≤ 问题, basis: 部分不超过全部}", line)
    with pytest.raises(pe.InputError) as found:
        read(tmp_path, "river.yaml", written)
    place = found.value.problems[0].place
    assert place is not None
    row = written.splitlines().index(line) + 1
    assert (place.line, place.column, place.char) == (row, line.index(text) + 1, text.index(word) + 1)


def test_a_formula_of_a_framework_is_found_at_its_text() -> None:
    """The computed 完成值 of a framework's indicator: line and column of its formula, and the character."""
    from perfeval.reading.case import read_framework

    line = "- {name: 指, points: 100, target: ≥5宗, strategy: 正向, actual: 乙 + 甲}"
    with pytest.raises(pe.FrameworkError) as found:
        read_framework(f"perfeval: framework/1\nname: 示例\ndata: {{甲: 万元, 乙: 宗}}\nparts:\n{line}\n".encode())
    place = found.value.problems[0].place
    assert place is not None
    assert (place.line, place.column, place.char) == (5, line.index("乙 + 甲") + 1, 3)


def test_a_formula_with_a_place_is_the_same_formula() -> None:
    """Where a text stands is no part of what it says; it stays with the formula through a pickle."""
    import pickle

    from perfeval.errors import Place
    from perfeval.formulas.parser import parse
    from perfeval.formulas.source_map import standing, text_place

    made = standing(parse("甲 + 乙"), Place(line=3, column=5))
    assert made == parse("甲 + 乙")
    assert hash(made) == hash(parse("甲 + 乙"))
    assert text_place(pickle.loads(pickle.dumps(made))) == Place(line=3, column=5)


RULE = '"取大（0分，分值 - 完成值 × 1分/处）"'
STEPS = "{formula: 取大（0分，分值 - 完成值 × 每处）, parameters: "


@pytest.mark.parametrize(
    ("old", "new", "code", "where", "says"),
    [
        (RULE, '"取大（0分，分值 - 完成值 × 丁）"', "name-undeclared", "丁", "丁"),
        (RULE, STEPS + "【每处】}", "parameter-name", "【每处】", "[每处]"),
        (RULE, STEPS + "每处、每宗}", "parameter-name", "每处、每宗", "[每处, 每宗]"),
        (RULE, STEPS + "[每处, 每宗]}", "parameter-unused", "每宗", "每宗"),
        ("actual: 整改 ÷ 问题}", "actual: 整改 ÷ 问题, strategy: {递减按比例: {每次: 1 %, 扣: 1分}}}", "parameter-unknown", "每次", "相近的有：每"),
        ("actual: 整改 ÷ 问题}", "actual: 整改 ÷ 问题, strategy: {name: 乙法, formula: 分值 × 丁}}", "name-undeclared", "丁", "乙法"),
    ],
)  # fmt: skip
def test_a_strategy_that_nobody_can_mean_is_refused(
    tmp_path: Path, old: str, new: str, code: str, where: str, says: str
) -> None:
    """Undeclared names, parameters without a use or a name, arguments without a parameter: at their character, before a case."""
    written = CATEGORY.replace(old, new)
    with pytest.raises(pe.InputError) as found:
        read(tmp_path, "river.yaml", written)
    (wrong,) = found.value.problems
    place = wrong.place
    assert wrong.code == code
    assert says in str(wrong)
    assert place is not None
    assert place.line is not None
    assert place.column is not None
    line = written.splitlines()[place.line - 1]
    begins = place.column - 1 + (place.char - 1 if place.char is not None else 0)
    quoted = line[place.column - 1] == '"'  # characters of a quoted text count behind the mark
    assert line[begins + quoted :].startswith(where)


def test_a_framework_names_the_argument_whose_unit_does_not_fit() -> None:
    """每 of another unit than 完成值 is told as that parameter at its place, with what to write; not as a formula nobody saw."""
    from perfeval.reading.case import read_framework

    line = "- {name: 指, points: 100, target: ≥5次, strategy: {递减按比例: {每: 1人, 扣: 1分}}}"
    with pytest.raises(pe.FrameworkError) as found:
        read_framework(f"perfeval: framework/1\nname: 示例\nparts:\n{line}\n".encode())
    (wrong,) = found.value.problems
    assert (wrong.code, str(wrong.get("instead"))) == ("parameter-unit", "1次")
    assert wrong.place is not None
    assert wrong.place.column == line.index("1人") + 1
