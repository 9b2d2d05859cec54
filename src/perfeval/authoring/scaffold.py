"""新类别: perfeval new-category — a complete package of either kind, data or code, in a new folder.

What it makes is made in memory first and written only into a folder that is new or empty; nothing that
exists is touched.
"""

from __future__ import annotations

import hashlib
import json
import keyword
import re
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from perfeval import __version__
from perfeval.authoring.importing import framework as importing
from perfeval.documents.limits import DEFAULT, too_large
from perfeval.documents.os_errors import unread, unwritten
from perfeval.errors import OutputError, Place, problem
from perfeval.model.framework import Indicator
from perfeval.plugins import entry_points

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from os import PathLike

KINDS = ("data", "code")
KEY = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_UNIT = "点次"

_INTRO = {
    "data": "这个包只有数据，没有程序：一个 category.yaml 和 frameworks 文件夹里的指标体系，用任何文字编辑器都能改。",
    "code": "这个包用 Python 写成：除了数据，还有自己的评分方法和审核规则。",
    "table": "这个包的指标体系由表格导入，只有数据，没有程序。",
}
_CONTENTS = {
    "data": """\
| 文件 | 内容 |
|---|---|
| `src/@package@/category.yaml` | 计量单位、数据项、指标、勾稽关系、措辞 |
| `src/@package@/frameworks/main.yaml` | 指标体系：分值、指标值、评分方法 |
| `examples/case.yaml` | 用到本类别的一份自评案例 |
| `tests/cases/` | 样例：什么情况不该有意见，什么情况该有什么意见 |""",
    "code": """\
| 文件 | 内容 |
|---|---|
| `src/@package@/__init__.py` | 任务类别：数据项、勾稽关系、评分方法、审核规则、指标体系 |
| `examples/case.yaml` | 用到本类别的一份自评案例 |
| `tests/cases/` | 样例：什么情况不该有意见，什么情况该有什么意见 |""",
    "table": """\
| 文件 | 内容 |
|---|---|
| `src/@package@/category.yaml` | 任务类别的键和名称；以后在这里加数据项和勾稽关系 |
| `src/@package@/frameworks/main.yaml` | 由表格导入的指标体系 |
| `导入说明.md` | 每一格评分标准读成了什么，哪些待定 |
| `examples/case.yaml` | 待填的自评案例：每个指标一行 |""",
}
_STEPS = {
    "data": """\
1. 在 `category.yaml` 里写自己的数据项和计量单位，在 `frameworks/main.yaml` 里写分值和评分方法；
2. 运行 `perfeval evaluate examples/case.yaml`：写错的地方按第几行、第几列说明，并写出应该怎么写；
3. 改样例和测试，改好后把 `pyproject.toml` 里的版本号加一。

不打包也能用：把 `src/@package@` 文件夹放在案例旁边，案例里写 `categories: [@package@/category.yaml]` 和
`framework: @package@/frameworks/main.yaml`。""",
    "code": """\
1. 在 `__init__.py` 里改数据项、评分方法和审核规则；评分方法是一条算式，得分、理由、区间都由它得出；
2. 每条审核规则的说明有六个固定的标题，样例至少一个不该有意见、一个该有意见；
3. 运行 `sh check.sh`，改好后把 `pyproject.toml` 里的版本号加一。""",
    "table": """\
1. 打开 `导入说明.md`，逐条看评分标准读得对不对；
2. 待定的在 `frameworks/main.yaml` 里写明评分方法：有几种可能的，都写在那一行上面，选一种代替“待定”；
3. 在 `examples/case.yaml` 里填完成值和得分，运行 `perfeval evaluate examples/case.yaml`。""",
}


class Made(NamedTuple):
    """做成的包: where it stands, its key, its files in order, and how a table was read."""

    folder: Path
    key: str
    files: tuple[str, ...]
    imported: importing.Imported | None = None


def key_for(folder: str | PathLike[str]) -> str:
    """The key that a folder's name gives; empty where it has no ASCII letters to make one of."""
    name = Path(folder).resolve().name
    if not name.isascii():
        return ""
    made = re.sub(r"[^a-z0-9]+", "-", name.lower().removeprefix("perfeval-").removeprefix("perfeval_")).strip("-")
    return made if KEY.fullmatch(made) else ""


