"""评分标准: the prose of a client's table → the rule that it states, where it states exactly one.

Each reader takes the whole text or nothing, so that a sentence with something more in it fits none. Prose
that leaves a choice open (每低1个百分点扣0.5分: 按比例, 满一步 or 不足一步按一步) gives every rule that it may
mean; nobody chooses here.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from perfeval.authoring.importing.bands import bands
from perfeval.model.target import By, Compared, Judged, Target, TopRank, YesNo
from perfeval.quantities.units import base_units

if TYPE_CHECKING:
    from collections.abc import Callable

JUDGED = "评分人评定"
"""The rule of prose that leaves the points to whoever scores."""
NUMBER = r"\d{1,9}(?:\.\d{1,4})?"
_NONE = r"(?:不得分|不计分|得0分|计0分|为?0分)"
_FULL = r"(?:得|计|记)满分"
_ALL = rf"(?:(?:得|计|记)满分|(?:得|计|记)(?P<all>{NUMBER})分)"
"""All of the points: in words, or as a number that is to be compared with 分值."""
_END = r"(?:,?(?:扣完|减完|扣光)(?:本项)?(?:分值)?为止|,?直至扣完|,?最低(?:得|为)?0分)?"
_DOWN_TO = re.compile(rf"(扣完|减完|扣光)(?:本项)?({NUMBER})分(?=为止)")
_COUNTS = {
    "按比例": r"(?:不足\S{0,10}?)?按比例(?:扣分|计算|扣减|折算)",
    "满一步": r"不[足满]\S{0,10}?(?:不扣分?|不计|不予扣分)|每满\S{0,10}?才扣",
    "不足一步按一步": r"不[足满]\S{0,10}?按\S{1,8}?(?:计算|计|扣分?|算)",
}


class ReadRule(NamedTuple):
    """方法: the name of a scoring strategy and its arguments, as a file writes them."""

    name: str
    arguments: tuple[tuple[str, str], ...] = ()
    target: str = ""
    """The 指标值 that the prose implies where the table has none."""
    unit: str = ""
    """The 计量单位 that the prose names where the table has none."""

    def written(self) -> str | dict[str, dict[str, str]]:
        """The value of the field 评分方法."""
        return {self.name: dict(self.arguments)} if self.arguments else self.name


class Asked(NamedTuple):
    """要读的评分标准: its text brought to one form, with the indicator's points and target where known."""

    text: str
    points: Fraction | None
    target: Target | None

    def all(self, written: str | None) -> bool:
        """Whether a group that is empty for 满分 says all of the points."""
        return written is None or self.full(written)

    def full(self, written: str) -> bool:
        """Whether so many points are all of the indicator's."""
        return self.points is not None and Fraction(written) == self.points


_MARKS = str.maketrans("。—–﹣～≧≦", ";---~≥≤")


def plain(text: str) -> str:
    """One form for one meaning: half-width marks, no spaces, no full stop at the end."""
    made = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    made = made.translate(_MARKS)
    made = re.sub(r">=", "≥", made)
    made = re.sub(r"<=", "≤", made)
    return re.sub(r"^(?:评分标准|计分标准|评分方法|计分方法)?:?", "", made).strip(",;")


def rules(text: str, points: Fraction | None = None, target: Target | None = None) -> tuple[ReadRule, ...]:
    """Every rule that *text* may mean: none, the one that it states, or several."""
    asked = Asked(plain(text), points, target)
    asked = asked._replace(text=_DOWN_TO.sub(lambda cut: cut[1] if asked.full(cut[2]) else cut[0], asked.text))
    if not asked.text or len(asked.text) > 400:
        return ()
    found = (rule for reader in _READERS for rule in reader(asked))
    return tuple(dict.fromkeys(found))


# -- one reader a kind of rule ----------------------------------------------------------------------

_DONE = re.compile(
    r"(?:按时|及时|全部|按期|已经?|如期|均)*"
    r"(?:完成|建立|达标|符合|合格|制定|落实|公开|达到|是|有|通过|编制|健全|执行|到位|合规|实现)[^\d,;%]{0,16}?"
)
"""What also says that a number is reached, where the target is one."""
_YES_NO = re.compile(
    rf"(?P<what>[^\d,;%]{{1,20}}?)的?,?{_ALL}[,;](?:否则|反之|(?P<no>否|(?:未|不|没有?|无|有|发生|出现)[^\d,;%]{{0,20}}?))的?,?{_NONE}"
)
_NOT = re.compile(r"未|不|没有?|无")
_NO_STATE = re.compile(
    r"每|酌|视|根据|按照|结合|比例|扣|加分|低于|高于|超|不足|大于|小于|不少于|不多于|以[上下内]|基本|较|部分|一般|率"
)
"""What no yes or no answers: a comparison, a degree, a judge's discretion."""


