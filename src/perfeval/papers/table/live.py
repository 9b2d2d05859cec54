"""活格子: which formula stands in a cell of points or of a rate — the rule of its node over the sheet's own cells.

Where the sheet says something else than the rule gives (the office's own points differ), or no formula is exact
for sure, the value stands there with a note instead.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from attrs import define, field

from perfeval.documents.xlsx.content import Content, of_quantity, points
from perfeval.formulas.build import names, substitute
from perfeval.formulas.exact import round_pair, value
from perfeval.formulas.nodes import Binary, Name
from perfeval.formulas.simplify import sign_of, simplified
from perfeval.formulas.spreadsheet import Held, live
from perfeval.locales.messages import say
from perfeval.model.operands import operand
from perfeval.quantities.quantity import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from perfeval.formulas.nodes import Formula
    from perfeval.model.plan import Node
    from perfeval.results.score import Score

EARNED = "得分"
OWN = ("分值", "指标值", "完成值")


@define
class Positions:
    """位置: where the sheet has what a formula names; filled while the sheet is laid out."""

    funds: dict[str, Held] = field(factory=dict)
    """年初预算数 … of the block's first line."""
    items: dict[str, Held] = field(factory=dict)
    """Data items on the sheet of data, by full name."""
    actuals: dict[str, Held] = field(factory=dict)
    """完成值 by path and by bare name."""
    own_points: dict[str, Held] = field(factory=dict)
    targets: dict[str, Held] = field(factory=dict)
    said: dict[str, tuple[str, str]] = field(factory=dict)
    """Cells with the words of a target that no formula can read, with these words."""
    earned: dict[str, tuple[str, Fraction | None]] = field(factory=dict)
    """Cells of points by path, with what stands in them."""


def rule_of(node: Node) -> Formula | None:
    """The rule of a node with its adjustments put around it; None where something else decides."""
    if node.rule is None or node.ready is None or node.ready.run is None or node.why_not is not None:
        return None
    made = node.rule
    for step in node.then:
        made = substitute(step.formula, {EARNED: made})
    return made


def others(node: Node) -> Mapping[str, Any]:
    """What the rule of a node names besides its own 分值, 指标值 and 完成值, with the values."""
    found: dict[str, Any] = {}
    for step in node.then:
        found |= {name: given for name, given in zip(step.names, step.given, strict=True) if name != EARNED}
    if node.rule is not None:
        found |= {name: node.value(name) for name in node.names}
    return {name: operand(each) for name, each in found.items() if name not in OWN}


def earned(score: Score, positions: Positions, stated: Quantity | None, locale: str) -> Content:
    """The cell of a leaf's points: *stated* where the office's own are wanted, else the computed."""
    node, digits = score.of, len(str(score.of.scale)) - 1
    computed = score.earned
    wanted = stated if stated is not None else computed
    if wanted is None:
        return Content(note=_why(score, locale))
    cell = points(wanted, digits)
    if computed is None:
        return cell
    if wanted != computed:
        return cell._replace(note=_differs(score, wanted, computed, locale))
    rule = rule_of(node)
    formula = None
    if rule is not None:
        known = _known(node, positions)
        rule = simplified(rule, {name: sign_of(each) for name, each in known.items() if isinstance(each, Quantity)})
        unchanged = [positions.said[node.path]] if node.path in positions.said else []
        formula = live(rule, known, scale=node.scale, how=node.rounding.how, unchanged=unchanged, locale=locale)  # type: ignore[arg-type]
        if formula is not None and not any(isinstance(known[each], Held) for each in names(rule) if each != "分值"):
            formula = None  # nothing in it could change
        if node.met_only:
            return cell._replace(
                note=say("达到指标值，得满分；超过指标值时有两种算法，没有写明用哪一种，所以这一格不随改动重算", locale)
            )
    if formula is not None:
        return cell._replace(formula=formula)
    return cell._replace(note=_fixed(locale)) if rule is not None else cell


def _known(node: Node, positions: Positions) -> dict[str, Held | Quantity | str]:
    """Where each name of the node's rule stands; its value where no cell has it."""
    path = node.path
    own: dict[str, Any] = {
        "分值": positions.own_points.get(path) or node.points,
        "指标值": positions.targets.get(path) or node.slot.target_value,
        "完成值": positions.actuals.get(path) or operand(node.actual),
    }
    known = {name: each for name, each in own.items() if each is not None}
    for name, given in others(node).items():
        if name.endswith(f".{EARNED}"):
            continue
        held = positions.funds.get(name) or positions.items.get(name) or positions.actuals.get(name)
        if held is not None or given is not None:
            known[name] = held if held is not None else given
    return known


