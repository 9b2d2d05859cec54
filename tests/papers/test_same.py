"""Same in, same out: the papers of one evaluation byte for byte, and the old file whole whatever happens while writing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import making
import pytest

from perfeval.documents.writing import write_whole

EXAMPLES = Path(__file__).parents[2] / "examples"
CASES = {name: EXAMPLES / name / "case.yaml" for name in ("yongping-2021", "chuzuwu-2021")}
ENDINGS = (".xlsx", ".docx", ".html", ".md", ".json")

ELSEWHEN = """
import datetime, sys, time
from pathlib import Path
shift, home, out, *sources = sys.argv[1:]
shift, real = float(shift), {name: getattr(time, name) for name in ("time", "localtime", "gmtime")}
time.time = lambda: real["time"]() + shift
time.time_ns = lambda: int(time.time() * 10**9)
time.localtime = lambda at=None: real["localtime"](time.time() if at is None else at)
time.gmtime = lambda at=None: real["gmtime"](time.time() if at is None else at)
class Then(datetime.datetime):
    @classmethod
    def now(cls, tz=None): return cls.fromtimestamp(time.time(), tz)
    @classmethod
    def utcnow(cls): return cls.fromtimestamp(time.time(), datetime.timezone.utc).replace(tzinfo=None)
    @classmethod
    def today(cls): return cls.now()
datetime.datetime = Then
import os
os.chdir(home)
from perfeval.command.main import main
for at, source in enumerate(sources):
    endings = ENDINGS
    try:
        main(["evaluate", source, *(word for ending in endings for word in ("-o", f"{out}/{at}{ending}"))])
    except SystemExit as ended:
        assert ended.code in (0, 1), ended.code
"""
"""The command line at another time: every clock that Python has says so."""

PLACES = [
    ("0", {"PYTHONHASHSEED": "0", "LANG": "C", "LC_ALL": "C", "TZ": "UTC", "PYTHONUTF8": "0", "PYTHONIOENCODING": "gbk"}),
    ("0", {"PYTHONHASHSEED": "1", "LANG": "zh_CN.UTF-8", "TZ": "Asia/Shanghai", "COLUMNS": "60", "PYTHONUTF8": "1"}),
    ("86400000", {"PYTHONHASHSEED": "4242", "LANG": "en_US.UTF-8", "LANGUAGE": "en", "TZ": "America/New_York",
                  "SOURCE_DATE_EPOCH": "315619200", "COLUMNS": "200", "TERM": "xterm", "FORCE_COLOR": "1"}),
    ("-700000000", {"LANG": "de_DE.UTF-8", "LC_NUMERIC": "de_DE.UTF-8", "TZ": "Asia/Kathmandu", "NO_COLOR": "1"}),
]  # fmt: skip
"""Clocks (seconds from now) and surroundings."""


def papers(tmp_path: Path, shift: str, surroundings: dict[str, str], sources: list[Path], at: int) -> dict[str, bytes]:
    """What the command line writes at another time and elsewhere."""
    out, home = tmp_path / f"out{at}", tmp_path / f"home{at}"
    out.mkdir()
    home.mkdir()
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    script = ELSEWHEN.replace("ENDINGS", repr(ENDINGS))
    done = subprocess.run(
        [sys.executable, "-c", script, shift, str(home), str(out), *map(str, sources)],
        env={**kept, **surroundings},
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    return {path.name: path.read_bytes() for path in out.iterdir()}


def test_the_same_papers_whatever_clock_locale_hash_and_console(tmp_path: Path) -> None:
    """xlsx, docx, HTML, Markdown and JSON of both examples and of an office's own workbook (its marked copy)."""
    workbook = tmp_path / "附件1.xlsx"
    workbook.write_bytes(making.national())
    sources = [*CASES.values(), workbook]
    first, *others = (papers(tmp_path, *place, sources, at) for at, place in enumerate(PLACES))
    assert len(first) == len(sources) * len(ENDINGS)
    for each in others:
        assert [name for name in first if first[name] != each[name]] == []


FROZEN = """
import sys, time
from perfeval.documents import writing
def wait(handle):
    print("written", flush=True)
    time.sleep(60)
writing.os.fsync = wait
writing.write_whole(sys.argv[1], b"new" * 100_000, overwrite=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="ends processes in another way")
@pytest.mark.parametrize("how", ["SIGKILL", "SIGTERM", "SIGINT"])
def test_a_process_killed_while_writing_leaves_the_old_file(tmp_path: Path, how: str) -> None:
    """All of the new file is on the disk, beside; whoever opens the paper finds the old one, and can write again."""
    path = tmp_path / "报告.docx"
    path.write_bytes(b"old")
    with subprocess.Popen(
        [sys.executable, "-c", FROZEN, str(path)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as started:
        assert started.stdout is not None
        assert started.stdout.readline() == b"written\n"
        started.send_signal(getattr(signal, how))
    assert started.returncode != 0
    assert path.read_bytes() == b"old"
    if how == "SIGINT":  # as Ctrl-C: nothing lies beside it either
        assert list(tmp_path.iterdir()) == [path]
    write_whole(path, b"new", overwrite=True)
    assert path.read_bytes() == b"new"


SMALL = """
import resource, signal, sys
from perfeval.command.main import main
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (2048, 2048))
main(["evaluate", sys.argv[1], *sum((["-o", each] for each in sys.argv[2:]), []), "--force"])
"""


@pytest.mark.skipif(os.name == "nt", reason="has no such bound")
@pytest.mark.parametrize("ending", ENDINGS)
def test_no_room_leaves_the_old_file(tmp_path: Path, ending: str) -> None:
    """The system itself refuses to write on: the old paper is whole, nothing lies beside it, the message says what to do."""
    path = tmp_path / f"报告{ending}"
    path.write_bytes(b"old")
    done = subprocess.run(
        [sys.executable, "-c", SMALL, str(CASES["chuzuwu-2021"]), str(path)],
        env={**os.environ, "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2, done.stderr.decode()
    assert "磁盘满了" in done.stderr.decode()
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [(path.name, b"old")]


@pytest.mark.parametrize("ending", ENDINGS)
def test_nothing_is_overwritten_unasked(tmp_path: Path, ending: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Every kind of paper stays without --force, and is replaced with it."""
    from perfeval.command.main import main

    path = tmp_path / f"报告{ending}"
    path.write_bytes(b"old")
    with pytest.raises(SystemExit) as ended:
        main(["evaluate", str(CASES["chuzuwu-2021"]), "-o", str(path)])
    assert ended.value.code == 2
    assert "文件已存在" in capsys.readouterr().err
    assert path.read_bytes() == b"old"
    with pytest.raises(SystemExit):
        main(["evaluate", str(CASES["chuzuwu-2021"]), "-o", str(path), "--force"])
    assert path.read_bytes() != b"old"