def _yes_no(asked: Asked) -> list[ReadRule]:
    """完成得满分，否则不得分; 及时得5分，不及时得0分: by the kind of target 是否, 达线满分 or 限内满分."""
    found = _YES_NO.fullmatch(asked.text)
    if found is None or not asked.all(found["all"]):
        return []
    what, reached = found["what"], _DONE.fullmatch(found["what"]) is not None
    if not _two_sided(what, found["no"], reached=reached) or (not reached and _NO_STATE.search(what)):
        return []
    if _NOT.match(what):  # 未发生事故: the words do not say what 是 would mean, a count of none does
        match asked.target:
            case Compared(sign="≤" | "=" | "", figure=figure) if (aim := figure.quantity) is not None and aim.base == 0:
                return [ReadRule("限内满分")]
        return []
    match asked.target:
        case None if not what.startswith(("达到", "实现")) and "指标值" not in what and "目标" not in what:
            return [ReadRule("是否", target="是")]
        case YesNo(expected=True):
            return [ReadRule("是否")]
        case Judged(text=text) if what.endswith(text) or text.endswith(what):
            return [ReadRule("是否")]
        case Compared(sign="≥" | ">" | "") if reached:
            return [ReadRule("达线满分")]
        case Compared(sign="≤" | "<") | By() | TopRank() if reached:
            return [ReadRule("限内满分")]
        case None | Compared() if reached:
            return [ReadRule("达线满分"), ReadRule("限内满分")]
        case _:
            return []


def _two_sided(what: str, no: str | None, *, reached: bool) -> bool:
    """Whether *no* is all that *what* is not: 不及时 of 及时, 不合规 of 资金使用合规, 否 of 是, 发生 of 未发生."""
    if no is None or no == "":
        return True
    if no == "否":
        return what == "是"
    negated = _NOT.match(what)
    if negated is not None:  # 未发生事故 and 发生事故, 无违规 and 有违规
        state, other = what[negated.end() :], no.removeprefix("有")
        return _NOT.match(no) is None and (state.endswith(other) or other.endswith(state) or state.startswith(other))
    negation = _NOT.match(no)
    if negation is None:
        return False
    rest = no[negation.end() :]
    return reached or what.endswith(rest) or rest.endswith(what)


_SHARE = r"(?:实际)?完成(?:情况)?(?:率|比例|值占目标值的?比例)"
_BY_SHARE = (
    rf"(?:指标)?得分=(?:{_SHARE}[*×x](?:分值|权重|{NUMBER}分?)|(?:分值|权重|{NUMBER}分?)[*×x]{_SHARE})",
    rf"(?:{_SHARE}[*×x](?:分值|权重)|(?:分值|权重)[*×x]{_SHARE})",
    rf"按照?{_SHARE}(?:计分|得分|计算得分|计算|给分|赋分)",
    r"按照?(?:实际)?完成(?:值)?(?:占|/|÷)(?:目标值|指标值|计划数)(?:的?比例)?(?:[*×x]分值)?(?:计分|得分)?",
    (
        rf"(?:完成|达到|达成)(?:目标值?|指标值?|年度指标值?|要求)?的?,?{_FULL}[,;]"
        r"(?:未完成|未达到|未达成|未达标|不足|低于目标值?|否则)(?:目标值?|指标值?|年度指标值?|要求)?的?,?"
        r"按照?(?:实际)?(?:完成)?(?:率|比例)(?:得分|计分|计算得分|给分|赋分|扣分)"
    ),
)
_PROPORTIONAL = re.compile("|".join(_BY_SHARE))
_EXECUTION = re.compile(
    rf"(?:指标)?(?:得分=)?(?:预算|资金)?执行率[*×x](?:分值|权重|{NUMBER}分?)|(?:得分=)?(?:分值|权重|{NUMBER}分?)[*×x](?:预算|资金)?执行率"
    r"|按照?(?:预算|资金)?(?:实际)?执行率(?:计分|得分|计算得分)"
)


def _proportional(asked: Asked) -> list[ReadRule]:
    """按实际完成率计分: 正向; below a limit the two ways of ≤."""
    if _EXECUTION.fullmatch(asked.text):
        return [ReadRule("预算执行", target="" if asked.target is not None else "100 %")]
    if not _PROPORTIONAL.fullmatch(asked.text):
        return []
    match asked.target:
        case None | Compared(sign="≥" | ">" | ""):
            return [ReadRule("正向")]
        case Compared(sign="="):
            return [ReadRule("等于")]
        case Compared():
            return [ReadRule("反向递减"), ReadRule("反向比例")]
        case _:
            return []


