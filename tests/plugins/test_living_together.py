"""共处: broken, clashing, newer and slow categories are named with their distribution; the rest works."""

from __future__ import annotations

import importlib
import io
import json
import logging
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from attrs import evolve

import perfeval as pe
from perfeval.engine.checks.built_in import own_checks
from perfeval.plugins import compatibility, loading, slow_loading

BROKEN = {
    "leaves": ("raise SystemExit(3)\n", "SystemExit"),
    "raises": ("raise RuntimeError('坏了')\n", "RuntimeError"),
    "wrongtype": ("CATEGORY = 3\n", "不是任务类别"),
    "newer": ("import perfeval as pe\nCATEGORY = pe.Category('newer', '将来的类别', requires='99.1')\n", "99.1"),
    "otherkey": ("import perfeval as pe\nCATEGORY = pe.Category('another', '别的类别')\n", "another"),
}


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Put a distribution on the path that registers one category, as an installer would leave it."""

    def put(key: str, source: str, distribution: str = "") -> None:
        name = distribution or f"perfeval-{key}"
        module = name.replace("-", "_")
        (tmp_path / f"{module}.py").write_text(source, encoding="utf-8")
        info = tmp_path / f"{module}-1.2.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.2\n", encoding="utf-8")
        entry = f"[perfeval.categories]\n{key} = {module}:CATEGORY\n"
        (info / "entry_points.txt").write_text(entry, encoding="utf-8")
        monkeypatch.syspath_prepend(str(tmp_path))

    return put


@pytest.mark.parametrize("key", BROKEN)
def test_a_broken_category_is_named(key: str, install) -> None:
    """The message names the category, its distribution and version, and what is wrong."""
    source, said = BROKEN[key]
    install(key, source)
    with pytest.raises(pe.PluginError) as caught:
        loading.category(key)
    for part in (key, f"perfeval-{key} 1.2", said):
        assert part in str(caught.value)


def test_the_rest_goes_on(install) -> None:
    """A listing says which category does not load and why, and all the others that do."""
    install("raises", BROKEN["raises"][0])
    listing = {each.key: each for each in loading.listing()}
    assert not listing["raises"].loads
    assert "RuntimeError" in str(listing["raises"].problem)
    assert listing["economy"].loads
    case = b"perfeval: case/1\noffice: \xe7\xa4\xba\xe4\xbe\x8b\nyear: 2021\ncategories: [economy]\n"
    assert pe.evaluate(pe.read(case)).findings == ()


def test_two_of_one_key(install) -> None:
    """Two distributions that bring one key are both named."""
    source = "import perfeval as pe\nCATEGORY = pe.Category('market', '农贸市场监管')\n"
    install("market", source, "perfeval-market-a")
    install("market", source, "perfeval-market-b")
    with pytest.raises(pe.PluginError) as caught:
        loading.category("market")
    assert "perfeval-market-a 1.2" in str(caught.value)
    assert "perfeval-market-b 1.2" in str(caught.value)


WITH_CHECK = """
import perfeval as pe
from perfeval.results.check import found

@pe.check("market-closed", title="市场关了", severity="提示", sentence="关了", basis="示例数据", advice="写明")
def closed(evaluation):
    \"\"\"A market that is closed.

    查什么
    ------
    市场是否关了。

    为什么
    ------
    关了就没有监管。

    反例
    ----
    关了。

    正例
    ----
    开着。

    何时可豁免
    ----------
    全部停业。

    起始版本
    --------
    1
    \"\"\"
    return iter(())

CATEGORY = pe.Category("withcheck", "带规则的类别", checks=[closed])
"""


def test_every_installed_check_is_documented(install, capsys: pytest.CaptureFixture[str]) -> None:
    """Checks of third parties stand in the same list, keep the same contract and are explained by the same command."""
    from perfeval.command.main import main
    from perfeval.results.check import HEADINGS

    install("withcheck", WITH_CHECK)
    every = loading.checks()
    assert "market-closed" in {each.code for each in every}
    for each in every:
        assert tuple(title for title, words in each.doc if words) == HEADINGS
        assert each.title
        assert each.advice
    with pytest.raises(SystemExit) as ended:
        main(["explain", "market-closed"])
    assert ended.value.code == 0
    assert "关了就没有监管" in capsys.readouterr().out


def test_a_slow_category_is_named(install, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    """A load that takes long is one line of the library's own logger."""
    install("slow", "import time\nimport perfeval as pe\ntime.sleep(0.06)\nCATEGORY = pe.Category('slow', '慢')\n")
    monkeypatch.setattr(slow_loading, "SLOW", 0.05)
    with caplog.at_level(logging.WARNING, logger="perfeval"):
        loading.category("slow")
    (line,) = caplog.messages
    assert "slow" in line
    assert "perfeval-slow 1.2" in line
    assert [type(each) for each in logging.getLogger("perfeval").handlers] == [logging.NullHandler]


