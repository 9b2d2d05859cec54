"""勾稽关系与执行率: every agreement and every stated rate of execution, judged by what the digits allow.

Two numbers contradict each other only if their intervals do not meet. By their own digits that is as
severe as the agreement says; where only the finer digits of a figure beside them decide, 疑点; where the
intervals meet and only the printed sums differ, 提示. One counted name that the case leaves out is solved
for: if no whole number fits, the agreement does not hold. No epsilon decides anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from perfeval.engine.rule_units import rule_units
from perfeval.errors import PerfevalError, Problem, problem
from perfeval.formulas.build import names, substitute, walk
from perfeval.formulas.exact import round_pair, value
from perfeval.formulas.interval import whole_numbers
from perfeval.formulas.nodes import Binary, Compare, Formula, Name
from perfeval.formulas.units import check_units
from perfeval.formulas.wording import plainly
from perfeval.model.framework import Rounding
from perfeval.model.funds import BASES, SPENT, Funds, funds_of
from perfeval.model.names import NOT_QUANTITIES, Scope
from perfeval.model.operands import operand
from perfeval.model.ratio import as_ratio, scale_unknown
from perfeval.quantities.figure import Figure, Interval
from perfeval.quantities.quantity import Quantity
from perfeval.results.finding import Severity
from perfeval.results.judgement import Judgement
from perfeval.results.reproduction import Reproduction
from perfeval.results.verdict import Verdict, span_of, verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from perfeval.model.framework import Agreement
    from perfeval.model.plan import Plan

RATE = "执行率"


def judgements(plan: Plan) -> tuple[Judgement, ...]:
    """Every agreement that the case's figures reach, and every stated 执行率.

    An agreement of which a measured figure is absent says nothing. The office's data and the funds of
    office and projects are judged once, with the office; a project's plan has its own framework's.
    """
    return tuple(_judgements(plan))


def _judgements(plan: Plan) -> Iterator[Judgement]:
    scope, framework = plan.scope, plan.root.part
    how = _rounding(framework).how
    if not plan.of_project:
        for category in plan.case.categories:
            for agreement in category.agreements:
                yield from _judged(agreement, scope, category.title, how)
    for agreement in getattr(framework, "agreements", ()):
        yield from _judged(agreement, scope, "", how)
    if not plan.of_project:
        for funds in funds_of(plan.case):
            yield from _rate(funds)


def _rounding(framework: Any) -> Rounding:
    return getattr(framework, "rounding", None) or Rounding()


# -- agreements ----------------------------------------------------------------------------------


def _judged(agreement: Agreement, scope: Scope, group: str, how: str) -> Iterator[Judgement]:
    full = {name: scope.find(name, group) for name in names(agreement.holds)}
    known = {
        name: path for name, path in full.items() if path is not None and operand(scope.values.get(path)) is not None
    }
    missing = [name for name in full if name not in known]
    if len(missing) > 1 or not known or (missing and not _counted(full[missing[0]], scope)):
        return
    relation = substitute(agreement.holds, {name: Name(path) for name, path in full.items() if path is not None})
    figures = {path: scope.values[path] for path in known.values()}
    if any(scope.misfit(path) is not None for path in figures):
        return  # the plan says so, and numbers of another kind agree with nothing
    try:
        check_units(relation, rule_units((path for path in full.values() if path is not None), {}, scope.unit))
    except PerfevalError as error:
        yield _judgement(agreement, relation, figures, Verdict("unknown"), group, why_not=error.problems[0])
        return
    if missing:
        unknown = full[missing[0]]
        assert unknown is not None  # noqa: S101 - counted, so declared
        found = whole_numbers(relation, unknown, {path: span_of(each, how) for path, each in figures.items()}, limit=1)
        marked = any(figure.approximate for figure in figures.values())
        if isinstance(found, Problem):
            yield _judgement(agreement, relation, figures, Verdict("unknown"), group, why_not=found)
        else:
            fits = Verdict("yes" if found else "no", marked=marked)
            yield _judgement(agreement, relation, figures, fits, group, whole=unknown)
        return
    yield _judgement(agreement, relation, figures, verdict(relation, figures, how=how), group)


def _counted(name: str | None, scope: Scope) -> bool:
    """Whether an absent name is declared to be a count, so that it must be a whole number."""
    datum = scope.declared.get(name) if name is not None else None
    return datum is not None and datum.unit not in NOT_QUANTITIES and scope.units.get(datum.unit).counted


def _judgement(
    agreement: Agreement,
    relation: Formula,
    figures: Mapping[str, Figure],
    came_to: Verdict,
    group: str,
    *,
    whole: str = "",
    why_not: Problem | None = None,
) -> Judgement:
    left, right = _sides(relation, figures)
    printed = came_to.holds == "yes" and not whole and _printed_gap(relation, left, right, figures)
    return Judgement(
        agreement.name or str(plainly(agreement.holds)),
        came_to.holds,
        relation,
        left,
        right,
        came_to.severity(Severity(agreement.severity)),
        "finer" if came_to.finer else "own",
        tuple(figure.place for figure in figures.values() if figure.place is not None),
        tuple(figures),
        agreement.note,
        why_not,
        printed,
        group,
        agreement.basis,
        whole,
        of=next(iter(figures)),
        given=tuple(figures.items()),
    )


def _sides(relation: Formula, figures: Mapping[str, Figure]) -> tuple[Any, Any]:
    """Both sides of a comparison on the printed numbers; None where they have none."""
    if not isinstance(relation, Compare):
        return None, None
    given = {path: operand(figure) for path, figure in figures.items()}
    left, right = (value(side, given) for side in (relation.left, relation.right))
    if isinstance(left, Quantity) and isinstance(right, Quantity) and left.unit.rate and right.unit.rate:
        right = right.to(left.unit)  # 100% and 1倍
    return tuple(None if isinstance(side, Problem) else side for side in (left, right))  # type: ignore[return-value]


def _printed_gap(relation: Formula, left: Any, right: Any, figures: Mapping[str, Figure]) -> bool:
    """Sums of rounded amounts whose printed digits differ although what they stand for can agree."""
    if not (isinstance(relation, Compare) and relation.op == "=" and isinstance(left, Quantity)):
        return False
    sums = all(node.op in "+-" for node in walk(relation) if isinstance(node, Binary))
    exact = all(not figure.approximate and not figure.sign for figure in figures.values())
    return sums and exact and isinstance(right, Quantity) and left != right


# -- rates of execution ----------------------------------------------------------------------------


def _rate(funds: Funds) -> Iterator[Judgement]:
    """The judgement of one stated rate; nothing where it, the spending or every budget is missing."""
    rate, amounts = funds.block.rate, funds.amounts
    if rate is None or rate.quantity is None or SPENT not in amounts or not funds.base:
        return
    base = funds.base
    rounding = _rounding(funds.framework)
    figures = {RATE: rate, SPENT: amounts[SPENT], base: amounts[base]}
    spent, whole = amounts[SPENT].quantity, amounts[base].quantity
    places = tuple(figure.place for figure in figures.values() if figure.place is not None)
    assert spent is not None and whole is not None  # noqa: S101, PT018 - amounts hold quantities
    if whole.base <= 0:
        why = problem("base-zero", "{base}为0，没有执行率", base=base)
        yield Judgement(
            RATE, "unknown", _quotient(base), rate.quantity, places=places, names=tuple(figures), why_not=why,
            of=funds.name, base=base, given=tuple(figures.items()), about=funds.owner,
        )  # fmt: skip
        return
    came_to = verdict(_quotient(base), figures, funds.beside, rounding.how)
    ratio = as_ratio(rate) if came_to.holds == "no" else None
    if ratio is not None:  # 0.75 where the amounts give 75%: the scale is unsaid
        meant = verdict(_quotient(base), {**figures, RATE: ratio}, funds.beside, rounding.how)
        if meant.holds == "yes":
            why = scale_unknown(rate.text)
            yield Judgement(
                RATE, "unknown", _quotient(base), rate.quantity, (spent / whole).to("%"), Severity.UNDECIDED,
                places=places, names=tuple(figures), why_not=why,
                of=funds.name, base=base, given=tuple(figures.items()), about=funds.owner,
            )  # fmt: skip
            return
    ways = _ways(funds, rate, rounding.how) if came_to.holds == "no" else ()
    by_base = any(way.base for way in ways)
    fixed = base == funds.fixed_base if by_base else rounding.rate_digits is not None
    severity = came_to.severity()
    if ways and not fixed:  # another budget than the last one that is filled in is no usual base, but in use
        severity = Severity.DOUBT if by_base else Severity.NOTE
    yield Judgement(
        RATE, came_to.holds, _quotient(base), rate.quantity, (spent / whole).to("%"), severity,
        "finer" if came_to.finer else "own", places, tuple(figures),
        printed_gap=came_to.holds == "yes" and _prints_otherwise(figures, spent / whole, rounding.how),
        of=funds.name, base=base, reproduced_by=ways, given=tuple(figures.items()), about=funds.owner,
    )  # fmt: skip


def _prints_otherwise(figures: Mapping[str, Figure], computed: Quantity, how: str) -> bool:
    """Whether the amounts as printed give another rate at its own digits: 90 ÷ 120 is 75%, 76% only before rounding.

    A cell may store more digits than it shows: what it shows is compared.
    """
    rate = figures[RATE]
    if not rate.step or rate.quantity is None or any(each.approximate or each.sign for each in figures.values()):
        return False
    steps = (value.base / rate.step for value in (computed, rate.quantity))
    printed, shown = (round_pair(each.numerator, each.denominator, 1, how) for each in steps)  # type: ignore[arg-type]
    return printed != shown


def _quotient(base: str) -> Compare:
    return Compare("=", Name(RATE), Binary("÷", Name(SPENT), Name(base)))


def _ways(funds: Funds, rate: Figure, how: str) -> tuple[Reproduction, ...]:
    """What gives a stated rate that its own base does not: another base, else another rounding."""
    amounts, base, quantity, step = funds.amounts, funds.base, rate.quantity, rate.step

    def fits(by: str, stated: Any) -> bool:
        figures = {SPENT: amounts[SPENT], by: amounts[by], RATE: stated}
        return verdict(_quotient(by), figures, funds.beside, how).holds == "yes"

    bases = [each for each in BASES if each != base and each in amounts and fits(each, rate)]
    if bases or quantity is None or not step or rate.approximate:
        return tuple(Reproduction(base=each) for each in bases)
    spans = {
        "四舍五入": rate.stated(),
        "舍去": rate.stated("舍去"),
        "进位": Interval(quantity.base - step, quantity.base, False, True),
    }
    ways = (each for each, span in spans.items() if each != how and fits(base, span))
    return tuple(Reproduction(how=each, digits=_digits(step)) for each in ways)[:1]


def _digits(step: Any) -> int:
    """How many places of a percent a rate is written to, by the worth of its last digit."""
    places, worth = 0, step * 100
    while worth < 1:
        places, worth = places + 1, worth * 10
    return places
