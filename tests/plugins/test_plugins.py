"""Discovery by entry point: keys without imports, clashes and broken ones named, the rest works."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from perfeval.errors import NotFoundError, PluginError
from perfeval.model.category import Category
from perfeval.plugins import entry_points, loading

if TYPE_CHECKING:
    from pathlib import Path

BUILT_IN = {
    "baiyun", "chongqing", "city", "economy", "epidemic", "hubei", "livelihood", "national", "party", "safety", "sichuan", "yunnan",
}  # fmt: skip


def install(folder: Path, name: str, points: str, version: str = "1.2") -> None:
    """Lay down what an installer would: a distribution's metadata with its entry points."""
    home = folder / f"{name}-{version}.dist-info"
    home.mkdir(parents=True)
    (home / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n", "utf-8")
    (home / "entry_points.txt").write_text(f"[console_scripts]\nx = y:z\n\n[perfeval.categories]\n{points}\n", "utf-8")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder at the end of the path where things may be installed."""
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])
    return tmp_path


def test_built_in_categories_come_in_by_the_same_door() -> None:
    """All twelve are entries like everybody's, and load."""
    listed = {each.key: each for each in loading.listing()}
    assert set(listed) >= BUILT_IN
    assert all(listed[key].loads and listed[key].distribution == "perfeval" for key in BUILT_IN)
    assert listed["national"].frameworks == ("evaluation", "office-2013", "project-2020", "project-2021")


def test_every_built_in_framework_loads() -> None:
    """What the listing names can be loaded by that name."""
    for each in loading.listing():
        for name in each.frameworks:
            assert loading.framework(f"{each.key}/{name}").name


def test_entries_import_nothing(site: Path) -> None:
    """A key is known without its package being run."""
    (site / "loud_package.py").write_text("raise RuntimeError('imported')", "utf-8")
    install(site, "perfeval_loud", "loud = loud_package:CATEGORY")
    (found,) = [each for each in entry_points.entries() if each.key == "loud"]
    assert (found.distribution, found.version) == ("perfeval-loud", "1.2")
    assert "loud_package" not in sys.modules


def test_values_are_read_as_they_are_written(site: Path) -> None:
    """Comments, spaces and extras are no part of a value; a name is spelt in one way, however it is installed."""
    install(site, "Perfeval_Market", "# a comment\nmarket = market_package\nfair=market_package:FAIR [extra]")
    found = {(each.key, each.value, each.owner) for each in entry_points.entries() if each.version == "1.2"}
    assert found == {
        ("market", "market_package", "perfeval-market 1.2"),
        ("fair", "market_package:FAIR", "perfeval-market 1.2"),
    }


def test_the_first_on_the_path_counts(site: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A distribution that lies in two places is the one that Python would import, and no clash with itself."""
    later = tmp_path_factory.mktemp("later")
    sys.path.append(str(later))  # the fixture puts the path back
    install(site, "perfeval_market", "market = market_package", "2.0")
    install(later, "perfeval_market", "market = market_package\nold = market_package", "1.0")
    found = [(each.key, each.version) for each in entry_points.entries() if each.distribution == "perfeval-market"]
    assert found == [("market", "2.0")]


@pytest.mark.parametrize(
    "points", [b"[perfeval.categories]\nno equals sign\n", b"\xff\xfe", b"[perfeval.categories]\nx = y\n"]
)
def test_broken_metadata_of_others_stops_nothing(site: Path, points: bytes) -> None:
    """What cannot be read, and what has no name, registers nothing; the rest is found."""
    home = site / "broken-1.dist-info"
    home.mkdir()
    (home / "entry_points.txt").write_bytes(points)
    assert {each.key for each in entry_points.entries()} == BUILT_IN


def test_a_package_of_data_needs_no_python(site: Path) -> None:
    """A folder with category.yaml is a category; its frameworks are found by their files."""
    home = site / "market_data"
    (home / "frameworks").mkdir(parents=True)
    (home / "category.yaml").write_text("perfeval: category/1\nkey: market\ntitle: 农贸市场监管\n", "utf-8")
    (home / "frameworks" / "plain.yaml").write_text(
        "perfeval: framework/1\nname: 示例\nparts: [{name: 甲, points: 100}]\n", "utf-8"
    )
    install(site, "perfeval_market_data", "market = market_data")
    assert loading.category("market") == Category("market", "农贸市场监管")
    assert loading.frameworks("market") == ("plain",)
    assert loading.framework("market/plain").name == "示例"


def test_a_category_written_in_python(site: Path) -> None:
    """package:attribute gives a Category with its frameworks by their names."""
    (site / "market_code.py").write_text(
        "import perfeval as pe\nCATEGORY = pe.Category('fair', '市集', frameworks=[pe.Framework('示例', [pe.Indicator('甲', 100)])])\n",
        "utf-8",
    )
    install(site, "perfeval_market_code", "fair = market_code:CATEGORY")
    assert loading.category("fair").title == "市集"
    assert loading.framework("fair/示例") == loading.category("fair").frameworks[0]


def test_a_clash_names_both_and_the_rest_works(site: Path) -> None:
    """Distributions that bring a key twice are named with their versions; other keys load."""
    install(site, "perfeval_two", "fair = nowhere", "2.0")
    install(site, "perfeval_three", "fair = nowhere", "3.0")
    with pytest.raises(PluginError, match=r"perfeval-t\w+ [23]\.0、perfeval-t\w+ [23]\.0同时提供"):
        loading.category("fair")
    assert loading.category("epidemic").title == "疫情防控"
    assert {each.problem.code for each in loading.listing() if each.key == "fair" and each.problem} == {
        "category-clash"
    }


def test_the_keys_of_built_in_categories_are_reserved(site: Path) -> None:
    """A package that takes perfeval's key stops nobody: the built-in one is used, the package is told what to change."""
    before = loading.category("city"), loading.frameworks("national")
    (site / "loud_package.py").write_text("raise RuntimeError('imported')", "utf-8")
    install(site, "aaa_first", "city = loud_package:CATEGORY\nnational = loud_package:CATEGORY", "2.0")
    assert (loading.category("city"), loading.frameworks("national")) == before
    assert loading.entry("city").distribution == "perfeval"
    listed = [each for each in loading.listing() if each.key in ("city", "national")]
    assert [(each.key, each.loads) for each in listed if each.distribution == "perfeval"] == [
        ("city", True),
        ("national", True),
    ]
    guests = [each for each in listed if each.distribution != "perfeval"]
    assert [each.problem.code for each in guests if each.problem] == ["category-key-reserved"] * 2
    assert "aaa-first 2.0" in str(guests[0].problem)
    assert "请提供者改键" in str(guests[0].problem)
    assert [each.key for each in loading.loaded_for("city-x") if each.key == "city"] == ["city"]
    assert "loud_package" not in sys.modules


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("nowhere_at_all", "category-without-file"),
        ("nowhere_at_all:X", "category-failed"),
        ("bad_package:MISSING", "category-failed"),
        ("bad_package:NUMBER", "category-no-category"),
        ("bad_package:OTHER", "category-key-differs"),
        ("exploding_package:X", "category-failed"),
        ("bad_data", "category-broken"),
    ],
)
def test_broken_categories_are_named(site: Path, value: str, code: str) -> None:
    """Whatever a plugin does wrong, the message names its distribution and version."""
    (site / "bad_package.py").write_text(
        "import perfeval as pe\nNUMBER = 3\nOTHER = pe.Category('other', '别的')\n", "utf-8"
    )
    (site / "exploding_package.py").write_text("1 / 0\n", "utf-8")
    (site / "bad_data").mkdir()
    (site / "bad_data" / "category.yaml").write_text("perfeval: category/1\nkey: bad\ntitel: 错\n", "utf-8")
    install(site, "perfeval_bad", f"bad = {value}")
    with pytest.raises(PluginError, match=r"perfeval-bad 1\.2") as caught:
        loading.category("bad")
    assert caught.value.code == code
    (line,) = [each for each in loading.listing() if each.key == "bad"]
    assert not line.loads
    assert line.problem is not None
    assert line.problem.code == code