SLOW = """
import sys, perfeval.plugins.slow_loading
perfeval.plugins.slow_loading.SLOW = 0.05
case = "perfeval: case/1\\noffice: 示例\\nyear: 2021\\ncategories: [slow]\\n".encode()
if sys.argv[1] == "library":
    import perfeval as pe
    pe.read(case)
else:
    import io
    from perfeval.command.main import main
    sys.stdin = io.TextIOWrapper(io.BytesIO(case))
    main(["evaluate", "-"])
"""


@pytest.mark.parametrize(("user", "lines"), [("library", 0), ("command line", 1)])
def test_who_is_told_of_a_slow_category(user: str, lines: int, install, tmp_path: Path) -> None:
    """Whoever waits at the command line reads one line; a program that uses the library is told nothing unasked."""
    install("slow", "import time\nimport perfeval as pe\ntime.sleep(0.06)\nCATEGORY = pe.Category('slow', '慢')\n")
    done = subprocess.run(
        [sys.executable, "-c", SLOW, user],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONUTF8": "1"},
    )
    said = done.stderr.decode().splitlines()
    assert len(said) == lines
    assert all("perfeval-slow 1.2" in line for line in said)


def test_a_unit_with_another_meaning_names_both() -> None:
    """万元 defined anew, and 间次 defined in two ways, are refused with both owners."""
    with pytest.raises(pe.UnitError, match="万元"):
        pe.plan(pe.Case("示例", 2021, categories=[pe.Category("a", "甲类", units={"万元": "= 100 元"})]))
    first = pe.Category("a", "甲类", units={"趟次": "= 2 次"})
    second = pe.Category("b", "乙类", units={"趟次": "= 3 次"})
    with pytest.raises(pe.UnitError) as caught:
        pe.plan(pe.Case("示例", 2021, categories=[first, second]))
    assert "甲类" in str(caught.value)
    assert "乙类" in str(caught.value)


def test_clashes_name_the_distributions(install) -> None:
    """A unit and a code that two installed packages give are refused with both distributions and versions."""
    units = "import perfeval as pe\nCATEGORY = pe.Category('{0}', '市场', units={{'趟次': '= {1} 次'}})\n"
    install("one", units.format("one", 2))
    install("two", units.format("two", 3))
    case = "perfeval: case/1\noffice: 示例\nyear: 2021\ncategories: [{}]\n"
    with pytest.raises(pe.UnitError) as caught:
        pe.evaluate(pe.read(case.format("one, two").encode()))
    assert "perfeval-one 1.2" in str(caught.value)
    assert "perfeval-two 1.2" in str(caught.value)
    install("three", WITH_CHECK.replace("'withcheck'", "'three'").replace('"withcheck"', '"three"'))
    install("four", WITH_CHECK.replace('"withcheck"', '"four"'))
    with pytest.raises(pe.PluginError) as clash:
        pe.read(case.format("three, four").encode())
    for part in ("market-closed", "perfeval-three 1.2", "perfeval-four 1.2"):
        assert part in str(clash.value)
    assert pe.evaluate(pe.read(case.format("one").encode())).made_by[1] == ("one", "1（perfeval-one 1.2）")


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        ("", True),
        (pe.__version__, True),
        (f"{pe.__version__}.0.0", True),
        ("0", True),
        (f"{pe.__version__}.1", False),
        ("99", False),
    ],
)
def test_versions_are_compared_as_numbers(wanted: str, fits: bool) -> None:
    """Noughts at the end say nothing, 0.10 is newer than 0.9, and only a newer one is refused."""
    category = pe.Category("a", "甲类", requires=wanted)
    if fits:
        assert compatibility.fitting(category, "") is category
    else:
        with pytest.raises(pe.PluginError, match="升级"):
            compatibility.fitting(category, "")


@pytest.mark.parametrize("wanted", ["perfeval>=0.2", ">=0.2", "新版", "0.2.x"])
def test_a_version_that_is_none_is_told(wanted: str) -> None:
    """What is no version number is refused with what to write."""
    with pytest.raises(pe.PluginError, match=r"如 0\.2"):
        compatibility.fitting(pe.Category("a", "甲类", requires=wanted), "")


