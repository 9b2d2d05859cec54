"""参考页: what is generated from the records says of every field what it is for."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, str]:
    """The generated parts of the reference, by name."""
    monkeypatch.syspath_prepend(str(DOCS))
    import generate

    generate.write_reference(tmp_path / "generated")
    for name in ("generate", "meanings"):
        sys.modules.pop(name, None)
    return {path.name: path.read_text("utf-8") for path in tmp_path.rglob("*.md")}


def test_every_field_of_a_case_has_its_meaning(pages: dict[str, str]) -> None:
    """Each row of the tables of keys is filled to its last column: the key's meaning."""
    rows = [line for line in pages["fields.md"].splitlines() if line.startswith("| `")]
    assert len(rows) > 100
    assert [row for row in rows if row.endswith("| — |")] == []
    assert any("`until`" in row and "截至几月" in row for row in rows)


def test_every_code_of_a_finding_has_a_page(pages: dict[str, str]) -> None:
    """Checks and what an evaluation says of its own making: a page each, with the fixed headings, and a line in the list."""
    from perfeval.engine.checks.built_in import own_checks
    from perfeval.results.check import HEADINGS

    for check in own_checks():
        page = pages[f"{check.code}.md"]
        assert [line.removeprefix("## ") for line in page.splitlines() if line.startswith("## ")] == list(HEADINGS)
        assert f"(check/{check.code}.md)" in pages["checks.md"]
