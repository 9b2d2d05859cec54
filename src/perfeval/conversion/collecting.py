"""收集: everything that is wrong with a file at once — go on, keep each problem with its place, raise at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from perfeval.documents.cells import place_of
from perfeval.errors import InputError, NotFoundError, PerfevalError, Place, PluginError, Problem, problem

if TYPE_CHECKING:
    from collections.abc import Callable


class Problems:
    """Collects what is wrong and lets the reading go on."""

    def __init__(self) -> None:
        self.found: list[Problem] = []
        self.kinds: set[type[PerfevalError]] = set()

    def add(self, code: str, template: str, /, *, place: Place | None = None, **values: Any) -> None:
        """Keep one problem."""
        self.keep(problem(code, template, place=place, **values))

    def keep(self, found: Problem) -> None:
        """Keep one problem that is there already."""
        self.kinds.add(InputError)
        self.found.append(found)

    def trying(self, where: Any, make: Callable[..., Any], /, *given: Any) -> Any:
        """What *make* gives of *given*, or None with its problems kept, at the place of *where* if they name none."""
        try:
            return make(*given)
        except PerfevalError as error:
            place = where if isinstance(where, Place) else place_of(where)
            self.found.extend(located(each, place) for each in error.problems)
            self.kinds.add(type(error))
            return None

    def done(self) -> None:
        """Raise all problems as one InputError, or as what they all are: names not found, plugins broken."""
        if self.found:
            kinds = self.kinds & {NotFoundError, PluginError}
            raise (kinds.pop() if len(kinds) == len(self.kinds) == 1 else InputError)(*self.found)


def located(found: Problem, place: Place | None) -> Problem:
    """*found* at *place*, unless it already says in which line or cell it stands."""
    own = found.place
    if own is not None and (own.line is not None or own.cell):
        return found
    return found.at(place)


def each_of(value: Any, make: Callable[[Any], Any]) -> tuple[Any, ...]:
    """What *make* gives of each entry of a list (or of the one that stands alone), blanks left out."""
    problems = Problems()
    made = tuple(
        problems.trying(each, make, each)
        for each in (value if isinstance(value, list) else [value])
        if each is not None
    )
    problems.done()
    return made
