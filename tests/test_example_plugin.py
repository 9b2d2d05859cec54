"""Categories of other offices as packages: built as wheels, installed beside perfeval's own into an empty environment, used there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest

ROOT = Path(__file__).parent.parent
SETTINGS = dict(os.environ, PIP_DISABLE_PIP_VERSION_CHECK="1", PYTHONUTF8="1", PYTHONDONTWRITEBYTECODE="1")
SETTINGS.pop("PYTHONPATH", None)


class Place(NamedTuple):
    """An environment of its own, and a folder to work in."""

    python: str
    folder: Path

    def run(self, *words: str | Path, cwd: Path | None = None, status: int = 0) -> str:
        """What a command of the environment prints; it must end with *status*."""
        done = subprocess.run(
            [self.python, "-m", *map(str, words)],
            cwd=cwd or self.folder,
            env=SETTINGS,
            capture_output=True,
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
        )
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout

    def install(self, source: Path) -> Path:
        """Build the package in *source* as a wheel and install that; its wheel."""
        wheel = built(source, self.folder / "wheels" / source.name)
        self.run("pip", "install", "-q", "--no-deps", wheel)
        return wheel


def built(source: Path, target: Path) -> Path:
    """The wheel of the project in *source*."""
    alone = ["--no-build-isolation"] if find_spec("hatchling") else []
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", *alone, "-w", str(target), str(source)]
    done = subprocess.run(command, env=SETTINGS, capture_output=True, encoding="utf-8")
    if done.returncode:
        pytest.skip(f"wheel 没有做成 (no wheel, is there a network?)：{done.stderr[-300:]}")
    (wheel,) = target.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """An empty environment with perfeval's wheel and pytest, nothing else."""
    folder = tmp_path_factory.mktemp("另一个街道")
    subprocess.run([sys.executable, "-m", "venv", str(folder / "venv")], check=True)
    python = folder / "venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    wheel = built(ROOT, folder / "wheels" / "perfeval")
    command = [str(python), "-m", "pip", "install", "-q", str(wheel), "pytest"]
    done = subprocess.run(command, env=SETTINGS, capture_output=True, encoding="utf-8")
    if done.returncode:
        pytest.skip(f"依赖没有装成 (dependencies not installed, is there a network?)：{done.stderr[-300:]}")
    return Place(str(python), folder)


@pytest.mark.parametrize(
    ("name", "total", "why", "steps"),
    [
        ("market", "90.59", "违规查处", "10分 - 1分/宗 × 3宗 - 2分/宗 × （5宗 - 3宗） = 3分"),
        ("library", "97.61", "举办活动", "2分/场 × 3场 + 1分/场 × （6场 - 3场） = 9分"),
    ],
)
def test_the_examples_are_installed_and_used(place: Place, name: str, total: str, why: str, steps: str) -> None:
    """From its wheel each example is listed, passes its own tests and scores its case with reasons of its own rule."""
    source = ROOT / "examples" / f"perfeval-{name}"
    wheel = place.install(source)
    with zipfile.ZipFile(wheel) as package:
        python = [each for each in package.namelist() if each.endswith(".py")]
    assert bool(python) is (name == "market")  # the other holds no Python at all
    listed = place.run("perfeval", "categories")
    assert f"perfeval-{name} 1.0.0" in listed
    case = source / "examples" / "case.yaml"
    told = json.loads(place.run("perfeval", "evaluate", case, "--format", "json"))
    assert told["score"]["earned"]["number"] == total
    assert steps in place.run("perfeval", "evaluate", case, "--why", why)
    assert "passed" in place.run(
        "pytest", "-q", "-p", "no:cacheprovider", source / "tests", "-c", source / "pyproject.toml"
    )


def table(path: Path) -> Path:
    """A client's table with a rule, a choice and no rule at all."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["指标体系（示例数据）"],
        ["一级指标", "三级指标", "分值", "指标值", "评分标准"],
        ["产出指标", "巡查", "40", "≥120家次", "达到指标值得满分，未达到的按比例得分"],
        ["", "快检合格率", "30", "≥98%", "每低1个百分点扣0.5分，扣完为止"],
        ["效益指标", "长效机制", "30", "", "制度健全得15分；执行到位得15分"],
    ):
        sheet.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("folder", "words"),
    [
        ("农贸市场", ["--name", "made-data"]),
        ("河道保洁", ["--name", "made-code", "--kind", "code"]),
        ("指标体系包", ["--name", "made-table", "--from", "table.xlsx"]),
        ("名称里没有英文", []),
    ],
)
def test_what_is_made_passes_its_own_tests(place: Place, folder: str, words: list[str]) -> None:
    """Each kind of new category is a package that builds, installs, loads and passes its own tests where it was made."""
    table(place.folder / "table.xlsx")
    place.run("perfeval", "new-category", folder, *words)
    source = place.folder / folder
    place.install(source)
    told = place.run("pytest", "-q", "-p", "no:cacheprovider", cwd=source)
    assert "passed" in told
    assert "failed" not in told
    place.run("perfeval", "evaluate", "examples/case.yaml", cwd=source, status=int("--from" in words))
    place.run("perfeval", "new-category", folder, "--name", "other", status=2)  # it is never written over
