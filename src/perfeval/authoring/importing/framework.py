"""导入指标体系: a client's table → the file of a framework, and a list by cell of how each 评分标准 was read.

Prose that states exactly one rule becomes that rule. Prose that states none or leaves a choice becomes
待定: the points are left to whoever scores, within 0 and 分值, until somebody writes the rule.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from perfeval.authoring.importing import table
from perfeval.authoring.importing.entries import IndicatorEntry, decimal
from perfeval.authoring.importing.prose import JUDGED, ReadRule, rules
from perfeval.documents.limits import DEFAULT, Limits
from perfeval.errors import PerfevalError
from perfeval.locales.messages import message, say
from perfeval.model.target import Compared, target
from perfeval.reading.case import read_framework

if TYPE_CHECKING:
    from perfeval.model.framework import Framework
    from perfeval.model.target import Target

OPEN = "待定"
"""The rule of an indicator whose 评分标准 states none, or several."""
STANDARD = "评分标准："
"""What an indicator's basis begins with where it keeps the prose it was read from."""
WITHIN = "得分 ≥ 0分 且 得分 ≤ 分值"


class Read(NamedTuple):
    """读法: one indicator, its cell, the prose, and the rule, or why there is none."""

    cell: str
    name: str
    prose: str
    rule: str
    why: str = ""
    choices: tuple[str, ...] = ()

    @property
    def settled(self) -> bool:
        """Whether the prose stated exactly one rule."""
        return self.rule != OPEN

    def in_locale(self, locale: str) -> str:
        """One line of the list."""
        if not self.choices:
            if self.why:
                return say(
                    "{cell} {name}：{rule}——{why}",
                    locale,
                    cell=self.cell,
                    name=self.name,
                    rule=self.rule,
                    why=say(self.why, locale),
                )
            return say("{cell} {name}：{rule}", locale, cell=self.cell, name=self.name, rule=self.rule)
        return say(
            "{cell} {name}：{rule}——{why}：{choices}",
            locale,
            cell=self.cell,
            name=self.name,
            rule=self.rule,
            why=say(self.why, locale),
            choices="；".join(self.choices),
        )


class Imported(NamedTuple):
    """导入结果: the framework's file, the framework that it reads as, and how each line was read."""

    text: str
    framework: Framework
    lines: tuple[Read, ...]


def framework(data: bytes, source: str = "", name: str = "", limits: Limits = DEFAULT) -> Imported:
    """Import the table of the workbook *data*, its framework called *name* (else after its title).

    Raises InputError with every cell that has to be put right first.
    """
    sheet = table.read(data, source, limits)
    title = name or sheet.title or "指标体系"
    made = [_indicator(entry) for entry in sheet.entries]
    head = _head(title, source, [line for _, line in made])
    stated = {path: points for path, points, _ in sheet.levels}
    body = "\n".join(_tree(list(zip(sheet.entries, made, strict=True)), 0, stated))
    text = f"{head}parts:\n{body}\n"
    return Imported(text, read_framework(text.encode(), limits), tuple(line for _, line in made))


def _head(title: str, source: str, lines: list[Read]) -> str:
    used = {line.rule for line in lines}
    own = {
        OPEN: "评分标准没有合于唯一的方法：先由评分人在0分至分值之间评定，写明方法后改正",
        JUDGED: "由评分人在0分至分值之间评定",
    }
    rows = [
        f"  {name}: {{formula: {quoted(WITHIN)}, note: {quoted(note)}, basis: {quoted('指标体系表的评分标准')}}}"
        for name, note in own.items()
        if name in used
    ]
    basis = f"{source.replace(chr(92), '/').rpartition('/')[2] or '指标体系表'}（由表格导入）"
    return "\n".join(
        [
            "perfeval: framework/1",
            f"name: {quoted(title)}",
            f"basis: {{text: {quoted(basis)}, checked: no}}",
            "rounding: {digits: 2, how: 四舍五入}",
            *(["strategies:", *rows] if rows else []),
            "",
        ]
    )


# -- one indicator ----------------------------------------------------------------------------------


