"""数量识别: a number with what stands around it — scale, mark, unit — and ranges of two of them."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from attrs import frozen

from perfeval.errors import NotationError, Place, UnitError, record_repr
from perfeval.quantities.figure import Range
from perfeval.quantities.numerals import CHINESE, DIGITS, SCALES, chinese_number, digits_pair, refuse
from perfeval.quantities.quantity import Quantity
from perfeval.quantities.unit import BARE, PERCENT, RATIO, Unit, measure

if TYPE_CHECKING:
    from perfeval.quantities.units import Units


@frozen(repr=False)
class Amount:
    """读出的数量: a quantity or range, worth of the last digit in base units, mark inside."""

    __repr__ = record_repr

    value: Quantity | Range
    step: Fraction | None
    mark: str = ""


_RUN = re.compile(rf"[{CHINESE}万亿萬億点]++")
_PART_OF = re.compile(r"(百分之|千分之|万分之)\s*+")
_FRACTION = re.compile(rf"([{CHINESE}]++)分之([{CHINESE}]++)")
_SCALE = re.compile(r"(百万|千万|十万|万亿|万|亿|千|百|十)\s*+")
_MORE = re.compile(r"(余|多|来|几)\s*+")
_INSIDE = re.compile(r"(?P<head>个)(?P<mark>余|多)(?P<tail>月|小时|工作日|季度)|(?P<unit>[^余多]{1,8})(?P<last>余|多)")
_NEIGHBOURS = re.compile(r"(十?)([一二两三四五六七八])([二三四五六七八九])([十百千]?)([万亿]?)")
_RANGE = re.compile(
    rf"(?P<low>[-+]?(?:[0-9]++(?:,[0-9]++)*+(?:\.[0-9]++)?+|[{CHINESE}]++)[^0-9~—―\-至到{CHINESE}]*+)"
    rf"\s*+(?:~|—{{1,2}}|―{{1,2}}|-{{1,2}}|至|到)\s*+(?P<high>[-+]?[0-9{CHINESE}].*)",
    re.DOTALL,
)
_WORTH = {"十": 10, "百": 100, "千": 1000, "十万": 10, "百万": 100, "千万": 1000, "万亿": 10_000}
_NAMES = (
    "号",
    "国道",
    "省道",
    "县道",
    "高速",
    "路",
    "线",
    "型",
    "届",
    "楼",
    "栋楼",
    "大道",
    "规划",
    "方案",
    "年",
    "措施",
    "制度",
    "工程",
    "行动",
    "工作",
)
"""What follows a number in names and numbers of documents and roads: never a measure word."""


def read(text: str, table: Units, *, at: int, strict: bool) -> Amount | None:
    """The amount or range that *text* is; None where it is none; *at* is where it starts in the cell.

    Raises NotationError for a range that can be read in two ways, and for an unknown unit.
    """
    if text[:1] == "±":
        half = _one(text[1:].strip(), table, at + 1, strict)
        return None if half is None else Amount(Range(-half.quantity, half.quantity), half.step)
    if (parts := _RANGE.fullmatch(text)) is not None:
        return _range(parts, table, at, strict)
    if (pair := _neighbours(text, table)) is not None:
        return pair
    one = _one(text, table, at, strict)
    return None if one is None else Amount(one.quantity, one.step, one.mark)


@frozen
class _One:
    quantity: Quantity
    step: Fraction
    mark: str
    scaled: bool


def _one(text: str, table: Units, at: int, strict: bool) -> _One | None:
    """One number with its unit."""
    if (part := _FRACTION.fullmatch(text)) is not None and text[:3] not in ("百分之", "千分之"):
        low = chinese_number(part[1])
        return _One(Quantity(chinese_number(part[2]) / low, RATIO), Fraction(0), "", False) if low else None
    fixed, tenth = None, text[0:1] == "万"  # 万分之五 is 0.5‰: no console in GBK has a sign for it
    if (part := _PART_OF.match(text)) is not None:
        fixed = PERCENT if text[0] == "百" else table.get("‰")
        at, text = at + part.end(), text[part.end() :]
        text = f"一{text}" if text[:1] == "百" else text  # 百分之百, 百分之百二十
    negative = text[:1] in ("-", "负")
    skip = 1 if negative or text[:1] == "+" else 0
    i = skip + len(text[skip:]) - len(text[skip:].lstrip())
    if (digits := DIGITS.match(text, i)) is not None:
        n, d = digits_pair(digits[0], at + i)
        number, step, rest, chinese = Fraction(n, d), Fraction(1, d), text[digits.end() :], False
        start = digits.end()
    elif (run := _RUN.match(text, i)) is not None:
        spoken = _spoken(run[0], text[run.end() :].lstrip(), table)
        if spoken is None:
            return None
        number, length = spoken
        start, chinese = i + length, True
        step, rest = Fraction(1), text[start:]
        if "点" in run[0][:length]:
            step = Fraction(1, 10 ** len(run[0][:length].partition("点")[2]))
    else:
        return None
    tail = _tail(rest.strip(), table, strict and not chinese, chinese=chinese)
    if tail is None:
        if chinese:
            return None
        raise _unreadable(text, rest, start, table, at, strict=strict)
    unit, times, mark = tail
    if fixed is not None:
        if not unit.bare or unit.symbol:
            return None
        unit = fixed
        if tenth:
            number, step = number / 10, step / 10
    number, step = number * times, step * times * unit.factor
    quantity = Quantity(-number if negative else number, unit)
    return _One(quantity, step, mark, unit.symbol[:1] in SCALES or times != 1)


def _spoken(run: str, behind: str, table: Units) -> tuple[Fraction, int] | None:
    """The longest numeral at the head of *run*, its last 万 or 亿 left to the unit (十二万元)."""
    for length in (len(run), len(run) - 1, len(run) - 2):
        head = run[:length]
        if head[-1:] in ("万", "亿") and len(head) > 1 and not set(head[:-1]) & {"万", "亿"}:
            head = head[:-1]
        if not head:
            break
        try:
            return chinese_number(head), len(head)
        except NotationError as error:
            if error.code in ("ambiguous-numeral", "number-too-long") and _tail(behind, table, True, chinese=True):
                raise
    return None


def _tail(rest: str, table: Units, strict: bool, *, chinese: bool) -> tuple[Unit, int, str] | None:
    """Unit, multiplier and mark of what stands behind a number; None where that is no unit."""
    mark = ""
    if (unit := _unit(rest, table)) is not None:
        return unit, 1, ""
    if more := _MORE.match(rest):
        mark, rest = _mark(more[1]), rest[more.end() :]
        if (unit := _unit(rest, table)) is not None:
            return unit, 1, mark
    elif (inside := _INSIDE.fullmatch(rest)) is not None:  # 2年多, 3个多月
        name = inside["unit"] or inside["head"] + inside["tail"]
        if (unit := _unit(name, table)) is not None:
            return unit, 1, inside["mark"] or inside["last"]
    times = 1
    if scale := _SCALE.match(rest):
        word, rest = scale[1], rest[scale.end() :]
        times, large = _WORTH.get(word, 1), word[-1] if word[-1] in SCALES else ""
        if not mark and (more := _MORE.match(rest)):
            mark, rest = _mark(more[1]), rest[more.end() :]
        if (unit := _unit(large + rest, table)) is not None:
            return unit, times, mark
        rest = large + rest
    if strict or chinese or not rest or rest.endswith(_NAMES):
        return None
    try:
        return _measured(rest, table), times, mark
    except UnitError:
        return None


def _measured(text: str, table: Units) -> Unit:
    """The unit of a word that *table* does not know; 元/餐次 where it knows one of the two."""
    above, slash, below = text.partition("/")
    parts = (table.find(above), table.find(below)) if slash and above and below else (None, None)
    if above in SCALES and parts[1] is not None:  # 万/月: of what, nobody says
        dims = (("数", 1), *((name, -power) for name, power in parts[1].dims))
        return Unit(text, dims, Fraction(SCALES[above]) / parts[1].factor, counted=False)
    if parts == (None, None):
        return measure(text)
    return (parts[0] or measure(above)) / (parts[1] or measure(below))


def _mark(word: str) -> str:
    return "多" if word == "来" else word


def _unit(text: str, table: Units) -> Unit | None:
    """The unit *text*; / stands inside a unit only without spaces."""
    if not text:
        return BARE
    if "/" in text and (" /" in text or "/ " in text):
        return None
    return table.find(text)


def _neighbours(text: str, table: Units) -> Amount | None:
    """概数: 三四周 is 3 to 4 周, 十五六个, 两三百人 (GB/T 15835)."""
    pair = _NEIGHBOURS.match(text)
    if pair is None:
        return None
    low, high = (int(chinese_number(pair[i])) for i in (2, 3))
    if high != low + 1 or (pair[1] and pair[4]):
        return None
    unit = _unit(pair[5] + text[pair.end() :].strip(), table)
    if unit is None:
        return None
    tens, times = (10 if pair[1] else 0), {"十": 10, "百": 100, "千": 1000}.get(pair[4], 1)
    ends = (Quantity((tens + low) * times, unit), Quantity((tens + high) * times, unit))
    return Amount(Range(*ends), unit.factor * times)


def _range(parts: re.Match[str], table: Units, at: int, strict: bool) -> Amount | None:
    low = _one(parts["low"].strip(), table, at, strict)
    high = _one(parts["high"].strip(), table, at + parts.start("high"), strict)
    if low is None or high is None:
        return None
    left, right = low.quantity, high.quantity
    number, above = left.unit, right.unit
    if number.bare and not above.bare:
        if not low.scaled and (above.rate or high.scaled):
            raise _ambiguous(parts, high.quantity, at)
        left = _lent(left, number, above)
        low = _One(left, low.step * above.factor if not number.symbol else low.step, "", low.scaled)
    elif number.bare and above.bare and high.scaled and not low.scaled:
        raise _ambiguous(parts, high.quantity, at)
    elif not number.same_kind(above):
        raise refuse(
            "mixed-range",
            "“{given}”两端的单位不同（{left}与{right}）；请用同一单位写两端",
            at + 1,
            given=parts[0][:60],
            left=number.symbol or "没有单位",
            right=above.symbol or "没有单位",
        )
    if left > right:
        raise refuse("range-reversed", "“{given}”的起点大于终点；请核对，由小到大书写", at + 1, given=parts[0][:60])
    return Amount(Range(left, right), min(low.step, high.step))


def _lent(left: Quantity, scale: Unit, unit: Unit) -> Quantity:
    """The left end in the unit that only the right end names (8亿～16亿元, 12-17岁)."""
    if not scale.symbol:
        return Quantity(left.number, unit)
    if unit.symbol[:1] == scale.symbol:
        return Quantity(left.number, unit)
    own = unit.symbol[1:] if unit.symbol[:1] in SCALES else unit.symbol
    plain = unit.factor / SCALES[unit.symbol[0]] if unit.symbol[:1] in SCALES else unit.factor
    return Quantity(left.number, Unit(scale.symbol + own, unit.dims, plain * scale.factor, unit.counted))


def _ambiguous(parts: re.Match[str], high: Quantity, at: int) -> NotationError:
    low, top = parts["low"].strip(), parts["high"].strip()
    numbers = DIGITS.match(top.lstrip("+-"))
    behind = top.lstrip("+-")[numbers.end() :].strip() if numbers else str(high.unit)
    scale = behind[:1] if behind[:1] in SCALES else behind
    return refuse(
        "ambiguous-range",
        "“{given}”无法判断：“{scale}”是否也指前一个数不清楚；请写成“{write}”",
        at + 1,
        given=parts[0][:60],
        scale=scale,
        write=f"{low}{scale}～{top}",
    )


def _unreadable(text: str, rest: str, start: int, table: Units, at: int, *, strict: bool) -> NotationError:
    """Why what stands behind the number *start* characters into *text* is no unit."""
    word = rest.strip()
    where = at + start + len(rest) - len(rest.lstrip())
    plain = not any(char.isdigit() or char in "+×“”·,;:。，；：()《》〔〕[]" for char in word)
    if plain and "/" in word and (" /" in word or "/ " in word):
        return refuse(
            "spaced-unit",
            "单位“{unit}”中不要留空格；请写成“{write}”",
            where + 1,
            unit=word,
            write=word.replace(" ", ""),
        )
    if plain and len(word) <= 12 and not word.endswith(_NAMES) and strict:
        return NotationError(table.unknown(word).at(Place(char=where + 1)))
    return no_value(text, start, at, after=word)


def no_value(body: str, digit: int, at: int, after: str = "") -> NotationError:
    """The refusal of a text that has digits and is no value: what it looks like and what to write."""
    given: dict[str, Any] = {"given": body[:60]}
    if "〔" in body or re.search(r"[\[(【][0-9]{4}[\])】]", body):
        return refuse("document-number", "“{given}”是文号，不是数值；请填写数值和单位", at + 1, **given)
    if re.search(r"[+“”\"]", body) or after.endswith(_NAMES) or re.match(r"[A-Za-z]", body):
        return refuse("not-a-quantity", "“{given}”是名称或编号，不是数值；请填写数值和单位", at + 1, **given)
    second = DIGITS.search(body, digit + 1 if not after else digit)
    if second is not None and DIGITS.match(body.lstrip("+-")) and re.search(r"[^0-9.,\s]", body[: second.start()]):
        return refuse(
            "several-numbers", "“{given}”里不止一个数，无法判断；一格只写一个数", at + second.start() + 1, **given
        )
    if re.search(r"[0-9]\s+[0-9]", body):
        return refuse(
            "space-in-number",
            "“{given}”的数字中间有空格，无法判断；是一个数请连写，是两个数请分开写",
            at + digit + 1,
            **given,
        )
    return refuse("unreadable", "“{given}”不能识别为一个数；请只写数值和单位，如“165次”", at + digit + 1, **given)