def test_a_code_that_exists_names_both(tmp_path: Path) -> None:
    """A category whose check has a built-in code is refused when a case names it."""
    from perfeval.engine.checks.built_in import BUILT_IN

    category = pe.Category("a", "甲类", checks=[BUILT_IN[0]])
    data = json.dumps({"perfeval": "case/1", "office": "示例", "year": 2021}).encode()
    with pytest.raises(pe.PluginError) as caught:
        pe.read(data, categories=[category])
    assert BUILT_IN[0].code in str(caught.value)
    assert "甲类" in str(caught.value)


def test_what_is_installed_never_changes_a_result(install) -> None:
    """The same case gives the same bytes with and without another category installed."""
    data = b"perfeval: case/1\noffice: \xe7\xa4\xba\xe4\xbe\x8b\nyear: 2021\ncategories: [economy]\n"
    before = pe.dump(pe.evaluate(pe.read(data)), ".json")
    install("raises", BROKEN["raises"][0])
    assert pe.dump(pe.evaluate(pe.read(data)), ".json") == before


def test_other_versions_are_said() -> None:
    """An evaluation judged again under other versions says so, once for each that differs."""
    case = pe.Case("示例", 2021, categories=[pe.Category("a", "甲类", edition="2")])
    evaluation = pe.evaluate(case)
    assert evaluation.made_by == (("perfeval", pe.__version__), ("a", "2"))
    assert pe.evaluate(evaluation).findings == ()
    older = evolve(evaluation, made_by=(("perfeval", "0.0.1"), ("a", "1")))
    again = pe.evaluate(pickle.loads(pickle.dumps(older)))
    assert [(each.code, each.of, each.given) for each in again.findings] == [
        ("made-by-other-versions", "perfeval", "0.0.1"),
        ("made-by-other-versions", "a", "1"),
    ]


CASE = "perfeval: case/1\noffice: 示例\nyear: 2021\n"


def test_a_case_kept_from_another_version(install, tmp_path: Path) -> None:
    """A pickled evaluation, and its case, say that another version of the category's package is installed now."""
    install("kept", "import perfeval as pe\nCATEGORY = pe.Category('kept', '巡查')\n")
    evaluation = pe.evaluate(pe.read((CASE + "categories: [kept]\n").encode()))
    assert evaluation.findings == ()
    kept = pickle.dumps(evaluation)
    old = tmp_path / "perfeval_kept-1.2.dist-info"
    for path in old.iterdir():
        path.write_text(path.read_text("utf-8").replace("Version: 1.2", "Version: 2.0"), "utf-8")
    old.rename(tmp_path / "perfeval_kept-2.0.dist-info")
    importlib.invalidate_caches()
    again = pickle.loads(kept)
    for given in (again, again.case):
        (found,) = pe.evaluate(given).findings
        assert (found.code, found.given, found.computed) == (
            "made-by-other-versions",
            "perfeval-kept 1.2",
            "perfeval-kept 2.0",
        )
        assert "重新读入" in found.advice
    assert pe.evaluate(pe.read((CASE + "categories: [kept]\n").encode())).findings == ()


def _write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder / "case.yaml"


MARKET = "perfeval: category/1\nkey: {0}\ntitle: {1}\n"


@pytest.mark.parametrize(
    ("named", "files", "line", "says"),
    [
        (
            "[a.yaml, b.yaml]",
            {"a": ("market", "甲类"), "b": ("market", "乙类")},
            1,
            ("甲类（a.yaml）", "乙类（b.yaml）"),
        ),
        ("[a.yaml, a.yaml]", {"a": ("market", "甲类")}, 4, ("a.yaml", "两次")),
        ("[economy, economy]", {}, 4, ("economy", "两次")),
        ("[a.yaml]", {"a": ("economy", "甲类")}, 2, ("a.yaml", "perfeval 0.1.0")),
        ("[a.yaml, third]", {"a": ("third", "甲类")}, 1, ("a.yaml", "perfeval-third 1.2")),
        ("[a.yaml]", {"a": ("市场", "甲类")}, 2, ("“市场”", "小写英文")),
    ],
)
def test_two_of_one_key_in_a_case(
    named: str, files: dict[str, tuple[str, str]], line: int, says: tuple[str, str], install, tmp_path: Path
) -> None:
    """Keys are there once, in ASCII: whatever clashes is named with both files or packages, and a line to change."""
    install("third", "import perfeval as pe\nCATEGORY = pe.Category('third', '丙类')\n")
    written = {name: MARKET.format(*about) for name, about in files.items()}
    case = _write(tmp_path, case=f"{CASE}categories: {named}\n", **written)
    with pytest.raises(pe.PerfevalError) as caught:
        pe.read(case)
    for part in says:
        assert part in str(caught.value)
    assert caught.value.place is not None
    assert caught.value.place.line == line


