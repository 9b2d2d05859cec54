"""契约: what a category's own tests need — the contract that every category keeps, cases, generated values.

``contract(category)`` and ``cases(category, folder)`` are plain functions for plain pytest. What
Hypothesis generates (``quantities()``, ``figures()``, ``formulas()``, ``frameworks()``, ``whole_cases()``,
``evaluations()``) needs it installed: ``pip install perfeval[testing]``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from perfeval.testing.cases import Example, cases, examples, installed
from perfeval.testing.contract import Fault, contract, faults

if TYPE_CHECKING:
    from perfeval.testing.generated import (
        evaluations as evaluations,
        figures as figures,
        formulas as formulas,
        frameworks as frameworks,
        quantities as quantities,
        whole_cases as whole_cases,
    )

_GENERATED = ("evaluations", "figures", "formulas", "frameworks", "quantities", "whole_cases")

__all__ = [  # noqa: RUF022 - by meaning
    "contract", "faults", "Fault", "cases", "examples", "Example", "installed",
    "quantities", "figures", "formulas", "frameworks", "whole_cases", "evaluations",
]  # fmt: skip


if not TYPE_CHECKING:  # a type checker would take any misspelt name for Any

    def __getattr__(name: str) -> Any:
        if name not in _GENERATED:
            raise AttributeError(name)
        from perfeval.testing import generated

        return getattr(generated, name)
