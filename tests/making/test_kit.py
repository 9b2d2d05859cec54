"""perfeval new-category: a whole package in a new folder, a name for it, and nothing that exists is touched."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, strategies as st
from making_tables import HEAD, workbook

import perfeval as pe
from perfeval.authoring import scaffold
from perfeval.command.main import main
from perfeval.reading.case import read_category, read_framework

if TYPE_CHECKING:
    from pathlib import Path


def run(*words: object) -> int:
    """The exit status of a command."""
    with pytest.raises(SystemExit) as done:
        main([str(each) for each in words])
    return int(done.value.code or 0)


def test_a_package_of_data_is_whole(tmp_path: Path) -> None:
    """Project file, readme, example, tests and a file for continuous integration; no Python in the package."""
    made = scaffold.new_category(tmp_path / "农贸市场", key="made")
    assert {"pyproject.toml", "README.md", "check.sh", ".github/workflows/test.yml", "examples/case.yaml"} <= set(
        made.files
    )
    package = made.folder / "src" / "perfeval_made"
    assert [path.suffix for path in package.rglob("*") if path.is_file()] == [".yaml", ".yaml"]
    project = tomllib.loads((made.folder / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["entry-points"]["perfeval.categories"] == {"made": "perfeval_made"}
    assert read_category(package / "category.yaml").title == "农贸市场"
    assert "name: 农贸市场指标体系" in (package / "frameworks" / "main.yaml").read_text(encoding="utf-8")
    for path in made.files:
        text = (made.folder / path).read_text(encoding="utf-8")
        assert not any(f"@{name}@" in text for name in ("key", "title", "package", "unit", "main", "steps"))


def test_its_case_is_used_without_packaging(tmp_path: Path) -> None:
    """The folder of data beside a case is a category at once: the readme's other way."""
    made = scaffold.new_category(tmp_path / "农贸市场", key="made")
    (made.folder / "src" / "perfeval_made").rename(tmp_path / "perfeval_made")
    text = (made.folder / "examples" / "case.yaml").read_text(encoding="utf-8")
    case = tmp_path / "case.yaml"
    case.write_text(
        text.replace("framework: made/main", "framework: perfeval_made/frameworks/main.yaml").replace(
            "categories: [made]", "categories: [perfeval_made/]"
        ),
        encoding="utf-8",
    )
    evaluation = pe.evaluate(pe.read(case))
    assert str(evaluation.score.earned) == "99.07分"
    assert evaluation.findings == ()


@pytest.mark.parametrize(
    ("folder", "key"),
    [
        ("perfeval-market", "market"),
        ("My Market 2", "my-market-2"),
        ("market", "market"),
        ("农贸", ""),
        ("2024", ""),
        ("_", ""),
    ],
)
def test_a_key_from_the_name_of_the_folder(folder: str, key: str) -> None:
    """ASCII names give a key; others give none, and one is made up, the same each time."""
    assert scaffold.key_for(folder) == key
    assert scaffold.KEY.fullmatch(scaffold.made_up(folder))
    assert scaffold.made_up(folder) == scaffold.made_up(folder)


@given(st.text(max_size=12))
def test_made_up_keys_are_always_keys(name: str) -> None:
    """Whatever a folder is called, the key made from it can be one."""
    if "\0" in name or "/" in name or any("\ud800" <= each <= "\udfff" for each in name):
        return
    assert scaffold.KEY.fullmatch(scaffold.key_for("x/" + name) or scaffold.made_up("x/" + name))


def test_nothing_is_written_over(tmp_path: Path) -> None:
    """A folder with something in it, a file of that name and a link are left as they are."""
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "a.txt").write_text("甲", encoding="utf-8")
    (tmp_path / "file").write_text("甲", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "full")
    for name, code in (("full", "folder-not-empty"), ("file", "folder-is-file"), ("link", "folder-is-file")):
        with pytest.raises(pe.OutputError) as caught:
            scaffold.new_category(tmp_path / name, key="made")
        assert caught.value.code == code
    assert sorted(each.name for each in tmp_path.rglob("*")) == ["a.txt", "file", "full", "link"]
    (tmp_path / "empty").mkdir()
    scaffold.new_category(tmp_path / "empty", key="made")


