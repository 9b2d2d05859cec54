"""地区格式: what Babel knows of a locale, fetched once: number symbols, date and list patterns.

Only Locale objects are handed to Babel, never a name. zh_Hans, the default, is written out here
and by the formatters, so that a Chinese paper never imports Babel; the tests compare the two.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from perfeval.locales import babel_locale
from perfeval.quantities.numerals import PLAIN, Symbols

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