_BY_STEP = re.compile(
    rf"(?:[^\\d,;%≥≤]{{0,10}}?(?P<sign>达到|完成|≥|不低于|不超过|≤)?(?P<start>{NUMBER}%|目标值?|指标值?|要求)?(?:及?以上)?(?:\(含\))?的?,?{_FULL}[,;])?"
    rf"(?P<start2>{NUMBER}%)?(?:以下|以上)?,?"
    r"每(?P<way>低|少|降低|下降|减少|降|超出?|超过|高|高出|增加|多)(?:于|出|过)?(?:目标值?|指标值?)?"
    rf"(?P<step>{NUMBER}|一)?(?P<unit>个?百分点|%|[^\d,;%]{{1,4}}?)(?:的)?,?扣(?:减)?(?P<points>{NUMBER})分{_END}"
    rf"(?:[,;](?P<how>不[足满][^;,]*|按比例[^;,]*))?{_END}"
)


def _by_step(asked: Asked) -> list[ReadRule]:
    """每低1个百分点扣0.5分: three ways to count a step, unless the prose or whole numbers leave one."""
    found = _BY_STEP.fullmatch(asked.text)
    if found is None:
        return []
    unit = found["unit"].removeprefix("个") if found["unit"].endswith("百分点") else found["unit"]
    known = base_units().find(unit)
    if known is None:
        return []
    kind = "超出递减" if found["way"][0] in "超高增多" else "递减"
    step = "1" if found["step"] in (None, "一") else found["step"]
    starts = {each for each in (found["start"], found["start2"]) if each and each[0].isdigit()}
    if len(starts) > 1 or (found["sign"] in ("不超过", "≤")) > (kind == "超出递减"):
        return []
    if isinstance(asked.target, Compared) and asked.target.sign in (("≥", ">") if kind == "超出递减" else ("≤", "<")):
        return []  # the table says more is better, the prose that less is
    told = (
        *((("起点", starts.pop().replace("%", " %")),) if starts else ()),
        ("每", f"{step} {unit}"),
        ("扣", f"{found['points']} 分"),
    )
    told = tuple(sorted(told, key=lambda pair: ("起点", "每", "扣").index(pair[0])))
    if found["how"]:
        ways = [way for way, pattern in _COUNTS.items() if re.fullmatch(pattern, found["how"])]
    elif known.counted and Fraction(step) == 1:
        ways = ["满一步"]  # of whole numbers every step is whole: the three ways are one
    else:
        ways = list(_COUNTS)
    return [ReadRule(kind + way, told) for way in ways]


_FAULT = re.compile(
    rf"(?:(?:无|未发生|未发现|没有|未出现)[^\d,;]{{0,16}}?的?,?{_ALL}[,;])?"
    r"(?:(?P<each>每)(?:发现|发生|出现|存在|有|查出|查实|缺少?)|(?P<each2>每)(?=[一1])"
    r"|(?:发现|发生|出现|存在|查出|查实|缺少?|有)(?=有?[一1])|(?=[一1][^\d,;]{1,2}(?:不|未)))(?:有)?(?:[一1])?"
    rf"(?P<unit>人次|件次|[^\d一,;]{{1}})(?P<what>[^\d,;]{{0,20}}?)(?:的)?,?扣(?:减)?(?P<points>{NUMBER})分(?P<end>{_END})"
)


def _fault(asked: Asked) -> list[ReadRule]:
    """每发现一项扣1分; 发现一例违规扣2分，扣完为止: 完成值 counts what was found."""
    found = _FAULT.fullmatch(asked.text)
    if found is None or not _counted(found["unit"]) or not asked.all(found["all"]):
        return []
    if not (found["each"] or found["each2"] or found["end"]):
        return []  # 发现一例扣2分 may mean once
    target = unit = ""
    match asked.target:
        case None:
            target = f"≤0{found['unit']}"  # nothing found is what earns full points
        case Compared(sign="≤" | "=" | "", figure=figure) if (
            (aim := figure.quantity) is not None and aim.base == 0 and aim.unit.symbol in ("", found["unit"])
        ):
            unit = "" if aim.unit.symbol else found["unit"]
        case _:
            return []
    return [ReadRule("缺项扣分", (("完成值", f"{found['points']} 分/{found['unit']}"),), target, unit)]


_EACH = re.compile(
    r"每(?:完成|开展|有|具备|组织|举办|建成|新增|达到)?[一1](?P<unit>人次|[^\d一,;]{1})(?P<what>[^\d,;]{0,16}?)的?,?"
    rf"(?:得|计|加)(?P<points>{NUMBER})分(?:,?(?:最高|最多|满分|上限)(?:得|为|不超过|计)?(?P<most>{NUMBER})分"
    r"|,?(?:得满|加满|计满|满分)(?:本项)?(?:分值)?为止|,?最高不超过分值|,?不超过满分)?"
)