def test_two_of_one_key_beside_the_case(tmp_path: Path) -> None:
    """Two categories given with the case, in its file or in others: both are named; the same twice is one."""
    first, second = MARKET.format("market", "甲类"), MARKET.format("market", "乙类")
    case = f"{CASE}categories: [market]\n"
    with pytest.raises(pe.PluginError) as caught:
        pe.read(f"{case}---\n{first}---\n{second}".encode())
    assert "甲类" in str(caught.value)
    assert "乙类" in str(caught.value)
    _write(tmp_path, a=first, b=second, case=case)
    paths = [tmp_path / name for name in ("case.yaml", "a.yaml", "b.yaml")]
    with pytest.raises(pe.PluginError) as caught:
        pe.read(*paths)
    assert "a.yaml" in str(caught.value)
    assert "b.yaml" in str(caught.value)
    assert [each.title for each in pe.read(paths[0], paths[1], paths[1]).categories] == ["甲类"]


def test_a_file_stands_for_itself(install, tmp_path: Path) -> None:
    """Installing a package of the same key changes nothing for a case that names the file."""
    case = _write(tmp_path, case=f"{CASE}categories: [a.yaml]\n", a=MARKET.format("third", "甲类"))
    install("third", "import perfeval as pe\nCATEGORY = pe.Category('third', '丙类')\n")
    assert [each.title for each in pe.read(case).categories] == ["甲类"]


def test_a_unit_redefined_in_a_file(tmp_path: Path) -> None:
    """万元 defined anew in a case's own file: the file and its line stand against the built-in meaning."""
    text = MARKET.format("market", "甲类") + "units:\n  间次: 检查一间场所一次\n  万元: = 100 元\n"
    case = _write(tmp_path, case=f"{CASE}categories: [a.yaml]\n", a=text)
    with pytest.raises(pe.InputError) as caught:
        pe.read(case)
    assert "“10000 元”（内置）；“100 元”（a.yaml）" in str(caught.value)
    assert caught.value.place is not None
    assert (caught.value.place.source, caught.value.place.line) == ("a.yaml", 6)


UNSOUND = {
    "units": ("units={'万元': '= 100 元'}", "万元"),
    "names": ("data={'检查': '次'}, agreements=['检察 ≥ 1次']", "检察"),
    "words": ("data={'检查': '次'}, wording={'检查': '检查{检察}'}", "检察"),
    "rule": (
        "data={'检查': '次'}, indicators=[pe.Indicator('甲', None, '≥1次', actual='检查', strategy='正想')]",
        "正向",
    ),
    "plain": ("checks=[len]", "@pe.check"),
    "codes": ("checks=[check, check]", "两条"),
    "taken": (
        "checks=[pe.check('check-failed', title='甲', severity='提示', sentence='乙', basis='丙')(check.run)]",
        "check-failed",
    ),
    "kinds": ("data={'检查': '次', '违规': '宗'}, agreements=['检查 = 违规']", "宗"),
    "sums": ("frameworks=[pe.Framework('甲体系', [pe.Indicator('乙', 90, '≥1次')], 100)]", "100分"),
}


@pytest.mark.parametrize("key", UNSOUND)
def test_a_listing_shows_what_cannot_be_used(key: str, install) -> None:
    """What a case could not use is no sound line in the list: it says why, naming the package."""
    arguments, said = UNSOUND[key]
    install(key, WITH_CHECK.replace("def closed", "def check").replace("    return iter", "    return iter").split("CATEGORY")[0]
            + f"CATEGORY = pe.Category('{key}', '甲类', {arguments})\n")  # fmt: skip
    line = next(each for each in loading.listing() if each.key == key)
    assert not line.loads
    assert said in str(line.problem)
    assert f"perfeval-{key} 1.2" in str(line.problem)


def test_a_defect_is_said_once(install) -> None:
    """One thing wrong in a plugin is one problem: the package, and what it is."""
    install("bare", WITH_CHECK.replace("withcheck", "bare").replace("查什么", "看什么"))
    with pytest.raises(pe.PluginError) as caught:
        loading.category("bare")
    (only,) = caught.value.problems
    assert "perfeval-bare 1.2" in str(only)
    assert str(only).count("查什么") == 1


