#!/usr/bin/env python3
"""Set perfeval up beside this file (.venv) and run one word: demo, test, lint, format, type, docs or bench.

Standard library only, so that a machine with nothing but Python can start. An older Python can
read this file too, to be told what it lacks.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
OLDEST = (3, 11)

WORDS = {
    "demo": ("", "评价示例案例 (evaluate the example case)"),
    "test": ("test", "运行全部测试 (run the tests; further arguments go to pytest)"),
    "lint": ("lint", "检查代码、排版与导入方向 (ruff, its format and the import contracts)"),
    "format": ("lint", "按约定排版代码 (lay the code out by ruff)"),
    "type": ("type", "检查类型 (mypy --strict, pyright)"),
    "docs": ("docs", "生成文档 (build the documentation)"),
    "bench": ("bench", "运行性能比 (run the benchmarks, print the ratios)"),
}
USAGE = "用法 (usage): python3 run.py {0} [--wheels DIR] [--venv DIR] […]".format("|".join(WORDS))


def say(text):
    """Print *text* even where the console cannot show Chinese."""
    encoding = sys.stdout.encoding or "ascii"
    print(text.encode(encoding, "backslashreplace").decode(encoding), flush=True)


def stop(*lines):
    """Say what is wrong and what to do, and end."""
    for line in lines:
        say(line)
    sys.exit(2)


def missing_package():
    """Name the package that brings what ``python -m venv`` needs, or an empty text."""
    if importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip"):
        return ""
    return "python{0}.{1}-venv".format(*sys.version_info[:2])


def check_python():
    """End with one clear message unless this Python can make a virtual environment."""
    found = "{0}.{1}".format(*sys.version_info[:2])
    if sys.version_info < OLDEST:
        stop(
            "perfeval 需要 Python 3.11 或更高版本，现在是 {0}。请安装新版本，再用它运行本命令。".format(found),
            "perfeval needs Python 3.11 or later, this is {0}. Install one and use it for this command.".format(found),
        )
    package = missing_package()
    if package:
        stop(
            "这个 Python 缺少 venv 模块，不能建立运行环境。",
            "请安装软件包 {0}（或 python3-venv），例如：sudo apt install {0}，然后再次运行本命令。".format(package),
            "This Python lacks its venv module. Install the package {0} (or python3-venv),".format(package),
            "for example: sudo apt install {0}, and run this command again.".format(package),
        )


def python_of(venv):
    """The Python of the environment in the folder *venv*."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def works(venv):
    """Whether *venv* holds a Python that starts and is new enough."""
    if not python_of(venv).exists():
        return False
    test = "import sys, pip; sys.exit(sys.version_info < {0})".format(OLDEST)
    return subprocess.call([str(python_of(venv)), "-c", test], stderr=subprocess.DEVNULL) == 0


def stamp(venv, extra, wheels):
    """What an installation depends on, as a short text: when it changes, pip runs again."""
    parts = [(HERE / "pyproject.toml").read_bytes(), str(HERE).encode(), (venv / "pyvenv.cfg").read_bytes()]
    return hashlib.sha256(b"\0".join([*parts, extra.encode(), str(wheels).encode()])).hexdigest()


