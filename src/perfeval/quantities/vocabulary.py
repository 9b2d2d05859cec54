"""词与写法: the words around numbers, and the usual wordings of one value rewritten in their plain form.

A wording is rewritten only where it can mean one thing: 每月4次 is 4次/月, 1亿5000万元 is 15000万元. Words behind a
number and its unit (757万平方米养护全覆盖) are no part of the value.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


PLACEHOLDERS = frozenset(
    "— —— ——— - -- --- ― ―― * ** / // \\ XX xx X XXX × ×× 无 暂无 无数据 暂无数据 空 … …… N/A NA n/a 待定 待填 待填写".split()
) | {""}
"""Cells that say nothing yet; their value is None."""

SIGNS = {
    "≥": "≥", "≧": "≥", ">=": "≥", "=>": "≥", "≤": "≤", "≦": "≤", "<=": "≤", "=<": "≤",
    ">": ">", "<": "<", "=": "=", "==": "=", "﹥": ">", "﹤": "<",
    "不低于": "≥", "不少于": "≥", "不小于": "≥", "大于等于": "≥", "大于或等于": "≥", "至少": "≥", "最少": "≥", "最低": "≥",
    "不高于": "≤", "不超过": "≤", "不大于": "≤", "不多于": "≤", "小于等于": "≤", "小于或等于": "≤", "至多": "≤", "最多": "≤",
    "最高": "≤", "控制在": "≤",
    "超过": ">", "大于": ">", "高于": ">", "多于": ">", "小于": "<", "低于": "<", "少于": "<", "不足": "<", "不到": "<",
    "等于": "=",
}  # fmt: skip
"""Every way to write a comparator, and its usual sign."""
ENDINGS = {
    "及以上": "≥", "或以上": "≥", "(含)以上": "≥", "以上": "≥", "及以下": "≤", "或以下": "≤", "(含)以下": "≤", "以下": "≤",
    "以内": "≤", "之内": "≤", "内": "≤",
}  # fmt: skip
"""Comparators behind the number. 以上, 以下 and 以内 include the number itself (民法典第1259条, 未核对)."""
MARKS = {
    "近": "近", "将近": "近", "接近": "近", "约": "约", "大约": "约", "大概": "约", "超": "超", "逾": "超", "突破": "超",
    "达": "达", "达到": "达", "达成": "达",
}  # fmt: skip
DIRECTIONS = {
    "增长": "增长",
    "上升": "增长",
    "增加": "增长",
    "提高": "增长",
    "提升": "增长",
    "增速": "增长",
    "增幅": "增长",
}
DIRECTIONS |= {"下降": "下降", "减少": "下降", "降低": "下降", "降幅": "下降", "持平": "持平"}
"""Words of growth and decline, and the direction that each means."""

_PERIODS = {
    "年": "年",
    "年度": "年",
    "季度": "季度",
    "季": "季度",
    "月": "月",
    "周": "周",
    "星期": "周",
    "日": "日",
    "天": "天",
    "小时": "小时",
}
_DATE = r"(?:(?:19|20)\d\d年)?\d{1,2}月(?:\d{1,2}[日号])?|(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}"
_DONE = r"(?:全部|全面|均|已|基本|按期|按时|如期)*(?:完成|完工|竣工|开工|验收|交付|发放|拨付|兑付|支付|到位|投入使用|上线|结束|启动)[一-鿿]{0,6}"
_COMPOUND = re.compile(r"(\d{1,6})亿(\d{1,4})万(?!\d)|(\d{1,6})万(\d)千(?:(\d)百)?(?!\d)")
_YUAN = re.compile(r"(\d{1,12})元(?:(\d)角)?(?:(\d)分)?")
_HOURS = re.compile(r"([≥≤><=]|不超过|不少于)?(\d{1,4})(?:个)?小时(\d{1,2})分钟?(以内|内|以上)?")
_EACH = re.compile(
    r"每(年度|季度|星期|小时|年|季|月|周|日|天)([≥≤><=]|不少于|不低于|至少|不超过|不多于)?(\d[\d,.]*)([^\d/每.,;:+×()\s]{1,6}?)(以上|以内|以下|及以上)?"
)
_DONE_BY = re.compile(
    rf"(?:[一-鿿]{{0,8}}?(?:时间|日期|时限|节点)?(?:定)?(?:为|是|于|在|:|：))?((?:{_DATE})[底末初中上下旬]*(?:之前|以前|前)?){_DONE}|"
    rf"[一-鿿]{{0,8}}?(?:时间|日期|时限|节点)?(?:定)?(?:为|是|于|在|:|：)((?:{_DATE})[底末初中上下旬]*(?:之前|以前|前)?)"
)
_WESTERN = re.compile(r"(\d{1,2})/(\d{1,2})/((?:19|20)\d\d)")
_DOTTED = re.compile(r"(?<=[一-鿿])\.(?=[一-鿿])")
_ROUND_THE_CLOCK = re.compile(
    r"7\s*[×xX*]\s*24(?:小时|h|H)?(?:服务|值守|值班|运行|制)?|24\s*小时(?:服务|值守|值班|运行|不间断)[一-鿿]{0,4}"
)


def plain_wording(text: str) -> str:
    """*text*, a cell without the space around it, in the plain form of its one value; itself where it has no other."""
    text = _DOTTED.sub("·", text)
    text = _COMPOUND.sub(_together, text)
    if (yuan := _YUAN.fullmatch(text)) is not None and (yuan[2] or yuan[3]):
        return f"{yuan[1]}.{yuan[2] or 0}{yuan[3] or ''}元"
    if (hours := _HOURS.fullmatch(text)) is not None:
        return f"{hours[1] or ''}{int(hours[2]) * 60 + int(hours[3])}分钟{hours[4] or ''}"
    if (each := _EACH.fullmatch(text)) is not None:
        return f"{each[2] or ''}{each[3]}{each[4]}/{_PERIODS[each[1]]}{each[5] or ''}"
    if (by := _DONE_BY.fullmatch(text)) is not None:
        return by[1] or by[2]
    if (day := _WESTERN.fullmatch(text)) is not None:
        first, second = int(day[1]), int(day[2])
        if first <= 12 < second <= 31:
            return f"{day[3]}年{first}月{second}日"
        if second <= 12 < first <= 31:
            return f"{day[3]}年{second}月{first}日"
    return text


def round_the_clock(text: str) -> bool:
    """7×24小时: always open, which is no amount of hours."""
    return _ROUND_THE_CLOCK.fullmatch(text) is not None


def _together(match: re.Match[str]) -> str:
    """1亿5000万 in 万, 2万5千 in 千, 8万7千3百 in 百: one number with one scale."""
    if match[1]:
        return f"{int(match[1]) * 10_000 + int(match[2])}万"
    if match[5]:
        return f"{int(match[3]) * 100 + int(match[4]) * 10 + int(match[5])}百"
    return f"{int(match[3]) * 10 + int(match[4])}千"


_WORDS = re.compile(r"[一-鿿]{2,16}")
_NO_WORDS = re.compile(
    r"^[性级类期号型档等制化标届项之余多来几万亿千百十]|[每一二三四五六七八九十百千万亿不未无非除占比的另其]"
)


def value_before_words(text: str, known: Callable[[str], bool]) -> str:
    """The value at the head of *text*, a number with more behind its unit; nothing where that is not for sure.

    The longest unit that is *known* counts, with 以上 or 内 behind it; what is left must be words that can say
    nothing of the amount, two at least, and do not end in a unit: 间趟 is a measure word of somebody's own.
    """
    number = _HEADED_NUMBER.match(text)
    if number is None:
        return ""
    for end in range(min(len(text) - 1, number.end() + 8), number.end(), -1):
        symbol = text[number.end() : end].strip()
        if symbol and known(symbol):
            ending = next((word for word in _LONGEST_FIRST if text.startswith(word, end)), "")
            rest = text[end + len(ending) :]
            words = _WORDS.fullmatch(rest) is not None and not _NO_WORDS.search(rest)
            return text[: end + len(ending)] if words and not known(rest[-1]) else ""
    return ""


_LONGEST_FIRST = sorted(ENDINGS, key=len, reverse=True)
_HEADED_NUMBER = re.compile(r"(?:[≥≤><=]|不少于|不低于|达到?|约|近|超过?)?\d[\d,]*(?:\.\d+)?[余多]?")
