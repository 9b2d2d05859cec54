"""The message catalogues against the source: nothing left untranslated, nothing dead, nothing unfilled."""

from __future__ import annotations

import ast
import importlib.util
import re
import string
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import perfeval
from perfeval.errors import NotFoundError, known_locale
from perfeval.locales.messages import LOCALES, babel_locale, fill, say, translate

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = Path(perfeval.__file__).parent
TRANSLATED = [locale for locale in LOCALES if locale != "zh_Hans"]


def tool() -> ModuleType:
    """tools/messages.py as a module."""
    spec = importlib.util.spec_from_file_location("messages_tool", ROOT / "tools" / "messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


MESSAGES = tool()
FOUND: dict[str, list[str]] = MESSAGES.collect()


def names(template: str) -> set[str]:
    """The placeholders of a template."""
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def entries(locale: str) -> dict[str, str]:
    """Message id → translation, as the catalogue of *locale* has it."""
    catalogue = MESSAGES.load(MESSAGES.catalogue(locale), locale)
    return {str(entry.id): str(entry.string) for entry in catalogue if entry.id}


@pytest.mark.parametrize("locale", TRANSLATED)
def test_every_message_is_translated(locale: str) -> None:
    """Each template of the source has a translation in each catalogue."""
    known = entries(locale)
    missing = [text for text in FOUND if not known.get(text)]
    assert missing == []


@pytest.mark.parametrize("locale", TRANSLATED)
def test_no_dead_messages(locale: str) -> None:
    """A catalogue holds nothing that the source no longer says."""
    assert [text for text in entries(locale) if text not in FOUND] == []


@pytest.mark.parametrize("locale", TRANSLATED)
def test_placeholders_are_the_same(locale: str) -> None:
    """A translation fills exactly the places that its template names."""
    wrong = {text: to for text, to in entries(locale).items() if to and names(to) != names(text)}
    assert wrong == {}


def test_english_is_english() -> None:
    """No English sentence has Chinese left in it, but for quoted official terms."""
    left = {
        text: to for text, to in entries("en").items() if any("\u4e00" <= c <= "\u9fff" for c in _outside_quotes(to))
    }
    assert left == {}


def _outside_quotes(text: str) -> list[str]:
    """The parts of *text* that do not stand between quotation marks."""
    kept, inside = [], False
    text = re.sub(r"\{[^{}]*\}", "", text)  # a place may have a Chinese name: 扣 of a strategy's phrase
    for c in text.replace("“", "\0").replace("”", "\0").replace('"', "\0"):
        if c == "\0":
            inside = not inside
        elif not inside:
            kept.append(c)
    return kept


def test_templates_can_be_filled_and_printed() -> None:
    """Each template parses, names its places by plain words, and can be shown on a console in GBK."""
    for text in FOUND:
        assert all(name.isidentifier() for name in names(text)), text
        text.encode("gbk")


@pytest.mark.parametrize("locale", TRANSLATED)
def test_translations_print_on_gbk(locale: str) -> None:
    """Each translation can be shown on a console in GBK."""
    for to in entries(locale).values():
        to.encode("gbk")


def test_templates_are_literal() -> None:
    """Every call of problem and say has a literal template, or takes one from a table of messages."""
    wrong = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("problem", "say"):
                template = node.args[{"problem": 1, "say": 0}[node.func.id]] if node.args[1:] else None
                computed = isinstance(template, ast.JoinedStr | ast.BinOp)
                if template is None or computed:
                    wrong.append(f"{path.relative_to(PACKAGE)}:{node.lineno}")
    assert wrong == []


def test_extraction(tmp_path: Path) -> None:
    """The tool finds every form in which a template is written, and nothing else."""
    package = tmp_path / "pkg"
    package.mkdir()
    (package / "a.py").write_text(
        'problem("code", "甲{x}" "乙", x=1)\nsay("丙", locale)\nT = {1: message("丁")}\n'
        '@check("name", sentence="戊{y}")\ndef f(): pass\nsay("己" if a else "庚", locale)\n'
        'errors.problem("c", "辛")\nprint("壬")\nproblem("only")\nrefuse("bad-date", "癸{z}", 3)\n'
        'print("bad-date", "plain")\nre.sub("[0-9]", "子", text)\n'
        '@check("name", sentence="", basis="丑")\ndef g():\n    """Not printed.\n\n    查什么\n    ---\n    寅\n    寅。\n\n'
        "    为什么\n    ---\n    卯\n\n    反例\n    ---\n    辰\n\n    正例\n    ---\n    巳\n\n"
        '    何时可豁免\n    ---\n    午\n\n    起始版本\n    ---\n    0.1\n    """\n'
        'Basis("未", True)\nBasis("", True)\nfound(basis="")\ndef h():\n    """申."""\n',
        encoding="utf-8",
    )
    said = {"甲{x}乙", "丙", "丁", "戊{y}", "己", "庚", "辛", "癸{z}"}
    documented = {"丑", "寅\n寅。", "卯", "辰", "巳", "午", "未"}
    assert set(MESSAGES.collect(package)) == said | documented


def test_update_keeps_translations(tmp_path: Path) -> None:
    """Updating a catalogue keeps what is translated, adds what is new and drops what is dead."""
    path = tmp_path / "en" / "perfeval.po"
    MESSAGES.update({"甲{x}": ["a.py"], "乙": ["a.py"]}, "en", path)
    written = path.read_text(encoding="utf-8").replace('msgid "乙"\nmsgstr ""', 'msgid "乙"\nmsgstr "B"')
    path.write_text(written, encoding="utf-8")
    MESSAGES.update({"乙": ["b.py"], "丙": ["b.py"]}, "en", path)
    catalogue = MESSAGES.load(path, "en")
    assert {str(e.id): str(e.string) for e in catalogue if e.id} == {"丙": "", "乙": "B"}


def test_default_locale_is_the_template() -> None:
    """In zh_Hans the message is the template itself, filled."""
    assert translate("第{line}行") == "第{line}行"
    assert say("第{line}行", "zh_Hans", line=3) == "第3行"


def test_fill_writes_each_value_in_the_locale() -> None:
    """Values that know how to say themselves are asked in the locale; several are listed."""

    class Known:
        def in_locale(self, locale: str) -> str:
            return f"<{locale}>"

    assert fill("{a} {b} {c}", {"a": Known(), "b": 3, "c": ("x", Known())}, "en") == "<en> 3 x, <en>"
    assert fill("{c}", {"c": ("x", "y")}, "zh_Hans") == "x、y"
    assert [fill("{c}", {"c": ()}, each) for each in ("zh_Hans", "en")] == ["（无）", "(none)"]


def test_names_are_joined_by_the_reader_s_language() -> None:
    """No message is given names that were joined already: several names are handed over as several."""
    wrong = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("problem", "say"):
                joined = [each for each in node.keywords if "'、'.join" in ast.unparse(each.value)]
                wrong += [f"{path.relative_to(PACKAGE)}:{each.value.lineno}" for each in joined]
    assert wrong == []


def test_unknown_locale() -> None:
    """A locale without a catalogue is refused, naming those there are."""
    with pytest.raises(NotFoundError) as caught:
        known_locale("fr")
    assert caught.value.code == "unknown-locale"
    assert "zh_Hans、zh_Hant、en" in str(caught.value)
    with pytest.raises(LookupError, match="zh_Hans、zh_Hant、en"):
        babel_locale("fr")
