"""命令行 as its users meet it: exit status, messages, streams, files, encodings."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from perfeval.command.chinese import locale_first
from perfeval.command.console import prepare

if TYPE_CHECKING:
    from pathlib import Path

CASE = """perfeval: case/1
office: 某街道办事处（示例数据）
framework:
  name: 清查专项（示例数据）
  parts:
  - {name: 清查, points: 60, target: ≥100次, strategy: 正向}
  - {name: 巡查面积, points: 40, target: ≥200平方米}
rows:
- {of: 清查, actual: 80次, earned: EARNED, reason: 人手不足}
- {of: 巡查面积, actual: 200m², earned: 40, note: 已核✓}
"""
RIGHT, WRONG = CASE.replace("EARNED", "48"), CASE.replace("EARNED", "60")
"""80 of 100 times 60 points are 48 points; 60 is a contradiction."""


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case in which everything agrees."""
    path = tmp_path / "案例.yaml"
    path.write_text(RIGHT, encoding="utf-8")
    return path


def process(*words: str | Path, input: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command line as a process of its own."""
    inherited = {name: value for name, value in os.environ.items() if name not in ("PYTHONUTF8", "PYTHONIOENCODING")}
    return subprocess.run(
        [sys.executable, "-m", "perfeval", *map(str, words)],
        input=input,
        capture_output=True,
        check=False,
        env={**inherited, **environment},
    )


def test_alone_it_says_what_to_copy(run: Any) -> None:
    """Without a command at most 25 lines come, with commands that can be copied as they are."""
    status, out, err = run()
    assert (status, err) == (0, "")
    assert len(out.splitlines()) <= 25
    assert "perfeval demo\n" in out
    assert "perfeval evaluate " in out


def test_status_0_without_error(run: Any, case: Path) -> None:
    """A case in which everything agrees ends with 0, and shows points and reasons."""
    status, out, _ = run("evaluate", case)
    assert status == 0
    assert "60分 × 80次 ÷ 100次 = 48分" in out


def test_status_1_with_an_error(run: Any, case: Path) -> None:
    """A finding of 错误 ends with 1, and is shown with its place as short as it can be said."""
    case.write_text(WRONG, encoding="utf-8")
    status, out, _ = run("evaluate", case)
    assert status == 1
    assert "案例.yaml 第9行" in out
    assert str(case.parent) not in out


def test_status_2_for_what_cannot_be_read(run: Any, tmp_path: Path) -> None:
    """A file that is not there ends with 2 and a message, nothing on standard output."""
    status, out, err = run("evaluate", tmp_path / "没有.yaml")
    assert (status, out) == (2, "")
    assert "没有这个文件" in err


def test_waived_errors_end_with_0(run: Any, case: Path) -> None:
    """An 错误 that the case waives with a reason does not count for the status."""
    case.write_text(WRONG + "waivers: [{code: short-but-full, of: 清查, reason: 财政部门已同意}]\n", encoding="utf-8")
    status, out, _ = run("evaluate", case)
    assert status == 0
    assert "财政部门已同意" in out


def test_select_and_ignore(run: Any, case: Path) -> None:
    """Checks can be chosen and left out by code."""
    case.write_text(WRONG, encoding="utf-8")
    assert run("evaluate", case, "--ignore", "short-but-full，total-differs")[0] == 0
    assert run("evaluate", case, "--select", "grade-differs")[0] == 0
    assert run("evaluate", case, "--select", "short-but-full")[0] == 1


def test_json_is_one_document(run: Any, case: Path) -> None:
    """--format json prints one JSON document and nothing else."""
    status, out, _ = run("evaluate", case, "--format", "json")
    assert status == 0
    assert json.loads(out)["score"]["earned"] == {"number": "88", "unit": "分"}


def test_several_sources_make_one_case(run: Any, case: Path) -> None:
    """What a second source adds is part of the same case."""
    more = case.parent / "补充.yaml"
    more.write_text("perfeval: case/1\nyear: 2021\n", encoding="utf-8")
    _, out, _ = run("evaluate", case, more, "--format", "json")
    assert json.loads(out)["year"] == 2021


def test_standard_input(case: Path) -> None:
    """- reads a case from standard input, alone and beside files."""
    done = process("evaluate", "-", "--format", "json", input=RIGHT.encode())
    assert done.returncode == 0
    assert json.loads(done.stdout)["score"]["earned"]["number"] == "88"
    done = process("evaluate", case, "-", "--format", "json", input=b"perfeval: case/1\nyear: 2022\n")
    assert json.loads(done.stdout)["year"] == 2022


def test_json_lines_on_standard_input() -> None:
    """Each line is a case, each answer a line; one that cannot be read costs only itself."""

    def line(actual: str) -> str:
        framework = {"name": "示例", "parts": [{"name": "甲", "points": 100, "target": "≥10次"}]}
        rows = [{"of": "甲", "actual": actual, "reason": "示例数据"}]
        return json.dumps({"perfeval": "case/1", "framework": framework, "rows": rows}, ensure_ascii=False)

    lines = "\n".join([line("10次"), '{"perfeval": "case/1", "rowz": 1}', "", line("5次")])
    done = process("evaluate", "-", "--format", "json", input=lines.encode())
    assert [json.loads(each)["score"]["earned"]["number"] for each in done.stdout.splitlines()] == ["100", "50"]
    assert "第2行" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
    assert done.returncode == 2


def test_output_is_written_and_an_existing_file_left_alone(run: Any, case: Path) -> None:
    """-o writes; what is there stays as it is, with one message, until --force is given."""
    paper = case.parent / "报告.md"
    assert run("evaluate", case, "-o", paper)[0] == 0
    written = paper.read_bytes()
    assert written.startswith(b"# ")
    paper.write_text("我的修改", encoding="utf-8")
    status, _, err = run("evaluate", case, "-o", paper)
    assert status == 2
    assert paper.read_text(encoding="utf-8") == "我的修改"
    assert len(err.splitlines()) == 1
    assert "--force" in err
    assert run("evaluate", case, "-o", paper, "--force")[0] == 0
    assert paper.read_bytes() == written


def test_several_outputs_at_once(run: Any, case: Path) -> None:
    """-o may stand several times, each ending its own format."""
    names = [case.parent / "报告.md", case.parent / "结果.json"]
    assert run("evaluate", case, "-o", names[0], "-o", names[1])[0] == 0
    assert json.loads(names[1].read_text(encoding="utf-8"))["perfeval"] == "evaluation/1"


def test_unknown_ending_writes_nothing(run: Any, case: Path) -> None:
    """A format that is not known is refused by name; no file is left behind."""
    status, _, err = run("evaluate", case, "-o", case.parent / "报告.wps")
    assert status == 2
    assert ".md" in err
    assert sorted(path.name for path in case.parent.iterdir()) == ["案例.yaml"]


def test_an_output_in_a_missing_folder(run: Any, case: Path) -> None:
    """A folder that does not exist is a message, not a traceback."""
    status, _, err = run("evaluate", case, "-o", case.parent / "没有" / "报告.md")
    assert status == 2
    assert "没有文件夹" in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nothing"], "没有命令 nothing"),
        (["evaluate"], "缺少“案例…”"),
        (["evaluate", "a", "--bogus"], "没有选项 --bogus"),
        (["evaluate", "a", "--format", "xml"], "--format 只能是：text、json"),
        (["evaluate", "a", "-o"], "选项 -o 后面要写一个值"),
        (["evaluate", "a", "--force=1"], "选项 --force 后面不写值"),
        (["figure"], "缺少“写法”"),
        (["figure", "1", "2", "3"], "多出的参数：2 3"),
        (["frameworks", "--diff", "a"], "选项 --diff 后面要写 2 个值"),
        (["--locale", "fr"], "--locale 只能是：zh_Hans、zh_Hant、en"),
        (["completion", "cmd"], "只能是：bash、zsh、fish"),
    ],
)
def test_every_mistake_is_said_in_chinese(run: Any, words: list[str], said: str) -> None:
    """Whatever click finds wrong is said in Chinese, with where the help is, and ends with 2."""
    status, out, err = run(*words)
    assert (status, out) == (2, "")
    assert said in err.splitlines()[0]
    assert "--help" in err.splitlines()[1]


@pytest.mark.parametrize("command", ["evaluate", "figure", "frameworks", "categories", "checks", "explain", "demo"])
def test_help_has_no_english_left(run: Any, command: str) -> None:
    """Help has Chinese usage, headings and options; what click would say in English is gone."""
    status, out, _ = run(command, "--help")
    assert status == 0
    assert out.startswith("用法：perfeval ")
    assert "选项：" in out
    assert not any(word in out for word in ("Usage", "Options", "Show this message", "OPTIONS", "Commands"))


def test_locale_may_stand_anywhere() -> None:
    """--locale is taken wherever it stands, but not behind --."""
    assert locale_first(["demo", "--locale", "en"]) == (["--locale", "en", "demo"], "en")
    assert locale_first(["--locale=zh_Hant", "checks"]) == (["--locale=zh_Hant", "checks"], "zh_Hant")
    assert locale_first(["figure", "--", "--locale"]) == (["figure", "--", "--locale"], "zh_Hans")
    assert locale_first(["demo", "--locale"]) == (["demo", "--locale"], "zh_Hans")


class Marked(dict[str, str]):
    """A catalogue in which every template is itself between angle brackets."""

    def get(self, key: str, default: Any = None) -> str:  # type: ignore[override]
        return f"<{key}>"


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--help"],
        ["evaluate", "--help"],
        ["demo", "--help"],
        ["figure"],
        ["nothing"],
        ["evaluate", "a", "--format", "x"],
    ],
)
def test_all_that_the_command_line_says_is_in_the_catalogue(
    run: Any, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In another locale no Chinese comes past the catalogue: help, headings and every mistake."""
    monkeypatch.setattr("perfeval.locales.messages._catalogue", lambda _: Marked())
    _, out, err = run(*words, "--locale", "en")
    said = re.sub(r"<[^<>]*(?:<[^<>]*>[^<>]*)*>", "", out + err)
    assert not re.search(r"[\u4e00-\u9fff]", said), said
    assert "<" in out + err


def test_demo_shows_what_a_clerk_wants_first(run: Any) -> None:
    """The demo names the total, the 5 points that are unnamed, the doses that do not add up, the rate that agrees."""
    status, out, _ = run("demo")
    assert status == 0
    assert "自评 91.3 分" in out
    assert "核算 未定" in out
    assert "5分未列明" in out
    assert "190959剂次 + 201536剂次 ≠ 396889剂" in out
    assert "16045.66万元 ÷ 16898.11万元 ≈ 94.96%" in out
    assert "42.3 + 49 = 91.3" in out
    doses = next(line for line in out.splitlines() if "疫情防控.接种剂数" in line)
    assert doses.startswith("疑点")


def test_demo_needs_neither_folder_nor_network(tmp_path: Path) -> None:
    """The demo runs from any folder, with every socket refused."""
    guard = tmp_path / "sitecustomize.py"
    guard.write_text(
        "import socket\ndef no(*a, **k): raise OSError('no network here')\nsocket.socket.connect = no\n"
        "socket.getaddrinfo = no\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-m", "perfeval", "demo"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONUTF8": "1"},
    )
    assert done.returncode == 0, done.stderr.decode()
    assert "91.3" in done.stdout.decode()


@pytest.mark.parametrize(
    "words", [["demo"], ["demo", "--full"], ["checks"], ["frameworks"], ["categories"], ["--help"]]
)
def test_output_on_a_gbk_console(words: list[str]) -> None:
    """What is printed on a console in GBK is GBK, complete and without a traceback."""
    done = process(*words, PYTHONIOENCODING="gbk")
    assert done.returncode == 0, done.stderr.decode("gbk", "replace")
    assert "?" not in done.stdout.decode("gbk").replace("？", "")


def test_what_gbk_lacks_is_spelled(case: Path) -> None:
    """m² and ✓ in a case do not stop a console in GBK; JSON stays UTF-8 with the characters as written."""
    done = process("evaluate", case, PYTHONIOENCODING="gbk")
    assert done.returncode == 0, done.stderr.decode("gbk", "replace")
    assert "200" in done.stdout.decode("gbk")
    done = process("evaluate", case, "--format", "json", PYTHONIOENCODING="gbk")
    assert "200m²" in done.stdout.decode("utf-8")
    done = process("figure", "200m²", PYTHONIOENCODING="gbk")
    assert "写法：200m2" in done.stdout.decode("gbk")


@pytest.mark.parametrize("columns", ["80", "100", "120"])
@pytest.mark.parametrize("name", ["yongping-2021", "chuzuwu-2021"])
def test_tables_fit_the_console(columns: str, name: str) -> None:
    """No line is wider than the console, and no cell is cut off."""
    from perfeval.command.inputs import example
    from perfeval.locales.width import width

    done = process("evaluate", example(name), COLUMNS=columns, PYTHONIOENCODING="utf-8")
    lines = done.stdout.decode().splitlines()
    assert max(map(width, lines)) <= int(columns)
    assert not any("…" in line for line in lines)


def test_why_is_an_indented_trace(run: Any, case: Path) -> None:
    """--why gives rule, inputs with place, the branch taken, calculation and rounding; --steps every step."""
    _, out, _ = run("evaluate", case, "--why", "清查")
    lines = out.splitlines()
    assert lines[0] == "清查：48分"
    assert all(line.startswith("  ") for line in lines[1:])
    assert "  完成值 = 80次（案例.yaml 第9行）" in lines
    assert "  完成值 ≥ 指标值：80次 ≥ 100次，不成立" in lines
    assert "  计算：60分 × 80次 ÷ 100次 = 48分" in lines
    assert "  取位：四舍五入到2位小数，本级只取一次" in lines
    _, full, _ = run("evaluate", case, "--why", "清查", "--steps")
    assert set(lines) < set(full.splitlines())
    _, every, _ = run("evaluate", case, "--why", "总分")
    assert "  清查：48分" in every.splitlines()


def test_why_of_an_unknown_name(run: Any, case: Path) -> None:
    """A name that no indicator bears is answered with the nearest names."""
    status, _, err = run("evaluate", case, "--why", "清察")
    assert status == 2
    assert "清查" in err


def test_figure_says_how_it_is_read(run: Any) -> None:
    """figure shows value, unit, mark and the interval; what cannot be read says where."""
    status, out, _ = run("figure", "近30万元")
    assert status == 0
    assert "读作：30万元" in out
    assert "近" in out
    assert run("figure", "5.8万", "--unit", "万元")[1].count("5.8万元") >= 1
    status, _, err = run("figure", "30～40%")
    assert status == 2
    assert err


@pytest.mark.parametrize(
    ("written", "lines"),
    [
        ("≥95%", ["读作：95%", "比较符号：≥", "写出的位数表示：不低于95%"]),
        ("<3天", ["比较符号：<", "写出的位数表示：低于3天"]),
        ("约30人", ["计量单位：人（按件计数）", "约数：约", "写出的位数表示：不低于27人，低于33人"]),
        ("200余人", ["约数：余", "写出的位数表示：不低于200人，低于300人"]),
        ("增加3个", ["增减：增长", "写出的位数表示：正好3个"]),
        ("908.18万元", ["计量单位：万元（量得的数）", "写出的位数表示：不低于908.175万元，低于908.185万元"]),
        ("—", ["写法：—", "空位：没有数"]),
    ],
)
def test_a_figure_is_read_out(run: Any, written: str, lines: list[str]) -> None:
    """Whatever was read of a text stands on a line of its own: unit, sign, mark, change, what its digits allow."""
    _, out, _ = run("figure", written)
    assert set(lines) <= set(out.splitlines())


def test_settings_that_differ_are_named_in_words(run: Any, tmp_path: Path) -> None:
    """Rounding, grades, deductions and defaults of two frameworks are compared as a clerk reads them."""
    first, second = tmp_path / "甲.yaml", tmp_path / "乙.yaml"
    part = "parts:\n- {name: 巡查, points: 100, target: ≥100次}\n"
    first.write_text(f"perfeval: framework/1\nname: 甲（示例数据）\n{part}", encoding="utf-8")
    second.write_text(
        f"perfeval: framework/1\nname: 乙（示例数据）\npartial: yes\nnot_applicable: 折算\n{part}"
        "rounding: {digits: 1}\ngrades: {合格: 60, 不合格: 0}\ndefaults: {≥: {递减按比例: {每: 1 %, 扣: 0.5 分}}}\n"
        "then: [{封顶: {条件: 巡查 < 80次, 至多: 89 分}}]\n",
        encoding="utf-8",
    )
    lines = run("frameworks", "--diff", str(first), str(second))[1].splitlines()
    assert "+ 取位：四舍五入到1位小数" in lines
    assert "- 取位：四舍五入到2位小数" in lines
    assert "+ 等级：合格 60分及以上、不合格 0分及以上" in lines
    assert "- 等级：（无）" in lines
    assert "- 部分列明：否" in lines
    assert "+ 部分列明：是" in lines
    assert any(line.startswith("+ 默认方法：") and "递减按比例" in line for line in lines)
    assert any(line.startswith("+ 调整：") and "封顶" in line for line in lines)


def test_categories_say_what_they_bring(run: Any) -> None:
    """Each category with its title, package, edition and how much of each kind it brings; English says it too."""
    lines = run("categories")[1].splitlines()
    at = lines.index(next(line for line in lines if line.startswith("city  ")))
    assert "perfeval" in lines[at]
    assert {"数据项", "指标", "勾稽关系"} <= {part.split(" ")[0] for part in lines[at + 1].strip().split("，")}
    assert "    指标体系 national/project-2020" in lines
    english = run("--locale", "en", "categories")[1]
    assert "指标体系 national" not in english


@pytest.mark.parametrize(
    ("text", "spelled"), [("12㎡", "12平方米"), ("5m²", "5m2"), ("已核✓", "已核√"), ("5−3", "5-3"), ("龘", "?")]
)
def test_what_a_console_lacks_is_spelled(text: str, spelled: str) -> None:
    """A character that the console's encoding lacks stands there in others; nothing stops."""
    prepare()
    encoding = "ascii" if text == "龘" else "gb2312"
    assert text.encode(encoding, "perfeval").decode(encoding) == spelled


def test_what_is_said_of_a_partial_framework(run: Any) -> None:
    """A framework of which not all is published says so, with its basis, bands and open levels."""
    out = run("frameworks", "baiyun/office-2021")[1]
    assert "依据：" in out
    english = run("--locale", "en", "frameworks", "national/project-2020")[1]
    assert "产出指标" in english
    assert "（由单位填报指标）" not in english


def test_frameworks_and_their_difference(run: Any) -> None:
    """Frameworks are listed by name, shown alone, and compared line by line."""
    _, names, _ = run("frameworks")
    assert "national/project-2020" in names.splitlines()
    assert "产出指标" in run("frameworks", "national/project-2020")[1]
    _, lines, _ = run("frameworks", "--diff", "national/project-2020", "national/project-2021")
    assert "- 产出指标  50分  （由单位填报指标）" in lines.splitlines()
    assert "+ 产出指标  40分  （由单位填报指标）" in lines.splitlines()
    same = run("frameworks", "--diff", "national/project-2020", "national/project-2020")[1]
    assert "两个指标体系相同" in same


def test_a_framework_of_ones_own_is_listed_and_compared(run: Any, tmp_path: Path) -> None:
    """A file stands wherever a name does: shown, as JSON, and beside the one that it was made from."""
    own = tmp_path / "体系.yaml"
    own.write_text(
        "perfeval: framework/1\nextends: national/project-2020\nname: 产出 60（示例数据）\n"
        "parts:\n- {name: 产出指标, points: 60}\n- {name: 效益指标, points: 20}\n",
        encoding="utf-8",
    )
    assert "产出指标  60分" in run("frameworks", str(own))[1]
    _, lines, _ = run("frameworks", "--diff", "national/project-2020", str(own))
    assert {"- 产出指标  50分  （由单位填报指标）", "+ 产出指标  60分  （由单位填报指标）"} <= set(lines.splitlines())
    assert "产出 60（示例数据）" in run("frameworks", str(own), "--format", "json")[1]


def test_explain_checks_and_strategies(run: Any) -> None:
    """explain takes a check's code and a strategy's name, and names the nearest for anything else."""
    assert "何时可豁免" in run("explain", "points-sum")[1]
    assert "（2 × 指标值 - 完成值）" in run("explain", "反向递减")[1]
    status, _, err = run("explain", "point-sum")
    assert status == 2
    assert "points-sum" in err


def test_every_listed_check_is_explained(run: Any) -> None:
    """Each code that checks lists can be handed to explain."""
    for line in run("checks")[1].splitlines():
        code = line.split()[1]
        assert run("explain", code)[1].startswith(code)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(run: Any, shell: str) -> None:
    """A completion script of the shell is printed."""
    status, out, _ = run("completion", shell)
    assert status == 0
    assert "_PERFEVAL_COMPLETE" in out


def test_a_reader_that_goes_away_is_no_error(case: Path) -> None:
    """Output that nobody reads to the end (| head) leaves no traceback."""
    command = f'"{sys.executable}" -m perfeval checks --help | true; exit ${{PIPESTATUS[0]}}'
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=False, env={**os.environ})
    assert b"Traceback" not in done.stderr


