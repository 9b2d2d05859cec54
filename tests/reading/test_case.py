"""Sources → one resolved Case: names looked up once, no file leads out of the case's folder, several sources made one."""

from __future__ import annotations

import io
import pickle
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings, strategies as st

from perfeval.documents.limits import Limits
from perfeval.errors import InputError, NotFoundError, PerfevalError
from perfeval.model.case import Budget, Case, Item, Row
from perfeval.model.category import Category
from perfeval.model.framework import Framework, Indicator
from perfeval.reading.case import read

if TYPE_CHECKING:
    from pathlib import Path

CASE = "perfeval: case/1\noffice: 某街道\nyear: 2021\n"
FRAMEWORK = "perfeval: framework/1\nname: 示例体系\nparts: [{name: 检查量, points: 10, target: ≥3 次}]\n"
MADE = Framework("示例体系", [Indicator("检查量", 10, "≥3 次")])


def code(*sources: object, **options: object) -> str:
    """The code of the error that reading raises."""
    with pytest.raises(PerfevalError) as caught:
        read(*sources, **options)  # type: ignore[arg-type]
    assert caught.value.code
    return caught.value.code


def test_path_bytes_and_file_object(tmp_path: Path) -> None:
    """The same case from a path, its text, bytes and open files in either mode, YAML or JSON."""
    path = tmp_path / "case.yaml"
    path.write_text(CASE, "utf-8")
    expected = Case("某街道", 2021)
    assert read(path) == read(str(path)) == read(CASE.encode()) == expected
    assert read(io.BytesIO(CASE.encode())) == read(io.StringIO(CASE)) == expected
    with path.open("rb") as stream:
        assert read(stream) == expected
    json = '{"perfeval": "case/1", "office": "某街道", "year": 2021}'
    (tmp_path / "case.json").write_text(json, "utf-8")
    assert read(json.encode()) == read(tmp_path / "case.json") == expected


def test_framework_of_the_same_file() -> None:
    """A framework may stand as a document beside the case, named by its name, or inside the case."""
    beside = f"{CASE}framework: 示例体系\n---\n{FRAMEWORK}"
    inside = f"{CASE}framework: {{name: 示例体系, parts: [{{name: 检查量, points: 10, target: ≥3 次}}]}}\n"
    assert read(beside.encode()).framework == read(inside.encode()).framework == MADE


def test_framework_by_name_touches_one_category(monkeypatch: pytest.MonkeyPatch) -> None:
    """category/name loads that framework and no other category."""
    from perfeval.plugins import loading

    touched: list[str] = []
    folder = loading.folder
    monkeypatch.setattr(loading, "folder", lambda found: touched.append(found.key) or folder(found))
    case = read(f"{CASE}framework: baiyun/office-2021\n".encode())
    assert case.framework is not None
    assert [part.name for part in case.framework.parts] == ["管理效能", "履职效能"]
    assert set(touched) == {"baiyun"}


def test_an_installed_framework_may_be_extended_inline() -> None:
    """extends works inside a case, by name."""
    text = f"{CASE}framework: {{extends: baiyun/office-2021, name: 新, partial: no, parts: [{{name: 其他, points: 5, open: yes}}]}}\n"
    framework = read(text.encode()).framework
    assert framework is not None
    assert [(part.name, str(part.points)) for part in framework.parts] == [
        ("管理效能", "45分"),
        ("履职效能", "50分"),
        ("其他", "5分"),
    ]


def test_a_file_in_the_folder_and_no_other(tmp_path: Path) -> None:
    """A path stays within the case's folder, symbolic links included, and bytes name no file at all."""
    home = tmp_path / "案例"
    home.mkdir()
    (home / "体系.yaml").write_text(FRAMEWORK, "utf-8")
    (tmp_path / "外.yaml").write_text(FRAMEWORK, "utf-8")
    (home / "链.yaml").symlink_to(tmp_path / "外.yaml")

    def named(name: str) -> Path:
        path = home / "case.yaml"
        path.write_text(f"{CASE}framework: {name}\n", "utf-8")
        return path

    assert read(named("体系.yaml")).framework == MADE
    for name in ("../外.yaml", str(tmp_path / "外.yaml"), "链.yaml"):
        assert code(named(name)) == "path-outside"
    assert code(named("无.yaml")) == "file-missing"
    assert code(f"{CASE}framework: 体系.yaml\n".encode()) == "path-without-folder"


