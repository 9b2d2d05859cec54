"""样例: pass and fail cases of a check as an official writes them, and what each comes to.

One file a check: ``code``, a ``common`` beginning of every case, then ``pass`` and ``fail``, each a name
and a case of kind case/1. A pass gives no finding of the check; a fail gives exactly those it expects
(of, given, computed, severity, says — whatever of these it writes). A case of kind ``table`` is a sheet
of a workbook, row by row: texts, or a number as stored with the format that shows it.
"""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import openpyxl
from attrs import frozen
from ruamel.yaml import YAML

import perfeval as pe

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

OFFICE = {"perfeval": "case/1", "office": "某街道办事处（示例数据）", "year": "2021"}
"""What every example says without writing it."""


@frozen
class Example:
    """样例: one case of one check, and the findings that it must give."""

    code: str
    name: str
    case: Mapping[str, Any]
    expect: tuple[Mapping[str, str], ...] = ()

    @property
    def findings(self) -> tuple[pe.Finding, ...]:
        """What the check, and only the check, finds."""
        table = self.case.get("table")
        written = workbook(table) if table else json.dumps({**OFFICE, **self.case}, ensure_ascii=False).encode()
        return pe.evaluate(pe.read(written), select=[self.code]).findings

    def differences(self) -> list[str]:
        """Where the findings are not those expected, in words; empty where all is as it must be."""
        found = self.findings
        wrong = [f"should not come: {each}" for each in found[len(self.expect) :]]
        wrong += [f"does not come: {each}" for each in self.expect[len(found) :]]
        for finding, expected in zip(found, self.expect, strict=False):
            said = shown(finding)
            wrong += [
                f"{key}: {said[key]} instead of {value} in: {finding}"
                for key, value in expected.items()
                if said[key] != value
            ]
        return wrong


def workbook(rows: Sequence[Sequence[Any]]) -> bytes:
    """The sheet *rows* as a workbook: ``{number: 0.949, format: 0.00%}`` and ``{formula: A1/B1}`` are cells too."""
    out = io.BytesIO()
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for at, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(at, column)
            if isinstance(value, str):
                cell.value = value or None
            elif "formula" in value:
                cell.value = f"={value['formula']}"
            else:
                cell.value, cell.number_format = float(value["number"]), value["format"]
    book.save(out)
    return out.getvalue()


def shown(finding: pe.Finding) -> dict[str, str]:
    """What of a finding an official can compare: each value as text."""
    return {
        "code": finding.code,
        "of": finding.of,
        "severity": str(finding.severity),
        "given": "" if finding.given is None else pe.text(finding.given),
        "computed": "" if finding.computed is None else pe.text(finding.computed),
        "says": finding.sentence(),
    }


def examples(path: Path) -> Iterator[Example]:
    """The examples of one file, those that pass first."""
    file = YAML(typ="base").load(path.read_text(encoding="utf-8"))
    for each in (*file["pass"], *file["fail"]):
        case = {**file.get("common", {}), **each["case"]}
        yield Example(file["code"], each["name"], case, tuple(each.get("expect", ())))
