"""Planted faults: every kind changes one statement of an honest content, at a cell that the layout has."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from published.layouts import LAYOUTS
from published.records import Fault, plain, rounded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from published.layouts import Layout
    from published.records import Content, Indicator, Workbook


def _stated(content: Content, fault: Fault, **stated: str) -> Content:
    return replace(
        content,
        stated={**content.stated, **{key.replace("__", "."): text for key, text in stated.items()}},
        fault=fault,
    )


def _with_row(content: Content, at: int, fault: Fault, **changes: object) -> Content:
    rows = list(content.indicators)
    rows[at] = replace(rows[at], **changes)  # type: ignore[arg-type]
    return replace(content, indicators=tuple(rows), fault=fault)


def _full(each: Indicator) -> bool:
    """Whether it was met with a plain number of the same unit, so that less done is less done."""
    return (
        each.earned == each.points
        and each.points >= 5
        and each.actual.unit == each.target.unit
        and each.target.number.replace(".", "").isdigit()
        and each.actual.number.replace(".", "").isdigit()
        and each.target.sign in ("≥", "=")
        and each.actual.text == f"{each.actual.number}{each.actual.unit}"
    )


def _first(content: Content, cells: dict[str, str], role: str, fits: Callable[[Indicator], bool] = _full) -> int | None:
    """The first fitting row whose cell of *role* stands in the form; which one moves with the content."""
    shift = len(content.key + content.name) % 3
    order = [*range(shift, len(content.indicators)), *range(shift)]
    return next((at for at in order if fits(content.indicators[at]) and f"row{at}.{role}" in cells), None)


def wrong_sum(content: Content, cells: dict[str, str], turn: int) -> Content | None:
    """总分 is not the sum of its parts."""
    if "total.earned" not in cells:
        return None
    off = (Decimal(1), Decimal(-2), Decimal("0.5"))[turn % 3]
    execution = "execution.earned" in cells
    total = content.total(execution) + off
    if total > 100:
        total -= 2 * off
    return _stated(content, Fault("wrong-sum", "total.earned", ("总分", content.name)), total__earned=str(plain(total)))


def wrong_parts(content: Content, cells: dict[str, str], turn: int) -> Content | None:
    """The sources do not add up to the sum printed above them."""
    for source in content.sources[::-1]:
        key = f"{source.name}.{('spent', 'initial')[turn % 2]}"
        if len(content.sources) > 1 and key in cells:
            fault = Fault("wrong-parts", key, ("资金", source.name))
            return _stated(content, fault, **{f"add.{key}": ("10", "1", "0.9")[turn % 3]})
    return None


def over_points(content: Content, cells: dict[str, str], turn: int) -> Content | None:
    """A row earned more than its points."""
    at = _first(content, cells, "earned", lambda each: each.earned == each.points)
    if at is None or f"row{at}.points" not in cells:
        return None
    each = content.indicators[at]
    return _with_row(content, at, Fault("over-points", f"row{at}.earned", (each.name,)), stated=each.points + 1)


def wrong_points(content: Content, cells: dict[str, str], turn: int) -> Content | None:
    """The points do not add up to the 100 that are printed."""
    at = _first(content, cells, "points", lambda each: each.earned == each.points)
    if at is None:
        return None
    each = content.indicators[at]
    more = each.points + (1, 2, 5)[turn % 3]
    fault = Fault("wrong-points", f"row{at}.points", ("总分", content.name, each.name, each.first, each.second))
    changed = _with_row(content, at, fault, points=more, stated=more)
    if "total.points" in cells:
        changed = replace(changed, stated={**changed.stated, "total.points": "100"})
    return changed


def wrong_rate(content: Content, cells: dict[str, str], turn: int) -> Content | None:
    """The rate printed is not 执行 ÷ 预算; the points are those of the true rate, or the other way about."""
    fault = Fault("wrong-rate", "rate", ("预算执行率", "资金", "执行率"))
    if "rate" not in cells:
        return None
    if turn % 3 == 2 and "execution.earned" in cells:
        wrong = content.execution_earned - Decimal("0.6")
        return _stated(content, replace(fault, key="execution.earned"), execution__earned=str(plain(wrong)))
    rate = rounded(content.ratio * 100) - (Decimal("2.3"), Decimal(11))[turn % 2]
    return _stated(content, fault, rate=f"{rate:.2f}%")


def wrong_unit(content: Content, cells: dict[str, str], turn: int) -> Content | None:
    """One column of the funds block is in 元 where the form says 万元, or the reverse."""
    if "spent" not in cells:
        return None
    factor = "10000" if turn % 2 == 0 else "0.0001"
    key = "spent" if turn % 3 else next(key for key in ("whole", "adjusted", "initial", "spent") if key in cells)
    return _stated(content, Fault("wrong-unit", key, ("资金", "预算执行率")), **{f"scale__{key}": factor})


def short_but_full(content: Content, cells: dict[str, str], turn: int) -> Content | None:
    """Less was done than wanted, and the points are full."""
    at = _first(content, cells, "earned")
    if at is None or f"row{at}.actual" not in cells:
        return None
    each = content.indicators[at]
    done = Decimal(each.target.number) * (Decimal("0.8"), Decimal("0.9"), Decimal("0.7"))[turn % 3]
    number = str(plain(done.quantize(Decimal(1)) if "." not in each.target.number else done))
    actual = replace(each.actual, number=number, text=f"{number}{each.actual.unit}")
    return _with_row(content, at, Fault("short-but-full", f"row{at}.earned", (each.name,)), actual=actual)


def met_but_cut(content: Content, cells: dict[str, str], turn: int) -> Content | None:
    """As much was done as wanted, and points are missing without a word."""
    at = _first(content, cells, "earned")
    if at is None or f"row{at}.actual" not in cells:
        return None
    each = content.indicators[at]
    fault = Fault("met-but-cut", f"row{at}.earned", (each.name,))
    return _with_row(content, at, fault, stated=each.points - (1, 2, 3)[turn % 3])


def wrong_denominator(content: Content, cells: dict[str, str], turn: int) -> Content | None:
    """The rate is taken of 年初预算 where the form names 全年预算."""
    funds = content.funds
    if "rate" not in cells or "initial" not in cells or not ({"whole", "adjusted"} & set(cells)):
        return None
    if funds.initial == funds.whole or not funds.initial:
        return None
    ratio = min(funds.spent / funds.initial, Decimal(1))
    rate = (ratio * 100).quantize(Decimal("0.01"), "ROUND_HALF_UP")
    earned = plain((content.execution * ratio).quantize(Decimal("0.01"), "ROUND_HALF_UP"))
    fault = Fault("wrong-denominator", "rate", ("预算执行率", "资金", "执行率"))
    return _stated(content, fault, rate=f"{rate}%", execution__earned=str(earned))


def text_against_table(content: Content, cells: dict[str, str], turn: int) -> Content | None:
    """The text on goals or results has another number than the row."""
    side = ("done", "goal")[turn % 2]
    if side not in cells:
        return None
    text = content.done if side == "done" else content.goal
    for at, each in enumerate(content.indicators):
        value = each.actual if side == "done" else each.target
        if f"{{{at}}}" in text and _full(each):
            number = str(plain(Decimal(value.number) + (1 if Decimal(value.number) < 100 else 50)))
            if value.unit == "%":
                number = str(plain(Decimal(value.number) - 7))
            return _stated(
                content,
                Fault("text-against-table", side, (each.name, number)),
                **{f"{side}__{at}": number + value.unit},
            )
    return None


def wrong_year(content: Content, cells: dict[str, str], turn: int) -> Content | None:
    """The year of the title is another than that of the dates in the table."""
    dated = any(each.actual.day and each.actual.day[0] for each in content.indicators)
    if "year" not in cells or not (dated or "year2" in cells):
        return None
    wrong = str(content.year - 1)
    return _stated(content, Fault("wrong-year", "year", (wrong, str(content.year))), year=wrong)


def header_total(content: Content, cells: dict[str, str], turn: int) -> Content | None:
    """The total in the header is another than that of the table."""
    if "header.total" not in cells:
        return None
    wrong = content.total("execution.earned" in cells) - (Decimal(1), Decimal("0.5"), Decimal(2))[turn % 3]
    return _stated(
        content, Fault("header-total", "header.total", ("总分", content.name)), header__total=str(plain(wrong))
    )


KINDS = (
    wrong_sum, wrong_parts, wrong_points, over_points, wrong_rate, wrong_unit, short_but_full, met_but_cut, wrong_denominator, text_against_table,
    wrong_year, header_total,
)  # fmt: skip


def faulty(layout: Layout) -> Iterator[tuple[Workbook, Workbook]]:
    """For each kind of fault one faulty workbook of *layout* where it can stand there, and its honest twin."""
    for turn, kind in enumerate(KINDS):
        variants = len(layout.contents)
        for step in range(variants):
            variant = (turn + step + len(layout.name)) % variants
            honest = layout.workbook(variant)
            content = kind(layout.contents[variant], honest.cells, turn + variant)
            if content is not None:
                workbook = layout.workbook(variant, content)
                if workbook.fault and workbook.fault.key in workbook.cells:
                    yield workbook, honest
                    break


def all_faulty() -> Iterator[tuple[Workbook, Workbook]]:
    """Those of every layout."""
    for layout in LAYOUTS.values():
        yield from faulty(layout)