def test_the_examples_are_in_the_wheel() -> None:
    """Every example of the demo is shipped inside the package, its case beside it."""
    import tomllib

    from perfeval.command.inputs import EXAMPLES, example

    project = example(EXAMPLES[0]).parents[2] / "pyproject.toml"
    if not project.exists():
        pytest.skip("not a checkout")
    wheel = tomllib.loads(project.read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    included = wheel["force-include"]
    assert {included[f"examples/{name}"] for name in EXAMPLES} == {f"perfeval/examples/{name}" for name in EXAMPLES}
    assert all(example(name).is_file() for name in EXAMPLES)


def test_what_is_read_is_never_written_over(run: Any, case: Path) -> None:
    """Even with --force the case itself, by whatever path, is no output."""
    table = case.with_name("案例.json")
    assert run("evaluate", case, "-o", table)[0] == 0
    before = table.read_bytes()
    link = case.with_name("又.json")
    link.symlink_to(table)
    for output in (table, link):
        status, _, err = run("evaluate", table, "-o", output, "--force")
        assert status == 2
        assert err
        assert table.read_bytes() == before


def test_a_lock_file_as_framework_is_named(run: Any, case: Path) -> None:
    """What Excel leaves beside an open workbook is no framework: that is said, without a traceback."""
    status, _, err = run("evaluate", case, "--framework", "~$体系.xlsx")
    assert status == 2
    assert "Traceback" not in err
    assert err