def test_unknown_keys_name_the_nearest() -> None:
    """A mistyped key is answered with what is installed."""
    with pytest.raises(NotFoundError, match=r"相近的有：epidemic"):
        loading.category("epidemc")


def test_checks_are_pickled_by_where_they_stand() -> None:
    """A check travels between processes, though its function's name means the check."""
    import pickle

    from perfeval.engine.checks.built_in import BUILT_IN

    assert [pickle.loads(pickle.dumps(each)) for each in BUILT_IN] == list(BUILT_IN)


def test_what_a_plugin_prints_on_import_is_logged(
    site: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """Standard output carries reports and JSON: a plugin's lines go to the logger, with its distribution; ours go on."""
    (site / "chatty_package.py").write_text(
        "import perfeval as pe\nprint('hello')\nCATEGORY = pe.Category('chatty', '多话')\n", "utf-8"
    )
    install(site, "perfeval_chatty", "chatty = chatty_package:CATEGORY")
    before = sys.stdout
    with caplog.at_level("INFO", logger="perfeval"):
        assert loading.category("chatty").title == "多话"
    assert capsys.readouterr().out == ""
    assert [each.getMessage() for each in caplog.records] == ["perfeval-chatty 1.2: hello"]
    assert sys.stdout is before


def test_other_threads_print_while_a_plugin_loads(capsys: pytest.CaptureFixture[str]) -> None:
    """Only the loading thread's lines are kept back."""
    import threading

    from perfeval.plugins.captured_output import logged

    with logged("示例 1"):
        print("里面")
        other = threading.Thread(target=lambda: print("外面"))
        other.start()
        other.join()
    assert capsys.readouterr().out == "外面\n"
