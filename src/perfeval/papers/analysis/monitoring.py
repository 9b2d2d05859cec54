"""运行监控的写法: lights and progress as a table for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from perfeval.analysis.monitoring import compared
from perfeval.formulas.nodes import Name
from perfeval.formulas.wording import wording
from perfeval.locales.messages import say
from perfeval.locales.words import word
from perfeval.papers.screen.grid import Column, grid, put
from perfeval.quantities.formatters import text
from perfeval.results.score_table import called

if TYPE_CHECKING:
    from collections.abc import Sequence

    from perfeval.analysis.monitoring import Monitored
    from perfeval.analysis.monitoring_rules import MonitoringRules
    from perfeval.papers.screen.grid import Screen

STYLES = {"红": "bold red", "黄": "yellow", "绿": "green", "预警": "bold red", "正常": "green"}


def show(found: Sequence[Monitored], by: MonitoringRules, screen: Screen, locale: str = "zh_Hans") -> None:
    """The rules' name and basis, a line for each that is watched, and what the months give for the year as a hint."""
    put(screen, by.name if by.basis is None else say("{name}（依据：{basis}）", locale, name=by.name, basis=by.basis))
    columns = [
        Column(say("对象", locale), 30),
        Column(say("灯", locale)),
        Column(say("预算进度", locale), right=True),
        Column(say("目标进度", locale), right=True),
        Column(say("说明", locale)),
    ]
    rows = [
        (
            called(each.of, locale),
            light(each, locale),
            _rate(each, "预算进度", locale),
            _rate(each, "目标进度", locale),
            why(each, locale),
        )
        for each in found
    ]
    put(screen, grid(columns, rows, screen.width, [STYLES.get(each.light, "magenta") for each in found]))
    for each in found:
        for line in forecast(each, locale):
            put(screen, line)


def light(each: Monitored, locale: str) -> str:
    """The light's name, 无法判断 where nothing decides; 至少 before it where a graver one cannot be judged."""
    if not each.light:
        return say("无法判断", locale)
    name = word("light", each.light, locale)
    return name if each.graver is None else say("至少{light}", locale, light=name)


def _rate(each: Monitored, name: str, locale: str) -> str:
    value = each.value(name)
    return "" if value is None else text(value, locale, digits=2)


def why(each: Monitored, locale: str) -> str:
    """What lit it: each comparison with what its left side came to; why a graver light could not be judged."""
    said = []
    for comparison, left in compared(each):
        rule = wording(comparison, locale)
        if isinstance(comparison.left, Name):
            said.append(say("{rule}（{left}）", locale, rule=rule, left=_left(left, locale)))
        else:
            said.append(say("{rule}（算得{left}）", locale, rule=rule, left=_left(left, locale)))
    if each.graver is not None:
        said.append(each.graver.in_locale(locale))
    return say("；", locale).join(said)


def _left(value: Any, locale: str) -> str:
    rate = value.to("%") if value.unit.rate else value
    return text(rate, locale, digits=2)


def forecast(each: Monitored, locale: str) -> tuple[str, ...]:
    """The office's own figure for the year, and beside it what the months give: only a note."""
    if each.projected is None:
        return ()
    lines = []
    if each.expected is not None:
        expected = each.expected.quantity or each.expected.text  # with its unit, which its column's heading has
        lines.append(say("{of}：本单位预计全年执行{expected}", locale, of=called(each.of, locale), expected=expected))
    lines.append(
        say(
            "提示 {of}：按前{n}个月推算，全年约{projected}（执行数 × 12 ÷ 月），不代替本单位的预计",
            locale,
            of=called(each.of, locale),
            n=each.value("月"),
            projected=text(each.projected, locale, digits=2),
        )
    )
    return tuple(lines)