def made_up(folder: str | PathLike[str]) -> str:
    """A key for a name that gives none: the same name gives the same key."""
    return "category-" + hashlib.sha256(Path(folder).resolve().name.encode()).hexdigest()[:6]


def new_category(
    folder: str | PathLike[str],
    *,
    kind: str = "data",
    key: str = "",
    title: str = "",
    table: str | PathLike[str] | None = None,
) -> Made:
    """新类别: make the package of a category of *kind* in *folder*, which is new or empty.

    *key* is its ASCII name, by default made from the folder's; *table* a client's 指标体系 workbook, whose
    framework the package then holds. Raises OutputError for a folder with something in it and a key that
    cannot be one or is taken; InputError for a table, with its cells.
    """
    target = Path(folder)
    key = key or key_for(target) or made_up(target)
    _free(target)
    _usable(key)
    if kind not in KINDS:
        raise OutputError(
            problem("kind-unknown", "类别包有 data（只有数据）和 code（带程序）两种，没有“{kind}”", kind=kind)
        )
    if table is not None and kind == "code":
        raise OutputError(problem("kind-of-table", "由表格导入的类别包只有数据；请去掉 --kind code"))
    title = _title(title or target.resolve().name)
    imported = _imported(table, title) if table is not None else None
    texts = _texts("table" if imported is not None else kind, key, title, imported)
    _write(target, texts)
    return Made(target, key, tuple(texts), imported)


def _free(target: Path) -> None:
    place = Place(source=str(target))
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise OutputError(problem("folder-is-file", "这里已有同名的文件；请换一个文件夹名", place=place))
    if target.is_dir() and any(target.iterdir()):
        raise OutputError(
            problem("folder-not-empty", "文件夹里已有内容，没有改动；请换一个新的或空的文件夹", place=place)
        )


def _usable(key: str) -> None:
    if not KEY.fullmatch(key) or len(key) > 40 or keyword.iskeyword(key):
        raise OutputError(
            problem(
                "key-unfit",
                "“{key}”不能作类别的键；请用 --name 写小写英文字母开头的名称，只含小写字母、数字和 -，如 market",
                key=key,
            )
        )

    taken = next((each for each in entry_points.entries() if each.key == key), None)
    if taken is not None:
        raise OutputError(
            problem(
                "key-taken",
                "已安装的{owner}已有键为“{key}”的任务类别；请用 --name 另起一个",
                key=key,
                owner=taken.owner,
            )
        )


def _title(written: str) -> str:
    """A title that formulas and files can hold: no marks that YAML or formulas read as their own."""
    made = re.sub(r"[^\w（）]+", "", written.replace("(", "（").replace(")", "）"))
    made = made.removeprefix("perfeval") or made
    if not made or made[0].isdigit():
        raise OutputError(
            problem("title-unfit", "“{title}”不能作类别的名称；请用 --title 写一个，如 农贸市场监管", title=written)
        )
    return made[:40]


def _imported(table: str | PathLike[str], title: str) -> importing.Imported:
    path = Path(table)
    place = Place(source=path.name)
    try:
        with path.open("rb") as stream:
            data = stream.read(DEFAULT.size + 1)
    except OSError as error:
        raise unread(path, error) from None
    if len(data) > DEFAULT.size:
        raise too_large(path.stat().st_size, DEFAULT, place)
    return importing.framework(data, path.name, title)


# -- files ------------------------------------------------------------------------------------------


