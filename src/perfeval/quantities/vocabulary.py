"""数字周围的词: comparators, approximation marks, words of growth and placeholders, as people write them."""

from __future__ import annotations

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
