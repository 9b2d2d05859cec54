"""词汇: units, marks, grades and wholes in other locales: one small table, words.txt.

A word the table does not know stays Chinese: it is somebody's own measure word or name.
"""

from __future__ import annotations

from functools import lru_cache

from perfeval.locales.messages import DEFAULT, babel_locale


@lru_cache(maxsize=1)
def table() -> dict[tuple[str, str], tuple[str, str, str]]:
    """词汇表: (section, word) → (zh_Hant, en, en plural)."""
    from importlib.resources import files

    known: dict[tuple[str, str], tuple[str, str, str]] = {}
    section = ""
    for line in files("perfeval.locales").joinpath("words.txt").read_text("utf-8").splitlines():
        line = line.split("#")[0].strip()
        if line.startswith("["):
            section = line.strip("[]")
        elif line:
            word, traditional, one, *more = (part.strip() for part in line.split("|"))
            known[section, word] = (traditional or word, one, more[0] if more else one)
    return known


def word(section: str, text: str, locale: str, *, many: bool = False) -> str:
    """*text* of a *section* (unit, mark, grade, whole) in *locale*; itself where the table has none."""
    if locale == DEFAULT:
        return text
    babel_locale(locale)
    known = table().get((section, text))
    if known is None:
        return text
    return known[0] if locale == "zh_Hant" else known[2 if many else 1]