@pytest.mark.parametrize("name", ["../../../etc/passwd", "/etc/passwd", "..", "national/../../体系"])
@pytest.mark.parametrize("key", ["framework", "categories"])
def test_a_path_that_leads_out_is_called_one(tmp_path: Path, key: str, name: str) -> None:
    """Whatever it ends in, it is no category that could be installed: it must stay inside the case's folder."""
    path = tmp_path / "case.yaml"
    path.write_text(f"{CASE}{key}: {name}\n", "utf-8")
    assert code(path) == "path-outside"


def test_a_case_never_causes_an_import(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module beside the case is not run, whatever the case calls it."""
    (tmp_path / "evil_module.py").write_text("raise SystemExit('run')", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    path = tmp_path / "case.yaml"
    for name in ("evil_module", "evil_module:x", "evil_module.py", "evil_module/x"):
        path.write_text(f"{CASE}categories: [{name!r}]\nframework: {name!r}\n", "utf-8")
        assert code(path)
    assert "evil_module" not in sys.modules


def test_the_caller_chooses() -> None:
    """framework and categories given to read stand in for those that the case names."""
    text = f"{CASE}framework: baiyun/office-2021\ncategories: [epidemic]\n".encode()
    category = Category("market", "农贸市场监管")
    case = read(text, framework=MADE, categories=[category, "city"])
    assert case.framework == MADE
    assert [each.key for each in case.categories] == ["market", "city"]
    by_name = read(text, framework="national/project-2020").framework
    assert by_name is not None
    assert by_name != MADE


def test_allowed_categories() -> None:
    """Only what is allowed may be named, be it for a framework or for itself."""
    text = f"{CASE}framework: baiyun/office-2021\ncategories: [epidemic]\n".encode()
    with pytest.raises(InputError) as caught:
        read(text, allow_categories=["city"])
    assert [(each.code, each.get("key")) for each in caught.value.problems] == [
        ("category-not-allowed", "baiyun"),
        ("category-not-allowed", "epidemic"),
    ]
    assert len(read(text, allow_categories=["baiyun", "epidemic"]).categories) == 1


def test_unknown_names() -> None:
    """A category or framework that is not there is not found, with the nearest names and the place."""
    with pytest.raises(NotFoundError, match=r"第4行第14列：.*epidemik.*相近的有：epidemic"):
        read(f"{CASE}categories: [epidemik]\n".encode())
    with pytest.raises(NotFoundError, match=r"baiyun/office-2021"):
        read(f"{CASE}framework: baiyun/office-2022\n".encode())
    assert code(f"{CASE}framework: baiyun\n".encode()) == "framework-name"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("office: 某街道\n", "kind-missing"),
        ("perfeval: case/9\n", "edition-newer"),
        ("perfeval: category/2\n", "edition-newer"),
        ("perfeval: case/0\n", "kind-unknown"),
        ("perfeval: cases/1\n", "kind-unknown"),
        ("", "input-empty"),
        (FRAMEWORK, "case-missing"),
    ],
)
def test_what_is_no_case(text: str, expected: str) -> None:
    """The first line says what a file is."""
    assert code(text.encode()) == expected


def test_a_newer_edition_says_how_to_read_it() -> None:
    """What this perfeval cannot know of is no unknown kind: both editions, this version, and the upgrade are named."""
    import perfeval as pe
    from perfeval import __version__

    with pytest.raises(pe.InputError) as found:
        pe.read_category(b"perfeval: category/2\nkey: market\n")
    for part in ("category/2", "category/1", __version__, "pip install --upgrade perfeval", "第1行"):
        assert part in str(found.value)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    """Missing files and folders are our own errors."""
    assert code(tmp_path / "无.yaml") == "file-missing"
    assert code(tmp_path) == "file-is-folder"
    assert code("a\0b") == "file-name-unfit"
    assert code() == "input-none"


def test_limits() -> None:
    """The size of each kind of source is bounded."""
    text = CASE.encode()
    assert code(text, limits=Limits(size=10)) == "input-too-large"
    assert code(io.BytesIO(text), limits=Limits(size=10)) == "input-too-large"


def test_problems_of_framework_and_case_come_together() -> None:
    """Everything wrong in the case and in its framework is in one error."""
    text = f"{CASE}rows: [{{of: 甲, poinst: 1}}]\nframework: 示例体系\n---\nperfeval: framework/1\nname: 示例体系\nparst: []\n"
    with pytest.raises(InputError) as caught:
        read(text.encode())
    assert [(each.code, each.place and each.place.line) for each in caught.value.problems] == [
        ("key-unknown", 9),
        ("key-unknown", 4),
    ]


def test_several_sources_make_one_case() -> None:
    """Gaps are filled, lists added; what two sources state differently is kept twice, the first counts."""
    one = f"{CASE}rows: [{{of: 甲, points: 10}}]\nbudget: {{全年预算数: 3 万元}}\ndata: {{组: {{甲数: 3 次}}}}\nmeasures: [一]\n"
    two = (
        f"{CASE}rows: [{{of: 甲, points: 9, earned: 8}}, {{of: 乙}}]\nbudget: {{全年预算数: 4 万元, 全年执行数: 2 万元}}\n"
        "data: {组: {甲数: 4 次, 乙数: 1 次}}\nmeasures: [一, 二]\n"
    )
    case = read(one.encode(), two.encode())
    assert case.rows == (Row("甲", "10", earned="8"), Row("乙"))
    assert case.budget == Budget(whole_year="3 万元", spent="2 万元")
    assert case.measures == ("一", "二")
    assert case.data == (
        Item("组", (), (Item("甲数", ["3 次", "4 次"]), Item("乙数", "1 次"))),
        Item("全年预算数", ["3 万元", "4 万元"]),
        Item("甲", (), (Item("分值", [Row("甲", "10").points, Row("甲", "9").points]),)),
    )


def test_two_offices_are_no_case() -> None:
    """Sources of different offices or years are refused."""
    other = "perfeval: case/1\noffice: 别街道\n".encode()
    with pytest.raises(InputError, match=r"“单位名称”分别是“某街道”和“别街道”"):
        read(CASE.encode(), other)


def test_a_case_pickles() -> None:
    """A resolved case travels between processes."""
    case = read(
        f"{CASE}framework: baiyun/office-2021\ncategories: [epidemic]\nrows: [{{of: 总分, earned: 91.3}}]\n".encode()
    )
    assert pickle.loads(pickle.dumps(case)) == case


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["rows:", "- {of: 甲, points: 1}", "- of: 乙", "  actual: 3 次", "  target: ≥", "budget: {全年预算数: 16,8 万元}", "data:",
             "  组:", "    甲: 3 剂", "    乙: {is: [1 次, 2 次], 同比: 增长 6%}", "framework: baiyun/office-2021", "framework: {name: 甲}",
             "categories: [city]", "categories: 3", "projects: [{name: 甲, 年初预算数: 3}]", "year: 十", "profile: {内设机构: [甲]}",
             "rows: 1", "rows: {a: {points: x}}", "data: [1]", "problems: [{text: 甲}]", "waivers: {a: }", "sections: {a: b}",
             "framework: {extends: national/project-2020, name: 甲, parts: [{name: 产出指标, drop: yes}]}", "framework: [1]",
             "reviewed: {rows: [{of: 甲}]}", "mechanism: x", "framework: {name: 甲, parts: [{name: 乙, actual: 丙 ÷ }]}"],
        ),
        max_size=6,
    ).map("\n".join)
)  # fmt: skip
def test_any_case_reads_or_raises_our_own_error(text: str) -> None:
    """Whatever stands in a case, reading gives a Case or an error with a code."""
    try:
        case = read((CASE + text).encode())
    except PerfevalError as error:
        complete = all(each.code for each in error.problems) and bool(error.problems)
    else:
        complete = isinstance(case, Case)
    assert complete


def test_the_same_slip_is_told_at_each_of_its_places() -> None:
    """Two formulas wrong in one way are two problems, by line; and an equal framework read again elsewhere has its own lines."""
    from perfeval.reading.case import read_framework

    line = "- {{name: {}, points: 50, target: ≥5宗, strategy: 正向, actual: 乙 + 甲}}\n"
    head, parts = "perfeval: framework/1\nname: 示例\ndata: {甲: 万元, 乙: 宗}\n", line.format("一") + line.format("二")
    for blank in ("", "\n\n"):
        with pytest.raises(PerfevalError) as found:
            read_framework(f"{head}{blank}parts:\n{parts}".encode())
        first = 5 + len(blank)
        assert [each.place.line for each in found.value.problems if each.place] == [first, first + 1]
