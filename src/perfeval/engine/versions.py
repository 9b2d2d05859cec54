"""版本: what an evaluation was made by, and where that is no longer what is here now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfeval import __version__
from perfeval.engine.checks.workings import made_by_other_versions
from perfeval.results.check import found

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from perfeval.model.category import Category
    from perfeval.results.evaluation import Evaluation
    from perfeval.results.finding import Finding


def made_by(categories: Iterable[Category]) -> tuple[tuple[str, str], ...]:
    """The version of perfeval and of each category."""
    return (("perfeval", __version__), *((each.key, _edition(each)) for each in categories))


def _edition(category: Category) -> str:
    """What the category says of itself, and the distribution that brought it, unless that is perfeval."""
    return f"{category.edition}（{category.origin}）" if _distribution(category) else category.edition


def _distribution(category: Category) -> str:
    """The distribution that brought *category*; empty for what perfeval brings itself and for what stands in a file."""
    name = category.origin.partition(" ")[0]
    return "" if name == "perfeval" else name


def other_versions(earlier: Evaluation, now: Evaluation) -> Iterator[Finding]:
    """What an evaluation judged again was made by, where that differs."""
    before, after = dict(earlier.made_by), dict(now.made_by)
    for name in dict.fromkeys((*before, *after)):
        if before.get(name) != after.get(name):
            was, now_is = before.get(name), after.get(name)
            said = found(name, given=was, computed=now_is, name=name, before=was or "—", after=now_is or "—")
            yield made_by_other_versions.finding(said)


def since_installed(evaluation: Evaluation) -> Iterator[Finding]:
    """Categories that came with a kept case while another version of their package is installed now."""
    for category in evaluation.case.categories:
        before, now = category.origin, installed_now(category)
        if now and now != before:
            said = found(
                category.key, about=category, given=before, computed=now, variant="installed", before=before, after=now
            )
            yield made_by_other_versions.finding(said)


def installed_now(category: Category) -> str:
    """Distribution and version that would bring *category* if it were loaded now (perfeval-market 2.0); empty for none.

    What perfeval brings itself, and what stands in a file, has the version of the evaluation or none.
    """
    distribution = _distribution(category)
    if not distribution:
        return ""
    from importlib.metadata import PackageNotFoundError, version  # its import is a tenth of a whole evaluation

    try:
        return f"{distribution} {version(distribution)}"
    except PackageNotFoundError:
        return ""
