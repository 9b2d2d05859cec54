"""样例: an official's cases run with a category, and what comes out otherwise is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import perfeval as pe
from perfeval.testing import cases, examples

if TYPE_CHECKING:
    from pathlib import Path

CATEGORY = pe.Category(
    "market",
    "农贸市场监管（示例数据）",
    data={"快检": "批次", "合格": "批次", "不合格": "批次"}.items(),
    agreements=[pe.Agreement("快检 = 合格 + 不合格", name="快检合计", basis="实务做法")],
)
RIGHT = """\
code: agreement-broken
pass:
- name: 两个结果合起来是全部
  case: {data: {农贸市场监管（示例数据）: {快检: 100批次, 合格: 98批次, 不合格: 2批次}}}
fail:
- name: 少记了一批
  case: {data: {农贸市场监管（示例数据）: {快检: 100批次, 合格: 97批次, 不合格: 2批次}}}
  expect: [{severity: 错误, given: 100批次, computed: 99批次}]
"""


def written(folder: Path, text: str) -> Path:
    """A folder with one file of cases."""
    (folder / "快检合计.yaml").write_text(text, encoding="utf-8")
    return folder


def test_cases_that_come_out_as_written(tmp_path: Path) -> None:
    """Both cases run with the category although nothing is installed."""
    assert cases(CATEGORY, written(tmp_path, RIGHT)) == 2


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (RIGHT.replace("99批次", "98批次"), "应有的数（computed）写的是“98批次”，评价得出“99批次”"),
        (RIGHT.replace("97批次", "98批次"), "没有出现 expect 里写的这条意见：等级（severity） 错误"),
        (RIGHT.replace("合格: 98批次", "合格: 90批次"), "pass 里不该有这条意见"),
        (RIGHT.replace("expect: [", "expect: [{severity: 错误}, "), "没有出现"),
        (RIGHT.replace("agreement-broken", "agreement-brocken"), "agreement-broken"),
        (RIGHT.replace("合格: 97批次", "合格: 97批次, 合格: 98批次"), "两次"),
    ],
)
def test_cases_that_do_not(tmp_path: Path, wrong: str, said: str) -> None:
    """A wrong value, a finding that does not come and one that should not are told by file and case."""
    with pytest.raises(AssertionError) as caught:
        cases(CATEGORY, written(tmp_path, wrong))
    assert said in str(caught.value)
    assert "快检合计.yaml" in str(caught.value)


@pytest.mark.parametrize(
    ("right", "slip", "said"),
    [
        ("农贸市场监管（示例数据）", "农贸市场监官（示例数据）", "相近的有：农贸市场监管（示例数据）"),
        ("快检: 100", "快捡: 100", "相近的有：快检"),
        ("快检: 100批次", "快检: 100次", "请改用批次"),
    ],
)
def test_a_pass_that_looks_at_nothing_is_no_pass(tmp_path: Path, right: str, slip: str, said: str) -> None:
    """A data item misspelt in a pass case would keep the rule silent whatever the rule says."""
    with pytest.raises(AssertionError, match="两个结果合起来是全部") as caught:
        cases(CATEGORY, written(tmp_path, RIGHT.replace(right, slip, 1)))
    assert said in str(caught.value)


def test_an_empty_folder_is_no_proof(tmp_path: Path) -> None:
    """A folder without cases fails, so that a wrong path is seen."""
    with pytest.raises(AssertionError, match="没有样例"):
        cases(CATEGORY, tmp_path)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (RIGHT[: RIGHT.index("fail:")], "缺少：fail"),
        ("", "缺少：code、pass、fail"),
        (RIGHT.replace("severity: 错误", "serverity: 错误"), "fail 下的第1个"),
        (RIGHT[: RIGHT.index("  expect")], "fail 下的第1个"),
        (RIGHT.replace("- name: 两个结果合起来是全部\n  case", "- case"), "pass 下的第1个"),
        (RIGHT.replace("- name: 少记了一批\n  case", "- name: 少记了一批\n  csae"), "fail 下的第1个"),
    ],
)
def test_an_incomplete_file_is_named(tmp_path: Path, wrong: str, said: str) -> None:
    """A file without fail cases, or with a key that nothing reads, proves nothing and is refused with what to write."""
    folder = written(tmp_path, wrong)
    with pytest.raises(pe.InputError, match=said):
        list(examples(folder / "快检合计.yaml"))
    with pytest.raises(AssertionError, match=said):
        cases(CATEGORY, folder)