def install(venv, extra, wheels):
    """Make *venv* where needed and install the library with *extra*; at once where nothing changed."""
    if not works(venv):
        check_python()
        if venv.exists():
            if any(venv.iterdir()) and not (venv / "pyvenv.cfg").exists():  # somebody's own folder
                stop(
                    "{0} 不是运行环境，没有改动它。".format(venv),
                    "{0} is no environment; it was left as it is.".format(venv),
                )
            shutil.rmtree(str(venv))
        say("正在建立运行环境 {0} (making {0}) …".format(venv.name))
        if subprocess.call([getattr(sys, "_base_executable", sys.executable), "-m", "venv", str(venv)]) != 0:
            shutil.rmtree(str(venv), ignore_errors=True)  # a half-made one would be taken for whole
            stop(
                "运行环境没有建成。若上文提到 ensurepip，请安装软件包 python3-venv。",
                "The environment could not be made. If ensurepip is named above, install the package python3-venv.",
            )
    mark = venv / ".perfeval-{0}".format(extra or "base")
    wanted = stamp(venv, extra, wheels)
    if mark.exists() and mark.read_text() == wanted:
        return
    say("正在安装依赖，只需一次 (installing, only once) …")
    command = [str(python_of(venv)), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if wheels is not None:
        command += ["--no-index", "--find-links", str(wheels)]
    if subprocess.call([*command, "--editable", str(HERE) + ("[{0}]".format(extra) if extra else "")]) != 0:
        needed = '"{0}" hatchling editables'.format(".[{0}]".format(extra) if extra else ".")
        stop(
            "依赖没有装成，原因见上文。没有网络时，先在有网络的同类机器上、在本目录下运行",
            "  python3 -m pip download -d wheels {0}".format(needed),
            "再把 wheels 文件夹拿过来，在命令后加上 --wheels wheels。",
            "Installing failed, see above. Without a network, run the line above on a machine of the same kind",
            "that has one, bring the folder here and add --wheels wheels to the command.",
        )
    mark.write_text(wanted)


def steps(python, word, arguments):
    """Give the command lines of *word*, in order."""
    if word == "demo":
        return [[python, "-m", "perfeval", "demo", *arguments]]
    if word == "test":
        return [[python, "-m", "pytest", *(arguments or ["-n", "auto", "--dist", "loadfile"])]]
    if word == "lint":
        contracts = "from importlinter.cli import lint_imports_command as run; run(['--no-logo', '--no-cache'])"
        return [
            [python, "-m", "ruff", "check", "."],
            [python, "-m", "ruff", "format", "--check", "."],
            [python, "-c", contracts],
        ]
    if word == "format":
        return [[python, "-m", "ruff", "check", "--fix", "."], [python, "-m", "ruff", "format", "."]]
    if word == "type":
        typed = [[python, "-m", "pyright"]] if (HERE / "tests" / "typing").is_dir() else []
        return [[python, "-m", "mypy"], *typed]
    if word == "docs":
        return [[python, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", "docs", "docs/_build/html"]]
    return [[python, "-m", "benchmarks", *arguments]]


def taken(arguments, name):
    """The value of the option *name* and the arguments without it; no value where it is not given."""
    if name not in arguments:
        return None, arguments
    at = arguments.index(name)
    return (arguments[at + 1] if at + 1 < len(arguments) else ""), arguments[:at] + arguments[at + 2 :]


def main(arguments):
    """Read the word, install what it needs, run it; its exit status is ours."""
    wheels, arguments = taken(arguments, "--wheels")
    if wheels is not None:
        if not wheels or not Path(wheels).is_dir():
            stop("--wheels 后面要写存放 wheel 文件的文件夹。", "--wheels needs a folder of wheels.")
        wheels = Path(wheels).resolve()
    venv, arguments = taken(arguments, "--venv")
    if venv == "":
        stop("--venv 后面要写放运行环境的文件夹。", "--venv needs a folder for the environment.")
    venv = HERE / ".venv" if venv is None else Path(venv).resolve()
    if not arguments or arguments[0] not in WORDS:
        say(USAGE)
        for word, (_, meaning) in WORDS.items():
            say("  {0:<6} {1}".format(word, meaning))
        return 0 if arguments in (["-h"], ["--help"]) else 2
    word = arguments[0]
    install(venv, WORDS[word][0], wheels)
    environment = dict(os.environ, PYTHONUTF8="1") if word != "demo" else dict(os.environ)
    for command in steps(str(python_of(venv)), word, arguments[1:]):
        status = subprocess.call(command, cwd=str(HERE), env=environment)
        if status != 0:
            return status
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
