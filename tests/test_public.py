"""公开的名称: what the documentation promises is what there is, no more and no less."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "compatibility.md").read_text(encoding="utf-8")
PROMISED = {
    module: re.findall(r"`(\w+)`", line) for module, line in re.findall(r"(?m)^- `(perfeval(?:\.\w+)?)`：(.*)$", PAGE)
}
IMPORTS = re.compile(r"\bfrom (perfeval(?:\.\w+)*) import (\([^)]*\)|[^\n#`]*)")
PATHS = re.compile(r"(?<![\w./-])perfeval(?:\.[A-Za-z_]\w*)+")
ALLOWED = {"perfeval.categories"}
"""The group of entry points, by which a package is found."""


@pytest.mark.parametrize("module", ["perfeval", "perfeval.testing"])
def test_promised_is_public(module: str) -> None:
    """The page lists exactly the names of the module, in its order."""
    assert PROMISED[module] == import_module(module).__all__


@pytest.mark.parametrize("module", PROMISED)
def test_public_is_there(module: str) -> None:
    """Every promised name can be had."""
    home = import_module(module)
    for name in PROMISED[module]:
        assert getattr(home, name) is not None


def test_two_modules_are_promised() -> None:
    """The page is read as it is meant: two public modules."""
    assert list(PROMISED) == ["perfeval", "perfeval.testing"]


def test_the_reference_has_every_name() -> None:
    """Every public name of perfeval stands in the reference, and nothing else does."""
    page = (ROOT / "docs" / "reference" / "python.md").read_text(encoding="utf-8")
    listed = re.findall(r"(?m)^\.\. auto\w+:: (\w+)$", page)
    assert sorted(listed) == sorted(import_module("perfeval").__all__)


def inside(text: str) -> list[str]:
    """What *text* names of perfeval beyond its public face: modules imported, and paths that lead further in."""
    found = [
        f"{home}.{name}"
        for home, names in IMPORTS.findall(text)
        for name in re.findall(r"(\w+)(?:\s+as\s+\w+)?\s*(?:,|\)|$)", names)
    ]
    found += PATHS.findall(text)
    return [path for path in found if path not in ALLOWED and not public(path)]


def public(path: str) -> bool:
    """Whether a dotted *path* is a public module or begins with a name of one."""
    if path in PROMISED:
        return True
    module = max((each for each in PROMISED if path.startswith(f"{each}.")), key=len)
    return path.removeprefix(f"{module}.").partition(".")[0] in {*PROMISED[module], "__version__"}


def told() -> dict[str, str]:
    """Everything that tells people what to import, by its path: pages, examples and the text of the command's packages."""
    kinds = {".py", ".md", ".toml", ".yaml", ".sh", ".in"}
    homes = ["docs", "examples", "src/perfeval/authoring/templates"]
    files = [*ROOT.glob("README*.md"), *(path for home in homes for path in (ROOT / home).rglob("*"))]
    own = {ROOT / "docs" / name for name in ("conf.py", "generate.py", "pictures.py", "meanings.py")}
    return {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for path in files
        if path.suffix in kinds and path not in own and not {"_build", "pictures", "_generated"} & {*path.parts}
    }


TOLD = told()


@pytest.mark.parametrize("path", TOLD)
def test_only_the_face_is_told(path: str) -> None:
    """Pages, examples and templates import perfeval and perfeval.testing, and name nothing further in."""
    text = TOLD[path]
    if path == "docs/compatibility.md":  # the table of what names were once is told so that nobody uses them
        text = re.sub(r"(?s)\n## 原来的名称\n.*?(?=\n## )", "", text)
    assert inside(text) == []


@pytest.mark.parametrize("kind", ["data", "code"])
def test_a_new_package_imports_only_the_face(kind: str, tmp_path: Path) -> None:
    """What perfeval new-category writes is held to the same."""
    made = import_module("perfeval.authoring.scaffold").new_category(tmp_path / "perfeval-parks", kind=kind)
    texts = {name: (made.folder / name).read_text(encoding="utf-8") for name in made.files}
    assert any("import perfeval as pe" in text or "perfeval.testing" in text for text in texts.values())
    assert {name: found for name, text in texts.items() if (found := inside(text))} == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("from perfeval.papers import marking", ["perfeval.papers.marking", "perfeval.papers"]),
        ("from perfeval import plugins", ["perfeval.plugins"]),
        ("import perfeval.reading.case", ["perfeval.reading.case"]),
        ("`perfeval.bulk.dataframes` 从 Arrow 取", ["perfeval.bulk.dataframes"]),
        ("from perfeval import (\n    Case,\n    lights,\n)", ["perfeval.lights"]),
    ],
)
def test_what_is_inside_is_found(text: str, found: list[str]) -> None:
    """The search sees every way of reaching inside."""
    assert inside(text) == found


def test_commands_are_documented() -> None:
    """Every command and every option says what it is for: the reference is made from that."""
    import click

    from perfeval.command.main import perfeval

    for name, command in perfeval.commands.items():
        assert command.help, name
        for option in command.params:
            assert option.help if isinstance(option, click.Option) else True, (name, option.name)
