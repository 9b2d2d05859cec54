"""What holds for every test: examples are collected, and in CI nothing is left out."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest
from doc_examples import pytest_collect_file
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["pytest_collect_file"]

IN_CI = os.environ.get("CI", "").lower() in ("1", "true")

settings.register_profile(
    "perfeval",
    deadline=None,  # a slow machine is no defect
    print_blob=True,
    max_examples=int(os.environ.get("PERFEVAL_EXAMPLES", "100")),
)
settings.load_profile("perfeval")


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run a command line here and give status, standard output and standard error."""
    from perfeval.command.main import main

    def run(*words: str | Path) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main([str(word) for word in words])
        out, err = capfd.readouterr()
        return int(ended.value.code or 0), out, err

    return run


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip by name a test whose tool is not installed; the hook below makes that a failure in CI."""
    for mark in item.iter_markers("needs"):
        missing = [tool for tool in mark.args if shutil.which(tool) is None]
        if missing:
            pytest.skip("未安装 (not installed): " + "、".join(missing))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport():
    """In CI every test runs: a skip is a failure."""
    report = yield
    return _never_skipped(report)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report():
    """In CI no module is left out either."""
    report = yield
    return _never_skipped(report)


def _never_skipped(report):
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        if isinstance(report.longrepr, tuple):
            report.longrepr = f"skipped where everything must run: {report.longrepr[2]}"
    return report