def total(score: Score, leaves: Iterable[Score], positions: Positions, stated: Quantity | None, locale: str) -> Content:
    """The cell of the whole: a sum of the cells above with the framework's adjustments, where that is what it is."""
    node, digits = score.of, len(str(score.of.scale)) - 1
    computed = score.earned
    wanted = stated if stated is not None else computed
    if wanted is None:
        return Content(note=_why(score, locale))
    cell = points(wanted, digits)
    different = computed is not None and wanted != computed
    note = _differs(score, wanted, computed, locale) if different and computed is not None else ""
    cells = [positions.earned.get(each.path) for each in leaves]
    filled = [each for each in cells if each is not None and each[1] is not None]
    if not filled or len(filled) < len(cells) or _set_aside(score) or _adjusted_below(score):
        return cell._replace(note=note)
    added = sum((each[1] for each in filled if each[1] is not None), Fraction(0))
    rule: Formula = Name(EARNED)
    for step in node.then:
        rule = substitute(step.formula, {EARNED: rule})
    known = _known(node, positions)
    exact = value(rule, {**_values(node), EARNED: Quantity(added, "分")})
    if not isinstance(exact, Quantity) or _rounded(exact, node) != wanted.base:
        return cell._replace(note=note)
    addresses = [each[0] for each in filled]
    held = Held(f"SUM({_ranges(addresses)})", now=added, digits=digits, sums=(_ranges(addresses), len(addresses)))
    formula = live(rule, {**known, EARNED: held}, scale=node.scale, how=node.rounding.how, locale=locale)  # type: ignore[arg-type]
    return cell._replace(formula=formula or "", note=note)


def _values(node: Node) -> dict[str, Any]:
    return {"分值": node.points, **{name: each for name, each in others(node).items() if each is not None}}


def _rounded(exact: Quantity, node: Node) -> Fraction:
    n, d = exact.pair
    return Fraction(round_pair(n, d, node.scale, node.rounding.how), node.scale)  # type: ignore[arg-type]


def _set_aside(score: Score) -> bool:
    return any(each.of.not_applicable for each in score.walk())


def _adjusted_below(score: Score) -> bool:
    return any(each.parts and each.of.then for each in score.walk() if each is not score)


def _ranges(cells: list[str]) -> str:
    """I6,G8:G12 for cells of the columns I and G."""
    runs: list[list[Any]] = []
    for cell in cells:
        column = cell.rstrip("0123456789")
        row = int(cell[len(column) :])
        if runs and runs[-1][0] == column and row == runs[-1][2] + 1:
            runs[-1][2] = row
        else:
            runs.append([column, row, row])
    return ",".join(f"{c}{a}" if a == b else f"{c}{a}:{c}{b}" for c, a, b in runs)


def ratio(
    part: Held | None, whole: Held | None, stated: Quantity | None, digits: int, how: Any, locale: str
) -> Content:
    """The cell of a rate of execution: 执行数 ÷ 预算数 to *digits* decimals of a percent, as stated or live."""
    formula = None
    computed: Quantity | None = None
    if part is not None and whole is not None:
        rule = Binary("÷", Name("执行数"), Name("预算数"))
        if isinstance(part.now, Fraction) and isinstance(whole.now, Fraction) and whole.now > 0:
            n, d = (part.now * part.worth / (whole.now * whole.worth)).as_integer_ratio()  # type: ignore[operator]
            scale = 10 ** (digits + 2)
            computed = Quantity(Fraction(round_pair(n, d, scale, how), scale) * 100, "%")
            formula = live(rule, {"执行数": part, "预算数": whole}, scale=scale, how=how, locale=locale)
    if stated is not None and stated != computed:
        cell = of_quantity(stated, digits)
        if computed is None:
            return cell
        return cell._replace(
            note=say("自报{stated}，按本行的预算数和执行数核算为{computed}", locale, stated=stated, computed=computed)
        )
    if computed is None:
        return Content()
    return of_quantity(computed, digits)._replace(formula=formula or "")


def computed_actual(score: Score, positions: Positions, locale: str) -> Content:
    """The cell of a 完成值 that a formula gives, to hundredths, live over the data."""
    found = score.computed_actual
    if found is None:
        return Content()
    unit = "%" if found.unit.rate else found.unit
    shown = found.to(unit)
    scale = 10**4 if found.unit.rate else 100
    n, d = (found.base if found.unit.rate else shown.number).as_integer_ratio()
    number = Fraction(round_pair(n, d, scale), scale)
    cell = of_quantity(Quantity(number * 100 if found.unit.rate else number, unit), 2)
    rule = score.of.computed
    if rule is None or not (found.unit.rate or found.unit.up == found.unit.down):
        return cell._replace(worth=None)
    formula = live(rule, _known(score.of, positions), scale=scale, locale=locale)
    return cell._replace(formula=formula or "", worth=None)  # the points come from the exact quotient, not from it


def _differs(score: Score, wanted: Quantity, computed: Quantity, locale: str) -> str:
    line = say("核算为{computed}", locale, computed=computed)
    if score.stated is not None and wanted == score.stated.quantity:
        line = say("自报{stated}，核算为{computed}", locale, stated=wanted, computed=computed)
    why = score.in_locale(locale)  # a plain sum of its parts has nothing to say
    return say("{line}：{because}", locale, line=line, because=why) if why else line


def _why(score: Score, locale: str) -> str:
    """The reason of 无法计分, without the folder of the computer that the case was read on."""
    return "" if score.why_not is None else score.in_locale(locale)


def _fixed(locale: str) -> str:
    return say("这一格是核算好的数，不随改动重算（完成值不是单一的数，或位数过多）", locale)
