"""相近的名称: what somebody may have meant by a name that nothing bears — never names at random.

Loaded by everything that looks names up and needed only when one is wrong: so it loads nothing itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from perfeval.locales.meant import Near

ALIKE = 0.5  # half of the characters in common: 清查次数 and 清查行动


def near(name: str, known: Iterable[str]) -> Near:
    """What of *known* may have been meant by *name*, or else what there is."""
    from perfeval.locales.meant import Near

    names = tuple(dict.fromkeys(known))
    return Near(close(name, names), names)


def only(names: tuple[str, ...]) -> Near:
    """The *names* that are close, and nothing where there are none."""
    from perfeval.locales.meant import Near

    return Near(names)


def close(name: str, known: Iterable[str], alike: float = ALIKE) -> tuple[str, ...]:
    """At most three of *known* that are like *name*: half of the characters in common, or one within the other."""
    import difflib

    names = list(dict.fromkeys(known))
    found = difflib.get_close_matches(name, names, n=3, cutoff=alike)
    if len(name) > 1 and alike == ALIKE:
        found += [each for each in names if each not in found and (name in each or (len(each) > 1 and each in name))]
    return tuple(found[:3])