def _each(asked: Asked) -> list[ReadRule]:
    """每完成一场得2分，最高10分: added up to full points."""
    found = _EACH.fullmatch(asked.text)
    if found is None or not _counted(found["unit"]) or (found["most"] and not asked.full(found["most"])):
        return []
    if isinstance(asked.target, Compared):
        aim = asked.target.figure.quantity
        if aim is None or aim.unit.symbol not in ("", found["unit"]):
            return []
    elif asked.target is not None:
        return []
    return [ReadRule("按数累加", (("每项", f"{found['points']} 分/{found['unit']}"),), unit=found["unit"])]


def _counted(symbol: str) -> bool:
    unit = base_units().find(symbol)
    return unit is not None and unit.counted


_THREE = re.compile(
    r"(?:根据指标(?:实际)?完成情况)?,?(?:分为|按照?|划分为)?达成(?:年度|预期)指标、部分达成(?:年度|预期)?(?:指标)?并具有一定效果、"
    r"未达成(?:年度|预期)?(?:指标)?且效果较差三[档个]*(?:档次)?,分别按照?(?:该指标)?(?:对应)?(?:分值)?(?:区间)?"
    r"100%?[-~]80%?\(含(?:80%)?\)、80%?[-~](?P<low>[56]0)%?\(含(?:[56]0%)?\)、[56]0%?[-~]0%?(?:合理)?(?:确定|计算|评定)(?:分值|得分)"
)
_WHO = r"[^\d,;]{0,12}?(?:人|员|组|家|领导|部门|机构|单位|委员会|评价方|第三方)"
_LEFT = re.compile(
    rf"[^\d,;]*(?:酌情|酌定|视(?:具体|实际)?情(?:况|节)?|视[^\d,;]{{1,16}}?(?:情况|程度|效果|质量|成效|轻重)|主观|综合(?=[评打赋考])"
    rf"|(?:由|经){_WHO}(?=[^\d,;率例]*[评打赋给定])|专家(?=[^\d,;]*[评打赋])|(?=合理确定))[^\d,;]*"
)
"""A clause that leaves something to whoever scores."""
_SCORING = re.compile(
    r"[^\d,;]*(?:[评打给得计赋扣记减]分|评定|评价|考虑|确定)(?:的?(?:得分|分值|分数|结果))?[^\d,;]{0,4}"
)
"""A clause that says that points are given."""
_BOUND = re.compile(
    r"(?:扣完|减完|扣光)(?:本项)?(?:分值)?为止|直至扣完|(?:最高|最多)?不超过(?:本项)?(?:分值|满分)|最低(?:得|为)?0分|定性(?:指标|评价|考核)?"
)
_RANGE = re.compile(rf"(?:在|于)?0分?(?:-|~|至|到)(?P<most>{NUMBER})分(?:之间|以内|范围内|内|区间内?)?")


def _judged(asked: Asked) -> list[ReadRule]:
    """What a judge decides: the three bands in their known wording, or all of the points."""
    if (three := _THREE.fullmatch(asked.text)) is not None:
        return [ReadRule(f"定性三档80/{three['low']}")]
    return [ReadRule(JUDGED)] if _discretion(asked) else []


def _discretion(asked: Asked) -> bool:
    """Whether the prose leaves the points, from nothing to all of them, to whoever scores — and says no more.

    由评价人酌情评分, 视情况扣分, 根据完成质量酌情给分; where it also says when points are full, or how many
    are taken off for what, that would be lost: such prose is no single rule.
    """
    if re.search(r"每|得满分|计满分|不得分|不计分", asked.text):
        return False
    left = False
    for clause in re.split(r"[,;]", asked.text):
        reach = _RANGE.search(clause)
        if reach is not None:
            if not asked.full(reach["most"]):
                return False
            clause = clause.replace(reach[0], "")
        if _LEFT.fullmatch(clause) and _SCORING.fullmatch(clause):
            left = True
        elif clause and not _BOUND.fullmatch(clause) and not re.fullmatch(r"(?:根据|按照?|结合|依据|视)[^\d]*", clause):
            return False
    return left


def _in_bands(asked: Asked) -> list[ReadRule]:
    return [ReadRule(name, told) for name, told in bands(asked.text, asked.points)]


_READERS: tuple[Callable[[Asked], list[ReadRule]], ...] = (
    _yes_no,
    _proportional,
    _by_step,
    _fault,
    _each,
    _judged,
    _in_bands,
)
