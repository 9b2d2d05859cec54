"""预算绩效自评: perfeval scores a performance self-evaluation exactly and says why.

Everything public is a name of this module and is loaded when first used, so importing it costs
next to nothing. The verbs are ``read``, ``evaluate``, ``write`` (``dump``: the same as bytes) and
``text``; the rest are records that they take and give.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from perfeval.analysis.comparison import compare as compare
    from perfeval.analysis.monitoring import Monitored as Monitored, monitor as monitor
    from perfeval.analysis.monitoring_rules import (
        Light as Light,
        MonitoringRules as MonitoringRules,
        monitoring_rules as monitoring_rules,
    )
    from perfeval.analysis.what_it_takes import Gap as Gap, Gaps as Gaps, what_it_takes as what_it_takes
    from perfeval.bulk.batch import Outcome as Outcome, evaluate_many as evaluate_many
    from perfeval.bulk.dataframes import rows_from as rows_from, scores_to as scores_to
    from perfeval.documents.limits import Limits as Limits
    from perfeval.engine.pipeline import evaluate as evaluate
    from perfeval.engine.planning.planner import plan as plan
    from perfeval.errors import (
        FormulaError as FormulaError,
        FrameworkError as FrameworkError,
        InputError as InputError,
        NotationError as NotationError,
        NotFoundError as NotFoundError,
        OutputError as OutputError,
        PerfevalError as PerfevalError,
        Place as Place,
        PluginError as PluginError,
        Problem as Problem,
        UnitError as UnitError,
    )
    from perfeval.formulas.nodes import Formula as Formula
    from perfeval.model.case import (
        Budget as Budget,
        BudgetLine as BudgetLine,
        Case as Case,
        Issue as Issue,
        Item as Item,
        Mechanism as Mechanism,
        Office as Office,
        Profile as Profile,
        Project as Project,
        Review as Review,
        Row as Row,
        Section as Section,
        Waiver as Waiver,
    )
    from perfeval.model.category import Category as Category
    from perfeval.model.framework import (
        Adjustment as Adjustment,
        Agreement as Agreement,
        Datum as Datum,
        Dimension as Dimension,
        Framework as Framework,
        Grade as Grade,
        Indicator as Indicator,
        Rounding as Rounding,
    )
    from perfeval.model.plan import Node as Node, Plan as Plan
    from perfeval.model.target import (
        Between as Between,
        By as By,
        Compared as Compared,
        Elements as Elements,
        Judged as Judged,
        Target as Target,
        TopRank as TopRank,
        YesNo as YesNo,
    )
    from perfeval.papers.marked.workbook import Marked as Marked, mark as mark
    from perfeval.papers.output import dump as dump, write as write
    from perfeval.quantities.figure import Figure as Figure
    from perfeval.quantities.formatters import text as text
    from perfeval.quantities.notation import figure as figure
    from perfeval.quantities.quantity import Quantity as Quantity
    from perfeval.quantities.unit import Unit as Unit
    from perfeval.quantities.units import Units as Units
    from perfeval.reading.case import read as read, read_category as read_category
    from perfeval.results.check import Found as Found, check as check, found as found
    from perfeval.results.evaluation import Evaluation as Evaluation
    from perfeval.results.finding import Finding as Finding, Severity as Severity
    from perfeval.results.judgement import Judgement as Judgement
    from perfeval.results.score import Score as Score
    from perfeval.strategies.strategy import Basis as Basis, Strategy as Strategy

__version__ = "0.1.0"

_HOMES = {
    "formulas.nodes": "Formula",
    "analysis.comparison": "compare",
    "analysis.monitoring": "Monitored monitor",
    "analysis.monitoring_rules": "Light MonitoringRules monitoring_rules",
    "analysis.what_it_takes": "Gap Gaps what_it_takes",
    "bulk.batch": "Outcome evaluate_many",
    "bulk.dataframes": "rows_from scores_to",
    "documents.limits": "Limits",
    "engine.pipeline": "evaluate",
    "engine.planning.planner": "plan",
    "errors": "FormulaError FrameworkError InputError NotationError NotFoundError OutputError PerfevalError Place "
    "PluginError Problem UnitError",
    "strategies.strategy": "Basis Strategy",
    "model.case": "Budget BudgetLine Case Issue Item Mechanism Office Profile Project Review Row Section Waiver",
    "model.category": "Category",
    "model.framework": "Adjustment Agreement Datum Dimension Framework Grade Indicator Rounding",
    "model.plan": "Node Plan",
    "model.target": "Between By Compared Elements Judged Target TopRank YesNo",
    "papers.marked.workbook": "Marked mark",
    "papers.output": "dump write",
    "quantities.figure": "Figure",
    "quantities.formatters": "text",
    "quantities.notation": "figure",
    "quantities.quantity": "Quantity",
    "quantities.unit": "Unit",
    "quantities.units": "Units",
    "reading.case": "read read_category",
    "results.check": "Found check found",
    "results.evaluation": "Evaluation",
    "results.finding": "Finding Severity",
    "results.judgement": "Judgement",
    "results.score": "Score",
}
"""Where each public name is at home; a test holds it against the imports above."""

__all__ = [  # noqa: RUF022 - by meaning: the verbs first
    "read", "read_category", "evaluate", "evaluate_many", "plan", "compare", "what_it_takes", "monitoring_rules", "monitor",
    "write", "dump", "mark", "text", "figure", "check", "found", "rows_from", "scores_to", "Limits",
    "Quantity", "Unit", "Units", "Figure", "Formula",
    "Framework", "Dimension", "Indicator", "Strategy", "Adjustment", "Agreement", "Basis", "Datum", "Grade", "Rounding",
    "Target", "Compared", "Between", "By", "TopRank", "YesNo", "Elements", "Judged",
    "Case", "Row", "Budget", "BudgetLine", "Project", "Item", "Profile", "Office", "Mechanism", "Section", "Issue",
    "Review", "Waiver", "Category",
    "Plan", "Node", "Evaluation", "Outcome", "Score", "Judgement", "Finding", "Found", "Severity", "Place", "Problem",
    "Gap", "Gaps", "Light", "MonitoringRules", "Monitored", "Marked",
    "PerfevalError", "UnitError", "NotationError", "FormulaError", "FrameworkError", "InputError", "NotFoundError",
    "PluginError", "OutputError",
]  # fmt: skip


if not TYPE_CHECKING:  # a type checker would take any misspelt name for Any

    def __getattr__(name: str) -> Any:
        """Load a public name from its home, once."""
        for home, names in _HOMES.items():
            if name in names.split():
                from importlib import import_module

                value = globals()[name] = getattr(import_module(f"perfeval.{home}"), name)
                return value
        raise AttributeError(f"module 'perfeval' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
