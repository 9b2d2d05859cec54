"""How a record's fields are found: their terms, kinds and what they hold."""

from __future__ import annotations

import subprocess
import sys

CODE = """
from attrs import resolve_types
from perfeval.files.terms import slots
from perfeval.model.case import Budget, Project, Row
resolve_types(Project)
held = {slot.name: slot.holds for slot in slots(Project)}
assert held["rows"] is Row and held["budget"] is Budget, held
assert held["name"] is None, held
"""


def test_what_a_field_holds_once_resolved() -> None:
    """A field still holds its record after the converter has resolved the record's annotations."""
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