def _indicator(entry: IndicatorEntry) -> tuple[dict[str, Any], Read]:
    """The fields of one indicator and how its 评分标准 was read."""
    prose = entry.standard.strip() if entry.standard is not None else ""
    cell = (entry.standard._cell if entry.standard is not None else entry.place.cell) or ""
    own = entry.names[-1]
    fields: dict[str, Any] = {"name": own, "points": decimal(entry.points)}
    aim, why = _target(entry)
    if aim is not None:
        fields["target"] = entry.target
        if entry.unit and isinstance(aim, Compared) and entry.unit not in entry.target:
            fields["unit"] = entry.unit
    if prose:
        fields["basis"] = STANDARD + re.sub(r"\s*\n\s*", "；", prose)
    found = () if why else rules(prose, entry.points, aim)
    fitting = [rule for rule in found if _loads(fields, rule)]
    choices: tuple[str, ...] = ()
    if not why and len(fitting) == 1 and len(found) == 1:
        fields = _with(fields, fitting[0])
        return fields, Read(cell, own, prose, _said(fitting[0]))
    if len(found) > 1:
        why, choices = message("合于几种方法，没有写明是哪一种"), tuple(map(_said, found))
    elif found:
        why, choices = message("这样读与指标值或计量单位不合"), (_said(found[0]),)
    elif not why:
        why = message("没有写评分标准") if not prose else message("不合于任何一种方法")
    fields["strategy"] = OPEN
    if not _checked(fields):  # a 指标值 that no unit table knows: kept in the basis, not as a target
        fields.pop("target", None)
        fields.pop("unit", None)
    return fields, Read(cell, own, prose, OPEN, why, choices)


def _target(entry: IndicatorEntry) -> tuple[Target | None, str]:
    """The 指标值, or why it cannot be read."""
    if not entry.target or entry.target in ("/", "-", "—", "——"):
        return None, ""
    try:
        return target(entry.target, unit=entry.unit or None), ""
    except PerfevalError:
        return None, message("指标值读不出来")


def _with(fields: dict[str, Any], rule: ReadRule) -> dict[str, Any]:
    made = dict(fields)
    if rule.target and "target" not in made:
        made["target"] = rule.target
    if rule.unit and "unit" not in made and "target" not in made:
        made["unit"] = rule.unit
    made["strategy"] = rule.written()
    return made


def _loads(fields: dict[str, Any], rule: ReadRule) -> bool:
    """Whether the indicator with this rule is sound: units fit, the strategy takes its arguments."""
    return _checked(_with(fields, rule))


def _checked(fields: dict[str, Any]) -> bool:
    text = (
        f"perfeval: framework/1\nname: 试\nstrategies: {{{OPEN}: {quoted(WITHIN)}, {JUDGED}: {quoted(WITHIN)}}}\n"
        f"parts:\n- {flow(fields)}\n"
    )
    try:
        read_framework(text.encode())
    except PerfevalError:
        return False
    return True


def _said(rule: ReadRule) -> str:
    """A rule as it is written in a file: {递减满一步: {每: 1 百分点, 扣: 0.5 分}}."""
    written = rule.written()
    return written if isinstance(written, str) else flow(written)


# -- the tree as text -------------------------------------------------------------------------------

Line = tuple[IndicatorEntry, tuple[dict[str, Any], Read]]


def _tree(lines: list[Line], depth: int, stated: dict[tuple[str, ...], Any]) -> list[str]:
    """The lines of the parts at *depth*, in the order of the table."""
    made: list[str] = []
    pad = "  " * depth
    index = 0
    while index < len(lines):
        entry, (fields, line) = lines[index]
        if len(entry.names) == depth + 1:
            if not line.settled:
                made.append(
                    f"{pad}# 待定：{line.cell} 的评分标准没有合于唯一的方法，写明后改正{'：' if line.choices else ''}"
                )
                made += [f"{pad}#   {choice}" for choice in line.choices]
            made.append(f"{pad}- {flow(fields)}")
            index += 1
            continue
        path = entry.names[: depth + 1]
        same = [each for each in lines if each[0].names[: depth + 1] == path and len(each[0].names) > depth + 1]
        points = stated.get(path, sum((each[0].points for each in same), start=entry.points * 0))
        made.append(f"{pad}- name: {quoted(path[-1])}")
        made.append(f"{pad}  points: {decimal(points)}")
        made.append(f"{pad}  parts:")
        made += _tree(same, depth + 1, stated)
        lines = [each for each in lines[index:] if each not in same]
        index = 0
    return made


_PLAIN = re.compile(
    r"(?!(?:yes|no|true|false|null|on|off)$)[^\W_≥≤][\w（）%.·/—]*(?: [\w%/]+)?|[≥≤][\w%./]+(?: [\w%/]+)?",
    re.IGNORECASE,
)


def quoted(text: str) -> str:
    """A text as YAML takes it for text, bare where nothing can be mistaken."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def flow(value: Any) -> str:
    """Texts and mappings of them on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{quoted(str(key))}: {flow(each)}" for key, each in value.items()) + "}"
    return quoted(str(value))