def _texts(kind: str, key: str, title: str, imported: importing.Imported | None) -> dict[str, str]:
    """Every file of the package by its path."""
    package = "perfeval_" + key.replace("-", "_")
    framework = f"{title}指标体系"
    main = framework if kind == "code" else "main"
    values = {
        "key": key,
        "title": title,
        "titleliteral": json.dumps(title, ensure_ascii=False),
        "framework": framework,
        "frameworkliteral": json.dumps(framework, ensure_ascii=False),
        "main": main,
        "package": package,
        "distribution": f"perfeval-{key}",
        "summary": json.dumps(f"perfeval 任务类别：{title}", ensure_ascii=False),
        "entry": f"{package}:category" if kind == "code" else package,
        "perfeval": ".".join(__version__.split(".")[:2]),
        "unit": _UNIT,
        "intro": _INTRO[kind],
        "contents": _CONTENTS[kind],
        "steps": _STEPS[kind],
    }
    home = files("perfeval.authoring") / "templates"
    texts = {path: _filled(text, values) for room in ("common", kind) for path, text in _found(home / room, "")}
    if imported is not None:
        texts["src/PACKAGE/category.yaml"] = _category(key, title)
        texts["src/PACKAGE/frameworks/main.yaml"] = imported.text
        texts["examples/case.yaml"] = _form(key, imported)
        texts["导入说明.md"] = _account(imported)
    return {path.replace("PACKAGE", package): text for path, text in sorted(texts.items())}


def _found(folder: Traversable, above: str) -> list[tuple[str, str]]:
    made: list[tuple[str, str]] = []
    for each in folder.iterdir():
        path = f"{above}{each.name}"
        if each.is_dir():
            made += _found(each, path + "/")
        elif each.name.endswith(".in"):
            made.append((path.removesuffix(".in"), each.read_text(encoding="utf-8")))
    return made


def _filled(text: str, values: dict[str, str]) -> str:
    """*text* with every @name@ replaced, those in what is put in too."""
    for _ in range(2):
        text = re.sub(r"@([a-z]+)@", lambda found: values.get(found[1], found[0]), text)
    return text


def _category(key: str, title: str) -> str:
    return (
        f'perfeval: category/1\nkey: {key}\ntitle: {importing.quoted(title)}\nedition: "1"\n'
        "note: 指标体系由表格导入，在 frameworks/main.yaml\n"
    )


def _form(key: str, imported: importing.Imported) -> str:
    """A case to be filled in: every indicator with its points and target, actual and earned left blank."""
    lines = [
        "perfeval: case/1",
        "# 待填：单位、年度、各行的完成值（actual）和自评得分（earned），扣分的写偏差原因（reason）",
        "office: 某街道办事处（示例数据）",
        "year: 2024",
        f"framework: {key}/main",
        f"categories: [{key}]",
        "rows:",
    ]
    for path, part in imported.framework.walk():
        if isinstance(part, Indicator):
            target = "" if part.target is None else f", target: {importing.quoted(part.target.text)}"
            points = "" if part.points is None else str(part.points).removesuffix("分")
            lines.append(f"- {{of: {importing.quoted(path)}, points: {points}{target}, actual: , earned: }}")
    return "\n".join(lines) + "\n"


def _account(imported: importing.Imported) -> str:
    """How each 评分标准 was read, by cell: first what is 待定."""
    waiting = [line for line in imported.lines if not line.settled]
    done = [line for line in imported.lines if line.settled]
    made = [
        "# 导入说明",
        "",
        f"共{len(imported.lines)}项指标：{len(done)}项评分标准合于唯一的方法，{len(waiting)}项待定。",
        "待定的先由评分人在0分至分值之间评定，在 `frameworks/main.yaml` 里写明评分方法后改正。",
        "",
    ]
    for head, lines in (("待定", waiting), ("已读成方法，请核对", done)):
        if lines:
            made += [f"## {head}", "", "| 单元格 | 指标 | 评分标准原文 | 读成 |", "|---|---|---|---|"]
            made += [
                "| " + " | ".join(map(_cell, (line.cell, line.name, line.prose, _outcome(line)))) + " |"
                for line in lines
            ]
            made.append("")
    return "\n".join(made)


def _outcome(line: importing.Read) -> str:
    if not line.why:
        return line.rule
    return f"{line.rule}：{line.why}" + (f"（{'；'.join(line.choices)}）" if line.choices else "")


def _cell(text: str) -> str:
    return re.sub(r"\s*\n\s*", "；", text).replace("|", "／")


def _write(target: Path, texts: dict[str, str]) -> None:
    try:
        target.mkdir(parents=True, exist_ok=True)
        for path, text in texts.items():
            file = target / path
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("x", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
    except OSError as error:
        raise unwritten(error.filename or target, error) from None
