"""Every record can be written under its official terms without confusion."""

from __future__ import annotations

import pytest

from perfeval.conversion.field_specs import keys, specs_of
from perfeval.model import case, category, framework

RECORDS = [
    case.Case, case.Row, case.Budget, case.BudgetLine, case.Project, case.Profile, case.Office, case.Mechanism, case.Issue,
    case.Section, case.Waiver, case.Review, framework.Framework, framework.Dimension, framework.Indicator,
    framework.Grade, framework.Rounding, framework.Datum, framework.Agreement, category.Category,
]  # fmt: skip


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_terms_are_unambiguous(record: type) -> None:
    """No two fields of one record share a term, so that every key means one field."""
    known = keys(record)
    for slot in specs_of(record):
        assert known[slot.term].name == slot.name
        assert known[slot.name].name == slot.name
