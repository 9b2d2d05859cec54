"""网页的底子: jinja2's environment over the templates — every value escaped — and the one style with its digest."""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from perfeval.errors import OutputError, problem

if TYPE_CHECKING:
    from jinja2 import Environment

LANGUAGES = {"zh_Hans": "zh-Hans", "zh_Hant": "zh-Hant"}


def rendered(template: str, locale: str, **values: Any) -> bytes:
    """The page of *template* in UTF-8, its style and language put in.

    Raises OutputError where jinja2 is not installed.
    """
    text = (
        environment()
        .get_template(template)
        .render(lang=LANGUAGES.get(locale, locale), css=file("page.css"), digest=digest(), **values)
    )
    return text.encode("utf-8", "replace")


@lru_cache(maxsize=1)
def environment() -> Environment:
    """jinja2's environment, made once."""
    try:
        from jinja2 import Environment, FunctionLoader, StrictUndefined
    except ImportError as error:
        raise OutputError(
            problem(
                "html-not-installed",
                "写 .html 要用 jinja2，这台电脑上没有安装；请运行 pip install perfeval[html]",
            )
        ) from error
    return Environment(
        loader=FunctionLoader(file), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


@lru_cache(maxsize=8)
def file(name: str) -> str:
    """The text of a template or of the style."""
    return files("perfeval.papers.page").joinpath("templates", name).read_text("utf-8")


@lru_cache(maxsize=1)
def digest() -> str:
    """The style's digest, which alone the page's policy allows."""
    return b64encode(sha256(file("page.css").encode()).digest()).decode()
