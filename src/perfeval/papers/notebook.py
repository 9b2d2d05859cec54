"""笔记本: the page as one cell of a notebook — the same content, its style kept to itself, keys that no other cell has.

A notebook sets the fragment into its own document: so no element that stands once in a document, headings two levels
lower, and every rule of the style below one class. Without jinja2, or where the cell would be too big, plain tables.
"""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import sha256
from html import escape
from typing import TYPE_CHECKING

from perfeval.errors import OutputError
from perfeval.locales import say
from perfeval.model.listing import html
from perfeval.papers.hypertext import LANGUAGES, file
from perfeval.papers.page import to_html

if TYPE_CHECKING:
    from perfeval.model.evaluation import Evaluation

LIMIT = 1_000_000
"""Bytes that a cell may take: a notebook keeps every cell in its file."""
SCOPE = "perfeval"
_OWN = f".{SCOPE}.{SCOPE}.{SCOPE}"  # thrice: a notebook's own rules for tables are more exact than one class
_MORE = f"""{_OWN} {{ padding: 1rem; container-type: inline-size; }}
{_OWN} :is(h3, h4, h5, h6) {{ color: inherit; font-family: inherit; }}
{_OWN} :is(tr, td) {{ background: none; max-width: none; }}"""
_BODY = re.compile(r"<body>(.*)</body>", re.DOTALL)
_TAGS = re.compile(r"(</?)(h[1-4]|header|main|footer)\b")
_KEYS = re.compile(r'(?<= )(id|href|aria-labelledby)="([^"]*)"|url\(#')
_HEADING = re.compile(r"(?<![-.\w])h([1-4])(?![-\w])")
_RULE = re.compile(r"^( *)([^@{}\s][^{}@]*?) \{", re.MULTILINE)
_DARK = re.compile(r"@media screen and \(prefers-color-scheme: dark\) \{\n\s*:root \{(.*?)\}", re.DOTALL)
_LIGHT = re.compile(r"\A:root \{(.*?)\}", re.DOTALL)


def fragment(evaluation: Evaluation, locale: str = "zh_Hans") -> str:
    """The page of an evaluation for a notebook's cell; plain tables where jinja2 is missing or the cell too big."""
    try:
        page = to_html(evaluation, locale=locale).decode()
    except OutputError as error:
        return _plain(evaluation, locale, "".join(each.in_locale(locale) for each in error.problems))
    if len(page) > LIMIT // 2 and len(page.encode()) > LIMIT:
        why = say("内容太多，这里只列表格；全部内容请写成网页：pe.write(评价结果, '自评.html')", locale)
        return _plain(evaluation, locale, why)
    found = _BODY.search(page)
    body = found[1].strip() if found else ""
    own = f"pe{sha256(body.encode()).hexdigest()[:10]}-"
    body = _TAGS.sub(_tag, _KEYS.sub(lambda key: _keyed(key, own), body))
    return f'<div class="{SCOPE}" lang="{LANGUAGES.get(locale, locale)}"><style>{style()}</style>{body}</div>'


def _plain(evaluation: Evaluation, locale: str, why: str) -> str:
    return f"{html(evaluation, locale)}<p>{escape(why)}</p>"


def _tag(found: re.Match[str]) -> str:
    """A heading two levels lower; what stands once in a document as a plain block."""
    start, name = found[1], found[2]
    if name[1:].isdecimal():
        return f"{start}h{int(name[1:]) + 2}"
    return f'{start}div class="soft"' if (start, name) == ("<", "footer") else f"{start}div"


def _keyed(found: re.Match[str], own: str) -> str:
    """Keys and what points at them, with the cell's own beginning. Text holds no quotation marks: they are escaped."""
    if found[1] is None:
        return f"url(#{own}"
    if found[1] == "href":
        return f'href="#{own}{found[2].removeprefix("#")}"'
    return f'{found[1]}="{" ".join(own + each for each in found[2].split())}"'


@lru_cache(maxsize=1)
def style() -> str:
    """The page's style with every rule below one class; a notebook's theme goes before the system's."""
    css = file("page.css")
    light, dark = _LIGHT.search(css), _DARK.search(css)
    css = re.sub(r"^ *@page .*\n", "", css, flags=re.MULTILINE).replace("@media (max-width:", "@container (max-width:")
    css = _RULE.sub(lambda rule: f"{rule[1]}{', '.join(map(_scoped, rule[2].split(',')))} {{", css)
    css = _HEADING.sub(lambda level: f"h{int(level[1]) + 2}", css)
    themes = [
        f'@media screen {{ [data-jp-theme-light="{said}"] {_OWN}, .vscode-{name} {_OWN} {{{found[1]}}} }}'
        for said, name, found in (("true", "light", light), ("false", "dark", dark))
        if found is not None
    ]
    return "\n".join([css, *themes, _MORE])


def _scoped(selector: str) -> str:
    selector = selector.strip()
    return _OWN if selector in (":root", "body") else f"{_OWN} {selector}"