@pytest.mark.parametrize(
    "category",
    [
        pe.Category("a", "甲类", data={"检查": "次"}, agreements=["检察 ≥ 1次"]),
        pe.Category("a", "甲类", data={"检查": "次"}, indicators=[pe.Indicator("乙", None, "≥1次", actual="检察")]),
        pe.Category("a", "甲类", data={"检查": "次"}, wording={"丙": "检查{检察}"}),
        pe.Category("a", "甲类", data={"检查": "次"}, agreements=["甲类.检察 ≥ 1次"]),
        pe.Category("a", "甲类", data={"检查": "次"}, agreements=["检察 ≥ 乙类.巡查"]),
    ],
)
def test_a_misspelt_name_in_python(category: pe.Category) -> None:
    """Refused where it is used, with the category, what has the name, and the nearest name."""
    with pytest.raises(pe.FrameworkError) as caught:
        pe.evaluate(pe.Case("示例", 2021, categories=[category]))
    for part in ("甲类", "检察", "检查"):
        assert part in str(caught.value)


def test_explaining_loads_no_more_than_it_must(install, capsys: pytest.CaptureFixture[str]) -> None:
    """A built-in code loads no plugin; another loads first the one whose key it begins with, and stops there."""
    from perfeval.command.main import main

    def explained(code: str) -> str:
        with pytest.raises(SystemExit) as ended:
            main(["explain", code])
        assert ended.value.code == 0
        return capsys.readouterr().out

    loud = "import sys\nprint('载入了')\n"
    install("aaa", loud + "raise RuntimeError\n")
    install("market", WITH_CHECK.replace('"withcheck"', '"market"'))
    for code in ("points-sum", "check-failed", "made-by-other-versions", "正向", "market-closed"):
        said = explained(code)
        assert code in said
        assert "载入了" not in said


def test_a_rule_of_a_framework_is_explained(install, capsys: pytest.CaptureFixture[str]) -> None:
    """What stands as 评分方法 beside a score can be asked for, also where a category's framework alone defines it."""
    from perfeval.command.main import main

    install(
        "ruled",
        "import perfeval as pe\n"
        "RULE = pe.Strategy('少场扣分', '取大（0分，分值 - （指标值 - 完成值） × 2分/场）', basis='某区办法')\n"
        "FRAME = pe.Framework('甲体系', [pe.Indicator('乙', 100, '≥12 场', strategy='少场扣分')], strategies=[RULE])\n"
        "CATEGORY = pe.Category('ruled', '甲类', frameworks=[FRAME])\n",
    )
    with pytest.raises(SystemExit) as ended:
        main(["explain", "少场扣分"])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert "2分/场" in said
    assert "某区办法" in said


def test_every_code_of_a_finding_is_explained() -> None:
    """Whatever code stands beside a finding has its documentation: no code is written but in a check's decorator."""
    import ast

    import perfeval

    documented = {each.code for each in own_checks()}
    makers = []
    for path in Path(perfeval.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Finding":
                makers.append(path.name)
            elif isinstance(node, ast.FunctionDef):
                for each in node.decorator_list:
                    if isinstance(each, ast.Call) and getattr(each.func, "id", "") == "check":
                        assert isinstance(each.args[0], ast.Constant)
                        assert each.args[0].value in documented
    assert makers == ["check.py"]
    for check in own_checks():
        assert [title for title, words in check.doc if words]
        assert check.advice
        assert check.basis.text


OFFLINE = """
import socket, sys
def refuse(*_, **__):
    raise AssertionError("the network was touched")
socket.socket = refuse
socket.create_connection = refuse
socket.getaddrinfo = refuse
import perfeval as pe
case = pe.read(sys.argv[1])
evaluation = pe.evaluate(case)
for ending in (".md", ".json"):
    pe.dump(evaluation, ending)
print(evaluation.score.stated)
"""


def test_no_network() -> None:
    """Reading, judging and writing work where every socket is refused, and print nothing of their own."""
    case = Path(__file__).parents[2] / "examples" / "yongping-2021" / "case.yaml"
    done = subprocess.run([sys.executable, "-c", OFFLINE, str(case)], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.decode().strip() == "91.3"


def test_nothing_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """The library writes nothing to the console of whoever uses it."""
    with io.BytesIO(b"perfeval: case/1\noffice: a\nyear: 2021\n") as file:
        pe.evaluate(pe.read(file))
    assert capsys.readouterr() == ("", "")