@pytest.mark.parametrize(
    "key", ["Market", "市场", "a b", "-a", "a-", "1a", "a_b", "class", "x" * 41, "../a", "national"]
)
def test_keys_that_cannot_be(tmp_path: Path, key: str) -> None:
    """A key that is no name, or one that is installed, is refused before anything is written."""
    with pytest.raises(pe.OutputError) as caught:
        scaffold.new_category(tmp_path / "甲", key=key)
    assert caught.value.code == ("key-taken" if key == "national" else "key-unfit")
    assert not (tmp_path / "甲").exists()


def test_titles_are_names(tmp_path: Path) -> None:
    """What formulas and files would read as their own is left out of a title; digits alone are none."""
    made = scaffold.new_category(tmp_path / "甲", key="made", title='农贸: "市场"(试行) {x}')
    assert read_category(made.folder / "src/perfeval_made/category.yaml").title == "农贸市场（试行）x"
    with pytest.raises(pe.OutputError) as caught:
        scaffold.new_category(tmp_path / "乙", key="made", title="2024")
    assert caught.value.code == "title-unfit"


def test_from_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The table's framework stands in the package; what is 待定 is listed on the console and in a file, by cell."""
    table = tmp_path / "指标体系.xlsx"
    rows = [
        HEAD,
        ["产出", "数量", "巡查", 60, "≥12次", "按完成率计分"],
        ["", "", "及时率", 40, "≥95%", "每低1个百分点扣1分"],
    ]
    table.write_bytes(workbook(rows))
    assert run("new-category", tmp_path / "包", "--name", "made", "--from", table) == 0
    said = capsys.readouterr().out
    said.encode("gbk")
    assert "Sheet!F3 及时率：待定" in said
    assert "1项待定" in said
    package = tmp_path / "包"
    assert "Sheet!F3" in (package / "导入说明.md").read_text(encoding="utf-8")
    text = (package / "src/perfeval_made/frameworks/main.yaml").read_text(encoding="utf-8")
    assert "# 待定：Sheet!F3" in text
    chosen = text.replace("strategy: 待定", "strategy: {递减满一步: {每: 1 百分点, 扣: 1 分}}")
    made = read_framework(chosen.encode())
    case = pe.Case("某街道办事处（示例数据）", 2024, made, rows=[pe.Row("及时率", actual="92.5%")])
    assert str(pe.evaluate(case)["及时率"].earned) == "38分"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--from", "没有.xlsx"], "没有这个文件"),
        (["--from", "x.xlsx", "--kind", "code"], "请去掉 --kind code"),
        (["--kind", "exe"], "data、code"),
    ],
)
def test_commands_that_cannot_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], code: str
) -> None:
    """A missing table, two kinds at once and an unknown kind end with one message, status 2 and no folder."""
    assert run("new-category", tmp_path / "包", "--name", "made", *words) == 2
    assert code in capsys.readouterr().err
    assert not (tmp_path / "包").exists()


def test_a_framework_is_printed_by_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """perfeval frameworks NAME -o OUT writes the table of an installed framework or of a file."""
    assert run("frameworks", "national/project-2020", "-o", tmp_path / "表.md") == 0
    assert "| 预算执行率 | 10 |" in (tmp_path / "表.md").read_text(encoding="utf-8")
    assert run("frameworks", "national/project-2020", "-o", tmp_path / "表.md") == 2
    assert run("frameworks", "-o", tmp_path / "另.md") == 2
    source = tmp_path / "体系.yaml"
    source.write_text(
        "perfeval: framework/1\nname: 示例\nparts: [{name: 巡查, points: 10, target: ≥5 次}]\n", encoding="utf-8"
    )
    assert run("frameworks", source, "-o", tmp_path / "三.xlsx") == 0
    capsys.readouterr()
